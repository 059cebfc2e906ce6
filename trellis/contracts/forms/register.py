"""Questions that name something of the register or the map."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.organisations import queries as organisations
from trellis.organisations.models import Organisation
from trellis.places.models import District
from trellis.web import fields


class RegisteredOrganisation(fields.Text):
    """An organisation of the register, by its reference; cleans to the organisation, or None if it may be left out."""

    def __init__(self, *, label: str = "Its reference in the register", **options):
        super().__init__(label=label, hint="It begins with ORG. Find it on the organisation’s page.", width=10,
                         max_length=16, **options)  # fmt: skip

    def clean(self, value: Any) -> Organisation | None:
        """The organisation; an error for a reference that nobody has."""
        reference = super().clean(value).upper().strip()
        found = organisations.organisation(reference) if reference else None
        if reference and found is None:
            raise forms.ValidationError("No organisation in the register has this reference. Check it on its page")
        return found


def by_code(districts: Iterable[District]) -> dict[str, District]:
    """Districts by the code that a form sends."""
    return {one.code: one for one in districts}
