"""Whole names lead to organisations too: an import need not read all that share a postcode to find one by its name."""

import django.db.models.deletion
from django.db import migrations, models

from trellis.organisations.search.words import number, plain

TOGETHER = 5_000


def number_names(apps, schema_editor):
    """What is in the index goes by its names from now on."""
    entries = apps.get_model("organisations", "SearchEntry").objects.values_list("organisation_id", "text")
    names = apps.get_model("organisations", "SearchName")
    made = []
    for pk, text in entries.iterator():
        made += [names(number=one, organisation_id=pk) for one in {number(plain(line.split())) for line in text.split("\n")}]
        if len(made) >= TOGETHER:
            names.objects.bulk_create(made)
            made = []
    names.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0010_chance_of_a_question")]

    operations = [
        migrations.CreateModel(
            name="SearchName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "organisation_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
        ),
        migrations.RunPython(number_names, migrations.RunPython.noop),
    ]
