"""Forty things that nobody should be able to do harm with by typing them, and what may be left of them once kept."""

from __future__ import annotations

import re
import unicodedata

PAYLOADS = (
    # SQL
    "Robert'); DROP TABLE patient;--", "' OR '1'='1", '" OR ""="', "1; DELETE FROM audit", "x' UNION SELECT key FROM vault_state--",
    "%' OR first_name LIKE '%", "_%_%", "\\' OR 1=1 --", "NULL", "true",
    # markup
    '<img src="/etc/passwd"/>', "<img src=/etc/passwd>", '<img src="http://198.51.100.7/x.png">', "</para><b>unclosed <i>tags",
    '<font color=__import__("os").getcwd()>x', "<script>alert(1)</script>", "&lt;b&gt; &amp; &#0; &nbsp;", "<!-- comment -->", "]]><x>",
    # what programs take for their own
    "{0} {patient} {__class__.__mro__}", "%s %d %(name)s %n", "${HOME} $(id) `id`", "=1+1", "@SUM(A1:A9)", "../../etc/passwd", "CON",
    "&Ampersand && mnemonics", "key: value: reason", "{{ 7 * 7 }}",
    # characters
    "tab\there\nnew\r\nline\x00\x07\x1b[31m red", "\x00", "\u202eevil\u202c \u2066isolated\u2069", "emoji 😀 and family 👩‍👩‍👧",
    "e\u0301 e\u0302\u0323\u0330" + "a" + "\u0301" * 40, "half \ud800 pair \udfff", "ابن سينا and שלום", "陈琳 Ёлкина Đặng ß ı",
    "\ufeff\ufdd0\uffff end", "x" * 10_000, "y" * 10_001,
)  # fmt: skip

_NEVER_KEPT = {"Cc", "Cs"}
_OVERRIDES = "\u202a\u202b\u202d\u202e"


def may_be_left(text: str) -> str:
    """What of a typed text may be kept, blanks aside: NFC, no control characters, no halves of pairs, no overrides.

    Written down here by itself, so that the program's own rule is compared with it and not with itself.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = (one for one in composed if unicodedata.category(one) not in _NEVER_KEPT or one in "\t\n\r")
    return squeezed("".join(one for one in visible if one not in _OVERRIDES and not is_no_character(one)))


def is_no_character(letter: str) -> bool:
    """Code points that Unicode keeps for a program's own use and that must not be exchanged."""
    return ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF


def as_typed(text: str) -> str:
    """What a draft keeps: everything but halves of pairs, which no file can hold."""
    return squeezed("".join(one for one in text if unicodedata.category(one) != "Cs"))


def squeezed(text: str) -> str:
    """Runs of blanks and breaks as one blank."""
    return re.sub(r"\s+", " ", text).strip()
