"""The other first start: this computer joins a clinic that is on a server, with a seat file and its code."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import DoorPlate, Entrance
from pulse_desktop.gui.shell.figure_pane import BesideFigure
from pulse_desktop.gui.work import Work

_COLUMN: Final = 560
_NARROW: Final = 1160
_LABEL_GAP: Final = 4


class JoinForm(Form):
    """The file, and the code that came by another way."""

    def __init__(self) -> None:
        super().__init__()
        self.choose = Button(_("Choose …"))
        with self.row():
            self.text("file", _("Seat file"), hint="front-desk.pulseseat", required=True, stretch=3)
            self.place(_below_a_label(self.choose), stretch=0)
        self.text("code", _("Its code, six groups of four letters"), hint="KXNB-RMTW-…", required=True)


def _below_a_label(button: Button) -> QWidget:
    """On one line with the box of the field beside it, whose label stands above."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, theme().line("secondary") + _LABEL_GAP, 0, 0)
    column.addWidget(button)
    column.addStretch(1)
    return place


class JoiningPage(BesideFigure):
    """Emits `joined` when the folder is a seat of the clinic, `left` to go back to founding one."""

    joined = Signal()
    left = Signal()

    def __init__(self, entrance: Entrance, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(DoorPlate(), _NARROW, parent)
        self._entrance, self._work = entrance, work
        self._form = JoinForm()
        self._stop = Icon("stop", "cinnabar", 16)
        self._problem = Paragraph("", "secondary", "cinnabar", weight=500)
        self._back = Button(_("Back"), "quiet")
        self._join = Button(_("Join the clinic"), "primary", keys="Ctrl+Enter", large=True)
        self._join.setShortcut("Ctrl+Return")
        self._lay_out()
        self._say("")
        self._form.choose.clicked.connect(self._ask_for_file)
        self._back.clicked.connect(self.left.emit)
        self._join.clicked.connect(self._begin)

    def take_focus(self) -> None:
        """Put the keyboard into the first field."""
        self._form.fields["file"].setFocus()

    def recover(self) -> None:
        """A mistake of the program kept the computer from joining: what was entered stays, trying again is possible."""
        self._set_busy(False)

    def _lay_out(self) -> None:
        self.lay_in_the_middle(self._column(), theme().sized(_COLUMN))

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        why = _("An owner makes the file at a computer that works, and reads you its code. After this you sign in with your own password, as there.")
        column.addWidget(Label(_("One more computer"), "secondary", "ink-soft", weight=500))
        column.addWidget(Paragraph(_("Which clinic does this computer join?"), "title"))
        column.addWidget(Paragraph(why, "body", "ink-soft"))
        column.addSpacing(12)
        column.addWidget(self._form)
        problem = QHBoxLayout()
        problem.setSpacing(6)
        problem.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        problem.addWidget(self._problem, 1)
        column.addLayout(problem)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._join)
        column.addLayout(foot)
        return column

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, _("Choose the seat file"), str(Path.home()), _("Seat files (*.pulseseat);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    def _take_file(self, name: str) -> None:
        self._form.fill({"file": name})
        self._form.fields["code"].setFocus()

    def _begin(self) -> None:
        values = self._form.read()
        if values is None:
            return
        self._say("")
        self._set_busy(True)
        self._work.run(partial(self._entrance.join, Path(values["file"]), values["code"]), then=self._done, refused=self._refuse)

    def _done(self, _nothing: object) -> None:
        self._set_busy(False)
        self.joined.emit()

    def _refuse(self, problem: Problem) -> None:
        self._set_busy(False)
        if not self._form.refuse(problem):
            self._say(sentence(problem))

    def _set_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - as a setter
        self._join.setEnabled(not is_busy)
        self._back.setEnabled(not is_busy)
        self._join.set_words(_("Joining …") if is_busy else _("Join the clinic"))
        self._join.setShortcut("Ctrl+Return")

    def _say(self, words: str) -> None:
        self._problem.set_words(words)
        self._problem.setVisible(bool(words))
        self._stop.setVisible(bool(words))
