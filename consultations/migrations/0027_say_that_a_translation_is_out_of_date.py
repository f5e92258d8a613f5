from django.db import migrations, models

STATES = [
    ("draft", "Draft"),
    ("checked", "Checked"),
    ("outdated", "Out of date: the original was changed"),
]


class Migration(migrations.Migration):
    dependencies = [("consultations", "0025_remember_the_page_left_half_way")]

    operations = [
        migrations.RemoveConstraint(
            model_name="passagetranslation", name="passagetranslation_state_known"
        ),
        migrations.AlterField(
            model_name="passagetranslation",
            name="state",
            field=models.CharField(
                choices=STATES, default="draft", max_length=10, verbose_name="state"
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="translation_state",
            field=models.CharField(
                blank=True,
                choices=STATES,
                max_length=10,
                verbose_name="state of the translation",
            ),
        ),
        migrations.AddConstraint(
            model_name="passagetranslation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _label in STATES])),
                name="passagetranslation_state_known",
            ),
        ),
    ]
