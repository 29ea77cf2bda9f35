"""The app's entry in Django."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """Criteria sets loaded here: versions, approval, in force."""

    name = "dinhlang.lawbook"
    label = "lawbook"
    verbose_name = "Bộ tiêu chí"

    def ready(self) -> None:
        """Tells the access control what belongs to whom."""
        from .policies import register_policies

        register_policies()
