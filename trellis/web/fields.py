"""The questions that a form can ask. Each renders itself: `{{ form.note.as_field_group() }}`.

All take Django's own arguments (required, max_length, initial, …) and these: `hint`, a sentence under the label;
`missing`, the error when it is left out; `autocomplete`, what the browser may fill in (WCAG 1.3.5).
"""

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse_lazy
from django.utils.dates import MONTHS

from trellis.web.words import counted

NEED_NO_ARTICLE = (
    "a",
    "an",
    "any",
    "how",
    "one",
    "some",
    "the",
    "their",
    "this",
    "what",
    "when",
    "where",
    "who",
    "your",
)
PARTS = ("day", "month", "year")
TIME = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?:(?P<half>[ap])\.?m\.?)?", re.ASCII)


def in_a_sentence(label: str) -> str:
    """A label as the end of a sentence: "Your name" becomes "your name", but "DBS number" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def missing_words(label: str, verb: str) -> str:
    """What an empty answer is told: "Enter your name", "Enter the note"; a question is quoted instead."""
    if label.endswith("?"):
        return f"Answer “{label}”"
    article = "" if label.split()[0].lower() in NEED_NO_ARTICLE else "the "
    return f"{verb} {article}{in_a_sentence(label)}"


def subject(label: str) -> str:
    """What an error is about: "Your name must be…"; a question is quoted instead."""
    return f"Your answer to “{label}”" if label.endswith("?") else label


class Asked(forms.Field):
    """What all our fields share: words, and what the browser may fill in."""

    verb = "Enter"
    attrs: dict[str, Any] = {}

    def __init__(self, *, label: str, hint: str = "", missing: str = "", autocomplete: str = "", **options):
        messages = {"required": missing or missing_words(label, self.verb)} | self.messages(label)
        super().__init__(
            label=label, help_text=hint, error_messages=messages | options.pop("error_messages", {}), **options
        )
        given = {"autocomplete": autocomplete} if autocomplete else {}
        self.widget.attrs = self.attrs | self.widget.attrs | given

    @property
    def subject(self) -> str:
        """What an error of this question is about."""
        return subject(str(self.label))

    def messages(self, label: str) -> dict[str, str]:
        """Other errors, by Django's name for them."""
        return {"max_length": f"{subject(label)} must be %(limit_value)d characters or fewer"}


class Text(Asked, forms.CharField):
    """One line. `width` is GOV.UK's, in characters: 2, 3, 4, 5, 10, 20 or 30.

    `suggestions` is the name of an address that suggests while people type (combobox.js).
    """

    def __init__(self, *, width: int | None = None, suggestions: str = "", **options):
        super().__init__(**options)
        if suggestions:
            self.widget.attrs["data-suggestions"] = reverse_lazy(suggestions)
        if width:
            self.widget.attrs["class"] = f"govuk-input--width-{width}"


class TextArea(Asked, forms.CharField):
    """Several lines; with `max_length`, it counts down."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **options):
        super().__init__(**options)
        self.widget.attrs["rows"] = rows


class Email(Asked, forms.EmailField):
    """An e-mail address."""

    attrs = {"autocomplete": "email", "spellcheck": False}

    def messages(self, label: str) -> dict[str, str]:
        """Says what one looks like."""
        return {"invalid": "Enter an email address in full, like name@example.com"}


class Password(Asked, forms.CharField):
    """A password. `autocomplete` is "new-password" where one is chosen."""

    widget = forms.PasswordInput

    def __init__(self, **options):
        super().__init__(strip=False, **options)


class Number(Asked, forms.Field):
    """A number, typed as people do: 1,250. Cleans to int, or to Decimal with `decimals`.

    `unit` stands behind the box, for example "minutes".
    """

    widget = forms.TextInput
    attrs = {"inputmode": "numeric", "class": "govuk-input--width-5", "spellcheck": False}

    def __init__(self, *, min_value=None, max_value=None, decimals: int = 0, unit: str = "", **options):
        super().__init__(**options)
        self.decimals = decimals
        if unit:
            self.widget.attrs["suffix"] = unit
        if decimals:
            self.widget.attrs["inputmode"] = "decimal"
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value, f"{self.subject} must be {min_value:,} or more"))
        if max_value is not None:
            self.validators.append(MaxValueValidator(max_value, f"{self.subject} must be {max_value:,} or less"))

    def to_python(self, value: Any) -> int | Decimal | None:
        """Digits, with commas and spaces between them or not."""
        typed = str(value if value is not None else "").replace(",", "").replace(" ", "").lstrip("£")
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number.adjusted() > 15:  # 1e30 is no figure of ours, and rounding it fails
            raise forms.ValidationError(f"{self.subject} must be a number, like {self.example}", code="invalid")
        if number != round(number, self.decimals):
            raise forms.ValidationError(self.too_fine, code="decimals")
        return number if self.decimals else int(number)

    @property
    def example(self) -> str:
        """A number that would do."""
        return "15.5" if self.decimals else "15"

    @property
    def too_fine(self) -> str:
        """What an answer with too many decimals is told."""
        if self.decimals:
            return f"{self.subject} must have no more than {counted(self.decimals, 'decimal place')}"
        return f"{self.subject} must be a whole number"


class Pounds(Number):
    """An amount of money; cleans to Decimal pounds and whole pence."""

    attrs = {"inputmode": "decimal", "class": "govuk-input--width-10", "prefix": "£", "spellcheck": False}
    example = "1,250 or 1,250.50"

    def __init__(self, **options):
        super().__init__(decimals=2, **options)

    @property
    def too_fine(self) -> str:
        """Fractions of a penny are refused, not rounded."""
        return f"{self.subject} must be in pounds and pence, like 1,250.50"


class DayMonthYear(forms.Widget):
    """Three boxes, sent as name-day, name-month and name-year."""

    kind = "date"

    def value_from_datadict(self, data, files, name) -> dict[str, str]:
        """What was typed, as it was typed."""
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, data, files, name) -> bool:
        """Whether none of the three boxes was sent."""
        return all(f"{name}-{part}" not in data for part in PARTS)

    def parts(self, value: Any) -> dict[str, Any]:
        """What stands in each box."""
        if isinstance(value, dict):
            return value
        return {part: getattr(value, part, "") for part in PARTS}


class Date(Asked, forms.Field):
    """A date in three boxes; cleans to a date. Months may be words."""

    widget = DayMonthYear

    def to_python(self, value: Any) -> date | None:
        """The date, or an error that says which part is missing or wrong."""
        if not isinstance(value, dict):
            return value
        absent = [part for part in PARTS if not value[part]]
        if len(absent) == len(PARTS):
            return None
        if absent:
            raise forms.ValidationError(
                f"{self.subject} must include a {' and a '.join(absent)}", code=" ".join(absent)
            )
        if not (value["year"].isdigit() and len(value["year"]) == 4):
            raise forms.ValidationError("Year must be 4 digits, like 2018", code="year")
        try:
            return date(int(value["year"]), month_number(value["month"]), int(value["day"]))
        except ValueError:
            raise forms.ValidationError(f"{self.subject} must be a real date", code="day month year") from None


def month_number(typed: str) -> int:
    """7, 07, jul or July; ValueError for anything else."""
    named = [number for number, name in MONTHS.items() if len(typed) > 2 and name.lower().startswith(typed.lower())]
    return named[0] if named else int(typed)


class Time(Asked, forms.Field):
    """A time of day in one box, as people write it: 7pm, 7.30pm, 19:30, noon. Cleans to a time."""

    widget = forms.TextInput
    attrs = {"class": "govuk-input--width-5", "spellcheck": False, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """A time as figures that may be sent back as they are."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        """The time, or an error that says how to write one."""
        typed = str(value if value is not None else "").lower().replace(" ", "")
        try:
            return time_of_day(typed) if typed else None
        except ValueError:
            raise forms.ValidationError(f"{self.subject} must be a time, like 7.30pm or 19:30") from None


def time_of_day(typed: str) -> time:
    """7pm, 7.30pm, 07:30 or noon; ValueError for anything else, and for 7.30, of which nobody knows the half."""
    found = TIME.fullmatch({"noon": "12pm", "midnight": "12am"}.get(typed, typed))
    if found is None or not (found["half"] or len(found["hour"]) == 2 and found["minute"]):
        raise ValueError(typed)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(typed)
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return time(hour, minute)


class Choosing(Asked):
    """Fields with a list. `choice_hints` gives a value its own sentence."""

    verb = "Choose"

    def __init__(self, *, choice_hints: dict[str, str] | None = None, **options):
        super().__init__(**options)
        self.choice_hints = choice_hints or {}

    def messages(self, label: str) -> dict[str, str]:
        """A choice that is not offered can only come from a page that has grown old."""
        words = "Choose from the list: it may have changed since you opened this page"
        return {"invalid_choice": words, "invalid_list": words}


class Radios(Choosing, forms.ChoiceField):
    """One of a few."""

    widget = forms.RadioSelect


class Checkboxes(Choosing, forms.MultipleChoiceField):
    """Any of a few."""

    widget = forms.CheckboxSelectMultiple


class Select(Choosing, forms.ChoiceField):
    """One of many. `blank` is what the empty choice says."""

    def __init__(self, *, blank: str = "Choose one", **options):
        super().__init__(**options)
        self.blank = blank


class Tick(Asked, forms.BooleanField):
    """One box to tick."""

    def __init__(self, *, label: str, missing: str = "", **options):
        super().__init__(label=label, missing=missing or "Tick the box to go on", **options)


class Upload(Asked, forms.FileField):
    """A file. `accept` names what may be chosen, for example ".csv,.xlsx"."""

    verb = "Choose"

    def __init__(self, *, accept: str = "", **options):
        super().__init__(**options)
        if accept:
            self.widget.attrs["accept"] = accept

    def messages(self, label: str) -> dict[str, str]:
        """An empty file, or none."""
        return {"empty": "The file is empty. Choose another", "invalid": "Choose a file"}


class ManyFiles(forms.FileInput):
    """A box that takes several files."""

    allow_multiple_selected = True


class Uploads(Upload):
    """Several files; cleans to a list of them."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file as one by itself."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(Uploads, self).clean(file, initial) for file in files or [None]]


class Hidden(forms.CharField):
    """A value that the page carries along."""

    widget = forms.HiddenInput
