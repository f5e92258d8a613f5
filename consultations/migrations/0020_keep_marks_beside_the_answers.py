import django.db.models.deletion
from django.db import migrations, models

COPY = """
    INSERT INTO consultations_snapshotmark (response_id, consultation_id, ticket)
    SELECT id, consultation_id, snapshot_ticket FROM consultations_response WHERE status <> 'draft'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0019_schedule_exports_and_weekly_mails'),
    ]

    operations = [
        migrations.CreateModel(
            name='SnapshotMark',
            fields=[
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='snapshot_mark', serialize=False, to='consultations.response')),
                ('consultation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultations.consultation')),
                ('ticket', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'snapshot of answers',
                'verbose_name_plural': 'snapshots of answers',
                'indexes': [models.Index(condition=models.Q(('ticket__gt', 0)), fields=['consultation'], name='snapshot_mark_waiting')],
            },
        ),
        # Backwards every response counts as changed, and is read once more.
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
