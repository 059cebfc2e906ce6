from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("commissioning", "0008_budgets"),
    ]

    operations = []
