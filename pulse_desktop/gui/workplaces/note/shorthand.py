"""The practitioner's own shorthand at the note: phrases, point groups, favourite codes, as they stand in the file now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.shorthand import GroupDraft, Phrase, Shorthand
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.work import Finished

_SUBJECTS: Final = frozenset({"phrase", "point_group", "favourite_code"})


class OwnShorthand(QWidget):
    """Never shown; a widget, so that it follows changes like what is. `changed` when any of it did."""

    changed = Signal()
    group_saved = Signal()
    group_refused = Signal(object)

    def __init__(self, parts: DeskParts, owner: QWidget) -> None:
        super().__init__(owner)
        self.hide()
        self._parts = parts
        self._now = Shorthand()
        if parts.may("write_note"):
            Follows(owner, parts.live, _SUBJECTS, self.read)
            self.read()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Abbreviations with their words."""
        return self._now.phrases

    @property
    def groups(self) -> Mapping[str, str]:
        """Points by the name of their group."""
        return {group.name: group.points for group in self._now.groups}

    @property
    def favourites(self) -> tuple[str, ...]:
        """Codes at hand."""
        return tuple(one.code for one in self._now.favourites)

    def read(self) -> None:
        """Ask anew."""
        self._parts.work.look(treatment.my_shorthand, then=self._take, latest="shorthand", refused=self._parts.tell)

    def turn_star(self, code: str) -> None:
        """A favourite is one no more; any other code becomes one."""
        act = treatment.remove_favourite if code in self.favourites else treatment.add_favourite
        self._parts.work.do(act, code, then=self._starred, refused=self._parts.tell)

    def save_group(self, name: str, points: str) -> None:
        """Keep points under a name."""
        self._parts.work.do(treatment.save_group, GroupDraft(name, points), then=self._saved, refused=self._refused)

    def _take(self, now: Shorthand) -> None:
        self._now = now
        self.changed.emit()

    def _starred(self, done: Finished) -> None:
        if done.changes:
            words = _("Favourite codes changed")
            self._parts.toast(words, done.operation, words)
        self.read()

    def _saved(self, done: Finished) -> None:
        words = _("Point group saved")
        self._parts.toast(words, done.operation, words)
        self.group_saved.emit()
        self.read()

    def _refused(self, problem: Problem) -> None:
        self.group_refused.emit(problem)
