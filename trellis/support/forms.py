"""What people are asked about a case, one form a question."""

from trellis.contracts.models import Partner
from trellis.core import clock
from trellis.support.models import Case, CaseActivity, SupportTopic
from trellis.web import fields
from trellis.web.forms import Form

ANYONE = ""


class CaseFilters(Form):
    """What narrows the list of cases; kept in the address."""

    says_optional = False
    q = fields.Text(label="Case or organisation", required=False, max_length=120)
    status = fields.Select(label="Status", choices=[("", "Any"), *Case.Status.choices], required=False)
    mine = fields.Select(label="Whose", choices=[("", "All that I may see"), ("yes", "My cases")], required=False)

    def __init__(self, *args, is_adviser: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_adviser:
            del self.fields["mine"]


class OrganisationForm(Form):
    """Asked only of those who speak for more than one group."""

    organisation = fields.Radios(label="Which organisation is it for?")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(row.reference, row.name) for row in organisations]


class TopicForm(Form):
    """The first question."""

    topic = fields.Radios(label="What do you need help with?")

    def __init__(self, *args, topics: list[SupportTopic], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(topic.code, topic.name) for topic in topics]


class NeedForm(Form):
    """The second question."""

    need = fields.TextArea(
        label="Tell us about it",
        hint="What is happening, what you have tried, and any date that matters. Leave out people’s names.",
        rows=8,
        max_length=4000,
    )


class WhoForm(Form):
    """The third question: which partners may see the case."""

    chosen_partner = fields.Radios(
        label="Who would you like help from?",
        hint="Any adviser is fine for most. A partner that runs services like yours near you is marked.",
        required=False,
    )
    shut_out = fields.Checkboxes(
        label="Is there a partner that must not see your case?",
        hint="You do not have to say why. Leave all empty if there is none.",
        required=False,
    )

    def __init__(self, *args, partners: list[Partner], conflicted: set[int], **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(row.pk), row.organisation.name) for row in partners]
        marked = [
            (str(row.pk), f"{row.organisation.name} (runs services like yours)" if row.organisation_id in conflicted
             else row.organisation.name)
            for row in partners
        ]  # fmt: skip
        self.fields["chosen_partner"].choices = [(ANYONE, "Any adviser who has no conflict of interest"), *marked]
        self.fields["shut_out"].choices = named


class ConflictForm(Form):
    """Asked only when the chosen partner competes with the organisation."""

    conflict_accepted = fields.Tick(label="I know this, and I still want help from them")


class TriageForm(Form):
    """How soon it matters."""

    urgency = fields.Radios(label="How soon does it matter?", choices=Case.Urgency.choices)
    note = fields.Text(
        label="A line for the adviser who takes it",
        required=False,
        max_length=300,
        hint="The organisation sees it too.",
    )


class AllocateForm(Form):
    """Who is offered the case."""

    partner = fields.Radios(label="Who should be offered this case?", required=False)

    def __init__(self, *args, partners: list[Partner], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [
            (ANYONE, "The partner with the fewest open cases"),
            *((str(row.organisation_id), row.organisation.name) for row in partners),
        ]


class ReasonForm(Form):
    """Why a case is given back or withdrawn."""

    reason = fields.TextArea(label="Why?", rows=3, max_length=400)


class WithdrawForm(Form):
    """The organisation need not say why."""

    reason = fields.TextArea(label="Why? (you do not have to say)", rows=3, max_length=400, required=False)


class ActivityForm(Form):
    """One piece of help."""

    kind = fields.Radios(label="How did you help?", choices=CaseActivity.Kind.choices)
    occurred_on = fields.Date(label="When was it?", initial=clock.today)
    minutes = fields.Number(label="How many minutes did it take?", min_value=1, max_value=1440)
    note = fields.TextArea(label="What did you do?", rows=4, max_length=4000)


class CompleteForm(Form):
    """What came of it."""

    outcome = fields.Radios(label="What came of it?", choices=Case.Outcome.choices, missing="Say what came of it.")
    note = fields.TextArea(
        label="What is different now?", rows=4, max_length=4000, required=False, hint="The organisation sees this."
    )
    completed_on = fields.Date(label="When was it done?", initial=clock.today)
