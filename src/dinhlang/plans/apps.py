"""The app's entry in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans that people bring in."""

    name = "dinhlang.plans"
    label = "plans"
    verbose_name = "Kế hoạch"

    def ready(self) -> None:
        """Tells the room of work where its tasks come from, and who answers for a criterion."""
        from . import origins, owners

        origins.register()
        owners.register()
