"""What travels into the acts that touch two subjects or more."""

from __future__ import annotations

from dataclasses import dataclass

from pulse_desktop.clinic.money.values import PaymentLine
from pulse_desktop.clinic.patients.values import ConditionDraft, PatientDraft
from pulse_desktop.clinic.schedule.values import Booking
from pulse_desktop.storage.answers import answer


@dataclass(frozen=True, slots=True)
class Arrival:
    """A patient has come. `asked` says that "anything new?" was asked; what is new comes as conditions."""

    visit_id: int
    version: int
    asked: bool = False
    news: tuple[ConditionDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCaller:
    """A caller not yet known is registered and booked in one act; the booking's patient_id is ignored."""

    patient: PatientDraft
    booking: Booking


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """A product or fee added at the desk: price in cents each, tax rate in millionths."""

    words: str
    cents: int
    quantity: int = 1
    tax_millionths: int = 0


@dataclass(frozen=True, slots=True)
class CheckOut:
    """The visit is paid and done in one act: charges, session used, payment, next visit, receipt.

    `package_id` None pays without a package. `sell_offer_id` adds a package to the sale. `next_visit` books the follow-up.
    `total_cents` is the sum the person saw; another sum raises Outdated.
    """

    visit_id: int
    version: int
    package_id: int | None
    payments: tuple[PaymentLine, ...]
    total_cents: int
    extras: tuple[ExtraLine, ...] = ()
    sell_offer_id: int | None = None
    next_visit: Booking | None = None


@answer
@dataclass(frozen=True, slots=True)
class CheckedOut:
    """What came of a check-out."""

    visit_id: int
    receipt_id: int | None
    next_visit_id: int | None
    package_id: int | None


@dataclass(frozen=True, slots=True)
class PackageSale:
    """A package sold by itself."""

    patient_id: int
    office_id: int
    offer_id: int
    payments: tuple[PaymentLine, ...]
    use_for_visit_id: int | None = None


@answer
@dataclass(frozen=True, slots=True)
class PackageSold:
    """What came of a sale."""

    package_id: int
    receipt_id: int


@dataclass(frozen=True, slots=True)
class SheetGiven:
    """An aftercare sheet was handed out: filed document, language, how (paper, file)."""

    visit_id: int
    language: str
    sheet_version: str
    how: str
    file_name: str
    pdf: bytes
    title: str = ""
    pages: int = 1


@dataclass(frozen=True, slots=True)
class ReceiptGiven:
    """A receipt was drawn and handed out in a language; from now on that copy is the receipt in that language."""

    receipt_id: int
    language: str
    title: str
    file_name: str
    version: str
    pages: int
    pdf: bytes


@answer
@dataclass(frozen=True, slots=True)
class VisitCancelled:
    """What became of a cancelled visit's session: "" (none was held), released, forgiven or forfeited."""

    visit_id: int
    session: str


@dataclass(frozen=True, slots=True)
class SheetTakenBack:
    """The sheet did not print after all."""

    given_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChartPrinted:
    """A print of a chart: `kind` note, period or whole; `how` paper or file; `checksum` the document's SHA-256."""

    patient_id: int
    kind: str
    how: str
    notes: int
    checksum: str
    note_id: int | None = None
