from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pulse_desktop.clinic import boards, flows, patients, schedule, treatment
from pulse_desktop.clinic.boards.values import TodayCard
from pulse_desktop.clinic.patients.values import Screening
from pulse_desktop.clinic.schedule.values import Booking, Progress, Step
from pulse_desktop.gui.workplaces.today.screen import TodayScreen
from tests.builders import TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.gui.opening import Opened

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(clinic: TestClinic) -> None:
    """It is 9:50. María (asked the safety questions) comes at 10, Luis (never asked) at 11:15, both to Lin Hua."""
    maria, luis = a_patient(clinic, "María", "Alvarez"), a_patient(clinic, "Luis", "Mori")
    clinic.door.do(patients.record_screening, Screening(maria, ()))
    a_visit(clinic, maria)
    services = (clinic.service(), clinic.service("+ cupping 15"))
    a_visit(clinic, luis, starts=11 * 60 + 15, service_ids=services)
    clinic.clock.advance(minutes=80)


@pytest.fixture
def bookings(clinic: TestClinic, day: None) -> dict[str, Booking]:
    """Made while the clinic is still at hand: María in a week, and another of her name this afternoon."""
    ana = a_patient(clinic, "Ana", "Alvarez")
    return {"in a week": a_booking(clinic, 1, day=TODAY + timedelta(days=7)), "today": a_booking(clinic, ana, starts=14 * 60)}


@pytest.fixture
def desk(day: None, bookings: dict[str, Booking], at_work: Opened) -> Opened:
    return at_work


def board_of(desk: Opened) -> TodayScreen:
    return cast("TodayScreen", desk.frame.navigation.screen)


def chosen(desk: Opened) -> TodayCard:
    card = board_of(desk).card
    assert card is not None
    return card


def progress_of(desk: Opened, visit_id: int) -> Progress:
    """What the database holds."""
    return desk.asks(schedule.visit, visit_id).progress


def test_the_first_to_come_is_chosen_and_says_its_next_step(desk: Opened) -> None:
    assert chosen(desk).visit.patient == "María Alvarez"
    assert "2 visits" in desk.everything()
    assert board_of(desk)._board.current_card.step == "Arrived"  # type: ignore[union-attr]


def test_enter_arrives_then_rooms_then_checks_out_one_key_each(desk: Opened) -> None:
    visit_id = chosen(desk).visit.id
    for reached in (Progress.ARRIVED, Progress.IN_ROOM, Progress.CHECKING_OUT):
        desk.presses(Qt.Key.Key_Return)
        desk.waits()
        assert progress_of(desk, visit_id) == reached
        assert chosen(desk).visit.id == visit_id  # the card stays chosen wherever it went
        assert chosen(desk).visit.progress == reached
    assert "María Alvarez is checking out" in desk.everything()


def test_the_room_it_was_booked_for_is_proposed(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Return)
    desk.waits()
    step = board_of(desk)._board.current_card.step  # type: ignore[union-attr]
    assert step == f"To {chosen(desk).visit.room}"


def test_one_key_takes_back_what_the_toast_names(desk: Opened) -> None:
    visit_id = chosen(desk).visit.id
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Undo: arrived M. Alvarez")
    desk.waits()
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.sees("Taken back: arrived M. Alvarez")
    desk.waits()
    assert progress_of(desk, visit_id) == Progress.EXPECTED
    assert chosen(desk).visit.progress == Progress.EXPECTED


def test_after_the_toast_ctrl_z_says_first_what_it_would_take_back(desk: Opened) -> None:
    visit_id = chosen(desk).visit.id
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Undo: arrived M. Alvarez")
    desk.waits()
    desk.frame._toast.dismiss()
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.sees("Undo: arrived M. Alvarez")
    assert progress_of(desk, visit_id) == Progress.ARRIVED
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.sees("Taken back: arrived M. Alvarez")
    desk.waits()
    assert progress_of(desk, visit_id) == Progress.EXPECTED


def test_one_whose_safety_questions_are_due_is_asked_first(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Down)
    assert chosen(desk).visit.patient == "Luis Mori"
    visit_id = chosen(desk).visit.id
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Ask: medicine, pregnancy, fever, skin, fall, surgery.")
    desk.sees("Nothing new, arrived")
    desk.waits()
    assert progress_of(desk, visit_id) == Progress.EXPECTED
    desk.presses(Qt.Key.Key_Return)  # the answer "nothing new" is one key
    desk.sees("Luis Mori arrived")
    desk.waits()
    assert progress_of(desk, visit_id) == Progress.ARRIVED


def test_what_is_new_is_written_down_with_the_arrival(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Down)
    patient_id = chosen(desk).visit.patient_id
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Nothing new, arrived")
    desk.clicks("Pregnant")
    desk.clicks("1 new thing, arrived")
    desk.sees("Luis Mori arrived")
    desk.waits()
    found = desk.asks(patients.conditions, patient_id)
    assert [one.key for one in found] == ["pregnancy"]
    assert "Pregnant: no cupping" in [flag.text for flag in chosen(desk).flags]


def test_esc_closes_the_question_and_changes_nothing(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Down)
    visit_id = chosen(desk).visit.id
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Nothing new, arrived")
    desk.presses(Qt.Key.Key_Escape)
    desk.waits()
    assert progress_of(desk, visit_id) == Progress.EXPECTED
    desk.presses(Qt.Key.Key_Up)  # the keyboard is back on the board
    assert chosen(desk).visit.patient == "María Alvarez"


def test_one_key_leaves_cupping_out_and_keeps_the_rest(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Down)
    visit_id = chosen(desk).visit.id
    assert chosen(desk).visit.services_words == "Acupuncture 60 + cupping 15"
    desk.presses(Qt.Key.Key_F10)
    desk.sees("Undo: cupping left out for L. Mori")
    desk.waits()
    assert desk.asks(schedule.visit, visit_id).services_words == "Acupuncture 60"
    desk.presses(Qt.Key.Key_Z, CTRL)
    desk.sees("Taken back: cupping left out for L. Mori")
    desk.waits()
    assert desk.asks(schedule.visit, visit_id).services_words == "Acupuncture 60 + cupping 15"


def test_nobody_pays_before_they_have_come(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_F8)
    desk.sees("María Alvarez has not arrived yet. Enter says that they are here.")
    assert "To pay" not in desk.everything()


def test_a_key_without_a_chosen_visit_says_what_it_waits_for(desk: Opened) -> None:
    board_of(desk)._board.choose(0)
    desk.presses(Qt.Key.Key_F7)
    desk.sees("Choose a visit first, with the arrow keys or a click.")


def test_a_reload_does_not_take_the_keyboard_from_a_panel(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_F3)
    desk.sees("Nothing new, arrived")
    desk.waits()
    before = QApplication.focusWidget()
    board_of(desk).reload()
    desk.waits()
    assert QApplication.focusWidget() is before


def test_the_board_follows_what_is_done_elsewhere_at_this_seat(desk: Opened) -> None:
    visit = chosen(desk).visit
    desk.frame.parts.work.do(schedule.take_step, Step(visit.id, visit.version, Progress.LEFT))
    desk.qtbot.waitUntil(lambda: chosen(desk).visit.progress == Progress.LEFT)
    desk.waits()


@pytest.fixture
def asked(desk: Opened, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions for the board, in their order."""
    desk.waits()
    found: list[str] = []
    work = desk.frame.parts.work
    plain = work.look

    def look(query: Any, *args: Any, **named: Any) -> None:
        if query in {boards.today, boards.today_cards}:
            found.append(query.__name__)
        plain(query, *args, **named)

    monkeypatch.setattr(work, "look", look)
    return found


def test_a_step_asks_for_its_card_only(desk: Opened, asked: list[str]) -> None:
    others = [card for card in board_of(desk)._cards if card is not chosen(desk)]
    desk.presses(Qt.Key.Key_Return)
    desk.waits()
    assert asked == ["today_cards"]
    assert chosen(desk).visit.progress == Progress.ARRIVED
    assert all(any(card is other for card in board_of(desk)._cards) for other in others)


def test_two_steps_at_once_both_show(desk: Opened, asked: list[str]) -> None:
    """The first answer is overtaken by the second question, which asks for both."""
    visits = [card.visit for card in board_of(desk)._cards]
    for visit in visits:
        desk.frame.parts.work.do(schedule.take_step, Step(visit.id, visit.version, Progress.ARRIVED))
    desk.waits()
    assert {card.visit.progress for card in board_of(desk)._cards} == {Progress.ARRIVED}
    assert set(asked) == {"today_cards"}


def test_a_booking_for_another_day_leaves_the_board_alone(desk: Opened, bookings: dict[str, Booking], asked: list[str]) -> None:
    before = board_of(desk)._cards
    desk.frame.parts.work.do(flows.book_visit, bookings["in a week"])
    desk.waits()
    assert asked == ["today_cards"]
    assert board_of(desk)._cards is before


def test_somebody_more_today_makes_it_ask_for_all(desk: Opened, bookings: dict[str, Booking], asked: list[str]) -> None:
    """Two of one name are told apart from now on: the other's card changes too."""
    desk.frame.parts.work.do(flows.book_visit, bookings["today"])
    desk.waits()
    assert asked[-1] == "today"
    told = [flag.text for card in board_of(desk)._cards for flag in card.flags]
    assert told.count("Two Alvarezes: ask birth date") == 2


def test_what_shows_on_any_card_makes_it_ask_for_all(desk: Opened, asked: list[str]) -> None:
    desk.frame.parts.work.do(treatment.open_note, chosen(desk).visit.id)
    desk.waits()
    assert asked[-1] == "today"


def test_a_late_one_is_red_and_counted_when_the_minute_turns(desk: Opened) -> None:
    desk.clock.advance(minutes=17)
    desk.window.heartbeat.beat()
    desk.sees("1 late")
    card = board_of(desk)._board.current_card
    assert card is not None
    assert card.time_role == "cinnabar"
    assert any("7 min late" in chip.text for chip in card.chips)


def test_waiting_minutes_turn_amber_from_fifteen(desk: Opened) -> None:
    desk.presses(Qt.Key.Key_Return)
    desk.waits()
    desk.clock.advance(minutes=18)
    desk.window.heartbeat.beat()
    desk.sees("1 waiting, longest 18 min")
    desk.waits()
    card = board_of(desk)._board.current_card
    assert card is not None
    assert (card.numeral, card.unit, card.numeral_role) == ("18", "min", "amber")


def goes_on(desk: Opened, visit_id: int, *steps: Progress) -> None:
    """The visit goes on without the open panel's doing: at another seat, or by a key pressed a moment before."""
    for step in steps:
        desk.frame.parts.work.do(schedule.take_step, Step(visit_id, desk.asks(schedule.visit, visit_id).version, step))
        desk.waits()


@pytest.mark.parametrize("typed", [False, True])
def test_a_step_that_is_saved_while_the_bill_stands_there_does_not_spoil_the_checkout(desk: Opened, *, typed: bool) -> None:
    visit_id = chosen(desk).visit.id
    goes_on(desk, visit_id, Progress.ARRIVED, Progress.IN_ROOM)
    desk.presses(Qt.Key.Key_F8)
    desk.sees("Next visit")
    desk.waits()
    if typed:
        desk.presses(Qt.Key.Key_Return)  # keeps the proposed next visit
    goes_on(desk, visit_id, Progress.CHECKING_OUT)
    desk.presses(Qt.Key.Key_Return, CTRL)
    desk.waits()
    assert "Somebody changed" not in desk.everything()
    assert desk.asks(schedule.visit, visit_id).progress == Progress.DONE
