"""Closings with their trail; which decisions become tasks; those that one line became."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a table and two columns; decisions there are go on becoming tasks."""

    dependencies = [
        ("meetings", "0001_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="is_task",
            field=models.BooleanField(default=True, verbose_name="thành việc khi chốt"),
        ),
        migrations.AddField(
            model_name="decision",
            name="together",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed_at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=300)),
                ("made", models.JSONField(default=list)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("reopened_why", models.CharField(blank=True, max_length=300)),
                ("kept", models.BooleanField(default=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closings",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "reopened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-closed_at", "-pk")},
        ),
    ]
