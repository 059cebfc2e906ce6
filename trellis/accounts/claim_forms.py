"""What is asked of whoever wants to speak for an organisation, and of those who answer."""

from trellis.accounts.claim_rules import EMAIL, LETTER, VOUCH, masked
from trellis.organisations.models import Organisation
from trellis.web import fields
from trellis.web.forms import Form

SETTLED = [("yes", "Let them in"), ("no", "Refuse")]


class ClaimForm(Form):
    """What they are to it, and how they will show it: only the ways that this organisation offers."""

    role_there = fields.Text(
        label="What are you there?", max_length=120, missing="Say what you are there, such as its secretary",
        hint="For example, its secretary. It is told this, with your name.",
    )  # fmt: skip
    proof = fields.Radios(label="How can you show it?", choices=(), missing="Choose how you can show it")

    def __init__(self, *args, organisation: Organisation, **options):
        super().__init__(*args, **options)
        offered = ways(organisation)
        self.fields["proof"].choices = [(code, words) for code, words, _ in offered]
        self.fields["proof"].choice_hints = {code: hint for code, _, hint in offered}


def ways(organisation: Organisation) -> list[tuple[str, str, str]]:
    """Each way of proof that an organisation offers: its code, its name, and what will happen."""
    offered = [(VOUCH, "An adviser knows me", "An adviser of a support partner says how they know you.")]
    if organisation.address:
        hint = "We post it to the address in the register, not to yours. That takes some days."
        offered.insert(0, (LETTER, "By a code in a letter", hint))
    if organisation.email:
        hint = (
            f"We send it to {masked(organisation.email)}, the address in the register. Ask whoever reads that for it."
        )
        offered.insert(0, (EMAIL, "By a code in an email", hint))
    return offered


class CodeForm(Form):
    """The code that the organisation was sent."""

    code = fields.Text(
        label="The code",
        hint="8 letters and figures, like CDFG-2346.",
        max_length=20,
        width=10,
        missing="Enter the code",
    )


class VouchForm(Form):
    """How an adviser knows somebody."""

    how_known = fields.TextArea(
        label="How do you know that they speak for it?", max_length=300, rows=3,
        hint="For example, “I met her with its committee in March.” It stays with the claim.",
        missing="Say how you know that they speak for it",
    )  # fmt: skip


class ObjectForm(Form):
    """Why those who speak for an organisation say no."""

    objection = fields.TextArea(
        label="Why should they not?", max_length=300, rows=3, missing="Say why they should not",
        hint="Those who keep the register read this, and decide.",
    )  # fmt: skip


class SettleForm(Form):
    """What those who keep the register decide."""

    granted = fields.Radios(label="What do you decide?", choices=SETTLED, missing="Choose what you decide")
    reason = fields.TextArea(
        label="Why?", max_length=300, rows=3, hint="Whoever asked reads this.", missing="Say why"
    )  # fmt: skip

    def __init__(self, *args, may_grant: bool, **options):
        super().__init__(*args, **options)
        if not may_grant:
            self.fields["granted"].choices = SETTLED[1:]

    def clean_granted(self) -> bool:
        """Whether they are let in."""
        return self.cleaned_data["granted"] == "yes"
