import django.db.models.deletion
import trellis.core.clock
import trellis.core.money
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("commissioning", "0003_policies"),
        ("organisations", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='FundingSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding_sources', to='commissioning.commission')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='FundedBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('volunteer-centre', 'Volunteer centre'), ('cvs', 'Council for voluntary service (CVS)'), ('independent', 'Independent')], max_length=16)),
                ('award_starts_on', models.DateField(help_text='The first day that the award in force pays for.')),
                ('award_ends_on', models.DateField(help_text='The last day that it pays for, by its own terms.')),
                ('notice_months', models.PositiveSmallIntegerField(blank=True, help_text='Empty: as the rulebook says.', null=True)),
                ('terms', models.CharField(blank=True, help_text='Where the award says so: a clause, a letter.', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funded_bodies', to='commissioning.commission')),
                ('districts', models.ManyToManyField(blank=True, related_name='+', to='places.district')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yearly', trellis.core.money.MoneyField(help_text='Pounds a year.')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='commissioning.fundedbody')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='commissioning.fundingsource')),
            ],
            options={
                'ordering': ['body__name', 'source_id'],
            },
        ),
        migrations.CreateModel(
            name='EndingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stops_on', models.DateField(help_text='The first day without the grant.')),
                ('planned_at', models.DateTimeField(default=trellis.core.clock.now)),
                ('planned_by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
                ('notice_served_on', models.DateField(blank=True, help_text='Empty until notice is served.', null=True)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='commissioning.fundedbody')),
            ],
            options={
                'ordering': ['stops_on', 'body__name'],
            },
        ),
        migrations.AddConstraint(
            model_name='fundingsource',
            constraint=models.UniqueConstraint(fields=('commission', 'name'), name='funding_source_once'),
        ),
        migrations.AddConstraint(
            model_name='fundedbody',
            constraint=models.UniqueConstraint(fields=('commission', 'name'), name='funded_body_once'),
        ),
        migrations.AddConstraint(
            model_name='fundedbody',
            constraint=models.CheckConstraint(condition=models.Q(('award_ends_on__gt', models.F('award_starts_on'))), name='funded_body_award_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='fundedbody',
            constraint=models.CheckConstraint(condition=models.Q(('notice_months__isnull', True), models.Q(('terms', ''), _negated=True), _connector='OR'), name='funded_body_notice_has_its_source'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(fields=('body', 'source'), name='grant_once_a_source'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('yearly__gt', 0)), name='grant_positive'),
        ),
    ]
