"""The practice itself: offices and their rooms, staff with credentials and licences by state, services and prices.

Here belongs what the owner sets up. Patients, visits and anything that happens on a day never belong here.
"""

from pulse_desktop.clinic.practice.commands import (
    approve_lines,
    lift_closure,
    name_practice,
    save_closure,
    save_hours,
    save_office,
    save_room,
    save_service,
    save_setting,
)
from pulse_desktop.clinic.practice.people import save_member
from pulse_desktop.clinic.practice.queries import approved_lines, practice_data, setting
from pulse_desktop.storage.permissions import Role

__all__ = [
    "Role",
    "approve_lines",
    "approved_lines",
    "lift_closure",
    "name_practice",
    "practice_data",
    "save_closure",
    "save_hours",
    "save_member",
    "save_office",
    "save_room",
    "save_service",
    "save_setting",
    "setting",
]
