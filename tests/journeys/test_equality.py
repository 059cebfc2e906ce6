"""A commissioning officer keeps budgets, and takes an equality impact assessment from nothing to the public."""

from datetime import date

from trellis.commissioning.models import EqualityAssessment
from trellis.commissioning.queries import equality as queries
from trellis.commissioning.tests import equality_scenes

GROUPS = tuple(queries.duty(date(2018, 6, 1)).groups.values())


def on_the(person, day: str, month: str, year: str):
    return person.fills("Day", day).fills("Month", month).fills("Year", year)


def test_an_officer_keeps_scenarios_and_puts_a_quoted_saving_right(person, committed_cast):
    commission = equality_scenes.open_commission(committed_cast)
    carol = person(committed_cast.carol)
    carol.goes_to("/budget/").fills("Baseline", "615,291").fills("Step down", "10")
    on_the(carol.fills("Years", "3").fills("Extension years", "2"), "1", "1", "2017").clicks("Work it out")
    carol.clicks("Keep as a scenario of Support").fills("Name of the scenario", "As the report proposes")
    carol.clicks("Keep the scenario").sees("£1,500,694.75").sees("Cumulative saving over the certain years")
    carol.clicks("Compare a quoted figure").fills("Document", "The report").fills("Amount", "166,744")
    carol.fills("Words of the document", "over the life of the contract").chooses("The whole contract")
    carol.clicks("Compare it").sees("it is the annual saving in year 3, £166,743.86.")
    carol.sees("Not to be taken for the cumulative saving over 3 years, £345,178.25.")
    carol.clicks("Add a scenario").fills("Name of the scenario", "Kept").fills("Baseline", "615,291")
    on_the(carol.fills("Step down", "100"), "1", "1", "2017").clicks("Keep the scenario")
    carol.sees("The step down must be a percentage from 0 to under 100.")
    carol.fills("Step down", "0").clicks("Keep the scenario").clicks("Kept").clicks("Propose this scenario")
    carol.sees("“Kept” is the proposed scenario now.").clicks("Kept").clicks("Take it out")
    carol.sees("This is the proposed scenario. Propose another one first.")
    carol.goes_to(f"/commissions/{commission.reference}/").sees("Proposed: Kept, £1,845,873.00 over 3 years.")


def test_an_assessment_goes_from_nothing_to_the_public(person, committed_cast):
    commission = equality_scenes.open_commission(committed_cast)
    carol, anybody = person(committed_cast.carol), person()
    carol.goes_to(f"/commissions/{commission.reference}/equality/").clicks("Begin the assessment")
    carol.fills("Directorate and service", "Adults").fills("Who answers for it", "Head of commissioning")
    carol.fills("Context", "Grants end.").fills("Aims", "Even support.")
    on_the(carol, "1", "6", "2018").clicks("Begin it").sees("Cannot start yet").sees("After the screening")
    every_group_is_screened(carol)
    a_later_figure_is_refused(carol)
    the_rest_is_filled_in(carol)
    two_different_people_attest_it(carol)
    reference = EqualityAssessment.objects.get().reference
    anybody.goes_to(f"/equality/{reference}/").sees("Milo Manager, Director").sees("Each attested these very words.")
    assert anybody.takes_away("Download (PDF)").startswith(b"%PDF")
    a_change_is_a_new_version(carol)


def every_group_is_screened(carol) -> None:
    carol.clicks("Screen each group")
    for name in GROUPS:
        carol.picks(f"Positive impact on: {name}", "Low").fills(f"Why, for: {name}", "As we see it.")
        carol.picks(f"Negative impact on: {name}", "High" if name == "Carers" else "No impact")
    carol.clicks("Save").sees("The negative impact on Carers is high: a full assessment is needed.")


def a_later_figure_is_refused(carol) -> None:
    carol.clicks("Evidence").picks("Whom is it about?", "Carers").fills("What is known", "1 in 10 cares.")
    on_the(carol.fills("Source", "Census 2021"), "29", "11", "2022").clicks("Add it")
    carol.sees("This is dated 29 November 2022, after the assessment (1 June 2018): it was not known then.")
    on_the(carol.fills("Source", "Census 2011"), "11", "12", "2012").clicks("Add it")


def the_rest_is_filled_in(carol) -> None:
    carol.clicks("The three limbs of the duty")
    for limb in queries.duty(date(2018, 6, 1)).limbs.values():
        carol.fills(limb, "Considered.")
    carol.clicks("Save").clicks("What is to be decided, and the impact in short")
    carol.fills("The impact in short", "Large on carers, and met.").clicks("Save").clicks("Full assessment")
    carol.fills("Who was asked", "Carers.").fills("Analysis", "Hours matter.").fills("Reasons", "Hours can change.")
    carol.chooses("Adjust it, then go ahead").clicks("Save").clicks("Action plan")
    carol.picks("Whom is it about?", "Carers").fills("Issue", "Fixed hours.").fills("Action", "Open in the evening.")
    carol.fills("Expected outcome", "Carers can come.").fills("Owner", "Contract manager")
    on_the(carol, "1", "9", "2018").clicks("Add it to the plan").sees_nothing_of("Before anyone can attest it")


def two_different_people_attest_it(carol) -> None:
    carol.clicks("Attest it").chooses("Head of service").fills("Name", "Hanna Head").fills("Post", "Head of service")
    on_the(carol, "4", "6", "2018").clicks("Attest it").clicks("Attest it as the second")
    carol.chooses("Member of the management team").fills("Name", "hanna head").fills("Post", "Director")
    on_the(carol, "5", "6", "2018").clicks("Attest it")
    carol.sees("Two different people attest it: this one has already.")
    carol.fills("Name", "Milo Manager").clicks("Attest it").sees("Attested")


def a_change_is_a_new_version(carol) -> None:
    on_the(carol.clicks("Begin a new version"), "1", "7", "2018").clicks("Begin it").sees("Draft")
    carol.clicks("The three limbs of the duty").fills("Foster good relations", "Said anew.").clicks("Save")
    carol.clicks("What changed since version 1").sees("2 parts of").sees("Said anew.")
