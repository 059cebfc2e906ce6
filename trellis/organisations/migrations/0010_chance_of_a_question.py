"""Questions know how likely two families are one, by all records of both; until the next look, what the pair said."""

from django.db import migrations, models
from django.db.models import F


def begin_with_the_pair(apps, schema_editor):
    """What was asked before was asked by the pair alone."""
    apps.get_model("organisations", "LinkQuestion").objects.update(chance=F("probability"))


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_gone_from_lists")]

    operations = [
        migrations.AddField(
            "linkquestion",
            "chance",
            models.FloatField(
                default=0, help_text="The same, by all that is said of both and of what was merged into them."
            ),
            preserve_default=False,
        ),
        migrations.RunPython(begin_with_the_pair, migrations.RunPython.noop),
        migrations.AlterField(
            "linkquestion",
            "probability",
            models.FloatField(help_text="That they are the same, from 0 to 1, by what says most about them."),
        ),
    ]
