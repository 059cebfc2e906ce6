import django.db.models.deletion
import trellis.core.money
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissioning', '0006_market'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, help_text='Why another version was opened.', max_length=500)),
                ('status', models.CharField(choices=[('draft', 'Under way'), ('concluded', 'Concluded')], default='draft', max_length=9)),
                ('changes', models.PositiveIntegerField(default=0, help_text='How often it was changed: two who change it meet here.')),
                ('is_illustrative', models.BooleanField(default=False, help_text='Its scores and weights show how it is done.')),
                ('opened_on', models.DateField()),
                ('conclusion', models.TextField(blank=True, help_text="Why that option, in the authority's own words.")),
                ('concluded_on', models.DateField(blank=True, null=True)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appraisals', to='commissioning.commission')),
            ],
            options={
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('question', models.CharField(help_text='What it asks of an option.', max_length=300)),
                ('scale', models.CharField(choices=[('fixed', 'Fixed: its ends are set beforehand'), ('relative', "Relative: the options' own lowest and highest scores are its ends")], default='fixed', max_length=8)),
                ('worst', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ('best', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                ('unit', models.CharField(default='points', max_length=40)),
                ('basis', models.CharField(choices=[('swing', 'As swings: 100 for the swing that matters most'), ('share', 'As shares that add up to 100')], default='swing', max_length=5)),
                ('swing', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ('swing_reason', models.TextField(blank=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='commissioning.appraisal')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='commissioning.criterion')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('as-usual', 'Business as usual'), ('minimum', 'Do-minimum'), ('other', 'Another option')], default='other', max_length=8)),
                ('name', models.CharField(max_length=80)),
                ('description', models.TextField(blank=True)),
                ('fate', models.CharField(choices=[('open', 'Not judged yet'), ('carried', 'Carried forward'), ('discounted', 'Discounted'), ('preferred', 'Preferred way forward')], default='open', max_length=10)),
                ('fate_reason', models.TextField(blank=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='commissioning.appraisal')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MoneyModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('yearly_value', trellis.core.money.MoneyField(help_text='What the authority pays in the year.')),
                ('management_cost', trellis.core.money.MoneyField(help_text='What running the model itself takes of it.')),
                ('organisations_reached', models.PositiveIntegerField()),
                ('is_illustrative', models.BooleanField(default=True)),
                ('basis', models.TextField(help_text='Where the figures come from.')),
                ('option', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='money', to='commissioning.option')),
            ],
        ),
        migrations.AddField(
            model_name='appraisal',
            name='preferred',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.option'),
        ),
        migrations.CreateModel(
            name='Scorer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(help_text='For whom or as what they score.', max_length=160)),
                ('appointed_on', models.DateField()),
                ('declared_on', models.DateField(blank=True, null=True)),
                ('interest', models.TextField(blank=True, help_text='What they have an interest in; empty once declared: nothing.')),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scorers', to='commissioning.appraisal')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=4, max_digits=14)),
                ('reason', models.TextField()),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='commissioning.criterion')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='commissioning.option')),
                ('scorer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='commissioning.scorer')),
            ],
            options={
                'ordering': ['scorer_id'],
            },
        ),
        migrations.CreateModel(
            name='AgreedScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=4, max_digits=14)),
                ('reason', models.TextField()),
                ('dissent', models.TextField(blank=True, help_text='Why they hold to another score.')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='commissioning.criterion')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='commissioning.option')),
                ('dissenters', models.ManyToManyField(blank=True, related_name='+', to='commissioning.scorer')),
            ],
        ),
        migrations.CreateModel(
            name='SuccessFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('question', models.CharField(help_text='What it asks of an option.', max_length=300)),
                ('order', models.PositiveSmallIntegerField()),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factors', to='commissioning.appraisal')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('meets', 'Meets it'), ('partly', 'Meets it in part'), ('fails', 'Does not meet it')], max_length=6)),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='commissioning.option')),
                ('factor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='commissioning.successfactor')),
            ],
        ),
        migrations.CreateModel(
            name='WeightTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draws', models.PositiveIntegerField()),
                ('seed', models.PositiveBigIntegerField()),
                ('run_on', models.DateField()),
                ('document', models.JSONField(help_text='What `trellis appraise` would read.')),
                ('result', models.JSONField(help_text='What it would print.')),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='commissioning.appraisal')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('appraisal', 'name'), name='criterion_name_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('best__isnull', True), ('scale', 'relative'), ('worst__isnull', True)), models.Q(('best__isnull', False), ('scale', 'fixed'), ('worst__isnull', False), models.Q(('worst', models.F('best')), _negated=True)), _connector='OR'), name='criterion_scale_has_its_ends'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('swing__isnull', True), ('swing_reason', '')), models.Q(('swing__gte', 0), models.Q(('swing_reason', ''), _negated=True)), _connector='OR'), name='criterion_weighed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('appraisal', 'name'), name='option_name_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'other'), _negated=True), fields=('appraisal', 'kind'), name='option_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(condition=models.Q(('fate', 'preferred')), fields=('appraisal',), name='option_one_preferred_way_forward'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fate', 'open'), ('fate_reason', '')), models.Q(models.Q(('fate', 'open'), _negated=True), models.Q(('fate_reason', ''), _negated=True)), _connector='OR'), name='option_judged_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='moneymodel',
            constraint=models.CheckConstraint(condition=models.Q(('management_cost__gte', 0), ('management_cost__lte', models.F('yearly_value'))), name='money_model_cost_within_value'),
        ),
        migrations.AddConstraint(
            model_name='appraisal',
            constraint=models.UniqueConstraint(fields=('commission', 'version'), name='appraisal_version_once'),
        ),
        migrations.AddConstraint(
            model_name='appraisal',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('commission',), name='appraisal_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='appraisal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', True), ('conclusion', ''), ('preferred__isnull', True), ('status', 'draft')), models.Q(('concluded_on__isnull', False), ('preferred__isnull', False), ('status', 'concluded'), models.Q(('conclusion', ''), _negated=True)), _connector='OR'), name='appraisal_concluded_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='scorer',
            constraint=models.UniqueConstraint(fields=('appraisal', 'user'), name='scorer_once'),
        ),
        migrations.AddConstraint(
            model_name='scorer',
            constraint=models.CheckConstraint(condition=models.Q(('interest', ''), ('declared_on__isnull', False), _connector='OR'), name='scorer_interest_is_declared'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('scorer', 'option', 'criterion'), name='score_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='score_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='agreedscore',
            constraint=models.UniqueConstraint(fields=('option', 'criterion'), name='agreed_score_once'),
        ),
        migrations.AddConstraint(
            model_name='agreedscore',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='agreed_score_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='successfactor',
            constraint=models.UniqueConstraint(fields=('appraisal', 'name'), name='success_factor_name_once'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.UniqueConstraint(fields=('option', 'factor'), name='judgement_once'),
        ),
    ]
