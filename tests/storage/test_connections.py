"""What every connection has, and what the key never does (D1, D2, K1, K2 in short form)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.engine import OnForbiddenThread, check_library, forbid_thread
from pulse_desktop.storage.open_clinic import OpenClinic
from tests.storage.workshop import PASSWORD, Putting, benches, put_bench

PROMISED = {
    "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0, "temp_store": 2,
    "mmap_size": 0, "secure_delete": 1, "busy_timeout": 10_000, "cell_size_check": 1, "cipher_log_level": "NONE",
}  # fmt: skip


def test_d1_old_or_plain_libraries_are_refused() -> None:
    for version, cipher in (((3, 51, 2), "4.19.0"), ((3, 40, 1), "4.19.0"), ((3, 53, 4), None), ((3, 53, 4), "")):
        with pytest.raises(Trouble) as told:
            check_library(version, cipher)
        assert told.value.key == "engine_unfit"
    check_library(dbapi2.sqlite_version_info, dbapi2.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0])


def test_d2_every_pooled_connection_keeps_every_promise(engine: Engine) -> None:
    met = threading.Barrier(20)

    def read_back(_: int) -> dict[str, object]:
        with engine.connect() as connection:
            met.wait(30)  # all twenty are checked out at once, so that all are different ones
            return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PROMISED}

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(read_back, range(20)))
    assert found == [PROMISED] * 20


def test_d2_control_a_connection_without_the_hook_breaks_promises(clinic: OpenClinic) -> None:
    bare = dbapi2.connect(":memory:")
    found = {name: (bare.execute(f"PRAGMA {name}").fetchone() or (None,))[0] for name in PROMISED}
    assert {name for name in PROMISED if found[name] != PROMISED[name]} >= {"foreign_keys", "journal_mode", "busy_timeout"}


def test_k1_nothing_lies_in_plain_text(clinic: OpenClinic) -> None:
    canary = "Canary Mori 9735550123"
    clinic.door.do(put_bench, Putting(canary))
    content = b"".join(path.read_bytes() for path in clinic.folder.iterdir())
    assert b"SQLite format 3" not in content
    assert b"CREATE TABLE" not in content
    assert canary.encode() not in content
    assert (clinic.folder / "clinic.db-wal").stat().st_size > 0  # the look included the journal


def test_k2_the_key_is_in_no_argument_environment_url_or_repr(clinic: OpenClinic, engine: Engine) -> None:
    keys = [clinic._unlocked.ring.database.hex(), clinic._unlocked.ring.master.hex()]
    process = Path("/proc/self")
    told = [repr(engine), str(engine.url), repr(clinic), repr(clinic._unlocked.ring), repr(clinic.door), repr(engine.pool)]
    if process.exists():
        told += [(process / name).read_text("utf-8", "replace") for name in ("cmdline", "environ")]
    told += [path.read_text("utf-8", "replace") for path in clinic.folder.iterdir()]
    assert not [key for key in [*keys, PASSWORD] for text_ in told if key in text_]


def test_k2_a_crash_leaves_no_core(clinic: OpenClinic) -> None:
    resource = pytest.importorskip("resource")
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0


def test_the_forbidden_thread_cannot_touch_the_database(door: Door, engine: Engine) -> None:
    forbid_thread(threading.get_ident())
    try:
        with pytest.raises(OnForbiddenThread):
            door.look(benches)
        with pytest.raises(OnForbiddenThread):
            door.do(put_bench, Putting("a"))
        with pytest.raises(OnForbiddenThread), engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(door.look, benches).result() == ()
    finally:
        forbid_thread(None)


def test_ddl_and_writes_roll_back_together(engine: Engine) -> None:
    with engine.execution_options(pulse_writes=True).connect() as connection:
        connection.exec_driver_sql("CREATE TABLE passing (id INTEGER)")
        connection.rollback()
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'passing'").first() is None
