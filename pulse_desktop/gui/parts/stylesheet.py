"""The one stylesheet: what Qt's own widgets need to look like ours. `@role@` becomes a colour, `$name$` a measure.

Only widgets of Qt that we use as they are stand here (line edits, scroll bars, menus, tool tips, tables); our own
parts paint themselves. No font sizes: fonts are set as QFont so that figures keep their equal width.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

_TEMPLATE: Final = """
QToolTip { background: @ink@; color: @paper@; border: 1px solid @ink@; padding: 4px 8px; }
QLineEdit, QPlainTextEdit {
    background: @raised@; color: @ink@; border: 1px solid @line-strong@; border-radius: 6px;
    placeholder-text-color: @ink-faint@; padding: 0 7px; selection-background-color: @selection@; selection-color: @selection-ink@;
}
QPlainTextEdit { padding: 1px 3px; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: @jade@; }
QLineEdit[refused="true"], QPlainTextEdit[refused="true"] { border: 2px solid @cinnabar@; padding: 0 6px; }
QPlainTextEdit[refused="true"] { padding: 0 2px; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @disabled@; border-color: @line@; }
QLineEdit[copied="true"], QPlainTextEdit[copied="true"] { color: @ink-faint@; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QAbstractItemView { outline: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @disabled@; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @line-strong@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: @raised@; color: @ink@; border: 1px solid @line@; padding: 4px; }
QMenu::item { padding: 6px 12px; min-height: 20px; border-radius: 4px; }
QMenu::item:selected { background: @selection@; color: @selection-ink@; }
QMenu::item:disabled { color: @disabled@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 0; }
QTableView { background: @raised@; border: none; gridline-color: @line@;
    selection-background-color: @selection@; selection-color: @selection-ink@; }
QHeaderView { background: @raised@; border: none; }
QComboBoxPrivateContainer { background: @raised@; border: 1px solid @line@; }
QComboBox QAbstractItemView { background: @raised@; color: @ink@; border: 1px solid @line@; padding: 4px;
    selection-background-color: @selection@; selection-color: @selection-ink@; }
QComboBox QAbstractItemView::item { min-height: $item$px; padding: 0 4px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: @selection@; color: @selection-ink@; }
QCalendarWidget { background: @raised@; border: 1px solid @line@; }
QCalendarWidget QWidget { alternate-background-color: @raised@; }
QCalendarWidget QAbstractItemView { background: @raised@; selection-background-color: @jade@; selection-color: @jade-on@; }
QCalendarWidget #qt_calendar_navigationbar { background: @raised@; border-bottom: 1px solid @line@; min-height: $item$px; }
QCalendarWidget QToolButton { color: @ink@; background: transparent; border: none; border-radius: 6px; padding: 4px 6px; }
QCalendarWidget QToolButton:hover, QCalendarWidget QToolButton:focus { background: @hover@; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QSpinBox { color: @ink@; background: @raised@; border: 1px solid @line-strong@; border-radius: 6px; }
QProgressBar { background: @sunken@; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @jade@; border-radius: 2px; }
"""
_HOLE: Final = re.compile(r"@([a-z.\-]+)@|\$([a-z]+)\$")


class Look(Protocol):
    """What the stylesheet asks of a Theme."""

    def hex(self, role: str) -> str: ...
    def tall(self, height: int, line: int = 20, lines: int = 1) -> int: ...


def stylesheet(look: Look) -> str:
    """The stylesheet with the colours and measures of `look` filled in."""
    measures = {"item": look.tall(28)}
    return _HOLE.sub(lambda hole: look.hex(hole[1]) if hole[1] else str(measures[hole[2]]), _TEMPLATE)
