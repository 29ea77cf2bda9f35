import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_move_tasks")]

    operations = [
        migrations.DeleteModel("TaskNote"),
        migrations.DeleteModel("TaskOffice"),
        migrations.AlterModelOptions("plantask", {"ordering": ("plan_id", "number")}),
        *(
            migrations.RemoveField("plantask", name)
            for name in (
                "text", "start", "end", "villages", "state", "changed", "changed_by", "dropped",
            )
        ),
        migrations.AlterField(
            "plantask",
            "task",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="of_plan",
                to="work.task",
            ),
        ),
    ]  # fmt: skip
