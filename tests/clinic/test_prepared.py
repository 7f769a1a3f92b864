"""Prepared statements answer as SQLAlchemy does, and are only used where they can."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Result, Select, Table, bindparam, event, func, insert, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlcipher3 import dbapi2

from pulse_desktop.clinic import boards
from pulse_desktop.clinic.patients.tables import PatientRow
from pulse_desktop.clinic.practice import practice_data
from pulse_desktop.clinic.schedule.tables import VisitRow
from pulse_desktop.clinic.treatment.tables import Note
from pulse_desktop.storage import prepared
from pulse_desktop.storage.engine import OnForbiddenThread, forbid_thread, writing
from pulse_desktop.storage.fixed import Fixed
from pulse_desktop.storage.prepared import Prepared
from pulse_desktop.storage.tables import table_of
from tests.builders import TODAY, TestClinic, a_clinic, a_patient, a_visit
from tests.builders_treatment import an_open_note

PATIENTS, VISITS, NOTES = table_of(PatientRow), table_of(VisitRow), table_of(Note)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[TestClinic]:
    """A clinic in a file: a server is asked the usual way."""
    made = a_clinic(tmp_path)
    yield made
    made.close()


@pytest.fixture
def connection(clinic: TestClinic, short_way: list[str]) -> Iterator[Connection]:
    an_open_note(clinic, a_visit(clinic, a_patient(clinic, born=date(1984, 3, 12))))
    short_way.clear()
    with writing(clinic.desk.clinic._engine).connect() as connection:
        yield connection


@pytest.fixture
def short_way(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said past SQLAlchemy."""
    said: list[str] = []
    plain = Prepared.ask

    def heard(self: Prepared, connection: Connection, given: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
        said.append(self.sql)
        return plain(self, connection, given)

    monkeypatch.setattr(Prepared, "ask", heard)
    return said


@pytest.mark.parametrize("table", [PATIENTS, VISITS, NOTES], ids=lambda table: table.name)
def test_rows_are_alike_in_every_type(connection: Connection, short_way: list[str], table: Table) -> None:
    """Dates, instants, booleans, JSON and codes come out as the mapping says."""
    wanted = select(table).where(table.c.id >= bindparam("least")).order_by(table.c.id)
    usual, short = (prepared.ask(connection, wanted, {"least": 1}).all() for _ in range(2))
    assert len(short_way) == 1
    assert [row._asdict() for row in usual] == [row._asdict() for row in short]
    assert [[type(value) for value in row] for row in usual] == [[type(value) for value in row] for row in short]
    assert short


def test_values_are_stored_as_the_mapping_says(connection: Connection, short_way: list[str]) -> None:
    moment = datetime(2026, 11, 24, 8, tzinfo=UTC)
    change = update(VISITS).where(VISITS.c.id == bindparam("row")).returning(VISITS.c.starts, VISITS.c.version)
    given = {"row": 1, "starts": moment, "ends": moment + timedelta(hours=1)}
    for version in (2, 3, 4):
        assert prepared.ask(connection, change, {**given, "version": version}).one() == (moment, version)
    assert len(short_way) == 2


def test_every_way_to_take_the_answer(connection: Connection) -> None:
    count = select(func.count()).select_from(PATIENTS)
    name = select(PATIENTS.c.id, PATIENTS.c.born).where(PATIENTS.c.id == bindparam("id"))
    for _ in range(2):
        assert prepared.ask(connection, count, {}).scalar_one() == 1
        assert prepared.ask(connection, name, {"id": 1}).one() == (1, date(1984, 3, 12))
        assert prepared.ask(connection, name, {"id": 2}).one_or_none() is None
        assert prepared.ask(connection, name, {"id": 2}).first() is None
        assert prepared.ask(connection, name, {"id": 1}).scalars().all() == [1]
        assert [row.born for row in prepared.ask(connection, name, {"id": 1})] == [date(1984, 3, 12)]
        assert prepared.ask(connection, name, {"id": 1}).mappings().one()["born"] == date(1984, 3, 12)


def test_what_is_no_plain_question_goes_the_usual_way(connection: Connection, short_way: list[str]) -> None:
    silent = update(PATIENTS).where(PATIENTS.c.id == bindparam("row")).values(version=PATIENTS.c.version)
    written = select(PATIENTS.c.id).where(PATIENTS.c.id.in_(bindparam("some", expanding=True, literal_execute=True)))
    for statement, given in ((silent, {"row": 0}), (written, {"some": [1, 2]})):
        for _ in range(3):
            prepared.ask(connection, statement, given)
    assert short_way == []


@pytest.mark.parametrize("wanted", [[], [1], [2, 1], [1, 5, 9], list(range(1000))], ids=len)
def test_a_list_of_any_length(connection: Connection, short_way: list[str], wanted: list[int]) -> None:
    """Of numbers and of days, which are kept as text."""
    by_id = select(PATIENTS.c.id).where(PATIENTS.c.id.in_(bindparam("some", expanding=True)), PATIENTS.c.id > bindparam("least"))
    by_day = select(PATIENTS.c.id).where(PATIENTS.c.born.in_(bindparam("days", expanding=True)))
    days = [date(1984, 3, 11) + timedelta(days=each) for each in wanted]
    for statement, given in ((by_id, {"some": wanted, "least": 0}), (by_day, {"days": days})):
        usual, short, again = (prepared.ask(connection, statement, given).all() for _ in range(3))
        assert usual == short == again
        assert len(short) == (1 in wanted)
    assert len(short_way) == 4


def test_the_same_statement_with_other_names_has_another_form(connection: Connection) -> None:
    """An update of a table sets the columns it is given, not those it was given before."""
    change = update(PATIENTS).where(PATIENTS.c.id == bindparam("row")).returning(PATIENTS.c.first_name, PATIENTS.c.last_name)
    for version in (2, 4, 6):
        one, other = {"row": 1, "version": version, "first_name": "Ana"}, {"row": 1, "version": version + 1, "last_name": "Lopez"}
        assert prepared.ask(connection, change, one).one().first_name == "Ana"
        assert prepared.ask(connection, change, other).one() == ("Ana", "Lopez")


def test_columns_of_one_name_are_told_apart(connection: Connection, short_way: list[str]) -> None:
    wanted = select(PATIENTS.c.id, VISITS.c.id).join_from(VISITS, PATIENTS, PATIENTS.c.id == VISITS.c.patient_id)
    usual, short = (prepared.ask(connection, wanted, {}) for _ in range(2))
    assert len(short_way) == 1
    assert list(usual.keys()) == list(short.keys())
    assert usual.all() == short.all()


def test_it_begins_the_transaction(clinic: TestClinic) -> None:
    """Without one each statement would stand alone, and a look could see half of a command."""
    wanted = select(func.count()).select_from(PATIENTS)
    with clinic.desk.clinic._engine.connect() as connection:
        for _ in range(2):
            prepared.ask(connection, wanted, {})
            assert connection.in_transaction()
            assert connection.connection.dbapi_connection.in_transaction  # type: ignore[union-attr]
            connection.rollback()


def test_a_missing_value_is_named(connection: Connection) -> None:
    wanted = select(PATIENTS.c.id).where(PATIENTS.c.id == bindparam("id", required=True))
    prepared.ask(connection, wanted, {"id": 1})
    with pytest.raises((TypeError, InvalidRequestError), match="id"):
        prepared.ask(connection, wanted, {})


def test_it_is_refused_on_the_windows_thread(connection: Connection) -> None:
    wanted = select(PATIENTS.c.id)
    prepared.ask(connection, wanted, {})
    forbid_thread(threading.get_ident())
    try:
        with pytest.raises(OnForbiddenThread):
            prepared.ask(connection, wanted, {})
    finally:
        forbid_thread(None)


def test_what_a_new_row_is_not_given_is_filled_in(connection: Connection, short_way: list[str]) -> None:
    """A version and an "active" that the mapping sets; and a refusal is the driver's own, which `faults` knows as well."""
    columns = [PATIENTS.c.version, PATIENTS.c.active, PATIENTS.c.number]
    known = connection.execute(select(PATIENTS)).mappings().one()
    given = {name: value for name, value in known.items() if name not in {"id", "version", "active"}}
    add = insert(PATIENTS).returning(*columns)
    for number in (7001, 7002, 7003):
        assert prepared.ask(connection, add, {**given, "number": number}).one() == (1, True, number)
    assert len(short_way) == 2
    with pytest.raises(dbapi2.IntegrityError):
        prepared.ask(connection, add, {**given, "number": 7001})


def test_the_seam_hears_them(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever counts statements listens at `Fixed.cursor`; without that seam the bench's floor would say less than ours."""
    heard: list[Connection] = []
    plain = Fixed.cursor

    def cursor(connection: Connection) -> Any:
        heard.append(connection)
        return plain(connection)

    monkeypatch.setattr(Fixed, "cursor", staticmethod(cursor))
    wanted = select(PATIENTS.c.id)
    prepared.ask(connection, wanted, {})
    assert heard == []
    prepared.ask(connection, wanted, {})
    assert heard == [connection]


def test_two_clinics_of_one_process(clinic: TestClinic, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = a_clinic(tmp_path_factory.mktemp("other"))
    a_patient(clinic)
    wanted = select(func.count()).select_from(PATIENTS)
    counts = []
    for each in (clinic, other, clinic, other):
        with each.desk.clinic._engine.connect() as connection:
            counts.append(prepared.ask(connection, wanted, {}).scalar_one())
    other.close()
    assert counts == [1, 0, 1, 0]


# --- made ready before anybody comes in ---------------------------------------------------------------------------------


def constants() -> list[Select[*tuple[Any, ...]]]:
    """Every question that a room keeps as a constant."""
    modules = [module for name, module in tuple(sys.modules.items()) if name.startswith("pulse_desktop.clinic")]
    values = [value for module in modules for value in tuple(vars(module).values())]
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Select)]


def test_every_constant_question_can_be_made_ready() -> None:
    prepared.get_ready("pulse_desktop.")
    forms = [form for statement in constants() for form in prepared._FORMS[statement].values()]
    assert len(forms) > 50
    assert None not in forms


def test_the_first_looks_of_a_day_compile_nothing(clinic: TestClinic, short_way: list[str]) -> None:
    """Not even the first time is SQLAlchemy asked: what is behind the sign-in was done there."""
    patient_id = a_patient(clinic)
    a_visit(clinic, patient_id)
    prepared.get_ready("pulse_desktop.")
    usual: list[str] = []
    engine = clinic.desk.clinic._engine

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        usual.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        clinic.door.look(practice_data)
        clinic.door.look(boards.today, clinic.office(), TODAY)
        clinic.door.look(boards.unsigned_counts)
        clinic.door.look(boards.patient_banner, patient_id)
        clinic.door.look(boards.find, "alv")
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert [statement for statement in usual if "vault_person" not in statement] == []
    assert len(short_way) > 20
