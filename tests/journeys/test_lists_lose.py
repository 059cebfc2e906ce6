"""What a list has lost, and a basis that ends: those who keep the register are asked, and told what goes."""

from trellis.organisations.tests import lists


def test_a_keeper_says_what_is_closed_and_takes_it_back(person, committed_cast):
    lists.lost("Ash Kites")
    ada = person(committed_cast.ada)
    ada.goes_to("/").clicks("1 organisation that may be closed").clicks("Ash Kites").sees("Is it closed?")
    ada.chooses("It is closed").fills("How do you know?", "Its hall told us.").clicks("Say so")
    ada.sees("Ash Kites is no longer active.")
    ada.clicks("Undo what was said of Ash Kites").sees("It is asked about again.")

    ada.goes_to("/organisations/import/lists/").clicks("lost").picks(
        "Legal basis for keeping personal contacts", "No basis: leave personal contacts out"
    )
    ada.clicks("Record this").sees("Say that you know").ticks("I know that they go, if I choose “No basis”")
    ada.clicks("Record this").sees("Its personal contacts are out")
    ada.goes_to("/organisations/stale/").sees("No profile is out of date")
