"""How a visit goes along on its day: arrived, in a room, cups on, checking out, done; or back one step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from pulse_desktop.basics import times
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.practice.queries import office_of, room_of
from pulse_desktop.clinic.practice.tables import OfficeRow, RoomRow
from pulse_desktop.clinic.schedule import rules
from pulse_desktop.clinic.schedule.commands import seen_visit
from pulse_desktop.clinic.schedule.occupancy import occupies, occupy, place_of
from pulse_desktop.clinic.schedule.placing import room_free
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.schedule.values import Progress, State, Step
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command

_CLOCKED: Mapping[Progress, str] = MappingProxyType(
    {
        Progress.ARRIVED: "arrived_at",
        Progress.IN_ROOM: "roomed_at",
        Progress.CHECKING_OUT: "out_at",
        Progress.DONE: "done_at",
    }
)


@command(needs=Permission.MOVE_ALONG, audit="visit.step", undo="restore")
def take_step(context: Context, step: Step) -> int:
    """The next step of a visit, or one back. Being done belongs to check-out, cups on to the note.

    Raises Refusal("visit_over" | "step_wrong" | "not_today" | "room_needed" | "room_taken" | "room_elsewhere"), Outdated.
    """
    visit = seen_visit(context, step.visit_id, step.version)
    rules.check_step(State(visit.state), Progress(visit.progress), step.progress)
    _check_day(context, visit)
    if step.room_id is not None:
        _enter(context, visit, step.room_id)
    if step.progress == Progress.IN_ROOM and visit.room_id is None:
        raise Refusal("room_needed", "room_id")
    go_along(context, visit, step.progress)
    return visit.id


def go_along(context: Context, visit: VisitRow, progress: Progress) -> None:
    """Puts a visit at a step without asking whether it may: for check-in, the note and check-out, which have asked.

    Going forward stamps the clock time, going back clears it. Occupancy follows (a patient who left takes no place).
    """
    held = occupies(visit)
    for column, value in _changes(visit, progress, context.now()).items():
        setattr(visit, column, value)
    context.session.flush()
    if occupies(visit) != held:
        occupy(context, visit)


def come(context: Context, visit: Row[*tuple[Any, ...]]) -> None:
    """The same for a patient who has come, from a visit's plain columns: the desk's most frequent act, and it takes no place anew."""
    context.update(VisitRow, visit.id, visit.version, **_changes(visit, Progress.ARRIVED, context.now()))


def _changes(visit: Any, progress: Progress, now: datetime) -> dict[str, Any]:
    """The columns that going to a step changes; `visit` is a mapped one or its plain columns."""
    found: dict[str, Any] = {"progress": progress}
    for stage, column in _CLOCKED.items():
        if _reached(stage, progress):
            if stage == progress and getattr(visit, column) is None:
                found[column] = now
        elif progress != Progress.LEFT:
            found[column] = None
    if progress == Progress.LEFT:
        found["out_at"] = visit.out_at or now
    return found


def _reached(stage: Progress, progress: Progress) -> bool:
    return progress != Progress.LEFT and rules.ORDER.index(stage) <= rules.ORDER.index(progress)


def _check_day(context: Context, visit: VisitRow) -> None:
    today = times.wall(context.now(), visit.zone).date()
    if visit.day > today:
        raise Refusal("not_today", "", day=times.long_day(visit.day))


def _enter(context: Context, visit: VisitRow, room_id: int) -> None:
    room = context.session.get(RoomRow, room_id)
    if room is None:
        raise Refusal("not_there", "room_id")
    rules.check_room(room_of(room), office_of(context.session.get_one(OfficeRow, visit.office_id)))
    if visit.room_id == room_id:
        return
    visit.room_id = room_id
    if occupies(visit):
        room_free(context, visit, place_of(context, visit))
        context.session.flush()
        occupy(context, visit)


def stamped(visit: VisitRow, progress: Progress) -> datetime | None:
    """When the visit reached a step, if its clock time is kept."""
    column = _CLOCKED.get(progress)
    moment: datetime | None = None if column is None else getattr(visit, column)
    return moment
