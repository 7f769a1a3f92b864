"""What the command line does when a clinic moves: from its file to a server, from the server to a file."""

from __future__ import annotations

from pathlib import Path

from pulse_desktop.basics.problems import Trouble
from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import treatment
from pulse_desktop.outside.command_line import person_named
from pulse_desktop.outside.seats import Administered, reached
from pulse_desktop.storage.door import Door
from pulse_desktop.storage.moving import Moved
from pulse_desktop.storage.moving_to_file import to_file
from pulse_desktop.storage.moving_to_server import Target, to_server
from pulse_desktop.storage.vault import read_vault


def move_to_server(folder: Path, user: str, password: str, server: Administered) -> list[str]:
    """Moves the clinic to the server and says what was proved. Raises Denied, Refusal or Trouble; then it is where it was."""
    vault = read_vault(folder)
    with reached(server) as admin:
        target = Target(admin, server.place())
        moved = to_server(folder, person_named(vault, user), password, target, every_signature, allow_weak=vault.weak)
    return [*_told(moved), _("The clinic is on {host} now. Its file is kept in {kept}, and is not used any more.").format(host=server.host, kept=moved.kept)]


def move_to_file(folder: Path, user: str, password: str, server: Administered) -> list[str]:
    """Moves the clinic from the server to a file in this folder; otherwise as `move_to_server`."""
    vault = read_vault(folder)
    with reached(server) as admin:
        moved = to_file(folder, person_named(vault, user), password, admin, every_signature, allow_weak=vault.weak)
    return [*_told(moved), _("The clinic is in a file in {folder} now. Its database on the server is shut and can be removed.").format(folder=folder)]


def every_signature(door: Door) -> None:
    """Looks at every signature at the new place. Raises Trouble("move_unproved") for one that does not hold."""
    found = door.look(treatment.signatures)
    if found.broken:
        raise Trouble("move_unproved", part=_("signatures"), what=_("note {number}").format(number=found.broken[0]))


def _told(moved: Moved) -> list[str]:
    return [
        _("Moved and proved: {rows} rows the same on both sides, {events} events of the audit trail, unbroken, every signature valid.").format(
            rows=f"{moved.rows:,}", events=f"{moved.events:,}"
        )
    ]
