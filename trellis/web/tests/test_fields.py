from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from trellis.web import fields
from trellis.web.forms import Form, problems


class Sample(Form):
    name = fields.Text(label="Your name", max_length=10, autocomplete="name", hint="As on your letters.")
    note = fields.TextArea(label="Note", max_length=50)
    email = fields.Email(label="Email address")
    minutes = fields.Number(label="Time spent", min_value=5, max_value=1_440, unit="minutes")
    hours = fields.Number(label="Hours", decimals=1, required=False)
    income = fields.Pounds(label="Income", required=False)
    on = fields.Date(label="Date of the visit")
    topic = fields.Radios(
        label="Topic", choices=[("a", "Funding"), ("b", "Trustees")], choice_hints={"b": "Or a chair."}
    )
    days = fields.Checkboxes(label="Days", choices=[("m", "Monday"), ("t", "Tuesday")], required=False)
    district = fields.Select(label="District", choices=[("n", "North"), ("s", "South")])
    paper = fields.Upload(label="Accounts", accept=".pdf", required=False)
    sure = fields.Tick(label="I may speak for them")


GOOD = {
    "name": "Dora", "note": "Help", "email": "dora@example.org", "minutes": "1,200", "hours": "1.5",
    "income": "£1,250.50",
    "on-day": "29", "on-month": "June", "on-year": "2018", "topic": "b", "days": ["m"], "district": "s", "sure": "on",
}  # fmt: skip


def drawn(form, name):
    return html.fragment_fromstring(str(form[name].as_field_group()), create_parent=True)


def errors(**changes):
    form = Sample(GOOD | changes)
    return {name: list(errors) for name, errors in form.errors.items()}


def test_good_answers_come_out_as_values():
    form = Sample(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Dora", "note": "Help", "email": "dora@example.org", "minutes": 1200, "hours": Decimal("1.5"),
        "income": Decimal("1250.50"), "on": date(2018, 6, 29), "topic": "b", "days": ["m"], "district": "s",
        "paper": None, "sure": True,
    }  # fmt: skip


def test_optional_answers_may_be_left_out():
    form = Sample(GOOD | {"hours": "", "income": "", "days": []})
    assert form.is_valid()
    assert (form.cleaned_data["hours"], form.cleaned_data["income"], form.cleaned_data["days"]) == (None, None, [])


def test_an_empty_form_says_what_to_do_at_each_question():
    assert {name: words for name, (words,) in Sample({}).errors.items()} == {
        "name": "Enter your name",
        "note": "Enter the note",
        "email": "Enter the email address",
        "minutes": "Enter the time spent",
        "on": "Enter the date of the visit",
        "topic": "Choose the topic",
        "district": "Choose the district",
        "sure": "Tick the box to go on",
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Theodora Lane"}, "Your name must be 10 characters or fewer"),
        ({"email": "dora"}, "Enter an email address in full, like name@example.com"),
        ({"minutes": "an hour"}, "Time spent must be a number, like 15"),
        ({"minutes": "7.5"}, "Time spent must be a whole number"),
        ({"minutes": "4"}, "Time spent must be 5 or more"),
        ({"minutes": "1441"}, "Time spent must be 1,440 or less"),
        ({"minutes": "NaN"}, "Time spent must be a number, like 15"),
        ({"minutes": "1e400"}, "Time spent must be a number, like 15"),
        ({"hours": "1.55"}, "Hours must have no more than 1 decimal place"),
        ({"income": "12.345"}, "Income must be in pounds and pence, like 1,250.50"),
        ({"topic": "c"}, "Choose from the list: it may have changed since you opened this page"),
        ({"days": ["m", "x"]}, "Choose from the list: it may have changed since you opened this page"),
    ],
)
def test_wrong_answers_are_told_why(changes, words):
    assert [words] in errors(**changes).values()


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "parts"),
    [
        ("", "6", "2018", "Date of the visit must include a day", ["day"]),
        ("29", "", "", "Date of the visit must include a month and a year", ["month", "year"]),
        ("29", "6", "18", "Year must be 4 digits, like 2018", ["year"]),
        ("31", "6", "2018", "Date of the visit must be a real date", ["day", "month", "year"]),
        ("29", "Junuary", "2018", "Date of the visit must be a real date", ["day", "month", "year"]),
        ("x", "6", "2018", "Date of the visit must be a real date", ["day", "month", "year"]),
    ],
)
def test_a_date_says_which_part_is_wrong_and_marks_it(day, month, year, words, parts):
    form = Sample(GOOD | {"on-day": day, "on-month": month, "on-year": year})
    assert form.errors["on"] == [words]
    marked = drawn(form, "on").xpath(".//input[contains(@class, 'govuk-input--error')]/@name")
    assert marked == [f"on-{part}" for part in parts]
    assert form["on"].focus_id == f"id_on-{parts[0]}"


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_date_comes_back_as_it_went_out(day):
    first = Sample(initial={"on": day})
    boxes = {box.get("name"): box.get("value") for box in drawn(first, "on").xpath(".//input")}
    assert Sample(GOOD | boxes).fields["on"].clean(Sample(GOOD | boxes)["on"].data) == day


@given(st.text(max_size=12))
def test_no_number_however_typed_breaks_the_page(typed):
    form = Sample(GOOD | {"minutes": typed, "income": typed, "on-day": typed, "on-month": typed, "on-year": typed})
    form.is_valid()
    assert all(str(form[name].as_field_group()) for name in ("minutes", "income", "on"))


def test_what_was_typed_stays_in_the_box():
    form = Sample(GOOD | {"minutes": "an hour", "on-month": "Junuary"})
    assert not form.is_valid()
    assert drawn(form, "minutes").xpath(".//input/@value") == ["an hour"]
    assert drawn(form, "on").xpath(".//input/@value") == ["29", "Junuary", "2018"]
    assert drawn(form, "note").xpath("string(.//textarea)").strip() == "Help"
    assert drawn(form, "topic").xpath(".//input[@checked]/@value") == ["b"]
    assert drawn(form, "days").xpath(".//input[@checked]/@value") == ["m"]
    assert drawn(form, "district").xpath(".//option[@selected]/@value") == ["s"]
    assert drawn(form, "sure").xpath(".//input[@checked]/@name") == ["sure"]


def test_every_error_in_the_summary_leads_to_an_input():
    form = Sample({"on-day": "31", "on-month": "6", "on-year": "2018"})
    form.is_valid()
    ids = {
        one for name in form.fields for one in drawn(form, name).xpath(".//input/@id | .//select/@id | .//textarea/@id")
    }
    listed = problems(form)
    assert len(listed) == 8
    assert [problem["href"] for problem in listed if problem["href"].removeprefix("#") not in ids] == []


def test_an_error_belongs_to_its_input_for_those_who_hear_the_page():
    form = Sample({})
    form.is_valid()
    field = drawn(form, "name")
    described = field.xpath("string(.//input/@aria-describedby)").split()
    assert described == ["id_name-hint", "id_name-error"]
    assert "Enter your name" in field.xpath("string(.//*[@id='id_name-error'])")


def test_labels_say_what_may_be_left_out():
    assert "Income (optional)" in drawn(Sample(), "income").text_content()
    assert "optional" not in drawn(Sample(), "name").text_content()
    assert "optional" not in drawn(Sample(), "sure").text_content()

    class Filters(Form):
        says_optional = False
        district = fields.Select(label="District", choices=[("n", "North")], required=False, blank="Any district")

    assert "optional" not in drawn(Filters(), "district").text_content()
    assert drawn(Filters(), "district").xpath("string(.//option[1])").strip() == "Any district"


def test_browsers_are_told_what_they_may_fill_in():
    assert drawn(Sample(), "name").xpath("string(.//input/@autocomplete)") == "name"
    assert drawn(Sample(), "email").xpath("string(.//input/@autocomplete)") == "email"


def test_two_forms_share_no_attributes():
    one, other = fields.Text(label="One", width=5), fields.Text(label="Other")
    assert one.widget.attrs == {"class": "govuk-input--width-5"}
    assert other.widget.attrs == {}


def test_an_empty_file_is_refused():
    form = Sample(GOOD, {"paper": SimpleUploadedFile("a.pdf", b"")})
    assert form.errors["paper"] == ["The file is empty. Choose another"]
    assert form.is_multipart()


def test_hints_of_choices_are_read_with_them():
    field = drawn(Sample(), "topic")
    [described] = field.xpath(".//input[@value='b']/@aria-describedby")
    assert field.xpath(f"string(.//*[@id='{described}'])").strip() == "Or a chair."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7pm", time(19)), ("7 PM", time(19)), ("7.30pm", time(19, 30)), ("7:30 p.m.", time(19, 30)),
        ("19:30", time(19, 30)), ("09.05", time(9, 5)), ("noon", time(12)), ("12am", time(0)),
        ("12.15pm", time(12, 15)), ("midnight", time(0)), ("", None), (" ", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed, meant):
    assert fields.Time(label="Time", required=False).clean(typed) == meant


@pytest.mark.parametrize(
    "typed", ["7", "7.30", "19", "13pm", "0am", "25:00", "10:60", "soon", "19:30pm", "٧pm", "7:3pm"]
)
def test_a_time_that_could_be_another_is_refused(typed):
    with pytest.raises(ValidationError, match="Time must be a time, like 7.30pm or 19:30"):
        fields.Time(label="Time").clean(typed)


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_time_that_is_shown_again_is_the_same(moment):
    field = fields.Time(label="Time")
    assert field.clean(field.prepare_value(moment)) == moment
