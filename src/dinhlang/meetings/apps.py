"""The app's entry in Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of the committee."""

    name = "dinhlang.meetings"
    label = "meetings"
    verbose_name = "Họp"
