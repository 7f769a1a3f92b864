"""What can go wrong, told apart by who must act.

A problem carries a key, the field it concerns and ids; never a patient's data, so that it may be logged. The
sentence a person reads is made where it is shown (`texts.sentence`), where names may be filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Problem(Exception):
    """Something a person must hear. `key` names the sentence, `details` fill its placeholders (ids, times, counts)."""

    by_guard = False
    """The database refused what the command itself had found in order: somebody was quicker between the two."""

    def __init__(self, key: str, field: str = "", **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.details: Mapping[str, object] = MappingProxyType(details)

    def __repr__(self) -> str:
        where = f", field={self.field!r}" if self.field else ""
        return f"{type(self).__name__}({self.key!r}{where})"


class Refusal(Problem):
    """What was entered cannot stand. Shown under the field; what was typed stays."""


class Denied(Refusal):
    """The person's role does not allow this. The sentence is the same for everything, on purpose."""

    def __init__(self, key: str = "denied", field: str = "", **details: object) -> None:
        super().__init__(key, field, **details)


class NeedsConsent(Problem):
    """A rule that needs a yes. The screen asks and sends the same command again with `key` among the consents.

    `reason_needed` says that the yes must come with a written reason (the consent is then ``key: reason``).
    """

    def __init__(self, key: str, field: str = "", *, reason_needed: bool = False, **details: object) -> None:
        super().__init__(key, field, **details)
        self.reason_needed = reason_needed

    def agreed(self, reason: str = "") -> frozenset[str]:
        """The consent that answers this question."""
        return frozenset({f"{self.key}: {reason}" if reason else self.key})


class Outdated(Problem):
    """Somebody changed it meanwhile; both versions are to be shown."""

    def __init__(self, subject: str, row_id: int, **details: object) -> None:
        super().__init__("outdated", "", **details)
        self.subject = subject
        self.row_id = row_id


class Trouble(Problem):
    """Disk, network or printer. What was typed stays; trying again may help."""


class Cancelled(Problem):
    """A person stopped a long job."""

    def __init__(self) -> None:
        super().__init__("cancelled")


def reason_in(consents: frozenset[str], key: str) -> str | None:
    """The reason given with consent `key`: None when the consent is absent, "" when it came without a reason.

    >>> reason_in(frozenset({"relative: INR seen"}), "relative")
    'INR seen'
    """
    for consent in consents:
        name, _, reason = consent.partition(": ")
        if name == key:
            return reason
    return None
