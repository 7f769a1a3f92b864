"""The header of a clinic, vault.json, and its copy in the database: which of them counts, and putting the files right."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from pulse_desktop.basics.problems import Refusal, Trouble
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.storage.canonical import canonical
from pulse_desktop.storage.people import HEADER, state_of
from pulse_desktop.storage.unlocking import Unlocked, is_certified
from pulse_desktop.storage.vault import TWIN, VAULT, Vault, parse, write_vault

AUDIT_KEY = "audit_key"
VAULT_ID = "vault_id"
EPOCH = "epoch"

register_sentences(
    {
        "clinic_foreign": N_("The clinic's file and its key file do not belong together. Nothing was changed. Check the folder."),
    }
)


def audit_key_bound_to(vault: Vault) -> bytes:
    """What the wrapped audit key is for."""
    return canonical({"audit key of": vault.vault_id})


def agreed(engine: Engine, vault: Vault, unlocked: Unlocked) -> tuple[Vault, bytes]:
    """The header that counts, vault.json's or the database's copy, and the audit key."""
    with engine.begin() as connection:
        state = state_of(connection)
    if state.get(VAULT_ID) != vault.vault_id or state.get(EPOCH) != str(vault.epoch):
        raise Refusal("clinic_foreign")
    audit_key = unlocked.ring.unwrap_audit_key(bytes.fromhex(state[AUDIT_KEY]), audit_key_bound_to(vault))
    if audit_key is None:
        raise Refusal("clinic_foreign")
    copy = parse(state[HEADER].encode())
    if not is_certified(copy, unlocked.ring):
        raise Trouble("file_damaged")
    if not unlocked.intact or copy.revision > vault.revision:
        return copy, audit_key
    return vault, audit_key


def put_in_place(folder: Path, vault: Vault) -> None:
    """Repairs vault.json and its twin when one of them is not the header that counts."""
    wanted = vault.text().encode()
    if any(not (folder / name).is_file() or (folder / name).read_bytes() != wanted for name in (VAULT, TWIN)):
        write_vault(folder, vault)
