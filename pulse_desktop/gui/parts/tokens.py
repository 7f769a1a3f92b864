"""The design's colours and measures, read once from `resources/design/tokens.json`.

palette = palette_tokens("dark")
palette["progress.arrived.solid"]     # "#A2B4F3"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, cast

from pulse_desktop.basics.resources import read_json

PALETTES: Final = ("light", "dark", "high-contrast")


@cache
def design_tokens() -> Mapping[str, Any]:
    """The whole token file."""
    return cast("Mapping[str, Any]", read_json("design/tokens.json"))


@cache
def palette_tokens(name: str) -> Mapping[str, str]:
    """Every role of the palette `name` with its colour; nested roles are joined by dots ("marks.3.fill")."""
    return dict(_flattened("", design_tokens()["palettes"][name]))


@cache
def type_size(name: str) -> tuple[int, int, int]:
    """Size, line height (px at 100 %) and weight of a type style such as "body" or "numeral"."""
    size, line, weight = design_tokens()["type"][name]
    return size, line, weight


def _flattened(path: str, node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield path, node
        return
    children = node.items() if isinstance(node, dict) else enumerate(cast("list[object]", node))
    for key, child in children:
        yield from _flattened(f"{path}.{key}".lstrip("."), child)
