"""The signature: a sheet over the window that asks for the PIN or the password, proves it away from the window, then signs.

The PIN is asked for where one was chosen since signing in here; "Use the password instead" is always there. Beside the
password a PIN may be chosen for the signatures to come.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, ngettext, sentence
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.desk_parts import Pen
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.work import Work

_WIDTH: Final = 440


class ProofSheet(QWidget):
    """`proved` once PIN or password is right; Esc and "Not yet" close it and nothing is signed."""

    proved = Signal()
    closed = Signal()

    def __init__(self, over: QWidget, work: Work, pen: Pen, title: str, text: str, yes: str) -> None:
        super().__init__(over)
        self._work, self._pen = work, pen
        self._before = QApplication.focusWidget()
        self.pin = TextField(_("Your PIN"), secret=True, large=True)
        self.password = TextField(_("Your password"), secret=True, large=True)
        self.new_pin = TextField(_("New PIN, 6 digits or more"), secret=True, large=True)
        self.again = TextField(_("The same PIN again"), secret=True, large=True)
        self.other = Link(_("Use the password instead"))
        self.choose = Link(_("Sign with a PIN from now on"))
        self._about_pin = _wrapped(_("It is good at this seat until you sign out. It is kept nowhere else."))
        self.yes = Button(yes, "primary", icon="signature", keys=_("Enter"), large=True)
        self.no = Button(_("Not yet"), keys=_("Esc"), large=True)
        self._lay_out(title, text)
        self._connect(over)
        self.setGeometry(over.rect())
        self.setAccessibleName(f"{title} {text}")
        self.show()
        self.raise_()
        self._ask_for(by_pin=pen.has_pin)

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
        stops: list[QWidget] = [field.edit for field in self._fields]
        stops += [self.other, self.choose, self.no, self.yes]
        usable = [widget for widget in stops if widget.isEnabled() and widget.isVisibleTo(self)]
        now = next((at for at, widget in enumerate(usable) if widget.hasFocus()), 0)
        usable[(now + (1 if forward else -1)) % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), theme().color("scrim"))

    # --- how it looks

    @property
    def _fields(self) -> tuple[TextField, ...]:
        return self.pin, self.password, self.new_pin, self.again

    def _connect(self, over: QWidget) -> None:
        self.yes.clicked.connect(self._try)
        self.no.clicked.connect(self._leave)
        self.other.clicked.connect(self._ask_for_password)
        self.choose.clicked.connect(self._ask_for_new_pin)
        for field in self._fields:
            field.edit.returnPressed.connect(self._try)
        over.installEventFilter(self)

    def _lay_out(self, title: str, text: str) -> None:
        card = Card(radius=8)
        card.setFixedWidth(min(theme().sized(_WIDTH), 880))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(title, "section"))
        column.addWidget(_wrapped(text))
        column.addSpacing(4)
        for field in self._fields:
            column.addWidget(field)
        column.addWidget(self._about_pin)
        for link in (self.other, self.choose):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
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
        for field in (self.new_pin, self.again):
            field.hide()
        self._about_pin.hide()

    def _ask_for(self, *, by_pin: bool) -> None:
        self.pin.setVisible(by_pin)
        self.other.setVisible(by_pin)
        self.password.setVisible(not by_pin)
        self.choose.setVisible(not by_pin and not self.new_pin.isVisible())
        (self.pin if by_pin else self.password).edit.setFocus()

    def _ask_for_password(self) -> None:
        self._ask_for(by_pin=False)

    def _ask_for_new_pin(self) -> None:
        """Two more fields; the keyboard stays with the first that is empty."""
        for widget in (self.new_pin, self.again, self._about_pin):
            widget.show()
        self.choose.hide()
        (self.new_pin if self.password.edit.text() else self.password).edit.setFocus()

    # --- what it does

    def _try(self) -> None:
        if not self.yes.isEnabled():
            return
        if self.pin.isVisible():
            self._try_pin()
        elif not self.password.edit.text():
            self.password.refuse(_("Type the password you sign in with."))
        elif self.new_pin.isVisible() and self.new_pin.edit.text() != self.again.edit.text():
            self.again.refuse(_("The two PINs differ. Nothing was signed."))
        else:
            self._prove(partial(self._pen.may_sign, self.password.edit.text(), self.new_pin.edit.text()), self._judge)

    def _try_pin(self) -> None:
        if self.pin.edit.text():
            self._prove(partial(self._pen.may_sign_by_pin, self.pin.edit.text()), self._judge_pin)
        else:
            self.pin.refuse(_("Type your PIN, or use the password."))

    def _prove(self, proof: Callable[[], bool], judge: Callable[[object], None]) -> None:
        """On another thread: it takes up to a second on purpose."""
        self.yes.setEnabled(False)
        self._work.run(proof, then=judge, refused=self._refuse)

    def _judge(self, is_right: object) -> None:
        self.yes.setEnabled(True)
        if is_right:
            self._go()
            self.proved.emit()
        else:
            self.password.edit.selectAll()
            self.password.edit.setFocus()
            self.password.refuse(_("That is not your password. Nothing was signed; the draft is kept."))

    def _judge_pin(self, is_right: object) -> None:
        if is_right:
            self._judge(is_right)
            return
        self.yes.setEnabled(True)
        self.pin.edit.clear()
        left = self._pen.pin_tries_left
        if left:
            words = ngettext("That is not your PIN. {count} try is left.", "That is not your PIN. {count} tries are left.", left)
            self.pin.refuse(words.format(count=left))
        else:
            self._ask_for_password()
            self.password.refuse(_("The PIN was wrong five times and is gone. Sign with your password."))

    def _refuse(self, problem: Problem) -> None:
        self.yes.setEnabled(True)
        if problem.field == "pin" and self.new_pin.isVisible():
            self.new_pin.edit.selectAll()
            self.new_pin.edit.setFocus()
            self.new_pin.refuse(sentence(problem))
        elif self.pin.isVisible():
            self.pin.refuse(sentence(problem))
        else:
            self.password.refuse(sentence(problem))

    def _leave(self) -> None:
        self._go()
        self.closed.emit()

    def _go(self) -> None:
        for field in self._fields:
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.edit.clear()
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
