"""The ratchets hold, and turn red on whatever they guard."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.house.places import ROOT
from tools import ratchets
from tools.ratchets import Exceptions

REASONED = '{ lines = 61, reason = "one long table" }'


def long_function(lines: int) -> str:
    return "def long() -> None:\n" + "    pass\n" * (lines - 1)


def plant(root: Path, text: str, name: str = "pulse_desktop/planted.py") -> Path:
    """A little checkout with one module in it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


def test_ratchets_hold() -> None:
    assert ratchets.findings(ROOT) == []


@pytest.mark.parametrize(
    ("text", "allowed", "complaint"),
    [
        (long_function(60), Exceptions(), None),
        (long_function(61), Exceptions(), "61 lines, 60 allowed"),
        (long_function(61), Exceptions(functions={"pulse_desktop/planted.py::long": 61}), None),
        (long_function(62), Exceptions(functions={"pulse_desktop/planted.py::long": 61}), "62 lines, 61 allowed"),
        (long_function(61), Exceptions(functions={"pulse_desktop/planted.py::long": 70}), "lower its exception from 70"),
        (long_function(60), Exceptions(functions={"pulse_desktop/planted.py::long": 61}), "no longer needed"),
        ("class A:\n" + "    x = 1\n" * 600, Exceptions(), "601 lines, 600 allowed"),
        ("", Exceptions(files={"pulse_desktop/gone.py": 700}), "no longer needed"),
        ("class A:\n    @property\n    def x(self) -> int:\n" + "        pass\n" * 60, Exceptions(), "A.x: 61 lines"),
    ],
)
def test_sizes(tmp_path: Path, text: str, allowed: Exceptions, complaint: str | None) -> None:
    found = list(ratchets.sizes_and_excepts(plant(tmp_path, text), allowed))
    assert [complaint in line for line in found] == [True] if complaint else found == []


@pytest.mark.parametrize("clause", ["except Exception:", "except:", "except (ValueError, BaseException):", "except builtins.Exception as e:"])
def test_whoever_catches_everything_is_named(tmp_path: Path, clause: str) -> None:
    root = plant(tmp_path, f"def f() -> None:\n    try:\n        pass\n    {clause}\n        pass\n")
    assert [*ratchets.sizes_and_excepts(root, Exceptions())] == ["pulse_desktop/planted.py::f: 1 broad excepts, 0 allowed"]
    assert [*ratchets.sizes_and_excepts(root, Exceptions(broad_excepts={"pulse_desktop/planted.py::f": 1}))] == []


def test_whoever_tidies_up_and_raises_again_catches_nothing(tmp_path: Path) -> None:
    root = plant(tmp_path, "try:\n    pass\nexcept BaseException:\n    close()\n    raise\n")
    assert [*ratchets.sizes_and_excepts(root, Exceptions())] == []


def test_suppressing_everything_counts_as_catching_it(tmp_path: Path) -> None:
    root = plant(tmp_path, "with contextlib.suppress(Exception):\n    pass\n")
    assert [*ratchets.sizes_and_excepts(root, Exceptions())] == ["pulse_desktop/planted.py::: 1 broad excepts, 0 allowed"]


def test_a_fifth_broad_except_cannot_be_named(tmp_path: Path) -> None:
    catch = "    try:\n        pass\n    except Exception:\n        pass\n"
    root = plant(tmp_path, "".join(f"def f{number}() -> None:\n{catch}" for number in range(5)))
    named = {f"pulse_desktop/planted.py::f{number}": 1 for number in range(5)}
    assert [*ratchets.sizes_and_excepts(root, Exceptions(broad_excepts=named))] == [
        "tools/ratchets.toml: 5 broad excepts are named, 4 is the most the program may have"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO later",
        "# FIX" + "ME",
        "# XX" + "X",
        "raise Not" + "ImplementedError",
        "@pytest.mark." + "skip",
        "@pytest.mark." + "skipif(True)",
        "@pytest.mark." + "xfail",
        "pytest.x" + "fail('no')",
        "open('/" + "work/main')",
        'folder = "/' + 'opt"',
        "see /" + "tmp/pulse/notes",
        "https://py" + "pi.org/simple",
        "pip install --index" + "-url x",
    ],
)
def test_words_that_must_not_stand_anywhere(tmp_path: Path, line: str) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert len([*ratchets.words(plant(tmp_path, f"x = 1\n{line}\n"))]) == 1


@pytest.mark.parametrize("line", ["the gui/work.py module", "and/or work", "# options, see docs/opt-in.md", "xxx_large = 1", "expand(todo)"])
def test_words_that_only_look_like_them(tmp_path: Path, line: str) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert [*ratchets.words(plant(tmp_path, line))] == []


def test_only_the_command_line_prints(tmp_path: Path) -> None:
    plant(tmp_path, "print('hello')\n", "pulse_desktop/cli.py")
    assert [*ratchets.prints(plant(tmp_path, "def f() -> None:\n    print('hello')\n"))] == [
        "pulse_desktop/planted.py:2: print(): only cli.py speaks on the screen"
    ]


def test_a_cycle_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "", "planted_ring/__init__.py")
    plant(tmp_path, "from planted_ring import b\n", "planted_ring/a.py")
    plant(tmp_path, "def late() -> None:\n    from planted_ring import c\n", "planted_ring/b.py")
    plant(tmp_path, "", "planted_ring/c.py")
    monkeypatch.syspath_prepend(tmp_path)
    assert [*ratchets.cycles("planted_ring")] == []
    plant(tmp_path, "import planted_ring.a\n", "planted_ring/c.py")
    assert len([*ratchets.cycles("planted_ring")]) == 1


def test_an_exception_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ratchets.toml"
    path.write_text(f'[functions]\n"a.py::f" = {REASONED}\n', encoding="utf-8")
    assert ratchets.read_exceptions(path).functions == {"a.py::f": 61}
    path.write_text('[files]\n"a.py" = { lines = 700, reason = " " }\n', encoding="utf-8")
    with pytest.raises(ValueError, match="needs a reason"):
        ratchets.read_exceptions(path)
