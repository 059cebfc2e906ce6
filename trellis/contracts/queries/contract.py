"""Contracts, their quarters and targets. They are public."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from trellis.accounts.models import User
from trellis.contracts.models import Contract, ContractQuarter, ExtensionOption, Target
from trellis.core.periods import Quarter
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation


def contracts() -> QuerySet[Contract]:
    """Every contract, the newest first, with its authority."""
    return Contract.objects.select_related("authority", "independent_route").order_by("-starts_on")


def contract(reference: str) -> Contract | None:
    """The contract of that reference, if there is one."""
    return contracts().filter(reference=reference).first()


def contracts_managed_by(user: User) -> QuerySet[Contract]:
    """The contracts that a person manages for their authority."""
    return contracts().filter(authority_id__in=user.organisation_ids(Permission.CONTRACT_MANAGE))


def current_contract(on: date) -> Contract | None:
    """The contract whose term holds the date: the one under which new requests are made."""
    return contracts().filter(starts_on__lte=on, ends_on__gte=on).first()


def quarters(contract: Contract) -> list[ContractQuarter]:
    """The contract's quarters in order."""
    return list(contract.quarters.all())


def quarter(contract: Contract, quarter: Quarter) -> ContractQuarter | None:
    """The contract quarter in which a calendar quarter begins.

    A contract that starts on a quarter day (all of ours do) has the two coincide.
    """
    return contract.quarters.filter(starts_on__lte=quarter.start, ends_on__gte=quarter.start).first()


def value(contract: Contract) -> Decimal:
    """Pounds over the whole term."""
    return contract.quarters.aggregate(total=Sum("value"))["total"] or Decimal(0)


def targets(contract: Contract, on: date) -> dict[str, Target]:
    """The target in force on the date, by indicator code."""
    in_force: dict[str, Target] = {}
    for target in contract.targets.filter(starts_on__lte=on).order_by("starts_on").select_related("indicator"):
        in_force[target.indicator_id] = target
    return in_force


@dataclass(frozen=True)
class YearLine:
    """A contract year with its money, in pounds. `option`: the extension that it is, 0 for a year of the first term.

    `annual_saving` is this year's against the baseline; `cumulative_saving` adds the years before it.
    """

    number: int
    starts_on: date
    ends_on: date
    value: Decimal
    annual_saving: Decimal
    cumulative_saving: Decimal
    option: int
    is_applied: bool


def years(contract: Contract) -> list[YearLine]:
    """Every year of the contract, those that it may be extended by too, with what each saves."""
    options = {option.starts_on: option for option in contract.extension_options.all()}
    found: dict[date, tuple[date, Decimal]] = {}
    by_year: dict[int, list[ContractQuarter]] = {}
    for quarter in quarters(contract):
        by_year.setdefault(quarter.year, []).append(quarter)
    for parts in by_year.values():
        found[parts[0].starts_on] = (parts[-1].ends_on, sum((part.value for part in parts), Decimal(0)))
    for option in options.values():
        found.setdefault(option.starts_on, (option.ends_on, option.value))
    lines, saved = [], Decimal(0)
    for number, (starts_on, (ends_on, value)) in enumerate(sorted(found.items()), start=1):
        saving = contract.baseline - value
        saved += saving
        here = options.get(starts_on)
        lines.append(
            YearLine(
                number,
                starts_on,
                ends_on,
                value,
                saving,
                saved,
                option=here.number if here else 0,
                is_applied=here is None or here.applied_at is not None,
            )  # fmt: skip
        )
    return lines


def funding(contract: Contract, on: date) -> dict[str, Decimal]:
    """What fraction of the contract each of the authority's budgets pays on a day, by name; empty until it is said."""
    rows = contract.funding.filter(starts_on__lte=on)
    latest = rows.order_by("-starts_on").values("starts_on")[:1]
    return dict(rows.filter(starts_on=latest).order_by("source").values_list("source", "share"))


def extension_options(contract: Contract) -> list[ExtensionOption]:
    """The years by which it may be extended, in order, applied or not."""
    return list(contract.extension_options.all())


def authorities_managed_by(user: User) -> list[Organisation]:
    """The authorities for which a person manages contracts, by name."""
    mine = user.organisation_ids(Permission.CONTRACT_MANAGE)
    return list(Organisation.objects.filter(pk__in=mine).order_by("name"))
