"""A table of our own look over a RowsModel.

    table = Table(model, row=40, label="Packages")       # rows 36 (lists), 40 (with controls), 52 (two lines)
    table.chosen.connect(self._show_package)             # the line that became current, or None
    table.opened.connect(self._open_patient)             # Enter or double click
    Table(model, row=36, whole=True)                     # as tall as its rows: inside a card

Horizontal lines only; hover and the chosen row have their grounds. Typed letters do nothing here: they search.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.chips import chip_height, chip_width, draw_chip
from pulse_desktop.gui.parts.rows_model import LINE_ROLE, Column, RowsModel
from pulse_desktop.gui.parts.theme import theme

_HEAD: Final = 32
_NARROWEST: Final = 120
"""A column that stretches keeps this much, before the others give way."""
_BAR: Final = (104, 8)
_MEASURED_ROWS: Final = 200
_TWO_LINES: Final = 52
_CORNER: Final = 5


class Table(QTableView):
    """Rows of frozen lines; one row is chosen, with keys or the mouse."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        model: RowsModel[Any],
        *,
        label: str,
        row: int = 36,
        padding: int = 12,
        whole: bool = False,
        headed: bool = True,
        selectable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`padding` left and right in a cell, `whole`: never scrolls, `selectable`: rows can be chosen."""
        super().__init__(parent)
        self.rows: RowsModel[Any] = model
        self.padding, self._row, self._whole = padding, row, whole
        self.hovered = -1
        self._kept: Hashable | None = None
        self.setAccessibleName(label)
        self._set_up(selectable=selectable, headed=headed)
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.doubleClicked.connect(self._open)
        model.modelAboutToBeReset.connect(self._keep_key)
        model.modelReset.connect(self._find_key)
        model.dataChanged.connect(self._fit_columns)
        self._fit()

    @property
    def current_line(self) -> Any | None:
        """The chosen line."""
        index = self.currentIndex()
        return index.data(LINE_ROLE) if index.isValid() else None

    def choose(self, key: Hashable) -> None:
        """Choose the row with `key`, if it is shown."""
        row = self.rows.row_of(key)
        if row >= 0:
            self.selectRow(row)
            self.setCurrentIndex(self.rows.index(row, 0))

    def keyboardSearch(self, _text: str) -> None:
        """Bare letters search for people; they never choose a row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        if event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        if self._whole:
            self._round_corners()

    def _round_corners(self) -> None:
        """A table that fills its card leaves the card's corners free."""
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._fit()

    def sizeHint(self) -> QSize:
        if self._whole:
            return QSize(super().sizeHint().width(), self._whole_height())
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        height = self._whole_height() if self._whole else theme().tall(_HEAD) + 2 * self._row
        return QSize(theme().sized(160), height)

    def _set_up(self, *, selectable: bool, headed: bool) -> None:
        self.setItemDelegate(_Cells(self))
        head = _Head(self)
        self.setHorizontalHeader(head)
        head.setVisible(headed)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode.SingleSelection
        self.setSelectionMode(mode if selectable else QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if selectable else Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if self._whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _fit(self) -> None:
        lines = 2 if self._row >= _TWO_LINES else 1
        self.verticalHeader().setDefaultSectionSize(theme().tall(self._row, 18, lines))
        self.horizontalHeader().setFixedHeight(theme().tall(_HEAD, 16))
        self._fit_columns()
        self.updateGeometry()

    def _fit_columns(self) -> None:
        columns = self.rows.columns
        widths = [self._content_width(number, column) for number, column in enumerate(columns)]
        least = theme().sized(_NARROWEST)
        lows = [min(width, least) if column.stretch else width for width, column in zip(widths, columns, strict=True)]
        room = self.viewport().width()
        if sum(lows) > room:  # the widest give way first; what they hold ends in an ellipsis
            widths = _levelled(lows, room)
        spare = room - sum(widths)
        shares = sum(column.stretch for column in columns)
        for number, column in enumerate(columns):
            extra = spare * column.stretch // shares if shares else (spare if number == 0 else 0)
            self.setColumnWidth(number, max(widths[number] + extra, theme().sized(40)))

    def _content_width(self, number: int, column: Column[Any]) -> int:
        look = theme()
        ends = (10 if number in {0, len(self.rows.columns) - 1} else 0) if self.padding < 12 else 0
        widest = drawing.text_width(column.title, look.font("secondary", 500))
        strong, soft = look.font("body", 600), look.font("secondary")
        for line in self.rows.lines[:_MEASURED_ROWS]:
            widest = max(widest, _cell_width(column, line, strong, soft))
        return round(widest) + 2 * self.padding + ends + 2

    def _whole_height(self) -> int:
        head = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().height()
        return int(head + self.rows.rowCount() * self.verticalHeader().defaultSectionSize())

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _tell_chosen(self, current: QModelIndex) -> None:
        self.chosen.emit(current.data(LINE_ROLE) if current.isValid() else None)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(LINE_ROLE))

    def _keep_key(self) -> None:
        self._kept = self.rows.key_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def _find_key(self) -> None:
        self._fit()
        if self._kept is not None:
            self.choose(self._kept)


def _levelled(widths: list[int], room: int) -> list[int]:
    """The widths with the widest cut down to one measure, so that together they fill `room`."""
    narrow = sorted(widths)
    for number, width in enumerate(narrow):
        level = (room - sum(narrow[:number])) // (len(narrow) - number)
        if level <= width:
            return [min(wide, max(level, 0)) for wide in widths]
    return widths


class _Head(QHeaderView):
    """32 px of soft words with a line below."""

    def __init__(self, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = theme()
        column = self._table.rows.columns[section]
        painter.fillRect(rect, look.color("raised"))
        drawing.line(
            painter, QPointF(rect.left(), rect.bottom()), QPointF(rect.right() + 1, rect.bottom()), look.color("line")
        )
        inner = QRectF(rect).adjusted(*_insets(self._table, section))
        align = drawing.RIGHT if column.align == "right" else drawing.LEFT
        font = look.font("secondary", 500)
        drawing.words(painter, inner, column.title, font, look.color("ink-soft"), align=align)


class _Cells(QStyledItemDelegate):
    """Paints one cell."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, table = theme(), self._table
        rect: QRect = option.rect
        is_chosen = table.selectionModel().isRowSelected(index.row(), QModelIndex())
        ground = "selection" if is_chosen else "hover" if table.hovered == index.row() else "raised"
        painter.fillRect(rect, look.color(ground))
        if index.row() < table.rows.rowCount() - 1:
            bottom = rect.bottom()
            drawing.line(painter, QPointF(rect.left(), bottom), QPointF(rect.right() + 1, bottom), look.color("line"))
        column: Column[Any] = table.rows.columns[index.column()]
        inner = QRectF(rect).adjusted(*_insets(table, index.column()))
        _paint_cell(painter, inner, column, index.data(LINE_ROLE), is_chosen=is_chosen)


def _insets(table: Table, section: int) -> tuple[int, int, int, int]:
    first, last = section == 0, section == len(table.rows.columns) - 1
    outer = 16 if table.padding < 12 else table.padding
    return (outer if first else table.padding, 0, -(outer if last else table.padding), -1)


def _paint_cell(painter: QPainter, rect: QRectF, column: Column[Any], line: Any, *, is_chosen: bool) -> None:
    look = theme()
    chip = column.chip(line) if column.chip else None
    if chip is not None:
        width = min(chip_width(chip), rect.width())
        left = rect.right() - width if column.align == "right" else rect.left()
        top = round(rect.center().y() - chip_height() / 2)
        draw_chip(painter, QRectF(left, top, width, chip_height()), chip)
        return
    wanted = column.ink(line) if callable(column.ink) else column.ink
    role = "selection-ink" if is_chosen and (wanted.startswith("ink") or look.is_high_contrast) else wanted
    rect = _paint_before(painter, rect, column, line, role)
    align = drawing.RIGHT if column.align == "right" else drawing.LEFT
    detail = column.detail(line) if column.detail else ""
    font = look.font("body", column.weight(line) if callable(column.weight) else column.weight)
    if not detail:
        drawing.words(painter, rect, column.text(line), font, look.color(role), align=align)
        return
    top = round(rect.center().y() - (look.line() + look.line("secondary")) / 2)
    upper = QRectF(rect.left(), top, rect.width(), look.line())
    lower = QRectF(rect.left(), top + look.line(), rect.width(), look.line("secondary"))
    drawing.words(painter, upper, column.text(line), font, look.color(role), align=align)
    soft = "selection-ink" if is_chosen else "ink-soft"
    drawing.words(painter, lower, detail, look.font("secondary"), look.color(soft), align=align)


def _paint_before(painter: QPainter, rect: QRectF, column: Column[Any], line: Any, role: str) -> QRectF:
    """Draws the bar or icon before the words; returns the room that is left."""
    look = theme()
    if column.bar is not None:
        width, height = _BAR
        place = QRectF(rect.left(), round(rect.center().y() - height / 2), width, height)
        drawing.box(painter, place, 2, look.color("sunken"), look.color("line"))
        share = min(max(column.bar(line), 0.0), 1.0)
        if share:
            drawing.box(
                painter, QRectF(place.topLeft(), QSize(round(width * share), height).toSizeF()), 2, look.color(role)
            )
        return rect.adjusted(width + 8, 0, 0, 0)
    icon = column.icon(line) if column.icon else ""
    if icon:
        side = look.icon_side(18)
        look.draw_icon(painter, icon, role, QRectF(rect.left(), round(rect.center().y() - side / 2), side, side))
        return rect.adjusted(side + 8, 0, 0, 0)
    return rect


def _cell_width(column: Column[Any], line: Any, strong: QFont, soft: QFont) -> float:
    chip = column.chip(line) if column.chip else None
    if chip is not None:
        return float(chip_width(chip))
    width = drawing.text_width(column.text(line), strong)
    if column.detail is not None:
        width = max(width, drawing.text_width(column.detail(line), soft))
    if column.bar is not None:
        width += _BAR[0] + 8
    if column.icon is not None:
        width += theme().icon_side(18) + 8
    return width


__all__ = ["Column", "RowsModel", "Table"]
