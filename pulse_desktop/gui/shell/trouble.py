"""When the clinic's folder cannot be used: what happened, whether anything was lost, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.labels import Label, Paragraph


class TroublePage(QWidget):
    """One sentence in the middle and a way out."""

    def __init__(self, title: str, words: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leave = Button(_("Close the program"), "primary", large=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Label(title, "title"), 0, middle)
        for text, ink in ((words, "ink"), (_("Folder: {folder}").format(folder=folder), "ink-soft")):
            paragraph = Paragraph(text, "body", ink, align=middle)
            paragraph.setFixedWidth(560)
            column.addWidget(paragraph, 0, middle)
        column.addSpacing(16)
        column.addWidget(self._leave, 0, middle)
        column.addStretch(1)
        self._leave.clicked.connect(self._close)

    def take_focus(self) -> None:
        self._leave.setFocus()

    def _close(self) -> None:
        self.window().close()
