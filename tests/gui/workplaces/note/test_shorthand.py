"""Codes, phrases and points at the note, typed as a practitioner types them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.shorthand import GroupDraft, PhraseDraft
from pulse_desktop.gui.workplaces.note.code_edit import CodeEdit, foot_words, not_billable, shortened, tidy_codes
from pulse_desktop.gui.workplaces.note.pattern_field import NotePattern
from tests.builders import TestClinic
from tests.gui.workplaces.note.hands import ALT, CTRL, LEFT, Hands


@pytest.fixture
def history(clinic: TestClinic, visit_id: int) -> None:
    for short, text in ((".lbp", "Low back pain since |, worse sitting"), (".rom", "Range of motion full"), ("tp", "trigger point")):
        clinic.door.do(treatment.save_phrase, PhraseDraft(short, text))
    clinic.door.do(treatment.save_group, GroupDraft("4 gates", "li4 b, lr3 b"))
    clinic.door.do(treatment.add_favourite, "M62.830")


def code_of(hands: Hands) -> CodeEdit:
    field = hands.screen.page.form.fields["pattern"]
    assert isinstance(field, NotePattern)
    return field.code


def goes_to_the_code(hands: Hands) -> CodeEdit:
    hands.is_in("pattern")
    hands.presses(Qt.Key.Key_Tab)
    code = code_of(hands)
    assert code.hasFocus()
    return code


def favourites(hands: Hands) -> list[str]:
    return [one.code for one in hands.desk.asks(treatment.my_shorthand).favourites]


def text_of(hands: Hands, field: str) -> Any:
    return hands.screen.page.form.fields[field].control


def test_a_code_is_chosen_by_its_words_with_the_keyboard(hands: Hands) -> None:
    code = goes_to_the_code(hands)
    hands.desk.types("sciatica r")
    assert code.proposals.isVisible()
    assert code.proposals.rows[0].key == "M54.31"
    hands.presses(Qt.Key.Key_Down)
    assert code.accessibleDescription() == "M54.31, Sciatica, right side"
    hands.presses(Qt.Key.Key_Return)
    assert not code.proposals.isVisible()
    assert hands.is_stored().draft.icd10 == "M54.31"


def test_several_codes_stand_behind_each_other_and_the_chip_counts_them(hands: Hands) -> None:
    code = goes_to_the_code(hands)
    hands.desk.types("m5450, sciatica l")
    hands.presses(Qt.Key.Key_Down)
    hands.presses(Qt.Key.Key_Tab)
    assert code.hasFocus()  # the first Tab took the proposal
    hands.presses(Qt.Key.Key_Tab)
    assert hands.is_stored().draft.icd10 == "M54.50, M54.32"
    assert shortened(code.text()) == "M54.50 +1"


def test_favourites_stand_first_and_are_starred_by_key_and_by_click(hands: Hands) -> None:
    code = goes_to_the_code(hands)
    hands.desk.types("back")
    assert (code.proposals.rows[0].key, code.proposals.rows[0].is_starred) == ("M62.830", True)
    assert code.proposals.rows[1].is_starred is False
    hands.presses(Qt.Key.Key_Down)
    hands.presses(Qt.Key.Key_Down)
    starred = code.proposals.rows[1].key
    hands.presses(Qt.Key.Key_F, ALT)
    hands.desk.waits()
    assert favourites(hands) == ["M62.830", starred]
    assert code.text() == "back"
    QTest.mouseClick(code.proposals, LEFT, pos=QPoint(12, 12))
    hands.desk.waits()
    assert favourites(hands) == [starred]
    assert code.proposals.isVisible()


def test_a_code_that_cannot_be_billed_is_kept_and_those_under_it_are_named(hands: Hands) -> None:
    goes_to_the_code(hands)
    hands.desk.types("m54.5")
    hands.presses(Qt.Key.Key_Escape)
    hands.presses(Qt.Key.Key_Tab)
    hands.desk.sees("M54.5 is not billable, those under it are: M54.50, M54.51, M54.59.")
    assert hands.is_stored().draft.icd10 == "M54.5"
    code_of(hands).setFocus()
    hands.desk.types("m54.50")
    assert "is not billable" not in hands.desk.everything()


def test_the_foot_says_the_release_and_the_key() -> None:
    assert "ICD-10-CM 2026" in foot_words()
    assert "Alt+F" in foot_words()


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [("m5450", "M54.50"), (" m54.50  Low back , m54.50", "M54.50"), ("low back pain", "low back pain"), ("x99.z", "X99.Z"), (",,", "")],
)
def test_codes_are_tidied_and_words_are_kept(typed: str, tidy: str) -> None:
    assert tidy_codes(typed) == tidy


def test_too_many_codes_for_a_claim_are_said() -> None:
    codes = [f"M25.5{place}{side}" for place in "123456" for side in "12"]
    assert not_billable(", ".join(codes)) == ""
    assert "a claim takes 12" in not_billable(", ".join([*codes, "I10"]))


def test_an_abbreviation_and_a_blank_become_its_words_and_one_undo_gives_it_back(hands: Hands) -> None:
    hands.writes("complaint", "Today .lbp")
    hands.presses(Qt.Key.Key_Space)
    assert hands.draft.complaint == "Today Low back pain since , worse sitting"
    hands.desk.types("May")
    assert hands.draft.complaint == "Today Low back pain since May, worse sitting"
    for _letters in range(4):
        if ".lbp" not in hands.draft.complaint:
            hands.presses(Qt.Key.Key_Z, CTRL)
    assert hands.draft.complaint == "Today .lbp"


def test_tab_expands_and_stays_and_a_word_that_is_none_is_only_typed(hands: Hands) -> None:
    hands.writes("plan", "tp")
    hands.presses(Qt.Key.Key_Tab)
    assert hands.draft.plan == "trigger point"
    assert text_of(hands, "plan").hasFocus()
    hands.desk.types(" tps tp, .lb ")
    assert hands.draft.plan == "trigger point tps tp, .lb "


@pytest.mark.parametrize("field", ["complaint", "history", "findings", "plan", "response"])
def test_every_text_of_the_note_knows_phrases(hands: Hands, field: str) -> None:
    hands.writes(field, ".rom ")
    assert getattr(hands.is_stored().draft, field).strip() == "Range of motion full"


def test_a_dot_proposes_phrases_and_enter_takes_only_what_was_chosen(hands: Hands) -> None:
    hands.writes("findings", ".r")
    hands.presses(Qt.Key.Key_Return)
    assert hands.draft.findings == ".r\n"
    hands.desk.types(".r")
    hands.presses(Qt.Key.Key_Down)
    hands.presses(Qt.Key.Key_Return)
    assert hands.draft.findings == ".r\nRange of motion full"


def test_ctrl_space_lists_all_phrases_and_esc_closes_the_list_only(hands: Hands) -> None:
    hands.is_in("findings")
    hands.presses(Qt.Key.Key_Space, CTRL)
    hands.presses(Qt.Key.Key_Escape)
    assert text_of(hands, "findings").hasFocus()
    assert hands.draft.findings == ""
    hands.presses(Qt.Key.Key_Space, CTRL)
    hands.presses(Qt.Key.Key_Return)
    assert hands.draft.findings == "Low back pain since , worse sitting"


def test_history_stands_behind_complaint_and_pain(hands: Hands) -> None:
    hands.is_in("complaint")
    for _field in ("pain before", "pain after", "history"):
        hands.presses(Qt.Key.Key_Tab)
    assert hands.screen.page.form.current[0] == "history"


def test_points_go_on_the_list_in_ranges_lists_and_groups(hands: Hands) -> None:
    hands.screen.add_needle()
    for typed in ("bl23-25 b 0.8", "4 gates", "st36 li4 b"):
        hands.desk.types(typed)
        hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("On the list already, passed over: LI4")
    needles = hands.is_stored().draft.needles
    assert [one.code for one in needles] == ["BL23", "BL24", "BL25", "LI4", "LR3", "ST36"]
    assert {one.depth_tenths for one in needles[:3]} == {8}
    hands.desk.types("st36 zz9 b")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("There is no such point as “zz9”")
    assert hands.screen.page.lists.point.edit.text() == "st36 zz9 b"


def test_the_list_is_saved_as_a_group_and_typed_by_its_name(hands: Hands) -> None:
    hands.screen.add_needle()
    hands.desk.types("yintang, ht7 b reinforce 0.3")
    hands.presses(Qt.Key.Key_Return)
    hands.presses(Qt.Key.Key_G, ALT)
    hands.desk.types("4 gates")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("You have a group “4 gates” already")
    hands.desk.types("calm")
    hands.desk.waits()
    hands.screen.page.lists.groups.name.edit.setText("Calm")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.waits()
    groups = {one.name: one.points for one in hands.desk.asks(treatment.my_shorthand).groups}
    assert groups["Calm"] == "EX-HN3 reinforcing 0.3, HT7 b reinforcing 0.3"
