"""Moves a clinic from its file to a server: copied, proved row by row, opened under its owner's own login, then used.

Whatever fails or is cut off before the end leaves the file in use as it was. What such an attempt left on the server is
taken away by the next one.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from pulse_desktop.basics.problems import Problem, Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage import clinic_folder, postgres_moving
from pulse_desktop.storage.audit import AuditTrail, Head
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.header_copies import agreed
from pulse_desktop.storage.moved_folder import switch_to_server
from pulse_desktop.storage.moving import LookOver, Moved, Mover, carry, compare, prove
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.people import may_move
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.server_file import ServerFile, is_on_server
from pulse_desktop.storage.server_making import make_clinic_database, unmake_clinic_database
from pulse_desktop.storage.server_people import let_in
from pulse_desktop.storage.unlocking import Unlocked
from pulse_desktop.storage.vault import Vault, read_vault
from pulse_desktop.storage.way import Place, opened_way

register_sentences({"on_server_already": N_("This clinic is on a server already. Nothing was changed.")})


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: the server's administrator (libpq's words, any database), and the place as seats will reach it."""

    admin: Mapping[str, Any]
    place: Place


def to_server(
    folder: Path, person_id: str, password: str, target: Target, look_over: LookOver, *,
    clock: Clock | None = None, seat: str = "", allow_weak: bool = False,
) -> Moved:  # fmt: skip
    """Moves the clinic in `folder`; nobody may have it open. Needs MOVE_CLINIC.

    Raises Denied, Refusal or Trouble; then the file is in use as it was.
    """
    if is_on_server(folder):
        raise Refusal("on_server_already")
    clock, seat = clock or SystemClock(), seat or socket.gethostname()
    clinic = clinic_folder.open(folder, person_id, password, clock=clock, seat=seat, allow_weak=allow_weak)
    try:
        clinic.door.look(may_move)
        rows, events, ways = _carried_over(clinic, target, look_over, clock, seat)
    except BaseException:
        clinic.close()
        raise
    lock = clinic.hand_over()
    try:
        return Moved(rows, events, switch_to_server(folder, ways, f"{clock.now():%Y-%m-%d-%H%M%S}"))
    finally:
        lock.release()


def _carried_over(clinic: OpenClinic, target: Target, look_over: LookOver, clock: Clock, seat: str) -> tuple[int, int, ServerFile]:
    vault = read_vault(clinic.folder)
    postgres_moving.clear_left_over(target.admin, target.place.database, vault.vault_id)
    where = make_clinic_database(target.admin, target.place.database)
    keeper = open_server_engine(where, pool_size=1)
    try:
        return clinic.below(lambda engine, unlocked: _Arrival(clinic, engine, keeper, unlocked, clock, seat).all_of_it(target.place, look_over))
    except BaseException:
        keeper.dispose()
        with suppress(Problem):
            unmake_clinic_database(target.admin, target.place.database)
        raise
    finally:
        keeper.dispose()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A database that is being filled."""

    clinic: OpenClinic
    file: Engine
    keeper: Engine
    unlocked: Unlocked
    clock: Clock
    seat: str

    def all_of_it(self, place: Place, look_over: LookOver) -> tuple[int, int, ServerFile]:
        """Rows, logins, proofs; how many rows and events, and the ways of all people."""
        vault, audit_key = cleanly(lambda: agreed(self.file, read_vault(self.clinic.folder), self.unlocked))
        last = cleanly(lambda: self._carry(Mover(self.clinic.door.actor, self.seat, self.clock.now(), audit_key)))
        ways = let_in(self.keeper, place, vault, self.unlocked.ring)
        rows = cleanly(lambda: self._compared(last))
        events = self._opened(vault, ways, audit_key, look_over)
        return rows, events, ways

    def _carry(self, mover: Mover) -> Head:
        with self.file.begin() as source, writing(self.keeper).begin() as target:
            return carry(source, target, postgres_moving, mover)

    def _compared(self, last: Head) -> int:
        with self.file.begin() as source, self.keeper.begin() as target:
            return compare(source, target, last)

    def _opened(self, vault: Vault, ways: ServerFile, audit_key: bytes, look_over: LookOver) -> int:
        """Goes in as the mover will from now on. Nothing is written: a database somebody came into is never taken back."""
        person_id = self.clinic.person_id
        way = opened_way(ways.ways[person_id], self.unlocked.own, vault.vault_id, person_id)
        if way is None:
            raise Trouble("move_unproved", part="people", what=person_id)
        engine = open_server_engine(way.where(self.clinic.folder, socket_for_tests=vault.weak))
        try:
            events = prove(engine, vault, audit_key)
            trail = AuditTrail(audit_key, self.seat)
            look_over(Door(engine, self.clinic.door.actor, self.seat, self.clock, audit=trail))
        finally:
            engine.dispose()
        return events
