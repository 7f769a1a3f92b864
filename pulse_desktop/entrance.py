"""The way into a clinic folder, as the windows need it (`gui.shell.doorstep.Entrance`).

Wiring: it knows the vault, the clinic's sign-in and who may do what. At its head stands only what reads vault.json; the
rest is imported by `prepare`, on a thread behind the sign-in window.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.basics.times import Clock
from pulse_desktop.gui.shell.doorstep import (
    Appearance,
    DoorPlate,
    FirstOffice,
    FirstOwner,
    FirstService,
    NewPractice,
    PersonTile,
)
from pulse_desktop.storage.durable import write_file
from pulse_desktop.storage.swapping import finish_restore
from pulse_desktop.storage.vault import TWIN, VAULT, Vault, read_vault

if TYPE_CHECKING:
    from pulse_desktop.clinic.practice.sign_in import Desk
    from pulse_desktop.clinic.practice.values import NewClinic
    from pulse_desktop.gui.parts.desk_parts import Person
    from pulse_desktop.storage.undo import TakeBack

SEAT_FILE: Final = "seat.json"
"""What this seat may show before anybody signed in. No patient and no secret is ever in it; losing it loses nothing."""
_ROLES: Final = {"practitioner": N_("Practitioner"), "front_desk": N_("Front desk"), "owner": N_("Owner")}
_OFFICE_WEEK: Final = tuple((weekday, 9 * 60, 17 * 60) for weekday in range(5))


class FolderEntrance:
    """One clinic folder."""

    def __init__(self, folder: Path, clock: Clock, *, seat: str = "", zone: str = "", allow_weak: bool = False) -> None:
        """`zone` tells the time while no office is known; `allow_weak` is for clinics whose passwords cost no time."""
        self._folder, self._clock, self._seat, self._allow_weak = folder, clock, seat, allow_weak
        self._zone = zone
        self._writing, self._loading = threading.Lock(), threading.Lock()

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def is_new(self) -> bool:
        """There is no clinic in the folder yet."""
        finish_restore(self._folder)
        return not any((self._folder / name).exists() for name in (VAULT, TWIN))

    def people(self) -> tuple[PersonTile, ...]:
        """Who may sign in. Raises Refusal when the folder cannot be used."""
        known = self._remembered()
        unsigned, words = _texts(known.get("unsigned")), _texts(known.get("words"))
        people = sorted(read_vault(self._folder).shown(), key=lambda entry: _desk_first(entry.roles))
        return tuple(
            PersonTile(entry.id, entry.name, str(words.get(entry.id) or _role_words(entry.roles)), _count(unsigned.get(entry.id)))
            for entry in people
        )

    @property
    def last_person(self) -> str:
        """The vault id of who was at this seat last."""
        return str(self._remembered().get("last") or "")

    def plate(self) -> DoorPlate:
        """What may be read without a password."""
        if self.is_new:
            return DoorPlate()
        known = _texts(self._remembered().get("plate"))
        if known.get("practice_name"):
            fields = {name: known[name] for name in ("practice_name", "office", "zone") if isinstance(known.get(name), str)}
            addresses = known.get("addresses")
            lines = tuple(str(line) for line in addresses) if isinstance(addresses, list) else ()
            return DoorPlate(**fields, office_id=_count(known.get("office_id")), addresses=lines)
        return _plate_of(read_vault(self._folder), self._zone)

    def prepare(self) -> None:
        """Load what opening a clinic needs, so that signing in is quick.

        One thread at a time: two that import modules of one circle from different ends get half-made ones from Python.
        """
        with self._loading:
            from pulse_desktop.clinic import boards, flows  # noqa: F401, PLC0415 - measured: loaded behind the sign-in
            from pulse_desktop.clinic.practice import sign_in  # noqa: PLC0415 - as above

            sign_in.warm_up()

    def open(self, vault_id: str, password: str) -> Desk:
        """Sign in. Raises Refusal("sign_in_failed", "password") and what keeps a clinic from opening."""
        self.prepare()  # whoever types quicker than the loading waits for it
        from pulse_desktop.clinic.practice.sign_in import open_clinic  # noqa: PLC0415 - loaded behind the sign-in

        _keep_windows_off_the_database()
        return open_clinic(self._folder, vault_id, password, clock=self._clock, seat=self._seat, allow_weak=self._allow_weak)

    def create(self, practice: NewPractice, password: str) -> Desk:
        """Make a clinic in the empty folder and sign its owner in. Raises Refusals under the fields of the first start."""
        self.prepare()
        from pulse_desktop.clinic.practice.sign_in import create_clinic  # noqa: PLC0415 - once in a clinic's life

        _keep_windows_off_the_database()
        today = self._clock.now().date()
        clinic = _new_clinic(practice, today)
        desk = create_clinic(self._folder, clinic, password, clock=self._clock, seat=self._seat, weak_for_tests=self._allow_weak)
        if practice.owner.treats:
            _give_hours(desk, today)
        return desk

    def join(self, file: Path, code: str) -> None:
        """Make the empty folder a seat of a clinic on a server. Raises Refusals under file and code."""
        from pulse_desktop.storage.seat_file import join_clinic, read_seat_file  # noqa: PLC0415 - once in a computer's life

        join_clinic(self._folder, read_seat_file(file), code, self._clock, allow_weak=self._allow_weak)

    def taking_back(self, operation: str) -> tuple[Callable[..., Any], TakeBack]:
        """The command and value that take an operation back."""
        from pulse_desktop.storage.undo import TakeBack, take_back  # noqa: PLC0415 - loaded behind the sign-in

        return take_back, TakeBack(operation)

    def permissions(self, person: Person) -> frozenset[str]:
        """What the person's roles allow, by value."""
        from pulse_desktop.storage.permissions import Role, permissions_of  # noqa: PLC0415 - loaded behind the sign-in

        return frozenset(map(str, permissions_of(frozenset(map(Role, person.roles)))))

    def remember(self, plate: DoorPlate, unsigned: Mapping[str, int], words: Mapping[str, str], last: str) -> None:
        """Keep what the next sign-in window may show. A disk that is full takes nothing from anybody."""
        self._keep({"plate": asdict(plate), "unsigned": dict(unsigned), "words": dict(words), "last": last})

    def appearance(self) -> Appearance:
        """How the windows looked at this seat last; what is damaged or unknown counts as nothing."""
        known = _texts(self._remembered().get("appearance"))
        texts = {name: known[name] for name in ("palette", "place") if isinstance(known.get(name), str)}
        percent = _count(known.get("percent")) or Appearance().percent
        return Appearance(**texts, percent=percent, chime=known.get("chime") is not False)

    def remember_appearance(self, appearance: Appearance) -> None:
        """Keep how the windows look, for the next start at this seat. A clinic that is not made yet keeps nothing."""
        if not self.is_new:
            self._keep({"appearance": asdict(appearance)})

    def _keep(self, news: Mapping[str, object]) -> None:
        with self._writing:
            content = {**self._remembered(), **news}
            try:
                write_file(self._folder / SEAT_FILE, json.dumps(content, ensure_ascii=False).encode())
            except OSError:
                return

    def open_practice_clinic(self) -> None:
        """Start the practice clinic in a program of its own, so that the two never mix."""
        subprocess.Popen([sys.executable, "-m", "pulse_desktop", "--practice"], close_fds=True, start_new_session=True)

    def _remembered(self) -> Mapping[str, Any]:
        try:
            return _texts(json.loads((self._folder / SEAT_FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


def _keep_windows_off_the_database() -> None:
    """From now on a database call on the thread that paints raises."""
    from pulse_desktop.storage.engine import forbid_thread  # noqa: PLC0415 - loaded behind the sign-in

    forbid_thread(threading.main_thread().ident)


def _plate_of(vault: Vault, zone: str) -> DoorPlate:
    lines = tuple(f"{office.name}: {office.address}" if office.address else office.name for office in vault.card.offices)
    first = vault.card.offices[0].name if vault.card.offices else ""
    return DoorPlate(practice_name=vault.card.name, office=first, zone=zone, addresses=lines)


def _texts(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _count(found: object) -> int:
    return found if isinstance(found, int) and found > 0 else 0


def _desk_first(roles: tuple[str, ...]) -> int:
    """The front desk signs in most often, the owner least."""
    return 0 if "front_desk" in roles else 1 if "practitioner" in roles else 2


def _role_words(roles: tuple[str, ...]) -> str:
    return ", ".join(_(words) for role, words in _ROLES.items() if role in roles)


# --- the first start in the clinic's own values ---------------------------------------------------------------------


def _new_clinic(practice: NewPractice, today: date) -> NewClinic:
    from pulse_desktop.clinic.practice.values import NewClinic, OfficeDraft  # noqa: PLC0415 - once in a clinic's life

    return NewClinic(
        practice_name=practice.practice_name,
        offices=tuple(OfficeDraft(**_office(office)) for office in practice.offices),
        owner=_owner(practice.owner, today),
        services=tuple(_service(service) for service in practice.services),
        room_names=tuple(_rooms(office) for office in practice.offices),
    )


def _office(office: FirstOffice) -> dict[str, Any]:
    return {name: value for name, value in asdict(office).items() if name != "rooms"}


def _rooms(office: FirstOffice) -> tuple[str, ...]:
    return tuple(_("Room {number}").format(number=number) for number in range(1, office.rooms + 1))


def _owner(owner: FirstOwner, today: date) -> Any:
    from pulse_desktop.clinic.practice.values import Licence, StaffDraft  # noqa: PLC0415 - once in a clinic's life
    from pulse_desktop.storage.permissions import Role  # noqa: PLC0415 - as above

    if not owner.treats:
        return StaffDraft(owner.first_name, owner.last_name, "", frozenset({Role.OWNER}))
    if owner.licence_expires is None or owner.licence_expires < today:
        raise Refusal("licence_over", "licence_expires")
    licence = Licence(owner.licence_state, owner.licence_number, today, owner.licence_expires)
    roles = frozenset({Role.OWNER, Role.PRACTITIONER})
    return StaffDraft(owner.first_name, owner.last_name, owner.credential, roles, licences=(licence,))


def _service(service: FirstService) -> Any:
    from pulse_desktop.clinic.practice.values import ServiceDraft, Stretch  # noqa: PLC0415 - once in a clinic's life

    pattern = tuple(Stretch(minutes, hands_on=at % 2 == 0) for at, minutes in enumerate(service.minutes))
    return ServiceDraft(service.name, service.techniques, pattern, service.price_cents, service.is_addon)


def _give_hours(desk: Desk, today: date) -> None:
    """An owner who treats begins with office hours Monday to Friday in the first office; Settings changes them."""
    from pulse_desktop.clinic.practice import practice_data, save_hours  # noqa: PLC0415 - once in a clinic's life
    from pulse_desktop.clinic.practice.values import HoursDraft  # noqa: PLC0415 - as above

    data = desk.door.look(practice_data)
    monday = today - timedelta(days=today.weekday())
    desk.door.do(save_hours, HoursDraft(desk.actor.staff_id, data.offices[0].id, monday, _OFFICE_WEEK))


register_sentences({"licence_over": N_("This license has expired. Enter the date the current one expires.")})
