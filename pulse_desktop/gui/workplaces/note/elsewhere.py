"""When the note was written in at another seat meanwhile: say so, show both, and let a person decide."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import NoteView
from pulse_desktop.gui.work import Work
from pulse_desktop.gui.workplaces.note.both_texts import BothTexts
from pulse_desktop.gui.workplaces.note.keeper import Keeper
from pulse_desktop.gui.workplaces.note.sitting import Sitting
from pulse_desktop.gui.workplaces.note.writing import Writing

if TYPE_CHECKING:
    from pulse_desktop.gui.workplaces.note.page import NotePage


class ChangedElsewhere(QObject):
    """A strip above the note; nothing is overwritten before somebody has looked."""

    def __init__(self, work: Work, writing: Writing, keeper: Keeper, sitting: Sitting, page: NotePage) -> None:
        super().__init__(page)
        self._work, self._writing, self._keeper, self._sitting, self._page = work, writing, keeper, sitting, page
        keeper.outdated.connect(self._say)
        page.strip.asked.connect(self._look)

    def hear(self) -> None:
        """Another seat stored this note while it may be written in here."""
        if self._keeper.note_id:
            self._work.look(treatment.note_version, self._keeper.note_id, then=self._compare, latest="version")

    def _compare(self, version: int) -> None:
        """A save that is on its way is refused by itself; a text nobody has touched here is shown anew, else somebody decides."""
        if not self._keeper.note_id or self._keeper.is_behind or version <= self._keeper.version:
            return
        if self._keeper.has_stored:
            self._keeper.stop()
        else:
            self._sitting.read_note()

    def _say(self) -> None:
        words = _("this note was written in at another seat. What you typed is still here.")
        self._page.strip.show_words(_("Changed elsewhere:"), words, _("Show both"))
        self._page.strip.show()
        self._page.bar.say_failing(_("Not saved until you have looked at both"))

    def _look(self) -> None:
        if self._keeper.note_id:
            self._work.look(treatment.note, self._keeper.note_id, then=self._show, latest="both")

    def _show(self, stored: NoteView) -> None:
        sheet = BothTexts(self._page.window(), stored.draft, self._writing.draft)
        sheet.mine_chosen.connect(functools.partial(self._keep_mine, stored.version))
        sheet.theirs_chosen.connect(self._take_theirs)

    def _keep_mine(self, version: int) -> None:
        self._page.strip.hide()
        self._keeper.go_on(version)

    def _take_theirs(self) -> None:
        self._page.strip.hide()
        self._sitting.read_note()
