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


class Taken:
    """What is taken in some days, for asking often: whether a place is free, and who is at which office when."""

    def __init__(self, spans: Iterable[tuple[Span, int]]) -> None:
        """Spans with the office they are in."""
        self._spans: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
        for span, office_id in spans:
            insort(self._spans[span.kind, span.key], (span.starts, span.ends, office_id))

    def is_free(self, span: Span) -> bool:
        """Nothing of this kind and key shares a moment with `span`."""
        spans = self._spans.get((span.kind, span.key), [])
        after = bisect_left(spans, (span.ends, 0, 0))
        return after == 0 or spans[after - 1][1] <= span.starts

    def fits(self, place: Place, travel_minutes: int) -> bool:
        """The place is free in every respect, the way between offices included."""
        return all(map(self.is_free, place.spans())) and self.away(place, travel_minutes) is None

    def away(self, place: Place, travel_minutes: int) -> tuple[int, int, int] | None:
        """The span (starts, ends, office) at another office that leaves the practitioner no time for the way."""
        hands = list(place.hands())
        if not hands:
            return None
        gap = travel_minutes * MINUTE
        begins, ends = hands[0].starts - gap, hands[-1].ends + gap
        for span in self._spans.get((PRACTITIONER, place.staff_id), []):
            if span[2] != place.office_id and span[0] < ends and span[1] > begins:
                return span
        return None
