"""Every place where people write, apart from a patient's data and the note: sends a text in, gives back what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from itertools import count
from typing import Any

from pulse_desktop.clinic import boards, flows, money, packages, patients, practice, schedule
from pulse_desktop.clinic.flows.values import ExtraLine
from pulse_desktop.clinic.money.values import Charge, Payment, PaymentLine, Reversal, Tender
from pulse_desktop.clinic.packages.values import Cover, OfferDraft
from pulse_desktop.clinic.practice.values import ClosureDraft, OfficeDraft, RoomDraft
from pulse_desktop.clinic.schedule.values import Cancelling, DeskNote, State
from tests.builders import ACUPUNCTURE, CLIFTON, MINA, TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.builders_treatment import a_condition

Try = Callable[[str], str]
"""Sends a text into one field; what is kept. Raises Refusal."""

OFFICE_TEXTS = tuple(one.name for one in fields(OfficeDraft) if one.type == "str")
MEMBER_TEXTS = ("first_name", "last_name", "credential", "short_name")


class Writing:
    """A clinic with one patient and one visit; each public method is a place."""

    def __init__(self, clinic: TestClinic) -> None:
        self._clinic = clinic
        self._patient = a_patient(clinic)
        self._visit = a_visit(clinic, self._patient).id
        self._weeks: Iterator[int] = count(1)

    def booking(self, text: str) -> str:
        visit = self._does(schedule.book_visit, a_booking(self._clinic, self._patient, day=self._day(), desk_note=text))
        return str(self._looks(schedule.visit, visit).desk_note)

    def desk_note(self, text: str) -> str:
        self._does(schedule.write_desk_note, DeskNote(self._visit, self._looks(schedule.visit, self._visit).version, text))
        return str(self._looks(schedule.visit, self._visit).desk_note)

    def cancelling(self, text: str) -> str:
        booked = a_visit(self._clinic, self._patient, day=self._day())
        self._does(flows.cancel_visit, Cancelling(booked.id, booked.version, State.CANCELLED, text))
        return str(self._looks(schedule.visit, booked.id).cancel_reason)

    def condition(self, text: str) -> str:
        number = a_condition(self._clinic, self._patient, "asthma_smoke", detail=text)
        return str(_numbered(self._looks(patients.conditions, self._patient), number).detail)

    def closure(self, text: str) -> str:
        day = self._day()
        self._does(practice.save_closure, ClosureDraft(self._clinic.office(), day, text))
        return next(one.reason for one in self._clinic.practice.closures if one.day == day)

    def room(self, text: str) -> str:
        number = self._does(practice.save_room, RoomDraft(self._clinic.office(), text))
        return self._clinic.practice.room(number).name

    def service(self, text: str) -> str:
        number = self._does(practice.save_service, replace(ACUPUNCTURE, name=text))
        return self._clinic.practice.service(number).name

    def practice_name(self, text: str) -> str:
        self._does(practice.name_practice, text)
        return self._clinic.practice.practice_name

    def offer(self, text: str) -> str:
        number = self._does(packages.save_offer, OfferDraft(text, 10, 900_00, (Cover(self._clinic.service()),)))
        return str(_numbered(self._looks(packages.offers), number).name)

    def charge(self, text: str) -> str:
        number = self._charged(text)
        return str(_numbered(self._looks(money.ledger, self._patient), number).words)

    def reversal(self, text: str) -> str:
        (number,) = self._does(money.reverse, Reversal((self._charged("Liniment"),), text))
        return str(_numbered(self._looks(money.ledger, self._patient), number).reason)

    def reference(self, text: str) -> str:
        paid = Payment(self._patient, self._clinic.office(), (PaymentLine(Tender.CARD, 5_00, text),))
        receipt = self._does(money.take_payment, paid)
        return str(self._looks(money.receipt, receipt)[1][0].reference)

    def extra(self, text: str) -> str:
        shown = self._looks(boards.checkout, self._visit, None, (ExtraLine(text, 5_00),))
        return str(shown.lines[-1].name)

    def _office(self, field: str, text: str) -> str:
        change: Any = {field: text}
        number = self._does(practice.save_office, replace(CLIFTON, **change))
        return str(getattr(self._clinic.practice.office(number), field))

    def _member(self, field: str, text: str) -> str:
        change: Any = {field: text}
        number = self._does(practice.save_member, replace(MINA, **change))
        return str(getattr(self._clinic.practice.member(number), field))

    def _charged(self, words: str) -> int:
        return int(self._does(money.charge, Charge(self._patient, self._clinic.office(), "product", words, 5_00)))

    def _does(self, command: Callable[[Any, Any], Any], value: Any) -> Any:
        return self._clinic.door.do(command, value).answer

    def _looks(self, query: Callable[..., Any], *args: Any) -> Any:
        return self._clinic.door.look(query, *args)

    def _day(self) -> Any:
        """A Tuesday that nobody has used yet."""
        return TODAY + timedelta(days=7 * next(self._weeks))


def _numbered(rows: Any, number: int) -> Any:
    return next(row for row in rows if row.id == number)


ONE_BY_ONE = tuple(name for name in vars(Writing) if not name.startswith("_"))
PLACES = (*ONE_BY_ONE, *(f"office {name}" for name in OFFICE_TEXTS), *(f"member {name}" for name in MEMBER_TEXTS))
SET_UP = frozenset(PLACES) - {"booking", "desk_note", "cancelling", "condition", "offer", "charge", "reversal", "reference", "extra"}
"""Fields of the owner's settings, which are all cleaned alike."""


def places_of(clinic: TestClinic) -> Mapping[str, Try]:
    """The attempt for each of PLACES."""
    writing = Writing(clinic)
    found: dict[str, Try] = {name: getattr(writing, name) for name in ONE_BY_ONE}
    for kind, send, names in (("office", writing._office, OFFICE_TEXTS), ("member", writing._member, MEMBER_TEXTS)):
        found |= {f"{kind} {name}": _into(send, name) for name in names}
    return found


def _into(send: Callable[[str, str], str], field: str) -> Try:
    return lambda text: send(field, text)
