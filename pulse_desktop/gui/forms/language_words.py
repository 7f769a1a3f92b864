"""The languages patients are offered, each called as its speakers call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGE_NAMES: Final[Mapping[str, str]] = {"en": "English", "es": "Español", "ru": "Русский", "zh": "中文"}


def language_name(code: str) -> str:
    """"Español" for "es"; an unknown code stands for itself."""
    return LANGUAGE_NAMES.get(code, code)


def language_choices() -> list[tuple[str, str]]:
    """(code, name) for a choice."""
    return list(LANGUAGE_NAMES.items())
