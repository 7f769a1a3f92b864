"""What may only get better: sizes, import cycles, broad excepts, notes-to-self, prints, and places that must not be named.

`tools/ratchets.toml` holds the exceptions, each with a reason. An exception that is no longer needed, or is larger
than needed, fails as well: so the file can only shrink.
"""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
CODE = ("pulse_desktop", "tests", "tools")
FILE_LINES = 600
FUNCTION_LINES = 60
BROAD_EXCEPTS = 4  # architecture: "except Exception stands in four named places only"

# The patterns below are written so that they do not find themselves.
UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|Not[I]mplementedError)\b|pytest[.]mark[.]skip|pytest[.]skip\b|[x]fail\(|mark[.][x]fail")
ELSEWHERE = re.compile(r"(?<![\w./-])[/](?:work|opt)(?=[/\s'\"`]|$)|/[t]mp/pulse")
REGISTRY = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs|deb[.]debian[.]org|--(?:extra-)?[i]ndex-url")

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What is allowed beyond the rule: place -> its measure (or 1), each with a reason in the file."""

    files: Mapping[str, int] = field(default_factory=dict)
    functions: Mapping[str, int] = field(default_factory=dict)
    broad_excepts: Mapping[str, int] = field(default_factory=dict)


def read_exceptions(path: Path) -> Exceptions:
    """Raises ValueError when an entry has no reason."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return Exceptions(**{name: _measures(name, tables.get(name, {})) for name in Exceptions.__slots__})


def _measures(name: str, entries: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    measures = {}
    for place, entry in entries.items():
        lines = entry.get("lines", 1)
        if not str(entry.get("reason", "")).strip() or not isinstance(lines, int):
            raise ValueError(f"{name}: {place} needs a reason (and whole lines)")
        measures[place] = lines
    return measures


def python_files(root: Path) -> Iterator[Path]:
    for folder in CODE:
        yield from sorted((root / folder).rglob("*.py"))


def tracked_texts(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file that git knows or would take, fonts and pictures left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=root, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = root / name
        if not path.is_file() or path.is_symlink():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def functions_in(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its dotted name, methods and inner functions included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, FUNCTIONS):
            yield f"{prefix}{node.name}", node
        inner = f"{prefix}{node.name}." if isinstance(node, (*FUNCTIONS, ast.ClassDef)) else prefix
        yield from functions_in(node, inner)


def compare(what: str, found: Mapping[str, int], limit: int, allowed: Mapping[str, int]) -> Iterator[str]:
    """What is over the limit without leave, has outgrown its leave, or no longer needs all of it."""
    for place, measure in found.items():
        if measure > max(limit, allowed.get(place, limit)):
            yield f"{place}: {measure} {what}, {allowed.get(place, limit)} allowed"
    for place, leave in allowed.items():
        measure = found.get(place, 0)
        if measure <= limit:
            yield f"{place}: its exception is no longer needed; remove it from tools/ratchets.toml"
        elif measure < leave:
            yield f"{place}: {measure} {what} now; lower its exception from {leave} in tools/ratchets.toml"


def broad_excepts_in(tree: ast.AST) -> int:
    """How often everything is caught: bare, by Exception or BaseException, alone, in a tuple or in suppress().

    Who tidies up and raises again catches nothing.
    """
    caught: list[ast.expr | None] = []
    for node in _own_nodes(tree):
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
            caught.append(node.type)
        elif isinstance(node, ast.Call) and _name(node.func) == "suppress":
            caught.extend(node.args)
    return sum(1 for kind in caught if kind is None or _names(kind) & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _own_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes below, except those inside inner functions, which are counted for themselves."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, FUNCTIONS):
            yield node
            yield from _own_nodes(node)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names(node: ast.expr) -> set[str]:
    return {_name(part) for part in (node.elts if isinstance(node, ast.Tuple) else [node])}


def sizes_and_excepts(root: Path, exceptions: Exceptions) -> Iterator[str]:
    files, functions, broad = Counter[str](), Counter[str](), Counter[str]()
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        files[name] = text.count("\n")
        for qualified, node in functions_in(tree):
            place = f"{name}::{qualified}"  # a property and its setter share one place
            functions[place] = max(functions[place], (node.end_lineno or node.lineno) - node.lineno + 1)
            broad[place] += broad_excepts_in(node)
        broad[f"{name}::"] += broad_excepts_in(tree)
    yield from compare("lines", files, FILE_LINES, exceptions.files)
    yield from compare("lines", functions, FUNCTION_LINES, exceptions.functions)
    yield from compare("broad excepts", +broad, 0, exceptions.broad_excepts)
    shipped = sum(count for place, count in exceptions.broad_excepts.items() if place.startswith("pulse_desktop/"))
    if shipped > BROAD_EXCEPTS:
        yield f"tools/ratchets.toml: {shipped} broad excepts are named, {BROAD_EXCEPTS} is the most the program may have"


def words(root: Path) -> Iterator[str]:
    for name, text in tracked_texts(root):
        is_code = name.endswith(".py") and name.startswith(CODE)
        for number, line in enumerate(text.splitlines(), 1):
            if is_code and (found := UNFINISHED.search(line)):
                yield f"{name}:{number}: {found[0]!r}: finish it or say in the changelog that it is not there"
            if found := ELSEWHERE.search(line):
                yield f"{name}:{number}: {found[0]!r} is a place on one computer only"
            if found := REGISTRY.search(line):
                yield f"{name}:{number}: {found[0]!r}: packages come from wherever the computer is set up to look"


def prints(root: Path) -> Iterator[str]:
    """Only the command line speaks on the screen."""
    for path in sorted((root / "pulse_desktop").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name == "pulse_desktop/cli.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                yield f"{name}:{node.lineno}: print(): only cli.py speaks on the screen"


def cycles(*packages: str) -> Iterator[str]:
    """The first import cycle between modules, imports for type checking and inside functions included."""
    graph = grimp.build_graph(*packages, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        yield "import cycle: " + " -> ".join(reversed(error.args[1]))


def findings(root: Path) -> list[str]:
    """Everything that is worse than allowed, or better than its exception says."""
    exceptions = read_exceptions(root / "tools" / "ratchets.toml")
    return [*sizes_and_excepts(root, exceptions), *words(root), *prints(root), *cycles("pulse_desktop", "tests")]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    found = findings(ROOT)
    print("\n".join(found) or "Ratchets hold.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
