"""The words of papers in the patients' languages: our own labels and short sentences, filled in and set in spans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from pulse_desktop.clinic.atlas.reading import LANGUAGES, contents
from pulse_desktop.clinic.atlas.wording import plural_form
from pulse_desktop.documents.lettering import Span
from pulse_desktop.documents.speech import month_day, month_day_year, state_name
from pulse_desktop.documents.values import Practitioner, Sessions

_NEAR = timedelta(days=300)
"""A date nearer than this needs no year in English: nobody takes it for another year's."""


def say(key: str, language: str, **values: object) -> str:
    """One of the papers' own words or sentences in a language. KeyError for an unknown key or language."""
    text = _text(key, language).replace("**", "")
    return tidy(text.format_map(values)) if values else text


def spans(key: str, language: str, **values: object) -> tuple[Span, ...]:
    """The same as spans; what stands between ** is bold. Values can't bring marks of their own."""
    pieces = _text(key, language).split("**")
    return tuple(Span(piece.format_map(values), bold=bool(at % 2)) for at, piece in enumerate(pieces) if piece)


def _text(key: str, language: str) -> str:
    words: list[str] = contents("reference/paper_words")["words"][key]
    return dict(zip(LANGUAGES, words, strict=True))[language]


def tidy(text: str) -> str:
    """One full stop where an abbreviation ends the sentence ("a las 10:44 a. m.")."""
    return text.replace("..", ".")


def glued(text: str) -> str:
    """A number never breaks off from the word it counts."""
    return re.sub(r"(?<=\d) (?=\w)", "\N{NO-BREAK SPACE}", text)


def listed(parts: Iterable[str], language: str) -> str:
    """Parts with the language's comma between."""
    return say("comma", language).join(parts)


def capital(text: str) -> str:
    """The first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def without_brackets(text: str) -> str:
    """A term without its explanation in brackets ("tuina (masaje chino)" is "tuina")."""
    return text.split(" (", maxsplit=1)[0].split("（", maxsplit=1)[0]


def sessions_sentence(sessions: Sessions, language: str) -> str:
    """"3 used, 1 booked, 6 left" in the patient's language."""
    counts = {"used": sessions.used, "booked": sessions.booked, "left": sessions.left}
    said = {name: _counted(name, count, language) for name, count in counts.items()}
    return capital(say("sessions", language, **said))


def _counted(name: str, count: int, language: str) -> str:
    forms = contents("reference/paper_words")["counted"][name].get(language)
    return forms[plural_form(count, language)].format(n=count) if forms else str(count)


def good_through(sessions: Sessions, today: date, language: str) -> str:
    """"through Mar 31 (that day counts)"; the year where the day is far off."""
    day = sessions.good_through
    if day is None:
        return say("no_expiry", language)
    near = language != "zh" and day - today < _NEAR
    named = month_day(day, language, short=True) if near else month_day_year(day, language)
    return say("good_through", language, date=named)


def practitioner_words(practitioner: Practitioner, language: str) -> str:
    """"Lin Hua, L.Ac., New Jersey license 00412"."""
    parts = [practitioner.name, practitioner.credentials]
    if practitioner.licence_number:
        state = state_name(practitioner.licence_state, language)
        parts.append(say("licence", language, state=state, number=practitioner.licence_number))
    name = ", ".join(part for part in parts[:2] if part)
    return listed([name, *parts[2:]], language)
