"""The yearly plan while it is drafted: rows proposed from the gaps, as the officer left them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit
from dinhlang.plans.models import Outcome, PlanVersion, Review

from .papers.models import Paper as Paper
from .papers.models import PaperTemplate as PaperTemplate
from .papers.models import TemplateSwitch as TemplateSwitch


class Kind(models.TextChoices):
    """What kind of plan a draft is."""

    YEARLY = "yearly", "Kế hoạch năm"
    MODEL = "model", "Kế hoạch lên cấp độ cao hơn"
    CAMPAIGN = "campaign", "Kế hoạch chiến dịch"


class Draft(models.Model):
    """A plan of a commune for a year, drafted from what a set still lacks on the day ``on``.

    ``rows`` are the pieces of work (keys as in ``dinhlang.papers.drafting.Proposal``; ``due`` ISO,
    ``cost`` in whole đồng or None), ``details`` what only one kind has (see ``parts``),
    ``sources`` the money (text, amount in đồng or None, conditional). A row keeps its place for
    ever; what is left out has ``wanted`` false. ``last`` is last year's plan, ``review`` what the
    draft was filed as. The facts count as they were known at ``created``. ``key`` comes with the
    form, so that a form sent twice makes one draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.YEARLY)
    year = models.PositiveSmallIntegerField()
    set_id = models.CharField(max_length=120)
    set_short = models.CharField(max_length=300)
    on = models.DateField()
    until = models.DateField()
    last = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    goals = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    details = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    discarded = models.BooleanField(default=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-changed", "pk")

    def __str__(self) -> str:
        if self.kind == Kind.CAMPAIGN:
            return self.name
        return f"{self.name} ({self.set_short})"

    @property
    def name(self) -> str:
        """What kind of plan it is, and of which year."""
        if self.kind == Kind.YEARLY:
            return f"Kế hoạch năm {self.year}"
        if self.kind == Kind.CAMPAIGN:
            return f"Kế hoạch chiến dịch năm {self.year}"
        return f"Kế hoạch lên cấp độ cao hơn năm {self.year}"

    @property
    def last_day(self) -> date:
        """The last day on which work may end: that of the goal, or in a campaign the year's."""
        return date(self.year, 12, 31) if self.kind == Kind.CAMPAIGN else self.until

    @property
    def filed(self) -> Review | None:
        """The review it was filed as, where that was not set aside again."""
        found: Review | None = self.review
        return found if found is not None and found.outcome != Outcome.DISCARDED else None

    @property
    def is_editable(self) -> bool:
        """Whether it may still be changed."""
        return not self.discarded and self.filed is None

    @property
    def wanted(self) -> list[dict[str, Any]]:
        """The rows that go into the plan."""
        return [row for row in self.rows if row["wanted"] and row["task"]]
