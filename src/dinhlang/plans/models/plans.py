"""Plans that live: versions of a paper, its items, and the work done on its tasks."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit
from dinhlang.work.models import Task


class Plan(models.Model):
    """A plan of a place; what it says is in its versions, of which ``current`` is in force.

    It runs from ``year`` to ``last_year``; both are None where the paper names no year.
    """

    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, editable=False)
    title = models.TextField("tên")
    search_key = models.TextField(editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    current = models.OneToOneField(
        "PlanVersion", on_delete=models.PROTECT, null=True, related_name="current_of"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "sort_key", "pk")

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """One accepted paper of a plan, as it was when it was accepted; it is never changed.

    ``data`` is the plan as JSON text (``dinhlang.plan/1`` with a number on every item) and holds
    the text of the paper. ``silenced`` gives the reason of each finding set aside, by its number.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    data = models.TextField()
    silenced = models.JSONField(default=dict)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(db_index=True)

    place_field = "plan__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("plan_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.plan} (phiên bản {self.number})"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The plan as data; not to be changed."""
        found: dict[str, Any] = json.loads(self.data)
        return found


class PlanItem(models.Model):
    """One item of a plan's current version, for search and for lists over many plans.

    ``kind`` is the list's name in the JSON, ``number`` the item's own, ``data`` the item itself.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    title = models.TextField()
    search_key = models.TextField()
    data = models.JSONField()

    place_field = "plan__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("plan_id", "line", "number")
        indexes = (models.Index(fields=["kind"], name="item_kind"),)
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="one_item_per_number"),
        )

    def __str__(self) -> str:
        return self.title


class PlanTask(models.Model):
    """Which task of the room of work an item of the plan has become.

    ``number`` is that of the item: one of its tasks, or a line of its roadmap.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField()
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="of_plan")

    class Meta:
        ordering = ("plan_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="one_task_per_number"),
        )

    def __str__(self) -> str:
        return str(self.task)
