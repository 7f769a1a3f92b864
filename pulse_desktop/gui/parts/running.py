"""What is on as a timer to look at: the only place where the clinic's rule of minutes becomes a colour and a call."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pulse_desktop.clinic.treatment.timing import moments, stage, warning
from pulse_desktop.gui.parts.timers import TimerView

if TYPE_CHECKING:
    from pulse_desktop.clinic.treatment.timing import Running
    from pulse_desktop.clinic.treatment.values import Limits, TimerLine


def line_view(line: TimerLine, now: datetime, *, with_name: bool = True, staff_id: int | None = None) -> TimerView:
    """A timer of the office as it stands at `now`; without the name where a waiting room may read it."""
    who = line.patient_short if with_name else ""
    is_mine = staff_id is None or line.staff_id == staff_id
    return _view(line.visit_id, line.room, who, line.since, line.limits, now, line.kind, is_mine=is_mine)


def own_view(running: Running | None, kind: str, now: datetime) -> TimerView | None:
    """The clock of the note on screen; None when nothing is on."""
    return None if running is None else _view(kind, "", "", running.since, running.limits, now, kind, is_mine=True)


def _view(key: object, room: str, who: str, since: datetime, limits: Limits, now: datetime, kind: str, *, is_mine: bool) -> TimerView:
    passed = (now - since).total_seconds()
    elapsed = max(int(passed), 0)
    return TimerView(
        key=key, room=room, who=who, elapsed=elapsed, planned=limits.planned * 60,
        icon="needle" if kind == "needles" else "cups", is_needles=kind == "needles", state=stage(elapsed, limits),
        calls=sum(elapsed >= minute * 60 for minute in moments(limits)), is_at_cap=elapsed >= limits.cap * 60,
        warning=warning(passed, limits), is_mine=is_mine,
    )  # fmt: skip
