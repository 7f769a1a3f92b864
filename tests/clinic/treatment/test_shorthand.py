"""Phrases, point groups and favourite codes belong to one person, can be taken back, and hold what can be used."""

from __future__ import annotations

from typing import Any

import pytest

from pulse_desktop.basics.problems import Denied, Outdated, Refusal
from pulse_desktop.basics.texts import sentence
from pulse_desktop.clinic import treatment
from pulse_desktop.clinic.treatment.shorthand import GroupDraft, PhraseDraft, Shorthand
from pulse_desktop.storage.permissions import Role
from pulse_desktop.storage.undo import TakeBack, take_back
from tests.builders import TestClinic
from tests.builders_treatment import okafor_signs_in
from tests.house.watching import becomes


def mine(clinic: TestClinic) -> Shorthand:
    return clinic.door.look(treatment.my_shorthand)


def phrases(clinic: TestClinic) -> dict[str, str]:
    return {one.short: one.text for one in mine(clinic).phrases}


def refused(clinic: TestClinic, command: Any, value: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        clinic.door.do(command, value)
    assert sentence(caught.value)
    return caught.value


def test_a_phrase_is_kept_changed_removed_and_taken_back(clinic: TestClinic) -> None:
    assert mine(clinic) == Shorthand()
    added = clinic.door.do(treatment.save_phrase, PhraseDraft(".lbp", "Low back pain | since\ntwo weeks"))
    assert phrases(clinic) == {".lbp": "Low back pain | since\ntwo weeks"}
    changed = clinic.door.do(treatment.save_phrase, PhraseDraft(".lbp", "Other words", added.answer, 1))
    assert phrases(clinic) == {".lbp": "Other words"}
    clinic.door.do(take_back, TakeBack(changed.operation))
    assert phrases(clinic)[".lbp"].startswith("Low back")
    removed = clinic.door.do(treatment.remove_phrase, added.answer)
    assert phrases(clinic) == {}
    clinic.door.do(treatment.save_phrase, PhraseDraft(".lbp", "Anew"))
    assert phrases(clinic) == {".lbp": "Anew"}
    clinic.door.do(take_back, TakeBack(removed.operation))
    assert len(mine(clinic).phrases) == 2


def test_an_added_phrase_can_be_taken_back_and_an_old_version_changes_nothing(clinic: TestClinic) -> None:
    done = clinic.door.do(treatment.save_phrase, PhraseDraft("rom", "Range of motion"))
    with pytest.raises(Outdated):
        clinic.door.do(treatment.save_phrase, PhraseDraft("rom", "Other", done.answer, 7))
    clinic.door.do(take_back, TakeBack(done.operation))
    assert phrases(clinic) == {}


@pytest.mark.parametrize(
    ("draft", "key", "field"),
    [
        (PhraseDraft(" ", "x"), "phrase_short_missing", "short"), (PhraseDraft("low back", "x"), "phrase_short_blank", "short"),
        (PhraseDraft("a|b", "x"), "phrase_short_blank", "short"), (PhraseDraft(".x", " | "), "phrase_text_missing", "text"),
        (PhraseDraft("x" * 25, "x"), "entry_too_long", "short"), (PhraseDraft(".there", "x"), "phrase_twice", "short"),
    ],
)  # fmt: skip
def test_a_phrase_that_could_not_be_used_is_refused_under_its_field(clinic: TestClinic, draft: PhraseDraft, key: str, field: str) -> None:
    clinic.door.do(treatment.save_phrase, PhraseDraft(".there", "already"))
    problem = refused(clinic, treatment.save_phrase, draft)
    assert (problem.key, problem.field) == (key, field)
    assert phrases(clinic) == {".there": "already"}


def test_groups_hold_points_that_can_be_read(clinic: TestClinic) -> None:
    group = clinic.door.do(treatment.save_group, GroupDraft("4 gates", "li4 b, lr3 b")).answer
    assert [(one.name, one.points) for one in mine(clinic).groups] == [("4 gates", "li4 b, lr3 b")]
    for draft, key, field in (
        (GroupDraft("4 Gates", "st36"), "group_twice", "name"), (GroupDraft("", "st36"), "group_name_missing", "name"),
        (GroupDraft("st36", "sp6"), "group_name_is_point", "name"), (GroupDraft("a, b", "sp6"), "group_name_comma", "name"),
        (GroupDraft("Calm", ""), "group_points_missing", "points"), (GroupDraft("Calm", "zz9"), "point_not_understood", "points"),
    ):  # fmt: skip
        problem = refused(clinic, treatment.save_group, draft)
        assert (problem.key, problem.field) == (key, field)
    clinic.door.do(treatment.save_group, GroupDraft("Four gates", "li4, lr3", group, 1))
    done = clinic.door.do(treatment.remove_group, group)
    assert mine(clinic).groups == ()
    clinic.door.do(take_back, TakeBack(done.operation))
    assert [one.name for one in mine(clinic).groups] == ["Four gates"]


def test_a_favourite_is_a_billable_code_and_stands_once(clinic: TestClinic) -> None:
    first = clinic.door.do(treatment.add_favourite, "m5450").answer
    assert clinic.door.do(treatment.add_favourite, "M54.50").answer == first
    assert [(one.code, one.title) for one in mine(clinic).favourites] == [("M54.50", "Low back pain, unspecified")]
    assert refused(clinic, treatment.add_favourite, "M54.5").details == {"code": "M54.5"}
    done = clinic.door.do(treatment.remove_favourite, "M54.50")
    clinic.door.do(treatment.remove_favourite, "M54.50")
    assert mine(clinic).favourites == ()
    assert clinic.door.do(treatment.add_favourite, "M54.50").answer == first
    with pytest.raises(Refusal):
        clinic.door.do(take_back, TakeBack(done.operation))  # it was starred again since


def test_anothers_shorthand_is_neither_seen_nor_touched(clinic: TestClinic) -> None:
    phrase = clinic.door.do(treatment.save_phrase, PhraseDraft(".lbp", "Mine")).answer
    group = clinic.door.do(treatment.save_group, GroupDraft("4 gates", "li4 b, lr3 b")).answer
    clinic.door.do(treatment.add_favourite, "M54.50")
    before = mine(clinic)
    okafor = okafor_signs_in(clinic)
    assert okafor.look(treatment.my_shorthand) == Shorthand()
    okafor.do(treatment.save_phrase, PhraseDraft(".lbp", "Hers"))
    okafor.do(treatment.remove_favourite, "M54.50")
    acts: tuple[tuple[Any, object], ...] = (
        (treatment.save_phrase, PhraseDraft(".mine", "Not hers", phrase, 1)), (treatment.remove_phrase, phrase),
        (treatment.save_group, GroupDraft("Other", "st36", group, 1)), (treatment.remove_group, group),
    )  # fmt: skip
    for command, value in acts:
        with pytest.raises(Refusal):
            okafor.do(command, value)
    clinic.signs_in("Lin Hua")
    assert mine(clinic) == before


def test_the_desk_has_no_shorthand(clinic: TestClinic) -> None:
    becomes(clinic, Role.FRONT_DESK)
    with pytest.raises(Denied):
        clinic.door.look(treatment.my_shorthand)
    with pytest.raises(Denied):
        clinic.door.do(treatment.save_phrase, PhraseDraft(".lbp", "x"))
