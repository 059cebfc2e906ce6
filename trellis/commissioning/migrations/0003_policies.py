import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("commissioning", "0002_commission"),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('adopted_by', models.CharField(help_text='The body that adopted it.', max_length=160)),
                ('adopted_on', models.DateField(blank=True, help_text='Empty: not known.', null=True)),
                ('link', models.URLField(blank=True, max_length=400)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='policies', to='commissioning.commission')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='commissioning.policy')),
            ],
            options={
                'ordering': ['policy__title', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Comparator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(max_length=160)),
                ('model', models.CharField(help_text='How it buys or gives the same support.', max_length=160)),
                ('learnt', models.TextField()),
                ('link', models.URLField(blank=True, max_length=400)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparators', to='commissioning.commission')),
            ],
            options={
                'ordering': ['authority', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CoDesigner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('met_on', models.DateField()),
                ('changed', models.TextField(help_text='What changed because of them.')),
                ('is_illustrative', models.BooleanField(default=False)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='co_designers', to='commissioning.commission')),
            ],
            options={
                'ordering': ['met_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('before', models.DecimalField(blank=True, decimal_places=2, help_text='The baseline. Empty: nobody has counted it.', max_digits=12, null=True)),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('floor', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('source', models.CharField(blank=True, help_text='Where the figures come from.', max_length=160)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='commissioning.indicator')),
            ],
            options={
                'ordering': ['indicator__order', 'id'],
            },
        ),
        migrations.AddField(
            model_name='outcome',
            name='commission',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='commissioning.commission'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='commitments',
            field=models.ManyToManyField(blank=True, related_name='outcomes', to='commissioning.commitment'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(fields=('commission', 'title'), name='policy_once_a_commission'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('policy', 'number'), name='commitment_number_once_a_policy'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('indicator', 'name'), name='measure_once_an_indicator'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('target__isnull', False), ('floor__isnull', True), _connector='OR'), name='measure_floor_needs_a_target'),
        ),
    ]
