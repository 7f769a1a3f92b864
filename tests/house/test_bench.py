"""The benchmarks compare with something that is not ours, and turn red when ours is slow."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tests.house.places import ROOT, modules
from tools.benchmarks import measuring
from tools.benchmarks.__main__ import report
from tools.benchmarks.judging import names_in
from tools.benchmarks.measuring import interleaved, timed
from tools.benchmarks.rows import Bound, Row, growth

FLOORS = ROOT / "tools" / "benchmarks" / "floors"


def imported(tree: ast.AST) -> set[str]:
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {f"{'.' * node.level}{node.module or ''}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def is_ours(name: str) -> bool:
    return name.startswith(".") or name.partition(".")[0] in {"pulse_desktop", "tests", "tools", "importlib"}


def test_floors_import_nothing_of_ours() -> None:
    floors = dict(modules(FLOORS))
    assert len(floors) >= 4
    assert {path: found for path, tree in floors.items() if (found := set(filter(is_ours, imported(tree))))} == {}


@pytest.mark.parametrize("line", ["import pulse_desktop.gui", "from pulse_desktop import gui", "from . import gui", "from tools import x"])
def test_an_import_of_ours_would_be_seen(line: str) -> None:
    assert any(map(is_ours, imported(ast.parse(line))))


def measured(work: int) -> Row:
    """The same sums as the floor, `work` times as often: slowed without a clock."""

    def once(times: int) -> float:
        return timed(lambda: sum(range(20_000 * times)))

    floor, ours = interleaved(lambda: once(1), lambda: once(work), 15)
    return Row("sums", 1_000, ours, floor, Bound("ratio", 4.0))


def test_what_is_as_fast_as_its_floor_passes_and_is_written_down(tmp_path: Path) -> None:
    assert report([measured(1)], tmp_path / "bench.json") == 0
    written = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert written["machine"]["cores"]
    assert written["broken"] == []
    assert written["rows"][0]["ok"]
    assert {"name", "size", "ours", "floor", "bound", "found"} <= written["rows"][0].keys()


def test_what_is_slowed_turns_the_run_red_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report([measured(40)], tmp_path / "bench.json") == 1
    assert "Bound broken: sums at 1,000 patients" in capsys.readouterr().out
    assert json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))["broken"] == ["sums at 1,000 patients"]


def test_a_broken_bound_that_is_listed_passes_and_one_that_was_mended_must_leave_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow, fine, nearly = (Row(name, 1_000, ours, None, Bound("at most", 10.0)) for name, ours in (("slow 7", 99.0), ("fine", 1.0), ("nearly", 9.0)))
    known = names_in("# why\nslow *   # since then\n\nnearly\nnot measured today\n")
    assert report([slow, fine, nearly], tmp_path / "bench.json", known) == 0
    assert "Known to be broken: slow 7 at 1,000 patients" in capsys.readouterr().out
    assert report([slow, fine, nearly], tmp_path / "bench.json", [*known, "fine"]) == 1
    assert "Kept by now, take it off not_kept.txt: fine" in capsys.readouterr().out
    assert report([slow, fine, nearly], tmp_path / "bench.json", [*known, "~fine"]) == 0
    assert report([slow, fine, nearly], tmp_path / "bench.json", ["~slow *", "nearly"]) == 0
    assert report([slow, fine, nearly], tmp_path / "bench.json", ["nearly"]) == 1


def test_the_best_turn_stands_for_all_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "_of", measuring.best)
    turns = iter([0.0, 9.0, 3.0, 5.0])
    assert measuring.median_of(lambda: next(turns), 3, warm=1) == 3.0


@pytest.mark.parametrize(("kind", "limit", "is_kept"), [("at most", 9.0, False), ("more", 6.0, True), ("ratio", 2.0, True), ("more", 4.0, False)])
def test_bounds(kind: str, limit: float, *, is_kept: bool) -> None:
    assert Row("x", 1, 10.0, 5.0, Bound(kind, limit)).is_kept is is_kept  # type: ignore[arg-type]


def test_what_grows_with_the_clinic_is_found() -> None:
    small, large = (Row("x", size, ours, None, Bound("at most", 99.0), grows=True) for size, ours in ((1_000, 1.0), (100_000, 1.4)))
    assert [row.is_kept for row in growth([large, small])] == [False]
    assert growth([small]) == []
