from django.db import migrations, models

from trellis.audit.triggers import AppendOnly

PLACE = "Where it stood on that day, when it was entered here later."


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_append_only")]
    operations = [
        migrations.AddField("notice", "elsewhere", models.CharField(blank=True, help_text=PLACE, max_length=200)),
        migrations.AddField("record", "elsewhere", models.CharField(blank=True, help_text=PLACE, max_length=200)),
        AppendOnly("Notice"),
        AppendOnly("Record"),
    ]
