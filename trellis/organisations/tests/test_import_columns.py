"""What columns are called, and what is taken for the name where none is called so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.organisations.imports import likely_names, mapping, uploads
from trellis.organisations.imports.contacts import is_about_somebody
from trellis.organisations.linkage import columns
from trellis.organisations.models import Organisation
from trellis.organisations.tests.lists import on_record

NAMES = (
    "Group / Organisation", "Name of Group/Organisation", "Organisation / Group Name", "VCS Organisation",
    "VCSE organisation", "Org", "Company", "Member", "Agency", "Provider", "Site name", "Charity", "Club", "Society",
    "Project",
)  # fmt: skip
OTHERS = {
    "What they do": "activities", "About": "activities", "Activities": "activities", "Charity Ref": "charity_number",
    "CC No": "charity_number", "CC Number": "charity_number", "Reg. Charity": "charity_number",
    "Charity Reg No": "charity_number", "Co. No": "company_number", "Company Reg No": "company_number",
    "Mob": "phone", "Mobile No": "phone", "Landline": "phone", "Hon Sec": "contact", "Contact (Hon. Sec.)": "contact",
}  # fmt: skip
IN_LINKAGE = {"charity_number": "charity_no", "company_number": "company_no", "phone": "phone"}
GROUPS = ["Ash Vale Choir", "Friends of Bramble Hall", "Deal Youth Club", "1st Dover Scouts"]


@pytest.mark.parametrize("column", NAMES)
def test_the_name_is_called_by_many_names(column):
    assert mapping.field_called(column) == "name"
    assert columns.recognised([column]) == {"name": [0]}


@pytest.mark.parametrize("column", OTHERS)
def test_other_columns_are_called_by_many_names(column):
    field = OTHERS[column]
    assert mapping.field_called(column) == field
    assert is_about_somebody(column) == (field in mapping.PERSONAL)
    if field in IN_LINKAGE:
        assert IN_LINKAGE[field] in columns.recognised([column])


@pytest.mark.parametrize(
    ("heading", "name"),
    [(("Title", "Project", "Organisation name"), "Organisation name"), (("Charity", "Name"), "Name"),
     (("Name", "Organisation"), "Organisation"), (("Member", "Town"), "Member")],
)  # fmt: skip
def test_of_several_columns_that_could_be_the_name_the_surest_is_taken(heading, name):
    found = mapping.proposed(heading, [[]] * len(heading), {})
    assert [column for column, field in found.items() if field == "name"] == [name]


def test_a_column_called_charity_may_hold_its_number():
    found = mapping.proposed(["Name", "Charity"], [["Choir"], ["1007778", "n/k"]], {})
    assert found == {"Name": "name", "Charity": "charity_number"}


@pytest.mark.parametrize(
    ("values", "place"),
    [([["1", "2"], GROUPS], 1), ([["1 High Street", "The Hall, Ash Road"], GROUPS], 1),
     ([["We run a club for all who like to sing, all the year round.", "We help."], GROUPS], 1),
     ([["Jean Smith", "Ann Jones"]], None), ([["Club", "Club"]], None), ([[]], None), ([], None)],
)  # fmt: skip
def test_names_of_organisations_are_known_by_what_they_look_like(values, place):
    assert likely_names.likeliest(values) == place


@pytest.mark.django_db
def test_a_name_that_was_guessed_is_shown_and_waits_for_somebody(
    page_client, cast, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    on_record("wer", contact_basis="none")
    content = "Chair,Wer,Wo\n" + "".join(f"Friends of {name} Club,{name},Deal\n" for name in GROUPS)
    run = uploads.upload_list(
        upload=SimpleUploadedFile("wer.csv", content.encode()), file_name="wer.csv", by=cast.olive
    )
    path = f"/organisations/import/{run.reference}/"
    page = page_client.get(path, by=cast.olive)
    assert "We took “Wer”, by what is in it." in page.text
    form = {name: value for name, value in page.find_all("main form")[0].fields.items() if value is not None}
    assert form["column_1"] == "name"
    page_client.post(path, form, by=cast.olive, expect=302)
    with django_capture_on_commit_callbacks(execute=True):
        page_client.post(path + "confirm/", {}, by=cast.olive, expect=302)
    assert set(Organisation.objects.filter(source_rows__last_run=run).values_list("name", flat=True)) == set(GROUPS)
