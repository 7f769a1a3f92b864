"""The three pages of the first start: practice and offices, the owner, the first services."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import N_, _
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.forms.typed_fields import MoneyField
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.labels import Label
from pulse_desktop.gui.parts.ticks import Tick
from pulse_desktop.gui.shell.doorstep import FirstOffice, FirstOwner, FirstService

ZONES: Final = (
    ("America/New_York", N_("Eastern")),
    ("America/Chicago", N_("Central")),
    ("America/Denver", N_("Mountain")),
    ("America/Phoenix", N_("Arizona")),
    ("America/Los_Angeles", N_("Pacific")),
    ("America/Anchorage", N_("Alaska")),
    ("Pacific/Honolulu", N_("Hawaii")),
)
PROPOSED: Final = (
    FirstService("Acupuncture 60", ("acupuncture",), (10, 30, 5, 15), 110_00),
    FirstService("First visit 75", ("acupuncture",), (30, 25, 10, 10), 150_00),
    FirstService("Cupping 30", ("dry_cupping",), (10, 10, 10), 75_00),
    FirstService("Tuina 30", ("tuina",), (30,), 70_00),
    FirstService("+ cupping 15", ("dry_cupping",), (5, 5, 5), 35_00, is_addon=True),
)
"""Names, time patterns and prices are proposals of ours; each is edited here or later in Settings."""
_MOST_OFFICES: Final = 6
_MOST_ROOMS: Final = 20


class OfficeForm(Form):
    """One office."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        with self.row():
            self.text("name", _("Office"), hint=_("Clifton"), required=True, stretch=2)
            self.number("rooms", _("Treatment rooms"), smallest=1, largest=_MOST_ROOMS, required=True)
        with self.row():
            self.text("street", _("Street and number"), stretch=2)
            self.text("suite", _("Suite"))
        with self.row():
            self.text("city", _("City"), stretch=3)
            self.text("state", _("State"), hint="NJ", required=True)
            self.text("zip_code", _("ZIP"))
        with self.row():
            self.text("phone", _("Phone"))
            self.choice("zone", _("Time zone"), [(zone, _(words)) for zone, words in ZONES])
        self.text("hours_words", _("Opening hours, as sheets print them"), hint=_("Mon to Sat, 9:00 to 6:00"))
        self.fill({"rooms": 2, "zone": ZONES[0][0]})

    def office(self) -> FirstOffice | None:
        """What was entered; None when something cannot be read (it then says so under its field)."""
        values = self.read()
        return FirstOffice(**values) if values is not None else None


class PracticePage(QWidget):
    """The practice's name and its offices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Form()
        self._name.text("practice_name", _("Name of the practice"), required=True)
        self._offices = [OfficeForm()]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addWidget(self._name)
        self._column.addWidget(self._offices[0])
        self._more = Link(_("Add another office"))
        self._more.clicked.connect(self._add_office)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def practice_name(self) -> str:
        return str(self._name.fields["practice_name"].value())

    def offices(self) -> tuple[FirstOffice, ...] | None:
        """All offices, or None when something is missing."""
        read = [form.office() for form in reversed(self._offices)][::-1]
        named = self._name.read()  # last, so that the cursor ends in the first field that is wrong
        found = tuple(office for office in read if office is not None)
        return found if named is not None and len(found) == len(read) else None

    def refuse(self, problem: Problem) -> bool:
        """Show a problem under its field, of whichever office has it."""
        return any(form.refuse(problem) for form in (self._name, *self._offices) if problem.field in form.fields)

    def _add_office(self) -> None:
        form = OfficeForm()
        self._offices.append(form)
        self._column.insertWidget(self._column.count() - 1, form)
        self._more.setVisible(len(self._offices) < _MOST_OFFICES)
        form.fields["name"].setFocus()


class OwnerPage(QWidget):
    """Who sets the clinic up, and their password twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Form()
        with self._form.row():
            self._form.text("first_name", _("First name"), required=True)
            self._form.text("last_name", _("Last name"), required=True)
        self._treats = Tick(_("I treat patients myself"))
        self._licence = self._made_licence()
        self._secret = self._made_secret()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self._form, self._treats, self._licence, self._secret):
            column.addWidget(widget)
        self._licence.hide()
        self._treats.toggled.connect(self._licence.setVisible)

    @property
    def password(self) -> str:
        return self._secret.fields["password"].draft()

    def owner(self) -> FirstOwner | None:
        """The owner, or None when something is missing or the passwords differ."""
        secret = self._secret.read()
        licence = self._licence.read() if self._treats.isChecked() else {}
        named = self._form.read()
        if named is None or secret is None or licence is None:
            return None
        if self.password != self._secret.fields["again"].draft():
            self._secret.fields["again"].refuse(_("The two passwords differ. Write the same one twice."))
            return None
        return FirstOwner(**named, treats=self._treats.isChecked(), **licence)

    def refuse(self, problem: Problem) -> bool:
        """Show a problem under its field."""
        return any(form.refuse(problem) for form in (self._form, self._secret, self._licence) if problem.field in form.fields)

    def _made_licence(self) -> Form:
        form = Form()
        with form.row():
            form.text("credential", _("Credential"), hint="L.Ac.", required=True)
            form.text("licence_state", _("Licensed in"), hint="NJ", required=True)
        with form.row():
            form.text("licence_number", _("License number"), required=True)
            form.day("licence_expires", _("License expires"), required=True)
        return form

    def _made_secret(self) -> Form:
        form = Form()
        for name, label in (("password", _("Your password, 15 letters or more: a short sentence")), ("again", _("The same password again"))):
            form.add(name, TextField(label, required=True, secret=True))
        return form


class ServicesPage(QWidget):
    """What the clinic offers at first; ticked ones are kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[FirstService, Tick, MoneyField]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        for row, service in enumerate(PROPOSED):
            tick = Tick(_(service.name), ticked=True)
            price = MoneyField(_("Price of {service}").format(service=service.name))
            price.set_value(service.price_cents)
            price.setFixedWidth(160)
            grid.addWidget(tick, row, 0)
            grid.addWidget(Label(_("{minutes} minutes").format(minutes=sum(service.minutes)), ink="ink-soft"), row, 1)
            grid.addWidget(price, row, 2)
            self._rows.append((service, tick, price))

    def services(self) -> tuple[FirstService, ...] | None:
        """The ticked services with their prices, or None when a price cannot be read."""
        found = []
        for service, tick, price in self._rows:
            if not tick.isChecked():
                continue
            cents = _price(price)
            if cents is None:
                return None
            found.append(FirstService(service.name, service.techniques, service.minutes, cents, service.is_addon))
        return tuple(found)


def _price(field: MoneyField) -> int | None:
    try:
        cents: Any = field.value()
    except ValueError as wrong:
        field.refuse(str(wrong))
        return None
    return int(cents or 0)
