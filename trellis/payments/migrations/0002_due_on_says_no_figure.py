"""The words beside a column; the table stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        migrations.AlterField(
            "statement",
            "due_on",
            models.DateField(blank=True, help_text="The days to pay (rulebook) after certification.", null=True),
        ),
    ]
