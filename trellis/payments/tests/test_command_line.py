"""`trellis payments`: whether the books balance, the bank's list, and limits."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from trellis.core.errors import RuleBroken
from trellis.payments.commands import batches
from trellis.payments.queries import limits
from trellis.payments.tests.quarters import an_authorised_statement


@pytest.fixture
def statement(cast):
    return an_authorised_statement(cast)


def test_verify_proves_the_books_on_any_day(cast, statement, capsys):
    call_command("payments", "verify", "--contract", "SCO")
    assert capsys.readouterr().out == "The books of SCO balance on 2 July 2018: 6 entries.\nThe chain is whole.\n"

    call_command("payments", "verify", "--on", "2018-07-01", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["balances"], found["contracts"][0]["entries"]) == (True, 0)


def test_verify_exits_with_1_and_a_sentence_when_they_do_not_balance(cast, statement, capsys):
    statement.lines.filter(number=1).update(amount="1.00")

    with pytest.raises(SystemExit) as left:
        call_command("payments", "verify", "--json")
    said = capsys.readouterr()
    assert left.value.code == 1
    assert "Lines to be paid: the books say £22,500.00, the records £9,001.00." in said.err
    assert json.loads(said.out)["balances"] is False


def test_remit_says_what_came_of_each_row(cast, statement, tmp_path, capsys):
    batch = batches.export_batch(contract=cast.contract, by=cast.fred)
    first, second = batch.payments.all()
    file = tmp_path / "bank.csv"
    file.write_text(f"Payment,Amount,Paid on\n{first.reference},13500,2018-07-02\n")
    call_command("payments", "remit", "SCO", str(file))
    assert capsys.readouterr().out == f"Row 2, {first.reference}: Matched.\n"

    file.write_text(f"Payment,Amount,Paid on\n{second.reference},1,2018-07-02\n")
    with pytest.raises(SystemExit):
        call_command("payments", "remit", "SCO", str(file))
    assert "Row 2" in capsys.readouterr().out


def test_limit_is_set_for_somebody_in_finance(cast, capsys):
    call_command("payments", "limit", "SCO", "fred@example.org", "400000")
    assert capsys.readouterr().out == "Fred may authorise up to £400,000 for Trellisshire Council from today.\n"
    assert limits.limit_of(cast.fred, cast.council, date(2018, 7, 2)) == 400000
    with pytest.raises(RuleBroken, match="authorises nothing"):
        call_command("payments", "limit", "SCO", "olive@example.org", "400000")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("verify", "--contract", "NO"), "There is no contract NO."),
        (("verify", "--on", "June"), "June is not a day like 2018-06-30."),
        (("export", "SCO", "no-such-folder"), "There is no folder no-such-folder."),
        (("remit", "SCO", "no-such-file"), "The file no-such-file cannot be read"),
        (("limit", "SCO", "nobody@example.org", "1"), "Nobody has an account"),
        (("limit", "SCO", "fred@example.org", "lots"), "in whole pounds"),
    ],
)
def test_what_is_typed_wrongly_is_refused_in_a_sentence(cast, typed, words):
    with pytest.raises(CommandError, match=words):
        call_command("payments", *typed)
