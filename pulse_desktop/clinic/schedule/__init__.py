"""When, where and with whom: visits, their booking state and progress, and what may not overlap.

Here belongs what puts a patient, a practitioner and a room at one time. What was done in the visit, and what it costs,
never belong here.
"""

from pulse_desktop.clinic.schedule.commands import (
    book_visit,
    cancel_visit,
    change_services,
    confirm_visit,
    move_visit,
    write_desk_note,
)
from pulse_desktop.clinic.schedule.openings import free_instead, openings
from pulse_desktop.clinic.schedule.queries import day_schedule, visit, visits_of
from pulse_desktop.clinic.schedule.steps import take_step
from pulse_desktop.clinic.schedule.wishes import read_wish

__all__ = [
    "book_visit",
    "cancel_visit",
    "change_services",
    "confirm_visit",
    "day_schedule",
    "free_instead",
    "move_visit",
    "openings",
    "read_wish",
    "take_step",
    "visit",
    "visits_of",
    "write_desk_note",
]
