"""The safety questions as one list under group headings; Enter or a click answers yes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas import Condition
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.patient_file.condition_words import asked_conditions, fits

_ROW, _HEAD = 52, 32
_KEY: Final = Qt.ItemDataRole.UserRole
_QUESTION: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class QuestionList(QListWidget):
    """`answered(key)` tells a yes."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Safety questions"))
        self.setItemDelegate(_QuestionPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.itemClicked.connect(self._answer)
        self.found = 0

    def show_questions(self, words: str, without: Collection[str]) -> None:
        """Those that fit `words`, without the keys that were answered yes."""
        self.clear()
        self.found = 0
        for heading, conditions in asked_conditions():
            shown = [one for one in conditions if one.key not in without and fits(one, words)]
            if shown:
                self._add_heading(heading)
            for condition in shown:
                self._add_question(condition)
        self._fit()

    def step_in(self) -> None:
        """The keyboard comes to the first question."""
        self.setFocus()
        self.setCurrentRow(1 if self.count() > 1 else -1)

    def answer_first(self) -> None:
        """Enter in the search field: yes to the first that fits."""
        if self.found:
            self._answer(self.item(1))

    def keyboardSearch(self, _text: str) -> None:
        """Letters belong to the search field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            if self.currentItem() is not None:
                self._answer(self.currentItem())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _add_question(self, condition: Condition) -> None:
        item = QListWidgetItem(condition.label.en)
        item.setData(_KEY, condition.key)
        item.setData(_QUESTION, condition.question.en)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{condition.label.en}. {condition.question.en}")
        item.setToolTip(condition.action)
        self.addItem(item)
        self.found += 1

    def _answer(self, item: QListWidgetItem) -> None:
        if key := item.data(_KEY):
            self.answered.emit(key)

    def _fit(self) -> None:
        tall = sum(_height(self.item(row).data(_KEY)) for row in range(self.count()))
        self.setFixedHeight(max(tall, 1))


class _QuestionPainter(QStyledItemDelegate):
    def __init__(self, view: QuestionList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, _height(index.data(_KEY)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme(), QRectF(option.rect)
        if not index.data(_KEY):
            place = rect.adjusted(0, 8, 0, 0)
            drawing.words(painter, place, index.data(), look.font("secondary", 600), look.color("ink-soft"))
            return
        is_on = self._view.hasFocus() and self._view.currentRow() == index.row()
        is_under = bool(option.state & option.state.State_MouseOver)
        if is_on or is_under:
            drawing.box(painter, rect.adjusted(0, 1, 0, -1), 4, look.color("selection" if is_on else "hover"))
        drawing.line(painter, rect.bottomLeft(), rect.bottomRight(), look.color("line"))
        side = look.sized(18)
        look.draw_icon(painter, "add", "jade", QRectF(4, round(rect.center().y() - side / 2), side, side))
        left = side + 12
        ink = look.color("selection-ink" if is_on else "ink")
        soft = look.color("selection-ink" if is_on else "ink-soft")
        top = rect.center().y() - (look.line() + look.line("secondary")) / 2
        drawing.words(painter, QRectF(left, top, rect.width() - left - 8, look.line()), index.data(), look.font("body", 500), ink)
        place = QRectF(left, top + look.line(), rect.width() - left - 8, look.line("secondary"))
        drawing.words(painter, place, index.data(_QUESTION), look.font("secondary"), soft)


def _height(key: object) -> int:
    return theme().tall(_ROW, 18, 2) if key else theme().tall(_HEAD, 16)
