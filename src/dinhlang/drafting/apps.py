"""The app's entry in Django."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Papers made in the program."""

    name = "dinhlang.drafting"
    label = "drafting"
    verbose_name = "Soạn văn bản"
