"""Offices and rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.values import Office, OfficeDraft, PracticeData, Room, RoomDraft
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.chips import ChipView
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


class OfficesSection(Section):
    """The clinic's locations."""

    key, title, thing = "offices", N_("Clinic and offices"), N_("office")

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
