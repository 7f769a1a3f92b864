"""Keys and vault.json (K3, K4, K5, K6, A1, A4 in short form, and public-key substitution)."""

from __future__ import annotations

import json
import random
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import median

import pytest

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.storage import keys, unlocking
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.passwords import check_new_password
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.unlocking import (
    Newcomer,
    Unlocked,
    certified,
    is_certified,
    new_vault,
    unlock,
    with_password,
    with_person,
)
from pulse_desktop.storage.vault import TWIN, VAULT, Kdf, Vault, parse, read_vault, write_vault
from tests.storage.workshop import CARD, OTHER_PASSWORD, PASSWORD

OWNER = Newcomer("Ann Gray", frozenset({Role.OWNER}), PASSWORD)
DESK = Newcomer("Bo Reed", frozenset({Role.FRONT_DESK}), OTHER_PASSWORD)


@pytest.fixture(scope="module")
def made() -> tuple[Vault, Unlocked]:
    vault, unlocked = new_vault(CARD, OWNER, weak_for_tests=True)
    return with_person(vault, unlocked.ring, DESK), unlocked


def key_of(problem: pytest.ExceptionInfo[Refusal]) -> str:
    return problem.value.key


def test_two_people_open_the_same_clinic_each_with_their_own_keys(made: tuple[Vault, Unlocked]) -> None:
    vault, owner = made
    desk = unlock(vault, vault.people[1].id, OTHER_PASSWORD, allow_weak=True)
    assert desk.intact
    assert desk.ring.database == owner.ring.database
    assert desk.own.public_key != owner.own.public_key
    signature = desk.own.sign(b"note")
    assert keys.is_signed(b"note", signature, desk.own.public_key)
    assert not keys.is_signed(b"note", signature, owner.own.public_key)
    assert not keys.is_signed(b"nota", signature, desk.own.public_key)


def test_all_derived_keys_differ(made: tuple[Vault, Unlocked]) -> None:
    ring = made[1].ring
    found = [ring.master, ring.database, ring.attachments, ring.backup, bytes.fromhex(ring.header_mac(b"")), bytes.fromhex(ring.roster_mac(b""))]
    assert len(set(found)) == len(found)
    assert {len(key) for key in found} == {32}


@pytest.mark.parametrize(
    "kdf", [Kdf(65_535, 3, 4), Kdf(19_456, 2, 1), Kdf(1_048_577, 3, 4), Kdf(2**31, 3, 4), Kdf(131_072, 2, 4), Kdf(131_072, 10**6, 4),
            Kdf(131_072, 3, 0), Kdf(131_072, 3, 10**6), Kdf(-1, 3, 4), keys.WEAK_FOR_TESTS]
)  # fmt: skip
def test_k3_limits_hold_before_any_work(made: tuple[Vault, Unlocked], kdf: Kdf, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a damaged or planted header asks for is not even begun: it could take hours, or all memory."""
    vault = replace(made[0], weak=False, people=tuple(replace(entry, kdf=kdf) for entry in made[0].people))
    begun: list[object] = []
    monkeypatch.setattr(keys, "Argon2id", lambda **asked: begun.append(asked))
    with pytest.raises(Refusal) as told:
        unlock(vault, vault.people[0].id, PASSWORD)
    assert key_of(told) == "vault_damaged"
    assert begun == []


def test_k3_standard_parameters_are_within_the_limits() -> None:
    keys.check_kdf(keys.STANDARD)
    assert Kdf(128 * 1024, 3, 4) == keys.STANDARD


def test_weak_vaults_are_refused_unless_asked_for(made: tuple[Vault, Unlocked]) -> None:
    assert '"weak":true' in made[0].text()
    with pytest.raises(Refusal) as told:
        unlock(made[0], made[0].people[0].id, PASSWORD)
    assert key_of(told) == "vault_damaged"


def test_k4_every_flipped_bit_is_found_without_a_key(made: tuple[Vault, Unlocked]) -> None:
    content = bytearray(made[0].text().encode())
    unseen = []
    for bit in range(len(content) * 8):
        content[bit // 8] ^= 1 << bit % 8
        try:
            parse(bytes(content))
            unseen.append(bit)
        except (ValueError, Refusal):
            pass
        content[bit // 8] ^= 1 << bit % 8
    assert unseen == []
    assert parse(bytes(content)) == made[0]


def test_k4_a_forged_header_with_a_right_checksum_is_found_by_its_mac(made: tuple[Vault, Unlocked]) -> None:
    """Somebody who can write the file, but has no key, changes any one field and makes the checksum anew."""
    vault, owner = made
    entry = vault.people[1]
    forged = [
        replace(vault, epoch=2), replace(vault, revision=99), replace(vault, roster="00"), replace(vault, recovery={"seal": "00"}),
        replace(vault, card=replace(vault.card, name="Elsewhere")), replace(vault, people=vault.people[:1]),
        *(replace(vault, people=(vault.people[0], changed)) for changed in (
            replace(entry, roles=("owner",)), replace(entry, name="X"), replace(entry, salt="00"), replace(entry, wrapped="00"),
            replace(entry, exchange_key=owner.own.exchange_key.hex()), replace(entry, signing_key="00"), replace(entry, seal="00"),
            replace(entry, nonce="00"), replace(entry, active=False), replace(entry, kdf=keys.STANDARD),
        )),
    ]  # fmt: skip
    for header in forged:
        again = parse(header.text().encode())  # the checksum is right
        assert not is_certified(again, owner.ring)
    assert is_certified(vault, owner.ring)


def test_k4_a_damaged_file_is_read_from_its_twin(made: tuple[Vault, Unlocked], tmp_path: Path) -> None:
    write_vault(tmp_path, made[0])
    for name in (VAULT, TWIN):
        whole = (tmp_path / name).read_bytes()
        for broken in (b"", b"{}", whole[:-20], whole.replace(b"Ann", b"Eve"), b"\x00" * 4096, b"[" * 100_000, whole + b" "):
            (tmp_path / name).write_bytes(broken)
            assert read_vault(tmp_path) == made[0]
        (tmp_path / name).unlink()
        assert read_vault(tmp_path) == made[0]
        (tmp_path / name).write_bytes(whole)


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"hello", "vault_foreign"), (b'{"servers":[]}', "vault_foreign"), (b'{"vault_id":"x","version":1}', "vault_damaged"), (b'{"version":2}', "vault_newer")],
)  # fmt: skip
def test_other_files_are_refused_in_words(tmp_path: Path, content: bytes, key: str) -> None:
    (tmp_path / VAULT).write_bytes(content)
    with pytest.raises(Refusal) as told:
        read_vault(tmp_path)
    assert key_of(told) == key
    assert (tmp_path / VAULT).read_bytes() == content


def test_k5_a_thousand_wrong_passwords_open_nothing(made: tuple[Vault, Unlocked]) -> None:
    chance = random.Random(5)
    near = ["", " ", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper(), OTHER_PASSWORD, "\x00", PASSWORD + "\x00"]
    guesses = chain(near, ("".join(chance.choices(PASSWORD, k=len(PASSWORD))) for _ in range(1000 - len(near))))
    for guess in guesses:
        with pytest.raises(Refusal) as told:
            unlock(made[0], made[0].people[0].id, guess, allow_weak=True)
        assert key_of(told) == "sign_in_failed"


@pytest.mark.long
def test_k5_an_unknown_person_looks_and_takes_the_same() -> None:
    vault, _ = new_vault(CARD, OWNER)

    def spent(person_id: str) -> tuple[float, str]:
        begun = time.perf_counter()
        with pytest.raises(Refusal) as told:
            unlock(vault, person_id, "not the password at all")
        return time.perf_counter() - begun, key_of(told)

    rounds = [(spent(vault.people[0].id), spent("nobody")) for _ in range(9)]
    known, unknown = (median(pair[side][0] for pair in rounds) for side in (0, 1))
    assert {told for pair in rounds for _, told in pair} == {"sign_in_failed"}
    assert abs(known - unknown) < 0.1 * known


def test_k5_an_unknown_person_costs_the_same_work(made: tuple[Vault, Unlocked]) -> None:
    nobody = unlocking._nobody(made[0])
    assert nobody.kdf == made[0].people[0].kdf
    assert len(nobody.wrapped) == len(made[0].people[0].wrapped)
    with pytest.raises(Refusal) as told:
        unlock(made[0], "nobody", PASSWORD, allow_weak=True)
    assert key_of(told) == "sign_in_failed"


def test_k6_a_new_password_wraps_the_same_keys(made: tuple[Vault, Unlocked]) -> None:
    vault, owner = made
    changed = with_password(vault, owner, "three grey horses by the sea")
    assert unlock(changed, owner.person_id, "three grey horses by the sea", allow_weak=True).ring.database == owner.ring.database
    with pytest.raises(Refusal):
        unlock(changed, owner.person_id, PASSWORD, allow_weak=True)
    assert changed.people[0].seal == vault.people[0].seal
    assert changed.people[0].salt != vault.people[0].salt
    assert changed.people[1] == vault.people[1]
    assert unlock(vault, owner.person_id, PASSWORD, allow_weak=True).intact  # an old copy and the old password: said in the docs


def test_a_slot_and_a_seal_cannot_be_moved(made: tuple[Vault, Unlocked]) -> None:
    """Another person's slot, salt, parameters, epoch or clinic make the password useless."""
    vault, owner = made
    first, second = vault.people
    for header in (
        replace(vault, people=(replace(second, id=first.id), second)),
        replace(vault, people=(replace(first, seal=second.seal), second)),
        replace(vault, epoch=2),
        replace(vault, vault_id="another"),
        replace(vault, people=(replace(first, salt=second.salt), second)),
    ):
        with pytest.raises(Refusal) as told:
            unlock(header, owner.person_id, PASSWORD, allow_weak=True)
        assert key_of(told) == "sign_in_failed"


def test_a4_nobody_is_in_before_somebody_was_let_in(made: tuple[Vault, Unlocked]) -> None:
    empty = replace(made[0], people=())
    with pytest.raises(Refusal):
        unlock(empty, "", "", allow_weak=True)


def test_the_header_says_nothing_it_should_not(made: tuple[Vault, Unlocked]) -> None:
    told = json.loads(made[0].text())
    assert set(told) == {"vault_id", "card", "people", "epoch", "revision", "weak", "recovery", "version", "suite", "roster", "mac", "sum"}
    assert PASSWORD not in made[0].text()
    assert made[1].ring.master.hex() not in made[0].text()
    assert len(made[0].text()) < 4000
    assert canonical({**told}) + b"\n" == made[0].text().encode()


def test_certifying_needs_the_ring(made: tuple[Vault, Unlocked]) -> None:
    other = keys.Keyring(bytes(32))
    assert not is_certified(certified(made[0], other), made[1].ring)
    other.drop()
    made_ring = keys.Keyring(b"x" * 32)
    made_ring.drop()
    assert made_ring.master == bytes(32)


GOOD = [
    "green lantern over the harbour", "correct horse kettle moss", "Sturm und Drang 1774 im Tal", "мой дядя самых честных правил", "春眠不觉晓处处闻啼鸟夜来风雨声",
    "  spaces count as well  ", "x7#kQ9!vB2$mZ5@pL", "ñandú corre por la pampa", "🐢🐇🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦", "a" * 3 + "long winding road to nowhere" * 10,
]  # fmt: skip
POOR = {
    "password_short": ["", "short", "fourteen chars", "x" * 14, "日本語の短い言葉です"],
    "password_long": ["long winding road " * 60],
    "password_known": ["passwordpassword", "PasswordPassword1!", "qwertyuiopasdfghjkl", "123456789012345678", "aaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc",
                       "letmein-letmein-letmein", "acupuncture clinic 2026", "111111111111111", "пароль пароль пароль"],
    "password_of_clinic": ["Riverside Acupuncture 1", "riverside riverside!", "AnnGray Riverside 99"],
}  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_a1_good_passwords_are_taken(password: str) -> None:
    check_new_password(password, ("Riverside Acupuncture", "Ann Gray"))


@pytest.mark.parametrize(("key", "password"), [(key, password) for key, those in POOR.items() for password in those])
def test_a1_poor_passwords_are_refused_with_the_reason(key: str, password: str) -> None:
    with pytest.raises(Refusal) as told:
        check_new_password(password, ("Riverside Acupuncture", "Ann Gray"))
    assert key_of(told) == key


def test_a1_composed_and_decomposed_letters_are_the_same_password() -> None:
    vault, unlocked = new_vault(CARD, Newcomer("N", frozenset({Role.OWNER}), "ñandú corre por la pampa"), weak_for_tests=True)
    assert unlock(vault, unlocked.person_id, "n\u0303andu\u0301 corre por la pampa", allow_weak=True).intact
