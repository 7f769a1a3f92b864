"""What a visit takes and what is taken, against a slow model that compares everything with everything."""

from hypothesis import given
from hypothesis import strategies as st

from pulse_desktop.clinic.practice.values import Stretch
from pulse_desktop.clinic.schedule.patterns import fitted, hands_on, length
from pulse_desktop.clinic.schedule.spans import MINUTE, ROOM, Place, Span, Taken

_PATTERNS = st.lists(st.builds(Stretch, st.integers(1, 60), st.booleans()), min_size=1, max_size=6)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 60), st.integers(1, 20))), st.integers(0, 60), st.integers(1, 20))
def test_a_holder_is_found_exactly_when_something_overlaps(held: list[tuple[int, int, int]], starts: int, minutes: int) -> None:
    rows: list[tuple[str, int, int, int, int, int]] = []
    for at, (key, begins, lasts) in enumerate(held):
        if not any(row[1] == key and row[2] < begins + lasts and begins < row[3] for row in rows):
            rows.append((ROOM, key, begins, begins + lasts, 1, at))
    taken = Taken(rows)
    for key in (1, 2, 3):
        overlapping = {row[5] for row in rows if row[1] == key and row[2] < starts + minutes and starts < row[3]}
        holder = taken.holder(Span(ROOM, key, starts, starts + minutes))
        assert (holder is None) == (not overlapping)
        assert holder is None or holder.visit_id in overlapping


@given(_PATTERNS, st.integers(5, 240))
def test_a_fitted_pattern_lasts_exactly_as_long_and_keeps_its_beginning(pattern: list[Stretch], minutes: int) -> None:
    found = fitted(pattern, minutes)
    assert length(found) == minutes
    assert all(stretch.minutes > 0 for stretch in found)
    assert [stretch.hands_on for stretch in found] == [stretch.hands_on for stretch in pattern][: len(found)]


@given(_PATTERNS)
def test_hands_on_spans_are_apart_in_order_and_add_up(pattern: list[Stretch]) -> None:
    spans = hands_on(pattern)
    assert sum(ends - begins for begins, ends in spans) == sum(stretch.minutes for stretch in pattern if stretch.hands_on)
    flat = [minute for span in spans for minute in span]
    assert flat == sorted(set(flat))


def test_a_practitioner_is_away_only_at_another_office() -> None:
    taken = Taken([("practitioner", 1, 100 * MINUTE, 110 * MINUTE, 2, 7)])
    near, far = (Place(9, 1, office, None, 130 * MINUTE, 30, ((0, 10),)) for office in (1, 2))
    assert taken.away(near, 45) is not None
    assert taken.away(near, 20) is None
    assert taken.away(far, 45) is None
