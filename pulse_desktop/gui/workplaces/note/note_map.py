"""The body map of the note: the part of the house, with the keys and the menu of somebody who draws."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QUndoStack
from PySide6.QtWidgets import QWidget

from pulse_desktop.gui.parts.body_map import BodyMap
from pulse_desktop.gui.workplaces.note.drawing_keys import is_drawing_key, take_back


class NoteMap(BodyMap):
    """`menu_asked` with the cup under the pointer (0: the selected ones) and where to open it."""

    menu_asked = Signal(int, QPoint)
    all_asked = Signal()
    """Ctrl+A."""

    def __init__(self, label: str, undo_stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._undo_stack = undo_stack

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_drawing_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_drawing_key(event):
            take_back(event, self._undo_stack)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The ring that the arrow keys move from site to site is for the keys only."""
        super().mouseReleaseEvent(event)
        self._site = None
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_asked.emit(0, self.mapToGlobal(self.rect().center()))
            return
        for mark in self.picture.cups:
            place = self.point_of(mark.x, mark.y)
            if (place - event.pos().toPointF()).manhattanLength() < 24:
                self.menu_asked.emit(mark.number, event.globalPos())
                return
