"""The register: a list comes in, and what it brought is found."""

LIST = """Organisation name,Charity No.,Post code,Annual income,Year end,Secretary
Whitstable Oyster Heritage Society,1007778,CT5 1AA,24000,31/12/2017,Jean Smith
Northfield Allotment Friends,,ME14 1XQ,1800,31/03/2018,
,,,,,
Total,,,25800,,
"""


def test_a_list_comes_in_and_its_organisations_are_found_by_a_misspelt_name(person, committed_cast):
    ada = person(committed_cast.ada)
    ada.goes_to("/organisations/import/").clicks("Bring in lists")
    ada.clicks("Send").sees("There is a problem")
    ada.uploads("The lists", "Heritage groups.csv", LIST).clicks("Send").sees("Whose list is this?")
    ada.fills("Whose list is it?", "The Heritage Forum").chooses("It is our own list")
    ada.clicks("Record this, and go on").sees("What this list would do").sees("Secretary (1)")
    ada.clicks("Change what the columns mean").sees("What do the columns mean?")
    ada.clicks("Read it differently").picks("Dates", "Day, month, year: 3/4/2018 is 3 April")
    ada.clicks("Read it like this").clicks("Check this list").sees("What this list would do")
    person().goes_to("/organisations/").sees_nothing_of("Whitstable Oyster")  # it was only tried
    ada.clicks("Bring this list in").sees("What this list did")
    ada.sees("Mend the refused lines in your list").sees("This line is a total")
    ada.goes_to("/organisations/import/lists/").clicks("Heritage groups").sees("Legal basis for keeping")

    anybody = person()
    anybody.goes_to("/").fills(
        "Find an organisation by its name, place, number or postcode", "Whitstabel Oister Heritage"
    )
    anybody.clicks("Find").clicks("Whitstable Oyster Heritage Society").sees("£24,000").sees("Heritage groups")
