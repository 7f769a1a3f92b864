"""Measures the start: what is loaded before the sign-in window shows, and how smooth the window is while the rest loads.

    python tools/startup.py FOLDER          # a clinic's folder; nothing is opened, only its names are read
    python tools/startup.py FOLDER --json   # for tests

Prints the time to the window, whether SQLAlchemy or ReportLab was loaded before it, and the longest time in which the
event loop did not turn. A timer of 1 ms watches it; the bound of the house is 25 ms.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Final

BOUND_MS: Final = 25.0
HEAVY: Final = ("sqlalchemy", "reportlab", "alembic", "sqlcipher3")
_STARTED: Final = time.perf_counter()


def measure(folder: Path) -> dict[str, object]:
    """Shows the sign-in window of the clinic in `folder` and loads the rest behind it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - the import is part of what is measured

    from pulse_desktop.basics.times import SystemClock  # noqa: PLC0415 - as above
    from pulse_desktop.entrance import FolderEntrance  # noqa: PLC0415 - as above
    from pulse_desktop.gui.shell import application  # noqa: PLC0415 - as above

    app = application.application()
    window = application.build(FolderEntrance(folder, SystemClock(), allow_weak=True))
    window.show()
    app.processEvents()
    shown = time.perf_counter()
    early = [name for name in HEAVY if name in sys.modules]

    gaps: list[float] = []
    last = time.perf_counter()

    def turn() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
        if window.is_warm:
            app.quit()

    watch = QTimer()
    watch.setTimerType(Qt.TimerType.PreciseTimer)
    watch.setInterval(1)
    watch.timeout.connect(turn)
    watch.start()
    window.prepare()
    app.exec()
    loaded = time.perf_counter()
    missing = [name for name in HEAVY[:1] if name not in sys.modules]
    window.close()
    return {
        "window_ms": round((shown - _STARTED) * 1000),
        "loaded_early": early,
        "not_loaded": missing,
        "loading_ms": round((loaded - shown) * 1000),
        "worst_gap_ms": round(max(gaps), 1),
        "turns": len(gaps),
    }


def main() -> int:
    """0 when nothing heavy was loaded early and the worst gap keeps the bound."""
    found = measure(Path(sys.argv[1]))
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        print(f"window after {found['window_ms']} ms; loaded before it: {found['loaded_early'] or 'nothing heavy'}")
        print(f"the rest in {found['loading_ms']} ms, worst gap {found['worst_gap_ms']} ms (bound {BOUND_MS:.0f} ms)")
    return 0 if not found["loaded_early"] and float(str(found["worst_gap_ms"])) <= BOUND_MS else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
