from decimal import Decimal

from trellis.commissioning.appraisal.money import COST, REACH, OptionMoney, Reason, reasons


def test_what_is_left_for_support_and_what_each_organisation_costs():
    model = OptionMoney("A", Decimal("1000.00"), Decimal("250.00"), 3)
    assert model.reaches_organisations == Decimal("750.00")
    assert model.management_share == 25
    assert model.cost_per_organisation == Decimal("333.33")


def test_an_option_that_reaches_nobody_has_no_cost_for_each():
    assert OptionMoney("A", Decimal(1000), Decimal(0), 0).cost_per_organisation is None


def test_each_option_is_held_against_the_leanest_and_the_widest():
    lean, wide = OptionMoney("Lean", Decimal(100), Decimal(10), 50), OptionMoney("Wide", Decimal(100), Decimal(30), 80)
    assert reasons([lean, wide]) == (
        Reason("Lean", REACH, Decimal(30), "Wide"),
        Reason("Wide", COST, Decimal(20), "Lean"),
    )
    assert reasons([lean]) == reasons([]) == ()
