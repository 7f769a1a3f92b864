"""The aftercare sheet: what it says in four languages, one page whatever happens, true before anything is signed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pulse_desktop.clinic.treatment.aftercare import plan_sheet
from pulse_desktop.documents.aftercare import aftercare_sheet
from pulse_desktop.documents.values import AftercareFacts, Cup, Sessions
from tests.documents.examples import EVERY_TECHNIQUE, LANGUAGES, MARIA, NEW_YORK, WEI_LING, empty_sheet, longest_sheet
from tests.documents.reading import elements, pictures, reader, squeezed, text_of

SAID = {
    "en": (
        "After your treatment", "Tuesday, November 24, 2026", "New Jersey license 00412",
        "6 cups on the low back, 8 minutes, medium suction. Off at 10:44 AM.", "8 needles, 20 minutes. 8 in, 8 out.",
        "Expected to fade between Nov 29 and Dec 4.", "Until 3:00 this afternoon No shower.",
        "Until 11:00 AM tomorrow Wednesday, Nov 25 No hot bath", "Until the marks fade", "Before you drive", "Every day",
        "Call us if", "Call 911 if", "Tue Dec 1, 10:00 AM", "3 used, 1 booked, 6 left", "through Mar 31 (that day counts)",
        "Mon to Sat, 9:00 to 6:00", "Printed 10:58 AM", "P-1042", "Page 1 of 1",
    ),
    "es": (
        "Después de su tratamiento", "martes 24 de noviembre de 2026", "licencia 00412 de Nueva Jersey",
        "Se quitaron a las 10:44 a. m.", "29 de noviembre", "4 de diciembre", "Hoy hasta las 3:00 p. m.",
        "Hasta mañana a las 11:00 a. m.", "miércoles 25 de noviembre", "Llámenos si", "Llame al 911 si",
        "martes 1 de diciembre, a las 10:00 a. m.", "3 usadas, 1 reservada, quedan 6", "lun. a sáb., 9:00 a 6:00", "¿Preguntas?",
    ),
    "ru": (
        "После процедуры", "вторник, 24 ноября 2026 г.", "лицензия 00412, Нью-Джерси", "Сняли в 10:44 утра.", "29 ноября",
        "4 декабря", "Сегодня до 3:00 дня", "До завтра, до 11:00 утра", "среда, 25 ноября", "Позвоните нам, если",
        "Звоните 911, если", "вторник, 1 декабря, 10:00 утра", "Использовано 3, записано 1, осталось 6", "пн–сб, 9:00–6:00",
    ),
    "zh": (
        "治疗后须知", "2026年11月24日 星期二", "新泽西州执照 00412", "上午10:44起罐。", "11月29日", "12月4日", "今天下午3:00以前",
        "明天上午11:00以前", "11月25日 星期三", "何时给我们打电话", "请马上拨打911", "12月1日 星期二 上午10:00", "已用3次，已约1次，剩6次",
        "有效至2027年3月31日（含当天）", "周一至周六 9:00至6:00",
    ),
}  # fmt: skip


def in_language(language: str) -> AftercareFacts:
    return replace(WEI_LING if language == "zh" else MARIA, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_times_dates_and_people_as_its_readers_speak(language: str) -> None:
    text = squeezed(text_of(aftercare_sheet(in_language(language)).pdf))
    for words in (*SAID[language], in_language(language).patient, "Lin Hua, L.Ac.", "(973) 555-0110", "Pulse Acupuncture"):
        assert squeezed(words) in text, words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [longest_sheet, empty_sheet, in_language])
def test_is_one_page_and_large_print_two(facts: object, language: str) -> None:
    assert callable(facts)
    made = facts(language)
    assert aftercare_sheet(made).pages == 1
    assert aftercare_sheet(replace(made, large_print=True)).pages == 2


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_warning_and_every_line_of_priority_one_is_printed(language: str, large: bool) -> None:
    facts = replace(longest_sheet(language), large_print=large)
    text = squeezed(text_of(aftercare_sheet(facts).pdf))
    plan = plan_sheet(facts.techniques, facts.ended_at, [cup.grade for cup in facts.cups], most=0)
    assert len(plan.warnings) == 14
    for line in (*plan.advice, *plan.warnings):
        for words in line.words[language].split("\n"):
            assert squeezed(words) in text, line.key


def test_the_call_boxes_stand_on_page_one_of_large_print() -> None:
    first, second = reader(aftercare_sheet(replace(longest_sheet("en"), large_print=True)).pdf).pages
    assert "Call 911 if" in first.extract_text()
    assert "Call us if" in first.extract_text()
    assert "Call" not in second.extract_text()


def test_large_print_is_set_in_sixteen_point() -> None:
    sizes: set[float] = set()

    def note(_text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        sizes.add(size)

    for page in reader(aftercare_sheet(replace(MARIA, large_print=True)).pdf).pages:
        page.extract_text(visitor_text=note)
    assert 16 in sizes


def test_marks_nobody_graded_get_their_usual_dates() -> None:
    ungraded = replace(MARIA, cups=tuple(replace(cup, grade=None) for cup in MARIA.cups))
    assert "fade between Nov 27 and Dec 4." in text_of(aftercare_sheet(ungraded).pdf)


def test_no_marks_is_an_answer_too() -> None:
    unmarked = replace(MARIA, cups=tuple(replace(cup, grade=0) for cup in MARIA.cups))
    assert "No marks were left." in text_of(aftercare_sheet(unmarked).pdf)


def test_a_blush_fades_by_tomorrow() -> None:
    blush = replace(MARIA, cups=tuple(replace(cup, grade=1) for cup in MARIA.cups))
    assert "Expected to fade by Nov 25." in text_of(aftercare_sheet(blush).pdf)


def test_a_late_treatment_counts_into_the_night() -> None:
    late = replace(MARIA, ended_at=datetime(2026, 11, 24, 20, 5, tzinfo=NEW_YORK))
    text = text_of(aftercare_sheet(late).pdf)
    assert "Until 12:30 AM tomorrow Wednesday, Nov 25 No shower" in text
    assert "Until 8:30 PM tomorrow" in text


def test_midnight_belongs_to_the_day_it_ends() -> None:
    text = text_of(aftercare_sheet(replace(MARIA, ended_at=datetime(2026, 11, 24, 19, 40, tzinfo=NEW_YORK))).pdf)
    assert "Until midnight tonight" in text


def test_only_cupping_speaks_of_no_needles() -> None:
    cupped = replace(MARIA, techniques=("dry_cupping",), needles=(), needles_in=None, needles_out=None, needle_minutes=None)
    text = text_of(aftercare_sheet(cupped).pdf)
    assert "needle" not in text
    assert "Before you drive" not in text


def test_minutes_and_suction_that_differ_are_said_as_ranges() -> None:
    first, *others = MARIA.cups
    mixed = replace(MARIA, cups=(replace(first, minutes=5.0, suction="light", rim_mm=35), *others))
    text = text_of(aftercare_sheet(mixed).pdf)
    assert "5 to 8 minutes, light to medium suction" in text
    assert "cup, 35 to 45 mm across" in text


def test_the_picture_is_told_in_words() -> None:
    alternatives = [str(element["/Alt"]) for role, element in elements(aftercare_sheet(MARIA).pdf) if role == "Figure"]
    assert alternatives[0] == "Body map. Back: 6 cups, 8 needles"
    assert alternatives[1].startswith("The same place, larger. Back: 6 cups")
    assert "(973)" in alternatives[2]


def test_rows_have_heads_for_screen_readers() -> None:
    found = [(role, element) for role, element in elements(aftercare_sheet(MARIA).pdf) if role in {"TH", "TD"}]
    heads = [element for role, element in found if role == "TH"]
    assert len(heads) * 2 == len(found)
    assert all(str(element["/A"]["/Scope"]) == "/Row" for element in heads)


def test_cups_of_front_and_back_are_both_shown() -> None:
    front = Cup(7, "anterior", 462, 720, 45, "abdomen")
    alternatives = [
        str(element["/Alt"]) for role, element in elements(aftercare_sheet(replace(MARIA, cups=(*MARIA.cups, front))).pdf) if role == "Figure"
    ]
    assert "Back: 6 cups, 8 needles. Front: 1 cup" in alternatives[0]
    assert len(alternatives) == 4


def test_the_body_is_drawn_where_the_design_has_it() -> None:
    (image,) = pictures(aftercare_sheet(MARIA).pdf, dpi=96)
    whole = image.crop((60, 125, 170, 430)).histogram()
    assert sum(whole[:128]) > 500, "the whole figure"
    detail = image.crop((175, 130, 300, 260)).histogram()
    assert sum(detail[:128]) > 500, "the detail with the cups"


def test_nothing_on_the_map_gives_the_words_the_whole_width() -> None:
    plain = replace(MARIA, cups=(), needles=(), techniques=("tuina",), needles_in=None, needles_out=None, needle_minutes=None)
    pdf = aftercare_sheet(plain).pdf
    assert "Tuina Today." in text_of(pdf)
    assert len([role for role, _element in elements(pdf) if role == "Figure"]) == 1, "the QR code alone"


def test_without_a_next_visit_and_a_package_it_says_so() -> None:
    bare = text_of(aftercare_sheet(replace(MARIA, next_visit=None, sessions=None)).pdf)
    assert "Not booked yet" in bare
    assert "used" not in bare


def test_a_package_without_an_end_says_so() -> None:
    assert "no end date" in text_of(aftercare_sheet(replace(MARIA, sessions=Sessions("Ten", 1, 0, 9))).pdf)


def test_an_unknown_language_or_technique_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        aftercare_sheet(replace(MARIA, language="fr"))
    with pytest.raises(KeyError):
        aftercare_sheet(replace(MARIA, techniques=("leeches",)))


def test_its_name_tells_kind_and_language_only() -> None:
    assert aftercare_sheet(MARIA).file_name == "aftercare-en.pdf"
    assert aftercare_sheet(replace(MARIA, large_print=True, language="ru")).file_name == "aftercare-ru-large.pdf"
    assert re.fullmatch(r"\d+\.\d+", aftercare_sheet(MARIA).version)


def test_every_combination_of_two_techniques_fits_a_page() -> None:
    for first in EVERY_TECHNIQUE:
        for second in EVERY_TECHNIQUE:
            facts = replace(in_language("ru"), techniques=(first, second), ended_at=MARIA.ended_at + timedelta(hours=9))
            assert aftercare_sheet(facts).pages == 1
