"""Make the fonts under `resources/fonts` (needs npm for the download and fontTools for the cut).

    python tools/make_fonts.py [--packages FOLDER]

Two families come out:

* **Pulse Sans SC** (regular, bold), the print font and the interface's fallback for Hanzi: Noto Sans SC cut
  to what an American clinic with English, Spanish, Russian and Chinese patients can meet. A full weight is
  10.6 MB; the cut loads in a few hundredths of a second. It is renamed, as the Open Font License asks of
  changed versions of a font with a reserved name.
* **Inter** (400, 500, 600), the interface font, unchanged.

ReportLab embeds TrueType outlines only, which is why the static TTFs of an npm package are used and not the
OpenType/CFF files other sources ship. The result is the same bytes on every run.
"""
from __future__ import annotations

import argparse
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

NOTO_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
INTER_PACKAGE = "@expo-google-fonts/inter@0.4.2"
FAMILY = "Pulse Sans SC"
NOTO_WEIGHTS = {"400Regular/NotoSansSC_400Regular.ttf": "Regular", "700Bold/NotoSansSC_700Bold.ttf": "Bold"}
INTER_WEIGHTS = {
    "400Regular/Inter_400Regular.ttf": "Inter-Regular.ttf",
    "500Medium/Inter_500Medium.ttf": "Inter-Medium.ttf",
    "600SemiBold/Inter_600SemiBold.ttf": "Inter-SemiBold.ttf",
}
#: Latin with Latin-1, Extended-A and the tone letters of pinyin; Vietnamese; Cyrillic; punctuation; currency;
#: letter-like signs (№ ™); number forms; arrows; mathematics; enclosed digits; squares, circles, stars, ticks; CJK marks.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC), (0x1F8, 0x1F9),
    (0x218, 0x21B), (0x251, 0x251), (0x261, 0x261), (0x2B0, 0x2FF), (0x300, 0x36F), (0x400, 0x4FF), (0x1E00, 0x1EFF),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x2460, 0x24FF), (0x25A0, 0x27BF), (0x3000, 0x303F), (0xFF00, 0xFFEF), (0xFFFD, 0xFFFD),
)
SUBSTITUTE = 0x25A1  # the white square that stands where a character has no glyph
NOTICE = """This Font Software is a changed version of Noto Sans SC: its set of characters was cut and its name changed
to "{family}". Noto is a trademark of Google LLC.

"""


def main() -> None:
    """Read the command line, fetch both packages, write the fonts and their licences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder that holds (or will hold) the two npm archives")
    arguments = parser.parse_args()
    resources = Path(__file__).resolve().parent.parent / "resources"
    with tempfile.TemporaryDirectory() as scratch:
        archives = arguments.packages or Path(scratch)
        noto = unpack(fetch(NOTO_PACKAGE, archives), Path(scratch) / "noto")
        inter = unpack(fetch(INTER_PACKAGE, archives), Path(scratch) / "inter")
        make_print_fonts(noto, resources)
        copy_interface_fonts(inter, resources / "fonts")


def fetch(package: str, folder: Path) -> Path:
    """The archive of an npm package, downloaded by `npm pack` unless the folder has it already."""
    name, version = package.removeprefix("@").rsplit("@", 1)
    archive = folder / f"{name.replace('/', '-')}-{version}.tgz"
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)
    return archive


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack an npm archive; the files lie in its folder `package`."""
    with tarfile.open(archive) as members:
        members.extractall(folder, filter="data")
    return folder / "package"


def make_print_fonts(package: Path, resources: Path) -> None:
    """Cut and rename both weights of Noto Sans SC and put the licence beside them."""
    fonts = resources / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    wanted = set(characters(resources))
    for source, style in NOTO_WEIGHTS.items():
        target = fonts / f"{FAMILY.replace(' ', '')}-{style}.ttf"
        cut(package / source, target, style, wanted)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")
    licence = (package / "LICENSE_FONT").read_text(encoding="utf-8")
    (fonts / "OFL.txt").write_text(NOTICE.format(family=FAMILY) + licence, encoding="utf-8")


def characters(resources: Path) -> Iterator[int]:
    """Every character the print font must hold: the ranges, the Chinese sets, and all that resources use."""
    for first, last in RANGES:
        yield from range(first, last + 1)
    yield from chinese_of("gb2312", 0xA1, 0xF7)
    # Level 1 of Big5: patients from Taiwan and Hong Kong write their names in traditional characters (陳, 劉, 黃).
    yield from chinese_of("big5", 0xA4, 0xC6)
    for file in sorted([*resources.rglob("*.json"), *resources.rglob("*.csv")]):
        yield from map(ord, file.read_text(encoding="utf-8"))


def chinese_of(encoding: str, first_lead: int, last_lead: int) -> Iterator[int]:
    """All characters of a two-byte Chinese encoding between two lead bytes."""
    for lead in range(first_lead, last_lead + 1):
        for trail in range(0x40, 0xFF):
            decoded = bytes((lead, trail)).decode(encoding, errors="ignore")
            if len(decoded) == 1 and ord(decoded) > 0x7F:
                yield ord(decoded)


def cut(source: Path, target: Path, style: str, wanted: set[int]) -> None:
    """Write one weight with only the wanted characters, without hints and vertical forms, under our name."""
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk", "pnum", "tnum"]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    rename(font, style)
    font.save(target)


def rename(font: TTFont, style: str) -> None:
    """Replace every name that carries a reserved or trade name; copyright and licence stay."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: f"{postscript};1", 4: f"{FAMILY} {style}", 6: postscript, 16: FAMILY, 17: style}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)


def copy_interface_fonts(package: Path, fonts: Path) -> None:
    """Copy the three weights of Inter and their licence as they are."""
    for source, name in INTER_WEIGHTS.items():
        shutil.copyfile(package / source, fonts / name)
    shutil.copyfile(package / "LICENSE_FONT", fonts / "OFL-Inter.txt")


if __name__ == "__main__":
    main()
