"""The practice clinic's set-up: two offices, their rooms and hours, six people, services, packages.

The two addresses are the clinic's real ones; phones are from the range kept for fiction (555-01xx), licence numbers,
prices and people are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pulse_desktop.clinic.practice.values import Licence, OfficeDraft, ServiceDraft, StaffDraft, Stretch
from pulse_desktop.storage.permissions import Role

PRACTICE_NAME = "Pulse Acupuncture"
PASSWORD = "calm hands, warm cups"  # noqa: S105 - the practice clinic holds invented people only
ZONE = "America/New_York"

CLIFTON = OfficeDraft(
    "Clifton",
    "1030 Clifton Ave",
    "suite 104",
    "Clifton",
    "NJ",
    "07013",
    "(973) 555-0110",
    ZONE,
    "Mon to Sat, 9:00 to 6:30",
)
BROOKLYN = OfficeDraft(
    "Brooklyn",
    "109 N 12th St",
    "suite 704",
    "Brooklyn",
    "NY",
    "11249",
    "(718) 555-0170",
    ZONE,
    "Mon to Sat, 11:00 to 7:00",
)
ROOMS = {"Clifton": ("Room 1", "Room 2", "Room 3", "Room 4", "Room 5", "Room 6"), "Brooklyn": ("Room B1", "Room B2")}
SETUP_MINUTES, CLEANUP_MINUTES = 0, 10


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff and the hours they keep: (weekdays, starts, ends) at one office."""

    draft: StaffDraft
    office: str = ""
    hours: tuple[tuple[int, int], ...] = ()


def _licence(state: str, number: str) -> Licence:
    return Licence(state, number, date(2019, 5, 1), date(2029, 4, 30))


_PRACTITIONER = frozenset({Role.PRACTITIONER})
OWNER = StaffDraft("Vera", "Adler", "", frozenset({Role.OWNER}))
PEOPLE = (
    Person(StaffDraft("Mina", "Kaya", "", frozenset({Role.FRONT_DESK}))),
    Person(
        StaffDraft(
            "Lin", "Hua", "L.Ac.", _PRACTITIONER, "Lin Hua", licences=(_licence("NJ", "25MZ00041200"), _licence("NY", "004417"))
        ),
        "Clifton",
        ((540, 790), (810, 1080)),
    ),
    Person(
        StaffDraft("Dana", "Petrov", "L.Ac.", _PRACTITIONER, licences=(_licence("NJ", "25MZ00058700"),)),
        "Clifton",
        ((540, 780), (840, 1110)),
    ),
    Person(
        StaffDraft("Ruth", "Okafor", "L.Ac.", _PRACTITIONER, licences=(_licence("NJ", "25MZ00063300"),)),
        "Clifton",
        ((540, 780), (810, 1050)),
    ),
    Person(
        StaffDraft("Marco", "Reyes", "L.Ac.", _PRACTITIONER, licences=(_licence("NY", "006020"),)),
        "Brooklyn",
        ((660, 840), (870, 1140)),
    ),
)


def _hands(minutes: int) -> Stretch:
    return Stretch(minutes, hands_on=True)


def _table(minutes: int) -> Stretch:
    return Stretch(minutes, hands_on=False)


_NEEDLES = (_hands(10), _table(30), _hands(5), _table(10))
SERVICES = (
    ServiceDraft("Acupuncture 60", ("acupuncture",), _NEEDLES, 11000),
    ServiceDraft("First visit 75", ("acupuncture",), (_hands(30), _table(20), _hands(10), _table(10)), 15000),
    ServiceDraft("Cupping 30", ("dry_cupping",), (_hands(10), _table(10), _hands(10), _table(5)), 7500),
    ServiceDraft("Tuina 30", ("tuina",), (_hands(30),), 7000),
    ServiceDraft("Tuina 45", ("tuina",), (_hands(45),), 9500),
    ServiceDraft("Gua sha 20", ("gua_sha",), (_hands(20),), 6000),
    ServiceDraft("Herbal consultation 30", (), (_hands(30),), 6500),
    ServiceDraft("+ cupping 15", ("dry_cupping",), (_hands(5), _table(5), _hands(5)), 3500, is_addon=True),
    ServiceDraft("+ tuina 15", ("tuina",), (_hands(15),), 3500, is_addon=True),
    ServiceDraft("+ moxa", ("moxa",), (_hands(5),), 1500, is_addon=True),
)

OFFERS: tuple[tuple[str, int, int, tuple[tuple[str, int], ...], int | None], ...] = (
    ("Five visits", 5, 50000, (("Acupuncture 60", 0),), 6),
    ("Ten visits", 10, 90000, (("Acupuncture 60", 0), ("+ cupping 15", 2500)), 6),
    ("Twenty visits", 20, 170000, (("Acupuncture 60", 0), ("+ cupping 15", 2500)), 12),
    ("Cupping six", 6, 39000, (("Cupping 30", 0),), 4),
    ("Cupping and needles, eight", 8, 100000, (("Acupuncture 60", 0), ("+ cupping 15", 0)), 6),
    ("Tuina five", 5, 42500, (("Tuina 45", 0),), None),
)
"""Name, sessions, price in cents, covered services (0 covered, else the price charged instead), months it is good for."""
