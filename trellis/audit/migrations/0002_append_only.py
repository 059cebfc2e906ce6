from django.db import migrations

from trellis.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        AppendOnly("AuditEntry"),
        AppendOnly("AuditLink"),
        AppendOnly("AuditDetail", deletable=True),
    ]
