"""A commissioning officer has the report generated, writes where it needs a person, and makes versions of it."""

from datetime import date
from decimal import Decimal

import pytest

from trellis.commissioning.commands import budgets, commissions
from trellis.decisions.tests import scenes

pytestmark = pytest.mark.live_at("2018-07-02T10:00")
SAVING = "By year 3 a year costs {saving_annual} less."


@pytest.fixture
def decision(committed_cast):
    cast = committed_cast
    commission = commissions.open_commission(
        title="Support", purpose="One service for all.", authority=cast.council, owner=cast.carol, by=cast.carol
    )
    budgets.add_scenario(
        commission=commission, name="As proposed", baseline=Decimal("100000"), step_down=Decimal(10), years=3,
        extensions=2, start=date(2019, 1, 1), by=cast.carol,
    )  # fmt: skip
    return scenes.drafted(cast.council, commission=commission, by=cast.carol)


def test_a_report_is_generated_written_and_compared(person, committed_cast, decision):
    carol = person(committed_cast.carol)
    carol.goes_to(f"/decisions/{decision.slug}/").clicks("Begin the committee report")
    carol.sees("The report is open").sees("Nobody is named yet who is funded today.").sees("£27,100")
    an_officer_is_refused_a_figure_that_there_is_not(carol, decision)
    carol.clicks("Make a version").clicks("Make the version").sees("Version 1 is made.")
    an_officer_writes_a_paragraph(carol, decision)
    carol.clicks("Compare versions").sees("1 place differs").sees("[put in: By year 3 a year costs £27,100 less.]")
    dee = person(committed_cast.dee)
    dee.goes_to(f"/decisions/{decision.slug}/report/draft/").sees("What is missing")
    assert not dee.can_click("Publish version 2")


def an_officer_is_refused_a_figure_that_there_is_not(carol, decision) -> None:
    carol.goes_to(f"/decisions/{decision.slug}/report/draft/financial-savings/")
    carol.fills("Words", "We save {savings}.").clicks("Save").sees("There is no figure {savings}.").clicks("Cancel")


def an_officer_writes_a_paragraph(carol, decision) -> None:
    carol.goes_to(f"/decisions/{decision.slug}/report/draft/financial-savings/")
    carol.fills("Words", SAVING).clicks("Save").sees("The paragraph is saved.")
    carol.sees("Changed by hand: show what was generated")
    carol.clicks("Make a version").fills("What is new in this version?", "The saving is said in a line.")
    carol.clicks("Make the version").sees("Version 2 is made.")
    carol.goes_to(f"/decisions/{decision.slug}/report/draft/")
