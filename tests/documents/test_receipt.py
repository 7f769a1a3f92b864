"""The receipt: what was charged, covered, paid and left, in four languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pulse_desktop.documents.receipt import receipt
from pulse_desktop.documents.values import ReceiptPayment
from tests.documents.examples import LANGUAGES, PAID_RECEIPT, empty_receipt, full_receipt
from tests.documents.reading import elements, reader, squeezed, text_of

SAID = {
    "en": ("Receipt no. C-2026-0187", "Covered by Ten visits, one session", "Discount −$3.60", "Sales tax $2.15", "Total $69.55",
           "Card ref. Visa 004512 $50.00", "Cash $19.55", "Paid in full", "3 used, 1 booked, 6 left"),
    "es": ("Recibo n.º C-2026-0187", "Cubierto por Ten visits, una sesión", "Impuesto $2.15", "Total $69.55", "Tarjeta",
           "Efectivo", "Pagado por completo"),
    "ru": ("Квитанция № C-2026-0187", "Из пакета «Ten visits», один сеанс", "Налог $2.15", "Итого $69.55", "Карта", "Наличные",
           "Оплачено полностью"),
    "zh": ("收据号：C-2026-0187", "由套餐“Ten visits”支付1次", "销售税 $2.15", "合计 $69.55", "银行卡", "现金", "已全部付清"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_what_was_charged_covered_and_paid(language: str) -> None:
    text = squeezed(text_of(receipt(replace(PAID_RECEIPT, language=language)).pdf))
    for words in (*SAID[language], "María Alvarez", "P-1042", "$110.00", "$32.40"):
        assert squeezed(words) in text, words


def test_a_balance_is_named_so_that_nobody_mistakes_it() -> None:
    assert "Balance due $12.00" in text_of(receipt(replace(PAID_RECEIPT, balance=1200)).pdf)
    assert "Credit $12.00" in text_of(receipt(replace(PAID_RECEIPT, balance=-1200)).pdf)


def test_a_refund_says_so() -> None:
    refunded = replace(PAID_RECEIPT, payments=(ReceiptPayment("check", -2500, "1180", date(2026, 11, 20)),))
    text = text_of(receipt(refunded).pdf)
    assert "Refund: Check" in text
    assert "−$25.00" in text
    assert "ref. 1180, November 20, 2026" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_charged_and_nothing_paid_is_said(language: str) -> None:
    drawn = receipt(empty_receipt(language))
    assert drawn.pages == 1
    assert "$0.00" in text_of(drawn.pdf)


def test_many_lines_flow_over_pages_each_with_two_identifiers_and_its_number() -> None:
    drawn = receipt(full_receipt("en"))
    pages = [page.extract_text() for page in reader(drawn.pdf).pages]
    assert drawn.pages == len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert "María Alvarez" in text
        assert "P-1042" in text
        assert squeezed(f"Page {number} of {len(pages)}") in squeezed(text)
    whole = text_of(drawn.pdf)
    assert whole.count("Warming balm") == 15
    assert "Total" in pages[-1]


def test_columns_have_heads_for_screen_readers() -> None:
    scopes = [str(element["/A"]["/Scope"]) for role, element in elements(receipt(PAID_RECEIPT).pdf) if role == "TH"]
    assert scopes.count("/Column") == 4
    assert "/Row" in scopes
