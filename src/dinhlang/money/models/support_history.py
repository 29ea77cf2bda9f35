"""What happened to support and contributions: changes, proposals of plans, sheets, publications."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .support import Beneficiary, Pledge, Policy, Receipt

USER = settings.AUTH_USER_MODEL


class SupportChange(models.Model):
    """One change of a policy, a beneficiary, a pledge, or of what a receipt shows. Written once.

    ``key`` comes with the form, so that a form sent twice changes once. ``changes`` holds the
    fields as ``{field: [before, after]}``, an identity number with most of its digits left out;
    ``revision`` is that of the row after the change.
    """

    key = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="history")
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, null=True, related_name="history")
    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, related_name="history")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="history")
    verb = models.CharField(max_length=60)
    revision = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.verb


class SupportProposal(models.Model):
    """A support policy that a plan speaks of; an officer makes it a policy or declines it.

    ``origin_ref``: “plan:<plan pk>:<item number>”. ``amount`` in đồng ``per`` one. ``groups`` and
    ``technical`` are what was read out of its words. Gone from the plan: ``withdrawn_at``.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    origin_ref = models.CharField(max_length=80, unique=True)
    origin_text = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    amount = models.BigIntegerField()
    per = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    groups = models.JSONField(default=list)
    technical = models.CharField(max_length=300, blank=True)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="+")
    declined = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:100]


class SupportImport(models.Model):
    """A filled workbook on its way in: read and shown first, written when it is confirmed.

    ``rows`` is what each line says, with its error if any; emptied once it is written.
    """

    class Kind(models.TextChoices):
        """What the lines are."""

        BENEFICIARIES = "beneficiaries", "Danh sách hỗ trợ"
        PLEDGES = "pledges", "Đăng ký đóng góp"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    written = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.filename


class LedgerPublication(models.Model):
    """The ledger of contributions as it was shown to everybody; only the newest is shown.

    ``data`` is the ledger of that day without the names that were not to be shown.
    """

    key = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    data = models.JSONField(default=dict)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=["place", "year"], name="publication_of_place"),)

    def __str__(self) -> str:
        return f"Sổ đóng góp {self.year}"
