"""The end of a visit: what it cost, the next one, the money, the papers; as panels over whatever is on the screen.

Here belong the panels of paying and of the papers handed out. What is charged and why is the clinic's rule, never the panel's.
"""

from pulse_desktop.gui.parts.places import CheckoutRequest, PaymentRequest, ReceiptRequest, SheetRequest
from pulse_desktop.gui.parts.screen import PanelKind
from pulse_desktop.gui.workplaces.checkout.panel import CheckoutPanel
from pulse_desktop.gui.workplaces.checkout.papers import ReceiptPanel, SheetPanel
from pulse_desktop.gui.workplaces.checkout.payment_panel import PaymentPanel

PANELS = (
    PanelKind(CheckoutRequest, CheckoutPanel, needs="take_money"),
    PanelKind(PaymentRequest, PaymentPanel, needs="take_money"),
    PanelKind(SheetRequest, SheetPanel, needs="hand_out"),
    PanelKind(ReceiptRequest, ReceiptPanel, needs="see_money"),
)
