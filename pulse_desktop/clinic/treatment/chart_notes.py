"""A patient's notes as they are printed: whole, with their amendments, the oldest first.

A note entered in error does not belong to this patient; it is counted, and not read out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Date, Row, Select, bindparam, func, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.practice.rules import printed_name
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.note_lines import IN_ERROR_MARK, NOTES
from pulse_desktop.clinic.treatment.sealing import (
    SigningKeys,
    amendment_is_intact,
    note_is_intact,
    signature_block,
    signing_keys,
)
from pulse_desktop.clinic.treatment.tables import NoteAmendment
from pulse_desktop.clinic.treatment.values import AmendmentLine, NoteView
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.tables import table_of

MOST_NOTES: Final = 2000
"""Notes in one print; longer charts are printed by period."""
_VISITS, _STAFF, _AMENDMENTS = table_of(VisitRow), table_of(StaffRow), table_of(NoteAmendment)
_WITHIN = (
    NOTES.c.patient_id == bindparam("patient"), _VISITS.c.day >= bindparam("first", type_=Date), _VISITS.c.day <= bindparam("last", type_=Date),
)  # fmt: skip
_WHOLE = (
    select(
        NOTES, _VISITS.c.day, _VISITS.c.starts, _VISITS.c.office_id, _STAFF.c.first_name, _STAFF.c.last_name,
        _STAFF.c.credential,
    )
    .join(_VISITS, _VISITS.c.id == NOTES.c.visit_id)
    .join(_STAFF, _STAFF.c.id == NOTES.c.author_id)
    .where(~IN_ERROR_MARK)
)  # fmt: skip
_OF_PERIOD = _WHOLE.where(*_WITHIN).order_by(_VISITS.c.starts, NOTES.c.id).limit(MOST_NOTES + 1)
_ONE = _WHOLE.where(NOTES.c.patient_id == bindparam("patient"), NOTES.c.id == bindparam("note"))
_LEFT_OUT = (
    select(func.count()).select_from(NOTES).join(_VISITS, _VISITS.c.id == NOTES.c.visit_id).where(*_WITHIN, IN_ERROR_MARK)
)
_ADDED = (
    select(_AMENDMENTS)
    .join(NOTES, NOTES.c.id == _AMENDMENTS.c.note_id)
    .where(NOTES.c.patient_id == bindparam("patient"))
    .order_by(_AMENDMENTS.c.note_id, _AMENDMENTS.c.id)
)

register_sentences(
    {
        "note_not_to_print": N_("This note was entered in error or is not in this chart, so it is not printed. Nothing was printed."),
        "chart_too_long": N_("One print holds {most} notes, and there are more. Choose a shorter period."),
    }
)


@dataclass(frozen=True, slots=True)
class WholeNote:
    """A note with the day and the office it is of."""

    view: NoteView
    day: date
    office_id: int


def one_note(context: Context, patient_id: int, note_id: int) -> tuple[WholeNote, ...]:
    """One note of a patient. Raises Refusal("note_not_to_print") where it is not in the chart."""
    found = _read(context, _ONE, patient=patient_id, note=note_id)
    if not found:
        raise Refusal("note_not_to_print")
    return found


def notes_between(context: Context, patient_id: int, first: date | None, last: date | None) -> tuple[tuple[WholeNote, ...], int]:
    """The notes of a period (None has no end), and how many were left out as entered in error. Refusal("chart_too_long")."""
    period = {"patient": patient_id, "first": first or date.min, "last": last or date.max}
    left_out = context.read(_LEFT_OUT, **period).scalar() or 0
    found = _read(context, _OF_PERIOD, **period)
    if len(found) > MOST_NOTES:
        raise Refusal("chart_too_long", most=MOST_NOTES)
    return found, left_out


def _read(context: Context, wanted: Select[Any], **values: object) -> tuple[WholeNote, ...]:
    with context.together() as asks:
        found, added = asks(context.read, wanted, **values), asks(context.read, _ADDED, patient=values["patient"])
        keys = asks(signing_keys, context)
    under = {note_id: tuple(rows) for note_id, rows in groupby(added.answer.all(), key=lambda row: row.note_id)}
    return tuple(WholeNote(_view(row, under, keys.answer), row.day, row.office_id) for row in found.answer.all())


def _view(row: Row[Any], under: Mapping[int, Sequence[Row[Any]]], keys: SigningKeys) -> NoteView:
    signed = row.sealed is not None
    return NoteView(
        row.id, row.version, row.visit_id, row.patient_id, row.author_id,
        printed_name(row.first_name, row.last_name, row.credential), "signed" if signed else "draft", draft_from_json(row.draft),
        row.saved_at, signature_block(row.sealed, is_valid=note_is_intact(row, keys)) if signed else None,
        _added(row, under.get(row.id, ()), keys) if signed else (),
    )  # fmt: skip


def _added(note: Row[Any], rows: Sequence[Row[Any]], keys: SigningKeys) -> tuple[AmendmentLine, ...]:
    return tuple(
        AmendmentLine(
            row.kind, row.text, row.reason, signature_block(row.sealed, is_valid=amendment_is_intact(row, note.sealed, keys))
        )
        for row in rows
    )
