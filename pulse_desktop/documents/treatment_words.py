"""What was done in a visit, in a patient's words: one row a technique, then when the marks fade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pulse_desktop.clinic.atlas import plural, word
from pulse_desktop.clinic.treatment.aftercare import SheetPlan
from pulse_desktop.documents.lettering import Span
from pulse_desktop.documents.speech import clock, month_day
from pulse_desktop.documents.values import AftercareFacts, Cup
from pulse_desktop.documents.wording import capital, glued, listed, say, spans, tidy, without_brackets

Row = tuple[str, tuple[Span, ...]]
_CUPPING = ("wet_cupping", "fire_cupping", "dry_cupping")
_SUCTION = ("light", "medium", "strong")


def rows_done(facts: AftercareFacts, plan: SheetPlan) -> list[Row]:
    """Label and sentence of each row under "What we did"."""
    return [*_technique_rows(facts), *_mark_rows(facts, plan)]


def _technique_rows(facts: AftercareFacts) -> Iterator[Row]:
    language = facts.language
    cupping = [technique for technique in _CUPPING if technique in facts.techniques]
    if cupping:
        name = "cupping" if cupping == ["dry_cupping"] else cupping[0]
        yield _label(name, language), _cupping_words(facts)
    if "acupuncture" in facts.techniques or facts.needles_in:
        yield _label("acupuncture", language), (Span(_needle_words(facts)),)
    minutes = dict(facts.other_minutes)
    for technique in facts.techniques:
        if technique not in {*_CUPPING, "acupuncture"}:
            said = plural("n_minutes", round(minutes[technique]), language) if technique in minutes else word_today(language)
            yield _label(technique, language), (Span(_sentence(said, language)),)


def word_today(language: str) -> str:
    """"Today": what stands for the minutes nobody noted."""
    return {"en": "Today", "es": "Hoy", "ru": "Сегодня", "zh": "今天已做"}[language]


def _label(technique: str, language: str) -> str:
    return capital(without_brackets(word("modality", technique, language)))


def _cupping_words(facts: AftercareFacts) -> tuple[Span, ...]:
    language = facts.language
    parts = [_places(facts.cups, language), _minutes((cup.minutes for cup in facts.cups), language), _suction(facts.cups, language)]
    told = listed((part for part in parts if part), language)
    off = [cup.off_at for cup in facts.cups if cup.off_at]
    ended = tidy(say("off_at", language, time=clock(max(off), language))) if off else ""
    sentences = [_sentence(told, language) if told else "", ended]
    gap = "" if language == "zh" else " "
    return (Span(gap.join(sentence for sentence in sentences if sentence) or _sentence(word_today(language), language)),)


def _places(cups: Iterable[Cup], language: str) -> str:
    """"6 cups on the low back, 2 cups on the neck"."""
    counts = Counter(cup.region for cup in cups)
    return listed((_place(region, count, language) for region, count in counts.most_common()), language)


def _place(region: str, count: int, language: str) -> str:
    cups = plural("n_cups", count, language)
    if not region:
        return cups
    named = word("body_region", region, language)
    return say("cups_on", language, cups=cups, region=named.lower() if language == "en" else without_brackets(named))


def _minutes(given: Iterable[float | None], language: str) -> str:
    """"8 minutes", "5 to 8 minutes"."""
    known = sorted({round(minutes) for minutes in given if minutes})
    if not known:
        return ""
    if len(known) == 1:
        return plural("n_minutes", known[0], language)
    longest = plural("n_minutes", known[-1], language)
    return longest.replace(str(known[-1]), say("range", language, low=known[0], high=known[-1]), 1)


def _suction(cups: Iterable[Cup], language: str) -> str:
    used = [level for level in _SUCTION if any(cup.suction == level for cup in cups)]
    if not used:
        return ""
    named = [word("suction_level", level, language).lower() for level in used]
    said = named[0] if len(named) == 1 else say("range", language, low=named[0], high=named[-1])
    return say("suction", language, suction=said)


def _needle_words(facts: AftercareFacts) -> str:
    language = facts.language
    count = facts.needles_in if facts.needles_in is not None else len(facts.needles)
    parts = [plural("n_needles", count, language)] if count else []
    if facts.needle_minutes:
        parts.append(say("retained", language, minutes=plural("n_minutes", round(facts.needle_minutes), language)))
    said = _sentence(listed(parts, language) or word_today(language), language)
    if facts.needles_in is None or facts.needles_out is None:
        return said
    gap = "" if language == "zh" else " "
    return said + gap + glued(say("counted", language, **{"in": facts.needles_in, "out": facts.needles_out}))


def _mark_rows(facts: AftercareFacts, plan: SheetPlan) -> Iterator[Row]:
    language = facts.language
    said: list[tuple[Span, ...]] = []
    if plan.marks_fade:
        first, last = (month_day(day, language, short=True) for day in plan.marks_fade)
        is_soon = plan.marks_fade[0] <= plan.counted_from.date()
        said.append(spans("marks_by", language, last=last) if is_soon else spans("marks_between", language, first=first, last=last))
    elif facts.cups and all(cup.grade == 0 for cup in facts.cups):
        said.append(spans("no_marks", language))
    if plan.streaks_fade:
        said.append(spans("streaks_by", language, last=month_day(plan.streaks_fade[1], language, short=True)))
    if said:
        gap = () if language == "zh" else (Span(" "),)
        yield say("your_marks", language), tuple(span for at, piece in enumerate(said) for span in ((gap if at else ()) + piece))


def _sentence(text: str, language: str) -> str:
    """With its full stop and a capital letter."""
    return glued(tidy(capital(text) + say("stop", language).strip()))
