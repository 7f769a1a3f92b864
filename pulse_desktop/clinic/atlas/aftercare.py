"""Aftercare lines by what was done, in the patients' languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from pulse_desktop.clinic.atlas.reading import APPROVAL_AWAITED, Words, contents, rows_of

MODALITIES: Final = (
    "all",
    "cupping",
    "fire_cupping",
    "wet_cupping",
    "acupuncture",
    "estim",
    "tuina",
    "moxa",
    "gua_sha",
    "herbs",
)
ALWAYS_PRINT: Final = 1


@dataclass(frozen=True, slots=True)
class AftercareLine:
    """One line for the sheet.

    `kind` do, avoid, expect or warn. `priority` 1 is always printed, 2 normally, 3 if there is room. `hours` from the
    end of the treatment (the words say the same number), or `until` marks_fade or course_ends. `evidence` safety,
    clinic, custom or ours. `approval` is for the owner's screen and never printed.
    """

    key: str
    modality: str
    kind: str
    priority: int
    hours: float | None
    hours_range: tuple[float, float] | None
    until: str
    evidence: str
    sources: tuple[str, ...]
    words: Words
    approval: str = APPROVAL_AWAITED


@cache
def all_aftercare_lines() -> tuple[AftercareLine, ...]:
    """Every line, the ones for everybody first."""
    approval = contents("reference/aftercare")["approval"]
    return tuple(
        AftercareLine(
            row["key"], row["key"].partition(".")[0], row["kind"], row["priority"], row["hours"],
            tuple(row["hours_range"]) if row["hours_range"] else None, row["until"] or "", row["evidence"],
            tuple(row["sources"]), Words(*row["text"]), approval,
        )
        for row in rows_of("reference/aftercare")
    )  # fmt: skip


def aftercare_lines(modality: str) -> tuple[AftercareLine, ...]:
    """Lines of one modality only (a key of MODALITIES); "all" holds what everybody is told. KeyError for another key."""
    if modality not in MODALITIES:
        raise KeyError(modality)
    return tuple(line for line in all_aftercare_lines() if line.modality == modality)
