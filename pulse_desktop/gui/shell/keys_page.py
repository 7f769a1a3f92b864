"""F1: the keys of this screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.actions import Action, Actions
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.buttons import IconButton
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Label, Rule
from pulse_desktop.gui.parts.theme import theme

_WIDTH: Final = 480
_ROW: Final = 32
_SCROLLS: Final = {
    Qt.Key.Key_Up: QScrollBar.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QScrollBar.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QScrollBar.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QScrollBar.SliderAction.SliderToMaximum,
}
"""The keyboard stays on the cross, so the page itself moves its rows."""


class _KeyBox(QWidget):
    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(keys)
        self.setFixedSize(int(drawing.key_hint_width(keys)) + 2, drawing.key_hint_height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing.key_hint(QPainter(self), self.width() - 1, self.height() / 2, self._keys)


class KeysPage(QWidget):
    """A card over the darkened window; any of Esc, F1 and a click beside it closes it."""

    def __init__(self, over: QWidget, actions: Actions, screen: QWidget) -> None:
        super().__init__(over.window())
        self._before = QApplication.focusWidget()
        self._close = IconButton("close", _("Close the list of keys"))
        self._scroll = QScrollArea()
        self._close.clicked.connect(self._leave)
        self._lay_out(actions.keys_of(screen))
        over.window().installEventFilter(self)
        self._close.installEventFilter(self)
        self.setGeometry(over.window().rect())
        self.setAccessibleName(_("Keys of this screen"))
        self.show()
        self.raise_()
        self._close.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parentWidget():
            self.setGeometry(watched.rect())
        if watched is self._close and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._scrolled(event)  # a button would keep the arrow keys to itself
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F1}:
            self._leave()
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        return True

    def mousePressEvent(self, _event: object) -> None:
        self._leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), theme().color("scrim"))

    def _lay_out(self, found: list[Action]) -> None:
        card = Card(_("Keys of this screen"), action=self._close, radius=8)
        card.setFixedWidth(theme().sized(_WIDTH))
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(0)
        for action in _each_once(found):
            column.addWidget(Rule())
            column.addLayout(_row(action.words, action.keys))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(rows)
        self._scroll.setMinimumHeight(min(rows.sizeHint().height() + 2, 560))
        self._scroll.verticalScrollBar().setSingleStep(theme().tall(_ROW))
        card.body.addWidget(self._scroll)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(2)

    def _scrolled(self, event: QKeyEvent) -> bool:
        way = _SCROLLS.get(Qt.Key(event.key()))
        if way is not None:
            self._scroll.verticalScrollBar().triggerAction(way)
        return way is not None

    def _leave(self) -> None:
        self.window().removeEventFilter(self)
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()


def _each_once(actions: list[Action]) -> list[Action]:
    return list({action.id: action for action in actions}.values())


def _row(words: str, keys: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 4, 0, 4)
    label = Label(words)
    label.setMinimumHeight(theme().tall(_ROW - 8))
    row.addWidget(label, 1)
    row.addWidget(_KeyBox(keys))
    return row
