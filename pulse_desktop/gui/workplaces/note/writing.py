"""The draft under the pen: one frozen value that form, map and lists change, with undo for what is drawn.

Everything that changes the note goes through `Writing`, so that whoever shows it hears it and the keeper stores it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from pulse_desktop.clinic.treatment.values import (
    Area,
    CupPlacement,
    MoxaPlacement,
    NeedlePlacement,
    NoteDraft,
    NoteView,
    SafetyOverride,
    StimulatedPair,
    Stroke,
)

HANDS: Final = ("strokes", "areas", "moxa", "pairs")
"""What is drawn besides cups and needles."""
COPIES: Final = ("complaint", "cups", "needles", *HANDS, "plan")
"""What copying forward brings; pain, response, tongue, pulse and minutes are always today's own."""


Points = tuple[tuple[str, str], ...]
"""Needled points, by code and side."""


@dataclass(frozen=True, slots=True)
class TimesAsked:
    """Which cups and points really went on or came off at another time; None leaves a time as it is."""

    numbers: tuple[int, ...]
    points: Points
    on_at: datetime | None
    off_at: datetime | None


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything drawn on the map."""

    cups: tuple[CupPlacement, ...] = ()
    needles: tuple[NeedlePlacement, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    areas: tuple[Area, ...] = ()
    moxa: tuple[MoxaPlacement, ...] = ()
    pairs: tuple[StimulatedPair, ...] = ()


_DRAWN: Final = tuple(item.name for item in fields(Marks))
Chosen = tuple[str, Any]
"""Which of the marks beside the cups: the name of its tuple in the draft, and its number, for a needle its code and side."""


class Writing(QObject):
    """The draft of the note on screen. `changed` after anything, `marks_changed` when the map must be drawn anew."""

    changed = Signal()
    marks_changed = Signal()
    copied_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = NoteDraft()
        self.is_open = False
        self.undo_stack = QUndoStack(self)
        self.chosen: frozenset[int] = frozenset()
        """Numbers of the cups that are selected."""
        self.chosen_mark: Chosen | None = None
        """Which needle, stroke, area, cone or current is selected; then no cup is."""

    @property
    def marks(self) -> Marks:
        """What is drawn now."""
        return Marks(**{name: getattr(self.draft, name) for name in _DRAWN})

    @property
    def chosen_cups(self) -> tuple[CupPlacement, ...]:
        """The selected cups."""
        return tuple(cup for cup in self.draft.cups if cup.number in self.chosen)

    def load(self, draft: NoteDraft, *, is_open: bool) -> None:
        """Show another draft; nothing of it counts as typed. `is_open`: it may be written in."""
        self.draft, self.is_open = draft, is_open
        self.chosen, self.chosen_mark = frozenset(), None
        self.undo_stack.clear()
        self.marks_changed.emit()

    def write(self, **values: Any) -> None:
        """Fields the person typed or picked; what was copied into them counts as theirs now."""
        if not self.is_open:
            return
        self.draft = replace(self.draft, **values, copied=_without(self.draft.copied, values))
        self.copied_changed.emit()
        self.changed.emit()

    def note_cursor(self, field: str, at: int) -> None:
        """Where the person is writing; it travels with the next save."""
        self.draft = replace(self.draft, cursor_field=field, cursor_at=at)

    def draw(self, words: str, cups: Iterable[CupPlacement] | None = None, **drawn: Iterable[Any]) -> None:
        """Change what is drawn, in a way that can be taken back; `drawn` names other tuples of the draft."""
        if not self.is_open:
            return
        after = replace(self.marks, **{name: tuple(marks) for name, marks in drawn.items()})
        if cups is not None:
            after = replace(after, cups=tuple(cups))
        if after != self.marks:
            self.undo_stack.push(_MarksEdit(self, words, self.marks, after))

    def put_marks(self, marks: Marks) -> None:
        """Draw these marks. When cups went on and came off is not the pen's to change, forwards or backwards."""
        touched = [name for name in _DRAWN if getattr(marks, name) != getattr(self.draft, name)]
        kept = _with_times(self.draft, marks)
        drawn = {name: getattr(kept, name) for name in _DRAWN}
        self.draft = replace(self.draft, **drawn, copied=_without(self.draft.copied, touched))
        self.chosen &= frozenset(cup.number for cup in kept.cups)
        self.copied_changed.emit()
        self.marks_changed.emit()
        self.changed.emit()

    def choose(self, numbers: Iterable[int]) -> None:
        """Select these cups."""
        chosen = frozenset(numbers)
        if chosen != self.chosen or self.chosen_mark is not None:
            self.chosen, self.chosen_mark = chosen, None
            self.marks_changed.emit()

    def choose_mark(self, chosen: Chosen | None) -> None:
        """Select something that is no cup."""
        if chosen != self.chosen_mark or self.chosen:
            self.chosen, self.chosen_mark = frozenset(), chosen
            self.marks_changed.emit()

    def confirm(self, *names: str) -> None:
        """What was copied holds today as well; without names, all of it."""
        left = tuple(name for name in self.draft.copied if names and name not in names)
        if left != self.draft.copied:
            self.draft = replace(self.draft, copied=left)
            self.copied_changed.emit()
            self.changed.emit()

    def copy_from(self, last: NoteView, names: Iterable[str] = COPIES) -> tuple[str, ...]:
        """Bring complaint, points, cups and plan forward, or only `names`, where today's are empty; the names of what came."""
        brought = _brought(last.draft)
        fresh = {name: brought[name] for name in names if brought[name] and not getattr(self.draft, name)}
        if not fresh or not self.is_open:
            return ()
        copied = tuple(name for name in COPIES if name in fresh or name in self.draft.copied)
        self.draft = replace(self.draft, **fresh, copied=copied)
        self.undo_stack.clear()
        self.copied_changed.emit()
        self.marks_changed.emit()
        self.changed.emit()
        return tuple(fresh)

    def take_over(self, draft: NoteDraft) -> None:
        """What an act changed in the stored note (times, reasons, the count) becomes part of what is on screen."""
        self.draft = draft
        self.undo_stack.clear()
        self.copied_changed.emit()
        self.marks_changed.emit()


    def show_reasons(self, overrides: tuple[SafetyOverride, ...], count_note: str) -> None:
        """The reasons given against a stop and the words about a count, as they stand in the file."""
        self.draft = replace(self.draft, overrides=overrides, count_note=count_note)
        self.marks_changed.emit()


def with_cups_on(draft: NoteDraft, numbers: Iterable[int], at: datetime) -> NoteDraft:
    """The draft once these cups are on."""
    wanted = frozenset(numbers)
    cups = tuple(replace(cup, on_at=at) if cup.number in wanted and not cup.on_at else cup for cup in draft.cups)
    return replace(draft, cups=cups, counted_out=False, copied=_without(draft.copied, ("cups",)))


def with_cups_off(draft: NoteDraft, numbers: Iterable[int], at: datetime) -> NoteDraft:
    """The draft once these cups are off."""
    wanted = frozenset(numbers)
    is_due = {cup.number for cup in draft.cups if cup.number in wanted and cup.on_at and not cup.off_at}
    return replace(draft, cups=tuple(replace(cup, off_at=at) if cup.number in is_due else cup for cup in draft.cups))


def with_needles_in(draft: NoteDraft, points: Points, at: datetime) -> NoteDraft:
    """The draft once these needles are in."""
    needles = tuple(replace(one, in_at=at) if not one.in_at and (one.code, one.side) in points else one for one in draft.needles)
    return replace(draft, needles=needles, counted_out=False, copied=_without(draft.copied, ("needles",)))


def with_needles_out(draft: NoteDraft, points: Points, at: datetime) -> NoteDraft:
    """The draft once these needles are out and counted."""
    needles = tuple(
        replace(one, out_at=at) if one.in_at and not one.out_at and (one.code, one.side) in points else one for one in draft.needles
    )
    is_counted = all(one.out_at or not one.in_at for one in needles) and not any(cup.on_at for cup in draft.cups)
    return replace(draft, needles=needles, counted_out=is_counted)


def with_cups_counted(draft: NoteDraft) -> NoteDraft:
    """The draft once the cups are counted."""
    return replace(draft, counted_out=True)


def with_times(change: TimesAsked, draft: NoteDraft) -> NoteDraft:
    """The draft once these times are put right."""
    cups = tuple(
        replace(cup, on_at=change.on_at or cup.on_at, off_at=cup.off_at and (change.off_at or cup.off_at))
        if cup.number in change.numbers and cup.on_at else cup
        for cup in draft.cups
    )
    needles = tuple(
        replace(one, in_at=change.on_at or one.in_at, out_at=one.out_at and (change.off_at or one.out_at))
        if (one.code, one.side) in change.points and one.in_at else one
        for one in draft.needles
    )
    return replace(draft, cups=cups, needles=needles)


def _without(copied: tuple[str, ...], touched: Iterable[str]) -> tuple[str, ...]:
    gone = frozenset(touched)
    return tuple(name for name in copied if name not in gone)


def _brought(draft: NoteDraft) -> dict[str, Any]:
    cups = tuple(replace(cup, number=at, on_at=None, off_at=None, mark_grade=None) for at, cup in enumerate(draft.cups, 1))
    needles = tuple(replace(needle, in_at=None, out_at=None) for needle in draft.needles)
    strokes = tuple(replace(stroke, mark_grade=None) for stroke in draft.strokes)
    moxa = tuple(replace(one, minutes=None) for one in draft.moxa)
    pairs = tuple(replace(one, minutes=None) for one in draft.pairs)
    return {
        "complaint": draft.complaint, "plan": draft.plan, "cups": cups, "needles": needles, "strokes": strokes, "areas": draft.areas,
        "moxa": moxa, "pairs": pairs,
    }  # fmt: skip


def _with_times(draft: NoteDraft, marks: Marks) -> Marks:
    """The marks with the times that are recorded; what is on the skin stays whatever is taken back."""
    cups = {cup.number: cup for cup in draft.cups}
    needles = {(needle.code, needle.side): needle for needle in draft.needles}
    kept = [_timed(cup, cups.pop(cup.number, None)) for cup in marks.cups]
    kept += [cup for cup in cups.values() if cup.on_at and not cup.off_at]
    points = [_timed_needle(needle, needles.pop((needle.code, needle.side), None)) for needle in marks.needles]
    points += [needle for needle in needles.values() if needle.in_at and not needle.out_at]
    return replace(marks, cups=tuple(sorted(kept, key=lambda cup: cup.number)), needles=tuple(points))


def _timed(cup: CupPlacement, known: CupPlacement | None) -> CupPlacement:
    return replace(cup, on_at=known.on_at, off_at=known.off_at) if known else replace(cup, on_at=None, off_at=None)


def _timed_needle(needle: NeedlePlacement, known: NeedlePlacement | None) -> NeedlePlacement:
    if known is None:
        return replace(needle, in_at=None, out_at=None)
    return replace(needle, in_at=known.in_at, out_at=known.out_at)


class _MarksEdit(QUndoCommand):
    """One thing drawn, moved or taken away."""

    def __init__(self, writing: Writing, words: str, before: Marks, after: Marks) -> None:
        super().__init__(words)
        self._writing, self._before, self._after = writing, before, after

    def redo(self) -> None:
        self._writing.put_marks(self._after)

    def undo(self) -> None:
        self._writing.put_marks(self._before)
