"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import OfferRequest, PackagesPlace, SaleRequest
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.packages.offer_panel import OfferPanel
from pulse_desktop.gui.workplaces.packages.sale_panel import SalePanel
from pulse_desktop.gui.workplaces.packages.screen import PackagesScreen

WORKPLACE = Workplace("packages", N_("Packages"), "packages", PackagesScreen, places=(PackagesPlace,), needs="see_packages")
PANELS = (PanelKind(SaleRequest, SalePanel, needs="sell"), PanelKind(OfferRequest, OfferPanel, needs="set_up"))
