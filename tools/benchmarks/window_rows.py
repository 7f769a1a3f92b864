"""The start: a cold process to the sign-in window, and how smooth it is while the rest loads behind it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tools.benchmarks.clinics import ROOT, Kept
from tools.benchmarks.measuring import FLOORS, interleaved, of, timed
from tools.benchmarks.rows import Bound, Row

_OURS = FLOORS.parent / "sign_in_window.py"
_TIMES = 9
_STARTS = 5


def _process(*command: str) -> str:
    return subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True, timeout=60).stdout


def rows(kept: Kept) -> Iterator[Row]:
    """Whole processes, from their start to the window."""
    floor, ours = interleaved(
        lambda: timed(lambda: _process(str(FLOORS / "empty_window.py"))),
        lambda: timed(lambda: _process(str(_OURS), str(kept.folder))),
        _TIMES,
        warm=1,
    )
    yield Row("sign-in window shown (process)", kept.size, ours, floor, Bound("ratio", 1.5))
    gaps = [_worst_gap(kept) for _ in range(_STARTS)]
    yield Row("longest pause of the window while loading", kept.size, of(gaps), None, Bound("at most", 25.0))


def _worst_gap(kept: Kept) -> float:
    """Of one start; startup.py ends with 1 when its own bound is broken, which is ours to judge here."""
    command = [sys.executable, str(ROOT / "tools" / "startup.py"), str(kept.folder), "--json"]
    said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60).stdout
    return float(json.loads(said)["worst_gap_ms"])
