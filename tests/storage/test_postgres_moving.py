"""A clinic moves to a server and back: every row, every event and every signature, or it stays where it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Table

from pulse_desktop.basics.problems import Denied, Refusal, Trouble
from pulse_desktop.storage import joints, moving, postgres_moving, sqlite_moving
from pulse_desktop.storage.backup import make_backup
from pulse_desktop.storage.grants import WRITERS
from pulse_desktop.storage.plain_rows import all_tables
from pulse_desktop.storage.restoring import restore, verify_backup
from pulse_desktop.storage.server_making import make_clinic_database
from pulse_desktop.storage.vault import read_vault
from tests.builders import MINA, PASSWORD, TestClinic, a_clinic, a_patient
from tests.house.whole_day import WholeDay
from tests.postgres import Server
from tests.server_seats import SeatTemplate
from tests.storage.moving_house import House, a_command

_numbers = count()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    clinic = a_clinic(tmp_path_factory.mktemp("house"))
    WholeDay(clinic).lives()
    clinic.lets_in(replace(MINA, first_name="Mona"))
    person = clinic.desk.clinic.person_id
    clinic.close()
    return clinic.folder, person


@pytest.fixture
def house(lived: tuple[Path, str], postgres: Server, tmp_path: Path) -> House:
    """On its file."""
    shutil.copytree(lived[0], tmp_path / "clinic")
    return House(postgres, tmp_path / "clinic", lived[1], f"house{next(_numbers)}")


@pytest.fixture(scope="module")
def moved(lived: tuple[Path, str], postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, SeatTemplate]:
    """The same after a move, to be copied."""
    folder = tmp_path_factory.mktemp("moved") / "clinic"
    shutil.copytree(lived[0], folder)
    house = House(postgres, folder, lived[1], "moved")
    house.to_server()
    return house, SeatTemplate(postgres, folder, house.place)


@pytest.fixture
def on_server(moved: tuple[House, SeatTemplate], tmp_path: Path) -> House:
    """On the server, as a move left it."""
    house, template = moved
    seat = template.seat(tmp_path / "seat")
    return replace(house, folder=seat.folder, database=seat.place.database)


def test_there_and_back_with_every_row_event_and_signature(house: House) -> None:
    before = house.holds()
    there = house.to_server()
    assert not house.is_on_file()
    assert house.holds() == before
    a_command(house)
    with_one_more = house.holds()
    assert with_one_more["note"].rows == before["note"].rows + 1
    back = house.to_file()
    assert house.is_on_file()
    assert house.holds() == with_one_more
    assert there.rows > 200
    assert back.events > there.events
    a_command(house)
    joined(house, "file", "server", "file")
    assert there.kept.name.startswith("clinic.db.moved-")
    assert there.kept.stat().st_mode & 0o222 == 0, "what is kept is not written"
    assert back.kept.name.startswith("server.json.moved-")


def joined(house: House, *kept: str) -> None:
    """The trail's spans, each of which begins with an event that says so."""
    clinic = house.opened()
    with clinic.desk.clinic._engine.begin() as connection:
        found = joints.joints_of(connection, clinic.desk.clinic._audit_key)
        told = connection.exec_driver_sql("SELECT seq, object_type, object_id FROM audit WHERE action = 'clinic.moved' ORDER BY seq").all()
    clinic.close()
    assert found is not None
    assert tuple(span.kept for span in found.spans) == kept
    assert [tuple(row) for row in told] == [(span.first, span.kept, span.first - 1) for span in found.spans[1:]]


BEHIND: dict[str, str] = {
    "an event of the file": "UPDATE audit SET action = 'visit.boook' WHERE seq = 5",
    "an event of the server": "UPDATE audit SET reason_code = 'x' WHERE seq = (SELECT max(seq) FROM audit)",
    "the joint": "UPDATE audit SET object_type = 'file' WHERE action = 'clinic.moved'",
    "the joints": "UPDATE vault_state SET value = replace(value, 'file', 'server') WHERE name = 'joints'",
    "no joints": "DELETE FROM vault_state WHERE name = 'joints'",
    "the file's span chained anew without a key": """
        DO $$ DECLARE event audit; before bytea := decode(repeat('00', 32), 'hex');
        BEGIN
            FOR event IN SELECT * FROM audit ORDER BY seq LOOP
                event.prev := before;
                before := sha256('\\x00'::bytea || before || audit_canonical(event));
                UPDATE audit SET prev = event.prev, hash = before WHERE seq = event.seq;
            END LOOP;
            UPDATE ledger_head SET hash = before;
            UPDATE vault_state SET value = replace(value, '"file"', '"server"') WHERE name = 'joints';
        END $$""",
}


@pytest.mark.parametrize("what", BEHIND)
def test_a_trail_altered_by_the_administrator_shows_on_both_sides_of_the_joint(on_server: House, what: str) -> None:
    clinic = on_server.opened()
    with psycopg.connect(**on_server.server.where(on_server.database), autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        administrator.execute(BEHIND[what].encode())
    assert [finding.part for finding in clinic.desk.clinic.check().findings] == ["audit"]
    clinic.close()


def flipped(really: Callable[..., None], wanted: str) -> Callable[..., None]:
    """Adds rows as `really` does, with one letter of one row wrong."""

    def add_rows(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        if table.name == wanted:
            first, *others = rows
            at, text = next((at, value) for at, value in enumerate(first) if isinstance(value, str) and len(value) > 2)
            rows = [(*first[:at], text[:-1] + chr(ord(text[-1]) ^ 1), *first[at + 1 :]), *others]
        really(connection, table, rows)

    return add_rows


def test_one_bit_that_differs_keeps_the_clinic_in_its_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control of the proof: what goes in is not what comes out."""
    with monkeypatch.context() as broken:
        broken.setattr(postgres_moving, "add_rows", flipped(postgres_moving.add_rows, "patient"))
        with pytest.raises(Trouble) as told:
            house.to_server()
    assert (told.value.key, told.value.details) == ("move_unproved", {"part": "rows", "what": "patient"})
    assert house.is_on_file()
    house.holds()


def test_one_bit_that_differs_keeps_the_clinic_on_its_server(on_server: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_moving, "add_rows", flipped(sqlite_moving.add_rows, "history"))
    with pytest.raises(Trouble) as told:
        on_server.to_file()
    assert (told.value.key, told.value.details) == ("move_unproved", {"part": "rows", "what": "history"})
    a_command(on_server)
    monkeypatch.undo()
    on_server.to_file()
    a_command(on_server)


def with_a_broken_note(really: Callable[..., None]) -> Callable[..., None]:
    """Adds rows as `really` does; one signature is another."""

    def add_rows(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        at = list(table.columns.keys()).index("signature") if table.name == "note" else None
        really(connection, table, rows if at is None else ((*row[:at], row[at] and bytes(64), *row[at + 1 :]) for row in rows))

    return add_rows


def test_a_signature_that_does_not_hold_keeps_the_clinic_where_it_is(house: House, on_server: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "differing", lambda *_: None)  # only the signatures can tell
    for way_in, move in ((postgres_moving, house.to_server), (sqlite_moving, on_server.to_file)):
        with monkeypatch.context() as broken:
            broken.setattr(way_in, "add_rows", with_a_broken_note(way_in.add_rows))
            with pytest.raises(Trouble) as told:
                move()
        assert told.value.details["part"] == "signatures"
    assert (house.is_on_file(), on_server.is_on_file()) == (True, False)
    a_command(on_server)


def test_only_an_owner_moves_the_clinic(house: House, on_server: House, lived: tuple[Path, str]) -> None:
    mona = next(entry.id for entry in read_vault(lived[0]).people if entry.name.startswith("Mona"))
    with pytest.raises(Denied):
        replace(house, person=mona).to_server()
    with pytest.raises(Denied):
        replace(on_server, person=mona).to_file()
    assert (house.is_on_file(), on_server.is_on_file()) == (True, False)


def test_a_clinic_that_is_open_is_not_moved(house: House) -> None:
    clinic = house.opened()
    with pytest.raises(Refusal, match="clinic_in_use"):
        house.to_server()
    clinic.close()


def test_a_database_somebody_came_into_is_left_alone(on_server: House, house: House) -> None:
    """An old copy of this very clinic's file must not take its database away."""
    a_command(on_server)
    with pytest.raises(Refusal, match="database_exists"):
        replace(house, database=on_server.database).to_server()
    a_command(on_server)
    assert house.is_on_file()


def test_what_a_cut_off_move_left_is_taken_away_by_the_next(house: House) -> None:
    make_clinic_database(house.server.where("postgres"), house.database)
    house.to_server()
    a_command(house)


def test_a_backup_is_not_restored_beneath_a_way_to_the_server(house: House, on_server: House, tmp_path: Path) -> None:
    clinic = house.opened()
    backup = make_backup(clinic.desk.clinic, tmp_path, clinic.clock).path
    clinic.close()
    with pytest.raises(Refusal, match="restore_on_server"):
        restore(backup, on_server.folder, on_server.person, PASSWORD)


def test_other_seats_hear_that_the_clinic_has_moved(on_server: House) -> None:
    other = replace(on_server, folder=on_server.folder.with_name("other"))
    other.folder.mkdir()
    for name in ("vault.json", "vault.twin.json", "server.json"):
        shutil.copy(on_server.folder / name, other.folder / name)
    working = other.opened()
    on_server.to_file()
    with pytest.raises(Refusal, match="clinic_moved_now"):
        a_patient(working)
    working.close()
    with pytest.raises(Refusal, match="clinic_moved") as told:
        other.opened()
    assert told.value.details["seat"] == "desk"
    a_command(on_server)


def at_work(house: House) -> TestClinic:
    """An owner at a seat. Tables that other tests declare, which no clinic has, are theirs to read as well."""
    clinic = house.opened()
    ours = ", ".join(table.name for table in all_tables() if table.name not in WRITERS)
    if ours:
        with psycopg.connect(**house.server.where(house.database), autocommit=True) as administrator:
            administrator.execute(f"GRANT SELECT ON {ours} TO PUBLIC")
    return clinic


def test_b1_a_server_is_backed_up_at_work_and_restored_where_there_is_none(on_server: House, tmp_path: Path) -> None:
    before = on_server.holds()
    clinic = at_work(on_server)
    made = make_backup(clinic.desk.clinic, tmp_path, clinic.clock)
    clinic.close()
    assert verify_backup(made.path, on_server.person, PASSWORD).rows == made.proof.rows
    restored = replace(on_server, folder=tmp_path / "laptop")
    restore(made.path, restored.folder, on_server.person, PASSWORD, clinic.clock)
    assert restored.is_on_file()
    assert restored.holds() == before
    a_command(restored)
    joined(restored, "file", "server", "file")


def test_b1_one_bit_lost_on_the_way_is_no_backup(on_server: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic = at_work(on_server)
    monkeypatch.setattr(sqlite_moving, "add_rows", flipped(sqlite_moving.add_rows, "history"))
    with pytest.raises(Trouble, match="move_unproved"):
        make_backup(clinic.desk.clinic, tmp_path, clinic.clock)
    clinic.close()
    assert not list(tmp_path.glob("*.pulsebackup*"))
