"""The tour of two seats goes through on a server of its own and leaves its pictures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
PICTURES = 6


@pytest.mark.long
@pytest.mark.parametrize("text", ["100", "200"])
def test_it_goes_through_and_leaves_pictures(tmp_path: Path, text: str) -> None:
    command = [sys.executable, "-m", "tools.seats_tour", "--out", str(tmp_path), "--text", text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    pictures = [QImage(str(picture)) for picture in sorted(tmp_path.glob("*.png"))]
    assert len(pictures) == PICTURES
    for picture in pictures:
        assert len({picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}) > 20
