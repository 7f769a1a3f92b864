"""The program's window on a clinic on the test's own server, reached over a wire that can be cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from pulse_desktop.basics.times import Clock, SteppedClock
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.clinic.treatment.values import NoteDraft, SaveDraft
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.gui.parts.places import NotePlace
from pulse_desktop.gui.shell.window import Window
from pulse_desktop.gui.workplaces.note.screen import NoteScreen
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import forbid_thread
from pulse_desktop.storage.line import Line
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault, write_vault
from tests.builders import NOW, PASSWORD
from tests.gui.opening import Opened
from tests.server_clinics import ServerTemplate, _clinic
from tests.wire import Wire


class ServerEntrance(FolderEntrance):
    """The folder of a seat; the clinic itself is on the server."""

    def __init__(self, folder: Path, clock: Clock, where: Mapping[str, Any], *, patience: float = 0.3) -> None:
        """`folder` holds the vault, as every seat's does."""
        super().__init__(folder, clock, allow_weak=True)
        self._where, self._patience = where, patience
        self._engines: list[Engine] = []

    def open(self, vault_id: str, password: str) -> Desk:
        self.prepare()
        vault = read_vault(self.folder)
        entry = vault.entry(vault_id)
        assert entry is not None
        unlocked = unlock(vault, vault_id, password, allow_weak=True)
        engine = open_server_engine(self._where)
        self._engines.append(engine)
        actor = Actor(0, entry.id, entry.name, frozenset(map(Role, entry.roles)))
        line = Line(engine, patience=self._patience)
        door = Door(engine, actor, "desk", self._clock, audit=AuditTrail(b"", "desk"), signer=unlocked.own, line=line)
        door.enter()
        desk = Desk(OpenClinic(self.folder, engine, door, unlocked, vault, audit_key=b"", lock=None))
        desk.practice()
        return desk

    def leaves(self) -> None:
        """Lets the connections go."""
        forbid_thread(None)
        for engine in self._engines:
            engine.dispose()


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

    def makes_folder(self) -> None:
        """The seat's own folder, with nothing of the clinic but who may sign in."""
        if not self.folder.exists():
            self.folder.mkdir()
            write_vault(self.folder, self.template.vault)

    def comes_in(self) -> None:
        """Lin Hua signs in."""
        self.makes_folder()
        clock = SteppedClock(NOW)
        self.entrance = ServerEntrance(self.folder, clock, self.wire.where(self.where))
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
        self.desk.sees("To sign")
        self.desk.waits()
        screen = self.desk.frame.navigation.screen
        assert isinstance(screen, NoteScreen)
        screen.page.form.put_cursor("complaint", 10_000)

    def leaves(self) -> None:
        if self.opened is not None and self.entrance is not None:
            self.opened.window.close()
            self.entrance.leaves()
            self.opened = None

    def writes_elsewhere(self, complaint: str) -> None:
        """Lin Hua writes in the same note at another seat."""
        with _clinic(self.folder / "beside", self.where, self.template.vault) as clinic:
            view = clinic.door.look(treatment.note_of_visit, self.visit_id)
            assert view is not None
            clinic.door.do(treatment.save_draft, SaveDraft(view.id, view.version, replace(view.draft, complaint=complaint)))

    def counts(self, table: str) -> int:
        """Rows on the server."""
        engine = open_server_engine(self.where)
        with engine.begin() as connection:
            found = int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
        engine.dispose()
        return found

    def stored(self) -> NoteDraft:
        """The note as it is on the server, seen from beside it."""
        with _clinic(self.folder / "beside", self.where, self.template.vault) as clinic:
            view = clinic.door.look(treatment.note_of_visit, self.visit_id)
        assert view is not None
        return view.draft

    @property
    def kept_here(self) -> list[Path]:
        return list((self.folder / "typed").glob("*.draft"))
