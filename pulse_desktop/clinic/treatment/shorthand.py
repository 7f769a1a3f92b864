"""A practitioner's own shorthand: phrases that expand, point groups with a name, favourite codes. Nobody else's is ever seen.

A phrase is typed as its abbreviation; `|` in its words says where the cursor goes. What is removed stays as a row that is not
active, so that it can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from pulse_desktop.basics.entries import clean_line, clean_text, needed_line
from pulse_desktop.basics.names import fold
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic import atlas
from pulse_desktop.clinic.treatment.point_typing import points_typed
from pulse_desktop.clinic.treatment.tables import FavouriteCodeRow, PhraseRow, PointGroupRow
from pulse_desktop.storage.context import Context
from pulse_desktop.storage.permissions import Permission
from pulse_desktop.storage.registry import command, query
from pulse_desktop.storage.tables import table_of

LONGEST_SHORT: Final = 24
LONGEST_NAME: Final = 40
LONGEST_PHRASE: Final = 2_000
CURSOR: Final = "|"
"""Where the cursor stands once a phrase is expanded."""

_PHRASES, _GROUPS, _CODES = table_of(PhraseRow), table_of(PointGroupRow), table_of(FavouriteCodeRow)
_MY_PHRASES = select(_PHRASES).where(_PHRASES.c.staff_id == bindparam("staff"), _PHRASES.c.active).order_by(_PHRASES.c.short)
_MY_GROUPS = select(_GROUPS).where(_GROUPS.c.staff_id == bindparam("staff"), _GROUPS.c.active).order_by(_GROUPS.c.name)
_MY_CODES = select(_CODES).where(_CODES.c.staff_id == bindparam("staff"), _CODES.c.active).order_by(_CODES.c.id)
_MY_CODE = select(_CODES.c.id, _CODES.c.version, _CODES.c.active).where(_CODES.c.staff_id == bindparam("staff"), _CODES.c.code == bindparam("code"))
MADE_READY = (_MY_PHRASES, _MY_GROUPS, _MY_CODES, _MY_CODE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An abbreviation and its words."""

    id: int
    version: int
    short: str
    text: str


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points under one name, as they are typed."""

    id: int
    version: int
    name: str
    points: str


@dataclass(frozen=True, slots=True)
class FavouriteCode:
    """A code at hand, with its title; the title is "" when the release in use does not know it any more."""

    id: int
    version: int
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Shorthand:
    """All of one practitioner's shorthand."""

    phrases: tuple[Phrase, ...] = ()
    groups: tuple[PointGroup, ...] = ()
    favourites: tuple[FavouriteCode, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseDraft:
    """A phrase to keep: a new one without `id`."""

    short: str
    text: str
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A point group to keep: a new one without `id`."""

    name: str
    points: str
    id: int | None = None
    version: int = 0


@query(needs=Permission.WRITE_NOTE)
def my_shorthand(context: Context) -> Shorthand:
    """Phrases, point groups and favourite codes of whoever asks. Reads the table of codes, so that typing need not wait for it."""
    staff = context.actor.staff_id
    with context.together() as asks:
        phrases, groups, codes = (asks(_rows, context, statement, staff) for statement in (_MY_PHRASES, _MY_GROUPS, _MY_CODES))
    table = atlas.code_table()
    return Shorthand(
        tuple(Phrase(row.id, row.version, row.short, row.text) for row in phrases.answer),
        tuple(PointGroup(row.id, row.version, row.name, row.points) for row in groups.answer),
        tuple(FavouriteCode(row.id, row.version, row.code, table.title_of(row.code) or "") for row in codes.answer),
    )


@command(needs=Permission.WRITE_NOTE, audit="shorthand.phrase", undo="restore")
def save_phrase(context: Context, draft: PhraseDraft) -> int:
    """Adds or changes a phrase of one's own. Raises Refusal under "short" or "text", Outdated."""
    short = needed_line(draft.short, "short", "phrase_short_missing", LONGEST_SHORT)
    if " " in short or CURSOR in short:
        raise Refusal("phrase_short_blank", "short")
    text = clean_text(draft.text, "text", LONGEST_PHRASE)
    if not text.replace(CURSOR, "").strip():
        raise Refusal("phrase_text_missing", "text")
    mine = _rows(context, _MY_PHRASES, context.actor.staff_id)
    if any(row.short == short and row.id != draft.id for row in mine):
        raise Refusal("phrase_twice", "short", short=short)
    return _save(context, PhraseRow, draft.id, draft.version, mine, short=short, text=text)


@command(needs=Permission.WRITE_NOTE, audit="shorthand.remove_phrase", undo="restore")
def remove_phrase(context: Context, phrase_id: int) -> None:
    """Takes a phrase of one's own away. Raises Refusal."""
    _put_away(context, PhraseRow, phrase_id, _rows(context, _MY_PHRASES, context.actor.staff_id))


@command(needs=Permission.WRITE_NOTE, audit="shorthand.group", undo="restore")
def save_group(context: Context, draft: GroupDraft) -> int:
    """Adds or changes a point group of one's own. Raises Refusal under "name" or "points", Outdated."""
    name = needed_line(draft.name, "name", "group_name_missing", LONGEST_NAME)
    points = clean_line(draft.points, "points", LONGEST_PHRASE)
    _check_group(name, points)
    mine = _rows(context, _MY_GROUPS, context.actor.staff_id)
    if any(fold(row.name) == fold(name) and row.id != draft.id for row in mine):
        raise Refusal("group_twice", "name", name=name)
    return _save(context, PointGroupRow, draft.id, draft.version, mine, name=name, points=points)


def _check_group(name: str, points: str) -> None:
    """A name that would be read as a point or hold a comma could never be typed."""
    if any(letter in name for letter in ",;"):
        raise Refusal("group_name_comma", "name")
    try:
        points_typed(name)
    except Refusal:
        pass
    else:
        raise Refusal("group_name_is_point", "name", name=name)
    if not points:
        raise Refusal("group_points_missing", "points")
    try:
        points_typed(points)
    except Refusal as problem:
        raise Refusal(problem.key, "points", **problem.details) from None


@command(needs=Permission.WRITE_NOTE, audit="shorthand.remove_group", undo="restore")
def remove_group(context: Context, group_id: int) -> None:
    """Takes a point group of one's own away. Raises Refusal."""
    _put_away(context, PointGroupRow, group_id, _rows(context, _MY_GROUPS, context.actor.staff_id))


@command(needs=Permission.WRITE_NOTE, audit="shorthand.favourite", undo="restore")
def add_favourite(context: Context, code: str) -> int:
    """Keeps a billable code at hand; nothing when it is there already. Raises Refusal("code_not_billable", "code")."""
    found = atlas.find_diagnosis(code)
    if found is None:
        raise Refusal("code_not_billable", "code", code=clean_line(code, "code").upper())
    staff = context.actor.staff_id
    known = context.read(_MY_CODE, staff=staff, code=found.code).one_or_none()
    if known is None:
        return context.insert(FavouriteCodeRow, staff_id=staff, code=found.code, active=True)
    if not known.active:
        context.update(FavouriteCodeRow, known.id, known.version, active=True)
    return int(known.id)


@command(needs=Permission.WRITE_NOTE, audit="shorthand.remove_favourite", undo="restore")
def remove_favourite(context: Context, code: str) -> None:
    """Takes a code from one's favourites; nothing when it is none."""
    known = context.read(_MY_CODE, staff=context.actor.staff_id, code=code).one_or_none()
    if known is not None and known.active:
        context.update(FavouriteCodeRow, known.id, known.version, active=False)


def _rows(context: Context, statement: Select[*tuple[Any, ...]], staff: int) -> Sequence[Any]:
    return context.read(statement, staff=staff).all()


def _save(context: Context, kind: type[Any], row_id: int | None, version: int, mine: Sequence[Any], **values: Any) -> int:
    if row_id is None:
        return context.insert(kind, staff_id=context.actor.staff_id, active=True, **values)
    _own(row_id, mine)
    context.update(kind, row_id, version, **values)
    return row_id


def _put_away(context: Context, kind: type[Any], row_id: int, mine: Sequence[Any]) -> None:
    context.update(kind, row_id, _own(row_id, mine).version, active=False)


def _own(row_id: int, mine: Sequence[Any]) -> Any:
    """The row among one's own. Raises Refusal("not_there"), also for somebody else's: whether there is one is nobody's business."""
    found = next((row for row in mine if row.id == row_id), None)
    if found is None:
        raise Refusal("not_there")
    return found


register_sentences(
    {
        "phrase_short_missing": N_("Type the abbreviation."),
        "phrase_short_blank": N_("An abbreviation is one word, without blanks or |."),
        "phrase_text_missing": N_("Type the words it stands for."),
        "phrase_twice": N_("You have “{short}” already. Change that one, or choose another abbreviation."),
        "group_name_missing": N_("Name the group."),
        "group_name_comma": N_("A comma parts points when you type them: leave it out of the name."),
        "group_name_is_point": N_("“{name}” is a point already. Give the group another name."),
        "group_points_missing": N_("Type the points, like li4 b, lr3 b."),
        "group_twice": N_("You have a group “{name}” already. Change that one, or choose another name."),
        "code_not_billable": N_("{code} is not a billable code of this release."),
    }
)
