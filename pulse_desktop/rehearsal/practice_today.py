"""Today's visits of the practice clinic, as they stand at 10:42 in the morning.

The times leave each practitioner's hands free of overlaps under the services' time patterns, and each room its ten
minutes to clean up.
"""

from __future__ import annotations

from dataclasses import dataclass

NOON = 12 * 60
NOW_MINUTE = 10 * 60 + 42


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of today: patient by last name (first name where two share it), start, services, room and how far it is."""

    patient: str
    staff: str
    at: int
    services: tuple[str, ...]
    room: str
    until: str = "expected"
    arrived: int = 0
    roomed: int = 0
    on: int = 0
    """Minute the cups or needles went on."""
    out: int = 0


def _at(text: str) -> int:
    hour, _, minute = text.partition(":")
    return (int(hour) + (NOON // 60 if int(hour) < 8 else 0)) * 60 + int(minute)


_A60, _A60C = ("Acupuncture 60",), ("Acupuncture 60", "+ cupping 15")

TODAY: tuple[Planned, ...] = (
    Planned(
        "Castillo", "Okafor", _at("9:00"), ("Gua sha 20",), "Room 2", "done", _at("8:52"), _at("9:00"), 0, _at("9:24")
    ),
    Planned(
        "Goldberg", "Petrov", _at("9:00"), _A60, "Room 6", "done", _at("8:50"), _at("9:00"), _at("9:06"), _at("9:58")
    ),
    Planned("Wu", "Lin Hua", _at("9:00"), _A60, "Room 1", "done", _at("8:55"), _at("9:00"), _at("9:07"), _at("9:50")),
    Planned("Соколов", "Okafor", _at("9:30"), ("Gua sha 20",), "Room 2", "no_show"),
    Planned(
        "Kaplan",
        "Petrov",
        _at("9:15"),
        _A60,
        "Room 4",
        "checking_out",
        _at("9:08"),
        _at("9:16"),
        _at("9:24"),
        _at("10:31"),
    ),
    Planned(
        "Zhao",
        "Lin Hua",
        _at("9:25"),
        ("Cupping 30",),
        "Room 3",
        "checking_out",
        _at("9:20"),
        _at("9:27"),
        _at("9:33"),
        _at("10:36"),
    ),
    Planned("Torres", "Petrov", _at("10:00"), _A60C, "Room 5", "cups_on", _at("9:54"), _at("10:02"), _at("10:33")),
    Planned(
        "María Alvarez", "Lin Hua", _at("10:00"), _A60C, "Room 2", "cups_on", _at("9:52"), _at("10:01"), _at("10:36")
    ),
    Planned("Петренко", "Okafor", _at("10:05"), _A60, "Room 1", "needles_on", _at("9:58"), _at("10:06"), _at("10:24")),
    Planned("Huang", "Lin Hua", _at("10:20"), _A60C, "Room 3", "in_room", _at("10:12"), _at("10:21")),
    Planned("Kuznetsov", "Okafor", _at("10:25"), ("Gua sha 20",), "Room 6", "in_room", _at("10:18"), _at("10:26")),
    Planned("O’Neill", "Petrov", _at("10:30"), _A60, "Room 4", "arrived", _at("10:24")),
    Planned("Wei-Ling Chen", "Okafor", _at("10:55"), _A60, "Room 6", "arrived", _at("10:38")),
    Planned("Walker", "Okafor", _at("11:15"), _A60, "Room 1", "arrived", _at("10:40")),
    Planned("Becker", "Okafor", _at("12:05"), _A60, "Room 6"),
    Planned("Lin Chen", "Lin Hua", _at("11:30"), ("Tuina 30",), "Room 2"),
    Planned("Волкова", "Petrov", _at("11:30"), _A60C, "Room 5"),
    Planned("Nair", "Lin Hua", _at("12:00"), ("First visit 75",), "Room 3"),
    Planned("Ortiz", "Lin Hua", _at("1:30"), _A60, "Room 1"),
    Planned("Fontaine", "Petrov", _at("2:00"), _A60, "Room 5"),
    Planned("Weiss", "Lin Hua", _at("2:30"), ("Tuina 45",), "Room 2"),
    Planned("Орлов", "Petrov", _at("2:25"), _A60, "Room 4"),
    Planned("Tan", "Petrov", _at("3:20"), ("Cupping 30",), "Room 5"),
    Planned("Мороз", "Okafor", _at("3:30"), ("Gua sha 20",), "Room 1"),
    Planned("Lindqvist", "Okafor", _at("4:10"), _A60, "Room 6"),
    Planned("Carvalho", "Lin Hua", _at("4:20"), _A60C, "Room 3"),
    Planned("Marchetti", "Reyes", _at("11:15"), _A60, "Room B1"),
    Planned("Larsen", "Reyes", _at("12:25"), _A60, "Room B1"),
    Planned("He", "Reyes", _at("12:40"), ("Gua sha 20",), "Room B2"),
    Planned("Price", "Reyes", _at("3:00"), ("Tuina 45",), "Room B1"),
    Planned("Núñez", "Reyes", _at("4:00"), _A60C, "Room B1"),
    Planned("Rahman", "Reyes", _at("5:25"), _A60, "Room B1"),
    Planned("Park", "Reyes", _at("5:45"), _A60, "Room B2"),
)

PACKAGES: tuple[tuple[str, str, int], ...] = (
    ("Kaplan", "Ten visits", 9),
    ("Huang", "Ten visits", 6),
    ("O’Neill", "Ten visits", 5),
    ("Wei-Ling Chen", "Ten visits", 2),
    ("Петренко", "Ten visits", 3),
    ("Ortiz", "Ten visits", 4),
    ("Ramírez", "Ten visits", 1),
    ("Goldberg", "Five visits", 2),
    ("Torres", "Cupping and needles, eight", 3),
)
"""Patient, offer and how many sessions are used by earlier visits."""
