"""A clinic on a server from a seat: found, opened, followed, and refused where what answers is not proved (A4, A5)."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from pulse_desktop.basics.problems import Problem, Refusal, Trouble
from pulse_desktop.basics.times import SteppedClock
from pulse_desktop.clinic import schedule
from pulse_desktop.clinic.practice.commands import name_practice
from pulse_desktop.clinic.practice.people import save_member
from pulse_desktop.clinic.practice.sign_in import open_clinic
from pulse_desktop.clinic.practice.values import StaffDraft
from pulse_desktop.storage import clinic_folder, server_file, vault
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.server_file import SERVER, read_server_file, write_server_file
from pulse_desktop.storage.unlocking import unlock
from pulse_desktop.storage.way import Place, opened_way
from tests.builders import NOW, PASSWORD, TestClinic, a_visit
from tests.certificates import Authority
from tests.server_seats import Seat, person_id, way_of

NEW_PASSWORD = "seven slow barges passing"
ROSA = StaffDraft("Rosa", "Vega", "", frozenset({Role.FRONT_DESK}))


def refused(seat: Seat, name: str = "Lin Hua") -> str:
    """The key of what keeps this person from signing in."""
    with pytest.raises(Problem) as told:
        seat.sign_in(name)
    return told.value.key


def led_to(seat: Seat, place: Place, name: str = "Lin Hua") -> Seat:
    """The seat with a way of this person that leads elsewhere, certified as if the clinic had written it."""
    found, person = vault.read_vault(seat.folder), person_id(seat.folder, name)
    ring = unlock(found, person, PASSWORD, allow_weak=True).ring
    entry = found.entry(person)
    assert entry is not None
    way = replace(seat.way_of(name), place=place).sealed_to(entry.exchange_key, found.vault_id, person)
    write_server_file(seat.folder, read_server_file(seat.folder).with_ways({person: way}, ring))
    return replace(seat, place=place)


def leave(seat: Seat, clinic: TestClinic, name: str) -> None:
    """The owner shuts somebody out."""
    member = next(one for one in clinic.practice.staff if one.first_name == name)
    draft = StaffDraft(member.first_name, member.last_name, member.credential, member.roles, id=member.id, version=member.version, active=False)
    clinic.door.do(save_member, draft)


def test_somebody_signs_in_over_tls_works_and_leaves(seat: Seat) -> None:
    with seat.signed_in("Mina") as clinic:
        assert a_visit(clinic).staff == "Lin Hua"
        with clinic.desk.clinic._engine.connect() as connection:
            encrypted, person = connection.exec_driver_sql("SELECT ssl, current_user FROM pg_stat_ssl WHERE pid = pg_backend_pid()").one()
        assert encrypted
        assert person == seat.way_of("Mina").role
    with seat.signed_in("Lin Hua") as clinic:
        assert clinic.desk.clinic.check().is_sound
        clinic.desk.look_over()


def test_two_seats_are_one_clinic_at_once(seat: Seat, tmp_path: Path) -> None:
    with seat.signed_in("Mina") as here, seat.another(tmp_path / "second").signed_in("Okafor") as there:
        visit = a_visit(here, staff_id=here.staff("Okafor"))
        assert there.door.look(schedule.visit, visit.id).patient == visit.patient


def test_another_person_beside_works_under_a_login_of_their_own(seat: Seat) -> None:
    with seat.signed_in("Mina") as clinic:
        beside = clinic.desk.beside(person_id(seat.folder, "Okafor"), PASSWORD)
        with beside.clinic._engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT session_user").scalar_one() == seat.way_of("Okafor").role
        beside.close()
        a_visit(clinic)
        with pytest.raises(Refusal, match="sign_in_failed"):
            clinic.desk.beside(person_id(seat.folder, "Okafor"), "not this one at all")


def test_k5_a_wrong_password_opens_nothing(seat: Seat) -> None:
    with pytest.raises(Refusal, match="sign_in_failed"):
        clinic_folder.open(seat.folder, person_id(seat.folder, "Mina"), "wrong horse and no battery", allow_weak=True)


def test_a_strangers_authority_is_refused(seat: Seat) -> None:
    stranger = led_to(seat, replace(seat.place, ca=Authority.new().pem))
    assert refused(stranger) == "server_untrusted"


def test_a_server_under_another_name_is_refused(seat: Seat) -> None:
    assert refused(led_to(seat, replace(seat.place, host="localhost"))) == "server_untrusted"


def test_a_server_that_speaks_plainly_is_refused(seat: Seat) -> None:
    seat.server.set(ssl="off")
    try:
        assert refused(seat) == "server_untrusted"
    finally:
        seat.server.set(ssl="on")
    with seat.signed_in("Lin Hua"):
        pass


def test_the_same_server_lets_in_a_client_that_asks_for_less(seat: Seat) -> None:
    """Negative control: it is our demands that refuse, not the server."""
    where = {**seat.way_of("Lin Hua").where(seat.folder), "host": "localhost", "sslmode": "require", "sslrootcert": ""}
    psycopg.connect(**where).close()


def test_a_socket_file_is_no_way_for_a_clinic(seat: Seat) -> None:
    way = replace(seat.way_of("Mina"), place=replace(seat.place, host=str(seat.server.folder)))
    with pytest.raises(Refusal, match="way_unsafe"):
        way.where(seat.folder)


def test_nobody_home_and_nobody_known(seat: Seat) -> None:
    assert refused(led_to(seat, replace(seat.place, port=1))) == "server_gone"
    assert refused(led_to(seat, replace(seat.place, database="nowhere"))) == "server_refuses"


def test_every_flipped_bit_of_the_way_is_found(seat: Seat) -> None:
    content = (seat.folder / SERVER).read_bytes()
    for at in range(0, len(content) * 8, 97):
        damaged = bytearray(content)
        damaged[at // 8] ^= 1 << at % 8
        with pytest.raises(Refusal) as told:
            server_file.parse_ways(bytes(damaged))
        assert told.value.key in {"server_file_damaged", "server_file_newer"}


def test_a_way_that_the_clinic_did_not_write_is_not_gone(seat: Seat) -> None:
    """Whoever can write into the folder could seal a way to a server of their own: everybody's public key lies there."""
    found, person = vault.read_vault(seat.folder), person_id(seat.folder, "Lin Hua")
    entry = found.entry(person)
    assert entry is not None
    forged = replace(seat.way_of("Lin Hua"), place=replace(seat.place, port=1)).sealed_to(entry.exchange_key, found.vault_id, person)
    ways = read_server_file(seat.folder)
    write_server_file(seat.folder, replace(ways, ways={**ways.ways, person: forged}))
    assert refused(seat) == "server_file_foreign"


def test_anothers_way_opens_for_nobody_else(seat: Seat) -> None:
    found, mina, lin = vault.read_vault(seat.folder), person_id(seat.folder, "Mina"), person_id(seat.folder, "Lin Hua")
    sealed, own = read_server_file(seat.folder).ways[lin], unlock(found, mina, PASSWORD, allow_weak=True).own
    assert opened_way(sealed, own, found.vault_id, lin) is None
    assert opened_way(sealed, own, found.vault_id, mina) is None
    assert way_of(seat.folder, lin).password not in repr(way_of(seat.folder, lin))


def test_whoever_joins_at_one_seat_signs_in_at_the_other_once_it_heard(seat: Seat, tmp_path: Path) -> None:
    other = seat.another(tmp_path / "second")
    with seat.signed_in("Lin Hua") as clinic:
        clinic.lets_in(ROSA)
        with clinic.desk.clinic._engine.begin() as connection:
            events = connection.exec_driver_sql("SELECT action FROM audit ORDER BY seq DESC LIMIT 3").scalars().all()
        assert events == ["person.way", "person.enrol", "practice.person"]
        with seat.another(tmp_path / "third").signed_in("Rosa") as hers:
            a_visit(hers)
    with pytest.raises(StopIteration):
        person_id(other.folder, "Rosa")
    other.sign_in("Mina").close()
    with other.signed_in("Rosa") as clinic:
        a_visit(clinic, starts=14 * 60)


def test_who_is_shut_out_is_cut_off_at_once(seat: Seat, tmp_path: Path) -> None:
    with seat.signed_in("Lin Hua") as clinic:
        clinic.lets_in(ROSA)
        hers = seat.another(tmp_path / "second")
        working = hers.sign_in("Rosa")
        bare = hers.connected_as("Rosa")
        leave(seat, clinic, "Rosa")
        with pytest.raises(psycopg.OperationalError):
            bare.execute("SELECT 1")
        bare.close()
        with pytest.raises(Problem) as told:
            a_visit(working)
        assert told.value.key in {"server_refuses", "server_gone", "person_inactive"}
        working.close()
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            hers.connected_as("Rosa")
        assert refused(hers, "Rosa") == "server_refuses"
        assert "Rosa" not in {entry.name.split()[0] for entry in vault.read_vault(seat.folder).shown()}


def test_another_role_holds_on_the_server_in_the_same_moment(seat: Seat) -> None:
    with seat.signed_in("Lin Hua") as clinic:
        clinic.lets_in(ROSA)
        bare = seat.connected_as("Rosa")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            bare.execute("UPDATE office SET name = 'Mine', version = version + 1")
        member = next(one for one in clinic.practice.staff if one.first_name == "Rosa")
        roles = frozenset({Role.OWNER})
        clinic.door.do(save_member, StaffDraft("Rosa", "Vega", "", roles, id=member.id, version=member.version))
        bare.execute("UPDATE office SET name = 'Mine', version = version + 1")
        bare.close()


def test_what_was_cut_off_is_carried_to_its_end_at_an_owners_next_sign_in(seat: Seat) -> None:
    with seat.signed_in("Lin Hua") as clinic:
        clinic.desk.clinic._follow_people = lambda changes: None  # type: ignore[method-assign]  # the program died here
        clinic.door.listeners.clear()
        clinic.lets_in(ROSA)
    assert person_id(seat.folder, "Rosa") not in read_server_file(seat.folder).ways
    assert refused(seat, "Rosa") == "no_way"
    seat.sign_in("Lin Hua").close()
    seat.sign_in("Rosa").close()


def test_a_password_changed_elsewhere_counts_here_too(seat: Seat, tmp_path: Path) -> None:
    other = seat.another(tmp_path / "second")
    with seat.signed_in("Mina") as clinic:
        clinic.desk.clinic.change_password(PASSWORD, NEW_PASSWORD)
    assert refused(other, "Mina") == "password_elsewhere"
    assert refused(other, "Mina") == "sign_in_failed"
    open_clinic(other.folder, person_id(other.folder, "Mina"), NEW_PASSWORD, clock=SteppedClock(NOW), allow_weak=True).close()


def test_the_seats_files_are_mended_from_the_database(seat: Seat) -> None:
    with seat.signed_in("Lin Hua") as clinic:
        clinic.door.do(name_practice, "Hillside")
    assert vault.read_vault(seat.folder).card.name == "Hillside"
    kept = {name: (seat.folder / name).read_bytes() for name in (vault.VAULT, vault.TWIN, SERVER)}
    (seat.folder / vault.VAULT).write_bytes(b"damaged")
    seat.sign_in("Mina").close()
    assert {name: (seat.folder / name).read_bytes() for name in kept} == kept


def test_a_server_file_of_another_clinic_is_refused(seat: Seat) -> None:
    body = replace(read_server_file(seat.folder), vault_id="01a20de0-01ab-7540-8eb5-a4e00c565e3c")
    write_server_file(seat.folder, body)
    assert refused(seat) == "server_file_foreign"
    write_server_file(seat.folder, replace(body, version=server_file.VERSION + 1))
    assert refused(seat) == "server_file_newer"


@pytest.mark.parametrize(("version", "wanted"), [("9999", "clinic_newer"), ("0001", "server_older")])
def test_m4_another_version_of_the_tables_is_refused(seat: Seat, version: str, wanted: str) -> None:
    with seat.administrator() as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", (version,))
    assert refused(seat) == wanted


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("DROP TRIGGER guard_patient_delete ON patient", "schema"),
        ("ALTER TABLE visit ALTER COLUMN desk_note DROP NOT NULL", "schema"),
        ("GRANT DELETE ON patient TO PUBLIC", "schema"),
        ("GRANT UPDATE (name) ON office TO hill_people", "schema"),
        ("GRANT EXECUTE ON FUNCTION clinic_set_password(text, text) TO hill_people", "schema"),
        ("ALTER TABLE vault_state DISABLE ROW LEVEL SECURITY", "schema"),
        ("ALTER TABLE audit DISABLE TRIGGER USER; UPDATE audit SET outcome = 'seen' WHERE seq = 3; ALTER TABLE audit ENABLE TRIGGER USER", "audit"),
    ],
)
def test_i4_what_was_changed_on_the_server_keeps_people_out(seat: Seat, statement: str, part: str) -> None:
    with seat.administrator() as connection:
        connection.execute(statement.encode())
    with pytest.raises(Trouble) as told:
        seat.sign_in("Mina")
    assert (told.value.key, told.value.details["part"]) == ("server_unsound", part)


def test_a_person_added_past_the_keys_is_noticed(seat: Seat) -> None:
    copied = "(version, vault_id, staff_id, name, roles, exchange_key, signing_key, active)"
    with seat.administrator() as connection:
        added = f"INSERT INTO vault_person {copied} SELECT 1, '01a20de0-01ab-7540-8eb5-a4e00c565e3c', NULL, 'X', roles, exchange_key, signing_key, true"
        connection.execute(f"{added} FROM vault_person LIMIT 1".encode())
    assert refused(seat, "Mina") == "roster_differs"


def test_the_folder_holds_no_way_that_can_be_read(seat: Seat) -> None:
    secret = seat.way_of("Mina")
    seat.sign_in("Mina").close()
    for path in seat.folder.iterdir():
        content = path.read_bytes()
        assert secret.password.encode() not in content
        assert secret.role.encode() not in content
    assert json.loads((seat.folder / SERVER).read_text())["vault_id"] == vault.read_vault(seat.folder).vault_id


def test_a_seat_without_its_way_says_so(seat: Seat) -> None:
    (seat.folder / SERVER).write_text("{}")
    assert refused(seat) == "server_file_damaged"
    shutil.rmtree(seat.folder)

