"""Saves a signed note as a file that anybody can check without the program (`pulse-desktop verify-note FILE`)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.exporting import SignedFile
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.outside.handing_out import write_whole


class SavesSigned(QObject):
    """Asks where, once the clinic has written down that the note leaves it."""

    def __init__(self, parts: DeskParts, page: QWidget) -> None:
        super().__init__(page)
        self._parts, self._page = parts, page
        self._file = SignedFile("", "")

    def save(self, note_id: int) -> None:
        """Begin with this note."""
        self._parts.work.look(treatment.signed_file, note_id, then=self._ask_where, refused=self._parts.tell)

    def _ask_where(self, file: SignedFile) -> None:
        self._file = file
        dialog = QFileDialog(self._page, _("Save the signed note"), str(Path.home() / file.name), _("Signed notes (*.json)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._write)
        dialog.open()

    def _write(self, name: str) -> None:
        content = self._file.content.encode()
        self._parts.work.run(partial(write_whole, content, Path(name)), then=self._written, refused=self._parts.tell)

    def _written(self, _done: object) -> None:
        self._parts.toast(_("Saved. It holds the whole note: keep it as you would keep the chart."))
