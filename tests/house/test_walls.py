"""The contracts of pyproject.toml hold, and each of them notices when it is broken."""

from __future__ import annotations

import ast
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.house.places import PACKAGE, ROOT, modules

# One bad line for each contract, by the contract's id: where it is planted and what it says.
PLANTED = {
    "rooms": ("pulse_desktop/basics/planted.py", "import pulse_desktop.storage"),
    "subjects": ("pulse_desktop/clinic/patients/planted.py", "import pulse_desktop.clinic.money"),
    "gui": ("pulse_desktop/gui/parts/planted.py", "import pulse_desktop.gui.forms"),
    "workplaces": ("pulse_desktop/gui/workplaces/planted.py", "import pulse_desktop.gui.workplaces.planted_too"),
    "qt": ("pulse_desktop/outside/planted.py", "import PySide6.QtCore"),
    "sqlalchemy": ("pulse_desktop/documents/planted.py", "import sqlalchemy.orm"),
    "reportlab": ("pulse_desktop/clinic/practice/planted.py", "import reportlab.pdfgen.canvas"),
    "alembic": ("pulse_desktop/clinic/atlas/planted.py", "import alembic.command"),
    "tables": ("pulse_desktop/outside/planted_tables.py", "import pulse_desktop.clinic.patients.tables"),
    "sessions": ("pulse_desktop/gui/parts/planted_session.py", "import pulse_desktop.storage"),
    "stories": ("tests/stories/planted.py", "import pulse_desktop.clinic.schedule"),
    "shipped": ("pulse_desktop/basics/planted_test.py", "import tests"),
}
NEEDED = ("pulse_desktop/gui/workplaces/planted_too.py", "pulse_desktop/clinic/patients/tables.py")


@pytest.fixture
def logging_kept() -> Iterator[None]:
    """Import Linter sets logging up for a process of its own, which turns every logger that exists off; others still need theirs."""
    loggers = [logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    before = [(logger, logger.disabled) for logger in loggers]
    yield
    for logger, disabled in before:
        logger.disabled = disabled


@pytest.mark.usefixtures("logging_kept")
def test_walls_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


def test_every_wall_notices_a_hole(tmp_path: Path) -> None:
    for package in ("pulse_desktop", "tests"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in NEEDED:
        (tmp_path / name).touch()
    for name, line in PLANTED.values():
        (tmp_path / name).write_text(f"{line}\n", encoding="utf-8")
    broken, listed = _broken_contracts(tmp_path)
    assert sorted(broken) == sorted(listed)
    assert sorted(PLANTED) == sorted(listed)


def _broken_contracts(checkout: Path) -> tuple[set[str], set[str]]:
    """Ids of the contracts found broken, and of all there are."""
    text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    ids = {name: key for key, name in re.findall(r'^id = "(.+)"\nname = "(.+)"$', text, re.MULTILINE)}
    linter = Path(sys.executable).with_name("lint-imports")
    wide = {**os.environ, "COLUMNS": "200"}
    said = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=checkout, env=wide, capture_output=True, text=True, check=False)
    broken = {key for name, key in ids.items() if f"{name} BROKEN" in said.stdout}
    return broken, set(ids.values())


def _mentions(tree: ast.Module, library: str) -> bool:
    """Imported, or named in a string that could be imported by."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []
        if any(name == library or name.startswith(f"{library}.") for name in names):
            return True
    return False


@pytest.mark.parametrize("library", ["PySide6", "shiboken6"])
def test_qt_is_not_even_named_outside_gui(library: str) -> None:
    outside = [name for name, tree in modules() if not name.startswith("pulse_desktop/gui/") and _mentions(tree, library)]
    assert set(outside) <= {"pulse_desktop/app.py"}


def test_the_search_for_qt_finds_it() -> None:
    assert _mentions(ast.parse("def late():\n    from PySide6.QtCore import Qt"), "PySide6")
    assert _mentions(ast.parse("import_module('PySide6.QtGui')"), "PySide6")
    assert not _mentions(ast.parse("'We use PySide6 here.'"), "PySide6")


def _names_of_libraries() -> set[str]:
    """Methods of the classes we inherit from. Asked by dir(), since PySide6 fills its modules only on demand."""
    from PySide6 import QtCore, QtGui, QtPrintSupport, QtWidgets
    from reportlab import platypus
    from reportlab.pdfbase import ttfonts
    from reportlab.pdfgen import canvas

    modules = (QtCore, QtGui, QtPrintSupport, QtWidgets, platypus, ttfonts, canvas)
    things = [getattr(module, name) for module in modules for name in dir(module)]
    return {name for thing in things if isinstance(thing, type) for name in dir(thing)}


def test_only_overrides_are_camel_case() -> None:
    theirs = _names_of_libraries()
    camel = re.compile(r"_*[a-z]+[A-Z]")
    ours = [
        f"{name}: {node.name}"
        for name, tree in modules(PACKAGE)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and camel.match(node.name) and node.name not in theirs
    ]
    assert ours == []
