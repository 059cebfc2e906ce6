import django.db.models.deletion
import trellis.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("commissioning", "0004_provision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('digest', models.CharField(help_text='SHA-256 of the file, so that it counts once.', max_length=64)),
                ('kept', models.PositiveIntegerField(default=0, help_text="How many people's answers it brought.")),
                ('refused', models.PositiveIntegerField(default=0, help_text='How many refusals it met.')),
                ('read_at', models.DateTimeField(default=trellis.core.clock.now)),
                ('read_by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AnswerFileRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='commissioning.answerfile')),
            ],
            options={
                'ordering': ['line', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('introduction', models.TextField(help_text='What it is about, who may answer, what their answers are for.')),
                ('access', models.CharField(choices=[('public', 'Anyone'), ('invited', 'Only people we invite')], default='public', max_length=7)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField(help_text='The last day on which an answer is taken.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('released', 'Released'), ('closed', 'Closed'), ('told', 'Told what became of it')], default='draft', max_length=8)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Its answers are made up, and every page says so.')),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='commissioning.commission')),
            ],
            options={
                'ordering': ['-opens_on', '-id'],
            },
        ),
        migrations.AddField(
            model_name='answerfile',
            name='consultation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='commissioning.consultation'),
        ),
        migrations.CreateModel(
            name='ConsultationStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('released', 'Released'), ('closed', 'Closed'), ('told', 'Told what became of it')], max_length=8)),
                ('at', models.DateTimeField(default=trellis.core.clock.now)),
                ('by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='commissioning.consultation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, help_text='Emptied once they were told what became of it.', max_length=254)),
                ('secret_digest', models.CharField(max_length=64, unique=True)),
                ('invited_on', models.DateField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='commissioning.consultation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='What the heading of a file of answers calls it.', max_length=40)),
                ('order', models.PositiveSmallIntegerField()),
                ('section', models.CharField(help_text='The heading over it.', max_length=120)),
                ('kind', models.CharField(choices=[('text', 'In their own words'), ('one', 'One of a list'), ('many', 'Any of a list'), ('scale', 'A number on a scale'), ('rank', 'A list put in order'), ('matrix', 'One of a list, for each of several things')], max_length=6)),
                ('wording', models.CharField(max_length=300)),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('is_required', models.BooleanField(default=False)),
                ('lowest', models.SmallIntegerField(blank=True, help_text='Where its scale begins.', null=True)),
                ('highest', models.SmallIntegerField(blank=True, help_text='Where its scale ends.', null=True)),
                ('lowest_words', models.CharField(blank=True, help_text='What the lowest number means.', max_length=60)),
                ('highest_words', models.CharField(blank=True, help_text='What the highest number means.', max_length=60)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='commissioning.consultation')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=160)),
                ('is_row', models.BooleanField(default=False)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='commissioning.surveyquestion')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Begun'), ('sent', 'Sent')], default='draft', max_length=5)),
                ('key_digest', models.CharField(help_text='SHA-256 of the secret in its link.', max_length=64, null=True, unique=True)),
                ('file_key', models.CharField(blank=True, help_text='Digest of who or what the file says that it is.', max_length=64)),
                ('begun_on', models.DateField()),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='commissioning.consultation')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='commissioning.answerfile')),
                ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='response', to='commissioning.surveyinvitation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField(default=0, help_text='Which part of its question it answers.')),
                ('number', models.SmallIntegerField(null=True)),
                ('text', models.TextField(blank=True)),
                ('choice', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.surveychoice')),
                ('row', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.surveychoice')),
                ('question', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commissioning.surveyquestion')),
                ('response', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='commissioning.surveyresponse')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'released', 'closed', 'told'])), name='consultation_status_known'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('access__in', ['public', 'invited'])), name='consultation_access_known'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='consultation_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='answerfile',
            constraint=models.UniqueConstraint(fields=('consultation', 'digest'), name='answer_file_read_once'),
        ),
        migrations.AddConstraint(
            model_name='surveyinvitation',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('consultation', 'email'), name='survey_invitation_once_each'),
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.UniqueConstraint(fields=('consultation', 'code'), name='survey_question_code_once'),
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'one', 'many', 'scale', 'rank', 'matrix'])), name='survey_question_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'scale'), _negated=True), ('lowest__lt', models.F('highest')), _connector='OR'), name='survey_question_scale_has_two_ends'),
        ),
        migrations.AddConstraint(
            model_name='surveychoice',
            constraint=models.UniqueConstraint(fields=('question', 'is_row', 'words'), name='survey_choice_words_once'),
        ),
        migrations.AddIndex(
            model_name='surveyresponse',
            index=models.Index(fields=['consultation', 'status'], name='survey_response_status'),
        ),
        migrations.AddConstraint(
            model_name='surveyresponse',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('consultation', 'person'), name='survey_response_one_a_person'),
        ),
        migrations.AddConstraint(
            model_name='surveyresponse',
            constraint=models.UniqueConstraint(condition=models.Q(('file_key', ''), _negated=True), fields=('consultation', 'file_key'), name='survey_response_one_a_file_key'),
        ),
        migrations.AddConstraint(
            model_name='surveyresponse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_on__isnull', True), ('status', 'draft')), models.Q(('sent_on__isnull', False), ('status', 'sent')), _connector='OR'), name='survey_response_sent_with_its_date'),
        ),
        migrations.AddIndex(
            model_name='surveyanswer',
            index=models.Index(fields=['question', 'choice', 'row', 'number', 'response'], name='survey_answer_counts'),
        ),
        migrations.AddConstraint(
            model_name='surveyanswer',
            constraint=models.UniqueConstraint(fields=('response', 'question', 'slot'), name='survey_answer_part_once'),
        ),
        migrations.CreateModel(
            name='FieldNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interview', 'Interview'), ('workshop', 'Workshop')], max_length=9)),
                ('held_on', models.DateField()),
                ('who', models.CharField(help_text='What kind of people: “volunteer centre managers”, no names.', max_length=120)),
                ('people', models.PositiveSmallIntegerField(default=1, help_text='How many took part.')),
                ('text', models.TextField()),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='field_notes', to='commissioning.commission')),
            ],
            options={
                'ordering': ['-held_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='What papers cite it by.')),
                ('statement', models.CharField(max_length=300)),
                ('explanation', models.TextField(blank=True)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='commissioning.commission')),
                ('outcomes', models.ManyToManyField(related_name='findings', to='commissioning.outcome')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=500)),
                ('edited_at', models.DateTimeField(default=trellis.core.clock.now)),
                ('edited_by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='commissioning.surveyanswer')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='commissioning.finding')),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='commissioning.fieldnote')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('description', models.CharField(blank=True, help_text='What belongs to it and what does not.', max_length=500)),
                ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='commissioning.commission')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='themes',
            field=models.ManyToManyField(related_name='findings', to='commissioning.theme'),
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_suggested', models.BooleanField(default=False, help_text='Whether the machine had pointed to it.')),
                ('coded_at', models.DateTimeField(default=trellis.core.clock.now)),
                ('coded_by', models.CharField(help_text='As in the audit: person:12.', max_length=80)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='commissioning.surveyanswer')),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='commissioning.fieldnote')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codings', to='commissioning.theme')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ThemeReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='commissioning.consultation')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='commissioning.theme')),
            ],
            options={
                'ordering': ['theme__name'],
            },
        ),
        migrations.AddConstraint(
            model_name='fieldnote',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='field_note_has_people'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', False), ('note__isnull', True)), models.Q(('answer__isnull', True), ('note__isnull', False)), _connector='OR'), name='quote_of_an_answer_or_a_note'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(condition=models.Q(('answer__isnull', False)), fields=('finding', 'answer'), name='quote_of_an_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(condition=models.Q(('note__isnull', False)), fields=('finding', 'note'), name='quote_of_a_note_once'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('commission', 'name'), name='theme_name_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('commission', 'number'), name='finding_number_once'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(condition=models.Q(('answer__isnull', False)), fields=('theme', 'answer'), name='coding_of_an_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.UniqueConstraint(condition=models.Q(('note__isnull', False)), fields=('theme', 'note'), name='coding_of_a_note_once'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', False), ('note__isnull', True)), models.Q(('answer__isnull', True), ('note__isnull', False)), _connector='OR'), name='coding_of_an_answer_or_a_note'),
        ),
        migrations.AddConstraint(
            model_name='themereply',
            constraint=models.UniqueConstraint(fields=('consultation', 'theme'), name='theme_reply_once'),
        ),
    ]
