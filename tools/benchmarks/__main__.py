"""How fast the program is, against floors that do the least the machine can do for the same end.

    make bench                       # 1,000 and 10,000 patients, ten visits each
    make bench SIZES="1000 100000"

Prints a table and writes build/bench.json. Medians, but for the row that says otherwise; floors and ours take turns.
Ends with 1 when a bound is broken that is not known to be (not_kept.txt), and names it; and when one that is listed there
is now clearly kept, so that the list only grows shorter.

    make bench ARGS=--best           # the quietest turns instead, and for reading the processor's time: the gate of .ci/run,
                                     # on a machine that others use too

Not measured: a draft and a signature at the screen (they need a practitioner's window), a clinic whose passwords cost
time (the derivation is measured apart), a machine without any file in its cache.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tools.benchmarks.clinics import KEPT, ROOT
from tools.benchmarks.judging import NOT_KEPT, judge, names_in
from tools.benchmarks.machine import described
from tools.benchmarks.measured import everything
from tools.benchmarks.measuring import take_best
from tools.benchmarks.rows import Row, growth, table

_USUAL = [1_000, 10_000]


def report(rows: list[Row], out: Path, known: Sequence[str] = ()) -> int:
    """Writes and prints what was measured; 1 when a bound is broken that is not `known`, or a known one is mended."""
    rows = [*rows, *growth(rows)]
    judged = judge(rows, known)
    machine = described()
    out.parent.mkdir(parents=True, exist_ok=True)
    data = {"machine": machine, "rows": [row.as_data() for row in rows], **asdict(judged)}
    out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(rows), ", ".join(f"{name} {value}" for name, value in machine.items()), sep="\n\n")
    for name in judged.known_broken:
        print(f"Known to be broken: {name}")
    for name in judged.broken:
        print(f"Bound broken: {name}")
    for name in judged.mended:
        print(f"Kept by now, take it off {NOT_KEPT.name}: {name}")
    return 1 if judged.broken or judged.mended else 0


def main() -> int:
    """The exit code."""
    reader = argparse.ArgumentParser(prog="bench")
    reader.add_argument("--sizes", nargs="+", type=int, default=_USUAL)
    reader.add_argument("--only", nargs="+", default=[], help="parts to measure: reading, writing, window, paper, screen")
    reader.add_argument("--best", action="store_true", help="the quietest turns, not the medians")
    told = reader.parse_args()
    if told.best:
        take_best()
    KEPT.mkdir(parents=True, exist_ok=True)
    return report(list(everything(told.sizes, told.only)), ROOT / "build" / "bench.json", names_in(NOT_KEPT.read_text("utf-8")))


if __name__ == "__main__":
    sys.exit(main())
