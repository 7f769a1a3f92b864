"""The first rows of a clinic: its name, offices, rooms, services and its owner, in one act."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from pulse_desktop.basics.entries import needed_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.practice import rules, settings
from pulse_desktop.clinic.practice.commands import put_setting, save_office, save_room, save_service
from pulse_desktop.clinic.practice.people import save_member
from pulse_desktop.clinic.practice.tables import StaffRow
from pulse_desktop.clinic.practice.values import NewClinic, RoomDraft, StaffDraft
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.people import link_staff
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command

_FIRST_ROOM = ("Room 1",)


@command(needs=Permission.MANAGE_PEOPLE, audit="practice.found")
def found_practice(context: Context, clinic: NewClinic) -> int:
    """Writes a new clinic's first rows; returns the owner's staff number. Raises a Refusal under the field that is wrong."""
    check_new_clinic(clinic)
    if context.session.scalar(select(StaffRow.id).limit(1)) is not None:
        raise Refusal("practice_founded")
    put_setting(context, settings.PRACTICE_NAME.key, needed_line(clinic.practice_name, "practice_name", "practice_unnamed"))
    owner_id = save_member(context, owner_of(clinic))
    link_staff(context, context.actor.vault_id, owner_id)
    for at, office in enumerate(clinic.offices):
        office_id = save_office(context, office)
        for name in _room_names(clinic, at):
            save_room(context, RoomDraft(office_id, name))
    for service in clinic.services:
        save_service(context, service)
    return owner_id


def check_new_clinic(clinic: NewClinic) -> None:
    """Raises the Refusal that founding the clinic would, so that it is heard before a file is made."""
    needed_line(clinic.practice_name, "practice_name", "practice_unnamed")
    if not clinic.offices:
        raise Refusal("office_needed", "offices")
    for office in clinic.offices:
        rules.office_values(office)
    rules.staff_values(owner_of(clinic))
    for licence in clinic.owner.licences:
        rules.clean_licence(licence)
    for service in clinic.services:
        rules.service_values(service)


def owner_of(clinic: NewClinic) -> StaffDraft:
    """The owner's draft, an owner whatever else it says."""
    return replace(clinic.owner, roles=clinic.owner.roles | {Role.OWNER}, id=None, version=0, active=True)


def _room_names(clinic: NewClinic, at: int) -> tuple[str, ...]:
    return clinic.room_names[at] if at < len(clinic.room_names) else _FIRST_ROOM


register_sentences(
    {
        "practice_founded": N_("This clinic has its first data already. Nothing was changed."),
        "office_needed": N_("Enter at least one office."),
    }
)
