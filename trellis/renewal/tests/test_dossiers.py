"""The dossier on an optional year: what it says, when it may be submitted, and that what was submitted stays."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts import commands as contracts
from trellis.contracts.tests.terms_scenes import decided
from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.decisions.report import keeping
from trellis.evidence import sealing
from trellis.payments.tests import books_scenes
from trellis.performance.tests import facts
from trellis.renewal.commands import dossiers as commands
from trellis.renewal.dossier import dependence, money
from trellis.renewal.dossier.basis import Basis
from trellis.renewal.dossier.need import per_thousand
from trellis.renewal.models import DossierVersion
from trellis.renewal.queries import dossiers as queries
from trellis.renewal.tests import scenes
from trellis.support.tests import cases


def actions() -> list[str]:
    return list(
        AuditEntry.objects.filter(action__startswith="renewal.").order_by("pk").values_list("action", flat=True)
    )


def words(paper) -> str:
    return json.dumps(asdict(paper), default=str, ensure_ascii=False)


def test_money_is_the_reports_own(cast):
    """Golden data of decision 16/00051: £403,692.43 and £363,323.18; savings under two names."""
    contract = contracts.create_contract(
        reference="OLD", title="Old", authority=cast.council, starts_on=date(2017, 1, 1), years=3, extensions=2,
        baseline=Decimal(615_291), step_down=Decimal("0.1"), shares={cast.ash_vale: Decimal(1)},
        independent_route=cast.independent, by=SIMULATOR,
    )  # fmt: skip
    first = money.facts(Basis(contract, 1, None, date(2019, 7, 1)))
    assert first.figures["extension_cost"].words == "£403,692.43"
    assert first.figures["extension_period"].words == "1 January 2020 to 31 December 2020"
    assert first.figures["saving_annual"].words == "£211,598.57"
    assert first.figures["saving_cumulative"].words == "£556,776.82"
    assert first.shown["money_years"].rows[2][3:] == ("£448,547.14", "£166,743.86", "£345,178.25")
    contracts.extend_term(contract=contract, extension=1, decision=decided(cast), by=SIMULATOR)
    second = money.facts(Basis(contract, 2, None, date(2020, 7, 1)))
    assert second.figures["extension_cost"].words == "£363,323.18"
    assert second.figures["value_with"].words == "£2,267,710.36"


def test_the_dossier_says_each_subject_and_where_there_are_no_books(cast):
    dossier = scenes.begun(cast)
    paper = queries.live_paper(dossier)
    assert [one.code for one in paper.sections] == [
        "performance", "need", "money", "equality", "dependence", "recommendation"
    ]  # fmt: skip
    said = words(paper)
    assert "No open-book returns are in yet" in said
    assert (paper.figures["asked"].words, paper.figures["unmet"].words) == ("1 request", "1")
    assert paper.figures["reached"].words == "5 organisations"
    assert paper.figures["eqia_late"].words == "1 late"
    assert paper.missing[-1] == "Say what you recommend, and why."


def test_open_books_tell_how_much_depends_on_the_contract(cast):
    """£22,500 of the quarter beside £1,000 of charges: 22,500 / 23,500."""
    books_scenes.with_terms(cast)
    books_scenes.accepted(cast)
    found = dependence.facts(Basis(cast.contract, 1, facts.SPRING, date(2018, 7, 2)))
    assert found.shown["dependence_quarters"].rows[0][:2] == ("January to March 2018", "95.7%")
    assert found.figures["dependence_latest"].words == "95.7%"
    assert "dependence_said" in dependence.facts(Basis(cast.contract, 1, None, date(2018, 7, 2))).figures


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(3, 40, "75.0"), (1, 3, "333.3"), (0, 5, "0.0"), (1, 0, "not known")]
)
def test_reach_for_every_thousand(part, whole, words):
    assert per_thousand(part, whole) == words


def test_a_dossier_is_begun_for_the_next_optional_year_only(cast):
    with pytest.raises(RuleBroken, match="has no optional year"):
        commands.begin_dossier(contract=cast.contract, by=cast.olive)
    dossier = scenes.begun(cast)
    assert (dossier.extension, dossier.status) == (1, "draft")
    with pytest.raises(RuleBroken, match="already a dossier"):
        commands.begin_dossier(contract=cast.contract, by=cast.olive)
    assert actions() == ["renewal.begin_dossier"]
    commands.withdraw_dossier(dossier=dossier, reason="Begun too early.", by=cast.olive)
    assert commands.begin_dossier(contract=cast.contract, by=cast.olive).extension == 1


def test_it_is_submitted_when_every_section_says_what_it_means(cast):
    dossier = scenes.begun(cast)
    with pytest.raises(RuleBroken, match="not complete. How the contract has done"):
        commands.submit_dossier(dossier=dossier, by=cast.olive)
    dossier.refresh_from_db()
    assert dossier.status == "draft"
    with pytest.raises(RuleBroken, match="in a sentence"):
        commands.assess_section(dossier=dossier, section="money", text="Fine.", by=cast.olive)
    assert not DossierVersion.objects.exists()


def test_what_is_submitted_is_kept_with_digest_and_place_in_the_chain(cast):
    dossier = scenes.submitted(cast)
    version = dossier.versions.get()
    assert version.digest == keeping.digest(version.content)
    assert version.evidence_up_to == sealing.sealed_up_to() > 0
    assert version.quarter == "2018-Q2"
    assert "It works and is needed." in words(queries.kept_paper(version))
    assert queries.moved_since(version) == ()
    assert actions()[-1] == "renewal.submit_dossier"
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        commands.submit_dossier(dossier=dossier, note="Again", by=cast.olive)


def test_later_days_do_not_make_it_stale_and_late_facts_do(cast):
    dossier = scenes.submitted(cast)
    version = dossier.versions.get()
    with scenes.on(date(2018, 8, 20)):
        cases.requested(cast, organisation=cast.choir, by=cast.erin)
        facts.reach(cast, "CASE-LATER", cast.outside, "9000", on=date(2018, 8, 1))
        assert queries.moved_since(version) == ()
        facts.reach(cast, "CASE-LATE", cast.outside, "9000", on=date(2018, 6, 1))
        moved = queries.moved_since(version)
        assert "Organisations reached" in [one.label for one in moved]
        with pytest.raises(RuleBroken, match="Say what is new"):
            commands.submit_dossier(dossier=dossier, by=cast.olive)
        made = commands.submit_dossier(dossier=dossier, note="One more was reached; nothing changes.", by=cast.olive)
    assert (made.number, queries.moved_since(made)) == (2, ())
    assert queries.versions(dossier).count() == 2


def test_it_is_opened_again_until_the_decision_is_taken(cast):
    dossier = scenes.submitted(cast)
    commands.reopen_dossier(dossier=dossier, reason="A sentence was wrong.", by=cast.olive)
    commands.assess_section(dossier=dossier, section="need", text="It is needed more than ever.", by=cast.olive)
    commands.submit_dossier(dossier=dossier, note="The sentence is right now.", by=cast.olive)
    commands.link_decision(dossier=dossier, decision=scenes.a_decision(cast), by=cast.olive)
    for late in (commands.reopen_dossier, commands.submit_dossier):
        said = {"reason": "Too late."} if late is commands.reopen_dossier else {"note": "Too late."}
        with pytest.raises(RuleBroken, match="The decision was taken on 30 July 2018"):
            late(dossier=dossier, by=cast.olive, **said)


def test_a_dossier_that_is_opened_again_is_linked_anew(cast):
    dossier = scenes.submitted(cast)
    decision = scenes.decisions.announced(cast.council, reference="18/00012")
    commands.link_decision(dossier=dossier, decision=decision, by=cast.olive)
    commands.reopen_dossier(dossier=dossier, reason="A sentence was wrong.", by=cast.olive)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.decision) == ("draft", None)
    assert AuditEntry.objects.get(action="renewal.reopen_dossier").facts["decision"] == "18/00012"


def test_a_decision_from_before_the_dossier_is_refused(cast):
    dossier = scenes.submitted(cast)
    old = scenes.decisions.published(cast.council, reference="18/00099")
    with pytest.raises(RuleBroken, match="taken on 18 June 2018, before the dossier"):
        commands.link_decision(dossier=dossier, decision=old, by=cast.olive)
    other = scenes.decisions.drafted(cast.outside, reference="18/00098")
    with pytest.raises(RuleBroken, match="another authority"):
        commands.link_decision(dossier=dossier, decision=other, by=cast.olive)
    dossier.refresh_from_db()
    assert dossier.decision is None


def test_a_decision_opened_from_it_has_it_as_its_report(cast):
    dossier = scenes.submitted(cast)
    decision = commands.open_decision(
        dossier=dossier, by=cast.carol, reference="18/00077", **scenes.decisions.DESCRIBED
    )
    dossier.refresh_from_db()
    assert dossier.decision == decision
    report = decision.documents.get()
    assert (report.kind, report.title) == ("report", "Dossier on extension 1 of SCO, version 1")


def test_what_was_decided_is_recorded_once_it_is_and_not_to_extend_closes_it(cast):
    dossier = scenes.submitted(cast)
    commands.link_decision(dossier=dossier, decision=scenes.decisions.drafted(cast.council), by=cast.olive)
    with pytest.raises(RuleBroken, match="not taken yet"):
        commands.record_decided(dossier=dossier, decided="extend", by=cast.olive)
    decision = scenes.a_decision(cast, reference="18/00013")
    commands.link_decision(dossier=dossier, decision=decision, by=cast.olive)
    commands.record_decided(dossier=dossier, decided="end", by=cast.olive)
    assert dossier.status == "closed"
    with pytest.raises(RuleBroken, match="ended without an extension"):
        commands.submit_dossier(dossier=dossier, note="Once more.", by=cast.olive)
