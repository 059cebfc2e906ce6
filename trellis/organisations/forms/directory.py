"""What the directory asks."""

from datetime import date

from trellis.core.money import whole_pounds
from trellis.organisations import queries
from trellis.organisations.models import Organisation
from trellis.places import queries as places
from trellis.web import fields
from trellis.web.forms import Form

STATUSES = [
    (Organisation.Status.ACTIVE.value, "Active"),
    (Organisation.Status.REMOVED.value, "Closed, or removed from its register"),
    (queries.EITHER, "Active or not"),
]


class DirectoryForm(Form):
    """The directory's search box and filters. Whatever cannot be read is left out."""

    says_optional = False
    q = fields.Text(
        label="Name, place, number or postcode", required=False, max_length=200, suggestions="suggest_organisations",
        hint="Part of the name will do, or a place: “choir near ME14”. A charity number leads straight there.",
    )  # fmt: skip
    district = fields.Select(label="District", required=False, blank="All districts")
    size = fields.Select(label="Size by yearly income", required=False, blank="All sizes")
    cause = fields.Select(label="Cause", required=False, blank="All causes")
    service = fields.Select(label="What it does", required=False, blank="Anything")
    status = fields.Select(label="Status", required=False, blank="Active first")

    def __init__(self, *args, on: date, **options):
        super().__init__(*args, **options)
        self.fields["district"].choices = [(one.code, one.name) for one in places.districts_served()]
        self.fields["size"].choices = size_choices(on)
        self.fields["cause"].choices = [(one.code, one.name) for one in queries.causes()]
        self.fields["status"].choices = STATUSES
        self.fields["service"].choices = [(one.code, one.name) for one in queries.service_types()]
        for name in ("cause", "service"):
            if not self.fields[name].choices:
                del self.fields[name]  # a choice of nothing

    def criteria(self) -> queries.Criteria:
        """What was asked. Browsing shows active organisations; a search finds removed ones too, after them."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given = {"text" if name == "q" else name: value for name, value in given.items()}
        by_default = queries.EITHER if given.get("text") else Organisation.Status.ACTIVE
        if given.get("status") == queries.EITHER and not given.get("text"):
            given.pop("status")  # 400,000 names of both kinds have no order that is quick to read
        return queries.Criteria(**{"status": by_default} | given)

    def show_counts(self, counts: queries.Facets) -> None:
        """Let each choice say how many organisations it would leave."""
        for name in ("district", "size", "cause", "service", "status"):
            numbers = getattr(counts, name)
            if name in self.fields and numbers is not None:
                choices = self.fields[name].choices
                self.fields[name].choices = [(code, f"{words} ({numbers.get(code, 0):,})") for code, words in choices]


def size_choices(on: date) -> list[tuple[str, str]]:
    """Each size in words, with its limits in pounds."""
    return [(name, size_words(name, on)) for name in queries.sizes(on)]


def size_words(name: str, on: date) -> str:
    """A size in words: "Small: £10,000 to £99,999"."""
    start, end = queries.sizes(on)[name]
    if name == queries.UNDER_LIMIT and end is not None:
        return f"Under {whole_pounds(end)}"
    if end is None:
        return f"{name}: {whole_pounds(start)} or more"
    span = f"{whole_pounds(start)} to {whole_pounds(end - 1)}" if start else f"under {whole_pounds(end)}"
    return f"{name}: {span}"
