"""What the command line does with a clinic on a server: look at the server, make the clinic there, update it, bring in seats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pulse_desktop.basics.problems import Problem, Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences, sentence
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.clinic.practice.sign_in import create_on_server
from pulse_desktop.clinic.practice.values import NewClinic, OfficeDraft, StaffDraft
from pulse_desktop.outside.command_line import signed_in
from pulse_desktop.storage import server_founding
from pulse_desktop.storage.migrations.server_steps import migrate_server
from pulse_desktop.storage.people import may_bring_seats
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.seat_file import join_clinic, make_seat_file, read_seat_file, write_seat_file
from pulse_desktop.storage.server_settings import look_at_server
from pulse_desktop.storage.way import Place

register_sentences(
    {
        "no_authority": N_("The file with the certificate of your own authority (--ca) cannot be read, or holds no certificate. Nothing was made."),
        "server_unfit": N_("The server is not ready for a clinic. Nothing was made. Do what is said above, then try again."),
        "name_needed": N_("Give the owner's first and last name, such as “Lin Hua”. Nothing was made."),
    }
)


@dataclass(frozen=True, slots=True)
class Administered:
    """A server and its administrator, as the command line names them."""

    host: str
    port: int
    database: str
    ca: Path
    user: str
    password: str

    def place(self) -> Place:
        """Where the clinic is or will be. Raises Refusal("no_authority")."""
        try:
            ca = self.ca.read_text(encoding="utf-8")
        except (OSError, ValueError):
            ca = ""
        if "-----BEGIN CERTIFICATE-----" not in ca:
            raise Refusal("no_authority")
        return Place(self.host, self.port, self.database, ca)


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What a new clinic begins with; all of it can be changed in the program later."""

    practice: str
    owner: str
    office: str
    state: str
    zone: str
    treats: bool = False


def look(server: Administered) -> tuple[list[str], bool]:
    """What is to be done on the server, in sentences, and whether a clinic may be made there."""
    with reached(server) as admin:
        advice = look_at_server(admin)
    lines = [sentence(Problem(one.key, "", **one.details)) for one in advice]
    return lines, not any(one.must for one in advice)


def set_up(server: Administered, folder: Path, words: FirstWords, password: str, *, weak_for_tests: bool = False) -> str:
    """Makes the clinic on the server and this computer's folder; says so. Raises Refusal and Trouble with a sentence."""
    with reached(server) as admin:
        if any(one.must for one in look_at_server(admin)):
            raise Refusal("server_unfit")
        create_on_server(folder, server.place(), admin, _clinic(words), password, weak_for_tests=weak_for_tests).close()
    return _("Made: the clinic on {host}, and this computer's folder {folder}. Start the program with it and sign in as {owner}.").format(
        host=server.host, folder=folder, owner=words.owner
    )


def update(server: Administered) -> str:
    """Brings the clinic's database to this version of the program; says what was done."""
    with reached(server) as admin:
        changed = migrate_server(admin, server.database)
    return _("The clinic on the server is at this program's version now.") if changed else _("The clinic on the server is at this program's version already.")


def bring_a_seat(folder: Path, user: str, password: str, out: Path, clock: Clock | None = None) -> list[str]:
    """Writes a seat file for another computer; says its code, which is kept nowhere. Raises Denied, Refusal, Trouble."""
    with signed_in(folder, user, password) as desk:
        desk.door.look(may_bring_seats)
        made = make_seat_file(folder, clock or SystemClock())
        write_seat_file(out, made)
    return [
        _("Written: {file}, good until {day}.").format(file=out, day=made.good_until),
        _("Its code, shown this once: {code}").format(code=made.code),
        _("Carry the code separately from the file. At the other computer: pulse-desktop enrol --data FOLDER --file {name}").format(name=out.name),
    ]


def join(folder: Path, file: Path, code: str, clock: Clock | None = None, *, allow_weak: bool = False) -> str:
    """Makes this computer a seat of the clinic; says so. Raises Refusal with a sentence; then nothing was written."""
    join_clinic(folder, read_seat_file(file), code, clock or SystemClock(), allow_weak=allow_weak)
    return _("This computer belongs to the clinic now. Start the program with --data {folder} and sign in. The seat file can be deleted.").format(folder=folder)


@contextmanager
def reached(server: Administered) -> Iterator[server_founding.Admin]:
    with TemporaryDirectory(prefix="pulse-setup-") as private:
        yield server_founding.admin_where(server.place(), server.user, server.password, Path(private))


def _clinic(words: FirstWords) -> NewClinic:
    first, _blank, last = words.owner.strip().partition(" ")
    if not last:
        raise Refusal("name_needed")
    office = OfficeDraft(words.office, "", "", "", words.state, "", "", words.zone, "")
    roles = frozenset({Role.OWNER, Role.PRACTITIONER} if words.treats else {Role.OWNER})
    return NewClinic(words.practice, (office,), StaffDraft(first, last.strip(), "", roles))
