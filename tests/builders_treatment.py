"""Builders of notes, cups, packages and check-outs. What a test does not say, it does not care about."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import Connection, Executable

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import atlas, boards, flows, packages, patients, schedule, treatment
from pulse_desktop.clinic.flows.values import Arrival, CheckedOut, CheckOut, PackageSale, PackageSold
from pulse_desktop.clinic.money.values import PaymentLine, Tender
from pulse_desktop.clinic.packages.values import Cover, OfferDraft, PackageLine
from pulse_desktop.clinic.patients.values import ConditionDraft
from pulse_desktop.clinic.practice.sign_in import open_clinic
from pulse_desktop.clinic.schedule.values import Progress, VisitLine
from pulse_desktop.clinic.treatment.values import (
    CupPlacement,
    CupsOff,
    CupsOn,
    NeedlePlacement,
    NeedlesIn,
    NeedlesOut,
    NoteDraft,
    NoteView,
    SaveDraft,
    SignNote,
)
from pulse_desktop.storage.door import Door
from tests.builders import NOW, OKAFOR, PASSWORD, TODAY, TestClinic, a_clinic, a_visit, with_pen_in_hand

UPPER_BACK, LOW_BACK = "infraspinatus_l", "lumbar_paraspinal_mid_l"

@cache
def _template() -> tuple[Path, str]:
    """One clinic made once; tests open copies of its folder, in a fifth of the time."""
    folder = Path(mkdtemp(prefix="pulse-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = a_clinic(folder)
    vault_id = made.desk.actor.vault_id
    made.close()
    return made.folder, vault_id


def a_ready_clinic(folder: Path) -> TestClinic:
    """The clinic of `a_clinic`, copied; the owner, Lin Hua, signed in."""
    template, vault_id = _template()
    shutil.copytree(template, folder / "clinic")
    clock = SteppedClock(NOW)
    desk = open_clinic(folder / "clinic", vault_id, PASSWORD, clock=clock, allow_weak=True)
    return TestClinic(folder / "clinic", with_pen_in_hand(desk), clock)


COMPLETE = NoteDraft(
    complaint="Low back, worse in the morning", history="Since October", pain_before=6, pain_after=3, findings="Tight L3 to L5",
    plan="Same points, add sacrum", response="Better", adverse=("none",), face_to_face_minutes=24, counted_out=True,
)  # fmt: skip


def a_cup(number: int = 1, site: str = UPPER_BACK, **more: Any) -> CupPlacement:
    """A cup at a named site, on the left shoulder blade if nothing is said."""
    found = atlas.cup_sites()[site]
    return replace(CupPlacement(number, found.view, found.x, found.y, found.key, found.side), **more)


def a_needle(code: str = "ST36", side: str = "both", **more: Any) -> NeedlePlacement:
    """A needle at a point."""
    return replace(NeedlePlacement(code, side), **more)


def an_open_note(clinic: TestClinic, visit: VisitLine | None = None) -> NoteView:
    """A draft of the person at the desk, for a visit of today."""
    visit = visit or a_visit(clinic)
    note_id = clinic.door.do(treatment.open_note, visit.id).answer
    return clinic.door.look(treatment.note, note_id)


def saved(clinic: TestClinic, note: NoteView, draft: NoteDraft) -> NoteView:
    """The note with this draft saved."""
    clinic.door.do(treatment.save_draft, SaveDraft(note.id, note.version, draft))
    return clinic.door.look(treatment.note, note.id)


def with_cups(clinic: TestClinic, note: NoteView, *cups: CupPlacement, minutes: float = 8, consents: frozenset[str] = frozenset()) -> NoteView:
    """Cups on, so many minutes, cups off."""
    draft = replace(note.draft, cups=note.draft.cups + (cups or (a_cup(),)))
    version = clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, draft), consents=consents).answer
    clinic.clock.advance(minutes=minutes)
    draft = clinic.door.look(treatment.note, note.id).draft
    clinic.door.do(treatment.take_cups_off, CupsOff(note.id, version, draft))
    return clinic.door.look(treatment.note, note.id)


def with_needles(clinic: TestClinic, note: NoteView, *needles: NeedlePlacement, minutes: float = 20) -> NoteView:
    """Needles in, so many minutes, all counted out."""
    draft = replace(note.draft, needles=needles or (a_needle(),))
    version = clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft)).answer
    clinic.clock.advance(minutes=minutes)
    draft = clinic.door.look(treatment.note, note.id).draft
    clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, draft, draft.needle_count))
    return clinic.door.look(treatment.note, note.id)


def complete(draft: NoteDraft, **more: Any) -> NoteDraft:
    """The draft with all that signing asks for."""
    base = replace(COMPLETE, cups=draft.cups, needles=draft.needles, overrides=draft.overrides, techniques=draft.techniques)
    return replace(base, **more)


def a_signed_note(clinic: TestClinic, visit: VisitLine | None = None, **more: Any) -> NoteView:
    """A signed note with one cup, 8 minutes."""
    note = with_cups(clinic, an_open_note(clinic, visit))
    clinic.door.do(treatment.sign_note, SignNote(note.id, note.version, complete(note.draft, **more)))
    return clinic.door.look(treatment.note, note.id)


def a_condition(clinic: TestClinic, patient_id: int, key: str, **more: Any) -> int:
    """A condition that holds today."""
    draft = replace(ConditionDraft(patient_id, key, date(2026, 10, 1)), **more)
    return clinic.door.do(patients.record_condition, draft).answer


def an_offer(clinic: TestClinic, **more: Any) -> int:
    """Ten visits of acupuncture for $900, cupping at $25, good for 6 months."""
    covers = (Cover(clinic.service()), Cover(clinic.service("+ cupping 15"), 25_00, uses_session=False))
    return clinic.door.do(packages.save_offer, replace(OfferDraft("Ten visits", 10, 900_00, covers), **more)).answer


def card(cents: int) -> tuple[PaymentLine, ...]:
    """A payment by card; nothing to pay is no line at all."""
    return (PaymentLine(Tender.CARD, cents, "004417"),) if cents else ()


def a_package(clinic: TestClinic, patient_id: int, offer_id: int | None = None, **more: Any) -> PackageSold:
    """A package sold and paid in full."""
    offer_id = offer_id or an_offer(clinic)
    price = next(offer.price_cents for offer in clinic.door.look(packages.offers) if offer.id == offer_id)
    sale = replace(PackageSale(patient_id, clinic.office(), offer_id, card(price)), **more)
    return clinic.door.do(flows.sell_package, sale).answer


def the_package(clinic: TestClinic, patient_id: int, at: int = 0) -> PackageLine:
    """A package of a patient as it stands."""
    return clinic.door.look(packages.packages_of, patient_id)[at]


def arrived(clinic: TestClinic, visit: VisitLine) -> None:
    """The patient has come."""
    clinic.door.do(flows.check_in, Arrival(visit.id, visit.version, asked=True))


def a_check_out(clinic: TestClinic, visit_id: int, **more: Any) -> CheckOut:
    """Checking out as the panel proposes it, paid by card. Whoever is still expected today comes first."""
    visit = clinic.door.look(schedule.visit, visit_id)
    if visit.progress == Progress.EXPECTED and visit.day <= TODAY:
        arrived(clinic, visit)
    sheet = clinic.door.look(boards.checkout, visit_id, more.pop("choose", None), more.get("extras", ()), more.get("sell_offer_id"))
    asked = CheckOut(visit_id, sheet.visit.version, sheet.package.id if sheet.package else None, card(sheet.total_cents), sheet.total_cents)
    return replace(asked, **more)


def checked_out(clinic: TestClinic, visit_id: int, **more: Any) -> CheckedOut:
    """A visit checked out as the panel proposes it."""
    return clinic.door.do(flows.check_out, a_check_out(clinic, visit_id, **more)).answer




def okafor_signs_in(clinic: TestClinic) -> Door:
    """Okafor, the other practitioner, gets a password and sits down; her door."""
    known = next(member for member in clinic.practice.staff if member.short_name == "Okafor")
    clinic.lets_in(replace(OKAFOR, id=known.id, version=known.version))
    return clinic.signs_in("Okafor")


def behind_the_back(clinic: TestClinic, *statements: Executable) -> None:
    """Somebody with the key, or whoever rules the server, changes rows without the program: guards lifted, then there again."""
    with clinic.past_every_right() as connection, _unguarded(connection):
        for statement in statements:
            connection.execute(statement)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _sql in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)
