"""A PDF on the screen: pages to scroll through, larger and smaller, Print and Save as signals.

    preview = PdfPreview()
    preview.show_document(document.pdf, "Aftercare, María Alvarez")
    preview.print_asked.connect(self._print); preview.save_asked.connect(self._save); preview.closed.connect(...)

Ctrl+P prints, Ctrl+S saves, Ctrl++ and Ctrl+- zoom, Esc closes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.bars import ToolRow
from pulse_desktop.gui.parts.buttons import Button, IconButton
from pulse_desktop.gui.parts.pdf_pages import POINTS_AN_INCH, PdfPages
from pulse_desktop.gui.parts.theme import theme

_SCREEN_DPI: Final = 96
_STEP: Final = 1.2
_SMALLEST: Final = 0.4
_LARGEST: Final = 4.0
_WORDS_SAID: Final = 2000


class PdfPage(QWidget):
    """One page; drawn when it is first seen at a size."""

    def __init__(self, pages: PdfPages, number: int) -> None:
        super().__init__()
        self._pages, self._number, self._zoom = pages, number, 1.0
        self._shown: tuple[float, QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Page {number} of {count}").format(number=number + 1, count=len(pages)))
        self.setAccessibleDescription(pages.words(number)[:_WORDS_SAID])
        self.zoom_to(1.0)

    focus_radius = 0

    def zoom_to(self, zoom: float) -> None:
        """Show at `zoom` (1.0 is 96 dots an inch)."""
        self._zoom = zoom
        width, height = self._pages.size(self._number)
        pixels = zoom * _SCREEN_DPI / POINTS_AN_INCH
        self.setFixedSize(round(width * pixels), round(height * pixels))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap())
        frame = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(theme().color("line"))
        painter.drawRect(frame)

    def _pixmap(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        sharpness = self._zoom * ratio
        if self._shown is None or self._shown[0] != sharpness:
            pixmap = QPixmap.fromImage(self._pages.image(self._number, _SCREEN_DPI * sharpness))
            pixmap.setDevicePixelRatio(ratio)
            self._shown = (sharpness, pixmap)
        return self._shown[1]


class PdfPreview(QWidget):
    """Tool row and pages; see the module's docstring."""

    print_asked = Signal()
    save_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._sheets: list[PdfPage] = []
        self._zoom = 1.0
        self.bar = ToolRow()
        smaller = IconButton("zoom-out", _("Smaller"))
        larger = IconButton("zoom-in", _("Larger"))
        self.save_button = Button(_("Save as file"), icon="save", keys="Ctrl+S")
        self.print_button = Button(_("Print"), "primary", icon="print", keys="Ctrl+P")
        close = IconButton("close", _("Close the preview"))
        for widget in (smaller, larger, self.save_button, self.print_button, close):
            self.bar.add(widget)
        smaller.clicked.connect(self.zoom_out)
        larger.clicked.connect(self.zoom_in)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(self.print_asked)
        close.clicked.connect(self.closed)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._scroller, 1)

    @property
    def page_count(self) -> int:
        return len(self._sheets)

    def show_document(self, pdf: bytes, title: str) -> None:
        """Show these bytes."""
        if self._pages is not None:
            self.destroyed.disconnect(self._pages.close)
            self._pages.close()
        self._pages = PdfPages(pdf)
        self.destroyed.connect(self._pages.close)  # the document goes with the preview, not when Python gets round to it
        count = len(self._pages)
        self.bar.set_title(title, _("{count} pages").format(count=count) if count > 1 else "")
        self.setAccessibleName(title)
        stack = QWidget()
        column = QVBoxLayout(stack)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        self._sheets = [PdfPage(self._pages, number) for number in range(count)]
        for sheet in self._sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._scroller.setWidget(stack)
        self._zoom_to(self._zoom)

    def zoom_in(self) -> None:
        self._zoom_to(self._zoom * _STEP)

    def zoom_out(self) -> None:
        self._zoom_to(self._zoom / _STEP)

    def fit_width(self) -> None:
        """Show the first page as wide as there is room."""
        if self._pages is not None:
            width = self._pages.size(0)[0] * _SCREEN_DPI / POINTS_AN_INCH
            bar = self._scroller.verticalScrollBar().sizeHint().width()  # it comes with the pages, and must not cover them
            self._zoom_to((self._scroller.width() - bar - 48) / width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif ctrl and key == Qt.Key.Key_P:
            self.print_asked.emit()
        elif ctrl and key == Qt.Key.Key_S:
            self.save_asked.emit()
        elif ctrl and key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif ctrl and key == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            self._scroll(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(self._zoom * _STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, 700)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("sunken"))

    def _scroll(self, event: QKeyEvent) -> None:
        bar = self._scroller.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep() * 3,
            Qt.Key.Key_Up: -bar.singleStep() * 3,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        bar.setValue(bar.value() + step)

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = min(max(zoom, _SMALLEST), _LARGEST)
        for sheet in self._sheets:
            sheet.zoom_to(self._zoom)
