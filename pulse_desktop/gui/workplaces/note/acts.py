"""What is done at the table and stops or starts a clock: cups on and off, needles in and out, the count.

Each act takes the draft along. A rule that asks is put to the practitioner, and the same act is sent again with the
answer; one that stops is shown and nothing goes on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from pulse_desktop.basics.problems import NeedsConsent, Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import CupsOff, CupsOn, NeedlesIn, NeedlesOut, NoteDraft, NoteView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.workplaces.note import writing as pen
from pulse_desktop.gui.workplaces.note.keeper import Keeper, MakeValue

Consents = frozenset[str]
_NONE: Consents = frozenset()


class Acts(QObject):
    """Does the acts of one note. `refused(problem)` when the clinic says no, `done` when an act is in the file."""

    refused = Signal(object)
    done = Signal()
    asked = Signal()
    """A reason is being asked for; what was said before is out of date."""

    def __init__(self, parts: DeskParts, keeper: Keeper, draft: pen.Writing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._keeper, self._writing = parts, keeper, draft

    # --- cups

    def put_cups_on(self, consents: Consents = _NONE) -> None:
        """All cups that wait go on now."""
        at = self._now()
        numbers = tuple(cup.number for cup in self._writing.draft.cups if cup.on_at is None)
        make = functools.partial(_cups_on_value, numbers, at)
        after = functools.partial(_cups_on, numbers, at)
        self._do(treatment.put_cups_on, make, after, _("Put the cups on"), self.put_cups_on, consents)

    def take_cups_off(self, consents: Consents = _NONE) -> None:
        """All cups that are on come off now."""
        at = self._now()
        numbers = tuple(cup.number for cup in self._writing.draft.cups if cup.on_at and not cup.off_at)
        make = functools.partial(_cups_off_value, numbers, at)
        after = functools.partial(_cups_off, numbers, at)
        self._do(treatment.take_cups_off, make, after, _("Take the cups off"), self.take_cups_off, consents)

    # --- needles

    def put_needles_in(self, consents: Consents = _NONE) -> None:
        """All needles that wait go in now."""
        at = self._now()
        make, after = functools.partial(_needles_in_value, at), functools.partial(_needles_in, at)
        self._do(treatment.needles_in, make, after, _("Put the needles in"), self.put_needles_in, consents)

    def take_needles_out(self, counted: int, consents: Consents = _NONE) -> None:
        """All needles are out; so many were counted."""
        at = self._now()
        make, after = functools.partial(_needles_out_value, counted, at), functools.partial(_needles_out, at)
        again = functools.partial(self.take_needles_out, counted)
        self._do(treatment.needles_out, make, after, _("Record this count"), again, consents)

    # --- how they go

    def _now(self) -> datetime:
        """The moment of the click; storage keeps milliseconds."""
        now = self._parts.clock.now()
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _do(
        self,
        command: Callable[..., Any],
        make: MakeValue,
        after: Callable[[NoteDraft], NoteDraft],
        yes: str,
        again: Callable[[Consents], object],
        consents: Consents,
    ) -> None:
        then = self._done_with_reason if consents else self._done
        refused = functools.partial(self._refused, yes, again, consents)
        self._keeper.act(command, make, after=after, then=then, refused=refused, consents=consents)

    def _refused(self, yes: str, again: Callable[[Consents], object], consents: Consents, problem: Problem) -> None:
        if not isinstance(problem, NeedsConsent):
            self.refused.emit(problem)
            return
        self.asked.emit()
        agree = functools.partial(_once_more, again, consents)
        self._parts.ask(problem, yes, _("Leave it"), agree)

    def _done(self) -> None:
        self.done.emit()

    def _done_with_reason(self) -> None:
        """The reason stands on the note now: read it back."""
        self._parts.work.look(treatment.note, self._keeper.note_id, then=self._take_reasons)
        self.done.emit()

    def _take_reasons(self, view: NoteView) -> None:
        if view.id == self._keeper.note_id:
            self._writing.show_reasons(view.draft.overrides)
            self.done.emit()


def _once_more(again: Callable[[Consents], object], before: Consents, agreed: Consents) -> None:
    """Two rules may ask one after the other; the first answer still holds."""
    again(before | agreed)


def _cups_on_value(numbers: tuple[int, ...], at: datetime, note_id: int, version: int, draft: NoteDraft) -> CupsOn:
    return CupsOn(note_id, version, draft, numbers, at)


def _cups_off_value(numbers: tuple[int, ...], at: datetime, note_id: int, version: int, draft: NoteDraft) -> CupsOff:
    return CupsOff(note_id, version, draft, numbers, at)


def _needles_in_value(at: datetime, note_id: int, version: int, draft: NoteDraft) -> NeedlesIn:
    return NeedlesIn(note_id, version, draft, at)


def _needles_out_value(counted: int, at: datetime, note_id: int, version: int, draft: NoteDraft) -> NeedlesOut:
    return NeedlesOut(note_id, version, draft, counted, at)


def _cups_on(numbers: tuple[int, ...], at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_cups_on(draft, numbers, at)


def _cups_off(numbers: tuple[int, ...], at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_cups_off(draft, numbers, at)


def _needles_in(at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_needles_in(draft, at)


def _needles_out(at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_needles_out(draft, at)
