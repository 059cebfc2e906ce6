import pytest

from trellis.organisations import identifiers


@pytest.mark.parametrize(
    ("scheme", "number", "normalised"),
    [
        ("GB-CHC", " 1007778 ", "1007778"), ("GB-CHC", "203460-2", "203460-2"), ("GB-CHC", "1007778.0", "1007778"),
        ("GB-COH", "9506232", "09506232"), ("GB-COH", "sc123456", "SC123456"), ("GB-COH", "OC301234", "OC301234"),
        ("GB-SC", "SC042386", "SC042386"), ("GB-SC", "42386", "SC042386"), ("GB-SC", "sc 042386", "SC042386"),
        ("GB-NIC", "100019", "100019"), ("GB-NIC", "NIC100019", "100019"), ("GB-NIC", "NI100019", "100019"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_register_writes_it(scheme, number, normalised):
    assert identifiers.normalised(scheme, number) == normalised


@pytest.mark.parametrize(
    ("scheme", "number"),
    [
        ("GB-CHC", ""), ("GB-CHC", "12"), ("GB-CHC", "SC042386"), ("GB-CHC", "1007778-0"), ("GB-COH", "G50666"),
        ("GB-COH", "123456789"), ("GB-SC", "SC1234567"), ("GB-NIC", "12"), ("GB-XYZ", "1"),
        ("GB-CHC", "100777\N{FULLWIDTH DIGIT EIGHT}"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_one_is_refused_in_a_sentence(scheme, number):
    with pytest.raises(ValueError, match="is not"):
        identifiers.normalised(scheme, number)


def test_an_org_id_is_a_scheme_and_a_number():
    assert identifiers.parsed("gb-chc-1007778") == ("GB-CHC", "1007778")
    assert identifiers.parsed("GB-SC-SC039107") == ("GB-SC", "SC039107")
    with pytest.raises(ValueError, match="org-id"):
        identifiers.parsed("US-EIN-1")


def test_a_linked_charity_has_its_parents_number_and_its_own():
    assert identifiers.charity_number(203460, 0) == "203460"
    assert identifiers.charity_number(203460, 2) == "203460-2"
