"""The register: a list comes in, and what it brought is found."""

LIST = """Organisation name,Charity No.,Post code,Annual income,Year end
Whitstable Oyster Heritage Society,1007778,CT5 1AA,24000,31/12/2017
Northfield Allotment Friends,,ME14 1XQ,1800,31/03/2018
,,,,
Broken Row Trust,12,,,
"""


def test_a_list_comes_in_and_its_organisations_are_found_by_a_misspelt_name(person, committed_cast):
    ada = person(committed_cast.ada)
    ada.goes_to("/organisations/import/").clicks("Bring in a list")
    ada.clicks("Send this list").sees("There is a problem")
    ada.uploads("The list", "groups.csv", LIST).fills("Whose list is it?", "Heritage groups")
    ada.clicks("Send this list").sees("What do the columns mean?")
    ada.clicks("Check this list").sees("What this list would do")
    person().goes_to("/organisations/").sees_nothing_of("Whitstable Oyster")  # it was only tried
    ada.clicks("Bring this list in").sees("What this list did")
    ada.sees("Mend the refused lines in your list").sees("Charity Commission")

    anybody = person()
    anybody.goes_to("/").fills(
        "Find an organisation by its name, place, number or postcode", "Whitstabel Oister Heritage"
    )
    anybody.clicks("Find").clicks("Whitstable Oyster Heritage Society").sees("£24,000").sees("Heritage groups")
