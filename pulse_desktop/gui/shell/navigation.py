"""Which screen fills the work area: made when first gone to, kept until the person signs out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.places import Place
from pulse_desktop.gui.parts.screen import Screen, Workplace


class Navigation(QObject):
    """Goes to places. `moved(key)` says which item of the rail one is under."""

    moved = Signal(str)

    def __init__(self, stack: QStackedWidget, workplaces: Sequence[Workplace], parts: Callable[[], DeskParts]) -> None:
        super().__init__(stack)
        self._stack, self._parts = stack, parts
        self._workplaces = tuple(workplaces)
        self._screens: dict[str, Screen] = {}
        self._place: Place | None = None
        stack.installEventFilter(self)

    @property
    def workplaces(self) -> tuple[Workplace, ...]:
        """Those the person may go to."""
        return self._workplaces

    @property
    def screen(self) -> Screen | None:
        """The screen that is shown."""
        screen = self._stack.currentWidget()
        return screen if isinstance(screen, Screen) else None

    @property
    def place(self) -> Place | None:
        """Where one is."""
        return self._place

    @property
    def screens(self) -> tuple[Screen, ...]:
        """All screens made so far."""
        return tuple(self._screens.values())

    def leads_to(self, place: Place) -> bool:
        """Whether there is a workplace for this place that the person may see."""
        return self._workplace_of(place) is not None

    def go_to(self, place: Place) -> None:
        """Show what `place` names; nothing happens for one the person may not see."""
        workplace = self._workplace_of(place)
        if workplace is None:
            return
        self._place = place
        screen = self._made(workplace)
        self._stack.setCurrentWidget(screen)
        screen.show_place(place)
        self.moved.emit(workplace.under or workplace.key)
        screen.take_focus()

    def renew(self) -> None:
        """Make the screens anew, as after a change of the size of text: their measures are taken when they are made.

        One in which somebody typed something that is not stored yet stays as it is.
        """
        for key, screen in tuple(self._screens.items()):
            if not screen.must_be_kept:
                screen.settle()
                self._stack.removeWidget(screen)
                screen.hide()
                screen.deleteLater()
                del self._screens[key]
        if self._place is not None:
            self.go_to(self._place)

    def go_to_workplace(self, key: str) -> None:
        """Show a workplace as it was left."""
        workplace = next((known for known in self._workplaces if known.key == key), None)
        if workplace is not None:
            self.go_to(workplace.places[0]())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When a panel is gone the keyboard comes to the work area: hand it to the screen."""
        if event.type() == QEvent.Type.FocusIn and self.screen is not None:
            self.screen.take_focus()
        return super().eventFilter(watched, event)

    def _workplace_of(self, place: Place) -> Workplace | None:
        return next((known for known in self._workplaces if type(place) in known.places), None)

    def _made(self, workplace: Workplace) -> Screen:
        if workplace.key not in self._screens:
            screen = workplace.make(self._parts())
            self._screens[workplace.key] = screen
            self._stack.addWidget(screen)
        return self._screens[workplace.key]
