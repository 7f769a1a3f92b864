"""A note changed behind the program's back is said to be so wherever it is shown: note, patient's lists, summary."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from pulse_desktop.gui.parts.places import NotePlace, PatientPlace
from pulse_desktop.gui.parts.table import Table
from tests.builders import NOW, TODAY, TestClinic, a_visit
from tests.builders_treatment import a_signed_note, behind_the_back
from tests.gui.opening import Opened
from tests.gui.workplaces.note.hands import Hands

ALTERED = "UPDATE note SET draft = replace(draft, 'Low back', 'Neck'), version = version"


@pytest.fixture
def altered(request: pytest.FixtureRequest) -> bool:
    """Whether somebody changed the row; the control did not."""
    return bool(request.param)


@pytest.fixture
def history(clinic: TestClinic, maria: int, altered: bool) -> None:
    """A signed note of last week, altered by somebody who dropped the triggers."""
    clinic.clock.put(NOW - timedelta(days=7))
    a_signed_note(clinic, a_visit(clinic, maria, day=TODAY - timedelta(days=7)))
    clinic.clock.put(NOW)
    if altered:
        behind_the_back(clinic, text(ALTERED))


def rows_shown(desk: Opened) -> str:
    """Every row of every table on the screen, in words."""
    tables = [table for table in desk.window.findChildren(Table) if table.isVisible()]
    return " | ".join(", ".join(column.words(line) for column in table.rows.columns) for table in tables for line in table.rows.lines)


@pytest.mark.parametrize("altered", [True, False], indirect=True)
def test_the_patients_lists_say_so(maria: int, history: None, altered: bool, at_work: Opened) -> None:
    for tab in ("summary", "notes"):
        at_work.frame.parts.go_to(PatientPlace(maria, tab))
        at_work.waits()
        at_work.waits()
        shown = rows_shown(at_work)
        assert "Lin Hua" in shown, tab
        assert ("Seal broken" in shown) is altered, f"{tab}: {shown}"


@pytest.mark.parametrize("altered", [True, False], indirect=True)
def test_the_note_itself_says_so(hands: Hands, maria: int, altered: bool) -> None:
    before = hands.screen.sitting.course
    signed = next(line for line in before if line.state == "signed")
    hands.desk.frame.parts.go_to(NotePlace(signed.visit_id))
    hands.desk.sees("changed behind the program after it was signed" if altered else "unchanged since")
    hands.desk.sees("Signed, and changed behind the program since" if altered else "Signed")
