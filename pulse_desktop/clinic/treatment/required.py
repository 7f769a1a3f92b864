"""Which parts of a note must be filled in before it is signed: the owner decides for the whole clinic."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic.practice.settings import Setting, declare, value_of
from pulse_desktop.clinic.treatment.rules import PARTS, REQUIRED_AT_FIRST
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import query


def _check(value: str) -> str:
    unknown = [part for part in value.split(",") if part and part not in PARTS]
    return _("A note has no part of this name: {names}.").format(names=", ".join(unknown)) if unknown else ""


REQUIRED_PARTS = declare(
    Setting("treatment.required_parts", ",".join(REQUIRED_AT_FIRST), N_("Parts of a note needed before it is signed"), check=_check)
)


@query(needs=Permission.SEE_PRACTICE)
def required_parts(context: Context) -> tuple[str, ...]:
    """The parts a note needs before it is signed, in the order of the form; cups, needles and the count always as well."""
    return parts_needed(context)


def parts_needed(context: Context) -> tuple[str, ...]:
    """As `required_parts`, within another act."""
    chosen = frozenset(value_of(context, REQUIRED_PARTS).split(","))
    return tuple(part for part in PARTS if part in chosen)
