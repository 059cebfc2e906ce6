"""What a contract says of its money on a day."""

from datetime import date

from trellis.contracts.models import Contract, Partner
from trellis.payments.models import PaymentTerms, VatTreatment


def is_in_advance(contract: Contract, on: date) -> bool:
    """Whether a quarter that begins on the day is paid as it begins. It is paid afterwards where nothing is said."""
    terms = PaymentTerms.objects.filter(contract=contract, starts_on__lte=on).order_by("-starts_on").first()
    return terms is not None and terms.in_advance


def vat_treatments(contract: Contract, on: date) -> dict[Partner, str]:
    """How each partner stands to VAT on a day, where it has said so."""
    rows = VatTreatment.objects.filter(partner__contract=contract, starts_on__lte=on)
    return {row.partner: row.treatment for row in rows.order_by("starts_on").select_related("partner__organisation")}
