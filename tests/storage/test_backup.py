"""A backup is a whole moment of the clinic, proved by opening it; what is changed is refused (B1, B2, B3, B5, B8)."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Self

import pytest
from sqlalchemy import Connection

from pulse_desktop.basics.problems import Denied, Problem, Refusal, Trouble
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.storage import backup
from pulse_desktop.storage.backup import make_backup
from pulse_desktop.storage.clinic_folder import schema_in
from pulse_desktop.storage.container import Container, read_container
from pulse_desktop.storage.engine import connect
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.restoring import restore, verify_backup
from pulse_desktop.storage.snapshot import copy_pages
from pulse_desktop.storage.unlocking import Newcomer, unlock
from pulse_desktop.storage.vault import read_vault
from tests.storage import workshop as shop
from tests.storage.workshop import OTHER_PASSWORD, PASSWORD, START, Putting, closed_clinic, opened

CANARY = "Zinnia Quillfeather"
DAMAGED = {"backup_foreign", "backup_newer", "backup_cut", "backup_changed"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed clinic with a front desk and some rows, and a backup of it."""

    folder: Path
    owner: str
    desk: str
    file: Path
    rows: int
    events: int


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    place = tmp_path_factory.mktemp("backup")
    clinic = opened(*closed_clinic(place))
    desk = clinic.add_person(Newcomer("Bo Reed", frozenset({Role.FRONT_DESK}), OTHER_PASSWORD))
    for number in range(30):
        clinic.door.do(shop.put_bench, Putting(f"{CARD_LINE} {number}"))
    done = make_backup(clinic, place, SteppedClock(START))
    clinic.close()
    return Kept(clinic.folder, clinic.person_id, desk, done.path, done.proof.rows, done.proof.events)


CARD_LINE = f"{CANARY} came limping"


@pytest.fixture
def kept(made: Kept, tmp_path: Path) -> Kept:
    """A copy of it that may be damaged."""
    shutil.copytree(made.folder, tmp_path / "clinic")
    shutil.copy(made.file, tmp_path / made.file.name)
    return Kept(tmp_path / "clinic", made.owner, made.desk, tmp_path / made.file.name, made.rows, made.events)


def checksum(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "pulse.lock"
    }


def benches(clinic: OpenClinic) -> int:
    return len(clinic.door.look(shop.benches))


def actions(clinic: OpenClinic) -> list[tuple[str, str]]:
    with clinic._engine.begin() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT action, outcome FROM audit ORDER BY seq")]


# ---- making


def test_b2_a_backup_is_one_private_file_named_by_the_time_and_proved(made: Kept) -> None:
    assert made.file.name == "pulse-2026-11-24-140000.pulsebackup"
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in made.file.parent.iterdir()} == {"clinic", made.file.name}
    proof = verify_backup(made.file, made.owner, PASSWORD)
    assert (proof.rows, proof.events) == (made.rows, made.events)


def test_making_and_proving_are_in_the_audit_trail(clinic: OpenClinic, tmp_path: Path) -> None:
    make_backup(clinic, tmp_path)
    assert actions(clinic)[-2:] == [("backup.make", "seen"), ("backup.prove", "done")]


def test_only_an_owner_may_back_up(clinic: OpenClinic, tmp_path: Path) -> None:
    for role in (Role.FRONT_DESK, Role.PRACTITIONER):
        person = clinic.add_person(Newcomer(f"Cy {role}", frozenset({role}), OTHER_PASSWORD))
        beside = clinic.beside(person, OTHER_PASSWORD)
        with pytest.raises(Denied):
            make_backup(beside, tmp_path)
        assert actions(clinic)[-1] == ("backup.make", "denied")
    assert [path.name for path in tmp_path.iterdir()] == ["clinic"]


def test_nothing_is_written_over_and_a_missing_folder_is_said(clinic: OpenClinic, tmp_path: Path) -> None:
    there = tmp_path / "there.pulsebackup"
    there.write_text("mine")
    with pytest.raises(Refusal, match="backup_exists"):
        make_backup(clinic, there)
    assert there.read_text() == "mine"
    with pytest.raises(Trouble, match="no_backup_folder"):
        make_backup(clinic, tmp_path / "nowhere" / "x.pulsebackup")


def test_what_a_killed_backup_left_is_gone_a_day_later(clinic: OpenClinic, tmp_path: Path) -> None:
    """A fresh one may be another computer's that is still at work; other files are nobody's business here."""
    out = tmp_path / "drive"
    out.mkdir()
    old, fresh, foreign = out / "pulse-1.pulsebackup.part", out / "pulse-2.pulsebackup.part", out / "taxes.part"
    copy = out / ".pulse-copy-x1"
    copy.mkdir()
    for file in (old, fresh, foreign, copy / "clinic.db"):
        file.write_bytes(b"sealed")
    two_days_ago = START.timestamp() - 2 * 24 * 3600
    for path in (old, foreign, copy):
        os.utime(path, (two_days_ago, two_days_ago))
    os.utime(fresh, (START.timestamp(), START.timestamp()))
    done = make_backup(clinic, out, SteppedClock(START))
    assert sorted(path.name for path in out.iterdir()) == sorted({done.path.name, fresh.name, foreign.name})


def test_a_full_drive_leaves_nothing_and_says_so(clinic: OpenClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "drive").mkdir()

    def full(path: Path, *_: object) -> None:
        path.write_bytes(b"half of a backup")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "write_container", full)
    with pytest.raises(Trouble, match="backup_unwritten"):
        make_backup(clinic, tmp_path / "drive")
    assert list((tmp_path / "drive").iterdir()) == []
    assert actions(clinic)[-1] == ("backup.prove", "failed")


class Writers:
    """Saves as fast as it can until told to stop; how long each save took, in seconds."""

    def __init__(self, clinic: OpenClinic) -> None:
        self._clinic = clinic
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.took: list[float] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._stop.is_set():
            before = perf_counter()
            self._clinic.door.do(shop.drop_coin, 1)
            self.took.append(perf_counter() - before)


def torn(folder: Path, owner: str) -> bool:
    """Whether rows, events and operations disagree or the chain is broken."""
    clinic = opened(folder, owner)
    try:
        with clinic._engine.begin() as connection:
            counts = {
                connection.exec_driver_sql(f"SELECT count(*) FROM {what}").scalar()
                for what in ("shop_coin", "audit WHERE action = 'coin.drop'", "operation WHERE command LIKE '%drop_coin'")
            }
        return len(counts) != 1 or not clinic.check().is_sound
    finally:
        clinic.close()


def test_b1_a_backup_under_writing_is_a_whole_moment(clinic: OpenClinic, tmp_path: Path) -> None:
    with Writers(clinic) as writers:
        while len(writers.took) < 20:
            pass
        files, saved_meanwhile = [], []
        for number in range(3):
            before = len(writers.took)
            files.append(make_backup(clinic, tmp_path / f"{number}.pulsebackup").path)
            saved_meanwhile.append(len(writers.took) - before)
    # How many depends on the machine; that somebody was saving while each copy was taken is what makes this a test.
    assert min(saved_meanwhile) > 0
    for number, file in enumerate(files):
        restore(file, tmp_path / str(number), clinic.person_id, PASSWORD)
        assert not torn(tmp_path / str(number), clinic.person_id)


def test_b1_control_a_copy_of_the_main_file_alone_loses_rows(clinic: OpenClinic, tmp_path: Path) -> None:
    for number in range(50):
        clinic.door.do(shop.put_bench, Putting(str(number)))
    shutil.copy(clinic.folder / "clinic.db", tmp_path / "copy.db")
    key = unlock(read_vault(clinic.folder), clinic.person_id, PASSWORD, allow_weak=True).ring.database
    copy = connect(tmp_path / "copy.db", key)
    assert copy.execute("SELECT count(*) FROM shop_bench").fetchone()[0] < 50
    copy.close()


def damage_then(read: Callable[[Path], Container], path: Path) -> Container:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return read(path)


def test_b2_damage_while_writing_is_a_failed_backup(clinic: OpenClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "read_container", lambda path: damage_then(read_container, path))
    with pytest.raises(Trouble, match="backup_unproved"):
        make_backup(clinic, tmp_path / "one.pulsebackup")
    assert {path.name for path in tmp_path.iterdir()} == {"clinic", "one.pulsebackup.failed"}
    assert actions(clinic)[-1] == ("backup.prove", "failed")


def test_b2_control_a_copy_that_lacks_rows_is_not_proved(clinic: OpenClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.door.do(shop.drop_coin, 1)
    def lossy(connection: Connection, target: Path, key: bytes) -> None:
        copy_pages(connection, target, key)
        copy = connect(target, key)
        copy.execute("DROP TRIGGER guard_shop_coin_delete")
        copy.execute("DELETE FROM shop_coin")
        copy.close()

    monkeypatch.setattr(backup, "copy_pages", lossy)
    with pytest.raises(Trouble, match="backup_unproved"):
        make_backup(clinic, tmp_path)


def test_b2_a_clinic_whose_chain_is_broken_gives_no_backup(clinic: OpenClinic, tmp_path: Path) -> None:
    with clinic._engine.execution_options(pulse_writes=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
        connection.exec_driver_sql("UPDATE audit SET action = 'nothing' WHERE seq = 1")
    with pytest.raises(Trouble, match="backup_unproved"):
        make_backup(clinic, tmp_path)


# ---- B3: changed files


def refusal(file: Path) -> str:
    """The key with which a file is refused before a password; "" when it is not."""
    try:
        read_container(file)
    except Problem as problem:
        return problem.key
    return ""


def flips(kept: Kept, positions: Iterator[int] | range | list[int], chance: random.Random) -> list[int]:
    """Positions at which a flipped bit was not refused."""
    content, missed = kept.file.read_bytes(), []
    with kept.file.open("r+b", buffering=0) as file:
        for position in positions:
            file.seek(position)
            file.write(bytes([content[position] ^ 1 << chance.randrange(8)]))
            if refusal(kept.file) not in DAMAGED:
                missed.append(position)
            file.seek(position)
            file.write(bytes([content[position]]))
    assert refusal(kept.file) == ""
    return missed


def test_b3_each_byte_before_the_database_and_the_seals_count(kept: Kept) -> None:
    before, chance = checksum(kept.folder), random.Random(1)
    start, size = read_container(kept.file).start, kept.file.stat().st_size
    assert flips(kept, [*range(start), *range(size - 64, size)], chance) == []
    assert flips(kept, [chance.randrange(size) for _ in range(300)], chance) == []
    assert checksum(kept.folder) == before


@pytest.mark.long
def test_b3_two_thousand_flips(kept: Kept) -> None:
    chance, size = random.Random(3), kept.file.stat().st_size
    assert flips(kept, [chance.randrange(size) for _ in range(2000)], chance) == []


def test_b3_cut_grown_and_swapped_files_are_refused(kept: Kept) -> None:
    content, start = kept.file.read_bytes(), read_container(kept.file).start
    pages = [content[start + 4096 * number : start + 4096 * (number + 1)] for number in (3, 4)]
    swapped = content[: start + 3 * 4096] + pages[1] + pages[0] + content[start + 5 * 4096 :]
    for changed, key in (
        (content[:-1], "backup_cut"), (content[: start + 100], "backup_cut"), (content[:10], "backup_foreign"), (b"", "backup_foreign"),
        (content + b"\0", "backup_cut"), (swapped, "backup_changed"), (content[:17], "backup_changed"),
    ):  # fmt: skip
        kept.file.write_bytes(changed)
        with pytest.raises(Refusal, match=key):
            restore(kept.file, kept.folder, kept.owner, PASSWORD)


def resummed(content: bytes) -> bytes:
    """As somebody without the keys would do it."""
    return content[:-32] + hashlib.sha256(content[:-32]).digest()


def test_b3_a_change_with_a_new_sum_is_a_forgery(kept: Kept) -> None:
    content, start, before = kept.file.read_bytes(), read_container(kept.file).start, checksum(kept.folder)
    for position in (start + 10, start + 5 * 4096, len(content) - 40, content.index(b'"made_at":') + 12):
        forged = bytearray(content)
        forged[position] = ord("7") if forged[position] != ord("7") else ord("6")
        kept.file.write_bytes(resummed(bytes(forged)))
        with pytest.raises(Refusal, match="backup_forged"):
            restore(kept.file, kept.folder, kept.owner, PASSWORD)
    assert checksum(kept.folder) == before


def test_b3_control_the_file_itself_is_not_refused(kept: Kept) -> None:
    assert refusal(kept.file) == ""
    kept.file.write_bytes(resummed(kept.file.read_bytes()))
    assert verify_backup(kept.file, kept.owner, PASSWORD).rows == kept.rows


def test_b3_control_without_the_sum_flips_would_be_missed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulse_desktop.storage.container._sum_is_right", lambda *_: True)
    start = read_container(kept.file).start
    assert flips(kept, [start + 50], random.Random(1)) == [start + 50]


def test_b3_control_without_the_seal_a_forgery_would_be_missed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Container, "check_seal", lambda *_: None)
    content = bytearray(kept.file.read_bytes())
    content[-40] ^= 1
    kept.file.write_bytes(resummed(bytes(content)))
    assert verify_backup(kept.file, kept.owner, PASSWORD).rows == kept.rows


# ---- B5, B8


def test_b5_file_and_password_bring_the_clinic_back(kept: Kept, tmp_path: Path) -> None:
    done = restore(kept.file, tmp_path / "new", kept.owner, PASSWORD)
    assert done.kept is None
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"clinic.db", "vault.json", "vault.twin.json", "pulse.lock"}
    clinic = opened(tmp_path / "new", kept.owner)
    assert benches(clinic) == 30
    assert clinic.check().is_sound
    assert ("backup.restore", "done") in actions(clinic)
    clinic.close()
    opened(tmp_path / "new", kept.desk, OTHER_PASSWORD).close()  # everybody is back, though the backup opens to owners only


def test_what_was_in_the_folder_is_kept(kept: Kept) -> None:
    clinic = opened(kept.folder, kept.owner)
    clinic.door.do(shop.put_bench, Putting("later"))
    clinic.close()
    before = checksum(kept.folder)
    done = restore(kept.file, kept.folder, kept.owner, PASSWORD)
    assert done.kept is not None
    assert checksum(done.kept) == before
    clinic = opened(kept.folder, kept.owner)
    assert benches(clinic) == 30
    clinic.close()


def test_a_damaged_clinic_is_replaced(kept: Kept) -> None:
    (kept.folder / "clinic.db").write_bytes(b"rubbish")
    (kept.folder / "clinic.db-wal").write_bytes(b"rubbish of a journal")
    (kept.folder / "vault.json").unlink()
    restore(kept.file, kept.folder, kept.owner, PASSWORD)
    clinic = opened(kept.folder, kept.owner)
    assert clinic.check().is_sound
    clinic.close()


def test_a_wrong_password_and_a_clinic_in_use_change_nothing(kept: Kept) -> None:
    before = checksum(kept.folder)
    with pytest.raises(Refusal, match="sign_in_failed"):
        restore(kept.file, kept.folder, kept.owner, OTHER_PASSWORD)
    with pytest.raises(Refusal, match="backup_needs_owner"):
        restore(kept.file, kept.folder, kept.desk, OTHER_PASSWORD)
    assert checksum(kept.folder) == before
    clinic = opened(kept.folder, kept.owner)
    with pytest.raises(Refusal, match="clinic_in_use"):
        restore(kept.file, kept.folder, kept.owner, PASSWORD)
    clinic.close()


def test_b8_a_stolen_backup_tells_nothing(made: Kept) -> None:
    content = made.file.read_bytes()
    assert [entry.id for entry in read_container(made.file).vault.people] == [made.owner]
    for text in (CANARY, CANARY.upper(), "shop_bench", "Bo Reed", "SQLite format"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert text.encode(encoding) not in content


def test_b8_the_live_files_key_does_not_open_the_copy(made: Kept, tmp_path: Path) -> None:
    ring = unlock(read_vault(made.folder), made.owner, PASSWORD, allow_weak=True).ring
    read_container(made.file).unpack(tmp_path / "copy.db")
    with pytest.raises(Problem):
        schema_in(tmp_path / "copy.db", ring.database)
    assert schema_in(tmp_path / "copy.db", ring.backup)


def test_b8_control_a_canary_would_be_seen(made: Kept, tmp_path: Path) -> None:
    ring = unlock(read_vault(made.folder), made.owner, PASSWORD, allow_weak=True).ring
    copy = connect(made.folder / "clinic.db", ring.database)
    copy.execute(f"ATTACH DATABASE '{tmp_path / 'plain.db'}' AS plain KEY ''")
    copy.execute("SELECT sqlcipher_export('plain')")
    copy.close()
    assert CANARY.encode() in (tmp_path / "plain.db").read_bytes()
