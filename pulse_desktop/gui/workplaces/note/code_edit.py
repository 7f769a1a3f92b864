"""The diagnosis codes of a note, in a chip: a few letters find them, anything else may be typed and stays.

Several codes stand behind each other with commas, the first for what was treated first; a claim takes twelve.
"""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import full_day
from pulse_desktop.clinic import atlas
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.workplaces.note.proposals import STAR_KEYS, Proposal, Proposals
from pulse_desktop.gui.workplaces.note.shorthand import OwnShorthand

_LONGEST = 120
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?|QA\d(\.?[0-9A-Z]{1,4})?", re.IGNORECASE)


class CodeEdit(QLineEdit):
    """ICD-10-CM codes; typing a code or words proposes codes for the one the cursor stands in. `tidied` when one leaves it."""

    tidied = Signal()

    def __init__(self, shorthand: OwnShorthand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shorthand = shorthand
        self.setProperty("bare", "true")
        self.setPlaceholderText(_("code"))
        self.setAccessibleName(_("Diagnosis code, ICD-10-CM"))
        self.setMaxLength(_LONGEST)
        self.setTextMargins(3, 0, 0, 0)
        self.proposals = Proposals(self, _("Diagnosis codes"))
        self.proposals.taken.connect(self._take)
        self.proposals.starred.connect(shorthand.turn_star)
        shorthand.changed.connect(self._renew)
        self.textEdited.connect(self._propose)
        self._keys = _Keys(self)
        self.installEventFilter(self._keys)
        self._dress()

    def sizeHint(self) -> QSize:
        look = theme()
        shown = self.text() if self.hasFocus() else shortened(self.text())
        width = drawing.text_width(shown or self.placeholderText(), look.font("secondary", 500)) + 14
        return QSize(min(max(round(width), look.sized(44)), look.sized(140)), look.tall(20, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawing.box(painter, self.rect().toRectF(), 4, theme().color("chip"))
        shown = shortened(self.text())
        if shown != self.text() and not self.hasFocus():
            place = self.rect().toRectF().adjusted(5, 0, -2, 0)
            drawing.words(painter, place, shown, self.font(), theme().color("ink"))
            painter.end()
            return
        painter.end()
        super().paintEvent(event)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the key was the list's, or opens it."""
        if self.proposals.takes(event):
            return True
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self._propose(first=True)
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.textChanged.emit(self.text())  # the chip is as wide as all its codes now

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Codes are shown from their beginning, in capitals."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.proposals.close_list()
            self._tidy()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    # --- proposing

    def _propose(self, _text: str = "", *, first: bool = False) -> None:
        if self.isReadOnly():
            return
        typed, liked = self._piece()[0], self._shorthand.favourites
        found = atlas.find_diagnoses(typed, favourites=liked)
        if not typed and first:
            common = [*liked, *atlas.diagnoses()]
            found = tuple(one for code in dict.fromkeys(common) if (one := atlas.find_diagnosis(code)) is not None)[:8]
        self.proposals.show_rows([Proposal(one.code, one.code, one.title, one.code in liked) for one in found], foot_words(), first=first)

    def _renew(self) -> None:
        """The favourites changed: show the stars as they are now."""
        if self.proposals.isVisible():
            rows = [Proposal(row.key, row.lead, row.text, row.key in self._shorthand.favourites) for row in self.proposals.rows]
            self.proposals.show_rows(rows, foot_words())

    def _piece(self) -> tuple[str, int, int]:
        """The code the cursor stands in, and where it begins and ends."""
        text, at = self.text(), self.cursorPosition()
        start = text.rfind(",", 0, at) + 1
        end = text.find(",", at)
        return text[start : end if end >= 0 else len(text)].strip(), start, end if end >= 0 else len(text)

    def _take(self, code: str) -> None:
        _typed, start, end = self._piece()
        before, after = self.text()[:start].rstrip(), self.text()[end:]
        self.setText(f"{before} {code}{after}".strip())
        self.setCursorPosition(len(f"{before} {code}".strip()))
        self.tidied.emit()

    def _tidy(self) -> None:
        if (tidy := tidy_codes(self.text())) != self.text():
            self.setText(tidy)
        self.setCursorPosition(0)
        self.textChanged.emit(self.text())
        self.tidied.emit()

    def _dress(self) -> None:
        font = theme().font("secondary", 500)
        if self.font() != font:
            self.setFont(font)


class _Keys(QObject):
    """Looks at the keys of the chip before they are shortcuts of the window or Tab goes on."""

    def __init__(self, edit: CodeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._edit.proposals.wants(event):
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._edit.takes(event)
        return super().eventFilter(watched, event)


def foot_words() -> str:
    """Which release the proposals are of, and how a row is starred."""
    table = atlas.code_table()
    day = full_day(date.fromisoformat(table.in_force))
    return _("ICD-10-CM {year}, in force from {day}.  {keys} or a click on the star: favourite").format(year=table.release, day=day, keys=STAR_KEYS)


def tidy_codes(text: str) -> str:
    """The codes alone, in capitals and each once: "m5450, sciatica" is "M54.50, sciatica"; words that hold no code stay."""
    pieces = (tidy_code(piece) for piece in text.split(","))
    return ", ".join(dict.fromkeys(piece for piece in pieces if piece))


def tidy_code(text: str) -> str:
    """One code: "m54.50  Low back pain" is M54.50, and so is m5450."""
    first = text.strip().partition(" ")[0]
    if not any(letter.isdigit() for letter in first):
        return text.strip()
    known = atlas.find_diagnosis(first) if _CODE.fullmatch(first) else None
    return known.code if known is not None else first.upper()


def shortened(text: str) -> str:
    """How a chip has room for them: "M54.50 +1"."""
    first, *others = tidy_codes(text).split(", ")
    return f"{first} +{len(others)}" if others else text


def not_billable(text: str) -> str:
    """A sentence about the first code that cannot be billed, with those under it that can; "" when all can."""
    pieces = tidy_codes(text).split(", ")
    if len(pieces) > atlas.MOST_CODES:
        return _("These are {count} codes; a claim takes {most}.").format(count=len(pieces), most=atlas.MOST_CODES)
    for code in pieces:
        if not _CODE.fullmatch(code) or atlas.find_diagnosis(code) is not None:
            continue
        under = ", ".join(one.code for one in atlas.more_precise(code))
        if under:
            return _("{code} is not billable, those under it are: {under}.").format(code=code, under=under)
        return _("{code} is not in the list of billable codes. It is kept as you typed it.").format(code=code)
    return ""
