"""Moves a clinic from its server to a file at this seat: the door shut, copied, proved row by row, then used.

The server's transaction that shuts the door is committed last, when the file lies ready: before that nobody notices more
than a wait, and from then on every seat hears that the clinic has moved. The database stays where it is, shut.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage import clinic_folder, postgres_moving, sqlite_moving
from pulse_desktop.storage.audit import AuditTrail, Head, head
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.header_copies import agreed
from pulse_desktop.storage.moved_folder import ARRIVING, be_ready_for_file, clear_arriving, switch_to_file
from pulse_desktop.storage.moving import LookOver, Moved, Mover, carry, compare, prove
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.people import may_move
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.server_file import is_on_server, read_server_file
from pulse_desktop.storage.server_making import as_keeper
from pulse_desktop.storage.types import to_milliseconds
from pulse_desktop.storage.unlocking import Unlocked
from pulse_desktop.storage.vault import Vault, read_vault
from pulse_desktop.storage.way import opened_way

register_sentences(
    {
        "on_file_already": N_("This clinic is kept in a file already. Nothing was changed."),
        "another_server": N_("That is not the server this clinic is on. Nothing was changed. Check the name of the server."),
    }
)


def to_file(
    folder: Path, person_id: str, password: str, admin: Mapping[str, Any], look_over: LookOver, *,
    clock: Clock | None = None, seat: str = "", allow_weak: bool = False,
) -> Moved:  # fmt: skip
    """Moves the clinic of the seat in `folder` into a file there. Needs MOVE_CLINIC, and the server's administrator.

    Raises Denied, Refusal or Trouble; then the server is in use as it was.
    """
    if not is_on_server(folder):
        raise Refusal("on_file_already")
    clock, seat = clock or SystemClock(), seat or socket.gethostname()
    clinic = clinic_folder.open(folder, person_id, password, clock=clock, seat=seat, allow_weak=allow_weak)
    token = token_hex(16)
    try:
        clinic.door.look(may_move)
        rows, events = clinic.below(lambda engine, unlocked: _Departure(clinic, engine, unlocked, clock, seat).all_of_it(admin, look_over, token))
    except BaseException:
        clinic.close()
        raise
    lock = clinic.hand_over()
    try:
        kept = switch_to_file(folder, token, _stamp(clock.now()))
    finally:
        lock.release()
    assert kept is not None
    return Moved(rows, events, kept)


@dataclass(frozen=True, slots=True)
class _Departure:
    """A file that is being filled, while the server's door is shut."""

    clinic: OpenClinic
    own: Engine
    unlocked: Unlocked
    clock: Clock
    seat: str

    def all_of_it(self, admin: Mapping[str, Any], look_over: LookOver, token: str) -> tuple[int, int]:
        """Rows and proofs, then the server's COMMIT; how many rows and events."""
        folder, ring = self.clinic.folder, self.unlocked.ring
        vault, audit_key = cleanly(lambda: agreed(self.own, read_vault(folder), self.unlocked))
        mover = Mover(self.clinic.door.actor, self.seat, self.clock.now(), audit_key)
        clear_arriving(folder)
        keeper = open_server_engine(self._as_keeper(admin, vault), pool_size=1)
        try:
            return cleanly(lambda: self._within(keeper, folder / ARRIVING, ring.database, vault, mover, look_over, token))
        finally:
            keeper.dispose()

    def _within(
        self, keeper: Engine, path: Path, key: bytes, vault: Vault, mover: Mover, look_over: LookOver, token: str
    ) -> tuple[int, int]:  # fmt: skip
        with writing(keeper).begin() as source:
            postgres_moving.shut_the_door(source)
            self._check_same(source)
            with sqlite_moving.new_file(path, key) as file:
                rows = _filled(source, file, mover)
                events = prove(file, vault, mover.audit_key)
                look_over(Door(file, mover.actor, mover.seat, self.clock, audit=AuditTrail(mover.audit_key, mover.seat)))
            be_ready_for_file(self.clinic.folder, token)
            postgres_moving.say_moved(source, canonical({"seat": self.seat, "token": token, "at": to_milliseconds(mover.at)}).decode())
        return rows, events

    def _as_keeper(self, admin: Mapping[str, Any], vault: Vault) -> Mapping[str, Any]:
        """The keeper is named as the logins are, also where the database bears another name since."""
        person_id, ways = self.clinic.person_id, read_server_file(self.clinic.folder)
        way = opened_way(ways.ways[person_id], self.unlocked.own, vault.vault_id, person_id)
        assert way is not None, "the clinic was opened by it"
        return {**as_keeper(admin, way.role.rpartition("_")[0]), "dbname": way.place.database}

    def _check_same(self, source: Connection) -> None:
        """The administrator's server is the one this seat is on: the same newest event, which nobody can add to any more."""
        with self.own.begin() as connection:
            if head(connection) != head(source):
                raise Refusal("another_server")


def _filled(source: Connection, file: Engine, mover: Mover) -> int:
    with writing(file).begin() as target:
        last: Head = carry(source, target, sqlite_moving, mover)
    with file.begin() as target:
        return compare(source, target, last)


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d-%H%M%S}"
