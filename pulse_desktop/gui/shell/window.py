"""The one window: first start or sign-in, then the frame around the work, or the locked page in its place.

Nothing of the clinic is imported at the head of this file; a thread does that while somebody writes their password.
"""

from __future__ import annotations

import functools
import logging
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _, sentence
from pulse_desktop.basics.times import Clock
from pulse_desktop.gui.parts.desk_parts import Heartbeat
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import Appearance, Desk, Entrance, PracticeHint
from pulse_desktop.gui.shell.idle import IdleWatch
from pulse_desktop.gui.shell.loading import Loader, Warming
from pulse_desktop.gui.shell.sheet import Question, Sheet
from pulse_desktop.gui.shell.sign_in import SignInPage
from pulse_desktop.gui.work import Work

if TYPE_CHECKING:
    from pulse_desktop.clinic.practice.values import PracticeData
    from pulse_desktop.gui.shell.frame import Frame
    from pulse_desktop.gui.shell.locked import LockedPage
    from pulse_desktop.gui.shell.seat import Seat

IDLE_MINUTES: Final = 5
LOOKS_OVER_AFTER: Final = 1000
"""Milliseconds from coming in until the clinic's file is examined behind the work."""
_SIZE: Final = (1440, 900)
_SMALLEST: Final = (960, 600)
_MISTAKE: Final = N_(
    "Something in the program went wrong. What was said to be saved is saved; the last step was not done. "
    "You can go on working. The log holds the details, without anything of patients."
)
_log = logging.getLogger(__name__)


class Window(QMainWindow):
    """Sign-in, work and lock in one frame of the desktop."""

    entered = Signal()
    """Somebody is signed in and sees the work."""

    def __init__(self, entrance: Entrance, clock: Clock, hint: PracticeHint | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Pulse Desktop")
        self._entrance, self._clock, self._hint = entrance, clock, hint
        self._heartbeat = Heartbeat(clock, self)
        self._errands = Work(_NoDoor(), on_bug=self.report, parent=self)
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self._seat: Seat | None = None
        self._frame: Frame | None = None
        self._locked: LockedPage | None = None
        self._leaving: Seat | None = None
        self._loader: Loader | None = None
        self._warming = Warming(self)
        self._idle = IdleWatch(IDLE_MINUTES * 60_000, self)
        self._idle.idle.connect(self.lock_when_idle)
        self._has_worked = False
        self._chimes = entrance.appearance().chime
        self._fit_screen()
        self._stand_where_it_stood()
        self._show_entrance()

    @property
    def frame(self) -> Frame | None:
        """The work, once somebody is signed in."""
        return self._frame

    @property
    def seat(self) -> Seat | None:
        """The person's seat, once somebody is signed in."""
        return self._seat

    @property
    def heartbeat(self) -> Heartbeat:
        """The pulse of all clocks on the screen."""
        return self._heartbeat

    @property
    def is_warm(self) -> bool:
        """Everything is loaded, and the parts of the first screen have been made once."""
        return self._warming.is_done

    @property
    def is_locked(self) -> bool:
        return self._locked is not None and self._pages.currentWidget() is self._locked

    def prepare(self) -> Loader:
        """Load the clinic and its screens while the sign-in stands."""
        self._loader = Loader(self._entrance, self)
        self._loader.loaded.connect(self._warming.go_on)
        self._loader.start()
        self._warming.begin()
        return self._loader

    def lock(self) -> None:
        """Cover the work with the locked page; what is being typed is written first."""
        if self._frame is None or self._seat is None or self.is_locked:
            return
        self._frame.settle()
        self._seat.desk.lay_down_pen()
        self._idle.stop()
        page = self._locked_page()
        page.show_locked(self._frame.foot.lines, self._frame.open_drafts, chimes=self._chimes)
        self._pages.setCurrentWidget(page)
        page.take_focus()

    def idle_minutes_left(self) -> float:
        """Minutes until the seat locks by itself; nothing but a key, a click or a movement puts it off."""
        return self._idle.minutes_left()

    def lock_when_idle(self) -> None:
        """Nobody touched the seat for IDLE_MINUTES."""
        self.lock()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Typing is written, threads end, then the clinic's file is let go."""
        if self._frame is not None:
            self._frame.settle()
        self._heartbeat.stop()
        self._idle.stop()
        self._errands.close()
        letting_go = threading.Thread(target=self._let_go, args=(self._appearance(),), name="pulse-close")
        letting_go.start()  # the database is never touched on this thread, not even to say good-bye
        letting_go.join()
        super().closeEvent(event)

    # --- coming in

    def _show_entrance(self) -> None:
        try:
            page: QWidget = self._first_start() if self._entrance.is_new else self._sign_in()
        except Problem as problem:
            from pulse_desktop.gui.shell.trouble import TroublePage  # noqa: PLC0415 - only when there is trouble

            page = TroublePage(_("This clinic cannot be opened"), sentence(problem), str(self._entrance.folder))
        self._show_page(page)

    def _sign_in(self) -> QWidget:
        page = SignInPage(self._entrance, self._errands, self._clock, self._heartbeat, self._hint)
        page.opened.connect(self._come_in)
        return page

    def _first_start(self) -> QWidget:
        from pulse_desktop.gui.shell.first_start import FirstStartPage  # noqa: PLC0415 - once in a clinic's life

        page = FirstStartPage(self._entrance, self._errands)
        page.opened.connect(self._come_in)
        page.joining.connect(self._show_joining)
        return page

    def _show_joining(self) -> None:
        from pulse_desktop.gui.shell.joining import JoiningPage  # noqa: PLC0415 - once in a computer's life

        page = JoiningPage(self._entrance, self._errands)
        page.joined.connect(self._show_entrance)
        page.left.connect(self._show_entrance)
        self._show_page(page)

    def _show_page(self, page: QWidget) -> None:
        before = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if before is not None and before is not self._frame:
            self._pages.removeWidget(before)
            before.deleteLater()
        focus = getattr(page, "take_focus", None)
        if focus is not None:
            focus()

    def _come_in(self, desk: Desk) -> None:
        """Somebody quicker than the loading waits for it here, not in an import that would stop the window."""
        self._warming.stop()
        if self._loader is not None and not self._loader.is_done:
            self._errands.run(self._loader.wait, then=functools.partial(self._take_seat, desk))
        else:
            self._take_seat(desk)

    def _take_seat(self, desk: Desk, _loaded: object = None) -> None:
        from pulse_desktop.clinic.practice import practice_data  # noqa: PLC0415 - loaded behind the sign-in
        from pulse_desktop.gui.shell.seat import Seat  # noqa: PLC0415 - as above

        seat = Seat(
            desk, self._entrance, self._clock, self._heartbeat, on_bug=self.report, on_problem=self._tell, parent=self
        )
        seat.work.look(practice_data, then=functools.partial(self._show_work, seat))

    def _show_work(self, seat: Seat, data: PracticeData) -> None:
        from pulse_desktop.gui.shell.frame import Frame  # noqa: PLC0415 - loaded behind the sign-in

        self._seat = seat
        self._frame = Frame(seat, data)
        self._frame.foot.chime.is_on = self._chimes
        self._frame.lock_asked.connect(self.lock)
        self._frame.sign_out_asked.connect(self._let_someone_else_in)
        self._frame.appearance_changed.connect(self._keep_appearance)
        self._has_worked = True
        self._show_page(self._frame)
        self._frame.begin()
        self._idle.begin()
        self.entered.emit()
        self._look_over_soon(seat)

    def _look_over_soon(self, seat: Seat) -> None:
        """Not at once: beside the first questions it would make Today twice as late."""
        soon = QTimer(seat, singleShot=True, interval=LOOKS_OVER_AFTER)
        soon.timeout.connect(functools.partial(seat.work.run, seat.desk.look_over, refused=self._say_unsound))
        soon.start()

    # --- locking

    def _locked_page(self) -> LockedPage:
        from pulse_desktop.gui.shell.locked import LockedPage  # noqa: PLC0415 - loaded behind the sign-in

        assert self._seat is not None
        assert self._frame is not None
        if self._locked is None:
            self._locked = LockedPage(
                self._seat.desk, self._errands, self._frame.practice, self._clock, self._heartbeat
            )
            self._locked.unlocked.connect(self._unlock)
            self._locked.someone_else.connect(self._let_someone_else_in)
            self._pages.addWidget(self._locked)
        return self._locked

    def _unlock(self) -> None:
        if self._frame is not None:
            self._pages.setCurrentWidget(self._frame)
            self._frame.come_back()
            self._idle.begin()

    def _let_someone_else_in(self) -> None:
        """Panels with something typed in them end with their person's sitting: say so first."""
        if self._frame is None or not self._frame.open_drafts:
            self.sign_out()
            return
        text = _("Something is still open here and not finished. It is lost when somebody else signs in; notes are always kept.")
        question = Question(_("Sign the person before you out?"), text, _("Sign out"), _("Stay"))
        Sheet(self, question).answered.connect(self._sign_out_anyway)

    def _sign_out_anyway(self, _reason: str) -> None:
        self.sign_out()

    def sign_out(self) -> None:
        """Let the person go and ask who is here now. What is being typed is written; drafts in notes are kept."""
        if self._seat is None:
            return
        self._idle.stop()
        self._leaving, self._seat = self._seat, None
        leaving, frame, locked = self._leaving, self._frame, self._locked
        self._frame = self._locked = None
        if frame is not None:
            frame.settle()
        self._errands.run(leaving.close, then=self._show_entrance_again)
        for page in (frame, locked):
            if page is not None:
                self._pages.removeWidget(page)
                page.hide()
                page.deleteLater()

    def _show_entrance_again(self, _nothing: object) -> None:
        leaving, self._leaving = self._leaving, None
        if leaving is not None:
            leaving.deleteLater()  # with it goes what it still knows of the person's screens
        self._show_entrance()

    # --- how it looks at this seat

    def _appearance(self) -> Appearance:
        return Appearance(theme().palette, round(theme().scale * 100), bytes(self.saveGeometry().toBase64().data()).decode(), self._chimes)

    def _keep_appearance(self) -> None:
        self._chimes = self._frame.foot.chime.is_on if self._frame is not None else self._chimes
        self._errands.run(functools.partial(self._entrance.remember_appearance, self._appearance()))

    def _let_go(self, appearance: Appearance) -> None:
        if self._seat is not None:
            self._seat.close()
        if self._has_worked:  # a folder that nobody could get into is left as it was found
            self._entrance.remember_appearance(appearance)

    def _stand_where_it_stood(self) -> None:
        place = self._entrance.appearance().place
        if place:
            self.restoreGeometry(QByteArray.fromBase64(place.encode("ascii", "ignore")))

    # --- what can go wrong

    def report(self, error: BaseException) -> None:
        """A mistake of the program: written down, and said without patient data."""
        _log.error("a mistake of the program", exc_info=error)
        recover = getattr(self._pages.currentWidget(), "recover", None)
        if recover is not None:
            recover()
        if self._locked is None or not self.is_locked:
            Sheet(self, Question(_("That should not have happened"), _(_MISTAKE)))

    def _say_unsound(self, problem: Problem) -> None:
        """The look over the file found damage: the door takes nothing more, and everybody must know why."""
        Sheet(self, Question(_("The clinic's file is damaged"), sentence(problem)))

    def _tell(self, problem: Problem) -> None:
        if self._frame is not None:
            self._frame.tell(problem)
        else:
            _log.error("nobody heard the problem %s", problem.key)

    def _fit_screen(self) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry()
        width, height = min(_SIZE[0], room.width()), min(_SIZE[1], room.height())
        self.setMinimumSize(min(_SMALLEST[0], width), min(_SMALLEST[1], height))
        self.resize(width, height)


class _NoDoor:
    """Before anybody is signed in there is no door; errands are plain functions."""

    def do(self, *_given: object, **_named: object) -> object:
        message = "nobody is signed in"
        raise RuntimeError(message)

    look = was_done = do
