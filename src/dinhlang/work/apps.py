"""The app's entry in Django."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Tasks, reminders, commitments."""

    name = "dinhlang.work"
    label = "work"
    verbose_name = "Công việc"

    def ready(self) -> None:
        """Tells the access control who sees a task, and the clock what to look at."""
        from dinhlang.clock import regularly

        from .policies import register_policies
        from .regular import look

        register_policies()
        regularly("reminders", look)
