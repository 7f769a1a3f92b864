"""A process of ours that shows the sign-in window of a clinic and leaves: what empty_window.py is compared with."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    from pulse_desktop.basics.times import SystemClock  # noqa: PLC0415 - the import is part of what is measured
    from pulse_desktop.entrance import FolderEntrance  # noqa: PLC0415 - as above
    from pulse_desktop.gui.shell import application  # noqa: PLC0415 - as above

    app = application.application()
    window = application.build(FolderEntrance(Path(sys.argv[1]), SystemClock(), allow_weak=True))
    window.show()
    app.processEvents()
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
