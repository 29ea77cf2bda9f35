"""The app of the sample commune."""

from django.apps import AppConfig


class Demo(AppConfig):
    """Sample data."""

    name = "dinhlang.web.demo"
    label = "demo"
    verbose_name = "Dữ liệu mẫu"
