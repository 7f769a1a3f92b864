"""Who may do what. Roles are three words people know; permissions are what commands and queries ask for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a person is in the clinic. One person may be several."""

    FRONT_DESK = "front_desk"
    PRACTITIONER = "practitioner"
    OWNER = "owner"


class Permission(StrEnum):
    """One thing a person may do."""

    SEE_SCHEDULE = "see_schedule"
    BOOK = "book"
    MOVE_ALONG = "move_along"
    SEE_PATIENTS = "see_patients"
    EDIT_PATIENTS = "edit_patients"
    SEE_CLINICAL = "see_clinical"
    WRITE_NOTE = "write_note"
    SIGN_NOTE = "sign_note"
    OVERRIDE_SAFETY = "override_safety"
    SEE_PACKAGES = "see_packages"
    SELL = "sell"
    SEE_MONEY = "see_money"
    TAKE_MONEY = "take_money"
    HAND_OUT = "hand_out"
    SEE_PRACTICE = "see_practice"
    SET_UP = "set_up"
    MANAGE_PEOPLE = "manage_people"
    SEE_AUDIT = "see_audit"
    CHECK_FILE = "check_file"
    BACK_UP = "back_up"
    MOVE_CLINIC = "move_clinic"
    UNDO = "undo"


_OF_A_CLINICIAN = frozenset({Permission.WRITE_NOTE, Permission.SIGN_NOTE, Permission.OVERRIDE_SAFETY})
_OF_AN_OWNER = frozenset({Permission.SET_UP, Permission.MANAGE_PEOPLE, Permission.SEE_AUDIT, Permission.BACK_UP, Permission.MOVE_CLINIC})
_ALL = frozenset(Permission)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.FRONT_DESK: _ALL - _OF_A_CLINICIAN - _OF_AN_OWNER - {Permission.SEE_CLINICAL},
        Role.PRACTITIONER: _ALL - _OF_AN_OWNER,  # in a small clinic the practitioner also sells and takes money
        Role.OWNER: _ALL - _OF_A_CLINICIAN,  # owning a clinic is no licence to treat: that needs the other role
    }
)


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything a person with these roles may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
