"""What two names are to each other."""

import pytest

from trellis.organisations.linkage.likeness import Likenesses
from trellis.organisations.linkage.records import Record, names
from trellis.organisations.linkage.vocabulary import Vocabulary

TOWNS = ("ashford", "canterbury", "dover")
# Words that the list knows, so that those of a pair are as usual or rare as in a real one.
KNOWN = (
    *(f"age uk {town}" for town in TOWNS), *(f"{town} cobbler repair club" for town in TOWNS),
    *(f"over 60s club {number}" for number in range(20)), "thanet food bank", "foodbank", "luke", "blind", "avc", "cab",
)  # fmt: skip


def likeness(left: str, right: str) -> str:
    texts = [*KNOWN, left, right]
    rows = [Record(names(text, ""), town=(TOWNS[number % 3],)) for number, text in enumerate(texts)]
    known = Vocabulary(rows)
    of = Likenesses(known, 10_000)
    one, other = (tuple(map(known.name, names(text, ""))) for text in (left, right))
    found, back = of.best(one, other), of.best(other, one)
    assert (found.kind, found.left, found.right) == (back.kind, back.right, back.left)
    return found.kind


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("The Cobbler Trust", "COBBLER TRUST LTD", "exact"),
        ("Trust of Cobbler", "Cobbler Trust CIO", "exact"),
        ("Ashford Cobbler Assoc.", "Ashford Cobbler Association", "exact"),
        ("Thanet Food Bank", "Thanet Foodbank", "near"),
        ("Zebedee Lantern Project", "Zebedee Lantren Project", "near"),
        ("Ashford Volunteer Centre", "AVC", "initials"),
        ("Dover Citizens Advice Bureau", "CAB Dover", "initials"),
        ("Zebedee Club", "Zebedee Club Group", "part-generic"),
        ("Zebedee Lantern", "Zebedee Lantern Ashford", "part-place"),
        ("Age UK Ashford", "Age UK Canterbury", "place"),
        ("Ashford Over 50s Club", "Ashford Over 60s Club", "number"),
        ("1st Zebedee Scouts", "2nd Zebedee Scouts", "number"),
        ("Zebedee Lantern", "Zebedee Lantern Trading Ltd", "trading"),
        ("Zebedee Morning Lantern Club", "Zebedee Evening Lantern Club", "number"),
        ("Zebedee Junior Lantern Club", "Zebedee Snr Lantern Club", "number"),
        ("Zebedee Ladies Lantern Club", "Zebedee Morning Lantern Club", "swap"),  # the ladies may meet in the morning
        ("Zebedee Co-op", "Zebedee Cooperative", "exact"),
        ("Zebedee Lantern CIC", "Zebedee Lantern Community Interest Company", "exact"),
        ("Zebedee Lantern", "Thanet Food Bank", "none"),
        ("Zebedee Lantern Clb", "Zebedee Lantern Club", "exact"),
        ("Zebedee Rescue Grdn", "Zebedee Rescue Garden", "near"),
        ("Zebedee Cat Club", "Zebedee Craft Club", "swap"),
        ("Saint Zebedee Lantern", "St. Zebedee Lantern", "exact"),
        ("Zebedee R Lantern", "Zebedee Royal Lantern", "initials"),
        ("Zebedee Lantern Shop (Ashford)", "Zebedee Lantern", "trading"),
        ("ZLCR", "Zebedee Lantern Crew", "initials-near"),
        ("Zebedee Lantern Club", "Zebedee Ladies Lantern Club", "number"),
        ("Ashford Zebedee Lantern", "Ashford Zebedee Lantern", "exact-place"),
        ("Zebedee Wod Lantern", "Zebedee Wood Lantern", "near-doubtful"),
        ("Zebedee W.I.", "Zebedee Women's Institute", "initials"),
        ("Zebedee Stroke Trust", "St Zebedee", "swap-generic"),  # St is a saint, and no initials
        ("Zebedee U3A", "Zebedee University of the Third Age", "exact"),
        ("Age Concern Zebedee", "Age UK Zebedee", "exact"),
        ("Zebedee Over Sixties", "Zebedee Over 60s", "exact"),
        ("Zebedee OverClub", "Zebedee Over Club", "near"),
        ("TheZebedee Lantern", "The Zebedee Lantern", "near"),
        ("Zebedee Lantern", "Friends of Zebedee Lantern", "number"),
        ("Zebedee Lantern Club", "Zebedee Lantern League Club", "number"),
    ],
)
def test_two_names_are_of_a_kind(left, right, kind):
    assert likeness(left, right).startswith(kind)
