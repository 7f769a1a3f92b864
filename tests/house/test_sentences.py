"""Every problem has a sentence for people: what happened, whether anything was lost, what to do (O2).

Read from the source: each key that is raised anywhere is looked up among the registered sentences, and each sentence's
placeholders among what is said where it is raised.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import registered_sentences, sentence
from tests.house import places, program

PROBLEMS = frozenset({"Refusal", "NeedsConsent", "Trouble", "Denied", "Problem"})

COMPUTED: Mapping[str, frozenset[str]] = {
    "pulse_desktop/basics/entries.py": frozenset(),  # needed_line: its callers name the key
    "pulse_desktop/clinic/schedule/placing.py": frozenset({"room_taken", "practitioner_taken", "patient_taken"}),
    "pulse_desktop/clinic/treatment/cupping.py": frozenset({"over_twenty"}),
    "pulse_desktop/clinic/treatment/safety.py": frozenset({"absolute", "relative"}),
    "pulse_desktop/clinic/treatment/shorthand.py": frozenset(
        {"no_such_point", "not_on_that_side", "point_not_understood", "range_of_extras", "range_of_two", "range_too_long", "trait_without_point"}
    ),
    "pulse_desktop/outside/printing.py": frozenset({"print_out_of_paper", "print_stopped", "print_slow"}),
    "pulse_desktop/outside/seats.py": frozenset(
        {"server_too_old", "server_setting", "server_checksums", "server_doors", "server_back_door", "server_explains"}
    ),
    "pulse_desktop/storage/faults.py": frozenset({"disk_full", "disk_trouble", "busy", "file_damaged"}),
    "pulse_desktop/storage/server_faults.py": frozenset({"server_busy", "server_full", "server_gone", "server_refuses", "server_untrusted"}),
}
"""Files in which a key is computed, and the keys that come out."""

TROUBLES_COMPUTED = frozenset().union(
    *(COMPUTED[f"pulse_desktop/{path}.py"] for path in ("outside/printing", "storage/faults", "storage/server_faults"))
)

WORDS_OF_THEIR_OWN = frozenset({"setting_wrong"})
"""The sentence is the setting's own; its words are tried in the tests of settings."""

FILLED_IN_ON_SCREEN = frozenset({"patient", "staff", "room", "office", "service", "by", "who"})
"""Names that the window fills in, given their number (`gui/shell/sentences.py`)."""

SAYS_WHAT_IS_LOST = re.compile(r"[Nn]othing|is (still here|kept|saved)|was saved|called back|stays|as it was", re.ASCII)
NOT_FOR_PEOPLE = re.compile(r"\w+(Error|Exception|Warning)\b|\b(None|null|traceback|NULL|SQL|errno|exit code)\b|\(\w+\(\)\)|0x")


@dataclass(frozen=True, slots=True)
class Raised:
    """A place where a problem is made."""

    kind: str
    key: str
    where: str
    details: frozenset[str] | None
    """Names of the details; None when they are computed."""


@cache
def source() -> tuple[tuple[str, ast.Module], ...]:
    """Path and syntax tree of every module of the program, read once."""
    return tuple(places.modules())


def raised_in(path: str, tree: ast.Module) -> Iterator[Raised]:
    """Problems made with a key that can be read, by call or by `needed_line(…, key)`."""
    for call in calls(tree):
        name = _called(call)
        argument = call.args[0] if name in PROBLEMS and call.args else call.args[2] if name == "needed_line" and len(call.args) > 2 else None
        kind = "Refusal" if name == "needed_line" else name
        keywords = {one.arg for one in call.keywords}
        details = None if None in keywords else frozenset(str(one) for one in keywords)
        for key in _strings(argument):
            yield Raised(kind, key, f"{path}:{call.lineno}", details)


def computed_in(tree: ast.Module) -> bool:
    """Whether some problem's key cannot be read."""
    return any(_called(call) in PROBLEMS and call.args and not list(_strings(call.args[0])) for call in calls(tree))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def _strings(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


@cache
def every_raised() -> list[Raised]:
    return [one for path, tree in source() for one in raised_in(path, tree)]


@cache
def known() -> Mapping[str, str]:
    program.modules()
    return {key: text for key, text in registered_sentences().items() if key in registered_by_us()}


@cache
def registered_by_us() -> set[str]:
    """Keys registered in the program's own source, all of them marked for translation."""
    found: set[str] = set()
    for path, tree in places.modules(saying="register_sentences"):  # few, since a run of any test collects this module
        for call in calls(tree):
            if _called(call) == "register_sentences" and call.args and isinstance(call.args[0], ast.Dict):
                for key, text in zip(call.args[0].keys, call.args[0].values, strict=True):
                    assert isinstance(key, ast.Constant), path
                    is_marked = isinstance(text, ast.Call) and _called(text) == "N_"
                    assert is_marked, f"{path}: {key.value!r} is not marked for translation"
                    found.add(str(key.value))
    return found


def placeholders(template: str) -> set[str]:
    return set(re.findall(r"\{(\w+)[^}]*\}", template))


def without_sentence(raised: Iterable[Raised], sentences: Mapping[str, str]) -> list[str]:
    return [f"{one.key} at {one.where}" for one in raised if one.key not in sentences]


def unfilled(raised: Iterable[Raised], sentences: Mapping[str, str], given: Mapping[str, set[str]]) -> list[str]:
    """Places whose details leave a placeholder open; where they are computed, what the file's own dicts hold counts."""
    wrong = []
    for one in raised:
        details = given[one.where.rpartition(":")[0]] if one.details is None else set(one.details)
        names = details | {name.removesuffix("_id") for name in details if name.removesuffix("_id") in FILLED_IN_ON_SCREEN}
        if missing := placeholders(sentences.get(one.key, "")) - names:
            wrong.append(f"{one.key} at {one.where} lacks {sorted(missing)}")
    return wrong


def names_in_dicts() -> dict[str, set[str]]:
    """For each file, the constant keys of all dicts it writes and the keywords of its calls."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in source():
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                found[path] |= {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
            if isinstance(node, ast.keyword) and node.arg:
                found[path].add(node.arg)
    return found


def test_keys_are_computed_only_where_we_know_what_comes_out() -> None:
    assert {path for path, tree in source() if computed_in(tree)} == set(COMPUTED)


def test_every_problem_has_a_sentence() -> None:
    raised = every_raised()
    assert len(raised) > 150
    assert without_sentence(raised, known()) == []
    assert frozenset().union(*COMPUTED.values()) <= set(known())


def test_every_placeholder_is_filled_where_the_problem_is_raised() -> None:
    assert unfilled(every_raised(), known(), names_in_dicts()) == []


def test_every_sentence_is_somebodys() -> None:
    """A key that is registered and never used is a sentence that nobody will read."""
    texts = [path.read_text(encoding="utf-8") for path in places.PACKAGE.rglob("*.py")]
    written = re.findall(r"""["'](\w+)["']""", "\n".join(texts))
    assert [key for key in sorted(known()) if written.count(key) < 2] == []


@pytest.mark.parametrize("key", sorted(known()))
def test_a_sentence_is_a_whole_sentence_for_people(key: str) -> None:
    said = known()[key]
    if key not in WORDS_OF_THEIR_OWN:
        assert said[0].isupper() or said[0] in "{“", said
        assert said.rstrip("”)").endswith((".", "?", "!")), said
        assert len(said.split()) >= 3, said
    assert not NOT_FOR_PEOPLE.search(said), said
    assert len(said) <= 260, "too long to be read at a desk"


def says_nothing_of_loss(raised: Iterable[Raised], sentences: Mapping[str, str], more: Iterable[str] = ()) -> list[str]:
    keys = {one.key for one in raised if one.kind == "Trouble"} | set(more)
    return sorted(key for key in keys if not SAYS_WHAT_IS_LOST.search(sentences[key]))


def test_trouble_says_whether_anything_was_lost() -> None:
    assert says_nothing_of_loss(every_raised(), known(), TROUBLES_COMPUTED) == []


def test_a_question_asks() -> None:
    asked = {one.key for one in every_raised() if one.kind == "NeedsConsent"} | {"absolute", "relative", "over_twenty"}
    silent = [key for key in sorted(asked) if not re.search(r"\?|reason|say (why|what)", known()[key])]
    assert silent == []


def test_a_problem_without_a_sentence_still_says_that_nothing_was_lost() -> None:
    told = sentence(Problem("never_registered"))
    assert SAYS_WHAT_IS_LOST.search(told)
    assert not NOT_FOR_PEOPLE.search(told)


PLANTED = """
raise Refusal("no_such_key", "field")
raise Refusal("too_big", "field", size=3)
raise Trouble("lost")
raise NeedsConsent(COMPUTED_KEY)
needed_line(text, "field", "another_missing_key")
raise Refusal("too_big", "field", most=1, room_id=4)
"""


def test_control_planted_faults_are_found() -> None:
    tree = ast.parse(PLANTED)
    raised = list(raised_in("planted.py", tree))
    sentences = {"too_big": "More than {most} do not fit into {room}.", "lost": "The disk did not answer."}
    assert without_sentence(raised, sentences) == ["no_such_key at planted.py:2", "another_missing_key at planted.py:6"]
    assert unfilled(raised, sentences, {}) == ["too_big at planted.py:3 lacks ['most', 'room']"]
    assert says_nothing_of_loss(raised, sentences) == ["lost"]
    assert computed_in(tree)
    for said in ("IntegrityError was raised.", "It was None.", "Exit code 3: errno 5."):
        assert NOT_FOR_PEOPLE.search(said)
