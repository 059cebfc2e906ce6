"""On a telephone, the directory and the tables of lists and of doubles fit: nobody scrolls sideways to read a row."""

import pytest

from tests.journeys.browser import NARROW
from trellis.organisations.models import ImportRun, LinkQuestion, Merge
from trellis.organisations.tests import lists
from trellis.organisations.tests.merging import register

LONG = "The Society of the Friends of Larkfield Choir and of Its Singers, Founded in 1894"
EMAIL = "the-long-name-of-the-choir@larkfield-choir.example.org"
WIDER = """() => [...document.querySelectorAll(".trellis-table__scroll")]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent.trim().slice(0, 60))"""
NAMELESS = """() => [...document.querySelectorAll(".trellis-table__scroll--stacks td")]
    .filter(one => getComputedStyle(one, "::before").content !== JSON.stringify(one.dataset.heading)).length"""


def paths(folder) -> list[str]:
    """The pages of a register with lists, a question, an answer and a merge in it."""
    choir, other = register.organisation(LONG, number="1000001"), register.organisation("Larkfield Choir", email=EMAIL)
    third, kites = register.organisation("Larkfield Singers"), lists.lost(f"{LONG} again")
    register.question(choir, other)
    register.merge(choir, third)
    rows = (f"{LONG} too,TN1 1AA,a@b.org,2001-01-01", f"Bad,TN1 1AA,{EMAIL},no date at all in this column of dates")
    lists.read(lists.write(folder, "Name,Postcode,Email,Registered", *rows))
    came = f"import/{ImportRun.objects.latest('pk').reference}/"
    return [
        "", "import/", "import/lists/", came, f"{came}?outcome=refused", "gone/", f"{kites.reference}/made-of/",
        "links/", f"links/{LinkQuestion.objects.earliest('pk').pk}/", "links/answers/", "links/merges/",
        f"links/merges/{Merge.objects.get().reference}/", f"{choir.reference}/made-of/",
    ]  # fmt: skip


@pytest.mark.parametrize("look", [NARROW], ids=["320 px"])
def test_tables_of_lists_and_of_doubles_fit_a_telephone(person, look, committed_cast, tmp_path):
    ada = person(committed_cast.ada)
    for path in paths(tmp_path):
        ada.goes_to(f"/organisations/{path}").looks_around()
        assert ada.page.evaluate(WIDER) == [], path
        assert ada.page.evaluate(NAMELESS) == 0, path
