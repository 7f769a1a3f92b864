from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pulse_desktop.clinic import practice, treatment
from pulse_desktop.clinic.practice.values import SettingValue
from pulse_desktop.clinic.treatment.values import SaveDraft
from tests.builders import MINA, NOW, OKAFOR, PASSWORD, TODAY, TestClinic, a_visit
from tests.builders_treatment import a_cup, a_signed_note
from tests.gui.opening import Opened
from tests.gui.workplaces.note.hands import ALT, CTRL, Hands

LAST_WEEK = TODAY - timedelta(days=7)


def test_what_is_missing_is_said_in_words_and_sign_waits(hands: Hands) -> None:
    hands.fills_in()
    assert not hands.screen.page.bar.sign.isEnabled() or treatment.missing_to_sign(hands.draft) == ()
    hands.clicks_site("rhomboid_l")
    hands.desk.sees("To sign: cups that never went on, count out")
    hands.presses(Qt.Key.Key_Enter, CTRL)
    assert "Sign this note" not in hands.desk.everything()


def test_the_note_names_what_this_clinic_needs(hands: Hands) -> None:
    hands.fills_in()
    hands.desk.sees("Ready to sign")
    hands.desk.frame.parts.work.do(practice.save_setting, SettingValue("treatment.required_parts", "complaint,pattern,plan"))
    hands.desk.sees("To sign: pattern, plan")
    hands.presses(Qt.Key.Key_Enter, CTRL)
    assert QApplication.focusWidget() is hands.screen.page.form.fields["pattern"].control


def test_signing_asks_for_the_password_and_freezes_the_note(hands: Hands) -> None:
    hands.fills_in()
    hands.desk.sees("Ready to sign")
    hands.signs()
    hands.desk.sees("Signed by Lin Hua, L.Ac. on Nov 24, 2026 at 8:30 AM, NJ license 25MZ00041")
    view = hands.in_the_file()
    assert view.state == "signed"
    assert view.draft.complaint == "Low back"
    hands.writes("complaint", "changed")
    hands.desk.waits()
    assert hands.in_the_file().draft.complaint == "Low back"
    assert hands.screen.page.form.fields["complaint"].value() == "Low back"


def test_a_wrong_password_signs_nothing(hands: Hands) -> None:
    hands.fills_in()
    hands.signs("something else")
    hands.desk.sees("That is not your password")
    hands.presses(Qt.Key.Key_Escape)
    assert hands.is_stored().state == "draft"


def test_cups_over_twenty_minutes_ask_for_the_reason_when_signed(hands: Hands) -> None:
    hands.clicks_site("rhomboid_l")
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Cups off")
    hands.desk.clock.advance(minutes=22)
    hands.presses(Qt.Key.Key_F4)
    hands.desk.sees("Count out, of 2 cups")
    hands.screen.page.lists.count.count.setFocus()
    hands.desk.types("2")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.waits()
    hands.fills_in()
    hands.signs()
    hands.desk.sees("stays on for 22 minutes")
    hands.desk.types("Patient asked to rest on")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Signed by Lin Hua")
    assert hands.in_the_file().draft.overrides[0].reason == "Patient asked to rest on"


def test_an_addition_without_a_reason_is_refused_under_its_field(hands: Hands) -> None:
    hands.fills_in()
    hands.signs()
    hands.desk.sees("Signed by Lin Hua")
    hands.desk.waits()
    hands.desk.clicks("Add to this note")
    hands.desk.types("Something")
    hands.desk.clicks("Sign this addition")
    hands.desk.sees("Say why, in a few words.")
    hands.desk.clicks("Leave it")
    assert hands.in_the_file().amendments == ()


def test_an_addition_stands_under_the_signed_note_with_its_own_signature(hands: Hands) -> None:
    hands.fills_in()
    hands.signs()
    hands.desk.sees("Signed by Lin Hua")
    hands.desk.waits()
    hands.desk.clicks("Add to this note")
    hands.desk.types("Called in the evening: no pain.")
    hands.presses(Qt.Key.Key_Tab)
    hands.desk.types("Follow-up call")
    hands.desk.clicks("Sign this addition")
    hands.desk.types("many quiet herons wade here")
    hands.presses(Qt.Key.Key_Return)
    hands.desk.sees("Called in the evening: no pain.")
    (line,) = hands.in_the_file().amendments
    assert (line.kind, line.reason, line.signature.is_valid) == ("addendum", "Follow-up call", True)


class TestAfterALastVisit:
    @pytest.fixture
    def history(self, clinic: TestClinic, maria: int) -> None:
        clinic.clock.put(NOW - timedelta(days=7))
        visit = a_visit(clinic, maria, day=LAST_WEEK)
        a_signed_note(clinic, visit)
        clinic.clock.put(NOW)

    def test_the_last_visit_stands_beside_todays(self, hands: Hands) -> None:
        hands.desk.sees("Nov 17")
        hands.desk.sees("Same points, add sacrum")
        assert hands.screen.page.body.canvas.picture.fading

    def test_copying_brings_complaint_cups_and_plan_to_be_confirmed(self, hands: Hands) -> None:
        hands.presses(Qt.Key.Key_D, CTRL)
        draft = hands.draft
        assert draft.complaint == "Low back, worse in the morning"
        assert (draft.pain_before, draft.response, draft.face_to_face_minutes) == (None, "", None)
        assert [(cup.on_at, cup.mark_grade) for cup in draft.cups] == [(None, None)]
        hands.desk.sees("copied, confirm with Alt+C")
        assert "complaint confirmed" in treatment.missing_words(treatment.missing_to_sign(draft))
        assert QApplication.focusWidget() is hands.screen.page.form.fields["pain_before"].control

    def test_an_untouched_copy_cannot_be_signed(self, hands: Hands) -> None:
        hands.presses(Qt.Key.Key_D, CTRL)
        hands.presses(Qt.Key.Key_5)
        hands.is_in("pain_after")
        hands.presses(Qt.Key.Key_2)
        hands.writes("response", "Better")
        hands.is_in("adverse")
        hands.presses(Qt.Key.Key_Space)
        hands.desk.sees("complaint confirmed, cups confirmed, plan confirmed")
        hands.presses(Qt.Key.Key_C, ALT)
        assert hands.is_stored().draft.copied == ()

    def test_alt_c_in_a_field_confirms_that_field_and_typing_does_too(self, hands: Hands) -> None:
        hands.presses(Qt.Key.Key_D, CTRL)
        hands.is_in("complaint")
        hands.presses(Qt.Key.Key_C, ALT)
        assert list(hands.draft.copied) == ["cups", "plan"]
        hands.writes("plan", "x")
        assert list(hands.draft.copied) == ["cups"]

    def test_copying_does_not_write_over_what_was_typed(self, hands: Hands) -> None:
        hands.writes("complaint", "Neck today")
        hands.presses(Qt.Key.Key_D, CTRL)
        assert hands.draft.complaint == "Neck today"
        assert "complaint" not in hands.draft.copied


class TestChangedElsewhere:
    def test_both_texts_are_shown_and_a_person_decides(self, hands: Hands) -> None:
        hands.writes("complaint", "Here")
        view = hands.is_stored()
        door = hands.desk.window.seat.desk.door  # type: ignore[union-attr]
        other = SaveDraft(view.id, view.version, replace(view.draft, complaint="Elsewhere"))
        hands.desk.frame.parts.work.do(treatment.save_draft, other)
        hands.desk.waits()
        assert door is not None
        hands.desk.types(" and now")
        hands.desk.sees("Changed elsewhere")
        hands.desk.clicks("Show both")
        hands.desk.sees("Elsewhere")
        hands.desk.sees("Here and now")
        hands.desk.clicks("Keep what is here")
        assert hands.is_stored().draft.complaint == "Here and now"


class TestOfAnotherRole:
    @pytest.fixture
    def history(self, clinic: TestClinic) -> None:
        clinic.lets_in(MINA)

    def test_the_front_desk_is_told_calmly(self, visit_id: int, history: None, opened: Opened) -> None:
        opened.clicks("Mina")
        opened.types(PASSWORD)
        opened.presses(Qt.Key.Key_Return)
        opened.sees("Mina, front desk")
        opened.waits()
        Hands(opened, visit_id).goes_to_the_note()
        opened.sees("Treatment notes are for those who treat")


class TestOfAColleague:
    @pytest.fixture
    def history(self, clinic: TestClinic, visit_id: int) -> None:
        """Okafor has begun the note."""
        okafor = next(member for member in clinic.practice.staff if member.short_name == "Okafor")
        clinic.lets_in(replace(OKAFOR, id=okafor.id, version=okafor.version))
        door = clinic.signs_in("Okafor")
        note_id = door.do(treatment.open_note, visit_id).answer
        draft = replace(door.look(treatment.note, note_id).draft, complaint="Seen by Okafor", cups=(a_cup(),))
        door.do(treatment.save_draft, SaveDraft(note_id, 1, draft))
        clinic.signs_in("Lin Hua")

    def test_a_draft_is_read_not_written(self, hands: Hands) -> None:
        hands.desk.sees("Another practitioner’s draft: you can read it.")
        hands.writes("complaint", "no")
        hands.clicks_site("rhomboid_l")
        hands.presses(Qt.Key.Key_F4)
        hands.desk.waits()
        assert hands.in_the_file().draft == hands.draft
        assert hands.draft.complaint == "Seen by Okafor"
        assert len(hands.draft.cups) == 1
