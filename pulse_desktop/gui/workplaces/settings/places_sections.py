"""Offices and rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.values import Office, OfficeDraft, PracticeData, Room, RoomDraft
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.buttons import Button
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.chips import ChipView
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.rows_model import Column
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.section import Section

ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu")


def state_chip(line: Any) -> ChipView | None:
    """What is not used any more says so."""
    return None if line.active else ChipView(_("not used"), "neutral")


def street_words(office: Office) -> str:
    """"1030 Clifton Ave, suite 104", or what of it is known."""
    return ", ".join(part for part in (office.street, office.suite) if part)


class PracticeName(Card):
    """What the whole practice is called: on the sign-in window and at the head of every paper."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        self._form = Form()
        with self._form.row():
            self._form.text("practice_name", _("Name of the practice"), required=True)
        self._save = Button(_("Rename the practice"))
        self._save.clicked.connect(self._send)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._form, 1)
        row.addWidget(self._save, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        parts.practice.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        if not self._form.is_changed:
            self._form.fill({"practice_name": self._parts.practice.data.practice_name})

    def _send(self) -> None:
        values = self._form.read()
        if values is not None:
            self._parts.work.do(practice.name_practice, values["practice_name"], then=self._saved, refused=self._refused)

    def _saved(self, _done: Finished) -> None:
        self._form.is_changed = False
        self._parts.toast(_("Name of the practice saved"))

    def _refused(self, problem: Problem) -> None:
        if not self._form.refuse(problem):
            self._parts.tell(problem)


class OfficesSection(Section):
    """The clinic's locations."""

    key, title, thing = "offices", N_("Clinic and offices"), N_("office")

    def above(self) -> QWidget:
        return PracticeName(self.parts)

    def columns(self) -> tuple[Column[Any], ...]:
        return (
            Column(_("Office"), lambda office: office.name, weight=600, detail=street_words, stretch=1),
            Column(_("Place"), lambda office: f"{office.city}, {office.state} {office.zip_code}"),
            Column(_("Phone"), lambda office: office.phone),
            Column("", lambda _office: "", chip=state_chip),
        )

    def lines(self, data: PracticeData) -> Sequence[Office]:
        return data.offices

    def build(self, form: Form) -> None:
        form.text("name", _("Name"), required=True)
        form.text("street", _("Street"))
        form.text("suite", _("Suite"))
        form.text("city", _("City"))
        with form.row():
            form.text("state", _("State"), required=True)
            form.text("zip_code", _("ZIP"))
        form.text("phone", _("Phone"))
        form.text("hours_words", _("Opening hours as papers print them"))
        form.choice("zone", _("Time zone"), [(zone, zone.rpartition("/")[2].replace("_", " ")) for zone in ZONES])
        form.tick("active", _("In use"), ticked=True)

    def values(self, line: Office | None) -> dict[str, Any]:
        names = ("name", "street", "suite", "city", "state", "zip_code", "phone", "hours_words", "zone", "active")
        if line is None:
            return dict.fromkeys(names[:-2], "") | {"zone": ZONES[0], "active": True}
        return {name: getattr(line, name) for name in names}

    def send(self, values: dict[str, Any], line: Office | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        draft = OfficeDraft(**values, id=line.id if line else None, version=line.version if line else 0)
        self.parts.work.do(practice.save_office, draft, then=then, refused=refused)


class RoomsSection(Section):
    """Treatment rooms, with the minutes to make them ready."""

    key, title, thing = "rooms", N_("Rooms"), N_("room")
    row_height = 40

    def columns(self) -> tuple[Column[Any], ...]:
        return (
            Column(_("Room"), lambda room: room.name, weight=600, stretch=1),
            Column(_("Office"), lambda room: self.parts.practice.data.office(room.office_id).name),
            Column(_("Set up"), lambda room: _("{count} min").format(count=room.setup_minutes), align="right"),
            Column(_("Clean up"), lambda room: _("{count} min").format(count=room.cleanup_minutes), align="right"),
            Column("", lambda _room: "", chip=state_chip),
        )

    def lines(self, data: PracticeData) -> Sequence[Room]:
        return data.rooms

    def build(self, form: Form) -> None:
        form.text("name", _("Name"), required=True)
        form.choice("office_id", _("Office"), [(office.id, office.name) for office in self.parts.practice.data.offices])
        with form.row():
            form.number("setup_minutes", _("Set up, minutes"), largest=120, required=True)
            form.number("cleanup_minutes", _("Clean up, minutes"), largest=120, required=True)
        form.tick("active", _("In use"), ticked=True)

    def values(self, line: Room | None) -> dict[str, Any]:
        if line is None:
            return {"name": "", "office_id": self.parts.practice.office.id, "setup_minutes": 5, "cleanup_minutes": 5, "active": True}
        return {name: getattr(line, name) for name in ("name", "office_id", "setup_minutes", "cleanup_minutes", "active")}

    def send(self, values: dict[str, Any], line: Room | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        draft = RoomDraft(**values, id=line.id if line else None, version=line.version if line else 0)
        self.parts.work.do(practice.save_room, draft, then=then, refused=refused)
