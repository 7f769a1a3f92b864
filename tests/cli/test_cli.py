"""The command line: right uses work, wrong ones say one sentence, return their code and write nothing."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from pulse_desktop import cli
from tests.builders import MINA, PASSWORD, a_patient, a_visit
from tests.builders_treatment import a_ready_clinic, a_signed_note
from tests.documents.reading import text_of

Arguments = list[str]
DONE, REFUSED, MISUNDERSTOOD = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed clinic on disk with one treated visit."""

    folder: Path
    visit: int


@dataclass(frozen=True, slots=True)
class Told:
    """How the program ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    clinic = a_ready_clinic(tmp_path_factory.mktemp("cli"))
    clinic.lets_in(MINA)
    visit = a_signed_note(clinic, a_visit(clinic, a_patient(clinic))).visit_id
    a_visit(clinic, starts=14 * 60)
    clinic.close()
    return Closed(clinic.folder, visit)


@pytest.fixture
def closed(made: Closed, tmp_path: Path) -> Closed:
    shutil.copytree(made.folder, tmp_path / "clinic")
    return replace(made, folder=tmp_path / "clinic")


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Runs the command line with a password on standard input."""

    def run(*arguments: str, password: str = PASSWORD) -> Told:
        monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
        capsys.readouterr()
        try:
            code = cli.run(arguments)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else -1
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return run


def lies_in(folder: Path) -> Mapping[str, tuple[int, str]]:
    """Every file below a folder with its time of change and checksum; the folders by their time alone."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.rglob("*")):
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path.relative_to(folder))] = (path.stat().st_mtime_ns, content)
    return found


def who(closed: Closed, user: str = "Lin Hua") -> Arguments:
    return ["--data", str(closed.folder), "--user", user, "--password-stdin"]


# ---- right uses


def test_handout_writes_the_sheet_in_the_patients_language_and_notes_it(closed: Closed, says: Callable[..., Told], tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    told = says("handout", *who(closed), "--visit", str(closed.visit), "--out", str(out))
    assert (told.code, told.err) == (DONE, "")
    assert told.out == f"Written: {out}\n"
    assert "María Alvarez" in text_of(out.read_bytes())
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_handout_speaks_another_language_when_asked(closed: Closed, says: Callable[..., Told], tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    assert says("handout", *who(closed), "--visit", str(closed.visit), "--out", str(out), "--language", "ru").code == DONE
    assert any("а" <= letter <= "я" for letter in text_of(out.read_bytes()))


def test_the_front_desk_may_hand_out_and_check_as_in_the_windows(closed: Closed, says: Callable[..., Told], tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    assert says("handout", *who(closed, "mina PARK"), "--visit", str(closed.visit), "--out", str(out)).code == DONE
    assert says("check", *who(closed, "Mina Park")).code == DONE


def test_check_says_that_all_is_well(closed: Closed, says: Callable[..., Told]) -> None:
    told = says("check", *who(closed))
    assert (told.code, told.err) == (DONE, "")
    assert told.out.startswith("All is well")
    assert len(told.out.splitlines()) == 1


def test_check_names_what_is_wrong(closed: Closed, says: Callable[..., Told]) -> None:
    behind(closed, "DROP TRIGGER guard_ledger_entry_update")
    told = says("check", *who(closed))
    assert told.code == REFUSED
    assert "guard_ledger_entry_update" in told.out + told.err
    assert "Nothing was changed" in told.out + told.err


def test_neither_loads_qt(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.cli.alone", str(tmp_path)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["check"] == {"code": DONE, "loaded": ["reportlab", "sqlalchemy"]}
    assert told["handout"] == {"code": DONE, "loaded": ["reportlab", "sqlalchemy"]}


def test_control_qt_would_be_seen(tmp_path: Path) -> None:
    code = "import PySide6.QtCore; from tests.cli.alone import loaded; print(loaded())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "PySide6" in done.stdout


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["handout", "--help"]])
def test_it_explains_itself(says: Callable[..., Told], arguments: Arguments) -> None:
    told = says(*arguments)
    assert told.code == DONE
    assert told.out
    assert told.err == ""


# ---- wrong uses


def behind(closed: Closed, *statements: str) -> None:
    """Somebody with the key changes the file without the program."""
    connection = keyed(closed)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def keyed(closed: Closed) -> Any:
    """A connection with the key, past the program."""
    from pulse_desktop.storage.unlocking import unlock
    from pulse_desktop.storage.vault import read_vault

    vault = read_vault(closed.folder)
    ring = unlock(vault, vault.people[0].id, PASSWORD, allow_weak=True).ring
    connection = dbapi2.connect(str(closed.folder / "clinic.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{ring.database.hex()}'\"")
    return connection


def rows(closed: Closed, question: str) -> list[tuple[Any, ...]]:
    """What lies in the database, read without the program and without leaving a trace."""
    connection = keyed(closed)
    found = [tuple(row) for row in connection.execute(question).fetchall()]
    connection.close()
    return found


def as_it_is(_closed: Closed) -> None:
    pass


def remove_database(closed: Closed) -> None:
    (closed.folder / "clinic.db").unlink()


def remove_all(closed: Closed) -> None:
    for path in closed.folder.iterdir():
        path.unlink()


def foreign(closed: Closed) -> None:
    remove_all(closed)
    (closed.folder / "vault.json").write_text('{"this": "is somebody else\'s"}', encoding="utf-8")
    (closed.folder / "letter.txt").write_text("Dear all", encoding="utf-8")


def damage_vault(closed: Closed) -> None:
    for name in ("vault.json", "vault.twin.json"):
        path = closed.folder / name
        path.write_bytes(path.read_bytes()[:200])


def damage_database(closed: Closed) -> None:
    path = closed.folder / "clinic.db"
    content = bytearray(path.read_bytes())
    content[:5000] = os.urandom(5000)
    path.write_bytes(content)


def cut_database(closed: Closed) -> None:
    path = closed.folder / "clinic.db"
    path.write_bytes(path.read_bytes()[:-6000])


def other_database(closed: Closed) -> None:
    path = closed.folder / "clinic.db"
    path.unlink()
    plain = dbapi2.connect(str(path))
    plain.execute("CREATE TABLE notes (words TEXT)")
    plain.commit()
    plain.close()


def newer(closed: Closed) -> None:
    behind(closed, "UPDATE alembic_version SET version_num = '9999'")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A use that must fail: what was done to the folder, the arguments that differ, and what the sentence must say."""

    says: str
    prepare: Callable[[Closed], None] = as_it_is
    user: str = "Lin Hua"
    password: str = PASSWORD
    folder: str = ""
    visit: str = ""
    out: str = "sheet.pdf"
    signed_in: bool = False
    """The person comes in and out again, and both are written into the audit trail; nothing else is."""


WRONG = {
    "missing folder": Wrong("no clinic", folder="nowhere"),
    "empty folder": Wrong("no clinic", remove_all),
    "foreign folder": Wrong("not", foreign),
    "database missing": Wrong("missing", remove_database),
    "damaged vault": Wrong("damaged", damage_vault),
    "damaged database": Wrong("damaged", damage_database),
    "cut database": Wrong("whole|damaged", cut_database),
    "another program's database": Wrong("damaged", other_database),
    "newer schema": Wrong("newer version", newer),
    "wrong password": Wrong("do not open this clinic", password="something else entirely"),
    "no password": Wrong("do not open this clinic", password=""),
    "unknown person": Wrong("Nobody of that name", user="Nobody"),
    "person without a password": Wrong("Nobody of that name", user="Ruth Okafor"),
}
ONLY_HANDOUT = {
    "unknown visit": Wrong("no such visit|no visit|not there", visit="99", signed_in=True),
    "visit below zero": Wrong("no such visit|no visit|not there", visit="-1", signed_in=True),
    "visit not treated": Wrong("Nothing is recorded", visit="2", signed_in=True),
    "out folder missing": Wrong("does not exist", out="nowhere/sheet.pdf"),
    "not a pdf": Wrong(r"\.pdf", out="sheet.txt"),
    "no file name": Wrong(r"\.pdf", out="."),
}


def fails(wrong: Wrong, closed: Closed, says: Callable[..., Told], tmp_path: Path, command: str) -> None:
    wrong.prepare(closed)
    data = tmp_path / wrong.folder if wrong.folder else closed.folder
    arguments = [command, "--data", str(data), "--user", wrong.user, "--password-stdin"]
    if command == "handout":
        arguments += ["--visit", wrong.visit or str(closed.visit), "--out", str(tmp_path / wrong.out)]
    count = rows(closed, "SELECT max(seq) FROM audit")[0][0] if wrong.signed_in else 0
    before = lies_in(tmp_path)
    told = says(*arguments, password=wrong.password)
    assert told.code == REFUSED
    assert told.out == ""
    assert len(told.err.splitlines()) == 1, told.err
    assert re.search(wrong.says, told.err), told.err
    assert "Traceback" not in told.err
    assert "Error" not in told.err
    after = lies_in(tmp_path)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {"clinic", "clinic/clinic.db", "clinic/pulse.lock"} if wrong.signed_in else changed <= {"clinic/pulse.lock"}
    if wrong.signed_in:
        assert rows(closed, "SELECT count(*) FROM aftercare_given") == [(0,)]
        events = {action for (action,) in rows(closed, f"SELECT action FROM audit WHERE seq > {count}")}
        assert events == {"person.sign_in", "person.sign_out"}


@pytest.mark.parametrize("name", [*WRONG, *ONLY_HANDOUT])
def test_a_handout_that_cannot_be_is_one_sentence_and_writes_nothing(
    name: str, closed: Closed, says: Callable[..., Told], tmp_path: Path
) -> None:
    fails({**WRONG, **ONLY_HANDOUT}[name], closed, says, tmp_path, "handout")


@pytest.mark.parametrize("name", list(WRONG))
def test_a_check_that_cannot_be_is_one_sentence_and_writes_nothing(
    name: str, closed: Closed, says: Callable[..., Told], tmp_path: Path
) -> None:
    fails(WRONG[name], closed, says, tmp_path, "check")


def test_control_a_write_would_be_seen(closed: Closed, says: Callable[..., Told], tmp_path: Path) -> None:
    before = lies_in(tmp_path)
    says("handout", *who(closed), "--visit", str(closed.visit), "--out", str(tmp_path / "sheet.pdf"))
    after = lies_in(tmp_path)
    assert {name for name in after if before.get(name) != after[name]} >= {"sheet.pdf", "clinic/clinic.db"}


def test_a_clinic_in_use_is_left_alone(closed: Closed, says: Callable[..., Told], tmp_path: Path) -> None:
    code = "import sys, pathlib; from pulse_desktop.storage.folder_lock import FolderLock as Lock"
    code += "; lock = Lock.take(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    holding = [sys.executable, "-c", code, str(closed.folder)]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        before = lies_in(tmp_path)
        told = says("check", *who(closed))
        assert lies_in(tmp_path) == before
        other.stdin.close()
    assert told.code == REFUSED
    assert len(told.err.splitlines()) == 1
    assert "use" in told.err or "open" in told.err
    assert says("check", *who(closed)).code == DONE


MISSPELT = (
    ["nonsense"], ["--nonsense"], ["handout"], ["check", "--data", "x"], ["tour"], ["handout", "--visit", "abc"],
    ["check", "--data", "x", "--user", "y"], ["check", "--data", "x", "--user", "y", "--password", "z"], ["--practic"],
    ["handout", "--data", "x", "--user", "y", "--password-stdin", "--visit", "1", "--out", "x.pdf", "--language", "fr"],
)  # fmt: skip


@pytest.mark.parametrize("arguments", MISSPELT, ids=" ".join)
def test_a_misspelt_command_is_one_sentence_and_code_two(arguments: Arguments, says: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = says(*arguments)
    assert told.code == MISUNDERSTOOD
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "--help" in told.err
    assert lies_in(tmp_path) == {}


def test_a_folder_that_cannot_be_written_to_leaves_no_sheet_noted(
    closed: Closed, says: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet is noted as given first; when the file cannot be written, the note is taken back and it is said."""
    out = tmp_path / "sheet.pdf"
    out.mkdir()
    told = says("handout", *who(closed), "--visit", str(closed.visit), "--out", str(out))
    assert told.code == REFUSED
    assert "Nothing was saved" in told.err
    assert list(out.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == sorted(["clinic", "sheet.pdf"])
