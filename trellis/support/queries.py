"""Reads of cases, always through the conflict firewall."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trellis.accounts.models import User
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract, Partner
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations.models import Organisation, stands_for
from trellis.support import rules
from trellis.support.models import Case, CaseExclusion, SupportTopic

OPEN = [Case.Status.ALLOCATED, Case.Status.IN_PROGRESS]
POOL = [Case.Status.REQUESTED, Case.Status.TRIAGED]


def unfinished(contract: Contract) -> QuerySet[Case]:
    """The contract's cases of which something can still become."""
    return Case.objects.filter(contract=contract, status__in=[*POOL, *OPEN]).select_related(
        "organisation", "held_by", "contract__independent_route", "chosen_partner"
    )


def topics() -> QuerySet[SupportTopic]:
    """What help can be asked for, in order."""
    return SupportTopic.objects.all()


def firewalled(cases: QuerySet[Case], organisation_ids: list[int]) -> QuerySet[Case]:
    """The cases that people of these organisations may know of.

    Left out: those of an organisation that one of theirs competes with (same kind of service, same district, today) or
    has named as one that it bids against or is tied to, those that an organisation has shut one of theirs out of, and
    those of which another partner was chosen. A conflict that the organisation was told of, and chose them despite,
    does not count.
    """
    cases = cases.alias(stands=stands_for())
    competes = contracts.competes(OuterRef("stands"), organisation_ids, clock.today())
    shut_out = Exists(CaseExclusion.objects.filter(case=OuterRef("pk"), partner__organisation_id__in=organisation_ids))
    chosen = Q(chosen_partner__organisation_id__in=organisation_ids)
    return cases.filter(
        (~competes & ~Q(organisation_id__in=organisation_ids)) | (chosen & Q(conflict_accepted_at__isnull=False))
    ).filter(~shut_out, Q(chosen_partner__isnull=True) | chosen)


def cases_open_to(organisation_ids: list[int]) -> QuerySet[Case]:
    """What advisers of these organisations see: what waits for anybody, and what their organisation holds."""
    alliances = contracts.partnerships(organisation_ids, clock.today()).values("contract")
    waiting = Q(contract__in=alliances, status__in=POOL, held_by__isnull=True)
    return firewalled(Case.objects.filter(waiting | Q(held_by_id__in=organisation_ids)), organisation_ids)


def is_open_to(case: Case, organisation_ids: list[int]) -> bool:
    """Whether one case is among `cases_open_to`: the same rule, asked of one case without the price of a list."""
    chosen = case.chosen_partner.organisation_id if case.chosen_partner else None
    theirs = {"partner__organisation_id__in": organisation_ids}
    return rules.may_see(
        is_own=case.organisation_id in organisation_ids,
        competes=bool(set(organisation_ids) & _competitors(case)),
        is_shut_out=case.exclusions.filter(**theirs).exists(),
        is_chosen=chosen in organisation_ids,
        is_other_chosen=chosen is not None and chosen not in organisation_ids,
        was_told=case.conflict_accepted_at is not None,
        holds=case.held_by_id in organisation_ids,
        waits_for_anybody=case.held_by_id is None
        and case.status in POOL
        and contracts.partnerships(organisation_ids, clock.today()).filter(contract=case.contract_id).exists(),
    )


def _competitors(case: Case) -> set[int]:
    """The partner organisations that compete with the case's; the organisation itself is asked about apart."""
    found = contracts.conflicted_partner_organisation_ids(case.organisation, clock.today())
    return found - set(Organisation.objects.same_as([case.organisation_id]).values_list("pk", flat=True))


def cases_visible_to(user: User) -> QuerySet[Case]:
    """Every case that a person may see, as a speaker for a group, an adviser or the contract manager."""
    visible = Q(organisation_id__in=user.organisation_ids(Permission.CASE_REQUEST))
    partners = user.organisation_ids(Permission.CASE_TRIAGE)
    if partners:
        visible |= Q(pk__in=cases_open_to(partners).values("pk"))
    authorities = user.organisation_ids(Permission.CASE_OVERSEE)
    if authorities:
        visible |= Q(contract__authority_id__in=authorities)
    return Case.objects.filter(visible).select_related(
        "organisation__merged_into", "topic", "held_by", "adviser", "contract"
    )


def cases_to_work_on(user: User) -> QuerySet[Case]:
    """The cases that a person may act on as an adviser: inside the firewall, whatever else they may see."""
    return cases_open_to(user.organisation_ids(Permission.CASE_TRIAGE)).select_related(
        "organisation__merged_into", "topic", "held_by", "adviser", "contract"
    )


def free_partners(
    *,
    contract: Contract,
    organisation: Organisation,
    shut_out: set[int],
    chosen_partner: Partner | None = None,
) -> list[Partner]:
    """The partners that a case may be offered to, by name.

    `shut_out` holds ids of partners. A chosen partner is the only one; without a choice, those with no conflict are.
    """
    members = contracts.partners(contract, clock.today())
    if chosen_partner is not None:
        return list(members.filter(pk=chosen_partner.pk).exclude(pk__in=shut_out))
    conflicted = contracts.conflicted_partner_organisation_ids(organisation, clock.today())
    return [member for member in members if member.pk not in shut_out and member.organisation_id not in conflicted]


def free_for(case: Case) -> list[Partner]:
    """The partners that an existing case may be offered to, by name."""
    return free_partners(
        contract=case.contract,
        organisation=case.organisation,
        shut_out=shut_out_partner_ids(case),
        chosen_partner=case.chosen_partner,
    )


def waiting_for_nobody(contract: Contract) -> list[Case]:
    """The cases in the pool that no partner is left for: all have a conflict, are shut out, or were not chosen."""
    pool = unfinished(contract).filter(status__in=POOL, held_by__isnull=True)
    return [case for case in pool if not free_for(case)]


def least_busy_first(contract: Contract, partners: list[Partner]) -> list[Partner]:
    """Partners in the order in which they are offered a case: those that hold the fewest first."""
    load = open_cases_by_holder(contract)
    return sorted(partners, key=lambda partner: (load.get(partner.organisation_id, 0), partner.organisation.name))


def open_cases_by_holder(contract: Contract) -> dict[int, int]:
    """How many cases each organisation holds that are not finished."""
    held = Case.objects.filter(contract=contract, status__in=OPEN, held_by__isnull=False)
    return dict(held.values_list("held_by").annotate(number=Count("pk")).values_list("held_by", "number"))


def shut_out_partner_ids(case: Case) -> set[int]:
    """The partners that the organisation has shut out of its case."""
    return set(case.exclusions.values_list("partner_id", flat=True))
