from django.db import migrations

from trellis.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        AppendOnly("Evidence"),
        AppendOnly("EvidenceLink"),
    ]
