"""The program's window on a clinic on the test's own server, reached over a wire that can be cut."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from pulse_desktop.basics.times import Clock
from pulse_desktop.clinic.practice.sign_in import Desk
from pulse_desktop.entrance import FolderEntrance
from pulse_desktop.storage.audit import AuditTrail
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import forbid_thread
from pulse_desktop.storage.line import Line
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import Vault, read_vault, write_vault


class ServerEntrance(FolderEntrance):
    """The folder of a seat; the clinic itself is on the server."""

    def __init__(self, folder: Path, clock: Clock, where: Mapping[str, Any], vault: Vault | None = None, *, patience: float = 0.3) -> None:
        """`vault` None: the folder has been a seat before."""
        super().__init__(folder, clock, allow_weak=True)
        self._where, self._patience = where, patience
        self._engines: list[Engine] = []
        if vault is not None:
            folder.mkdir(parents=True, exist_ok=True)
            write_vault(folder, vault)

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


