"""The staff: who they are, what they may do, where they are licensed.

Roles stand twice: here, as the practice sees them, and in the vault's list of people, which the door reads. Both are
written in one transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.clinic.practice import rules
from pulse_desktop.clinic.practice.commands import there
from pulse_desktop.clinic.practice.tables import LicenceRow, StaffRow
from pulse_desktop.clinic.practice.values import Licence, StaffDraft
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command


@command(needs=Permission.MANAGE_PEOPLE, audit="practice.person")
def save_member(context: Context, draft: StaffDraft) -> int:
    """Adds or changes a staff member with licences and roles. Raises Refusal under the field, Outdated.

    Refusal("last_owner" | "own_access") keeps the clinic from losing everybody who could let others in.
    """
    values = rules.staff_values(draft)
    licences = [rules.clean_licence(licence) for licence in draft.licences]
    staff_id = context.insert(StaffRow, **values) if draft.id is None else _change(context, draft, values)
    _keep_licences(context, staff_id, licences)
    return staff_id


def _change(context: Context, draft: StaffDraft, values: dict[str, Any]) -> int:
    assert draft.id is not None
    row = context.session.get(StaffRow, draft.id)
    if row is None:
        raise Outdated("staff_member", draft.id)
    if draft.id == context.actor.staff_id and not draft.active:
        raise Refusal("own_access", "active")
    if Role.OWNER in row.roles and not _stays_owner(draft) and _other_owners(context, draft.id) == 0:
        raise Refusal("last_owner", "roles")
    context.update(StaffRow, draft.id, draft.version, **values)
    _tell_the_door(context, there(context, StaffRow, draft.id))
    return draft.id


def _stays_owner(draft: StaffDraft) -> bool:
    return draft.active and Role.OWNER in draft.roles


def _other_owners(context: Context, staff_id: int) -> int:
    """Owners who can sign in; one without a password lets nobody in."""
    others = context.session.scalars(select(VaultPerson.roles).where(VaultPerson.active, VaultPerson.staff_id != staff_id))
    return sum(Role.OWNER in roles for roles in others)


def _tell_the_door(context: Context, row: StaffRow) -> None:
    person = context.session.scalar(select(VaultPerson).where(VaultPerson.staff_id == row.id))
    if person is not None:
        name = rules.printed_name(row.first_name, row.last_name, "")
        context.update(VaultPerson, person.id, person.version, roles=row.roles, name=name, active=row.active)


def _keep_licences(context: Context, staff_id: int, wanted: list[Licence]) -> None:
    """A licence that is no longer named is retired; a changed one is retired and written anew."""
    missing = list(dict.fromkeys(wanted))
    for row in context.session.scalars(select(LicenceRow).where(LicenceRow.staff_id == staff_id, LicenceRow.active)).all():
        kept = Licence(row.state, row.number, row.issued, row.expires)
        if kept in missing:
            missing.remove(kept)
        else:
            context.update(LicenceRow, row.id, row.version, active=False)
    for new in missing:
        context.insert(
            LicenceRow, staff_id=staff_id, state=new.state, number=new.number, issued=new.issued, expires=new.expires, active=True
        )
