from django.db import migrations

from trellis.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]
    operations = [
        AppendOnly("Notice"),
        AppendOnly("Record"),
        AppendOnly("Delegation"),
        AppendOnly("Condition"),
        AppendOnly("ConditionMet"),
        AppendOnly("ReportVersion"),
        AppendOnly("ReportPublication"),
    ]
