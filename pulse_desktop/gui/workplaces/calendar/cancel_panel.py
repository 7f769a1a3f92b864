"""Cancelling a visit: a reason by one key, who did it, what becomes of the session."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pulse_desktop.basics.problems import Outdated, Problem
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import flows, schedule
from pulse_desktop.clinic.flows.values import VisitCancelled
from pulse_desktop.clinic.schedule.values import Cancelling, State, VisitLine
from pulse_desktop.gui.forms.fields import RefusalLine, TextField
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.places import CancelRequest
from pulse_desktop.gui.parts.segments import Segments
from pulse_desktop.gui.parts.side_panel import SidePanel
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.calendar.cancel_reasons import (
    REASONS,
    WHO,
    WHO_MEANS,
    CancelReason,
    may_be_missed,
    state_for,
)
from pulse_desktop.gui.workplaces.calendar.keyed_rows import KeyedRow, KeyedRows
from pulse_desktop.gui.workplaces.calendar.visit_head import VisitHead


class CancelPanel(SidePanel):
    """A digit chooses the reason and who did it; Ctrl+Enter cancels."""

    def __init__(self, parts: DeskParts, request: CancelRequest, parent: QWidget | None = None) -> None:
        super().__init__(_("Cancel a visit"), primary=_("Cancel visit"), leave=_("Leave it"), parent=parent)
        self._parts, self._request = parts, request
        self._visit: VisitLine | None = None
        self._head = VisitHead()
        self._reasons = KeyedRows(_("Reason"))
        self._own = TextField(_("In your own words"), hint=_("instead of a reason above, or to add to it"))
        self._who = Segments([_(words) for _state, words in WHO], _("Who cancelled"))
        self._means = Paragraph("", "secondary", "ink-soft")
        self._trouble = RefusalLine()
        for widget in (
            self._head, Label(_("Reason"), "secondary", "ink-soft", weight=500), self._reasons, self._own,
            Label(_("Who cancelled"), "secondary", "ink-soft", weight=500), self._who, self._means, self._trouble,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self._reasons.chosen.connect(self._take_reason)
        self._reasons.taken.connect(self._cancel)
        self._who.chosen.connect(self._take_who)
        self._own.changed.connect(self._clear_trouble)
        self.confirmed.connect(self._cancel)
        parts.work.look(schedule.visit, request.visit_id, then=self._show_visit)

    def focus_first(self) -> None:
        self._reasons.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare and event.text().isdecimal() and event.text().isascii() and self._reasons.press(int(event.text())):
            return
        super().keyPressEvent(event)

    def _show_visit(self, visit: VisitLine) -> None:
        self._visit = visit
        self._head.show_visit(visit, self._parts.practice.data, self._parts.practice.today())
        missed = may_be_missed(visit, self._parts.clock.now())
        offered = [reason for reason in REASONS if missed or reason.by != "nobody"]
        self._reasons.show_rows([KeyedRow(_(reason.words), value=reason) for reason in offered])
        self._choose_state(state_for("patient", visit, self._parts.clock.now()))
        if self.isVisible():
            self._reasons.setFocus()

    def _take_reason(self, reason: CancelReason | None) -> None:
        self._clear_trouble()
        if reason is not None and self._visit is not None:
            self._choose_state(state_for(reason.by, self._visit, self._parts.clock.now()))

    def _choose_state(self, state: State) -> None:
        self._who.choose([known for known, _words in WHO].index(state))
        self._take_who(self._who.current)

    def _take_who(self, index: int) -> None:
        self._clear_trouble()
        self._means.set_words(_(WHO_MEANS[WHO[index][0]]))

    def _clear_trouble(self) -> None:
        self._trouble.say("")

    def _cancel(self, _reason: object = None) -> None:
        visit, reason = self._visit, self._reasons.value
        if visit is None:
            return
        words = ". ".join(part for part in (_(reason.words) if reason else "", self._own.value()) if part)
        if not words:
            self._own.control.setFocus()  # not into the list: it would choose its first reason for the patient
            self._trouble.say(_("Choose a reason with its key, or write one."))
            return
        self.primary.setEnabled(False)
        cancelling = Cancelling(visit.id, visit.version, WHO[self._who.current][0], words)
        self._parts.work.do(flows.cancel_visit, cancelling, then=self._cancelled, refused=self._refused)

    def _cancelled(self, done: Finished) -> None:
        visit = self._visit
        assert visit is not None
        said = cancelled_words(visit, done.answer)
        self._parts.toast(said, done.operation, _("cancelled {patient}").format(patient=visit.patient_short))
        self.close()

    def _refused(self, problem: Problem) -> None:
        self.primary.setEnabled(True)
        if isinstance(problem, Outdated):
            self._parts.work.look(schedule.visit, self._request.visit_id, then=self._show_visit)
        self._parts.sentence(problem, self._trouble.say)


def cancelled_words(visit: VisitLine, cancelled: VisitCancelled) -> str:
    """"M. Alvarez cancelled, the session is back in the package"."""
    said = _("{patient} cancelled").format(patient=visit.patient_short)
    sessions = {
        "released": _("the session is back in the package"),
        "forgiven": _("the session is back in the package, forgiven this once"),
        "forfeited": _("the session is used up"),
    }
    became = sessions.get(cancelled.session)
    return f"{said}, {became}" if became else said
