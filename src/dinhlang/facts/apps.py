"""The app's entry in Django."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Observations, evidence files, registers."""

    name = "dinhlang.facts"
    label = "facts"
    verbose_name = "Số liệu"

    def ready(self) -> None:
        """Tells the access control who sees evidence."""
        from .policies import register_policies

        register_policies()
