from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("commissioning", "0002_commission"),
    ]

    operations = []
