"""The clinic of the CSV files with which programs are compared: how fast it answers.

    python -m tools.benchmarks.compared FOLDER [--data DIR]

FOLDER holds patients.csv, appts.csv and notes.csv. The clinic is made in DIR, or is there from an earlier run; without DIR
it is made anew and thrown away. Answers are held against the files before they are timed. Ends with 1 when a bound is broken.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from pulse_desktop.basics.names import fold
from pulse_desktop.clinic import boards, patients
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.rehearsal.demo import making
from tools.benchmarks import machine, screen_rows
from tools.benchmarks.clinics import Kept
from tools.benchmarks.measuring import median_of, timed
from tools.benchmarks.rows import Bound, Row, table

_CARD = "compared.json"
_TIMES = 30
_WEEK = 7


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.compared", description=__doc__.split("\n", 1)[0], allow_abbrev=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pulse-compared-") as throw_away:
        kept = _kept(options.folder, options.data or Path(throw_away) / "clinic")
        rows = [*_answers(kept, options.folder), *_drawn(kept)]
    print(table(rows))
    print(", ".join(f"{name} {value}" for name, value in machine.described().items()))
    return 0 if all(row.is_kept for row in rows) else 1


def _kept(source: Path, folder: Path) -> Kept:
    card = folder.with_name(f"{folder.name}-{_CARD}")
    if not card.is_file():
        begun = time.monotonic()
        made = making.make(folder, 0, None, 0, source, tell=lambda _words: None)
        print(f"{made.patients:,} patients and {made.visits:,} visits read and made in {time.monotonic() - begun:.0f} s")
        facts = {"size": made.patients, "password": made.password, "now": made.now.isoformat(), "owner": made.owner_vault_id}
        card.write_text(json.dumps(facts), encoding="utf-8")
    facts = json.loads(card.read_text("utf-8"))
    return Kept(facts["size"], folder, facts["password"], datetime.fromisoformat(facts["now"]), facts["owner"])


def _answers(kept: Kept, source: Path) -> Iterator[Row]:
    """A name written without its accents, a telephone number, and the days of this week, through the door."""
    with (source / "patients.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    accented = next(person for person in people if fold(person["first"]) != person["first"].lower())
    desk = kept.open()
    try:
        name = f"{fold(accented['first'])} {fold(accented['last'])}"
        yield _found(kept, desk, "name without accents", name, accented)
        yield _found(kept, desk, "telephone number", accented["phone"].removeprefix("+44 "), accented)
        yield _week(kept, desk)
    finally:
        desk.close()


def _found(kept: Kept, desk: Desk, what: str, text: str, person: dict[str, str]) -> Row:
    hits = desk.door.look(patients.search, text)
    wanted = f"{person['first']} {person['last']}"
    if not any(wanted in hit.name for hit in hits):
        raise SystemExit(f"{text!r} does not find {wanted}: nothing was measured")
    took = median_of(lambda: timed(lambda: desk.door.look(patients.search, text)), _TIMES)
    return Row(f"search, {what} (door)", kept.size, took, None, Bound("at most", 5.0))


def _week(kept: Kept, desk: Desk) -> Row:
    offices = tuple(office.id for office in desk.practice().offices)
    monday = kept.now.date() - timedelta(days=kept.now.weekday())
    week = [monday + timedelta(days=at) for at in range(_WEEK)]
    days = [desk.door.look(boards.calendar_day, day, offices).schedule for day in week]
    visits = sum(len(day.visits) for day in days)
    staff = len({visit.staff_id for day in days for visit in day.visits})

    def asked() -> None:
        for day in week:
            desk.door.look(boards.calendar_day, day, offices)

    took = median_of(lambda: timed(asked), _TIMES)
    return Row(f"week of {visits} visits for {staff} practitioners asked (door)", kept.size, took, None, Bound("at most", 20.0))


def _drawn(kept: Kept) -> Iterator[Row]:
    figures = screen_rows.of_one_seat(kept)
    yield Row("week, its days drawn (screen)", kept.size, figures["drawn_ms"], None, Bound("at most", 20.0))
    yield Row("search, a letter (screen)", kept.size, figures["letter_ms"], None, Bound("at most", 30.0))
    yield Row("patient opened (screen)", kept.size, figures["opened_ms"], None, Bound("at most", 30.0))


if __name__ == "__main__":
    sys.exit(main())
