"""Ctrl+K: one field for people, actions, places and openings. Bare letters only search, they never change a visit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Icon
from pulse_desktop.gui.parts.shadow import paint_shadow
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.finding import Finder
from pulse_desktop.gui.shell.navigation import Navigation
from pulse_desktop.gui.shell.palette_list import Entry, EntryList

_WIDTH: Final = 640
_TOP: Final = 96
_TALL: Final = 700
_FIELD: Final = 57
_FOOT: Final = 37


class _Hints(QWidget):
    """The line at the foot: what the keys do here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme().tall(_FOOT, 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), look.color("line"))
        middle, x = (self.height() + 1) / 2, 16.0
        for keys, words in ((("↑", "↓"), _("choose")), (("Tab",), _("open the panel instead"))):
            for key in keys:
                x += drawing.key_hint_width(key)
                drawing.key_hint(painter, x, middle, key)
                x += 4
            place = QRectF(x, 0, self.width() - x, self.height())
            x += drawing.words(painter, place, words, look.font("secondary"), look.color("ink-soft")) + 16
        words = _("bare letters only search, they never change a visit")
        place = QRectF(x, 0, self.width() - 16 - x, self.height())
        drawing.words(painter, place, words, look.font("secondary"), look.color("ink-soft"), align=drawing.RIGHT)


class _Card(QWidget):
    """The raised box that holds field, list and hints."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, rect = theme(), QRectF(self.rect())
        drawing.box(QPainter(self), rect, 8, look.color("raised"), look.color("line"))
        painter = QPainter(self)
        painter.fillRect(QRectF(1, theme().tall(_FIELD, 24) - 1, self.width() - 2, 1), look.color("line"))


class _SearchLine(QLineEdit):
    """Its cursor is focus enough: it is the only thing here that takes keys."""

    paints_own_focus = True


class Palette(QWidget):
    """Lies over the whole window until something is chosen or Esc is pressed."""

    def __init__(self, over: QWidget, parts: DeskParts, navigation: Navigation, words: str = "") -> None:
        super().__init__(over.window())
        self._before = QApplication.focusWidget()
        self._field = _SearchLine()
        self._list = EntryList()
        self._card = _Card(self)
        self._finder = Finder(parts, navigation, self)
        self._lay_out()
        self._finder.found.connect(self._show)
        self._field.textChanged.connect(self._finder.find)
        self._list.activated_entry.connect(self._run)
        self._field.installEventFilter(self)
        over.window().installEventFilter(self)
        self.setGeometry(over.window().rect())
        self.setAccessibleName(_("Search people and actions"))
        self.show()
        self.raise_()
        self._field.setFocus()
        self._field.setText(words)
        self._finder.find(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._use_key(event)
        if watched is self.parent() and event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self._leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), theme().color("scrim"))
        paint_shadow(painter, QRectF(self._card.geometry()), 8, "menu")

    # --- how it is laid out

    def _lay_out(self) -> None:
        self._field.setProperty("bare", "true")
        self._field.setFont(theme().font("section", 400))
        self._field.setAccessibleName(_("Search people and actions"))
        self._field.setPlaceholderText(_("A name, a phone number, an action, or “thursday after 5”"))
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(Icon("search", "ink-soft", 20))
        row.addWidget(self._field, 1)
        row.addWidget(_Key("Esc"))
        head = QWidget()
        head.setFixedHeight(theme().tall(_FIELD, 24))
        head.setLayout(row)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._list, 1)
        column.addWidget(_Hints())

    def _place(self) -> None:
        look = theme()
        width = min(look.sized(_WIDTH), self.width() - 32)
        rest = look.tall(_FIELD, 24) + look.tall(_FOOT, 16) + 1
        top = _TOP if self.height() >= _TALL else 24
        height = min(rest + self._list.whole_height(), self.height() - 2 * top)
        self._card.setGeometry(QRect((self.width() - width) // 2, top, width, height))
        self.update()

    # --- what it does

    def _show(self, entries: list[Entry]) -> None:
        self._list.show_entries(entries)
        self._place()

    def _use_key(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._finder.settle_then(self._run_chosen)
        elif key == Qt.Key.Key_Tab:
            self._finder.settle_then(self._run_instead)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif alt and Qt.Key.Key_2 <= key <= Qt.Key.Key_9:
            self._run(self._finder.entry_with_key(f"Alt+{key - Qt.Key.Key_0}"))
        else:
            return False
        return True

    def _run_chosen(self) -> None:
        self._run(self._list.entry)

    def _run_instead(self) -> None:
        entry = self._list.entry
        if entry is not None:
            self._leave()
            call = entry.instead or entry.run
            if call is not None:
                call()

    def _run(self, entry: Entry | None) -> None:
        if entry is not None and entry.run is not None:
            self._leave()
            entry.run()

    def _leave(self) -> None:
        self.window().removeEventFilter(self)
        self._finder.stop()
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()


class _Key(QWidget):
    """A key's name in a quiet box."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setFixedSize(int(drawing.key_hint_width(keys)) + 1, drawing.key_hint_height() + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing.key_hint(QPainter(self), self.width() - 0.5, self.height() / 2, self._keys)
