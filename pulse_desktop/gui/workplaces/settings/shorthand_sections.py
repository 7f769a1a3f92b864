"""A practitioner's own shorthand: phrases, point groups, favourite codes. Nobody sees anybody else's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.practice.values import PracticeData
from pulse_desktop.clinic.treatment.shorthand import (
    CURSOR,
    FavouriteCode,
    GroupDraft,
    Phrase,
    PhraseDraft,
    PointGroup,
    Shorthand,
)
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Paragraph
from pulse_desktop.gui.parts.rows_model import Column
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.section import Section


class OwnSection(Section):
    """Things of whoever is signed in; they can be removed, and what was removed can be taken back."""

    needs = "write_note"
    row_height = 40
    explains: ClassVar[str] = ""
    subject: ClassVar[str] = ""

    def __init__(self, parts: DeskParts, parent: QWidget | None = None) -> None:
        self._own = Shorthand()
        self._remove = Button(_("Remove"))
        super().__init__(parts, parent)
        self._remove.clicked.connect(self._remove_line)
        Follows(self, parts.live, {self.subject}, self._read_news)
        self._read()

    # --- what a subclass says

    def own(self, own: Shorthand) -> Sequence[Any]:  # noqa: ARG002 - said by subclasses
        """What of it the table shows."""
        return ()

    def put_away(self, line: Any, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        """Send that `line` is removed."""

    # --- what is the same for all

    def lines(self, _data: PracticeData) -> Sequence[Any]:
        return self.own(self._own)

    def above(self) -> QWidget:
        return Paragraph(_(self.explains), "secondary", "ink-soft")

    def read_again(self, saved_id: object) -> None:
        self.form.is_changed = False
        self._read(saved_id)

    def begin_new(self) -> None:
        super().begin_new()
        self._remove.setEnabled(False)

    def _read_news(self) -> None:
        self._read()

    def _read(self, saved_id: object = None) -> None:
        then = partial(self._take, saved_id)
        latest = f"settings {self.key}" if saved_id is None else None  # what was saved is always shown: nothing can be saved until then
        self.parts.work.look(treatment.my_shorthand, then=then, latest=latest, refused=self._refused)

    def _take(self, saved_id: object, own: Shorthand) -> None:
        self._own = own
        if saved_id is not None:
            self._show_saved(saved_id, self.parts.practice.data)
        elif self.line is not None and self.line.id not in {line.id for line in self.own(own)}:
            self.line = None
        self.show_data()
        self._remove.setEnabled(self.line is not None)
        if self.line is None and not self.form.is_changed:
            self.begin_empty()

    def begin_empty(self) -> None:
        """Nothing is there yet: the form is ready for the first, the keyboard stays where it is."""
        self._heading.set_words(_("New {thing}").format(thing=_(self.thing)))
        self.form.fill(self.values(None))

    def _choose(self, line: Any) -> None:
        super()._choose(line)
        self._remove.setEnabled(self.line is not None)

    def _remove_line(self) -> None:
        if self.line is not None:
            self.put_away(self.line, self._removed, self._refused)

    def _removed(self, done: Finished) -> None:
        words = _("{thing} removed").format(thing=_(self.thing).capitalize())
        self.parts.toast(words, done.operation, words)
        self.line = None
        self.form.is_changed = False
        self._read()

    def _editor(self) -> QWidget:
        box = super()._editor()
        self._foot.insertWidget(0, self._remove)
        self._remove.setEnabled(False)
        return box


class PhrasesSection(OwnSection):
    """Abbreviations that become whole sentences in the note."""

    key, title, thing, subject = "phrases", N_("My phrases"), N_("phrase"), "phrase"
    explains = N_("Type the abbreviation and a blank in any text of a note. A | in the text says where the cursor goes then.")

    def columns(self) -> tuple[Column[Any], ...]:
        return (
            Column(_("Abbreviation"), lambda phrase: phrase.short, weight=600),
            Column(_("Text"), lambda phrase: " ".join(phrase.text.split()), stretch=1),
        )

    def own(self, own: Shorthand) -> Sequence[Phrase]:
        return own.phrases

    def name_of(self, line: Phrase) -> str:
        return line.short

    def build(self, form: Form) -> None:
        form.text("short", _("Abbreviation"), required=True, hint=_(".lbp"))
        form.long_text("text", _("Text"), required=True, hint=_("Low back pain since {cursor}, worse sitting").format(cursor=CURSOR))

    def values(self, line: Phrase | None) -> dict[str, Any]:
        return {"short": line.short, "text": line.text} if line else {"short": "", "text": ""}

    def send(self, values: dict[str, Any], line: Phrase | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        draft = PhraseDraft(**values, id=line.id if line else None, version=line.version if line else 0)
        self.parts.work.do(treatment.save_phrase, draft, then=then, refused=refused)

    def put_away(self, line: Phrase, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        self.parts.work.do(treatment.remove_phrase, line.id, then=then, refused=refused)


class GroupsSection(OwnSection):
    """Points that are needled together."""

    key, title, thing, subject = "point_groups", N_("My point groups"), N_("point group"), "point_group"
    explains = N_("Type the name where you add needles, and a side, a technique or a depth behind it if you like.")

    def columns(self) -> tuple[Column[Any], ...]:
        return (Column(_("Group"), lambda group: group.name, weight=600), Column(_("Points"), lambda group: group.points, stretch=1))

    def own(self, own: Shorthand) -> Sequence[PointGroup]:
        return own.groups

    def build(self, form: Form) -> None:
        form.text("name", _("Name"), required=True, hint=_("4 gates"))
        form.text("points", _("Points"), required=True, hint=_("li4 b, lr3 b"))

    def values(self, line: PointGroup | None) -> dict[str, Any]:
        return {"name": line.name, "points": line.points} if line else {"name": "", "points": ""}

    def send(self, values: dict[str, Any], line: PointGroup | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        draft = GroupDraft(**values, id=line.id if line else None, version=line.version if line else 0)
        self.parts.work.do(treatment.save_group, draft, then=then, refused=refused)

    def put_away(self, line: PointGroup, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        self.parts.work.do(treatment.remove_group, line.id, then=then, refused=refused)


class FavouritesSection(OwnSection):
    """Codes that stand first when one types."""

    key, title, thing, subject = "favourite_codes", N_("My favourite codes"), N_("favourite code"), "favourite_code"
    explains = N_("These stand first when a code is typed in a note. There, Alt+F stars the chosen code.")

    def columns(self) -> tuple[Column[Any], ...]:
        return (Column(_("Code"), lambda code: code.code, weight=600), Column(_("Title"), lambda code: code.title or _("not in this release"), stretch=1))

    def own(self, own: Shorthand) -> Sequence[FavouriteCode]:
        return own.favourites

    def name_of(self, line: FavouriteCode) -> str:
        return line.code

    def build(self, form: Form) -> None:
        form.text("code", _("Code"), required=True, hint=_("M54.50"))

    def values(self, line: FavouriteCode | None) -> dict[str, Any]:
        return {"code": line.code if line else ""}

    def send(self, values: dict[str, Any], line: FavouriteCode | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:  # noqa: ARG002 - a code is added, never changed
        self.parts.work.do(treatment.add_favourite, values["code"], then=then, refused=refused)

    def put_away(self, line: FavouriteCode, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        self.parts.work.do(treatment.remove_favourite, line.code, then=then, refused=refused)
