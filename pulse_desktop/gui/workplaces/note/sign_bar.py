"""The bar at the foot of the note: when it was saved, what signing waits for, the minutes, the sheet, the signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.treatment import missing_to_sign, missing_words
from pulse_desktop.clinic.treatment.minutes import Measured, with_minutes
from pulse_desktop.clinic.treatment.rules import REQUIRED_AT_FIRST
from pulse_desktop.clinic.treatment.values import NoteDraft, NoteView
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.desk_parts import Practice
from pulse_desktop.gui.parts.labels import Icon, Label, Rule
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.measures import is_large
from pulse_desktop.gui.workplaces.note.minutes_row import minutes_words

HEIGHT: Final = 56
Measure = Callable[[NoteDraft, datetime], Measured | None]


class SignBar(QWidget):
    """`sheet_asked` for the aftercare sheet, `sign_asked` for the signature, `amend_asked` under a signed note,
    `minutes_asked` to correct the minutes."""

    sheet_asked = Signal()
    sign_asked = Signal()
    amend_asked = Signal()
    minutes_asked = Signal()

    def __init__(self, practice: Practice, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice, self._measure = practice, measure
        self.required: tuple[str, ...] = REQUIRED_AT_FIRST
        """The parts this clinic needs; the owner decides."""
        self._state_icon, self._state = Icon("check", "ink-soft", 18), Label("", "body", "ink-soft")
        self._rule = Rule(upright=True)
        self._why_icon, self._why = Icon("info", "amber", 18), Label("", "body", "amber", weight=500)
        self.minutes = Link("", ink="ink-soft")
        self.sheet = Button(_("Aftercare sheet"), icon="print", keys="F9", large=True)
        self.sign = Button(_("Sign note"), icon="signature", large=True)
        self.amend = Button(_("Add to this note"), icon="add", large=True)
        self._lay_out()
        self.sheet.clicked.connect(self.sheet_asked)
        self.sign.clicked.connect(self.sign_asked)
        self.amend.clicked.connect(self.amend_asked)
        self.minutes.clicked.connect(self.minutes_asked)
        self.say_nothing_saved()

    # --- what was saved

    def say_nothing_saved(self) -> None:
        """Nothing was typed yet."""
        self._say("note", "ink-soft", _("Draft, nothing typed yet"))

    def say_saved(self, moment: datetime) -> None:
        """The draft is in the file since `moment`."""
        shown = self._practice.wall(moment)
        said = _("Saved {time}") if is_large() else _("Draft saved {time}")
        self._say("check", "ink-soft", said.format(time=f"{shown.hour % 12 or 12}:{shown:%M:%S}"))

    def say_failing(self, words: str) -> None:
        """A save did not work; it is tried again."""
        self._say("warning", "amber", words)

    def say_away(self) -> None:
        """The clinic's server does not answer; the words lie sealed on this computer."""
        words = _("Not connected. What you type is kept on this computer and saved as soon as the server answers.")
        self.say_failing(_("Not connected. Typing is kept here.") if is_large() else words)

    def say_signed(self, view: NoteView) -> None:
        """The note is signed and stays as it is."""
        signature = view.signature
        if signature is None:
            self._say("info", "ink-soft", _("Draft of {name}, not signed").format(name=view.author))
            return
        if view.state == "in_error":
            self._say("warning", "cinnabar", _("Entered in error"))
        elif signature.is_valid:
            self._say("signature", "jade", _("Signed"))
        else:
            self._say("warning", "cinnabar", _("Signed, and changed behind the program since"))

    def _say(self, icon: str, ink: str, words: str) -> None:
        self._state_icon.show_icon(icon, ink)
        self._state.set_ink(ink)
        self._state.set_words(words)

    # --- what is missing

    def missing(self, draft: NoteDraft, now: datetime) -> tuple[str, ...]:
        """What this clinic needs before signing and the draft has not, as keys; minutes that are measured are there."""
        return missing_to_sign(with_minutes(draft, self._measure(draft, now)), self.required)

    def show_draft(self, draft: NoteDraft, now: datetime) -> None:
        """What signing waits for, in words, and the minutes so far."""
        missing = self.missing(draft, now)
        words = _("To sign: {missing}").format(missing=missing_words(missing)) if missing else _("Ready to sign")
        self._show_why(words, "amber" if missing else "jade", "info" if missing else "done")
        self.sign.set_kind("plain" if missing else "primary")
        self.sign.setEnabled(not missing)
        self.sign.set_words(_("Sign note"), "" if missing else "Ctrl+Enter")
        self.sign.setAccessibleDescription(words if missing else "Ctrl+Enter")
        self.show_minutes(minutes_words(draft, self._measure(draft, now)))

    def show_minutes(self, words: str) -> None:
        """The minutes so far, in words; they lead to where they can be corrected."""
        said = _("Minutes and units") if is_large() and words else words
        self.minutes.set_words(said)
        self.minutes.setAccessibleName(words)
        self.minutes.setAccessibleDescription(_("Correct the minutes, see the units: Alt+H"))
        self.minutes.setVisible(bool(words))

    def show_reading(self, *, may_amend: bool, words: str = "") -> None:
        """A note that is only read: no signing, perhaps an addition."""
        self._show_why(words, "ink-soft", "info")
        self.sign.hide()
        self.amend.setVisible(may_amend)
        self.show_minutes("")

    def show_writing(self) -> None:
        """A draft that is written in."""
        self.sign.show()
        self.amend.hide()

    def _show_why(self, words: str, ink: str, icon: str) -> None:
        self._why.set_words(words)
        self._why.set_ink(ink)
        self._why_icon.show_icon(icon, ink)
        for widget in (self._why, self._why_icon, self._rule):
            widget.setVisible(bool(words))

    # --- how it looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        drawing.line(painter, QPointF(0, 0), QPointF(self.width(), 0), look.color("line"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(12)
        row.addLayout(_pair(self._state_icon, self._state))
        row.addWidget(self._rule)
        row.addLayout(_pair(self._why_icon, self._why), 1)
        row.addWidget(self.minutes)
        row.addWidget(self.sheet)
        row.addWidget(self.amend)
        row.addWidget(self.sign)
        self.amend.hide()
        self.setFixedHeight(theme().tall(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _pair(icon: QWidget, words: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(words, 1)
    return row
