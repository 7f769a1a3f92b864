"""Reference data keeps its promises: counted, sourced, in four languages, unapproved until a practitioner says so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

import pytest

from pulse_desktop.basics.resources import resource_path
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.reading import contents

FILES = [
    *(
        f"reference/{name}"
        for name in (
            "acupoints", "aftercare", "contraindications", "cup_sites", "diagnoses", "sheet_phrases", "sources", "vocabularies", "vocabulary_words",
        )
    ),
    "figure/body",
]  # fmt: skip
EVERY_FILE = sorted(f"reference/{path.stem}" for path in resource_path("reference").glob("*.json"))

# Without a source: general first aid and plain sense; a licensed practitioner decides about each.
UNSOURCED = {
    "all.tell_us", "fire_cupping.no_home_cure", "wet_cupping.no_swim", "tuina.water", "tuina.move", "tuina.no_heavy",
    "tuina.no_deep_massage", "gua_sha.no_sun", "gua_sha.no_exercise", "herbs.surgery", "herbs.store",
}  # fmt: skip

# What signed notes of each version were written with. Changed data needs a higher version (tools/make_reference.py,
# reading.ATLAS_VERSION) and a new line here; the old line stays.
PUBLISHED: dict[int, str] = {1: "e2b3a83ba7e326ec"}


def digest() -> str:
    texts = (resource_path(f"{name}.json").read_bytes() for name in FILES)
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


@pytest.mark.parametrize("name", EVERY_FILE)
def test_every_reference_file_names_sources_that_exist(name: str) -> None:
    assert contents(name)["version"] >= 1
    assert set(contents(name).get("sources", ())) <= set(atlas.sources())


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_the_atlas_version_and_its_sources(name: str) -> None:
    found = contents(name)
    assert found["version"] == atlas.ATLAS_VERSION
    assert set(found.get("sources", ())) <= set(atlas.sources())


def test_a_version_means_one_state_of_the_data() -> None:
    assert PUBLISHED[atlas.ATLAS_VERSION] == digest(), "the data changed: raise the version"


def test_counts() -> None:
    assert len(atlas.conditions()) == 63
    assert len(atlas.all_aftercare_lines()) == 82
    assert len(atlas.sources()) == 108
    assert len(atlas.vocabulary("pulse_28")) == 28
    assert len(atlas.mark_grades()) == 6
    assert {len(condition.grades) for condition in atlas.conditions().values()} == {8}


def test_keys_are_unique() -> None:
    keys = [line.key for line in atlas.all_aftercare_lines()]
    assert len(keys) == len(set(keys))
    for name in atlas.vocabulary_names():
        terms = [term.key for term in atlas.vocabulary(name)]
        assert len(terms) == len(set(terms)), name
    for name in ("acupoints", "cup_sites", "diagnoses"):
        rows = [row[0] for row in contents(f"reference/{name}")["rows"]]
        assert len(rows) == len(set(rows)), name
    rows = [row["key"] for row in contents("reference/contraindications")["rows"]]
    assert len(rows) == len(set(rows))


def patient_words() -> list[tuple[str, atlas.Words]]:
    found = [(line.key, line.words) for line in atlas.all_aftercare_lines()]
    found += [(site.key, site.names) for site in atlas.cup_sites().values()]
    found += list(atlas.phrases().items())
    for condition in atlas.conditions().values():
        found += [(condition.key, condition.label), (f"{condition.key}?", condition.question)]
    for kind in contents("reference/vocabulary_words")["words"]:
        found += [(f"{kind}.{key}", words) for key, words in atlas.translations(kind).items()]
    return found


def test_everything_patients_read_is_there_in_four_languages() -> None:
    for key, words in patient_words():
        for language in atlas.LANGUAGES:
            assert words[language].strip() == words[language] != "", (key, language)
        if re.search("[a-z]", re.sub(r"\{\w+\}| for ", "", words.en)):
            assert re.search("[а-яё]", words.ru, re.IGNORECASE), key
            assert re.search("[\u4e00-\u9fff]", words.zh), key


def test_numbers_are_the_same_in_every_language() -> None:
    """Hours stand inside the texts: a number changed in one language only would be a wrong instruction in another."""
    for line in atlas.all_aftercare_lines():
        for language in ("es", "ru"):
            assert emergency_number(line.words[language]) == emergency_number(line.words.en), line.key
        assert ("911" in line.words.zh) == ("911" in line.words.en), line.key


def emergency_number(text: str) -> bool:
    return "911" in text


def test_every_source_named_exists_and_lines_without_one_are_known() -> None:
    for line in atlas.all_aftercare_lines():
        assert set(line.sources) <= set(atlas.sources()), line.key
    assert {line.key for line in atlas.all_aftercare_lines() if not line.sources} == UNSOURCED
    for condition in atlas.conditions().values():
        assert condition.sources, condition.key
        assert set(condition.sources) <= set(atlas.sources()), condition.key


def test_every_point_and_region_named_exists() -> None:
    regions = {key for view in atlas.VIEWS for key in atlas.figure(view).regions}
    for condition in atlas.conditions().values():
        assert condition.barred <= regions
        assert condition.never <= regions
        assert condition.points <= set(atlas.acupoints())


def test_lines_know_what_they_are() -> None:
    for line in atlas.all_aftercare_lines():
        assert line.kind in {"do", "avoid", "expect", "warn"}
        assert line.priority in {1, 2, 3}
        assert line.until in {"", "marks_fade", "course_ends"}
        assert line in atlas.aftercare_lines(line.modality)
        assert line.modality in contents("reference/vocabulary_words")["words"]["modality"]


def test_nothing_is_approved_by_the_program_itself() -> None:
    assert {line.approval for line in atlas.all_aftercare_lines()} == {atlas.APPROVAL_AWAITED}
    assert {condition.approval for condition in atlas.conditions().values()} == {atlas.APPROVAL_AWAITED}


def test_approval_is_a_flag_and_never_a_printed_line() -> None:
    for key, words in patient_words():
        assert "approv" not in words.en.lower(), key


CLAIM = re.compile(r"detox|toxin|poison|depura|токсин|шлак|очищ\w+ организм|排毒|毒素", re.IGNORECASE)
DENIAL = re.compile(r"does not show|No significa|не значит|不代表", re.IGNORECASE)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | Mapping):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from texts_in(part)


def promises(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if CLAIM.search(text) and not DENIAL.search(text)]


@pytest.mark.parametrize("name", EVERY_FILE)
def test_nobody_is_promised_detoxification(name: str) -> None:
    """No source read supports it (clinical facts, part a); one line says in every language that marks do not show it."""
    assert promises(texts_in(contents(name))) == []


@pytest.mark.parametrize("claim", ["Cups detoxify you.", "拔罐排毒", "Банки выводят токсины.", "Elimina toxinas."])
def test_a_promise_of_detoxification_would_be_found(claim: str) -> None:
    """Negative control."""
    assert promises([claim])


def test_the_clinics_policy_covers_skin_blood_and_pregnancy() -> None:
    stopped = {condition.key for condition in atlas.conditions().values() if condition.avoids}
    assert stopped == {"skin_infection", "hemophilia", "low_platelets", "anemia_severe", "pregnancy"}
    for key in stopped:
        assert atlas.conditions()[key].avoids == set(atlas.CUPPING)
        assert "S1" in atlas.conditions()[key].sources or key in {"hemophilia", "low_platelets", "anemia_severe"}
