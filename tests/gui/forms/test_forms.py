from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCalendarWidget,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import register_sentences
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.card import Card
from pulse_desktop.gui.parts.labels import Paragraph
from tests.gui.accessible import name_of, nameless
from tests.gui.conftest import Show

register_sentences({"test_room_taken": "Room {room} is taken until 11:20."})


class BookingForm(Form):
    def __init__(self) -> None:
        super().__init__()
        self.text("name", "Name", required=True)
        with self.row():
            self.day("day", "Day")
            self.time("starts", "Start", required=True)
            self.number("minutes", "Minutes", smallest=5, largest=240)
        self.money("paid", "Paid")
        self.choice("office", "Office", [(1, "Clifton"), (2, "Brooklyn")])
        self.long_text("note", "Note for the desk")
        self.tick("text_ok", "Text OK")


@pytest.fixture
def form(qtbot: QtBot, show: Show) -> BookingForm:
    made = BookingForm()
    show(made, 380, 500)
    return made


def control(form: Form, name: str) -> QLineEdit:
    found = form.fields[name].control
    assert isinstance(found, QLineEdit)
    return found


def types(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Types `text`; letters that no plain key has come by the input method, as they do at a real keyboard."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(widget, event)


def typed(qtbot: QtBot, form: Form, **texts: str) -> None:
    for name, text in texts.items():
        form.fields[name].control.setFocus()
        control(form, name).selectAll()
        types(qtbot, form.fields[name].control, text)


def test_what_was_typed_is_read_as_values(qtbot: QtBot, form: BookingForm) -> None:
    typed(qtbot, form, name="  José  ", day="11/24/2026", starts="230p", minutes="55", paid="47.80")
    note = form.fields["note"].control
    assert isinstance(note, QPlainTextEdit)
    QTest.keyClicks(note, "rings twice")
    QTest.mouseClick(form.ticks["text_ok"], Qt.MouseButton.LeftButton)
    assert form.is_changed
    assert form.read() == {
        "name": "José",
        "day": date(2026, 11, 24),
        "starts": 14 * 60 + 30,
        "minutes": 55,
        "paid": 4780,
        "office": 1,
        "note": "rings twice",
        "text_ok": True,
    }


def test_what_was_typed_is_written_the_house_s_way_when_the_field_is_left(qtbot: QtBot, form: BookingForm) -> None:
    typed(qtbot, form, day="11/24/2026", starts="230p", paid="1200", name="x")
    assert [control(form, name).text() for name in ("day", "starts", "paid")] == [
        "Nov 24, 2026",
        "2:30 PM",
        "$1,200.00",
    ]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("starts", "soon", "Write a time like 9:30 or 2:15 PM."),
        ("starts", "25:99", "Write a time like 9:30 or 2:15 PM."),
        ("day", "2/30/2026", "Write a date like 3/12/1984."),
        ("minutes", "4", "A whole number between 5 and 240, please."),
        ("minutes", "٣٠", "A whole number between 5 and 240, please."),
        ("minutes", "-5", "A whole number between 5 and 240, please."),
        ("paid", "lots", "Write an amount like 47.80."),
        ("paid", "-3", "An amount cannot be less than nothing."),
        ("name", "   ", "Please fill in: Name."),
    ],
)
def test_what_cannot_be_read_is_said_under_its_field(
    qtbot: QtBot, form: BookingForm, name: str, text: str, sentence: str
) -> None:
    typed(qtbot, form, **({"name": "José", "starts": "9:30"} | {name: text}))
    assert form.read() is None
    field = form.fields[name]
    assert field.refusal == sentence
    assert field.control.hasFocus()
    assert field.control.accessibleDescription() == sentence
    assert control(form, name).text() == text


def test_the_first_wrong_field_gets_the_cursor(qtbot: QtBot, form: BookingForm) -> None:
    assert form.read() is None
    assert form.fields["name"].control.hasFocus()
    assert form.fields["starts"].refusal == "Please fill in: Start."


def test_a_refusal_from_the_door_stands_under_its_field_until_something_is_typed(
    qtbot: QtBot, form: BookingForm
) -> None:
    typed(qtbot, form, name="José", starts="2:30")
    assert form.refuse(Refusal("test_room_taken", field="starts", room=2))
    assert form.fields["starts"].refusal == "Room 2 is taken until 11:20."
    assert form.fields["day"].refusal == ""
    QTest.keyClicks(form.fields["starts"].control, "1")
    assert form.fields["starts"].refusal == ""


def test_all_words_of_a_refusal_are_seen_where_there_is_little_room(show: Show, qtbot: QtBot) -> None:
    """In a card that ends with its content the second and third line used to be cut off."""
    card, field = Card(), TextField("Price")
    card.body.addWidget(field)
    card.setFixedWidth(130)
    around = QWidget()
    column = QVBoxLayout(around)
    column.addWidget(card)
    column.addStretch(1)
    show(around, 200, 400)
    field.refuse("Please use at least 15 characters; a short sentence is easy to remember. Nothing was saved.")
    words = next(label for label in field.findChildren(Paragraph) if label.isVisible())
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 3 * 16)
    qtbot.waitUntil(lambda: words.mapTo(card, words.rect().bottomLeft()).y() <= card.height())
    assert words.mapTo(field, words.rect().topLeft()).y() > field.control.geometry().bottom()


def test_a_refusal_about_another_field_is_not_the_form_s(form: BookingForm) -> None:
    assert not form.refuse(Refusal("test_room_taken", field="room", room=2))


def test_ten_thousand_characters_fit_and_one_more_is_refused_uncut(qtbot: QtBot, form: BookingForm) -> None:
    note = form.fields["note"].control
    assert isinstance(note, QPlainTextEdit)
    typed(qtbot, form, name="José", starts="9:30")
    note.insertPlainText("x" * 10_000)
    values = form.read()
    assert values is not None
    assert len(values["note"]) == 10_000
    note.insertPlainText("y")
    assert form.read() is None
    assert "10,001 characters" in form.fields["note"].refusal
    assert len(note.toPlainText()) == 10_001


@pytest.mark.parametrize("text", ["🙂 emoji", "עברית", "é", "Robert'); DROP TABLE", "<b>bold</b>"])
def test_any_letters_come_through_as_they_were_typed(qtbot: QtBot, form: BookingForm, text: str) -> None:
    typed(qtbot, form, name=text, starts="9:30")
    values = form.read()
    assert values is not None
    assert values["name"] == text


def test_a_draft_keeps_what_was_half_typed(qtbot: QtBot, form: BookingForm) -> None:
    typed(qtbot, form, name="Jo", starts="2:")
    draft = form.draft()
    other = BookingForm()
    qtbot.addWidget(other)
    other.restore(draft)
    assert (control(other, "name").text(), control(other, "starts").text()) == ("Jo", "2:")
    assert other.is_changed


def test_filling_is_no_change(form: BookingForm) -> None:
    form.fill({"name": "José", "starts": 555, "office": 2, "text_ok": True})
    assert not form.is_changed
    values = form.read()
    assert values is not None
    assert (values["starts"], values["office"], values["text_ok"]) == (555, 2, True)


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, form: BookingForm) -> None:
    typed(qtbot, form, day="11/24/2026")
    QTest.keyClick(form.fields["day"].control, Qt.Key.Key_Down)
    calendar = form.fields["day"].findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    view = calendar.findChild(QAbstractItemView)
    assert isinstance(view, QAbstractItemView)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert form.fields["day"].value() == date(2026, 11, 25)


def test_tab_goes_through_the_fields_in_reading_order(qtbot: QtBot, form: BookingForm) -> None:
    form.fields["name"].control.setFocus()
    passed = []
    for _ in range(6):
        focused = form.window().focusWidget()
        assert focused is not None
        passed.append(name_of(focused))
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert passed == ["Name", "Day", "Start", "Minutes", "Paid", "Office"]


def test_every_field_has_a_name(form: BookingForm) -> None:
    assert nameless(form) == []
