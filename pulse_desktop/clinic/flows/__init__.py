"""Commands that write in two subjects or more, such as checking in and checking out.

Here belongs only what no single subject could do. A command of one subject belongs to that subject.
"""

from pulse_desktop.clinic.flows.arriving import check_in
from pulse_desktop.clinic.flows.booking import (
    book_visit,
    cancel_visit,
    change_services,
    move_visit,
    register_and_book,
)
from pulse_desktop.clinic.flows.checking_out import check_out
from pulse_desktop.clinic.flows.handing import give_receipt, give_sheet, take_back_sheet
from pulse_desktop.clinic.flows.printing import print_chart
from pulse_desktop.clinic.flows.selling import sell_package

__all__ = [
    "book_visit",
    "cancel_visit",
    "change_services",
    "check_in",
    "check_out",
    "give_receipt",
    "give_sheet",
    "move_visit",
    "print_chart",
    "register_and_book",
    "sell_package",
    "take_back_sheet",
]
