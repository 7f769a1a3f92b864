"""One patient's file: banner, tabs, and the page of the chosen tab.

A page is made when its tab is first chosen, and filled when it is seen.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import boards
from pulse_desktop.clinic.boards.values import PatientFile
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.banner import Banner
from pulse_desktop.gui.parts.bars import Tabs
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.workplaces.patient_file.file_pages import (
    MoneyPage,
    NotesPage,
    PapersPage,
    ScreeningPage,
    VisitsPage,
)
from pulse_desktop.gui.workplaces.patient_file.file_words import banner_view
from pulse_desktop.gui.workplaces.patient_file.progress_page import ProgressPage
from pulse_desktop.gui.workplaces.patient_file.summary import Summary

FOLLOWED: Final = frozenset(
    {
        "patient", "patient_condition", "visit", "visit_service", "note", "aftercare_given", "package", "credit_entry",
        "ledger_entry", "receipt", "outcome_score",
    }
)  # fmt: skip
_TABS: Final = (
    ("summary", N_("Summary"), Summary, ""),
    ("visits", N_("Visits"), VisitsPage, ""),
    ("notes", N_("Notes"), NotesPage, "see_clinical"),
    ("progress", N_("Progress"), ProgressPage, "see_clinical"),
    ("screening", N_("Screening"), ScreeningPage, ""),
    ("papers", N_("Papers"), PapersPage, ""),
    ("money", N_("Money"), MoneyPage, "see_money"),
)
_ALIASES: Final = {"documents": "papers", "account": "money", "packages": "summary", "details": "summary", "": "summary"}

_Page = Summary | VisitsPage | NotesPage | ProgressPage | ScreeningPage | PapersPage | MoneyPage


class FileView(QWidget):
    """Shows one patient at a time; every read of the file is one line in the audit trail. Left and Right turn the tabs."""

    paints_own_focus = True

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.patient_id: int | None = None
        allowed = [tab for tab in _TABS if not tab[3] or parts.may(tab[3])]
        self._keys = [key for key, _title, _make, _needs in allowed]
        self._makers = [make for _key, _title, make, _needs in allowed]
        self._pages: dict[int, _Page] = {}
        self._known: PatientFile | None = None
        self._filled: set[int] = set()
        self._banner = Banner()
        self._tabs = Tabs([_(title) for _key, title, _make, _needs in allowed], _("Parts of the file"))
        self._stack = QStackedWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tabs.chosen.connect(self._turn_to)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget in (self._banner, self._tabs):
            whole.addWidget(widget)
        whole.addWidget(self._stack, 1)
        Follows(self, parts.live, FOLLOWED, self.reload)

    def show_patient(self, patient_id: int, tab: str) -> None:
        """Show a patient; `tab` "" keeps the tab for the same patient and begins with the summary for another."""
        if patient_id != self.patient_id:
            self._banner.hide()
            self._stack.hide()
            self._known = None
        if tab or patient_id != self.patient_id:
            key = _ALIASES.get(tab, tab)
            self._tabs.choose(self._keys.index(key) if key in self._keys else 0)
        self.patient_id = patient_id
        self.reload()

    def take_focus(self) -> None:
        """The keyboard goes to the file as a whole."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers():
            self._tabs.choose(self._tabs.current + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def reload(self) -> None:
        """Ask the clinic anew."""
        if self.patient_id is not None:
            self._parts.work.look(boards.patient_file, self.patient_id, then=self._show, latest="file")

    def _show(self, file: PatientFile) -> None:
        if file.record.id != self.patient_id:
            return
        self._known = file
        self._filled.clear()
        self._banner.show_person(banner_view(file.banner))
        self.setAccessibleName(file.banner.name)
        self._turn_to(self._tabs.current)
        self._banner.show()
        self._stack.show()

    def _turn_to(self, number: int) -> None:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._makers[number](self._parts)
            self._stack.addWidget(page)
        if self._known is not None and number not in self._filled:
            self._filled.add(number)
            page.show_file(self._known)
        self._stack.setCurrentWidget(page)
