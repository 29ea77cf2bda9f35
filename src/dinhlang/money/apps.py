"""The app's entry in Django."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Needs, sources, support, contributions."""

    name = "dinhlang.money"
    label = "money"
    verbose_name = "Kinh phí"
