"""Signing a note freezes it; afterwards only amendments are added under it, each signed by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from pulse_desktop.basics.entries import clean_text
from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.patients.values import display_name
from pulse_desktop.clinic.practice.rules import printed_name
from pulse_desktop.clinic.practice.tables import LicenceRow, OfficeRow, StaffRow
from pulse_desktop.clinic.schedule.tables import VisitRow, VisitServiceRow
from pulse_desktop.clinic.treatment.cupping import with_reason_for_time
from pulse_desktop.clinic.treatment.draft_json import draft_to_json
from pulse_desktop.clinic.treatment.drafts import NOTES, by_its_author, draft_of, write_draft
from pulse_desktop.clinic.treatment.facts import HANDS_DO
from pulse_desktop.clinic.treatment.minutes import measured, with_minutes
from pulse_desktop.clinic.treatment.required import parts_needed
from pulse_desktop.clinic.treatment.rules import LONGEST_TEXT, minutes_on, missing_to_sign, missing_words, too_long_on
from pulse_desktop.clinic.treatment.safety import active_conditions, guarded, stops_for_hands
from pulse_desktop.clinic.treatment.sealing import Author, Moment, hash_of, note_is_intact, seal, signing_keys
from pulse_desktop.clinic.treatment.tables import IN_ERROR, NoteAmendment, PlacedCup, PlacedNeedle
from pulse_desktop.clinic.treatment.values import Amendment, NoteDraft, SignNote
from pulse_desktop.storage.context import Context, Signer
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

AMENDMENT_KINDS: Final = ("addendum", "correction", "late_entry", IN_ERROR)
_VISITS, _SERVICES = VisitRow.__table__, VisitServiceRow.__table__
_OFFICES, _PATIENTS = OfficeRow.__table__, PatientRow.__table__
_STAFF, _LICENCES = StaffRow.__table__, LicenceRow.__table__
_AMENDMENTS = NoteAmendment.__table__
_ONE_VISIT = select(_VISITS).where(_VISITS.c.id == bindparam("visit"))
_OFFICE_OF_VISIT = select(_OFFICES).where(
    _OFFICES.c.id == select(_VISITS.c.office_id).where(_VISITS.c.id == bindparam("visit")).scalar_subquery()
)
_ONE_MEMBER = select(_STAFF).where(_STAFF.c.id == bindparam("staff"))
_NAMED = select(
    _PATIENTS.c.id, _PATIENTS.c.number, _PATIENTS.c.first_name, _PATIENTS.c.last_name, _PATIENTS.c.native_name, _PATIENTS.c.born
).where(_PATIENTS.c.id == bindparam("patient"))
_SERVICE_NAMES = (
    select(_SERVICES.c.name).where(_SERVICES.c.visit_id == bindparam("visit"), ~_SERVICES.c.dropped).order_by(_SERVICES.c.position)
)
_LICENCES_OF = select(_LICENCES).where(_LICENCES.c.staff_id == bindparam("staff"), _LICENCES.c.active).order_by(_LICENCES.c.id)


@command(needs=Permission.SIGN_NOTE, audit="note.sign", allow=by_its_author)
def sign_note(context: Context, value: SignNote) -> int:
    """Sign the note as it stands in the draft; its id. From then on nothing in it changes.

    Raises Refusal("not_ready", missing=words, keys=…), Refusal("no_licence_to_sign"), NeedsConsent("over_twenty"), Outdated.
    """
    note, draft = draft_of(context, value)
    public_key = _signer(context).public_key
    with context.together() as asks:
        required = asks(parts_needed, context)
        place, person = asks(_place_of, context, note.visit_id), asks(_signing_person, context)
        patient, services = asks(_patient, context, note.patient_id), asks(_services, context, note.visit_id)
    visit, office = place.answer
    draft = with_minutes(draft, measured(draft, visit.roomed_at, context.now(), visit.out_at))
    _must_be_complete(draft, required.answer)
    for cup in too_long_on(draft):
        draft = with_reason_for_time(context, draft, cup.number, minutes_on(cup) or 0)
    draft = _with_reasons_for_hands(context, note.patient_id, visit.day, draft)
    moment = Moment(_to_the_millisecond(context), office.zone)
    draft = replace(draft, copied=(), cursor_field="", cursor_at=0)
    sealed = seal(
        "pulse.note", "author", _author(person.answer, office, moment), moment, public_key,
        note={"id": note.id, "turn": note.turn, "version": note.version + 1}, draft=draft_to_json(draft),
        patient=patient.answer, visit=_visit(visit, services.answer), office=_office(office),
    )  # fmt: skip
    write_draft(
        context, note, draft, signed_at=moment.at, sealed=sealed, signature=context.sign(sealed), signer_key=public_key
    )
    _derive_placements(context, note.id, draft)
    return int(note.id)


@command(needs=Permission.SIGN_NOTE, audit="note.amend")
def amend(context: Context, value: Amendment) -> int:
    """Add an amendment under a signed note; its id. The note itself stays as it was signed.

    Anybody who may sign may add an addendum or a late entry; corrections and "entered in error" are the author's own.
    Raises Refusal("amendment_empty" | "reason_missing" | "amendment_kind" | "not_signed_yet" | "note_in_error").
    """
    value = _checked(value)
    note = context.session.execute(select(NOTES).where(NOTES.c.id == value.note_id)).one_or_none()
    if note is None or (value.kind in {"correction", IN_ERROR} and note.author_id != context.actor.staff_id):
        raise Denied
    context.about(note.patient_id, "note", note.id, reason_code=value.kind)
    _must_take_amendments(context, note)
    public_key = _signer(context).public_key
    with context.together() as asks:
        place, person = asks(_place_of, context, note.visit_id), asks(_signing_person, context)
    _visit_row, office = place.answer
    moment = Moment(_to_the_millisecond(context), office.zone)
    author = _author(person.answer, office, moment)
    sealed = seal(
        "pulse.amendment", "amend", author, moment, public_key, amendment=value.kind, text=value.text,
        reason=value.reason, note={"id": note.id, "hash": hash_of(note.sealed)},
    )  # fmt: skip
    return context.insert(
        NoteAmendment, note_id=note.id, kind=value.kind, text=value.text, reason=value.reason,
        author_id=author.staff_id, signed_at=moment.at, sealed=sealed, signature=context.sign(sealed), signer_key=public_key,
    )  # fmt: skip


def _must_be_complete(draft: NoteDraft, required: tuple[str, ...]) -> None:
    if missing := missing_to_sign(draft, required):
        raise Refusal("not_ready", missing[0].removeprefix("copied:"), missing=missing_words(missing), keys=missing)


def _with_reasons_for_hands(context: Context, patient_id: int, day: date, draft: NoteDraft) -> NoteDraft:
    """Gua sha, tuina, moxa and currents have no clock that asks when they begin: what speaks against them is asked here."""
    if not any(getattr(draft, name) for name in HANDS_DO):
        return draft
    return guarded(context, draft, stops_for_hands(active_conditions(context, patient_id, day), draft))


def _checked(value: Amendment) -> Amendment:
    """The amendment with clean texts. Raises Refusal under kind, text or reason."""
    if value.kind not in AMENDMENT_KINDS:
        raise Refusal("amendment_kind", "kind")
    text, reason = clean_text(value.text, "text", LONGEST_TEXT), clean_text(value.reason, "reason", LONGEST_TEXT)
    if not text and value.kind != IN_ERROR:
        raise Refusal("amendment_empty", "text")
    if not reason:
        raise Refusal("reason_missing", "reason")
    return replace(value, text=text, reason=reason)


def _must_take_amendments(context: Context, note: Row[Any]) -> None:
    if note.sealed is None or not note_is_intact(note, signing_keys(context)):
        raise Refusal("not_signed_yet")
    marked = select(_AMENDMENTS.c.id).where(_AMENDMENTS.c.note_id == note.id, _AMENDMENTS.c.kind == IN_ERROR)
    if context.session.scalar(marked) is not None:
        raise Refusal("note_in_error")


def _signer(context: Context) -> Signer:
    if context.signer is None:
        raise Refusal("signer_missing")
    return context.signer


def _signing_person(context: Context) -> tuple[Row[Any], Sequence[Row[Any]]]:
    """Who is signing, and the licences they hold."""
    me = context.actor.staff_id
    with context.together() as asks:
        person, licences = asks(context.read, _ONE_MEMBER, staff=me), asks(context.read, _LICENCES_OF, staff=me)
    return person.answer.one(), licences.answer.all()


def _author(person: tuple[Row[Any], Sequence[Row[Any]]], office: Row[Any], moment: Moment) -> Author:
    """The person signing, with a licence that is current today in the office's state. Refusal("no_licence_to_sign")."""
    today = wall(moment.at, moment.zone).date()
    who, licences = person
    number = next((held.number for held in licences if held.state == office.state and held.issued <= today <= held.expires), None)
    if number is None:
        raise Refusal("no_licence_to_sign", state=office.state)
    return Author(who.id, printed_name(who.first_name, who.last_name, who.credential), who.credential, office.state, number)


def _place_of(context: Context, visit_id: int) -> tuple[Row[Any], Row[Any]]:
    with context.together() as asks:
        visit, office = asks(context.read, _ONE_VISIT, visit=visit_id), asks(context.read, _OFFICE_OF_VISIT, visit=visit_id)
    return visit.answer.one(), office.answer.one()


def _patient(context: Context, patient_id: int) -> dict[str, Any]:
    row = context.read(_NAMED, patient=patient_id).one()
    return {
        "id": row.id, "number": f"P-{row.number}", "name": display_name(row.first_name, row.last_name, row.native_name),
        "born": row.born.isoformat() if row.born else None,
    }  # fmt: skip


def _services(context: Context, visit_id: int) -> list[str]:
    return list(context.read(_SERVICE_NAMES, visit=visit_id).scalars())


def _visit(visit: Row[Any], services: list[str]) -> dict[str, Any]:
    return {
        "id": visit.id, "day": visit.day.isoformat(), "minute": visit.minute, "minutes": visit.minutes,
        "starts": Moment(visit.starts, visit.zone).as_json(), "services": services,
    }  # fmt: skip


def _office(office: Row[Any]) -> dict[str, Any]:
    names = ("id", "name", "street", "suite", "city", "state", "zip_code", "zone")
    return {name: getattr(office, name) for name in names}


def _to_the_millisecond(context: Context) -> datetime:
    now = context.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _derive_placements(context: Context, note_id: int, draft: NoteDraft) -> None:
    context.insert_all(
        PlacedCup,
        [
            {
                "note_id": note_id, "number": cup.number, "site": cup.site, "side": cup.side, "view": cup.view, "x": cup.x, "y": cup.y,
                "rim_mm": cup.rim_mm, "technique": cup.technique, "suction": cup.suction, "on_at": cup.on_at, "off_at": cup.off_at,
                "mark_grade": cup.mark_grade,
            }
            for cup in draft.cups
        ],
    )  # fmt: skip
    context.insert_all(
        PlacedNeedle,
        [
            {
                "note_id": note_id, "code": needle.code, "side": needle.side, "technique": needle.technique,
                "depth_tenths": needle.depth_tenths, "in_at": needle.in_at, "out_at": needle.out_at,
            }
            for needle in draft.needles
        ],
    )  # fmt: skip


