"""Each person's own login may do on the server what their role does in the program, and nothing else (Z5, U5 in short)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.clinic import boards, packages, practice, schedule, treatment
from pulse_desktop.clinic.treatment.values import Amendment
from pulse_desktop.outside import handing_out
from pulse_desktop.storage.grants import WRITERS
from pulse_desktop.storage.server_making import make_clinic_database
from pulse_desktop.storage.tables import Base
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import CLIFTON, CUPPING, TODAY, a_booking, a_patient, a_visit
from tests.builders_treatment import COMPLETE, a_package, a_signed_note, an_offer, arrived, checked_out
from tests.house.whole_day import WholeDay
from tests.server_seats import Seat, SeatTemplate

NO_RIGHT = "42501"
NAMES = {"front_desk": "Mina", "practitioner": "Okafor", "owner": "Vera"}


def test_the_desk_does_its_day(seat: Seat) -> None:
    with seat.signed_in("Lin Hua") as clinic:
        an_offer(clinic)
    with seat.signed_in("Mina") as clinic:
        patient_id = a_patient(clinic)
        a_package(clinic, patient_id, clinic.door.look(packages.offers)[0].id)
        visit = a_visit(clinic, patient_id)
        arrived(clinic, visit)
        checked_out(clinic, visit.id)
        undone = clinic.door.do(schedule.book_visit, a_booking(clinic, patient_id, starts=15 * 60))
        clinic.door.do(take_back, TakeBack(undone.operation))
        document = handing_out.aftercare(clinic.door, visit.id, "en")
        handing_out.give(clinic.door, document, visit.id, lambda _: None, how=handing_out.FILE)
        clinic.door.look(boards.patient_file, patient_id)
        assert clinic.door.look(treatment.running_timers, clinic.office()) == ()


def test_a_practitioner_treats_and_signs(seat: Seat) -> None:
    with seat.signed_in("Okafor") as clinic:
        visit = a_visit(clinic, staff_id=clinic.staff("Okafor"))
        note = a_signed_note(clinic, visit)
        clinic.door.do(treatment.amend, Amendment(note.id, "addendum", "Slept well.", "told on the phone"))
        checked_out(clinic, visit.id)


def test_an_owner_sets_up(seat: Seat) -> None:
    with seat.signed_in("Vera") as clinic:
        clinic.door.do(practice.save_office, replace(CLIFTON, name="Newark"))
        clinic.door.do(practice.save_service, replace(CUPPING, name="Cupping 45"))
        clinic.door.do(practice.name_practice, "Hillside")
        an_offer(clinic)
        a_visit(clinic)
    assert seat.folder.is_dir()


def test_a_whole_day_of_every_command_under_the_persons_own_login(seat: Seat) -> None:
    """Lin Hua is owner and practitioner: whatever any command writes, a login with the roles it asks for may write."""
    with seat.signed_in("Lin Hua") as clinic:
        WholeDay(clinic).lives()
        assert clinic.desk.clinic.check().is_sound


@pytest.fixture(scope="module")
def lived(seat_template: SeatTemplate, tmp_path_factory: pytest.TempPathFactory) -> Seat:
    """A clinic with a signed note and a visit to come, in which nothing that is tried here may succeed."""
    seat = seat_template.seat(tmp_path_factory.mktemp("lived") / "seat")
    with seat.signed_in("Lin Hua") as clinic:
        a_signed_note(clinic, a_visit(clinic))
        a_visit(clinic, starts=15 * 60)
    return seat


@pytest.fixture(params=sorted(NAMES))
def somebody(request: pytest.FixtureRequest, lived: Seat) -> Iterator[tuple[str, psycopg.Connection[Any]]]:
    """A bare connection as each role, with tools of one's own."""
    connection = lived.connected_as(NAMES[request.param])
    yield request.param, connection
    connection.close()


def allowed(connection: psycopg.Connection[Any], statement: str) -> str:
    """What the server says to a statement: its code when it refuses; nothing stays done."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode())
    except psycopg.Error as error:
        return str(error.sqlstate)
    return "done"


def test_z5_the_server_allows_each_role_what_the_file_says(somebody: tuple[str, psycopg.Connection[Any]]) -> None:
    """Table × privilege as the server itself answers, against the mapping and against what no row may suffer."""
    role, connection = somebody
    wrong = []
    for table in Base.metadata.sorted_tables:
        if table.name not in WRITERS:
            continue
        told = {}
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            row = connection.execute("SELECT has_table_privilege(%s, %s)", (f'"{table.name}"', verb)).fetchone()
            told[verb] = row is not None and row[0]
        writes = role in WRITERS[table.name]
        kept = {"audit", "change", "history", "operation", "amendment", "receipt", "ledger_entry", "patient", "visit", "note"}
        if not told["SELECT"] or told["INSERT"] is not writes or told["TRUNCATE"] or (table.name in kept and told["DELETE"]):
            wrong.append((table.name, told))
    assert wrong == []


FORBIDDEN = (
    "DELETE FROM patient",
    "TRUNCATE patient CASCADE",
    "UPDATE audit SET outcome = 'seen'",
    "DELETE FROM audit",
    "UPDATE history SET image = '{}'",
    "DELETE FROM change",
    "UPDATE ledger_head SET seq = 1",
    "UPDATE ledger_entry SET cents = 0",
    "ALTER TABLE patient DISABLE TRIGGER USER",
    "DROP TRIGGER guard_patient_delete ON patient",
    "CREATE TABLE mine (id int)",
    "CREATE TEMP TABLE mine (id int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "SET ROLE hill_keeper",
    "SET session_replication_role = 'replica'",
    "SELECT clinic_follow(vault_person) FROM vault_person",
    "UPDATE clinic_shape SET told = ''",
    "UPDATE alembic_version SET version_num = '0'",
    "INSERT INTO vault_state (name, value) VALUES ('more', '1')",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY patient TO PROGRAM 'cat'",
    "SET log_min_messages = 'debug5'",
)


def test_u5_what_nobody_may_is_refused_by_the_server_itself(somebody: tuple[str, psycopg.Connection[Any]]) -> None:
    _, connection = somebody
    assert {statement: allowed(connection, statement) for statement in FORBIDDEN} == dict.fromkeys(FORBIDDEN, NO_RIGHT)


A_SIGNED_NOTE = """
INSERT INTO public.note (version, visit_id, turn, patient_id, author_id, draft, running, sitting, opened_at, signed_at, sealed)
SELECT 1, id, 9, patient_id, staff_id, '{}', false, '', 0, 0, 'x' FROM visit LIMIT 1
"""
ANOTHERS = (
    ("Mina", A_SIGNED_NOTE),
    ("Mina", "UPDATE public.note SET draft = '{}', version = version + 1"),
    ("Vera", "UPDATE public.note SET draft = '{}', version = version + 1"),
    ("Mina", "UPDATE staff_member SET roles = '[\"owner\"]', version = version + 1"),
    ("Mina", "UPDATE vault_person SET roles = '[\"owner\"]', version = version + 1"),
    ("Okafor", "UPDATE vault_person SET roles = '[\"owner\"]', version = version + 1"),
    ("Okafor", "UPDATE setting SET value = '1', version = version + 1"),
    ("Okafor", "SELECT clinic_set_password('x', 'y')"),
    ("Mina", "SELECT clinic_end_sessions()"),
    ("Mina", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user"),
)


def test_z5_what_another_role_may_is_refused_by_the_server_itself(lived: Seat) -> None:
    told = {}
    for name, statement in ANOTHERS:
        with lived.connected_as(name) as connection:
            told[name, statement] = allowed(connection, statement)
    assert told == dict.fromkeys(ANOTHERS, NO_RIGHT)


def test_z5_whose_work_it_is_may_do_it(lived: Seat) -> None:
    """Negative control: the same statements, by whom the mapping allows them; then the guards have the last word."""
    told = {}
    for name, statement in (("Okafor", ANOTHERS[1][1]), ("Vera", "UPDATE setting SET value = value, version = version + 1"), ("Okafor", ANOTHERS[0][1])):
        with lived.connected_as(name) as connection:
            told[name, statement] = allowed(connection, statement)
    assert set(told.values()) == {"done", "23000"}


def test_z5_the_front_desk_reads_no_word_of_a_note(lived: Seat) -> None:
    """What was done and what is on, which the desk hands out and watches; nothing that was found or said."""
    words = COMPLETE.complaint
    with lived.connected_as("Mina") as desk, lived.connected_as("Okafor") as clinician:
        told = str(desk.execute("SELECT note FROM note").fetchall())
        assert "cups" in told
        assert words not in told
        assert words.encode().hex() not in told
        assert words in str(clinician.execute("SELECT note FROM note").fetchall())
        for statement in ("SELECT draft FROM public.note", "SELECT sealed FROM public.note", "SELECT text FROM public.amendment"):
            assert allowed(desk, statement) == NO_RIGHT
            assert allowed(clinician, statement) == "done"
        assert words not in str([desk.execute(f'SELECT * FROM "{table.name}"'.encode()).fetchall() for table in Base.metadata.sorted_tables if table.name in WRITERS])


def test_the_desk_works_with_what_is_veiled(lived: Seat) -> None:
    with lived.signed_in("Mina") as clinic:
        clinic.door.look(boards.today, clinic.office(), TODAY)
        visit = next(one for one in clinic.door.look(schedule.day_schedule, TODAY, (clinic.office(),)).visits if one.starts.hour == 15)
        facts = clinic.door.look(treatment.treatment_facts, visit.id)
        assert facts.note_state == "signed"
        assert len(facts.cups) == 1


def test_rows_of_the_vault_are_anybodys_only_where_they_must_be(lived: Seat) -> None:
    for name, wanted in (("Mina", {"header"}), ("Vera", {"header", "ways"})):
        connection = lived.connected_as(name)
        with connection.transaction(force_rollback=True):
            changed = connection.execute("UPDATE vault_state SET value = value RETURNING name").fetchall()
        assert {one for (one,) in changed} == wanted
        connection.close()


def test_a_lock_on_a_colleague_is_no_way_to_change_them(lived: Seat) -> None:
    connection = lived.connected_as("Mina")
    connection.execute("SELECT id FROM staff_member FOR NO KEY UPDATE")
    with pytest.raises(psycopg.errors.IntegrityError, match="guard:version"):
        connection.execute("UPDATE staff_member SET id = id")
    connection.close()


def test_nobody_writes_events_under_another_name(lived: Seat) -> None:
    names = 'event_id, at_utc, tz_offset, seat, session, "user", role, action, outcome, app_version'
    connection = lived.connected_as("Mina")
    row = connection.execute("SELECT vault_id FROM vault_person WHERE name LIKE 'Lin%'").fetchone()
    assert row is not None
    with pytest.raises(psycopg.errors.IntegrityError, match="guard:own_name"):
        connection.execute(f"INSERT INTO audit ({names}) VALUES ('e', 5, 0, 's', 's', %s, 'r', 'a', 'done', '1')".encode(), row)
    connection.close()


def test_another_clinics_database_stays_shut(lived: Seat) -> None:
    make_clinic_database(lived.server.where("postgres"), "valley")
    where = {**lived.way_of("Vera").where(lived.folder), "dbname": "valley"}
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**where)


def test_negative_control_without_its_right_the_desk_cannot_book(seat: Seat) -> None:
    with seat.signed_in("Mina") as clinic:
        booking = a_booking(clinic)
        with seat.administrator() as connection:
            connection.execute("REVOKE INSERT ON visit FROM hill_front_desk")
        with pytest.raises(Trouble, match="server_refuses"):
            clinic.door.do(schedule.book_visit, booking)
