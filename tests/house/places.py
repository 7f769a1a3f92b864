"""Where the checkout is and what Python it holds, for tests about the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "pulse_desktop"


def modules(below: Path = PACKAGE) -> Iterator[tuple[str, ast.Module]]:
    """Path from the checkout and syntax tree of every module."""
    for path in sorted(below.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
