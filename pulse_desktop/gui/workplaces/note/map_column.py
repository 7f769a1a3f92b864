"""The body map with its tools and views: what is clicked, dragged or chosen here becomes an edit of the draft."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _, ngettext
from pulse_desktop.basics.times import Clock
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.atlas.body_picture import UNITS_A_MM
from pulse_desktop.clinic.treatment.values import CupPlacement, FadingCup, NeedlePlacement
from pulse_desktop.gui.parts.body_map import view_words
from pulse_desktop.gui.parts.body_thumbs import BodyThumb, BodyThumbs
from pulse_desktop.gui.workplaces.note import hand_placing, placing
from pulse_desktop.gui.workplaces.note.cup_menu import cup_menu
from pulse_desktop.gui.workplaces.note.hand_menu import hand_menu
from pulse_desktop.gui.workplaces.note.hands_drawing import TECHNIQUE_OF, HandsDrawing
from pulse_desktop.gui.workplaces.note.map_tools import CUPS, MapTools
from pulse_desktop.gui.workplaces.note.marks import Barred, drawn_marks
from pulse_desktop.gui.workplaces.note.note_map import NoteMap
from pulse_desktop.gui.workplaces.note.writing import Writing

CUPPING: Final = "dry_cupping"
_NARROWEST: Final = 56
"""Width of a small view in the smallest window."""


class MapColumn(QWidget):
    """Tools, map and views. `refused(sentence)` when a place is barred."""

    refused = Signal(str)
    warned = Signal(str)
    """Something to know about a cup just placed; it was placed."""

    def __init__(self, writing: Writing, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writing, self._clock = writing, clock
        self._fading: tuple[FadingCup, ...] = ()
        self._barred: tuple[Barred, ...] = ()
        self._barred_for: Callable[[str], tuple[Barred, ...]] = lambda _technique: ()
        self._is_usable = False
        self._in_small: tuple[atlas.CupMark | atlas.MovingCup, ...] | None = None
        self.tools = MapTools()
        self.canvas = NoteMap(_("Body map"), writing.undo_stack)
        self._view = "posterior"
        self.views = BodyThumbs()
        for thumb in self.views.findChildren(BodyThumb):
            thumb.setMinimumWidth(_NARROWEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 6)
        column.setSpacing(8)
        column.addWidget(self.tools)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.views)
        self.hands = HandsDrawing(writing, self.barred_against, self)
        self._connect()

    @property
    def barred(self) -> tuple[Barred, ...]:
        """What is hatched: where what is in hand must not go."""
        return self._barred

    def show_patient(self, fading: Iterable[FadingCup], barred_for: Callable[[str], tuple[Barred, ...]]) -> None:
        """What the patient's skin brings along; `barred_for(technique)` names the regions a technique must keep off."""
        self._fading, self._barred_for = tuple(fading), functools.cache(barred_for)
        self._bar()

    def barred_against(self, technique: str) -> tuple[Barred, ...]:
        """The regions a technique must keep off."""
        return self._barred_for(technique)

    def _bar(self) -> None:
        """Hatch for what is in hand."""
        self._barred = self._barred_for(TECHNIQUE_OF.get(self.tools.kind, CUPPING))
        self.refresh()

    def refresh(self) -> None:
        """Draw the draft as it stands now; the arcs follow the clock."""
        writing = self._writing
        marks = drawn_marks(writing.draft, writing.chosen, self._fading, self._barred, self._clock.now(), writing.chosen_mark)
        picture = atlas.BodyPicture(self._view, marks)
        self.canvas.show_picture(picture)
        self._show_in_small(marks)
        self._say(picture)

    def _show_in_small(self, marks: Sequence[atlas.Mark]) -> None:
        """The small views know neither time nor selection: they are drawn anew only when a cup comes, goes or moves."""
        cups = tuple(
            replace(mark, state="placed", fraction=0.0, is_selected=False)
            for mark in marks
            if isinstance(mark, atlas.CupMark | atlas.MovingCup)
        )
        if cups != self._in_small:
            self._in_small = cups
            self.views.show_marks(cups)

    def show_view(self, view: str) -> None:
        """Turn to another view of the body."""
        self._view = view
        self.views.choose(view)
        self.refresh()

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether one may draw; a signed note is only looked at."""
        self._is_usable = usable
        self.tools.set_usable(usable)

    def place(self, cups: Sequence[CupPlacement]) -> bool:
        """Place these cups, if no region among theirs is barred; says why not."""
        for cup in cups:
            if (stopped := self._barred_at(cup)) is not None:
                self.show_view(cup.view)
                self._refuse(stopped)
                return False
        draft = self._writing.draft
        after = placing.added(draft.cups, cups)
        words = ngettext("place a cup", "place {count} cups", len(cups)).format(count=len(cups))
        self._writing.draw(words, after)
        self._writing.choose(())
        known = frozenset(draft.cups)
        self._warn(cup for cup in after if cup not in known)
        return True

    def place_named(self, sites: Iterable[atlas.CupSite]) -> bool:
        """Place a cup on each of these sites, as the tools say."""
        tool = replace(self.tools.tool, mirror=False)
        cups = [cup for site in sites for cup in placing.cups_at(tool, site.view, site.x, site.y, site.key)]
        if cups:
            self.show_view(cups[0].view)
        return self.place(cups)

    def change_chosen(self, field: str, value: Any) -> None:
        """Give the selected cups another size, technique, suction, planned time or mark."""
        chosen = self._writing.chosen
        cups = [
            replace(cup, **{field: value}) if cup.number in chosen else cup for cup in self._writing.draft.cups
        ]
        self._writing.draw(_("change a cup"), cups)
        self.tools.show_cups(self._writing.chosen_cups)

    def remove_chosen(self) -> None:
        """Take what is selected off the map; what is on the skin stays until it comes off."""
        if self._writing.chosen_mark is not None:
            self.hands.remove(*self._writing.chosen_mark)
            return
        cups, chosen = self._writing.draft.cups, self._writing.chosen
        kept = [cup for cup in cups if cup.number not in chosen or cup.on_at]
        if len(kept) == len(cups):
            return
        index = next((at for at, cup in enumerate(cups) if cup.number in chosen), 0)
        self._writing.draw(_("take a cup off the map"), kept)
        if kept:
            self._writing.choose([kept[min(index, len(kept) - 1)].number])

    def choose_next(self, step: int) -> None:
        """Select the next or previous cup of this view."""
        shown = [cup.number for cup in self._writing.draft.cups if cup.view == self._view]
        if not shown:
            return
        now = next((at for at, number in enumerate(shown) if number in self._writing.chosen), -1 if step > 0 else 0)
        self._writing.choose([shown[(now + step) % len(shown)]])

    def choose_all(self) -> None:
        """Select every cup: the next choice changes them all."""
        self._writing.choose(cup.number for cup in self._writing.draft.cups)
        self.tools.show_cups(self._writing.chosen_cups)

    def open_menu(self, at: QPoint) -> None:
        """The menu of what is selected."""
        if self._writing.is_open and (chosen := self._writing.chosen_mark) is not None:
            self._open_hand_menu(*chosen, at)
        if self._writing.chosen_cups and self._writing.is_open:
            cup_menu(self, self._writing.chosen_cups, self.change_chosen, self.remove_chosen).popup(at)

    def _open_hand_menu(self, field: str, key: Any, at: QPoint) -> None:
        held = next((one for one in getattr(self._writing.draft, field) if key in {getattr(one, "number", None), _line_of(one)}), None)
        if held is not None:
            change = functools.partial(self._change_needle if field == "needles" else self.hands.change, field, key)
            hand_menu(self, field, held, change, functools.partial(self.hands.remove, field, key)).popup(at)

    def _change_needle(self, _field: str, key: tuple[str, str], **values: Any) -> None:
        needles = [replace(one, **values) if _line_of(one) == key else one for one in self._writing.draft.needles]
        self._writing.draw(_("change {needle}").format(needle=key[0]), needles=needles)

    def show_chosen(self) -> None:
        """Turn to the selected cup when another view is shown."""
        chosen = self._writing.chosen_cups
        if chosen and not any(cup.view == self._view for cup in chosen):
            self.show_view(chosen[0].view)
        self.tools.show_cups(chosen)

    # --- what the map asks for

    def _connect(self) -> None:
        canvas, tools = self.canvas, self.tools
        canvas.placed.connect(self._press)
        canvas.row_drawn.connect(self._draw_row)
        canvas.picked.connect(self._pick_mark)
        canvas.picked_more.connect(self._pick_more)
        canvas.mark_moved.connect(self._move)
        canvas.mark_shifted.connect(self._shift)
        canvas.removed.connect(self._remove)
        canvas.menu_asked.connect(self._menu_for)
        canvas.all_asked.connect(self.choose_all)
        tools.picked.connect(self._pick)
        tools.kind_picked.connect(self._take_up)
        self.hands.said.connect(self.warned)
        self.hands.barred.connect(self._refuse)
        tools.nearer.clicked.connect(canvas.zoom_in)
        tools.farther.clicked.connect(canvas.zoom_out)
        self.views.chosen.connect(self.show_view)
        self._writing.marks_changed.connect(self.refresh)

    def _take_up(self, kind: str) -> None:
        """Something else is in hand now: the map hatches what it must keep off."""
        self._show_trail()
        self.hands.begin(kind)
        self._bar()

    def _show_trail(self) -> None:
        kind, slides = self.tools.kind, self.tools.tool.technique == hand_placing.MOVES
        self.canvas.trail_is("area" if kind == "areas" else "path" if kind == "strokes" or (kind == CUPS and slides) else "row")

    def _press(self, view: str, x: float, y: float, site: str) -> None:
        if self._is_usable and self.tools.kind != CUPS:
            self.hands.press(self.tools.kind, view, (x, y), mirror=self.tools.tool.mirror)
        elif self._is_usable:
            self.place(placing.cups_at(self.tools.tool, view, x, y, site))

    def _draw_row(self, view: str, trail: tuple[tuple[float, float], ...]) -> None:
        """A stroke along the spine places a cup on each site it passes, with the mirror on both sides of it; a sliding cup
        goes along the stroke itself."""
        tools = self.tools
        if self._is_usable and tools.kind != CUPS:
            self.hands.draw(tools.kind, view, trail, mirror=tools.tool.mirror)
        elif self._is_usable and tools.tool.technique == hand_placing.MOVES:
            path = hand_placing.simplified(trail)
            if hand_placing.is_long(path):
                self.place(hand_placing.moving_cups(tools.tool, view, path))
        elif self._is_usable:
            sites = placing.sites_along(view, trail)
            cups = [cup for site in sites for cup in placing.cups_at(self.tools.tool, view, site.x, site.y, site.key)]
            self.place(cups)

    def _pick_mark(self, mark: object) -> None:
        if isinstance(mark, atlas.CupMark | atlas.MovingCup):
            self._writing.choose({mark.number})
            self.tools.show_cups(self._writing.chosen_cups)
        elif isinstance(mark, atlas.NeedleMark) and self.tools.kind == "pairs" and self._is_usable:
            self.hands.touch_needle(mark)
        elif isinstance(mark, atlas.NeedleMark | atlas.HandMark):
            self.hands.choose(mark)

    def _pick_more(self, mark: object) -> None:
        """With Ctrl held, one cup more or less is selected."""
        if isinstance(mark, atlas.CupMark | atlas.MovingCup):
            self._writing.choose(self._writing.chosen ^ {mark.number})
            self.tools.show_cups(self._writing.chosen_cups)
        else:
            self._pick_mark(mark)

    def _shift(self, mark: object, dx: float, dy: float) -> None:
        if self._is_usable:
            self.hands.shift(mark, dx, dy)

    def _menu_for(self, number: int, at: QPoint) -> None:
        if number and number not in self._writing.chosen:
            self._writing.choose([number])
        self.open_menu(at)

    def _move(self, mark: object, x: float, y: float) -> None:
        """A cup that is on the skin does not move on the map either."""
        if not isinstance(mark, atlas.CupMark) or not self._is_usable or atlas.region_at(mark.view, x, y) is None:
            return
        self._writing.choose([mark.number])
        site = placing.site_near(mark.view, x, y)
        cups = [
            placing.moved(cup, x, y, site) if cup.number == mark.number and not cup.on_at else cup
            for cup in self._writing.draft.cups
        ]
        stopped = next((found for cup in cups if cup.number == mark.number and (found := self._barred_at(cup))), None)
        if stopped is not None:
            self._refuse(stopped)
            return
        self._writing.draw(_("move a cup"), cups)

    def _remove(self, _mark: object) -> None:
        if self._is_usable:
            self.remove_chosen()

    def _pick(self, field: str, value: Any) -> None:
        self._show_trail()
        if self._writing.chosen and self._is_usable:
            self.change_chosen(field, value)

    def _refuse(self, barred: Barred) -> None:
        self.canvas.flash(barred.region)
        self.refused.emit(barred.sentence)

    def _say(self, picture: atlas.BodyPicture) -> None:
        cups = ngettext("{count} cup", "{count} cups", picture.cup_count).format(count=picture.cup_count)
        needles = ngettext("{count} needle", "{count} needles", len(picture.needles)).format(count=len(picture.needles))
        view = view_words(self._view)
        self.canvas.setAccessibleName(_("Body map, {view}: {cups}, {needles}").format(view=view, cups=cups, needles=needles))

    # --- what may go where

    def _barred_at(self, cup: CupPlacement) -> Barred | None:
        regions = atlas.regions_along(cup.view, cup.path) if cup.path else (atlas.region_at(cup.view, cup.x, cup.y),)
        keys = {found.region for found in (*regions, atlas.cup_sites().get(cup.site)) if found is not None}
        return next((one for one in self._barred_for(CUPPING) if one.region in keys), None)

    def _warn(self, new: Iterable[CupPlacement]) -> None:
        """Say when a cup lies on a mark that has not faded."""
        for cup in new:
            if (mark := self._unfaded_at(cup)) is not None:
                said = _("A mark of {days} days ago has not faded there yet (usual until day {last}).")
                last = atlas.mark_grades()[mark.grade].latest_days
                self.warned.emit(said.format(days=mark.days, last=last))

    def _unfaded_at(self, cup: CupPlacement) -> FadingCup | None:
        for mark in self._fading:
            reach = (mark.rim_mm + cup.rim_mm) / 2 * UNITS_A_MM
            if mark.view == cup.view and (mark.x - cup.x) ** 2 + (mark.y - cup.y) ** 2 < reach**2:
                return mark
        return None


def _line_of(one: Any) -> tuple[str, str] | None:
    """By what a needle's line is known."""
    return (one.code, one.side) if isinstance(one, NeedlePlacement) else None
