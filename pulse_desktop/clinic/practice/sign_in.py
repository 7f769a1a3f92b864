"""Creating a clinic, signing in, letting others in: what the window, the command line and tests call before the door is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.clinic.practice import rules
from pulse_desktop.clinic.practice.founding import check_new_clinic, found_practice, owner_of
from pulse_desktop.clinic.practice.people import save_member
from pulse_desktop.clinic.practice.queries import practice_data
from pulse_desktop.clinic.practice.values import NewClinic, Office, OfficeDraft, PracticeData, StaffDraft
from pulse_desktop.storage import clinic_folder, prepared
from pulse_desktop.storage.context import Actor
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.passwords import check_new_password
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.presence import Presence
from pulse_desktop.storage.spool import Spool
from pulse_desktop.storage.unlocking import Newcomer
from pulse_desktop.storage.vault import TWIN, VAULT, ClinicCard, OfficeLine

if TYPE_CHECKING:
    from pulse_desktop.storage.way import Place


@dataclass(frozen=True, slots=True)
class Desk:
    """A seat at which somebody is signed in. Close it, or nobody else can open the clinic."""

    clinic: OpenClinic

    @property
    def door(self) -> Door:
        """The way to commands and queries."""
        return self.clinic.door

    @property
    def actor(self) -> Actor:
        """Who is signed in."""
        return self.clinic.door.actor

    @property
    def spool(self) -> Spool | None:
        """Where typing waits at this seat while the server does not answer; None for a clinic in a file."""
        return self.clinic.spool

    def practice(self) -> PracticeData:
        """The practice's set-up data, read anew."""
        return self.door.look(practice_data)

    def prove(self, password: str) -> bool:
        """Whether this is the signed-in person's password. Takes up to a second."""
        return self.clinic.confirms(password)

    def may_sign(self, password: str, new_pin: str = "") -> bool:
        """As `prove`, and then one note or addition may be signed. `new_pin` signs from now on, until signing out here.

        Raises Refusal("pin_…") for a PIN that anybody would try first. Takes up to a second, two with a new PIN.
        """
        return self.clinic.may_sign(password, new_pin, self._known_digits() if new_pin else ())

    def may_sign_by_pin(self, pin: str) -> bool:
        """Whether this is the PIN; then one note or addition may be signed. The fifth wrong one takes the PIN away."""
        return self.clinic.may_sign_by_pin(pin)

    @property
    def has_pin(self) -> bool:
        """The signed-in person has chosen a PIN at this seat."""
        return self.clinic.pen.has_pin

    @property
    def pin_tries_left(self) -> int:
        """Wrong PINs that are still forgiven."""
        return self.clinic.pen.tries_left

    def lay_down_pen(self) -> None:
        """The seat is locked: what was proved and not used does not sign any more."""
        self.clinic.pen.lay_down()

    def _known_digits(self) -> tuple[str, ...]:
        """Numbers that stand on cards and doors: the offices' phones, the person's licences."""
        data = self.practice()
        mine = (held.number for member in data.staff if member.id == self.actor.staff_id for held in member.licences)
        return (*(office.phone for office in data.offices), *mine)

    def beside(self, vault_id: str, password: str) -> Desk:
        """Another person signs in at this computer while this one stays. Raises Refusal("sign_in_failed")."""
        return _seated(self.clinic.beside(vault_id, password))

    def look_over(self) -> None:
        """Examines every row of the file while people work. Raises Trouble("file_unsound"); then nothing more is written."""
        self.clinic.look_over()

    @property
    def presence(self) -> Presence:
        """Who has what open at which seat."""
        return self.clinic.presence

    @property
    def clock_ahead(self) -> timedelta:
        """How far this computer's clock is ahead of the server's; nothing for a clinic in a file."""
        return self.clinic.ahead_of_server

    def stop_looking_over(self) -> None:
        """Ends that look; whoever leaves does not wait for it."""
        self.clinic.stop_looking_over()

    def keep_card(self) -> None:
        """Brings what the sign-in window shows in step with the practice's name and offices, if the person may."""
        if self.actor.may(Permission.SET_UP):
            self.clinic.show_card(_card_of(self.practice()))

    def close(self) -> None:
        """Signs out and lets the clinic go."""
        try:
            self.keep_card()
        except Problem:
            pass  # the card is a courtesy: whatever keeps it from being written must not keep anybody from leaving
        finally:
            self.clinic.close()


def create_clinic(
    folder: Path, clinic: NewClinic, password: str, *, clock: Clock | None = None, seat: str = "", weak_for_tests: bool = False
) -> Desk:
    """Makes a clinic in `folder` and signs its owner in.

    Raises a Refusal under the field that is wrong (practice_name, offices, name, state, zip_code, phone, password, …)
    or for the folder; then nothing was left behind.
    """
    check_new_clinic(clinic)
    owner = owner_of(clinic)
    card = ClinicCard(clinic.practice_name.strip(), tuple(_office_line(office) for office in clinic.offices))
    newcomer = Newcomer(_full_name(owner), owner.roles, password)
    made = clinic_folder.create(folder, card, newcomer, clock=clock, seat=seat, weak_for_tests=weak_for_tests)
    try:
        made.door.do(found_practice, clinic)
    except BaseException:
        made.close()
        _unmake(folder)
        raise
    return _seated(made, clock)


def create_on_server(
    folder: Path, place: Place, admin: Mapping[str, Any], clinic: NewClinic, password: str, *, weak_for_tests: bool = False
) -> Desk:
    """As `create_clinic`, in a database of its own on a server that its administrator reaches by `admin`."""
    from pulse_desktop.storage import server_founding  # noqa: PLC0415 - clinics in a file do without it

    check_new_clinic(clinic)
    owner = owner_of(clinic)
    card = ClinicCard(clinic.practice_name.strip(), tuple(_office_line(office) for office in clinic.offices))
    newcomer = Newcomer(_full_name(owner), owner.roles, password)
    made = server_founding.found_on_server(folder, place, admin, card, newcomer, weak_for_tests=weak_for_tests)
    try:
        made.door.do(found_practice, clinic)
    except BaseException:
        made.close()
        server_founding.unmake(folder, admin, place)
        raise
    return _seated(made)


def warm_up() -> None:
    """What opening any clinic takes, done before anybody has written their password."""
    clinic_folder.warm_up()
    prepared.get_ready("pulse_desktop.")


def open_clinic(
    folder: Path, vault_id: str, password: str, *, clock: Clock | None = None, seat: str = "", allow_weak: bool = False
) -> Desk:
    """Signs a person in. Raises Refusal("sign_in_failed" | "no_clinic" | "clinic_in_use" | …) or Trouble; nothing is written then."""
    return _seated(clinic_folder.open(folder, vault_id, password, clock=clock, seat=seat, allow_weak=allow_weak), clock)


def add_person(desk: Desk, draft: StaffDraft, password: str) -> int:
    """Adds a staff member, or takes the one with `draft.id`, and lets them in with a password; returns the staff number.

    Raises Denied, a Refusal under the field that is wrong (password included), Outdated.
    """
    rules.staff_values(draft)
    check_new_password(password, (desk.clinic.card.name, _full_name(draft)))
    staff_id = desk.door.do(save_member, draft).answer
    desk.clinic.add_person(Newcomer(_full_name(draft), draft.roles, password), staff_id)
    return staff_id


def _seated(clinic: OpenClinic, clock: Clock | None = None) -> Desk:
    """The door knows the staff member from the first look on, and hears of the other seats, if there are any."""
    desk = Desk(clinic)
    try:
        desk.practice()
        clinic.follow_others(clock or SystemClock())
    except BaseException:
        clinic.close()
        raise
    return desk


def _full_name(draft: StaffDraft) -> str:
    return rules.printed_name(draft.first_name.strip(), draft.last_name.strip(), draft.credential.strip())


def _card_of(practice: PracticeData) -> ClinicCard:
    lines = (OfficeLine(office.name, _address(office)) for office in practice.offices if office.active)
    return ClinicCard(practice.practice_name, tuple(lines))


def _office_line(office: OfficeDraft) -> OfficeLine:
    return OfficeLine(office.name.strip(), _address(office))


def _address(office: Office | OfficeDraft) -> str:
    """"1030 Clifton Ave, suite 104, Clifton, NJ 07013"."""
    place = " ".join(part for part in (office.state.strip(), office.zip_code.strip()) if part)
    return ", ".join(part for part in (office.street.strip(), office.suite.strip(), office.city.strip(), place) if part)


def _unmake(folder: Path) -> None:
    """Removes what was made a moment ago and never held anything."""
    for name in (VAULT, TWIN, *(clinic_folder.DATABASE + tail for tail in ("", "-wal", "-shm"))):
        (folder / name).unlink(missing_ok=True)
