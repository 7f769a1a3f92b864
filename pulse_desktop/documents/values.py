"""What a document is made from and what comes out: frozen values, no ORM rows, no clock.

Every time here is an aware datetime in the *office's* zone: a sheet speaks of wall time, and the office's wall is meant.
Money is whole cents. Names, services and package names are the clinic's own words and are printed as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: the bytes that are previewed, printed, mailed and filed are these and no others.

    `title` and `file_name` hold no patient data; `checksum` is the SHA-256 of `pdf` in hex.
    """

    title: str
    file_name: str
    pdf: bytes = field(repr=False)
    checksum: str
    version: str
    language: str
    pages: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office as it stands at the head and foot of a paper.

    `hours` are the office's own words ("Mon to Sat, 9:00 to 6:00"); weekdays and "to" are put into the sheet's language.
    """

    practice: str
    street: tuple[str, ...]
    city: str
    phone: str
    hours: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who treated, with the licence in the office's own state (two-letter code)."""

    name: str
    credentials: str = ""
    licence_number: str = ""
    licence_state: str = ""


@dataclass(frozen=True, slots=True)
class Cup:
    """One cup of the visit: where on the body map (canvas units, 0..1000 by 0..2000), its rim, what it left.

    `region` is a key of `body_region`, `suction` of `suction_level`; `grade` is the mark grade 0 to 5, or None while
    nobody has looked at the mark yet.
    """

    number: int
    view: str
    x: float
    y: float
    rim_mm: int
    region: str
    suction: str = ""
    technique: str = ""
    minutes: float | None = None
    off_at: datetime | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Needle:
    """One needle of the visit: the point's code and its place on the body map (canvas units).

    A point whose place is not on the map has no `view`: it is counted, not drawn.
    """

    code: str
    view: str = ""
    x: float = 0.0
    y: float = 0.0
    region: str = ""


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The visit the patient is booked for next."""

    starts: datetime
    practitioner: str
    office: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """How a package stands: the sentence every paper and screen says."""

    package: str
    used: int
    booked: int
    left: int
    good_through: date | None = None


@dataclass(frozen=True, slots=True)
class AftercareFacts:
    """Everything an aftercare sheet says about one visit.

    `techniques` are keys such as "fire_cupping"; `treated_at` is when the visit began. Times on the sheet count from
    `ended_at`: the moment the last cup came off or the last needle came out, or the end of the hands-on time where
    nothing of the kind was recorded. All of it may be known while the note is still a draft.
    """

    letterhead: Letterhead
    language: str
    patient: str
    patient_number: str
    practitioner: Practitioner
    treated_at: datetime
    ended_at: datetime
    printed_at: datetime
    techniques: tuple[str, ...]
    cups: tuple[Cup, ...] = ()
    needles: tuple[Needle, ...] = ()
    needles_in: int | None = None
    needles_out: int | None = None
    needle_minutes: float | None = None
    other_minutes: tuple[tuple[str, float], ...] = ()
    next_visit: NextVisit | None = None
    sessions: Sessions | None = None
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One charge: the service or thing, how often, what one costs, what a package or a discount took off, tax.

    `amount` is what the patient owes for the line before tax: quantity x price - discount, or 0 where `covered_by`
    names the package that covers it.
    """

    name: str
    quantity: int
    price: int
    amount: int
    detail: str = ""
    discount: int = 0
    tax: int = 0
    covered_by: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPayment:
    """One payment: its tender (cash, card, check, transfer, credit), the terminal's or check's reference, the amount.

    A refund is a negative amount.
    """

    tender: str
    amount: int
    reference: str = ""
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Everything a receipt says. `balance` is what the patient owes after it; below zero the patient has credit."""

    letterhead: Letterhead
    language: str
    number: str
    issued_at: datetime
    patient: str
    patient_number: str
    lines: tuple[ReceiptLine, ...]
    payments: tuple[ReceiptPayment, ...]
    balance: int
    practitioner: Practitioner | None = None
    sessions: tuple[Sessions, ...] = ()
    next_visit: NextVisit | None = None
