"""When a task that nobody asks for is due next."""

from __future__ import annotations

from django.db import models


class Due(models.Model):
    """A regular task and the moment it is due; whoever moves ``at`` has claimed it."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"
