"""What people typed, made fit to keep: one Unicode form, no control characters, a length that is said in words.

Every language stays as it was written: emoji, right-to-left letters and combining marks are kept. Only what cannot
be seen and can do harm falls away: control characters, halves of surrogate pairs, overrides of the writing direction.
"""

from __future__ import annotations

import re
import unicodedata

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences

LONGEST_TEXT = 10_000
"""Characters in a field of running text: some four printed pages."""

LONGEST_LINE = 100
"""Characters in a field of one line, such as a name."""

_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202d\u202e")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{4,}")


def clean_text(text: str, field: str, most: int = LONGEST_TEXT) -> str:
    """Running text with its line breaks. Raises Refusal("entry_too_long")."""
    written = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    kept = "".join(letter for letter in written if letter in "\n\t" or _is_harmless(letter)).strip()
    return _bounded(_EMPTY_LINES.sub("\n\n\n", kept), field, most)


def clean_line(text: str, field: str, most: int = LONGEST_LINE) -> str:
    """One line: breaks and runs of blanks become one blank. Raises Refusal("entry_too_long")."""
    broken = "".join(" " if letter in "\n\r\t\v\f\u0085\u2028\u2029" else letter for letter in text)
    written = unicodedata.normalize("NFC", broken)
    kept = "".join(letter for letter in written if _is_harmless(letter))
    return _bounded(_BLANKS.sub(" ", kept).strip(), field, most)


def needed_line(text: str, field: str, key: str, most: int = LONGEST_LINE) -> str:
    """As `clean_line`; raises Refusal(key) when nothing is left."""
    line = clean_line(text, field, most)
    if not line:
        raise Refusal(key, field)
    return line


def _is_harmless(letter: str) -> bool:
    """Not by "unassigned": an emoji newer than this Python is somebody's text."""
    code = ord(letter)
    is_no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return (
        unicodedata.category(letter) not in {"Cc", "Cs"} and not is_no_character and letter not in _DIRECTION_OVERRIDES
    )


def _bounded(text: str, field: str, most: int) -> str:
    """A text of nothing but joiners and marks of direction is no text: it would look empty."""
    if all(unicodedata.category(letter) in {"Cf", "Zs", "Zl", "Zp"} for letter in text):
        return ""
    if len(text) > most:
        raise Refusal("entry_too_long", field, length=f"{len(text):,}", most=f"{most:,}", over=f"{len(text) - most:,}")
    return text


register_sentences(
    {
        "entry_too_long": N_(
            "This is {length} characters long and {most} fit here. Nothing was saved or cut: please shorten it by {over}."
        ),
    }
)
