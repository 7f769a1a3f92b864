"""A demo clinic is a real clinic: whole, with notes that verify and money that comes out even, and the same for a seed."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from pulse_desktop import cli
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.times import SetClock
from pulse_desktop.clinic import money, packages, patients, schedule, treatment
from pulse_desktop.clinic.practice.sign_in import Desk, open_clinic
from pulse_desktop.clinic.schedule.values import Booking
from pulse_desktop.rehearsal.demo.demo_clinic import DemoClinic, make_demo_clinic
from pulse_desktop.rehearsal.demo.invented import EACH, STAFF
from pulse_desktop.storage.bulk import filling
from pulse_desktop.storage.clinic_folder import DATABASE
from pulse_desktop.storage.engine import connect
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.vault import read_vault
from tests.builders import PASSWORD, TestClinic, a_clinic

_PATIENTS, _VISITS = 300, 3000
_SEEN = (
    "patient",
    "search_key",
    "visit",
    "visit_service",
    "occupancy",
    "receipt",
    "package",
    "cup_placement",
    "needle_placement",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoClinic:
    """One demo clinic for all; nobody changes it but in a copy."""
    return make_demo_clinic(tmp_path_factory.mktemp("demo") / "clinic", patients=_PATIENTS, visits=_VISITS, seed=7)


@pytest.fixture
def practitioner(made: DemoClinic, tmp_path: Path) -> Iterator[Desk]:
    """A copy, with Lin Hua signed in."""
    shutil.copytree(made.folder, tmp_path / "clinic")
    vault_id = next(entry.id for entry in read_vault(made.folder).people if entry.name.startswith("Lin Hua"))
    desk = open_clinic(tmp_path / "clinic", vault_id, made.password, clock=SetClock(made.now), allow_weak=True)
    yield desk
    desk.close()


def _rows(made: DemoClinic, sql: str) -> list[tuple[object, ...]]:
    key = unlock(read_vault(made.folder), made.owner_vault_id, made.password, allow_weak=True).ring.database
    connection = connect(made.folder / DATABASE, key)
    try:
        return [tuple(row) for row in connection.execute(sql)]
    finally:
        connection.close()


def test_the_file_is_whole_and_its_guards_stand(made: DemoClinic) -> None:
    desk = open_clinic(made.folder, made.owner_vault_id, made.password, clock=SetClock(made.now), allow_weak=True)
    try:
        report = desk.clinic.check()
    finally:
        desk.close()
    assert report.is_sound, report.findings
    assert _rows(made, "SELECT count(*) FROM patient") == [(_PATIENTS,)]
    assert _rows(made, "SELECT count(*) FROM visit") == [(_VISITS,)]
    with pytest.raises(dbapi2.IntegrityError, match="guard:"):
        _rows(made, "DELETE FROM note")


def test_every_note_carries_its_author_s_own_valid_signature(made: DemoClinic, practitioner: Desk) -> None:
    ids = [int(str(row[0])) for row in _rows(made, "SELECT id FROM note")]
    assert len(ids) > _VISITS // 4
    assert all(practitioner.door.look(treatment.check_signature, note_id) for note_id in ids[::7])
    view = practitioner.door.look(treatment.note, ids[0])
    assert view.signature is not None
    assert view.draft.response
    first = next(cup for row in ids[:40] for cup in practitioner.door.look(treatment.note, row).draft.cups)
    assert first.on_at is not None
    assert first.off_at == first.on_at + timedelta(minutes=8)


def test_everything_that_was_done_is_paid_and_no_package_is_overdrawn(made: DemoClinic, practitioner: Desk) -> None:
    owed = _rows(made, "SELECT patient_id, sum(cents) FROM ledger_entry GROUP BY patient_id HAVING sum(cents) <> 0")
    assert owed == []
    bought = [
        line
        for patient_id in range(1, _PATIENTS + 1, 5)
        for line in practitioner.door.look(packages.packages_of, patient_id)
    ]
    assert bought
    assert all(line.left >= 0 and line.paid_cents == line.price_cents for line in bought)
    assert practitioner.door.look(money.balance, 1) == 0


def test_today_is_full_and_nobody_is_booked_over(made: DemoClinic, practitioner: Desk) -> None:
    data = practitioner.practice()
    lines = practitioner.door.look(schedule.day_schedule, made.now.date(), (data.offices[0].id,)).visits
    assert len(lines) == STAFF * EACH * 2 // 3
    line = lines[0]
    other = next(row.patient_id for row in lines if row.patient_id != line.patient_id)
    over = Booking(other, line.office_id, line.staff_id, line.day, line.minute, (data.services[0].id,), line.room_id)
    with pytest.raises(Refusal):
        practitioner.door.do(schedule.book_visit, over)


def test_patients_are_found_in_every_script(practitioner: Desk) -> None:
    for typed in ("gar", "973", "иван", "ivan", "王"):
        assert practitioner.door.look(patients.search, typed), typed


def test_the_same_seed_makes_the_same_clinic_and_another_does_not(made: DemoClinic, tmp_path: Path) -> None:
    def content(clinic: DemoClinic) -> str:
        rows = [_rows(clinic, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in _SEEN]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    again = make_demo_clinic(tmp_path / "again", patients=_PATIENTS, visits=_VISITS, seed=7)
    other = make_demo_clinic(tmp_path / "other", patients=_PATIENTS, visits=_VISITS, seed=8)
    assert content(again) == content(made)
    assert content(other) != content(made)


def test_a_clinic_with_real_passwords_is_never_filled(tmp_path: Path) -> None:
    clinic: TestClinic = a_clinic(tmp_path)
    folder, person_id = clinic.folder, clinic.desk.clinic.person_id
    clinic.close()
    vault_file = folder / "vault.json"
    for name in (vault_file, folder / "vault.twin.json"):
        name.write_bytes(_without_weakness(name.read_bytes()))
    with pytest.raises(Refusal, match="not_invented"), filling(folder, person_id, PASSWORD):
        pytest.fail("it was opened for filling")


def _without_weakness(content: bytes) -> bytes:
    """The header as a clinic with real passwords has it."""
    import json

    from pulse_desktop.storage.canonical import canonical

    body = json.loads(content)
    body.pop("sum")
    body["weak"] = False
    return canonical({**body, "sum": hashlib.sha256(canonical(body)).hexdigest()}) + b"\n"


# ---- the command line, and the CSV files of a comparison


def _comparison(folder: Path, *, born: str = "1984-03-12") -> Path:
    folder.mkdir()
    tables = {
        "patients.csv": ("id first last sex dob phone email street city zip", ["1", "Zoë", "Núñez", "f", born, "+44 20 7000 1000", "z@example.org", "1 High St", "London", "00001"]),
        "appts.csv": ("id patient provider start end service status", ["1", "1", "2", "2026-11-02 08:00:00", "2026-11-02 08:45:00", "2", "done"]),
        "notes.csv": ("id patient provider time text", ["1", "1", "2", "2026-11-02 08:00:00", 'tender "LI4", relieved']),
    }  # fmt: skip
    for name, (head, row) in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head.split(), row])
    return folder


def test_a_comparison_s_files_become_a_clinic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _comparison(tmp_path / "csv")
    assert cli.run(["demo-data", "--data", str(tmp_path / "clinic"), "--from", str(folder)]) == cli.DONE
    assert "1 invented patients, 1 visits" in capsys.readouterr().out
    vault_id = next(
        entry.id for entry in read_vault(tmp_path / "clinic").people if entry.name.startswith("Provider Number 2")
    )
    desk = open_clinic(tmp_path / "clinic", vault_id, "calm hands, warm cups", allow_weak=True)
    try:
        (found,) = desk.door.look(patients.search, "nunez")
        note = desk.door.look(treatment.note_of_visit, 1)
        assert found.name == "Zoë Núñez"
        assert note is not None
        assert note.draft.findings == 'tender "LI4", relieved'
        assert desk.door.look(treatment.check_signature, note.id)
        assert desk.door.look(schedule.visit, 1).minutes == 45
    finally:
        desk.close()


def test_what_cannot_be_read_is_named_and_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _comparison(tmp_path / "csv", born="yesterday")
    assert cli.run(["demo-data", "--data", str(tmp_path / "clinic"), "--from", str(folder)]) == cli.REFUSED
    assert "Line 2 of patients.csv" in capsys.readouterr().err
    assert not (tmp_path / "clinic").exists()
    (folder / "notes.csv").unlink()
    assert cli.run(["demo-data", "--data", str(tmp_path / "clinic"), "--from", str(folder)]) == cli.REFUSED
    assert "notes.csv is not in this folder" in capsys.readouterr().err


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    assert cli.run(["demo-data", "--data", str(tmp_path), "--patients", "5"]) == cli.REFUSED
    assert "Nothing was changed" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
