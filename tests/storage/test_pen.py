"""The key that signs comes with password or PIN, once each time; between signatures nobody has it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.storage.keys import PersonalKeys, is_signed
from pulse_desktop.storage.pen import TRIES, Pen
from pulse_desktop.storage.pins import check_new_pin
from tests.builders import PASSWORD, a_clinic

PIN = "274915"
MESSAGE = b"a note"


@pytest.fixture
def own() -> PersonalKeys:
    return PersonalKeys.new()


@pytest.fixture
def pen(own: PersonalKeys) -> Iterator[Pen]:
    made = Pen(own.public_key, weak=True)
    yield made
    made.drop()


def test_nothing_is_signed_before_anybody_said_who_they_are(pen: Pen) -> None:
    with pytest.raises(Refusal, match="not_proved") as refused:
        pen.sign(MESSAGE, "one")
    assert "Nothing was signed" in sentence(refused.value)


def test_what_was_lent_signs_one_operation_and_no_other(pen: Pen, own: PersonalKeys) -> None:
    pen.lend(own)
    assert is_signed(MESSAGE, pen.sign(MESSAGE, "one"), own.public_key)
    assert is_signed(MESSAGE, pen.sign(MESSAGE, "one"), own.public_key), "sent again under the same id"
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "two")
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "one")


def test_an_operation_that_is_in_the_file_signs_no_more(pen: Pen, own: PersonalKeys) -> None:
    pen.lend(own)
    pen.sign(MESSAGE, "one")
    pen.spend("another")
    pen.sign(MESSAGE, "one")
    pen.spend("one")
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "one")


def test_what_was_proved_and_not_used_ages(pen: Pen, own: PersonalKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    pen.lend(own)
    monkeypatch.setattr("pulse_desktop.storage.pen.time.monotonic", lambda: pen._until + 1)
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "one")


def test_another_persons_keys_are_not_taken(pen: Pen) -> None:
    with pytest.raises(Refusal, match="not_proved"):
        pen.lend(PersonalKeys.new())


def test_the_pin_brings_the_key_once(pen: Pen, own: PersonalKeys) -> None:
    pen.set_pin(own, PIN)
    assert pen.has_pin
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "one")
    assert pen.open_with(PIN)
    assert is_signed(MESSAGE, pen.sign(MESSAGE, "one"), own.public_key)
    pen.spend("one")
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "two")


def test_the_fifth_wrong_pin_takes_it_away(pen: Pen, own: PersonalKeys) -> None:
    pen.set_pin(own, PIN)
    for left in range(TRIES - 1, 0, -1):
        assert not pen.open_with("999999")
        assert (pen.tries_left, pen.has_pin) == (left, True)
    assert not pen.open_with("999999")
    assert not pen.has_pin
    with pytest.raises(Refusal, match="pin_gone"):
        pen.open_with(PIN)


def test_a_right_pin_gives_all_tries_back(pen: Pen, own: PersonalKeys) -> None:
    pen.set_pin(own, PIN)
    for _wrong in range(TRIES - 1):
        assert not pen.open_with("999999")
    assert pen.open_with(PIN)
    assert pen.tries_left == TRIES


def test_between_signatures_no_private_key_is_in_memory(pen: Pen, own: PersonalKeys) -> None:
    public = own.public_key
    pen.set_pin(own, PIN)
    pen.lend(own)
    del own
    assert _held(pen), "the search finds a key that is lent"
    pen.sign(MESSAGE, "one")
    pen.spend("one")
    assert not _held(pen)
    assert pen.public_key == public
    assert pen.open_with(PIN)
    assert _held(pen)
    pen.lay_down()
    assert not _held(pen)


def _held(pen: Pen) -> bool:
    """Whether some private key for signing can be reached from the pen."""
    seen: set[int] = set()
    todo: list[object] = [pen._lent, pen._wrapped]
    while todo:
        thing = todo.pop()
        if isinstance(thing, Ed25519PrivateKey):
            return True
        if thing is None or id(thing) in seen or isinstance(thing, type):
            continue
        seen.add(id(thing))
        todo += gc.get_referents(thing)
    return False


def test_signing_out_leaves_nothing(pen: Pen, own: PersonalKeys) -> None:
    pen.set_pin(own, PIN)
    pen.lend(own)
    pen.drop()
    assert not pen.has_pin
    with pytest.raises(Refusal, match="not_proved"):
        pen.sign(MESSAGE, "one")


def test_keys_kept_while_somebody_is_signed_in_cannot_sign(own: PersonalKeys) -> None:
    kept = own.without_signing()
    assert (kept.public_key, kept.exchange_key) == (own.public_key, own.exchange_key)
    with pytest.raises(Refusal, match="not_proved"):
        kept.sign(MESSAGE)
    with pytest.raises(Refusal, match="not_proved"):
        kept.wrapped(bytes(32), bytes(12), b"")


@pytest.mark.parametrize(
    ("pin", "key"),
    [
        ("000000", "pin_plain"), ("123456", "pin_plain"), ("654321", "pin_plain"), ("121212", "pin_plain"), ("123123", "pin_plain"),
        ("112233", "pin_plain"), ("123321", "pin_plain"), ("147258", "pin_plain"), ("111112", "pin_plain"), ("890123", "pin_plain"),
        ("311284", "pin_date"), ("123184", "pin_date"), ("841231", "pin_date"), ("19841231", "pin_date"), ("12311984", "pin_date"),
        ("29118", "pin_short"), ("2" * 40, "pin_long"), ("27a915", "pin_digits"), ("٢٧٤٩١٥", "pin_digits"), ("", "pin_short"),
        ("735550", "pin_known"), ("255500", "pin_known"),
    ],
)  # fmt: skip
def test_a_pin_that_anybody_would_try_is_refused_in_words(pin: str, key: str) -> None:
    with pytest.raises(Refusal, match=key) as refused:
        check_new_pin(pin, ("(973) 555-0110", "25 5500 41"))
    assert refused.value.field == "pin"
    assert sentence(refused.value).endswith(".")


@pytest.mark.parametrize("pin", [PIN, "836152", "90417362", "402871", "73555019"])
def test_other_pins_are_taken(pin: str) -> None:
    check_new_pin(pin, ("(973) 555-0110",))


def test_nothing_of_the_pin_is_on_disk(tmp_path: Path) -> None:
    """A clinic's folder before and after a PIN: not one byte of any file differs but the trail's own."""
    clinic = a_clinic(tmp_path)
    vault = (clinic.folder / "vault.json").read_bytes()
    assert clinic.desk.may_sign(PASSWORD, PIN)
    assert clinic.desk.has_pin
    assert (clinic.folder / "vault.json").read_bytes() == vault
    wrapped = clinic.desk.clinic.pen._wrapped
    assert wrapped is not None
    clinic.close()
    for file in clinic.folder.iterdir():
        if file.is_file():
            assert wrapped.content not in file.read_bytes(), file.name
    assert not clinic.desk.has_pin
