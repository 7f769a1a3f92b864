"""The next step of a visit: what Enter says and does, and which room is proposed."""

from __future__ import annotations

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.boards.values import TodayCard
from pulse_desktop.clinic.practice.values import PracticeData, Room
from pulse_desktop.clinic.schedule.values import STANDING, Progress, State, VisitLine
from pulse_desktop.gui.parts.desk_parts import DeskParts

_IN_A_ROOM = frozenset({Progress.IN_ROOM, Progress.CUPS_ON})


def proposed_room(card: TodayCard, cards: tuple[TodayCard, ...], data: PracticeData) -> Room | None:
    """The room it was booked for while that is free, else the first free one of the office."""
    rooms = [room for room in data.rooms if room.office_id == card.visit.office_id and room.active]
    taken = taken_rooms(card, cards, data)
    booked = next((room for room in rooms if room.id == card.visit.room_id and room.id not in taken), None)
    return booked or next((room for room in rooms if room.id not in taken), None)


def taken_rooms(card: TodayCard, cards: tuple[TodayCard, ...], data: PracticeData) -> frozenset[int]:
    """Rooms in which somebody else is right now, and those promised to others in this visit's time."""
    cleaning = {room.id: (room.setup_minutes, room.cleanup_minutes) for room in data.rooms}
    found: set[int] = set()
    for visit in (other.visit for other in cards if other.visit.id != card.visit.id):
        if visit.room_id is None or visit.room_id in found:
            continue
        if visit.progress in _IN_A_ROOM or _in_the_way(card.visit, visit, *cleaning[visit.room_id]):
            found.add(visit.room_id)
    return frozenset(found)


def _in_the_way(mine: VisitLine, other: VisitLine, setup: int, cleanup: int) -> bool:
    """Whether `other` holds its room while `mine` would need it. The room `mine` is booked for is its own."""
    between = setup + cleanup
    if other.minute >= mine.minute + mine.minutes + between or mine.minute >= other.minute + other.minutes + between:
        return False
    holds = other.state in STANDING and other.progress != Progress.LEFT and not other.squeeze_in and not mine.squeeze_in
    return holds and other.room_id != mine.room_id


def is_over(card: TodayCard) -> bool:
    """Nothing more happens with this visit today."""
    return card.visit.state == State.NO_SHOW or card.visit.progress in {Progress.DONE, Progress.LEFT}


def step_words(card: TodayCard, cards: tuple[TodayCard, ...], parts: DeskParts) -> str:
    """What Enter does with this card: "Arrived", "To Room 6", "Check out"; "" when it does nothing for this person."""
    if is_over(card):
        return _sign_words(card, parts)
    if card.timer is not None:
        return _("Open the note") if parts.may("write_note") else ""
    if card.next_step == Progress.IN_ROOM:
        return _room_words(card, cards, parts)
    words = {Progress.ARRIVED: _("Arrived"), Progress.CHECKING_OUT: _("To check-out"), Progress.DONE: _("Check out")}
    return words.get(card.next_step, "") if card.next_step is not None else ""


def _room_words(card: TodayCard, cards: tuple[TodayCard, ...], parts: DeskParts) -> str:
    room = proposed_room(card, cards, parts.practice.data)
    return _("To {room}").format(room=room.name) if room is not None else _("Choose a room")


def _sign_words(card: TodayCard, parts: DeskParts) -> str:
    is_mine = card.visit.staff_id == parts.person.staff_id
    return _("Sign the note") if card.note_state == "draft" and is_mine and parts.may("sign_note") else ""
