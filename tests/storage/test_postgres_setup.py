"""From an empty PostgreSQL to a person signing in at a second computer, by the command line alone; and what is refused."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from pulse_desktop import cli
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic.practice.sign_in import open_clinic
from pulse_desktop.outside import seats
from pulse_desktop.storage.seat_file import join_clinic, make_seat_file
from pulse_desktop.storage.server_making import QUIET
from pulse_desktop.storage.server_settings import advice_for
from pulse_desktop.storage.vault import read_vault
from tests.builders import NOW, PASSWORD, a_clinic
from tests.certificates import Authority
from tests.postgres import Server
from tests.server_seats import Seat, SeatTemplate, person_id

ADMIN_PASSWORD = "the administrator's own"
DONE, REFUSED = 0, 1
CANARY = "Wilhelmina Quackenbush"


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Runs the command line with lines on standard input."""

    def run(*arguments: str, lines: tuple[str, ...] = ()) -> Told:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        capsys.readouterr()
        code = cli.run(arguments)
        said = capsys.readouterr()
        return Told(code, said.out, said.err)

    return run


@pytest.fixture
def fit(postgres: Server) -> Iterator[Server]:
    """The server as a clinic's should be: it writes to the disk, and its administrator has a password."""
    postgres.set(fsync="on")
    postgres.told(f"ALTER ROLE {postgres.user} PASSWORD '{ADMIN_PASSWORD.replace(chr(39), chr(39) * 2)}'")
    yield postgres
    postgres.set(fsync="off")


def server_words(server: Server, folder: Path, database: str) -> tuple[str, ...]:
    (folder / "ca.pem").write_text(server.authority.pem)
    where = ("--host", "127.0.0.1", "--port", str(server.port), "--admin-user", server.user, "--database", database)
    return (*where, "--ca", str(folder / "ca.pem"))


def test_from_an_empty_server_to_a_second_computer(fit: Server, says: Callable[..., Told], tmp_path: Path) -> None:
    first, second, file = tmp_path / "first", tmp_path / "second", tmp_path / "desk.pulseseat"
    where = server_words(fit, tmp_path, "valley_road")
    new = ("--data", str(first), "--practice", "Valley Acupuncture", "--owner", "Vera Stone", "--treats")
    told = says("server-setup", *where, *new, lines=(ADMIN_PASSWORD, PASSWORD))
    assert (told.code, told.err) == (DONE, "")
    assert "sign in as Vera Stone" in told.out
    asks = ("--data", str(first), "--user", "Vera Stone", "--password-stdin")
    told = says("seat-file", *asks, "--out", str(file), lines=(PASSWORD,))
    assert (told.code, told.err) == (DONE, "")
    code = told.out.partition("this once: ")[2].splitlines()[0]
    assert says("enrol", "--data", str(second), "--file", str(file), lines=(code.lower().replace("-", " "),)).code == DONE
    open_clinic(second, read_vault(second).people[0].id, PASSWORD).close()
    assert says("server-setup", *where, "--data", str(tmp_path / "third"), *new[2:], lines=(ADMIN_PASSWORD, PASSWORD)).code == REFUSED
    assert "already" in says("server-update", *where, lines=(ADMIN_PASSWORD,)).out
    with psycopg.connect(**fit.where("valley_road")) as connection:
        found = dict(connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (list(QUIET),)).fetchall())
    assert found == dict(QUIET)


def test_a_server_that_is_not_fit_gets_no_clinic(postgres: Server, says: Callable[..., Told], tmp_path: Path) -> None:
    postgres.told(f"ALTER ROLE {postgres.user} PASSWORD '{ADMIN_PASSWORD.replace(chr(39), chr(39) * 2)}'")
    where = server_words(postgres, tmp_path, "nowhere")
    told = says("server-setup", *where, "--data", str(tmp_path / "x"), "--practice", "P", "--owner", "A B", lines=(ADMIN_PASSWORD, PASSWORD))
    assert told.code == REFUSED
    assert "fsync = on" in told.out
    assert "trust" in told.out
    assert not (tmp_path / "x").exists()
    told = says("server-setup", *where, "--check", lines=("not the password",))
    assert (told.code, "does not let this computer in" in told.err) == (REFUSED, True)


def test_the_command_line_moves_a_clinic_there_and_back(fit: Server, says: Callable[..., Told], tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    clinic.close()
    where = ("--data", str(clinic.folder), "--user", "Lin Hua", *server_words(fit, tmp_path, "hilltop"))
    told = says("move", "--to-server", *where, lines=(ADMIN_PASSWORD, PASSWORD + "!"))
    assert (told.code, "password do not open" in told.err) == (REFUSED, True)
    told = says("move", "--to-server", *where, lines=(ADMIN_PASSWORD, PASSWORD))
    assert (told.code, told.err) == (DONE, "")
    assert "rows the same on both sides" in told.out
    assert says("check", "--data", str(clinic.folder), "--user", "Lin Hua", "--password-stdin", lines=(PASSWORD,)).code == DONE
    assert says("move", "--to-server", *where, lines=(ADMIN_PASSWORD, PASSWORD)).code == REFUSED
    told = says("move", "--to-file", *where, lines=(ADMIN_PASSWORD, PASSWORD))
    assert (told.code, told.err) == (DONE, "")
    assert says("check", "--data", str(clinic.folder), "--user", "Lin Hua", "--password-stdin", lines=(PASSWORD,)).code == DONE


def test_what_a_new_clinic_needs_is_asked_for_before_anything_else(says: Callable[..., Told], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        says("server-setup", "--host", "clinic.lan", "--ca", "ca.pem")
    assert left.value.code == 2
    assert "--data, --practice and --owner" in capsys.readouterr().err


def test_a_new_password_is_typed_twice_at_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["one", "two", "three", "three"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    assert cli._new_secret("Lin Hua") == "three"
    assert "differ" in capsys.readouterr().err


FIT: Mapping[str, str] = {
    "server_version_num": "150004", "server_version": "15.4", "ssl": "on", "fsync": "on", "full_page_writes": "on", "data_checksums": "on",
    "password_encryption": "scram-sha-256", "shared_preload_libraries": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "open_rules", "wanted"),
    [
        ({}, 0, []),
        ({"server_version_num": "140011"}, 0, ["server_too_old"]),
        ({"ssl": "off", "fsync": "off"}, 0, ["server_setting", "server_setting"]),
        ({"password_encryption": "md5"}, 0, ["server_setting"]),
        ({"data_checksums": "off"}, 2, ["server_checksums", "server_doors"]),
        ({"shared_preload_libraries": "pg_stat_statements,auto_explain"}, 0, ["server_explains"]),
    ],
)
def test_each_thing_that_is_wrong_with_a_server_is_said(changed: Mapping[str, str], open_rules: int, wanted: list[str]) -> None:
    assert [one.key for one in advice_for({**FIT, **changed}, open_rules, 0)] == wanted


def test_an_authority_that_is_none_is_refused(postgres: Server, tmp_path: Path) -> None:
    server = seats.Administered("127.0.0.1", postgres.port, "x", tmp_path / "missing.pem", "postgres", "x")
    with pytest.raises(Refusal, match="no_authority"):
        server.place()
    (tmp_path / "other.pem").write_text(Authority.new().pem)
    assert seats.Administered("h", 1, "x", tmp_path / "other.pem", "p", "p").place().ca.startswith("-----BEGIN")


# ---- seat files


def test_a_seat_file_opens_with_its_code_for_seven_days_only(seat: Seat, tmp_path: Path) -> None:
    clock = SteppedClock(NOW)
    made = make_seat_file(seat.folder, clock, weak_for_tests=True)
    assert len(made.code.replace("-", "")) == 24
    clock.advance(minutes=timedelta(days=7).total_seconds() / 60)
    join_clinic(tmp_path / "second", made.content, made.code, clock, allow_weak=True)
    with pytest.raises(Refusal, match="seat_folder_taken"):
        join_clinic(tmp_path / "second", made.content, made.code, clock, allow_weak=True)
    clock.advance(minutes=timedelta(days=1).total_seconds() / 60)
    with pytest.raises(Refusal, match="seat_file_expired"):
        join_clinic(tmp_path / "third", made.content, made.code, clock, allow_weak=True)
    assert not (tmp_path / "third").exists()
    opened = open_clinic(tmp_path / "second", person_id(tmp_path / "second", "Mina"), PASSWORD, clock=SteppedClock(NOW), allow_weak=True)
    opened.close()


def test_a_wrong_code_or_a_changed_file_brings_nobody_in(seat: Seat, tmp_path: Path) -> None:
    made, clock = make_seat_file(seat.folder, SteppedClock(NOW), weak_for_tests=True), SteppedClock(NOW)
    tries: list[tuple[bytes, str, str]] = [
        (made.content, made.code[:-1] + ("A" if made.code[-1] != "A" else "B"), "seat_code_wrong"),
        (made.content.replace(b'"good_until":"2026', b'"good_until":"2036'), made.code, "seat_code_wrong"),
        (made.content.replace(b'"m":64', b'"m":65'), made.code, "seat_file_damaged"),
        (made.content[:-20], made.code, "seat_file_damaged"),
        (b"", made.code, "seat_file_damaged"),
        (b"[]", made.code, "seat_file_damaged"),
    ]
    for content, code, wanted in tries:
        with pytest.raises(Refusal) as told:
            join_clinic(tmp_path / "second", content, code, clock, allow_weak=True)
        assert told.value.key == wanted
    assert not (tmp_path / "second").exists()
    assert read_vault(seat.folder).vault_id.encode() not in made.content


def test_only_owners_make_seat_files_and_only_of_a_server(seat: Seat, says: Callable[..., Told], tmp_path: Path) -> None:
    out = tmp_path / "x.pulseseat"
    told = says("seat-file", "--data", str(seat.folder), "--user", "Mina Park", "--password-stdin", "--out", str(out), lines=(PASSWORD,))
    assert (told.code, out.exists()) == (REFUSED, False)
    with pytest.raises(Refusal, match="seat_without_server"):
        make_seat_file(tmp_path, SteppedClock(NOW))


# ---- P2: the server's log


def failing(connection: psycopg.Connection[Any]) -> None:
    """Fifty statements that fail with a patient's data in them, in text and as values."""
    tries: list[tuple[str, tuple[object, ...]]] = [
        (f"SELECT '{CANARY}'::int", ()),
        ("SELECT %s::text::int", (CANARY,)),
        (f"SELECT nonsense FROM patient WHERE last_name = '{CANARY}'", ()),
        ("INSERT INTO patient (version, first_name) VALUES (1, %s)", (CANARY,)),
        (f"INSERT INTO search_key (key, patient_id, kind) VALUES ('{CANARY}', 1, NULL)", ()),
        ("INSERT INTO search_key (key, patient_id, kind) VALUES (%s, -1, 'x')", (CANARY,)),
        ("INSERT INTO operation (id, command, person, at, answer) VALUES (%s, 'x', 'x', 1, %s)", (CANARY, CANARY)),
        (f"UPDATE office SET name = '{CANARY}'", ()),
        ("UPDATE office SET name = %s", (CANARY,)),
        (f"DELETE FROM patient WHERE last_name = '{CANARY}'", ()),
    ]
    refused = 0
    for statement, values in tries * 5:
        try:
            connection.execute(statement.encode(), values or None)
        except psycopg.Error:
            refused += 1
    assert refused == 50


def test_p2_failing_statements_leave_nothing_of_a_patient_in_the_servers_log(seat_template: SeatTemplate) -> None:
    clinic = Seat(seat_template.server, seat_template.folder, seat_template.place)
    before = len(clinic.server.log())
    with clinic.connected_as("Mina") as connection:
        failing(connection)
    assert CANARY not in clinic.server.log()[before:]


def test_p2_negative_control_a_database_without_our_settings_leaks(seat: Seat) -> None:
    with seat.connected_as("Mina") as connection:
        failing(connection)
    assert CANARY in seat.server.log()
