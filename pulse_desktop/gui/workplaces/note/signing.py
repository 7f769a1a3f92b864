"""The signature: a sheet over the window that asks for the password, proves it away from the window, then signs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.work import Work

_WIDTH = 440
Prove = Callable[[str], bool]


class PasswordSheet(QWidget):
    """`proved` once the password is right; Esc and "Not yet" close it and nothing is signed."""

    proved = Signal()
    closed = Signal()

    def __init__(self, over: QWidget, work: Work, prove: Prove, title: str, text: str, yes: str) -> None:
        super().__init__(over)
        self._work, self._prove = work, prove
        self._before = QApplication.focusWidget()
        self.password = TextField(_("Your password"), secret=True, large=True)
        self.yes = Button(yes, "primary", icon="signature", keys=_("Enter"), large=True)
        self.no = Button(_("Not yet"), keys=_("Esc"), large=True)
        self._lay_out(title, text)
        self.yes.clicked.connect(self._try)
        self.no.clicked.connect(self._leave)
        self.password.edit.returnPressed.connect(self._try)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.setAccessibleName(f"{title} {text}")
        self.show()
        self.raise_()
        self.password.edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key stops here; nothing beneath may hear it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        stops: list[QWidget] = [self.password.edit, self.no, self.yes]
        usable = [widget for widget in stops if widget.isEnabled()]
        now = next((at for at, widget in enumerate(usable) if widget.hasFocus()), 0)
        usable[(now + (1 if forward else -1)) % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), theme().color("scrim"))

    def _lay_out(self, title: str, text: str) -> None:
        card = Card(radius=8)
        card.setFixedWidth(min(theme().sized(_WIDTH), 880))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "section"))
        column.addWidget(_wrapped(text))
        column.addSpacing(4)
        column.addWidget(self.password)
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addLayout(row)
        card.body.addLayout(column)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def _try(self) -> None:
        if not self.yes.isEnabled():
            return
        if not self.password.edit.text():
            self.password.refuse(_("Type the password you sign in with."))
            return
        self.yes.setEnabled(False)
        self._work.run(_Proof(self._prove, self.password.edit.text()), then=self._judge, refused=self._refuse)

    def _judge(self, is_right: object) -> None:
        self.yes.setEnabled(True)
        if is_right:
            self._go()
            self.proved.emit()
        else:
            self.password.edit.selectAll()
            self.password.refuse(_("That is not your password. Nothing was signed; the draft is kept."))

    def _refuse(self, problem: Problem) -> None:
        self.yes.setEnabled(True)
        self.password.refuse(sentence(problem))

    def _leave(self) -> None:
        self._go()
        self.closed.emit()

    def _go(self) -> None:
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.edit.clear()
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()


def _wrapped(text: str) -> Paragraph:
    """Words as wide as the card leaves, and as tall as they are then."""
    words, width = Paragraph(text), min(theme().sized(_WIDTH), 880) - 2 * 24 - 2
    words.setFixedWidth(width)
    words.setMinimumHeight(words.heightForWidth(width))
    return words


class _Proof:
    """Tries a password on another thread: it takes up to a second on purpose."""

    def __init__(self, prove: Prove, password: str) -> None:
        self._prove, self._password = prove, password

    def __call__(self) -> bool:
        return self._prove(self._password)
