"""Draws all parts of the windows into pictures, to be laid beside the design.

    QT_QPA_PLATFORM=offscreen python -m tools.gallery --out DIR [--only components] [--palette dark] [--scale 2.0]

Without a palette all three are drawn, and the light one again at 200 % text.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from pulse_desktop.gui.parts.theme import Theme
from pulse_desktop.gui.parts.tokens import PALETTES
from tools.gallery_sheets import SHEETS


def draw(app: QApplication, look: Theme, name: str, make: Callable[[], QWidget], out: Path) -> Path:
    """Draw one sheet in one look; returns the file."""
    look.wear(app)
    sheet = make()
    sheet.show()
    for _ in range(3):
        app.processEvents()
    path = out / f"{name}-{look.palette}{'' if look.scale == 1 else f'-{look.scale:.0%}'.replace('%', '')}.png"
    sheet.grab().save(str(path))
    sheet.close()
    return path


def main() -> int:
    """Draw the wanted sheets and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=sorted(SHEETS))
    parser.add_argument("--palette", choices=PALETTES)
    parser.add_argument("--scale", type=float, default=1.0)
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    looks = [Theme(name, wanted.scale, calm=True) for name in ([wanted.palette] if wanted.palette else PALETTES)]
    if not wanted.palette and wanted.scale == 1:
        looks.append(Theme(scale=2.0, calm=True))
    for look in looks:
        for name, make in SHEETS.items():
            if wanted.only in {None, name}:
                print(draw(app, look, name, make, wanted.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
