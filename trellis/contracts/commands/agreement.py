"""Setting down what the alliance agreement says of who decides."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from trellis.audit import commands as audit
from trellis.contracts.models import AgreementClass, Contract, Matter
from trellis.contracts.queries import agreement as queries
from trellis.contracts.rules import agreement as rules
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken


@transaction.atomic
def set_class(
    *,
    contract: Contract,
    code: str,
    name: str,
    starts_on: date,
    matters: Sequence[str],
    decides: str,
    discussion_days: int,
    facilitation_days: int,
    expert_days: int,
    quorum: int | None = None,
    concerned_decides: bool = True,
    by: Actor,
) -> AgreementClass:
    """Say from a day on which matters are decided alike, by whom, and how many working days each stage takes.

    Proposals that are open keep the terms under which they were opened. No `matters` end the class. RuleBroken for a
    matter of another class, for terms that give a reserved matter away or a member a position on its own exclusion.
    """
    Contract.objects.select_for_update().get(pk=contract.pk)
    others = queries.classes(contract, starts_on).exclude(code=code)
    rules.check_class(
        matters=matters,
        known=Matter.values,
        decides=decides,
        quorum=quorum,
        days=(discussion_days, facilitation_days, expert_days),
        concerned_decides=concerned_decides,
        elsewhere={matter: one.name for one in others for matter in one.matters},
    )
    try:
        with transaction.atomic():
            row = AgreementClass.objects.create(
                contract=contract, code=code, name=name, starts_on=starts_on, matters=list(matters), decides=decides,
                quorum=quorum, discussion_days=discussion_days, facilitation_days=facilitation_days,
                expert_days=expert_days, concerned_decides=concerned_decides, set_by=by.actor_name,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken("These terms are set from that day already.", field="starts_on") from error
    facts = {"class": code, "from": str(starts_on), "matters": list(matters), "decides": decides}
    audit.record(by=by, action="contracts.set_class", subject=f"contract {contract.reference}", facts=facts)
    return row
