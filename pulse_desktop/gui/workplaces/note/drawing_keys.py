"""Ctrl+Z and Ctrl+Y while one draws: they take back what was drawn, not what the desk did last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoStack


def is_drawing_key(event: QEvent) -> bool:
    """Undo or redo, in any of the ways people press them. Accept the ShortcutOverride of these, then `take_back`."""
    if not isinstance(event, QKeyEvent):
        return False
    plain_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    return event.matches(undo) or event.matches(redo) or plain_y


def take_back(event: QKeyEvent, stack: QUndoStack) -> None:
    """Do what the key says."""
    if event.matches(QKeySequence.StandardKey.Undo):
        stack.undo()
    else:
        stack.redo()
