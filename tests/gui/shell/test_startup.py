from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


_ON_A_THREAD = """
import sys
from pathlib import Path
from pulse_desktop.basics.times import SystemClock
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.gui.shell.loading import load_without_qt
before = set(sys.modules)
load_without_qt(FolderEntrance(Path(sys.argv[1]), SystemClock()))
print("\\n".join(set(sys.modules) - before))
"""


def test_what_is_loaded_beside_the_window_knows_nothing_of_qt(clinic: TestClinic) -> None:
    """Qt's classes made on another thread than the window's have crashed one start of six."""
    command = [sys.executable, "-c", _ON_A_THREAD, str(clinic.folder)]
    loaded = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd=ROOT).stdout.split()
    assert {"sqlalchemy", "reportlab", "pulse_desktop.clinic.boards", "pulse_desktop.documents"} <= set(loaded)
    assert [name for name in loaded if name.startswith(("PySide6", "pulse_desktop.gui"))] == []


@pytest.mark.long
def test_forty_starts_and_no_crash(clinic: TestClinic) -> None:
    for _ in range(40):
        assert _start(clinic.folder)["not_loaded"] == []


def test_nothing_heavy_is_loaded_before_the_window_shows_and_the_rest_after_it(clinic: TestClinic) -> None:
    """How smooth the window is meanwhile is measured by `make bench`."""
    start = _start(clinic.folder)
    assert start["loaded_early"] == []
    assert start["not_loaded"] == []
