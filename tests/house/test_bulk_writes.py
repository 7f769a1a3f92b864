"""No statement changes rows past their versions (C2): UPDATE and DELETE are written in two places only."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.places import modules

WRITES = frozenset({"update", "delete", "bulk_update_mappings", "bulk_insert_mappings", "bulk_save_objects"})
ALLOWED = frozenset(
    {
        "pulse_desktop/storage/context.py",  # names the row and the version it saw; removes derived rows only
        "pulse_desktop/storage/people.py",  # vault_state: single values without versions
        "pulse_desktop/storage/joints.py",  # the same, in the transaction of a move
    }
)


def bulk_writes(tree: ast.Module) -> Iterator[int]:
    """Lines that import SQLAlchemy's `update` or `delete`, or call them on a table, a query or a session."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found = (node.module or "").startswith("sqlalchemy") and bool(WRITES & {name.name for name in node.names})
        else:
            found = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes_rows(node.func)
        if found:
            yield getattr(node, "lineno", 0)


def _writes_rows(called: ast.Attribute) -> bool:
    on = ast.unparse(called.value)
    if called.attr.startswith("bulk_"):
        return called.attr in WRITES
    return called.attr in WRITES and ("__table__" in on or ".query(" in on or on.endswith(("_table", "sa", "sqlalchemy")) or on.isupper())


def test_c2_rows_are_changed_in_two_places_only() -> None:
    found = {path for path, tree in modules() for _line in bulk_writes(tree) if not path.startswith("pulse_desktop/storage/migrations/")}
    assert found == ALLOWED


def test_c2_control_each_way_past_the_versions_is_seen() -> None:
    ways = (
        "from sqlalchemy import select, update",
        "from sqlalchemy.orm import bulk_update_mappings",
        "import sqlalchemy as sa\nsa.update(Note)",
        "Note.__table__.update()",
        "session.query(Note).filter(Note.id == 1).update({'draft': ''})",
        "session.bulk_update_mappings(Note, [])",
        "NOTES.delete()",
    )
    assert [way for way in ways if not list(bulk_writes(ast.parse(way)))] == []
    assert not list(bulk_writes(ast.parse("self.viewport().update()\nseen.update(more)\nfrom sqlalchemy import select")))
