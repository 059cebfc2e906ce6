from django.db import migrations, models
from django.db.models import Q

SINCE = "Since when it could be read there, when that was before it was added here."
WITH_ADDRESS = models.CheckConstraint(
    condition=Q(published_on__isnull=True) | ~Q(address=""), name="document_of_before_has_an_address"
)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_elsewhere")]
    operations = [
        migrations.AddField("document", "published_on", models.DateField(blank=True, help_text=SINCE, null=True)),
        migrations.AddConstraint("document", WITH_ADDRESS),
    ]
