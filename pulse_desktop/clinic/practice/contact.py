"""Phones, e-mail addresses, states and ZIP codes as people type them, made uniform or refused in words."""

from __future__ import annotations

import re

import phonenumbers

from pulse_desktop.basics.entries import clean_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.practice.states import STATES

_HOME_REGION = "US"
_HOME_CODE = 1
_EMAIL = re.compile(r"^[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\".]+(\.[^\s@,;<>()\[\]\".]+)+$")
_ZIP = re.compile(r"^(\d{5})(?:[\s-]?(\d{4}))?$")


def phone_number(text: str, field: str = "phone") -> str:
    """"(973) 555-0142" or, from abroad, "+7 495 123-45-67"; "" stays "". Raises Refusal("phone_wrong" | "phone_short")."""
    typed = clean_line(text, field, 60)
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed, _HOME_REGION)
    except phonenumbers.NumberParseException:
        raise Refusal("phone_wrong", field) from None
    if number.country_code == _HOME_CODE and len(str(number.national_number)) == 7:
        raise Refusal("phone_short", field)
    if not phonenumbers.is_possible_number(number):
        raise Refusal("phone_wrong", field)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if number.country_code == _HOME_CODE else form.INTERNATIONAL)


def email_address(text: str, field: str = "email") -> str:
    """The address without blanks around it; "" stays "". Raises Refusal("email_wrong")."""
    typed = clean_line(text, field, 254)
    if typed and not _EMAIL.match(typed):
        raise Refusal("email_wrong", field)
    return typed


def state_code(text: str, field: str = "state") -> str:
    """"NJ" from "nj"; "" stays "". Raises Refusal("state_wrong")."""
    typed = clean_line(text, field).upper()
    if typed and typed not in STATES:
        raise Refusal("state_wrong", field)
    return typed


def zip_code(text: str, field: str = "zip_code") -> str:
    """"07013" or "07013-1234"; "" stays "". Raises Refusal("zip_wrong")."""
    typed = clean_line(text, field)
    if not typed:
        return ""
    found = _ZIP.match(typed)
    if found is None or not typed.isascii():
        raise Refusal("zip_wrong", field)
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


register_sentences(
    {
        "phone_wrong": N_("That is not a telephone number. Write it like (973) 555-0142, or with + and the country code."),
        "phone_short": N_("The area code is missing. Write the number like (973) 555-0142."),
        "email_wrong": N_("That is not an e-mail address. Write it like maria@example.com, or leave it empty."),
        "state_wrong": N_("Write the state with its two letters, like NJ."),
        "zip_wrong": N_("Write the ZIP code with five digits, like 07013."),
    }
)
