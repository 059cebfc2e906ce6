from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum

from trellis.accounts.models import User
from trellis.accounts.roles import ALL
from trellis.audit.models import AuditEntry
from trellis.contracts.models import Contract, ContractQuarter, PartnerShare
from trellis.contracts.queries import gaps
from trellis.core.errors import RuleBroken
from trellis.demo import loading, register
from trellis.demo.names import invented, read
from trellis.demo.people import PEOPLE
from trellis.evidence.models import Evidence
from trellis.organisations.models import Announcement, ImportRefusal, LinkQuestion, Merge, Organisation, SourceRow
from trellis.payments.models import BookReturn, ReturnQuery
from trellis.performance.models import QuarterReport
from trellis.support.models import Case

SCALE = 0.05


def load(seed: int = 7, scale: float = SCALE) -> None:
    loading.load(seed=seed, scale=scale, tell=lambda what, done: None)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """One small county for all the tests here that only read it; rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("is_production", "has_data", "words"),
    [(True, False, "cannot be loaded in production"), (False, True, "Load the demo into an empty database")],
)
def test_the_demo_is_refused_where_invented_facts_would_stand_among_real_ones(is_production, has_data, words):
    with pytest.raises(RuleBroken, match=words):
        loading.check_can_load(is_production=is_production, has_data=has_data)


def test_a_second_load_is_refused_and_changes_nothing(county):
    before = AuditEntry.objects.count()
    with pytest.raises(RuleBroken):
        load()
    assert AuditEntry.objects.count() == before


def test_the_contract_has_the_values_of_the_decision(county):
    years = ContractQuarter.objects.values("year").annotate(value=Sum("value")).order_by("year")
    assert [row["value"] for row in years] == [Decimal("553761.90"), Decimal("498385.71"), Decimal("448547.14")]
    assert Contract.objects.get().partners.count() == 8


def test_everything_was_written_through_the_commands_that_people_use(county):
    assert Case.objects.filter(status="completed").exists()
    for case in Case.objects.all():
        assert case.history.last().status == case.status
    completed = Case.objects.filter(status="completed").count()
    assert Evidence.objects.filter(kind="support.case_completed").count() == completed
    assert AuditEntry.objects.filter(action="support.complete_case").count() == completed
    assert set(AuditEntry.objects.values_list("origin", flat=True)) == {"simulator"}


def test_each_invented_organisation_came_by_the_importer_and_none_was_refused(county):
    number = round(loading.ORGANISATIONS * SCALE)
    assert SourceRow.objects.filter(source__code=register.CODE).count() == number
    assert not ImportRefusal.objects.exists()
    listed = Organisation.objects.filter(partnerships__isnull=True)
    assert listed.filter(district__isnull=False, service_types__isnull=False).count() == number


def test_partners_are_asked_about_work_that_the_register_or_a_grant_speaks_of(county):
    contract = Contract.objects.get()
    asked = {}
    for partner in contract.partners.select_related("organisation"):
        for gap in gaps.gaps(partner, loading.TODAY.date()):
            asked[partner.organisation.name, gap.service_type.code] = {hint.source for hint in gap.hints}
    assert asked["Oakmere Voluntary Action", "youth"] == asked["Estuary Volunteers", "transport"] == {"grant"}
    assert asked["Oakmere Voluntary Action", "halls"] == {"register"}
    assert ("Springhead Council for Voluntary Service", "food") not in asked, "that grant is long spent"


def test_some_doubles_are_merged_and_some_wait_to_be_asked_about(county):
    assert Merge.objects.filter(is_automatic=True).count() >= 1
    assert LinkQuestion.objects.filter(state="waiting").count() >= 3


def test_groups_announce_what_a_visitor_can_join(county):
    today = loading.TODAY.date()
    made = Announcement.objects.filter(created_at__date__lte=today)
    assert 10 <= made.count() <= len(read("announced")["announcement"]), "a small county has no group of some kinds"
    assert {one.organisation.name for one in made.filter(title="Treasurer wanted")} == {
        read("alliance")["group"]["name"]
    }
    current = made.filter(withdrawn_at__isnull=True, last_day__gte=today)
    assert set(current.values_list("kind", flat=True)) == {"event", "opportunity"}
    assert made.filter(withdrawn_at__isnull=False).count() == made.filter(last_day__lt=today).count() == 1


def test_two_lists_are_in_and_the_one_without_a_basis_keeps_no_contacts(county):
    known, unknown = (SourceRow.objects.filter(source__code=code) for code in (
        "springhead-council-for-voluntary-service", "weald-and-downland-cvs"))  # fmt: skip
    assert known.filter(data__has_key="Email").exists()
    assert unknown.exists()
    assert not unknown.filter(data__has_any_keys=["Email", "Tel", "Secretary"]).exists()


def test_five_quarters_of_books_are_accepted_and_the_smallest_partner_is_at_the_last(county):
    books = BookReturn.objects.values_list("quarter", "status")
    assert sum(status == "accepted" for _quarter, status in books) == 5 * 8
    assert {status for quarter, status in books if quarter == "2018-Q2"} == {"submitted", "open"}
    smallest = PartnerShare.objects.order_by("share").first().partner
    assert BookReturn.objects.get(status="open").partner == smallest
    assert ReturnQuery.objects.get().answer


def test_the_last_quarter_waits_for_the_two_leads_one_can_sign_in_as(county):
    report = QuarterReport.objects.get(quarter="2018-Q2")
    assert report.status == "prepared"
    unsigned = report.contract.partners.exclude(pk__in=report.signatures.values("partner"))
    leads = {person.email for person in PEOPLE if person.role_code == "partner-lead"}
    waiting = User.objects.filter(memberships__organisation__in=unsigned.values("organisation"), email__in=leads)
    assert unsigned.count() == waiting.count() == 2
    assert QuarterReport.objects.filter(status="signed").count() == 5


def test_one_can_sign_in_as_every_role(county):
    assert {person.role_code for person in PEOPLE} == {role.code for role in ALL}
    assert User.objects.filter(email__in=[person.email for person in PEOPLE], is_demo=True).count() == len(PEOPLE)


def test_the_group_one_can_sign_in_as_is_closed_to_the_second_partner(county):
    from trellis.contracts import queries as contracts

    group = User.objects.get(email="dora.mills@example.org").current_memberships[0].organisation
    second = User.objects.get(email="bella.quinn@example.org").current_memberships[0].organisation
    assert second.pk in contracts.conflicted_partner_organisation_ids(group, loading.TODAY.date())


def test_the_same_seed_makes_the_same_county(db):
    from random import Random

    assert invented(50, Random(3)) == invented(50, Random(3))
    assert invented(50, Random(3)) != invented(50, Random(4))


def test_invented_incomes_are_spread_as_the_data_says():
    from random import Random

    rows = invented(3000, Random(1))
    known = [row.income for row in rows if row.income is not None]
    under = sum(income < 500_000 for income in known) / len(known)
    assert 0.87 < under < 0.94
    assert len({row.name for row in rows}) == len(rows)
    assert sum(band["share"] for band in read("taxonomy")["income_band"]) == 100
