"""A run over the register: what is certain is merged, what is not is asked once, and what was decided stays."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from trellis.audit.models import AuditEntry
from trellis.core.actors import LINKAGE
from trellis.core.errors import RuleBroken
from trellis.organisations import commands
from trellis.organisations.linkage import Evidence, Linkage, Pair
from trellis.organisations.models import LinkQuestion, LinkRun, Merge, Organisation
from trellis.organisations.queries import links as queries
from trellis.organisations.tests.merging.register import merge, organisation, somebody_at_it, undo

pytestmark = pytest.mark.django_db
State = LinkQuestion.State
NAMES = (Evidence("name", "Names share the rare word “mill”", 6.5),)


def says(*pairs: tuple[Organisation, Organisation, float], relation: str = "same", apart: bool = False):
    """A linkage that finds these pairs."""

    def link(records):
        known = set(records.column("id").to_pylist())
        found = [
            Pair(str(one.pk), str(other.pk), probability, relation, NAMES)
            for one, other, probability in pairs
            if {str(one.pk), str(other.pk)} <= known
        ]
        clusters = {each: each if apart else "all" for each in known}
        return Linkage(0.95, 0.05, 0.99, found, clusters)

    return link


@pytest.fixture
def three() -> list[Organisation]:
    return [organisation("Mill Pantry"), organisation("Mill Lane Pantry"), organisation("Pantry of Mill")]


def test_of_two_families_the_likeliest_pair_is_asked_about_and_its_answer_goes_for_all(three, cast):
    found = (three[0], three[1], 0.99), (three[0], three[2], 0.5), (three[1], three[2], 0.6)
    run = commands.find_links(by=cast.ada, link=says(*found))
    asked = LinkQuestion.objects.get(state=State.WAITING)
    assert (run.questions, asked.probability) == (1, 0.6)

    commands.answer_question(question=asked, answer=State.DIFFERENT, by=cast.ada)
    commands.find_links(by=cast.ada, link=says(*found[1:]))
    assert not LinkQuestion.objects.filter(state=State.WAITING).exists()


def test_what_most_records_of_two_families_speak_against_is_not_asked_about(three, cast):
    """The likeliest pair alone would say 60 in 100; with a record that nothing speaks for it is 33, and with two 23."""
    four = organisation("Mill Row Pantry")
    found = [(three[0], three[1], 0.99), (three[0], three[2], 0.6)]
    commands.find_links(by=cast.ada, link=says(*found))
    asked = LinkQuestion.objects.get(state=State.WAITING)
    assert (asked.probability, asked.chance) == (0.6, pytest.approx(0.325))
    assert asked.value == pytest.approx(4 * 0.325 * 0.675)

    commands.find_links(by=cast.ada, link=says((three[0], four, 0.99), *found))
    asked.refresh_from_db()
    assert asked.state == State.WITHDRAWN


def test_what_is_hardly_likely_is_not_asked_about_unless_it_is_a_branch(three, cast):
    commands.find_links(by=cast.ada, link=says((three[0], three[1], 0.29)))
    assert not LinkQuestion.objects.exists()

    commands.find_links(by=cast.ada, link=says((three[0], three[1], 0.29), relation="branch"))
    assert LinkQuestion.objects.get().state == State.WAITING


def test_certain_pairs_are_merged_and_the_others_asked(three, cast):
    link = says((three[0], three[1], 0.99), (three[0], three[2], 0.6))
    run = commands.find_links(by=cast.ada, link=link)

    done = Merge.objects.get()
    assert (done.merged, done.into, done.is_automatic, done.merged_by) == (three[1], three[0], True, LINKAGE.actor_name)
    assert done.evidence == [{"field": "name", "words": "Names share the rare word “mill”", "weight": 6.5}]
    asked = LinkQuestion.objects.get(state=State.WAITING)
    assert (asked.first, asked.second, asked.probability) == (three[0], three[2], 0.6)
    assert (run.status, run.pairs, run.certain, run.merged, run.questions) == ("finished", 2, 1, 1, 1)
    assert run.finished_at and run.records == Organisation.objects.count()
    assert AuditEntry.objects.filter(action="organisations.find_links").count() == 1
    assert AuditEntry.objects.get(action="organisations.merge_organisations").actor == LINKAGE.actor_name


def test_a_second_run_changes_nothing_and_asks_nothing_again(three, cast):
    link = says((three[0], three[1], 0.99), (three[0], three[2], 0.6))
    commands.find_links(by=cast.ada, link=link)
    rows = list(LinkQuestion.objects.values_list("pk", "state", "probability"))
    again = commands.find_links(by=cast.ada, link=link)
    assert (again.merged, again.questions) == (0, 0)
    assert list(LinkQuestion.objects.values_list("pk", "state", "probability")) == rows


@pytest.mark.parametrize("answer", ["different", "branch"])
def test_what_a_person_decided_is_neither_asked_nor_merged_again(three, answer, cast):
    commands.find_links(by=cast.ada, link=says((three[0], three[1], 0.6)))
    asked = LinkQuestion.objects.get()
    commands.answer_question(question=asked, answer=answer, parent=three[0], by=cast.ada)
    merge(three[0], three[2])  # whichever stands for it by then
    run = commands.find_links(by=cast.ada, link=says(*((one, three[1], 0.999) for one in three if one != three[1])))
    assert (run.merged, run.questions) == (0, 0)
    asked.refresh_from_db()
    assert asked.state == answer


def test_a_merge_that_was_undone_is_not_done_again(three, cast):
    link = says((three[0], three[1], 0.99))
    commands.find_links(by=cast.ada, link=link)
    undo(Merge.objects.get(), by=cast.ada)
    assert commands.find_links(by=cast.ada, link=link).merged == 0
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_two_charity_numbers_are_neither_merged_nor_asked_about(cast):
    one, other = organisation("Mill Pantry", number="1007778"), organisation("Mill Pantry", number="1007779")
    run = commands.find_links(by=cast.ada, link=says((one, other, 0.999)))
    assert (run.merged, run.questions, LinkQuestion.objects.count()) == (0, 0, 0)


def test_a_chain_of_certain_pairs_that_would_unite_two_numbers_stops_before_it(cast):
    one, between, other = (
        organisation("Mill Pantry", number="1007778"), organisation("Mill"), organisation("Mill", number="1007779"),
    )  # fmt: skip
    run = commands.find_links(by=cast.ada, link=says((one, between, 0.99), (between, other, 0.98)))
    assert run.merged == 1 and Merge.objects.get().merged == between
    assert LinkQuestion.objects.get(second=other).state == State.WAITING


def test_two_that_are_both_in_use_are_asked_about_however_certain(cast):
    run = commands.find_links(by=cast.ada, link=says((cast.pantry, cast.choir, 0.999)))
    assert (run.merged, run.questions) == (0, 1)
    asked = LinkQuestion.objects.get()
    assert asked.value == pytest.approx(4 * 0.999 * 0.001 * 2.585, rel=0.01)  # two people's memberships hang on them


def test_two_in_use_are_not_united_by_way_of_a_third_either(three, cast):
    """Whoever has people sees the cases of all that are the same, so each step asks what is in use by then."""
    link = says((cast.pantry, three[0], 0.999), (three[0], cast.choir, 0.998))
    run = commands.find_links(by=cast.ada, link=link)
    assert (run.certain, run.merged, run.questions) == (2, 1, 1)
    assert Organisation.objects.get(pk=cast.choir.pk).merged_into is None


def test_an_answer_given_during_the_run_stands(three, cast):
    def answering(records):
        commands.answer_question(question=LinkQuestion.objects.get(), answer="different", by=cast.ada)
        return says((three[0], three[1], 0.999))(records)

    commands.find_links(by=cast.ada, link=says((three[0], three[1], 0.6)))
    known = queries.known_pairs()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "known_pairs", lambda: known)  # read before the answer came
        run = commands.find_links(by=cast.ada, link=answering)
    assert run.merged == 0 and LinkQuestion.objects.get().state == State.DIFFERENT


@pytest.mark.parametrize("link", [{"relation": "branch"}, {"relation": "trading-arm"}, {"apart": True}])
def test_branches_and_what_the_linkage_kept_apart_are_asked_about(three, link, cast):
    run = commands.find_links(by=cast.ada, link=says((three[0], three[1], 0.99), **link))
    assert (run.merged, run.questions) == (0, 1)


def test_a_question_that_is_found_no_more_is_withdrawn_and_may_come_back(three, cast):
    asks = says((three[0], three[1], 0.6))
    for link, state in ((asks, State.WAITING), (says(), State.WITHDRAWN), (asks, State.WAITING)):
        commands.find_links(by=cast.ada, link=link)
        assert LinkQuestion.objects.get().state == state


def test_decisions_teach_the_threshold(three, cast):
    for number in range(60):
        one, other = organisation(f"A{number}"), organisation(f"B{number}")
        run = LinkRun.objects.first() or LinkRun.objects.create(reference="LNK-1", started_by="person:1")
        LinkQuestion.objects.create(
            first=one, second=other, probability=0.8, chance=0.8, run=run, state=State.SAME, decided_at=run.started_at,
            decided_by="person:1",
        )  # fmt: skip
    run = commands.find_links(by=cast.ada, link=says((three[0], three[1], 0.85), (three[0], three[2], 0.7)))
    assert (run.threshold, run.merged, run.questions) == (0.8, 1, 1)


def test_only_those_who_keep_the_register_look_for_links(cast):
    for deed in (commands.find_links, commands.start_finding):
        with pytest.raises(RuleBroken, match="keep the register"):
            deed(by=cast.carol)
    assert not LinkRun.objects.exists()


def test_a_run_is_refused_while_an_import_has_the_register(three, cast):
    with somebody_at_it(), pytest.raises(RuleBroken, match="Another import is running"):
        commands.find_links(by=cast.ada, link=says())
    assert not LinkRun.objects.exists()


def test_a_run_that_broke_off_is_marked_so_by_the_next(three, cast):
    LinkRun.objects.create(reference="LNK-OLD", status="running", started_by="person:1")
    commands.find_links(by=cast.ada, link=says())
    assert LinkRun.objects.get(reference="LNK-OLD").status == "failed"


def test_in_the_background_the_waiting_run_is_done_once(three, cast, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("trellis.organisations.linkage.link", says((three[0], three[1], 0.99)), raising=False)
    with django_capture_on_commit_callbacks() as due:
        run = commands.start_finding(by=cast.ada)
    with pytest.raises(RuleBroken, match="waits to start"):
        commands.start_finding(by=cast.ada)
    for _ in range(2):
        due[0]()
    run.refresh_from_db()
    assert (run.status, run.merged) == ("finished", 1)


def test_the_command_says_what_it_did(three, monkeypatch):
    monkeypatch.setattr("trellis.organisations.linkage.link", says((three[0], three[1], 0.6)), raising=False)
    out = StringIO()
    call_command("find_links", "--json", stdout=out)
    assert json.loads(out.getvalue())["questions"] == 1
