import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissioning', '0004_provision'),
        ('contracts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='award_signed_on',
            field=models.DateField(blank=True, help_text='Empty: the award is not signed yet.', null=True),
        ),
        migrations.AddField(
            model_name='contract',
            name='began_on',
            field=models.DateField(blank=True, help_text='When the support did start. Empty: as agreed.', null=True),
        ),
        migrations.CreateModel(
            name='GrantEnding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('served_on', models.DateField()),
                ('notice_months', models.PositiveSmallIntegerField(blank=True, help_text='What the award itself asks for. Empty: nothing; guidance then only warns.', null=True)),
                ('served_by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grant_endings', to='contracts.contract')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.endingplan')),
            ],
            options={
                'ordering': ['served_on', 'plan__body__name'],
            },
        ),
    ]
