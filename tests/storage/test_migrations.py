"""Updates: on a copy, proved, swapped in; any failure leaves the file as it was (M3, M4 in short form)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pulse_desktop.storage import migrations
from tests.storage.migrating import ROWS


def run(which: str, folder: Path) -> Any:
    done = subprocess.run([sys.executable, "-m", "tests.storage.migrating", which, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_an_older_clinic_is_brought_up_with_rows_references_guards_and_chain(tmp_path: Path) -> None:
    assert run("old", tmp_path) == {"steps": ["0001"]}
    assert run("new", tmp_path) == {
        "boxes": ROWS, "lids": ROWS, "version": "0002", "sound": True, "guards": True, "added": ROWS + 1,
        "files": ["clinic-before-0002.db", "clinic.db", "pulse.lock", "vault.json", "vault.twin.json"],
    }  # fmt: skip


def test_m3_a_step_that_fails_in_any_way_leaves_the_file_untouched(tmp_path: Path) -> None:
    run("old", tmp_path)
    assert run("broken", tmp_path) == ["update_failed"] * 5


def test_steps_lead_to_the_declared_tables_and_guards(tmp_path: Path) -> None:
    """House test: a clinic that came through all steps and a new one are the same, object by object."""
    assert migrations.known_versions(), "write the first step: python -m pulse_desktop.storage.migrations.make 'first tables'"
    told = run("declared", tmp_path)
    assert told["differences"] == []
    assert told["same"]
    assert told["objects"] > 20


def test_steps_are_numbered_without_gaps_and_have_no_way_back() -> None:
    assert migrations.known_versions() == tuple(f"{number:04d}" for number in range(1, len(migrations.known_versions()) + 1))
    for path in migrations.VERSIONS.glob("[0-9]*.py"):
        assert "def downgrade" not in path.read_text(), path.name


@pytest.mark.parametrize("names", [(), ("0001_a.py",), ("0002_b.py", "0001_a.py", "notes.py")])
def test_the_newest_step_is_known_without_alembic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).touch()
    monkeypatch.setattr(migrations, "VERSIONS", tmp_path)
    assert migrations.head() == max((name[:4] for name in names if name[0] == "0"), default="0000")
