"""The app's entry in Django."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The board"""

    name = "dinhlang.assessment"
    label = "assessment"
    verbose_name = " what is met, why, what is missing, the shortest way.:Tiêu chí"
