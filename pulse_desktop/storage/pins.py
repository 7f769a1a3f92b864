"""What makes a PIN good enough for five tries at one seat: six digits or more that nobody would try first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences

SHORTEST: Final = 6
LONGEST: Final = 32
_RUNS: Final = "01234567890123456789"
_PADS: Final = frozenset({"147258", "258369", "741852", "852963", "159357", "357159", "147369", "789456", "456789", "456123", "123789"})
_CENTURIES: Final = ("19", "20")

register_sentences(
    {
        "pin_short": N_("Please use at least {shortest} digits. No PIN was set."),
        "pin_long": N_("Please use at most {longest} digits. No PIN was set."),
        "pin_digits": N_("A PIN is made of digits only. No PIN was set."),
        "pin_plain": N_("This PIN is among the first that anybody would try: a run, or the same digits again and again. Choose another."),
        "pin_date": N_("This PIN reads as a date, which others may know or guess. Please choose other digits."),
        "pin_known": N_("This PIN is made of a number that others know of you. Please choose other digits."),
    }
)


def check_new_pin(pin: str, known: Iterable[str] = ()) -> None:
    """Raises Refusal("pin_digits" | "pin_short" | "pin_long" | "pin_plain" | "pin_date" | "pin_known") under pin."""
    if not re.fullmatch(r"[0-9]*", pin):
        raise Refusal("pin_digits", "pin")
    if len(pin) < SHORTEST:
        raise Refusal("pin_short", "pin", shortest=SHORTEST)
    if len(pin) > LONGEST:
        raise Refusal("pin_long", "pin", longest=LONGEST)
    if _is_plain(pin):
        raise Refusal("pin_plain", "pin")
    if _is_date(pin):
        raise Refusal("pin_date", "pin")
    if any(pin in digits for digits in (re.sub(r"\D", "", word) for word in known) if len(digits) >= SHORTEST):
        raise Refusal("pin_known", "pin")


def _is_plain(pin: str) -> bool:
    """Few different digits, a part repeated, a run up or down, a line on the pad."""
    repeated = re.fullmatch(r"(.{1,3})\1+", pin) is not None
    pairs = re.fullmatch(r"((.)\2+)+", pin) is not None  # 112233
    run = pin in _RUNS or pin in _RUNS[::-1]
    halves = pin[:3] in _RUNS + _RUNS[::-1] and pin[3:6] in _RUNS + _RUNS[::-1] and len(pin) == SHORTEST  # 123321, 123456
    return len(set(pin)) < 3 or repeated or pairs or run or halves or pin in _PADS


def _is_date(pin: str) -> bool:
    """Six or eight digits that are a day: of a birth, a wedding, a founding. 311284, 123184, 19841231."""
    if len(pin) == 6:
        parts = [(pin[4:], pin[:2], pin[2:4]), (pin[4:], pin[2:4], pin[:2]), (pin[:2], pin[2:4], pin[4:])]
        return any(_is_day(century + year, month, day) for century in _CENTURIES for year, month, day in parts)
    if len(pin) == 8:
        parts = [(pin[4:], pin[:2], pin[2:4]), (pin[4:], pin[2:4], pin[:2]), (pin[:4], pin[4:6], pin[6:])]
        return any(year[:2] in _CENTURIES and _is_day(year, month, day) for year, month, day in parts)
    return False


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
