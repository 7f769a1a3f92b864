"""Widths of the note's columns: those of the mock-up at 100 %, and how they share the window with large text."""

from __future__ import annotations

from typing import Final

from pulse_desktop.gui.parts.theme import theme

LARGE_FROM: Final = 1.4
"""From this text scale on the last visit folds away and bars say less, so that today's note has room."""

_LAST, _FORM, _LISTS = (232, 100), (404, 120), (252, 150)


def is_large() -> bool:
    """Whether text is so large that only what is written now has room."""
    return theme().scale >= LARGE_FROM


def last_width() -> int:
    """The last visit."""
    return theme().tall(*_LAST)


def form_width() -> int:
    """Today's text."""
    return theme().tall(*_FORM)


def lists_width() -> int:
    """Clock, cups and needles."""
    return theme().tall(*_LISTS)
