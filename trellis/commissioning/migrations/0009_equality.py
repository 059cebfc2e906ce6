import django.db.models.deletion
import trellis.core.money
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commissioning", "0008_budgets"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="EqualityAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=16, unique=True)),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(help_text="What is to be decided.", max_length=160)),
                ("service", models.CharField(help_text="Directorate and service.", max_length=160)),
                ("responsible", models.CharField(help_text="Who answers for it: name or post.", max_length=120)),
                ("assessed_on", models.DateField(help_text="Nothing known only later belongs in it.")),
                ("context", models.TextField()),
                ("aims", models.TextField()),
                ("summary", models.TextField(blank=True, help_text="The impact in a few sentences.")),
                ("is_full", models.BooleanField(default=False)),
                ("engagement", models.TextField(blank=True, help_text="Who was asked, and what they said.")),
                ("analysis", models.TextField(blank=True)),
                (
                    "judgement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("continue", "No major change: it can go ahead"),
                            ("adjust", "Adjust it, then go ahead"),
                            ("justify", "Go ahead in spite of an adverse impact, with the reasons"),
                            ("stop", "Stop, and think again"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reasons", models.TextField(blank=True)),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, help_text="Its judgements only show how it is done."),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("signing", "Being attested"), ("attested", "Attested")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="commissioning.commission",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="EqualityAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.SlugField(blank=True, help_text="Empty: it is for everybody.", max_length=20)),
                ("issue", models.TextField()),
                ("action", models.TextField()),
                ("expected_outcome", models.TextField()),
                ("owner", models.CharField(help_text="Name or post.", max_length=120)),
                ("due_on", models.DateField()),
                ("cost", trellis.core.money.MoneyField(default=0)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("done_with", models.TextField(blank=True, help_text="What came of it.")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="commissioning.equalityassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="DueRegard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=120)),
                ("considered_on", models.DateField()),
                ("considered", models.TextField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regard",
                        to="commissioning.equalityassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["considered_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="EqualityAttestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "capacity",
                    models.CharField(
                        choices=[("head", "Head of service"), ("management", "Member of the management team")],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("title", models.CharField(help_text="Their post.", max_length=120)),
                ("attested_on", models.DateField()),
                ("digest", models.CharField(help_text="SHA-256 of what they attested.", max_length=64)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestations",
                        to="commissioning.equalityassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EqualityEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.SlugField(blank=True, help_text="Empty: it is about everybody.", max_length=20)),
                ("statement", models.TextField()),
                ("source", models.CharField(max_length=200)),
                ("dated_on", models.DateField(help_text="When it was published, or found out.")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="commissioning.equalityassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EqualityImpact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.SlugField(help_text="As the rulebook names it.", max_length=20)),
                (
                    "positive",
                    models.CharField(
                        choices=[("none", "No impact"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=6,
                    ),
                ),
                (
                    "negative",
                    models.CharField(
                        choices=[("none", "No impact"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=6,
                    ),
                ),
                ("commentary", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impacts",
                        to="commissioning.equalityassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EqualityLimb",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("limb", models.SlugField(help_text="As the rulebook names it.", max_length=20)),
                ("commentary", models.TextField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limbs",
                        to="commissioning.equalityassessment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="AreaFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.SlugField(
                        blank=True, help_text="As the rulebook names it; empty: everybody.", max_length=20
                    ),
                ),
                ("measure", models.CharField(max_length=120)),
                ("people", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=160)),
                ("counted_on", models.DateField(help_text="The day that the figure is about.")),
                ("published_on", models.DateField()),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.district"
                    ),
                ),
            ],
            options={
                "ordering": ["source", "measure", "district_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "source", "measure"), name="area_figure_once"),
                    models.CheckConstraint(
                        condition=models.Q(("published_on__gte", models.F("counted_on"))),
                        name="area_figure_published_after_count",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="equalityassessment",
            constraint=models.UniqueConstraint(fields=("commission", "version"), name="equality_version_once"),
        ),
        migrations.AddConstraint(
            model_name="equalityassessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "attested"), _negated=True),
                fields=("commission",),
                name="equality_one_open_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "signing", "attested"])), name="equality_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_full", False), models.Q(("judgement", ""), _negated=True), _connector="OR"),
                name="equality_full_comes_to_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityaction",
            constraint=models.CheckConstraint(condition=models.Q(("cost__gte", 0)), name="equality_cost_is_money"),
        ),
        migrations.AddConstraint(
            model_name="equalityaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", True), ("done_with", "")),
                    models.Q(("done_on__isnull", False), models.Q(("done_with", ""), _negated=True)),
                    _connector="OR",
                ),
                name="equality_done_says_with_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityattestation",
            constraint=models.UniqueConstraint(
                fields=("assessment", "capacity"), name="equality_attested_once_in_a_capacity"
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityattestation",
            constraint=models.UniqueConstraint(
                models.F("assessment"),
                django.db.models.functions.text.Lower("name"),
                name="equality_attested_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityattestation",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__in", ["head", "management"])), name="equality_capacity_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="equalityimpact",
            constraint=models.UniqueConstraint(fields=("assessment", "group"), name="equality_group_once"),
        ),
        migrations.AddConstraint(
            model_name="equalityimpact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("positive__in", ["none", "low", "medium", "high"]),
                    ("negative__in", ["none", "low", "medium", "high"]),
                ),
                name="equality_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="equalitylimb",
            constraint=models.UniqueConstraint(fields=("assessment", "limb"), name="equality_limb_once"),
        ),
    ]
