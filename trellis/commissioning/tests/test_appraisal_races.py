"""Two people at one appraisal at the same moment: nothing changes once it is concluded, and versions do not double."""

from decimal import Decimal

import pytest

from tests.races import at_once, losers, winners
from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import appraisal as commands
from trellis.commissioning.commands import appraisal_scoring as scoring
from trellis.commissioning.models import Appraisal, Commission, Criterion
from trellis.commissioning.queries import appraisal as queries
from trellis.commissioning.tests import appraisals
from trellis.core.errors import RuleBroken

pytestmark = pytest.mark.real_time
PEOPLE = 4


def test_several_who_open_an_appraisal_open_one(committed_cast):
    cast = committed_cast
    commission = appraisals.open_commission(cast)
    copies = [Commission.objects.get(pk=commission.pk) for _ in range(PEOPLE)]
    outcomes = at_once(*[lambda copy=copy: commands.open_appraisal(commission=copy, by=cast.carol) for copy in copies])
    assert len(winners(outcomes)) == 1
    assert {type(error) for error in losers(outcomes)} == {RuleBroken}, losers(outcomes)
    assert AuditEntry.objects.filter(action="commissioning.open_appraisal").count() == 1


def test_a_score_agreed_while_it_is_concluded_counts_before_or_not_at_all(committed_cast):
    cast = committed_cast
    room = appraisals.complete(cast)
    criterion, appraisal = Criterion.objects.get(pk=room.reach.pk), Appraisal.objects.get(pk=room.appraisal.pk)
    given = {room.alliance: (Decimal(10), "Late."), room.lead_body: (Decimal(60), "As before.")}
    outcomes = at_once(
        lambda: scoring.agree_scores(criterion=criterion, scores=given, dissent={}, by=cast.carol),
        lambda: commands.conclude_appraisal(
            appraisal=appraisal, preferred=room.alliance, conclusion="It reaches more.", by=cast.carol
        ),
    )
    # whoever comes second is refused: the score because it is concluded, or the conclusion because it was not tried
    assert len(winners(outcomes)) == 1 and {type(error) for error in losers(outcomes)} == {RuleBroken}, outcomes
    room.appraisal.refresh_from_db()
    assert room.appraisal.is_draft == (queries.current_trial(room.appraisal) is None)
