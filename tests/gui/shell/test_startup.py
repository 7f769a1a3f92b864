from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.builders import TestClinic

ROOT = Path(__file__).resolve().parents[3]
BOUND_MS = 25


def _start(folder: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "startup.py"), str(folder), "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_nothing_heavy_is_loaded_before_the_window_shows_and_the_rest_loads_smoothly(clinic: TestClinic) -> None:
    """Of several starts the best counts: what else the computer does is not ours. The worst gap is bound to 25 ms."""
    gaps = []
    for _attempt in range(5):
        start = _start(clinic.folder)
        assert start["loaded_early"] == []
        assert start["not_loaded"] == []
        gaps.append(float(str(start["worst_gap_ms"])))
        if gaps[-1] <= BOUND_MS:
            break
    assert min(gaps) <= BOUND_MS
