import django.db.models.deletion
import trellis.core.money
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commissioning", "0007_appraisal"),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetScenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("baseline", trellis.core.money.MoneyField()),
                (
                    "step_down",
                    models.DecimalField(decimal_places=4, help_text="Percent that comes off each year.", max_digits=6),
                ),
                ("years", models.PositiveSmallIntegerField()),
                ("extensions", models.PositiveSmallIntegerField(default=0)),
                ("starts_on", models.DateField()),
                ("is_proposed", models.BooleanField(default=False)),
                (
                    "is_illustrative",
                    models.BooleanField(default=False, help_text="Its figures only show how it is done."),
                ),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenarios",
                        to="commissioning.commission",
                    ),
                ),
            ],
            options={
                "ordering": ["-is_proposed", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("commission", "name"), name="scenario_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_proposed", True)),
                        fields=("commission",),
                        name="scenario_one_proposed_of_a_commission",
                    ),
                    models.CheckConstraint(condition=models.Q(("baseline__gt", 0)), name="scenario_baseline_is_money"),
                    models.CheckConstraint(
                        condition=models.Q(("step_down__gte", 0), ("step_down__lt", 100)),
                        name="scenario_step_down_is_a_part",
                    ),
                    models.CheckConstraint(condition=models.Q(("years__gte", 1)), name="scenario_lasts_a_year"),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(help_text="The document, and where in it.", max_length=160)),
                ("label", models.CharField(help_text="The words of the document.", max_length=200)),
                ("amount", trellis.core.money.MoneyField()),
                (
                    "span",
                    models.CharField(
                        choices=[("year", "One year"), ("whole", "The whole contract"), ("unsaid", "It does not say")],
                        max_length=6,
                    ),
                ),
                (
                    "commission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quoted_figures",
                        to="commissioning.commission",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("span__in", ["year", "whole", "unsaid"])), name="quoted_span_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="quoted_amount_is_money"),
                ],
            },
        ),
    ]
