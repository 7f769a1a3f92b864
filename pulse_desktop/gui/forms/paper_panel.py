"""A paper on the screen before it leaves: the very bytes that are printed, saved and filed."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.documents.values import Document
from pulse_desktop.gui.forms.fields import ChoiceField
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.parts.page_printing import print_pages, window_printers
from pulse_desktop.gui.parts.pdf_preview import PdfPreview
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.outside import handing_out, printing

LANGUAGES = ("en", "es", "ru", "zh")
_WIDTH = 640


class PaperPanel(SidePanel):
    """Language, printer and pages. Subclasses draw (`_draw`) and hand out (`_give`)."""

    def __init__(self, parts: DeskParts, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, primary=_("Print"), leave=_("Close"), parent=parent)
        self.width_wanted = _WIDTH
        self._parts = parts
        self._document: Document | None = None
        self._language = "en"
        self._saved_as: Path | None = None
        self._languages = Segments([_("English"), _("Spanish"), _("Russian"), _("Chinese")], _("Language of the paper"))
        self._printer = ChoiceField(_("Printer"))
        self._preview = PdfPreview()
        self._preview.bar.hide()
        self._trouble = Paragraph("", "body", "cinnabar", weight=500)
        self._save = Button(_("Save as file"), icon="save", keys="Ctrl+S")
        self._fill_body()
        self._languages.chosen.connect(self._take_language)
        self._save.clicked.connect(self._ask_where)
        QShortcut(QKeySequence("Ctrl+S"), self, self._ask_where, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._preview.save_asked.connect(self._ask_where)
        self._preview.print_asked.connect(self._print)
        self.confirmed.connect(self._print)
        self.say_primary(_("Print"), enabled=False)
        parts.work.run(_known_printers, then=self._show_printers)

    def focus_first(self) -> None:
        """Enter prints, or saves where there is no printer."""
        (self.primary if self.primary.isEnabled() else self._save).setFocus()

    def _fill_body(self) -> None:
        self.footer.insertWidget(1, self._save)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._languages)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._printer)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._preview, 1)
        self._trouble.hide()
        self.let_body_fill()
        self._preview.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._preview.setMinimumHeight(240)  # it takes what is left, so that one bar scrolls and not two

    def _take_language(self, at: int) -> None:
        self._language = LANGUAGES[at]
        self._draw(self._language)

    def _begin_in(self, language: str) -> None:
        """Draw the paper in the patient's language, English if there is no paper in it."""
        self._language = language if language in LANGUAGES else LANGUAGES[0]
        at = LANGUAGES.index(self._language)
        if self._languages.current == at:
            self._draw(self._language)
        else:
            self._languages.choose(at)

    def _draw(self, language: str) -> None:
        """Draw the paper in `language` and answer to `_show`."""

    def _is_choosing(self) -> bool:
        """The keyboard is where something about the paper is chosen, and stays there."""
        return False

    def _give(self, document: Document, deliver: handing_out.Deliver, how: str) -> None:
        """Hand `document` out through `deliver`; answer to `_given` or `_failed`."""

    def _show(self, document: Document) -> None:
        self._document = document
        self._trouble.hide()
        self._preview.show_document(document.pdf, document.title)
        self._preview.fit_width()
        self._say_printer()
        if self.isVisible() and not self._is_choosing():
            self.focus_first()

    def _show_printers(self, names: tuple[str, ...]) -> None:
        self._printer.show_choices([(name, name) for name in names])
        self._printer.setVisible(bool(names))
        self._say_printer()

    def _say_printer(self) -> None:
        pages = self._document.pages if self._document else 0
        has_printer = bool(self._printer.value())
        words = _("Print {pages} page") if pages == 1 else _("Print {pages} pages")
        self.say_primary(words.format(pages=pages) if pages else _("Print"), enabled=bool(pages) and has_printer)
        if pages and not has_printer and not self._printer.isVisible():
            self._complain(_("No printer is set up on this computer. The paper can be saved as a file."))

    def _print(self) -> None:
        if self._document is None or not self._printer.value():
            return
        self.primary.setEnabled(False)
        self._saved_as = None
        name = str(self._printer.value())
        deliver = handing_out.to_printer(name) if sys.platform != "win32" else partial(_print_in_window, name)
        self._give(self._document, deliver, handing_out.PAPER)

    def _ask_where(self) -> None:
        if self._document is None:
            return
        dialog = QFileDialog(self, _("Save the paper"), str(Path.home() / self._document.file_name), _("PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")  # a name written without it would be a file that no double click opens
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    def _save_to(self, name: str) -> None:
        if self._document is not None:
            self._saved_as = Path(name)
            self._give(self._document, handing_out.to_file(self._saved_as), handing_out.FILE)

    def _given(self, words: str) -> None:
        self.has_draft = False
        if self._saved_as is not None:
            words = _("{words}, saved as {file} in {folder}").format(words=words, file=self._saved_as.name, folder=self._saved_as.parent.name)
        self._parts.toast(words)
        self.close()

    def _failed(self, problem: Problem) -> None:
        self._say_printer()
        self._parts.sentence(problem, self._complain)

    def _complain(self, words: str) -> None:
        self._trouble.set_words(words)
        self._trouble.show()


def _known_printers() -> tuple[str, ...]:
    if sys.platform == "win32":
        return window_printers()
    return tuple(printer.name for printer in printing.printers())


def _print_in_window(name: str, document: Document) -> None:
    print_pages(document.pdf, name, document.title)
