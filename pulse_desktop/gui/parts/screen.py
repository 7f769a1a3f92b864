"""What the frame expects of what it holds: a `Screen` fills the work area, a `SidePanel` floats at its right edge.

class DayScreen(Screen):
    def __init__(self, parts: DeskParts) -> None: ...
    def show_place(self, place: Place) -> None: ...

WORKPLACE = Workplace("calendar", N_("Calendar"), "calendar", DayScreen, places=(CalendarPlace,))
PANELS = (PanelKind(BookingRequest, BookingPanel, needs="book"),)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pulse_desktop.gui.parts.places import Place

if TYPE_CHECKING:
    from pulse_desktop.gui.parts.desk_parts import DeskParts

PANEL_WIDTH = 384
PAYMENT_WIDTH = 440


class Screen(QWidget):
    """A workplace's widget. It is made when first gone to and kept until the person signs out."""

    def show_place(self, place: Place) -> None:
        """Show what `place` names; called each time somebody goes there, also when the screen is already shown."""

    def settle(self) -> None:
        """Hand over what is being typed (`work.do` it); called before locking, signing out and closing."""

    def take_focus(self) -> None:
        """Put the keyboard where work begins; called after the screen is shown."""
        self.setFocus()

    def thing_of(self, request: object) -> QWidget | None:  # noqa: ARG002 - answered by screens that have such a thing
        """The widget an opened panel is about, to be kept in sight beside it."""
        return None

    def make_room(self, covered: int) -> None:
        """A panel covers `covered` px at the right (0: none); screens may scroll what it is about into sight."""


class SidePanel(QWidget):
    """What stands in a side panel: header, body and footer are its own, place and shadow are the frame's."""

    finished = Signal()
    """Its work is done, or there is nothing to keep: the frame takes it away."""
    parked = Signal()
    """The person asks to set it aside (its pin or "Park" button); Esc is seen to by the frame."""
    titled = Signal()
    """`chip_title` has changed."""

    preferred_width = PANEL_WIDTH

    @property
    def chip_title(self) -> str:
        """What its chip says while it is set aside: "Payment, M. Alvarez"."""
        return self.accessibleName()

    @property
    def has_draft(self) -> bool:
        """Whether something was typed that must not be lost: then Esc parks the panel instead of closing it."""
        return False

    def take_focus(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus()

    def settle(self) -> None:
        """As `Screen.settle`."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A screen of the rail. `title` is marked with N_(); `needs` is a permission's value ("see_packages") or ""."""

    key: str
    title: str
    icon: str
    make: Callable[[DeskParts], Screen]
    places: tuple[type[Any], ...]
    needs: str = ""
    in_rail: bool = True


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A side panel and the request that opens it."""

    request: type[Any]
    make: Callable[[DeskParts, Any], SidePanel]
    needs: str = ""
