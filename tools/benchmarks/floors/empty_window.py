"""Floor: a process that shows an empty QMainWindow and leaves. Frozen."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - the import is part of what is measured

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
