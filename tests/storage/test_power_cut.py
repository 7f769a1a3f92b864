"""Power cuts, full disks and failing disks under the real engine (D4, D5, D6 in short form)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.times import SystemClock
from pulse_desktop.storage.audit import AuditTrail, first_break
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import keep_promises, open_engine
from tests.storage import workshop as shop
from tests.storage.recorded_disk import FULL, IO_SYNC, IO_WRITE, Operation, PowerCut, RecordedDisk, recorded_disk
from tests.storage.workshop import EVERY_ROLE, closed_clinic, opened

pytest.importorskip("fcntl")  # hooks the unix file layer

SAVES = 160
CUTS = 150


class Bench:
    """A clinic's database below its folder, with a door of its own and the keys at hand."""

    def __init__(self, folder: Path) -> None:
        clinic = opened(*closed_clinic(folder))
        self.path = clinic.folder / "clinic.db"
        self.key, self.audit_key, self.person = clinic._unlocked.ring.database, clinic._audit_key, clinic.person_id
        clinic.close()

    def door(self, engine: Engine) -> Door:
        actor = Actor(0, self.person, "", EVERY_ROLE)
        return Door(engine, actor, "desk", SystemClock(), audit=AuditTrail(self.audit_key, "desk"))

    def coins(self, path: Path) -> list[int]:
        """What a fresh opening finds; proves on the way that file, chain and tables agree."""
        engine = open_engine(path, self.key)
        try:
            with engine.begin() as connection:
                assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
                assert first_break(connection, self.audit_key) is None
                worths = [int(row[0]) for row in connection.exec_driver_sql("SELECT worth FROM shop_coin ORDER BY id")]
                events = connection.exec_driver_sql("SELECT count(*) FROM audit WHERE action = 'coin.drop'").scalar()
                changes = connection.exec_driver_sql("SELECT count(*) FROM change WHERE subject = 'shop_coin'").scalar()
            assert len(worths) == events == changes, "torn"
            return worths
        finally:
            engine.dispose()


def saved_under(disk: RecordedDisk, bench: Bench, synchronous: str) -> None:
    """Saves again and again, marking each acknowledgement; small checkpoints, so that they are cut into as well."""

    def promises(connection: Any) -> None:
        keep_promises(connection)
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA wal_autocheckpoint=60")

    engine = open_engine(bench.path, bench.key, promises=promises)
    door = bench.door(engine)
    for worth in range(SAVES):
        door.do(shop.drop_coin, worth)
        disk.mark("saved")
    engine.dispose()


def lost_and_broken(bench: Bench, before: dict[str, bytes], operations: list[Operation], folder: Path, seed: int) -> tuple[int, int]:
    """Cuts at random moments, opens what is left: cuts that lost an acknowledged save, and cuts that broke the file."""
    chance = random.Random(seed)
    cuts = set(chance.sample(range(len(operations)), CUTS))
    cut, saved, lost, broken = PowerCut(before), 0, 0, 0
    for number, operation in enumerate(operations):
        cut.happened(operation)
        saved += operation.kind == "saved"
        if number in cuts:
            path = folder / f"cut-{number}" / "clinic.db"
            path.parent.mkdir()
            for name, content in cut.left(chance).items():
                (path.parent / name).write_bytes(content)
            try:
                lost += bench.coins(path)[:saved] != list(range(saved))
            except (AssertionError, DBAPIError, dbapi2.Error):  # the harness counts, the test judges
                broken += 1
    return lost, broken


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_d4_a_power_cut_loses_no_acknowledged_save(tmp_path: Path, synchronous: str) -> None:
    bench = Bench(tmp_path)
    before = {"clinic.db": bench.path.read_bytes()}
    with recorded_disk() as disk:
        saved_under(disk, bench, synchronous)
    kinds = [operation.kind for operation in disk.operations]
    assert kinds.count("saved") == SAVES
    assert kinds.count("write") > SAVES
    lost, broken = lost_and_broken(bench, before, disk.operations, tmp_path, seed=4)
    if synchronous == "FULL":
        assert (lost, broken) == (0, 0)
    else:  # the negative control: the simulator must see what NORMAL loses
        assert lost > 0


def test_d5_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with recorded_disk() as disk:
        engine = open_engine(bench.path, bench.key)
        door = bench.door(engine)
        for worth in range(5):
            door.do(shop.drop_coin, worth)
        disk.fails = lambda operation: FULL if operation.kind == "write" else None
        for _ in range(3):
            with pytest.raises(Trouble) as told:
                door.do(shop.drop_coin, 99)
            assert told.value.key == "disk_full"
        disk.fails = None
        door.do(shop.drop_coin, 5)  # space was made: it goes on without a restart
        engine.dispose()
    assert bench.coins(bench.path) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("kind", "code"), [("write", IO_WRITE), ("write", FULL), ("sync", IO_SYNC)])
def test_d6_a_failing_disk_never_acknowledges_what_it_does_not_keep(tmp_path: Path, kind: str, code: int) -> None:
    """Each save is acknowledged and there, or reported and absent.

    Found by this test: a connection must *not* be discarded after a failed sync. If it was the last one, the next
    opening replays the journal and brings back a save that the person was told had failed; kept open, SQLite
    overwrites those frames with the next commit.
    """
    bench = Bench(tmp_path)
    kept: list[int] = []
    with recorded_disk() as disk:
        engine = open_engine(bench.path, bench.key)
        door = bench.door(engine)
        for turn in range(1, 41):
            left = turn % 13 * (5 if kind == "write" else 1)

            def fails(operation: Operation) -> int | None:
                nonlocal left
                if operation.kind == kind:
                    left -= 1
                return code if operation.kind == kind and left < 0 else None

            disk.fails = fails
            for worth in range(turn * 10, turn * 10 + 3):
                try:
                    door.do(shop.drop_coin, worth)
                    kept.append(worth)
                except Trouble as trouble:
                    assert trouble.key in {"disk_full", "disk_trouble"}  # noqa: PT017 - a save may also succeed
            disk.fails = None
            door.do(shop.drop_coin, turn)  # the disk is well again
            kept.append(turn)
        engine.dispose()
    assert 40 < len(kept) < 160
    assert bench.coins(bench.path) == kept
