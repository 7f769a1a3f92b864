"""What a patient's data must be before it is kept. Pure functions: a draft in, clean values or a refusal out."""

from __future__ import annotations

from datetime import date
from typing import Any

from pulse_desktop.basics.entries import clean_line, clean_text
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.atlas import conditions
from pulse_desktop.clinic.patients.values import ConditionDraft, PatientDraft
from pulse_desktop.clinic.practice.contact import email_address, phone_number, state_code, zip_code

LANGUAGES = ("en", "es", "ru", "zh")
_EARLIEST_YEAR = 1890
_LINES = {
    "native_name": 100,
    "preferred_name": 100,
    "pronouns": 40,
    "sex": 40,
    "phone_note": 200,
    "street": 200,
    "city": 100,
    "emergency_name": 100,
    "emergency_relation": 60,
}
_TEXTS = ("allergies", "medications", "desk_note")


def patient_values(draft: PatientDraft, today: date) -> dict[str, Any]:
    """A patient's columns. Raises a Refusal under the field that is wrong."""
    if draft.language not in LANGUAGES:
        raise Refusal("language_unknown", "language")
    values: dict[str, Any] = {
        **_names(draft),
        **{name: clean_line(getattr(draft, name), name, most) for name, most in _LINES.items()},
        **{name: clean_text(getattr(draft, name), name) for name in _TEXTS},
        "born": _born(draft.born, today),
        "phone": phone_number(draft.phone),
        "emergency_phone": phone_number(draft.emergency_phone, "emergency_phone"),
        "email": email_address(draft.email),
        "state": state_code(draft.state),
        "zip_code": zip_code(draft.zip_code),
    }
    plain = {name: getattr(draft, name) for name in ("language", "office_id", "voicemail_ok", "text_ok")}
    return {**values, **plain}


def _names(draft: PatientDraft) -> dict[str, str]:
    first, last = clean_line(draft.first_name, "first_name"), clean_line(draft.last_name, "last_name")
    if not (first or last or clean_line(draft.native_name, "native_name")):
        raise Refusal("patient_unnamed", "first_name")
    return {"first_name": first, "last_name": last}


def _born(born: date | None, today: date) -> date | None:
    if born is not None and born > today:
        raise Refusal("born_in_future", "born")
    if born is not None and born.year < _EARLIEST_YEAR:
        raise Refusal("born_too_early", "born")
    return born


def check_new(values: dict[str, Any]) -> None:
    """A new patient can be reached: raises Refusal("phone_needed", "phone") without phone and e-mail."""
    if not values["phone"] and not values["email"]:
        raise Refusal("phone_needed", "phone")


def condition_values(draft: ConditionDraft, today: date) -> dict[str, Any]:
    """A condition's columns. Raises a Refusal under key, onset or ends."""
    if draft.key not in conditions():
        raise Refusal("condition_unknown", "key")
    if draft.onset > today:
        raise Refusal("onset_in_future", "onset")
    if draft.ends is not None and draft.ends < draft.onset:
        raise Refusal("condition_order", "ends")
    detail = clean_text(draft.detail, "detail")
    return {"key": draft.key, "onset": draft.onset, "ends": draft.ends, "detail": detail, "regions": list(draft.regions)}


register_sentences(
    {
        "patient_unnamed": N_("Enter the patient's name. Everything else you typed is still here."),
        "phone_needed": N_("Enter a phone number, so that the patient can be reached."),
        "born_in_future": N_("A date of birth cannot be in the future."),
        "born_too_early": N_("That is more than 130 years ago. Please check the year."),
        "language_unknown": N_("Choose English, Spanish, Russian or Chinese."),
        "condition_unknown": N_("Choose a condition from the list."),
        "onset_in_future": N_("A condition begins today or earlier."),
        "condition_order": N_("A condition cannot end before it began. Please check the dates."),
        "patient_not_there": N_("There is no such patient. Nothing was changed."),
        "condition_not_there": N_("This condition belongs to another patient or is not there any more. Nothing was changed."),
    }
)
