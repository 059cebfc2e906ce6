"""What waits for whoever keeps the record of decisions."""

from datetime import date

from trellis.decisions.commands import call_in, forward_plan, pathway
from trellis.decisions.tests import scenes
from trellis.home.needs import needs_of

TWO = [("Kim Vale", "Green"), ("Pat Dean", "Blue")]


def waiting(person) -> dict[str, str]:
    return {task.name: task.hint for task in needs_of(person) if "18/000" in task.name}


def test_each_decision_says_what_it_waits_for(cast):
    scenes.announced(cast.council)
    scenes.taken(cast.council, reference="18/00013")
    scenes.drafted(cast.council, reference="18/00014")
    assert waiting(cast.dee) == {
        "Publish the record of 18/00013": "Call-in counts from then.",
        "May be taken: 18/00012": "Every rule is kept.",
        "18/00014: Publish it on the forward plan": "Support for community organisations",
    }
    assert waiting(cast.carol) == waiting(cast.olive) == {}


def test_what_may_not_be_taken_yet_says_from_when_or_why(cast):
    scenes.announced(cast.council)
    with scenes.on(date(2018, 5, 20)):
        assert waiting(cast.dee) == {"On the forward plan: 18/00012": "It may be taken from 12 June 2018 on."}
    other = scenes.drafted(cast.council, reference="18/00013")
    said = scenes.NOTICE | {"due_from": date(2018, 7, 31), "due_to": None}
    forward_plan.publish_notice(decision=other, kind="forward-plan", by=cast.dee, **said)
    pathway.add_step(decision=other, body="Board", needs_agenda=False, planned_on=None, by=cast.carol)
    assert waiting(cast.dee)["On the forward plan: 18/00013"] == "Board has not said what it thinks yet."


def test_call_in_shows_while_it_is_open_and_once_it_is_made(cast):
    decision = scenes.published(cast.council)
    assert waiting(cast.dee) == {}
    with scenes.on(date(2018, 6, 22)):
        assert waiting(cast.dee) == {"Open to call-in: 18/00012": "Until 26 June 2018."}
        call_in.call_in(
            decision=decision, called_in_on=date(2018, 6, 22), members=TWO, reasons="The cost.", by=cast.dee
        )
        assert list(waiting(cast.dee)) == ["What did scrutiny resolve on 18/00012"]
        call_in.conclude_call_in(
            decision=decision, outcome="refer-back", outcome_on=date(2018, 6, 22), note="Look again.", by=cast.dee
        )
        assert list(waiting(cast.dee)) == ["Have a new decision on 18/00012"]
