"""Brings a clinic back from a backup: from the file and an owner's password alone, into an empty or a used folder.

Everything is made, opened and examined in a folder of its own inside the clinic's; only then is it put in place
(`swapping`). What was in the folder is moved aside and kept.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from sqlcipher3 import dbapi2

from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.clinic_folder import DATABASE
from pulse_desktop.storage.container import Container, read_container
from pulse_desktop.storage.durable import sync_file, sync_folder
from pulse_desktop.storage.engine import connect
from pulse_desktop.storage.folder_lock import LOCK, FolderLock, check_folder
from pulse_desktop.storage.proving import Proof, prove, prove_at, unlocked_by
from pulse_desktop.storage.server_file import is_on_server
from pulse_desktop.storage.swapping import finish_restore, put_in_place
from pulse_desktop.storage.unlocking import Unlocked
from pulse_desktop.storage.vault import write_vault

register_sentences(
    {
        "restore_on_server": N_(
            "This folder leads to the clinic's server, which would go on being used. Nothing was changed. Restore into an empty folder."
        ),
    }
)

_PREPARING = ".restoring-"
_ROOM = 3  # times the database: unpacked, under the live key, and what examining it needs


@dataclass(frozen=True, slots=True)
class Restored:
    """A clinic that is back. `kept` is where the former files are, if there were any."""

    proof: Proof
    kept: Path | None


def verify_backup(path: Path, person_id: str, password: str) -> Proof:
    """Proves a backup without restoring it. Raises Refusal or Trouble saying what is wrong with it."""
    container = read_container(path)
    unlocked = unlocked_by(container, person_id, password)
    try:
        return prove(container, unlocked, path.absolute().parent)
    finally:
        unlocked.ring.drop()


def restore(path: Path, folder: Path, person_id: str, password: str, clock: Clock | None = None) -> Restored:
    """Puts the clinic in the backup at `path` into `folder`. Raises Refusal or Trouble; then the folder's clinic is as it was.

    Killed at any moment, it leaves the old clinic or the new one.
    """
    if is_on_server(folder):
        raise Refusal("restore_on_server")
    container = read_container(path)
    unlocked = unlocked_by(container, person_id, password)
    check_folder(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    finish_restore(folder)
    lock = FolderLock.take(folder)
    try:
        return _restored(container, unlocked, folder, password, clock or SystemClock())
    finally:
        unlocked.ring.drop()
        lock.release()


def _restored(container: Container, unlocked: Unlocked, folder: Path, password: str, clock: Clock) -> Restored:
    for left_over in folder.glob(_PREPARING + "*"):
        shutil.rmtree(left_over)  # of a restore that was cut off before it was decided
    if shutil.disk_usage(folder).free < _ROOM * container.manifest.size:
        raise Trouble("disk_full")
    prepared = Path(mkdtemp(dir=folder, prefix=_PREPARING))
    try:
        proof = _prepare(container, unlocked, prepared, password, clock)
        return Restored(proof, put_in_place(folder, prepared, _stamp(folder, clock)))
    except BaseException:
        shutil.rmtree(prepared, ignore_errors=True)
        raise


def _prepare(container: Container, unlocked: Unlocked, prepared: Path, password: str, clock: Clock) -> Proof:
    """A whole clinic in `prepared`: proved, under the live key, opened once as the program does, event written, durable."""
    unpacked = prepared / "unpacked"
    proof = prove_at(container, unlocked, unpacked)
    _rekey(unpacked, prepared / DATABASE, unlocked)
    for left_over in prepared.glob("unpacked*"):
        left_over.unlink()
    write_vault(prepared, container.vault)
    clinic = clinic_folder.open(prepared, unlocked.person_id, password, clock=clock, allow_weak=container.vault.weak)
    clinic.door.note("backup.restore")
    clinic.close()
    (prepared / LOCK).unlink()
    for made in prepared.iterdir():
        sync_file(made)
    sync_folder(prepared)
    return proof


def _rekey(source: Path, target: Path, unlocked: Unlocked) -> None:
    """From the backup's key to the live one, through SQLite's backup interface."""
    try:
        reading, writing = connect(source, unlocked.ring.backup), connect(target, unlocked.ring.database)
        try:
            reading.backup(writing)
        finally:
            writing.close()
            reading.close()
    except dbapi2.Error:
        raise Trouble("disk_trouble") from None


def _stamp(folder: Path, clock: Clock) -> str:
    """A name for what is kept that nothing kept before has."""
    time = f"{clock.now():%Y-%m-%d-%H%M%S}"
    taken = {path.name for path in folder.iterdir()}
    names = (time, *(f"{time}-{number}" for number in range(2, 1000)))
    for name in names:
        if f"before-restore-{name}" not in taken:
            return name
    raise Refusal("backup_exists")
