"""Signing the note and adding to a signed one: the password first, then the clinic's own answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from pulse_desktop.basics.problems import NeedsConsent, Problem
from pulse_desktop.basics.texts import _, sentence
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import Amendment, SignNote
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.workplaces.note.keeper import Keeper
from pulse_desktop.gui.workplaces.note.licence_words import licence_words
from pulse_desktop.gui.workplaces.note.page import NotePage
from pulse_desktop.gui.workplaces.note.signing import ProofSheet
from pulse_desktop.gui.workplaces.note.sitting import Sitting
from pulse_desktop.gui.workplaces.note.writing import Writing


class Signatures(QObject):
    """Asks for the password and signs; shows what is refused where it belongs."""

    def __init__(self, parts: DeskParts, writing: Writing, keeper: Keeper, sitting: Sitting, page: NotePage) -> None:
        super().__init__(page)
        self._parts, self._writing, self._keeper, self._sitting, self._page = parts, writing, keeper, sitting, page
        page.bar.amend_asked.connect(self._begin_amendment)
        page.amendment.asked.connect(self._ask_amendment)
        page.amendment.left.connect(self._end_amendment)

    def ask(self) -> None:
        """Ask for the password; the note is signed as it stands then."""
        words = _("Text, map and times are locked together and stay as they are. Later you can only add to it.")
        visit, practice = self._sitting.visit, self._parts.practice
        if visit is not None and (warned := licence_words(practice.data, self._parts.person.staff_id, visit.office_id, practice.today())):
            words = f"{words} {warned}"
        self._sheet(_("Sign this note"), words, _("Sign note")).proved.connect(self._sign)

    def _sheet(self, title: str, text: str, yes: str) -> ProofSheet:
        return ProofSheet(self._page.window(), self._parts.work, self._parts.pen, title, text, yes)

    # --- the note

    def _sign(self, consents: frozenset[str] = frozenset()) -> None:
        self._keeper.act(treatment.sign_note, SignNote, then=self._signed, refused=self._not_signed, consents=consents)

    def _not_signed(self, problem: Problem) -> None:
        if isinstance(problem, NeedsConsent):
            self._parts.ask(problem, _("Sign with this reason"), _("Not yet"), self._sign)
            return
        if not (problem.field and self._page.form.put_cursor(problem.field, 0)):
            self._page.bar.say_failing(_("Not signed; the draft is kept"))
        self._parts.tell(problem)

    def _signed(self) -> None:
        self._keeper.close()
        self._writing.is_open = False
        self._parts.toast(_("Note signed"))
        self._sitting.read_note()

    # --- what is added under it

    def _begin_amendment(self) -> None:
        view = self._sitting.note
        if view is not None:
            self._page.amendment.show()
            self._page.amendment.begin(is_author=view.author_id == self._parts.person.staff_id)
            self._page.bar.amend.setEnabled(False)

    def _end_amendment(self) -> None:
        self._page.amendment.hide()
        self._page.bar.amend.setEnabled(True)

    def _ask_amendment(self) -> None:
        if self._amendment() is None:
            return
        words = _("It stands under the note with your name; the note itself stays as it is.")
        self._sheet(_("Sign this addition"), words, _("Sign addition")).proved.connect(self._amend)

    def _amendment(self) -> Amendment | None:
        """What was typed, or None once its field says what is missing."""
        view, form = self._sitting.note, self._page.amendment
        try:
            text, reason, kind = form.text.value(), form.reason.value(), str(form.kind.value())
        except ValueError as problem:
            form.refuse("text", str(problem))
            return None
        if not text and kind != "in_error":
            form.refuse("text", _("Write what is to be added."))
        elif not reason:
            form.refuse("reason", _("Say why, in a few words."))
        elif view is not None:
            return Amendment(view.id, kind, text, reason)
        return None

    def _amend(self) -> None:
        amendment = self._amendment()
        if amendment is not None:
            self._parts.work.do(treatment.amend, amendment, then=self._amended, refused=self._not_amended)

    def _amended(self, _done: Any) -> None:
        self._end_amendment()
        self._parts.toast(_("Added to the note"))
        self._sitting.read_note()

    def _not_amended(self, problem: Problem) -> None:
        self._page.amendment.refuse(problem.field, sentence(problem))
