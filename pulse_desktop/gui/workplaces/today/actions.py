"""What can be done on Today: F-keys and the palette. Bare letters are never among them."""

from __future__ import annotations

from typing import Final, Protocol

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.clinic.boards.values import TodayCard
from pulse_desktop.clinic.schedule.values import Progress
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import (
    ArrivalRequest,
    CancelRequest,
    CheckoutRequest,
    MoveRequest,
    PatientPlace,
    SheetRequest,
)
from pulse_desktop.gui.workplaces.today.doing import Doing


class TodayScreen(Protocol):
    """What the actions ask of the board's screen."""

    @property
    def card(self) -> TodayCard | None: ...
    @property
    def doing(self) -> Doing: ...
    @property
    def parts(self) -> DeskParts: ...
    def choose_most_urgent(self) -> None: ...
    def walk_in(self) -> None: ...


def _chosen(screen: TodayScreen) -> TodayCard | None:
    """The card the key is about. A key without one says what it waits for: the card may have moved on a moment ago."""
    card = screen.card
    if card is None:
        screen.parts.toast(_("Choose a visit first, with the arrow keys or a click."))
    return card


def _timers(screen: TodayScreen) -> None:
    screen.choose_most_urgent()


def _walk_in(screen: TodayScreen) -> None:
    screen.walk_in()


def _file(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.parts.go_to(PatientPlace(card.visit.patient_id))


def _news(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.parts.open_panel(ArrivalRequest(card.visit.id))


def _room(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.doing.choose_room(card)


def _note(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.doing.open_note(card)


def _move(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.parts.open_panel(MoveRequest(card.visit.id))


def _check_out(screen: TodayScreen) -> None:
    """Steps in between may be left out, but money is never taken from somebody who has not come."""
    if (card := _chosen(screen)) is None:
        return
    if card.visit.progress == Progress.EXPECTED:
        screen.parts.toast(_("{name} has not arrived yet. Enter says that they are here.").format(name=card.visit.patient))
    else:
        screen.parts.open_panel(CheckoutRequest(card.visit.id))


def _sheet(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.parts.open_panel(SheetRequest(card.visit.id))


def _no_cups(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.doing.leave_cupping_out(card)


def _back(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.doing.step_back(card)


def _left(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.doing.leave(card)


def _cancel(screen: TodayScreen) -> None:
    if (card := _chosen(screen)) is not None:
        screen.parts.open_panel(CancelRequest(card.visit.id))


ACTIONS: Final = (
    Action("today.file", N_("Open the chosen patient's file"), _file, icon="patients", keys="F2", needs="see_patients"),
    Action("today.news", N_("Anything new with the chosen patient?"), _news, icon="shield", keys="F3", needs="move_along"),
    Action("today.timers", N_("Timers: what comes off next"), _timers, icon="timer", keys="F4"),
    Action("today.room", N_("Choose a room for the chosen patient"), _room, icon="room", keys="F5", needs="move_along"),
    Action("today.note", N_("Write the chosen visit's note"), _note, icon="note", keys="F6", needs="write_note"),
    Action("today.move", N_("Move the chosen visit to another time"), _move, icon="calendar", keys="F7", needs="book"),
    Action("today.check_out", N_("Check the chosen patient out"), _check_out, icon="receipt", keys="F8", needs="take_money"),
    Action("today.sheet", N_("Aftercare sheet of the chosen visit"), _sheet, icon="print", keys="F9", needs="hand_out"),
    Action("today.no_cups", N_("Leave cupping out, keep the rest"), _no_cups, icon="cups", keys="F10", needs="book"),
    Action("today.back", N_("Take the chosen visit one step back"), _back, icon="back", keys="Ctrl+Backspace", needs="move_along"),
    Action("today.left", N_("The chosen patient left without treatment"), _left, icon="close", needs="move_along"),
    Action("today.cancel", N_("Cancel the chosen visit, or mark a no-show"), _cancel, icon="stop", keys="Ctrl+Del", needs="book"),
    Action("today.walk_in", N_("Walk-in: somebody is here without a visit"), _walk_in, icon="person-add", keys="Ctrl+Shift+B", needs="book"),
)
