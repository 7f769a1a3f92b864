"""The first start in an empty folder: three calm steps, then the clinic is made and its owner is in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _, sentence
from pulse_desktop.gui.parts.buttons import Button, Link
from pulse_desktop.gui.parts.labels import Icon, Label, Paragraph
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import DoorPlate, Entrance, FirstOffice, FirstOwner, NewPractice
from pulse_desktop.gui.shell.figure_pane import BesideFigure
from pulse_desktop.gui.shell.first_forms import OwnerPage, PracticePage, ServicesPage
from pulse_desktop.gui.work import Work

_COLUMN: Final = 560
_NARROW: Final = 1160
_FOR_RINGS: Final = 4
"""Room at the edges of the scrolled page, so that focus rings are not cut."""
_STEPS: Final = (
    (N_("Welcome. What is your practice called, and where is it?"), N_("Everything can be changed later in Settings. It stays on this computer, encrypted.")),
    (N_("Who are you?"), N_("You will be the owner: you let others in later. Without your password nobody can open the clinic, not even we.")),
    (N_("What do you offer?"), N_("Keep what fits and set your prices. More services and time patterns are made in Settings.")),
)


class FirstStartPage(BesideFigure):
    """Emits `opened(desk)` when the clinic stands, `joining` when this computer is to join one that is on a server."""

    opened = Signal(object)
    joining = Signal()

    def __init__(self, entrance: Entrance, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(DoorPlate(), _NARROW, parent)
        self._entrance, self._work = entrance, work
        self._offices: tuple[FirstOffice, ...] = ()
        self._owner: FirstOwner | None = None
        self._step = Label("", "secondary", "ink-soft", weight=500)
        self._title = Paragraph("", "title")
        self._why = Paragraph("", "body", "ink-soft")
        self._practice, self._person, self._services = PracticePage(), OwnerPage(), ServicesPage()
        self._pages: tuple[QWidget, ...] = (self._practice, self._person, self._services)
        self._stack = QStackedWidget()
        self._stop = Icon("stop", "cinnabar", 16)
        self._problem = Paragraph("", "secondary", "cinnabar", weight=500)
        self._joining = Link(_("Join a clinic on a server"))
        self._back = Button(_("Back"), "quiet")
        self._next = Button("", "primary", keys="Ctrl+Enter", large=True)
        self._lay_out()
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._next.setShortcut("Ctrl+Return")
        self._show_step(0)

    def take_focus(self) -> None:
        """Put the keyboard into the first field of the step."""
        page = self._pages[self._stack.currentIndex()]
        fields = (found for found in page.findChildren(QWidget) if found.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = next((field for field in fields if field.isVisible()), None)
        if first is not None:
            first.setFocus()

    def recover(self) -> None:
        """A mistake of the program kept the clinic from being made: what was entered stays, trying again is possible."""
        self._set_busy(False)

    # --- how it is laid out

    def _lay_out(self) -> None:
        for page in self._pages:
            self._stack.addWidget(_scrolled(page))
        self.lay_in_the_middle(self._column(), theme().sized(_COLUMN))

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(_FOR_RINGS, 0, _FOR_RINGS, 12)
        head.setSpacing(4)
        for widget in (self._step, self._title, self._why):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        problem = QHBoxLayout()
        problem.setSpacing(6)
        problem.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignTop)
        problem.addWidget(self._problem, 1)
        column.addLayout(problem)
        column.addLayout(self._foot())
        return column

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_FOR_RINGS, 12, _FOR_RINGS, 0)
        practice = Link(_("Try it in the practice clinic first"))
        practice.clicked.connect(self._entrance.open_practice_clinic)
        self._joining.clicked.connect(self.joining.emit)
        row.addWidget(practice)
        row.addSpacing(16)
        row.addWidget(self._joining)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        return row

    # --- what it does

    def _show_step(self, number: int) -> None:
        title, why = _STEPS[number]
        self._stack.setCurrentIndex(number)
        self._step.set_words(_("Step {number} of {all}").format(number=number + 1, all=len(_STEPS)))
        self._title.set_words(_(title))
        self._why.set_words(_(why))
        self._back.setVisible(number > 0)
        self._joining.setVisible(number == 0)
        self._next.set_words(_("Create the clinic") if number == len(_STEPS) - 1 else _("Go on"))
        self._next.setShortcut("Ctrl+Return")
        self._say("")
        if self.isVisible():
            self.take_focus()

    def _go_back(self) -> None:
        self._show_step(max(self._stack.currentIndex() - 1, 0))

    def _go_on(self) -> None:
        number = self._stack.currentIndex()
        if number == 0:
            offices = self._practice.offices()
            self._offices = offices or ()
            if offices:
                self._show_step(1)
        elif number == 1:
            self._owner = self._person.owner()
            if self._owner is not None:
                self._show_step(2)
        else:
            self._create()

    def _create(self) -> None:
        services = self._services.services()
        if services is None or self._owner is None:
            return
        practice = NewPractice(self._practice.practice_name, self._offices, self._owner, services)
        self._set_busy(True)
        self._work.run(_Making(self._entrance, practice, self._person.password), then=self._made, refused=self._refuse)

    def _made(self, desk: object) -> None:
        self._set_busy(False)
        self.opened.emit(desk)

    def _refuse(self, problem: Problem) -> None:
        """A refusal leads back to the step that has the field; what was entered stays."""
        self._set_busy(False)
        pages: tuple[PracticePage | OwnerPage, ...] = (self._practice, self._person)
        for number, page in enumerate(pages):
            if page.refuse(problem):
                self._show_step(number)
                page.refuse(problem)
                return
        self._say(sentence(problem))

    def _set_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - as a setter
        self._next.setEnabled(not is_busy)
        self._back.setEnabled(not is_busy)
        if is_busy:
            self._next.set_words(_("Creating …"))
        else:
            self._next.set_words(_("Create the clinic"))

    def _say(self, words: str) -> None:
        self._problem.set_words(words)
        self._problem.setVisible(bool(words))
        self._stop.setVisible(bool(words))


class _Making:
    """Makes the clinic on another thread."""

    def __init__(self, entrance: Entrance, practice: NewPractice, password: str) -> None:
        self._entrance, self._practice, self._password = entrance, practice, password

    def __call__(self) -> object:
        return self._entrance.create(self._practice, self._password)


def _scrolled(page: QWidget) -> QScrollArea:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(_FOR_RINGS, _FOR_RINGS, _FOR_RINGS, _FOR_RINGS)
    column.addWidget(page)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll
