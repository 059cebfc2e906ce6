"""What the pages of an equality impact assessment ask."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trellis.commissioning.models import EqualityAssessment, EqualityAttestation
from trellis.commissioning.models.equality import LEVELS
from trellis.commissioning.rules.equality import Content, Duty
from trellis.web import fields
from trellis.web.forms import Form


class BeginForm(Form):
    """What is to be decided, and when it is assessed."""

    title = fields.Text(label="What is to be decided", max_length=160)
    service = fields.Text(label="Directorate and service", max_length=160)
    responsible = fields.Text(label="Who answers for it", hint="A name or a post.", max_length=120)
    assessed_on = fields.Date(
        label="Date of the assessment", hint="Nothing that was known only later belongs in it. For example, 30 6 2016."
    )
    context = fields.TextArea(label="Context", hint="What there is today, and why it changes.")
    aims = fields.TextArea(label="Aims", hint="What the change is to bring, for whom.")


class DescribeForm(BeginForm):
    """The same, and the impact in short."""

    summary = fields.TextArea(label="The impact in short", hint="In a few sentences.", required=False)


class ScreeningForm(Form):
    """How each group may be affected: two levels and the reason. A group without levels is not looked at yet."""

    says_optional = False

    def __init__(self, *arguments, duty: Duty, **options):
        super().__init__(*arguments, **options)
        self.duty = duty
        for group, name in duty.groups.items():
            for way in ("positive", "negative"):
                self.fields[f"{group}_{way}"] = fields.Select(
                    label=f"{way.capitalize()} impact on: {name}", choices=LEVELS, blank="Not looked at yet",
                    required=False,
                )  # fmt: skip
            self.fields[f"{group}_commentary"] = fields.TextArea(label=f"Why, for: {name}", rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """Both levels of a group, or neither."""
        for group in self.duty.groups:
            levels = {way: self.cleaned_data.get(f"{group}_{way}") for way in ("positive", "negative")}
            if any(levels.values()):
                for way in (way for way, level in levels.items() if not level):
                    self.add_error(f"{group}_{way}", f"Choose the {way} impact too; it may be none")
        return self.cleaned_data

    @property
    def first_limb(self) -> str:
        """The first limb of the duty, as part of a sentence."""
        return fields.in_a_sentence(self.duty.first_limb)

    @property
    def ratings(self) -> dict[str, tuple[str, str, str]]:
        """What was said of each group that was looked at."""
        answers = self.cleaned_data
        return {
            group: (answers[f"{group}_positive"], answers[f"{group}_negative"], answers[f"{group}_commentary"])
            for group in self.duty.groups
            if answers[f"{group}_positive"]
        }

    @property
    def by_group(self) -> Iterator[tuple[str, bool, list[Any]]]:
        """Each group's name, whether it counts for the first limb alone, and its questions."""
        for group, name in self.duty.groups.items():
            asked = [self[f"{group}_{part}"] for part in ("positive", "negative", "commentary")]
            yield name, group == self.duty.first_limb_only, asked


def rated(content: Content) -> dict[str, str]:
    """What was said of the groups, as the form asks for it."""
    parts = ("positive", "negative", "commentary")
    return {f"{one.group}_{part}": getattr(one, part) for one in content.impacts for part in parts}


class LimbsForm(Form):
    """What regard is had to each limb of the duty."""

    def __init__(self, *arguments, limbs: Mapping[str, str], **options):
        super().__init__(*arguments, **options)
        for limb, name in limbs.items():
            self.fields[limb] = fields.TextArea(label=name, rows=4, required=False)


class FullForm(Form):
    """The full assessment."""

    engagement = fields.TextArea(label="Who was asked", hint="Whom you asked, how, and what they said.")
    analysis = fields.TextArea(
        label="Analysis", hint="What follows from the evidence, for each group where it differs."
    )
    judgement = fields.Radios(label="What does the assessment come to?", choices=EqualityAssessment.Judgement.choices)
    reasons = fields.TextArea(label="Reasons", hint="Why it comes to this.", rows=4)


class AboutAGroupForm(Form):
    """What is about one group, or about everybody."""

    group = fields.Select(label="Whom is it about?", blank="Everybody", required=False)

    def __init__(self, *arguments, groups: Mapping[str, str], **options):
        super().__init__(*arguments, **options)
        self.fields["group"].choices = list(groups.items())


class EvidenceForm(AboutAGroupForm):
    """What is known, and from where."""

    statement = fields.TextArea(label="What is known", rows=3)
    source = fields.Text(label="Source", max_length=200)
    dated_on = fields.Date(label="Its date", hint="When it was published, or found out. Not after the assessment.")


class AreaFigureForm(Form):
    """One of the published counts that are loaded."""

    figure = fields.Select(label="Published figure", hint="Only those published by the day of the assessment.")

    def __init__(self, *arguments, figures: Iterable[tuple[str, str]], **options):
        super().__init__(*arguments, **options)
        self.fields["figure"].choices = list(figures)


class ActionForm(AboutAGroupForm):
    """What is done about an impact."""

    issue = fields.TextArea(label="Issue", rows=2)
    action = fields.TextArea(label="Action", rows=2)
    expected_outcome = fields.TextArea(label="Expected outcome", rows=2)
    owner = fields.Text(label="Owner", hint="A name or a post.", max_length=120)
    due_on = fields.Date(label="By when")
    cost = fields.Pounds(label="Cost", hint="What it costs beyond people’s usual work.", required=False)


class AttestForm(Form):
    """Who attests it."""

    capacity = fields.Radios(label="In which capacity?", choices=EqualityAttestation.Capacity.choices)
    name = fields.Text(label="Name", max_length=120)
    title = fields.Text(label="Post", max_length=120)
    attested_on = fields.Date(label="On which day?")


class ReopenForm(Form):
    """Why it is opened again."""

    reason = fields.TextArea(label="Why?", hint="Without personal details.", rows=3, max_length=500)


class NewVersionForm(Form):
    """The date of the new version."""

    assessed_on = fields.Date(label="Date of the new version")


class FollowUpForm(Form):
    """What came of an action."""

    done_on = fields.Date(label="When was it done?")
    done_with = fields.TextArea(label="What came of it?", rows=3)


class DueRegardForm(Form):
    """What a body considered."""

    body = fields.Text(label="Body", hint="Who had the assessment before them.", max_length=120)
    considered_on = fields.Date(label="On which day?")
    considered = fields.TextArea(label="What they considered", rows=4)
