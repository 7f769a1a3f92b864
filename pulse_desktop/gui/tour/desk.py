"""The driver that acts as a person at a seat does: it reads what is on the screen, types and clicks, nothing else.

It finds things by the words a screen reader would say, so whatever it can use a person without a mouse or without
sight can use too. Every key and click is counted from `starts_task`; typed text is counted apart, since the budgets
leave names and passwords out. Waiting lives in `sees`; nothing sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 15.0
"""Seconds `sees` waits before it says what was on the screen instead."""

_Role = QAccessible.Role
_PRESSABLE = frozenset(
    {
        _Role.Button, _Role.PushButton, _Role.CheckBox, _Role.RadioButton, _Role.ListItem, _Role.PageTab, _Role.MenuItem, _Role.Link,
        _Role.Cell, _Role.ButtonMenu, _Role.ComboBox, _Role.Row, _Role.Slider, _Role.Graphic,
    }
)  # fmt: skip
_TYPEABLE = frozenset({_Role.EditableText, _Role.SpinBox, _Role.ComboBox, _Role.Document})


class NotSeen(AssertionError):
    """What a person was told to find is not on the screen."""


@dataclass(slots=True)
class Effort:
    """What a task took: keys (typed text not counted), clicks and letters typed."""

    keys: int = 0
    clicks: int = 0
    letters: int = 0

    def __str__(self) -> str:
        return f"{self.keys} keys, {self.clicks} clicks, {self.letters} letters typed"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on the screen: its words, what it is and where (in global coordinates)."""

    words: str
    role: QAccessible.Role
    place: QRect
    is_enabled: bool


@dataclass(slots=True)
class Desk:
    """A person's eyes and hands at one window. `window` may change when the sign-in gives way to the main window."""

    application: QApplication
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        # As a screen reader does: only then do lists say that their rows have changed.
        QAccessible.setActive(True)
        # A list that popped up takes no click sooner than this; nobody but this driver is so quick.
        self.application.setDoubleClickInterval(20)

    # --- eyes ---------------------------------------------------------------------------------------------------

    def sees(self, words: str, *, within: float = PATIENCE) -> None:
        """Waits until `words` stand somewhere on the screen; NotSeen says what stood there instead."""
        if not self._wait(lambda: self._has(words), within):
            raise NotSeen(f"{words!r} is not on the screen. There is: {self._all_words()[:6000]}")

    def sees_no(self, words: str, *, within: float = PATIENCE) -> None:
        """Waits until `words` are nowhere on the screen."""
        if not self._wait(lambda: not self._has(words), within):
            raise NotSeen(f"{words!r} is still on the screen: {self._all_words()[:6000]}")

    def sees_that(self, done: Callable[[], bool], words: str, *, within: float = PATIENCE) -> None:
        """Waits for something that shows outside the window, such as a file."""
        if not self._wait(done, within):
            raise NotSeen(f"it did not come about that {words}")

    def waits_until(self, moment: float) -> None:
        """Lets the windows work until `moment` of `time.monotonic`."""
        self._wait(lambda: time.monotonic() >= moment, PATIENCE)

    def lets_go(self) -> None:
        """Lets closed windows die."""
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._settle()

    def reads(self) -> str:
        """Everything on the screen, as a screen reader would say it."""
        return self._all_words()

    def takes_picture(self, file: Path) -> None:
        """Saves what the front window shows."""
        self._settle()
        file.parent.mkdir(parents=True, exist_ok=True)
        if not self._front().grab().save(str(file)):
            raise OSError(f"the picture {file.name} could not be written")

    # --- hands --------------------------------------------------------------------------------------------------

    def starts_task(self) -> None:
        """Counts from here."""
        self.effort = Effort()

    def presses(self, words: str, *, nth: int = 0) -> None:
        """Clicks the thing called `words` (whole name first, else a name that begins with it, else one that holds it)."""
        target = self._waits_for(words, _PRESSABLE, nth)
        self.clicks_at(target.place.center())

    def clicks_at(self, point: QPoint, *, double: bool = False) -> None:
        """Clicks at a global point."""
        window, local = self._window_at(point)
        (QTest.mouseDClick if double else QTest.mouseClick)(
            window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, local
        )
        self.effort.clicks += 1
        self._settle()

    def drags(self, start: QPoint, end: QPoint) -> None:
        """Presses at one global point, moves to another, lets go."""
        window, local = self._window_at(start)
        none = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(window, Qt.MouseButton.LeftButton, none, local)
        for part in range(1, 9):
            QTest.mouseMove(window, local + (end - start) * part / 8)
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, none, local + end - start)
        self.effort.clicks += 1
        self._settle()

    def keys(self, *sequences: str) -> None:
        """Presses keys such as "Ctrl+K", "Enter", "Down"."""
        for sequence in sequences:
            QTest.keySequence(self._key_target(), QKeySequence(sequence))
            self.effort.keys += 1
            self._settle()

    def types(self, text: str) -> None:
        """Types `text` where the cursor is."""
        target = self._key_target()
        for letter in text:
            if letter.isascii() and letter.isprintable():
                QTest.keyClicks(target, letter)
            else:
                _type_letter(target, letter)
            target = self._key_target()
        self.effort.letters += len(text)
        self._settle()

    def types_into(self, label: str, text: str) -> None:
        """Clicks the field called `label`, clears it and types."""
        field_seen = self._waits_for(label, _TYPEABLE)
        self.clicks_at(field_seen.place.center())
        QTest.keySequence(self._key_target(), QKeySequence(QKeySequence.StandardKey.SelectAll))
        self.types(text)

    def walks_to(self, words: str, *, by: str = "Tab", most: int = 60) -> None:
        """Presses Tab (or the keys `by`) until the cursor is on what is called `words`."""
        for _ in range(most):
            if words in self.focus_words():
                return
            self.keys(by)
        if words not in self.focus_words():
            raise NotSeen(f"{by} does not lead to {words!r}; the cursor is on {self.focus_words()!r}")

    def place_of(self, words: str, nth: int = 0) -> QRect:
        """Where the thing called `words` stands, in global coordinates."""
        return self._waits_for(words, None, nth).place

    def focus_words(self) -> str:
        """What the cursor is on, as a screen reader says it."""
        widget: QWidget | None = QApplication.focusWidget()
        interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget) if widget else None
        if interface is None:
            return ""
        child: QAccessibleInterface | None = interface.focusChild()
        return _words(child if child is not None and child.isValid() else interface)

    # --- how it is done -----------------------------------------------------------------------------------------

    def _waits_for(self, words: str, roles: frozenset[QAccessible.Role] | None, nth: int = 0) -> Seen:
        found: list[Seen] = []

        def look() -> bool:
            found[:] = self._matches(words, roles)
            return len(found) > nth

        if not self._wait(look, PATIENCE):
            raise NotSeen(f"nothing to use is called {words!r}. There is: {self._all_words()[:6000]}")
        return found[nth]

    def _matches(self, words: str, roles: frozenset[QAccessible.Role] | None) -> list[Seen]:
        wanted = words.casefold()
        usable = [
            seen
            for seen in self._everything()
            if (roles is None or seen.role in roles) and seen.is_enabled and not seen.place.isEmpty()
        ]
        for fits in (str.__eq__, str.startswith, str.__contains__):
            hits = [seen for seen in usable if fits(seen.words.casefold(), wanted)]
            if hits:
                return hits
        return []

    def _has(self, words: str) -> bool:
        wanted = words.casefold()
        return any(wanted in seen.words.casefold() for seen in self._everything())

    def _all_words(self) -> str:
        return " | ".join(seen.words for seen in self._everything() if seen.words)

    def _everything(self) -> list[Seen]:
        found: list[Seen] = []
        for window in self._windows():
            interface = QAccessible.queryAccessibleInterface(window)
            if interface is not None:
                found.extend(_walk(interface))
        return found

    def _windows(self) -> list[QWidget]:
        shown = [widget for widget in self.application.topLevelWidgets() if widget.isVisible()]
        return sorted(shown, key=_depth)

    def _front(self) -> QWidget:
        dialogs = [window for window in self._windows() if window.isModal()]
        windows = (
            dialogs
            or [window for window in self._windows() if window.windowType() == Qt.WindowType.Window]
            or self._windows()
        )
        if not windows:
            raise NotSeen("no window is open")
        return windows[0]

    def _key_target(self) -> QWidget:
        if self.application.activeWindow() is None:
            # Where no window manager does it, the window behind a closed dialog gets the keyboard back here.
            self._front().activateWindow()
            self._settle()
        return self.application.focusWidget() or self._front()

    def _window_at(self, point: QPoint) -> tuple[QWindow, QPoint]:
        """The window through which a mouse reaches a global point, and the point in it.

        What popped up gets every click from the window below it, so the click is given to that one: it lives on.
        """
        has_popup = self.application.activePopupWidget() is not None
        for widget in self._windows():
            window: QWindow | None = widget.windowHandle()
            is_it = has_popup or widget.rect().contains(widget.mapFromGlobal(point))
            if window is not None and is_it and widget.windowType() != Qt.WindowType.Popup:
                return window, widget.mapFromGlobal(point)
        raise NotSeen(f"nothing is at {point.x()}, {point.y()}")

    def _wait(self, done: Callable[[], bool], within: float) -> bool:
        deadline = time.monotonic() + within
        while True:
            self._settle()
            if done():
                return True
            if time.monotonic() > deadline:
                return False
            self.application.processEvents(
                QEventLoop.ProcessEventsFlag.WaitForMoreEvents | QEventLoop.ProcessEventsFlag.AllEvents, 20
            )

    def _settle(self) -> None:
        self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def _depth(window: QWidget) -> tuple[bool, bool, bool]:
    """Lists and menus that popped up lie on top, then dialogs, then the active window."""
    is_popup = window.windowType() == Qt.WindowType.Popup
    return not is_popup, not window.isModal(), not window.isActiveWindow()


def _walk(interface: QAccessibleInterface) -> Iterator[Seen]:
    state = interface.state()
    if state.invisible:
        return
    yield Seen(_words(interface), interface.role(), interface.rect(), not state.disabled)
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child.isValid():
            yield from _walk(child)


def _words(interface: QAccessibleInterface) -> str:
    parts = (
        interface.text(QAccessible.Text.Name),
        interface.text(QAccessible.Text.Value),
        interface.text(QAccessible.Text.Description),
    )
    return " ".join(dict.fromkeys(part for part in parts if part))


def _type_letter(target: QWidget, letter: str) -> None:
    """One letter outside ASCII, as a keyboard of that language sends it: a key event that carries text."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
