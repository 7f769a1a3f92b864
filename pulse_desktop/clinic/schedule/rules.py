"""What must hold before a visit can stand. Pure functions of values; they raise what the front desk must hear."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from pulse_desktop.basics import times
from pulse_desktop.basics.problems import NeedsConsent, Refusal, reason_in
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.clinic.practice.values import Licence, Office, Room, Service, StaffMember
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State
from pulse_desktop.storage.permissions import Role

_MOST_YEARS_AHEAD = 3
_A_DAY = timedelta(days=1)
ORDER = (Progress.EXPECTED, Progress.ARRIVED, Progress.IN_ROOM, Progress.CUPS_ON, Progress.CHECKING_OUT, Progress.DONE)
"""How a visit goes along; LEFT is the way out at any point."""

Hours = Sequence[tuple[int, int]]


def check_state(state: State) -> None:
    """Raises Refusal("state_wrong_for_booking"): a visit is booked tentative, booked or confirmed."""
    if state not in STANDING:
        raise Refusal("state_wrong_for_booking", "state")


def check_services(services: Sequence[Service], asked: Collection[int]) -> None:
    """Raises Refusal("no_service" | "service_gone" | "only_addons", "service_ids")."""
    if not asked:
        raise Refusal("no_service", "service_ids")
    if len(services) != len(set(asked)):
        raise Refusal("service_gone", "service_ids")
    if all(service.is_addon for service in services):
        raise Refusal("only_addons", "service_ids")


def check_room(room: Room, office: Office) -> None:
    """Raises Refusal("room_elsewhere", "room_id"): the room is in another office or no longer used."""
    if room.office_id != office.id or not room.active:
        raise Refusal("room_elsewhere", "room_id", room=room.name, office=office.name)


def check_practitioner(member: StaffMember, office: Office, day: date) -> None:
    """Raises Refusal("no_practitioner" | "no_licence", "staff_id")."""
    if not member.active or Role.PRACTITIONER not in member.roles:
        raise Refusal("no_practitioner", "staff_id", staff=member.short_name)
    check_licence(member.licences, member.short_name, office.state, day)


def check_licence(licences: Sequence[Licence], name: str, state: str, day: date) -> None:
    """Raises Refusal("no_licence" | "licence_expired", "staff_id") without a licence of `state` current on `day`."""
    there = [licence for licence in licences if licence.state == state]
    if not there:
        raise Refusal("no_licence", "staff_id", staff=name, state=state, day=times.full_day(day))
    if not any(licence.is_current(day) for licence in there):
        expires = max(licence.expires for licence in there)
        raise Refusal("licence_expired", "staff_id", staff=name, state=state, day=times.full_day(day), expires=times.full_day(expires))


def check_open(closed_for: str | None, office: Office, day: date) -> None:
    """Raises Refusal("office_closed", "day") on a day the office is closed."""
    if closed_for is not None:
        raise Refusal("office_closed", "day", office=office.name, day=times.long_day(day), reason=closed_for)


def check_start(minute: int) -> None:
    """Raises Refusal("start_wrong", "starts"): a start is a minute of its day."""
    if not 0 <= minute < times.MINUTES_A_DAY:
        raise Refusal("start_wrong", "starts")


def check_ahead(day: date, today: date) -> None:
    """Raises Refusal("too_far", "day"): almost always a mistyped year."""
    if day > today + timedelta(days=366 * _MOST_YEARS_AHEAD):
        raise Refusal("too_far", "day", day=times.full_day(day))


def check_past(starts: datetime, now: datetime, consents: frozenset[str]) -> None:
    """Raises NeedsConsent("in_the_past", "day") for a start more than a day ago."""
    if starts < now - _A_DAY and reason_in(consents, "in_the_past") is None:
        raise NeedsConsent("in_the_past", "day")


def check_hours(minute: int, minutes: int, hours: Hours, member: StaffMember, office: Office, consents: frozenset[str]) -> None:
    """Raises NeedsConsent("after_hours", "starts") unless the visit lies within one span of the practitioner's hours."""
    if holds(hours, minute, minutes) or reason_in(consents, "after_hours") is not None:
        return
    if not hours:
        raise NeedsConsent("after_hours", "starts", words=_("{staff} does not work in {office} on that day.").format(
            staff=member.short_name, office=office.name))  # fmt: skip
    spans = ", ".join(f"{times.clock_time_full(begins)} – {times.clock_time_full(ends)}" for begins, ends in hours)
    raise NeedsConsent("after_hours", "starts", words=_("{staff} works in {office} on that day: {hours}.").format(
        staff=member.short_name, office=office.name, hours=spans))  # fmt: skip


def holds(hours: Hours, minute: int, minutes: int) -> bool:
    """One span of the hours holds the whole visit."""
    return any(begins <= minute and minute + minutes <= ends for begins, ends in hours)


def check_movable(state: State, progress: Progress) -> None:
    """Raises Refusal("visit_over" | "already_begun"): only what is still to come can be moved."""
    if state not in STANDING:
        raise Refusal("visit_over")
    if progress not in {Progress.EXPECTED, Progress.ARRIVED}:
        raise Refusal("already_begun")


def check_changeable(state: State, progress: Progress) -> None:
    """Raises Refusal("visit_over" | "already_done"): what is over stays as it was."""
    if state not in STANDING:
        raise Refusal("visit_over")
    if progress in {Progress.DONE, Progress.LEFT}:
        raise Refusal("already_done")


def ends_after(starts: datetime, minutes: int) -> datetime:
    """The end of a visit: minutes that pass, whatever clocks do meanwhile."""
    return starts + timedelta(minutes=minutes)


def check_cancelling(state: State, progress: Progress, wanted: State, starts: datetime, now: datetime) -> None:
    """Raises Refusal("visit_over" | "already_done" | "cancel_how" | "no_show_early")."""
    if state not in STANDING:
        raise Refusal("visit_over")
    if wanted in STANDING:
        raise Refusal("cancel_how", "state")
    if progress == Progress.DONE:
        raise Refusal("already_done")
    if wanted == State.NO_SHOW and now < starts:
        raise Refusal("no_show_early", "state")
    if wanted == State.NO_SHOW and progress != Progress.EXPECTED:
        raise Refusal("no_show_here", "state")


def check_step(state: State, now_at: Progress, wanted: Progress) -> None:
    """Raises Refusal("visit_over" | "step_wrong"): forward to any step, back only to the one before."""
    if state not in STANDING:
        raise Refusal("visit_over")
    if now_at == wanted or Progress.DONE in {now_at, wanted}:
        raise Refusal("step_wrong")
    if wanted == Progress.LEFT or (now_at == Progress.LEFT and wanted == Progress.ARRIVED):
        return
    if now_at == Progress.LEFT or not (_is_forward(now_at, wanted) or wanted in _one_back(now_at)):
        raise Refusal("step_wrong")


def _is_forward(now_at: Progress, wanted: Progress) -> bool:
    return ORDER.index(wanted) > ORDER.index(now_at)


def _one_back(now_at: Progress) -> tuple[Progress, ...]:
    """The step before; cups may have been on before check-out or not."""
    before = ORDER[: ORDER.index(now_at)]
    return before[-2:] if now_at == Progress.CHECKING_OUT else before[-1:]


def booked_when(booked_at: datetime, now: datetime, zone: str) -> str:
    """When a visit was booked, as one says it: "at 9:12 this morning", "yesterday at 4:10 PM", "on Nov 20"."""
    then, today = times.wall(booked_at, zone), times.wall(now, zone).date()
    if then.date() == today and then.hour < 12:
        return _("at {time} this morning").format(time=times.clock_time(then))
    if then.date() == today:
        return _("at {time} today").format(time=times.clock_time_full(then))
    if then.date() == today - _A_DAY:
        return _("yesterday at {time}").format(time=times.clock_time_full(then))
    return _("on {day}").format(day=times.month_day(then.date(), today))


register_sentences(
    {
        "room_taken": N_("{room} is taken from {from} to {to}, clean-up included: {patient}, booked by {booked_by} {booked_when}."),
        "practitioner_taken": N_("{staff} is with {patient} from {from} to {to}, booked by {booked_by} {booked_when}."),
        "patient_taken": N_("{patient} has a visit already, from {from} to {to} with {staff} in {office}, booked by {booked_by} {booked_when}."),
        "practitioner_travels": N_("{staff} is in {office} from {from} to {to}, and the way takes {travel} minutes."),
        "place_taken": N_("Somebody else has this place by now. Nothing was changed; choose another time."),
        "no_room": N_("No room is free in {office} at that time. Nothing was booked; choose another time."),
        "room_elsewhere": N_("{room} cannot be used in {office}. Choose another room."),
        "no_practitioner": N_("{staff} does not treat patients here. Choose another practitioner."),
        "no_licence": N_("{staff} has no license for {state}. Choose another practitioner or office."),
        "licence_expired": N_("{staff}'s license for {state} ends {expires}, before {day}. Choose another practitioner or office."),
        "office_closed": N_("{office} is closed on {day}: {reason}. Nothing was booked; choose another day."),
        "start_wrong": N_("Write a time like 9:30 or 2:15 PM."),
        "too_far": N_("{day} is more than three years ahead. Please check the date."),
        "in_the_past": N_("That day has passed. Book it anyway, as entered from paper?"),
        "after_hours": N_("{words} Book this time anyway?"),
        "no_service": N_("Choose what the visit is for."),
        "service_gone": N_("One of these services is not offered any more. Choose again."),
        "only_addons": N_("An add-on rides on another service. Choose that one too."),
        "state_wrong_for_booking": N_("A visit is booked as tentative, booked or confirmed."),
        "patient_inactive": N_("This patient is inactive. Make the patient active again first."),
        "visit_not_there": N_("There is no such visit. Nothing was changed."),
        "visit_over": N_("This visit was cancelled. Nothing was changed."),
        "already_begun": N_("This visit has begun. Nothing was changed."),
        "already_done": N_("This visit is done. Nothing was changed."),
        "cancel_how": N_("Say who cancelled: the patient, the patient late, the clinic, or nobody came."),
        "cancel_reason": N_("Choose or write a reason."),
        "no_show_early": N_("The visit has not started yet, so nobody has missed it. Nothing was changed."),
        "no_show_here": N_("The patient has arrived, so this is no missed visit. Nothing was changed."),
        "step_wrong": N_("The visit is at another step by now. Nothing was changed."),
        "not_today": N_("This visit is on {day}. Move it to today first."),
        "room_needed": N_("Choose the room."),
    }
)
