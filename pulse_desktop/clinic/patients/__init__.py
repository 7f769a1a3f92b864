"""The people who come: who they are, how to reach them, what is known of their health.

Here belongs what stays with a patient from visit to visit. Visits, notes, packages and money never belong here.
"""

from pulse_desktop.clinic.patients.commands import edit, record_condition, record_screening, register, set_state
from pulse_desktop.clinic.patients.queries import conditions, name_of, patient, recent
from pulse_desktop.clinic.patients.search import like, search

__all__ = [
    "conditions",
    "edit",
    "like",
    "name_of",
    "patient",
    "recent",
    "record_condition",
    "record_screening",
    "register",
    "search",
    "set_state",
]
