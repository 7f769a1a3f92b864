"""Where the checkout is and what Python it holds, for tests about the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "pulse_desktop"


def modules(below: Path = PACKAGE, *, saying: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Path from the checkout and syntax tree of every module; `saying` leaves out those in which this word does not occur."""
    for path in sorted(below.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if saying in text:
            yield path.relative_to(ROOT).as_posix(), _tree(text)


@cache
def _tree(text: str) -> ast.Module:
    """Nobody changes the trees, so each is made once."""
    return ast.parse(text)
