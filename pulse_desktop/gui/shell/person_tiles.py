"""The people of the clinic to choose from: one tile each, moved through by the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pulse_desktop.basics.names import initials
from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.avatar import draw_avatar
from pulse_desktop.gui.parts.chips import ChipView, chip_height, chip_width, draw_chip
from pulse_desktop.gui.parts.theme import theme
from pulse_desktop.gui.shell.doorstep import PersonTile

_RADIUS: Final = 8


def bare_name(name: str) -> str:
    """The name without the credential behind its comma ("Lin Hua, L.Ac." is Lin Hua)."""
    return name.split(",", maxsplit=1)[0].strip()


def first_name(name: str) -> str:
    """What a person is called: "Mina"."""
    return bare_name(name).split(" ")[0]


class _Tile(QPushButton):
    """64 px: initials, name, role, notes waiting for a signature."""

    focus_radius = _RADIUS

    def __init__(self, person: PersonTile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = (person.name, person.words, _unsigned_words(person))
        self.setAccessibleName(", ".join(part for part in said if part))

    def sizeHint(self) -> QSize:
        return QSize(theme().sized(320), theme().tall(64, 20, 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, rect = theme(), QPainter(self), QRectF(self.rect())
        ground = "jade-tint" if self.isChecked() else "hover" if self.underMouse() else "raised"
        edge, width = ("jade", 2) if self.isChecked() else ("line", 1)
        drawing.box(painter, rect, _RADIUS, look.color(ground), look.color(edge), width=width)
        side = look.tall(36)
        roles = ("jade", "jade-on") if self.isChecked() else ("sunken", "ink-soft")
        circle = QRectF(16, (self.height() - side) / 2, side, side)
        draw_avatar(painter, circle, initials(bare_name(self.person.name)), roles)
        self._paint_words(painter, 16 + side + 12, self._paint_end(painter))

    def _paint_end(self, painter: QPainter) -> float:
        """The tick of the chosen person or the amber chip; returns where it begins."""
        look = theme()
        right = self.width() - 16.0
        if self.isChecked():
            side = look.sized(20)
            look.draw_icon(painter, "check", "jade", QRectF(right - side, (self.height() - side) / 2, side, side))
            return right - side - 8
        if words := _unsigned_words(self.person):
            chip = ChipView(words, "amber")
            width, height = chip_width(chip), chip_height()
            draw_chip(painter, QRectF(right - width, (self.height() - height) / 2, width, height), chip)
            return right - width - 8
        return right

    def _paint_words(self, painter: QPainter, left: float, right: float) -> None:
        look = theme()
        name, small = look.line("body"), look.line("secondary")
        top = (self.height() - name - small) / 2
        place = QRectF(left, top, right - left, name)
        drawing.words(painter, place, self.person.name, look.font("body", 600), look.color("ink"))
        place = QRectF(left, top + name, right - left, small)
        drawing.words(painter, place, self.person.words, look.font("secondary"), look.color("ink-soft"))


class PersonTiles(QWidget):
    """All people below each other; Up and Down choose, wherever the keyboard is in the list."""

    chosen = Signal(object)

    def __init__(self, people: Sequence[PersonTile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("People of this clinic"))
        self._group = QButtonGroup(self)
        self._tiles = [_Tile(person, self) for person in people]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for tile in self._tiles:
            self._group.addButton(tile)
            column.addWidget(tile)
        self._group.buttonToggled.connect(self._tell)
        self._group.buttonClicked.connect(self._tell_again)

    @property
    def person(self) -> PersonTile | None:
        """Who is chosen."""
        tile = self._group.checkedButton()
        return tile.person if isinstance(tile, _Tile) else None

    @property
    def tile(self) -> QWidget | None:
        """The tile of who is chosen."""
        return self._group.checkedButton()

    def choose(self, index: int) -> None:
        """Choose the person at `index`, kept within the list."""
        if self._tiles:
            self._tiles[min(max(index, 0), len(self._tiles) - 1)].setChecked(True)

    def choose_person(self, vault_id: str) -> None:
        """Choose the person of this vault id, the first one when there is none."""
        self.choose(next((at for at, tile in enumerate(self._tiles) if tile.person.vault_id == vault_id), 0))

    def step(self, by: int) -> None:
        """Choose the next or the one before."""
        at = next((index for index, tile in enumerate(self._tiles) if tile.isChecked()), 0)
        self.choose(at + by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _tell(self, tile: _Tile, is_on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if is_on:
            self.chosen.emit(tile.person)

    def _tell_again(self, tile: _Tile) -> None:
        """A click on the one already chosen asks for the password as well."""
        self.chosen.emit(tile.person)


def _unsigned_words(person: PersonTile) -> str:
    if not person.unsigned:
        return ""
    return ngettext("{count} note to sign", "{count} notes to sign", person.unsigned).format(count=person.unsigned)
