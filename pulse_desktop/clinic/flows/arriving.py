"""A patient has come: the visit goes along, and what is new about the patient's health is written down at once."""

from __future__ import annotations

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.basics.times import long_day, wall
from pulse_desktop.clinic import patients
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.schedule.commands import seen_columns
from pulse_desktop.clinic.schedule.rules import check_step
from pulse_desktop.clinic.schedule.steps import come
from pulse_desktop.clinic.schedule.values import Progress, State
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import RESTORE, command


@command(needs=Permission.MOVE_ALONG, audit="visit.check_in", undo=RESTORE)
def check_in(context: Context, arrival: Arrival) -> int:
    """The patient has come; the visit's id. Whether "anything new?" was asked stands in the audit trail.

    Raises Refusal("visit_over" | "step_wrong" | "not_today") and what a condition refuses, Outdated.
    """
    visit = seen_columns(context, arrival.visit_id, arrival.version)
    check_step(State(visit.state), Progress(visit.progress), Progress.ARRIVED)
    if visit.day > wall(context.now(), visit.zone).date():
        raise Refusal("not_today", "", day=long_day(visit.day))
    patient_id = visit.patient_id
    for news in arrival.news:
        if news.patient_id != patient_id:
            raise Denied
        patients.record_condition(context, news)
    come(context, visit)
    context.about(patient_id, "visit", visit.id, reason_code="asked" if arrival.asked else "not_asked")
    return arrival.visit_id
