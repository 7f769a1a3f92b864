"""What a role may write on a server is what the commands it may send write: one mapping, held against the program."""

from __future__ import annotations

from sqlalchemy import text

from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.grants import CLINICIANS, EVERYBODY, LOCKED, OWNERS, VEILED, WRITERS, grants_for, verbs_of
from pulse_desktop.storage.guards import AppendOnly, Versioned
from pulse_desktop.storage.ledgers import VaultState
from pulse_desktop.storage.permissions import ROLE_PERMISSIONS, Role
from pulse_desktop.storage.registry import declaration_named
from pulse_desktop.storage.tables import guards_of, table_of
from tests.builders import TestClinic
from tests.house import program
from tests.house.whole_day import Lived

Written = set[tuple[str, str]]


def written_by_commands(clinic: TestClinic) -> Written:
    """Each command of a whole day with the tables it wrote."""
    with writing(clinic.desk.clinic._engine).begin() as connection:
        found = connection.execute(text("SELECT DISTINCT command, subject FROM change JOIN operation ON operation.id = change.operation"))
        return {(command, subject) for command, subject in found}


def shut_out(written: Written) -> list[tuple[str, str, Role]]:
    """Who may send a command and could not write what it writes. Rows of the vault's state have owners of their own."""
    written = {(command, subject) for command, subject in written if subject != VaultState.__tablename__}
    sent = [(command, subject, declaration_named(command).needs) for command, subject in written if "create" not in command]
    return [
        (command, subject, role)
        for command, subject, needs in sent
        for role in Role
        if needs in ROLE_PERMISSIONS[role] and role not in WRITERS[subject] and "undo" not in command
    ]


def test_every_table_has_its_writers() -> None:
    assert {table_of(one).name for one in program.tables()} == set(WRITERS)


def test_nobody_is_kept_from_their_own_commands(lived: tuple[TestClinic, Lived]) -> None:
    written = written_by_commands(lived[0])
    assert len(written) > 40
    assert shut_out(written) == []


def test_negative_control_a_command_without_its_right_is_found() -> None:
    assert shut_out({("clinic.schedule.commands.book_visit", "office")}) != []


def test_nobody_writes_more_than_somebodys_commands(lived: tuple[TestClinic, Lived]) -> None:
    """A table that only clinicians' or owners' commands wrote in a whole day is writable by nobody else."""
    needed: dict[str, set[Role]] = {}
    for command, subject in written_by_commands(lived[0]):
        if "create" not in command and "undo" not in command:
            needs = declaration_named(command).needs
            needed.setdefault(subject, set()).update(role for role in Role if needs in ROLE_PERMISSIONS[role])
    assert {name for name, roles in needed.items() if not roles >= WRITERS[name]} == set()


def test_what_only_grows_is_never_changed_and_records_never_removed() -> None:
    for one in program.tables():
        verbs, guards = verbs_of(table_of(one)), guards_of(one)
        if any(isinstance(guard, AppendOnly) for guard in guards):
            assert verbs == ("INSERT",)
        if any(isinstance(guard, Versioned) for guard in guards):
            assert "DELETE" not in verbs
    assert not any("TRUNCATE" in grant or "PUBLIC" in grant for grant in grants_for("x"))


def test_what_is_veiled_names_columns_that_are_there() -> None:
    tables = {table_of(one).name: table_of(one) for one in program.tables()}
    assert {(name, column) for name, columns in VEILED.items() for column in columns if column not in tables[name].columns} == set()
    of_nobody = {"line_approval", "phrase", "point_group", "favourite_code"}  # a practitioner's own words, no patient's
    assert set(VEILED) == {name for name, roles in WRITERS.items() if roles == CLINICIANS} - {"cup_placement", "needle_placement"} - of_nobody


def test_a_row_that_may_only_be_locked_is_kept_by_a_guard() -> None:
    guarded = {table_of(one).name for one in program.tables() if guards_of(one)}
    assert set(LOCKED) <= guarded
    assert CLINICIANS < EVERYBODY > OWNERS
