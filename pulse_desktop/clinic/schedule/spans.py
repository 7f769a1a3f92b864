"""What a visit takes up, and what is taken already: spans of instants in milliseconds, half open."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

PRACTITIONER, ROOM, PATIENT = "practitioner", "room", "patient"
MINUTE = 60_000


class Span(NamedTuple):
    """One taken span. `kind` and `key` say of what."""

    kind: str
    key: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a visit would be: `starts` in milliseconds, buffers of the room, hands-on minutes after the start."""

    patient_id: int | None
    staff_id: int
    office_id: int
    room_id: int | None
    starts: int
    minutes: int
    hands_on: tuple[tuple[int, int], ...]
    setup_minutes: int = 0
    cleanup_minutes: int = 0

    def spans(self) -> Iterator[Span]:
        """Everything the visit takes: hands, room with set-up and clean-up, patient."""
        yield from self.hands()
        ends = self.starts + self.minutes * MINUTE
        if self.room_id is not None:
            yield Span(ROOM, self.room_id, self.starts - self.setup_minutes * MINUTE, ends + self.cleanup_minutes * MINUTE)
        if self.patient_id is not None:
            yield Span(PATIENT, self.patient_id, self.starts, ends)

    def hands(self) -> Iterator[Span]:
        """The practitioner's spans."""
        for begins, ends in self.hands_on:
            yield Span(PRACTITIONER, self.staff_id, self.starts + begins * MINUTE, self.starts + ends * MINUTE)


class Occupied(NamedTuple):
    """A taken span with the office it is in and the visit that takes it."""

    starts: int
    ends: int
    office_id: int
    visit_id: int


class Taken:
    """What is taken in some time, for asking often: whether a place is free, who has it, who is at which office when."""

    def __init__(self, rows: Iterable[tuple[str, int, int, int, int, int]]) -> None:
        """Rows of kind, key, starts, ends, office, visit."""
        self._spans: dict[tuple[str, int], list[Occupied]] = defaultdict(list)
        for kind, key, *rest in rows:
            insort(self._spans[kind, key], Occupied(*rest))

    def holder(self, span: Span) -> Occupied | None:
        """What shares a moment with `span`, if anything does. Taken spans of one kind and key never overlap each other."""
        spans = self._spans.get((span.kind, span.key), [])
        before = bisect_left(spans, (span.ends,)) - 1
        return spans[before] if before >= 0 and spans[before].ends > span.starts else None

    def clash(self, place: Place) -> tuple[Span, Occupied] | None:
        """The first thing the place would need that is taken, and by what: hands, then room, then patient."""
        for span in place.spans():
            if (held := self.holder(span)) is not None:
                return span, held
        return None

    def fits(self, place: Place, travel_minutes: int) -> bool:
        """The place is free in every respect, the way between offices included."""
        return self.clash(place) is None and self.away(place, travel_minutes) is None

    def away(self, place: Place, travel_minutes: int) -> Occupied | None:
        """What the practitioner does at another office so near in time that the way cannot be made."""
        hands = list(place.hands())
        if not hands:
            return None
        gap = travel_minutes * MINUTE
        begins, ends = hands[0].starts - gap, hands[-1].ends + gap
        held = self._spans.get((PRACTITIONER, place.staff_id), [])
        return next((span for span in held if span.office_id != place.office_id and span.starts < ends and span.ends > begins), None)
