"""Gives a generated step the form we read: one function a table, instead of one function of hundreds of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
_TABLE = re.compile(r"""    (?:with )?op\.\w+\(\s*['"](\w+)['"]""")
_HEAD = "def upgrade() -> None:\n"


def by_table(step: str) -> str:
    """The same step with the statements of each table in a function named after it, in the same order."""
    before, _, body = step.replace(_NUMBER, "NUMBER").partition(_HEAD)
    parts: list[tuple[str, str]] = []
    for table, statement in _statements(body):
        if parts and parts[-1][0] == table:
            parts[-1] = (table, parts[-1][1] + statement)
        else:
            parts.append((table, statement))
    names = [f"_{table}" if [known for known, _ in parts].count(table) == 1 else f"_{table}_{turn}" for turn, (table, _) in enumerate(parts)]
    functions = "".join(f"\n\ndef {name}() -> None:\n{statements}" for name, (_, statements) in zip(names, parts, strict=True))
    calls = "".join(f"    {name}()\n" for name in names) or "    pass\n"
    number = f"\nNUMBER = {_NUMBER}\n" if "NUMBER" in body else ""
    return before + number.replace("\nNUMBER", "NUMBER", 1) + "\n\n" + _HEAD + calls + functions


def _statements(body: str) -> Iterator[tuple[str, str]]:
    """Each statement at the function's own indentation with the table it is about."""
    table, gathered = "", ""
    for line in body.splitlines(keepends=True):
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if (found := _TABLE.match(line)) is not None:
            if gathered:
                yield table, gathered
            table, gathered = found.group(1), ""
        gathered += line
    if gathered.strip() not in {"", "pass"}:
        yield table or "step", gathered
