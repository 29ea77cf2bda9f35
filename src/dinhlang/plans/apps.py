"""The app's entry in Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans that people bring in."""

    name = "dinhlang.plans"
    label = "plans"
    verbose_name = "Kế hoạch"

    def ready(self) -> None:
        """Tells the room of work where its tasks come from, who answers
        for a criterion, and of which sets papers speak.
        """
        from . import meant, origins, owners

        origins.register()
        owners.register()
        meant.register()
