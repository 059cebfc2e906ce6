"""The firewall against a slow, obvious twin, over every combination of a small county."""

from datetime import date
from itertools import product

from trellis.contracts.models import Interest, Partner
from trellis.organisations.models import Organisation
from trellis.support import queries
from trellis.support.models import Case, CaseExclusion
from trellis.support.tests import cases

TODAY = date(2018, 7, 2)


def competes(partner: Partner, organisation: Organisation) -> bool:
    """Whether a partner runs a service of the organisation's kind, today, in its district (or it has none)."""
    kinds = {kind.code for kind in organisation.service_types.all()}
    for interest in partner.interests.all():
        runs_today = interest.starts_on <= TODAY and (interest.ends_on is None or interest.ends_on >= TODAY)
        same_place = organisation.district is None or interest.district == organisation.district
        if runs_today and interest.service_type_id in kinds and same_place:
            return True
    return False


def may_see(case: Case, partner: Partner, competitors: set[Organisation]) -> bool:
    """What the rules say, read aloud. `competitors`: those with whom the partner competes."""
    chosen = case.chosen_partner == partner
    if case.exclusions.filter(partner=partner).exists():
        return False
    if case.chosen_partner is not None and not chosen:
        return False
    if (case.organisation in competitors or case.organisation == partner.organisation) and not (
        chosen and case.conflict_accepted_at
    ):
        return False
    if case.held_by == partner.organisation:
        return True
    return case.held_by is None and case.status in ("requested", "triaged")


def a_county_of_cases(cast) -> None:
    """Every kind of organisation × who is shut out × who was chosen × who holds it × where it stands."""
    nowhere = Organisation.objects.create(reference="ORG-NOWHERE", name="Food on Wheels")
    nowhere.service_types.add(cast.food)
    driver = Organisation.objects.create(reference="ORG-DRIVER", name="Lift Share", district=cast.north)
    driver.service_types.add(cast.transport)
    Interest.objects.create(
        partner=cast.ash_vale_partner, service_type=cast.transport, district=cast.north,
        starts_on=date(2018, 1, 1), ends_on=date(2018, 7, 1), declared_by="person:0",
    )  # fmt: skip
    Interest.objects.create(
        partner=cast.ash_vale_partner, service_type=cast.transport, district=cast.south,
        starts_on=date(2018, 1, 1), declared_by="person:0",
    )  # fmt: skip
    organisations = [cast.pantry, cast.choir, nowhere, driver, cast.ash_vale]
    partners = [None, cast.ash_vale_partner, cast.bramble_partner]
    stages = [("requested", None), ("triaged", None), ("in-progress", cast.ash_vale), ("allocated", cast.bramble)]
    template = cases.requested(cast)
    rows, exclusions = [], []
    for number, (organisation, shut_out, chosen, told, (status, holder)) in enumerate(
        product(organisations, partners, partners, (False, True), stages)
    ):
        case = Case(
            reference=f"CASE-{number}", contract=cast.contract, organisation=organisation, topic=cast.topic, need="x",
            status=status, requested_on=TODAY, chosen_partner=chosen, held_by=holder,
            conflict_accepted_at=template.requested_at if chosen and told else None,
        )  # fmt: skip
        rows.append(case)
        if shut_out:
            exclusions.append(CaseExclusion(case=case, partner=shut_out))
    Case.objects.bulk_create(rows)
    CaseExclusion.objects.bulk_create(exclusions)


def test_the_firewall_agrees_with_its_slow_twin(cast):
    a_county_of_cases(cast)
    cases_of_all = Case.objects.select_related("organisation__district", "chosen_partner", "held_by")

    for partner in (cast.ash_vale_partner, cast.bramble_partner):
        seen = set(queries.cases_open_to([partner.organisation_id]).values_list("reference", flat=True))
        competitors = {one for one in Organisation.objects.all() if competes(partner, one)}
        expected = {case.reference for case in cases_of_all if may_see(case, partner, competitors)}
        assert seen == expected
        assert 0 < len(seen) < len(cases_of_all)
        asked_singly = {case.reference for case in cases_of_all if queries.is_open_to(case, [partner.organisation_id])}
        assert asked_singly == expected


def test_one_query_answers_for_a_list_of_cases(cast, django_assert_num_queries):
    a_county_of_cases(cast)
    assert cast.alice.current_memberships and cast.alice.same_organisations  # read once a request

    with django_assert_num_queries(1):
        list(queries.cases_visible_to(cast.alice))


def test_each_role_sees_its_own(cast):
    pantry_case = cases.in_progress(cast)
    choir_case = cases.requested(cast, organisation=cast.choir, by=cast.erin)

    everyone = {
        "alice": {pantry_case, choir_case},
        "anna": {pantry_case, choir_case},
        "bob": {choir_case},
        "bella": {choir_case},
        "charlie": set(),
        "ivy": set(),
        "dora": {pantry_case},
        "erin": {choir_case},
        "olive": {pantry_case, choir_case},
        "fred": set(),
        "ada": set(),
        "dev": set(),
        "vera": set(),
    }
    for name, expected in everyone.items():
        assert set(queries.cases_visible_to(getattr(cast, name))) == expected, name


def test_a_person_of_two_partners_sees_only_what_both_may_see(cast):
    from trellis.accounts.models import Membership

    cases.requested(cast)
    Membership.objects.create(user=cast.alice, organisation=cast.bramble, role="adviser")

    assert not queries.cases_visible_to(cast.alice).exists()
