"""Two at once: one question is answered once, and no two deeds together unite two numbers or lose an organisation."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.core.actors import SIMULATOR
from trellis.core.errors import RuleBroken
from trellis.organisations import commands, families
from trellis.organisations.imports import writing
from trellis.organisations.models import LinkQuestion, LinkRun, Merge, Organisation, OwnValues, SearchEntry
from trellis.organisations.tests.merging.register import merge, organisation, question, undo

ROOT = Path(__file__).resolve().parents[4]
PEOPLE = 4


def families_are_whole() -> None:
    """`merged_into` follows from the merges that stand, and no family has two numbers."""
    edges = dict(Merge.objects.filter(undone_at=None).values_list("merged_id", "into_id"))
    for pk, into in Organisation.objects.values_list("pk", "merged_into_id"):
        root = pk
        while root in edges:
            root = edges[root]
        assert into == (None if root == pk else root)
    roots = set(filter(None, Organisation.objects.values_list("merged_into_id", flat=True)))
    assert set(OwnValues.objects.values_list("pk", flat=True)) == roots
    assert all(len(numbers.get("GB-CHC", ())) < 2 for numbers in families.numbers_of(roots).values())


def test_one_question_is_answered_once(committed_cast):
    asked = question(organisation("Mill Pantry"), organisation("Mill Lane Pantry"))
    answers = ["same", "different"] * 2
    copies = [LinkQuestion.objects.get(pk=asked.pk) for _ in answers]

    outcomes = at_once(
        *[
            lambda copy=copy, answer=answer, by=by: commands.answer_question(question=copy, answer=answer, by=by)
            for copy, answer, by in zip(copies, answers, [committed_cast.ada, committed_cast.olive] * 2, strict=True)
        ]
    )

    assert len(winners(outcomes)) == 1
    assert {type(error) for error in losers(outcomes)} == {RuleBroken}, losers(outcomes)
    asked.refresh_from_db()
    assert Merge.objects.count() == (asked.state == "same")
    assert AuditEntry.objects.filter(action="organisations.answer_question").count() == 1
    families_are_whole()


def test_two_reviewers_never_get_one_question(committed_cast):
    one = organisation("Mill Pantry")
    for number in range(3):
        question(one, organisation(f"Pantry {number}"), value=number)

    outcomes = at_once(
        *[lambda by=by: commands.claim_question(by=by) for by in (committed_cast.ada, committed_cast.olive)]
    )

    assert losers(outcomes) == []
    assert len({one.pk for one in outcomes}) == 2


def test_two_merges_at_once_never_unite_two_numbers(committed_db):
    one, other = organisation("Mill Pantry", number="1007778"), organisation("Mill Foodbank", number="1007779")
    between, further = organisation("Mill"), organisation("Mill Lane")
    merge(further, between)

    outcomes = at_once(
        lambda: merge(between, one), lambda: merge(other, between), lambda: merge(further, other),
        lambda: merge(one, further),
    )  # fmt: skip

    assert {type(error) for error in losers(outcomes)} == {RuleBroken}, losers(outcomes)
    assert len(winners(outcomes)) == 1
    families_are_whole()


def test_a_number_that_an_import_brings_at_that_moment_is_never_united_with_another(committed_db):
    one, other = organisation("Mill Pantry", number="1007778"), organisation("Mill Foodbank")

    @transaction.atomic
    def bring():
        families.locked([other.pk])
        writing.add_identifiers([(other.pk, "GB-CHC", "1007779")])
        time.sleep(0.05)

    outcomes = at_once(lambda: merge(one, other), bring)

    assert {type(error) for error in losers(outcomes)} <= {RuleBroken}, losers(outcomes)
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()
    families_are_whole()


def test_a_merge_is_undone_once_while_others_merge_on(committed_db):
    one, other, third = organisation("Mill Pantry"), organisation("Mill Foodbank"), organisation("Mill Lane")
    done = merge(one, other)
    copies = [Merge.objects.get(pk=done.pk) for _ in range(PEOPLE)]

    outcomes = at_once(*[lambda copy=copy: undo(copy) for copy in copies], lambda: merge(third, one))

    assert {type(error) for error in losers(outcomes)} == {RuleBroken}, losers(outcomes)
    assert AuditEntry.objects.filter(action="organisations.undo_merge").count() == 1
    families_are_whole()


LINK_EVERY_PAIR = """
import trellis.organisations.linkage as linkage
from trellis.organisations.linkage import Linkage, Pair
def link(records):
    named = dict(zip(records.column("name").to_pylist(), records.column("id").to_pylist()))
    pairs = [Pair(named[name], other, 0.999, "same") for text, other in named.items()
             if (name := text.removeprefix("The ")) != text and name in named]
    return Linkage(0.95, 0.05, 0.99, pairs, {each: "all" for each in named.values()})
linkage.link = link
import sys
sys.argv = ["trellis", "find_links", "--json"]
from trellis.__main__ import main
main()
"""


@pytest.mark.real_time
def test_a_run_that_is_killed_leaves_whole_merges_and_the_next_goes_on(committed_db):
    pairs = 60
    for number in range(pairs):
        organisation(f"Pantry {number}"), organisation(f"The Pantry {number}")
    command = [sys.executable, "-c", LINK_EVERY_PAIR]
    start = lambda: subprocess.Popen(  # noqa: E731
        command, cwd=ROOT, env=committed_db.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process = start()
    while process.poll() is None and not Merge.objects.exists():
        time.sleep(0.02)
    time.sleep(random.Random(os.getpid()).random() * 0.1)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, "it was never killed: give it more pairs"
    families_are_whole()
    merged = Merge.objects.count()
    assert LinkQuestion.objects.filter(state="same").count() == merged < pairs

    out, error = start().communicate(timeout=120)
    assert (json.loads(out.splitlines()[-1])["merged"], Merge.objects.count()) == (pairs - merged, pairs), error
    families_are_whole()
    assert Merge.objects.count() == SearchEntry.objects.exclude(text="").count() == pairs
    assert set(LinkRun.objects.values_list("status", flat=True)) == {"failed", "finished"}
    assert SIMULATOR.actor_name not in set(Merge.objects.values_list("merged_by", flat=True))
