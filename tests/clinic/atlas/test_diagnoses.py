"""Diagnosis codes are found by code and by words, in a table that holds what can be billed and nothing else."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from pulse_desktop.basics.resources import resource_path
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.billable import dotted, squeezed
from tools.diagnosis_table import Release, billable, packed, release_of

CODE = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")
SAMPLE = """<ICD10CM.tabular><version>2026</version><chapter><section id="S30-S39">
<diag><name>M54</name><desc>Dorsalgia</desc>
 <diag><name>M54.5</name><desc>Low back pain</desc><diag><name>M54.50</name><desc>Low back
   pain, unspecified</desc></diag></diag></diag>
<diag><name>S33</name><desc>Dislocation and sprain</desc>
 <sevenChrDef><extension char="A">initial encounter</extension><extension char="S">sequela</extension></sevenChrDef>
 <diag><name>S33.5</name><desc>Sprain of ligaments of lumbar spine</desc></diag></diag>
</section></chapter></ICD10CM.tabular>"""


def found(text: str, favourites: tuple[str, ...] = ()) -> list[str]:
    return [one.code for one in atlas.find_diagnoses(text, favourites=favourites)]


def test_codes_look_like_codes_and_parents_are_left_out() -> None:
    assert len(atlas.diagnoses()) == 100
    assert all(CODE.fullmatch(code) for code in atlas.diagnoses())
    assert not {"M54.5", "M51.36", "M51.37"} & set(atlas.diagnoses())


def test_every_common_code_can_be_billed_under_the_same_title() -> None:
    assert {one.code: one.title for one in atlas.diagnoses().values()} == {code: atlas.code_table().title_of(code) for code in atlas.diagnoses()}


def test_the_table_is_whole_ordered_and_of_leaves_only() -> None:
    table = atlas.code_table()
    rows = list(table.lines())
    codes = [code for code, _title in rows]
    assert len(rows) == len(set(codes)) == len(table) == 74_719
    assert codes == sorted(codes)
    assert all(CODE.fullmatch(code) for code in codes)
    assert all(title.strip() == title != "" and "  " not in title for _code, title in rows)
    plain = [squeezed(code) for code in codes]
    assert not [one for one, following in pairwise(plain) if following.startswith(one)]
    assert len(table.text) == len(table.folded)


def test_the_file_says_what_it_is() -> None:
    head = gzip.decompress(resource_path("reference/icd10cm.tsv.gz").read_bytes()).decode().splitlines()[:4]
    assert head[:2] == ["# release: 2026", "# in force from: 2026-04-01"]
    assert "public domain" in head[3]
    assert (atlas.code_table().release, atlas.code_table().in_force) == ("2026", "2026-04-01")


@pytest.mark.parametrize(("typed", "code"), [("M54.50", "M54.50"), ("m5450", "M54.50"), ("back low", "M54.50"), ("i10", "I10"), ("qa0", "QA0.0101")])
def test_found_as_typed(typed: str, code: str) -> None:
    assert code in found(typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sciatica right", "M54.31"), ("sciatica left", "M54.32"), ("sciatica l", "M54.32"), ("lbp", "M54.50"), ("neck pain", "M54.2"),
        ("shoulder pain r", "M25.511"), ("frozen shoulder l", "M75.02"), ("asthma", "J45.909"), ("Menieres left", "H81.02"),
    ],
)  # fmt: skip
def test_the_likeliest_stands_first(typed: str, first: str) -> None:
    assert found(typed.replace("Menieres", "meniere"))[0] == first


def test_favourites_stand_before_common_ones_and_an_exact_code_before_both() -> None:
    assert found("pain", favourites=("S83.411A", "M25.562"))[0] == "M25.562"
    assert found("M54.50", favourites=("M54.51",)) == ["M54.50"]
    assert found("m54.5", favourites=("M54.59",))[0] == "M54.59"
    assert found("pain", favourites=("no such code",)) == found("pain")


def test_a_first_encounter_stands_before_later_ones() -> None:
    encounters = [one[-1] for one in found("rib fracture closed right one") if len(one) == 8]
    assert encounters == sorted(encounters, key=lambda letter: letter in "DGKS")


def test_a_parent_is_not_billable_and_names_those_under_it() -> None:
    assert atlas.find_diagnosis("M54.5") is None
    assert [one.code for one in atlas.more_precise("m54.5")] == ["M54.50", "M54.51", "M54.59"]
    assert atlas.more_precise("M54.50") == atlas.more_precise("Q") == atlas.more_precise("ZZZ") == ()
    assert atlas.find_diagnosis("s335xxa") == atlas.find_diagnosis("S33.5XXA") is not None


def test_nothing_typed_finds_nothing_and_lists_are_short() -> None:
    assert atlas.find_diagnoses("  ") == ()
    assert atlas.find_diagnoses("zzzz") == atlas.find_diagnoses("encounter zzzz") == ()
    assert len(atlas.find_diagnoses("m", limit=5)) == 5


def test_every_code_is_found_where_it_stands() -> None:
    table = atlas.code_table()
    some = list(table.lines())[::997]
    assert all(table.title_of(code) == title for code, title in some)
    assert all(table.title_of(code[:-1]) is None for code, _title in some if len(code) > 4)


def test_the_tool_reads_the_tabular_list_and_makes_titles_of_extended_codes() -> None:
    tree = ET.fromstring(SAMPLE)
    codes = ["S30-S39", "M54", "M545", "M5450", "S33", "S335", "S335XXA", "S335XXS"]
    rows = list(billable(tree, codes))
    assert rows == [
        ("M54.50", "Low back pain, unspecified"),
        ("S33.5XXA", "Sprain of ligaments of lumbar spine, initial encounter"),
        ("S33.5XXS", "Sprain of ligaments of lumbar spine, sequela"),
    ]
    release = release_of(tree, "data/icd10c-tabular-April-1-2026.xml")
    assert release == Release("2026", "2026-04-01")
    assert packed(release, rows) == packed(release, rows)
    with pytest.raises(ValueError, match="S335XXD"):
        list(billable(tree, [*codes, "S335XXD"]))
    assert dotted("I10") == "I10"
