"""What the frame is offered of this room. Apart from the room's own modules, so that each of them can be loaded alone."""

from __future__ import annotations

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
