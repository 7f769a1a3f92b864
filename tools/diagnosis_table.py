"""Makes `resources/reference/icd10cm.tsv.gz`: every billable ICD-10-CM code with its title, for the note's search.

    pip download simple-icd-10-cm==1.5.0 --no-deps -d /tmp/icd
    python -m tools.diagnosis_table /tmp/icd/simple_icd_10_cm-1.5.0-py3-none-any.whl

The wheel is only a carrier: nothing of it is imported. Inside lie the tabular list (XML) and the list of all codes as
the National Center for Health Statistics publishes them, a work of the United States government in the public domain.
Codes with a seventh character stand in the list of codes only; their titles are the title of what they extend and the
meaning of the character, as the tabular list says at the category. The table begins with lines "# name: value", then one
code a line, its title behind a tab, in the order of the codes.
"""

from __future__ import annotations

import gzip
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

TARGET = Path(__file__).resolve().parent.parent / "resources/reference/icd10cm.tsv.gz"
SEVEN = 7
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Release:
    """Which list this is: the fiscal year, and the day from which it is in force (ISO)."""

    year: str
    in_force: str


def main(arguments: list[str]) -> int:
    """Make the table; the only argument is the wheel."""
    if len(arguments) != 1 or not zipfile.is_zipfile(arguments[0]):
        print("Say where the wheel lies: python -m tools.diagnosis_table WHEEL (its name begins with simple_icd_10_cm).")
        return 2
    with zipfile.ZipFile(arguments[0]) as wheel:
        tabular = next(name for name in wheel.namelist() if re.search(r"/icd10c-tabular-.*\.xml$", name))
        listed = next(name for name in wheel.namelist() if re.search(r"/code-list-.*\.txt$", name))
        tree = ET.fromstring(wheel.read(tabular))  # noqa: S314 - a file that whoever runs this has just chosen
        codes = wheel.read(listed).decode("utf-8").split()
    release = release_of(tree, tabular)
    rows = list(billable(tree, codes))
    TARGET.write_bytes(packed(release, rows))
    print(f"ICD-10-CM {release.year}, in force from {release.in_force}: {len(rows):,} billable codes, {TARGET.stat().st_size:,} bytes")
    return 0


def release_of(tree: ET.Element, name: str) -> Release:
    """The year as the list says it, the day as its file is called ("icd10c-tabular-April-1-2026.xml")."""
    month, day, year = re.findall(r"-([A-Z][a-z]+)-(\d{1,2})-(\d{4})", name)[-1]
    return Release(tree.findtext("version", ""), f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}")


def billable(tree: ET.Element, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(code with its dot, title) of every code that no other one makes more precise, in the order of the codes."""
    titles: dict[str, str] = {}
    seventh: dict[str, Mapping[str, str]] = {}
    for chapter in tree.iter("section"):
        for diagnosis in chapter.findall("diag"):
            _read(diagnosis, {}, titles, seventh)
    every = sorted({code for code in codes if re.fullmatch(r"[A-Z][0-9A-Z]{2,6}", code)})
    for code, following in pairwise([*every, ""]):
        if not following.startswith(code):
            yield dotted(code), title_of(code, titles, seventh)


def _read(diagnosis: ET.Element, above: Mapping[str, str], titles: dict[str, str], seventh: dict[str, Mapping[str, str]]) -> None:
    """Remember a diagnosis and all below it: its title, and what a seventh character would mean."""
    code = (diagnosis.findtext("name") or "").replace(".", "")
    own = {one.get("char", ""): _one_line(one.text or "") for one in diagnosis.iterfind("sevenChrDef/extension")}
    titles[code] = _one_line(diagnosis.findtext("desc") or "")
    seventh[code] = own or above
    for below in diagnosis.findall("diag"):
        _read(below, seventh[code], titles, seventh)


def title_of(code: str, titles: Mapping[str, str], seventh: Mapping[str, Mapping[str, str]]) -> str:
    """The code's own title, or that of what it extends with the meaning of its seventh character."""
    if code in titles:
        return titles[code]
    base = code[:-1].rstrip("X") if len(code) == SEVEN else ""
    base = code[:-1] if code[:-1] in titles else base
    if base not in titles or code[-1] not in seventh[base]:
        message = f"{code} has no title in the tabular list"
        raise ValueError(message)
    return f"{titles[base]}, {seventh[base][code[-1]]}"


def dotted(code: str) -> str:
    """A code as people write it: "M5450" is M54.50."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def packed(release: Release, rows: Iterable[tuple[str, str]]) -> bytes:
    """The file: the same rows make the same bytes."""
    head = {
        "release": release.year,
        "in force from": release.in_force,
        "source": "ICD-10-CM tabular list, National Center for Health Statistics (CDC), as carried by simple-icd-10-cm 1.5.0",
        "licence": "a work of the United States government, in the public domain",
    }
    lines = [*(f"# {name}: {value}" for name, value in head.items()), *(f"{code}\t{title}" for code, title in rows)]
    return gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
