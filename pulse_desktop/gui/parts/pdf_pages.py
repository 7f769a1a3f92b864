"""Pages of a PDF as images, by PDFium. The very bytes that are printed are what is shown."""

from __future__ import annotations

from typing import Final

import pypdfium2
from PySide6.QtGui import QImage

POINTS_AN_INCH: Final = 72


class PdfPages:
    """An open PDF. PDFium is not made for several threads: use it on the GUI thread only (a page takes some 7 ms)."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page (from 0) in points."""
        width, height = self._document.get_page_size(number)
        return float(width), float(height)

    def image(self, number: int, dots_per_inch: float) -> QImage:
        """A page on white."""
        page = self._document[number]
        bitmap = page.render(scale=dots_per_inch / POINTS_AN_INCH, fill_color=(255, 255, 255, 255))
        shown = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888).copy()
        bitmap.close()
        page.close()
        return shown

    def words(self, number: int) -> str:
        """The text of a page, for screen readers."""
        page = self._document[number]
        text = page.get_textpage()
        found = str(text.get_text_range())
        text.close()
        page.close()
        return found

    def close(self) -> None:
        """Let the document go."""
        self._document.close()
