"""Making, opening, sharing and repairing a clinic; what is wrong is said in a sentence and nothing is written."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from pulse_desktop.basics.problems import Denied, Outdated, Problem, Refusal
from pulse_desktop.basics.texts import registered_sentences
from pulse_desktop.storage import clinic_folder
from pulse_desktop.storage.clinic_folder import ClinicCard, Newcomer
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.engine import writing
from pulse_desktop.storage.folder_lock import FolderLock, check_folder
from pulse_desktop.storage.keys import Keyring
from pulse_desktop.storage.ledgers import VaultPerson
from pulse_desktop.storage.open_clinic import OpenClinic
from pulse_desktop.storage.people import HeaderKept, keep_card, keep_own_password, link_staff, people
from pulse_desktop.storage.permissions import Permission, Role
from pulse_desktop.storage.registry import command
from pulse_desktop.storage.unlocking import certified, unlock
from pulse_desktop.storage.vault import TWIN, VAULT, OfficeLine, Vault, read_vault, write_vault
from tests.storage import workshop as shop
from tests.storage.workshop import CARD, EVERY_ROLE, OTHER_PASSWORD, PASSWORD, closed_clinic, opened

DESK = Newcomer("Bo Reed", frozenset({Role.FRONT_DESK}), OTHER_PASSWORD)


def prints(folder: Path) -> dict[str, str]:
    """Checksums of what counts; the lock file and the journal's index are not data."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != "pulse.lock" and not path.name.endswith("-shm")
    }


def refusal(folder: Path, person_id: str, password: str = PASSWORD) -> str:
    before = prints(folder) if folder.is_dir() else {}
    with pytest.raises(Problem) as told:
        opened(folder, person_id, password)
    assert (prints(folder) if folder.is_dir() else {}) == before, "something was written"
    assert told.value.key in registered_sentences()
    return told.value.key


def test_a_second_and_a_third_person_come_in(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    desk_id = clinic.add_person(DESK, staff_id=2)
    healer_id = clinic.add_person(Newcomer("Cy Moss", frozenset({Role.PRACTITIONER}), "three grey horses by the sea"))
    clinic.close()
    desk = opened(folder, desk_id, OTHER_PASSWORD)
    assert (desk.door.actor.name, desk.door.actor.roles) == ("Bo Reed", frozenset({Role.FRONT_DESK}))
    desk.door.do(shop.drop_coin, 1)
    assert desk.door.actor.staff_id == 2
    with pytest.raises(Denied):
        desk.add_person(Newcomer("Di Lake", frozenset({Role.OWNER}), "four white swans on the pond"))
    desk.close()
    healer = opened(folder, healer_id, "three grey horses by the sea")
    assert [line.name for line in healer.door.look(people)] == ["Ann Gray", "Bo Reed", "Cy Moss"]
    assert healer.check().is_sound
    healer.close()
    assert [entry.name for entry in read_vault(folder).people] == ["Ann Gray", "Bo Reed", "Cy Moss"]


def test_k6_changing_the_own_password(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    for old, new, key in (("wrong", OTHER_PASSWORD, "wrong_password"), (PASSWORD, PASSWORD, "same_password"), (PASSWORD, "short", "password_short")):
        with pytest.raises(Refusal) as told:
            clinic.change_password(old, new)
        assert told.value.key == key
    clinic.change_password(PASSWORD, OTHER_PASSWORD)
    assert clinic.confirms(OTHER_PASSWORD)
    assert not clinic.confirms(PASSWORD)
    clinic.close()
    assert refusal(folder, owner_id) == "sign_in_failed"
    opened(folder, owner_id, OTHER_PASSWORD).close()


def test_two_people_at_one_computer_do_not_undo_each_others_changes(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    desk_id = clinic.add_person(DESK)
    desk = clinic.beside(desk_id, OTHER_PASSWORD)
    healer_id = clinic.add_person(Newcomer("Cy Moss", frozenset({Role.PRACTITIONER}), "three grey horses by the sea"))
    desk.change_password(OTHER_PASSWORD, "four white swans on the pond")
    clinic.show_card(ClinicCard("Riverside"))
    stale = certified(replace(read_vault(folder), revision=2), clinic._unlocked.ring)
    with pytest.raises(Outdated):
        clinic.door.do(keep_card, HeaderKept(stale.text()))
    assert clinic.check().is_sound
    desk.close()
    clinic.door.look(people)  # the folder stays open
    clinic.close()
    for person_id, password in ((desk_id, "four white swans on the pond"), (healer_id, "three grey horses by the sea"), (owner_id, PASSWORD)):
        opened(folder, person_id, password).close()
    assert read_vault(folder).card.name == "Riverside"


def test_a_changed_password_cannot_carry_a_change_of_somebody_elses_slot(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    desk = clinic.beside(clinic.add_person(DESK), OTHER_PASSWORD)
    kept = read_vault(folder)
    mine, owners = kept.entry(desk.person_id), kept.entry(owner_id)
    assert mine is not None
    assert owners is not None
    for forged in (kept.with_entry(replace(owners, roles=("front_desk",))), replace(kept, card=ClinicCard("Mine now"), revision=kept.revision + 1)):
        with pytest.raises(Denied):
            desk.door.do(keep_own_password, HeaderKept(certified(forged, desk._unlocked.ring).text()))
    desk.door.do(keep_own_password, HeaderKept(certified(kept.with_entry(mine), desk._unlocked.ring).text()))
    desk.close()
    clinic.close()


def test_who_has_left_is_not_shown_and_cannot_come_in(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    desk_id = clinic.add_person(DESK)

    @command(needs=Permission.MANAGE_PEOPLE, audit="shop.leave")
    def leave(context: Context, vault_id: str) -> None:
        person = context.session.execute(select(VaultPerson).where(VaultPerson.vault_id == vault_id)).scalar_one()
        context.update(VaultPerson, person.id, person.version, active=False, name="Bo Reed-Hall", roles=["owner"])

    clinic.door.do(leave, desk_id)
    assert clinic.check().is_sound
    with pytest.raises(Refusal) as told:
        clinic.beside(desk_id, OTHER_PASSWORD)
    assert told.value.key == "person_inactive"
    clinic.close()
    vault = read_vault(folder)
    assert [entry.name for entry in vault.shown()] == ["Ann Gray"]
    assert [(entry.name, entry.roles) for entry in vault.people][1] == ("Bo Reed-Hall", ("owner",))
    with pytest.raises(Refusal) as told:
        opened(folder, desk_id, OTHER_PASSWORD)
    assert told.value.key == "person_inactive"
    opened(folder, owner_id).close()


def test_u1_every_act_around_signing_in_leaves_exactly_its_event(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    clinic.add_person(DESK)
    clinic.confirms("wrong")
    clinic.change_password(PASSWORD, OTHER_PASSWORD)
    clinic.show_card(ClinicCard("Riverside"))
    clinic.show_card(ClinicCard("Riverside"))
    clinic.check()
    clinic.close()
    clinic = opened(folder, owner_id, OTHER_PASSWORD)
    with clinic._engine.begin() as connection:
        trail = [tuple(row) for row in connection.execute(text("SELECT action, outcome FROM audit ORDER BY seq"))]
    clinic.close()
    assert trail == [
        ("clinic.create", "done"), ("person.sign_in", "done"), ("person.sign_out", "done"),
        ("person.sign_in", "done"), ("person.enrol", "done"), ("person.confirm", "failed"), ("person.password", "done"),
        ("clinic.card", "done"), ("file.check", "seen"), ("person.sign_out", "done"), ("person.sign_in", "done"),
    ]  # fmt: skip


def test_a_staff_member_is_linked_to_a_person(clinic: OpenClinic) -> None:
    @command(needs=Permission.SET_UP, audit="staff.link")
    def link(context: Context, staff_id: int) -> None:
        link_staff(context, context.actor.vault_id, staff_id)

    clinic.door.do(link, 41)
    clinic.door.look(people)
    assert clinic.door.actor.staff_id == 41


def test_the_card_is_shown_to_anybody_at_the_door(clinic: OpenClinic) -> None:
    clinic.show_card(ClinicCard("Riverside", (OfficeLine("Hill", "2 Hill Road, Montclair, NJ"),)))
    assert read_vault(clinic.folder).card == clinic.card == ClinicCard("Riverside", (OfficeLine("Hill", "2 Hill Road, Montclair, NJ"),))


def test_nothing_to_open(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    assert refusal(tmp_path / "elsewhere", owner_id) == "no_clinic"
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path / "empty", owner_id) == "no_clinic"
    (folder / "clinic.db").unlink()
    assert refusal(folder, owner_id) == "clinic_file_missing"


def test_wrong_person_or_password_write_nothing(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    assert refusal(folder, owner_id, "wrong") == "sign_in_failed"
    assert refusal(folder, "nobody") == "sign_in_failed"


def test_damaged_and_foreign_files_write_nothing(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    whole = (folder / "clinic.db").read_bytes()
    other = tmp_path / "other"
    other_owner = clinic_folder.create(other, CARD, Newcomer("Ed Hill", EVERY_ROLE, OTHER_PASSWORD), weak_for_tests=True)
    other_owner.close()
    for content in (b"", b"not a database", whole[:1000], os.urandom(len(whole)), (other / "clinic.db").read_bytes()):
        (folder / "clinic.db").write_bytes(content)
        assert refusal(folder, owner_id) == "file_damaged"
    (folder / "clinic.db").write_bytes(whole)
    for name in (VAULT, TWIN):
        (folder / name).write_bytes(b"rubbish")
    assert refusal(folder, owner_id) == "vault_foreign"


def test_m4_a_newer_database_is_refused_with_nothing_written(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    with writing(clinic._engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    clinic.close()
    assert refusal(folder, owner_id) == "clinic_newer"
    body = json.loads((folder / VAULT).read_text())
    for name in (VAULT, TWIN):
        (folder / name).write_text(json.dumps({**body, "version": 2}))
    assert refusal(folder, owner_id) == "vault_newer"


def test_the_epoch_and_the_vault_must_be_the_databases(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    with writing(clinic._engine).begin() as connection:
        connection.execute(text("UPDATE vault_state SET value = '2' WHERE name = 'epoch'"))
    clinic.close()
    assert refusal(folder, owner_id) == "clinic_foreign"


def test_drift_of_the_schema_is_refused(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    with writing(clinic._engine).begin() as connection:
        connection.execute(text("DROP TRIGGER guard_audit_update"))
    clinic.close()
    assert refusal(folder, owner_id) == "file_unsound"


def test_nobody_can_make_a_clinic_over_a_clinic(tmp_path: Path) -> None:
    folder, _ = closed_clinic(tmp_path)
    before = prints(folder)
    with pytest.raises(Refusal) as told:
        clinic_folder.create(folder, CARD, Newcomer("Ed Hill", EVERY_ROLE, OTHER_PASSWORD), weak_for_tests=True)
    assert told.value.key == "clinic_exists"
    assert prints(folder) == before
    with pytest.raises(Refusal):
        clinic_folder.create(tmp_path / "new", CARD, Newcomer("Ed Hill", EVERY_ROLE, "short"), weak_for_tests=True)
    assert not (tmp_path / "new").exists()


# ---- vault.json and its copies


def test_k4_a_header_tampered_with_is_put_right_from_the_database(tmp_path: Path) -> None:
    """The flip lies in another person's slot, where only the MAC can see it."""
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    clinic.add_person(DESK)
    clinic.close()
    good = read_vault(folder)
    write_vault(folder, replace(good, people=(good.people[0], replace(good.people[1], wrapped=good.people[1].wrapped[::-1]))))
    opened(folder, owner_id).close()
    assert read_vault(folder) == good
    opened(folder, good.people[1].id, OTHER_PASSWORD).close()


def test_a_swapped_public_key_is_found_even_with_a_right_mac(tmp_path: Path) -> None:
    """A colleague who holds the master key puts their own key in another's place, to receive the next master key."""
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    clinic.add_person(DESK)
    ring = clinic._unlocked.ring
    good = read_vault(folder)
    stolen = replace(good.people[1], exchange_key=good.people[0].exchange_key)
    forged = certified(replace(good, people=(good.people[0], stolen), revision=good.revision + 1), ring)
    clinic.close()
    write_vault(folder, forged)
    assert refusal(folder, owner_id) == "roster_differs"
    write_vault(folder, certified(replace(forged, revision=good.revision - 1), ring_of(folder, good, owner_id)))
    opened(folder, owner_id).close()  # older than the database's copy: that one counts
    assert read_vault(folder) == good


def ring_of(folder: Path, vault: Vault, person_id: str) -> Keyring:
    return unlock(vault, person_id, PASSWORD, allow_weak=True).ring


def test_a_crash_between_database_and_file_is_caught_up(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    before = {name: (folder / name).read_bytes() for name in (VAULT, TWIN)}
    clinic = opened(folder, owner_id)
    desk_id = clinic.add_person(DESK)
    clinic.close()
    for name, content in before.items():
        (folder / name).write_bytes(content)
    opened(folder, owner_id).close()
    assert read_vault(folder).entry(desk_id) is not None
    opened(folder, desk_id, OTHER_PASSWORD).close()


def test_a_damaged_file_and_a_damaged_twin_are_repaired(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    whole = (folder / VAULT).read_bytes()
    for name in (VAULT, TWIN):
        (folder / name).write_bytes(whole[:100])
        opened(folder, owner_id).close()
        assert (folder / name).read_bytes() == whole


# ---- D8


def test_d8_one_process_a_folder_and_it_says_who(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    clinic = opened(folder, owner_id)
    with pytest.raises(Refusal) as told:
        opened(folder, owner_id)
    assert told.value.key == "clinic_in_use"
    assert told.value.details["seat"] not in {"", "?"}
    clinic.close()
    opened(folder, owner_id).close()


def test_d8_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(f"""
            import time
            from pathlib import Path
            from pulse_desktop.storage.folder_lock import FolderLock
            lock = FolderLock.take(Path({str(tmp_path)!r}))
            print("held", flush=True)
            time.sleep(60)
        """)], stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(Refusal):
        FolderLock.take(tmp_path)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    FolderLock.take(tmp_path).release()


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/share nfs4 rw 0 0
//nas/clinic /mnt/nas\\040two cifs rw 0 0
user@host: /home/ann/remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "key"),
    [("/srv/share/clinic", "folder_on_network"), ("/mnt/nas two/clinic", "folder_on_network"), ("/home/ann/remote", "folder_on_network"),
     ("/home/ann/OneDrive - Clinic/pulse", "folder_synced"), ("/Users/ann/Dropbox/pulse", "folder_synced"),
     ("/Users/ann/Library/Mobile Documents/pulse", "folder_synced"), ("/srv/shared/clinic", ""), ("/home/ann/clinic", "")],
)  # fmt: skip
def test_d8_network_shares_and_sync_folders_are_refused(path: str, key: str) -> None:
    try:
        check_folder(Path(path), MOUNTS)
        told = ""
    except Refusal as problem:
        told = problem.key
    assert told == key


def test_the_sign_in_window_lists_people_without_the_database(tmp_path: Path) -> None:
    folder, _ = closed_clinic(tmp_path)
    listing = f"""
        import sys
        from pathlib import Path
        from pulse_desktop.storage.vault import read_vault
        vault = read_vault(Path({str(folder)!r}))
        assert [entry.name for entry in vault.people] == ["Ann Gray"] and vault.card.offices[0].name == "Main Street"
        heavy = {{"sqlalchemy", "sqlcipher3", "reportlab", "alembic", "cryptography"}} & set(sys.modules)
        assert not heavy, heavy
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(listing)], check=True)


def test_opening_needs_no_alembic(tmp_path: Path) -> None:
    folder, owner_id = closed_clinic(tmp_path)
    opening = f"""
        import sys
        from tests.storage.workshop import opened
        from pathlib import Path
        opened(Path({str(folder)!r}), {owner_id!r}).close()
        assert "alembic" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(opening)], check=True)
