"""An extension is applied under its decision, once or not at all: by a person, the nightly service, or both at once."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from tests.killed import killed_at
from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.contracts import queries as contracts
from trellis.contracts.models import Contract
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import call_in, records
from trellis.decisions.models import Decision, Irregularity
from trellis.performance.tests import facts
from trellis.renewal.commands.extensions import apply_extension
from trellis.renewal.models import Dossier, Extension
from trellis.renewal.rules.countdown import last_days
from trellis.renewal.tests import scenes

ROOT = Path(__file__).resolve().parents[3]
END, LONGER = date(2018, 12, 31), date(2019, 12, 31)


def term() -> tuple[date, int, Decimal]:
    """The last day, how many quarters, and the value of them all."""
    contract = Contract.objects.get()
    return contract.ends_on, contract.quarters.count(), contracts.value(contract)


NOT_EXTENDED, EXTENDED = (END, 4, Decimal("90000.00")), (LONGER, 8, Decimal("171000.00"))


def refused(dossier: Dossier, *, by) -> str:
    """The sentence of a refusal, after which nothing has changed and nothing is audited."""
    with pytest.raises(RuleBroken) as caught:
        apply_extension(dossier=dossier, by=by)
    assert term() == NOT_EXTENDED
    assert not AuditEntry.objects.filter(action__in=["renewal.apply_extension", "contracts.extend_term"]).exists()
    assert Dossier.objects.get(pk=dossier.pk).status != "applied"
    return caught.value.sentence


def test_it_adds_the_year_with_its_quarters_and_a_second_time_changes_nothing(cast):
    dossier = scenes.decided(cast)
    with scenes.in_effect():
        made = apply_extension(dossier=dossier, by=cast.olive)
        assert term() == EXTENDED
        assert (made.number, made.ended_on, made.ends_on) == (1, END, LONGER)
        assert made.version.number == 1
        assert apply_extension(dossier=dossier, by=NIGHTLY) == made
    assert term() == EXTENDED
    assert AuditEntry.objects.get(action="renewal.apply_extension").facts["decision"] == "18/00012"
    assert AuditEntry.objects.filter(action="contracts.extend_term").count() == 1


def test_without_a_decision_it_is_refused(cast):
    dossier = scenes.submitted(cast)
    assert "No decision goes with this dossier" in refused(dossier, by=cast.olive)
    scenes.commands.link_decision(dossier=dossier, decision=scenes.a_decision(cast), by=cast.olive)
    assert "Nobody has recorded yet that the decision is to extend" in refused(dossier, by=cast.olive)


def test_before_the_decision_is_in_effect_it_is_refused(cast):
    dossier = scenes.decided(cast)
    with scenes.on(date(2018, 8, 7)):
        assert refused(dossier, by=cast.olive).startswith("The decision takes effect on 8 August 2018")


def test_called_in_irregular_or_with_an_open_condition_it_is_refused(cast):
    dossier = scenes.decided(cast, conditions=[{"text": "The budget is agreed", "gates": "award"}])
    decision = Decision.objects.get()
    with scenes.in_effect():
        assert "A condition is open: The budget is agreed" in refused(dossier, by=cast.olive)
        records.meet_condition(
            decision=decision, number=1, met_on=date(2018, 8, 8), evidence="Council minutes.", by=cast.olive
        )
        wrong = Irregularity.objects.create(
            decision=decision, what="It came late.", reason="Signed.", monitoring_officer="Mo Finch",
            entered_on=date(2018, 8, 1), entered_by="person:0",
        )  # fmt: skip
        assert "taken irregularly" in refused(dossier, by=cast.olive)
        wrong.delete()
        apply_extension(dossier=dossier, by=cast.olive)
    assert term() == EXTENDED


def test_a_called_in_decision_waits_for_scrutiny(cast):
    dossier = scenes.decided(cast)
    with scenes.on(date(2018, 8, 2)):
        members = [(f"Member {name}", group) for name, group in (("A", "Red"), ("B", "Blue"))]
        call_in.call_in(
            decision=Decision.objects.get(), called_in_on=date(2018, 8, 2), members=members, reasons="More facts.",
            by=cast.dee,
        )  # fmt: skip
    with scenes.in_effect():
        assert "called in" in refused(dossier, by=cast.olive)


def test_figures_that_have_moved_wait_for_a_person_to_weigh_them_and_what_was_decided_on_stays(cast):
    dossier = scenes.decided(cast)
    with scenes.in_effect():
        facts.reach(cast, "CASE-LATE", cast.outside, "9000", on=date(2018, 6, 1))
        assert refused(dossier, by=cast.olive).startswith("The data behind the dossier have moved")
        assert "Somebody has to say whether that changes anything" in nightly()
        with pytest.raises(RuleBroken, match="taken on 30 July 2018: what it rested on stays"):
            scenes.commands.submit_dossier(dossier=dossier, note="One more reached.", by=cast.olive)
        made = apply_extension(dossier=dossier, note="One more was reached; nothing changes.", by=cast.olive)
    assert term() == EXTENDED
    assert made.version.number == dossier.versions.get().number == 1
    assert AuditEntry.objects.get(action="renewal.apply_extension").reason == "One more was reached; nothing changes."


def test_a_decision_that_is_linked_later_rests_on_the_version_of_its_day(cast):
    dossier = scenes.submitted(cast)
    decision = scenes.a_decision(cast)
    with scenes.on(date(2018, 8, 1)):
        facts.reach(cast, "CASE-LATE", cast.outside, "9000", on=date(2018, 6, 1))
        scenes.commands.submit_dossier(dossier=dossier, note="One more reached.", by=cast.olive)
        scenes.commands.link_decision(dossier=dossier, decision=decision, by=cast.olive)
        scenes.commands.record_decided(dossier=dossier, decided="extend", by=cast.olive)
    with scenes.in_effect():
        assert apply_extension(dossier=dossier, note="Nothing changes.", by=cast.olive).version.number == 1


def test_a_decision_of_the_latest_day_that_is_counted_back_is_applied_by_the_night_after_it(cast, monkeypatch):
    scenes.decided(cast)
    latest = next(one for one in last_days(END) if one.name == "The decision is in effect").on
    monkeypatch.setattr("trellis.decisions.queries.records.effective_on", lambda decision: latest)
    with scenes.on(latest - timedelta(days=1)):
        assert "Contracts extended: 0" in nightly()
    with scenes.on(latest + timedelta(days=1)):
        assert "Contracts extended: 1" in nightly()
    assert term() == EXTENDED


def test_a_term_that_is_over_stays_over(cast):
    dossier = scenes.decided(cast)
    with scenes.on(date(2019, 1, 1)):
        assert "The term ended on 31 December 2018" in refused(dossier, by=cast.olive)


def test_the_second_optional_year_waits_for_the_first(cast):
    dossier = scenes.decided(cast)
    Dossier.objects.filter(pk=dossier.pk).update(extension=2)
    with scenes.in_effect():
        assert "Extension 1 comes first" in refused(Dossier.objects.get(), by=cast.olive)


def test_nightly_applies_what_is_due_and_says_why_the_rest_waits(cast):
    scenes.decided(cast)
    assert "Not extended yet, SCO: The decision takes effect on 8 August 2018" in nightly()
    with scenes.in_effect():
        assert "Contracts extended: 1" in nightly()
        assert "Contracts extended: 0" in nightly()
    assert term() == EXTENDED
    assert Extension.objects.get().applied_by == "service:nightly"


def nightly() -> str:
    out = StringIO()
    call_command("nightly", stdout=out)
    return out.getvalue()


def test_two_people_and_the_night_at_once_extend_it_once(committed_cast):
    dossier = scenes.decided(committed_cast)
    copies = [Dossier.objects.get(pk=dossier.pk) for _ in range(4)]
    with scenes.in_effect():
        people = [lambda copy=copy: apply_extension(dossier=copy, by=committed_cast.olive) for copy in copies]
        outcomes = at_once(*people, nightly)
    assert not losers(outcomes), outcomes
    assert len({one.pk for one in winners(outcomes) if isinstance(one, Extension)}) == 1
    assert term() == EXTENDED
    assert AuditEntry.objects.filter(action="contracts.extend_term").count() == 1
    assert AuditEntry.objects.filter(action="renewal.apply_extension").count() == 1


@pytest.mark.parametrize("where", ["extend_term", "record"])
def test_a_process_killed_in_the_middle_leaves_the_term_as_it_was(committed_db, committed_cast, where):
    """Killed (SIGKILL) before the term is changed, or after it and before the end; then run again to the end."""
    scenes.decided(committed_cast)
    with time_machine.travel(datetime(2018, 8, 8, 9, tzinfo=UTC), tick=False):
        killed_at(f"trellis.renewal.commands.extensions:{where}", lambda: call_command("nightly"))
    assert term() == NOT_EXTENDED
    assert Dossier.objects.get().status == "submitted"
    if where == "record":
        again = [sys.executable, "-m", "trellis", "nightly"]
        environment = committed_db.environment(TRELLIS_NOW="2018-08-08T09:00")
        done = subprocess.run(again, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert term() == EXTENDED
        assert Extension.objects.count() == 1
