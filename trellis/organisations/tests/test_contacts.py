"""Without a legal basis, what may lead to a person never gets in: not into a field, not into the row as it came."""

import pytest

from trellis.organisations.imports.contacts import Sieve
from trellis.organisations.models import Organisation
from trellis.organisations.tests.lists import counts, read, write

HEADING = ("Group", "Charity no", "Email", "Tel", "Chairperson", "Notes", "Street", "Post code", "About", "Town")
MEANINGS = dict(
    zip(
        HEADING,
        ("name", "charity_number", "email", "phone", "", "", "address", "postcode", "activities", "town"),
        strict=True,
    )
)
NOTHING_PERSONAL = (
    "Choir of 2018", "1007778", "", "", "", "Since 1987, 0.5 acres, 12/03/2018", "", "TN1 1AA",
    "£20,000,000", "Tonbridge",
)  # fmt: skip
CASES = {
    "an address, a telephone, a name": (
        ("Choir", "1007778", "a@b.org", "01622 960001", "Jean Smith", "", "1 High St", "TN1 1AA", "", "Tonbridge"),
        ("Choir", "1007778", "", "", "", "", "1 High St", "TN1 1AA", "", "Tonbridge"),
        {"Email": 1, "Tel": 1, "Chairperson": 1},
    ),
    "the address of a group in no register": (
        ("Choir", "", "", "", "", "", "1 High St", "TN1 1AA", "", "Tonbridge"),
        ("Choir", "", "", "", "", "", "", "TN1 1AA", "", "Tonbridge"),
        {},
    ),
    "hidden in a note": (
        ("Choir", "1007778", "", "", "", "ring 07700 900123 or x.y@z.co.uk.", "", "", "", "Tonbridge"),
        ("Choir", "1007778", "", "", "", "ring [left out] or [left out].", "", "", "", "Tonbridge"),
        {"Notes": 1},
    ),
    "hidden in what it does": (
        ("Choir", "1007778", "", "", "", "", "", "", "We sing: (01622) 960 001", "Tonbridge"),
        ("Choir", "1007778", "", "", "", "", "", "", "We sing: [left out]", "Tonbridge"),
        {"About": 1},
    ),
    "nothing personal: sums, years and numbers of registers": (
        NOTHING_PERSONAL,
        NOTHING_PERSONAL,
        {},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_may_lead_to_a_person_is_left_out(case):
    given, kept, left_out = CASES[case]
    sieve = Sieve(HEADING, MEANINGS)
    assert tuple(sieve.without(given)) == kept
    assert dict(sieve.left_out) == left_out


@pytest.mark.django_db
def test_contacts_stay_out_of_fields_rows_and_come_in_once_there_is_a_basis(tmp_path):
    path = write(tmp_path, "Name,Email,Secretary,Address,Postcode", "Choir,jean@b.org,Jean Smith,1 High St,TN1 1AA")
    run = read(path, record={"contact_basis": "none", "contact_basis_words": ""})
    found = Organisation.objects.get()
    assert (found.email, found.address, found.postcode) == ("", "", "TN1 1AA")
    assert "jean" not in str(found.source_rows.get().data).lower()
    assert run.notes == {"contacts": {"Email": 1, "Secretary": 1}, "addresses": 1}
    assert counts(read(path)) == (0, 0, 1, 0)

    assert counts(read(path, record={})) == (0, 1, 0, 0)
    found.refresh_from_db()
    assert (found.email, found.address) == ("jean@b.org", "1 High St")
