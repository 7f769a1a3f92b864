"""What both directions of a move share: rows carried with a joint in the audit trail, and the proof that all arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, Engine

from pulse_desktop.basics.ids import new_id
from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.audit import AuditTrail, Head, head
from pulse_desktop.storage.check import Report, examine
from pulse_desktop.storage.context import Actor, AuditSubject
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.joints import MOVED, joints_of, keep_joints, kept_in
from pulse_desktop.storage.plain_rows import all_tables, contents_of, differing, rows_of
from pulse_desktop.storage.vault import Vault

LookOver = Callable[[Door], None]
"""What the rooms above prove through a door to the new place before it is used (that every signature holds)."""

register_sentences(
    {
        "move_unproved": N_(
            "The clinic was copied, but the copy is not the same ({part}: {what}). Nothing was changed: the clinic stays where it is. Run a check of the clinic, then try again."
        ),
        "trail_broken": N_(
            "The audit trail of this clinic does not hold, and a clinic is not moved like that. Nothing was changed. Run a check of the clinic."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was proved. `kept` is what was used before, set aside."""

    rows: int
    events: int
    kept: Path


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves the clinic, when, at which seat, with the key of its audit trail."""

    actor: Actor
    seat: str
    at: datetime
    audit_key: bytes


def carry(source: Connection, target: Connection, way_in: ModuleType, mover: Mover) -> Head:
    """Carries every row over in the transaction of `target`, which is empty; the last event that was carried.

    `way_in` is `postgres_moving` or `sqlite_moving`. The first new event says that the clinic has moved.
    """
    last, joints = head(source), joints_of(source, mover.audit_key)
    if joints is None:
        raise Trouble("trail_broken")
    with way_in.unguarded(target):
        for table in all_tables():
            way_in.add_rows(target, table, rows_of(source, table, last.seq))
        keep_joints(target, joints.and_then(last.seq + 1, kept_in(target)), mover.audit_key)
        way_in.go_on_counting(target, last)
    subject = AuditSubject(object_type=kept_in(target), object_id=last.seq)
    trail = AuditTrail(mover.audit_key, mover.seat)
    trail.append(target, mover.actor, MOVED, mover.at, event_id=new_id(), subject=subject, outcome="done")
    return last


def compare(source: Connection, target: Connection, last: Head) -> int:
    """Proves that both hold the same rows, each read and written down by itself; how many. Raises Trouble("move_unproved")."""
    wanted, found = contents_of(source, last.seq), contents_of(target, last.seq)
    if (name := differing(found, wanted)) is not None:
        raise Trouble("move_unproved", part="rows", what=name)
    return sum(content.rows for content in found.values())


def prove(engine: Engine, vault: Vault, audit_key: bytes) -> int:
    """Examines the clinic at its new place, to the last event; the number of the newest. Raises Trouble("move_unproved")."""
    report = cleanly(lambda: _examined(engine, vault, audit_key))
    for finding in report.findings:
        raise Trouble("move_unproved", part=finding.part, what=finding.what)
    return report.events


def _examined(engine: Engine, vault: Vault, audit_key: bytes) -> Report:
    with engine.begin() as connection:
        return examine(connection, audit_key, vault)
