"""From what the clinic knows to what a paper says: values in, values out. Times become wall time of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.atlas import LANGUAGES, cup_sites, find_acupoint, nearest_site, needle_marks
from pulse_desktop.clinic.boards.handing import Place, ReceiptSource, SheetSource
from pulse_desktop.clinic.money.values import LedgerLine
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.practice.values import Office, StaffMember
from pulse_desktop.clinic.schedule.values import Progress, VisitLine
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement
from pulse_desktop.documents.values import (
    AftercareFacts,
    Cup,
    Letterhead,
    Needle,
    NextVisit,
    Practitioner,
    ReceiptFacts,
    ReceiptLine,
    ReceiptPayment,
    Sessions,
)

register_sentences(
    {
        "still_on_sheet": N_("Cups or needles are still on, and the sheet's times count from when they come off. Take them off first."),
        "nothing_done": N_("Nothing is recorded for this visit, so there is nothing an aftercare sheet could say."),
        "no_such_language": N_("Sheets are printed in English, Spanish, Russian and Chinese. Choose one of them."),
    }
)


def facts_of_sheet(source: SheetSource, language: str, *, large_print: bool = False) -> AftercareFacts:
    """What the sheet says. Raises Refusal("still_on_sheet" | "nothing_done" | "no_such_language")."""
    done, office = source.done, source.place.office
    _check_language(language)
    if done.still_on:
        raise Refusal("still_on_sheet")
    if not (done.is_recorded and _has_begun(source)):
        raise Refusal("nothing_done")
    needles = sum(needle.needles for needle in done.needles)
    return AftercareFacts(
        letterhead=letterhead_of(source.place), language=language, patient=source.patient.name, patient_number=source.patient.number,
        practitioner=_practitioner(source.practitioner, office, source.visit), treated_at=wall(_began(source), office.zone),
        ended_at=wall(_ended(source), office.zone), printed_at=wall(source.now, office.zone), techniques=done.techniques,
        cups=tuple(_cup(cup, office.zone) for cup in done.cups), needles=tuple(one for placed in done.needles for one in _needles(placed)),
        needles_in=needles or None, needles_out=_counted_out(done.needles), needle_minutes=done.needle_minutes,
        other_minutes=(("tuina", done.tuina_minutes),) if done.tuina_minutes else (),
        next_visit=_next(source.next_visit, source.next_office),
        sessions=_sessions(source.package) if source.package else None, large_print=large_print,
    )  # fmt: skip


def facts_of_receipt(source: ReceiptSource, language: str) -> ReceiptFacts:
    """What the receipt says. Raises Refusal("no_such_language")."""
    _check_language(language)
    office, receipt = source.place.office, source.receipt
    practitioner = _practitioner(source.practitioner, office) if source.practitioner else None
    return ReceiptFacts(
        letterhead=letterhead_of(source.place), language=language, number=receipt.number, issued_at=wall(receipt.at, office.zone),
        patient=source.patient.name, patient_number=source.patient.number, lines=_receipt_lines(source.entries, source.packages, language),
        payments=tuple(_payment(entry, office.zone) for entry in source.entries if entry.kind == "payment"),
        balance=source.balance_cents, practitioner=practitioner, sessions=tuple(map(_sessions, source.packages)),
        next_visit=_next(source.next_visit, source.next_office),
    )  # fmt: skip


def _has_begun(source: SheetSource) -> bool:
    """A visit without a note counts as its services were booked, once the patient has come."""
    return source.done.note_id is not None or source.visit.progress is not Progress.EXPECTED


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise Refusal("no_such_language", "language")


def letterhead_of(place: Place) -> Letterhead:
    """The practice and the office at the head of a paper."""
    office = place.office
    street = ", ".join(part for part in (office.street, office.suite) if part)
    city = " ".join(part for part in (f"{office.city}," if office.city else "", office.state, office.zip_code) if part)
    return Letterhead(place.practice, (street,) if street else (), city, office.phone, office.hours_words, office.name)


def _practitioner(member: StaffMember, office: Office, visit: VisitLine | None = None) -> Practitioner:
    """With the licence of the office's own state; of several the one that held on the visit's day."""
    there = [licence for licence in member.licences if licence.state == office.state]
    held = [licence for licence in there if visit is None or licence.is_current(visit.day)]
    number = max(held, key=lambda licence: licence.expires).number if held else ""
    name = " ".join(part for part in (member.first_name, member.last_name) if part)
    return Practitioner(name, member.credential, number, office.state if number else "")


def _began(source: SheetSource) -> datetime:
    return source.visit.roomed_at or source.visit.arrived_at or source.visit.starts


def _ended(source: SheetSource) -> datetime:
    """When the last cup came off or the last needle came out; else the end of the visit, and never a time to come."""
    if source.done.ended_at is not None:
        return source.done.ended_at
    return source.visit.out_at or source.visit.done_at or min(source.visit.ends, source.now)


def _cup(cup: CupPlacement, zone: str) -> Cup:
    site = cup_sites().get(cup.site) or nearest_site(cup.view, cup.x, cup.y)[0]
    minutes = (cup.off_at - cup.on_at) / timedelta(minutes=1) if cup.on_at and cup.off_at else None
    off_at = wall(cup.off_at, zone) if cup.off_at else None
    return Cup(
        cup.number, cup.view, cup.x, cup.y, cup.rim_mm, site.area, cup.suction, cup.technique, minutes, off_at, cup.mark_grade
    )


def _needles(placed: NeedlePlacement) -> tuple[Needle, ...]:
    """Each needle where the map shows its point; a point without a place is counted, not drawn."""
    point = find_acupoint(placed.code)
    if point is None:
        return (Needle(placed.code),)
    marks = needle_marks(point, placed.side)
    return tuple(Needle(mark.code, mark.view, mark.x, mark.y, point.region) for mark in marks) or (Needle(placed.code, region=point.region),)


def _counted_out(needles: tuple[NeedlePlacement, ...]) -> int | None:
    return sum(needle.needles for needle in needles if needle.out_at) or None


def _next(visit: VisitLine | None, office: Office | None) -> NextVisit | None:
    return NextVisit(wall(visit.starts, office.zone), visit.staff, office.name) if visit and office else None


def _sessions(package: PackageLine) -> Sessions:
    return Sessions(package.name, package.used, package.held, package.left, package.good_through)


def _receipt_lines(entries: tuple[LedgerLine, ...], packages: tuple[PackageLine, ...], language: str) -> tuple[ReceiptLine, ...]:
    """Charges in order; tax, which stands once below the sum, rides on the last of them."""
    names = {package.id: package.name for package in packages}
    lines = [_receipt_line(entry, names, language) for entry in entries if entry.kind not in {"payment", "tax"}]
    tax = sum(entry.cents for entry in entries if entry.kind == "tax")
    if lines and tax:
        lines[-1] = replace(lines[-1], tax=tax)
    return tuple(lines)


def _receipt_line(entry: LedgerLine, names: dict[int, str], language: str) -> ReceiptLine:
    """What a package covers costs nothing; what it makes cheaper shows the discount. Ledger words are English."""
    listed = entry.unit_cents * entry.quantity
    covered = names.get(entry.package_id or 0, "") if entry.cents == 0 and listed and entry.kind == "service" else ""
    detail = entry.detail if entry.kind == "package" and language == "en" else ""
    discount = 0 if covered else max(0, listed - entry.cents)
    return ReceiptLine(entry.words, entry.quantity, entry.unit_cents, entry.cents, detail, discount, covered_by=covered)


def _payment(entry: LedgerLine, zone: str) -> ReceiptPayment:
    return ReceiptPayment(entry.tender, -entry.cents, entry.reference, wall(entry.at, zone).date())
