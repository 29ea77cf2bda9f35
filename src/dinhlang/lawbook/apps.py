"""The app's entry in Django."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """Criteria sets loaded here"""

    name = "dinhlang.lawbook"
    label = "lawbook"
    verbose_name = " versions, approval, in force.:Bộ tiêu chí"
