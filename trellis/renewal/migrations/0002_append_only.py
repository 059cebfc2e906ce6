from django.db import migrations

from trellis.audit.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("renewal", "0001_initial")]
    operations = [AppendOnly("DossierVersion"), AppendOnly("Extension")]
