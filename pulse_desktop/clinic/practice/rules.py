"""What set-up data must be before it is kept. Pure functions: a draft in, clean values or a refusal out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pulse_desktop.basics.entries import clean_line, needed_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.practice.contact import phone_number, state_code, zip_code
from pulse_desktop.clinic.practice.values import (
    HoursDraft,
    Licence,
    OfficeDraft,
    RoomDraft,
    ServiceDraft,
    StaffDraft,
    Stretch,
)

SHORTEST_VISIT, LONGEST_VISIT = 5, 240
TECHNIQUES = frozenset({"dry_cupping", "fire_cupping", "wet_cupping", "acupuncture", "estim", "moxa", "tuina", "gua_sha"})
"""What a service may be made of: the columns of the contraindication list (a test compares them)."""

_LONGEST_BUFFER = 120
_HIGHEST_PRICE_CENTS = 10_000_00


def office_values(draft: OfficeDraft) -> dict[str, Any]:
    """An office's columns. Raises a Refusal under name, street, state, zip_code, phone or zone."""
    state = state_code(draft.state)
    if not state:
        raise Refusal("state_wrong", "state")
    return {
        "name": needed_line(draft.name, "name", "office_unnamed"),
        "street": clean_line(draft.street, "street", 200),
        "suite": clean_line(draft.suite, "suite"),
        "city": clean_line(draft.city, "city"),
        "state": state,
        "zip_code": zip_code(draft.zip_code),
        "phone": phone_number(draft.phone),
        "zone": _zone(draft.zone),
        "hours_words": clean_line(draft.hours_words, "hours_words", 200),
        "active": draft.active,
    }


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal("zone_unknown", "zone") from None


def room_values(draft: RoomDraft) -> dict[str, Any]:
    """A room's columns. Raises a Refusal under name, setup_minutes or cleanup_minutes."""
    for field, minutes in (("setup_minutes", draft.setup_minutes), ("cleanup_minutes", draft.cleanup_minutes)):
        if not 0 <= minutes <= _LONGEST_BUFFER:
            raise Refusal("buffer_wrong", field)
    return {
        "office_id": draft.office_id,
        "name": needed_line(draft.name, "name", "room_unnamed", 60),
        "setup_minutes": draft.setup_minutes,
        "cleanup_minutes": draft.cleanup_minutes,
        "active": draft.active,
    }


def staff_values(draft: StaffDraft) -> dict[str, Any]:
    """A staff member's columns (without licences). Raises a Refusal under first_name or roles."""
    first, last = clean_line(draft.first_name, "first_name"), clean_line(draft.last_name, "last_name")
    if not first and not last:
        raise Refusal("staff_unnamed", "first_name")
    if not draft.roles:
        raise Refusal("staff_without_role", "roles")
    credential = clean_line(draft.credential, "credential", 60)
    return {
        "first_name": first,
        "last_name": last,
        "credential": credential,
        "short_name": clean_line(draft.short_name, "short_name") or ((last or first) if credential else (first or last)),
        "roles": sorted(draft.roles),
        "active": draft.active,
    }


def clean_licence(licence: Licence) -> Licence:
    """A licence fit to keep. Raises a Refusal under licences."""
    state = state_code(licence.state, "licences")
    if not state:
        raise Refusal("state_wrong", "licences")
    if licence.expires < licence.issued:
        raise Refusal("licence_order", "licences", state=state)
    return Licence(state, needed_line(licence.number, "licences", "licence_unnumbered", 40), licence.issued, licence.expires)


def printed_name(first: str, last: str, credential: str) -> str:
    """"Lin Hua, L.Ac.": as it stands on notes and sheets."""
    return ", ".join(part for part in (" ".join(filter(None, (first, last))), credential) if part)


def service_values(draft: ServiceDraft) -> dict[str, Any]:
    """A service's columns. Raises a Refusal under name, pattern, techniques or price_cents."""
    if not 0 <= draft.price_cents <= _HIGHEST_PRICE_CENTS:
        raise Refusal("price_wrong", "price_cents")
    if not TECHNIQUES.issuperset(draft.techniques):
        raise Refusal("technique_unknown", "techniques")
    return {
        "name": needed_line(draft.name, "name", "service_unnamed"),
        "techniques": list(dict.fromkeys(draft.techniques)),
        "pattern": [[stretch.minutes, int(stretch.hands_on)] for stretch in _pattern(draft)],
        "price_cents": draft.price_cents,
        "is_addon": draft.is_addon,
        "active": draft.active,
    }


def _pattern(draft: ServiceDraft) -> tuple[Stretch, ...]:
    if any(stretch.minutes <= 0 for stretch in draft.pattern):
        raise Refusal("pattern_wrong", "pattern")
    total = sum(stretch.minutes for stretch in draft.pattern)
    if not (1 if draft.is_addon else SHORTEST_VISIT) <= total <= LONGEST_VISIT:
        raise Refusal("pattern_wrong", "pattern")
    return draft.pattern


def check_hours(draft: HoursDraft) -> None:
    """Raises Refusal("hours_order" | "hours_overlap", "spans")."""
    last_of_day: dict[int, int] = {}
    for weekday, starts, ends in sorted(draft.spans):
        if not (0 <= weekday <= 6 and 0 <= starts < ends <= 24 * 60):
            raise Refusal("hours_order", "spans")
        if starts < last_of_day.get(weekday, 0):
            raise Refusal("hours_overlap", "spans")
        last_of_day[weekday] = ends


def day_before(day: date) -> date:
    """The last day of what is replaced from `day` on."""
    return day - timedelta(days=1)


register_sentences(
    {
        "office_unnamed": N_("Give the office a name, such as Clifton."),
        "zone_unknown": N_("Choose a time zone from the list, such as America/New_York."),
        "room_unnamed": N_("Give the room a name, such as Room 1."),
        "buffer_wrong": N_("Set-up and clean-up take between 0 and 120 minutes."),
        "staff_unnamed": N_("Enter the person's name."),
        "staff_without_role": N_("Choose at least one role: front desk, practitioner or owner."),
        "licence_order": N_("The license for {state} expires before it was issued. Please check the dates."),
        "licence_unnumbered": N_("Enter the license's number."),
        "service_unnamed": N_("Give the service a name, such as Acupuncture 60."),
        "technique_unknown": N_("Choose the techniques from the list."),
        "price_wrong": N_("The price is between $0 and $10,000."),
        "pattern_wrong": N_("The minutes of a service add up to between 5 and 240, each part longer than nothing."),
        "hours_order": N_("Working hours end after they begin, within one day."),
        "hours_overlap": N_("Two spans of the same weekday overlap. Nothing was saved; shorten one of them."),
        "last_owner": N_("This is the last owner. Make somebody else an owner first; nothing was changed."),
        "own_access": N_("You cannot end your own access. Another owner can; nothing was changed."),
        "room_moves": N_("A room stays in its office. Add a new room in the other one."),
        "closure_unnamed": N_("Say why the office is closed, such as Thanksgiving."),
        "closure_twice": N_("The office is closed on that day already."),
        "not_there": N_("This is not there any more. Nothing was changed."),
        "practice_unnamed": N_("Enter the name of the practice."),
        "hours_without_practitioner": N_("Only a practitioner has working hours for patients."),
    }
)
