"""Headings, counted words and translated terms of patients' papers, with the plural rules of each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pulse_desktop.clinic.atlas.reading import LANGUAGES, Words, contents

Number = int | float | Decimal


@cache
def phrases() -> Mapping[str, Words]:
    """All phrases by key."""
    return MappingProxyType(
        {key: Words(*row[1:]) for key, row in contents("reference/sheet_phrases")["phrases"].items()}
    )


def phrase(key: str, language: str, **values: object) -> str:
    """A phrase in a language; `values` fill its {placeholders}, which keep their names in every language."""
    text = phrases()[key][language]
    return text.format_map(values) if values else text


def plural_keys() -> Iterable[str]:
    """Keys of the counted phrases."""
    return tuple(contents("reference/sheet_phrases")["plurals"])


def plural(key: str, n: Number, language: str) -> str:
    """A counted phrase: plural("n_hours", 2, "ru") is "2 часа" (with a no-break space in between)."""
    forms: Mapping[str, str] = contents("reference/sheet_phrases")["plurals"][key][language]
    form = plural_form(n, language)
    return forms.get(form, forms["other" if "other" in forms else "many"]).format(n=number_words(n, language))


def plural_form(n: Number, language: str) -> str:
    """one, few, many, fraction (Russian) or other: which form of a word the number takes."""
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "ru":
        return _russian_form(n)
    return "one" if n == 1 and language != "zh" else "other"


def _russian_form(n: Number) -> str:
    """One: ends in 1 but not 11; few: ends in 2-4 but not 12-14; fractions have their own; else many."""
    if n != int(n):
        return "fraction"
    last, last_two = abs(int(n)) % 10, abs(int(n)) % 100
    if last == 1 and last_two != 11:
        return "one"
    return "few" if last in {2, 3, 4} and last_two not in {12, 13, 14} else "many"


def number_words(n: Number, language: str) -> str:
    """A number in Arabic digits; a decimal comma in Russian, no trailing zeros."""
    text = str(int(n)) if n == int(n) else f"{float(n):.2f}".rstrip("0")
    return text.replace(".", ",") if language == "ru" else text


def word(kind: str, key: str, language: str) -> str:
    """A patient-facing term: word("modality", "cupping", "es"), word("map_view", "posterior", "ru")."""
    return translations(kind)[key][language]


@cache
def translations(kind: str) -> Mapping[str, Words]:
    """All terms of a kind (modality, cupping_technique, cup_material, mark_grade, mark_flag, suction_level, laterality,
    map_view, body_region, moxa_type), by key."""
    return MappingProxyType(
        {key: Words(*row) for key, row in contents("reference/vocabulary_words")["words"][kind].items()}
    )


def explained(kind: str, key: str, language: str) -> str:
    """What a term means in a few plain words; "" where the term explains itself."""
    row = contents("reference/vocabulary_words")["explained"].get(kind, {}).get(key)
    return Words(*row)[language] if row else ""
