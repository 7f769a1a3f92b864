"""Needles as they are typed: one point or several, ranges, groups of one's own. Pure rules, without a window.

"st36 b", "bl23-25 b", "li4 lr3 b", "st36, sp6 b even 0.8", "4 gates". What stands behind a point is its own; side, technique and
depth at the very end hold for every point that has none of its own, and for all points of a group. A range runs along one
channel. In a list, a point of the midline stays there whatever side is said for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import NeedlePlacement

LONGEST_RANGE: Final = 12
"""Points of one range; longer ones are a slip of the finger."""
USUAL_TECHNIQUE: Final = "even"

_SIDES: Final = {
    "b": "both", "l": "left", "r": "right", "m": "midline", "both": "both", "left": "left", "right": "right", "midline": "midline",
}  # fmt: skip
_DEPTH: Final = re.compile(r"(\d)[.,](\d)")
_RANGE: Final = re.compile(r"([a-z]+)(\d{1,2})-([a-z]*)(\d{1,2})")
_RANGE_OF_EXTRAS: Final = re.compile(r"(ex|x)-[a-z]*\d*-.*")
_JOINED: Final = re.compile(r"(?<=\d)\s*[-\N{EN DASH}\N{EM DASH}]\s*(?=[a-z]*\s*\d)")
_PIECES: Final = re.compile(r"[,;]\s+|[,;]$|;|,(?!\d)")

register_sentences(
    {
        "point_not_understood": N_("There is no such point as “{piece}”. Nothing was added: mend it and press Enter again."),
        "range_of_two": N_("“{piece}” runs from one channel to another. A range stays on one, like BL23-25."),
        "range_too_long": N_("“{piece}” would be {count} points; a range holds up to {most}. Nothing was added."),
        "range_of_extras": N_("“{piece}” is no range. Extra points lie on no channel: type them one by one."),
        "trait_without_point": N_("“{piece}” stands before any point. Type the point first, like ST36 b."),
        "points_twice": N_("All of these are on the list already."),
    }
)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is said about a point; empty where nothing is."""

    side: str = ""
    technique: str = ""
    depth: int | None = None

    def over(self, other: _Traits) -> _Traits:
        """These, and the other's where these say nothing."""
        return _Traits(self.side or other.side, self.technique or other.technique, other.depth if self.depth is None else self.depth)


@dataclass(frozen=True, slots=True)
class _Part:
    """Points with the same traits; of a group each has its own, which give way to what is typed."""

    points: tuple[atlas.Acupoint, ...]
    traits: _Traits = _Traits()
    is_group: bool = False


def points_typed(text: str, groups: Mapping[str, str] | None = None) -> tuple[NeedlePlacement, ...]:
    """The needles that were typed, each point and side once. `groups` are points by the name of their group.

    Raises Refusal, field "needles", which names the piece that was not understood.
    """
    known = {fold(name): points for name, points in (groups or {}).items()}
    parts, at_the_end = _read(text, known)
    if not parts:
        raise Refusal("no_such_point", "needles")
    several = sum(len(part.points) for part in parts) > 1
    found: list[NeedlePlacement] = []
    for part in parts:
        traits = at_the_end.over(part.traits) if part.is_group else part.traits.over(at_the_end)
        found += [_needle(point, traits, several=several) for point in part.points]
    return _kept_midline(tuple(dict.fromkeys(found)), at_the_end)


def with_points(needles: Sequence[NeedlePlacement], new: Iterable[NeedlePlacement]) -> tuple[tuple[NeedlePlacement, ...], tuple[str, ...]]:
    """The needles with new ones, and the codes that were on the list on that side already.

    Raises Refusal("point_twice" | "points_twice") when nothing is new.
    """
    found, twice = list(needles), []
    for one in new:
        if any(known.code == one.code and (known.side == one.side or "both" in {known.side, one.side}) for known in found):
            twice.append(one.code)
        else:
            found.append(one)
    if len(found) == len(needles) and twice:
        raise Refusal("point_twice", "needles", code=twice[0]) if len(twice) == 1 else Refusal("points_twice", "needles")
    return tuple(found), tuple(dict.fromkeys(twice))


def points_words(needles: Sequence[NeedlePlacement]) -> str:
    """Needles as `points_typed` reads them: "LI4 b, ST36 b reinforcing 1.5".

    What stands last holds for points that say nothing, so those without a depth stand last.
    """
    says_technique = any(needle.technique not in {"", USUAL_TECHNIQUE} for needle in needles)
    ordered = sorted(needles, key=lambda needle: needle.depth_tenths is None)
    return ", ".join(_typed(needle, says_technique=says_technique) for needle in ordered)


def _typed(needle: NeedlePlacement, *, says_technique: bool) -> str:
    depth = "" if needle.depth_tenths is None else f"{needle.depth_tenths // 10}.{needle.depth_tenths % 10}"
    words = {term.key: term.word.split()[0] for term in atlas.vocabulary("needle_technique")}
    technique = words.get(needle.technique or USUAL_TECHNIQUE, needle.technique) if says_technique else ""
    point = atlas.acupoints().get(needle.code)
    letter = "" if needle.side == "midline" and point is not None and point.sides == "midline" else needle.side[:1]
    return " ".join(part for part in (needle.code, letter, technique, depth) if part)


# ---- reading


def _read(text: str, groups: Mapping[str, str]) -> tuple[list[_Part], _Traits]:
    """The parts in the order they were typed, and what is said at the very end."""
    plain = _JOINED.sub("-", " ".join(text.lower().split()))
    parts: list[_Part] = []
    own: list[_Traits] = []
    for piece in _PIECES.split(plain):
        words = piece.split()
        while words:
            taken = _traits_at(words)
            if taken is not None:
                if not parts:
                    raise Refusal("trait_without_point", "needles", piece=words[0])
                own[-1] = taken.over(own[-1])
                words = words[1:]
                continue
            made, count = _part_at(words, groups)
            parts += made
            own += [_Traits()] * len(made)
            words = words[count:]
    at_the_end = own[-1] if own else _Traits()
    said = [replace(part, traits=part.traits if part.is_group else traits) for part, traits in zip(parts, own, strict=True)]
    return _with_their_own(said, own), at_the_end


def _with_their_own(parts: list[_Part], own: list[_Traits]) -> list[_Part]:
    """What is typed behind a group in the middle of a line holds for its points."""
    return [replace(part, traits=traits.over(part.traits)) if part.is_group else part for part, traits in zip(parts, own, strict=True)]


def _traits_at(words: Sequence[str]) -> _Traits | None:
    """What the first word says about the point before it; None when it begins a point or a group."""
    first = words[0]
    if first in _SIDES:
        return _Traits(side=_SIDES[first])
    if match := _DEPTH.fullmatch(first):
        return _Traits(depth=int(match[1]) * 10 + int(match[2]))
    technique = _technique(first)
    return _Traits(technique=technique) if technique and atlas.find_acupoint(first) is None else None


def _technique(word: str) -> str:
    if len(word) <= 2:
        return ""
    return next((term.key for term in atlas.vocabulary("needle_technique") if fold(term.word).startswith(word) or term.key.startswith(word)), "")


def _part_at(words: Sequence[str], groups: Mapping[str, str]) -> tuple[list[_Part], int]:
    """The points that the first words mean, and how many words that are: the longest name that is known."""
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if fold(name) in groups:
            needles = points_typed(groups[fold(name)])
            return [_group_part(needle) for needle in needles], count
        if (points := _range("".join(words[:count]), name)) is not None:  # before points: ST2-8 is not ST28
            return [_Part(points)], count
        if (point := atlas.find_acupoint(name)) is not None:
            return [_Part((point,))], count
    raise Refusal("point_not_understood", "needles", piece=_not_understood(words))


def _not_understood(words: Sequence[str]) -> str:
    """The words up to the next thing that is understood."""
    wrong = [words[0]]
    for word in words[1:]:
        if word in _SIDES or _DEPTH.fullmatch(word) or _technique(word) or atlas.find_acupoint(word) is not None or _RANGE.fullmatch(word):
            break
        wrong.append(word)
    return " ".join(wrong)


def _group_part(needle: NeedlePlacement) -> _Part:
    technique = "" if needle.technique == USUAL_TECHNIQUE else needle.technique
    return _Part((atlas.acupoints()[needle.code],), _Traits(needle.side, technique, needle.depth_tenths), is_group=True)


def _range(squeezed: str, name: str) -> tuple[atlas.Acupoint, ...] | None:
    """The points from one to another of the same channel; None when this is no range."""
    if _RANGE_OF_EXTRAS.fullmatch(squeezed):
        raise Refusal("range_of_extras", "needles", piece=name)
    match = _RANGE.fullmatch(squeezed)
    if match is None:
        return None
    channel, first, other, last = match.groups()
    if _channel(channel) == "" or (other and _channel(other) == ""):
        return None
    if other and _channel(other) != _channel(channel):
        raise Refusal("range_of_two", "needles", piece=name)
    low, high = sorted((int(first), int(last)))
    if high - low >= LONGEST_RANGE:
        raise Refusal("range_too_long", "needles", piece=name, count=high - low + 1, most=LONGEST_RANGE)
    points = [atlas.find_acupoint(f"{channel}{number}") for number in range(low, high + 1)]
    if any(point is None for point in points):
        raise Refusal("point_not_understood", "needles", piece=name)
    return tuple(point for point in points if point is not None)


def _channel(letters: str) -> str:
    """The channel that letters mean ("ub" is BL); "" for none."""
    first = atlas.find_acupoint(f"{letters}1")
    return first.meridian if first is not None else ""


# ---- what is read becomes needles


def _needle(point: atlas.Acupoint, traits: _Traits, *, several: bool) -> NeedlePlacement:
    side = traits.side or point.usual_side
    if not point.stands_on(side):
        if not (several and point.usual_side == "midline"):
            raise Refusal("not_on_that_side", "needles", code=point.code, sides=point.sides)
        side = "midline"
    return NeedlePlacement(point.code, side, traits.technique or USUAL_TECHNIQUE, traits.depth)


def _kept_midline(needles: tuple[NeedlePlacement, ...], at_the_end: _Traits) -> tuple[NeedlePlacement, ...]:
    """A side that no point of the list can be on was a slip. Raises Refusal("not_on_that_side")."""
    if at_the_end.side in {"left", "right", "both"} and all(needle.side == "midline" for needle in needles):
        raise Refusal("not_on_that_side", "needles", code=needles[0].code, sides="midline")
    return needles
