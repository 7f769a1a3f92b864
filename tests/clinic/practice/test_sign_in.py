"""A clinic is made, people are let in, and what goes wrong leaves nothing behind."""

from dataclasses import replace
from pathlib import Path

import pytest

from pulse_desktop.basics.problems import Denied, Refusal
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.practice.sign_in import add_person, create_clinic
from pulse_desktop.clinic.practice.values import NewClinic
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.vault import read_vault
from tests.builders import ACUPUNCTURE, CLIFTON, LIN, MINA, OKAFOR, PASSWORD, TestClinic

FIRST = NewClinic("Pulse Acupuncture", (CLIFTON,), LIN, (ACUPUNCTURE,))


def test_the_owner_comes_back_with_the_right_password_only(clinic: TestClinic) -> None:
    vault_id = clinic.desk.clinic.person_id
    clinic.close()
    with pytest.raises(Refusal) as told:
        clinic.open_as(vault_id, PASSWORD + "!")
    assert told.value.key == "sign_in_failed"
    clinic.desk = clinic.open_as(vault_id)
    assert clinic.desk.actor.staff_id == clinic.staff("Lin Hua")
    assert clinic.desk.prove(PASSWORD)
    assert not clinic.desk.prove("something else entirely")


def test_a_second_and_a_third_person_come_in_with_their_own_roles(clinic: TestClinic) -> None:
    mina = clinic.lets_in(MINA)
    okafor = clinic.practice.member(clinic.staff("Okafor"))
    add_person(clinic.desk, replace(OKAFOR, id=okafor.id, version=okafor.version), PASSWORD)
    clinic.signs_in("Mina")
    assert (clinic.desk.actor.staff_id, clinic.desk.actor.roles) == (mina, frozenset({Role.FRONT_DESK}))
    with pytest.raises(Denied):
        add_person(clinic.desk, replace(MINA, first_name="Mo"), PASSWORD)
    clinic.signs_in("Okafor")
    assert clinic.desk.actor.staff_id == okafor.id
    assert not any(member.first_name == "Mo" for member in clinic.practice.staff)


def test_changed_roles_reach_the_door_at_once(clinic: TestClinic) -> None:
    mina_number = clinic.lets_in(MINA)
    mina = clinic.practice.member(mina_number)
    draft = replace(MINA, id=mina.id, version=mina.version, roles=frozenset({Role.FRONT_DESK, Role.OWNER}))
    clinic.door.do(practice.save_member, draft)
    door = clinic.signs_in("Mina")
    door.do(practice.name_practice, "Pulse")
    lin = clinic.practice.member(clinic.staff("Lin Hua"))
    door.do(practice.save_member, replace(LIN, id=lin.id, version=lin.version, active=False))
    vault_id = lin.vault_id
    clinic.close()
    with pytest.raises(Refusal) as told:
        clinic.open_as(vault_id)
    assert told.value.key == "person_inactive"
    clinic.desk = clinic.open_as(mina.vault_id)


@pytest.mark.parametrize(
    ("clinic_draft", "password", "field"),
    [
        (replace(FIRST, practice_name=""), PASSWORD, "practice_name"),
        (replace(FIRST, offices=()), PASSWORD, "offices"),
        (replace(FIRST, offices=(replace(CLIFTON, zone="nowhere"),)), PASSWORD, "zone"),
        (replace(FIRST, owner=replace(LIN, first_name=" ", last_name="")), PASSWORD, "first_name"),
        (replace(FIRST, services=(replace(ACUPUNCTURE, name=""),)), PASSWORD, "name"),
        (FIRST, "short", "password"),
    ],
)
def test_a_clinic_that_cannot_be_leaves_nothing_behind(tmp_path: Path, clinic_draft: NewClinic, password: str, field: str) -> None:
    with pytest.raises(Refusal) as told:
        create_clinic(tmp_path / "new", clinic_draft, password, weak_for_tests=True)
    assert told.value.field == field
    assert not (tmp_path / "new").exists()


def test_what_fails_after_the_file_was_made_is_unmade(tmp_path: Path) -> None:
    twice_unnamed = replace(FIRST, room_names=(("Room 1", ""),))
    with pytest.raises(Refusal):
        create_clinic(tmp_path, twice_unnamed, PASSWORD, weak_for_tests=True)
    create_clinic(tmp_path, FIRST, PASSWORD, weak_for_tests=True).close()


def test_a_folder_with_a_clinic_is_left_alone(clinic: TestClinic) -> None:
    with pytest.raises(Refusal) as told:
        create_clinic(clinic.folder, FIRST, PASSWORD, weak_for_tests=True)
    assert told.value.key == "clinic_exists"
    assert clinic.practice.practice_name == "Pulse Acupuncture"


def test_the_sign_in_window_shows_the_newest_name_and_offices(clinic: TestClinic) -> None:
    clinic.door.do(practice.name_practice, "Pulse & Friends")
    clinic.close()
    card = read_vault(clinic.folder).card
    assert card.name == "Pulse & Friends"
    assert [office.address for office in card.offices] == [
        "1030 Clifton Ave, Suite 104, Clifton, NJ 07013",
        "109 N 12th St, Suite 704, Brooklyn, NY 11249",
    ]
    vault_id = clinic.desk.clinic.person_id
    clinic.desk = clinic.open_as(vault_id)


def test_a_new_clinic_is_whole(clinic: TestClinic) -> None:
    assert clinic.desk.clinic.check().findings == ()
