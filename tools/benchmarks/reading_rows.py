"""What is looked at, through the door: searching, opening a patient, the calendar's week, Today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from pulse_desktop.clinic import boards, patients, schedule
from pulse_desktop.clinic.patients.keys import asked
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.clinic.schedule.values import Wish
from tools.benchmarks.clinics import Kept
from tools.benchmarks.measuring import Floor, interleaved, median_of, spent
from tools.benchmarks.rows import Bound, Row

QUERIES = {"one letter": "m", "common prefix": "ma", "two words": "ma lo", "area code": "973", "Cyrillic": "Ив", "Hanzi": "陈"}
"""The fixed set; a query that finds nobody in a clinic is measured all the same."""
_TIMES = 40
_LONGEST = 1
_SUNDAY = 6
_LATE = 16 * 60


def rows(kept: Kept) -> Iterator[Row]:
    """All rows of reading; the clinic is opened once."""
    desk = kept.open()
    try:
        yield from _searching(kept, desk)
        yield from _patients(kept, desk)
        yield from _days(kept, desk)
    finally:
        desk.close()


def _searching(kept: Kept, desk: Desk) -> Iterator[Row]:
    found: list[Row] = []
    with Floor("raw_search.py", kept.told) as floor:
        for name, text in QUERIES.items():
            words = {"words": list(asked(text))}
            raw, ours = interleaved(
                lambda words=words: floor.takes(words),  # type: ignore[misc]
                lambda text=text: spent(lambda: desk.door.look(patients.search, text)),  # type: ignore[misc]
                _TIMES,
            )
            found.append(Row(f"search, {name}", kept.size, ours, raw, Bound("more", 0.5), grows=True))
    yield from found
    yield Row("search, the slowest of these", kept.size, max(row.ours for row in found), None, Bound("at most", 5.0))


def _looks(act: Callable[[], object]) -> float:
    return median_of(lambda: spent(act), _TIMES)


def _patients(kept: Kept, desk: Desk) -> Iterator[Row]:
    """What the patient's file asks: the banner and the file, which is written into the audit trail first."""

    def opened(patient_id: int) -> None:
        desk.door.look(boards.patient_banner, patient_id)
        desk.door.look(boards.patient_file, patient_id)

    usual = kept.size // 2
    yield Row("patient opened (door)", kept.size, _looks(lambda: opened(usual)), None, Bound("at most", 30.0), grows=True)
    visits = len(desk.door.look(schedule.visits_of, _LONGEST))
    name = f"patient with {visits} visits opened (door)"
    yield Row(name, kept.size, _looks(lambda: opened(_LONGEST)), None, Bound("at most", 40.0))


def _days(kept: Kept, desk: Desk) -> Iterator[Row]:
    practice = desk.practice()
    offices = tuple(office.id for office in practice.offices)
    today = kept.now.date()
    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=at) for at in range(_SUNDAY)]
    count = sum(len(desk.door.look(boards.calendar_day, day, offices).schedule.visits) for day in week)

    def looked() -> None:
        for day in week:
            desk.door.look(boards.calendar_day, day, offices)

    yield Row(f"week of {count} visits, six days asked (door)", kept.size, _looks(looked), None, Bound("at most", 20.0))
    wish = Wish((practice.services[0].id,), today, today + timedelta(days=14), after=_LATE, patient_id=_LONGEST)
    yield Row("openings of a fortnight (door)", kept.size, _looks(lambda: desk.door.look(schedule.openings, wish)), None, Bound("at most", 150.0))
    cards = len(desk.door.look(boards.today, offices[0], today).cards)
    board = _looks(lambda: desk.door.look(boards.today, offices[0], today))
    yield Row(f"Today with {cards} visits (door)", kept.size, board, None, Bound("at most", 20.0), grows=True)
