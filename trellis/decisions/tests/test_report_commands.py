"""Writing a report: what is kept, what is refused, what the audit says, what moved."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import budgets, commissions
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import records
from trellis.decisions.commands import reports as commands
from trellis.decisions.models import Decision, ReportParagraph, ReportPublication, ReportVersion
from trellis.decisions.queries import pathway
from trellis.decisions.queries import reports as queries
from trellis.decisions.report import keeping
from trellis.decisions.rules import reports as rules
from trellis.decisions.tests import scenes

SAVINGS = "financial-savings"


def budget_of(cast, commission):
    return budgets.add_scenario(
        commission=commission, name="As proposed", baseline=Decimal("100000"), step_down=Decimal(10), years=3,
        extensions=2, start=date(2019, 1, 1), by=cast.carol,
    )  # fmt: skip


def a_commission(cast):
    commission = commissions.open_commission(
        title="Support", purpose="One service for all.", authority=cast.council, owner=cast.carol, by=cast.carol
    )
    budget_of(cast, commission)
    return commission


@pytest.fixture
def decision(cast) -> Decision:
    return scenes.drafted(cast.council, commission=a_commission(cast), by=cast.carol)


@pytest.fixture
def report(cast, decision):
    return commands.open_report(decision=decision, by=cast.carol)


def audited(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=f"decisions.{action}"))


def complete(monkeypatch):
    """As if every topic were there: what is missing has its own tests."""
    check = rules.check_can_publish
    monkeypatch.setattr(rules, "check_can_publish", lambda **facts: check(**facts | {"missing": ()}))


def test_a_report_is_opened_once_on_a_decision_of_a_commission(cast, decision):
    commands.open_report(decision=decision, by=cast.carol)
    [entry] = audited("open_report")
    assert entry.subject == f"decision {decision.reference}" and entry.actor == cast.carol.actor_name
    with pytest.raises(RuleBroken, match="already a report"):
        commands.open_report(decision=decision, by=cast.carol)
    assert len(audited("open_report")) == 1


def test_a_report_needs_a_commission(cast):
    with pytest.raises(RuleBroken, match="which commission"):
        commands.open_report(decision=scenes.drafted(cast.council), by=cast.carol)
    assert audited("open_report") == []


def test_a_report_names_the_savings_by_their_names_and_says_what_is_missing(report):
    paper = queries.paper(report)
    assert paper.figures["saving_annual"].words == "£27,100"
    assert paper.figures["saving_cumulative"].words == "£56,100"
    assert paper.figures["saving_annual"].address == f"/commissions/{report.decision.commission.reference}/budget/"
    assert "Nobody is named yet who is funded today." in paper.missing
    assert "No equality impact assessment is attested yet." in paper.missing


def test_a_paragraph_by_hand_stands_beside_what_was_generated(cast, report):
    commands.write_paragraph(report=report, key=SAVINGS, text="We save {saving_annual} a year.\r\n", by=cast.carol)
    paragraph = queries.paper(report).paragraphs()[SAVINGS]
    assert paragraph.template == "We save {saving_annual} a year." and paragraph.is_by_hand
    assert paragraph.generated.startswith("Two savings must not be taken for one another")
    assert audited("write_paragraph")[0].facts == {"paragraph": SAVINGS, "is_by_hand": True}


def test_writing_the_generated_words_restores_them(cast, report):
    generated = queries.paper(report).paragraphs()[SAVINGS].generated
    commands.write_paragraph(report=report, key=SAVINGS, text="Mine.", by=cast.carol)
    commands.write_paragraph(report=report, key=SAVINGS, text=f" {generated} ", by=cast.carol)
    assert not ReportParagraph.objects.exists()


def test_a_paragraph_is_restored(cast, report):
    commands.write_paragraph(report=report, key=SAVINGS, text="", by=cast.carol)
    assert queries.paper(report).paragraphs()[SAVINGS].template == ""
    commands.restore_paragraph(report=report, key=SAVINGS, by=cast.carol)
    assert not queries.paper(report).paragraphs()[SAVINGS].is_by_hand
    with pytest.raises(RuleBroken, match="as it was generated"):
        commands.restore_paragraph(report=report, key=SAVINGS, by=cast.carol)
    assert len(audited("restore_paragraph")) == 1


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        (SAVINGS, "We save {saving}.", "There is no figure {saving}"),
        (SAVINGS, "x" * 6001, "at most 6,000 characters"),
        ("no-such", "Words.", "no such paragraph"),
    ],
)
def test_a_paragraph_is_refused_with_a_sentence(cast, report, key, text, words):
    with pytest.raises(RuleBroken) as refused:
        commands.write_paragraph(report=report, key=key, text=text, by=cast.carol)
    assert words in refused.value.sentence
    assert audited("write_paragraph") == [] and not ReportParagraph.objects.exists()


def test_words_that_somebody_else_wrote_meanwhile_are_not_lost(cast, report):
    seen = queries.paper(report).paragraphs()[SAVINGS].template
    commands.write_paragraph(report=report, key=SAVINGS, text="Dee’s words.", seen=seen, by=cast.dee)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.write_paragraph(report=report, key=SAVINGS, text="Carol’s words.", seen=seen, by=cast.carol)
    assert ReportParagraph.objects.get().text == "Dee’s words."


def test_several_paragraphs_are_written_all_or_none(cast, report):
    texts = {SAVINGS: "One.", "proposal-own": "Two {nothing}."}
    with pytest.raises(RuleBroken):
        commands.write_paragraphs(report=report, texts=texts, by=cast.carol)
    assert not ReportParagraph.objects.exists()
    commands.write_paragraphs(report=report, texts=texts | {"proposal-own": "Two."}, by=cast.carol)
    assert ReportParagraph.objects.count() == len(audited("write_paragraph")) == 2


def test_a_version_keeps_the_report_as_it_stood(cast, report):
    made = commands.make_version(report=report, by=cast.carol)
    assert made.number == 1 and made.digest == keeping.digest(ReportVersion.objects.get().content)
    scenario = report.decision.commission.scenarios.get()
    budgets.change_scenario(
        scenario=scenario, name=scenario.name, baseline=Decimal("120000"), step_down=Decimal(10), years=3, extensions=2,
        start=date(2019, 1, 1), by=cast.carol,
    )  # fmt: skip
    live, version = queries.paper(report), queries.latest_version(report)
    assert version.paper.figures["saving_annual"].words == "£27,100"
    moved = {one.label: (one.before, one.now) for one in queries.moved_since(version, live)}
    assert moved["Annual saving by year 3"] == ("£27,100", "£32,520")
    assert moved["Value over 3 years"] == ("£243,900", "£292,680")
    again = commands.make_version(report=report, note="The baseline is put right.", by=cast.carol)
    assert again.number == 2 and queries.moved_since(queries.latest_version(report), live) == ()
    assert [entry.facts["version"] for entry in audited("make_report_version")] == [1, 2]


def test_a_version_is_refused_when_nothing_changed_or_nothing_is_said_of_what_did(cast, report):
    commands.make_version(report=report, by=cast.carol)
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        commands.make_version(report=report, note="Again.", by=cast.carol)
    commands.write_paragraph(report=report, key=SAVINGS, text="Other words.", by=cast.carol)
    with pytest.raises(RuleBroken, match="Say what is new"):
        commands.make_version(report=report, by=cast.carol)
    assert len(audited("make_report_version")) == ReportVersion.objects.count() == 1


def test_an_incomplete_report_is_not_published(cast, report):
    version = commands.make_version(report=report, by=cast.carol)
    with pytest.raises(RuleBroken, match=r"The report is not complete\. .*Nobody is named yet who is funded today\."):
        commands.publish_version(version=version, by=cast.dee)
    assert queries.published_report(report.decision) is None and audited("publish_report") == []


def test_a_stale_version_is_not_published(cast, report, monkeypatch):
    complete(monkeypatch)
    version = commands.make_version(report=report, by=cast.carol)
    scenario = report.decision.commission.scenarios.get()
    budgets.change_scenario(
        scenario=scenario, name=scenario.name, baseline=Decimal("120000"), step_down=Decimal(10), years=3, extensions=2,
        start=date(2019, 1, 1), by=cast.carol,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match=r"The data have moved since .* Make a new version first"):
        commands.publish_version(version=version, by=cast.dee)
    assert not ReportPublication.objects.exists()


def test_a_published_report_lets_an_agenda_be_published(cast, report, monkeypatch):
    complete(monkeypatch)
    decision = report.decision
    decision.documents.all().delete()
    version = commands.make_version(report=report, by=cast.carol)
    assert not pathway.has_report(decision)
    commands.publish_version(version=version, by=cast.dee)
    assert pathway.has_report(decision) and queries.published_report(decision) == version
    assert audited("publish_report")[0].facts == {"version": 1, "digest": version.digest}
    assert decision.history.last().note == "Version 1 of the report is published"
    with pytest.raises(RuleBroken, match="published already"):
        commands.publish_version(version=ReportVersion.objects.get(), by=cast.dee)


def test_a_decision_cannot_rest_on_a_report_that_was_published_later(cast, report, monkeypatch):
    complete(monkeypatch)
    decision = report.decision
    assert pathway.guard_facts(decision).report_on is None  # brought in as a document, of a day that nobody asked for
    decision.documents.all().delete()
    Decision.objects.filter(pk=decision.pk).update(is_key=False)
    decision.refresh_from_db()
    commands.publish_version(version=commands.make_version(report=report, by=cast.carol), by=cast.dee)
    taking = {"decision": decision, "by": cast.dee}
    with pytest.raises(RuleBroken, match=r"has been there since 2 July 2018\. It may be taken from 2 July 2018 on"):
        records.take_decision(decided_on=date(2018, 6, 29), **taking)
    records.take_decision(decided_on=date(2018, 7, 2), **taking)
    assert len(audited("take_decision")) == 1


def test_the_report_on_an_exempt_decision_is_not_published(cast, report, monkeypatch):
    complete(monkeypatch)
    version = commands.make_version(report=report, by=cast.carol)
    exempt = {"restriction": "fully", "exemption": "3", "public_interest": "A price is being agreed."}
    Decision.objects.filter(pk=report.decision_id).update(**exempt)
    version = ReportVersion.objects.select_related("report__decision").get(pk=version.pk)
    with pytest.raises(RuleBroken, match="The whole decision is exempt"):
        commands.publish_version(version=version, by=cast.dee)
    assert not ReportPublication.objects.exists() and audited("publish_report") == []


def test_only_the_latest_version_is_published(cast, report, monkeypatch):
    complete(monkeypatch)
    first = commands.make_version(report=report, by=cast.carol)
    commands.write_paragraph(report=report, key=SAVINGS, text="Other words.", by=cast.carol)
    commands.make_version(report=report, note="Other words.", by=cast.carol)
    with pytest.raises(RuleBroken, match="There is a later version"):
        commands.publish_version(version=first, by=cast.dee)


def test_the_report_stays_as_it_is_once_the_decision_is_taken(cast, report):
    Decision.objects.filter(pk=report.decision_id).update(status="taken", decided_on=date(2018, 7, 1))
    report = queries.report_on(Decision.objects.get(pk=report.decision_id))
    for write in (
        lambda: commands.write_paragraph(report=report, key=SAVINGS, text="Late.", by=cast.carol),
        lambda: commands.restore_paragraph(report=report, key=SAVINGS, by=cast.carol),
        lambda: commands.make_version(report=report, by=cast.carol),
    ):
        with pytest.raises(RuleBroken, match="its report stays as it is"):
            write()
