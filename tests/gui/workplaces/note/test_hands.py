"""What is drawn besides cups set down: moving cups, gua sha, tuina, moxa, currents; with the mouse, and with keys alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from pulse_desktop.clinic import atlas, patients, treatment
from pulse_desktop.clinic.patients.values import ConditionDraft
from pulse_desktop.clinic.treatment.values import MoxaPlacement, NeedlesIn, NeedlesOut, NoteDraft, SignNote
from tests.builders import NOW, TODAY, TestClinic, a_visit
from tests.builders_treatment import a_needle, an_open_note, complete
from tests.gui.workplaces.note.hands import ALT, CTRL, LEFT, Hands

UPPER, LOWER = (atlas.cup_sites()[f"lumbar_paraspinal_{height}_l"] for height in ("upper", "lower"))
GLUTEUS = atlas.cup_sites()["gluteus_medius_l"]
START, END = (UPPER.x - 20, UPPER.y - 160), (UPPER.x - 30, UPPER.y - 20)


def takes_up(hands: Hands, kind: str) -> None:
    """Chooses what the hand draws from the menu of the tool row, by its words."""
    QTest.mouseClick(hands.screen.page.body.tools.how, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(one for one in menu.actions() if one.text() == kind)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())


def spoken(hands: Hands) -> list[str]:
    """What a screen reader reads from the list of what the hands did."""
    rows = hands.screen.page.lists.hands.rows
    heard = QAccessible.queryAccessibleInterface(rows)
    found = (heard.child(at) for at in range(heard.childCount()))
    return [row.text(QAccessible.Text.Name) for row in found if row.role() == QAccessible.Role.ListItem]


def types_below(hands: Hands, words: str) -> None:
    """Alt+O, the words, Enter."""
    hands.presses(Qt.Key.Key_O, ALT)
    hands.desk.types(words)
    hands.presses(Qt.Key.Key_Return)


def test_a_sliding_cup_is_drawn_along_its_way_on_both_sides(hands: Hands) -> None:
    takes_up(hands, "Sliding")
    hands.drags_map(START, END)
    one, other = hands.draft.cups
    assert one.technique == other.technique == "sliding"
    assert one.path[0] == pytest.approx(START, abs=2)
    assert one.path[-1] == pytest.approx(END, abs=2)
    assert other.path[0][0] == pytest.approx(1000 - START[0], abs=2)
    assert (one.side, other.side) == ("left", "right")
    hands.desk.clicks("Cups on")
    hands.desk.sees("Cups off")
    stored = hands.is_stored().draft.cups
    assert [cup.path for cup in stored] == [one.path, other.path]
    assert all(cup.on_at for cup in stored)


def test_a_slip_of_the_hand_is_no_path(hands: Hands) -> None:
    takes_up(hands, "Sliding")
    hands.drags_map(START, (START[0] + 10, START[1] + 8))
    assert not hands.draft.cups


def test_a_moving_cup_is_dragged_whole_until_it_is_on(hands: Hands) -> None:
    takes_up(hands, "Sliding")
    hands.desk.clicks("Place on both sides")
    hands.drags_map(START, END)
    before = hands.draft.cups[0].path
    hands.drags_map(START, (START[0] - 40, START[1] + 10))
    after = hands.draft.cups[0].path
    ways = [(x - bx, y - by) for (x, y), (bx, by) in zip(after, before, strict=True)]
    assert [across for across, _down in ways] == [pytest.approx(-40, abs=2)] * len(before)
    assert [down for _across, down in ways] == [pytest.approx(10, abs=2)] * len(before)
    hands.desk.clicks("Cups on")
    hands.desk.sees("Cups off")
    hands.drags_map(after[0], (after[0][0], after[0][1] + 60))
    assert hands.draft.cups[0].path == after


def test_gua_sha_is_a_stroke_with_a_direction(hands: Hands) -> None:
    takes_up(hands, "Gua sha")
    hands.drags_map(START, END)
    assert [stroke.side for stroke in hands.draft.strokes] == ["left", "right"]
    assert "gua_sha" in hands.draft.techniques
    assert spoken(hands)[0].startswith("gua sha, left, ")
    assert "downwards" in spoken(hands)[0]
    assert not hands.draft.cups
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert not hands.draft.strokes


def test_tuina_is_an_area_and_a_click_makes_a_usual_one(hands: Hands) -> None:
    takes_up(hands, "Tuina")
    hands.clicks_map(GLUTEUS.x, GLUTEUS.y)
    hands.drags_map((440, 330), (560, 420))
    beside, beside_right, across = hands.draft.areas
    assert (beside.side, beside_right.side, across.side) == ("left", "right", "both")
    assert across.across == pytest.approx(60, abs=3)
    assert across.down == pytest.approx(45, abs=3)


def test_moxa_goes_where_one_clicks_and_a_point_where_one_types(hands: Hands) -> None:
    takes_up(hands, "Moxa")
    hands.clicks_map(UPPER.x, UPPER.y)
    types_below(hands, "moxa st36 b box 10")
    assert [(one.code, one.side, one.technique, one.minutes) for one in hands.draft.moxa][-1] == ("ST36", "both", "box", 10)
    assert len(hands.draft.moxa) == 3
    assert spoken(hands)[-1] == "moxa, box, ST36 Zusanli, both sides, 10 minutes"


def test_two_needles_share_a_channel_by_two_clicks(hands: Hands) -> None:
    for point in ("bl23 b", "bl25 b"):
        hands.presses(Qt.Key.Key_N, ALT)
        hands.desk.types(point)
        hands.presses(Qt.Key.Key_Return)
    takes_up(hands, "Current")
    first, second = (mark for mark in hands.screen.page.body.canvas.picture.needles if mark.side == "left")
    hands.clicks_map(first.x, first.y)
    hands.clicks_map(second.x, second.y)
    (pair,) = hands.draft.pairs
    assert (pair.first, pair.first_side, pair.second, pair.second_side) == ("BL23", "left", "BL25", "left")
    hands.clicks_map(first.x, first.y)
    hands.clicks_map(second.x, second.y)
    assert len(hands.draft.pairs) == 1
    hands.desk.sees("BL23 is on a channel already.")


def test_everything_is_typed_without_a_mouse(hands: Hands) -> None:
    hands.presses(Qt.Key.Key_N, ALT)
    hands.desk.types("bl23 b")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.types("bl25 b")
    hands.presses(Qt.Key.Key_Return)
    hands.presses(Qt.Key.Key_U, ALT)
    hands.desk.types("L1 to L5 b")
    hands.presses(Qt.Key.Key_Return)
    for words in ("gua sha L1 to L5 b", "tuina gluteus medius b na", "estim bl23 bl25 b 2hz"):
        types_below(hands, words)
    draft = hands.is_stored().draft
    assert [(len(cup.path), cup.side) for cup in draft.cups] == [(2, "left"), (2, "right")]
    assert [len(getattr(draft, name)) for name in ("strokes", "areas", "pairs")] == [2, 2, 2]
    assert {"gua_sha", "tuina", "estim"} <= set(draft.techniques)
    assert spoken(hands)[-1] == "current, from BL23 right to BL25 right, 2 Hz, continuous"


def test_what_is_not_understood_stays_to_be_mended(hands: Hands) -> None:
    types_below(hands, "moxa nowhere at all")
    line = hands.screen.page.lists.hands.line
    assert line.edit.text() == "moxa nowhere at all"
    assert "There is no such site" in line.edit.accessibleDescription()
    types_below(hands, "estim bl23 bl25 b")
    assert "BL23 is not among the needles" in line.edit.accessibleDescription()
    assert not hands.draft.moxa
    assert not hands.draft.pairs


def test_a_needle_that_is_taken_away_takes_its_channel_along(hands: Hands) -> None:
    for point in ("bl23 l", "bl25 l"):
        hands.presses(Qt.Key.Key_N, ALT)
        hands.desk.types(point)
        hands.presses(Qt.Key.Key_Return)
    types_below(hands, "estim bl23 l bl25 l")
    needles = hands.screen.page.lists.needles
    needles.setFocus()
    hands.presses(Qt.Key.Key_Down)
    hands.presses(Qt.Key.Key_Delete)
    assert not hands.draft.pairs
    assert len(hands.draft.needles) == 1
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert len(hands.draft.pairs) == 1
    assert len(hands.draft.needles) == 2


def test_the_list_selects_grades_and_takes_away(hands: Hands) -> None:
    types_below(hands, "gua sha L1 to L5 b")
    rows = hands.screen.page.lists.hands.rows
    rows.setFocus()
    hands.presses(Qt.Key.Key_Home)
    hands.presses(Qt.Key.Key_3)
    assert [stroke.mark_grade for stroke in hands.draft.strokes] == [3, None]
    hands.presses(Qt.Key.Key_Delete)
    assert [stroke.number for stroke in hands.draft.strokes] == [2]


def test_ctrl_click_and_ctrl_a_change_several_cups(hands: Hands) -> None:
    for site in (UPPER, LOWER):
        hands.clicks_site(site.key)
    hands.clicks_site(UPPER.key)
    hands.clicks_map(LOWER.x, LOWER.y, CTRL)
    assert hands.screen.writing.chosen == {1, 3}
    hands.screen.page.body.canvas.setFocus()
    hands.presses(Qt.Key.Key_A, CTRL)
    assert hands.screen.writing.chosen == {1, 2, 3, 4}
    takes_up(hands, "Strong suction")
    assert {cup.suction for cup in hands.draft.cups} == {"strong"}


@pytest.fixture
def history(clinic: TestClinic, maria: int) -> None:
    """Stitches on the right flank bar the place for every technique."""
    stitches = ConditionDraft(maria, "broken_skin", onset=date(2026, 10, 1), ends=date(2026, 12, 1), regions=("flank_r",), detail="stitches")
    clinic.door.do(patients.record_condition, stitches)


def test_a_barred_place_takes_no_stroke(hands: Hands) -> None:
    region = atlas.figure("posterior").regions["flank_r"]
    middle = region.box.x + region.box.width / 2, region.box.y + region.box.height / 2
    takes_up(hands, "Gua sha")
    hands.desk.clicks("Place on both sides")
    hands.drags_map((middle[0] - 10, middle[1] - 30), (middle[0] - 6, middle[1] + 30))
    assert not hands.draft.strokes
    # begun and ended beside it, the way still leads through
    box = region.box
    hands.drags_map((box.x - 30, middle[1]), (box.x + box.width + 12, middle[1]))
    assert not hands.draft.strokes
    hands.drags_map(START, END)
    assert len(hands.draft.strokes) == 1


class TestCopiedByPart:
    """The last visit had two points, moxa and a complaint."""

    @pytest.fixture
    def history(self, clinic: TestClinic, maria: int) -> None:
        clinic.clock.put(NOW - timedelta(days=7))
        visit = a_visit(clinic, maria, day=TODAY - timedelta(days=7))
        note = an_open_note(clinic, visit)
        draft = complete(NoteDraft(needles=(a_needle("BL23"), a_needle("BL25"))), complaint="Low back", plan="Same again")
        draft = replace(draft, moxa=(MoxaPlacement(1, "ST36", side="both", minutes=10),))
        version = clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft)).answer
        view = clinic.door.look(treatment.note, note.id)
        version = clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, view.draft, 4)).answer
        view = clinic.door.look(treatment.note, note.id)
        clinic.door.do(treatment.sign_note, SignNote(note.id, version, view.draft))
        clinic.clock.put(NOW)

    def test_one_part_comes_and_waits_to_be_confirmed(self, hands: Hands) -> None:
        hands.desk.clicks("Copy forward: Needles")
        assert [needle.code for needle in hands.draft.needles] == ["BL23", "BL25"]
        assert (hands.draft.copied, hands.draft.complaint) == (("needles",), "")
        assert hands.screen.page.lists.needles.is_pale
        hands.desk.clicks("Needles: copied, confirm")
        assert hands.draft.copied == ()
        assert not hands.screen.page.lists.needles.is_pale

    def test_what_is_there_today_is_not_written_over(self, hands: Hands) -> None:
        hands.writes("complaint", "Neck")
        hands.desk.clicks("Copy forward: Complaint")
        assert hands.draft.complaint == "Neck"
        hands.desk.sees("nothing was copied over it")

    def test_moxa_comes_without_its_minutes_and_cannot_be_signed_untouched(self, hands: Hands) -> None:
        hands.desk.clicks("Copy forward: Also")
        assert [(one.code, one.minutes) for one in hands.draft.moxa] == [("ST36", None)]
        hands.desk.sees("moxa confirmed")
        types_below(hands, "moxa L3 l")
        assert hands.draft.copied == ()
