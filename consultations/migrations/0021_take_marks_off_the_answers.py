from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0020_keep_marks_beside_the_answers'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='response',
            name='response_not_in_snapshot',
        ),
        migrations.RemoveField(
            model_name='response',
            name='snapshot_ticket',
        ),
    ]
