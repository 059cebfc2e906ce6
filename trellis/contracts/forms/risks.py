"""What the pages about risks, issues and actions ask."""

from collections.abc import Sequence

from trellis.contracts.models import Risk
from trellis.organisations.models import Organisation
from trellis.web import fields
from trellis.web.forms import Form

LIKELIHOODS = (
    (1, "1: hardly ever"),
    (2, "2: not likely"),
    (3, "3: may well come"),
    (4, "4: likely"),
    (5, "5: all but sure"),
)
IMPACTS = ((1, "1: hardly felt"), (2, "2: minor"), (3, "3: felt by many"), (4, "4: major"), (5, "5: the service fails"))
CAUSES = "Name what led to it, such as a rule, a habit or a lack of time. Name no person and no member."


class OwnedForm(Form):
    """A question about which member owns something."""

    owner = fields.Select(label="Which member sees to it?")

    def __init__(self, *arguments, members: Sequence[Organisation], **options):
        super().__init__(*arguments, **options)
        self.members = {one.reference: one for one in members}
        self.fields["owner"].choices = [("", "Choose one"), *((one.reference, one.name) for one in members)]

    def clean_owner(self) -> Organisation:
        """The member itself."""
        return self.members[self.cleaned_data["owner"]]


class Score(fields.Select):
    """One of five; cleans to the number."""

    def clean(self, value):
        """A whole number, 1 to 5."""
        return int(super().clean(value))


class RiskForm(OwnedForm):
    """What it is, what leads to it, what keeps it small, and how grave it is without and with that."""

    kind = fields.Radios(label="What is it?", choices=Risk.Kind.choices)
    title = fields.Text(label="Say it in a few words", max_length=160)
    causes = fields.TextArea(label="What leads to it?", hint=CAUSES, rows=3, max_length=1000)
    effects = fields.TextArea(label="What would it do?", hint="To groups, and to the service.", rows=3, max_length=1000)
    likelihood_before = Score(label="How likely is it without controls?", choices=LIKELIHOODS)
    impact_before = Score(label="How grave is it without controls?", choices=IMPACTS)
    controls = fields.TextArea(label="What keeps it small?", hint="The controls.", rows=3, max_length=1000)
    likelihood_after = Score(label="How likely is it with the controls?", choices=LIKELIHOODS)
    impact_after = Score(label="How grave is it with the controls?", choices=IMPACTS)
    review_on = fields.Date(label="When is it looked at again?")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.order_fields([name for name in self.fields if name not in ("owner", "review_on")])


class ReviewForm(Form):
    """How it stands now."""

    likelihood = Score(label="How likely is it now?", choices=LIKELIHOODS)
    impact = Score(label="How grave is it now?", choices=IMPACTS)
    note = fields.TextArea(label="Why?", rows=3, max_length=500)
    review_on = fields.Date(label="When is it looked at again?")


class CloseForm(Form):
    """What was learned."""

    lessons = fields.TextArea(
        label="What did the alliance learn?", hint="What you would do again, and what not. Name no person.", rows=4,
        max_length=1000,
    )  # fmt: skip


class ActionForm(OwnedForm):
    """What is to be done."""

    what = fields.Text(label="What is to be done?", max_length=300)
    due_on = fields.Date(label="By which day?")

    field_order = ["what", "owner", "due_on"]


class FinishForm(Form):
    """How it was done."""

    how = fields.TextArea(label="What was done?", hint="Say where one can see it.", rows=3, max_length=500)


STATES = (("", "Open ones"), ("closed", "Closed ones"), ("all", "All"))


class RiskFilter(Form):
    """Which risks to show."""

    says_optional = False
    state = fields.Select(label="Which?", choices=STATES, required=False, blank="Open ones")
    owner = fields.Select(label="Seen to by", required=False, blank="Any member")

    def __init__(self, *arguments, members: Sequence[Organisation], **options):
        super().__init__(*arguments, **options)
        self.fields["owner"].choices = [("", "Any member"), *((one.reference, one.name) for one in members)]


class VerifyForm(Form):
    """Whether it is done."""

    is_done = fields.Radios(
        label="Have you seen that it is done?", choices=[("yes", "Yes"), ("no", "No: it is to be done again")]
    )

    def clean_is_done(self) -> bool:
        """Yes or no."""
        return self.cleaned_data["is_done"] == "yes"
