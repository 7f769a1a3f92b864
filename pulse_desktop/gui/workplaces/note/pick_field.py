"""A field of the note with words to pick from: tongue, pulse, adverse events, techniques."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pulse_desktop.basics.texts import _
from pulse_desktop.clinic import atlas
from pulse_desktop.gui.parts.buttons import Link
from pulse_desktop.gui.parts.pickers import Picker
from pulse_desktop.gui.workplaces.note.form_fields import NoteField


class NotePick(NoteField):
    """Words to pick from; the draft holds their keys. `alone` is a key that excludes all others ("none")."""

    def __init__(
        self, name: str, label: str, terms: Sequence[tuple[str, str]], *, most: int = 5, alone: str = ""
    ) -> None:
        self._words = dict(terms)
        self._keys = {word: key for key, word in terms}
        self._alone, self._is_usable = alone, True
        first, rest = [word for _key, word in terms[:most]], [word for _key, word in terms[most:]]
        self.picker = Picker(first, label, more=rest)
        self._more = Link("")
        super().__init__(name, label, self.picker, aside=self._more)
        self.picker.picked.connect(self._tell_pick)
        self.picker.more_changed.connect(self._say_more)
        self._more.clicked.connect(self.picker.show_more)
        self._say_more(len(rest))

    def value(self) -> tuple[str, ...]:
        return tuple(self._keys.get(word, word) for word in self.picker.value)

    def set_value(self, value: Any) -> None:
        words = [self._word(key) for key in value]
        if words != list(self.picker.value):
            self.picker.set_value(words)

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Words that were not chosen are no longer offered."""
        super().set_usable(usable)
        self._is_usable = usable
        self._say_more(self.picker.hidden_count)

    def _word(self, key: str) -> str:
        """A key this version's list does not have is shown as it is."""
        word = self._words.get(key, key.replace("_", " "))
        self._keys.setdefault(word, key)
        return word

    def _tell_pick(self, words: tuple[str, ...]) -> None:
        keys = [self._keys.get(word, word) for word in words]
        if self._alone and self._alone in keys:
            keys = [self._alone] if keys[-1] == self._alone else [key for key in keys if key != self._alone]
            self.picker.set_value([self._word(key) for key in keys])
        self.told.emit(self.name, tuple(keys))

    def _say_more(self, count: int) -> None:
        self._more.set_words(_("{count} more").format(count=count))
        self._more.setAccessibleName(_("{field}: {count} more").format(field=self.label, count=count))
        self._more.setVisible(count > 0 and self._is_usable)


def terms_of(*vocabularies: str, first: Iterable[str] = (), leave: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The terms of vocabularies as (key, words): those named `first` at the front, words that occur twice told apart."""
    known: dict[str, str] = {}
    for name in vocabularies:
        for term in atlas.vocabulary(name):
            if term.key not in leave:
                known.setdefault(term.key, term.word)
    ordered = [key for key in first if key in known] + [key for key in known if key not in set(first)]
    return [(key, known[key]) for key in ordered]
