"""Makes `resources/reference/*.json` and `resources/figure/body.json` from the gathered facts.

    python -m tools.make_reference ../shared/data

The facts come as csv and json files with the sources beside them (clinical.md says how far each can be trusted). The
program keeps its own shape: one row a line, so that a changed fact is one changed line in a diff. What was decided
for this program and is in no source file (which regions show the same skin, which are barred for cups) stands in
`reference_rules.py`. A changed fact needs a higher VERSION: signed notes name the version they were written with.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tools.reference_rules import (
    ACTIVITIES,
    ALIASES,
    BANDS,
    BARRED_IN_PREGNANCY,
    BARRED_POINTS,
    CREDITS,
    CUPPING,
    IN_TENTHS,
    LEVELS,
    NEEDLE_REGIONS,
    NEVER_CUPPED,
    OPEN_RANGES,
    QUESTIONS,
    SAME_SKIN,
    SHORT_NAMES,
)

VERSION = 1
LANGUAGES = ("en", "es", "ru", "zh")
NO_BREAK = "\N{NO-BREAK SPACE}"
TARGET = Path(__file__).resolve().parent.parent / "resources"
Row = Mapping[str, Any]


def main(arguments: list[str]) -> int:
    """Make every file; the only argument is the folder of facts."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "acupoints.csv").is_file():
        print("Say where the facts lie: python -m tools.make_reference FOLDER (it holds acupoints.csv and the others).")
        return 2
    source = Path(arguments[0])
    for name, make in MAKERS.items():
        file = TARGET / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(laid_out({"version": VERSION, **make(source)}), encoding="utf-8")
        print(f"{file.relative_to(TARGET.parent)}  {file.stat().st_size:,} bytes")
    return 0


# ---- reading and writing


def table(file: Path) -> list[dict[str, str]]:
    """The rows of a csv file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def facts(file: Path) -> Any:
    """The contents of a json file."""
    return json.loads(file.read_text(encoding="utf-8"))


def one_line(value: object) -> str:
    """A value as JSON on one line, in people's own letters."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def laid_out(content: Mapping[str, Any]) -> str:
    """A file's text: one line for each row of each long list or table, so that diffs read well."""
    parts = [f" {one_line(key)}: {spread(value, 1)}" for key, value in content.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def spread(value: object, depth: int) -> str:
    """A value over several lines when it holds rows, else on one."""
    pad = " " * (depth + 1)
    if isinstance(value, dict) and any(isinstance(part, dict | list) for part in value.values()):
        rows = [f"{pad}{one_line(key)}: {spread(part, depth + 1)}" for key, part in value.items()]
        return "{\n" + ",\n".join(rows) + "\n" + " " * depth + "}"
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        return "[\n" + ",\n".join(pad + one_line(part) for part in value) + "\n" + " " * depth + "]"
    return one_line(value)


def words(row: Row, name: Callable[[str], str] = lambda language: language) -> list[str]:
    """The four languages of a row in their fixed order."""
    return [row[name(language)] for language in LANGUAGES]


def used(rows: Iterable[Row]) -> list[str]:
    """All source keys named in rows, in order."""
    return sorted({key for row in rows for key in row["sources"]}, key=source_order)


def source_order(key: str) -> tuple[str, int]:
    """S2 before S10."""
    return key[0], int(key[1:])


# ---- one maker a file


def acupoints(source: Path) -> Row:
    """361 points of WHO 2008, 48 extra points, 8 without a WHO code. See clinical.md d) for how they were checked."""
    columns = ["code", "number", "pinyin", "tones", "hanzi", "english", "region", "side", "view", "needles", "note"]
    rows = [
        [point["code"], int(point["number"] or 0), point["pinyin"], point["pinyin_tone"], point["hanzi"], point["english"],
         point["body_region"], point["side_bilateral"], point["map_view"], int(point["point_count"]), point["aliases"]]
        for point in table(source / "acupoints.csv")
    ]  # fmt: skip
    origin = "WHO Standard Acupuncture Point Locations in the Western Pacific Region (2008): codes, names, region words; glosses are our own"
    return {"sources": [], "origin": origin, "aliases": ALIASES, "columns": columns, "rows": rows}


def cup_sites(source: Path) -> Row:
    """90 sites on the canvas of 1000 x 2000 units, with sizes in mm and minutes."""
    columns = [
        "key",
        "view",
        "side",
        "x",
        "y",
        "region",
        "area",
        "names",
        "rim_mm",
        "minutes",
        "points",
        "techniques",
        "muscles",
        "note",
    ]
    rows = [
        [site["key"], site["view"], site["side"], round(float(site["x"]) * 1000, 1), round(float(site["y"]) * 2000, 1),
         site["region_key"], site["region"], [site["name"], site["name_es"], site["name_ru"], site["name_zh"]],
         [int(size) for size in site["cup_mm"].split("-")], [int(site["default_min"]), int(site["max_min"])],
         site["near_points"].split(";"), site["techniques"].split(";"), site["muscles"], site["note"]]
        for site in table(source / "cup_sites.csv")
    ]  # fmt: skip
    return {"sources": ["L1", "L2", "L3", "L5", "L6", "C12", "C27"], "columns": columns, "rows": rows}


def contraindications(source: Path) -> Row:
    """63 conditions by 8 techniques; `avoid` is the clinic's own policy (S1), stricter than the grade."""
    found = facts(source / "contraindications.json")
    techniques = found["meta"]["modalities"]
    rows = []
    for item in found["items"]:
        grades = [item["grades"][technique][0] for technique in techniques]
        row = {
            "key": item["key"], "label": words(item["label"]), "question": words(item["question"]),
            "grades": "".join(grades), "action": item["action"], "confidence": item["confidence"], "note": item["note"],
            "avoid": CUPPING if item["clinic_policy"] else [], "policy": item["clinic_policy"],
            "staff_only": item["staff_only"], "sources": item["sources"],
        }  # fmt: skip
        row |= {"never": NEVER_CUPPED[item["key"]]} if item["key"] in NEVER_CUPPED else {}
        row |= {"barred": BARRED_IN_PREGNANCY} if item["key"] == "pregnancy" else {}
        row |= {"points": BARRED_POINTS} if item["key"] == "pregnancy_points" else {}
        rows.append(row)
    letters = {"a": "absolute", "r": "relative", "l": "local", "n": "none"}
    return {"sources": used(rows), "approval": "awaited", "techniques": techniques, "grades": letters, "rows": rows}


def aftercare(source: Path) -> Row:
    """82 lines; hours stand inside the texts, so whoever changes `hours` must change all four texts."""
    columns = ["key", "kind", "priority", "hours", "hours_range", "until", "evidence", "sources", "text"]
    items = facts(source / "aftercare.json")["items"]
    rows = [
        [item["key"], item["kind"], item["priority"], item["hours"], item["hours_range"], item["until"], item["evidence"],
         item["sources"], words(item["text"])]
        for item in items
    ]  # fmt: skip
    return {"sources": used(items), "approval": "awaited", "columns": columns, "rows": rows}


def sheet_phrases(source: Path) -> Row:
    """71 phrases and the counted ones, each with the form for every number of its language."""
    found = facts(source / "sheet_phrases.json")
    phrases = {row["key"]: [row["section"], *words(row)] for row in found["phrases"]}
    plurals = {row["key"]: counted(row) for row in found["plurals"]}
    return {"sources": [], "approval": "awaited", "phrases": phrases, "plurals": plurals}


def counted(row: Row) -> Row:
    """Forms by language. Russian: number and word never part; fractions take the genitive singular (1,5 часа), which is
    the "few" form of a plain count and the "one" form where the whole phrase is genitive (few = many)."""
    forms = {language: dict(row[language]) for language in LANGUAGES}
    russian = {form: text.replace("{n} ", "{n}" + NO_BREAK) for form, text in forms["ru"].items()}
    russian["fraction"] = russian["one"] if russian["few"] == russian["many"] else russian["few"]
    return forms | {"ru": russian}


def vocabulary_words(source: Path) -> Row:
    """What patients may read of techniques, marks, cups: kind, key, then four languages; `explain` where there is more."""
    found = facts(source / "vocabulary_i18n.json")
    return {"sources": [], "approval": "awaited"} | {
        "words": {kind: {key: words(row) for key, row in rows.items()} for kind, rows in found.items()},
        "explained": {
            kind: {key: words(row["explain"]) for key, row in rows.items() if "explain" in row}
            for kind, rows in found.items()
            if any("explain" in row for row in rows.values())
        },
    }


def vocabularies(source: Path) -> Row:
    """Pick lists of the note: each term with its key, the word on the chip, what it means, hanzi, group."""
    found = facts(source / "vocabularies.json")
    translated = facts(source / "vocabulary_i18n.json")
    keys = {"mark_flags": list(translated["mark_flag"]), "cup_material": list(translated["cup_material"])}
    lists = {
        name: [term(name, entry, keys[name][at] if name in keys else "") for at, entry in enumerate(entries)]
        for name, entries in found.items()
        if isinstance(entries, list)
    }
    return {
        "sources": ["C14", "D2", "D3", "G4", "P1", "P2", "P3", "P4", "P7", "S4"],
        "columns": ["key", "word", "meaning", "hanzi", "group", "more"],
        "lists": lists,
    }


# Lists whose `label` explains the word instead of being it: the chip says "pale", the tooltip "paler than normal".
_EXPLAINED = re.compile("tongue_|sublingual|pulse_|eight_|cupping_technique")


def term(name: str, entry: str | Row, key: str) -> list[object]:
    """One term of a vocabulary."""
    if isinstance(entry, str):
        return [key or slug(entry), entry, "", "", "", {}]
    known = {"key", "label", "zh", "feel", "group", "contains"}
    named = str(entry.get("key") or entry.get("code") or entry.get("label") if "grade" not in entry else entry["grade"])
    meaning = entry.get("feel") or entry.get("contains") or (entry.get("label", "") if _EXPLAINED.match(name) else "")
    spoken = named.replace("_", " ") if meaning or "label" not in entry else entry["label"]
    more = {part: value for part, value in entry.items() if part not in known | {"code", "grade"}}
    return [slug(named), spoken, meaning, entry.get("zh", ""), entry.get("group", ""), more]


def slug(text: str) -> str:
    """A key from a phrase: "bleeding over 1 minute" -> "bleeding_over_1_minute"; codes and sizes keep their letters."""
    return re.sub(r"[^a-z0-9.]+", "_", text.lower()).strip("_")


def diagnoses(source: Path) -> Row:
    """100 ICD-10-CM codes common in such a clinic (US government work; FY2026, April release; billable leaves only)."""
    columns = ["code", "title", "group", "side", "note"]
    rows = [
        [row["code"], row["title"], row["category"], row["laterality"], row["note"]]
        for row in table(source / "icd10_common.csv")
        if row["billable_leaf"] == "yes"
    ]
    origin = "ICD-10-CM, April 2026 release, tabular titles; the fiscal year 2027 list is to be checked before claims"
    return {"sources": [], "origin": origin, "columns": columns, "rows": rows}


def outcome_measures(source: Path) -> Row:
    """14 measures: range, direction, scoring, the change that matters, licence; questions only where it allows them."""
    found = facts(source / "outcome_measures.json")
    columns = [
        "key", "short", "name", "construct", "items", "lowest", "highest", "step_tenths", "better", "scoring", "matters", "relative",
        "is_level", "matters_note", "licence", "licence_note", "credit", "ships", "use", "sources", "activities", "questions", "bands",
    ]  # fmt: skip
    rows = [measure(item, columns) for item in found["items"]]
    named = sorted({key for item in found["items"] for key in item["sources"]})
    return {
        "sources": named,
        "licences": found["meta"]["licence_values"],
        "recommended": found["meta"]["recommended_set"],
        "caution": found["meta"]["caution"],
        "columns": columns,
        "rows": rows,
    }


def measure(item: Row, columns: Iterable[str]) -> list[Any]:
    """One measure as a row. The stop that counts: a measure gets questions only where its licence lets us word them."""
    key = item["key"]
    ships = "words" if item["ship_text"] in {True, "own_wording"} else "score"
    if (key in QUESTIONS) != (ships == "words"):
        raise ValueError(f"{key}: questions and licence do not agree")
    lowest, highest = OPEN_RANGES.get(key, (item["min"], item["max"]))
    own = {
        "short": SHORT_NAMES[key],
        "items": str(item["items"]),
        "lowest": lowest,
        "highest": highest,
        "step_tenths": 1 if key in IN_TENTHS else 10,
        "better": "" if item["better"] == "depends" else item["better"],
        "matters": item["mcid"]["value"],
        "relative": item["mcid"]["relative"],
        "is_level": key in LEVELS,
        "matters_note": item["mcid"]["note"],
        "credit": CREDITS.get(key, ""),
        "ships": ships,
        "activities": list(ACTIVITIES.get(key, ())),
        "questions": QUESTIONS.get(key, []),
        "bands": BANDS.get(key, []),
    }
    return [own[column] if column in own else item[column] for column in columns]


def sources(source: Path) -> Row:
    """108 sources: key, trust tier, title, how much of it was read."""
    found = facts(source / "sources.json")
    rows = {key: [row["tier"], row["title"], row["read"]] for key, row in found["sources"].items()}
    return {"tiers": found["tiers"], "columns": ["tier", "title", "read"], "rows": rows}


def body(source: Path) -> Row:
    """The body figure, drawn for this program: four views, paths of absolute M L C Z."""
    found = facts(source / "body_figure.json")
    views = {
        view: {
            "outline": drawn["outline"][0],
            "contours": [[line["weight"], line["path"]] for line in drawn["contours"]],
            "regions": [[region["key"], region["side"], region["name"], region["path"]] for region in drawn["regions"]],
        }
        for view, drawn in found["views"].items()
    }
    return {
        "sources": [],
        "origin": "drawn for this program",
        "canvas": found["canvas"],
        "same_skin": SAME_SKIN,
        "needle_regions": NEEDLE_REGIONS,
        "views": views,
    }


MAKERS: Mapping[str, Callable[[Path], Row]] = {
    "reference/acupoints": acupoints,
    "reference/cup_sites": cup_sites,
    "reference/contraindications": contraindications,
    "reference/aftercare": aftercare,
    "reference/sheet_phrases": sheet_phrases,
    "reference/vocabularies": vocabularies,
    "reference/vocabulary_words": vocabulary_words,
    "reference/diagnoses": diagnoses,
    "reference/outcome_measures": outcome_measures,
    "reference/sources": sources,
    "figure/body": body,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
