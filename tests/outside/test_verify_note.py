"""A signed note in a file is checked by one script that knows neither the program nor the clinic."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulse_desktop import cli
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.values import Amendment
from pulse_desktop.outside import verify_note
from pulse_desktop.outside.verify_note import ALTERED, INTACT, UNREADABLE, verify
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.keys import PersonalKeys
from tests.builders import TestClinic, a_patient, a_visit
from tests.builders_treatment import a_ready_clinic, a_signed_note, an_open_note, okafor_signs_in


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClinic]:
    made = a_ready_clinic(tmp_path_factory.mktemp("verify"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def content(clinic: TestClinic) -> bytes:
    """A note of Lin's with a correction of hers and an addendum of Okafor's."""
    note = a_signed_note(clinic, a_visit(clinic, a_patient(clinic, "Lin", "Chen", native_name="陈琳")))
    clinic.door.do(treatment.amend, Amendment(note.id, "correction", "It was the left side", "Typed in haste"))
    okafor = okafor_signs_in(clinic)
    okafor.do(treatment.amend, Amendment(note.id, "addendum", "Called her, no pain", "Follow-up"))
    return okafor.look(treatment.signed_file, note.id).content.encode()


def test_an_intact_note_is_told_in_words(content: bytes) -> None:
    lines, code = verify(content)
    said = "\n".join(lines)
    assert code == INTACT
    for words in (
        "Patient: Chen Lin 陈琳, P-1001", "Signed by Lin Hua, L.Ac., NJ license 25MZ00041, on 2026-11-24T", "-05:00 (author)",
        "The note is intact", "Correction (1): It was the left side", "Why: Typed in haste", "Addendum (2): Called her, no pain",
        "Signed by Ruth Okafor, L.Ac.", "Addendum (2) is intact", "Everything in this file is what was signed.",
    ):  # fmt: skip
        assert words in said, words


def test_one_byte_changed_anywhere_is_told(content: bytes) -> None:
    """Every byte of the file in turn; with it unchanged the same check is content."""
    assert verify(content)[1] == INTACT
    passed = [at for at in range(len(content)) if verify(_flipped(content, at))[1] == INTACT]
    assert passed == []


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


@pytest.mark.parametrize("longer", [b" ", b"\n", b"{}"])
def test_what_was_added_to_the_file_is_told(content: bytes, longer: bytes) -> None:
    assert verify(content + longer)[1] != INTACT


def _resealed(whole: dict[str, Any]) -> bytes:
    """The file as somebody writes it who knows how the checksum is made."""
    body = canonical({name: value for name, value in whole.items() if name != "sha256"})[:-1]
    return body + b',"sha256":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'


def _edit(said: str, change: Callable[[dict[str, Any]], None]) -> str:
    content = json.loads(said)
    change(content)
    return canonical(content).decode()


FORGERIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "content": lambda said: said["draft"].update(pain_before=1),
    "patient": lambda said: said["patient"].update(name="Jun Abe"),
    "signer": lambda said: said["signer"].update(name="Ruth Okafor, L.Ac."),
    "licence": lambda said: said["signer"].update(licence_number="25MZ99999"),
    "time": lambda said: said["signed"].update(instant=said["signed"]["instant"] + 60_000),
    "office": lambda said: said["office"].update(state="NY"),
    "visit": lambda said: said["visit"].update(id=99),
    "version": lambda said: said["note"].update(version=99),
    "meaning": lambda said: said.update(meaning="co-sign"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_whoever_mends_the_checksum_too_is_told_by_the_signature(content: bytes, what: str) -> None:
    whole = json.loads(content)
    assert verify(_resealed(whole))[1] == INTACT, "the control: the checksum is made as the program makes it"
    whole["note"]["sealed"] = _edit(whole["note"]["sealed"], FORGERIES[what])
    lines, code = verify(_resealed(whole))
    assert code == ALTERED
    assert "The note is NOT INTACT: its signature does not fit its text." in lines
    assert any("signed under another note" in line for line in lines), "what was added was added to the true one"


def test_which_addition_is_not_intact_is_said(content: bytes) -> None:
    whole = json.loads(content)
    whole["amendments"][1]["sealed"] = _edit(whole["amendments"][1]["sealed"], lambda said: said.update(text="Much worse"))
    lines, code = verify(_resealed(whole))
    assert code == ALTERED
    assert "The note is intact: this is what was signed." in lines
    assert "  Correction (1) is intact: this is what was signed." in lines
    assert "  Addendum (2) is NOT INTACT: its signature does not fit its text." in lines


def test_a_colleagues_own_good_signature_under_anothers_name_is_told(content: bytes) -> None:
    """Whoever holds only their own key may sign anything with it, but not as somebody else."""
    whole, keys = json.loads(content), PersonalKeys.new()

    def forge(said: dict[str, Any]) -> None:
        said["draft"]["pain_before"] = 1
        said["signer"]["public_key"] = keys.public_key.hex()

    sealed = _edit(whole["note"]["sealed"], forge)
    whole["note"] = {"sealed": sealed, "signature": keys.sign(sealed.encode()).hex(), "key": keys.public_key.hex()}
    lines, code = verify(_resealed(whole))
    assert code == ALTERED
    assert "The note is NOT INTACT: the key that signed it is not the signer's, by the list of people." in lines


def test_a_list_of_people_that_was_changed_too_shows_another_key(content: bytes) -> None:
    """What no file can tell by itself: the key in short is for asking the clinic."""
    whole, keys = json.loads(content), PersonalKeys.new()
    lin = json.loads(whole["note"]["sealed"])["signer"]["staff_id"]
    before = [line for line in verify(content)[0] if line.startswith("  Lin Hua")]
    next(person for person in whole["people"] if person["staff_id"] == lin)["key"] = keys.public_key.hex()
    sealed = _edit(whole["note"]["sealed"], lambda said: said["signer"].update(public_key=keys.public_key.hex()))
    whole["note"] = {"sealed": sealed, "signature": keys.sign(sealed.encode()).hex(), "key": keys.public_key.hex()}
    whole["amendments"] = []
    lines, code = verify(_resealed(whole))
    after = [line for line in lines if line.startswith("  Lin Hua")]
    assert code == INTACT
    assert (len(before), len(after)) == (1, 1)
    assert before != after


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"kind":"pulse.signed_note","format":1}', b"[" * 100_000])
def test_what_is_no_signed_note_is_told(content: bytes) -> None:
    assert verify(content)[1] == UNREADABLE


def test_a_draft_is_not_handed_out(clinic: TestClinic) -> None:
    note = an_open_note(clinic, a_visit(clinic, a_patient(clinic, "Jun", "Abe"), starts=15 * 60))
    with pytest.raises(Refusal, match="no_signature"):
        clinic.door.look(treatment.signed_file, note.id)


def test_the_script_runs_alone_without_the_program(content: bytes, tmp_path: Path) -> None:
    script, file = tmp_path / "verify_note.py", tmp_path / "note.json"
    shutil.copy(Path(verify_note.__file__), script)
    file.write_bytes(content)
    good = subprocess.run([sys.executable, "-I", str(script), str(file)], capture_output=True, text=True, check=False, cwd=tmp_path, env={})
    assert (good.returncode, good.stderr) == (INTACT, "")
    assert "Everything in this file is what was signed." in good.stdout
    file.write_bytes(_flipped(content, len(content) // 2))
    bad = subprocess.run([sys.executable, "-I", str(script), str(file)], capture_output=True, text=True, check=False, cwd=tmp_path, env={})
    assert bad.returncode != INTACT


def test_the_command_line_checks_it_too(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.json"
    file.write_bytes(content)
    assert cli.run(["verify-note", str(file)]) == cli.DONE
    assert "Everything in this file is what was signed." in capsys.readouterr().out
    file.write_bytes(content.replace(b"Typed in haste", b"Typed in hurry"))
    assert cli.run(["verify-note", str(file)]) == cli.REFUSED
    assert "Correction (1) is NOT INTACT" in capsys.readouterr().out
    assert cli.run(["verify-note", str(tmp_path / "none.json")]) == cli.REFUSED
    assert "No such file" in capsys.readouterr().err
