"""What reaches the screen of the real window: signing in, a letter of a search, a patient's file; and its memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault
from tools.benchmarks.clinics import KEPT, Kept
from tools.benchmarks.measuring import FLOORS, is_best, of, timed
from tools.benchmarks.rows import Bound, Row

_OURS = FLOORS.parent / "at_the_screen.py"
_RUNS = 3


def rows(kept: Kept) -> Iterator[Row]:
    """All rows of the screen: medians of a few processes, each on a copy of its own."""
    ours = of_one_seat(kept)
    derived, empty = _derivation(kept), _memory_of_empty_window()
    yield Row("Enter to Today, over the key derivation (screen)", kept.size, ours["enter_ms"], derived, Bound("more", 150.0))
    for name, figure, limit in _AT_MOST:
        yield Row(name, kept.size, ours[figure], None, Bound("at most", limit))
    yield Row("memory signed in, over an empty window", kept.size, ours["idle_mb"], empty, Bound("more", 100.0), "MB")
    long = _run(kept, "long")
    yield Row("memory after 1,000 actions", kept.size, long["after_mb"], long["before_mb"], Bound("ratio", 1.05), "MB")


def of_one_seat(kept: Kept) -> dict[str, float]:
    """What somebody saw who signed in, searched, opened files and days, by the names of `at_the_screen`."""
    runs = [_run(kept) for _ in range(_RUNS)]
    return {name: of([run[name] for run in runs]) for name in runs[0]}


_AT_MOST = (
    ("search, a letter (screen)", "letter_ms", 30.0),
    ("patient opened (screen)", "opened_ms", 30.0),
    ("week, six days asked and painted (screen)", "week_ms", 20.0),
    ("week, its six days drawn (screen)", "drawn_ms", 20.0),
    ("calendar, a frame of scrolling", "scroll_ms", 10.0),
    ("Today (screen)", "today_ms", 20.0),
    ("book, Today painted anew (screen)", "book_ms", 10.0),
    ("arrive, Today painted anew (screen)", "arrive_ms", 10.0),
    ("note of a patient with 500 visits opened (screen)", "note_ms", 60.0),
    ("cup placed among 60 cups and 60 needles (screen)", "cup_ms", 16.0),
)


def _run(kept: Kept, *how: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="copy-", dir=KEPT) as name:
        copy = kept.copied(Path(name) / "clinic")
        (copy.folder / "seat.json").write_text(json.dumps({"last": kept.owner}), encoding="utf-8")
        told = json.dumps([kept.now.isoformat(), kept.password])
        command = [sys.executable, str(_OURS), str(copy.folder), str(kept.size), *how, *(["best"] if is_best() else [])]
        said = subprocess.run(command, input=told + "\n", check=True, capture_output=True, text=True, timeout=1800).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def _derivation(kept: Kept) -> float:
    """Milliseconds to unlock the vault with this clinic's own (weak) parameters."""
    vault = read_vault(kept.folder)
    return of([timed(lambda: unlock(vault, kept.owner, kept.password, allow_weak=True)) for _ in range(9)])


def _memory_of_empty_window() -> float:
    said = subprocess.run([sys.executable, str(FLOORS / "empty_window.py")], check=True, capture_output=True, text=True, timeout=60).stdout
    return float(said)
