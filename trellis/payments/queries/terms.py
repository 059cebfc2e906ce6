"""What a contract says of its money on a day."""

from datetime import date
from decimal import Decimal

from trellis.contracts.models import Contract, Partner
from trellis.payments.models import FundingShare, PaymentTerms, VatTreatment


def funding(contract: Contract, on: date) -> dict[str, Decimal]:
    """Each source's fraction of the money on a day, by name; nothing where the contract does not say."""
    rows = FundingShare.objects.filter(contract=contract, starts_on__lte=on)
    latest = rows.order_by("-starts_on").values("starts_on")[:1]
    return dict(rows.filter(starts_on=latest).order_by("source").values_list("source", "share"))


def is_in_advance(contract: Contract, on: date) -> bool:
    """Whether a quarter that begins on the day is paid as it begins. It is paid afterwards where nothing is said."""
    terms = PaymentTerms.objects.filter(contract=contract, starts_on__lte=on).order_by("-starts_on").first()
    return terms is not None and terms.in_advance


def vat_treatments(contract: Contract, on: date) -> dict[Partner, str]:
    """How each partner stands to VAT on a day, where it has said so."""
    rows = VatTreatment.objects.filter(partner__contract=contract, starts_on__lte=on)
    return {row.partner: row.treatment for row in rows.order_by("starts_on").select_related("partner__organisation")}
