from django import forms as django_forms
from lxml import html

from trellis.core.errors import RuleBroken
from trellis.web import fields
from trellis.web.forms import Form, problems


class Note(Form):
    note = fields.TextArea(label="Note")
    kind = fields.Hidden(required=False)


class Package(django_forms.Form):
    """As a package would write it, knowing nothing of us."""

    login = django_forms.EmailField(widget=django_forms.EmailInput(attrs={"placeholder": "x", "autocomplete": "email"}))
    password = django_forms.CharField(widget=django_forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    code = django_forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=django_forms.RadioSelect)
    district = django_forms.TypedChoiceField(choices=[("", "---------"), ("n", "North")])
    remember = django_forms.BooleanField(required=False)


def test_a_refusal_shows_at_the_field_that_it_names():
    form = Note({"note": "Rang them."})
    assert form.is_valid()
    form.refuse(RuleBroken("Say what came of it.", field="note"))
    assert problems(form) == [{"text": "Say what came of it.", "href": "#id_note"}]


def test_a_refusal_of_the_whole_or_of_an_unknown_field_shows_over_the_form():
    for field in ("", "no_such_field"):
        form = Note({"note": "Rang them."})
        assert form.is_valid()
        form.refuse(RuleBroken("Somebody else completed this case.", field=field))
        assert problems(form) == [{"text": "Somebody else completed this case."}]


def test_a_form_says_all_that_rules_refuse_at_once_and_one_thing_of_each_field():
    def refuses(field: str, sentence: str):
        def check():
            raise RuleBroken(sentence, field=field)

        return check

    class Held(Form):
        first = fields.Text(label="First")
        second = fields.Text(label="Second")

        def clean(self):
            self.hold_to([refuses("first", "No first."), refuses("second", "No second."), refuses("", "Never.")])
            return self.cleaned_data

    held = Held({"first": "", "second": "x"})
    assert [problem["text"] for problem in problems(held)] == ["Never.", held.errors["first"][0], "No second."]


def test_a_form_that_nobody_sent_has_no_problems():
    assert problems(Note()) == []


def test_forms_of_packages_look_like_ours():
    form = Package({"login": "x", "code": "c"})
    form.is_valid()
    page = html.fragment_fromstring("".join(str(field.as_field_group()) for field in form), create_parent=True)
    kinds = [
        "govuk-input",
        "govuk-radios__input",
        "govuk-select",
        "govuk-checkboxes__input",
        "govuk-js-password-input-input",
    ]
    for kind in kinds:
        assert page.xpath(f".//*[contains(@class, '{kind}')]"), kind
    assert not page.xpath(".//@placeholder")
    assert page.xpath("string(.//input[@type='password']/@autocomplete)") == "new-password"
    assert page.xpath("string(.//option[1])").strip() == "Choose one"
    assert {problem["href"] for problem in problems(form)} == {"#id_login", "#id_password", "#id_code", "#id_district"}


def test_hidden_values_travel_along():
    assert 'type="hidden"' in str(Note(initial={"kind": "a"})["kind"].as_field_group())
