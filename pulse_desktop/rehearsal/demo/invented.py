"""A clinic thought up from a seed: the same seed gives the same people and the same visits, at any size.

The days are equally full at every size (120 visits, 80 of them in the first office), so that a day or a week can be
compared between sizes; a bigger clinic has been there for longer.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.rehearsal import practice_data as practice
from pulse_desktop.rehearsal.demo import names
from pulse_desktop.rehearsal.demo.values import COMING, DONE, MISSED, Lineup, Plan

STAFF, EACH = 12, 10
DAYS_AHEAD = 24
FAITHFUL, FAITHFUL_VISITS = 0, 500
"""The first patient comes every day until so many visits are reached: the longest file anybody has to open."""
NOTE_SHARE = 0.5
TEMPLATES = 24
_SUNDAY = 6
_GAP = 5
_OPENS = 9 * 60
_FIRST = ("Lin", "Dana", "Ruth", "Marco", "Ivy", "Paul", "Nora", "Hugo", "Mei", "Olga", "Luis", "Tara")
_LAST = ("Hua", "Petrov", "Okafor", "Reyes", "Stone", "Weber", "Quinn", "Silva", "Zhou", "Orlova", "Vega", "Moss")


class Invented:
    """Patients and visits from a seed."""

    def __init__(self, patients: int, visits: int, seed: int, today: date) -> None:
        """`today` is a working day."""
        self._patients, self._visits, self._seed = patients, visits, seed
        self.today = today

    @cached_property
    def lineup(self) -> Lineup:
        """Twelve practitioners, eight of them in the first office."""
        services = tuple(service for service in practice.SERVICES if not service.is_addon)
        offices = (practice.CLIFTON, practice.BROOKLYN)
        office_of = tuple(0 if at < STAFF * 2 // 3 else 1 for at in range(STAFF))
        first = self._working_days()[0]
        staff = tuple(zip(_FIRST, _LAST, strict=True))
        return Lineup(offices, services, staff, office_of, _OPENS, 21 * 60, first - timedelta(days=30), practice.ZONE)

    def patients(self) -> Sequence[PatientDraft]:
        """Everybody, in the order in which they registered."""
        chance = random.Random(self._seed)  # noqa: S311 - invented people
        return [_patient(chance, at) for at in range(self._patients)]

    def days(self) -> Iterable[Sequence[Plan]]:
        """Full days; only the very first may be emptier, where the number of visits does not come out even."""
        chance = random.Random(self._seed + 1)  # noqa: S311 - as above
        days = self._working_days()
        each = self._each_day
        first = self._visits - each * (len(days) - 1)
        for at, day in enumerate(days):
            yield self._day(chance, day, first if at == 0 else each, faithful=len(days) - at <= FAITHFUL_VISITS)

    @property
    def _each_day(self) -> int:
        return min(STAFF * EACH, self._patients)

    def _working_days(self) -> list[date]:
        count = max(1, -(-self._visits // self._each_day))
        ahead = min(DAYS_AHEAD, count // 3)
        coming = _from(self.today, 1)
        after = [next(coming) for _ in range(ahead)]
        going = _from(self.today, -1)
        before = [next(going) for _ in range(count - ahead - 1)]
        return [*reversed(before), self.today, *after]

    def _day(self, chance: random.Random, day: date, count: int, *, faithful: bool) -> Sequence[Plan]:
        people = chance.sample(range(self._patients), count)
        if faithful and FAITHFUL not in people and people:
            people[0] = FAITHFUL
        planned: list[Plan] = []
        for staff in range(STAFF):
            planned.extend(self._shift(chance, day, staff, people[staff::STAFF]))
        return sorted(planned, key=lambda plan: (plan.minute, plan.staff))

    def _shift(self, chance: random.Random, day: date, staff: int, people: Sequence[int]) -> Iterator[Plan]:
        minute = _OPENS
        for patient in people:
            service = chance.choices(range(len(_MINUTES)), _OFTEN)[0]
            fate = self._fate(chance, day)
            note = chance.randrange(TEMPLATES) if fate == DONE and chance.random() < NOTE_SHARE else -1
            yield Plan(patient, staff, day, minute, service, fate, note)
            minute += _MINUTES[service] + _GAP

    def _fate(self, chance: random.Random, day: date) -> str:
        if day >= self.today:
            return COMING
        return MISSED if chance.random() < 0.04 else DONE


_PLAIN = tuple(service for service in practice.SERVICES if not service.is_addon)
_MINUTES = tuple(sum(stretch.minutes for stretch in service.pattern) for service in _PLAIN)
_OFTEN = (50, 4, 20, 10, 8, 5, 3)


def _from(day: date, step: int) -> Iterator[date]:
    """Working days after (step 1) or before (step -1) a day."""
    while True:
        day += timedelta(days=step)
        if day.weekday() != _SUNDAY:
            yield day


def _patient(chance: random.Random, at: int) -> PatientDraft:
    people = names.ALL[chance.choices(range(len(names.ALL)), names.SHARES)[0]]
    first, last = chance.choice(people.first), chance.choice(people.last)
    native = ""
    if "/" in first:
        (first, given), (last, family) = first.split("/"), last.split("/")
        native = family + given
    city, state, zip_code = chance.choice(names.CITIES)
    phone = f"({names.AREA_CODES[at // 10_000 % len(names.AREA_CODES)]}) 555-{(at * 7919) % 10_000:04}"
    born = date(1936, 1, 1) + timedelta(days=chance.randrange(29_000))
    street = f"{chance.randrange(1, 400)} {chance.choice(names.STREETS)} St"
    return PatientDraft(
        first, last, phone, born, language=people.language, native_name=native, email=f"patient{at + 1}@example.com",
        street=street, city=city, state=state, zip_code=zip_code,
    )  # fmt: skip
