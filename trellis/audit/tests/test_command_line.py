"""`trellis audit`: exit 0 and a sentence when the record is whole, 1 and the rows' names when it is not."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from trellis.audit import chain, commands, triggers
from trellis.audit.models import AuditDetail, AuditEntry, AuditLink
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(capsys):
    """Runs the command; what it printed, and its exit code."""

    def run(*arguments):
        code = 0
        try:
            call_command("audit", *arguments)
        except SystemExit as stopped:
            code = stopped.code
        return capsys.readouterr().out, code

    return run


@pytest.fixture
def entries():
    return [
        commands.record(by=NIGHTLY, action="area.do_thing", subject=f"x {number}", detail={"n": number})
        for number in range(3)
    ]


def tamper(entry):
    with connection.cursor() as cursor:
        for statement in triggers.removing(AuditEntry, vendor=connection.vendor):
            cursor.execute(statement)
        AuditEntry.objects.filter(pk=entry.pk).update(subject="y")
        for statement in triggers.installing(AuditEntry, deletable=False, vendor=connection.vendor):
            cursor.execute(statement, None)


def test_verify_says_how_many_the_head_and_how_many_wait(audit, entries):
    chain.seal(AuditLink)
    _, head = chain.head_of(AuditLink)
    commands.record(by=NIGHTLY, action="area.do_thing", subject="late")

    assert audit("verify") == (
        f"Audit is whole: 3 rows sealed, head {head}; 1 not yet sealed.\n"
        "Evidence is whole: 0 rows sealed; 0 not yet sealed.\n"
        "Payments is whole: 0 rows sealed; 0 not yet sealed.\n",
        0,
    )


def test_verify_names_the_row_and_exits_1(audit, entries):
    chain.seal(AuditLink)
    tamper(entries[1])
    said, code = audit("verify")

    assert code == 1
    assert "Audit is NOT whole" in said
    assert f"  audit_auditentry {entries[1].pk}: was changed after it was sealed\n" in said
    found = AuditEntry.objects.latest("pk")
    assert (found.action, found.facts["is_whole"]) == ("audit.verify_record", False)


def test_verify_in_json(audit, entries):
    audit("seal")
    said, code = audit("verify", "--json")
    answer = json.loads(said)

    assert (code, answer["is_whole"], answer["chains"]["audit"]["sealed"]) == (0, True, 3)
    tamper(entries[0])
    answer = json.loads(audit("verify", "--json")[0])
    assert answer["chains"]["audit"]["faults"] == [
        {"table": "audit_auditentry", "id": entries[0].pk, "what": "was changed after it was sealed"}
    ]


def test_a_head_noted_elsewhere_must_still_be_there(audit, entries):
    audit("seal")
    _, head = chain.head_of(AuditLink)

    assert audit("verify", "--noted", head)[1] == 0
    said, code = audit("verify", "--noted", "f" * 64)
    assert (code, "No chain holds ffff" in said) == (1, True)


def test_seal_says_how_many(audit, entries):
    said, code = audit("seal")

    assert "Audit: 3 sealed, 3 in all, head " in said
    assert "Evidence: 0 sealed, 0 in all.\n" in said
    assert code == 0


def test_purge_of_one_and_of_all_before_a_day(audit, entries, time_machine):
    assert audit("purge", "--entry", str(entries[0].pk), "--reason", "Asked for")[0] == (
        "The detail of 1 entry is purged.\n"
    )
    time_machine.move_to(datetime(2018, 8, 1, tzinfo=UTC))
    assert audit("purge", "--before", "2018-07-03", "--reason", "Kept a month")[0] == (
        "The detail of 2 entries is purged.\n"
    )
    assert not AuditDetail.objects.exists()
    audit("seal")
    assert audit("verify")[1] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["purge", "--entry", "99999", "--reason", "x"], "There is no audit entry 99999."),
        (["purge", "--before", "soon", "--reason", "x"], "soon is not a day like 2017-01-01."),
        (["purge", "--before", "2018-01-01"], "Say why the detail is purged."),
        (["purge", "--reason", "x"], "Name one entry"),
    ],
)
def test_purge_refuses_in_a_sentence_and_prints_nothing(audit, entries, capsys, arguments, sentence):
    with pytest.raises((CommandError, RuleBroken), match=sentence):
        audit(*arguments)

    assert capsys.readouterr().out == ""
    assert AuditDetail.objects.count() == 3
