import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.web.csv_files import csv_lines, guarded


@pytest.mark.parametrize("text", ["=1+1", "+44 1622", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Ash Vale", "", "a=b", -5, 1.5, None])
def test_other_values_are_left_alone(value):
    assert guarded(value) == value


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_whatever_the_cells_hold_no_cell_can_run_and_none_is_lost(rows):
    text = "".join(csv_lines(rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read if row] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
