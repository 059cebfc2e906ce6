"""Writes of scoring: who scores, what they declare, what each gives, and what they agree on."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.commissioning.commands.appraisal_changes import record_change
from trellis.commissioning.models import AgreedScore, Appraisal, Criterion, Option, Score, Scorer
from trellis.commissioning.rules import appraisal as rules
from trellis.core import clock
from trellis.core.actors import Actor
from trellis.core.errors import RuleBroken

Given = tuple[Decimal, str]  # a score and its reason


@transaction.atomic
def appoint_scorer(*, appraisal: Appraisal, user: User, capacity: str, by: Actor) -> Scorer:
    """Ask somebody to score. `capacity` says for whom or as what; they declare their interests before they begin."""
    record_change(appraisal=appraisal, verb="appoint_scorer", by=by, facts={"scorer": user.actor_name})
    try:
        with transaction.atomic():
            return Scorer.objects.create(appraisal=appraisal, user=user, capacity=capacity, appointed_on=clock.today())
    except IntegrityError as error:
        raise RuleBroken("They are a scorer already.", field="email") from error


@transaction.atomic
def stand_down_scorer(*, scorer: Scorer, reason: str, by: Actor) -> None:
    """Let a scorer go, with their scores. What was agreed stays, and is to be agreed anew where they matter."""
    if not reason.strip():
        raise RuleBroken("Say why they no longer score.", field="reason")
    facts = {"scorer": scorer.user.actor_name, "scores": scorer.scores.count(), "reason": reason}
    record_change(appraisal=scorer.appraisal, verb="stand_down_scorer", by=by, facts=facts)
    scorer.scores.all().delete()
    scorer.delete()


@transaction.atomic
def declare_interests(*, scorer: Scorer, has_interest: bool, interest: str = "", by: Actor) -> None:
    """Declare an interest in the choice, or that there is none: once, and before any score."""
    rules.check_is_the_scorer(is_own=by.person_id == scorer.user_id)
    rules.check_can_declare(has_declared=scorer.declared_on is not None, interest=interest, has_interest=has_interest)
    facts = {"scorer": scorer.user.actor_name, "has_interest": has_interest}
    record_change(appraisal=scorer.appraisal, verb="declare_interests", by=by, facts=facts)
    today, said = clock.today(), interest.strip() if has_interest else ""
    declared = Scorer.objects.filter(pk=scorer.pk, declared_on=None).update(declared_on=today, interest=said)
    rules.check_can_declare(has_declared=not declared, interest=interest, has_interest=has_interest)
    scorer.declared_on, scorer.interest = today, said


@transaction.atomic
def score_options(*, scorer: Scorer, criterion: Criterion, scores: Mapping[Option, Given], by: Actor) -> None:
    """Score options on one criterion, each with a reason; scores given before are replaced.

    Raises RuleBroken, naming the field `score_<option>` or `reason_<option>`, for a score without a reason or outside
    a fixed scale, and for a scorer who has not declared, or has an interest.
    """
    rules.check_is_the_scorer(is_own=by.person_id == scorer.user_id)
    rules.check_can_score(has_declared=scorer.declared_on is not None, interest=scorer.interest)
    _check(criterion, scores)
    facts = {"scorer": scorer.user.actor_name, "criterion": criterion.name, "scores": _facts(scores)}
    record_change(appraisal=scorer.appraisal, verb="score_options", by=by, facts=facts)
    for option, (score, reason) in scores.items():
        Score.objects.update_or_create(
            scorer=scorer, option=option, criterion=criterion, defaults={"score": score, "reason": reason}
        )


@transaction.atomic
def agree_scores(
    *,
    criterion: Criterion,
    scores: Mapping[Option, Given],
    dissent: Mapping[Option, tuple[Collection[Scorer], str]],
    by: Actor,
) -> None:
    """Set down the scores that the scorers came to together on one criterion, and who holds to another and why.

    Their own scores stay as they were. Raises RuleBroken where nobody has scored yet, for a score without a reason or
    outside a fixed scale, and for a dissent without a reason or without anybody.
    """
    _check(criterion, scores)
    for option in scores:
        who, why = dissent.get(option, ((), ""))
        rules.check_can_agree(scores=criterion.scores.filter(option=option).count(), option=option.name)
        rules.check_dissent(dissenters=who, dissent=why, option=option.name)
    facts = {"criterion": criterion.name, "scores": _facts(scores)}
    record_change(appraisal=criterion.appraisal, verb="agree_scores", by=by, facts=facts)
    for option, (score, reason) in scores.items():
        who, why = dissent.get(option, ((), ""))
        agreed, _ = AgreedScore.objects.update_or_create(
            option=option, criterion=criterion, defaults={"score": score, "reason": reason, "dissent": why.strip()}
        )
        agreed.dissenters.set(who)


def _check(criterion: Criterion, scores: Mapping[Option, Given]) -> None:
    if criterion.children.exists():
        raise RuleBroken(f"{criterion} is the sum of others: score those.")
    for option, (score, reason) in scores.items():
        rules.check_score(
            score=score, reason=reason, worst=criterion.worst, best=criterion.best,
            option=option.name, field=f"score_{option.pk}",
        )  # fmt: skip


def _facts(scores: Mapping[Option, Given]) -> dict[str, str]:
    return {option.name: f"{score:f}" for option, (score, _reason) in scores.items()}
