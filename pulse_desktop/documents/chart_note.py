"""One note on paper: what was told and found, what was done and where, the signature, what was added later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from pulse_desktop.clinic.treatment.pictures import print_marks
from pulse_desktop.clinic.treatment.values import (
    AmendmentLine,
    CupPlacement,
    NeedlePlacement,
    SafetyOverride,
    SignatureBlock,
)
from pulse_desktop.documents.blocks import Cell, Heading, Table, Text, bold, plain
from pulse_desktop.documents.chart_body import map_pieces
from pulse_desktop.documents.chart_values import ChartNote
from pulse_desktop.documents.chart_words import (
    ALTERED_WHY,
    ALTERED_WORDS,
    AMENDMENT_ALTERED,
    AMENDMENTS,
    DRAFT_WORDS,
    MEANINGS,
    NOT_RECORDED,
    SIDES,
    TECHNIQUES,
    capital,
    condition_words,
    counted,
    diagnosis_words,
    full_moment,
    grade_words,
    licence_words,
    pain_words,
    pattern_words,
    place_words,
    point_words,
    site_words,
    terms,
    time_words,
)
from pulse_desktop.documents.flow import Entry, Piece, Rows, Whole
from pulse_desktop.documents.measures import ONE_PAGE, Measures
from pulse_desktop.documents.page import BLACK, RED, WIDTH, Page, Style
from pulse_desktop.documents.speech import full_date
from pulse_desktop.documents.typesetting import Line, break_lines

MEASURES: Measures = ONE_PAGE[5]
_COLUMN = 102.0
_LAST_LINES = 3
_CUPS = (21.0, None, 38.0, 40.0, 54.0, 44.0, 46.0, 46.0, 24.0, 56.0)
_NEEDLES = (None, 54.0, 96.0, 54.0, 58.0, 58.0, 32.0)
_ELSE = (72.0, None, 150.0, 48.0)


def note_pieces(note: ChartNote) -> list[Piece]:
    """The whole note as pieces that flow; its signature is bound to its last lines."""
    pieces = [*_told(note), *_done(note), *_overrides(note)]
    pieces += _bound([entry("Techniques", _techniques(note)), entry("Minutes", _minutes(note))])
    pieces += _signed(note)
    return [*pieces, *chain.from_iterable(_amendment(note, line) for line in note.amendments)]


def warning_of(note: ChartNote) -> str:
    """What must stand on each of the note's pages."""
    if note.signature is None:
        return DRAFT_WORDS
    return "" if note.signature.is_valid else ALTERED_WORDS


def entry(label: str, text: str, *, otherwise: str = NOT_RECORDED) -> Entry:
    """An entry of the note's grid; each line people wrote stays a line."""
    lines = [line for written in (text.strip() or otherwise).splitlines() for line in broken(written)]
    style = MEASURES.body if text.strip() else MEASURES.soft
    return Entry(label, tuple(lines), style, MEASURES.soft, _COLUMN)


def broken(text: str) -> tuple[Line, ...]:
    """Text as lines of the grid's wide column."""
    return break_lines(plain(text), MEASURES.body.size, WIDTH - _COLUMN)


def heading(words: str, *, before: float = 9.0) -> Whole:
    """A heading inside a note, kept with what follows."""
    return Whole(Heading(words, MEASURES.head, role="H3"), before=before, keeps=True)


def _bound(entries: Sequence[Entry]) -> list[Piece]:
    """Entries that stay with what follows, the last lines of long ones at least."""
    *others, last = entries
    return [*(replace(one, keeps=len(one.lines) <= _LAST_LINES) for one in others), *last.ending(_LAST_LINES)]


# --- what was told and found


def _told(note: ChartNote) -> Iterator[Piece]:
    draft = note.draft
    yield entry("Complaint", draft.complaint)
    yield entry("History", draft.history)
    yield entry("Pain", pain_words(draft.pain_before, draft.pain_after))
    yield entry("Tongue", _tongue(note))
    yield entry("Pulse", terms(draft.pulse, "pulse_28"))
    yield entry("Pattern", pattern_words(draft.pattern))
    yield entry("Diagnosis (ICD-10-CM)", diagnosis_words(draft.icd10) if draft.icd10 else "")
    yield entry("Findings", draft.findings)
    yield entry("Plan", draft.plan)
    yield entry("Response", draft.response)
    yield entry("Adverse events", "None" if draft.adverse == ("none",) else terms(draft.adverse, "adverse_event"))
    if draft.aftercare_advice:
        yield entry("Advice", draft.aftercare_advice)


def _tongue(note: ChartNote) -> str:
    body = terms(note.draft.tongue_body, "tongue_body_color", "tongue_shape")
    coat = terms(note.draft.tongue_coat, "tongue_coat_color", "tongue_coat_quality")
    return "; ".join(part for part in (f"body {body.lower()}" if body else "", f"coat {coat.lower()}" if coat else "") if part).capitalize()


# --- what was done


def _done(note: ChartNote) -> Iterator[Piece]:
    draft = note.draft
    marks = print_marks(draft)
    if marks:
        yield heading("Where")
        yield from map_pieces(marks, MEASURES)
    if draft.cups:
        yield heading(counted(len(draft.cups), "cup", "cups").capitalize())
        yield _table(_CUP_HEADS, [_cup_cells(cup, note.zone) for cup in draft.cups], _CUPS)
    if draft.needles:
        yield heading(f"{counted(draft.needle_count, 'needle', 'needles')}, {'counted out' if draft.counted_out else 'not counted out'}")
        yield _table(_NEEDLE_HEADS, [_needle_cells(needle, note.zone) for needle in draft.needles], _NEEDLES)
    others = list(_others(note))
    if others:
        yield heading("Also done")
        yield _table(("What", "Where", "How", "Minutes"), others, _ELSE)


_CUP_HEADS = ("No.", "Site", "Side", "Size", "Technique", "Suction", "On", "Off", "Min", "Mark")
_NEEDLE_HEADS = ("Point", "Side", "Technique", "Depth", "In", "Out", "Min")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float | None]) -> Rows:
    small = replace(MEASURES.small, grey=BLACK)
    head = [Cell([Text(plain(words), MEASURES.small)], "Column") for words in heads]
    cells = [[Cell([Text(plain(words), small, most_lines=3)], "" if at else "Row") for at, words in enumerate(row)] for row in rows]
    return Rows(head, cells, widths, before=3.0)


def _cup_cells(cup: CupPlacement, zone: str) -> tuple[str, ...]:
    technique = terms((cup.technique,), "cupping_technique").removeprefix("Dry ").lower()
    moved = f"{technique}, moved" if cup.path and cup.technique != "sliding" else technique
    return (
        str(cup.number), site_words(cup), SIDES.get(cup.side, cup.side) or _side_of(cup), f"{cup.rim_mm} mm", moved, cup.suction,
        time_words(cup.on_at, zone), time_words(cup.off_at, zone), _between(cup.on_at, cup.off_at), grade_words(cup.mark_grade),
    )  # fmt: skip


def _side_of(cup: CupPlacement) -> str:
    """The side of a cup placed freely, from where it stands on the map."""
    if cup.view.startswith("lateral_"):
        return cup.view.removeprefix("lateral_")
    if abs(cup.x - 500) < 5:
        return "midline"
    return "left" if (cup.x < 500) == (cup.view == "posterior") else "right"


def _needle_cells(needle: NeedlePlacement, zone: str) -> tuple[str, ...]:
    depth = "" if needle.depth_tenths is None else f"{needle.depth_tenths / 10:.1f} cun"
    return (
        point_words(needle.code), SIDES.get(needle.side, needle.side), terms((needle.technique,), "needle_technique").lower(), depth or "–",
        time_words(needle.in_at, zone), time_words(needle.out_at, zone), _between(needle.in_at, needle.out_at),
    )  # fmt: skip


def _between(start: datetime | None, end: datetime | None) -> str:
    return str(round((end - start) / timedelta(minutes=1))) if start and end else "–"


def _others(note: ChartNote) -> Iterator[tuple[str, ...]]:
    draft = note.draft
    for stroke in draft.strokes:
        yield f"Gua sha {stroke.number}", place_words(stroke.site, side=stroke.side), f"mark {grade_words(stroke.mark_grade)}", "–"
    for area in draft.areas:
        yield f"Tuina {area.number}", place_words(area.site, side=area.side), terms((area.technique,), "tuina_technique").lower(), "–"
    for moxa in draft.moxa:
        how = terms((moxa.technique,), "moxa_type").lower()
        yield f"Moxa {moxa.number}", place_words(moxa.site, moxa.code, moxa.side), how, _number(moxa.minutes)
    for pair in draft.pairs:
        ends = (f"{point_words(code)} {SIDES.get(side, side)}" for code, side in ((pair.first, pair.first_side), (pair.second, pair.second_side)))
        how = f"{pair.hertz_tenths / 10:g} Hz, {terms((pair.mode,), 'estim_mode').lower()}"
        yield f"E-stim {pair.number}", " to ".join(ends), how, _number(pair.minutes)


def _number(minutes: int | None) -> str:
    return "–" if minutes is None else str(minutes)


def _overrides(note: ChartNote) -> Iterator[Piece]:
    if note.draft.overrides:
        yield heading("Reasons to go ahead")
    for at, one in enumerate(note.draft.overrides):
        yield replace(entry(condition_words(one.condition_key), _override_words(one, note.zone)), before=0.0 if at else 3.0)


def _override_words(one: SafetyOverride, zone: str) -> str:
    where = f" at {place_words(one.site)}" if one.site else ""
    technique = capital(TECHNIQUES.get(one.technique, one.technique))
    return f"{technique}{where}: {one.reason}\n{one.by}, {full_moment(one.at, zone)}"


def _techniques(note: ChartNote) -> str:
    """What was picked, and what the cups, needles and other marks say was done."""
    draft = note.draft
    shown = [*draft.techniques, *(["acupuncture"] if draft.needles else []), *(["gua_sha"] if draft.strokes else [])]
    shown += [*(["tuina"] if draft.areas else []), *(["moxa"] if draft.moxa else []), *(["estim"] if draft.pairs else [])]
    if draft.cups and not any(key.endswith("cupping") for key in shown):
        shown.insert(0, "dry_cupping")
    return capital(", ".join(TECHNIQUES.get(key, key.replace("_", " ")) for key in dict.fromkeys(shown)))


def _minutes(note: ChartNote) -> str:
    draft = note.draft
    said = []
    if draft.face_to_face_minutes is not None:
        why = f" (corrected: {draft.face_to_face_reason})" if draft.face_to_face_reason else ""
        said.append(f"{draft.face_to_face_minutes} face to face{why}")
    if draft.needles:
        said.append(f"{draft.needle_minutes} planned for needles")
    if draft.new_needles is not None:
        said.append("needles newly placed in the further 15 minutes" if draft.new_needles else "no needles newly placed in the further 15 minutes")
    if draft.tuina_minutes is not None:
        said.append(f"{draft.tuina_minutes} of tuina")
    return "; ".join(said)


# --- signatures


def _signed(note: ChartNote) -> list[Piece]:
    if note.signature is None:
        return [Whole(Boxed(DRAFT_WORDS, "This note was not signed when it was printed; it may still change."), before=9.0)]
    return [Whole(SignatureBox("Signed", note.signature, note.zone, ALTERED_WORDS), before=9.0)]


def _amendment(note: ChartNote, line: AmendmentLine) -> Iterator[Piece]:
    yield heading(AMENDMENTS.get(line.kind, line.kind), before=15.0)
    yield replace(entry("Reason", line.reason), before=3.0)
    yield from entry("Added", line.text).ending(_LAST_LINES)
    yield Whole(SignatureBox("Signed", line.signature, note.zone, AMENDMENT_ALTERED), before=6.0)


@dataclass(slots=True)
class SignatureBox:
    """Who signed, with what licence, when, as what, over which bytes; in a heavy red box where it does not hold."""

    words: str
    signature: SignatureBlock
    zone: str
    altered: str

    def height(self, width: float) -> float:
        """Rows with the box's padding."""
        room = width - 18
        warning = sum(text.height(room) for text in self._warning())
        return 15 + warning + self._table().height(room)

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw box and rows."""
        valid = self.signature.is_valid
        page.box(left, top, width, self.height(width), 0.9375 if valid else 2.25, 4.5, *(() if valid else (RED,)))
        with page.canvas.element("Div"):
            inner = top + 7.5
            for text in self._warning():
                text.draw(page, left + 9, inner, width - 18)
                inner += text.height(width - 18)
            self._table().draw(page, left + 9, inner, width - 18)

    def _warning(self) -> list[Text]:
        if self.signature.is_valid:
            return []
        return [Text(bold(self.altered), replace(MEASURES.body, colour=RED)), Text(plain("The signature below does not fit it."), MEASURES.body)]

    def _table(self) -> Table:
        signature = self.signature
        said = (
            ("Signed by", signature.signer, "Credential", signature.credential or "–"),
            ("License", licence_words(signature), "Seal", signature.short_hash),
            ("Signed at", full_moment(signature.signed_at, self.zone), "Meaning", MEANINGS.get(signature.meaning, signature.meaning)),
        )
        return Table([[_signature_cell(words, at) for at, words in enumerate(row)] for row in said], (60.0, None, 60.0, 150.0), 1.5, 6.0, 0.0, 0.0)


def _signature_cell(words: str, at: int) -> Cell:
    if at % 2 == 0:
        return Cell([Text(plain(words), MEASURES.small)], "Row")
    return Cell([Text(bold(words) if at == 1 else plain(words), replace(MEASURES.small, grey=BLACK), most_lines=3)])


@dataclass(slots=True)
class Boxed:
    """Words nobody may overlook in a heavy box: bold, and what they mean under them."""

    words: str
    why: str = ""
    colour: tuple[float, float, float] = (BLACK, BLACK, BLACK)

    def height(self, width: float) -> float:
        """Words and padding."""
        return sum(text.height(width - 21) for text in self._texts()) + 12

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw box and words."""
        page.box(left, top, width, self.height(width), 2.25, 4.5, self.colour)
        top += 6
        for text in self._texts():
            text.draw(page, left + 10.5, top, width - 21)
            top += text.height(width - 21)

    def _texts(self) -> list[Text]:
        head = Text(bold(self.words), replace(MEASURES.head, colour=self.colour))
        return [head, *([Text(plain(self.why), MEASURES.body)] if self.why else [])]


def band_of(note: ChartNote) -> Boxed | None:
    """What stands at the head of each of the note's pages: that it is a draft, or that it was altered."""
    if note.signature is None:
        return Boxed(DRAFT_WORDS)
    return None if note.signature.is_valid else Boxed(ALTERED_WORDS, ALTERED_WHY, RED)


def note_head(note: ChartNote, role: str = "H2") -> NoteHead:
    """Day and place at the left, who treated at the right."""
    return NoteHead(full_date(note.day, "en"), note.office, note.author, role)


@dataclass(slots=True)
class NoteHead:
    """The head of a note."""

    day: str
    office: str
    author: str
    role: str

    def height(self, width: float) -> float:
        """Two lines over a rule."""
        return max(self._left.height(width * 0.6), self._right.height(width * 0.38)) + MEASURES.small.leading + 4.5

    def draw(self, page: Page, left: float, top: float, width: float) -> None:
        """Draw both sides."""
        self._left.draw(page, left, top, width * 0.6)
        self._right.draw(page, left + width * 0.62, top + 4.5, width * 0.38)
        office = Text(plain(self.office), replace(MEASURES.small, align="right"), most_lines=1)
        office.draw(page, left + width * 0.62, top + 4.5 + self._right.height(width * 0.38), width * 0.38)

    @property
    def _left(self) -> Text:
        return Text(plain(self.day), Style(15, 18), role=self.role)

    @property
    def _right(self) -> Text:
        return Text(bold(self.author), replace(MEASURES.body, align="right"), most_lines=2)
