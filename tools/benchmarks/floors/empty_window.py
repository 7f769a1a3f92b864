"""Floor: a process that shows an empty QMainWindow, says how many megabytes it holds, and leaves. Frozen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - the import is part of what is measured

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    sys.stdout.write(f"{pages * os.sysconf('SC_PAGE_SIZE') / 1_000_000}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
