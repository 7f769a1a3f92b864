"""A note is typed while the clinic's server is away: the screen says so calmly, nothing is lost, and it goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from PySide6.QtCore import Qt

from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import NoteDraft
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.shell.window import Window
from pulse_desktop.storage.postgres_engine import open_server_engine
from tests.builders import NOW, PASSWORD, TestClinic, a_patient, a_visit
from tests.gui.opening import Opened
from tests.gui.server_window import ServerEntrance
from tests.postgres import needed_server
from tests.server_clinics import ServerTemplate, _clinic, made_on
from tests.wire import Wire, laid


@dataclass
class FarSeat:
    """A window on one side of the wire, and eyes on the other."""

    template: ServerTemplate
    where: dict[str, object]
    wire: Wire
    folder: Path
    qtbot: QtBot
    visit_id: int
    opened: Opened | None = None
    entrance: ServerEntrance | None = None

    @property
    def desk(self) -> Opened:
        assert self.opened is not None
        return self.opened

    def comes_in(self, *, new: bool = True) -> None:
        clock = SteppedClock(NOW)
        self.entrance = ServerEntrance(self.folder, clock, self.wire.where(self.where), self.template.vault if new else None)
        window = Window(self.entrance, clock)
        self.qtbot.addWidget(window)
        window.resize(1440, 900)
        with self.qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        self.opened = Opened(window, clock, self.qtbot)
        self.desk.types(PASSWORD)
        self.desk.presses(Qt.Key.Key_Return)
        self.desk.sees("At this seat: Lin Hua")
        self.desk.waits()

    def goes_to_the_note(self) -> None:
        self.desk.frame.parts.go_to(NotePlace(self.visit_id))
        self.desk.sees("To sign: complaint")
        self.desk.frame.navigation.screen.page.form.put_cursor("complaint", 10_000)

    def leaves(self) -> None:
        if self.opened is not None and self.entrance is not None:
            self.opened.window.close()
            self.entrance.leaves()
            self.opened = None

    def stored(self) -> NoteDraft:
        """The note as it is on the server, seen from beside it."""
        with _clinic(self.folder / "beside", self.where, self.template.vault) as clinic:
            view = clinic.door.look(treatment.note_of_visit, self.visit_id)
        assert view is not None
        return view.draft

    @property
    def kept_here(self) -> list[Path]:
        return list((self.folder / "typed").glob("*.draft"))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerTemplate]:
    with needed_server() as server:
        yield made_on(server, tmp_path_factory.mktemp("server"))


@pytest.fixture
def seat(template: ServerTemplate, tmp_path: Path, qtbot: QtBot) -> Iterator[FarSeat]:
    where = dict(template.server.make(template="pulse_acupuncture"))
    with _clinic(tmp_path / "beside", where, template.vault) as clinic:
        visit_id = a_visit(clinic, a_patient(clinic)).id
    with laid(where) as wire:
        seat = FarSeat(template, where, wire, tmp_path / "seat", qtbot, visit_id)
        yield seat
        seat.leaves()


def test_typing_goes_on_while_the_server_is_away_and_is_saved_when_it_answers(seat: FarSeat) -> None:
    seat.comes_in()
    seat.goes_to_the_note()
    seat.desk.types("low back")
    seat.desk.sees("Draft saved")
    seat.wire.goes_dead()
    seat.desk.types(", worse in the morning")
    seat.desk.sees("Not connected to the clinic's server since 8:30")
    seat.desk.sees("What you type is kept on this computer")
    seat.desk.types(", better when walking")
    seat.qtbot.waitUntil(lambda: bool(seat.kept_here), timeout=5000)
    seat.wire.comes_back()
    seat.desk.sees("Connected again")
    seat.desk.sees("Draft saved")
    seat.qtbot.waitUntil(lambda: not seat.kept_here, timeout=10_000)
    assert seat.stored().complaint == "low back, worse in the morning, better when walking"
