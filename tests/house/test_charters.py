"""Every package opens with a charter: what it is; and for rooms and subjects, what never belongs in it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.places import PACKAGE, ROOT

PACKAGES = sorted(path.parent for path in PACKAGE.rglob("__init__.py"))
SUITES = sorted(path.parent for path in (ROOT / "tests").rglob("__init__.py"))


def charter(package: Path) -> str:
    return ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""


def is_room(package: Path) -> bool:
    """Rooms, the subjects of the clinic and the parts of the window; not the package that holds them all."""
    parts = package.relative_to(PACKAGE).parts
    return len(parts) == 1 or (len(parts) == 2 and parts[0] in {"clinic", "gui"})


@pytest.mark.parametrize("package", [*PACKAGES, *SUITES], ids=lambda package: package.relative_to(ROOT).as_posix())
def test_every_package_says_what_it_is(package: Path) -> None:
    assert len(charter(package).split()) >= 6


@pytest.mark.parametrize("room", [package for package in PACKAGES if is_room(package)], ids=lambda package: package.relative_to(ROOT).as_posix())
def test_every_room_says_what_never_belongs_there(room: Path) -> None:
    assert {"never", "no", "nothing", "not"} & set(charter(room).lower().replace(":", " ").split())


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder.relative_to(ROOT).as_posix() for folder in sorted(folders - set(PACKAGES)) if folder.name != "versions"] == []
