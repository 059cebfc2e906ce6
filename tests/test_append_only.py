"""Append-only tables refuse change by the database itself, whoever asks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from trellis.audit import chain, triggers
from trellis.audit import commands as audit
from trellis.audit.models import AuditDetail, AuditEntry, AuditLink
from trellis.contracts.models import (
    AgreementClass,
    Contract,
    Position,
    Proposal,
    ProposalEffect,
    ProposalMessage,
    ProposalOpinion,
    ProposalVersion,
)
from trellis.core import clock
from trellis.core.actors import NIGHTLY
from trellis.decisions.models import (
    Condition,
    ConditionMet,
    Decision,
    Delegation,
    Notice,
    Record,
    Report,
    ReportPublication,
    ReportVersion,
)
from trellis.evidence import commands as evidence
from trellis.evidence.models import Evidence, EvidenceLink
from trellis.organisations.models import Organisation
from trellis.payments import posting
from trellis.payments.models import Account, LedgerEntry, LedgerLink
from trellis.payments.rules.ledger import Entry
from trellis.renewal.models import Dossier, DossierVersion, Extension

PUBLISHED = [Notice, Record, Delegation, Condition, ConditionMet, ReportVersion, ReportPublication]
AGREED = [ProposalVersion, Position, ProposalMessage, ProposalOpinion, ProposalEffect]
RENEWED = [DossierVersion, Extension]
BOOKS = [LedgerEntry, LedgerLink]
MODELS = [AuditEntry, AuditLink, AuditDetail, Evidence, EvidenceLink, *PUBLISHED, *AGREED, *BOOKS, *RENEWED]
NEVER_DELETED = [AuditEntry, AuditLink, Evidence, EvidenceLink, *PUBLISHED, *AGREED, *BOOKS, *RENEWED]


@pytest.fixture
def rows(db):
    audit.record(by=NIGHTLY, action="area.do_thing", subject="x", detail={"e-mail": "vera@example.org"})
    evidence.record(by=NIGHTLY, kind="area.thing_done", occurred_on=clock.today(), source="thing 1", unit="thing")
    a_published_decision()
    a_proposal_that_was_carried_out()
    an_entry_in_the_books()
    an_applied_extension()
    for link in chain.chains():
        chain.seal(link)


def an_applied_extension() -> None:
    """A row in each of the tables that hold what a contract was extended by."""
    decision, contract, day = Decision.objects.get(), Contract.objects.get(), clock.today()
    dossier = Dossier.objects.create(contract=contract, extension=1)
    version = DossierVersion.objects.create(dossier=dossier, number=1, content={}, quarter="2018-Q2", evidence_up_to=0)
    Extension.objects.create(
        contract=contract, number=1, dossier=dossier, version=version, decision=decision, ended_on=day,
        ends_on=day + timedelta(days=1),
    )  # fmt: skip


def an_entry_in_the_books() -> None:
    """Money of a contract that moved once."""
    entry = Entry(Account.SCHEDULE, Account.CONTRACT, Decimal("1.00"), "by hand")
    posting.post(contract=Contract.objects.get(), entries=[entry], by=NIGHTLY)


def a_published_decision() -> None:
    """A row in each of the tables that hold what was published."""
    council, day = Organisation.objects.create(reference="ORG-C", name="The council"), clock.today()
    decision = Decision.objects.create(
        reference="18/00001", authority=council, is_key=True, decided_on=day, status=Decision.Status.PUBLISHED
    )
    Notice.objects.create(decision=decision, kind=Notice.Kind.FORWARD_PLAN, published_on=day)
    record = Record.objects.create(
        decision=decision, version=1, decided_on=day, is_key=True, effective_on=day, published_on=day
    )
    Delegation.objects.create(record=record, number=1, what="Do it")
    Condition.objects.create(record=record, number=1, text="It is ready")
    ConditionMet.objects.create(decision=decision, number=1, met_on=day, evidence="It was seen")
    version = ReportVersion.objects.create(report=Report.objects.create(decision=decision), number=1, content={})
    ReportPublication.objects.create(version=version, published_on=day)


def a_proposal_that_was_carried_out() -> None:
    """A row in each of the tables that hold what members said to each other."""
    council, day = Organisation.objects.get(reference="ORG-C"), clock.today()
    contract = Contract.objects.create(
        reference="C", authority=council, independent_route=council, starts_on=day, ends_on=day + timedelta(days=1),
        baseline=1, step_down=0,
    )  # fmt: skip
    terms = AgreementClass.objects.create(
        contract=contract, starts_on=day, matters=["text"], discussion_days=1, facilitation_days=1, expert_days=1
    )
    proposal = Proposal.objects.create(contract=contract, matter="text", proposer=council, terms=terms, version=1)
    version = ProposalVersion.objects.create(proposal=proposal, number=1, best_for_service="Yes", effective_on=day)
    said = {"organisation": council, "said_by": "person:0"}
    Position.objects.create(version=version, number=1, stance="support", **said)
    ProposalMessage.objects.create(proposal=proposal, version=1, text="Yes", **said)
    ProposalOpinion.objects.create(proposal=proposal, kind="expert", given_on=day, text="Yes", **said)
    ProposalEffect.objects.create(proposal=proposal, version=version, what="Words")


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value)


COLUMNS = [
    pytest.param(model, field.column, id=f"{model.__name__}.{field.column}")
    for model in MODELS
    for field in model._meta.local_concrete_fields
]


def test_each_append_only_table_has_its_triggers_after_migrating(db):
    assert set(triggers.append_only_models()) == set(MODELS)
    assert triggers.missing() == []


@pytest.mark.parametrize(("model", "column"), COLUMNS)
def test_no_column_can_be_updated(rows, model, column):
    table = model._meta.db_table

    assert f"{table} is append-only: update is refused" in refused(f'UPDATE "{table}" SET "{column}" = "{column}"')


@pytest.mark.parametrize("model", NEVER_DELETED)
def test_no_row_can_be_deleted(rows, model):
    table = model._meta.db_table

    assert f"{table} is append-only: delete is refused" in refused(f'DELETE FROM "{table}"')


@pytest.mark.parametrize("model", MODELS)
def test_no_row_can_be_changed_through_the_orm(rows, model):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.first().save()


def test_detail_can_be_deleted(rows):
    AuditDetail.objects.all().delete()

    assert AuditEntry.objects.filter(detail__isnull=True).count() == 2


@pytest.mark.parametrize("model", MODELS)
def test_a_table_cannot_be_emptied_or_a_row_replaced(rows, model):
    table = model._meta.db_table
    connection.check_constraints()  # or PostgreSQL would wait with TRUNCATE for deferred foreign keys
    if connection.vendor == "postgresql":
        assert "truncate is refused" in refused(f'TRUNCATE "{table}" CASCADE')
        key = model._meta.pk.column
        replace = f'ON CONFLICT ("{key}") DO UPDATE SET "{key}" = excluded."{key}"'
        assert "update is refused" in refused(f'INSERT INTO "{table}" SELECT * FROM "{table}" {replace}')
    else:  # REPLACE deletes the old row without firing a trigger on DELETE
        assert "UNIQUE constraint failed" in refused(f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"')
    assert model.objects.count()


def test_replacing_a_row_through_another_unique_column_is_refused(rows):
    fact = Evidence.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.bulk_create(
            [Evidence(**{name: getattr(fact, name) for name in Evidence.digested}, digest="0")],
            update_conflicts=True, unique_fields=["source"], update_fields=["unit"],
        )  # fmt: skip
    assert Evidence.objects.get().digest == fact.digest


def test_replacing_a_row_through_columns_that_are_unique_together_is_refused(rows):
    record = Record.objects.get()
    again = Record(**{field.attname: getattr(record, field.attname) for field in Record._meta.fields} | {"pk": None})
    again.text = "Something else"
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.bulk_create(
            [again], update_conflicts=True, unique_fields=["decision", "version"], update_fields=["text"]
        )
    if connection.vendor == "sqlite":
        table, columns = Record._meta.db_table, [field.column for field in Record._meta.fields[1:]]
        names = ", ".join(f'"{column}"' for column in columns)
        assert "UNIQUE constraint failed" in refused(
            f'INSERT OR REPLACE INTO "{table}" ({names}) SELECT {names} FROM "{table}"'
        )
    assert Record.objects.get().text == record.text


def test_a_rebuilt_table_without_its_triggers_is_caught(committed_db):
    """On SQLite almost every change of a column rebuilds the table, and its triggers are gone."""
    old, new = models.CharField(max_length=80), models.CharField(max_length=90)
    for field in (old, new):
        field.set_attributes_from_name("subject")
        field.model = AuditEntry
    with connection.schema_editor() as editor:
        editor.alter_field(AuditEntry, old, new, strict=True)
    lost = [] if connection.vendor == "postgresql" else triggers.names(AuditEntry)

    assert triggers.missing() == [("audit_auditentry", name) for name in lost]
    with connection.cursor() as cursor:
        for statement in triggers.installing(AuditEntry, deletable=False, vendor=connection.vendor):
            cursor.execute(statement, None)
    assert triggers.missing() == []


@pytest.mark.parametrize("migration", ["audit", "evidence"])
def test_the_triggers_can_be_taken_off_and_put_on_by_migrating(committed_db, migration):
    audit_tables = {model._meta.db_table for model in MODELS if model._meta.app_label == migration}
    call_command("migrate", migration, "0001", verbosity=0)
    assert {table for table, _ in triggers.missing()} >= audit_tables
    call_command("migrate", verbosity=0)

    assert triggers.missing() == []
