"""One rule of minutes for every place that shows a timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pulse_desktop.clinic import atlas, treatment
from pulse_desktop.clinic.treatment.values import CupPlacement, NeedlePlacement

ON = datetime(2026, 11, 24, 15, 36, tzinfo=UTC)


def cup(number: int = 1, planned: int = 8, site: str = "", on: float = 0) -> CupPlacement:
    return CupPlacement(number, "posterior", 500, 500, site, planned_minutes=planned, on_at=ON + timedelta(minutes=on))


@pytest.mark.parametrize(
    ("planned", "minutes", "state", "words"),
    [
        (8, 7.99, "running", ""),
        (8, 8, "due", ""),
        (8, 9.99, "due", ""),
        (8, 10, "late", ""),
        (18, 14.99, "running", ""),
        (18, 15, "due", "15 minutes on: look at the skin"),
        (18, 19.99, "due", "15 minutes on: look at the skin"),
        (18, 20, "late", "Over 20 minutes: the note needs a reason"),
        (25, 20, "late", "Over 20 minutes: the note needs a reason"),
    ],
)
def test_colour_and_words_of_a_cup_placed_freely(planned: int, minutes: float, state: str, words: str) -> None:
    limits = treatment.cup_limits(cup(planned=planned))
    assert (treatment.stage(minutes * 60, limits), treatment.warning(minutes * 60, limits)) == (state, words)


@pytest.mark.parametrize("site", atlas.cup_sites().values(), ids=lambda site: site.key)
def test_at_every_site_its_cap_is_late_and_called_whatever_was_planned(site: atlas.CupSite) -> None:
    for planned in (site.usual_minutes, 30):
        limits = treatment.cup_limits(cup(planned=planned, site=site.key))
        assert treatment.stage(site.longest_minutes * 60, limits) == "late"
        assert treatment.stage(min(planned, site.longest_minutes) * 60 - 1, limits) == "running"
        assert treatment.moments(limits)[-1] == site.longest_minutes


def test_the_clock_shown_is_that_of_the_cup_that_comes_off_first() -> None:
    long, short = cup(1, planned=12), cup(2, planned=3, on=6)
    running = treatment.running_cups((long, short))
    assert running is not None
    assert (running.count, running.since, running.limits.planned) == (2, short.on_at, 3)


def test_needles_turn_amber_at_their_minute_and_are_counted_singly() -> None:
    needles = (NeedlePlacement("ST36", "both", in_at=ON), NeedlePlacement("CV12", "midline", in_at=ON), NeedlePlacement("LI4", "left"))
    running = treatment.running_needles(needles, 20)
    assert running is not None
    assert running.count == 3
    assert [treatment.stage(minutes * 60, running.limits) for minutes in (19, 20, 22)] == ["running", "due", "late"]
    assert treatment.warning(60 * 60, running.limits) == ""
