"""What is typed to draw without a mouse: "gua sha L1 to L5 b", "moxa ST36 b box 10", "tuina trapezius l na", "estim BL23 BL25 b 2hz".

The first word says what it is; then where, with a side letter; then how, and how long. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.values import MoxaPlacement, NoteDraft, Path, StimulatedPair
from pulse_desktop.gui.workplaces.note import hand_placing, placing

Drawn = tuple[str, tuple[Any, ...]]
"""The draft's tuple that grows, and what it is then."""

_KINDS: Final = (
    ("strokes", ("gua sha ", "guasha ", "gs ")),
    ("moxa", ("moxa ", "mx ")),
    ("areas", ("tuina ", "tui na ", "tn ")),
    ("pairs", ("estim ", "e-stim ", "e stim ", "ea ")),
)
_SIDES: Final = {"l": ("left",), "left": ("left",), "r": ("right",), "right": ("right",), "b": ("left", "right"), "both": ("left", "right")}
_HERTZ: Final = re.compile(r"^(\d{1,3})(?:[.,](\d))?\s*hz$")
_SPACED_HERTZ: Final = re.compile(r"(\d)\s+hz\b")
_MINUTES: Final = re.compile(r"^(\d{1,2})(?:min|m|')?$")
_TO: Final = re.compile(r"\s+(?:to|->|→)\s+")
_HALF_A_STROKE: Final = 45.0

register_sentences(
    {
        "hand_unknown": N_("Start with what it is: gua sha, moxa, tuina or estim, then where, like “moxa ST36 b” or “gua sha L1 to L5 l”."),
        "hand_nowhere": N_("Say where: a site or a point, like “L3 l” or “ST36 b”."),
        "path_unknown": N_("Both ends of the way must lie in the same view of the body and on the same side."),
        "pair_two": N_("Name the two points of the channel, like “estim BL23 l BL25 l 2hz”."),
    }
)


def typed(text: str, draft: NoteDraft) -> Drawn:
    """What was typed, added to the draft's own. Raises Refusal for what is not understood, field hands."""
    folded = " ".join(fold(text).split()) + " "
    for field, words in _KINDS:
        for word in words:
            if folded.startswith(word):
                rest = folded.removeprefix(word).strip()
                if not rest:
                    raise Refusal("hand_nowhere", "hands")
                return field, _MAKERS[field](rest, draft)
    raise Refusal("hand_unknown", "hands")


def moving_cups_typed(text: str, tool: placing.CupTool) -> tuple[Any, ...]:
    """"L1 to L5 b": a cup slid from the one place to the other, on each side meant. () when no way is meant."""
    if not _TO.search(fold(text)):
        return ()
    one_side = replace(tool, mirror=False)
    return tuple(cup for view, path in _ways(fold(text)) for cup in hand_placing.moving_cups(one_side, view, path))


def _ways(text: str) -> Iterable[tuple[str, Path]]:
    """The straight ways between two named places, one a side."""
    first, second = _TO.split(text, maxsplit=1)
    last = second.split()[-1]
    side = f" {last}" if last in _SIDES and last not in first.split() else ""
    starts, ends = placing.sites_named(f"{first}{side}"), placing.sites_named(second)
    ways = [way for one in starts for other in ends if (way := _way(one, other)) is not None]
    if not ways:
        raise Refusal("path_unknown", "hands")
    yield from ways


def _way(one: atlas.CupSite, other: atlas.CupSite) -> tuple[str, Path] | None:
    """From one site to the other on one side; a level that only has a place on the spine is gone to beside it."""
    if one.view != other.view or one.key == other.key:
        return None
    if one.side == other.side:
        return one.view, ((one.x, one.y), (other.x, other.y))
    if other.side == "midline":
        return one.view, ((one.x, one.y), (one.x, other.y))
    return (one.view, ((other.x, one.y), (other.x, other.y))) if one.side == "midline" else None


def _strokes(text: str, draft: NoteDraft) -> tuple[Any, ...]:
    if _TO.search(text):
        ways = list(_ways(text))
    else:
        half = _HALF_A_STROKE
        ways = [(site.view, ((site.x, site.y - half), (site.x, site.y + half))) for site in placing.sites_named(text)]
    return hand_placing.numbered(draft.strokes, [one for view, path in ways for one in hand_placing.strokes_along(view, path, mirror=False)])


def _areas(text: str, draft: NoteDraft) -> tuple[Any, ...]:
    words, technique = _without_term(text.split(), "tuina_technique", "gun")
    size = hand_placing.USUAL_AREA
    new = [
        one
        for site in placing.sites_named(" ".join(words))
        for one in hand_placing.area_at(site.view, (site.x, site.y), size, technique, mirror=False)
    ]
    return hand_placing.numbered(draft.areas, new)


def _moxa(text: str, draft: NoteDraft) -> tuple[Any, ...]:
    words, minutes = _without_minutes(text.split())
    words, technique = _without_term(words, "moxa_type", "stick")
    where = " ".join(words)
    try:
        point, side = atlas.parse_needle(where)
    except Refusal as problem:
        if problem.key != "no_such_point":
            raise
        sites = placing.sites_named(where)
        new = [MoxaPlacement(0, "", site.view, site.x, site.y, site.key, site.side, technique, minutes) for site in sites]
    else:
        new = [MoxaPlacement(0, point.code, side=side, technique=technique, minutes=minutes)]
    return hand_placing.numbered(draft.moxa, new)


def _pairs(text: str, draft: NoteDraft) -> tuple[Any, ...]:
    words, minutes = _without_minutes(_SPACED_HERTZ.sub(r"\1hz", text).split())
    words, mode = _without_term(words, "estim_mode", "continuous")
    words, hertz = _without_hertz(words)
    ends = list(_ends(words))
    if len(ends) != 2:
        raise Refusal("pair_two", "hands")
    (first, first_sides), (second, second_sides) = ends
    pairs: tuple[StimulatedPair, ...] = draft.pairs
    sides = first_sides or second_sides or ("left", "right")
    for at, side in enumerate(sides):
        other = (second_sides or sides)[min(at, len(second_sides or sides) - 1)]
        pairs = hand_placing.joined(
            pairs, draft.needles, (first, side), (second, other), hertz_tenths=hertz, mode=mode, minutes=minutes
        )
    return pairs


def _ends(words: Sequence[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each point with the sides said behind it; a side letter at the very end holds for both."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for word in words:
        if word in _SIDES and found:
            found[-1] = (found[-1][0], _SIDES[word])
            continue
        point = atlas.find_acupoint(word)
        if point is None:
            raise Refusal("no_such_point", "hands")
        found.append((point.code, ("midline",) if point.usual_side == "midline" else ()))
    return found


def _without_minutes(words: list[str]) -> tuple[list[str], int | None]:
    """The words, and the minutes said last: "10", "10min"."""
    match = _MINUTES.match(words[-1]) if len(words) > 1 else None
    return (words[:-1], int(match[1])) if match else (words, None)


def _without_hertz(words: list[str]) -> tuple[list[str], int]:
    for at, word in enumerate(words):
        if match := _HERTZ.match(word):
            return words[:at] + words[at + 1 :], int(match[1]) * 10 + int(match[2] or 0)
    return words, 20


def _without_term(words: list[str], vocabulary: str, usual: str) -> tuple[list[str], str]:
    """The words, and the term of the vocabulary said last by the beginning of its key or of one of its words."""
    for term in atlas.vocabulary(vocabulary) if len(words) > 1 else ():
        names = {term.key, *term.key.split("_"), *fold(term.word).split()}
        if any(len(words[-1]) > 1 and name.startswith(words[-1]) for name in names):
            return words[:-1], term.key
    return words, usual


_MAKERS: Final = {"strokes": _strokes, "moxa": _moxa, "areas": _areas, "pairs": _pairs}
