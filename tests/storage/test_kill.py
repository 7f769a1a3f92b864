"""SIGKILL at random moments of saving: nothing acknowledged is lost, nothing is torn, the file opens (D3 in short form)."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from pulse_desktop.storage.open_clinic import OpenClinic
from tests.storage import workshop as shop
from tests.storage.workshop import closed_clinic, opened

pytest.importorskip("fcntl")  # forks


def save_until_killed(folder: Path, person_id: str, acknowledged: int) -> None:
    """The child: opens the clinic as the program does and writes one byte for each save that was acknowledged."""
    clinic = opened(folder, person_id)
    while True:
        clinic.door.do(shop.drop_coin, 1)
        os.write(acknowledged, b".")


def kill_once(folder: Path, person_id: str, chance: random.Random) -> int:
    """Forks a saver, waits for a random number of commits and then a random moment, kills it; the saves it was told of."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            save_until_killed(folder, person_id, writing)
        finally:
            os._exit(1)
    os.close(writing)
    told, wanted = 0, chance.randrange(1, 40)
    while told < wanted:
        got = os.read(reading, wanted - told)
        assert got, "the saver ended by itself"
        told += len(got)
    time.sleep(chance.random() * 0.003)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while got := os.read(reading, 1000):
        told += len(got)
    os.close(reading)
    return told


def counted(clinic: OpenClinic) -> tuple[int, int, int]:
    with clinic._engine.begin() as connection:
        return tuple(  # type: ignore[return-value]
            connection.exec_driver_sql(f"SELECT count(*) FROM {what}").scalar()
            for what in ("shop_coin", "audit WHERE action = 'coin.drop'", "operation WHERE command LIKE '%drop_coin'")
        )


def killed(tmp_path: Path, times: int) -> None:
    folder, person_id = closed_clinic(tmp_path)
    chance, acknowledged = random.Random(times), 0
    for _ in range(times):
        acknowledged += kill_once(folder, person_id, chance)
        clinic = opened(folder, person_id)
        coins, events, operations = counted(clinic)
        assert coins == events == operations, "torn"
        assert acknowledged <= coins <= acknowledged + 1, "lost"  # one more may be saved and not yet told
        acknowledged = coins
        assert clinic.check().is_sound
        clinic.close()


def test_d3_kill_loses_no_acknowledged_save(tmp_path: Path) -> None:
    killed(tmp_path, 20)


@pytest.mark.long
def test_d3_kill_loses_no_acknowledged_save_long(tmp_path: Path) -> None:
    killed(tmp_path, 500)
