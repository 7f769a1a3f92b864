"""What the owner does with the practice."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import or_, select

from pulse_desktop.basics.entries import needed_line
from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.clinic.practice import rules, settings
from pulse_desktop.clinic.practice.tables import (
    ClosureRow,
    HoursRow,
    LineApprovalRow,
    OfficeRow,
    RoomRow,
    ServiceRow,
    SettingRow,
    StaffRow,
)
from pulse_desktop.clinic.practice.values import (
    ClosureDraft,
    HoursDraft,
    OfficeDraft,
    RoomDraft,
    ServiceDraft,
    SettingValue,
)
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.tables import Base

RowT = TypeVar("RowT", bound=Base)


@command(needs=Permission.SET_UP, audit="practice.office", undo="restore")
def save_office(context: Context, draft: OfficeDraft) -> int:
    """Adds or changes an office. Raises Refusal under the field that is wrong, Outdated."""
    return _save(context, OfficeRow, draft.id, draft.version, rules.office_values(draft))


@command(needs=Permission.SET_UP, audit="practice.room", undo="restore")
def save_room(context: Context, draft: RoomDraft) -> int:
    """Adds or changes a room. Raises Refusal under the field that is wrong, Outdated."""
    values = rules.room_values(draft)
    there(context, OfficeRow, draft.office_id)
    if draft.id is not None and there(context, RoomRow, draft.id).office_id != draft.office_id:
        raise Refusal("room_moves", "office_id")
    return _save(context, RoomRow, draft.id, draft.version, values)


@command(needs=Permission.SET_UP, audit="practice.service", undo="restore")
def save_service(context: Context, draft: ServiceDraft) -> int:
    """Adds or changes a service; visits already booked keep what they were booked with. Raises Refusal, Outdated."""
    return _save(context, ServiceRow, draft.id, draft.version, rules.service_values(draft))


@command(needs=Permission.SET_UP, audit="practice.hours", undo="restore")
def save_hours(context: Context, draft: HoursDraft) -> None:
    """Sets a practitioner's week at an office from a day on. Raises Refusal("hours_order" | "hours_overlap", "spans")."""
    rules.check_hours(draft)
    there(context, OfficeRow, draft.office_id)
    if Role.PRACTITIONER not in there(context, StaffRow, draft.staff_id).roles:
        raise Refusal("hours_without_practitioner", "staff_id")
    _end_hours(context, draft)
    for weekday, starts, ends in sorted(draft.spans):
        context.insert(
            HoursRow, staff_id=draft.staff_id, office_id=draft.office_id, weekday=weekday, starts=starts, ends=ends,
            valid_from=draft.valid_from, valid_to=None,
        )  # fmt: skip


def _end_hours(context: Context, draft: HoursDraft) -> None:
    """What was valid on or after the day ends the day before; what was to begin later never begins."""
    last = rules.day_before(draft.valid_from)
    reaching = select(HoursRow.id, HoursRow.version, HoursRow.valid_from).where(
        HoursRow.staff_id == draft.staff_id,
        HoursRow.office_id == draft.office_id,
        or_(HoursRow.valid_to.is_(None), HoursRow.valid_to > last),
    )
    for row_id, version, valid_from in context.session.execute(reaching).all():
        context.update(HoursRow, row_id, version, valid_to=min(last, rules.day_before(valid_from)) if valid_from > last else last)


@command(needs=Permission.SET_UP, audit="practice.closure", undo="restore")
def save_closure(context: Context, draft: ClosureDraft) -> int:
    """Closes an office for a day; visits already booked stay and are for people to move. Raises Refusal."""
    reason = needed_line(draft.reason, "reason", "closure_unnamed", 200)
    there(context, OfficeRow, draft.office_id)
    closed = select(ClosureRow.id).where(ClosureRow.office_id == draft.office_id, ClosureRow.day == draft.day, ~ClosureRow.lifted)
    if context.session.scalar(closed) is not None:
        raise Refusal("closure_twice", "day")
    return context.insert(ClosureRow, office_id=draft.office_id, day=draft.day, reason=reason, lifted=False)


@command(needs=Permission.SET_UP, audit="practice.closure_lifted", undo="restore")
def lift_closure(context: Context, closure_id: int) -> None:
    """Opens the office again on that day."""
    closure = there(context, ClosureRow, closure_id)
    context.update(ClosureRow, closure_id, closure.version, lifted=True)


@command(needs=Permission.SET_UP, audit="practice.name")
def name_practice(context: Context, name: str) -> None:
    """Names the practice as letterheads print it. Raises Refusal("practice_unnamed", "practice_name")."""
    put_setting(context, settings.PRACTICE_NAME.key, needed_line(name, "practice_name", "practice_unnamed"))


@command(needs=Permission.SET_UP, audit="settings.change")
def save_setting(context: Context, value: SettingValue) -> None:
    """Changes one setting. Raises Refusal("setting_unknown" | "setting_wrong") under the setting's key."""
    put_setting(context, value.key, settings.checked(value.key, value.value))


@command(needs=Permission.SIGN_NOTE, audit="aftercare.approve")
def approve_lines(context: Context, keys: tuple[str, ...]) -> None:
    """A practitioner approves lines that patients are given; each may be approved again later."""
    for key in dict.fromkeys(keys):
        context.insert(LineApprovalRow, key=needed_line(key, "keys", "not_there", 120), staff_id=context.actor.staff_id, at=context.now())


def put_setting(context: Context, key: str, value: object) -> None:
    """Writes a setting that was checked; nothing when it is already so."""
    known = context.session.scalar(select(SettingRow).where(SettingRow.key == key))
    if known is None:
        context.insert(SettingRow, key=key, value=value)
    elif known.value != value:
        context.update(SettingRow, known.id, known.version, value=value)


def there(context: Context, table_class: type[RowT], row_id: int) -> RowT:
    """The row of this id. Raises Refusal("not_there")."""
    row = context.session.get(table_class, row_id)
    if row is None:
        raise Refusal("not_there")
    return row


def _save(context: Context, table_class: type[Base], row_id: int | None, version: int, values: dict[str, Any]) -> int:
    if row_id is None:
        return context.insert(table_class, **values)
    if context.session.get(table_class, row_id) is None:
        raise Outdated(table_class.__tablename__, row_id)
    context.update(table_class, row_id, version, **values)
    return row_id
