"""Addresses of a contract's money: schedule, ledger, disputes, compliance."""

from django.urls import path

from trellis.payments.views import lines, money, terms

LINE = "<slug:reference>/statements/<slug:quarter>/lines/<int:number>"
urlpatterns = [
    path("<slug:reference>/money/", money.money_of_contract, name="money"),
    path("<slug:reference>/money/ledger", money.ledger_of_contract, name="ledger"),
    path("<slug:reference>/money/compliance", money.compliance, name="compliance"),
    path("<slug:reference>/money/disputes", lines.disputes, name="disputes"),
    path("<slug:reference>/money/adjust", lines.adjust, name="adjust"),
    path("<slug:reference>/money/adjustments/<slug:adjustment>", lines.adjustment, name="adjustment"),
    path("<slug:reference>/money/terms/when-paid", terms.set_payment_terms, name="set_payment_terms"),
    path("<slug:reference>/money/terms/funding", terms.set_funding, name="set_funding"),
    path("<slug:reference>/money/terms/vat", terms.set_vat_treatment, name="set_vat_treatment"),
    path(LINE, lines.statement_line, name="statement_line"),
    path(f"{LINE}/dispute", lines.dispute_line, name="dispute_line"),
    path(f"{LINE}/settle", lines.settle_dispute, name="settle_dispute"),
]
