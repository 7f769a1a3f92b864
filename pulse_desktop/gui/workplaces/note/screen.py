"""The note of a visit: opened where it was left, stored as it is typed, signed with the password, then only added to."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem, Refusal
from pulse_desktop.basics.texts import N_, _, sentence
from pulse_desktop.clinic.treatment.typed import Typed
from pulse_desktop.clinic.treatment.values import NoteDraft, NoteView
from pulse_desktop.gui.actions import Action
from pulse_desktop.gui.live import Follows
from pulse_desktop.gui.parts.desk_parts import DeskParts
from pulse_desktop.gui.parts.empty_place import EmptyPlace
from pulse_desktop.gui.parts.places import (
    ChartRequest,
    NotePlace,
    PatientPlace,
    Place,
    ScoreRequest,
    SheetRequest,
    TodayPlace,
)
from pulse_desktop.gui.parts.screen import Screen
from pulse_desktop.gui.parts.side_panel import is_in_panel
from pulse_desktop.gui.work import is_line_broken
from pulse_desktop.gui.workplaces.note.acts import Acts
from pulse_desktop.gui.workplaces.note.company import Company
from pulse_desktop.gui.workplaces.note.elsewhere import ChangedElsewhere
from pulse_desktop.gui.workplaces.note.keeper import Keeper
from pulse_desktop.gui.workplaces.note.marks import barred_on
from pulse_desktop.gui.workplaces.note.page import NotePage
from pulse_desktop.gui.workplaces.note.saving_signed import SavesSigned
from pulse_desktop.gui.workplaces.note.shelter import Shelter
from pulse_desktop.gui.workplaces.note.signatures import Signatures
from pulse_desktop.gui.workplaces.note.sitting import Sitting
from pulse_desktop.gui.workplaces.note.writing import Writing

_ABOUT_THE_PATIENT = frozenset({"patient", "patient_condition", "package", "credit_entry"})


class NoteScreen(Screen):
    """Shows one note at a time; going to another first stores this one."""

    def __init__(self, parts: DeskParts) -> None:
        super().__init__()
        self._parts = parts
        self._wanted: int | None = None
        self.writing = Writing(self)
        self.keeper = Keeper(parts.work, self.writing, self)
        self.shelter = Shelter(parts.work, parts.typed, self.writing, self.keeper)
        self.acts = Acts(parts, self.keeper, self.writing, self)
        self.sitting = Sitting(parts, self)
        self.page = NotePage(parts, self.writing, self.acts)
        self.calm = EmptyPlace("", "", _("Back to today"))
        self._pages = QStackedWidget()
        self._opening = QWidget()
        for page in (self.calm, self._opening, self.page):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._is_focus_due = False
        self._is_print_due = False
        """Ctrl+P was pressed while the last letters were on their way."""
        self._signatures = Signatures(parts, self.writing, self.keeper, self.sitting, self.page)
        self._company = Company(parts, self.page)
        self._saves = SavesSigned(parts, self.page)
        self._is_stale = False
        self._elsewhere = ChangedElsewhere(parts.work, self.writing, self.keeper, self.sitting, self.page)
        self._connect()
        parts.actions.install(ACTIONS, self)
        signs = QShortcut(QKeySequence("Ctrl+Return"), self, self.sign)
        signs.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # a panel over the note has its own Ctrl+Return

    # --- coming and going

    def show_place(self, place: Place) -> None:
        """Open the note of a visit. What is being typed in another is stored first."""
        if not isinstance(place, NotePlace):
            return
        if not self._parts.may("see_clinical"):
            self._show_calm(
                _("Treatment notes are for those who treat"),
                _("Your role sees when the visit was, what it was for and what is owed. The clinical text stays with the practitioners."),
            )
            return
        if place.visit_id == self.sitting.visit_id and self.sitting.note is not None:
            return
        self._wanted = place.visit_id
        self.keeper.settle()
        self._open_wanted()

    def _open_wanted(self) -> None:
        """Open the wanted note once nothing of the one on screen is on its way any more."""
        if self._wanted is None or self.keeper.is_behind:
            return
        wanted, self._wanted = self._wanted, None
        self._company.leave()
        self.keeper.close()
        self.writing.load(NoteDraft(), is_open=False)
        self._pages.setCurrentWidget(self._opening)
        self.sitting.begin(wanted)

    def take_focus(self) -> None:
        """The cursor goes where it was left."""
        if self._pages.currentWidget() is not self.page:
            self._is_focus_due = True
            self._opening.setFocus()
            return
        self._is_focus_due = False
        draft = self.writing.draft
        if not self.writing.is_open:
            if not self.page.company.focus_action():
                self.page.form.setFocus()
        elif not (draft.cursor_field and self.page.form.put_cursor(draft.cursor_field, draft.cursor_at)):
            self.page.form.focus_first_empty()

    @property
    def must_be_kept(self) -> bool:
        """A note is stored as it is typed."""
        return False

    def settle(self) -> None:
        """Lock, sign-out and closing wait for nothing: hand over what was typed at once."""
        self._note_cursor()
        self.shelter.settle()
        self.keeper.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.settle()
        self._company.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Shown again: somebody may have gone on with the note at another seat meanwhile."""
        super().showEvent(event)
        view, is_shown = self.sitting.note, self._pages.currentWidget() is self.page
        if view is None or not is_shown:
            return
        may = self._company.lets_write(view)
        if (self._is_stale or may is not self.writing.is_open) and not self.keeper.is_behind:
            self.sitting.read_note()

    # --- what can be done here

    def sign(self) -> None:
        """Ask for the password; the note is signed as it stands then."""
        if not self.writing.is_open:
            return
        missing = self.page.bar.missing(self.writing.draft, self._parts.clock.now())
        if missing:
            self.page.form.put_cursor(missing[0].removeprefix("copied:"), 0)
        else:
            self._note_cursor()
            self._signatures.ask()

    def cups(self) -> None:
        """F4."""
        self.page.lists.next_cups_act()

    def more_cups(self) -> None:
        """Shift+F4."""
        self.page.lists.more_cups_on()

    def needles(self) -> None:
        """F7."""
        self.page.lists.next_needles_act()

    def copy_forward(self) -> None:
        """Bring the last visit's complaint, points, cups and plan."""
        last = self.sitting.last
        if last is None or not self.writing.is_open:
            return
        if self.writing.copy_from(last):
            self.page.form.show_draft(self.writing.draft)
        self.page.form.put_cursor("pain_before", 0)

    def copy_part(self, names: tuple[str, ...]) -> None:
        """Bring one part of the last visit."""
        last = self.sitting.last
        if last is not None and self.writing.is_open and self.writing.copy_from(last, names):
            self.page.form.show_draft(self.writing.draft)
        elif last is not None and self.writing.is_open:
            self._parts.toast(_("Today’s own is there already; nothing was copied over it"))

    def confirm_copied(self) -> None:
        """What was copied holds today: this field, or all of it when the cursor is elsewhere."""
        name, _at = self.page.form.current
        here = name in self.writing.draft.copied
        self.writing.confirm(*([name] if here else []))

    def go_on_here(self) -> None:
        """Write at this seat what is open at another one."""
        self._company.go_on_here()

    def show_sheet(self) -> None:
        """The aftercare sheet of this visit."""
        if self.sitting.visit is not None:
            self.keeper.save()
            self._parts.open_panel(SheetRequest(self.sitting.visit_id))

    def save_signed(self) -> None:
        """A file of the signed note that can be checked without the program."""
        if self.sitting.note is not None:
            self._saves.save(self.sitting.note.id)

    def add_cup(self) -> None:
        """Type the name of a site."""
        self.page.lists.site.begin()

    def add_needle(self) -> None:
        """Type a point."""
        self.page.lists.point.begin()

    def add_hand(self) -> None:
        """Type what else was done, and where."""
        self.page.lists.hands.begin()

    def enter_score(self) -> None:
        """A score of an outcome measure, beside the note."""
        if self.sitting.visit is not None:
            self._parts.open_panel(ScoreRequest(self.sitting.visit.patient_id))

    def correct_times(self) -> None:
        """Alt+T: they went on or came off earlier than the key was pressed."""
        self.page.lists.open_times()

    def correct_minutes(self) -> None:
        """Alt+H: the minutes with hands on and the units they would allow."""
        if self.writing.is_open:
            self.page.minutes.open_row(self._parts.clock.now())

    def save_group(self) -> None:
        """Keep the listed points under a name."""
        self.page.lists.groups.begin()

    def print_note(self) -> None:
        """This note as a paper, as it stands in the file: what was typed is stored first."""
        view = self.sitting.note
        if view is None:
            return
        self._note_cursor()
        self.keeper.settle()
        self._is_print_due = self.keeper.is_behind
        if not self._is_print_due:
            self._parts.open_panel(ChartRequest(view.patient_id, view.id))

    def open_file(self) -> None:
        """The patient's file."""
        if self.sitting.visit is not None:
            self._parts.go_to(PatientPlace(self.sitting.visit.patient_id))

    # --- what comes in

    def _connect(self) -> None:
        sitting, page, parts = self.sitting, self.page, self._parts
        sitting.visit_found.connect(self._show_banner)
        sitting.banner_found.connect(self._show_banner)
        sitting.note_found.connect(self._show_note)
        sitting.last_found.connect(self._show_last)
        sitting.skin_found.connect(self._show_skin)
        sitting.not_to_show.connect(self._show_calm)
        sitting.required_found.connect(self._show_required)
        self.calm.asked.connect(self._go_back)
        self.writing.changed.connect(self._after_change)
        self.keeper.saved.connect(self._say_saved)
        self.keeper.failed.connect(self._say_failing)
        self.shelter.found.connect(self._take_typed)
        self.shelter.not_kept.connect(parts.tell)
        page.form.left.connect(self._save_soon)
        page.last.copy_asked.connect(self.copy_forward)
        page.last.part_asked.connect(self.copy_part)
        page.bar.sheet_asked.connect(self.show_sheet)
        page.bar.sign_asked.connect(self.sign)
        page.in_error.anew_asked.connect(sitting.begin_anew)
        page.signature.save_asked.connect(self.save_signed)
        page.bar.minutes_asked.connect(self.correct_minutes)
        page.minutes.closed.connect(self.take_focus)
        parts.heartbeat.second.connect(self._beat)
        Follows(self, parts.live, _ABOUT_THE_PATIENT, sitting.read_patient)
        Follows(self, parts.live, {"visit"}, sitting.read_visit)
        Follows(self, parts.live, {"setting"}, sitting.read_required)
        parts.live.elsewhere.connect(self._hear_elsewhere, Qt.ConnectionType.QueuedConnection)
        self._company.stopped.connect(self._stop_writing)
        self._company.freed.connect(self._go_on)
        Follows(self, parts.live, (), self.keeper.save)  # only when the server is back after a while
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._save_now)

    def _show_note(self) -> None:
        view = self.sitting.note
        if view is None:
            return
        may = self._company.lets_write(view) if self.isVisible() else view.may_write
        self._is_stale = False
        self.writing.load(view.draft, is_open=may)
        if may:
            self.keeper.open(view.id, view.version)
            self.shelter.look_for(view)
        else:
            self.keeper.close()
        self.page.form.show_draft(view.draft)
        self.page.set_usable(may)
        self.page.strip.hide()
        self.page.amendment.hide()
        self._show_state(view)
        self._show_skin()
        self._show_last()
        self._pages.setCurrentWidget(self.page)
        if self._is_focus_due and not is_in_panel(QApplication.focusWidget()):
            self.take_focus()

    def _take_typed(self, typed: Typed) -> None:
        """What was typed here before the program ended goes on; if the note was changed meanwhile, both texts are shown."""
        self.writing.load(typed.draft, is_open=True)
        self.page.form.show_draft(typed.draft)
        self.keeper.go_on(typed.version)

    def _show_state(self, view: NoteView) -> None:
        bar, signed = self.page.bar, view.signature is not None
        self.page.minutes.hide()
        self.page.signature.setVisible(signed)
        self.page.in_error.show_note(view)
        if signed:
            self.page.signature.show_note(view)
        if not self.writing.is_open:
            bar.say_signed(view)
            reading = _("Read only at this seat") if view.may_write else _("Another practitioner’s draft: you can read it.")
            words = "" if signed else reading
            bar.show_reading(may_amend=signed and view.state != "in_error" and self._parts.may("sign_note"), words=words)
            return
        bar.show_writing()
        bar.show_draft(view.draft, self._parts.clock.now())
        if view.saved_at is not None:
            bar.say_saved(view.saved_at)
        else:
            bar.say_nothing_saved()

    # --- other seats

    def _hear_elsewhere(self, rows: frozenset[tuple[str, int]]) -> None:
        """Somebody stored this note, or signed or added to it, at another seat. What is typed here is never replaced."""
        view = self.sitting.note
        if view is None or not any(row == ("note", view.id) or row[0] == "amendment" for row in rows):
            return
        if not self.isVisible():
            self._is_stale = True
        elif self.writing.is_open:
            self._elsewhere.hear()
        elif not self.keeper.is_behind:
            self.sitting.read_note()

    def _stop_writing(self) -> None:
        """The person went on at another seat: what was typed here is stored, and then only read."""
        self._note_cursor()
        self.keeper.settle()
        self._let_write(may=False)

    def _go_on(self) -> None:
        """The note may be written in here. Text that is not stored yet stays as it is; else the newest is shown."""
        if self.keeper.is_behind:
            self._let_write(may=True)
        else:
            self._is_focus_due = True
            self.sitting.read_note()

    def _let_write(self, *, may: bool) -> None:
        self.writing.is_open = may
        self.page.set_usable(may)
        if self.sitting.note is not None:
            self._show_state(self.sitting.note)

    def _show_banner(self) -> None:
        self.page.show_banner(self.sitting.banner, self.sitting.visit)

    def _show_last(self) -> None:
        sitting = self.sitting
        if sitting.visit is None or sitting.note is None:
            return
        day = next((line.day for line in sitting.course if sitting.last and line.id == sitting.last.id), None)
        self.page.last.show_last(sitting.last, day, may_copy=self.writing.is_open)
        self.page.last.show_pain(sitting.course, sitting.visit.day, self.writing.draft.pain_before)

    def _show_skin(self) -> None:
        sitting = self.sitting
        if sitting.visit is not None:
            self.page.body.show_patient(sitting.fading, functools.partial(barred_on, sitting.conditions, sitting.visit.day))

    def _show_required(self) -> None:
        self.page.bar.required = self.sitting.required
        if self.writing.is_open:
            self.page.bar.show_draft(self.writing.draft, self._parts.clock.now())

    def _show_calm(self, words: str, why: str) -> None:
        self.calm.show_words(words, why)
        self._pages.setCurrentWidget(self.calm)

    def _go_back(self) -> None:
        self._parts.go_to(TodayPlace(self.sitting.visit_id or None))

    def _beat(self) -> None:
        """Clocks and arcs follow the heartbeat while somebody looks."""
        draft = self.writing.draft
        if self.isVisible() and (draft.cups_are_on or any(one.in_at and not one.out_at for one in draft.needles)):
            self.page.lists.refresh_clocks()
            self.page.body.refresh()
            if self.writing.is_open:
                self._show_bar()

    def _show_bar(self) -> None:
        """What the foot says of the draft as it stands now."""
        draft, now = self.writing.draft, self._parts.clock.now()
        self.page.bar.show_draft(draft, now)
        if self.page.minutes.isVisible():
            self.page.minutes.show_draft(draft, now)

    # --- keeping

    def _after_change(self) -> None:
        self._note_cursor()
        self.page.last.show_todays_pain(self.writing.draft.pain_before)
        self._show_bar()
        self.page.lists.count.show_draft(self.writing.draft, usable=self.writing.is_open)

    def _note_cursor(self) -> None:
        name, at = self.page.form.current
        if name and self.writing.is_open:
            self.writing.note_cursor(name, at)

    def _save_soon(self) -> None:
        """The keyboard left a field: store it once the event is through."""
        if self.keeper.is_behind:
            self._soon.start()

    def _save_now(self) -> None:
        self.keeper.save()

    def _say_saved(self) -> None:
        self.page.bar.say_saved(self._parts.clock.now())
        self.page.bar.show_draft(self.writing.draft, self._parts.clock.now())
        if self._is_print_due and not self.keeper.is_behind:
            self.print_note()
        if self._wanted is not None:
            self.keeper.settle()
            self._open_wanted()

    def _say_failing(self, problem: Problem) -> None:
        if isinstance(problem, Refusal) and self.page.form.refuse(problem.field, sentence(problem)):
            self.page.bar.say_failing(_("Not saved: see the field above"))
        elif is_line_broken(problem):
            self.page.bar.say_away()
        else:
            self.page.bar.say_failing(_("Not saved yet; your typing is kept and tried again"))
            self._parts.tell(problem)
        self._wanted, self._is_print_due = None, False


ACTIONS = (
    Action("note.cups", N_("Cups on, or off"), icon="cups", keys="F4", needs="write_note", run=NoteScreen.cups),
    Action("note.more_cups", N_("Put the waiting cups on as well"), icon="cups", keys="Shift+F4", needs="write_note", run=NoteScreen.more_cups),
    Action("note.needles", N_("Needles in, or count them out"), icon="needle", keys="F7", needs="write_note", run=NoteScreen.needles),
    Action("note.add_cup", N_("Add a cup by its site"), icon="add", keys="Alt+U", needs="write_note", run=NoteScreen.add_cup),
    Action("note.add_needle", N_("Add a needle by its point"), icon="add", keys="Alt+N", needs="write_note", run=NoteScreen.add_needle),
    Action("note.add_hand", N_("Add moxa, gua sha, tuina or a current"), icon="add", keys="Alt+O", needs="write_note", run=NoteScreen.add_hand),
    Action("note.save_group", N_("Save the points as a group"), icon="needle", keys="Alt+G", needs="write_note", run=NoteScreen.save_group),
    Action("note.copy", N_("Copy the last visit forward"), icon="history", keys="Ctrl+D", needs="write_note", run=NoteScreen.copy_forward),
    Action("note.confirm", N_("Confirm what was copied"), icon="check", keys="Alt+C", needs="write_note", run=NoteScreen.confirm_copied),
    Action("note.go_on_here", N_("Continue this note here"), icon="seat", needs="write_note", run=NoteScreen.go_on_here),
    Action("note.score", N_("Enter an outcome score"), icon="insights", keys="Alt+M", needs="write_note", run=NoteScreen.enter_score),
    Action("note.times", N_("Correct when cups or needles went on and came off"), icon="clock", keys="Alt+T", needs="write_note", run=NoteScreen.correct_times),
    Action("note.minutes", N_("Correct the minutes, see the units"), icon="clock", keys="Alt+H", needs="write_note", run=NoteScreen.correct_minutes),
    Action("note.sheet", N_("Aftercare sheet"), icon="print", keys="F9", needs="hand_out", run=NoteScreen.show_sheet),
    Action("note.print", N_("Print this note"), icon="print", keys="Ctrl+P", needs="see_clinical", run=NoteScreen.print_note),
    Action("note.sign", N_("Sign this note"), icon="signature", keys="Ctrl+Enter", needs="sign_note", run=NoteScreen.sign),
    Action("note.save_signed", N_("Save the signed note as a file to check"), icon="save", needs="see_clinical", run=NoteScreen.save_signed),
    Action("note.file", N_("Open the patient’s file"), icon="patients", run=NoteScreen.open_file),
)  # fmt: skip
