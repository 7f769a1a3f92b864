"""The price list of packages, what was sold, and selling one.

Here belongs what is seen of packages as things on a list. What a patient has left stands in the patient's file.
"""

from pulse_desktop.basics.texts import N_
from pulse_desktop.gui.parts.places import OfferRequest, PackagesPlace, SaleRequest
from pulse_desktop.gui.parts.screen import PanelKind, Workplace
from pulse_desktop.gui.workplaces.packages.offer_panel import OfferPanel
from pulse_desktop.gui.workplaces.packages.sale_panel import SalePanel
from pulse_desktop.gui.workplaces.packages.screen import PackagesScreen

WORKPLACE = Workplace("packages", N_("Packages"), "packages", PackagesScreen, places=(PackagesPlace,), needs="see_packages")
PANELS = (PanelKind(SaleRequest, SalePanel, needs="sell"), PanelKind(OfferRequest, OfferPanel, needs="set_up"))
