"""The palettes keep their contrast: text 4.5 : 1 (high contrast 7 : 1), shapes 3 : 1 (high contrast 4.5 : 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from pulse_desktop.gui.parts.tokens import PALETTES, design_tokens, palette_tokens

NEED = {"light": (4.5, 3.0), "dark": (4.5, 3.0), "high-contrast": (7.0, 4.5)}
Palette = Mapping[str, str]


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance of "#RRGGBB"."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(top: str, under: str, percent: int) -> str:
    parts = (
        round((int(top[at : at + 2], 16) * percent + int(under[at : at + 2], 16) * (100 - percent)) / 100)
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)


def meant(palette: Palette, path: str) -> dict[str, str]:
    """The colours a path means, by what stood for its star: "progress.*.tint" is one for each progress."""
    if "@" in path:
        role, percent = path.split("@")
        return {"": mixed(palette[role], palette["raised"], int(percent))}
    pattern = re.compile(re.escape(path).replace(r"\*", "([^.]+)"))
    found = {
        match[1] if match.re.groups else "": palette[role] for role in palette if (match := pattern.fullmatch(role))
    }
    assert found, f"no colour is named {path}"
    return found


def pairs(palette: Palette, kind: str) -> Iterator[tuple[str, float]]:
    """Each pair of the token file with its contrast; "=" in front pairs only colours of the same kind."""
    for front, backs in design_tokens()["pairs"][kind]:
        for back in backs:
            for key, ink in meant(palette, front).items():
                for other, ground in meant(palette, back.removeprefix("=")).items():
                    if not back.startswith("=") or key == other:
                        yield f"{front} {key} on {back} {other}", contrast(ink, ground)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("kind", ["text", "shape"])
def test_every_pair_can_be_told_apart(name: str, kind: str) -> None:
    need = NEED[name][kind == "shape"]
    measured = list(pairs(palette_tokens(name), kind))
    assert len(measured) > 20
    assert not [f"{pair}: {value:.2f}" for pair, value in measured if value < need]


def test_a_pale_ink_would_be_noticed() -> None:
    paled = {**palette_tokens("light"), "ink-soft": "#9AA09C"}
    assert [pair for pair, value in pairs(paled, "text") if value < 4.5 and pair.startswith("ink-soft")]


def test_the_three_palettes_name_the_same_roles() -> None:
    light, dark, high = (set(palette_tokens(name)) for name in PALETTES)
    assert light == dark == high
