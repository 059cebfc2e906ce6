"""What each notice asks."""

from trellis.decisions.models import Document, Notice
from trellis.web import fields
from trellis.web.forms import Form


class PublishForm(Form):
    """What is published today; or was before, elsewhere, and is entered now with its own day."""

    published_on = fields.Date(
        label="When was it published?",
        hint="Leave this empty to publish it now. For what was published before it came into Trellis, give its day.",
        required=False,
    )
    elsewhere = fields.Text(
        label="Where was it published on that day?",
        hint="For a day before today, such as: the council’s website.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in PublishForm.base_fields])  # these come last


class ForwardPlanForm(PublishForm):
    """Regulation 9: notice of a key decision, 28 clear days before."""

    due_from = fields.Date(label="Not before", hint="The first day on which the decision may be made.")
    due_to = fields.Date(label="Not after", required=False)
    documents = fields.TextArea(label="Documents that the decision maker is given", hint="One a line.", rows=4)
    copies_from = fields.TextArea(
        label="Where copies can be had",
        hint="The address, how to ask for details, and that other documents may be added.",
        rows=4,
    )


class GeneralExceptionForm(PublishForm):
    """Regulation 10: the notice on the forward plan was impracticable."""

    told = fields.Text(label="Who was told in writing", hint="The chair of scrutiny, or its members.", max_length=200)
    reasons = fields.TextArea(label="Why the forward plan was impracticable", rows=4)


class SpecialUrgencyForm(PublishForm):
    """Regulation 11: even that cannot wait."""

    agreed = fields.Text(
        label="Who agreed", hint="The chair of scrutiny; if there is none who can, of the council.", max_length=200
    )
    reasons = fields.TextArea(label="Why it is urgent and cannot reasonably be put off", rows=4)


class PrivateForm(PublishForm):
    """Regulation 5(2): the first notice of a private meeting."""

    reasons = fields.TextArea(label="Why the meeting is held in private", rows=4)
    agreed = fields.Text(
        label="Who agreed that the notice can be shorter",
        hint="Only when the meeting is urgent: the chair of scrutiny, or of the council.",
        max_length=200,
        required=False,
    )


class PrivateAgainForm(PublishForm):
    """Regulation 5(4): the second notice of a private meeting."""

    reasons = fields.TextArea(label="Why the meeting is held in private", rows=4)
    representations = fields.TextArea(
        label="What people said, and your answer", hint="Or that nobody said anything.", rows=4
    )


FORMS: dict[str, type[PublishForm]] = {
    Notice.Kind.FORWARD_PLAN: ForwardPlanForm,
    Notice.Kind.GENERAL_EXCEPTION: GeneralExceptionForm,
    Notice.Kind.SPECIAL_URGENCY: SpecialUrgencyForm,
    Notice.Kind.PRIVATE: PrivateForm,
    Notice.Kind.PRIVATE_AGAIN: PrivateAgainForm,
}


class AgendaForm(PublishForm):
    """The agenda of a meeting, with the report."""

    meeting_on = fields.Date(label="Day of the meeting")
    short_notice = fields.TextArea(
        label="Why the meeting was called at short notice",
        hint="Leave this empty when the agenda is open for long enough.",
        rows=3,
        required=False,
    )


class DocumentForm(Form):
    """A paper that the decision rests on."""

    kind = fields.Radios(label="What is it?", choices=Document.Kind.choices)
    title = fields.Text(label="Title", max_length=200)
    address = fields.Text(label="Address where it can be read", hint="Starts with https://", required=False)
    published_on = fields.Date(
        label="Since when could it be read there?",
        hint="For a paper of a day before today. Nothing can have been decided on a report before it was there.",
        required=False,
    )

    def clean_address(self) -> str:
        """An address of the web, or nothing: a link must not run anything."""
        address = self.cleaned_data["address"].strip()
        if address and not address.startswith(("https://", "http://")):
            self.add_error("address", "The address must start with https://")
        return address


class ConsultationForm(Form):
    """A member asked for their division."""

    division = fields.Text(label="Division", max_length=120)
    member = fields.Text(label="Its member", max_length=120)
    consulted_on = fields.Date(label="When were they asked?")
    response = fields.TextArea(label="What they said", rows=4, required=False)


class ForwardPlanFilters(Form):
    """What narrows the forward plan."""

    says_optional = False
    q = fields.Text(label="Words or reference", required=False, max_length=120)
    department = fields.Select(label="Department", choices=[("", "Any")], required=False)

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", "Any"), *((one, one) for one in departments)]


class RegisterFilters(ForwardPlanFilters):
    """What narrows the register."""

    key = fields.Select(
        label="Kind", choices=[("", "Any"), ("yes", "Key decisions"), ("no", "Other decisions")], required=False
    )
    year = fields.Select(label="Year", choices=[("", "Any")], required=False)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "Any"), *((str(year), str(year)) for year in years)]
