from datetime import date
from random import Random

import pytest

from trellis.commissioning.models import Outcome
from trellis.commissioning.queries import answers, findings, themes
from trellis.commissioning.tests.surveys import a_commission
from trellis.demo.decide.findings import consult, tell
from trellis.demo.names import read

TOLD = date(2016, 9, 5)


@pytest.fixture
def consultation(cast):
    for place, code in enumerate(("volunteering", "strategic"), 10):
        Outcome.objects.create(code=code, name=code, statement="So.", order=place)
    return consult(a_commission(cast), cast.carol, Random(20160712))


def test_the_sector_says_the_six_things_that_are_wrong(consultation, cast):
    commission, story = consultation.commission, read("findings")
    assert findings.sent_count(consultation) == story["consultation"]["answers"] == 152
    assert themes.uncoded(commission) == 0
    assert [file.refused for file in answers.files(consultation)] == [0]
    found = findings.evidence(commission, TOLD)
    assert [one.statement for one in found] == [row["statement"] for row in story["finding"]]
    assert all(one.people and one.quotes and one.outcomes and one.is_illustrative for one in found)
    tell(consultation, cast.carol)
    said = {one.theme.name: one.people for one in findings.you_said(consultation, TOLD)}
    assert [name for name, people in said.items() if people is None] == ["Rooms to meet in"]
    assert findings.progress(commission).done


def test_the_same_seed_says_the_same(consultation, cast):
    again = consult(a_commission(cast), cast.carol, Random(20160712))
    first, second = ([answer.text for answer in answers.texts(one)] for one in (consultation, again))
    assert first == second
