"""What the frame expects of what it holds: a `Screen` fills the work area; panels are made for requests (`side_panel.SidePanel`).

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

from PySide6.QtWidgets import QLineEdit, QWidget

from pulse_desktop.gui.parts.places import Place
from pulse_desktop.gui.parts.side_panel import SidePanel

if TYPE_CHECKING:
    from pulse_desktop.gui.parts.desk_parts import DeskParts


class Screen(QWidget):
    """A workplace's widget. It is made when first gone to and kept until the person signs out."""

    def show_place(self, place: Place) -> None:
        """Show what `place` names; called each time somebody goes there, also when the screen is already shown."""

    def settle(self) -> None:
        """Hand over what is being typed (`work.do` it); called before locking, signing out and closing."""

    @property
    def must_be_kept(self) -> bool:
        """Whether somebody typed something here that `settle` does not hand over."""
        return any(line.isModified() and line.text().strip() for line in self.findChildren(QLineEdit))

    def take_focus(self) -> None:
        """Put the keyboard where work begins; called after the screen is shown."""
        self.setFocus()

    def make_room(self, covered: int) -> None:
        """A panel covers `covered` px at the right (0: none); screens may scroll what it is about into sight."""


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
    under: str = ""
    """The key of the workplace the rail marks while one is here, for one that has no item of its own."""
    or_needs: str = ""
    """Another permission that opens it as well; the screen shows what each may see."""


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A side panel and the request that opens it."""

    request: type[Any]
    make: Callable[[DeskParts, Any], SidePanel]
    needs: str = ""
