"""What a booking does to the patient's package, before it is booked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pulse_desktop.basics.texts import _
from pulse_desktop.basics.times import month_day
from pulse_desktop.clinic.packages.rules import counts_words, fitting
from pulse_desktop.clinic.packages.values import PackageLine
from pulse_desktop.gui.parts.card import CardLine


def package_line(packages: Sequence[PackageLine], service_ids: Sequence[int], day: date, today: date) -> CardLine | None:
    """"Holds session 3 of Ten visits", and how the package stands then; None when no package fits."""
    usable = fitting(packages, service_ids, day)
    if not usable:
        return None
    package = usable[0]
    number = package.used + package.held + package.forfeited + 1
    after = replace(package, held=package.held + 1)
    then = _("Then {counts}").format(counts=counts_words(after))
    if package.good_through is not None:
        then = _("{counts}, good through {day} (that day counts)").format(counts=then, day=month_day(package.good_through, today))
    return CardLine(_("Holds session {number} of {name}").format(number=number, name=package.name), then, "packages", "jade")
