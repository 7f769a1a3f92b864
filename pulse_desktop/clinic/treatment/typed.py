"""Drafts that were typed while the clinic's server did not answer, kept at the seat until the clinic has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from pulse_desktop.basics.problems import Outdated, Refusal
from pulse_desktop.clinic.treatment.draft_json import draft_from_json, draft_to_json
from pulse_desktop.clinic.treatment.drafts import save_draft
from pulse_desktop.clinic.treatment.queries import note
from pulse_desktop.clinic.treatment.values import NoteDraft, NoteView, SaveDraft
from pulse_desktop.storage.spool import Spool

_NOTE: Final = "note "


class Door(Protocol):
    """As much of the door as delivering needs."""

    def do(self, command: Callable[..., Any], value: Any) -> Any: ...
    def look(self, query: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Typed:
    """One note as it stood on the screen. `version` is what the seat had seen; `sent` a save whose end is not known."""

    note_id: int
    version: int
    draft: NoteDraft
    sent: NoteDraft | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many notes the clinic has now, and how many wait because they were changed elsewhere meanwhile."""

    saved: int
    waiting: int


class TypedShelf:
    """The drafts of one person at this seat that the clinic does not have yet."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def keep(self, typed: Typed) -> None:
        """Keeps it in place of what was kept of this note before. Raises Trouble("not_kept_here")."""
        sent = None if typed.sent is None else draft_to_json(typed.sent)
        row = {"note": typed.note_id, "version": typed.version, "draft": draft_to_json(typed.draft), "sent": sent}
        self._spool.keep(f"{_NOTE}{typed.note_id}", json.dumps(row))

    def kept(self) -> tuple[Typed, ...]:
        """All that is kept."""
        return tuple(_typed(json.loads(text)) for name, text in self._spool.kept().items() if name.startswith(_NOTE))

    def kept_of(self, note_id: int) -> Typed | None:
        """What is kept of one note."""
        return next((one for one in self.kept() if one.note_id == note_id), None)

    def drop(self, note_id: int) -> None:
        """The clinic has this note's text."""
        self._spool.drop(f"{_NOTE}{note_id}")


def deliver(door: Door, shelf: TypedShelf) -> Delivered:
    """Saves what is kept, as typing itself would have. What somebody changed meanwhile waits for a person to see both texts.

    Raises Trouble when the server does not answer after all; then everything stays kept.
    """
    saved = [_is_saved(door, shelf, typed) for typed in shelf.kept()]
    return Delivered(sum(saved), len(saved) - sum(saved))


def _is_saved(door: Door, shelf: TypedShelf, typed: Typed) -> bool:
    try:
        door.do(save_draft, SaveDraft(typed.note_id, typed.version, typed.draft))
    except Outdated:
        if not _is_mine(door, typed):
            return False
    except Refusal:
        return False
    shelf.drop(typed.note_id)
    return True


def _is_mine(door: Door, typed: Typed) -> bool:
    """Whether the newer version is only our own save, whose answer was lost; what was typed after it is saved on top."""
    stored: NoteView = door.look(note, typed.note_id)
    if stored.draft == typed.draft:
        return True
    if stored.version != typed.version + 1 or stored.draft != typed.sent:
        return False
    door.do(save_draft, SaveDraft(typed.note_id, stored.version, typed.draft))
    return True


def _typed(row: dict[str, Any]) -> Typed:
    sent = None if row["sent"] is None else draft_from_json(row["sent"])
    return Typed(row["note"], row["version"], draft_from_json(row["draft"]), sent)
