"""Drawing up, certifying, authorising, sending back: rows, history, audit, and the refusals."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from trellis.accounts.models import Membership
from trellis.audit.models import AuditEntry
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.payments.commands import statements as commands
from trellis.payments.models import Statement
from trellis.payments.queries import statements as queries
from trellis.payments.rules import statements as rules
from trellis.payments.tests.quarters import a_signed_report
from trellis.performance import commands as performance
from trellis.performance import queries as performance_queries
from trellis.performance.tests.facts import SPRING, a_quarter


@pytest.fixture
def statement(cast):
    return commands.draw_up_statement(report=a_signed_report(cast), by=cast.olive)


def actions():
    found = AuditEntry.objects.filter(action__startswith="payments").exclude(action="payments.post_schedule")
    found = found.order_by("id")
    return list(found.values_list("action", flat=True))


def history(statement):
    return list(statement.history.values_list("status", flat=True))


def test_draw_up_statement_comes_from_the_signed_report_alone(cast, statement):
    due = rules.statement(performance_queries.quarterly_report(cast.contract, SPRING))

    assert statement.amount == due.amount == Decimal("22500.00")
    seen = queries.statement_seen(statement)
    assert [(line.partner, line.amount) for line in seen.lines] == [(line.name, line.amount) for line in due.lines]
    assert sum(line.amount for line in seen.lines) == seen.amount
    assert actions() == ["payments.draw_up_statement"]
    assert history(statement) == ["draft"]


def test_a_change_of_the_contract_after_signing_changes_nothing(cast):
    report = a_signed_report(cast)
    cast.contract.quarters.update(value=Decimal("1.00"))
    cast.ash_vale_partner.shares.update(share=Decimal("0.1"))

    statement = commands.draw_up_statement(report=report, by=cast.olive)

    assert [line.amount for line in statement.lines.all()] == [Decimal("13500.00"), Decimal("9000.00")]


def test_draw_up_statement_refuses_a_report_that_lacks_a_signature(cast):
    a_quarter(cast)
    performance.compute_readings(contract=cast.contract, quarter=SPRING, by=NIGHTLY)
    report = performance.prepare_report(contract=cast.contract, quarter=SPRING, by=cast.olive)
    performance.sign_report(report=report, partner=cast.ash_vale_partner, signed_name="Anna Ash", by=cast.anna)

    with pytest.raises(RuleBroken, match="Every partner must sign"):
        commands.draw_up_statement(report=report, by=cast.olive)

    assert not actions()
    assert not Statement.objects.exists()


def test_draw_up_statement_refuses_a_second_one(cast, statement):
    with pytest.raises(RuleBroken, match="already been drawn up"):
        commands.draw_up_statement(report=statement.report, by=cast.olive)


def test_draw_up_statement_refuses_a_stored_report_that_somebody_changed(cast):
    report = a_signed_report(cast)
    report.content["value"] = "99999.00"
    report.save()

    with pytest.raises(RuleBroken, match="not the one that was frozen"):
        commands.draw_up_statement(report=report, by=cast.olive)


def test_draw_up_statement_is_for_the_contract_manager(cast):
    report = a_signed_report(cast)

    for by in (cast.fred, cast.anna, cast.carol):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            commands.draw_up_statement(report=report, by=by)


def test_certify_then_authorise(cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)
    commands.authorise_statement(statement=statement, by=cast.fred)

    statement.refresh_from_db()
    assert (statement.status, statement.certified_by, statement.authorised_by) == ("authorised", cast.olive, cast.fred)
    assert statement.due_on == date(2018, 8, 1)
    assert history(statement) == ["draft", "certified", "authorised"]
    assert actions()[1:] == ["payments.certify_statement", "payments.authorise_statement"]
    assert queries.balance(cast.contract).authorised == Decimal("22500.00")
    assert queries.balance(cast.contract).remaining == Decimal("67500.00")


def test_certify_is_for_the_contract_manager(cast, statement):
    for by in (cast.fred, cast.anna, cast.carol, cast.ada, NIGHTLY):
        with pytest.raises(RuleBroken, match="Only the contract manager"):
            commands.certify_statement(statement=statement, by=by)

    assert actions() == ["payments.draw_up_statement"]


def test_authorise_is_for_finance_and_after_certification(cast, statement):
    with pytest.raises(RuleBroken, match="not been certified"):
        commands.authorise_statement(statement=statement, by=cast.fred)
    commands.certify_statement(statement=statement, by=cast.olive)
    for by in (cast.olive, cast.anna, NIGHTLY):
        with pytest.raises(RuleBroken, match="Only the finance team"):
            commands.authorise_statement(statement=statement, by=by)

    assert actions()[-1] == "payments.certify_statement"


def test_one_person_with_both_roles_cannot_do_both(cast, statement):
    Membership.objects.create(user=cast.olive, organisation=cast.council, role="finance")
    del cast.olive.current_memberships
    commands.certify_statement(statement=statement, by=cast.olive)

    with pytest.raises(RuleBroken, match="somebody else must authorise"):
        commands.authorise_statement(statement=statement, by=cast.olive)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(status="authorised", authorised_by=cast.olive, authorised_at=clock.now())


def test_of_two_who_certify_at_once_one_wins(cast, statement):
    also = Statement.objects.get(pk=statement.pk)
    commands.certify_statement(statement=statement, by=cast.olive)

    with pytest.raises(RuleBroken, match="a moment ago"):
        commands.certify_statement(statement=also, by=cast.olive)

    assert history(statement) == ["draft", "certified"]


def test_of_two_who_authorise_at_once_one_wins(cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)
    also = Statement.objects.get(pk=statement.pk)
    commands.return_statement(statement=statement, reason="Look again.", by=cast.olive)

    with pytest.raises(RuleBroken, match="a moment ago"):
        commands.authorise_statement(statement=also, by=cast.fred)

    assert Statement.objects.get().status == "draft"


def test_return_statement_undoes_the_certificate_with_a_reason(cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)

    commands.return_statement(statement=statement, reason="Wrong cost code.", by=cast.fred)

    statement.refresh_from_db()
    assert (statement.status, statement.certified_by, statement.due_on) == ("draft", None, None)
    assert statement.history.last().note == "Wrong cost code."
    assert AuditEntry.objects.latest("id").reason == "Wrong cost code."


def test_return_statement_is_refused_after_authorisation_and_to_partners(cast, statement):
    commands.certify_statement(statement=statement, by=cast.olive)
    with pytest.raises(RuleBroken, match="Only the contract manager or the finance team"):
        commands.return_statement(statement=statement, reason="No.", by=cast.anna)
    commands.authorise_statement(statement=statement, by=cast.fred)

    with pytest.raises(RuleBroken, match="not yet authorised"):
        commands.return_statement(statement=statement, reason="Too late.", by=cast.fred)


def test_statements_are_seen_by_the_authority_and_every_partner_and_nobody_else(cast, statement):
    def sees(user):
        return queries.statements_visible_to(user).filter(pk=statement.pk).exists()

    assert all(sees(user) for user in (cast.olive, cast.fred, cast.carol, cast.anna, cast.bella))
    assert not any(sees(user) for user in (cast.alice, cast.charlie, cast.dora, cast.ada, cast.vera, cast.ivy))
