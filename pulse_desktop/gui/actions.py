"""What can be done, as data: menus, shortcuts, the command palette and the F1 page all read the same line.

    ACTIONS = (
        Action("visit.book", N_("Book a visit"), icon="calendar-add", keys="Ctrl+B", needs="book", run=DayScreen.book),
    )
    actions = Actions(may=permissions.__contains__)
    actions.install(ACTIONS, self)          # in the screen: shortcuts work while the screen has the focus or is shown
    actions.offered("book")                 # the palette's list
    actions.keys_of(screen)                 # the F1 page
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.texts import _


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. `title` is marked with N_(); `run` is called with the screen it was installed on."""

    id: str
    title: str
    run: Callable[[Any], object]
    icon: str = ""
    keys: str = ""
    needs: str = ""
    everywhere: bool = False
    """Whether its keys work in the whole window rather than in its screen only."""

    @property
    def words(self) -> str:
        """The title in the language of the program."""
        return _(self.title)


@dataclass(frozen=True, slots=True)
class Installed:
    """An action on a living screen."""

    action: Action
    screen: weakref.ref[QWidget]
    made: QAction

    @property
    def is_alive(self) -> bool:
        screen = self.screen()
        return screen is not None and shiboken6.isValid(screen) and shiboken6.isValid(self.made)

    @property
    def is_within_reach(self) -> bool:
        """Whether the palette may offer it: its screen is shown, or it works everywhere."""
        screen = self.screen()
        if screen is None or not self.is_alive or not self.made.isEnabled():
            return False
        return self.action.everywhere or screen.isVisible()


class Actions:
    """All actions of the open screens. `may` says whether the person has a permission."""

    def __init__(
        self, may: Callable[[str], bool] = lambda _needed: True, icons: Callable[[str], QIcon] | None = None
    ) -> None:
        self._may = may
        self._icons = icons
        self._installed: list[Installed] = []

    def install(self, actions: Iterable[Action], screen: QWidget) -> dict[str, QAction]:
        """Make `actions` work on `screen`; those the person may not do are left out. Returns them by id."""
        self._installed = [known for known in self._installed if known.is_alive]
        made: dict[str, QAction] = {}
        for action in actions:
            if action.needs and not self._may(action.needs):
                continue
            made[action.id] = self._made(action, screen)
            self._installed.append(Installed(action, weakref.ref(screen), made[action.id]))
        return made

    def _made(self, action: Action, screen: QWidget) -> QAction:
        made = QAction(action.words, screen)
        made.setObjectName(action.id)
        if action.keys:
            made.setShortcut(QKeySequence(action.keys))
            scope = Qt.ShortcutContext.WindowShortcut if action.everywhere else _SCREEN
            made.setShortcutContext(scope)
        if action.icon and self._icons:
            made.setIcon(self._icons(action.icon))
        made.triggered.connect(_Runner(action, screen))
        screen.addAction(made)
        return made

    def offered(self, words: str = "") -> list[Installed]:
        """Actions within reach whose title has a word beginning with each of `words`, in the order of installation."""
        wanted = fold(words).split()
        return [known for known in self._installed if known.is_within_reach and _fits(known.action.words, wanted)]

    def keys_of(self, screen: QWidget) -> list[Action]:
        """The actions with keys that work on `screen`: its own first, then those that work everywhere."""
        alive = [known for known in self._installed if known.is_alive and known.action.keys]
        own = [known.action for known in alive if known.screen() is screen]
        return own + [known.action for known in alive if known.action.everywhere and known.screen() is not screen]


_SCREEN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class _Runner:
    """Runs an action on its screen without keeping the screen alive."""

    def __init__(self, action: Action, screen: QWidget) -> None:
        self._run = action.run
        self._screen = weakref.ref(screen)

    def __call__(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own signature
        screen = self._screen()
        if screen is not None and shiboken6.isValid(screen):
            self._run(screen)


def _fits(title: str, wanted: list[str]) -> bool:
    own = fold(title).split()
    return all(any(word.startswith(piece) for word in own) for piece in wanted)
