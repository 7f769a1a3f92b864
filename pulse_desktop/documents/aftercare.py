"""The aftercare sheet: what this treatment asks of the patient today, on one Letter page, in the patient's language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pulse_desktop.clinic.atlas import phrase
from pulse_desktop.clinic.treatment.aftercare import MOST_LINES, SheetPlan, plan_sheet, sheet_version
from pulse_desktop.documents.large_sheet import LargeSheet
from pulse_desktop.documents.measures import LARGE_PRINT, ONE_PAGE, Measures
from pulse_desktop.documents.one_page_sheet import OnePageSheet
from pulse_desktop.documents.page import Page
from pulse_desktop.documents.sheet_parts import SheetParts
from pulse_desktop.documents.values import AftercareFacts, Document

Sheet = OnePageSheet | LargeSheet


def aftercare_sheet(facts: AftercareFacts) -> Document:
    """Draw the sheet of one visit: one Letter page, or two in large print. The same facts give the same bytes.

    KeyError for a language or technique the sheet has no words for.
    """
    sheet = _fitting(facts)
    page = Page(phrase("title", facts.language), facts.language, facts.printed_at)
    sheet.draw(page)
    size = "-large" if facts.large_print else ""
    return page.finish(f"aftercare-{facts.language}{size}.pdf", sheet_version())


def _fitting(facts: AftercareFacts) -> Sheet:
    """The sheet that fits its page: advice gives way from the least important line on, then type and space get tighter.

    What must be on it (lines of priority 1, warnings, the foot) is never left out.
    """
    for measures in _steps(facts)[:-1]:
        plans = list(_plans(facts, measures))
        if _sheet(facts, plans[-1], measures).fits():
            return _fullest(facts, plans, measures)
    tightest = _steps(facts)[-1]
    return _fullest(facts, list(_plans(facts, tightest)), tightest)


def _steps(facts: AftercareFacts) -> Sequence[Measures]:
    return LARGE_PRINT if facts.large_print else ONE_PAGE


def _fullest(facts: AftercareFacts, plans: Sequence[SheetPlan], measures: Measures) -> Sheet:
    """The sheet with most lines that fits; the one with fewest where none does. More lines are never lower than fewer, so
    halving finds it."""
    at = bisect_left(plans, True, hi=len(plans) - 1, key=lambda plan: _sheet(facts, plan, measures).fits())
    return _sheet(facts, plans[at], measures)


def _sheet(facts: AftercareFacts, plan: SheetPlan, measures: Measures) -> Sheet:
    parts = SheetParts(facts, plan, measures)
    return LargeSheet(parts) if facts.large_print else OnePageSheet(parts)


def _plans(facts: AftercareFacts, measures: Measures) -> Iterator[SheetPlan]:
    """Plans with ever fewer lines, down to what these measures ask for at least."""
    grades = [cup.grade for cup in facts.cups]
    shown = None
    for most in range(MOST_LINES, -1, -1):
        plan = plan_sheet(facts.techniques, facts.ended_at, grades, most)
        if shown is not None and len(plan.advice) == shown:
            continue
        if shown is not None and len(plan.advice) < measures.fewest:
            return
        shown = len(plan.advice)
        yield plan
