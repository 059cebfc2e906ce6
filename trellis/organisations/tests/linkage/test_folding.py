"""Cells in one form."""

import pytest

from trellis.organisations.linkage import folding, records


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("St. John's & R.S.P.C.A.", ("st", "johns", "and", "rspca")),
        ("ST JOHNS AND R S P C A", ("st", "johns", "and", "rspca")),
        ("Café Łódź", ("cafe", "lodz")),
        ("Дом культуры 5", ("дом", "культуры", "5")),
        ("  --  ", ()),
    ],
)
def test_a_name_has_the_same_words_however_it_is_written(text, words):
    assert folding.words(text) == words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("me14 1xx", ("ME141XX", "ME141", "ME14")),
        ("ME14  1XX", ("ME141XX", "ME141", "ME14")),
        ("60302", ("", "60302", "603")),
        ("60302-1234", ("603021234", "60302", "603")),
        ("PE8 6YYP", ("PE86YYP", "", "PE8")),
        ("pe86p", ("PE86P", "", "")),
        ("n/a", ("", "", "")),
    ],
)
def test_a_postcode_is_known_at_three_levels(text, code):
    assert folding.postcode(text) == code


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("01622 555 111", "1622555111"),
        ("+44 (0)1622 555111", "1622555111"),
        ("0044 1622555111 ext 4", "1622555111"),
        ("01622-555111 / 07700 900123", "1622555111"),
        ("312-555-0142", "3125550142"),
        ("1234", ""),
        ("00000 000000", ""),
        ("01333 111222 (Mon-Fri 9-5)", "1333111222"),
        ("01333 111222 (24hr)", "1333111222"),
        ("(01333) 111222", "1333111222"),
        ("none", ""),
    ],
)
def test_a_telephone_number_is_one_number_however_it_is_written(text, digits):
    assert folding.phone(text) == digits


def test_an_email_at_a_public_provider_has_no_domain_of_its_own():
    assert folding.email("Jo <JO@Gmail.com>") == ("jo@gmail.com", "")
    assert folding.email("info@ashvale.org.uk") == ("info@ashvale.org.uk", "ashvale.org.uk")
    assert folding.email("ask Jo") == ("", "")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://www.AshVale.org.uk/index.html", ("ashvale.org.uk", "ashvale.org.uk")),
        ("ashvale.org.uk/about?x=1", ("ashvale.org.uk/about", "ashvale.org.uk")),
        ("https://facebook.com/ashvale", ("facebook.com/ashvale", "")),
        ("facebook.com", ("", "")),
        ("none yet", ("", "")),
    ],
)
def test_a_website_has_its_path_and_its_domain(text, site):
    assert folding.website(text) == site


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1007778", "1007778"),
        ("01007778.0", "1007778"),
        ("GB-CHC-1007778", "1007778"),
        ("1,007,778", "1007778"),
        ("1007778; SC040000", "1007778"),
        ("SC 042386", "SC42386"),
        ("SCO42386", "SC42386"),
        ("1132847-0", "1132847"),
        ("1132847-1", "11328471"),
        ("No. 517886", "517886"),
        ("Reg. 517886", "517886"),
        ("Charity No: 517886", "517886"),
        ("517886 (England & Wales)", "517886"),
        ("517886, SC012345", "517886"),
        ("n/a / 517886", "517886"),
        ("12-3456987", "123456987"),
        ("OC301234", "OC301234"),
        ("00123", "123"),
        ("Under 5k", ""),
        ("Applied for 2024", ""),
        ("1234567", ""),
        ("0000000", ""),
        ("exempt", ""),
        ("pending registration", ""),
    ],
)
def test_a_number_is_one_number_however_it_is_written(text, number):
    assert folding.number(text) == number


@pytest.mark.parametrize(
    ("name", "others", "names"),
    [
        ("Ash Vale Club", "", (("ash", "vale", "club"),)),
        ("LIPA (Leeds Institute of Popular Arts)", "", (("lipa",), ("leeds", "institute", "of", "popular", "arts"))),
        ("Home-Start (Tamworth)", "", (("home", "start", "tamworth"),)),
        ("Felix Charity t/a Fareshare", "Felix; FS", (("felix", "charity"), ("fareshare",), ("felix",), ("fs",))),
        ("Gofal (formerly Gofal Cymru)", "", (("gofal",), ("gofal", "cymru"))),
    ],
)  # fmt: skip
def test_a_row_may_give_several_names(name, others, names):
    assert records.names(name, others) == names
