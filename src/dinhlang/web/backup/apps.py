"""The app that keeps the daily backup's time."""

from django.apps import AppConfig


class Backup(AppConfig):
    """Backup and restore."""

    name = "dinhlang.web.backup"
    label = "backup"
    verbose_name = "Sao lưu"

    def ready(self) -> None:
        """Has the clock look whether the daily backup is due."""
        from dinhlang.clock import regularly

        from .schedule import tick

        regularly("backup", tick)
