import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import outcomes as commands
from trellis.commissioning.queries import outcomes as queries
from trellis.commissioning.tests import rooms
from trellis.core.actors import COMMAND_LINE
from trellis.core.errors import RuleBroken

WAITING = {
    "code": "waiting",
    "name": "Days waited",
    "definition": "Working days from asking to the first answer.",
    "unit": "working days",
    "decimals": 1,
    "polarity": "lower",
}


def deeds() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.values_list("actor", "action", "subject"))


def define_strategic(by):
    return commands.define_outcome(code="strategic", name="Strategic", statement="Groups know our priorities.", by=by)


def test_an_outcome_comes_after_those_there_are(cast):
    outcome = define_strategic(cast.carol)
    assert [known.code for known in queries.outcomes()] == ["business-support", "strategic"]
    assert deeds() == [(cast.carol.actor_name, "commissioning.define_outcome", "outcome strategic")]
    assert str(outcome) == "Strategic"


def test_an_outcome_is_defined_once(cast):
    define_strategic(cast.carol)
    with pytest.raises(RuleBroken, match="There is already an outcome with the code strategic"):
        define_strategic(cast.carol)
    assert len(deeds()) == 1


def test_a_name_is_used_once_in_a_commission_and_its_code_is_free_elsewhere(cast):
    ours, theirs = rooms.open_commission(cast), rooms.open_commission(cast)
    for commission, code in ((ours, "networks"), (theirs, "networks-2")):
        found = queries.free_outcome_code("Networks")
        assert found == code
        commands.define_outcome(code=found, name="Networks", statement="So.", commission=commission, by=cast.carol)
    assert queries.free_outcome_code("Networks") == "networks-3"
    assert queries.free_indicator_code("…") == "indicator"
    assert queries.free_outcome_code("x" * 60) == "x" * 40
    with pytest.raises(RuleBroken, match="There is an outcome called networks already"):
        commands.define_outcome(code="n", name="networks", statement="So.", commission=ours, by=cast.carol)


def test_an_indicator_shows_an_outcome(cast):
    outcome = define_strategic(COMMAND_LINE)
    indicator = commands.define_indicator(outcome=outcome, **WAITING, by=COMMAND_LINE)
    found = queries.outcomes()[-1].indicators
    assert [(known.code, known.unit, known.higher_is_better) for known in found] == [("waiting", "working days", False)]
    assert deeds()[-1] == ("service:command-line", "commissioning.define_indicator", "indicator waiting")
    assert str(indicator) == "Days waited"


def test_an_indicator_is_defined_once(cast):
    outcome = define_strategic(COMMAND_LINE)
    commands.define_indicator(outcome=outcome, **WAITING, by=COMMAND_LINE)
    with pytest.raises(RuleBroken, match="Strategic has an indicator called Days waited already"):
        commands.define_indicator(outcome=outcome, **WAITING, by=COMMAND_LINE)
    assert len(deeds()) == 2


def test_an_indicator_without_a_better_way_is_refused(cast):
    outcome = define_strategic(COMMAND_LINE)
    with pytest.raises(RuleBroken, match="whether higher or lower is better"):
        commands.define_indicator(outcome=outcome, **WAITING | {"polarity": "sideways"}, by=COMMAND_LINE)
    assert len(deeds()) == 1


def test_outcomes_take_two_queries_however_many(cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        (outcome,) = queries.outcomes()
    assert outcome.name == "Business Support"
    assert [indicator.higher_is_better for indicator in outcome.indicators] == [True, False, False]
