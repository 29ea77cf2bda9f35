"""The app's entry in Django."""

from django.apps import AppConfig


def address(ref: str) -> str:
    """The page of a decision: “meeting:3:7”."""
    from django.urls import reverse

    _, meeting, decision = [*ref.split(":"), "", ""][:3]
    return reverse("meetings:meeting", args=[int(meeting)]) + f"#kl-{decision}"


class MeetingsConfig(AppConfig):
    """Meetings of the committee."""

    name = "dinhlang.meetings"
    label = "meetings"
    verbose_name = "Họp"

    def ready(self) -> None:
        """Tells where the tasks of decisions come from, and what notices may take over."""
        from dinhlang.drafting.papers.gathering import concluded
        from dinhlang.work import origins

        from . import concluding

        origins.register("meeting", address)
        concluded.offer(concluding.closed)
