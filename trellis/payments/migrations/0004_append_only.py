from django.db import migrations

from trellis.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_ledger_and_payments")]

    operations = [
        AppendOnly("LedgerEntry"),
        AppendOnly("LedgerLink"),
    ]
