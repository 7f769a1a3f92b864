"""The course of a patient: entered by keys, kept as counted, shown as picture, table and words that say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import Answer, ScoreDraft, ScoreLine
from pulse_desktop.gui.parts.line_chart import CourseChart
from pulse_desktop.gui.parts.table import Table
from pulse_desktop.gui.parts.theme import Theme
from pulse_desktop.gui.workplaces.patient_file.progress_page import ProgressPage
from pulse_desktop.gui.workplaces.patient_file.score_panel import ScorePanel
from tests.builders import TODAY, TestClinic, a_visit
from tests.builders_treatment import a_signed_note
from tests.gui.accessible import nameless
from tests.gui.workplaces.patient_file.desk import FileDesk

ALT = Qt.KeyboardModifier.AltModifier
BEFORE = TODAY - timedelta(days=21)


@pytest.fixture
def history(request: pytest.FixtureRequest, clinic: TestClinic, maria: int) -> None:
    """What a test asks for: a signed note of today, a first Neck Disability score three weeks ago."""
    asked: str = getattr(request, "param", "")
    if "treated" in asked:
        a_signed_note(clinic, a_visit(clinic, maria))
    if "scored" in asked:
        clinic.door.do(treatment.record_score, ScoreDraft(maria, "ndi", BEFORE, 240))


TREATED, SCORED, BOTH = (pytest.mark.parametrize("history", [what], indirect=True) for what in ("treated", "scored", "treated and scored"))


def scores(desk: FileDesk) -> tuple[ScoreLine, ...]:
    return desk.at.asks(treatment.scores_of, desk.maria)


def chosen(desk: FileDesk, measure: str) -> ScorePanel:
    """Alt+M, and the measure chosen in the list by keys."""
    desk.presses(Qt.Key.Key_M, ALT)
    panel = desk.panel(ScorePanel)
    choice = desk.field("measure").control
    for _step in range(20):
        if desk.field("measure").value() == measure:
            return panel
        choice.setFocus()
        desk.presses(Qt.Key.Key_Down)
    raise AssertionError(measure)


def page_of(desk: FileDesk) -> ProgressPage:
    return next(page for page in desk.at.window.findChildren(ProgressPage) if page.isVisible())


def rows(desk: FileDesk) -> list[str]:
    """The table of the page, a row a string."""
    table = next(table for table in page_of(desk).findChildren(Table) if table.isVisible())
    model = table.model()
    return [" | ".join(str(model.index(row, column).data() or "") for column in range(model.columnCount())) for row in range(model.rowCount())]


def test_an_empty_course_teaches_and_leads_to_the_first_score(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    desk.sees("Nothing was counted yet")
    assert nameless(desk.at.window) == []
    desk.at.clicks("Enter score")
    desk.at.waits()
    assert desk.field("measure").value() == "nrs_pain"


def test_a_question_in_our_words_is_answered_by_one_key(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    chosen(desk, "nrs_pain")
    desk.field("score").setFocus()
    desk.presses(Qt.Key.Key_6)
    desk.saves()
    (line,) = scores(desk)
    assert (line.measure, line.taken_on, line.score_tenths, line.answers) == ("nrs_pain", TODAY, 60, (Answer(6),))
    desk.sees("Pain, last 7 days was 6 on Nov 24.")
    desk.presses(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one.state for one in scores(desk)] == ["in_error"]


def test_an_unanswered_question_is_said_and_nothing_is_kept(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    chosen(desk, "nrs_pain")
    desk.saves()
    desk.sees("Answer the question: a number from 0 to 10.")
    assert scores(desk) == ()


def test_a_licensed_measure_takes_its_score_and_shows_no_question(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    chosen(desk, "ndi")
    desk.sees("as counted on the measure’s own form")
    desk.enters("score", "62")
    desk.saves()
    desk.sees("This measure counts from 0 to 50.")
    assert scores(desk) == ()
    assert desk.field("score").draft() == "62", "what was typed stays"
    desk.enters("score", "18")
    desk.enters("taken_on", "11/30/2026")
    desk.saves()
    desk.sees("A score was taken today or earlier.")
    desk.enters("taken_on", "11/3/2026")
    desk.saves()
    assert [(line.measure, line.taken_on, line.score_tenths) for line in scores(desk)] == [("ndi", date(2026, 11, 3), 180)]


def test_activities_are_named_once_and_asked_about_again(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    chosen(desk, "psfs")
    desk.field("score").setFocus()
    for words, digit in (("Lifting", Qt.Key.Key_3), ("Shoes", Qt.Key.Key_4), ("Driving", Qt.Key.Key_4)):
        desk.types(words)
        desk.presses(Qt.Key.Key_Tab)
        desk.presses(digit)
        desk.presses(Qt.Key.Key_Tab)
    desk.saves()
    (line,) = scores(desk)
    assert (line.score_tenths, [answer.words for answer in line.answers]) == (37, ["Lifting", "Shoes", "Driving"])
    chosen(desk, "psfs")
    desk.saves()
    desk.sees("Answer from 0 to 10 for each activity named.")


@SCORED
def test_the_table_says_what_the_picture_says(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    chosen(desk, "ndi")
    desk.enters("score", "18")
    desk.saves()
    assert rows(desk) == [
        "Nov 24, 2026 | 18, moderate | 6 points better | yes |  | Lin Hua | ",
        "Nov 3, 2026 | 24, moderate | counted from here |  |  | Lin Hua | ",
    ]
    chart = page_of(desk).findChild(CourseChart)
    assert isinstance(chart, CourseChart)
    assert chart.accessibleName() == (
        "Neck Disability fell from 24 to 18 over 2 scores since Nov 3; a change of 5 points matters. 6 points better, more than the change that matters."
    )
    assert nameless(desk.at.window) == []


@SCORED
def test_a_score_is_corrected_and_marked_from_the_table(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    table = next(table for table in page_of(desk).findChildren(Table) if table.isVisible())
    table.setFocus()
    desk.presses(Qt.Key.Key_Home)
    desk.presses(Qt.Key.Key_Return)
    desk.enters("score", "23")
    desk.saves()
    assert [(line.score_tenths, line.version) for line in scores(desk)] == [(230, 2)]
    table.setFocus()
    desk.presses(Qt.Key.Key_Return)
    desk.field("reason").control.setFocus()
    desk.presses(Qt.Key.Key_Down)
    desk.sees("Mark as in error")
    desk.saves()
    assert [(line.state, line.reason) for line in scores(desk)] == [("in_error", "wrong_patient")]
    desk.sees("Nothing was counted yet")


@TREATED
def test_pain_of_the_visits_is_there_by_itself(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    note = desk.at.asks(treatment.notes_of, desk.maria)[0]
    assert len(rows(desk)) == 1
    assert f"{note.pain_before} → {note.pain_after}" in rows(desk)[0]
    table = next(table for table in page_of(desk).findChildren(Table) if table.isVisible())
    table.setFocus()
    desk.presses(Qt.Key.Key_Home)
    desk.presses(Qt.Key.Key_Return)
    desk.sees("Aftercare sheet")


@BOTH
@pytest.mark.parametrize(("palette", "scale"), [("light", 1.0), ("dark", 1.0), ("high-contrast", 1.0), ("light", 2.0)])
def test_every_look_paints(desk: FileDesk, palette: str, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    Theme(palette, scale).wear(app)
    try:
        desk.opens_the_file("progress")
        grabbed = page_of(desk).grab().toImage()
        inks = {grabbed.pixelColor(x, y).name() for x in range(0, grabbed.width(), 3) for y in range(0, grabbed.height(), 3)}
        assert Theme(palette).color("jade").name() in inks
    finally:
        Theme().wear(app)


@BOTH
def test_a_second_measure_stands_below_the_first(desk: FileDesk) -> None:
    desk.opens_the_file("progress")
    charts = page_of(desk).findChildren(CourseChart)
    assert [chart.accessibleName()[:21] for chart in charts if chart.isVisible()] == ["Pain before treatment"]
    desk.presses(Qt.Key.Key_Tab)
    for _stop in range(10):
        if QApplication.focusWidget() is page_of(desk)._picture_card.below.control:
            break
        desk.presses(Qt.Key.Key_Tab)
    desk.presses(Qt.Key.Key_Down)
    shown = [chart.accessibleName() for chart in charts if chart.isVisible()]
    assert len(shown) == 2
    assert shown[1] == "Neck Disability was 24 on Nov 3."
    assert nameless(desk.at.window) == []
