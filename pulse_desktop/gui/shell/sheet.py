"""A question or a message that must be answered before going on, over the darkened window.

    sheet = Sheet(window, Question(_("Book anyway?"), text, yes=_("Book anyway"), no=_("Choose another time")))
    sheet.answered.connect(self._go_on)            # the written reason, "" where none was asked; Esc answers nothing
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.theme import theme

_WIDTH = 440
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Without `yes` it only says something and `no` closes it."""

    title: str
    text: str
    yes: str = ""
    no: str = ""
    needs_reason: bool = False


class Sheet(QWidget):
    """Covers the window; Enter is yes once everything is there, Esc is no."""

    answered = Signal(str)
    closed = Signal()

    def __init__(self, over: QWidget, question: Question) -> None:
        super().__init__(over)
        self._question = question
        self._before = QApplication.focusWidget()
        self._reason = QLineEdit()
        self._yes = Button(question.yes, "primary", keys=_("Enter"))
        self._no = Button(question.no or _("Close"), "plain", keys=_("Esc"))
        self._lay_out()
        self._connect()
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.setAccessibleName(f"{question.title} {question.text}")
        self.show()
        self.raise_()
        self._first().setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key stops here; nothing beneath may hear it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._question.yes:
            self._agree()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        stops: list[QWidget] = [widget for widget in (self._reason, self._no, self._yes) if widget.isVisibleTo(self)]
        stops = [widget for widget in stops if widget.isEnabled()]
        now = next((index for index, widget in enumerate(stops) if widget.hasFocus()), 0)
        stops[(now + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), theme().color("scrim"))

    def _lay_out(self) -> None:
        card = Card(radius=8)
        card.setFixedWidth(min(theme().sized(_WIDTH), 880))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(self._question.title, "section"))
        text = Paragraph(self._question.text)
        width = card.width() - 2 * 24
        text.setMinimumSize(width, text.heightForWidth(width))  # a card is asked for its size before its width is known
        column.addWidget(text)
        self._add_reason(column)
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.addStretch(1)
        row.addWidget(self._no)
        row.addWidget(self._yes)
        column.addLayout(row)
        card.body.addLayout(column)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def _add_reason(self, column: QVBoxLayout) -> None:
        label = Label(_("Reason, kept in the record"), "secondary", "ink-soft", weight=500)
        column.addSpacing(4)
        column.addWidget(label)
        column.addWidget(self._reason)
        self._reason.setFixedHeight(theme().tall(32))
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.setAccessibleName(label.text())
        if not self._question.needs_reason:
            label.hide()
            self._reason.hide()
        if not self._question.yes:
            self._yes.hide()
        self._weigh()

    def _connect(self) -> None:
        self._yes.clicked.connect(self._agree)
        self._no.clicked.connect(self._leave)
        self._reason.textChanged.connect(self._weigh)

    def _weigh(self) -> None:
        self._yes.setEnabled(not self._question.needs_reason or bool(self._reason.text().strip()))

    def _first(self) -> QWidget:
        return self._reason if self._question.needs_reason else self._no

    def _agree(self) -> None:
        if self._yes.isEnabled():
            self._go()
            self.answered.emit(self._reason.text().strip())

    def _leave(self) -> None:
        self._go()
        self.closed.emit()

    def _go(self) -> None:
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()
