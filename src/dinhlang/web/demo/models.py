"""That the data are samples, and the accounts anybody at this machine may use."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Demo(models.Model):
    """One row once the sample commune was loaded; ``cleared`` when it was emptied for real use."""

    loaded = models.DateTimeField()
    cleared = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_demo"),)

    def __str__(self) -> str:
        return "dữ liệu mẫu"


class DemoAccount(models.Model):
    """An account of the sample commune with its password, which is printed at every start.

    It is the only password ever kept readable: nobody's, and only where all data are samples.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="demo"
    )
    position = models.PositiveSmallIntegerField(unique=True)
    role = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    password = models.CharField(max_length=60)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.role}: {self.user.username}"
