from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0027_say_that_a_translation_is_out_of_date")]

    operations = [
        migrations.AddField(
            model_name="waveimport",
            name="busy_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
