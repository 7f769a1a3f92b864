"""The frame's own actions: what works from every workplace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.actions import Action, Actions
from pulse_desktop.gui.parts.places import BookingRequest, PatientRequest, Request, ToSignRequest
from pulse_desktop.gui.parts.screen import Workplace


class Frame(Protocol):
    """What the actions ask of the frame."""

    def search(self, words: str = "") -> None: ...
    def ask_lock(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_appearance(self) -> None: ...
    def ask_sign_out(self) -> None: ...
    def open_panel(self, request: Request) -> None: ...
    def remind_undo(self) -> None: ...
    def go_to_workplace(self, key: str) -> None: ...


def _search(frame: Frame) -> None:
    frame.search()


def _lock(frame: Frame) -> None:
    frame.ask_lock()


def _keys(frame: Frame) -> None:
    frame.show_keys()


def _appearance(frame: Frame) -> None:
    frame.show_appearance()


def _sign_out(frame: Frame) -> None:
    frame.ask_sign_out()


def _book(frame: Frame) -> None:
    frame.open_panel(BookingRequest())


def _register(frame: Frame) -> None:
    frame.open_panel(PatientRequest())


def _to_sign(frame: Frame) -> None:
    frame.open_panel(ToSignRequest())


def _undo(frame: Frame) -> None:
    frame.remind_undo()


SHELL_ACTIONS: Final = (
    Action("search", N_("Search people and actions"), _search, icon="search", keys="Ctrl+K", everywhere=True),
    Action("visit.book", N_("Book a visit"), _book, icon="calendar-add", keys="Ctrl+B", needs="book", everywhere=True),
    Action(
        "patient.register", N_("Register a patient"), _register, icon="person-add", keys="Ctrl+N",
        needs="edit_patients", everywhere=True,
    ),
    Action("notes.to_sign", N_("Notes to sign"), _to_sign, icon="signature", needs="see_clinical", everywhere=True),
    Action("undo", N_("Take back the last thing"), _undo, icon="undo", keys="Ctrl+Z", needs="undo", everywhere=True),
    Action("lock", N_("Lock this seat"), _lock, icon="lock", keys="Ctrl+L", everywhere=True),
    Action("keys", N_("Keys of this screen"), _keys, icon="keyboard", keys="F1", everywhere=True),
    Action("appearance", N_("Appearance: colors, size of text"), _appearance, icon="theme", everywhere=True),
    Action("sign_out", N_("Sign out"), _sign_out, icon="back", everywhere=True),
)  # fmt: skip


class _Going:
    """Goes to one workplace."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, frame: Frame) -> None:
        frame.go_to_workplace(self._key)


def install_going(actions: Actions, frame: QWidget, workplaces: Sequence[Workplace]) -> None:
    """Ctrl+1, Ctrl+2, ... go to the workplaces of the rail, in its order."""
    on_rail = [place for place in workplaces if place.in_rail]
    made = [
        Action(f"go.{place.key}", place.title, _Going(place.key), icon=place.icon, keys=f"Ctrl+{number}", everywhere=True)
        for number, place in enumerate(on_rail, 1)
    ]
    actions.install(made, frame)
