"""A list of proposals under the field somebody types in: it never takes the keyboard, and typing goes on beside it.

The field hands it the keys (`takes`): Down and Up choose a row, Enter and Tab take the chosen one, Alt+F stars it, Esc closes the
list. Without a chosen row every key but these stays the field's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme

_PAD: Final = 8
_ROW: Final = 28
_STAR: Final = 16
_WIDEST: Final = 560
_NARROWEST: Final = 320
STAR_KEYS: Final = "Alt+F"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row: `key` is told when it is taken, `lead` stands out, `text` explains. `is_starred` None has no star at all."""

    key: str
    lead: str
    text: str
    is_starred: bool | None = None


def is_star_key(event: QKeyEvent) -> bool:
    """Alt+F, whatever the letter's case."""
    return event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.AltModifier


class Proposals(QWidget):
    """Floats over the window under its field. `taken` and `starred` tell the key of a row."""

    taken = Signal(str)
    starred = Signal(str)

    def __init__(self, field: QWidget, name: str) -> None:
        super().__init__(field)
        self._field, self._foot = field, ""
        self.rows: tuple[Proposal, ...] = ()
        self.current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setProperty("floats", "true")
        self.hide()

    def show_rows(self, rows: Sequence[Proposal], foot: str, *, first: bool = False) -> None:
        """Show these, or nothing when there are none; `first` chooses the first row."""
        chosen = self.rows[self.current].key if 0 <= self.current < len(self.rows) and self.isVisible() else ""
        self.rows, self._foot = tuple(rows), foot
        keys = [row.key for row in rows]
        self.current = keys.index(chosen) if chosen in keys else 0 if first and rows else -1
        if not rows:
            self.close_list()
            return
        self._place()
        self.show()
        self.raise_()
        self._say()
        self.update()

    def close_list(self) -> None:
        """Nothing is proposed any more."""
        self.hide()
        self.current = -1
        self._field.setAccessibleDescription("")

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the key was the list's."""
        if not self.isVisible():
            return False
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.current = (self.current + step) % len(self.rows) if self.current >= 0 or step > 0 else len(self.rows) - 1
            self._say()
            self.update()
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        elif self.current < 0:
            return False
        elif is_star_key(event):
            if self.rows[self.current].is_starred is None:
                return False
            self.starred.emit(self.rows[self.current].key)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._take(self.current)
        else:
            return False
        return True

    def wants(self, event: QEvent) -> bool:
        """Whether a key that elsewhere is a shortcut belongs to the open list; accept its ShortcutOverride then."""
        if not self.isVisible() or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        return event.key() == Qt.Key.Key_Escape or is_star_key(event)

    # --- by hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._row_at(event.position().toPoint())
        if at >= 0 and at != self.current:
            self.current = at
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        at = self._row_at(event.position().toPoint())
        if at < 0:
            return
        if self.rows[at].is_starred is not None and event.position().x() < _PAD + theme().icon_side(_STAR) + 4:
            self.current = at
            self.starred.emit(self.rows[at].key)
        else:
            self._take(at)

    # --- how it looks

    def sizeHint(self) -> QSize:
        look = theme()
        widest = max((self._row_width(row) for row in self.rows), default=0.0)
        widest = max(widest, drawing.text_width(self._foot, look.font("secondary")))
        return QSize(min(max(round(widest) + 2 * _PAD + 4, look.sized(_NARROWEST)), look.sized(_WIDEST)), self._row_height * len(self.rows) + self._foot_height + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        drawing.box(painter, QRectF(self.rect()), 6, look.color("raised"), look.color("line-strong"))
        for at, row in enumerate(self.rows):
            self._paint_row(painter, QRectF(1, 1 + at * self._row_height, self.width() - 2, self._row_height), row, is_current=at == self.current)
        if self._foot:
            top = self.height() - self._foot_height - 1
            drawing.box(painter, QRectF(1, top, self.width() - 2, self._foot_height), 5, look.color("paper"))
            place = QRectF(_PAD, top, self.width() - 2 * _PAD, self._foot_height)
            drawing.words(painter, place, self._foot, look.font("secondary"), look.color("ink-soft"))

    def _paint_row(self, painter: QPainter, place: QRectF, row: Proposal, *, is_current: bool) -> None:
        look = theme()
        if is_current:
            drawing.box(painter, place.adjusted(1, 1, -1, 0), 4, look.color("selection"))
        left = place.left() + _PAD
        if row.is_starred is not None:
            side = look.icon_side(_STAR)
            box = QRectF(left, place.top() + (place.height() - side) / 2, side, side)
            look.draw_icon(painter, "star-full" if row.is_starred else "star", "amber" if row.is_starred else "ink-faint", box)
            left += side + 8
        ink = look.color("selection-ink" if is_current else "ink")
        wide = drawing.words(painter, QRectF(left, place.top(), place.right() - left - _PAD, place.height()), row.lead, look.font("body", 600), ink)
        left += max(wide, look.sized(64)) + 8
        rest = QRectF(left, place.top(), place.right() - left - _PAD, place.height())
        drawing.words(painter, rest, row.text, look.font(), look.color("selection-ink" if is_current else "ink-soft"))

    @property
    def _row_height(self) -> int:
        return theme().tall(_ROW)

    @property
    def _foot_height(self) -> int:
        return theme().tall(24, 16) if self._foot else 0

    def _row_width(self, row: Proposal) -> float:
        look = theme()
        star = look.icon_side(_STAR) + 8 if row.is_starred is not None else 0
        return star + max(drawing.text_width(row.lead, look.font("body", 600)), look.sized(64)) + 8 + drawing.text_width(row.text, look.font())

    def _row_at(self, place: QPoint) -> int:
        at = (place.y() - 1) // self._row_height
        return at if 0 <= at < len(self.rows) else -1

    def _place(self) -> None:
        """Under the field, over it where there is no room, and always inside the window."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        size, corner = self.sizeHint(), self._field.mapTo(window, QPoint(0, 0))
        below = corner.y() + self._field.height() + 2
        top = below if below + size.height() <= window.height() else max(corner.y() - size.height() - 2, 0)
        self.setGeometry(max(min(corner.x(), window.width() - size.width() - 4), 4), top, size.width(), size.height())

    def _take(self, at: int) -> None:
        key = self.rows[at].key
        self.close_list()
        self.taken.emit(key)

    def _say(self) -> None:
        """The chosen row for the ear, at the field, which keeps the keyboard."""
        if self.current < 0:
            self._field.setAccessibleDescription("")
            return
        row = self.rows[self.current]
        said = [row.lead, row.text, _("favourite") if row.is_starred else ""]
        self._field.setAccessibleDescription(", ".join(part for part in said if part))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._place()
