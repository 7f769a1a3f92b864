"""Keeps the draft: what is typed goes to the file a moment later, one save at a time, the latest always wins.

    keeper.open(note_id, version)         # from now on `writing.changed` is kept
    keeper.act(treatment.put_cups_on, make, after, then, refused)      # cups on, needles out, sign: in turn with the saves

"Saved" is said when the commit came back and never before. A save that fails says so, keeps everything and tries
again; a note that somebody else changed stops the saving until a person has looked at both texts.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pulse_desktop.basics.problems import Outdated, Problem, Refusal
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import NoteDraft, SaveDraft
from pulse_desktop.gui.work import UNSURE, Work, is_line_broken
from pulse_desktop.gui.workplaces.note.writing import Writing

BEHIND_MS: Final = 800
"""A save begins at most so long after the first letter it holds."""
AGAIN_MS: Final = 3000
"""How long after a save failed the next is tried."""

MakeValue = Callable[[int, int, NoteDraft], Any]


@dataclass(frozen=True, slots=True)
class _Act:
    """A command that changes the note besides typing. `after` says what the draft is once it is done."""

    command: Callable[..., Any]
    make: MakeValue
    after: Callable[[NoteDraft], NoteDraft] | None
    then: Callable[[], object] | None
    refused: Callable[[Problem], object]
    consents: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent and not answered; it is sent again as it was, so that it acts once. `act` None: a save."""

    value: Any
    act: _Act | None = None


class Keeper(QObject):
    """Stores the draft of one note at a time."""

    sent = Signal()
    """Something set out to be stored."""
    saved = Signal()
    """The draft as it was when the save began is in the file."""
    failed = Signal(object)
    """A save did not work; everything is kept here and it will be tried again."""
    outdated = Signal()
    """Somebody else changed the note; nothing is saved until `go_on`."""

    def __init__(self, work: Work, writing: Writing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._writing = work, writing
        self._note_id = self._version = 0
        self._opened = 0
        self._in_flight = 0
        self._is_behind = self._is_stopped = False
        self.has_stored = False
        """Something was stored from here since the note was opened."""
        self._acts: deque[_Act] = deque()
        self._act: _Act | None = None
        self._unsure: _Sent | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.save)
        writing.changed.connect(self._note_change)

    @property
    def note_id(self) -> int:
        """The note that is kept; 0 for none."""
        return self._note_id

    @property
    def is_behind(self) -> bool:
        """Something was typed that is not in the file yet."""
        return self._is_behind or self._in_flight > 0 or bool(self._acts) or self._unsure is not None

    @property
    def version(self) -> int:
        """The version of the note that this seat has seen."""
        return self._version

    @property
    def unsure_draft(self) -> NoteDraft | None:
        """The draft in a save of which nobody knows how it ended."""
        return None if self._unsure is None else self._unsure.value.draft

    def open(self, note_id: int, version: int) -> None:
        """Keep this note from now on, which the file has at `version`."""
        self._note_id, self._version = note_id, version
        self._opened += 1
        self._in_flight = 0
        self._is_behind = self._is_stopped = self.has_stored = False
        self._unsure = None
        self._acts.clear()
        self._soon.stop()

    def close(self) -> None:
        """Keep nothing any more: the note is signed, or another screen is shown."""
        self.open(0, 0)

    def save(self) -> None:
        """Store what was typed so far, if nothing else is on its way; the next save follows by itself."""
        if self._in_flight or self._is_stopped or not self._note_id:
            return
        self._soon.stop()
        if self._unsure is not None:
            self._send_again()
        elif self._is_behind:
            self._send_draft(self._version)

    def settle(self) -> None:
        """Hand over everything typed at once: the seat is about to be locked or closed."""
        if not self._is_behind or self._is_stopped or not self._note_id:
            return
        self._soon.stop()
        if self._unsure is not None:  # what was typed after it waits for its answer, as the shelter keeps it
            self.save()
            return
        self._send_draft(self._version + self._in_flight)  # each write makes the version one higher; they are done in turn

    def act(
        self,
        command: Callable[..., Any],
        make: MakeValue,
        *,
        after: Callable[[NoteDraft], NoteDraft] | None = None,
        then: Callable[[], object] | None = None,
        refused: Callable[[Problem], object],
        consents: frozenset[str] = frozenset(),
    ) -> None:
        """Do a command that brings the draft along, after the save that is on its way, before any other."""
        self._acts.append(_Act(command, make, after, then, refused, consents))
        self._next()

    def go_on(self, version: int) -> None:
        """Somebody looked at both texts; what is on screen is stored over `version`."""
        self._version, self._is_stopped, self._is_behind = version, False, True
        self.save()

    def stop(self) -> None:
        """The note is known to have been written in elsewhere: nothing is saved until somebody has looked at both texts."""
        if self._note_id and not self._is_stopped:
            self._soon.stop()
            self._is_stopped = True
            self.outdated.emit()

    # --- how it is done

    def _note_change(self) -> None:
        self._is_behind = True
        if not self._soon.isActive() and not self._in_flight and not self._is_stopped:
            self._soon.start(BEHIND_MS)

    def _send_draft(self, version: int) -> None:
        self._is_behind = False
        self._send_save(SaveDraft(self._note_id, version, self._writing.draft))

    def _send_save(self, value: SaveDraft) -> None:
        self._in_flight += 1
        then = functools.partial(self._was_saved, self._opened)
        refused = functools.partial(self._was_refused, self._opened, value)
        self._work.do(treatment.save_draft, value, then=then, refused=refused, sends_again=True)
        self.sent.emit()

    def _send_again(self) -> None:
        """Nobody knows how this ended, so the very same goes first; what was typed since follows."""
        before, self._unsure = self._unsure, None
        assert before is not None
        if before.act is None:
            self._send_save(before.value)
        else:
            self._send_value(before.act, before.value)

    def _was_saved(self, opened: int, done: Any) -> None:
        if opened != self._opened:
            return
        self._in_flight, self._version = self._in_flight - 1, max(self._version, int(done.answer))
        self.has_stored = True
        self.saved.emit()
        self._next()

    def _was_refused(self, opened: int, value: SaveDraft, problem: Problem) -> None:
        if opened != self._opened:
            return
        self._in_flight, self._is_behind = self._in_flight - 1, True
        if isinstance(problem, Outdated):
            self._is_stopped = True
            self._acts.clear()
            self.outdated.emit()
            return
        if problem.key == UNSURE:
            self._unsure = self._unsure or _Sent(value)
        self.failed.emit(problem)
        if self._acts and not is_line_broken(problem):
            self._next()
        elif not isinstance(problem, Refusal):  # a refused text would be refused again; the next letter tries anew
            self._soon.start(AGAIN_MS)

    def _next(self, *, at_once: bool = False) -> None:
        """What waits: an act first, since it takes what was typed along; else the next save."""
        if self._in_flight or self._is_stopped or not self._note_id:
            return
        if self._unsure is not None:
            self._soon.start(0)
        elif self._acts:
            self._send_act(self._acts.popleft())
        elif self._is_behind and not self._soon.isActive():
            self._soon.start(0 if at_once else BEHIND_MS)

    def _send_act(self, act: _Act) -> None:
        self._soon.stop()
        self._is_behind = False
        self._send_value(act, act.make(self._note_id, self._version, self._writing.draft))

    def _send_value(self, act: _Act, value: Any) -> None:
        self._act, self._in_flight = act, self._in_flight + 1
        then = functools.partial(self._was_done, self._opened)
        refused = functools.partial(self._was_not_done, self._opened, value)
        self._work.do(act.command, value, then=then, refused=refused, consents=act.consents, sends_again=True)
        self.sent.emit()

    def _was_done(self, opened: int, _done: Any) -> None:
        act = self._act
        if opened != self._opened or act is None:
            return
        self._in_flight, self._version, self._act = self._in_flight - 1, self._version + 1, None
        self.has_stored = True
        if act.after is not None:
            self._writing.take_over(act.after(self._writing.draft))
        self.saved.emit()
        if act.then is not None:
            act.then()
        self._next()

    def _was_not_done(self, opened: int, value: Any, problem: Problem) -> None:
        act = self._act
        if opened != self._opened or act is None:
            return
        self._in_flight, self._is_behind, self._act = self._in_flight - 1, True, None
        if isinstance(problem, Outdated):
            self._is_stopped = True
            self.outdated.emit()
            return
        if problem.key == UNSURE:
            self._unsure = _Sent(value, act)
        if is_line_broken(problem):
            self.failed.emit(problem)
            self._soon.start(AGAIN_MS)
        if self._unsure is None:
            act.refused(problem)
        if not is_line_broken(problem):
            self._next(at_once=True)
