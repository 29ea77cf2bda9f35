"""Support policies and their beneficiaries; contributions and their receipts. Amounts in đồng."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .balance import PEOPLE, Source, SourceKind

USER = settings.AUTH_USER_MODEL


class Policy(models.Model):
    """A support policy of a place: what for, for whom, how much each, on which basis.

    ``groups`` are the kinds of households or works that are eligible (words), ``per`` what one
    ``amount`` is for (“hộ”, “m3”), ``technical`` the condition of the work (“bể 3 ngăn”),
    ``most`` the largest number supported and ``total`` the largest sum, None: not limited.
    ``kind`` is what is supported in a word (“nước thải”): policies of one kind whose years, from
    ``year`` to ``last_year`` (None: that year alone), meet do not support the same twice.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="support_policies")
    year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=80, blank=True)
    kind_key = models.CharField(max_length=80, editable=False, blank=True)
    name = models.CharField(max_length=300)
    groups = models.JSONField(default=list)
    technical = models.CharField(max_length=300, blank=True)
    amount = models.BigIntegerField()
    per = models.CharField(max_length=30, default="hộ")
    basis = models.CharField(max_length=300)
    most = models.PositiveIntegerField(null=True)
    total = models.BigIntegerField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="policies")
    origin_ref = models.CharField(max_length=80, blank=True, db_index=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="support_is_positive"),
        )

    def __str__(self) -> str:
        return self.name


class Beneficiary(models.Model):
    """A household or a work on a policy's list.

    ``identity`` is the CCCD or household number (only digits kept, for the check against double
    support); ``quantity`` in the policy's ``per`` in thousandths. ``checked_on`` is the day the
    technical condition was found met, ``paid_on`` with ``paper`` the payment.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="beneficiaries")
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=160)
    identity = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=120, blank=True)
    quantity = models.BigIntegerField(default=1000)
    amount = models.BigIntegerField()
    name_key = models.CharField(max_length=160, editable=False, blank=True)
    checked_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    paper = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    double_reason = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    search_key = models.CharField(max_length=500, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)

    place_field = "policy__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        indexes = (
            models.Index(fields=["identity"], name="beneficiary_identity"),
            models.Index(fields=["name_key"], name="beneficiary_name"),
            models.Index(fields=["policy", "sort_key"], name="beneficiary_order"),
        )

    def __str__(self) -> str:
        return self.name


class Pledge(models.Model):
    """What somebody promised: cash, labour days, land, materials, for what.

    ``quantity`` in ``unit`` in thousandths (labour days, m2, tonnes), ``price`` đồng a unit as
    stated, ``amount`` the value in đồng. ``is_public``: the name may stand in the public ledger.
    """

    KINDS = (*PEOPLE, SourceKind.ENTERPRISE)

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="pledges")
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    giver = models.CharField(max_length=160)
    purpose = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in KINDS])
    quantity = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=30, blank=True)
    price = models.BigIntegerField(null=True)
    amount = models.BigIntegerField()
    due = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    search_key = models.CharField(max_length=500, editable=False)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["place", "year"], name="pledge_of_place"),)

    def __str__(self) -> str:
        return self.giver


class Receipt(models.Model):
    """What came: numbered without gaps within a place and year. Never changed; ``cancels`` undoes.

    The giver's and purpose's words are kept as they were when the receipt was given.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="receipts")
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, related_name="receipts")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="receipts")
    giver = models.CharField(max_length=160)
    purpose = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in Pledge.KINDS])
    quantity = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=30, blank=True)
    price = models.BigIntegerField(null=True)
    amount = models.BigIntegerField()
    day = models.DateField()
    is_public = models.BooleanField(default=True)
    thanked_on = models.DateField(null=True)
    cancels = models.OneToOneField("self", models.PROTECT, null=True, related_name="cancelled_by")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    search_key = models.CharField(max_length=500, editable=False)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=["place", "year", "number"], name="one_receipt_number"),
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.year} {self.giver}"
