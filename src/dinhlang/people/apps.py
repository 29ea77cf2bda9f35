"""The app's entry in Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, their offices and what they may do."""

    name = "dinhlang.people"
    label = "people"
    verbose_name = "Con người và quyền"

    def ready(self) -> None:
        """Lets the models' own policies be known."""
        from .policies import register_policies

        register_policies()
