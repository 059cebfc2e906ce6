"""What people say of a list: the file, and what its columns mean."""

from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import UploadedFile

from trellis.organisations.imports.mapping import FIELDS, IGNORED
from trellis.organisations.models import SourceList
from trellis.web import fields
from trellis.web.forms import Form

LARGEST = 50 * 1024 * 1024  # bytes: a list of some 200,000 organisations


class UploadForm(Form):
    """A file, and the name of the list that it is."""

    file = fields.Upload(
        label="The list",
        hint="A CSV file or an Excel workbook (XLSX), with a heading over each column. Up to 50 MB.",
        accept=".csv,.tsv,.txt,.xlsx",
    )
    source = fields.Text(
        label="Whose list is it?",
        hint="Use the same name each time: what its columns mean is remembered.",
        max_length=100,
    )

    def __init__(self, *arguments, sources: Sequence[SourceList], **options):
        super().__init__(*arguments, **options)
        if sources:
            names = ", ".join(source.name for source in sources[:6])
            self.fields["source"].help_text = f"{self.fields['source'].help_text} So far: {names}."

    def clean_file(self) -> UploadedFile:
        """A file that is not too large to be worth waiting for."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            self.add_error("file", "The file is larger than 50 MB. Split the list in two")
        return file


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
                blank="Leave it out",
                required=False,
                initial=meanings.get(column, IGNORED),
            )

    @property
    def meanings(self) -> dict[str, str]:
        """Column → field, as chosen."""
        return {column: self.cleaned_data[f"column_{place}"] for place, column in enumerate(self.heading)}
