"""Printing where there is no CUPS (Windows): the pages of a document are drawn on the printer by Qt."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.gui.parts.pdf_pages import PdfPages

_DPI = 300


def window_printers() -> tuple[str, ...]:
    """The printers Qt knows, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name)))


def print_pages(pdf: bytes, printer: str, title: str) -> None:
    """Draws every page at 300 dots an inch. Raises Trouble("print_refused")."""
    device = QPrinter(QPrinterInfo.printerInfo(printer), QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    device.setFullPage(True)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    painter = QPainter()
    if not painter.begin(device):
        raise Trouble("print_refused")
    pages = PdfPages(pdf)
    try:
        for number in range(len(pages)):
            if number and not device.newPage():
                raise Trouble("print_refused")
            painter.drawImage(QRect(0, 0, device.width(), device.height()), pages.image(number, _DPI))
    finally:
        pages.close()
        painter.end()
