"""The app's entry in Django."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Tasks, reminders, commitments."""

    name = "dinhlang.work"
    label = "work"
    verbose_name = "Công việc"

    def ready(self) -> None:
        """Tells the access control who sees a task."""
        from .policies import register_policies

        register_policies()
