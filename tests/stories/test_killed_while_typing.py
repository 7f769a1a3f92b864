"""SIGKILL while a note is typed (D7): what was shown as saved is there, at most 5 s of typing are missing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.rehearsal.practice_clinic import PracticeClinic
from tests.ledger_reader import Draft, LedgerReader
from tests.stories import typist
from tests.stories.seat import Seat

MOST_MISSING = 5 * typist.A_SECOND
ON_ITS_WAY = typist.A_SECOND
"""Letters that may have been typed between the beginning of a save and its word on the screen."""
SAVES = "saves"
KILLS = 100
_LINES = {"complaint", "history", "findings", "plan", "response", "pattern"}
"""Fields of text; somebody who walks between them may be killed on any."""
_ENOUGH = 110
"""Letters after which even a typist whose saves are never told is killed."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What the screen had shown when the program was killed."""

    folder: Path
    typed: int
    saved: int
    """Letters typed when the screen last said that the draft is saved."""
    rested: int
    """Letters that had rested long enough to be saved, all of them."""
    drawn: int
    """Cups on the map that had rested so; the clock of the first one runs."""


_DECLARING = ("tests.storage.workshop",)
"""Test modules that declare tables: a clinic made beside them has these too, and its typist must know them."""


def program(clinic: PracticeClinic, folder: Path, *how: str) -> subprocess.Popen[str]:
    """A typist at a copy of the clinic."""
    shutil.copytree(clinic.folder, folder)
    log = (folder.parent / "typist.log").open("w")
    command = [sys.executable, "-m", "tests.stories.typist", str(folder), clinic.now.isoformat(), *how]
    with log:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", typist.MORE_TABLES: ",".join(name for name in _DECLARING if name in sys.modules)}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=env)


def killed(clinic: PracticeClinic, folder: Path, chance: random.Random, *how: str) -> Killed:
    """Lets one type until a random number of commits was seen, waits for a random moment, kills."""
    commits, moment = chance.randrange(2, 6), chance.random() * 0.9
    process = program(clinic, folder, *how)
    told = {"typed": 0, "saved": 0, "resting": 0, "cups": 0}
    seen = 0
    assert process.stdout is not None
    for line in process.stdout:
        kind, number = line.split()
        told[kind] = int(number)
        seen += kind == "saved"
        if seen >= commits or told["typed"] >= _ENOUGH:
            break
    else:
        pytest.fail("the typist ended by itself: " + (folder.parent / "typist.log").read_text()[-2000:])
    time.sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    for line in process.stdout:
        kind, number = line.split()
        told[kind] = int(number)
    process.wait()
    process.stdout.close()
    return Killed(folder, told["typed"], told["saved"], told["resting"], told["cups"])


def kill_some(clinic: PracticeClinic, folder: Path, hows: Sequence[str], at_a_time: int = 2) -> list[Killed]:
    """Some programs at a time, each at its own clinic: typing leaves the computer time for others."""
    chance = random.Random(7)
    chances = [random.Random(chance.random()) for _ in hows]
    with ThreadPoolExecutor(at_a_time) as pool:
        return list(pool.map(lambda at: killed(clinic, folder / str(at) / "clinic", chances[at], hows[at]), range(len(hows))))


def complaints(ended: Killed, draft: Draft) -> list[str]:
    """What is wrong with the text, the map and the clocks that were found again."""
    text, wrong = draft.complaint, []
    if len(draft.cups) < ended.drawn:
        wrong.append(f"{len(draft.cups)} cups are left of {ended.drawn}")
    if [bool(cup.on_at) for cup in draft.cups] != [True] + [False] * (len(draft.cups) - 1):
        wrong.append("the clock of the first cup does not run")
    if text != typist.text_of(len(text)):
        wrong.append(f"the text is torn: {text!r}")
    if ended.typed - len(text) > MOST_MISSING:
        wrong.append(f"{ended.typed - len(text)} of {ended.typed} letters are missing")
    if len(text) < ended.saved - ON_ITS_WAY or len(text) < ended.rested:
        wrong.append(f"{len(text)} letters are left; {ended.saved} were shown as saved, {ended.rested} had rested")
    return wrong


def draft_in(ended: Killed, clinic: PracticeClinic) -> Draft:
    """The note as the file has it; the file opens and its audit chain is whole."""
    reader = LedgerReader(ended.folder, SteppedClock(clinic.now), clinic.password)
    assert reader.is_whole()
    huang = reader.patient("Huang")
    draft: Draft = reader.note(reader.visits(huang["id"])[-1]["id"])["draft"]
    return draft


def comes_back(ended: Killed, clinic: PracticeClinic) -> None:
    """The practitioner signs in again: text, map and cursor are where they were; the next letter goes where it belongs."""
    before = draft_in(ended, clinic)
    seat = Seat.at(ended.folder, clinic.now, ended.folder.parent)
    desk = seat.desk
    try:
        seat.starts_program()
        seat.signs_in_by_keys("Lin Hua")
        desk.sees(typist.CARD)
        desk.keys("Right", "Right", *["Up"] * 6)
        desk.walks_to(typist.CARD, by="Down", most=8)
        desk.keys("F6")
        desk.sees("45 mm cup, left")
        desk.sees("Cups off")
        desk.sees(typist.FIELD + " w0000")
        desk.types("!")
    finally:
        seat.closes_program()
    if before.cursor_field in _LINES:
        text, at = getattr(before, before.cursor_field), before.cursor_at
        found = getattr(draft_in(ended, clinic), before.cursor_field)
        assert found == f"{text[:at]}!{text[at:]}", f"the cursor is not where it was left, in {before.cursor_field} at {at}"


def check(clinic: PracticeClinic, ends: list[Killed], *, returns: int) -> None:
    drafts = [draft_in(ended, clinic) for ended in ends]
    wrong = [complaint for ended, draft in zip(ends, drafts, strict=True) for complaint in complaints(ended, draft)]
    assert not wrong
    missing = [ended.typed - len(draft.complaint) for ended, draft in zip(ends, drafts, strict=True)]
    sys.stdout.write(f"\n  {len(ends)} kills while typing: letters missing (20 a second) {missing}")
    for ended in ends[:returns]:
        comes_back(ended, clinic)


@pytest.fixture(scope="module")
def three(practice_folder: PracticeClinic, tmp_path_factory: pytest.TempPathFactory) -> list[Killed]:
    """Two programs that save and one that does not, killed while they type at the same time."""
    return kill_some(practice_folder, tmp_path_factory.mktemp("killed"), (SAVES, SAVES, "no-saving"), at_a_time=3)


def test_two_kills_lose_nothing_that_was_shown_as_saved(three: list[Killed], practice_folder: PracticeClinic, qapp: QApplication) -> None:
    check(practice_folder, three[:2], returns=1)


@pytest.mark.long
def test_a_hundred_kills_lose_nothing_that_was_shown_as_saved(practice_folder: PracticeClinic, tmp_path: Path, qapp: QApplication) -> None:
    check(practice_folder, kill_some(practice_folder, tmp_path, [SAVES] * KILLS), returns=20)


def test_a_map_or_a_clock_that_is_lost_turns_the_check_red(three: list[Killed], practice_folder: PracticeClinic) -> None:
    ended = three[0]
    draft = draft_in(ended, practice_folder)
    stopped = tuple(replace(cup, on_at=None) for cup in draft.cups)
    assert any("cups are left" in complaint for complaint in complaints(ended, replace(draft, cups=())))
    assert any("does not run" in complaint for complaint in complaints(ended, replace(draft, cups=stopped)))


def test_a_program_that_does_not_save_turns_the_check_red(three: list[Killed], practice_folder: PracticeClinic) -> None:
    ended = three[2]
    assert any("are missing" in complaint for complaint in complaints(ended, draft_in(ended, practice_folder)))


@pytest.mark.long
def test_nothing_says_saved_while_no_commit_succeeds(practice_folder: PracticeClinic, tmp_path: Path) -> None:
    process = program(practice_folder, tmp_path / "clinic", "full-disk")
    lines, _nothing = process.communicate(timeout=90)
    told = lines.splitlines()
    full = next(line for line in told if line.startswith("full: "))
    assert "Not saved yet; your typing is kept and tried again" in full
    assert "Saved 10:42" in full, "the foot keeps saying when the last commit was"
    assert "saved 10:5" not in full.casefold()
    assert told[-1] == f"recovered {typist.A_SECOND * 3}"
    assert process.returncode == 0
