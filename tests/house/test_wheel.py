"""What a person installs: the wheel holds the program, its resources and its licence, and nothing else."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.house.places import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"]))
    with zipfile.ZipFile(built) as opened:
        yield opened


def files_of_git(folder: str) -> set[str]:
    """Files that git knows or would take below `folder`, and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", folder], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_the_wheel_holds_every_resource(wheel: zipfile.ZipFile) -> None:
    shipped = {name for name in wheel.namelist() if name.startswith("pulse_desktop/resources/")}
    assert shipped == {f"pulse_desktop/{name}" for name in files_of_git("resources")}
    assert any(name.endswith(".ttf") for name in shipped)


def test_resources_arrive_unchanged(wheel: zipfile.ZipFile) -> None:
    for name in files_of_git("resources"):
        assert wheel.read(f"pulse_desktop/{name}") == (ROOT / name).read_bytes()


def test_the_wheel_holds_the_program_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if not name.startswith("pulse_desktop/resources/")}
    program = {name for name in names if not name.startswith("pulse_desktop-")}
    assert program == files_of_git("pulse_desktop")
    assert {Path(name).name for name in names - program} == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE"}


def test_an_editable_install_copies_no_resources(tmp_path: Path) -> None:
    """A copy would go stale with the first change in the checkout."""
    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["editable"]))
    with zipfile.ZipFile(built) as opened:
        assert [name for name in opened.namelist() if "resources" in name] == []
