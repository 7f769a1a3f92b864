"""The frame's own actions: what works from every workplace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.actions import Action, Actions
from pulse_desktop.gui.parts.places import BookingRequest, PatientRequest
from pulse_desktop.gui.parts.screen import Workplace

if TYPE_CHECKING:
    from pulse_desktop.gui.shell.frame import Frame


def _search(frame: Frame) -> None:
    frame.search()


def _lock(frame: Frame) -> None:
    frame.ask_lock()


def _keys(frame: Frame) -> None:
    frame.show_keys()


def _book(frame: Frame) -> None:
    frame.open_panel(BookingRequest())


def _register(frame: Frame) -> None:
    frame.open_panel(PatientRequest())


def _undo(frame: Frame) -> None:
    frame.remind_undo()


SHELL_ACTIONS: Final = (
    Action("search", N_("Search people and actions"), _search, icon="search", keys="Ctrl+K", everywhere=True),
    Action("visit.book", N_("Book a visit"), _book, icon="calendar-add", keys="Ctrl+B", needs="book", everywhere=True),
    Action(
        "patient.register", N_("Register a patient"), _register, icon="person-add", keys="Ctrl+N",
        needs="edit_patients", everywhere=True,
    ),
    Action("undo", N_("Take back the last thing"), _undo, icon="undo", keys="Ctrl+Z", needs="undo", everywhere=True),
    Action("lock", N_("Lock this seat"), _lock, icon="lock", keys="Ctrl+L", everywhere=True),
    Action("keys", N_("Keys of this screen"), _keys, icon="keyboard", keys="F1", everywhere=True),
)  # fmt: skip


class _Going:
    """Goes to one workplace."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, frame: Frame) -> None:
        frame.navigation.go_to_workplace(self._key)


def install_going(actions: Actions, frame: Frame, workplaces: Sequence[Workplace]) -> None:
    """Ctrl+1, Ctrl+2, ... go to the workplaces of the rail, in its order."""
    on_rail = [place for place in workplaces if place.in_rail]
    made = [
        Action(f"go.{place.key}", place.title, _Going(place.key), icon=place.icon, keys=f"Ctrl+{number}", everywhere=True)
        for number, place in enumerate(on_rail, 1)
    ]
    actions.install(made, frame)
