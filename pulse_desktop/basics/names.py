"""People's names: how they are folded for searching and shortened for tight places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import filterfalse

_NO_DIGITS = re.compile(r"[^0-9]+")
_SPLIT = re.compile(r"[\s\-'’.,·]+")
# How an American desk types Russian letters; ё folds to е and й to и before, hard and soft signs fall away.
_CYRILLIC = dict(
    zip(
        "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ ы э ю я".split(),
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch y e yu ya".split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
_FOLDED_LETTERS = str.maketrans({"ё": "е", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """`text` without case, accents and width: what search keys and typed words are compared by.

    >>> fold("Núñez"), fold("Ёлкина")
    ('nunez', 'елкина')
    """
    if text.isascii():  # nothing to take apart: most names, and a search ranks three hundred of them at a keystroke
        return text.lower().strip()
    # Compatibility forms first: a mathematical bold letter has a case only once it is an ordinary one.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED_LETTERS))
    return "".join(filterfalse(unicodedata.combining, plain.translate(_FOLDED_LETTERS))).strip()


def transliterated(text: str) -> str:
    """Folded `text` with Cyrillic letters written in Latin ones ("иванова" -> "ivanova")."""
    plain = fold(text)
    return plain if plain.isascii() else "".join(_CYRILLIC.get(letter, letter) for letter in plain)


def words(text: str) -> list[str]:
    """The folded words of a name, in order, without empty ones."""
    return [word for word in _SPLIT.split(fold(text)) if word]


def name_keys(parts: Iterable[str]) -> set[str]:
    """Search keys of a person's names: each word, its Latin spelling, and every tail of a Hanzi word (小明 in 王小明)."""
    keys: set[str] = set()
    for part in parts:
        for word in words(part):
            keys.add(word)
            keys.add(transliterated(word))
            if any("\u4e00" <= letter <= "\u9fff" for letter in word):
                keys.update(word[at:] for at in range(len(word)))
    keys.discard("")
    return keys


def digits(text: str) -> str:
    """Only the digits of `text`."""
    return _NO_DIGITS.sub("", text)


def initials(name: str) -> str:
    """One or two letters for a portrait's place: "María Alvarez" -> "MA", "王小明" -> "王"."""
    found = [word for word in re.split(r"[\s\-]+", name) if word]
    if not found:
        return ""
    if len(found) == 1 or "\u4e00" <= found[0][0] <= "\u9fff":
        return found[0][0].upper()
    return (found[0][0] + found[-1][0]).upper()


def short_name(first: str, last: str) -> str:
    """Like "M. Alvarez": for timers and chips. A name of one part stays whole."""
    return f"{first[0]}. {last}" if first and last else (last or first)
