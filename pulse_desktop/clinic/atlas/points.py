"""Acupoints by code, and how a practitioner types them: "st36 b", "LI 4 l", "ub23", "yintang".

Codes, names and region words: WHO Standard Acupuncture Point Locations in the Western Pacific Region (2008), 361
points; 48 extra points (EX-) and 8 others from teaching lists. Locations, depths and uses are not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.atlas.reading import contents, rows_of

_SIDES: Final = {
    "b": "both",
    "l": "left",
    "r": "right",
    "m": "midline",
    "both": "both",
    "left": "left",
    "right": "right",
    "midline": "midline",
}
_SPLIT = re.compile(r"^(?P<point>.+?)\s+(?P<side>b|l|r|m|both|left|right|midline)$")


@dataclass(frozen=True, slots=True)
class Acupoint:
    """One point. `sides` is bilateral, midline, group (several needles), left, right or as_marked; `needles` of all sides together."""

    code: str
    number: int
    pinyin: str
    tones: str
    hanzi: str
    english: str
    region: str
    sides: str
    view: str
    needles: int
    note: str

    @property
    def meridian(self) -> str:
        """The channel: ST of ST36, EX-HN of EX-HN3; X or ASHI for points without one."""
        return "X" if self.code.startswith("X-") else self.code.rstrip("0123456789")

    def stands_on(self, side: str) -> bool:
        """Whether a needle may be recorded on `side` (left, right, both, midline)."""
        if self.sides == "bilateral":
            return side in {"left", "right", "both"}
        if self.sides == "group":
            return side in {"left", "right", "both", "midline"}
        return self.sides in {"as_marked", side}

    @property
    def usual_side(self) -> str:
        """The side meant when none is said."""
        return {"bilateral": "both", "group": "both", "as_marked": "midline"}.get(self.sides, self.sides)


@cache
def acupoints() -> Mapping[str, Acupoint]:
    """All points by code, in the order of the channels."""
    points = (
        Acupoint(
            row["code"], row["number"], row["pinyin"], row["tones"], row["hanzi"], row["english"],
            row["region"], row["side"], row["view"], row["needles"], row["note"],
        )
        for row in rows_of("reference/acupoints")
    )  # fmt: skip
    return MappingProxyType({point.code: point for point in points})


@cache
def _spellings() -> Mapping[str, str]:
    """Codes and unambiguous names, squeezed, to the code they mean."""
    found = {_squeezed(code): code for code in acupoints()}
    for letters, channel in contents("reference/acupoints")["aliases"].items():
        found |= {
            _squeezed(letters + code[len(channel) :]): code
            for code in acupoints()
            if re.fullmatch(rf"{channel}\d+", code)
        }
    names: dict[str, list[str]] = {}
    for point in acupoints().values():
        names.setdefault(_squeezed(point.pinyin), []).append(point.code)
    return {name: codes[0] for name, codes in names.items() if len(codes) == 1} | found


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\-.]+", "", fold(text))


def find_acupoint(text: str) -> Acupoint | None:
    """The point meant by a code or name in any case: "st36", "ST 36", "UB-23", "yintang", "zusanli". None if there is none."""
    code = _spellings().get(_squeezed(text))
    return acupoints()[code] if code else None


def parse_needle(text: str) -> tuple[Acupoint, str]:
    """What "st36 b" means: the point and its side (left, right, both, midline); without a letter the usual side.

    Raises Refusal("no_such_point" or "not_on_that_side", field="needle").
    """
    wanted = " ".join(text.lower().split())
    split = _SPLIT.match(wanted)
    point = find_acupoint(split["point"] if split else wanted)
    if point is None:
        raise Refusal("no_such_point", field="needle")
    side = _SIDES[split["side"]] if split else point.usual_side
    if not point.stands_on(side):
        raise Refusal("not_on_that_side", field="needle", code=point.code, sides=point.sides)
    return point, side


register_sentences(
    {
        "no_such_point": N_(
            "There is no such point. Type a code and a side, like ST36 b (b both, l left, r right), or a name, like Yintang."
        ),
        "not_on_that_side": N_(
            "{code} does not lie on that side. Leave the side letter out and it is placed where it lies."
        ),
    }
)
