"""What was done, without a word of the note: for the sheet, the check-out and the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.draft_json import draft_from_json
from pulse_desktop.clinic.treatment.drafts import techniques_booked
from pulse_desktop.clinic.treatment.note_lines import IN_ERROR_MARK, NOTES
from pulse_desktop.clinic.treatment.rules import ended_at, is_running
from pulse_desktop.clinic.treatment.safety import techniques_of
from pulse_desktop.clinic.treatment.values import NeedlePlacement, NoteDraft, TreatmentFacts
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query

_VISITS = VisitRow.__table__
_CUPPING = frozenset({"dry_cupping", "fire_cupping", "wet_cupping"})

HANDS_DO: Final = {"pairs": "estim", "moxa": "moxa", "areas": "tuina", "strokes": "gua_sha"}
"""What a tuple of the draft is in the contraindication list, in its order."""


@query(needs=Permission.HAND_OUT)
def treatment_facts(context: Context, visit_id: int) -> TreatmentFacts:
    """Sites, cups, points, times and techniques of a visit, from the draft or the signed note; no clinical text.

    A visit without a note has the techniques it was booked for. Denied when there is no such visit.
    """
    wanted = select(NOTES.c.id, NOTES.c.draft, NOTES.c.sealed.is_not(None).label("signed"))
    with context.together() as asks:
        patient = asks(context.session.scalar, select(_VISITS.c.patient_id).where(_VISITS.c.id == visit_id))
        note = asks(context.session.execute, wanted.where(NOTES.c.visit_id == visit_id, ~IN_ERROR_MARK).order_by(NOTES.c.turn.desc()).limit(1))
        booked = asks(techniques_booked, context, visit_id)
    patient_id, row = patient.answer, note.answer.one_or_none()
    if patient_id is None:
        raise Denied
    context.about(patient_id, "visit", visit_id)
    if row is None:
        return TreatmentFacts(visit_id, patient_id, None, "", booked.answer, (), (), None, None, still_on=False, ended_at=None)
    draft = draft_from_json(row.draft)
    return TreatmentFacts(
        visit_id, patient_id, row.id, "signed" if row.signed else "draft", techniques_done(draft), draft.cups,
        draft.needles, needle_minutes(draft), draft.tuina_minutes, is_running(draft), ended_at(draft),
    )  # fmt: skip


def techniques_done(draft: NoteDraft) -> tuple[str, ...]:
    """Columns of the contraindication list: what the cups and needles say, then what else was picked.

    Cupping that was booked but left no cup on the map, where others did, is what the cups say it was.
    """
    by_cups = [technique for cup in draft.cups for technique in techniques_of(cup)]
    by_needles = ["acupuncture"] if draft.needles else []
    by_hands = [technique for name, technique in HANDS_DO.items() if getattr(draft, name)]
    picked = [key for key in draft.techniques if not (draft.cups and key in _CUPPING)]
    return tuple(dict.fromkeys([*by_cups, *by_needles, *by_hands, *picked]))


def needle_minutes(draft: NoteDraft) -> int | None:
    """Whole minutes the needles were kept: measured where in and out are known, else as planned; None without needles."""
    if not draft.needles:
        return None
    measured = max(_measured(draft.needles), default=None)
    return draft.needle_minutes if measured is None else measured


def _measured(needles: Iterable[NeedlePlacement]) -> Iterable[int]:
    return (round((one.out_at - one.in_at) / timedelta(minutes=1)) for one in needles if one.in_at and one.out_at)
