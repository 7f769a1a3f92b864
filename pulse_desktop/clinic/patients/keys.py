"""What a patient is found by: folded words, digits of the phone, the birth date, the number; and how typed words ask."""

from __future__ import annotations

import re
from datetime import date

from pulse_desktop.basics import names, times

NAME, PHONE, BORN, NUMBER = "name", "phone", "born", "number"
_NUMBER = re.compile(r"^\s*p\s*-?\s*(\d{1,9})\s*$", re.IGNORECASE)
_LONGEST_KEY = 80
_MOST_WORDS = 6
_HOME_DIGITS = 11
_PHONE_DIGITS = 7


def number_words(number: int) -> str:
    """"P-1042"."""
    return f"P-{number}"


def keys_of(number: int, name_parts: tuple[str, ...], phone: str, born: date | None) -> frozenset[tuple[str, str]]:
    """All (key, kind) pairs of one patient."""
    found = {(key[:_LONGEST_KEY], NAME) for key in names.name_keys(name_parts)}
    found |= {(key, PHONE) for key in phone_keys(phone)}
    found |= {(key, BORN) for key in _born_keys(born)}
    return frozenset(found | {(f"p{number}", NUMBER), (str(number), NUMBER)})


def phone_keys(phone: str) -> set[str]:
    """All digits, those without the country's code, those after the area code, the last four: how people give a number."""
    number = phone.partition(" ext")[0]
    digits = _without_home_code(names.digits(number))
    at_home = names.digits(number.partition(" ")[2]) if number.startswith("+") else ""
    return {key for key in (digits, at_home, digits[-7:], digits[-4:]) if key}


def _without_home_code(digits: str) -> str:
    return digits[1:] if len(digits) == _HOME_DIGITS and digits.startswith("1") else digits


def _born_keys(born: date | None) -> set[str]:
    if born is None:
        return set()
    return {f"{born.month}{born.day}{born.year}", f"{born.month:02}{born.day:02}{born.year}", str(born.year)}


def asked(text: str) -> tuple[str, ...]:
    """The key prefixes that a search text asks for; a patient must have all of them. Longest, so rarest, first."""
    if found := _NUMBER.match(text):
        return (f"p{found[1]}",)
    if (day := _as_day(text)) is not None:
        return (f"{day.month}{day.day}{day.year}",)
    text = text.strip().removeprefix("+1 ").removeprefix("+1(")
    if (whole := names.digits(text)) and len(whole) >= _PHONE_DIGITS and not any(letter.isalpha() for letter in text):
        return (_without_home_code(whole),)
    parts = [part for word in names.words(text) for part in [_digits_of(word)] if part]
    return tuple(sorted(dict.fromkeys(part[:_LONGEST_KEY] for part in parts), key=len, reverse=True))[:_MOST_WORDS]


def _as_day(text: str) -> date | None:
    if text.strip().isdecimal() or not any(letter.isdigit() for letter in text):  # a year at least; most searches are words
        return None
    try:
        return times.read_day(text)
    except ValueError:
        return None


def _digits_of(word: str) -> str:
    """A word of figures asks by its digits: "(973)", "3/12/1984", "+1"."""
    if any(letter.isalpha() for letter in word):
        return word
    return names.digits(word) or word
