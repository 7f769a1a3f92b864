"""What is installed is declared, pinned and explained; the set-up speaks in sentences and names no address."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.places import ROOT
from tools import bootstrap

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = [Requirement(line) for line in PROJECT["dependencies"]]
EVERYTHING = [*SHIPPED, *(Requirement(line) for line in PROJECT["optional-dependencies"]["dev"])]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines if not line.startswith("#"))}


@pytest.mark.parametrize("requirement", EVERYTHING, ids=lambda requirement: requirement.name)
def test_every_declared_package_is_pinned_within_its_range(requirement: Requirement) -> None:
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)])


def test_what_is_installed_is_what_is_pinned() -> None:
    """Everything our packages lean on, all the way down, stands in constraints.txt with the version in use."""
    waiting, seen = [requirement.name for requirement in EVERYTHING], set[str]()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        needs = (Requirement(line) for line in importlib.metadata.requires(name) or [])
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    pinned = pins()
    assert {name: importlib.metadata.version(name) for name in seen} == {name: pinned.get(name) for name in seen}
    assert set(pinned) - seen == set()


def test_pins_are_exact_and_hold_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)] == []


@pytest.mark.parametrize("requirement", SHIPPED, ids=lambda requirement: requirement.name)
def test_every_shipped_dependency_has_its_reason(requirement: Requirement) -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(f'    "{requirement.name}'))
    assert lines[place - 1].startswith("    # ")


def test_finding_nothing_to_do_starts_nothing() -> None:
    """Each `make` asks; it must not cost a process (0.04 s altogether on a quiet computer)."""
    look = f"""
import sys, subprocess
sys.path.insert(0, {str(ROOT / 'tools')!r})
import bootstrap
subprocess.Popen = None
print(bootstrap.is_ready())
"""
    said = subprocess.run([sys.executable, "-I", "-c", look], check=True, capture_output=True, text=True).stdout
    assert said.strip() in {"True", "False"}


def test_without_apt_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.Hindrance, match=r"^Some system libraries are missing, .* no apt-get .* install libgl1 libegl1 "):
        bootstrap.install_packages(["libgl1", "libegl1"])


def test_without_root_and_sudo_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "apt-get").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(bootstrap.Hindrance, match=r"^Some system libraries are missing; this needs the rights of root, .* no sudo\. Please"):
        bootstrap.install_packages(["libgl1"])


def test_the_stamp_goes_stale_when_what_is_needed_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("pyproject.toml", "constraints.txt", "tools/bootstrap.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    same = bootstrap.fingerprint()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert bootstrap.fingerprint() == same
    (tmp_path / "constraints.txt").write_text("pytest==1\n", encoding="utf-8")
    assert bootstrap.fingerprint() != same


def test_what_qt_links_to_is_known_to_the_set_up() -> None:
    """Every library that the parts of Qt in use ask of a Linux system is found here, so LIBRARIES names enough."""
    if not sys.platform.startswith("linux"):
        return
    import PySide6

    folder = Path(PySide6.__file__).parent
    parts = [folder / f"Qt{part}.abi3.so" for part in ("Widgets", "Svg", "PrintSupport", "Network", "Test")]
    parts += [folder / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in ("offscreen", "xcb")]
    linked = subprocess.run(["ldd", *parts], capture_output=True, text=True, check=True).stdout
    assert "not found" not in linked
    assert bootstrap.missing_packages() == []
