"""Above the foot of the note: the minutes with hands on, why they differ from the clock's, and the units they would allow."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic.treatment.minutes import Measured, corrected, hands_on, measured, proposed_units
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.gui.forms.fields import RefusalLine, TextField
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import IconButton
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.writing import Writing

_MINUTES: Final = 120


class MinutesRow(QWidget):
    """Opened from the foot of the note or by Alt+H; Esc closes it. What is typed counts once it has its reason."""

    closed = Signal()

    def __init__(self, writing: Writing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writing = writing
        self._found: Measured | None = None
        self._room: tuple[datetime | None, datetime | None] = (None, None)
        self.minutes = TextField(_("Face to face, minutes"))
        self.reason = TextField(_("Why not as measured"), hint=_("Stayed and talked, second patient meanwhile"))
        self.units, self.why = Label("", weight=600), Paragraph("", "secondary", "ink-soft")
        self.asked = Label(_("New needles in the further 15 minutes?"), "secondary", "ink-soft", weight=500)
        self.answer = Segments([_("Yes"), _("No")], _("New needles in the further 15 minutes?"))
        self._refusal = RefusalLine()
        self._leave = IconButton("close", _("Close the minutes (Esc)"))
        self._lay_out()
        self.minutes.changed.connect(self._write)
        self.reason.changed.connect(self._write)
        self.answer.chosen.connect(self._say_new)
        self._leave.clicked.connect(self.close_row)
        self.hide()

    def show_visit(self, roomed_at: datetime | None, out_at: datetime | None) -> None:
        """When the patient came into the room and left it."""
        self._room = (roomed_at, out_at)

    def show_draft(self, draft: NoteDraft, now: datetime) -> None:
        """Measure anew, propose anew."""
        self._found = self.measure(draft, now)
        hands = hands_on(draft, self._found)
        self.minutes.edit.setPlaceholderText("" if self._found is None else _("{minutes} measured").format(minutes=self._found.hands))
        units = proposed_units(draft, hands)
        proposal = _("Proposed: {units}").format(units=units.words) if units.codes else _("No unit proposed")
        self.units.set_words(proposal)
        self.why.set_words(units.reason)
        is_asked = units.asks_new_needles or (draft.new_needles is not None and (hands or 0) >= 30 and bool(draft.needles))
        for widget in (self.asked, self.answer):
            widget.setVisible(is_asked and self.isVisible())
        self.answer.choose({True: 0, False: 1, None: -1}[draft.new_needles])

    def measure(self, draft: NoteDraft, now: datetime) -> Measured | None:
        """What the clock says of this visit."""
        return measured(draft, self._room[0], now, self._room[1])

    def open_row(self, now: datetime) -> None:
        """Show it with the keyboard on the minutes."""
        draft = self._writing.draft
        self.show()
        self.minutes.set_value("" if draft.face_to_face_minutes is None else str(draft.face_to_face_minutes))
        self.reason.set_value(draft.face_to_face_reason)
        self._refusal.say("")
        self.show_draft(draft, now)
        self.minutes.edit.setFocus()

    def close_row(self) -> None:
        """Put away; what was typed without its reason is not kept."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        drawing.line(painter, QPointF(0, 0), QPointF(self.width(), 0), look.color("line"))

    def _write(self) -> None:
        """Refused under its field until it can stand; the draft keeps what it had."""
        self._refusal.say("")
        try:
            number, why = corrected(self.minutes.edit.text(), self.reason.edit.text(), self._found)
        except Refusal as problem:
            self._refusal.say(sentence(problem))  # the keyboard stays where one is typing
            return
        self._writing.write(face_to_face_minutes=number, face_to_face_reason=why)

    def _say_new(self, index: int) -> None:
        self._writing.write(new_needles=index == 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        top = Qt.AlignmentFlag.AlignTop
        self.minutes.setFixedWidth(theme().sized(_MINUTES) + 32)
        typed = QVBoxLayout()
        typed.setSpacing(4)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(self.minutes, 0, top)
        fields.addWidget(self.reason, 1, top)
        typed.addLayout(fields)
        typed.addWidget(self._refusal)
        typed.addStretch(1)
        row.addLayout(typed, 3)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.units)
        words.addWidget(self.why)
        row.addLayout(words, 3)
        question = QVBoxLayout()
        question.setSpacing(4)
        question.addWidget(self.asked)
        question.addWidget(self.answer)
        question.addStretch(1)
        row.addLayout(question)
        row.addWidget(self._leave, 0, top)


def minutes_words(draft: NoteDraft, found: Measured | None) -> str:
    """Says "Face to face 24 min, on the table 20 min": hands apart from what stays on by itself."""
    hands = hands_on(draft, found)
    parts = []
    if hands is not None:
        parts.append(_("face to face {minutes} min").format(minutes=hands))
    if found is not None and (found.table or any(cup.on_at for cup in draft.cups) or any(needle.in_at for needle in draft.needles)):
        parts.append(_("on the table {minutes} min").format(minutes=found.table))
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]
