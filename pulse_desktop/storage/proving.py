"""A backup is one only when it was opened: unpacked from the disk, examined to the last page, counted, compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.check import Report, examine
from pulse_desktop.storage.clinic_folder import DATABASE, schema_in
from pulse_desktop.storage.container import Container, Manifest
from pulse_desktop.storage.engine import open_engine
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.header_copies import agreed
from pulse_desktop.storage.migrations import head as newest_schema
from pulse_desktop.storage.migrations.steps import migrate
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.snapshot import Facts, facts_of
from pulse_desktop.storage.unlocking import Unlocked, unlock

register_sentences(
    {
        "backup_needs_owner": N_("Only an owner who had a password when this backup was made can open it. Nothing was changed. Check the name."),
        "backup_unsound": N_("What this backup holds is not whole ({part}: {what}). Nothing was changed. Use another backup."),
    }
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a backup that opened: rows in all tables together, audit events, when it was made."""

    manifest: Manifest
    rows: int
    events: int


def unlocked_by(container: Container, person_id: str, password: str) -> Unlocked:
    """Opens a backup's keys with an owner's password and checks its seal.

    Raises Refusal("backup_needs_owner" | "sign_in_failed" | "backup_forged").
    """
    entry = container.vault.entry(person_id)
    if entry is None or Role.OWNER not in entry.roles:
        raise Refusal("backup_needs_owner")
    unlocked = unlock(container.vault, person_id, password, allow_weak=container.vault.weak)
    if not unlocked.intact:
        raise Refusal("backup_forged")
    container.check_seal(unlocked.ring.backup_seal)
    return unlocked


def prove(container: Container, unlocked: Unlocked, beside: Path) -> Proof:
    """Opens a copy in a temporary folder in `beside` and compares. Raises Refusal or Trouble; the copy is gone afterwards."""
    container.check_seal(unlocked.ring.backup_seal)
    with TemporaryDirectory(dir=beside, prefix=".pulse-proof-") as folder:
        return prove_at(container, unlocked, Path(folder) / DATABASE)


def prove_at(container: Container, unlocked: Unlocked, path: Path) -> Proof:
    """Unpacks to `path` and proves it there, under the backup's key; leaves the proved file behind."""
    container.unpack(path)
    key = unlocked.ring.backup
    facts = _told(container, unlocked)
    version = schema_in(path, key)
    _compare(path, key, facts)
    if version != newest_schema():
        migrate(path, key, version)
    _examine(container, unlocked, path)
    return Proof(container.manifest, sum(facts.rows.values()), facts.events)


def _told(container: Container, unlocked: Unlocked) -> Facts:
    manifest = container.manifest
    text = unlocked.ring.unwrap_facts(bytes.fromhex(manifest.facts), manifest.bound_to())
    if text is None:
        raise Refusal("backup_forged")
    return Facts.told(text)


def _compare(path: Path, key: bytes, told: Facts) -> None:
    """The counts and the newest event, against those of the moment the copy was taken."""
    engine = open_engine(path, key)
    try:
        found = cleanly(lambda: _facts(engine))
    finally:
        engine.dispose()
    if found == told:
        return
    different = [name for name in sorted({*told.rows, *found.rows}) if told.rows.get(name) != found.rows.get(name)]
    raise Trouble("backup_unsound", part="rows", what=", ".join(different) or f"event {told.events}")


def _facts(engine: Engine) -> Facts:
    with engine.begin() as connection:
        return facts_of(connection)


def _report(engine: Engine, container: Container, unlocked: Unlocked) -> Report:
    vault, audit_key = agreed(engine, container.vault, unlocked)
    with engine.begin() as connection:
        return examine(connection, audit_key, vault)


def _examine(container: Container, unlocked: Unlocked, path: Path) -> None:
    engine = open_engine(path, unlocked.ring.backup)
    try:
        report = cleanly(lambda: _report(engine, container, unlocked))
    finally:
        engine.dispose()
    for finding in report.findings:
        raise Trouble("backup_unsound", part=finding.part, what=finding.what)
