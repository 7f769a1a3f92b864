"""Any part of a name, in any script, with or without accents; phone digits, birth date, number; and the same person twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.clinic import patients
from pulse_desktop.clinic.patients.keys import asked, keys_of
from pulse_desktop.clinic.patients.tables import SearchKeyRow
from pulse_desktop.storage.engine import writing
from tests.builders import TestClinic, a_patient

PEOPLE = (
    {"first": "José", "last": "Ramírez", "phone": "9735550142", "born": date(1979, 5, 9), "language": "es"},
    {"first": "Анна", "last": "Иванова", "phone": "7185550199", "born": date(1962, 11, 30), "language": "ru"},
    {"first": "Wei-Ling", "last": "Chen", "native_name": "陈蔚玲", "phone": "+86 138 0013 8000", "born": date(1984, 3, 12), "language": "zh"},
    {"first": "Hannah", "last": "O'Neill Weiss", "preferred_name": "Hanni", "phone": "2015550107", "born": None},
)


@pytest.fixture
def known(clinic: TestClinic) -> dict[str, int]:
    return {str(person["last"]): a_patient(clinic, **person) for person in PEOPLE}


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("ramirez", "Ramírez"), ("RAMÍREZ jo", "Ramírez"), ("jose ram", "Ramírez"), ("5550142", "Ramírez"), ("0142", "Ramírez"),
        ("(973) 555-0142", "Ramírez"), ("+1 973 555 01", "Ramírez"), ("973 555", "Ramírez"), ("5/9/1979", "Ramírez"),
        ("May 9 1979", "Ramírez"), ("1979-05-09", "Ramírez"), ("1979", "Ramírez"), ("P-1001", "Ramírez"), ("p1001", "Ramírez"), ("1001", "Ramírez"),
        ("иванова", "Иванова"), ("ivanova", "Иванова"), ("anna iv", "Иванова"), ("АННА", "Иванова"),
        ("陈", "Chen"), ("蔚玲", "Chen"), ("陈蔚玲", "Chen"), ("chen wei", "Chen"), ("ling", "Chen"), ("138001", "Chen"),
        ("neill", "O'Neill Weiss"), ("hanni", "O'Neill Weiss"), ("weiss hannah", "O'Neill Weiss"),
        ("wiess", "O'Neill Weiss"), ("hanah weis", "O'Neill Weiss"), ("ramires", "Ramírez"),
    ],
)  # fmt: skip
def test_people_are_found_as_people_look_for_them(clinic: TestClinic, known: dict[str, int], typed: str, last: str) -> None:
    assert [line.id for line in clinic.door.look(patients.search, typed)][:1] == [known[last]]


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "ramirez zzzz", "-", "()", "99999999999999999999", "x" * 5000])
def test_nobody_is_found_for_what_nobody_is_called(clinic: TestClinic, known: dict[str, int], typed: str) -> None:
    assert clinic.door.look(patients.search, typed) == ()


def test_a_whole_word_comes_before_a_beginning(clinic: TestClinic) -> None:
    longer, exact = a_patient(clinic, "Ana", "Linden"), a_patient(clinic, "Zoe", "Lin")
    assert [line.id for line in clinic.door.look(patients.search, "lin")] == [exact, longer]


def test_no_more_than_asked_for(clinic: TestClinic) -> None:
    for at in range(15):
        a_patient(clinic, f"Ana{at}", "Silva")
    assert len(clinic.door.look(patients.search, "silva")) == 12
    assert len(clinic.door.look(patients.search, "silva", limit=3)) == 3


def test_the_same_person_twice_is_offered_while_typing(clinic: TestClinic, known: dict[str, int]) -> None:
    def like(first: str = "", last: str = "", born: date | None = None, phone: str = "") -> list[int]:
        return [line.id for line in clinic.door.look(patients.like, first, last, born, phone)]

    jose = known["Ramírez"]
    assert like(phone="973-555-0142") == [jose]
    assert like("Jose", "Ramirez") == [jose]
    assert like("Joseph", "Ramírez", date(1979, 5, 9)) == [jose]
    assert like("Pepe", "Ramirez", date(1979, 5, 9)) == [jose]
    assert like("Pepe", "Ramirez") == []
    assert like("J") == like(phone="97355") == like() == []


def test_who_has_the_birth_date_stands_first(clinic: TestClinic) -> None:
    other = a_patient(clinic, "Maria", "Alvarez", born=date(1990, 1, 1))
    same = a_patient(clinic, "Marta", "Alvarez", born=date(1984, 3, 12))
    assert [line.id for line in clinic.door.look(patients.like, "Mar", "Alvarez", date(1984, 3, 12), "")] == [same, other]


@given(st.text(max_size=60))
def test_any_text_asks_for_at_most_six_short_prefixes(text: str) -> None:
    wanted = asked(text)
    assert len(wanted) <= 6
    assert all(0 < len(prefix) <= 80 for prefix in wanted)


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_a_patient_is_found_by_each_word_of_the_name(first: str, last: str) -> None:
    keys = {key for key, _kind in keys_of(1001, (first, last), "", None)}
    for prefix in asked(f"{first} {last}") if not any(letter.isnumeric() for letter in first + last) else ():
        assert any(key.startswith(prefix) for key in keys)


@pytest.mark.long
def test_among_ten_thousand_keys_the_whole_words_come_first(clinic: TestClinic) -> None:
    """Whatever many others begin alike. How long it takes is measured by `make bench`."""
    names = [f"{a}{b}" for a in ("mar", "lin", "pet", "oka", "wei") for b in ("ia", "da", "rov", "for", "ss", "a", "o", "i")]
    ids = [a_patient(clinic, first, last) for first in names[:20] for last in names[20:]]
    rows = [{"key": f"{name}{at:05}", "patient_id": ids[at % len(ids)], "kind": "name"} for at in range(500) for name in names]
    with writing(clinic.desk.clinic._engine).begin() as connection:
        connection.execute(SearchKeyRow.__table__.insert(), rows)  # type: ignore[attr-defined]
    for typed in ("m", "mar", "maria", "wei"):
        assert len(clinic.door.look(patients.search, typed)) == 12
    assert {line.name.split()[0] for line in clinic.door.look(patients.search, "maria")} == {"maria"}
    assert clinic.door.look(patients.search, "maria petss")[0].name == "maria petss"
