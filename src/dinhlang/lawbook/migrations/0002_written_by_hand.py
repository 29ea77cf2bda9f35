"""A set may come as a file written by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0001_texts")]

    operations = [
        migrations.AlterField(
            model_name="loading",
            name="origin",
            field=models.CharField(
                choices=[
                    ("xlsx", "Tệp Excel"),
                    ("docx", "Tệp Word"),
                    ("paste", "Bảng dán vào"),
                    ("yaml", "Tệp viết tay (YAML)"),
                ],
                max_length=5,
            ),
        ),
    ]
