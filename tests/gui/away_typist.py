"""A program that types a note while its server is away, until it is killed.

    python -m tests.gui.away_typist FOLDER WHERE VISIT     WHERE: where the server is, as JSON, through a wire

Tells `saved` when the first words are with the server, waits for `away` from whoever holds the wire, types on and tells
`kept` once the rest lies on this computer.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.parts.theme import Theme
from pulse_desktop.gui.shell.window import Window
from tests.builders import NOW, PASSWORD
from tests.gui.opening import said
from tests.gui.server_window import ServerEntrance

BEFORE, AWAY = "low back", ", worse in the morning"


def until(is_so: Callable[[], object], seconds: float = 20) -> None:
    """Lets the windows live until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.01)


def tell(word: str) -> None:
    """One line, at once."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main() -> None:
    """As the module's docstring says."""
    folder, where, visit_id = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
    application = QApplication([])
    Theme(calm=True).wear(application)
    clock = SteppedClock(NOW)
    window = Window(ServerEntrance(folder, clock, where), clock)
    window.show()
    window.activateWindow()

    def shows(words: str) -> bool:
        return any(words in said(widget) for widget in window.findChildren(QWidget) if widget.isVisible())

    def types(text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or window, text)

    until(window.isActiveWindow)
    types(PASSWORD)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    until(lambda: shows("At this seat: Lin Hua"))
    assert window.frame is not None
    window.frame.parts.go_to(NotePlace(visit_id))
    until(lambda: shows("To sign: complaint"))
    window.frame.navigation.screen.page.form.put_cursor("complaint", 0)  # type: ignore[union-attr]
    types(BEFORE)
    until(lambda: shows("Draft saved"))
    tell("saved")
    sys.stdin.readline()
    types(AWAY)
    until(lambda: shows("kept on this computer"))
    until(lambda: any((folder / "typed").glob("*.draft")))
    tell("kept")
    until(lambda: False, 60)


if __name__ == "__main__":
    main()
