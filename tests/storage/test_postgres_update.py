"""A server is brought to a newer version by its administrator, once, whole or not at all (M3, M5), and back from its dump (B5)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from pulse_desktop.basics.problems import Problem, Refusal, Trouble
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.migrations import head
from pulse_desktop.storage.migrations.server_steps import migrate_server
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.postgres_schema import keep_shape
from pulse_desktop.storage.server_making import unmake_clinic_database
from pulse_desktop.storage.way import Place
from tests.postgres import Server, programs
from tests.server_seats import Seat, found_on, keeper

AS_IT_WAS = (
    "DROP TABLE outcome_score CASCADE",
    "DROP TABLE phrase CASCADE",
    "DROP TABLE point_group CASCADE",
    "DROP TABLE favourite_code CASCADE",
    "DROP INDEX ix_search_key_patient_id_key",
    "DROP INDEX ix_credit_entry_package_id_sums",
    "CREATE INDEX ix_credit_entry_package_id ON credit_entry (package_id)",
    "DROP INDEX ix_ledger_entry_patient_id_sums",
    "CREATE INDEX ix_ledger_entry_patient_id ON ledger_entry (patient_id)",
    "DROP INDEX ix_visit_patient_id_progress_day",
    "DROP INDEX ix_visit_progress_day",
    "CREATE INDEX ix_search_key_patient_id ON search_key (patient_id)",
    "DROP INDEX ix_note_patient_id_visit_id",
    "CREATE INDEX ix_note_patient_id ON note (patient_id)",
    "DROP INDEX ix_receipt_patient_id_line",
    "CREATE INDEX ix_receipt_patient_id ON receipt (patient_id)",
    "UPDATE alembic_version SET version_num = '0001'",
)
DATABASE = "dale"


@pytest.fixture
def older(postgres: Server, tmp_path: Path) -> Iterator[Seat]:
    """A seat of a clinic whose server is a version behind."""
    place = Place("127.0.0.1", postgres.port, DATABASE, postgres.authority.pem)
    found_on(postgres, tmp_path / "seat", place)
    engine = open_server_engine(keeper(postgres, DATABASE))
    with writing(engine).begin() as connection:
        for statement in AS_IT_WAS:
            connection.exec_driver_sql(statement)
        keep_shape(connection)
    engine.dispose()
    yield Seat(postgres, tmp_path / "seat", place)
    unmake_clinic_database(postgres.where("postgres"), DATABASE)


def signs_in(seat: Seat) -> str:
    """What keeps Lin Hua out, if anything does."""
    try:
        seat.sign_in("Lin Hua").close()
    except Problem as told:
        return told.key
    return "done"


def version(seat: Seat) -> object:
    with seat.administrator() as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()


def test_m5_ten_updates_at_once_are_carried_out_once(older: Seat) -> None:
    assert signs_in(older) == "server_older"
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda _: migrate_server(older.server.where("postgres"), DATABASE), range(10)))
    assert sorted(told) == [False] * 9 + [True]
    assert version(older) == (head(),)
    assert signs_in(older) == "done"


def test_m3_an_update_that_does_not_lead_to_the_declared_tables_leaves_everything_as_it_was(older: Seat) -> None:
    with older.administrator() as connection:
        connection.execute("ALTER TABLE room ADD COLUMN colour TEXT")
    with pytest.raises(Trouble, match="server_update_failed"):
        migrate_server(older.server.where("postgres"), DATABASE)
    assert version(older) == ("0001",)
    with older.administrator() as connection:
        connection.execute("ALTER TABLE room DROP COLUMN colour")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refusal, match="clinic_newer"):
        migrate_server(older.server.where("postgres"), DATABASE)


def test_nobodys_own_login_changes_tables(older: Seat) -> None:
    with older.connected_as("Lin Hua") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("ALTER TABLE room ADD COLUMN colour TEXT")


def test_b5_a_server_restored_from_its_dump_is_found_by_its_seats(older: Seat, tmp_path: Path) -> None:
    """The commands of docs/several-seats.md."""
    server, bin_folder = older.server, programs()
    assert bin_folder is not None
    migrate_server(server.where("postgres"), DATABASE)
    settings = "SELECT setconfig FROM pg_db_role_setting JOIN pg_database ON setdatabase = pg_database.oid WHERE datname = %s"
    with older.administrator() as connection:
        before = connection.execute(settings, (DATABASE,)).fetchone()
    there = {**os.environ, "PGHOST": str(server.folder), "PGPORT": str(server.port), "PGUSER": server.user}
    dump = [str(bin_folder / "pg_dump"), "--create", "--format=custom", f"--file={tmp_path / 'x.dump'}", DATABASE]
    subprocess.run(dump, check=True, env=there)
    server.told(f"DROP DATABASE {DATABASE}")
    subprocess.run([str(bin_folder / "pg_restore"), "--create", "--dbname=postgres", str(tmp_path / "x.dump")], check=True, env=there)
    with older.signed_in("Lin Hua") as clinic:
        assert clinic.desk.clinic.check().is_sound
    with older.administrator() as connection:
        assert connection.execute(settings, (DATABASE,)).fetchone() == before
