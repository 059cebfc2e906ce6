"""What people say of a list: the file, whose it is, how it is read, and what its columns mean."""

from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import UploadedFile

from trellis.organisations.imports.mapping import FIELDS, IGNORED
from trellis.organisations.imports.reading import DELIMITERS, ENCODINGS, EXTENTS, ORDERS, Reading
from trellis.organisations.imports.sheets import Sheet
from trellis.organisations.models import Organisation, SourceList
from trellis.web import fields
from trellis.web.forms import Form

LARGEST = 50 * 1024 * 1024  # bytes: a list of some 200,000 organisations
MOST_FILES = 30
NEW = "new"
AS_BEFORE = "As it was said of the list before. Change it where it is not so here."
KINDS = ".csv,.tsv,.txt,.xlsx,.ods,.json,.zip"


class UploadForm(Form):
    """Files, and the name of the list that one is."""

    file = fields.Uploads(
        label="The lists",
        missing="Choose the lists",
        hint=f"Choose one file or several: CSV, Excel (XLSX), OpenDocument (ODS) or JSON, up to 50 MB each and "
        f"{MOST_FILES} at once. We tell whose list each is from its name and its columns.",
        accept=KINDS,
        allow_empty_file=True,  # it is refused by its name when it is read, and the others are kept
    )

    def clean_file(self) -> list[UploadedFile]:
        """Files that are not too large to be worth waiting for."""
        files = self.cleaned_data["file"]
        if len(files) > MOST_FILES:
            self.add_error("file", f"Choose {MOST_FILES} files or fewer")
        for file in files:
            if file.size > LARGEST:
                self.add_error("file", f"{file.name} is larger than 50 MB. Split the list in two")
        return files


class ChooseSourceForm(Form):
    """Which of the lists on record a file is."""

    source = fields.Select(label="Which list is it?", blank="Choose a list")

    def __init__(self, *arguments, sources: Sequence[SourceList], **options):
        super().__init__(*arguments, **options)
        self.fields["source"].choices = [(source.code, f"{source.name}, {source.owner}") for source in sources]


class SourceForm(Form):
    """Whose a list is, what lets us have it, and on what basis we hold its contacts."""

    name = fields.Text(label="Name of the list", max_length=120)
    owner = fields.Text(label="Whose list is it?", hint="The organisation that keeps it.", max_length=120)
    kind = fields.Select(label="What is it a list of?", choices=SourceList.Kind.choices)
    terms = fields.Radios(label="What lets you have it?", choices=SourceList.Terms.choices)
    agreement_reference = fields.Text(
        label="Reference of the agreement, or name of the licence", required=False, max_length=120
    )
    agreed_on = fields.Date(label="The agreement holds from", required=False, hint="For example, 27 3 2018.")
    agreed_until = fields.Date(
        label="The agreement ends on",
        required=False,
        hint="Leave it empty if it has no end. After it, nothing comes in.",
    )
    contact_basis = fields.Select(
        label="Legal basis for keeping personal contacts", choices=SourceList.Basis.choices,
        hint="Without one, we leave out email addresses, telephone numbers, people’s names, and the addresses of "
        "groups that are in no register.",
    )  # fmt: skip
    contact_basis_words = fields.TextArea(
        label="Why that basis holds", max_length=500, rows=2, missing="Say in a sentence why that basis holds",
        hint="Needed where you choose a basis. With “No basis” it is not kept.",
    )  # fmt: skip
    rank = fields.Number(
        label="How far do you trust it?", min_value=1, max_value=99, required=False,
        hint="Where two lists differ, the lower number wins. Registers have 10 to 12. Leave it empty for 50.",
    )  # fmt: skip
    every_days = fields.Number(
        label="How often should it come in again?", required=False, min_value=1, max_value=400, unit="days"
    )
    watched_file = fields.Text(
        label="File to read by night", required=False, max_length=200,
        hint="Its name in the folder of lists on our server, like groups.csv. When it changes, it comes in.",
    )  # fmt: skip

    takes_out = fields.Tick(label="I know that they go, if I choose “No basis”", required=False)

    def __init__(self, *arguments, what_would_go: str = "", **options):
        super().__init__(*arguments, **options)
        if self.is_bound and self.data.get(self.add_prefix("contact_basis")) == SourceList.Basis.NONE:
            self.fields["contact_basis_words"].required = False
        for name in self._as_before():
            self.fields[name].help_text = f"{self.fields[name].help_text} {AS_BEFORE}"
        if what_would_go:
            self.fields["takes_out"].help_text = what_would_go
        else:
            del self.fields["takes_out"]
        self.order_fields([*list(self.fields)[: list(self.fields).index("contact_basis_words") + 1], "takes_out"])

    def _as_before(self) -> list[str]:
        """What stands here as it was said of the list before: a list on record has a reference, or no such words."""
        begun = self.initial
        days = [] if begun.get("agreement_reference") else ["agreed_on", "agreed_until"]
        words = ["contact_basis_words"] if begun.get("contact_basis") == SourceList.Basis.NONE else []
        return [name for name in (*days, *words) if begun.get(name)]

    @property
    def said(self) -> dict[str, object]:
        """What to record."""
        return self.cleaned_data | {"rank": self.cleaned_data["rank"] or 50}


class ReadingForm(Form):
    """How a file is read, where our guess is wrong."""

    says_optional = False
    encoding = fields.Select(label="Encoding", required=False, blank="As we guess")
    delimiter = fields.Select(label="What parts the columns", required=False, blank="As we guess")
    sheet = fields.Select(label="Sheet", required=False, blank="As we guess")
    heading_line = fields.Number(
        label="Line of the heading", required=False, min_value=1, max_value=10_000,
        hint="Everything above it is passed over. Leave it empty for our guess.",
    )  # fmt: skip
    day_order = fields.Select(label="Dates", required=False, blank="As we guess", choices=list(ORDERS.items()))
    extent = fields.Select(
        label="Is it the whole list?", required=False, blank="As we guess", choices=list(EXTENTS.items()),
        hint="Rows that were in the last file and are not in this one are shown as gone. We guess that it is a part "
        "where more than half of them are missing.",
    )  # fmt: skip
    forms = fields.Checkboxes(
        label="Only organisations of these kinds", required=False, hint="Choose none for all.",
        choices=Organisation.LegalForm.choices,
    )  # fmt: skip
    served = fields.Tick(label="Only organisations in the districts that we serve", required=False)

    def __init__(self, *arguments, sheet: Sheet, **options):
        super().__init__(*arguments, **options)
        encodings = {words: code for code, words in ENCODINGS.items() if code not in ("utf-16-le", "utf-16-be")}
        self.fields["encoding"].choices = [(code, words) for words, code in encodings.items()]
        self.fields["delimiter"].choices = [(sign, words.capitalize()) for sign, words in DELIMITERS.items()]
        self.fields["sheet"].choices = [(name, name) for name in sheet.choices]
        for name in ("encoding", "delimiter") if sheet.choices or sheet.is_feed else ("sheet",):
            del self.fields[name]
        if sheet.is_feed:
            for name in {"sheet", "heading_line"} & self.fields.keys():
                del self.fields[name]

    @property
    def reading(self) -> Reading:
        """What was said; what was left empty is guessed."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Reading(**given | {"forms": tuple(given.get("forms", ()))})


class ColumnsForm(Form):
    """A field, or nothing, for each column."""

    says_optional = False

    def __init__(
        self,
        *arguments,
        heading: Sequence[str],
        samples: Sequence[Sequence[str]],
        meanings: Mapping[str, str],
        **options,
    ):
        super().__init__(*arguments, **options)
        self.heading = heading
        choices = [(field.code, field.label) for field in FIELDS.values()]
        for place, (column, values) in enumerate(zip(heading, samples, strict=True)):
            self.fields[f"column_{place}"] = fields.Select(
                label=f"Column “{column}”",
                hint=f"For example: {'; '.join(value[:60] for value in values)}" if values else "It has no values.",
                choices=choices,
                blank="Keep it with the row, and use it for nothing",
                required=False,
                initial=meanings.get(column, IGNORED),
            )

    @property
    def meanings(self) -> dict[str, str]:
        """Column → field, as chosen."""
        return {column: self.cleaned_data[f"column_{place}"] for place, column in enumerate(self.heading)}
