"""Times, days and office hours as patients of four languages say them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pulse_desktop.documents.speech import (
    clock,
    date_and_time,
    full_date,
    month_day_year,
    office_hours,
    state_name,
    until,
)
from tests.documents.examples import LANGUAGES, NEW_YORK

TODAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK)


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, ("midnight", "la medianoche", "12:00 ночи", "晚上12:00")),
        (0, 30, ("12:30 AM", "las 12:30 a. m.", "12:30 ночи", "凌晨12:30")),
        (1, 30, ("1:30 AM", "la 1:30 a. m.", "1:30 ночи", "凌晨1:30")),
        (4, 0, ("4:00 AM", "las 4:00 a. m.", "4:00 утра", "凌晨4:00")),
        (6, 0, ("6:00 AM", "las 6:00 a. m.", "6:00 утра", "早上6:00")),
        (9, 0, ("9:00 AM", "las 9:00 a. m.", "9:00 утра", "上午9:00")),
        (12, 0, ("noon", "las 12:00 del mediodía", "12:00 дня", "中午12:00")),
        (12, 30, ("12:30 PM", "las 12:30 p. m.", "12:30 дня", "中午12:30")),
        (13, 30, ("1:30 PM", "la 1:30 p. m.", "1:30 дня", "下午1:30")),
        (17, 0, ("5:00 PM", "las 5:00 p. m.", "5:00 вечера", "下午5:00")),
        (18, 30, ("6:30 PM", "las 6:30 p. m.", "6:30 вечера", "晚上6:30")),
        (23, 30, ("11:30 PM", "las 11:30 p. m.", "11:30 вечера", "晚上11:30")),
    ],
)
def test_a_time_brings_its_part_of_the_day(hour: int, minute: int, words: tuple[str, ...]) -> None:
    assert tuple(said(clock(at(hour, minute), language)) for language in LANGUAGES) == words


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (at(11), ("Until 11:00 this morning", "Hoy hasta las 11:00 a. m.", "Сегодня до 11:00 утра", "今天上午11:00以前")),
        (at(12), ("Until noon today", "Hoy hasta las 12:00 del mediodía", "Сегодня до 12:00 дня", "今天中午12:00以前")),
        (at(15), ("Until 3:00 this afternoon", "Hoy hasta las 3:00 p. m.", "Сегодня до 3:00 дня", "今天下午3:00以前")),
        (at(18, 30), ("Until 6:30 this evening", "Hoy hasta las 6:30 p. m.", "Сегодня до 6:30 вечера", "今天晚上6:30以前")),
        (at(21, 30), ("Until 9:30 tonight", "Hoy hasta las 9:30 p. m.", "Сегодня до 9:30 вечера", "今天晚上9:30以前")),
        (at(0, 0, 25), ("Until midnight tonight", "Hoy hasta la medianoche", "Сегодня до 12:00 ночи", "今天晚上12:00以前")),
        (at(11, 0, 25), ("Until 11:00 AM tomorrow", "Hasta mañana a las 11:00 a. m.", "До завтра, до 11:00 утра", "明天上午11:00以前")),
        (at(0, 0, 26), ("Until midnight tomorrow", "Hasta mañana a la medianoche", "До завтра, до 12:00 ночи", "明天晚上12:00以前")),
        (at(11, 0, 26), ("Until Nov 26, 11:00 AM", "Hasta el 26 de noviembre, a las 11:00 a. m.", "До 26 ноября, 11:00 утра", "11月26日上午11:00以前")),
    ],
)  # fmt: skip
def test_until_when_is_said_from_today(end: datetime, words: tuple[str, ...]) -> None:
    assert tuple(said(until(end, TODAY, language)[0]) for language in LANGUAGES) == words


def test_tomorrow_names_its_day_under_the_time() -> None:
    under = tuple(said(until(at(11, 0, 25), TODAY, language)[1]) for language in LANGUAGES)
    assert under == ("Wednesday, Nov 25", "miércoles 25 de noviembre", "среда, 25 ноября", "11月25日 星期三")
    assert until(at(15), TODAY, "en")[1] == ""


def test_months_are_spelled_in_every_language() -> None:
    assert tuple(said(full_date(TODAY, language)) for language in LANGUAGES) == (
        "Tuesday, November 24, 2026", "martes 24 de noviembre de 2026", "вторник, 24 ноября 2026 г.", "2026年11月24日 星期二",
    )  # fmt: skip
    assert tuple(said(month_day_year(date(2027, 3, 1), language)) for language in LANGUAGES) == (
        "March 1, 2027", "1 de marzo de 2027", "1 марта 2027 г.", "2027年3月1日",
    )  # fmt: skip
    assert said(date_and_time(at(13, 30), "es")) == "martes 24 de noviembre, a la 1:30 p. m."


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Mon to Sat, 9:00 to 6:00", "en", "Mon to Sat, 9:00 to 6:00"),
        ("Mon to Sat, 9:00 to 6:00", "es", "lun. a sáb., 9:00 a 6:00"),
        ("Monday to Saturday, 9:00–6:00", "ru", "пн–сб, 9:00–6:00"),
        ("Mon-Sat, 9:00 to 6:00", "zh", "周一至周六 9:00至6:00"),
        ("by appointment", "ru", "by appointment"),
        ("", "es", ""),
    ],
)
def test_an_offices_own_words_for_its_hours_are_put_into_the_language(words: str, language: str, expected: str) -> None:
    assert office_hours(words, language) == expected


def test_states_have_their_names_and_others_their_letters() -> None:
    assert state_name("nj", "ru") == "Нью-Джерси"
    assert state_name("TX", "en") == "TX"
