"""Services: what can be booked and sold, with techniques, time pattern and price."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pulse_desktop.basics.cents import dollars
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.values import PracticeData, Service, ServiceDraft, Stretch
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.forms.typed_fields import TypedField
from pulse_desktop.gui.parts.rows_model import Column
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.places_sections import state_chip
from pulse_desktop.gui.workplaces.settings.section import Section

TECHNIQUES = {
    "acupuncture": N_("Acupuncture"),
    "dry_cupping": N_("Cupping"),
    "fire_cupping": N_("Fire cupping"),
    "wet_cupping": N_("Wet cupping"),
    "estim": N_("E-stim"),
    "moxa": N_("Moxa"),
    "tuina": N_("Tuina"),
    "gua_sha": N_("Gua sha"),
}
_PIECE = re.compile(r"^(\d{1,3})\s*(h|t)$", re.IGNORECASE)


def read_pattern(text: str) -> tuple[Stretch, ...]:
    """"10h 30t 5h": ten minutes with hands, thirty on the table, five with hands. Raises ValueError with a sentence."""
    pieces = [_PIECE.match(piece) for piece in text.replace(",", " ").split()]
    if not pieces or None in pieces:
        raise ValueError(_("Write minutes with h for hands-on and t for table time, like 10h 30t 5h."))
    return tuple(Stretch(int(piece[1]), piece[2].lower() == "h") for piece in pieces if piece)


def pattern_words(pattern: tuple[Stretch, ...]) -> str:
    """As `read_pattern` reads it."""
    return " ".join(f"{stretch.minutes}{'h' if stretch.hands_on else 't'}" for stretch in pattern)


class ServicesSection(Section):
    """The price list of single visits."""

    key, title, thing = "services", N_("Services and prices"), N_("service")

    def columns(self) -> tuple[Column[Any], ...]:
        return (
            Column(_("Service"), lambda service: service.name, weight=600, detail=_technique_words, stretch=1),
            Column(_("Minutes"), lambda service: str(service.minutes), align="right"),
            Column(_("Pattern"), lambda service: pattern_words(service.pattern)),
            Column(_("Price"), lambda service: dollars(service.price_cents), align="right", weight=600),
            Column("", lambda _service: "", chip=state_chip),
        )

    def lines(self, data: PracticeData) -> Sequence[Service]:
        return data.services

    def build(self, form: Form) -> None:
        form.text("name", _("Name"), required=True, hint=_("Acupuncture 60"))
        with form.row():
            form.add("pattern", TypedField(_("Time pattern"), read_pattern, pattern_words, hint="10h 30t 5h", required=True))
            form.money("price_cents", _("Price"), required=True)
        form.tick("is_addon", _("Rides on another service"))
        for key, words in TECHNIQUES.items():
            form.tick(key, _(words))
        form.tick("active", _("On the price list"), ticked=True)

    def values(self, line: Service | None) -> dict[str, Any]:
        techniques = line.techniques if line else ()
        ticks = {key: key in techniques for key in TECHNIQUES}
        if line is None:
            return {"name": "", "pattern": None, "price_cents": None, "is_addon": False, "active": True} | ticks
        return {name: getattr(line, name) for name in ("name", "pattern", "price_cents", "is_addon", "active")} | ticks

    def send(self, values: dict[str, Any], line: Service | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        draft = ServiceDraft(
            values["name"], tuple(key for key in TECHNIQUES if values[key]), values["pattern"], values["price_cents"], values["is_addon"],
            line.id if line else None, line.version if line else 0, values["active"],
        )  # fmt: skip
        self.parts.work.do(practice.save_service, draft, then=then, refused=refused)


def _technique_words(service: Service) -> str:
    return ", ".join(_(TECHNIQUES[key]) for key in service.techniques if key in TECHNIQUES)
