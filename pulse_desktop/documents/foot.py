"""The foot of a paper: three facts people look for, a QR code to call the office, the version line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import segno

from pulse_desktop.clinic.atlas import phrase
from pulse_desktop.documents.blocks import Stack, Text, bold, plain
from pulse_desktop.documents.letterhead import unbroken
from pulse_desktop.documents.measures import Measures
from pulse_desktop.documents.page import BOTTOM, LEFT, RIGHT, WIDTH, Page, Style
from pulse_desktop.documents.speech import date_and_time, office_hours
from pulse_desktop.documents.typesetting import text_width
from pulse_desktop.documents.values import Letterhead, NextVisit, Sessions
from pulse_desktop.documents.wording import good_through, listed, say, sessions_sentence

_QR_SIDE = 60.0
_QR_COLUMN = 63.0
_GAP = 12.0
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class FootFact:
    """A label, the fact in bold, a small line under it."""

    label: str
    fact: str
    under: str = ""


class Foot:
    """A foot that stands on the lower margin."""

    def __init__(self, facts: Sequence[FootFact], phone: str, language: str, measures: Measures) -> None:
        self._facts, self._phone, self._language = facts[:_COLUMNS], phone, language
        self._small = measures.small
        self._head, self._body = measures.head, measures.body
        self._rule_gap = min(7.5, measures.box_padding)

    def height(self, version: Text) -> float:
        """Height with its rule and the version line."""
        facts = max((self._stack(fact).height(self._room) for fact in self._facts), default=0.0)
        version_height = version.height(self._version_room)
        return 1.5 + self._rule_gap + max(facts + 6 + version_height, _QR_SIDE if self._has_qr else 0.0)

    def draw(self, page: Page, version: Text) -> None:
        """Draw it at the bottom of the page."""
        top = BOTTOM - self.height(version)
        page.rule(LEFT, top, RIGHT, 1.5)
        inner = top + 1.5 + self._rule_gap
        for at, fact in enumerate(self._facts):
            self._stack(fact).draw(page, LEFT + at * (self._column + _GAP), inner, self._room)
        if self._has_qr:
            self._draw_qr(page, inner)
        version.draw(page, LEFT, BOTTOM - version.height(self._version_room), self._version_room)

    @property
    def _column(self) -> float:
        return (WIDTH - _QR_COLUMN - _COLUMNS * _GAP) / _COLUMNS

    @property
    def _room(self) -> float:
        """A fact may use half the gap to its neighbour rather than break."""
        return self._column + _GAP / 2

    @property
    def _version_room(self) -> float:
        return WIDTH - _QR_COLUMN - _GAP

    def _stack(self, fact: FootFact) -> Stack:
        stack = Stack()
        stack.add(Text(plain(fact.label), self._small, most_lines=1))
        stack.add(Text(bold(fact.fact), self._fact_style(fact.fact), most_lines=3))
        if fact.under:
            stack.add(Text(plain(fact.under), self._small, most_lines=2))
        return stack

    def _fact_style(self, fact: str) -> Style:
        """The heading size where the fact fits a line at it, else body size: a second line costs more than a point."""
        fits = text_width(bold(fact), self._head.size) <= self._room
        return self._head if fits else replace(self._body, grey=self._head.grey)

    @property
    def _has_qr(self) -> bool:
        return bool(dialled(self._phone))

    def _draw_qr(self, page: Page, top: float) -> None:
        """The telephone number as a code, 21 mm; the margins around it are its quiet zone."""
        matrix = _call_code(dialled(self._phone))
        side = _QR_SIDE / len(matrix)
        left = RIGHT - _QR_SIDE
        alt = say("qr_alt", self._language, words=phrase("scan_to_call", self._language), phone=self._phone)
        with page.figure(alt, left, top, _QR_SIDE, _QR_SIDE):
            page.squares(matrix, left, top, side)


@lru_cache(maxsize=16)
def _call_code(number: str) -> tuple[bytearray, ...]:
    """The QR matrix that dials a number; an office has one, so it is made once."""
    return tuple(segno.make(f"tel:{number}", error="m", boost_error=False, micro=False).matrix)


def next_visit_fact(visit: NextVisit | None, language: str) -> FootFact:
    """When and where the patient comes next."""
    label = phrase("next_visit", language)
    if visit is None:
        return FootFact(label, say("no_visit", language), say("call_to_book", language))
    where = listed((part for part in (visit.practitioner, visit.office) if part), language)
    return FootFact(label, date_and_time(visit.starts, language), where)


def sessions_fact(sessions: Sessions, today: date, language: str) -> FootFact:
    """How the package stands, and until when it is good."""
    return FootFact(sessions.package, sessions_sentence(sessions, language), good_through(sessions, today, language))


def questions_fact(head: Letterhead, language: str) -> FootFact:
    """Where to call, and when somebody is there."""
    return FootFact(say("questions", language), unbroken(head.phone), office_hours(head.hours, language))


def dialled(phone: str) -> str:
    """A telephone number as it is dialled: "+19735550110"; "" when there are no ten digits in it."""
    digits = re.sub(r"[^0-9]", "", phone.split("ext", maxsplit=1)[0])
    if len(digits) == 10:
        return f"+1{digits}"
    return f"+{digits}" if 11 <= len(digits) <= 15 else ""
