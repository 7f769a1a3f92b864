"""The worklist: one's own notes that wait for a signature, with what each lacks; for the owner how many everybody has."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import clock_time_full, short_day
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.worklist import Owing, ToSign
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.places import NotePlace, ToSignRequest
from pulse_desktop.gui.parts.rows_model import Column, RowsModel
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.parts.table import Table


class ToSignPanel(SidePanel):
    """The oldest first; Enter opens the note. It stays as true as the file while it is open."""

    def __init__(self, parts: DeskParts, _request: ToSignRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Notes to sign"), primary=_("Open this note"), keys="Enter", leave=_("Close"), wide=True, parent=parent)
        self._parts = parts
        self._mine: RowsModel[ToSign] = RowsModel(
            (Column(_("Visit"), lambda line: line.patient, weight=600, detail=_words, stretch=1), Column("", lambda _line: "", chip=_chip)),
            key=lambda line: line.visit_id, parent=self,
        )  # fmt: skip
        self._all: RowsModel[Owing] = RowsModel(
            (Column(_("Practitioner"), lambda line: line.name, weight=600, detail=_owing_words, stretch=1),),
            key=lambda line: line.staff_id, parent=self,
        )  # fmt: skip
        self.table = Table(self._mine, row=52, label=_("Notes to sign"), whole=True, headed=False)
        self.everybody = Table(self._all, row=52, label=_("Everybody’s notes to sign"), whole=True, headed=False, selectable=False)
        self._nothing = Paragraph("", "body", "ink-soft")
        self._nothing.set_words(_("Every note is signed. A visit that was treated stands here, oldest first, until its note is signed."))
        self._heading = Label(_("Everybody"), "section")
        self._nobody = Paragraph(_("Nobody has a note to sign."), "body", "ink-soft")
        for widget in (self._nothing, self.table, self._heading, self._nobody, self.everybody):
            self.body.addWidget(widget)
            widget.hide()
        self.table.opened.connect(self._open)
        self.confirmed.connect(self._open_chosen)
        self.say_primary("")
        Follows(self, parts.live, {"note", "visit", "setting", "amendment"}, self.show_data)
        self.show_data()

    def show_data(self) -> None:
        """Ask what waits now."""
        if self._parts.may("sign_note"):
            self._parts.work.look(treatment.to_sign, then=self._show_mine, latest="to sign")
        if self._parts.may("set_up"):
            self._parts.work.look(treatment.owing, then=self._show_all, latest="owing")

    def focus_first(self) -> None:
        """The keyboard begins in one's own list."""
        if self.table.isVisibleTo(self):
            self.table.setFocus()
        else:
            super().focus_first()

    def _show_mine(self, lines: tuple[ToSign, ...]) -> None:
        self._mine.show_rows(lines)
        self._nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.say_primary(_("Open this note") if lines else "")
        if lines and self.table.current_line is None:
            self.table.choose(lines[0].visit_id)
            self.table.setFocus()

    def _show_all(self, lines: tuple[Owing, ...]) -> None:
        self._all.show_rows(lines)
        self._heading.show()
        self._nobody.setVisible(not lines)
        self.everybody.setVisible(bool(lines))

    def _open_chosen(self) -> None:
        self._open(self.table.current_line)

    def _open(self, line: Any) -> None:
        if isinstance(line, ToSign):
            self._parts.go_to(NotePlace(line.visit_id))
            self.close()


def _words(line: ToSign) -> str:
    """Says "Mon, Nov 23, 4:00 PM. Missing: pain after, response"."""
    when = _("{day}, {time}").format(day=short_day(line.day), time=clock_time_full(line.minute))
    if not line.is_begun or not line.missing:
        return when
    return _("{when}. Missing: {missing}").format(when=when, missing=treatment.missing_words(line.missing))


def _chip(line: ToSign) -> ChipView:
    if not line.is_begun:
        return ChipView(_("not begun"), "cinnabar")
    if not line.missing:
        return ChipView(_("ready to sign"), "jade", "signature")
    words = ngettext("{count} part missing", "{count} parts missing", len(line.missing))
    return ChipView(words.format(count=len(line.missing)), "amber")


def _owing_words(line: Owing) -> str:
    """Says "2 notes to sign, 1 not begun, since Nov 20"."""
    parts = []
    if line.notes:
        parts.append(ngettext("{count} note to sign", "{count} notes to sign", line.notes).format(count=line.notes))
    if line.not_begun:
        parts.append(ngettext("{count} not begun", "{count} not begun", line.not_begun).format(count=line.not_begun))
    return _("{parts}, since {day}").format(parts=", ".join(parts), day=short_day(line.oldest))
