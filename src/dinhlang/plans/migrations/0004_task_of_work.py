import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0002_followed"),
        ("plans", "0003_living_plans"),
    ]

    operations = [
        migrations.AddField(
            "plantask",
            "task",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="of_plan",
                to="work.task",
            ),
        ),
    ]
