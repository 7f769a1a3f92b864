"""What the boards say: cards, flags, banner, file, palette; and how many questions they ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Result, event, func, select

from pulse_desktop.basics.problems import Denied
from pulse_desktop.clinic import boards, flows, patients, schedule, treatment
from pulse_desktop.clinic.atlas.safety import ActiveCondition
from pulse_desktop.clinic.boards import flags
from pulse_desktop.clinic.boards.values import Flag, TodayCard
from pulse_desktop.clinic.patients.values import Screening
from pulse_desktop.clinic.schedule.values import Cancelling, Progress, State, Step
from pulse_desktop.clinic.treatment.values import CupsOn
from pulse_desktop.storage.ledgers import AuditEvent
from pulse_desktop.storage.prepared import Prepared
from pulse_desktop.storage.tables import table_of
from tests.builders import MINA, TODAY, TestClinic, a_booking, a_patient, a_visit
from tests.builders_treatment import (
    COMPLETE,
    a_condition,
    a_cup,
    a_package,
    a_signed_note,
    an_offer,
    an_open_note,
    arrived,
    checked_out,
    saved,
)  # fmt: skip


def cards(clinic: TestClinic) -> dict[str, TodayCard]:
    return {card.visit.patient_short: card for card in clinic.door.look(boards.today, clinic.office(), TODAY).cards}


def texts(found: tuple[Flag, ...]) -> list[str]:
    return [flag.text for flag in found]


def test_a_card_tells_session_flags_and_the_next_step(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic, allergies="Latex, adhesive tape")
    a_package(clinic, patient_id)
    clinic.door.do(flows.book_visit, a_booking(clinic, patient_id))
    card = cards(clinic)["M. Alvarez"]
    assert (card.next_step, card.sessions_words, card.due_cents, card.note_state) == (Progress.ARRIVED, "1 booked, 9 left", 0, "")
    assert texts(card.flags) == ["New", "Screening not done"]
    assert card.marks == ("allergy", "shield")
    assert card.late_minutes == 0


def test_who_is_late_and_who_is_waiting(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.clock.advance(minutes=102)
    card = cards(clinic)["M. Alvarez"]
    assert card.late_minutes == 12
    assert card.flags[0].text == "12 min late"
    assert (card.flags[0].tone, card.flags[0].icon) == ("cinnabar", "clock")
    arrived(clinic, visit)
    assert cards(clinic)["M. Alvarez"].late_minutes == 0


def test_two_of_like_name_are_marked(clinic: TestClinic) -> None:
    for at, (first, last) in enumerate((("Lin", "Chen"), ("Wei-Ling", "Chen"), ("Jun", "Abe"))):
        a_visit(clinic, a_patient(clinic, first, last), starts=(10 + 2 * at) * 60)
    told = {name: [flag.text for flag in card.flags if "ask birth date" in flag.text] for name, card in cards(clinic).items()}
    assert sorted(len(found) for found in told.values()) == [0, 1, 1]
    assert ["Two Chens: ask birth date"] in told.values()


def test_a_pregnant_arrival_is_marked_for_the_desk_too(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    a_condition(clinic, visit.patient_id, "pregnancy")
    card = cards(clinic)["M. Alvarez"]
    assert "Pregnant: no cupping" in texts(card.flags)
    assert "pregnancy" in card.marks


def test_what_bars_cupping_is_named_beside_what_the_patient_told() -> None:
    told = ActiveCondition("skin_infection", TODAY, detail="right forearm")
    assert texts(flags.cupping_flags([told], TODAY)) == ["Skin infection (right forearm): no cupping"]


def test_names_that_end_in_a_hiss_have_their_own_plural() -> None:
    assert set(flags.like_names({1: "Ortiz", 2: "Ortíz"}).values()) == {"Two Ortizes: ask birth date", "Two Ortízes: ask birth date"}


def test_a_timer_runs_on_the_card_and_ends_the_next_step(clinic: TestClinic) -> None:
    note = an_open_note(clinic, a_visit(clinic))
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(a_cup(),))))
    card = cards(clinic)["M. Alvarez"]
    assert card.timer is not None
    assert (card.timer.kind, card.timer.count, card.next_step, card.note_state) == ("cups", 1, None, "draft")


def test_the_end_of_a_visit(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    a_package(clinic, patient_id, an_offer(clinic, sessions=1, price_cents=100_00))
    visit_id = clinic.door.do(flows.book_visit, a_booking(clinic, patient_id)).answer
    saved(clinic, an_open_note(clinic, clinic.door.look(schedule.visit, visit_id)), COMPLETE)
    checked_out(clinic, visit_id)
    card = cards(clinic)["M. Alvarez"]
    assert texts(card.flags) == ["Last session used", "Note not signed"]
    assert card.next_step is None


def test_what_is_due_without_a_package(clinic: TestClinic) -> None:
    visit = a_visit(clinic, service_ids=(clinic.service("Cupping 30"),))
    assert cards(clinic)["M. Alvarez"].due_cents == 70_00
    checked_out(clinic, visit.id)
    assert cards(clinic)["M. Alvarez"].due_cents == 0


def test_a_missed_visit_stays_on_the_board_and_a_cancelled_one_does_not(clinic: TestClinic) -> None:
    missed, off = a_visit(clinic), a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=14 * 60)
    clinic.clock.advance(hours=3)
    for visit, state in ((missed, State.NO_SHOW), (off, State.CANCELLED)):
        clinic.door.do(flows.cancel_visit, Cancelling(visit.id, visit.version, state, "no word"))
    assert [(card.visit.state, card.next_step) for card in cards(clinic).values()] == [(State.NO_SHOW, None)]


def test_loose_ends_of_earlier_days(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    arrived(clinic, visit)
    an_open_note(clinic, clinic.door.look(schedule.visit, visit.id))
    clinic.clock.advance(days=1)
    board = clinic.door.look(boards.today, clinic.office(), TODAY + timedelta(days=1))
    assert [(end.kind, end.patient_short, end.staff, end.day) for end in board.loose_ends] == [
        ("unsigned", "M. Alvarez", "Lin Hua", TODAY), ("not_checked_out", "M. Alvarez", "Lin Hua", TODAY),
    ]  # fmt: skip
    assert clinic.door.look(boards.unsigned_counts) == ((clinic.desk.actor.vault_id, 1),)


# --- single cards -------------------------------------------------------------------------------------------------------


def test_a_card_alone_is_the_card_of_the_whole_board(clinic: TestClinic) -> None:
    """Every card of a day with timers, packages, like names, drafts and money, asked for alone and with others."""
    busy_morning(clinic, 3)
    for first in ("Lin", "Wei-Ling"):
        a_visit(clinic, a_patient(clinic, first, "Chen"), starts=15 * 60, squeeze_in=True)
    note = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=16 * 60))
    clinic.door.do(treatment.put_cups_on, CupsOn(note.id, note.version, replace(note.draft, cups=(a_cup(),))))
    whole = clinic.door.look(boards.today, clinic.office(), TODAY).cards
    assert len(whole) == 6
    ids = tuple(card.visit.id for card in whole)
    assert clinic.door.look(boards.today_cards, clinic.office(), TODAY, ids) == whole
    for card in whole:
        assert clinic.door.look(boards.today_cards, clinic.office(), TODAY, (card.visit.id,)) == (card,)


def test_a_card_is_found_by_a_line_of_its_services(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    assert clinic.door.look(boards.today_cards, clinic.office(), TODAY, (), (1,)) == tuple(cards(clinic).values())
    assert visit.id == 1


def test_visits_elsewhere_or_at_another_time_have_no_card(clinic: TestClinic) -> None:
    off = a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=14 * 60)
    clinic.door.do(flows.cancel_visit, Cancelling(off.id, off.version, State.CANCELLED, "ill"))
    later = a_visit(clinic, day=TODAY + timedelta(days=1))
    assert clinic.door.look(boards.today_cards, clinic.office(), TODAY, (off.id, later.id, 999)) == ()
    assert clinic.door.look(boards.today_cards, clinic.office("Brooklyn"), TODAY, (off.id,)) == ()


def test_a_visit_of_an_earlier_day_may_be_a_loose_end(clinic: TestClinic) -> None:
    visit = a_visit(clinic)
    clinic.clock.advance(days=1)
    assert clinic.door.look(boards.today_cards, clinic.office(), TODAY + timedelta(days=1), (visit.id,)) is None


# --- questions asked ----------------------------------------------------------------------------------------------------


@contextmanager
def statements(clinic: TestClinic, patched: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Questions asked, by the usual way or prepared."""
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT") and "FROM vault_person" not in statement:  # roles are asked for anew by the clock
            asked.append(statement)

    plain = Prepared.ask

    def heard(self: Prepared, connection: Connection, given: Mapping[str, Any]) -> Result[*tuple[Any, ...]]:
        listen(None, None, self.sql)
        return plain(self, connection, given)

    engine = clinic.desk.clinic._engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        with patched.context() as patches:
            patches.setattr(Prepared, "ask", heard)
            yield asked
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def busy_morning(clinic: TestClinic, visits: int) -> None:
    for at in range(visits):
        patient_id = a_patient(clinic, "Ann", f"Patient {at}")
        a_condition(clinic, patient_id, "psoriasis")
        visit = a_visit(clinic, patient_id, starts=9 * 60 + 10 * at, squeeze_in=True)
        an_open_note(clinic, visit)


LOOKS: dict[str, Callable[[TestClinic], object]] = {
    "today": lambda clinic: clinic.door.look(boards.today, clinic.office(), TODAY),
    "calendar": lambda clinic: clinic.door.look(boards.calendar_day, TODAY, (clinic.office(), clinic.office("Brooklyn"))),
    "palette": lambda clinic: clinic.door.look(boards.find, "patient"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_longer_day_asks_no_more_questions(clinic: TestClinic, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for more in (2, 12):
        busy_morning(clinic, more)
        with statements(clinic, monkeypatch) as asked:
            LOOKS[name](clinic)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


# --- banner and file ----------------------------------------------------------------------------------------------------


def test_the_banner_of_the_mock_up(clinic: TestClinic) -> None:
    patient_id = a_patient(
        clinic, preferred_name="Mari", pronouns="she/her", born=date(1984, 3, 12), allergies="Latex, adhesive tape",
        voicemail_ok=True, text_ok=True,
    )  # fmt: skip
    a_package(clinic, patient_id)
    a_condition(clinic, patient_id, "surgery_recent", regions=("flank_anterior_r",), detail="stitches", ends=date(2026, 12, 1))
    clinic.door.do(patients.record_screening, Screening(patient_id, ()))
    clinic.clock.advance(days=1)
    banner = clinic.door.look(boards.patient_banner, patient_id)
    assert (banner.name, banner.preferred, banner.pronouns, banner.age, banner.number) == ("María Alvarez", "Mari", "she/her", 42, "P-1001")
    assert (banner.phone_words, banner.balance_cents, banner.sessions_left) == ("voicemail and text OK", 0, 10)
    assert [(flag.tone, flag.icon) for flag in banner.flags] == [("cinnabar", "allergy"), ("cinnabar", "stop"), ("jade", "shield")]
    assert texts(banner.flags)[0] == "Latex, adhesive tape"
    assert texts(banner.flags)[1].endswith("stitches to Dec 1")
    assert texts(banner.flags)[2] == "Screening 1 day old"


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (0, "Screening done today", "jade"),
        (13, "Screening 13 days old", "jade"),
        (42, "Screening 6 weeks old", "jade"),
        (120, "Screening 4 months old", "jade"),
        (426, "Screening 14 months old", "amber"),
    ],
)
def test_how_old_a_screening_is(days: int, words: str, tone: str) -> None:
    flag = flags.screening_flag(TODAY - timedelta(days=days), TODAY, 12)
    assert (flag.text, flag.tone) == (words, tone)


def test_the_file_shows_the_course_and_the_last_plan(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    note = a_signed_note(clinic, a_visit(clinic, patient_id))
    checked_out(clinic, note.visit_id)
    a_visit(clinic, patient_id, day=TODAY + timedelta(days=7))
    file = clinic.door.look(boards.patient_file, patient_id)
    assert file.may_see_clinical
    assert [(point.day, point.before, point.after) for point in file.pain] == [(TODAY, 6, 3)]
    assert (file.last_plan, file.last_plan_on) == ("Same points, add sacrum", TODAY)
    assert [(line.done_words, line.state, line.is_intact) for line in file.notes] == [("1 cup", "signed", True)]
    assert ([line.day for line in file.upcoming], [line.day for line in file.past]) == ([TODAY + timedelta(days=7)], [TODAY])
    assert [line.number for line in file.receipts] == ["R-1001"]


def test_opening_a_file_is_written_down(clinic: TestClinic) -> None:
    patient_id = a_patient(clinic)
    clinic.door.look(boards.patient_file, patient_id)
    events = table_of(AuditEvent)
    with clinic.desk.clinic._engine.connect() as connection:
        seen = select(func.count()).where(events.c.action == "chart.view", events.c.patient_id == patient_id, events.c.outcome == "seen")
        assert connection.execute(seen).scalar_one() == 1


def test_the_desk_sees_that_a_note_is_there_and_no_word_of_it(clinic: TestClinic) -> None:
    clinic.lets_in(MINA)
    patient_id = a_patient(clinic)
    note = a_signed_note(clinic, a_visit(clinic, patient_id))
    mina = clinic.signs_in("Mina")
    file = mina.look(boards.patient_file, patient_id)
    assert not file.may_see_clinical
    assert (file.pain, file.last_plan, file.last_plan_on) == ((), "", None)
    assert [(line.state, line.pain_before, line.done_words) for line in file.notes] == [("signed", None, "")]
    told = repr((file, mina.look(boards.today, clinic.office(), TODAY), mina.look(treatment.treatment_facts, note.visit_id)))
    for word in ("Low back, worse", "Tight L3", "add sacrum", "Since October"):
        assert word not in told
    with pytest.raises(Denied):
        mina.look(treatment.fading_cups, patient_id, TODAY)


def test_the_palette_says_where_people_are(clinic: TestClinic) -> None:
    here, gone, new = (a_patient(clinic, first, "Kaplan") for first in ("Ana", "Ben", "Cy"))
    visit = a_visit(clinic, here)
    arrived(clinic, visit)
    line = clinic.door.look(schedule.visit, visit.id)
    clinic.door.do(schedule.take_step, Step(line.id, line.version, Progress.IN_ROOM, clinic.room("Room 2")))
    checked_out(clinic, a_visit(clinic, gone, starts=12 * 60).id)
    clinic.clock.advance(days=1)
    found = clinic.door.look(boards.find, "kaplan")
    where = dict(zip((person.id for person in found.people), found.where_now, strict=True))
    assert where == {here: "", gone: "last visit Nov 24", new: ""}
    clinic.clock.advance(days=-1)
    found = clinic.door.look(boards.find, "kaplan")
    where = dict(zip((person.id for person in found.people), found.where_now, strict=True))
    assert where == {here: "in Room 2", gone: "was here today", new: ""}
