"""What people look at of the practice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.times import wall
from pulse_desktop.clinic.practice import settings
from pulse_desktop.clinic.practice.rules import printed_name
from pulse_desktop.clinic.practice.tables import (
    ClosureRow,
    HoursRow,
    LicenceRow,
    LineApprovalRow,
    OfficeRow,
    RoomRow,
    ServiceRow,
    SettingRow,
    StaffRow,
)
from pulse_desktop.clinic.practice.values import (
    Closure,
    Licence,
    Office,
    PracticeData,
    Room,
    Service,
    StaffMember,
    Stretch,
    WorkingHours,
)
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import query
from pulse_desktop.storage.tables import table_of

_OFFICES, _ROOMS, _SERVICES, _HOURS = table_of(OfficeRow), table_of(RoomRow), table_of(ServiceRow), table_of(HoursRow)
_CLOSURES, _LICENCES, _STAFF, _PEOPLE = table_of(ClosureRow), table_of(LicenceRow), table_of(StaffRow), table_of(VaultPerson)
_ALL_OFFICES = select(_OFFICES).order_by(_OFFICES.c.id)
_ALL_ROOMS = select(_ROOMS).order_by(_ROOMS.c.office_id, _ROOMS.c.id)
_ALL_SERVICES = select(_SERVICES).order_by(_SERVICES.c.is_addon, _SERVICES.c.id)
_ALL_HOURS = select(_HOURS).order_by(_HOURS.c.staff_id, _HOURS.c.weekday, _HOURS.c.starts)
_ALL_CLOSURES = select(_CLOSURES).where(~_CLOSURES.c.lifted).order_by(_CLOSURES.c.day)
_ALL_LICENCES = select(_LICENCES).where(_LICENCES.c.active).order_by(_LICENCES.c.state)
_ALL_PEOPLE = select(_PEOPLE.c.staff_id, _PEOPLE.c.vault_id).where(_PEOPLE.c.staff_id.is_not(None))
_ALL_STAFF = select(_STAFF).order_by(_STAFF.c.id)
_ZONE = select(_OFFICES.c.zone).order_by(_OFFICES.c.id != bindparam("office"), ~_OFFICES.c.active, _OFFICES.c.id).limit(1)


@query(needs=Permission.SEE_PRACTICE)
def practice_data(context: Context) -> PracticeData:
    """All set-up data, retired rows included (they still have names); eight small reads."""
    with context.together() as asks:
        name = asks(settings.value_of, context, settings.PRACTICE_NAME)
        offices, staff = asks(_rows, context, _ALL_OFFICES), asks(_staff, context)
        rooms, services = asks(_rows, context, _ALL_ROOMS), asks(_rows, context, _ALL_SERVICES)
        hours, closures = asks(_rows, context, _ALL_HOURS), asks(_rows, context, _ALL_CLOSURES)
    return PracticeData(
        practice_name=name.answer,
        offices=tuple(map(office_of, offices.answer)),
        rooms=tuple(map(room_of, rooms.answer)),
        staff=staff.answer,
        services=tuple(map(service_of, services.answer)),
        hours=tuple(_hours(hours.answer)),
        closures=tuple(Closure(row.id, row.office_id, row.day, row.reason) for row in closures.answer),
    )


@query(needs=Permission.SEE_PRACTICE)
def setting(context: Context, key: str) -> bool | int | str:
    """What setting `key` says now. Raises Refusal("setting_unknown")."""
    declared = settings.declared_settings().get(key)
    if declared is None:
        raise Refusal("setting_unknown", "key")
    stored = context.session.scalar(select(SettingRow.value).where(SettingRow.key == key))
    value: bool | int | str = declared.default if stored is None else stored
    return value


@query(needs=Permission.SEE_PRACTICE)
def approved_lines(context: Context) -> frozenset[str]:
    """Keys of the lines for patients that a practitioner has approved."""
    return frozenset(context.session.scalars(select(LineApprovalRow.key).distinct()))


def today_at(context: Context, office_id: int | None = None) -> date:
    """The calendar day at an office now; without one, at the first."""
    return wall(context.now(), context.read(_ZONE, office=office_id or 0).scalar() or "UTC").date()


def member_of(row: Any, licences: Iterable[Any], vault_id: str = "") -> StaffMember:
    """A staff row (mapped or of plain columns) with its licences as it travels; `vault_id` is empty for those who cannot sign in."""
    return StaffMember(
        row.id, row.version, vault_id, row.first_name, row.last_name, row.credential, row.short_name,
        printed_name(row.first_name, row.last_name, row.credential), frozenset(map(Role, row.roles)),
        tuple(Licence(found.state, found.number, found.issued, found.expires) for found in licences), row.active,
    )  # fmt: skip


def office_of(row: Any) -> Office:
    """An office row as it travels."""
    return Office(
        row.id, row.version, row.name, row.street, row.suite, row.city, row.state, row.zip_code, row.phone, row.zone,
        row.hours_words, row.active,
    )  # fmt: skip


def room_of(row: Any) -> Room:
    """A room row as it travels."""
    return Room(row.id, row.version, row.office_id, row.name, row.setup_minutes, row.cleanup_minutes, row.active)


def service_of(row: Any) -> Service:
    """A service row as it travels."""
    return Service(
        row.id, row.version, row.name, tuple(row.techniques), pattern_of(row.pattern), row.price_cents, row.is_addon, row.active
    )


def pattern_of(stored: list[list[int]]) -> tuple[Stretch, ...]:
    """A stored time pattern as it travels."""
    return tuple(Stretch(minutes, bool(hands_on)) for minutes, hands_on in stored)


def _rows(context: Context, wanted: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    return context.read(wanted).all()


def _staff(context: Context) -> tuple[StaffMember, ...]:
    with context.together() as asks:
        held, people, members = asks(_rows, context, _ALL_LICENCES), asks(_rows, context, _ALL_PEOPLE), asks(_rows, context, _ALL_STAFF)
    licences: dict[int, list[Any]] = defaultdict(list)
    for row in held.answer:
        licences[row.staff_id].append(row)
    vault_ids = {person.staff_id: person.vault_id for person in people.answer}
    return tuple(member_of(member, licences[member.id], vault_ids.get(member.id, "")) for member in members.answer)


def _hours(rows: Iterable[Any]) -> Iterator[WorkingHours]:
    for row in rows:
        if row.valid_to is None or row.valid_to >= row.valid_from:
            yield WorkingHours(
                row.staff_id, row.office_id, row.weekday, row.starts, row.ends, row.valid_from, row.valid_to
            )
