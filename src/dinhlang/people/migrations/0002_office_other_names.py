"""An office may have other names, one a line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column, empty for the offices there are."""

    dependencies = [("people", "0001_people")]

    operations = [
        migrations.AddField(
            model_name="office",
            name="other_names",
            field=models.TextField(blank=True, default="", verbose_name="tên gọi khác"),
        ),
    ]
