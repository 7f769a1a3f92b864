from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.builders import TestClinic

ROOT = Path(__file__).resolve().parents[3]


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


def test_nothing_heavy_is_loaded_before_the_window_shows_and_the_rest_after_it(clinic: TestClinic) -> None:
    """How smooth the window is meanwhile is measured by `make bench`."""
    start = _start(clinic.folder)
    assert start["loaded_early"] == []
    assert start["not_loaded"] == []
