from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafting', '0002_papers'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='kind',
            field=models.CharField(choices=[('yearly', 'Kế hoạch năm'), ('model', 'Kế hoạch lên cấp độ cao hơn'), ('campaign', 'Kế hoạch chiến dịch')], default='yearly', max_length=8),
        ),
        migrations.AddField(
            model_name='draft',
            name='details',
            field=models.JSONField(default=dict),
        ),
    ]
