"""Which of the words a caller's wish is made of name the patient: those without which the wish stays the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.schedule.values import Wish

_LITTLE_WORDS: Final = frozenset({"on", "at", "in", "the", "for", "with", "a", "an", "and", "please", "next", "this", "any", "book"})


def name_words(text: str, wish: Wish | None, data: PracticeData, today: date) -> str:
    """"alvarez" of "alvarez thu after 5 brooklyn"; the whole text when it holds no wish."""
    words = text.split()
    if wish is None:
        return " ".join(words)
    kept = []
    for at, word in enumerate(words):
        rest = " ".join(words[:at] + words[at + 1 :])
        says_nothing = schedule.read_wish(rest, data, today) == wish
        if says_nothing and word.casefold() not in _LITTLE_WORDS:
            kept.append(word)
    return " ".join(kept)


def first_day(wish: Wish) -> date:
    """The first day a wish may mean."""
    day = wish.from_day
    while wish.weekdays and day.weekday() not in wish.weekdays and day < wish.to_day:
        day += timedelta(days=1)
    return day
