"""Makes a backup of the clinic while it is in use: one moment of it in a file, sealed, and proved by opening it.

A file is copied through SQLite's backup interface; a server is carried over row by row, as a clinic that moves is.

A file bears its final name only once it was proved. Its header holds the slots of owners only: a stolen backup must
not be opened by guessing the front desk's password. The others' slots are inside, in the encrypted database.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine

from pulse_desktop import __version__
from pulse_desktop.basics.problems import Problem, Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage.clinic_folder import DATABASE
from pulse_desktop.storage.container import Manifest, read_container, write_container
from pulse_desktop.storage.durable import sync_folder
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.faults import Mistake, cleanly
from pulse_desktop.storage.header_copies import agreed
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.people import HEADER, may_back_up, state_of
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.proving import Proof, prove
from pulse_desktop.storage.schema import version_of
from pulse_desktop.storage.server_file import is_on_server
from pulse_desktop.storage.snapshot import Facts, copy_pages, facts_of
from pulse_desktop.storage.types import to_milliseconds
from pulse_desktop.storage.unlocking import Unlocked, certified
from pulse_desktop.storage.vault import Vault, parse, read_vault

SUFFIX = ".pulsebackup"
_PART, _COPY = ".part", ".pulse-copy-"
_STILL_AT_WORK = 24 * 3600  # seconds

register_sentences(
    {
        "backup_exists": N_("There is a file of that name already. Nothing was written over it. Choose another name or a folder."),
        "no_backup_folder": N_("The folder for the backup does not exist. Nothing was written. Check the drive, or choose another folder."),
        "backup_unwritten": N_("The backup could not be written ({reason}). The clinic's file is as it was. Check the drive, or choose another folder."),
        "backup_unproved": N_(
            "The backup was written but did not open as it should. The clinic's file was not touched and nothing was lost. Run a check of the clinic, then back up to another drive."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was proved."""

    path: Path
    proof: Proof


def make_backup(clinic: OpenClinic, out: Path, clock: Clock | None = None) -> Backup:
    """Backs the clinic up to `out`, a new file or a folder in which it gets a name by the time (UTC). Needs BACK_UP.

    Raises Denied, Refusal("backup_exists") and Trouble; then no backup is left but, if it was the proof that failed,
    a file ending in ".failed". Takes seconds for a large clinic; others write on meanwhile.
    """
    clinic.door.look(may_back_up)
    made_at = (clock or SystemClock()).now()
    path = out / f"pulse-{made_at:%Y-%m-%d-%H%M%S}{SUFFIX}" if out.is_dir() else out
    if not path.parent.is_dir():
        raise Trouble("no_backup_folder")
    if path.exists():
        raise Refusal("backup_exists")
    _clear_left_overs(path.parent, made_at)
    part = path.with_name(path.name + _PART)
    try:
        _write(clinic, part, made_at)
        proof = _proved(clinic, part, path)
    except (Problem, Mistake, OSError) as error:
        part.unlink(missing_ok=True)
        clinic.door.note("backup.prove", "failed")
        if isinstance(error, OSError):
            raise Trouble("backup_unwritten", reason=error.strerror or "?") from None
        raise
    clinic.door.note("backup.prove")
    return Backup(path, proof)


def _clear_left_overs(folder: Path, now: datetime) -> None:
    """What backups left here that were killed: encrypted, but no use to anybody. Another computer's may still be at work."""
    for left_over in (*folder.glob(f"{_COPY}*"), *folder.glob(f"*{SUFFIX}{_PART}")):
        with suppress(OSError):  # a drive that lets nothing be removed may still take the backup
            if now.timestamp() - left_over.stat().st_mtime > _STILL_AT_WORK:
                rmtree(left_over) if left_over.is_dir() else left_over.unlink()


def _write(clinic: OpenClinic, part: Path, made_at: datetime) -> None:
    part.unlink(missing_ok=True)  # of an attempt that never finished
    with TemporaryDirectory(dir=part.parent, prefix=_COPY) as folder:
        copy, take = Path(folder) / DATABASE, _carried if is_on_server(clinic.folder) else _copied
        moment = clinic.below(lambda engine, unlocked: cleanly(lambda: take(clinic, engine, unlocked, copy, made_at)))
        clinic.below(lambda _engine, unlocked: _contain(part, copy, moment, unlocked, to_milliseconds(made_at)))


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was read in the transaction the copy was taken in."""

    facts: Facts
    schema: str
    header: Vault


def _copied(_clinic: OpenClinic, engine: Engine, unlocked: Unlocked, copy: Path, _made_at: datetime) -> _Moment:
    with engine.begin() as connection:
        moment = _moment(connection)
        copy_pages(connection, copy, unlocked.ring.backup)
    return moment


def _carried(clinic: OpenClinic, engine: Engine, unlocked: Unlocked, copy: Path, made_at: datetime) -> _Moment:
    """One moment of a server, row by row into a file: what burns with the server can be restored on any computer.

    The copy is a clinic that has moved into a file, so its audit trail ends with the event that says so.
    """
    from pulse_desktop.storage import sqlite_moving  # noqa: PLC0415 - clinics in a file do without it
    from pulse_desktop.storage.moving import Mover, carry, compare  # noqa: PLC0415 - as above

    _vault, audit_key = agreed(engine, read_vault(clinic.folder), unlocked)
    mover = Mover(clinic.door.actor, clinic.door.seat, made_at, audit_key)
    with engine.begin() as source, sqlite_moving.new_file(copy, unlocked.ring.backup) as file:
        with writing(file).begin() as target:
            last = carry(source, target, sqlite_moving, mover)
        with file.begin() as target:
            compare(source, target, last)
            return _moment(target)


def _moment(connection: Connection) -> _Moment:
    return _Moment(facts_of(connection), version_of(connection) or "", parse(state_of(connection)[HEADER].encode()))


def _contain(part: Path, copy: Path, moment: _Moment, unlocked: Unlocked, made_at: int) -> None:
    vault = _for_owners(moment.header, unlocked)
    open_part = Manifest(vault.vault_id, vault.epoch, moment.schema, made_at, __version__, copy.stat().st_size, "")
    facts = unlocked.ring.wrap_facts(moment.facts.text(), open_part.bound_to())
    write_container(part, replace(open_part, facts=facts.hex()), vault, copy, unlocked.ring.backup_seal)


def _for_owners(header: Vault, unlocked: Unlocked) -> Vault:
    """The header with owners' slots only. One revision back, so that the whole one inside the database counts for more."""
    owners = tuple(entry for entry in header.people if Role.OWNER in entry.roles and entry.active)
    return certified(replace(header, people=owners, revision=header.revision - 1), unlocked.ring)


def _proved(clinic: OpenClinic, part: Path, path: Path) -> Proof:
    """Reads back what lies on the disk; gives it its name when it is right and another one when it is not."""
    try:
        proof = clinic.below(lambda _engine, unlocked: prove(read_container(part), unlocked, part.parent))
    except (Problem, Mistake):
        part.replace(path.with_name(path.name + ".failed"))
        raise Trouble("backup_unproved") from None
    part.replace(path)
    sync_folder(path.parent)
    return proof
