"""Makes a new clinic on a server, and the first seat's folder; by the server's administrator, once in a clinic's life."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.times import Clock, SystemClock
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.faults import cleanly
from pulse_desktop.storage.folder_lock import check_folder
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.passwords import check_new_password
from pulse_desktop.storage.postgres_engine import open_server_engine
from pulse_desktop.storage.server_file import SERVER, ServerFile, write_server_file
from pulse_desktop.storage.server_making import make_clinic_database, unmake_clinic_database
from pulse_desktop.storage.server_people import let_in
from pulse_desktop.storage.unlocking import Newcomer, Unlocked, new_vault
from pulse_desktop.storage.vault import TWIN, VAULT, ClinicCard, Vault, write_vault
from pulse_desktop.storage.way import Place, Way

Admin = Mapping[str, Any]
"""How a server's administrator reaches it, in libpq's words."""


def admin_where(place: Place, user: str, password: str, folder: Path) -> Admin:
    """How the server's administrator reaches it, proved as strictly as for everybody else. `folder` takes the authority's file."""
    return {**Way(place, user, password).where(folder), "dbname": "postgres"}


def found_on_server(
    folder: Path, place: Place, admin: Admin, card: ClinicCard, owner: Newcomer, *,
    clock: Clock | None = None, seat: str = "", weak_for_tests: bool = False,
) -> OpenClinic:  # fmt: skip
    """Makes the clinic and opens it for its owner at this seat. Raises Refusal or Trouble; then nothing was left behind."""
    check_new_password(owner.password, (card.name, owner.name))
    check_folder(folder)
    if any((folder / name).exists() for name in (VAULT, TWIN, SERVER, clinic_folder.DATABASE)):
        raise Refusal("clinic_exists")
    vault, unlocked = new_vault(card, owner, weak_for_tests=weak_for_tests)
    where = make_clinic_database(admin, place.database)
    try:
        ways = cleanly(lambda: _first_rows(where, place, vault, unlocked, clock or SystemClock(), seat or socket.gethostname()))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_vault(folder, vault)
        write_server_file(folder, ways)
        return clinic_folder.open(folder, unlocked.person_id, owner.password, clock=clock, seat=seat, allow_weak=weak_for_tests)
    except BaseException:
        unmake(folder, admin, place)
        raise


def unmake(folder: Path, admin: Admin, place: Place) -> None:
    """Removes what was made a moment ago and never held anything."""
    unmake_clinic_database(admin, place.database)
    for name in (VAULT, TWIN, SERVER):
        (folder / name).unlink(missing_ok=True)


def _first_rows(where: Mapping[str, Any], place: Place, vault: Vault, unlocked: Unlocked, clock: Clock, seat: str) -> ServerFile:
    engine = open_server_engine(where)
    try:
        clinic_folder.first_rows(engine, vault, unlocked, clock, seat)
        return let_in(engine, place, vault, unlocked.ring)
    finally:
        engine.dispose()
