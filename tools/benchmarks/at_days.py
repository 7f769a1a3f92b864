"""Parts of `at_the_screen`: the days of a clinic in the real window, what is written while Today stands there, a long sitting."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage

from pulse_desktop.clinic import boards, flows
from pulse_desktop.clinic.boards.values import TodayBoard
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.schedule.values import Booking, Progress
from pulse_desktop.gui.parts.places import CalendarPlace, PatientPlace, TodayPlace
from pulse_desktop.gui.workplaces.calendar.day_grid import DayGrid
from pulse_desktop.gui.workplaces.today.screen import TodayScreen
from tools.benchmarks.machine import resident_megabytes
from tools.benchmarks.measuring import of, timed

if TYPE_CHECKING:
    from tools.benchmarks.at_the_screen import Seat

_TIMES, _WARM = 12, 2
_SUNDAY = 6
_TEN = 10 * 60
_FIRST_FREE_WEEK = 30
_FIFTEEN_PIXELS = 15


def measure(seat: Seat) -> dict[str, float]:
    """Milliseconds of the week, a frame of scrolling, Today, and of writing while Today stands there."""
    weeks = [_week(seat) for _ in range(4)][1:]
    drawn = _drawn(seat)
    scrolled = list(_scrolled(seat))
    seat.opens(TodayPlace())
    screen = seat.window.findChild(TodayScreen)
    assert screen is not None
    shown = [seat.shown(screen.reload) for _ in range(_TIMES + _WARM)][_WARM:]
    booked, arrived = list(_booked(seat))[_WARM:], list(_arrived(seat))[_WARM:]
    return {
        "week_ms": of(weeks), "drawn_ms": drawn, "scroll_ms": of(scrolled), "today_ms": of(shown),
        "book_ms": of(booked), "arrive_ms": of(arrived),
    }  # fmt: skip


def _week(seat: Seat) -> float:
    """The calendar shows one day; a week is six of them, asked and painted."""
    today = seat.parts.practice.today()
    monday = today - timedelta(days=today.weekday())
    return sum(seat.opens(CalendarPlace(monday + timedelta(days=at))) for at in range(_SUNDAY))


def _drawn(seat: Seat) -> float:
    """The same days drawn once each as they stand there, whole: the painting alone."""
    grid, today = seat.window.findChild(DayGrid), seat.parts.practice.today()
    assert grid is not None
    image = QImage(grid.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)
    monday, taken = today - timedelta(days=today.weekday()), 0.0
    for at in range(_SUNDAY):
        seat.opens(CalendarPlace(monday + timedelta(days=at)))
        taken += of([timed(lambda: grid.viewport().render(image)) for _ in range(5)])
    return taken


def _scrolled(seat: Seat) -> Iterator[float]:
    grid = seat.window.findChild(DayGrid)
    assert grid is not None
    bar = grid.verticalScrollBar()
    for _ in range(40):
        at = bar.value() + _FIFTEEN_PIXELS
        yield seat.shown(lambda at=at: bar.setValue(at if at <= bar.maximum() else bar.minimum()))  # type: ignore[misc]


def _booked(seat: Seat) -> Iterator[float]:
    practice = seat.parts.practice
    room, service = practice.data.rooms[0], practice.data.services[0]
    staff = next(member for member in practice.data.staff if member.licences)
    for at in range(_TIMES + _WARM):
        day = practice.today() + timedelta(weeks=_FIRST_FREE_WEEK + at)
        booking = Booking(20 + at, room.office_id, staff.id, day, _TEN, (service.id,), room.id)
        yield seat.shown(lambda booking=booking: seat.parts.work.do(flows.book_visit, booking))  # type: ignore[misc]


def _arrived(seat: Seat) -> Iterator[float]:
    boards_shown: list[TodayBoard] = []
    practice = seat.parts.practice
    seat.parts.work.look(boards.today, practice.office.id, practice.today(), then=boards_shown.append)
    seat.settles()
    expected = [card.visit for card in boards_shown[0].cards if card.visit.progress is Progress.EXPECTED]
    for visit in expected[: _TIMES + _WARM]:
        arrival = Arrival(visit.id, visit.version, asked=True)
        yield seat.shown(lambda arrival=arrival: seat.parts.work.do(flows.check_in, arrival))  # type: ignore[misc]


def acts(seat: Seat, patients: int, count: int) -> None:
    """A long sitting: files, days, searches, Today, in turn."""
    today = seat.parts.practice.today()
    for at in range(count // 5):
        for place in (PatientPlace(1 + at * 7 % patients), CalendarPlace(today + timedelta(days=at % 40 - 20)), TodayPlace()):
            seat.opens(place)
        seat.types("ma")


def megabytes_at_rest() -> float:
    """What the process holds once everything thrown away is gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return resident_megabytes()
