from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from pulse_desktop.clinic import atlas, patients
from pulse_desktop.clinic.patients.values import ConditionDraft
from tests.builders import TestClinic
from tests.gui.workplaces.note.hands import CTRL, LEFT, LUMBAR_LEFT, Hands

MID = atlas.cup_sites()["lumbar_paraspinal_mid_l"]


def test_six_lumbar_cups_are_on_in_four_clicks(hands: Hands) -> None:
    for site in LUMBAR_LEFT:
        hands.clicks_site(site)
    hands.desk.clicks("Cups on")
    hands.desk.sees("Cups off")
    cups = hands.is_stored().draft.cups
    assert [cup.number for cup in cups] == [1, 2, 3, 4, 5, 6]
    assert {cup.site[:-2] for cup in cups} == {site[:-2] for site in LUMBAR_LEFT}
    assert all(cup.on_at == hands.desk.clock.now() and cup.rim_mm == 45 for cup in cups)


def test_a_click_on_a_named_site_snaps_and_says_its_name(hands: Hands) -> None:
    hands.clicks_map(MID.x + 6, MID.y - 6)
    assert [(cup.x, cup.y, cup.side) for cup in hands.draft.cups][:1] == [(MID.x, MID.y, "left")]
    assert _spoken(hands)[0] == "45 mm cup, left, Low back beside the spine (L3), medium, 8 minutes"


def test_a_click_anywhere_places_freely_and_measures_from_the_nearest_site(hands: Hands) -> None:
    hands.desk.clicks("Place on both sides")
    hands.clicks_map(MID.x - 10, MID.y + 34)
    (cup,) = hands.draft.cups
    assert (cup.site, cup.side) == ("", "left")
    assert "2 cm above, 1 cm to the left of Low back beside the spine (L4-L5)" in _spoken(hands)[0]


def test_a_second_click_selects_and_the_tools_change_what_is_selected(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    hands.clicks_site(MID.key)
    assert hands.screen.writing.chosen == {1}
    sizes = hands.screen.page.body.tools.sizes
    QTest.mouseClick(sizes, LEFT, pos=QPoint(sizes.width() - 8, 16))
    assert [cup.rim_mm for cup in hands.draft.cups] == [55, 45]
    hands.clicks_site(LUMBAR_LEFT[0])
    assert [cup.rim_mm for cup in hands.draft.cups] == [55, 45, 55, 55]


def test_delete_takes_the_selected_cup_away_and_ctrl_z_brings_it_back(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    hands.clicks_site(MID.key)
    hands.presses(Qt.Key.Key_Delete)
    assert [cup.number for cup in hands.draft.cups] == [2]
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert [cup.number for cup in hands.draft.cups] == [1, 2]
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert not hands.draft.cups
    hands.presses(Qt.Key.Key_Y, CTRL)
    assert [cup.number for cup in hands.draft.cups] == [1, 2]
    assert len(hands.is_stored().draft.cups) == 2


def test_a_drag_moves_a_cup_and_lets_it_snap(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    other = atlas.cup_sites()["quadratus_lumborum_l"]
    hands.drags_map((MID.x, MID.y), (other.x + 4, other.y + 4))
    assert hands.draft.cups[0].site == "quadratus_lumborum_l"
    hands.drags_map((other.x, other.y), (other.x - 2, other.y + 60))
    assert hands.draft.cups[0].site == ""


def test_a_stroke_down_the_spine_places_a_row_on_both_sides(hands: Hands) -> None:
    top, bottom = atlas.cup_sites()[LUMBAR_LEFT[0]], atlas.cup_sites()[LUMBAR_LEFT[2]]
    hands.drags_map((top.x, top.y - 4), (bottom.x, bottom.y + 4))
    assert {cup.site for cup in hands.draft.cups} == {f"{site[:-1]}{side}" for site in LUMBAR_LEFT for side in "lr"}
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert not hands.draft.cups


def test_the_other_views_are_a_click_away(hands: Hands) -> None:
    hands.desk.clicks("Front")
    hands.clicks_site("abdomen_mid_l")
    assert {cup.view for cup in hands.draft.cups} == {"anterior"}
    hands.desk.sees("Front 2")


def test_everything_goes_by_keys_from_the_list(hands: Hands) -> None:
    hands.screen.add_cup()
    hands.desk.types("L3 l")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.types("upper trap b")
    hands.presses(Qt.Key.Key_Return)
    assert [cup.site for cup in hands.draft.cups] == ["lumbar_paraspinal_mid_l", "upper_trapezius_l", "upper_trapezius_r"]
    cups = hands.screen.page.lists.cups
    cups.setFocus()
    hands.presses(Qt.Key.Key_Down)
    hands.presses(Qt.Key.Key_Down)
    assert len(hands.screen.writing.chosen) == 1
    hands.presses(Qt.Key.Key_Delete)
    assert len(hands.draft.cups) == 2
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert len(hands.draft.cups) == 3


def test_what_is_no_site_or_no_point_is_said_under_the_line(hands: Hands) -> None:
    hands.screen.add_cup()
    hands.desk.types("lumbar")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("That could be Lumbar upper, Lumbar mid, Lumbar lower")
    hands.screen.add_needle()
    hands.desk.types("st99")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("There is no such point")
    assert (hands.draft.cups, hands.draft.needles) == ((), ())


def test_points_are_typed_fast_and_shown_where_the_map_knows_them(hands: Hands) -> None:
    hands.screen.add_needle()
    for typed in ("gb30 b even 1.5", "bl40 b reducing 0.5", "st36"):
        hands.desk.types(typed)
        hands.presses(Qt.Key.Key_Return)
    needles = hands.is_stored().draft.needles
    assert [(one.code, one.side, one.depth_tenths) for one in needles] == [("GB30", "both", 15), ("BL40", "both", 5), ("ST36", "both", None)]
    assert needles[1].technique == "reduce"
    shown = hands.screen.page.body.canvas.picture.needles
    assert {mark.code for mark in shown} >= {"GB30", "BL40"}


def test_needles_go_in_and_are_counted_out(hands: Hands) -> None:
    hands.screen.add_needle()
    hands.desk.types("st36 b")
    hands.presses(Qt.Key.Key_Return)
    hands.presses(Qt.Key.Key_F7)
    hands.desk.sees("2 in")
    hands.desk.clock.advance(minutes=20)
    hands.presses(Qt.Key.Key_F7)
    hands.desk.types("2")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.sees("2 out")
    draft = hands.is_stored().draft
    assert draft.counted_out
    assert draft.needles[0].out_at == hands.desk.clock.now()


def test_a_wrong_count_asks_for_words(hands: Hands) -> None:
    hands.screen.add_needle()
    hands.desk.types("st36 b")
    hands.presses(Qt.Key.Key_Return)
    hands.presses(Qt.Key.Key_F7)
    hands.desk.sees("2 in")
    hands.presses(Qt.Key.Key_F7)
    hands.desk.types("1")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("2 needles went in, 1 are counted")
    hands.desk.types("One fell to the floor and was found")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("2 out")
    assert hands.is_stored().draft.overrides[0].reason == "One fell to the floor and was found"


def test_cups_come_off_with_their_real_minutes_and_are_counted_and_graded(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Cups off")
    hands.desk.clock.advance(minutes=8, seconds=4)
    hands.desk.frame.parts.heartbeat.beat()
    hands.desk.sees("08:04")
    hands.desk.sees("Take off now")
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out, of 2 cups")
    hands.screen.page.lists.count.count.setFocus()
    hands.desk.types("1")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("2 cups went on, 1 are counted")
    hands.desk.types("2")
    hands.presses(Qt.Key.Key_Return)
    hands.clicks_site(MID.key)
    hands.screen.page.lists.cups.setFocus()
    hands.presses(Qt.Key.Key_3)
    draft = hands.is_stored().draft
    assert draft.counted_out
    assert [cup.mark_grade for cup in draft.cups] == [3, None]
    assert draft.cups[0].off_at is not None
    assert draft.cups[0].on_at is not None
    assert (draft.cups[0].off_at - draft.cups[0].on_at).total_seconds() == 8 * 60 + 4


def test_one_minute_more_is_planned_for_all_that_are_on(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Cups off")
    hands.desk.clicks("One minute more")
    hands.desk.sees("of 09:00")
    assert {cup.planned_minutes for cup in hands.is_stored().draft.cups} == {9}


def test_a_cup_on_the_skin_is_not_taken_off_the_map_by_delete_or_undo(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Cups off")
    hands.clicks_site(MID.key)
    hands.presses(Qt.Key.Key_Delete)
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert len(hands.draft.cups) == 2
    assert len(hands.is_stored().draft.cups) == 2


def _spoken(hands: Hands) -> list[str]:
    cups = hands.screen.page.lists.cups
    return [cups.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(cups.count())]


def test_a_screen_reader_hears_the_cups_as_a_list(hands: Hands) -> None:
    hands.clicks_site(MID.key)
    cups = hands.screen.page.lists.cups
    interface = QAccessible.queryAccessibleInterface(cups)
    said = [interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())]
    assert "45 mm cup, right, Low back beside the spine (L3), medium, 8 minutes" in said


class TestWithConditions:
    """What the patient has stops cups, or asks."""

    @pytest.fixture
    def condition(self) -> dict[str, Any]:
        return {"key": "pregnancy"}

    @pytest.fixture
    def history(self, clinic: TestClinic, maria: int, condition: dict[str, Any]) -> None:
        clinic.door.do(patients.record_condition, ConditionDraft(maria, onset=date(2026, 10, 1), **condition))

    def test_cups_on_a_pregnant_patient_ask_for_a_reason_and_nothing_goes_on_without(self, hands: Hands) -> None:
        hands.clicks_site("rhomboid_l")
        hands.presses(Qt.Key.Key_F4)
        hands.desk.sees("Only a practitioner may go ahead")
        hands.presses(Qt.Key.Key_Escape)
        assert not any(cup.on_at for cup in hands.is_stored().draft.cups)

    def test_with_the_reason_they_go_on_and_the_reason_stands_on_the_note(self, hands: Hands) -> None:
        hands.clicks_site("rhomboid_l")
        hands.presses(Qt.Key.Key_F4)
        hands.desk.sees("Only a practitioner may go ahead")
        hands.desk.types("Obstetrician agreed")
        hands.presses(Qt.Key.Key_Return)
        hands.desk.sees("Reason on the note: Obstetrician agreed")
        draft = hands.is_stored().draft
        assert all(cup.on_at for cup in draft.cups)
        assert {one.condition_key for one in draft.overrides} == {"pregnancy"}

    @pytest.mark.parametrize("condition", [{"key": "broken_skin", "regions": ("lumbar_paraspinal_l",), "detail": "stitches", "ends": date(2026, 12, 1)}])
    def test_a_barred_region_takes_no_cup_and_says_why(self, hands: Hands) -> None:
        assert [mark.region for mark in hands.screen.page.body.canvas.picture.barred] == ["lumbar_paraspinal_l"]
        hands.clicks_site(MID.key)
        hands.desk.sees("no cupping on this part of the body")
        assert not hands.draft.cups
        hands.screen.add_cup()
        hands.desk.types("L3 l")
        hands.presses(Qt.Key.Key_Return)
        assert not hands.draft.cups
        hands.clicks_site("rhomboid_l")
        assert len(hands.draft.cups) == 2
