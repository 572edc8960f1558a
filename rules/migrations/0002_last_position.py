import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rules", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rule",
            name="position",
            field=models.PositiveIntegerField(
                db_index=True,
                default=0,
                help_text="Lower ones are asked first; among equals the older one.",
                validators=[django.core.validators.MaxValueValidator(2147483647)],
            ),
        ),
    ]
