"""Every figure that a report can name, from all topics: the one place that knows where they come from."""

from datetime import date

from trellis.decisions.models import Decision
from trellis.decisions.report.facts import Facts, together
from trellis.decisions.report.topics import (
    appraisal,
    background,
    budget,
    commission,
    equality,
    findings,
    market,
    matter,
    outcomes,
    provision,
)

TOPICS = (matter, commission, background, findings, provision, budget, outcomes, market, appraisal, equality)


def facts(decision: Decision, on: date) -> Facts:
    """What the data say on a day. A topic of which nothing is known says so and leaves its figures out."""
    belongs_to = decision.commission
    assert belongs_to is not None, "a report is opened only on a decision of a commission"
    return together(topic.facts(decision, belongs_to, on) for topic in TOPICS)
