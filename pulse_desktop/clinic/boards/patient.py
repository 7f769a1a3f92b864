"""What stands above every patient screen, and the summary of the file below it."""

from __future__ import annotations

from datetime import date

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import age_on
from pulse_desktop.clinic import money, patients, schedule
from pulse_desktop.clinic.boards.reading import Person, packages_by_patient, people_on
from pulse_desktop.clinic.boards.sheets import sheets_of
from pulse_desktop.clinic.boards.values import Flag, PainPoint, PatientBanner, PatientFile
from pulse_desktop.clinic.money.posting import balance_of
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.clinic.patients.queries import today_for
from pulse_desktop.clinic.patients.values import PatientRecord
from pulse_desktop.clinic.schedule.values import STANDING, Progress, VisitLine
from pulse_desktop.clinic.treatment.note_lines import course_of
from pulse_desktop.clinic.treatment.values import NoteLine
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query


@query(needs=Permission.SEE_PATIENTS, about=lambda patient_id: patient_id)
def patient_banner(context: Context, patient_id: int) -> PatientBanner:
    """Who this is, what to watch out for, what is owed and left. Raises Refusal("patient_not_there")."""
    with context.together() as asks:
        record = asks(patients.patient, context, patient_id)
        today = asks(today_for, context, patient_id)
        packages = asks(packages_by_patient, context, (patient_id,))
        balance = asks(balance_of, context, patient_id)
        on_day = asks(people_on, context, (patient_id,))
    return _banner(record.answer, on_day.answer(today.answer)[patient_id], today.answer, packages.answer.get(patient_id, []), balance.answer)


def _banner(record: PatientRecord, person: Person, today: date, packages: list[PackageLine], balance: int) -> PatientBanner:
    draft = record.draft
    flags: list[Flag] = [flag for flag in (person.allergies, *person.bars, person.screening) if flag is not None]
    if not record.active:
        flags.insert(0, Flag("amber", _("Inactive"), "info"))
    return PatientBanner(
        record.id, record.number, record.name, draft.preferred_name, draft.pronouns, draft.born,
        age_on(draft.born, today) if draft.born else None, draft.language, draft.phone,
        _phone_words(voicemail=draft.voicemail_ok, text=draft.text_ok), tuple(flags), balance,
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
    with context.together() as asks:
        record = asks(patients.patient, context, patient_id)
        today = asks(today_for, context, patient_id)
        visits = asks(schedule.visits_of, context, patient_id)
        course = asks(course_of, context, patient_id)
        packages = asks(packages_by_patient, context, (patient_id,))
        conditions = asks(patients.conditions, context, patient_id)
        balance = asks(balance_of, context, patient_id)
        on_day = asks(people_on, context, (patient_id,))
        entries = asks(money.ledger, context, patient_id)
        receipts = asks(money.receipts_of, context, patient_id)
        sheets = asks(sheets_of, context, patient_id)
    notes = course.answer.notes
    day, lines = today.answer, packages.answer.get(patient_id, [])
    return PatientFile(
        _banner(record.answer, on_day.answer(day)[patient_id], day, lines, balance.answer), record.answer,
        _upcoming(visits.answer, day), _past(visits.answer, day), notes, tuple(lines), conditions.answer, _pain(notes),
        course.answer.plan, course.answer.planned_on, entries.answer, receipts.answer, sheets.answer, context.may(Permission.SEE_CLINICAL),
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
