"""Rules of packages: what is saved, what may be used, until when, which one first. Pure functions of values."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from pulse_desktop.basics.cents import share_out
from pulse_desktop.basics.entries import needed_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.packages.values import Cover, OfferDraft, PackageLine

register_sentences(
    {
        "package_unnamed": N_("Give the package a name."),
        "package_sessions": N_("A package holds between 1 and 200 sessions."),
        "package_price": N_("The price is between $0.00 and $100,000.00."),
        "package_covers": N_("Say which service a session pays for."),
        "package_months": N_("A package is good for 1 to 120 months, or without end."),
        "package_over": N_("This package cannot be used: no session is left, or it has ended. Nothing was changed."),
        "package_unpaid": N_("The sessions paid for so far are used or booked. Take a payment for the package first. Nothing was changed."),
        "package_other_patient": N_("This package belongs to another patient. Nothing was changed."),
        "package_does_not_fit": N_("This package does not cover what the visit is for. Nothing was changed."),
        "session_held": N_("A session of a package is already kept for this visit."),
    }
)


def check_offer(draft: OfferDraft) -> None:
    """Raise Refusal for what cannot stand on a price list."""
    needed_line(draft.name, "name", "package_unnamed")
    if not 1 <= draft.sessions <= 200:
        raise Refusal("package_sessions", "sessions")
    if not 0 <= draft.price_cents <= 10_000_000:
        raise Refusal("package_price", "price_cents")
    if not any(cover.uses_session and cover.price_cents == 0 for cover in draft.covers):
        raise Refusal("package_covers", "covers")
    if draft.good_months is not None and not 1 <= draft.good_months <= 120:
        raise Refusal("package_months", "good_months")


def single_price(sessions: int, covers: Iterable[Cover], prices: Mapping[int, int]) -> int:
    """Cents its sessions would cost one by one: the cheapest service a session pays for, plus add-ons that come free."""
    covers = tuple(covers)
    mains = [prices.get(cover.service_id, 0) for cover in covers if cover.uses_session and cover.price_cents == 0]
    free = sum(prices.get(cover.service_id, 0) for cover in covers if not cover.uses_session and cover.price_cents == 0)
    return sessions * (min(mains, default=0) + free)


def last_day(sold_on: date, good_months: int | None) -> date | None:
    """The last day that counts: so many months on, at most to that month's end. None is without end."""
    if good_months is None:
        return None
    years, month = divmod(sold_on.month - 1 + good_months, 12)
    year, month = sold_on.year + years, month + 1
    return date(year, month, min(sold_on.day, monthrange(year, month)[1]))


def sessions_paid_for(sessions: int, price_cents: int, paid_cents: int) -> int:
    """How many sessions the payments so far cover; never more than the share paid."""
    if price_cents <= 0 or paid_cents >= price_cents:
        return sessions
    return max(0, sessions * paid_cents // price_cents)


def usable_now(package: PackageLine) -> int:
    """Sessions that may still be used or booked today: left, and paid for."""
    paid_for = sessions_paid_for(package.sessions, package.price_cents, package.paid_cents)
    return max(0, min(package.left, paid_for - package.used - package.held - package.forfeited))


def session_values(price_cents: int, sessions: int) -> list[int]:
    """What each session of a package is worth, first to last, in cents that add up to its price exactly."""
    return share_out(price_cents, [1] * sessions) if sessions else []


def session_worth(package: PackageLine, from_session: int, count: int) -> int:
    """Cents `count` sessions are worth, beginning after the first `from_session` ones."""
    return sum(session_values(package.price_cents, package.sessions)[from_session : from_session + count])


def covers_visit(covers: Iterable[Cover], service_ids: Iterable[int]) -> bool:
    """Whether a session pays for one of these services."""
    wanted = set(service_ids)
    return any(cover.uses_session and cover.service_id in wanted for cover in covers)


def soonest_first(packages: Iterable[PackageLine]) -> tuple[PackageLine, ...]:
    """The order in which packages are used up: the one that ends first, of equals the older one."""
    return tuple(sorted(packages, key=lambda line: (line.good_through or date.max, line.sold_on, line.id)))


def fitting(packages: Iterable[PackageLine], service_ids: Iterable[int], day: date) -> tuple[PackageLine, ...]:
    """Packages that can pay for a visit on `day`, the one to use first at the front."""
    wanted = tuple(service_ids)
    return soonest_first(
        line
        for line in packages
        if usable_now(line) > 0 and covers_visit(line.covers, wanted) and (line.good_through is None or day <= line.good_through)
    )


def counts_words(package: PackageLine) -> str:
    """"2 used, 1 booked, 7 left"; what is nothing is left out, except what is left."""
    parts = [_("{count} used").format(count=package.used)] if package.used else []
    if package.held:
        parts.append(_("{count} booked").format(count=package.held))
    if package.forfeited:
        parts.append(_("{count} forfeited").format(count=package.forfeited))
    return ", ".join([*parts, _("{count} left").format(count=package.left)])


def sessions_sentence(package: PackageLine, today: date | None = None) -> str:
    """"Session 2 used, 1 booked, 7 left, good through Mar 31 (that day counts)." — the sentence every paper and screen says.

    The year stands with the day when it is not the year of `today`.
    """
    counts = counts_words(package)
    head = _("Session {counts}").format(counts=counts) if package.used else counts
    if package.good_through is None:
        return head + "."
    return _("{counts}, good through {day} (that day counts).").format(counts=head, day=month_day(package.good_through, today))
