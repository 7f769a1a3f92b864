"""What every window must keep: whatever takes the keyboard has a name that a screen reader can say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def name_of(widget: QWidget) -> str:
    """The name a screen reader says for `widget`."""
    if widget.accessibleName():
        return widget.accessibleName()  # a drop-down answers Qt with its chosen words instead
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def stops_of(window: QWidget) -> list[QWidget]:
    """What the Tab key reaches in `window`, among what is shown."""
    inside = [window, *window.findChildren(QWidget)]
    return [
        widget for widget in inside if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(window)
    ]


def nameless(window: QWidget) -> list[str]:
    """Descriptions of everything in `window` that takes the keyboard and has no name; must be empty.

    Parts that a control is made of (the line inside a field that stands for it) answer for themselves.
    """
    unnamed = [widget for widget in stops_of(window) if not widget.focusProxy() and not name_of(widget)]
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}" for widget in unnamed
    ]
