"""`backup` and `restore` on the command line: what they say, what they leave, how they refuse."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulse_desktop import cli
from tests.builders import MINA, PASSWORD, a_patient, a_visit
from tests.builders_treatment import a_ready_clinic

DONE, REFUSED, MISUNDERSTOOD = 0, 1, 2
OWNER = "Lin Hua"


@dataclass(frozen=True, slots=True)
class Told:
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clinic = a_ready_clinic(tmp_path_factory.mktemp("copies"))
    clinic.lets_in(MINA)
    a_visit(clinic, a_patient(clinic))
    clinic.close()
    return clinic.folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "clinic")
    return tmp_path / "clinic"


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Runs the command line with a user and a password on standard input."""

    def run(*arguments: object, user: str = OWNER, password: str = PASSWORD) -> Told:
        monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
        capsys.readouterr()
        try:
            code = cli.run([*map(str, arguments), "--user", user, "--password-stdin"])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else -1
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return run


@pytest.fixture
def file(data: Path, tmp_path: Path, says: Callable[..., Told]) -> Path:
    """A backup made on the command line."""
    (tmp_path / "drive").mkdir()
    told = says("backup", "--data", data, "--out", tmp_path / "drive")
    assert (told.code, told.err) == (DONE, "")
    (made,) = (tmp_path / "drive").iterdir()
    assert told.out.startswith(f"Backed up and proved: {made}. Made ")
    assert re.search(r"\d+ rows, \d+ events of the audit trail, unbroken\.$", told.out.strip())
    return made


def test_backup_check_and_restore(file: Path, tmp_path: Path, says: Callable[..., Told]) -> None:
    told = says("backup", "--check", file)
    assert (told.code, told.err) == (DONE, "")
    assert told.out.startswith("This backup is whole. Made ")
    told = says("restore", "--from", file, "--data", tmp_path / "new")
    assert (told.code, told.err) == (DONE, "")
    assert len(told.out.splitlines()) == 1
    for user in (OWNER, "Mina Park"):
        assert says("check", "--data", tmp_path / "new", user=user).out.startswith("All is well")


def test_restore_says_where_the_former_clinic_is(file: Path, data: Path, says: Callable[..., Told]) -> None:
    told = says("restore", "--from", file, "--data", data)
    (kept,) = data.glob("before-restore-*")
    assert told.out.splitlines()[1] == f"What was there before is kept in {kept}."
    assert says("check", "--data", kept).code == DONE


def refused(told: Told, words: str) -> None:
    assert (told.code, told.out) == (REFUSED, "")
    assert len(told.err.splitlines()) == 1, told.err
    assert words in told.err
    assert "Nothing was" in told.err


def test_what_cannot_be_is_one_sentence(file: Path, data: Path, tmp_path: Path, says: Callable[..., Told]) -> None:
    refused(says("backup", "--data", data, "--out", tmp_path, user="Mina Park"), "role")
    refused(says("backup", "--data", data, "--out", file), "already")
    refused(says("backup", "--data", data, "--out", tmp_path / "nowhere" / "x"), "does not exist")
    refused(says("backup", "--check", tmp_path / "nothing"), "no such backup")
    refused(says("restore", "--from", data / "vault.json", "--data", data), "not a backup")
    refused(says("restore", "--from", file, "--data", data, user="Mina Park"), "owner")
    content = bytearray(file.read_bytes())
    content[-5000] ^= 1
    file.write_bytes(content)
    for arguments in (("backup", "--check", file), ("restore", "--from", file, "--data", data)):
        refused(says(*arguments), "damaged")
    file.write_bytes(content[:-1])
    refused(says("backup", "--check", file), "bytes instead of")
    assert list(data.glob("before-restore-*")) == []
    assert says("check", "--data", data).code == DONE


def test_a_wrong_password_is_refused(file: Path, data: Path, says: Callable[..., Told]) -> None:
    for arguments in (("backup", "--check", file), ("restore", "--from", file, "--data", data)):
        told = says(*arguments, password="something else entirely")
        assert (told.code, told.out) == (REFUSED, "")
        assert "do not open this clinic" in told.err


@pytest.mark.parametrize("arguments", [["backup"], ["backup", "--data", "x"], ["backup", "--check", "x", "--out", "y"], ["restore", "--data", "x"]], ids=" ".join)
def test_a_misspelt_command_is_one_sentence_and_code_two(arguments: list[str], says: Callable[..., Told]) -> None:
    told = says(*arguments)
    assert (told.code, told.out) == (MISUNDERSTOOD, "")
    assert len(told.err.splitlines()) == 1
    assert "--help" in told.err
