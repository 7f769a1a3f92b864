"""Make the fonts under `resources/fonts` (needs npm for the download and fontTools for the cut).

    python tools/make_fonts.py [--packages FOLDER]

Two families come out:

* **Pulse Sans SC** (regular, bold), the print font and the interface's fallback for Hanzi: Noto Sans SC cut
  to what an American clinic with English, Spanish, Russian and Chinese patients can meet. Its Latin and Cyrillic
  are those of Source Sans, but only some: the letters of Polish, Turkish, Ukrainian and other names (ł ğ ї) are
  grafted from Source Sans 3 itself, scaled to fit. A full weight is 10.6 MB; the cut loads in a few hundredths of
  a second. It is renamed, as the Open Font License asks of changed versions of a font with a reserved name.
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
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

NOTO_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
INTER_PACKAGE = "@expo-google-fonts/inter@0.4.2"
SOURCE_PACKAGE = "@expo-google-fonts/source-sans-3@0.4.1"
FAMILY = "Pulse Sans SC"
STYLES = {"Regular": "400Regular", "Bold": "700Bold"}
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
GRAFTED = (
    (0xA1, 0x17F), (0x218, 0x21B), (0x2B0, 0x2FF), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x205E),
    (0x20A0, 0x20BF),
)
NARROW = frozenset({0x2018, 0x2019})
"""Noto Sans SC draws the apostrophe as wide as a Hanzi, for Chinese quotation: O\u2019Neill would fall apart. Ours is Latin."""
GRAFT_SCALE = 1.117
"""Noto Sans SC holds Source Sans' letters at this scale (measured on their capital, x-height and ascender)."""
NOTICE = """This Font Software is a changed version of Noto Sans SC: its set of characters was cut, letters it lacks were added
from Source Sans 3 (the same licence, below), and its name was changed to "{family}". Noto is a trademark of Google LLC.

"""


def main() -> None:
    """Read the command line, fetch the packages, write the fonts and their licences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder that holds (or will hold) the npm archives")
    arguments = parser.parse_args()
    resources = Path(__file__).resolve().parent.parent / "resources"
    with tempfile.TemporaryDirectory() as scratch:
        archives = arguments.packages or Path(scratch)
        noto = unpack(fetch(NOTO_PACKAGE, archives), Path(scratch) / "noto")
        inter = unpack(fetch(INTER_PACKAGE, archives), Path(scratch) / "inter")
        source = unpack(fetch(SOURCE_PACKAGE, archives), Path(scratch) / "source")
        make_print_fonts(noto, source, resources)
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


def make_print_fonts(noto: Path, source: Path, resources: Path) -> None:
    """Cut, complete and rename both weights of Noto Sans SC and put the licence beside them."""
    fonts = resources / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    wanted = set(characters(resources))
    for style, folder in STYLES.items():
        font = cut(noto / folder / f"NotoSansSC_{folder}.ttf", wanted)
        graft(font, TTFont(source / folder / f"SourceSans3_{folder}.ttf"))
        rename(font, style)
        target = fonts / f"{FAMILY.replace(' ', '')}-{style}.ttf"
        font.save(target)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")
    licence = (noto / "LICENSE_FONT").read_text(encoding="utf-8")
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


def cut(source: Path, wanted: set[int]) -> TTFont:
    """One weight with only the wanted characters, without hints and vertical forms."""
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
    return font


def graft(font: TTFont, donor: TTFont) -> None:
    """Add the letters that the font lacks and the donor has. Combining marks stay out: they need shaping to sit right."""
    have, offered = font.getBestCmap(), donor.getBestCmap()
    for first, last in GRAFTED:
        for code in range(first, last + 1):
            is_ours = code in have and code not in NARROW
            if code in offered and not is_ours and unicodedata.category(chr(code)) not in {"Mn", "Cf", "Zs"}:
                add_glyph(font, donor, code, offered[code])


def add_glyph(font: TTFont, donor: TTFont, code: int, name: str) -> None:
    """Copy one glyph, its parts drawn out, at the font's own scale."""
    drawing = TTGlyphPen(None)
    scaled = TransformPen(drawing, (GRAFT_SCALE, 0, 0, GRAFT_SCALE, 0, 0))
    parts = DecomposingRecordingPen(donor.getGlyphSet())
    donor.getGlyphSet()[name].draw(parts)
    parts.replay(scaled)
    glyph, ours = drawing.glyph(), f"latin{code:04X}"
    glyph.recalcBounds(font["glyf"])
    font.setGlyphOrder([*font.getGlyphOrder(), ours])
    font["glyf"][ours] = glyph
    font["hmtx"][ours] = (round(donor["hmtx"][name][0] * GRAFT_SCALE), getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = ours


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
