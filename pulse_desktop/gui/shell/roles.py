"""People and offices in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulse_desktop.basics.texts import N_, _
from pulse_desktop.gui.parts.desk_parts import Person
from pulse_desktop.gui.shell.person_tiles import first_name

if TYPE_CHECKING:
    from pulse_desktop.clinic.practice.values import PracticeData, StaffMember

ROLE_WORDS: Final = {
    "practitioner": N_("practitioner"),
    "front_desk": N_("front desk"),
    "owner": N_("owner"),
}


def person_words(person: Person) -> str:
    """"Lin Hua, L.Ac." for somebody who treats, as patients know them; "Mina, front desk" for everybody else."""
    if "practitioner" in person.roles:
        return person.name
    role = next((words for role, words in ROLE_WORDS.items() if role in person.roles), "")
    return f"{first_name(person.name)}, {_(role)}" if role else first_name(person.name)


def role_and_states(member: StaffMember) -> str:
    """"Practitioner, NJ and NY": the first role, and where one who treats is licensed."""
    role = next((words for role, words in ROLE_WORDS.items() if role in member.roles), "")
    words = _(role)[:1].upper() + _(role)[1:]
    states = list(dict.fromkeys(licence.state for licence in member.licences))
    if not states:
        return words
    listed = _("{states} and {last}").format(states=", ".join(states[:-1]), last=states[-1]) if len(states) > 1 else states[0]
    return f"{words}, {listed}"


def addresses(data: PracticeData) -> tuple[str, ...]:
    """"1030 Clifton Ave, suite 104, Clifton, NJ 07013", a line an office."""
    lines = []
    for office in data.offices:
        place = " ".join(part for part in (office.state, office.zip_code) if part)
        parts = (office.street, office.suite, office.city, place)
        if office.active:
            lines.append(", ".join(part for part in parts if part))
    return tuple(lines)
