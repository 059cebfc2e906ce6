"""What the alliance agreement says of who decides, on a day."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from trellis.contracts.models import AgreementClass, Contract


def classes(contract: Contract, on: date) -> QuerySet[AgreementClass]:
    """The classes in force on the date, by name; those that have ended are left out."""
    newer = AgreementClass.objects.filter(
        contract=contract, code=OuterRef("code"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=on
    )
    found = contract.agreement_classes.filter(~Exists(newer), starts_on__lte=on)
    return found.exclude(matters=[]).order_by("name")


def class_of(contract: Contract, matter: str, on: date) -> AgreementClass | None:
    """The class that a kind of matter belongs to on the date."""
    return next((one for one in classes(contract, on) if matter in one.matters), None)


def versions(contract: Contract) -> QuerySet[AgreementClass]:
    """Every class that there was, the newest first."""
    return contract.agreement_classes.order_by("-starts_on", "name")
