"""Queries that join subjects: the cards of Today, the banner over a patient's file.

Here belongs only reading. Nothing here writes, and a question to one subject belongs to that subject.
"""

from pulse_desktop.clinic.boards.calendar import calendar_day
from pulse_desktop.clinic.boards.chart import chart_source
from pulse_desktop.clinic.boards.checkout import WITHOUT_PACKAGE, checkout
from pulse_desktop.clinic.boards.finding import find, newest, unsigned_counts
from pulse_desktop.clinic.boards.handing import receipt_source, sheet_source
from pulse_desktop.clinic.boards.patient import patient_banner, patient_file
from pulse_desktop.clinic.boards.sheets import filed_receipt, filed_sheet
from pulse_desktop.clinic.boards.sold import open_packages
from pulse_desktop.clinic.boards.today import today, today_cards

__all__ = [
    "WITHOUT_PACKAGE",
    "calendar_day",
    "chart_source",
    "checkout",
    "filed_receipt",
    "filed_sheet",
    "find",
    "newest",
    "open_packages",
    "patient_banner",
    "patient_file",
    "receipt_source",
    "sheet_source",
    "today",
    "today_cards",
    "unsigned_counts",
]
