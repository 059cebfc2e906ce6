import pytest
from django.template import engines
from jinja2 import UndefinedError


@pytest.fixture
def env():
    return engines.all()[0].env


@pytest.mark.parametrize(
    "typo",
    [
        "{{ nmae }}",
        "{{ row.nmae }}",
        "{% if nmae %}a{% endif %}",
        "{% for one in nmae %}{% endfor %}",
        "{{ nmae|length }}",
        "{{ nmae|upper }}",
        "{{ 'a' ~ nmae }}",
        "{{ nmae|join(', ') }}",
        "{{ nmae == 1 }}",
        "{{ 1 in nmae }}",
    ],
)
def test_a_typo_in_a_template_of_ours_fails(env, typo):
    with pytest.raises(UndefinedError, match="nmae"):
        env.from_string(typo).render(row={"name": "Ash"})


def test_a_template_may_ask_whether_something_is_defined(env):
    assert env.from_string("{{ nmae is defined }}{{ nmae|default('x') }}").render() == "Falsex"


def test_a_typo_in_a_macro_of_ours_fails(env):
    with pytest.raises(UndefinedError, match="nmae"):
        env.from_string("{% macro one(row) %}{{ row.nmae }}{% endmacro %}{{ one({'name': 1}) }}").render()


def test_a_typo_handed_to_a_component_fails_too(env):
    template = (
        '{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}{{ govukTag({"text": nmae}) }}'
    )
    with pytest.raises(UndefinedError, match="nmae"):
        env.from_string(template).render()


@pytest.mark.parametrize("component", [("button", "govukButton"), ("input", "govukInput"), ("details", "govukDetails")])
def test_components_of_others_may_be_given_little(env, component):
    folder, macro = component
    template = f'{{% from "govuk_frontend_jinja/components/{folder}/macro.html" import {macro} %}}'
    assert (
        "govuk-" in env.from_string(template + f"{{{{ {macro}({{'name': 'a', 'label': {{'text': 'A'}}}}) }}}}").render()
    )
