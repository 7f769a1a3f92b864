"""Parts of `at_the_screen`: the note of somebody with hundreds of visits, and a cup placed on a full map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pulse_desktop.clinic import atlas, treatment
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, NoteDraft, NoteLine
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.workplaces.note.screen import NoteScreen
from tools.benchmarks.measuring import of

if TYPE_CHECKING:
    from tools.benchmarks.at_the_screen import Seat

LONGEST = 1
"""The patient with the longest file, as the demo clinic makes it."""
_OPENED, _WARM = 12, 2
_PLACED = 20
_VIEW, _FREE = "posterior", (500.0, 960.0)


def measure(seat: Seat) -> dict[str, float]:
    """Milliseconds until a note stands there, and from a click on the map until everything that shows the new cup is painted."""
    found: list[NoteLine] = []
    seat.parts.work.look(treatment.notes_of, LONGEST, then=found.extend)
    seat.settles()
    opened = [seat.opens(NotePlace(line.visit_id)) for line in found[: _OPENED + _WARM]][_WARM:]
    return {"note_ms": of(opened), "cup_ms": _placed(seat)}


def _placed(seat: Seat) -> float:
    """With 59 cups and 60 needles already there: the note on screen is given a full draft, which nobody stores."""
    seat.window.resize(1440, 900)
    screen = seat.window.findChild(NoteScreen)
    assert screen is not None
    screen.keeper.close()
    canvas = screen.page.body.canvas
    taken = []
    for _ in range(_PLACED):
        screen.writing.load(_full(), is_open=True)
        screen.page.body.set_usable(True)
        seat.settles()
        place = canvas.point_of(*_FREE).toPoint()
        taken.append(seat.shown(lambda place=place: QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)))  # type: ignore[misc]
        assert len(screen.writing.draft.cups) == len(_full().cups) + 1, "the click placed no cup"
    screen.writing.load(NoteDraft(), is_open=False)
    return of(taken)


def _full() -> NoteDraft:
    """Cups side by side all over the back, needles on both sides of thirty points of one channel."""
    cups = tuple(CupPlacement(at + 1, _VIEW, 260 + at % 10 * 50, 360 + at // 10 * 80) for at in range(59))
    codes = [code for code in atlas.acupoints() if code.startswith("BL")][:30]
    return NoteDraft(cups=cups, needles=tuple(NeedlePlacement(code, "both") for code in codes))
