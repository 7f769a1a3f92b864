"""Where the shipped data lies: the checkout's own `resources/` first, else the copy inside the installed package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resources_folder() -> Path:
    """The folder of shipped data. A checkout's sibling wins, since an editable install may hold a stale copy or none."""
    sibling = _PACKAGE.parent / "resources"
    if sibling.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return sibling
    return _PACKAGE / "resources"


def resource_path(name: str) -> Path:
    """The path of one resource, such as "icons/add.svg"."""
    return resources_folder() / name


def read_json(name: str) -> object:
    """One JSON resource, read anew at each call; keep what you make of it."""
    return json.loads(resource_path(name).read_text(encoding="utf-8"))
