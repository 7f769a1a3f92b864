"""The interface font: Inter from `resources/fonts`, with the shipped Noto cut behind it for Hanzi."""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from pulse_desktop.basics.resources import resource_path

_log = logging.getLogger(__name__)
_WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}


@cache
def font_families() -> tuple[str, ...]:
    """Families to try in order: Inter first, then every other shipped family (Hanzi), then the system's own."""
    found: list[str] = []
    for path in sorted(resource_path("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            _log.warning("font %s could not be read", path.name)
            continue
        found += [name for name in QFontDatabase.applicationFontFamilies(number) if not name.startswith("Inter ")]
    found.sort(key=lambda name: name != "Inter")
    return (*dict.fromkeys(found), "Noto Sans CJK SC", "sans-serif")


@cache
def screen_font(pixels: int, weight: int) -> QFont:
    """Inter at `pixels` and `weight` (400, 500 or 600), as the words of the interface are set."""
    font = QFont(list(font_families()))
    font.setPixelSize(pixels)
    font.setWeight(_WEIGHTS[weight])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def figured(font: QFont) -> QFont:
    """`font` with figures of equal width, so that times and sums line up."""
    lined_up = QFont(font)
    lined_up.setFeature(QFont.Tag("tnum"), 1)
    return lined_up
