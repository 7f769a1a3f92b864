"""Floor: statements and their values as they are told, with the bare driver, nothing between.

First line on standard input: {"path": ..., "key": ...}. Then for each line {"steps": [[sql, [values]], ...]} one line
back, {"ms": ..., "rows": ...}; bytes travel as {"hex": ...}. A commit waits for the disk (synchronous=FULL), as ours
does. Frozen.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from sqlcipher3 import dbapi2

_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "temp_store=MEMORY", "secure_delete=ON", "cache_size=-8000")


def _opened(told: dict[str, str]) -> Any:
    connection = dbapi2.connect(told["path"], isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{told['key']}'\"")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _value(told: Any) -> Any:
    return bytes.fromhex(told["hex"]) if isinstance(told, dict) else told


def _carry_out(connection: Any, steps: list[tuple[str, list[Any]]]) -> int:
    rows = 0
    for statement, values in steps:
        rows += len(connection.execute(statement, values).fetchall())
    return rows


def main() -> None:
    connection = _opened(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        steps = [(statement, [_value(one) for one in values]) for statement, values in json.loads(line)["steps"]]
        begun = time.perf_counter()
        rows = _carry_out(connection, steps)
        taken = (time.perf_counter() - begun) * 1000
        print(json.dumps({"ms": taken, "rows": rows}), flush=True)


if __name__ == "__main__":
    main()
