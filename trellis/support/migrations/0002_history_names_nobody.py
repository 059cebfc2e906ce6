"""The history of a case keeps a reference to whoever acted, as everywhere else, and the page looks the name up."""

from django.db import migrations, models


def refer(apps, editor):
    """Put the account's number where its name was; what was no person, or may be two, was Trellis."""
    rows = apps.get_model("support", "CaseStatus").objects
    people: dict[str, list[int]] = {}
    for pk, name, email in apps.get_model("accounts", "User").objects.values_list("pk", "name", "email"):
        people.setdefault(name or email, []).append(pk)
    for name in rows.order_by("by").values_list("by", flat=True).distinct():
        found = people.get(name, [])
        rows.filter(by=name).update(by=f"person:{found[0]}" if len(found) == 1 else "service:trellis")


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(refer, migrations.RunPython.noop),
        migrations.AlterField(
            "casestatus", "by", models.CharField(help_text="As in the audit: person:12.", max_length=120)
        ),
    ]
