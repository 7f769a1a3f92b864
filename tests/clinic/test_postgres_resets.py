"""The harness itself: a database that goes from test to test is as it was, and one whose guards were touched goes no further."""

from __future__ import annotations

from pathlib import Path

from pulse_desktop.clinic import patients
from pulse_desktop.storage.plain_rows import Content, contents_of
from tests.builders import PASSWORD, TestClinic, a_patient
from tests.builders_treatment import a_signed_note
from tests.server_resets import ServerClinics


def contents(clinic: TestClinic) -> dict[str, Content]:
    with clinic.past_every_right() as connection:
        return contents_of(connection, 0)


def database(clinic: TestClinic) -> str:
    with clinic.past_every_right() as connection:
        return str(connection.exec_driver_sql("SELECT current_database()").scalar_one())


def folder(tmp_path: Path, name: str) -> Path:
    (tmp_path / name).mkdir()
    return tmp_path / name


def test_what_one_test_wrote_the_next_does_not_find(server_clinics: ServerClinics, tmp_path: Path) -> None:
    first = server_clinics.clinic(folder(tmp_path, "first"))
    before, used, note = contents(first), database(first), a_signed_note(first)
    assert contents(first) != before
    first.close()
    second = server_clinics.clinic(folder(tmp_path, "second"))
    assert (contents(second), database(second)) == (before, used)
    assert a_signed_note(second).id == note.id, "numbers begin anew as well"
    second.close()


def test_a_second_person_at_the_computer_comes_to_the_same_database(server_clinics: ServerClinics, tmp_path: Path) -> None:
    """The ways that the database keeps lead to itself, also when its rows were put back."""
    for name in ("first", "second"):
        clinic = server_clinics.clinic(folder(tmp_path, name))
        beside = clinic.desk.beside(clinic.desk.actor.vault_id, PASSWORD)
        patient = a_patient(clinic)
        assert beside.door.look(patients.patient, patient).id == patient
        beside.close()
        clinic.close()


def test_a_database_whose_guards_were_touched_is_thrown_away(server_clinics: ServerClinics, tmp_path: Path) -> None:
    first = server_clinics.clinic(folder(tmp_path, "first"))
    used = database(first)
    with first.past_every_right() as connection:
        connection.exec_driver_sql("ALTER TABLE visit DISABLE TRIGGER guard_visit_version")
    first.close()
    second = server_clinics.clinic(folder(tmp_path, "second"))
    assert database(second) != used
    second.close()
