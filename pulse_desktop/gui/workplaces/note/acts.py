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
from pulse_desktop.clinic.treatment.values import (
    CupsCounted,
    CupsOff,
    CupsOn,
    NeedlesIn,
    NeedlesOut,
    NoteDraft,
    NoteView,
    TimesChange,
)
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.workplaces.note import writing as pen
from pulse_desktop.gui.workplaces.note.keeper import Keeper, MakeValue
from pulse_desktop.gui.workplaces.note.writing import Points, TimesAsked

Consents = frozenset[str]
Numbers = tuple[int, ...]
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

    def put_cups_on(self, numbers: Numbers, consents: Consents = _NONE) -> None:
        """These waiting cups go on now."""
        at = self._now()
        make = functools.partial(_cups_on_value, numbers, at)
        after = functools.partial(_cups_on, numbers, at)
        self._do(treatment.put_cups_on, make, after, _("Put the cups on"), functools.partial(self.put_cups_on, numbers), consents)

    def take_cups_off(self, numbers: Numbers, consents: Consents = _NONE) -> None:
        """These cups come off now."""
        at = self._now()
        make = functools.partial(_cups_off_value, numbers, at)
        after = functools.partial(_cups_off, numbers, at)
        self._do(treatment.take_cups_off, make, after, _("Take the cups off"), functools.partial(self.take_cups_off, numbers), consents)

    def count_cups(self, counted: int, consents: Consents = _NONE) -> None:
        """All cups are off; so many were counted."""
        make = functools.partial(_cups_counted_value, counted)
        again = functools.partial(self.count_cups, counted)
        self._do(treatment.count_cups, make, pen.with_cups_counted, _("Record this count"), again, consents)

    def correct_times(self, change: TimesAsked, then: Callable[[], object], refused: Callable[[Problem], object]) -> None:
        """When they really went on or came off; `then` once it is in the file, `refused` hears what is not possible."""
        make, after = functools.partial(_times_value, change), functools.partial(pen.with_times, change)
        self._keeper.act(treatment.correct_times, make, after=after, then=then, refused=refused)

    # --- needles

    def put_needles_in(self, points: Points, consents: Consents = _NONE) -> None:
        """These waiting points are needled now."""
        at = self._now()
        make, after = functools.partial(_needles_in_value, points, at), functools.partial(_needles_in, points, at)
        again = functools.partial(self.put_needles_in, points)
        self._do(treatment.needles_in, make, after, _("Put the needles in"), again, consents)

    def take_needles_out(self, points: Points, counted: int, consents: Consents = _NONE) -> None:
        """The needles of these points are out; so many were counted."""
        at = self._now()
        make, after = functools.partial(_needles_out_value, points, counted, at), functools.partial(_needles_out, points, at)
        again = functools.partial(self.take_needles_out, points, counted)
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
            self._writing.show_reasons(view.draft.overrides, view.draft.count_note)
            self.done.emit()


def _once_more(again: Callable[[Consents], object], before: Consents, agreed: Consents) -> None:
    """Two rules may ask one after the other; the first answer still holds."""
    again(before | agreed)


def _cups_on_value(numbers: tuple[int, ...], at: datetime, note_id: int, version: int, draft: NoteDraft) -> CupsOn:
    return CupsOn(note_id, version, draft, numbers, at)


def _cups_off_value(numbers: tuple[int, ...], at: datetime, note_id: int, version: int, draft: NoteDraft) -> CupsOff:
    return CupsOff(note_id, version, draft, numbers, at)


def _cups_counted_value(counted: int, note_id: int, version: int, draft: NoteDraft) -> CupsCounted:
    return CupsCounted(note_id, version, draft, counted)


def _times_value(change: TimesAsked, note_id: int, version: int, draft: NoteDraft) -> TimesChange:
    return TimesChange(note_id, version, draft, change.numbers, change.points, change.on_at, change.off_at)


def _needles_in_value(points: Points, at: datetime, note_id: int, version: int, draft: NoteDraft) -> NeedlesIn:
    return NeedlesIn(note_id, version, draft, at, points)


def _needles_out_value(points: Points, counted: int, at: datetime, note_id: int, version: int, draft: NoteDraft) -> NeedlesOut:
    return NeedlesOut(note_id, version, draft, counted, at, points)


def _cups_on(numbers: tuple[int, ...], at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_cups_on(draft, numbers, at)


def _cups_off(numbers: tuple[int, ...], at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_cups_off(draft, numbers, at)


def _needles_in(points: Points, at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_needles_in(draft, points, at)


def _needles_out(points: Points, at: datetime, draft: NoteDraft) -> NoteDraft:
    return pen.with_needles_out(draft, points, at)
