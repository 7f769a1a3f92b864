"""Some or all of the cups and needles, their times put right, their count, and the minutes of the visit: by key and mouse."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from pulse_desktop.basics.times import clock_time_full
from tests.gui.workplaces.note.hands import ALT, LUMBAR_LEFT, SHIFT, Hands

MID = LUMBAR_LEFT[1]


def puts_on(hands: Hands, *sites: str) -> None:
    for site in sites:
        hands.clicks_site(site)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Cups off")


def needles(hands: Hands, *typed: str) -> None:
    hands.screen.add_needle()
    for words in typed:
        hands.desk.types(words)
        hands.presses(Qt.Key.Key_Return)


def time_passes(hands: Hands, minutes: float) -> None:
    hands.desk.clock.advance(minutes=minutes)
    hands.desk.frame.parts.heartbeat.beat()


def test_the_selected_cups_come_off_and_the_others_stay_on(hands: Hands) -> None:
    puts_on(hands, *LUMBAR_LEFT)
    time_passes(hands, 5)
    hands.screen.page.lists.cups.setFocus()
    hands.presses(Qt.Key.Key_Down)
    hands.presses(Qt.Key.Key_Down, SHIFT)
    hands.desk.sees("2 cups off")
    hands.presses(Qt.Key.Key_F4)
    hands.desk.waits()
    cups = hands.is_stored().draft.cups
    assert [bool(cup.off_at) for cup in cups] == [True, True, False, False, False, False]
    time_passes(hands, 3)
    hands.presses(Qt.Key.Key_Escape)
    hands.desk.sees("Cups off")
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out, of 6 cups")
    cups = hands.is_stored().draft.cups
    assert [(cup.off_at - cup.on_at) // timedelta(minutes=1) for cup in cups if cup.off_at and cup.on_at] == [5, 5, 8, 8, 8, 8]


def test_all_come_off_by_one_click_while_some_are_selected(hands: Hands) -> None:
    puts_on(hands, MID)
    hands.clicks_site(MID)
    hands.desk.sees("1 cup off")
    hands.desk.clicks("All 2 off")
    hands.desk.sees("Count out, of 2 cups")
    assert all(cup.off_at for cup in hands.is_stored().draft.cups)


def test_one_selected_cup_of_those_that_wait_goes_on_alone(hands: Hands) -> None:
    hands.clicks_site(MID)
    hands.clicks_site(MID)
    hands.desk.sees("1 cup on")
    hands.presses(Qt.Key.Key_F4)
    hands.desk.waits()
    assert [bool(cup.on_at) for cup in hands.is_stored().draft.cups] == [True, False]


def test_the_count_differs_and_the_note_says_what_was_counted_and_done(hands: Hands) -> None:
    puts_on(hands, MID)
    time_passes(hands, 8)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out, of 2 cups")
    hands.screen.page.lists.count.count.setFocus()
    hands.desk.types("1")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("2 cups went on, 1 are counted")
    hands.desk.types("Second one found under the towel")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Count out: 2 cups on, 1 counted: Second one found under the towel")
    draft = hands.is_stored().draft
    assert draft.counted_out
    assert draft.count_note == "2 cups on, 1 counted: Second one found under the towel"


def test_single_needles_come_out_earlier_each_with_its_count(hands: Hands) -> None:
    needles(hands, "st36 b", "gb30 l", "cv12")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.sees("4 in")
    time_passes(hands, 10)
    hands.screen.page.lists.needles.setFocus()
    hands.presses(Qt.Key.Key_Down)
    hands.desk.sees("2 needles out")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.types("2")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.waits()
    draft = hands.is_stored().draft
    assert [bool(one.out_at) for one in draft.needles] == [True, False, False]
    assert not draft.counted_out
    time_passes(hands, 10)
    hands.screen.page.lists.needles.setFocus()
    hands.presses(Qt.Key.Key_Escape)
    hands.presses(Qt.Key.Key_F7)
    hands.desk.types("2")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("4 out")
    assert hands.is_stored().draft.counted_out


def test_needles_that_are_counted_do_not_count_the_cups_that_are_still_on(hands: Hands) -> None:
    puts_on(hands, MID)
    needles(hands, "st36 b")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.sees("2 in")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.types("2")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("2 out")
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out, of 2 cups")
    assert not hands.is_stored().draft.counted_out


def test_they_came_off_earlier_than_the_key_was_pressed(hands: Hands) -> None:
    puts_on(hands, MID)
    on_at = hands.desk.clock.now()
    time_passes(hands, 11)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out")
    hands.presses(Qt.Key.Key_T, ALT)
    hands.desk.sees("Came off")
    really = on_at + timedelta(minutes=8)
    hands.desk.types(clock_time_full(hands.desk.frame.practice.wall(really)))
    hands.presses(Qt.Key.Key_Return)
    hands.desk.waits()
    assert {cup.off_at for cup in hands.is_stored().draft.cups} == {really}
    assert {cup.off_at for cup in hands.draft.cups} == {really}
    assert not hands.screen.page.lists.times.off.isVisible()


def test_neither_the_future_nor_before_they_went_on_is_taken(hands: Hands) -> None:
    puts_on(hands, MID)
    on_at = hands.desk.clock.now()
    time_passes(hands, 11)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out")
    before = hands.is_stored().draft.cups
    hands.presses(Qt.Key.Key_T, ALT)
    for minutes in (30, -5):
        hands.screen.page.lists.times.off.edit.selectAll()
        hands.desk.types(clock_time_full(hands.desk.frame.practice.wall(on_at + timedelta(minutes=minutes))))
        hands.presses(Qt.Key.Key_Return)
        hands.desk.sees("That time is not possible")
    hands.screen.page.lists.times.off.edit.selectAll()
    hands.desk.types("soon")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Write a time like 9:30")
    assert hands.is_stored().draft.cups == before
    hands.presses(Qt.Key.Key_Escape)
    assert not hands.screen.page.lists.times.off.isVisible()


def test_over_fifteen_and_over_twenty_are_said_in_words(hands: Hands) -> None:
    hands.desk.clicks("Place on both sides")
    hands.clicks_map(475, 1130)
    assert hands.draft.cups[0].site == ""
    puts_on(hands)
    time_passes(hands, 15)
    hands.desk.sees("15 minutes on: look at the skin")
    time_passes(hands, 5)
    hands.desk.sees("Over 20 minutes: the note needs a reason")


def test_minutes_are_shown_apart_and_corrected_with_a_reason(hands: Hands) -> None:
    needles(hands, "st36 b")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.sees("2 in")
    time_passes(hands, 20)
    hands.desk.sees("Face to face 0 min, on the table 20 min")
    hands.presses(Qt.Key.Key_H, ALT)
    hands.desk.sees("Under 8 minutes with hands on: no unit.")
    hands.desk.types("31")
    hands.desk.sees("Say why the minutes differ from the 0 that were measured.")
    assert hands.draft.face_to_face_minutes is None
    hands.presses(Qt.Key.Key_Tab)
    hands.desk.types("Stayed in the room")
    hands.desk.sees("Face to face 31 min, on the table 20 min")
    hands.desk.sees("Proposed: 97810")
    hands.desk.sees("New needles in the further 15 minutes?")
    hands.presses(Qt.Key.Key_Tab)
    hands.presses(Qt.Key.Key_Left)
    hands.desk.sees("Proposed: 97810, 97811")
    draft = hands.is_stored().draft
    assert (draft.face_to_face_minutes, draft.face_to_face_reason, draft.new_needles) == (31, "Stayed in the room", True)
    hands.presses(Qt.Key.Key_Escape)
    assert not hands.screen.page.minutes.isVisible()
