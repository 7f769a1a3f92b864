"""Fields of the score panel: one for each way a measure is asked. All answer with `Asked`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic.atlas.measures import Measure, Question, written
from pulse_desktop.clinic.treatment.values import Answer
from pulse_desktop.gui.forms.fields import ChoiceField, Field, LineEdit
from pulse_desktop.gui.forms.typed_fields import TypedField
from pulse_desktop.gui.parts.labels import Label, Paragraph
from pulse_desktop.gui.parts.pain_scale import CELLS, PainScale

_LONGEST: Final = 100
_NUMBER: Final = re.compile(r"([+-]?)(\d{1,4})(?:[.,](\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered: answers in our words, or a score counted on the measure's own form."""

    answers: tuple[Answer, ...] = ()
    score_tenths: int | None = None


def field_for(measure: Measure) -> Field:
    """The field in which a measure is answered."""
    if not measure.has_questions:
        return ScoreField(measure)
    question = measure.questions[0]
    if measure.activities:
        return ActivitiesField(question, *measure.activities)
    if question.answers:
        return WordsField(question)
    if (question.lowest, question.highest) == (0, CELLS - 1):
        return ScaleField(question)
    return LengthField(question, measure)


def read_tenths(text: str) -> int:
    """A score as people write it ("7", "3.3", "-1") in tenths. Raises ValueError with a sentence."""
    found = _NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if found is None:
        raise ValueError(_("Write a number like 18 or 43.2."))
    tenths = int(found[2]) * 10 + int(found[3] or 0)
    return -tenths if found[1] == "-" else tenths


class ScoreField(TypedField):
    """A score as the measure's own form counts it."""

    def __init__(self, measure: Measure) -> None:
        aside = Label(_("as counted on the measure’s own form"), "secondary", "ink-soft")
        super().__init__(_("Score"), read_tenths, written, hint=measure.range_words, required=True, aside=aside)

    def value(self) -> Asked:
        return Asked(score_tenths=super().value())

    def set_value(self, value: Any) -> None:
        tenths = value.score_tenths if isinstance(value, Asked) else value
        super().set_value(tenths)

    def _tidy(self) -> None:
        """The number stays as it was typed."""


class LengthField(ScoreField):
    """A length on a line of so many mm, asked as a question."""

    def __init__(self, question: Question, measure: Measure) -> None:
        TypedField.__init__(self, question.words, read_tenths, written, hint=_("{range} mm").format(range=measure.range_words), required=True)


class ScaleField(Field):
    """A question answered from 0 to 10."""

    def __init__(self, question: Question) -> None:
        self.scale = PainScale(question.words)
        super().__init__("", _with_ends(self.scale, question), required=True)
        self.control.setFocusProxy(self.scale)
        self.scale.changed.connect(self._tell)

    def value(self) -> Asked:
        return Asked(() if self.scale.value is None else (Answer(self.scale.value),))

    def is_empty(self) -> bool:
        return self.scale.value is None

    def set_value(self, value: Any) -> None:
        self.scale.set_value(value.answers[0].score if value.answers else None)

    def refuse(self, sentence: str) -> None:
        super().refuse(_("Answer the question: a number from 0 to 10.") if self.is_empty() else sentence)
        self.scale.setFocus()


class WordsField(ChoiceField):
    """A question whose answers are words."""

    def __init__(self, question: Question) -> None:
        numbered = list(zip(range(question.lowest, question.highest + 1), question.answers, strict=True))
        choices: list[tuple[Any, str]] = [(None, _("Choose an answer")), *reversed([(score, _(words)) for score, words in numbered])]
        super().__init__(question.words, choices, required=True)

    def value(self) -> Asked:
        return Asked(() if self.choice.value is None else (Answer(self.choice.value),))

    def is_empty(self) -> bool:
        return self.choice.value is None

    def set_value(self, value: Any) -> None:
        self.choice.choose(value.answers[0].score if value.answers else None)


class ActivitiesField(Field):
    """Activities the patient names, each answered from 0 to 10."""

    def __init__(self, question: Question, least: int, most: int) -> None:
        self._least = least
        self.rows = [_Activity(number) for number in range(1, most + 1)]
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ask = _("Name {least} to {most} things that are hard for you now. {question}")
        column.addWidget(Paragraph(ask.format(least=least, most=most, question=question.words)))
        column.addWidget(Paragraph(_ends(question), "secondary", "ink-soft"))
        for row in self.rows:
            column.addWidget(row)
            row.edit.textEdited.connect(self._tell)
            row.scale.changed.connect(self._tell)
        super().__init__("", box, required=True)
        box.setFocusProxy(self.rows[0].edit)

    def name_activities(self, names: Sequence[str]) -> None:
        """The same activities are asked about again."""
        for row, words in zip(self.rows, names, strict=False):
            row.edit.setText(words)

    def value(self) -> Asked:
        """Raises ValueError when an activity has no answer, an answer no activity, or too few were named."""
        filled = [(row.edit.text().strip(), row.scale.value) for row in self.rows]
        found = [(words, score) for words, score in filled if words or score is not None]
        if any(not words for words, _score in found):
            raise ValueError(_("Name the activity beside each answer, in the patient’s own words."))
        if any(score is None for _words, score in found):
            raise ValueError(_("Answer from 0 to 10 for each activity named."))
        if len(found) < self._least:
            raise ValueError(_("At least {count} activities are needed.").format(count=self._least))
        return Asked(tuple(Answer(score or 0, words) for words, score in found))

    def is_empty(self) -> bool:
        return False

    def set_value(self, value: Any) -> None:
        for row, answer in zip(self.rows, value.answers, strict=False):
            row.edit.setText(answer.words)
            row.scale.set_value(answer.score)


class _Activity(QWidget):
    """One activity: what it is, and how well it goes."""

    def __init__(self, number: int) -> None:
        super().__init__()
        name = _("Activity {number}").format(number=number)
        self.edit = LineEdit(name, longest=_LONGEST)
        self.edit.setAccessibleName(name)
        self.scale = PainScale(_("Activity {number}, how well it goes").format(number=number))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.scale)


def _ends(question: Question) -> str:
    return _("{lowest}: {low}. {highest}: {high}.").format(
        lowest=question.lowest, low=question.low, highest=question.highest, high=question.high
    )


def _with_ends(scale: PainScale, question: Question) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(Paragraph(question.words))
    column.addWidget(scale)
    column.addWidget(Paragraph(_ends(question), "secondary", "ink-soft"))
    return box
