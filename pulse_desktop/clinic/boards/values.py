"""What the joined pictures of the clinic consist of: the Today board, the banner, the file, the calendar, check-out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pulse_desktop.clinic.money.values import LedgerLine, ReceiptLine
from pulse_desktop.clinic.packages.values import Offer, PackageLine
from pulse_desktop.clinic.patients.values import ConditionLine, PatientLine, PatientRecord
from pulse_desktop.clinic.schedule.values import DaySchedule, Opening, Progress, State, VisitLine
from pulse_desktop.clinic.treatment.values import NoteLine, TimerLine


@dataclass(frozen=True, slots=True)
class Flag:
    """A chip's content. `tone` is chip, amber, cinnabar, indigo or jade; `icon` an icon's name or ""."""

    tone: str
    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One visit on the Today board."""

    visit: VisitLine
    next_step: Progress | None
    flags: tuple[Flag, ...]
    marks: tuple[str, ...]
    """Icons beside the name (allergy, pregnancy, shield)."""
    timer: TimerLine | None
    sessions_words: str
    """"2 used, 1 booked, 7 left", "" without a package."""
    due_cents: int
    note_state: str
    """"", draft or signed."""
    sheet_given: bool
    late_minutes: int


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something of an earlier day not yet dealt with: kind unsigned or not_checked_out."""

    kind: str
    visit_id: int
    patient_id: int
    patient_short: str
    staff: str
    day: date


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """The day of one office."""

    day: date
    office_id: int
    cards: tuple[TodayCard, ...]
    loose_ends: tuple[LooseEnd, ...]


@dataclass(frozen=True, slots=True)
class PatientBanner:
    """What stands above every patient screen."""

    patient_id: int
    number: str
    name: str
    preferred: str
    pronouns: str
    born: date | None
    age: int | None
    language: str
    phone: str
    phone_words: str
    flags: tuple[Flag, ...]
    balance_cents: int
    sessions_left: int


@dataclass(frozen=True, slots=True)
class PainPoint:
    """Pain before and after on a day."""

    day: date
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class PatientFile:
    """The patient's summary. Clinical parts are empty for those who may not see them (`may_see_clinical` False)."""

    banner: PatientBanner
    record: PatientRecord
    upcoming: tuple[VisitLine, ...]
    past: tuple[VisitLine, ...]
    notes: tuple[NoteLine, ...]
    packages: tuple[PackageLine, ...]
    conditions: tuple[ConditionLine, ...]
    pain: tuple[PainPoint, ...]
    last_plan: str
    last_plan_on: date | None
    ledger: tuple[LedgerLine, ...]
    receipts: tuple[ReceiptLine, ...]
    sheets: tuple[SheetLine, ...]
    may_see_clinical: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A document handed out."""

    given_id: int
    document_id: int
    visit_id: int
    title: str
    language: str
    at: datetime
    by: str
    how: str
    state: str


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    """One line of what was done. `covered_by` names the package, `words` explains ("session 10 of 10, the last one")."""

    name: str
    words: str
    cents: int
    is_covered: bool


@dataclass(frozen=True, slots=True)
class CheckoutSheet:
    """Everything the check-out panel shows before anything is taken."""

    visit: VisitLine
    lines: tuple[CheckoutLine, ...]
    package: PackageLine | None
    other_packages: tuple[PackageLine, ...]
    due_before_cents: int
    """Balance from before this visit."""
    total_cents: int
    """To pay now, the balance from before included."""
    offer: Offer | None
    """The package worth proposing."""
    next_visits: tuple[Opening, ...]
    next_booked: VisitLine | None
    note_state: str
    language: str
    has_treatment: bool
    """Something is recorded that an aftercare sheet can be made of."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the palette found of people."""

    people: tuple[PatientLine, ...]
    where_now: tuple[str, ...]
    """Beside each: "cups on in Room 2", "last visit Sep 8", ""."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """The calendar's day: the schedule and what each visit's block shows besides."""

    schedule: DaySchedule
    marks: tuple[tuple[int, tuple[str, ...]], ...]
    """(visit_id, icons)."""


__all__ = [
    "CalendarDay", "CheckoutLine", "CheckoutSheet", "Flag", "Found", "LooseEnd", "PainPoint", "PatientBanner",
    "PatientFile", "SheetLine", "State", "TodayBoard", "TodayCard",
]  # fmt: skip
