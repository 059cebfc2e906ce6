"""Forms that render themselves in GOV.UK markup; ours and, through the renderer, other people's too."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict

from trellis.core.errors import RuleBroken
from trellis.web.questions import Question


class Renderer(TemplatesSetting):
    """Every field of every form goes through our one template, also those of packages (FORM_RENDERER)."""

    field_template_name = "fields/field.html"
    bound_field_class = Question


class Form(forms.Form):
    """Shape and words of input. It saves nothing: a command does.

    Set `says_optional = False` where nothing is required, as in a row of filters. A long form names its `sections`:
    for each heading, the questions under it.
    """

    fields: dict[str, Any]  # Django says no more of a field than that it is one
    sections: Mapping[str, Sequence[str]] = {}
    says_optional = True
    use_required_attribute = False  # the browser's own messages are neither ours nor read out well

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under their headings; none, where the form has no sections."""
        return [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.sections.items()
        ]

    def refuse(self, error: RuleBroken) -> None:
        """Show why a command refused: at the field that the refusal names, else over the whole form."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)

    def hold_to(self, checks: Iterable[Callable[[], None]]) -> None:
        """For `clean`: show all that pure rules refuse at once, each at its field, beside what has not the right shape.

        The command asks the same rules again, and stops at the first. A field that has an error already gets no other.
        """
        for check in checks:
            try:
                check()
            except RuleBroken as error:
                if error.field not in self.errors:
                    self.refuse(error)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing but the button; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def problems(form: forms.BaseForm) -> list[dict[str, str]]:
    """What the error summary lists: each error's words, and a link to the place where it is put right."""
    if not form.is_bound:
        return []
    over_all = [{"text": str(error)} for error in form.non_field_errors()]
    questions = [field for field in form if isinstance(field, Question)]
    return over_all + [{"text": str(error), "href": f"#{one.focus_id}"} for one in questions for error in one.errors]
