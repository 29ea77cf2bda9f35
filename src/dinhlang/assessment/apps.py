"""The app's entry in Django."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Verdicts on screen, and self-assessments that were fixed."""

    name = "dinhlang.assessment"
    label = "assessment"
    verbose_name = "Tiêu chí"
