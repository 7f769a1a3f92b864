"""People: who signs in, as what, with which licences; a new one is let in with a password of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from pulse_desktop.basics.problems import Problem, Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.values import Licence, PracticeData, StaffDraft, StaffMember
from pulse_desktop.gui.forms.fields import TextField
from pulse_desktop.gui.forms.form import Form
from pulse_desktop.gui.parts.rows_model import Column
from pulse_desktop.gui.work import Finished
from pulse_desktop.gui.workplaces.settings.places_sections import state_chip
from pulse_desktop.gui.workplaces.settings.section import Section

ROLES = {"front_desk": N_("Front desk"), "practitioner": N_("Practitioner"), "owner": N_("Owner")}
_LICENCES = ("NJ", "NY")

register_sentences(
    {
        "passwords_differ": N_("The two passwords are not the same. Write them again; nothing was changed."),
        "licence_day_missing": N_("Write this day as it stands on the license. Nothing was changed."),
    }
)


class PeopleSection(Section):
    """Staff with roles and licences by state."""

    key, title, thing = "people", N_("People and roles"), N_("person")

    def columns(self) -> tuple[Column[Any], ...]:
        return (
            Column(_("Name"), lambda member: member.printed_name, weight=600, detail=role_words),
            Column(_("Licenses"), self._licence_words, stretch=1),
            Column(_("Signs in"), lambda member: _("yes") if member.vault_id else _("no password yet")),
            Column("", lambda _member: "", chip=state_chip),
        )

    def lines(self, data: PracticeData) -> Sequence[StaffMember]:
        return data.staff

    def name_of(self, line: StaffMember) -> str:
        return line.printed_name

    def build(self, form: Form) -> None:
        with form.row():
            form.text("first_name", _("First name"), required=True)
            form.text("last_name", _("Last name"), required=True)
        with form.row():
            form.text("credential", _("Credential"), hint=_("L.Ac."))
            form.text("short_name", _("Short name on cards"))
        for role, words in ROLES.items():
            form.tick(role, _(words))
        for state in _LICENCES:
            form.text(f"number_{state}", _("{state} license").format(state=state))
            with form.row():
                form.day(f"issued_{state}", _("issued"))
                form.day(f"expires_{state}", _("good through"))
        form.tick("active", _("Works here"), ticked=True)
        form.add("password", TextField(_("New password (15 characters or more)"), secret=True))
        form.add("again", TextField(_("The same password again"), secret=True))

    def values(self, line: StaffMember | None) -> dict[str, Any]:
        roles = {role: line is not None and role in line.roles for role in ROLES}
        shown: dict[str, Any] = {"first_name": "", "last_name": "", "credential": "", "short_name": "", "active": True, "password": "", "again": ""}
        if line is not None:
            shown |= {name: getattr(line, name) for name in ("first_name", "last_name", "credential", "short_name", "active")}
        held = {licence.state: licence for licence in (line.licences if line else ())}
        for state in _LICENCES:
            licence = held.get(state)
            shown |= {
                f"number_{state}": licence.number if licence else "",
                f"issued_{state}": licence.issued if licence else None,
                f"expires_{state}": licence.expires if licence else None,
            }
        has_password = line is not None and bool(line.vault_id)
        for name in ("password", "again"):
            self.form.fields[name].setVisible(not has_password)
        return shown | roles

    def send(self, values: dict[str, Any], line: StaffMember | None, then: Callable[[Finished], None], refused: Callable[[Problem], None]) -> None:
        draft = StaffDraft(
            values["first_name"], values["last_name"], values["credential"], frozenset(practice.Role(role) for role in ROLES if values[role]),
            values["short_name"], line.vault_id if line else "", self._licences(values, line),
            line.id if line else None, line.version if line else 0, values["active"],
        )  # fmt: skip
        missing = next((field for state in _LICENCES for field in _days_missing(values, state)), "")
        if missing:
            refused(Refusal("licence_day_missing", missing))
        elif not values["password"]:
            self.parts.work.do(practice.save_member, draft, then=then, refused=refused)
        elif values["password"] != values["again"]:
            refused(Refusal("passwords_differ", "again"))
        else:
            self.parts.work.run(partial(self.parts.let_in, draft, values["password"]), then=self._let_in, refused=refused)

    def _let_in(self, staff_id: int) -> None:
        self.parts.toast(_("The new person can sign in now"))
        self.read_again(staff_id)

    def _licences(self, values: dict[str, Any], line: StaffMember | None) -> tuple[Licence, ...]:
        kept = tuple(licence for licence in (line.licences if line else ()) if licence.state not in _LICENCES)
        found = [
            Licence(state, values[f"number_{state}"], values[f"issued_{state}"], values[f"expires_{state}"])
            for state in _LICENCES
            if values[f"number_{state}"]
        ]
        return kept + tuple(found)

    def _licence_words(self, member: StaffMember) -> str:
        today = self.parts.practice.today()
        words = _("{state} through {day}")
        return "; ".join(words.format(state=licence.state, day=month_day(licence.expires, today)) for licence in member.licences)


def role_words(member: StaffMember) -> str:
    """"Practitioner, Owner"."""
    return ", ".join(_(words) for role, words in ROLES.items() if role in member.roles)


def _days_missing(values: dict[str, Any], state: str) -> list[str]:
    """A license is only good between two days; neither is made up here."""
    days = (f"issued_{state}", f"expires_{state}")
    return [day for day in days if values[f"number_{state}"] and values[day] is None]
