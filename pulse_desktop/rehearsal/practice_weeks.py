"""Which visits the practice clinic had in the last three weeks and has in the next three."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS_EACH_WAY = 3
_SEED = 1030
_SUNDAY = 6
_NEEDLES = ("Acupuncture 60",)
_WITH_CUPS = ("Acupuncture 60", "+ cupping 15")
_CUPS_ONLY = ("Cupping 30",)

# Two rooms a practitioner, twenty minutes apart: under the services' time patterns the hands are never in both.
_STARTS = {
    "Hua": ("Room 1", "Room 2", (540, 610, 680, 840, 910, 980)),
    "Petrov": ("Room 4", "Room 5", (540, 610, 680, 840, 910, 980)),
    "Okafor": ("Room 3", "Room 6", (540, 610, 680, 840, 910)),
    "Reyes": ("Room B1", "Room B2", (660, 730, 880, 950, 1020)),
}
_STAGGER = 20
_CHANCE = 0.2


@dataclass(frozen=True, slots=True)
class Slot:
    """One visit of the weeks around today. `patient_at` points into the list of invented patients."""

    day: date
    staff: str
    room: str
    at: int
    services: tuple[str, ...]
    patient_at: int
    pain: tuple[int, int]


def slots(first: date, last: date, patients: range, seed: int = _SEED) -> Iterator[Slot]:
    """Visits from `first` to `last` (both count), Sundays left out; the same ones for the same dates."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() == _SUNDAY:
            continue
        dice = random.Random(f"{seed} {day.toordinal()}")  # noqa: S311 - invented days, the same each time
        free = dice.sample(patients, len(patients))
        for staff, (room, other_room, starts) in _STARTS.items():
            for at, start in enumerate(starts):
                for lane, place in enumerate((room, other_room)):
                    if dice.random() < _CHANCE and free:
                        services = _services(dice, is_last=at == len(starts) - 1)
                        before = dice.randint(3, 8)
                        yield Slot(
                            day,
                            staff,
                            place,
                            start + lane * _STAGGER,
                            services,
                            free.pop(),
                            (before, max(0, before - dice.randint(0, 4))),
                        )


def _services(dice: random.Random, *, is_last: bool) -> tuple[str, ...]:
    """Cupping takes the room longer, so it comes at the end of the half day."""
    return _WITH_CUPS if is_last and dice.random() < 0.8 else _NEEDLES


MARIA_BEFORE: tuple[tuple[int, tuple[str, ...], str, tuple[int, int]], ...] = (
    (42, ("First visit 75",), "Hua", (8, 7)),
    (39, _NEEDLES, "Hua", (7, 6)),
    (35, _WITH_CUPS, "Hua", (7, 6)),
    (32, _WITH_CUPS, "Hua", (6, 4)),
    (28, _NEEDLES, "Hua", (6, 5)),
    (21, _WITH_CUPS, "Hua", (7, 5)),
    (14, _NEEDLES, "Hua", (6, 4)),
    (7, _WITH_CUPS, "Hua", (6, 3)),
)
"""María Alvarez's course: days ago, services, practitioner, pain before and after."""

MARIA_BOUGHT = ((42, "Five visits"), (14, "Ten visits"))
"""What she bought, and how many days ago."""

MARIA_OSWESTRY: tuple[tuple[int, int], ...] = ((42, 460), (21, 340), (7, 260))
"""Days before today, and her score for low back disability in tenths: a first visit and two re-checks."""
