"""Evidence holds no personal data: whoever adds a field says here, in review, that it is none."""

import pytest
from django.db import IntegrityError, transaction

from trellis.evidence.models import Evidence

# A fact names organisations, never people. `subject` is a pseudonym; `source` names the record that it came from.
ALLOWED = {
    "id": "BigAutoField",
    "kind": "CharField",
    "occurred_on": "DateField",
    "recorded_at": "DateTimeField",
    "contract": "CharField",
    "partner": "ForeignKey organisations.Organisation",
    "organisation": "ForeignKey organisations.Organisation",
    "district": "ForeignKey places.District",
    "quantity": "DecimalField",
    "unit": "CharField",
    "subject": "CharField",
    "source": "CharField",
    "corrects": "OneToOneField evidence.Evidence",
    "retracts": "BooleanField",
    "digest": "CharField",
}
LONGEST = {"kind": 60, "contract": 20, "unit": 30, "subject": 64, "source": 120, "digest": 64}  # no room for prose


def kind_of(field) -> str:
    related = f" {field.related_model._meta.label}" if field.is_relation else ""
    return field.get_internal_type() + related


def test_evidence_has_these_fields_and_no_others():
    assert {field.name: kind_of(field) for field in Evidence._meta.local_fields} == ALLOWED


def test_text_is_too_short_for_notes_about_people():
    lengths = {field.name: field.max_length for field in Evidence._meta.local_fields if field.max_length}
    assert lengths == LONGEST


def test_every_field_is_sealed_but_the_number_and_the_digest_itself():
    columns = {field.attname for field in Evidence._meta.local_fields}
    assert columns - set(Evidence.digested) == {"id", "digest"}


@pytest.mark.django_db
def test_only_a_correction_can_retract():
    with pytest.raises(IntegrityError, match="retraction_corrects_something"), transaction.atomic():
        Evidence.objects.create(
            kind="a.b", occurred_on="2018-07-02", unit="case", source="x", retracts=True, digest="0"
        )
