"""What makes a password good enough (NIST SP 800-63B-4): length and no known words. No composition rules, no expiry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences

SHORTEST = 15  # SP 800-63B-4, section 3.1.1.2: the password is the only factor
LONGEST = 1000
_LEFT_OVER = 8  # letters that must remain once known words are taken out

# Words and runs that turn up at the top of every list of leaked passwords, and this trade's own.
_KNOWN = (
    "password", "passwort", "contraseña", "пароль", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "letmein", "welcome", "iloveyou",
    "administrator", "admin", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "trustno", "secret",
    "login", "master", "abcdefghijklmnopqrstuvwxyz", "abcdef", "0123456789", "1234567890", "123456789", "12345678", "1234567",
    "123456", "12345", "1234", "987654321", "clinic", "pulse", "acupuncture", "cupping", "patient", "practice", "office", "summer",
    "winter", "spring", "autumn", "changeme", "default", "correcthorsebatterystaple",
)  # fmt: skip

register_sentences(
    {
        "password_short": N_("Please use at least {shortest} characters; a short sentence is easy to remember. Nothing was saved."),
        "password_long": N_("Please use at most {longest} characters. Nothing was saved."),
        "password_known": N_("This password is too easy to guess: it is made of well-known words or repeats. Please choose another."),
        "password_of_clinic": N_("Please do not build the password from the clinic's or your own name. Choose other words."),
    }
)


def normal(password: str) -> bytes:
    """A password as bytes, the same however the keyboard composed its letters (NFC)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def check_new_password(password: str, words: Iterable[str] = (), *, field: str = "password") -> None:
    """Raises Refusal("password_short" | "password_long" | "password_known" | "password_of_clinic")."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        raise Refusal("password_short", field, shortest=SHORTEST)
    if len(text) > LONGEST:
        raise Refusal("password_long", field, longest=LONGEST)
    if _is_thin(text.casefold(), _KNOWN):
        raise Refusal("password_known", field)
    clinic = tuple(part for word in words for part in re.split(r"\W+", word.casefold()) if len(part) > 3)
    if clinic and _is_thin(text.casefold(), (*clinic, *_KNOWN)):
        raise Refusal("password_of_clinic", field)


def _is_thin(text: str, words: Iterable[str]) -> bool:
    """Whether little is left once known words and immediate repeats are taken out."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    while (shorter := re.sub(r"(.{1,8}?)\1+", r"\1", text)) != text:
        text = shorter
    return len(re.sub(r"[\s\d_\W]", "", text)) < _LEFT_OVER and len(text) < SHORTEST
