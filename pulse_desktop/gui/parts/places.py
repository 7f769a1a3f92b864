"""Where one can be in the program, and what can be asked for at its right edge.

A *Place* names a screen and what it shows; a *request* names a side panel and what it begins with. Both are plain
values, so that workplaces reach each other without knowing each other: `parts.go_to(PatientPlace(12))`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TodayPlace:
    """The Today board; `visit_id` chooses a card."""

    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class CalendarPlace:
    """The calendar on `day` (None: the day it shows); `visit_id` chooses a block."""

    day: date | None = None
    visit_id: int | None = None
    office_id: int | None = None


@dataclass(frozen=True, slots=True)
class PatientsPlace:
    """The list of patients, searched for `words`."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class PatientPlace:
    """One patient's file; `tab` is summary, visits, notes, progress, packages, account, documents or details."""

    patient_id: int
    tab: str = ""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """The treatment note of a visit, begun if there is none."""

    visit_id: int


@dataclass(frozen=True, slots=True)
class PackagesPlace:
    """The price list of packages; `offer_id` chooses one."""

    offer_id: int | None = None


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """Settings; `section` is practice, offices, rooms, people, services, hours, note or aftercare."""

    section: str = ""


Place = TodayPlace | CalendarPlace | PatientsPlace | PatientPlace | NotePlace | PackagesPlace | SettingsPlace


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """Book a visit. What is None is asked; `starts` is the minute of the day, `words` what the caller asked for."""

    patient_id: int | None = None
    office_id: int | None = None
    staff_id: int | None = None
    room_id: int | None = None
    day: date | None = None
    starts: int | None = None
    service_ids: tuple[int, ...] = ()
    words: str = ""
    walk_in: bool = False
    """The caller stands at the desk: the first opening from now on is proposed, and the visit is marked arrived."""


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """Move a booked visit to another time."""

    visit_id: int


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Cancel a visit, with who did it and why."""

    visit_id: int


@dataclass(frozen=True, slots=True)
class PatientRequest:
    """Register a patient (`patient_id` None) or change one's details; `words` is what was searched for in vain."""

    patient_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ConditionsRequest:
    """Ask the safety questions, or change what was answered."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """Enter a patient's score of an outcome measure (`measure` "" is asked), or correct the one with `score_id`."""

    patient_id: int
    measure: str = ""
    score_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArrivalRequest:
    """Ask "anything new?" when a patient arrives."""

    visit_id: int


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """Check a visit out."""

    visit_id: int


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """Take money on account."""

    patient_id: int


@dataclass(frozen=True, slots=True)
class SaleRequest:
    """Sell a package; None is asked."""

    patient_id: int | None = None
    offer_id: int | None = None


@dataclass(frozen=True, slots=True)
class OfferRequest:
    """Put a package on the price list (`offer_id` None) or change one."""

    offer_id: int | None = None


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """Show a visit's aftercare sheet, to print or file it; `language` "" is the patient's."""

    visit_id: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRequest:
    """Show a receipt, to print or file it. `waits`: it is to be handed out, so it is set aside rather than closed."""

    receipt_id: int
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ToSignRequest:
    """Show the notes that wait for a signature."""


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """Print of a patient's chart: `note_id` one note, else a period or all of it."""

    patient_id: int
    note_id: int | None = None


Request = (
    BookingRequest
    | MoveRequest
    | CancelRequest
    | PatientRequest
    | ConditionsRequest
    | ScoreRequest
    | ArrivalRequest
    | CheckoutRequest
    | PaymentRequest
    | SaleRequest
    | OfferRequest
    | SheetRequest
    | ReceiptRequest
    | ToSignRequest
    | ChartRequest
)
