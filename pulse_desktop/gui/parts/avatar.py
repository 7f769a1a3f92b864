"""A person's initials in a round or square place: `Avatar("MA", side=44, radius=8)`."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pulse_desktop.gui.parts import drawing
from pulse_desktop.gui.parts.theme import theme


class Avatar(QWidget):
    """Initials on sunken ground; `roles` are ground and ink. Without `radius` it is round."""

    def __init__(
        self,
        initials: str,
        *,
        side: int = 36,
        radius: int | None = None,
        roles: tuple[str, str] = ("sunken", "ink-soft"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._initials, self._side, self._radius, self._roles = initials, side, radius, roles
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_person(self, initials: str, roles: tuple[str, str] | None = None) -> None:
        """Show another person."""
        self._initials, self._roles = initials, roles or self._roles
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().tall(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_avatar(QPainter(self), QRectF(self.rect()), self._initials, self._roles, self._radius)


def draw_avatar(
    painter: QPainter, rect: QRectF, initials: str, roles: tuple[str, str], radius: float | None = None
) -> None:
    """Draw the initials into `rect`."""
    look = theme()
    ground, ink = roles
    drawing.box(painter, rect, rect.height() / 2 if radius is None else radius, look.color(ground))
    drawing.words(painter, rect, initials, look.font("body", 600), look.color(ink), align=drawing.CENTRE)
