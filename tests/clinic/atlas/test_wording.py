"""Plural rules and placeholders of four languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.reading import contents

NO_BREAK = "\N{NO-BREAK SPACE}"


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize(
    ("n", "en", "es", "ru", "zh"),
    [
        (0, "0 hours", "0 horas", "0 часов", "0小时"),
        (1, "1 hour", "1 hora", "1 час", "1小时"),
        (2, "2 hours", "2 horas", "2 часа", "2小时"),
        (5, "5 hours", "5 horas", "5 часов", "5小时"),
        (11, "11 hours", "11 horas", "11 часов", "11小时"),
        (12, "12 hours", "12 horas", "12 часов", "12小时"),
        (14, "14 hours", "14 horas", "14 часов", "14小时"),
        (21, "21 hours", "21 horas", "21 час", "21小时"),
        (22, "22 hours", "22 horas", "22 часа", "22小时"),
        (101, "101 hours", "101 horas", "101 час", "101小时"),
        (111, "111 hours", "111 horas", "111 часов", "111小时"),
        (112, "112 hours", "112 horas", "112 часов", "112小时"),
        (1.5, "1.5 hours", "1.5 horas", "1,5 часа", "1.5小时"),
        (Decimal("0.5"), "0.5 hours", "0.5 horas", "0,5 часа", "0.5小时"),
        (2.0, "2 hours", "2 horas", "2 часа", "2小时"),
    ],
)
def test_a_number_takes_the_right_form(n: float, en: str, es: str, ru: str, zh: str) -> None:
    spoken = [atlas.plural("n_hours", n, language) for language in atlas.LANGUAGES]
    assert spoken == [en, es, ru.replace(" ", NO_BREAK), zh]


def test_genitive_phrases_keep_the_genitive() -> None:
    assert atlas.plural("at_least_hours", 2, "ru") == f"не менее 2{NO_BREAK}часов"
    assert atlas.plural("at_least_hours", 1.5, "ru") == f"не менее 1,5{NO_BREAK}часа"
    assert atlas.plural("for_minutes", 8, "ru") == f"в течение 8{NO_BREAK}минут"
    assert atlas.plural("for_minutes", 21, "ru") == f"в течение 21{NO_BREAK}минуты"


def test_the_verb_changes_with_the_number() -> None:
    assert atlas.plural("sessions_left_n", 1, "es") == "Le queda 1 sesión"
    assert atlas.plural("sessions_left_n", 6, "es") == "Le quedan 6 sesiones"
    assert atlas.plural("sessions_left_n", 21, "ru").startswith("Остался")


def test_every_counted_phrase_has_every_form_of_every_language() -> None:
    forms = {"en": {"one", "other"}, "es": {"one", "other"}, "ru": {"one", "few", "many", "fraction"}, "zh": {"other"}}
    for key in atlas.plural_keys():
        row = contents("reference/sheet_phrases")["plurals"][key]
        assert {language: set(row[language]) for language in atlas.LANGUAGES} == forms
        assert all(placeholders(text) == {"n"} for language in forms for text in row[language].values())


def test_71_phrases_with_the_same_placeholders_in_every_language() -> None:
    assert len(atlas.phrases()) == 71
    for key, words in atlas.phrases().items():
        assert len({frozenset(placeholders(words[language])) for language in atlas.LANGUAGES}) == 1, key


def test_a_phrase_is_filled_in() -> None:
    assert atlas.phrase("cups_off_at", "en", time="10:44 AM") == "Cups came off at 10:44 AM"
    assert atlas.phrase("call_us_at", "ru", phone="{phone}") == "Позвоните нам: {phone}"


def test_a_language_that_is_not_offered_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        atlas.phrase("title", "fr")
    with pytest.raises(KeyError):
        atlas.plural("n_hours", 1, "fr")


def test_terms_are_translated_and_explained() -> None:
    assert atlas.word("map_view", "posterior", "zh") == "背面"
    assert atlas.word("modality", "cupping", "es") == "ventosas"
    assert atlas.explained("cupping_technique", "dry_stationary", "ru") == "банки стоят на месте"
    assert atlas.explained("modality", "cupping", "en") == ""
