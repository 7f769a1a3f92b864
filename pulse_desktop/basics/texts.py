"""The program's words: gettext for every sentence, and the sentences of problems.

English stands in the source. A rule's module registers the sentences of its problems beside the rule; the screen
asks `sentence(problem, names)` and fills in names there, so exceptions hold no patient data.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Mapping

from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.resources import resource_path

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_sentences: dict[str, str] = {}


def use_language(language: str) -> None:
    """Speak `language` (a code such as "es") from now on; English where a translation is missing."""
    global _catalogue  # noqa: PLW0603 - one program speaks one language at a time
    _catalogue = _gettext.translation("pulse", str(resource_path("translations")), [language], fallback=True)


def _(text: str) -> str:
    """`text` in the language of the program."""
    return _catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a counted sentence that fits `count`."""
    return _catalogue.ngettext(one, many, count)


def N_(text: str) -> str:  # gettext's own name for "translate later"
    """Marks `text` for translation where it stands; it is translated where it is shown."""
    return text


def register_sentences(sentences: Mapping[str, str]) -> None:
    """Give problems their sentences: key to template with {placeholders}. One key, one sentence in the whole program."""
    for key, template in sentences.items():
        known = _sentences.setdefault(key, template)
        if known != template:
            message = f"two sentences for the problem {key!r}"
            raise ValueError(message)


def registered_sentences() -> Mapping[str, str]:
    """All sentences known so far (the catalogue test reads them)."""
    return _sentences


class _Names(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(problem: Problem, names: Mapping[str, object] | None = None) -> str:
    """The sentence for `problem`; `names` fills placeholders that only the screen may know (patient, person)."""
    template = _sentences.get(problem.key)
    if template is None:
        return _("That did not work. Nothing was changed; what you typed is still here. ({key})").format(
            key=problem.key
        )
    return _(template).format_map(_Names({**problem.details, **(names or {})}))


register_sentences(
    {
        "denied": N_("Your role does not allow this. Nothing was changed."),
        "outdated": N_(
            "Somebody changed this while you were working. Nothing of yours was lost: look at both versions."
        ),
        "cancelled": N_("Stopped. What was finished before stays."),
        "disk_full": N_(
            "The disk is full. Nothing was saved just now; what you typed is still here. Free some space and try again."
        ),
        "disk_trouble": N_(
            "The disk did not answer properly. Nothing was saved just now; what you typed is still here. Try again."
        ),
        "busy": N_("Another program is using the clinic's file. Nothing was saved just now. Try again in a moment."),
    }
)
