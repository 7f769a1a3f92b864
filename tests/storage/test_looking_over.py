"""Opening takes the same moment at every size; the rest of the file is looked over behind the work."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.audit import Break, first_break
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.looking_over import LookingOver
from pulse_desktop.storage.open_clinic import OpenClinic
from tests.storage import workshop as shop


def _breaks_a_reference(engine: Engine) -> None:
    """As damage would: a row that points at nothing."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA query_only=OFF")
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("CREATE TABLE pointing (coin INTEGER REFERENCES shop_coin (id))")
        driver.execute("INSERT INTO pointing VALUES (999)")
        driver.execute("PRAGMA foreign_keys=ON")
        connection.invalidate()


def test_damage_found_behind_the_work_shuts_the_door_to_commands(clinic: OpenClinic, engine: Engine) -> None:
    clinic.look_over()  # nothing is wrong yet
    clinic.door.do(shop.drop_coin, 1)
    _breaks_a_reference(engine)
    with pytest.raises(Trouble, match="file_unsound") as told:
        clinic.look_over()
    assert told.value.details["part"] == "references"
    for _ in range(2):
        with pytest.raises(Trouble, match="file_unsound"):
            clinic.door.do(shop.drop_coin, 1)
    assert clinic.door.head().seq > 0  # looking still works


def test_whoever_leaves_does_not_wait_for_the_look(engine: Engine) -> None:
    """A file as large as a look needs to last: the look ends when it is stopped and claims nothing."""
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE big (a INTEGER PRIMARY KEY, b TEXT, c TEXT)"))
        connection.execute(text("CREATE INDEX big_b ON big (b, c)"))
        rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000)"
        connection.execute(text(f"INSERT INTO big {rows} SELECT i, hex(randomblob(20)), 'x' FROM n"))
    whole = time.monotonic()
    assert LookingOver(engine).first_finding() is None
    whole = time.monotonic() - whole
    look, found = LookingOver(engine), []
    thread = threading.Thread(target=lambda: found.append(look.first_finding()))
    begun = time.monotonic()
    thread.start()
    time.sleep(whole / 10)
    look.stop()
    thread.join()
    assert found == [None]
    assert time.monotonic() - begun < whole * 0.7
    assert LookingOver.first_finding(look) is None  # and it does not begin again


def test_the_newest_events_are_checked_at_the_door(clinic: OpenClinic, engine: Engine) -> None:
    for _ in range(8):
        clinic.door.do(shop.drop_coin, 1)
    newest = clinic.door.head().seq
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
        connection.exec_driver_sql("UPDATE audit SET action = 'nothing' WHERE seq = ?", (newest - 2,))
    with engine.begin() as connection:
        key = clinic._audit_key
        assert first_break(connection, key, newest=5) == Break(newest - 2, "changed")
        assert first_break(connection, key, newest=1) is None  # control: only the whole trail sees further back
        assert first_break(connection, key) == Break(newest - 2, "changed")


def test_a_clinic_with_a_broken_newest_event_is_not_opened(tmp_path: Path) -> None:
    folder, owner_id = shop.closed_clinic(tmp_path)
    opened = shop.opened(folder, owner_id)
    with writing(opened._engine).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
        connection.exec_driver_sql("UPDATE audit SET outcome = 'denied' WHERE seq = 1")
        from pulse_desktop.storage.sqlite_guards import remake_guards

        remake_guards(connection)
    opened.close()
    with pytest.raises(Trouble, match="file_unsound"):
        clinic_folder.open(folder, owner_id, shop.PASSWORD, allow_weak=True)
