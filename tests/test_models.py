"""What every table has in common: named constraints, who with each when, a text of its own, a class of privacy."""

import csv
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

DICTIONARY = settings.ROOT / "docs/data-dictionary.csv"
PRIVACY = {"none", "personal", "special"}

# A moment without a `…_by` beside it, and who or what tells instead.
WHO_IS_ELSEWHERE = {
    "accounts.Invitation.expires_at": "a date to come, not a deed",
    "accounts.Invitation.withdrawn_at": "the audit",
    "accounts.ProfileClaim.expires_at": "a date to come, not a deed",
    "accounts.Membership.started_at": "the invitation that was accepted, or the audit",
    "accounts.User.joined_at": "the person",
    "audit.AuditEntry.recorded_at": "actor",
    "evidence.Evidence.recorded_at": "the audit, and source",
    "organisations.ContactWithdrawal.finished_at": "started_by",
    "organisations.ImportRun.finished_at": "started_by",
    "organisations.LinkRun.finished_at": "started_by",
    "organisations.Organisation.changed_at": "ProfileChange, and provenance",
    "organisations.Organisation.created_at": "provenance",
    "payments.Statement.drawn_up_at": "drawn_up_by",
    "performance.Reading.computed_at": "the nightly run",
    "performance.ReadingRequest.finished_at": "the worker",
    "support.Case.completed_at": "history, and the audit",
    "support.Case.conflict_accepted_at": "requested_by",
    "support.CaseExclusion.excluded_at": "the audit",
}
# Rows that nobody is ever shown one of: no text of their own is wanted.
INTERNAL = {
    "organisations.OwnValues",
    "organisations.SearchEntry",
    "organisations.SearchName",
    "organisations.SearchPosting",
    "organisations.SearchToken",
    "organisations.SearchTrigram",
    "organisations.SourceRow",
    "audit.AuditLink",
    "evidence.EvidenceLink",
    "payments.LedgerLink",
}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("trellis.")]


def named(model) -> str:
    return model._meta.label


def own_fields() -> list:
    """Every column of ours, by model.field."""
    return [
        (f"{named(model)}.{field.name}", model, field)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.concrete
    ]


def fields_of(condition) -> set[str]:
    """The fields that a constraint speaks of."""
    if not isinstance(condition, Q):
        return {condition[0].split("__")[0]} if isinstance(condition, tuple) else set()
    return {name for child in condition.children for name in fields_of(child)}


def test_every_moment_has_its_person():
    alone = [
        label
        for label, model, field in own_fields()
        if isinstance(field, models.DateTimeField) and field.name.endswith("_at")
        if not hasattr(model, field.name.removesuffix("_at") + "_by")
    ]
    assert sorted(set(alone) - set(WHO_IS_ELSEWHERE)) == [], "Add the …_by, or say above who tells."


def test_a_moment_that_may_be_empty_is_empty_with_its_person():
    """completed_at and completed_by: both or neither, and the database sees to it."""
    loose = []
    for label, model, field in own_fields():
        by = field.name.removesuffix("_at") + "_by"
        if isinstance(field, models.DateTimeField) and field.null and hasattr(model, by):
            checks = [each for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
            if not any({field.name, by} <= fields_of(check.condition) for check in checks):
                loose.append(label)
    assert loose == []


def test_every_model_has_a_text_or_is_internal():
    silent = {named(model) for model in our_models() if "__str__" not in model.__dict__}
    assert sorted(silent - INTERNAL) == []
    assert sorted(INTERNAL - silent) == [], "No longer silent: take it off the list."


def test_constraints_say_what_they_hold():
    names = [constraint.name for model in our_models() for constraint in model._meta.constraints]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]+", name)] == []
    assert not [named(model) for model in our_models() if model._meta.unique_together], "Use a named UniqueConstraint."


def test_every_ending_comes_after_its_beginning():
    """starts_on and ends_on, or their like: the database refuses them the wrong way round."""
    wrong = []
    for model in our_models():
        names = {field.name for field in model._meta.get_fields()}
        checked = {
            frozenset(fields_of(each.condition) & {"starts_on", "ends_on"})
            for each in model._meta.constraints
            if isinstance(each, models.CheckConstraint)
        }
        if {"starts_on", "ends_on"} <= names and not any("ends_on" in fields for fields in checked):
            wrong.append(named(model))
    assert wrong == []


def test_money_is_never_kept_as_a_decimal():
    """SQLite keeps a DecimalField as a floating number; amounts are integer pence behind MoneyField."""
    words = re.compile(r"amount|value|income|expenditure|baseline|price|cost")
    kept = {
        label
        for label, _model, field in own_fields()
        if isinstance(field, models.DecimalField) and words.search(field.name)
    }
    assert kept <= {"performance.Reading.value"}, "A reading is a measure, not money; anything else is a MoneyField."


@pytest.fixture(scope="module")
def dictionary() -> dict[str, dict[str, str]]:
    with DICTIONARY.open(newline="") as file:
        return {f"{row['model']}.{row['field']}": row for row in csv.DictReader(file)}


def test_every_field_is_in_the_data_dictionary(dictionary):
    missing = {label for label, _model, _field in own_fields()} - set(dictionary)
    assert sorted(missing) == [], "Add a row: model, field, privacy (none, personal, special), meaning."


def test_the_data_dictionary_names_no_field_that_is_gone(dictionary):
    assert sorted(set(dictionary) - {label for label, _model, _field in own_fields()}) == []


def test_every_field_is_classed_for_privacy_and_has_a_meaning(dictionary):
    assert {row["privacy"] for row in dictionary.values()} <= PRIVACY
    assert [label for label, row in dictionary.items() if not re.fullmatch(r"[A-Z].{4,}\.", row["meaning"])] == []


def test_append_only_rows_know_people_by_pseudonym_alone(dictionary):
    """What can never be deleted must never need to be."""
    kept = {"evidence.Evidence", "evidence.EvidenceLink", "audit.AuditEntry", "audit.AuditLink"}
    personal = {label for label, row in dictionary.items() if row["model"] in kept and row["privacy"] != "none"}
    assert personal == {"audit.AuditEntry.actor", "audit.AuditEntry.subject", "evidence.Evidence.subject"}
    assert all(
        "pseudonym" in dictionary[label]["meaning"] or "number" in dictionary[label]["meaning"] for label in personal
    )


def test_fields_that_point_at_people_are_personal(dictionary):
    pointing = [
        label
        for label, _model, field in own_fields()
        if field.is_relation and field.related_model and named(field.related_model) == settings.AUTH_USER_MODEL
    ]
    assert [label for label in pointing if label in dictionary and dictionary[label]["privacy"] == "none"] == []
