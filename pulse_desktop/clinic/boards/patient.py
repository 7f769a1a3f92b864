"""What stands above every patient screen, and the summary of the file below it."""

from __future__ import annotations

from datetime import date

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import age_on
from pulse_desktop.clinic import money, patients, schedule, treatment
from pulse_desktop.clinic.boards.reading import packages_by_patient, people
from pulse_desktop.clinic.boards.sheets import sheets_of
from pulse_desktop.clinic.boards.values import Flag, PainPoint, PatientBanner, PatientFile
from pulse_desktop.clinic.money.posting import balance_of
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.clinic.practice.queries import today_at
from pulse_desktop.clinic.schedule.values import STANDING, Progress, VisitLine
from pulse_desktop.clinic.treatment.queries import last_plan
from pulse_desktop.clinic.treatment.values import NoteLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def patient_banner(context: Context, patient_id: int) -> PatientBanner:
    """Who this is, what to watch out for, what is owed and left. Raises Refusal("patient_not_there")."""
    record = patients.patient(context, patient_id)
    today = today_at(context, record.draft.office_id)
    lines = packages_by_patient(context, (patient_id,)).get(patient_id, [])
    return _banner(context, record, today, lines)


def _banner(context: Context, record: PatientRecord, today: date, packages: list[PackageLine]) -> PatientBanner:
    draft, person = record.draft, people(context, (record.id,), today)[record.id]
    flags: list[Flag] = [flag for flag in (person.allergies, *person.bars, person.screening) if flag is not None]
    if not record.active:
        flags.insert(0, Flag("amber", _("Inactive"), "info"))
    return PatientBanner(
        record.id, record.number, record.name, draft.preferred_name, draft.pronouns, draft.born,
        age_on(draft.born, today) if draft.born else None, draft.language, draft.phone,
        _phone_words(voicemail=draft.voicemail_ok, text=draft.text_ok), tuple(flags), balance_of(context, record.id),
        sum(line.left for line in packages if line.is_open(today)),
    )  # fmt: skip


def _phone_words(*, voicemail: bool, text: bool) -> str:
    if voicemail and text:
        return _("voicemail and text OK")
    if voicemail:
        return _("voicemail OK")
    return _("text OK") if text else ""


@query(needs=Permission.SEE_PATIENTS, audit="chart.view", about=lambda patient_id: patient_id)
def patient_file(context: Context, patient_id: int) -> PatientFile:
    """The patient's summary. Pain, plan and what was done are empty for those who may not see the notes' text."""
    record = patients.patient(context, patient_id)
    today = today_at(context, record.draft.office_id)
    visits = schedule.visits_of(context, patient_id)
    notes = treatment.notes_of(context, patient_id)
    lines = packages_by_patient(context, (patient_id,)).get(patient_id, [])
    may_see = context.may(Permission.SEE_CLINICAL)
    plan, planned_on = last_plan(context.session, patient_id) if may_see else ("", None)
    return PatientFile(
        _banner(context, record, today, lines), record, _upcoming(visits, today), _past(visits, today), notes, tuple(lines),
        patients.conditions(context, patient_id), _pain(notes), plan, planned_on, money.ledger(context, patient_id),
        money.receipts_of(context, patient_id), sheets_of(context, patient_id), may_see,
    )  # fmt: skip


def _is_to_come(visit: VisitLine, today: date) -> bool:
    return visit.state in STANDING and visit.day >= today and visit.progress not in {Progress.DONE, Progress.LEFT}


def _upcoming(visits: tuple[VisitLine, ...], today: date) -> tuple[VisitLine, ...]:
    """The soonest first, what is going on right now included."""
    return tuple(visit for visit in reversed(visits) if _is_to_come(visit, today))


def _past(visits: tuple[VisitLine, ...], today: date) -> tuple[VisitLine, ...]:
    """The newest first, cancelled and missed ones too."""
    return tuple(visit for visit in visits if not _is_to_come(visit, today))


def _pain(notes: tuple[NoteLine, ...]) -> tuple[PainPoint, ...]:
    """Pain over the course, the oldest first."""
    rated = [note for note in notes if note.state != "in_error" and (note.pain_before is not None or note.pain_after is not None)]
    return tuple(PainPoint(note.day, note.pain_before, note.pain_after) for note in reversed(rated))
