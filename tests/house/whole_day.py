"""Everything a clinic can do, done once: each command of the registry in an order in which a clinic could meet it.

House tests walk along: one looks at the audit trail after each act, one at what lies on the disk afterwards. A new
command belongs in here; `test_registry` counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from pulse_desktop.clinic import flows, money, packages, patients, practice, schedule, treatment
from pulse_desktop.clinic.atlas import all_aftercare_lines
from pulse_desktop.clinic.flows.values import (
    Arrival,
    ChartPrinted,
    CheckOut,
    NewCaller,
    PackageSale,
    ReceiptGiven,
    SheetGiven,
    SheetTakenBack,
)
from pulse_desktop.clinic.money.values import Charge, Payment, PaymentLine, Reversal, Tender
from pulse_desktop.clinic.packages.values import Cover, HoldSession, OfferDraft
from pulse_desktop.clinic.patients.values import ConditionDraft, PatientDraft, PatientState, Screening
from pulse_desktop.clinic.practice.values import ClosureDraft, HoursDraft, RoomDraft, SettingValue, Stretch
from pulse_desktop.clinic.schedule.values import (
    Booking,
    Cancelling,
    Confirming,
    DeskNote,
    Move,
    Progress,
    ServicesChange,
    State,
    Step,
)
from pulse_desktop.clinic.treatment.reentry import Reentry
from pulse_desktop.clinic.treatment.shorthand import GroupDraft, PhraseDraft
from pulse_desktop.clinic.treatment.values import (
    Amendment,
    CupsCounted,
    CupsOff,
    CupsOn,
    NeedlesIn,
    NeedlesOut,
    NoteDraft,
    SaveDraft,
    ScoreDraft,
    ScoreInError,
    SignNote,
    TimesChange,
)
from pulse_desktop.documents.values import Document
from pulse_desktop.outside import handing_out
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import CLIFTON, CUPPING, MINA, TODAY, TestClinic
from tests.builders_treatment import a_cup, a_needle, complete


class Doing(Protocol):
    """How an act is done: at the door, and looked at by whoever walks along."""

    def __call__(self, command: Callable[[Any, Any], Any], value: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Words:
    """What people write on this day; a test of privacy writes canaries."""

    first: str = "María"
    last: str = "Alvarez"
    phone: str = "9735550101"
    note: str = "Low back, worse in the morning"
    desk: str = "Parks at the back"
    reason: str = "Caught a cold"


@dataclass(frozen=True, slots=True)
class Lived:
    """Numbers of what the day left behind."""

    maria: int
    luis: int
    visit: int
    note: int
    receipt: int
    package: int
    given: int


class WholeDay:
    """One day of the clinic of `builders.a_clinic`, the owner Lin Hua at the desk."""

    def __init__(self, clinic: TestClinic, does: Doing | None = None, words: Words | None = None) -> None:
        self.clinic = clinic
        self.words = words or Words()
        self._does = does or (lambda command, value: clinic.door.do(command, value).answer)

    def lives(self) -> Lived:
        """The whole day."""
        self._sets_up()
        maria, luis = self._registers()
        self._plans(maria, luis)
        package = self._sells(maria)
        visit = self._books(maria)
        note = self._treats(visit)
        self._measures(maria)
        given, receipt = self._checks_out(visit, package)
        self._settles(luis)
        self._puts_right(maria, luis)
        return Lived(maria, luis, visit, note, receipt, package, given)

    def _sets_up(self) -> None:
        does, clinic, data = self._does, self.clinic, self.clinic.practice
        office, room = data.offices[1], data.rooms[0]
        does(practice.name_practice, "Pulse Acupuncture & Cupping")
        does(practice.save_office, replace(CLIFTON, name="Hoboken", city="Hoboken"))
        does(practice.save_room, RoomDraft(room.office_id, room.name, 5, 10, room.id, room.version))
        does(practice.save_service, replace(CUPPING, name="Cupping 45", pattern=(Stretch(45, True),)))
        spans = tuple((weekday, 11 * 60, 19 * 60) for weekday in range(5))
        does(practice.save_hours, HoursDraft(clinic.staff("Okafor"), office.id, TODAY + timedelta(days=60), spans))
        closure = does(practice.save_closure, ClosureDraft(office.id, date(2026, 12, 25), "Christmas"))
        does(practice.lift_closure, closure)
        does(practice.save_setting, SettingValue("schedule.travel_minutes", 50))
        does(practice.approve_lines, tuple(sorted(line.key for line in all_aftercare_lines()))[:3])
        does(treatment.add_favourite, "M54.50")
        does(treatment.remove_favourite, "M54.50")
        does(treatment.remove_phrase, does(treatment.save_phrase, PhraseDraft(".lbp", "Low back pain | since")))
        does(treatment.remove_group, does(treatment.save_group, GroupDraft("4 gates", "li4 b, lr3 b")))
        does(practice.save_member, MINA)

    def _registers(self) -> tuple[int, int]:
        does, words = self._does, self.words
        clifton = self.clinic.office()
        draft = PatientDraft(words.first, words.last, words.phone, date(1980, 4, 2), office_id=clifton, desk_note=words.desk)
        maria = does(patients.register, draft)
        does(patients.edit, replace(draft, id=maria, version=1, allergies=words.note))
        does(patients.record_condition, ConditionDraft(maria, "asthma_smoke", date(2026, 1, 1), detail=words.note))
        does(patients.record_screening, Screening(maria, ()))
        luis = does(patients.register, PatientDraft("Luis", "Mori", "9735550102"))
        does(patients.set_state, PatientState(luis, 1, active=False))
        does(patients.set_state, PatientState(luis, 2, active=True))
        return maria, luis

    def _plans(self, maria: int, luis: int) -> None:
        """Tomorrow: booked both ways, moved, changed, confirmed, cancelled; an undo."""
        does, clinic, words = self._does, self.clinic, self.words
        day, acupuncture, cupping = TODAY + timedelta(days=1), clinic.service(), clinic.service("Cupping 30")
        plain = does(schedule.book_visit, Booking(luis, clinic.office(), clinic.staff(), day, 10 * 60, (acupuncture,)))
        does(schedule.move_visit, Move(plain, self._version(plain), day, 11 * 60))
        does(schedule.change_services, ServicesChange(plain, self._version(plain), (cupping,)))
        does(schedule.confirm_visit, Confirming(plain, self._version(plain)))
        does(schedule.write_desk_note, DeskNote(plain, self._version(plain), words.desk))
        does(schedule.cancel_visit, Cancelling(plain, self._version(plain), State.CANCELLED, words.reason))
        flowing = does(flows.book_visit, Booking(luis, clinic.office(), clinic.staff(), day, 13 * 60, (acupuncture,)))
        does(flows.move_visit, Move(flowing, self._version(flowing), day, 14 * 60))
        does(flows.change_services, ServicesChange(flowing, self._version(flowing), (cupping,)))
        does(flows.cancel_visit, Cancelling(flowing, self._version(flowing), State.CANCELLED, words.reason))
        caller = PatientDraft("Denise", "Walker", "9735550103")
        booking = Booking(0, clinic.office(), clinic.staff(), day, 16 * 60, (acupuncture,), desk_note=words.desk)
        does(flows.register_and_book, NewCaller(caller, booking))
        moved = clinic.door.do(schedule.book_visit, Booking(maria, clinic.office(), clinic.staff(), day, 9 * 60, (cupping,)))
        does(take_back, TakeBack(moved.operation))

    def _sells(self, maria: int) -> int:
        does, clinic = self._does, self.clinic
        offer = does(packages.save_offer, OfferDraft("Ten visits", 10, 900_00, (Cover(clinic.service()),)))
        paid = (PaymentLine(Tender.CARD, 900_00, "004417"),)
        sold = does(flows.sell_package, PackageSale(maria, clinic.office(), offer, paid))
        return int(sold.package_id)

    def _books(self, maria: int) -> int:
        does, clinic = self._does, self.clinic
        visit = does(schedule.book_visit, Booking(maria, clinic.office(), clinic.staff(), TODAY, 10 * 60, (clinic.service(),)))
        package = clinic.door.look(packages.packages_of, maria)[0]
        does(packages.hold_session, HoldSession(package.id, visit))
        does(packages.release_session, visit)
        clinic.clock.advance(minutes=85)
        does(flows.check_in, Arrival(visit, self._version(visit), asked=True))
        does(schedule.take_step, Step(visit, self._version(visit), Progress.IN_ROOM))
        return int(visit)

    def _treats(self, visit: int) -> int:
        does, clinic, words = self._does, self.clinic, self.words
        note = does(treatment.open_note, visit)
        draft = NoteDraft(complaint=words.note, techniques=("acupuncture", "dry_cupping"), cups=(a_cup(),), needles=(a_needle(),))
        version = does(treatment.save_draft, SaveDraft(note, 1, draft))
        version = does(treatment.needles_in, NeedlesIn(note, version, draft))
        version = does(treatment.put_cups_on, CupsOn(note, version, draft))
        clinic.clock.advance(minutes=8)
        version = does(treatment.take_cups_off, CupsOff(note, version, draft))
        version = does(treatment.needles_out, NeedlesOut(note, version, draft, draft.needle_count))
        version = does(treatment.count_cups, CupsCounted(note, version, draft, 1))
        version = does(treatment.correct_times, TimesChange(note, version, draft, (1,), off_at=clinic.clock.now()))
        kept = clinic.door.look(treatment.note, note).draft
        done = complete(kept, complaint=words.note, findings=words.note, plan=words.note)
        does(treatment.sign_note, SignNote(note, version, done))
        does(treatment.amend, Amendment(note, "addendum", words.note, words.reason))
        return int(note)

    def _measures(self, maria: int) -> None:
        does = self._does
        score = does(treatment.record_score, ScoreDraft(maria, "ndi", TODAY, 180))
        does(treatment.mark_score_in_error, ScoreInError(maria, score, 1, "wrong_measure"))

    def _checks_out(self, visit: int, package: int) -> tuple[int, int]:
        does, clinic = self._does, self.clinic
        does(schedule.take_step, Step(visit, self._version(visit), Progress.CHECKING_OUT))
        sheet = handing_out.aftercare(clinic.door, visit, "es")
        first = does(flows.give_sheet, _given(visit, sheet, "paper"))
        does(flows.take_back_sheet, SheetTakenBack(first, "printer_stopped"))
        given = does(flows.give_sheet, _given(visit, sheet, "file"))
        out = does(flows.check_out, CheckOut(visit, self._version(visit), package, (), 0))
        paper = handing_out.receipt_document(clinic.door, out.receipt_id, "en")
        filed = ReceiptGiven(out.receipt_id, "en", paper.title, paper.file_name, paper.version, paper.pages, paper.pdf)
        does(flows.give_receipt, filed)
        patient = clinic.door.look(schedule.visit, visit).patient_id
        does(flows.print_chart, ChartPrinted(patient, "whole", "paper", 1, paper.checksum))
        return int(given), int(out.receipt_id)

    def _settles(self, luis: int) -> None:
        does, clinic = self._does, self.clinic
        entry = does(money.charge, Charge(luis, clinic.office(), "product", "Liniment", 12_00))
        does(money.take_payment, Payment(luis, clinic.office(), (PaymentLine(Tender.CASH, 12_00),)))
        does(money.reverse, Reversal((entry,), self.words.reason))

    def _puts_right(self, maria: int, luis: int) -> None:
        """A note of Luis's visit was written in María's chart."""
        does, clinic, words = self._does, self.clinic, self.words
        hers, his = (
            does(schedule.book_visit, Booking(who, clinic.office(), clinic.staff(), TODAY, hour * 60, (clinic.service(),)))
            for who, hour in ((maria, 14), (luis, 16))
        )
        note = does(treatment.open_note, hers)
        draft = clinic.door.look(treatment.note, note).draft
        does(treatment.sign_note, SignNote(note, 1, complete(draft, complaint=words.note, findings=words.note, plan=words.note)))
        does(treatment.amend, Amendment(note, "in_error", "", words.reason))
        does(treatment.enter_again, Reentry(note, his))

    def _version(self, visit: int) -> int:
        return self.clinic.door.look(schedule.visit, visit).version


def _given(visit: int, sheet: Document, how: str) -> SheetGiven:
    return SheetGiven(visit, sheet.language, sheet.version, how, sheet.file_name, sheet.pdf, sheet.title, sheet.pages)
