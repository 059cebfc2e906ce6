import django.db.models.deletion
import trellis.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("commissioning", "0005_findings"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='findings',
            field=models.ManyToManyField(blank=True, related_name='commitments', to='commissioning.finding'),
        ),
        migrations.CreateModel(
            name='MarketModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='market_models', to='commissioning.commission')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('volunteer-centre', 'Volunteer centre'), ('cvs', 'Council for voluntary service (CVS)'), ('local', 'Local provider'), ('national', 'National provider')], max_length=16)),
                ('reasons', models.TextField(blank=True, help_text='As they gave them. Not published.')),
                ('public_reasons', models.TextField(blank=True, help_text='As they are published: without what says who they are.')),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='providers', to='commissioning.commission')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('preferred', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='preferred_by', to='commissioning.marketmodel')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='MarketEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('held_on', models.DateField()),
                ('note', models.TextField(help_text='What was said, without names.')),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='market_events', to='commissioning.commission')),
                ('providers', models.ManyToManyField(blank=True, related_name='events', to='commissioning.provider')),
            ],
            options={
                'ordering': ['held_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MarketQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='market_questions', to='commissioning.commission')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='MarketAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=[('agree', 'Agree'), ('disagree', 'Disagree'), ('no-view', 'No view')], max_length=8)),
                ('remark', models.TextField(blank=True, help_text='In their own words. Not published.')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commissioning.marketquestion')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commissioning.provider')),
            ],
            options={
                'ordering': ['question_id'],
            },
        ),
        migrations.CreateModel(
            name='MarketPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(default=trellis.core.clock.now)),
                ('published_by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
                ('commission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='market_publication', to='commissioning.commission')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='marketmodel',
            constraint=models.UniqueConstraint(fields=('commission', 'name'), name='market_model_once'),
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.UniqueConstraint(fields=('commission', 'name'), name='provider_once_a_commission'),
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.CheckConstraint(condition=models.Q(('preferred__isnull', True), models.Q(('answered_on__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='provider_preference_has_its_reasons'),
        ),
        migrations.AddConstraint(
            model_name='marketquestion',
            constraint=models.UniqueConstraint(fields=('commission', 'text'), name='market_question_once'),
        ),
        migrations.AddConstraint(
            model_name='marketanswer',
            constraint=models.UniqueConstraint(fields=('provider', 'question'), name='market_answer_once'),
        ),
    ]
