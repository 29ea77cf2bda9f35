from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0001_work")]

    operations = [
        migrations.AddField("task", "followed", models.JSONField(default=dict)),
        migrations.AddField("tasknote", "revision", models.PositiveIntegerField(default=0)),
    ]
