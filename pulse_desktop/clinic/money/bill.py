"""The bill of a visit: what is owed line by line, with what a package covers. Pure, so that the panel shows what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pulse_desktop.basics.cents import dollars, tax_on
from pulse_desktop.basics.entries import clean_line, needed_line
from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, _, register_sentences
from pulse_desktop.clinic.packages.values import Cover
from pulse_desktop.clinic.schedule.values import VisitServiceLine

register_sentences(
    {
        "extra_unnamed": N_("Say what it is."),
        "extra_price": N_("A price is between $0.00 and $10,000.00."),
        "extra_quantity": N_("A quantity is between 1 and 999."),
        "extra_tax": N_("A tax rate is between 0 and 100 %."),
    }
)
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Extra:
    """A product or fee: cents each, tax rate in millionths."""

    words: str
    cents: int
    quantity: int = 1
    tax_millionths: int = 0


@dataclass(frozen=True, slots=True)
class Covering:
    """The package that pays for a visit; `session` of `sessions` is the one this visit takes."""

    package_id: int | None
    name: str
    covers: tuple[Cover, ...]
    session: int
    sessions: int


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line. `cents` is what is owed for it; `unit_cents` x `quantity` what it costs without a package."""

    kind: str
    name: str
    words: str
    cents: int
    unit_cents: int
    quantity: int = 1
    service_id: int | None = None
    is_covered: bool = False
    has_package: bool = False


def visit_lines(services: Sequence[VisitServiceLine], covering: Covering | None) -> tuple[BillLine, ...]:
    """The visit's services: one session pays for one of them, the others cost what the package or the price list says."""
    paid = _paid_by_session(services, covering)
    return tuple(_service_line(at, line, covering, paid) for at, line in enumerate(services))


def _paid_by_session(services: Sequence[VisitServiceLine], covering: Covering | None) -> int | None:
    """Which service the session is for: the first one it pays for that is no add-on, else the first."""
    if covering is None:
        return None
    by_session = {cover.service_id for cover in covering.covers if cover.uses_session}
    fitting = [at for at, line in enumerate(services) if line.service_id in by_session]
    return min(fitting, key=lambda at: (services[at].is_addon, at), default=None)


def _service_line(at: int, line: VisitServiceLine, covering: Covering | None, paid: int | None) -> BillLine:
    price, name = line.price_cents, _bare(line.name)
    if covering is None:
        return BillLine("service", name, "", price, price, service_id=line.service_id)
    cover = _cover_of(covering.covers, line.service_id)
    if cover is None or (cover.uses_session and at != paid):
        return BillLine("service", name, _("Not covered by {package}").format(package=covering.name), price, price, service_id=line.service_id)
    if cover.price_cents == 0:
        words = _session_words(covering) if at == paid else _("Included in {package}").format(package=covering.name)
        return BillLine("service", name, words, 0, price, service_id=line.service_id, is_covered=True, has_package=True)
    cents = min(cover.price_cents, price)
    words = _("{price} instead of {single} with {package}").format(price=dollars(cents), single=dollars(price), package=covering.name)
    return BillLine("service", name, words, cents, price, service_id=line.service_id, has_package=True)


def _bare(name: str) -> str:
    """An add-on stands by itself on a bill: "+ cupping 15" is "Cupping 15"."""
    plain = name.removeprefix("+").strip()
    return plain[:1].upper() + plain[1:]


def _cover_of(covers: Iterable[Cover], service_id: int) -> Cover | None:
    return next((cover for cover in covers if cover.service_id == service_id), None)


def _session_words(covering: Covering) -> str:
    if covering.session >= covering.sessions:
        return _("{package}: session {session} of {sessions}, the last one").format(
            package=covering.name, session=covering.session, sessions=covering.sessions
        )
    return _("{package}: session {session} of {sessions}").format(
        package=covering.name, session=covering.session, sessions=covering.sessions
    )


def extra_lines(extras: Sequence[Extra], state: str) -> tuple[BillLine, ...]:
    """Products and fees, then the tax on them, one line a rate, rounded once. Raises Refusal for what cannot stand."""
    for extra in extras:
        _check_extra(extra)
    lines = [
        BillLine("product", clean_line(extra.words, "extras"), _quantity_words(extra), extra.cents * extra.quantity, extra.cents, extra.quantity)
        for extra in extras
    ]
    return (*lines, *(_tax_line(rate, taxed, state) for rate, taxed in _taxed(extras).items()))


def _quantity_words(extra: Extra) -> str:
    if extra.quantity == 1:
        return ""
    return _("{quantity} at {price}").format(quantity=extra.quantity, price=dollars(extra.cents))


def _taxed(extras: Iterable[Extra]) -> Mapping[int, int]:
    sums: dict[int, int] = {}
    for extra in extras:
        if extra.tax_millionths:
            sums[extra.tax_millionths] = sums.get(extra.tax_millionths, 0) + extra.cents * extra.quantity
    return sums


def _tax_line(rate: int, taxed: int, state: str) -> BillLine:
    percent = f"{rate / 10_000:.4f}".rstrip("0").rstrip(".")
    name = _("{state} sales tax, {percent} % on {amount}").format(state=state, percent=percent, amount=dollars(taxed))
    cents = tax_on(taxed, rate)
    return BillLine("tax", name, "", cents, cents)


def _check_extra(extra: Extra) -> None:
    needed_line(extra.words, "extras", "extra_unnamed")
    if not 0 <= extra.cents <= _MILLION:
        raise Refusal("extra_price", "extras")
    if not 1 <= extra.quantity <= 999:
        raise Refusal("extra_quantity", "extras")
    if not 0 <= extra.tax_millionths <= _MILLION:
        raise Refusal("extra_tax", "extras")


def to_pay(lines: Iterable[BillLine], due_before_cents: int) -> int:
    """Cents to pay now, what was owed before included; credit from before is taken off, never paid out here."""
    return max(0, due_before_cents + sum(line.cents for line in lines))
