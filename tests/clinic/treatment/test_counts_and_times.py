"""The count before the patient leaves, times put right, and a computer whose clock is moved while cups are on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pulse_desktop.basics.problems import NeedsConsent, Refusal
from pulse_desktop.clinic import flows, schedule, treatment
from pulse_desktop.clinic.flows.values import Arrival
from pulse_desktop.clinic.treatment.values import (
    CupsCounted,
    CupsOff,
    CupsOn,
    NeedlesIn,
    NeedlesOut,
    NoteView,
    TimesChange,
)
from tests.builders import TestClinic, a_visit
from tests.builders_treatment import a_cup, a_needle, an_open_note, with_cups, with_needles


def note_of(clinic: TestClinic, note: NoteView) -> NoteView:
    return clinic.door.look(treatment.note, note.id)


def cups_on(clinic: TestClinic) -> NoteView:
    note = an_open_note(clinic)
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(a_cup(1), a_cup(2, "infraspinatus_r")))))
    return note_of(clinic, note)


def test_as_many_as_went_on_are_counted(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    assert not note.draft.counted_out
    clinic.door.do(treatment.count_cups, CupsCounted(note.id, note.version, note.draft, 1))
    assert note_of(clinic, note).draft.counted_out


def test_another_count_asks_what_was_done_and_stands_on_the_note(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    value = CupsCounted(note.id, note.version, note.draft, 3)
    with pytest.raises(NeedsConsent, match="cups_differ"):
        clinic.door.do(treatment.count_cups, value)
    assert not note_of(clinic, note).draft.counted_out
    clinic.door.do(treatment.count_cups, value, consents=frozenset({"cups_differ: two were from before"}))
    draft = note_of(clinic, note).draft
    assert (draft.counted_out, draft.count_note) == (True, "1 cups on, 3 counted: two were from before")


def test_what_a_count_found_is_no_screens_to_change(clinic: TestClinic) -> None:
    note = with_cups(clinic, an_open_note(clinic))
    typed = replace(note.draft, count_note="all well")
    clinic.door.do(treatment.count_cups, CupsCounted(note.id, note.version, typed, 1))
    assert note_of(clinic, note).draft.count_note == ""


def test_nothing_is_counted_while_something_is_on(clinic: TestClinic) -> None:
    note = cups_on(clinic)
    with pytest.raises(Refusal, match="count_early"):
        clinic.door.do(treatment.count_cups, CupsCounted(note.id, note.version, note.draft, 2))


def test_some_points_go_in_and_come_out_by_themselves(clinic: TestClinic) -> None:
    note = an_open_note(clinic)
    draft = replace(note.draft, needles=(a_needle("ST36", "both"), a_needle("LI4", "left")))
    version = clinic.door.do(treatment.needles_in, NeedlesIn(note.id, note.version, draft, points=(("LI4", "left"),))).answer
    draft = note_of(clinic, note).draft
    assert [bool(one.in_at) for one in draft.needles] == [False, True]
    version = clinic.door.do(treatment.needles_in, NeedlesIn(note.id, version, draft)).answer
    draft = note_of(clinic, note).draft
    with pytest.raises(NeedsConsent, match="count_differs"):
        clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, draft, 3, points=(("ST36", "both"),)))
    version = clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, draft, 2, points=(("ST36", "both"),))).answer
    draft = note_of(clinic, note).draft
    assert not draft.counted_out
    clinic.door.do(treatment.needles_out, NeedlesOut(note.id, version, draft, 1))
    assert note_of(clinic, note).draft.counted_out


def test_times_are_put_right_within_the_visit_only(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.door.do(flows.check_in, Arrival(visit.id, visit.version, asked=True))
    arrived = clinic.clock.now()
    clinic.clock.advance(minutes=10)
    note = with_cups(clinic, an_open_note(clinic, clinic.door.look(schedule.visit, visit.id)), minutes=11)
    off = note.draft.cups[0].off_at
    assert off is not None
    for change, field in (
        ({"on_at": arrived - timedelta(minutes=1)}, "on_at"),
        ({"off_at": clinic.clock.now() + timedelta(minutes=1)}, "off_at"),
        ({"off_at": off - timedelta(minutes=30)}, "off_at"),
        ({"on_at": off + timedelta(seconds=0.5), "off_at": off}, "off_at"),
    ):
        with pytest.raises(Refusal, match="not_then") as refused:
            clinic.door.do(treatment.correct_times, TimesChange(note.id, note.version, note.draft, (1,), (), **change))
        assert refused.value.field == field
    really = off - timedelta(minutes=3)
    clinic.door.do(treatment.correct_times, TimesChange(note.id, note.version, note.draft, (1,), (), off_at=really))
    assert note_of(clinic, note).draft.cups[0].off_at == really


def test_what_is_on_does_not_come_off_by_a_correction(clinic: TestClinic) -> None:
    note = cups_on(clinic)
    clinic.clock.advance(minutes=5)
    clinic.door.do(treatment.correct_times, TimesChange(note.id, note.version, note.draft, (1, 2), off_at=clinic.clock.now()))
    assert note_of(clinic, note).draft.cups_are_on


def test_needles_are_put_right_too(clinic: TestClinic) -> None:
    note = with_needles(clinic, an_open_note(clinic), a_needle("LI4", "left"))
    began = note.draft.needles[0].in_at
    assert began is not None
    really = began + timedelta(minutes=15)
    clinic.door.do(treatment.correct_times, TimesChange(note.id, note.version, note.draft, (), (("LI4", "left"),), off_at=really))
    assert note_of(clinic, note).draft.needles[0].out_at == really


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_moved_holds_nobody_up(clinic: TestClinic, hours: int) -> None:
    """Set back: off when they went on, to be put right; set forward: as long as the clock says, said in words."""
    note = cups_on(clinic)
    on_at = note.draft.cups[0].on_at
    assert on_at is not None
    clinic.clock.put(on_at + timedelta(hours=hours, minutes=8))
    (line,) = clinic.door.look(treatment.running_timers, clinic.office())
    assert line.since == on_at
    passed = (clinic.clock.now() - line.since).total_seconds()
    assert treatment.warning(passed, line.limits).startswith("This computer’s clock was set back" if hours < 0 else "Over 20 minutes")
    clinic.door.do(treatment.take_cups_off, CupsOff(note.id, note.version, note.draft))
    off = note_of(clinic, note).draft.cups[0].off_at
    assert off == (on_at if hours < 0 else clinic.clock.now())


def test_the_turn_of_the_clocks_changes_no_minute(clinic: TestClinic) -> None:
    """Clocks go back at 6:00 UTC on November 1st of 2026 in New York: what is on is measured between instants."""
    note = cups_on(clinic)
    (line,) = clinic.door.look(treatment.running_timers, clinic.office())
    clinic.clock.advance(minutes=8)
    assert (clinic.clock.now() - line.since) == timedelta(minutes=8)
    assert note.draft.cups[0].on_at == line.since
