from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pulse_desktop.clinic import boards, patients
from pulse_desktop.clinic.patients.values import ConditionDraft
from pulse_desktop.gui.parts.key_rows import KeyRows
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.parts.ticks import Tick
from pulse_desktop.gui.workplaces.patient_file.patient_panel import PatientPanel
from tests.builders import TODAY
from tests.gui.accessible import nameless
from tests.gui.workplaces.patient_file.desk import CTRL, FileDesk

HOSTILE = (
    "<b>Ana</b> & <img src='x'>",
    "Robert'); DROP TABLE patient;--",
    "José\u0301 \u200fשלום\u200e",
    "Ana 💥 👩🏽\u200d⚕️",
    "Ã©% {0} {name} %s",
)


def adds(desk: FileDesk) -> PatientPanel:
    desk.presses(Qt.Key.Key_N, CTRL)
    return desk.panel(PatientPanel)


def test_search_and_open_by_keyboard(desk: FileDesk) -> None:
    desk.types("alv mar")
    desk.presses(Qt.Key.Key_Return)
    desk.sees("María Alvarez")
    desk.sees("(973) 555-0142")
    desk.sees("Before the next visit")
    assert nameless(desk.at.window) == []


def test_the_newest_stand_there_before_anything_is_typed(desk: FileDesk) -> None:
    found = desk.at.asks(boards.newest, 5)
    assert [line.name for line in found.people] == ["María Alvarez"]
    assert found.where_now == ("",)
    desk.sees("Registered last")


def test_nobody_found_teaches(desk: FileDesk) -> None:
    desk.types("zzzz")
    desk.sees("Nobody is found for “zzzz”")
    assert nameless(desk.at.window) == []


def test_registered_with_name_and_phone_only(desk: FileDesk) -> None:
    adds(desk)
    desk.types("Ana")
    desk.presses(Qt.Key.Key_Tab)
    desk.types("Lopez")
    desk.enters("phone", "9735551234")
    desk.saves()
    desk.sees("Ana Lopez is registered")
    (found,) = desk.at.asks(patients.search, "ana lopez")
    assert found.phone == "(973) 555-1234"
    assert desk.nothing_open()


def test_the_same_person_is_offered_while_typing(desk: FileDesk) -> None:
    panel = adds(desk)
    desk.types("Maria")
    desk.presses(Qt.Key.Key_Tab)
    desk.types("Alvarez")
    desk.sees("Is it one of these?")
    rows = panel.findChild(KeyRows)
    assert isinstance(rows, KeyRows)
    rows.setFocus()
    desk.presses(Qt.Key.Key_1)
    desk.sees("Upcoming visits")
    assert desk.nothing_open()
    assert len(desk.at.asks(patients.search, "alvarez")) == 1


def test_empty_name_is_refused_and_everything_typed_stays(desk: FileDesk) -> None:
    adds(desk)
    desk.enters("phone", "973 555 1234")
    desk.enters("allergies", "latex")
    desk.saves()
    desk.sees("Enter the patient's name.")
    assert desk.field("first_name").control.hasFocus()
    assert desk.field("allergies").value() == "latex"
    assert desk.field("phone").value() == "973 555 1234"


def test_birth_date_in_the_future_is_refused(desk: FileDesk) -> None:
    adds(desk)
    desk.types("Ana")
    desk.enters("phone", "9735551234")
    desk.enters("born", "1/1/2030")
    desk.saves()
    desk.sees("A date of birth cannot be in the future.")
    assert desk.field("born").draft() != ""
    assert desk.at.asks(patients.search, "ana") == ()


def test_what_cannot_be_is_said_under_its_field(desk: FileDesk) -> None:
    wrong = (
        ("phone", "12", "That is not a telephone number."),
        ("phone", "555-1234", "The area code is missing."),
        ("email", "ana@", "That is not an e-mail address."),
        ("zip_code", "070", "Write the ZIP code with five digits"),
        ("state", "XX", "Write the state with its two letters"),
    )
    right = {"phone": "9735551234", "email": "", "zip_code": "", "state": ""}
    adds(desk)
    desk.types("Ana")
    for name, typed, said in wrong:
        for other, text in right.items():
            if desk.field(other).draft() != text:
                desk.enters(other, text)
        desk.enters(name, typed)
        desk.saves()
        desk.sees(said)
        assert said in desk.field(name).refusal
        assert desk.field(name).draft() == typed
    assert desk.at.asks(patients.search, "ana") == ()


def test_any_letters_are_kept_and_shown_as_typed(desk: FileDesk) -> None:
    desk.opens_the_file()
    for text in HOSTILE:
        desk.presses(Qt.Key.Key_E, CTRL)
        for name in ("preferred_name", "desk_note"):
            desk.enters(name, text)
        desk.saves()
        desk.at.qtbot.waitUntil(desk.nothing_open)
        draft = desk.record().draft
        assert draft.preferred_name == draft.desk_note
        assert unicodedata.normalize("NFC", draft.desk_note) == unicodedata.normalize("NFC", text)
        desk.sees(f"goes by {draft.preferred_name}")


def test_change_and_take_back(desk: FileDesk) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_E, CTRL)
    desk.enters("city", "Clifton")
    desk.saves()
    desk.sees("Undo: details of María Alvarez")
    assert desk.record().draft.city == "Clifton"
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.at.waits()
    assert desk.record().draft.city == ""


def test_changed_by_somebody_else_shows_both(desk: FileDesk) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_E, CTRL)
    desk.enters("city", "Passaic")
    desk.enters("street", "1 Main St")
    record = desk.record()
    theirs = replace(record.draft, id=record.id, version=record.version, city="Clifton", email="m@example.com")
    elsewhere(desk, theirs)
    desk.saves()
    desk.sees("Somebody saved this patient while you were typing.")
    desk.sees("Theirs: Clifton")
    desk.sees("Yours: Passaic")
    assert desk.field("email").value() == "m@example.com"
    assert desk.field("street").value() == "1 Main St"
    assert nameless(desk.at.window) == []
    desk.at.clicks("Use theirs")
    desk.saves()
    desk.sees("are saved")
    saved = desk.record().draft
    assert (saved.city, saved.street, saved.email) == ("Clifton", "1 Main St", "m@example.com")


def test_esc_parks_what_was_typed(desk: FileDesk) -> None:
    adds(desk)
    desk.types("Ana")
    desk.presses(Qt.Key.Key_Escape)
    desk.sees("New patient, Ana")
    desk.presses(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.field("first_name").value() == "Ana"


def test_safety_questions_asked_today(desk: FileDesk) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_F3)
    desk.types("pregnan")
    desk.presses(Qt.Key.Key_Return)
    desk.types("12 weeks")
    assert nameless(desk.at.window) == []
    desk.saves()
    desk.sees("Safety questions asked, 1 new answer")
    (condition,) = desk.conditions()
    assert (condition.key, condition.onset, condition.detail) == ("pregnancy", TODAY, "12 weeks")
    assert desk.record().screened_on == TODAY
    desk.sees("Pregnant: no cupping")
    desk.sees("asked today")


def test_a_condition_is_ended_and_dates_are_checked(desk: FileDesk) -> None:
    told = ConditionDraft(desk.maria, "broken_skin", date(2026, 11, 1), detail="stitches", regions=("flank_r",))
    elsewhere(desk, told)
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_F3)
    desk.sees("stitches")
    desk.at.clicks("Change")
    desk.enters("ends", "10/1/2026")
    desk.saves()
    desk.sees("A condition cannot end before it began.")
    desk.enters("ends", "11/23/2026")
    desk.saves()
    desk.sees("Safety questions asked")
    (condition,) = desk.conditions()
    assert condition.ends == date(2026, 11, 23)
    assert condition.regions == ("flank_r",)


def test_one_answer_without_asking_all(desk: FileDesk) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_F3)
    tick = next(one for one in desk.at.window.findChildren(Tick) if one.isVisible())
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    desk.presses(Qt.Key.Key_Tab)
    desk.types("tattoo")
    desk.presses(Qt.Key.Key_Return)
    desk.saves()
    desk.sees("Answers of María Alvarez saved")
    assert desk.record().screened_on is None
    assert len(desk.conditions()) == 1


def test_pages_turn_with_arrow_keys(desk: FileDesk) -> None:
    desk.opens_the_file()
    desk.presses(Qt.Key.Key_Right)
    desk.sees("Parts of the file: Visits")
    for tab in ("notes", "screening", "papers", "money"):
        desk.opens_the_file(tab)
        assert nameless(desk.at.window) == []
    desk.sees("Account")


def test_the_list_opens_with_arrows(desk: FileDesk) -> None:
    desk.presses(Qt.Key.Key_Down)
    table = next(one for one in desk.at.window.findChildren(Table) if one.isVisible())
    assert table.hasFocus()
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Upcoming visits")


def elsewhere(desk: FileDesk, value: object) -> None:
    """Somebody at another seat changes the patient."""
    command = patients.record_condition if isinstance(value, ConditionDraft) else patients.edit
    seat = desk.at.window.seat
    assert seat is not None
    with ThreadPoolExecutor(1) as pool:
        pool.submit(seat.desk.door.do, command, value).result()
    desk.at.waits()
