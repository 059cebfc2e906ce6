"""An options appraisal: weighed, scored by those who may, agreed, tried and concluded."""

from trellis.commissioning.models import Appraisal, Scorer
from trellis.commissioning.tests import appraisals


def test_an_officer_and_scorers_come_to_a_preferred_option(person, committed_cast):
    cast = committed_cast
    room = appraisals.prepared(cast)
    page = f"/commissions/{room.commission.reference}/appraisal/"
    carol, fred = person(cast.carol), person(cast.fred)
    carol.goes_to(page).sees("Agree 4 scores that are missing.")
    weights_that_do_not_sum_are_refused(carol, page)
    somebody_with_an_interest_does_not_score(carol, person(cast.anna), page)
    a_scorer_gives_reasons(fred, page)
    the_scores_are_agreed_and_dissent_is_kept(carol, page)
    fred.goes_to(f"{page}1/scoring/").sees("What was agreed")
    the_money_of_each_option_is_said(carol, page)
    the_weights_are_tried(carol, page)
    it_is_concluded_for_good(carol, page)


def weights_that_do_not_sum_are_refused(carol, page) -> None:
    carol.goes_to(f"{page}1/criteria/").sees("62.5% of the weight").clicks("Weigh the criteria at the top")
    carol.chooses("As shares that add up to 100").fills("Weight of Reach", "70").fills("Weight of Cost", "40")
    carol.clicks("Save the weights").sees("The shares add up to 110, and must add up to 100.")
    carol.fills("Weight of Reach", "60").clicks("Save the weights").sees("60.0% of the weight")


def somebody_with_an_interest_does_not_score(carol, anna, page) -> None:
    carol.goes_to(f"{page}1/scorers/").clicks("Appoint a scorer")
    carol.fills("Their email address", "anna@example.org")
    carol.fills("For whom or as what do they score?", "A body that is funded today").clicks("Appoint them")
    anna.goes_to(f"{page}1/scoring/").clicks("Declare your interests")
    anna.chooses("Yes, I have an interest").fills("What is it?", "We would bid for it.").clicks("Declare")
    anna.sees("You have declared an interest in this choice, so you cannot score it")
    carol.goes_to(f"{page}1/scorers/").sees("We would bid for it.")
    assert Scorer.objects.get(user__email="anna@example.org").interest


def a_scorer_gives_reasons(fred, page) -> None:
    fred.goes_to(f"{page}1/scoring/").clicks("Reach")
    fred.fills("Score for Lead body", "60").fills("Score for Alliance", "90")
    fred.fills("Why that score for Lead body?", "One network.").clicks("Save your scores")
    fred.sees("Answer “Why that score for Alliance?”")
    fred.fills("Why that score for Alliance?", "Partners reach more.").clicks("Save your scores")
    fred.clicks("Cost").fills("Score for Lead body", "70").fills("Score for Alliance", "50")
    fred.fills("Why that score for Lead body?", "One office.").fills("Why that score for Alliance?", "Several offices.")
    fred.clicks("Save your scores").sees("2 of 2 options scored.")


def the_scores_are_agreed_and_dissent_is_kept(carol, page) -> None:
    carol.goes_to(f"{page}1/scores/").clicks("Agree the scores on Reach").sees("Fred: 90. Partners reach more.")
    carol.fills("Score for Alliance", "85").fills("Why that score for Lead body?", "All said so.")
    carol.fills("Why that score for Alliance?", "Between the two.")
    carol.fills("Why do they hold to another score for Alliance?", "It reaches more.").clicks("Save what was agreed")
    carol.sees("Say who holds to another score for Alliance.")
    carol.fills("Why do they hold to another score for Alliance?", "").clicks("Save what was agreed")
    carol.clicks("Agree the scores on Cost").fills("Why that score for Lead body?", "All said so.")
    carol.fills("Why that score for Alliance?", "All said so.").clicks("Save what was agreed")


def the_money_of_each_option_is_said(carol, page) -> None:
    for number, cost in ((0, "90,000"), (1, "40,000")):
        option = Appraisal.objects.get().options.filter(kind="other")[number]
        carol.goes_to(f"{page}1/options/{option.pk}/").clicks("Say what it does with a year’s money")
        carol.fills("Yearly value", "500,000").fills("Management cost", cost)
        carol.fills("Organisations reached", "400").fills("Where do the figures come from?", "An example.")
        carol.clicks("Save").sees("An example.")


def the_weights_are_tried(carol, page) -> None:
    carol.goes_to(f"{page}1/result/").sees("Alliance comes first with 71.0 of 100 points")
    carol.sees("Its management costs £50,000 a year more than that of Alliance")
    carol.clicks("Try other weights").fills("Draws", "2000").clicks("Try them").sees("of 2,000 sets of weights")
    carol.clicks("Cost").sees("Alliance stays first while “Cost” has less than")


def it_is_concluded_for_good(carol, page) -> None:
    carol.goes_to(page).clicks("Conclude the appraisal").chooses("Alliance")
    carol.fills("Why?", "More organisations for the money.").clicks("Conclude it")
    carol.sees("Alliance is the preferred option.").sees("More organisations for the money.")
    assert not carol.can_click("Conclude the appraisal")
    carol.goes_to(f"{page}1/options/")
    assert not carol.can_click("Add an option")
