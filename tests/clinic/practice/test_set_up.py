"""The owner sets the practice up; what is wrong is refused under its field, what was there is never lost."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import practice
from pulse_desktop.clinic.atlas import TECHNIQUES
from pulse_desktop.clinic.practice import rules
from pulse_desktop.clinic.practice.settings import declared_settings
from pulse_desktop.clinic.practice.values import (
    ClosureDraft,
    HoursDraft,
    Licence,
    RoomDraft,
    ServiceDraft,
    SettingValue,
    StaffDraft,
    Stretch,
)
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import ACUPUNCTURE, CLIFTON, LIN, MINA, OKAFOR, TODAY, TestClinic, licences


def refusal(clinic: TestClinic, command: Any, value: Any) -> Refusal:
    with pytest.raises(Refusal) as told:
        clinic.door.do(command, value)
    assert "…" not in sentence(told.value)
    return told.value


def test_a_new_clinic_has_its_name_offices_rooms_owner_and_services(clinic: TestClinic) -> None:
    data = clinic.practice
    assert data.practice_name == "Pulse Acupuncture"
    assert [office.name for office in data.offices] == ["Clifton", "Brooklyn"]
    assert [room.name for room in data.rooms] == ["Room 1", "Room 2", "Room 3", "Room B1"]
    owner = data.member(clinic.desk.actor.staff_id)
    assert (owner.printed_name, owner.roles) == ("Lin Hua, L.Ac.", frozenset({Role.OWNER, Role.PRACTITIONER}))
    assert data.service(clinic.service()).minutes == 55


@pytest.mark.parametrize(
    ("change", "key", "field"),
    [
        ({"name": "  "}, "office_unnamed", "name"),
        ({"state": "ZZ"}, "state_wrong", "state"),
        ({"state": ""}, "state_wrong", "state"),
        ({"zip_code": "0701"}, "zip_wrong", "zip_code"),
        ({"phone": "12"}, "phone_wrong", "phone"),
        ({"phone": "555-0110"}, "phone_short", "phone"),
        ({"zone": "Mars/Olympus"}, "zone_unknown", "zone"),
        ({"zone": "../../etc/passwd"}, "zone_unknown", "zone"),
        ({"street": "x" * 201}, "entry_too_long", "street"),
    ],
)
def test_an_office_that_cannot_be_is_refused_under_its_field(clinic: TestClinic, change: dict[str, str], key: str, field: str) -> None:
    told = refusal(clinic, practice.save_office, replace(CLIFTON, **change))  # type: ignore[arg-type]
    assert (told.key, told.field) == (key, field)
    assert len(clinic.practice.offices) == 2


def test_an_office_is_changed_only_by_who_saw_its_newest_version(clinic: TestClinic) -> None:
    draft = replace(CLIFTON, id=clinic.office(), version=1, suite="Suite 200")
    clinic.door.do(practice.save_office, draft)
    assert clinic.practice.office(clinic.office()).suite == "Suite 200"
    with pytest.raises(Outdated):
        clinic.door.do(practice.save_office, replace(draft, suite="Suite 300"))


def test_a_room_stays_in_its_office(clinic: TestClinic) -> None:
    told = refusal(clinic, practice.save_room, RoomDraft(clinic.office("Brooklyn"), "Room 1", id=clinic.room(), version=1))
    assert told.key == "room_moves"
    assert refusal(clinic, practice.save_room, RoomDraft(clinic.office(), "Room 9", cleanup_minutes=121)).field == "cleanup_minutes"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"price_cents": -1}, "price_cents"),
        ({"techniques": ("leeches",)}, "techniques"),
        ({"pattern": ()}, "pattern"),
        ({"pattern": (Stretch(0, hands_on=True), Stretch(30, hands_on=False))}, "pattern"),
        ({"pattern": (Stretch(241, hands_on=True),)}, "pattern"),
    ],
)
def test_a_service_that_cannot_be_is_refused_under_its_field(clinic: TestClinic, change: dict[str, Any], field: str) -> None:
    draft: ServiceDraft = replace(ACUPUNCTURE, **change)
    assert refusal(clinic, practice.save_service, draft).field == field


def test_the_techniques_are_those_of_the_contraindication_list() -> None:
    assert frozenset(TECHNIQUES) == rules.TECHNIQUES


def test_new_hours_end_the_old_ones_and_can_be_taken_back(clinic: TestClinic) -> None:
    lin, office = clinic.staff(), clinic.office()
    monday = TODAY + timedelta(days=6)
    done = clinic.door.do(practice.save_hours, HoursDraft(lin, office, monday, ((0, 540, 720), (0, 780, 1080))))

    def valid_on(day: date) -> list[tuple[int, int, int]]:
        hours = [line for line in clinic.practice.hours if (line.staff_id, line.office_id) == (lin, office)]
        held = [line for line in hours if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)]
        return sorted((line.weekday, line.starts, line.ends) for line in held)

    assert len(valid_on(monday - timedelta(days=1))) == 6
    assert valid_on(monday) == [(0, 540, 720), (0, 780, 1080)]
    clinic.door.do(take_back, TakeBack(done.operation))
    assert len(valid_on(monday)) == 6


@pytest.mark.parametrize("spans", [((0, 600, 540),), ((7, 540, 600),), ((0, 540, 720), (0, 700, 900)), ((0, 540, 1441),)])
def test_hours_that_cannot_be_are_refused(clinic: TestClinic, spans: tuple[tuple[int, int, int], ...]) -> None:
    assert refusal(clinic, practice.save_hours, HoursDraft(clinic.staff(), clinic.office(), TODAY, spans)).field == "spans"


def test_an_office_is_closed_once_and_opened_again(clinic: TestClinic) -> None:
    thanksgiving = ClosureDraft(clinic.office(), date(2026, 11, 26), "Thanksgiving")
    closure_id = clinic.door.do(practice.save_closure, thanksgiving).answer
    assert refusal(clinic, practice.save_closure, thanksgiving).key == "closure_twice"
    assert [closure.reason for closure in clinic.practice.closures] == ["Thanksgiving"]
    clinic.door.do(practice.lift_closure, closure_id)
    assert clinic.practice.closures == ()


def test_licences_are_replaced_and_the_former_ones_kept_in_history(clinic: TestClinic) -> None:
    okafor = clinic.practice.member(clinic.staff("Okafor"))
    renewed = Licence("NJ", "25MZ99999", date(2026, 1, 1), date(2030, 1, 1))
    clinic.door.do(practice.save_member, replace(OKAFOR, id=okafor.id, version=okafor.version, licences=(okafor.licences[1], renewed)))
    assert clinic.practice.member(okafor.id).licences == (renewed, okafor.licences[1])
    backwards = Licence("NJ", "1", date(2026, 1, 2), date(2026, 1, 1))
    assert refusal(clinic, practice.save_member, replace(OKAFOR, licences=(backwards,))).field == "licences"


def test_the_last_owner_stays_and_nobody_ends_their_own_access(clinic: TestClinic) -> None:
    lin = clinic.practice.member(clinic.staff())
    draft = replace(LIN, id=lin.id, version=lin.version)
    assert refusal(clinic, practice.save_member, replace(draft, roles=frozenset({Role.PRACTITIONER}))).key == "last_owner"
    assert refusal(clinic, practice.save_member, replace(draft, active=False)).key == "own_access"


def test_a_card_name_is_the_last_name_of_who_treats_and_the_first_name_at_the_desk(clinic: TestClinic) -> None:
    assert rules.staff_values(OKAFOR)["short_name"] == "Okafor"
    assert rules.staff_values(MINA)["short_name"] == "Mina"
    assert rules.staff_values(StaffDraft("Lin", "Hua", "L.Ac.", frozenset({Role.PRACTITIONER}), "Lin Hua"))["short_name"] == "Lin Hua"


def test_a_setting_takes_its_own_kind_of_value_within_its_bounds(clinic: TestClinic) -> None:
    key = "schedule.travel_minutes"
    assert clinic.door.look(practice.setting, key) == 45
    clinic.door.do(practice.save_setting, SettingValue(key, 30))
    assert clinic.door.look(practice.setting, key) == 30
    for wrong in ("soon", 481, -1, True):
        assert refusal(clinic, practice.save_setting, SettingValue(key, wrong)).field == key
    assert refusal(clinic, practice.save_setting, SettingValue("no.such", 1)).key == "setting_unknown"
    assert all(setting.label for setting in declared_settings().values())


def test_the_practice_is_renamed_and_not_unnamed(clinic: TestClinic) -> None:
    clinic.door.do(practice.name_practice, "  Pulse & Friends ")
    assert clinic.practice.practice_name == "Pulse & Friends"
    assert refusal(clinic, practice.name_practice, " ").field == "practice_name"


def test_lines_are_approved_by_a_practitioner(clinic: TestClinic) -> None:
    clinic.door.do(practice.approve_lines, ("no_hot_water", "drink_water", "no_hot_water"))
    assert clinic.door.look(practice.approved_lines) == {"no_hot_water", "drink_water"}


def test_the_front_desk_sets_nothing_up(clinic: TestClinic) -> None:
    clinic.lets_in(MINA)
    door = clinic.signs_in("Mina")
    for command, value in (
        (practice.save_office, CLIFTON),
        (practice.save_service, ACUPUNCTURE),
        (practice.save_member, replace(LIN, licences=licences("NJ"))),
        (practice.save_setting, SettingValue("schedule.travel_minutes", 1)),
        (practice.approve_lines, ("a",)),
    ):
        with pytest.raises(Denied):
            door.do(command, value)  # type: ignore[arg-type]
    assert len(clinic.practice.offices) == 2
