"""Floor: the plainest search over the same encrypted file, with the bare driver and one prepared statement.

First line on standard input: {"path": ..., "key": ...}. Then for each line {"words": ["mar", "lop"]} one line back,
{"ms": ..., "rows": ...}. Frozen: the figures of another day compare only while this stays as it is.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from sqlcipher3 import dbapi2

_BEGINS = "SELECT patient_id FROM search_key WHERE key BETWEEN ? AND ?"
_LINES = (
    "SELECT id, number, first_name, last_name, native_name, born, phone, language, active, office_id"
    " FROM patient WHERE id IN ({found}) ORDER BY id DESC LIMIT 300"
)


def _opened(told: dict[str, str]) -> Any:
    connection = dbapi2.connect(told["path"], isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{told['key']}'\"")
    connection.execute("PRAGMA cache_size=-8000")
    return connection


def _statement(words: list[str]) -> str:
    first = "SELECT DISTINCT patient_id FROM search_key WHERE key BETWEEN ? AND ?"
    others = f" AND patient_id IN ({_BEGINS})" * (len(words) - 1)
    return _LINES.format(found=f"{first}{others} LIMIT 300")


def main() -> None:
    connection = _opened(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        words = json.loads(line)["words"]
        begun = time.perf_counter()
        bounds = [bound for word in words for bound in (word, word + "\U0010ffff")]
        connection.execute("BEGIN")
        rows = connection.execute(_statement(words), bounds).fetchall()
        connection.execute("ROLLBACK")
        taken = (time.perf_counter() - begun) * 1000
        print(json.dumps({"ms": taken, "rows": len(rows)}), flush=True)


if __name__ == "__main__":
    main()
