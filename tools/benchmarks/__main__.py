"""How fast the program is, against floors that do the least the machine can do for the same end.

    make bench                       # 1,000 and 10,000 patients, ten visits each
    make bench SIZES="1000 100000"

Prints a table and writes build/bench.json. Ends with 1 when a bound is broken, and names it. Medians, but for the row
that says otherwise; floors and ours take turns.

Not measured yet: painting the calendar's week and scrolling it (the calendar shows a day; six days are asked), Today and
the written rows at the screen, the growth of memory over a thousand actions, a clinic whose passwords cost time (the
derivation is measured apart), a machine without any file in its cache.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tools.benchmarks.clinics import KEPT, ROOT
from tools.benchmarks.machine import described
from tools.benchmarks.measured import everything
from tools.benchmarks.rows import Row, growth, table

_USUAL = [1_000, 10_000]


def report(rows: list[Row], out: Path) -> int:
    """Writes and prints what was measured; 1 when a bound is broken."""
    rows = [*rows, *growth(rows)]
    broken = [f"{row.name} at {row.size:,} patients" for row in rows if not row.is_kept]
    machine = described()
    out.parent.mkdir(parents=True, exist_ok=True)
    data = {"machine": machine, "rows": [row.as_data() for row in rows], "broken": broken}
    out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(rows), ", ".join(f"{name} {value}" for name, value in machine.items()), sep="\n\n")
    for name in broken:
        print(f"Bound broken: {name}")
    return 1 if broken else 0


def main() -> int:
    """The exit code."""
    reader = argparse.ArgumentParser(prog="bench")
    reader.add_argument("--sizes", nargs="+", type=int, default=_USUAL)
    reader.add_argument("--only", nargs="+", default=[], help="parts to measure: reading, writing, window, paper, screen")
    told = reader.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    return report(list(everything(told.sizes, told.only)), ROOT / "build" / "bench.json")


if __name__ == "__main__":
    sys.exit(main())
