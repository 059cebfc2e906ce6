"""A field with its data, in the shape that GOV.UK's macros ask for."""

from typing import Any

from django.forms import widgets
from django.forms.boundfield import BoundField

# Most particular first: a password input is an input too.
KINDS: tuple[tuple[type, str], ...] = (
    (widgets.HiddenInput, "hidden"),
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.Select, "select"),
    (widgets.Textarea, "textarea"),
    (widgets.CheckboxInput, "tick"),
    (widgets.FileInput, "upload"),
    (widgets.PasswordInput, "password"),
    (widgets.Input, "input"),
)
DJANGOS_BLANK = "---------"  # what Django offers where nothing need be chosen
FIELDSETS = ("radios", "checkboxes", "date")
PASSED_ON = ("autocomplete", "inputmode", "spellcheck", "autocapitalize", "accept", "rows")


class Question(BoundField):
    """What the template draws. The widget decides how, so a package's form looks like ours."""

    def value(self) -> Any:
        """What was given, without the NUL that no page may carry (the HTML checker refuses it)."""
        given = super().value()
        return given.replace("\x00", "") if isinstance(given, str) else given

    @property
    def kind(self) -> str:
        """Which of GOV.UK's components draws it."""
        widget = self.field.widget
        if hasattr(widget, "kind"):
            return widget.kind
        return next(kind for parent, kind in KINDS if isinstance(widget, parent))

    @property
    def focus_id(self) -> str:
        """The id of the input that its errors lead to; of a date, the first part that is wrong."""
        if self.kind == "date":
            return f"{self.auto_id}-{(self.bad_parts or ['day'])[0]}"
        return self.auto_id

    @property
    def bad_parts(self) -> list[str]:
        """Which of day, month and year are wrong; all three when the error is about the date as a whole."""
        if not self.errors:
            return []
        codes = {word for error in self.errors.as_data() for word in str(error.code or "").split()}
        parts = ["day", "month", "year"]
        return [part for part in parts if part in codes] or parts

    @property
    def words(self) -> str:
        """The label, saying so where the answer may be left out."""
        optional = not self.field.required and self.kind != "tick" and getattr(self.form, "says_optional", True)
        return f"{self.label} (optional)" if optional else str(self.label)

    def params(self) -> dict[str, Any]:
        """Everything that the macro of this kind takes."""
        return self._common() | getattr(self, f"_{self.kind}", self._input)()

    def _common(self) -> dict[str, Any]:
        attrs = self.field.widget.attrs
        heading = {"text": self.words, "classes": "govuk-fieldset__legend--s"}
        return {
            "id": self.auto_id,
            "idPrefix": self.auto_id,
            "name": self.html_name,
            "label": {"text": self.words, "classes": "govuk-label--s"},
            "hint": {"text": str(self.help_text)} if self.help_text else None,
            "errorMessage": {"text": self.errors[0]} if self.errors else None,
            "classes": attrs.get("class", ""),
        } | ({"fieldset": {"legend": heading}} if self.kind in FIELDSETS else {})

    def _input(self) -> dict[str, Any]:
        widget = self.field.widget
        given = {name: widget.attrs[name] for name in PASSED_ON if name in widget.attrs}
        data = {name: value for name, value in widget.attrs.items() if name.startswith("data-")}
        return given | {
            "attributes": data,
            "type": getattr(widget, "input_type", "text"),
            "value": widget.format_value(self.value()),
            "prefix": {"text": widget.attrs["prefix"]} if "prefix" in widget.attrs else None,
            "suffix": {"text": widget.attrs["suffix"]} if "suffix" in widget.attrs else None,
        }

    def _hidden(self) -> dict[str, Any]:
        value = self.value()
        return {"value": "" if value is None else value}

    def _password(self) -> dict[str, Any]:
        return {"autocomplete": self.field.widget.attrs.get("autocomplete", "current-password")}

    def _textarea(self) -> dict[str, Any]:
        limit = getattr(self.field, "max_length", None)
        return {"value": self.value() or "", "rows": self.field.widget.attrs.get("rows", 5), "maxlength": limit}

    def _upload(self) -> dict[str, Any]:
        accept = self.field.widget.attrs.get("accept")
        several = {"multiple": ""} if getattr(self.field.widget, "allow_multiple_selected", False) else {}
        return {"attributes": several | ({"accept": accept} if accept else {})}

    def _tick(self) -> dict[str, Any]:
        item = {"value": "on", "text": self.label, "checked": bool(self.value()), "id": self.auto_id}
        return {"items": [item | {"hint": {"text": self.help_text}} if self.help_text else item], "hint": None}

    def _date(self) -> dict[str, Any]:
        values = self.field.widget.parts(self.value())
        bad = self.bad_parts
        autocomplete = self.field.widget.attrs.get("autocomplete", "")
        return {
            "namePrefix": self.html_name,
            "items": [
                {
                    "name": part,
                    "value": value,
                    "classes": f"govuk-input--width-{4 if part == 'year' or len(str(value)) > 2 else 2}"
                    + (" govuk-input--error" if part in bad else ""),
                    "autocomplete": f"{autocomplete}-{part}" if autocomplete else None,
                }
                for part, value in values.items()
            ],
        }

    def _choices(self) -> list[dict[str, Any]]:
        chosen = self.value()
        chosen_values = [str(one) for one in chosen] if isinstance(chosen, list | tuple | set) else [str(chosen)]
        hints = getattr(self.field, "choice_hints", {})
        return [
            {
                "value": str(value),
                "text": str(words),
                "checked": str(value) in chosen_values,
                "selected": str(value) in chosen_values,
                "hint": {"text": hints[value]} if value in hints else None,
            }
            for value, words in self.field.widget.choices
        ]

    def _radios(self) -> dict[str, Any]:
        items = [item for item in self._choices() if item["text"] != DJANGOS_BLANK]
        short = len(items) == 2 and all(len(item["text"]) < 5 for item in items)
        return {"items": items, "classes": "govuk-radios--inline" if short else ""}

    def _checkboxes(self) -> dict[str, Any]:
        return {"items": self._choices()}

    def _select(self) -> dict[str, Any]:
        items = self._choices()
        blank = {"value": "", "text": getattr(self.field, "blank", "Choose one")}
        if items and items[0]["value"] == "":
            items[0] |= {"text": items[0]["text"].replace(DJANGOS_BLANK, blank["text"])}
        else:
            items.insert(0, blank)
        return {"items": items}
