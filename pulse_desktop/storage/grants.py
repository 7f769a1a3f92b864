"""Who may write what on a server, enforced by the server itself: one line a table, from which every GRANT is derived.

Everybody in the clinic may read, since their commands and queries do, but for what notes say: that is veiled from whoever
is at the front desk only. What may be written follows from the table's guards: rows that only grow are inserted, versioned
ones are updated too, and only derived tables lose rows. A role has here what
its permissions (`permissions`) let its commands write, and nothing else. A table without a line is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Table

from pulse_desktop.storage.guards import AppendOnly, Versioned
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.tables import Base, guards_of

EVERYBODY = frozenset(Role)
CLINICIANS = frozenset({Role.PRACTITIONER})
OWNERS = frozenset({Role.OWNER})
PEOPLE, RECEPTION, KEEPER = "people", "reception", "keeper"
"""Endings of more groups: everybody who may connect, the front desk without another role, and who owns the tables (nobody
signs in as that)."""
DESK = "desk"
"""The schema in which reception finds veiled tables under their own names; others pass it by, having no right to look in."""

WRITERS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        # what every command leaves behind
        "operation": EVERYBODY,
        "history": EVERYBODY,
        "change": EVERYBODY,
        "audit": EVERYBODY,
        "attachment": EVERYBODY,
        # the desk's work, which in a small clinic everybody does
        "patient": EVERYBODY,
        "patient_condition": EVERYBODY,
        "search_key": EVERYBODY,
        "visit": EVERYBODY,
        "visit_service": EVERYBODY,
        "occupancy": EVERYBODY,
        "package": EVERYBODY,
        "credit_entry": EVERYBODY,
        "ledger_entry": EVERYBODY,
        "receipt": EVERYBODY,
        "receipt_copy": EVERYBODY,
        "aftercare_given": EVERYBODY,
        # the clinical record
        "note": CLINICIANS,
        "amendment": CLINICIANS,
        "cup_placement": CLINICIANS,
        "needle_placement": CLINICIANS,
        "line_approval": CLINICIANS,
        "outcome_score": CLINICIANS,
        "phrase": CLINICIANS,
        "point_group": CLINICIANS,
        "favourite_code": CLINICIANS,
        # the practice itself
        "setting": OWNERS,
        "office": OWNERS,
        "room": OWNERS,
        "staff_member": OWNERS,
        "licence": OWNERS,
        "service": OWNERS,
        "working_hours": OWNERS,
        "closure": OWNERS,
        "package_offer": OWNERS,
        # who may come in
        "vault_person": OWNERS,
        "vault_state": frozenset(),  # row by row: see postgres_logins
    }
)
LOCKED: Mapping[str, str] = MappingProxyType(
    {
        "staff_member": "one booking at a time for one practitioner",
        "room": "one booking at a time for one room",
        "package": "one session held or used at a time of one package",
    }
)
"""Tables whose rows are locked by people who may not change them. A lock asks for UPDATE on some column: they get that of
`id`, and the table's guards (versions, nothing but growth) refuse every UPDATE of it."""

_DONE = "'cups', 'needles', 'strokes', 'areas', 'moxa', 'pairs', 'needle_minutes', 'techniques', 'tuina_minutes'"
VEILED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "note": MappingProxyType(
            {
                # what was done and what is running, which the desk hands out and watches; no word of what was found or said
                "draft": f"(SELECT coalesce(jsonb_object_agg(key, value), '{{}}')::text FROM jsonb_each(draft::jsonb) WHERE key IN ({_DONE}))",  # noqa: S608 - constants
                "sealed": "CASE WHEN sealed IS NULL THEN NULL ELSE ''::bytea END",
                "signature": "NULL::bytea",
            }
        ),
        "amendment": MappingProxyType({"text": "''::text", "reason": "''::text", "sealed": "''::bytea", "signature": "''::bytea"}),
        "outcome_score": MappingProxyType({"score_tenths": "0", "answers": "'{}'::text"}),
    }
)
"""Tables reception does not read, with what stands in a column instead."""

UNDECLARED: Mapping[str, str] = MappingProxyType({"presence": "SELECT, INSERT, UPDATE, DELETE"})
"""What everybody may do with tables only a server has, where they are there; nothing in them outlives a sitting."""


def group(database: str, ending: str) -> str:
    """The name of one of the clinic's groups. Names of roles are shared by all databases of a server."""
    return f"{database}_{ending}"


def grants_for(database: str) -> Iterator[str]:
    """Every GRANT on the tables of a clinic's database."""
    for table in Base.metadata.sorted_tables:
        if table.name in WRITERS:
            yield from _on(table, database)


def _on(table: Table, database: str) -> Iterator[str]:
    readers = (Role.PRACTITIONER, Role.OWNER) if table.name in VEILED else (PEOPLE,)
    yield f'GRANT SELECT ON "{table.name}" TO {_listed(database, readers)}'
    if table.name in LOCKED:
        yield f'GRANT UPDATE (id) ON "{table.name}" TO "{group(database, PEOPLE)}"'
    writers = _listed(database, sorted(WRITERS[table.name]))
    if not writers:
        return
    yield f'GRANT {", ".join(verbs_of(table))} ON "{table.name}" TO {writers}'
    numbered = table.autoincrement_column
    if numbered is not None:
        yield f'GRANT USAGE ON SEQUENCE "{table.name}_{numbered.name}_seq" TO {writers}'


def _listed(database: str, endings: Iterable[str]) -> str:
    return ", ".join(f'"{group(database, ending)}"' for ending in endings)


def veils_for(database: str) -> Iterator[str]:
    """The views behind which reception finds the veiled tables, and the right to look at them."""
    yield f'GRANT USAGE ON SCHEMA {DESK} TO "{group(database, RECEPTION)}"'
    for name, instead in VEILED.items():
        if name in Base.metadata.tables:
            columns = (f'{instead[column.name]} AS "{column.name}"' if column.name in instead else f'"{column.name}"' for column in Base.metadata.tables[name].columns)
            yield f'CREATE VIEW {DESK}."{name}" WITH (security_barrier) AS SELECT {", ".join(columns)} FROM public."{name}"'  # noqa: S608 - declared names
            yield f'GRANT SELECT ON {DESK}."{name}" TO "{group(database, RECEPTION)}"'


def verbs_of(table: Table) -> tuple[str, ...]:
    """What may be written into a table at all, by its guards."""
    guards = guards_of(_class_of(table))
    if any(isinstance(guard, AppendOnly) for guard in guards):
        return ("INSERT",)
    if any(isinstance(guard, Versioned) for guard in guards):
        return ("INSERT", "UPDATE")
    return ("INSERT", "UPDATE", "DELETE")


def _class_of(table: Table) -> type[Base]:
    found: type[Base] = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    return found
