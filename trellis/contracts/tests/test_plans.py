from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.contracts.commands import plans as commands
from trellis.contracts.models import Contract, ContractPlan
from trellis.contracts.plan_templates import template
from trellis.contracts.queries import plans as queries
from trellis.contracts.queries import rooms
from trellis.contracts.rules import plans as rules
from trellis.contracts.tests.room_scenes import a_plan
from trellis.core.errors import RuleBroken

ROOM = "/contracts/SCO/plans/"


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"contracts.{verb}").count()


def due(plan: ContractPlan) -> dict[str, queries.Due]:
    return {one.task.code: one for one in queries.tasks(plan)}


@pytest.mark.parametrize("kind", ContractPlan.Kind.values)
def test_each_template_is_whole_and_in_the_order_of_the_work(kind):
    """A task waits only for those above it, so nothing waits for itself; and none is due before what it waits for."""
    seen: dict[str, int] = {}
    for one in template(kind):
        assert one.owner in ("authority", "partner") and one.counts_from in ("award", "start", "end")
        assert set(one.after) <= set(seen), one.code
        seen[one.code] = one.days
        same = [other for other in template(kind) if other.code in one.after and other.counts_from == one.counts_from]
        assert all(other.days <= one.days for other in same), one.code


def test_days_move_with_the_actual_start(cast):
    plan = a_plan(cast)
    assert due(plan)["begin"].on == date(2018, 1, 1)
    assert due(plan)["notice"].on is None  # the award is not written down
    Contract.objects.update(began_on=date(2018, 1, 8), award_signed_on=date(2017, 10, 16))
    plan = ContractPlan.objects.get()
    assert due(plan)["begin"].on == date(2018, 1, 8) and due(plan)["notice"].on == date(2017, 10, 23)


@pytest.mark.parametrize(
    ("on", "status", "late"),
    [(date(2018, 7, 1), "to-do", True), (date(2018, 7, 2), "to-do", False), (date(2018, 7, 1), "done", False),
     (date(2018, 7, 1), "not-needed", False), (None, "to-do", False)],
)  # fmt: skip
def test_a_task_is_late_from_the_day_after(on, status, late):
    assert rules.is_late(due=on, status=status, today=date(2018, 7, 2)) is late


def test_a_task_waits_for_those_before_it(cast):
    plan = a_plan(cast)
    first, second = plan.tasks.get(code="tupe-information"), plan.tasks.get(code="tupe-consult")
    with pytest.raises(RuleBroken, match="This waits for: Gather what is known"):
        commands.set_task(task=second, status="done", by=cast.anna)
    commands.set_task(task=second, status="doing", by=cast.anna)
    with pytest.raises(RuleBroken, match="Say why it is not needed"):
        commands.set_task(task=first, status="not-needed", by=cast.anna)
    commands.set_task(task=first, status="not-needed", note="Nobody transfers.", by=cast.anna)
    commands.set_task(task=second, status="done", owner=cast.bramble, by=cast.anna)
    assert second.owner == cast.bramble and deeds("set_task") == 3
    with pytest.raises(RuleBroken, match="Only a member"):
        commands.set_task(task=second, status="done", owner=cast.outside, by=cast.anna)


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [(None, "Say on which day"), (date(2018, 7, 2), "day to come"), (date(2018, 12, 31), "no termination")],
)
def test_a_termination_has_a_day_within_the_term(cast, ends_on, words):
    with pytest.raises(RuleBroken, match=words):
        a_plan(cast, "exit-termination", ends_on=ends_on)
    assert deeds("make_plan") == 0
    plan = a_plan(cast, "exit-termination", ends_on=date(2018, 10, 31))
    assert due(plan)["data-returned"].on == date(2018, 10, 31)
    with pytest.raises(RuleBroken, match="such a plan already"):
        a_plan(cast, "exit-termination", ends_on=date(2018, 11, 30))


def test_members_follow_the_plan_and_only_the_manager_makes_one(cast, page_client):
    assert "There is no plan yet." in page_client.get(ROOM, by=cast.bella).text
    page_client.post(f"{ROOM}make/", {"kind": "mobilisation"}, by=cast.bella, expect=403)
    page_client.post(f"{ROOM}make/", {"kind": "mobilisation"}, by=cast.olive, expect=302)
    page = page_client.get(ROOM, by=cast.bella)
    assert "0 of 12 tasks finished" in page.text and "42 days before the start" in page.text and "TUPE" in page.text
    task = ContractPlan.objects.get().tasks.get(code="begin")
    page = page_client.get(f"{ROOM}tasks/{task.pk}/", by=cast.olive)
    assert page.href("The page on which this is done") == "/contracts/SCO/grants/"
    assert not page_client.get(f"{ROOM}tasks/{task.pk}/", by=cast.bella).has_link("The page on which this is done")
    said = {"status": "doing", "owner": cast.bramble.reference, "note": "Nearly."}
    page_client.post(f"{ROOM}tasks/{task.pk}/", said, by=cast.bella, expect=302)
    assert "Bramble Volunteering" in page_client.get(ROOM, by=cast.anna).text
    page_client.get(ROOM, by=cast.alice, expect=403)


def test_before_the_start_the_partners_that_it_starts_with_sit_at_the_table(cast):
    Contract.objects.update(starts_on=date(2018, 9, 1))
    cast.contract.partners.update(joined_on=date(2018, 9, 1))
    cast.contract.refresh_from_db()
    task = a_plan(cast).tasks.get(code="open-cases")
    commands.set_task(task=task, status="doing", owner=cast.bramble, by=cast.bella)
    assert rooms.alliances_of(cast.bella).get() == cast.contract
    cast.contract.partners.filter(organisation=cast.bramble).update(joined_on=date(2018, 10, 1))  # joins later
    assert not rooms.alliances_of(cast.bella).exists()
