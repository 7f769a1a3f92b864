"""The line beside the clock, and the strip of what was left over, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.clinic.boards.values import LooseEnd, TodayCard
from pulse_desktop.gui.workplaces.today.cards import column_of, timer_of, waiting_minutes


@dataclass(frozen=True, slots=True)
class Counts:
    """The day in numbers."""

    visits: int
    done: int
    waiting: int
    longest: int
    late: int

    @property
    def visits_words(self) -> str:
        return ngettext("{count} visit", "{count} visits", self.visits).format(count=self.visits)

    @property
    def rest_words(self) -> str:
        """"4 done   3 waiting, longest 18 min"."""
        parts = [_("{count} done").format(count=self.done)] if self.done else []
        if self.waiting:
            parts.append(_("{count} waiting, longest {minutes} min").format(count=self.waiting, minutes=self.longest))
        return "   ".join(parts)

    @property
    def short_words(self) -> str:
        """For large text: "3 waiting"."""
        return _("{count} waiting").format(count=self.waiting) if self.waiting else self.visits_words

    @property
    def late_words(self) -> str:
        return _("{count} late").format(count=self.late) if self.late else ""


def count(cards: tuple[TodayCard, ...], now: datetime) -> Counts:
    """Count the board as it stands now."""
    waits = [minutes for minutes in (waiting_minutes(card, now) for card in cards) if minutes is not None]
    return Counts(
        visits=len(cards),
        done=sum(column_of(card) == "done" for card in cards),
        waiting=len(waits),
        longest=max(waits, default=0),
        late=sum(card.late_minutes > 0 for card in cards),
    )


def loose_words(ends: tuple[LooseEnd, ...], today: date) -> tuple[str, str]:
    """"From yesterday:" and "2 unsigned notes (Petrov), 1 not checked out (E. Novak)"."""
    is_yesterday = all((today - end.day).days == 1 for end in ends)
    lead = _("From yesterday:") if is_yesterday else _("Left over:")
    parts = []
    unsigned = Counter(end.staff for end in ends if end.kind == "unsigned")
    if unsigned:
        total = sum(unsigned.values())
        words = ngettext("{count} unsigned note", "{count} unsigned notes", total).format(count=total)
        parts.append(f"{words} ({', '.join(unsigned)})")
    left = [end.patient_short for end in ends if end.kind == "not_checked_out"]
    if left:
        words = _("{count} not checked out").format(count=len(left))
        parts.append(f"{words} ({', '.join(dict.fromkeys(left))})")
    return lead, ", ".join(parts)


def next_hands_words(cards: tuple[TodayCard, ...], staff_id: int, now: datetime) -> str:
    """For one who treats: whose cups or needles come off next, in which room."""
    mine = [card for card in cards if card.timer is not None and card.timer.staff_id == staff_id]
    views = [view for view in (timer_of(card, now) for card in mine) if view is not None]
    words = []
    for view in sorted(views, key=lambda view: view.sort_key)[:3]:
        left = view.planned - view.elapsed
        when = _("in {minutes} min").format(minutes=-(-left // 60)) if left > 0 else _("now")
        words.append(f"{view.room}, {view.who}, {when}")
    return "; ".join(words)
