"""How the atlas reads its files: once, when first asked, and into frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from pulse_desktop.basics.resources import read_json

ATLAS_VERSION: Final = 1
"""Version of all reference data together; a signed note names the one it was written with."""

LANGUAGES: Final = ("en", "es", "ru", "zh")
"""The languages patients read, in the order of the files."""

APPROVAL_AWAITED: Final = "awaited"
"""State of a line that no licensed practitioner of this clinic has approved yet. Shown to the owner, never printed."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the patients' four languages: words["ru"], words.en."""

    en: str
    es: str
    ru: str
    zh: str

    def __getitem__(self, language: str) -> str:
        """The text in `language`; KeyError for a language that patients are not offered."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return str(getattr(self, language))


@cache
def contents(name: str) -> Mapping[str, Any]:
    """One file of the atlas, such as "reference/acupoints"."""
    return cast("Mapping[str, Any]", read_json(f"{name}.json"))


def rows_of(name: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a file that keeps its column names once."""
    found = contents(name)
    columns = found["columns"]
    return (dict(zip(columns, row, strict=True)) for row in found["rows"])
