"""Hands-on minutes apart from minutes on the table, and the units they would allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic.treatment import minutes
from pulse_desktop.clinic.treatment.minutes import Measured
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement, NoteDraft, StimulatedPair

ROOM = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
CODES = ("ST36", "LI4", "BL23", "GB20")


def at(minute: float) -> datetime:
    return ROOM + timedelta(minutes=minute)


def drawn(cups: tuple[tuple[float, float | None], ...] = (), needles: tuple[tuple[float, float | None], ...] = (), **more: object) -> NoteDraft:
    made = tuple(
        CupPlacement(n, "posterior", 500, 500, on_at=at(on), off_at=None if off is None else at(off)) for n, (on, off) in enumerate(cups, 1)
    )
    points = tuple(
        NeedlePlacement(CODES[n], "left", in_at=at(on), out_at=None if off is None else at(off)) for n, (on, off) in enumerate(needles)
    )
    return NoteDraft(cups=made, needles=points, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cups", "needles", "now", "out", "hands", "table"),
    [
        ((), (), 12, None, 12, 0),  # talking, tuina: all of it by hand
        ((), (), 40, 25, 25, 0),  # over when the patient left the room
        ((), ((10, 30),), 60, 55, 10, 20),  # the last needle out is the end
        ((), ((10, None),), 25, None, 10, 15),  # still in: rest goes on, hands do not
        (((40, 48),), ((10, 30),), 60, None, 20, 28),  # needles, hands, cups
        (((12, 20),), ((10, 30),), 60, None, 10, 20),  # cups while needles are in count once
        (((10, 18), (14, 22)), (), 60, None, 10, 12),  # sets that overlap count once
        (((10, 18), (30, None)), (), 36, None, 22, 14),
    ],
)  # fmt: skip
def test_rest_is_nobodys_hands(
    cups: tuple[tuple[float, float | None], ...], needles: tuple[tuple[float, float | None], ...], now: float, out: float | None, hands: int, table: int
) -> None:
    found = minutes.measured(drawn(cups, needles), ROOM, at(now), None if out is None else at(out))
    assert found == Measured(hands, table)


def test_nothing_is_measured_before_the_room() -> None:
    assert minutes.measured(NoteDraft(), None, ROOM) is None


def test_what_waits_to_go_on_keeps_the_visit_going() -> None:
    draft = drawn(((10, 18),))
    waiting = NoteDraft(cups=(*draft.cups, CupPlacement(2, "posterior", 500, 500)))
    assert minutes.measured(waiting, ROOM, at(30)) == Measured(22, 8)
    assert minutes.measured(draft, ROOM, at(30)) == Measured(10, 8)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 40)), min_size=1, max_size=5))
def test_hands_and_table_make_the_whole_visit(spans: list[tuple[int, int]]) -> None:
    """Against a slow model: each minute of the visit is one or the other."""
    cups = tuple((begin, begin + long) for begin, long in spans)
    found = minutes.measured(drawn(cups), ROOM, at(200))
    covered = {minute for begin, end in cups for minute in range(begin, end)}
    end = max(end for _begin, end in cups)
    assert found == Measured(end - len(covered), len(covered))


PAIR = (StimulatedPair(1, "ST36", "left", "LI4", "left"),)
ONE, TWO = ((5.0, 25.0),), ((5.0, 25.0), (20.0, 40.0))


@pytest.mark.parametrize(
    ("needles", "pairs", "new", "hands", "words", "asks"),
    [
        ((), (), None, 60, "", False),
        (ONE, (), None, 7, "", False),
        (ONE, (), None, 8, "97810", False),
        (ONE, (), None, 15, "97810", False),
        (ONE, (), True, 29, "97810", False),
        (ONE, (), None, 30, "97810", True),
        (ONE, (), False, 30, "97810", False),
        (ONE, (), True, 30, "97810, 97811", False),
        (ONE, (), True, 60, "97810, 97811", False),  # placed anew once, so once
        (TWO, (), True, 44, "97810, 97811", False),
        ((*TWO, (30.0, 45.0)), (), True, 45, "97810, 97811 × 2", False),
        ((*TWO, (30.0, 45.0)), (), True, 30, "97810, 97811", False),
        (ONE, PAIR, None, 20, "97813", False),
        (ONE, PAIR, True, 30, "97813, 97814", False),
        (ONE, PAIR, None, None, "", False),
    ],
)  # fmt: skip
def test_units_are_proposed_with_a_reason(
    needles: tuple[tuple[float, float], ...], pairs: tuple[StimulatedPair, ...], new: bool | None, hands: int | None, words: str, asks: bool
) -> None:
    units = minutes.proposed_units(drawn((), needles, pairs=pairs, new_needles=new), hands)
    assert (units.words, units.asks_new_needles) == (words, asks)
    assert units.reason


@pytest.mark.parametrize("hands", range(121))
@pytest.mark.parametrize("new", [None, False, True])
def test_never_two_first_units_and_never_a_further_one_without_time_and_new_needles(hands: int, new: bool | None) -> None:
    for pairs in ((), PAIR):
        units = dict(minutes.proposed_units(drawn((), TWO, pairs=pairs, new_needles=new), hands).codes)
        assert sum(units.get(code, 0) for code in ("97810", "97813")) <= 1
        further = sum(units.get(code, 0) for code in ("97811", "97814"))
        assert further == 0 or (new and hands >= 15 * (further + 1))


def test_cupping_gets_words_and_no_code() -> None:
    units = minutes.proposed_units(drawn(((5, 13),)), 30)
    assert units.codes == ()
    assert "Cupping has no code of its own." in units.reason


def test_a_correction_needs_a_reason_and_what_was_measured_is_none() -> None:
    found = Measured(24, 20)
    assert minutes.corrected("24", "", found) == (None, "")
    assert minutes.corrected("", "x", found) == (None, "")
    assert minutes.corrected(" 30 ", " stayed after the needles ", found) == (30, "stayed after the needles")
    with pytest.raises(Refusal, match="minutes_reason"):
        minutes.corrected("30", " ", found)
    for wrong in ("-1", "x", "601", "1.5", "²"):
        with pytest.raises(Refusal, match="minutes_wrong"):
            minutes.corrected(wrong, "why", found)
