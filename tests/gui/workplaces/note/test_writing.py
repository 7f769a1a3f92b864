from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection, event

from pulse_desktop.clinic import treatment
from pulse_desktop.gui.parts.places import TodayPlace
from pulse_desktop.gui.parts.side_panel import is_in_panel
from pulse_desktop.gui.parts.theme import theme
from tests.gui.accessible import nameless
from tests.gui.opening import a_window
from tests.gui.workplaces.note.hands import ALT, CTRL, LUMBAR_LEFT, Hands


def test_the_note_begins_with_what_was_booked_and_waits_for_the_complaint(hands: Hands) -> None:
    assert hands.draft.techniques == ("acupuncture", "dry_cupping")
    assert hands.screen.page.form.current[0] == "complaint"
    hands.desk.sees("To sign: complaint, pain before, pain after, response, adverse events")


def test_what_is_typed_is_in_the_file_a_moment_later_and_only_then_called_saved(hands: Hands) -> None:
    hands.writes("complaint", "Low back, worse in the morning")
    assert "Draft saved" not in hands.desk.everything()
    hands.desk.sees("Draft saved 8:30:00")
    assert hands.in_the_file().draft.complaint == "Low back, worse in the morning"


def test_typing_goes_on_while_a_save_is_under_way(hands: Hands) -> None:
    for word in ("Low ", "back, ", "worse ", "in ", "the ", "morning"):
        hands.desk.types(word)
        hands.screen.keeper.save()
    view = hands.is_stored()
    assert view.draft.complaint == "Low back, worse in the morning"
    assert view.version < 8  # one save at a time: what came meanwhile went together


def test_digits_say_the_pain_and_minus_says_ten(hands: Hands) -> None:
    hands.is_in("pain_before")
    hands.presses(Qt.Key.Key_Minus)
    hands.is_in("pain_after")
    hands.presses(Qt.Key.Key_0)
    assert (hands.draft.pain_before, hands.draft.pain_after) == (10, 0)


def test_none_is_an_answer_and_excludes_the_others(hands: Hands) -> None:
    hands.is_in("adverse")
    hands.desk.presses(Qt.Key.Key_Right)
    hands.presses(Qt.Key.Key_Space)
    assert "none" not in hands.draft.adverse
    hands.presses(Qt.Key.Key_Left)
    hands.presses(Qt.Key.Key_Space)
    assert hands.draft.adverse == ("none",)


def test_a_code_is_found_by_its_name_or_typed_freely(hands: Hands) -> None:
    hands.is_in("pattern")
    hands.desk.types("Qi and blood")
    hands.presses(Qt.Key.Key_Escape)
    hands.presses(Qt.Key.Key_Tab)
    hands.desk.types("m54.50")
    hands.presses(Qt.Key.Key_Escape)
    hands.presses(Qt.Key.Key_Tab)
    assert hands.draft.pattern == "Qi and blood"
    assert hands.draft.icd10.upper() == "M54.50"
    assert hands.is_stored().draft.icd10 == "M54.50"


def test_hostile_text_comes_back_as_it_was_typed(hands: Hands) -> None:
    text = "<b>'; DROP TABLE note;--\u202eאב e\u0301 🙂 {x} %s"
    hands.is_in("findings")
    hands.screen.page.form.fields["findings"].control.insertPlainText(text)  # type: ignore[attr-defined]
    assert hands.is_stored().draft.findings == text


def test_ten_thousand_characters_fit(hands: Hands) -> None:
    hands.is_in("history")
    hands.screen.page.form.fields["history"].control.insertPlainText("word " * 2000)  # type: ignore[attr-defined]
    assert len(hands.is_stored().draft.history) == 10_000


def test_a_text_too_long_is_refused_under_its_field_and_kept(hands: Hands) -> None:
    hands.is_in("history")
    edit = hands.screen.page.form.fields["history"].control
    edit.insertPlainText("x" * 50_001)  # type: ignore[attr-defined]
    hands.desk.sees("This text is longer than 50000 characters")
    assert len(hands.draft.history) == 50_001
    edit.textCursor().deletePreviousChar()  # type: ignore[attr-defined]
    assert len(hands.is_stored().draft.history) == 50_000


def test_a_killed_program_comes_back_with_text_map_and_cursor(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    hands.clicks_site(LUMBAR_LEFT[1])
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Cups off")
    hands.writes("findings", "Tight L3 to L5 both sides")
    for _ in range(6):
        hands.presses(Qt.Key.Key_Left)
    hands.presses(Qt.Key.Key_X)
    hands.is_stored()
    hands.desk.clock.advance(minutes=6, seconds=12)
    copied = tmp_path / "after the kill"
    shutil.copytree(hands.desk.window._entrance.folder, copied, ignore=shutil.ignore_patterns("*.lock"))
    again = a_window(copied, hands.desk.clock, qtbot)
    again.types("many quiet herons wade here")
    again.presses(Qt.Key.Key_Return)
    again.sees("At this seat: Lin Hua")
    found = Hands(again, hands.visit_id)
    found.goes_to_the_note()
    assert found.draft.findings == "Tight L3 to L5 both" + "x sides"
    assert [cup.site for cup in found.draft.cups] == ["lumbar_paraspinal_mid_l", "lumbar_paraspinal_mid_r"]
    again.sees("06:12")
    assert found.screen.page.form.current == ("findings", len("Tight L3 to L5 bothx"))
    again.window.close()


def test_leaving_the_screen_stores_what_was_typed_last(hands: Hands) -> None:
    hands.writes("plan", "Add sacrum")
    hands.desk.frame.parts.go_to(TodayPlace())
    hands.desk.waits()
    assert hands.in_the_file().draft.plan == "Add sacrum"


def test_settling_twice_while_a_save_is_under_way_loses_nothing(hands: Hands) -> None:
    hands.writes("plan", "Add")
    hands.screen.keeper.save()
    hands.desk.types(" sacrum")
    hands.screen.settle()
    hands.desk.waits()
    assert hands.in_the_file().draft.plan == "Add sacrum"


def test_everything_that_takes_keys_has_a_name_and_f1_lists_them(hands: Hands) -> None:
    hands.clicks_site(LUMBAR_LEFT[0])
    assert nameless(hands.desk.window) == []
    hands.presses(Qt.Key.Key_F1)
    hands.desk.sees("Cups on, or off")
    hands.desk.sees("Copy the last visit forward")
    hands.presses(Qt.Key.Key_Escape)


def test_tab_goes_down_the_form_then_over_the_map_to_the_lists(hands: Hands) -> None:
    hands.is_in("complaint")
    reached = []
    for _ in range(60):
        hands.presses(Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        reached.append(widget.accessibleName().partition(":")[0])
    order = ["Pain before", "Pain after", "Tongue body", "Pulse", "Findings", "Plan", "Response", "Adverse events", "Cup size in mm"]
    places = [reached.index(name) for name in order]
    assert places == sorted(places)
    assert reached.index("Cup size in mm") < reached.index("Add a cup by the name of its site")
    assert reached.index("Add a cup by the name of its site") < reached.index("Point, like ST36 b")


def test_ctrl_z_in_a_text_takes_back_typing_not_the_map(hands: Hands) -> None:
    hands.clicks_site(LUMBAR_LEFT[0])
    hands.writes("plan", "Add")
    hands.presses(Qt.Key.Key_Z, CTRL)
    assert hands.draft.plan == ""
    assert len(hands.draft.cups) == 2


def test_alt_keys_lead_to_the_lists(hands: Hands) -> None:
    hands.presses(Qt.Key.Key_U, ALT)
    assert QApplication.focusWidget() is hands.screen.page.lists.site.edit
    hands.presses(Qt.Key.Key_N, ALT)
    assert QApplication.focusWidget() is hands.screen.page.lists.point.edit


def test_a_full_disk_is_said_calmly_and_the_typing_is_stored_once_there_is_room(hands: Hands) -> None:
    engine = hands.desk.window.seat.desk.clinic._engine  # type: ignore[union-attr]

    def leave_no_room(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")

    def leave_room(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")

    event.listen(engine, "begin", leave_no_room)
    hands.is_in("history")
    hands.screen.page.form.fields["history"].control.insertPlainText("word " * 4000)  # type: ignore[attr-defined]
    hands.desk.sees("Not saved yet; your typing is kept and tried again")
    hands.desk.sees("The disk is full")
    event.remove(engine, "begin", leave_no_room)
    event.listen(engine, "begin", leave_room)
    hands.desk.sees("Draft saved")
    assert len(hands.is_stored().draft.history) == 20_000
    event.remove(engine, "begin", leave_room)


def test_larger_text_in_the_middle_of_a_note_loses_nothing_and_the_keyboard_stays_where_it_is(hands: Hands) -> None:
    hands.clicks_site(LUMBAR_LEFT[1])
    hands.writes("findings", "Tight L3 to L5")
    hands.presses(Qt.Key.Key_K, CTRL)
    hands.desk.types("appearance")
    hands.desk.waits()
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Size of text")
    hands.presses(Qt.Key.Key_Tab)
    for _ in range(4):
        hands.presses(Qt.Key.Key_Right)
        hands.desk.waits()
    assert theme().scale == 2.0
    assert is_in_panel(QApplication.focusWidget())
    hands.presses(Qt.Key.Key_Escape)
    hands.desk.waits()
    assert hands.draft.findings == "Tight L3 to L5"
    assert [cup.site for cup in hands.draft.cups][:1] == [LUMBAR_LEFT[1]]
    hands.writes("plan", "again")
    assert hands.is_stored().draft.plan == "again"


def test_a_score_is_entered_beside_the_note(hands: Hands, maria: int) -> None:
    """Alt+M from within a field: the note stays as it was typed, the score is the patient's. Ctrl+Enter is the panel's."""
    hands.writes("complaint", "Low back")
    hands.desk.presses(Qt.Key.Key_M, ALT)
    hands.desk.waits()
    hands.desk.sees("Over the last 7 days, how strong was your pain on average?")
    for _stop in range(2):
        hands.desk.presses(Qt.Key.Key_Tab)
    hands.desk.presses(Qt.Key.Key_7)
    hands.desk.presses(Qt.Key.Key_Return, CTRL)
    hands.desk.waits()
    (line,) = hands.desk.asks(treatment.scores_of, maria)
    assert (line.measure, line.score_tenths, line.is_valid) == ("nrs_pain", 70, True)
    hands.desk.sees("Pain, last 7 days of María Alvarez saved")
    assert hands.draft.complaint == "Low back"


def test_a_print_asked_for_in_the_middle_of_typing_holds_the_last_letter(hands: Hands) -> None:
    hands.writes("complaint", "Neck stiff since Sunday")
    assert hands.screen.keeper.is_behind
    hands.desk.presses(Qt.Key.Key_P, CTRL)
    hands.desk.sees("Neck stiff since Sunday")
    hands.desk.sees("DRAFT, not signed")
    assert hands.in_the_file().draft.complaint == "Neck stiff since Sunday"
