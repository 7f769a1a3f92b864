"""Every billable ICD-10-CM code with its title, as one long text: 74,000 lines that cost nothing until somebody asks.

The file (`tools/diagnosis_table.py`) is read when a code is first looked for. Two texts of the same length stand beside each
other then: the titles as they are printed, and the same letters folded, in which words are found; a place in one is the
place in the other. No object stands for a line before it is an answer.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pulse_desktop.basics.resources import resource_path

MOST_LOOKED_AT: Final = 200
"""Titles weighed for one list of proposals; the first chapters come first."""

_FOLDED: Final = bytes.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZäçèéôö\t()[]{}-/,;:'\".&+<>%".encode("latin-1"), b"abcdefghijklmnopqrstuvwxyzaceeoo" + b" " * 20)
_EVERYWHERE: Final = frozenset(
    "closed delayed displaced encounter for fracture healing initial left malunion nondisplaced nonunion of open other right routine"
    " sequela subsequent type unspecified with".split()
)
"""Words of thousands of titles: a list is never begun from them while there is another word."""


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The table in memory. `folded` is `text` in small letters, without accents and with blanks for marks."""

    release: str
    in_force: str
    text: str
    folded: str

    def title_of(self, code: str) -> str | None:
        """The title of a billable code with its dot; None for any other."""
        found = next(self._starting(code, 1), None) if code else None
        return found[1] if found and found[0] == code else None

    def below(self, code: str, limit: int) -> tuple[tuple[str, str], ...]:
        """The first codes that begin with this one, with the dot or without; each with its title."""
        wanted = dotted(squeezed(code))
        return tuple(self._starting(wanted, limit)) if wanted else ()

    def having(self, words: Sequence[str], most: int = MOST_LOOKED_AT) -> tuple[tuple[str, str], ...]:
        """Codes in whose titles every word begins a word."""
        if not words or not all(words):
            return ()
        rarest, *others = (f" {word}" for word in sorted(words, key=_rareness, reverse=True))
        if any(self.folded.find(word) < 0 for word in others):
            return ()
        found: list[tuple[str, str]] = []
        at = self.folded.find(rarest)
        while at >= 0 and len(found) < most:
            start, end = self.folded.rfind("\n", 0, at) + 1, self.folded.find("\n", at)
            if all(self.folded.find(word, start, end) >= 0 for word in others):
                found.append(self._line_at(start))
            at = self.folded.find(rarest, end)
        return tuple(found)

    def __len__(self) -> int:
        return self.text.count("\n") - 1

    def lines(self) -> Iterator[tuple[str, str]]:
        """All codes with their titles."""
        for line in self.text.strip("\n").split("\n"):
            code, _tab, title = line.partition("\t")
            yield code, title

    def _starting(self, code: str, limit: int) -> Iterator[tuple[str, str]]:
        start = self._place_of(code)
        while limit > 0 and self.text.startswith(code, start):
            yield self._line_at(start)
            start, limit = self.text.index("\n", start) + 1, limit - 1

    def _place_of(self, code: str) -> int:
        """Where the first line begins that is not before `code`: the lines stand in the order of the codes."""
        low, high = 1, len(self.text)
        while low < high:
            start = self.text.rfind("\n", 0, (low + high) // 2) + 1
            end = self.text.index("\n", start) + 1
            if self._line_at(start)[0] < code:
                low = end
            else:
                high = start
        return low

    def _line_at(self, start: int) -> tuple[str, str]:
        code, _tab, title = self.text[start : self.text.index("\n", start)].partition("\t")
        return code, title


@cache
def code_table() -> CodeTable:
    """The table, read once."""
    whole = gzip.decompress(resource_path("reference/icd10cm.tsv.gz").read_bytes()).decode()
    first = re.search(r"^[^#]", whole, re.MULTILINE)
    assert first is not None
    head = dict(line[2:].split(": ", 1) for line in whole[: first.start()].splitlines())
    text = f"\n{whole[first.start() :]}"
    folded = text.encode("latin-1").translate(_FOLDED).decode("latin-1")
    return CodeTable(head["release"], head["in force from"], text, folded)


def _rareness(word: str) -> tuple[bool, int]:
    return not any(common.startswith(word) for common in _EVERYWHERE), len(word)


def squeezed(code: str) -> str:
    """A typed code without dot and blanks, in capitals."""
    return re.sub(r"[.\s]", "", code).upper()


def dotted(code: str) -> str:
    """A squeezed code as people write it: "M5450" is M54.50."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
