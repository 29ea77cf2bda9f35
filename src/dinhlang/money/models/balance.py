"""Needs, sources, what pays for what, and every movement of money. All amounts in đồng."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

USER = settings.AUTH_USER_MODEL


class SourceKind(models.TextChoices):
    """Where money comes from, in the words of the programme's report forms (Biểu 07, 11)."""

    CENTRAL_INVESTMENT = "central_investment", "Ngân sách trung ương – vốn đầu tư công"
    CENTRAL_RECURRENT = "central_recurrent", "Ngân sách trung ương – kinh phí thường xuyên"
    PROVINCE = "province", "Ngân sách tỉnh"
    DISTRICT = "district", "Ngân sách huyện (trước 01/7/2025)"
    COMMUNE = "commune", "Ngân sách xã"
    LAND = "land", "Tiền đấu giá quyền sử dụng đất"
    INTEGRATED = "integrated", "Vốn lồng ghép"
    CREDIT = "credit", "Tín dụng chính sách"
    ENTERPRISE = "enterprise", "Doanh nghiệp, nhà tài trợ"
    PEOPLE_CASH = "people_cash", "Người dân – tiền mặt"
    PEOPLE_LABOUR = "people_labour", "Người dân – ngày công"
    PEOPLE_LAND = "people_land", "Người dân – hiến đất"
    PEOPLE_KIND = "people_kind", "Người dân – vật tư, hiện vật"
    OTHER = "other", "Nguồn khác"


PEOPLE = (
    SourceKind.PEOPLE_CASH, SourceKind.PEOPLE_LABOUR, SourceKind.PEOPLE_LAND,
    SourceKind.PEOPLE_KIND,
)  # fmt: skip


class Row(models.Model):
    """What needs and sources have in common; ``revision`` counts changes.

    ``origin_ref`` names where it was taken from (“plan:12:45”), ``origin_text`` tells people.
    ``given`` is what the origin said when it was last taken over, ``offered`` what its newest
    version says instead where somebody changed the field here; ``withdrawn_at`` is set where the
    newest version has it no more.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    note = models.TextField(blank=True)
    paper = models.CharField("văn bản", max_length=200, blank=True)
    origin_ref = models.CharField(max_length=80, blank=True, db_index=True)
    origin_text = models.CharField(max_length=300, blank=True)
    given = models.JSONField(default=dict)
    offered = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    search_key = models.TextField(editable=False, blank=True)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The row's page."""
        return reverse(f"money:{self._meta.model_name}", args=[self.pk])


class Need(Row):
    """Work that costs money: for which criterion, where, when it is due.

    ``amount``: the whole cost. ``criterion_name`` is what the paper or set calls the criterion
    ``criterion``: numbers of two sets name different things. ``is_works``: construction, which
    can leave outstanding debt.
    ``component``: the component of the programme in force (2026–2030: “1.2”), empty: none.
    """

    amount = models.BigIntegerField()
    criterion = models.CharField(max_length=20, blank=True)
    criterion_name = models.CharField(max_length=300, blank=True)
    component = models.CharField(max_length=10, blank=True)
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey("work.Task", models.PROTECT, null=True, related_name="needs_money")
    due = models.DateField(null=True)
    is_works = models.BooleanField(default=False)

    class Meta:
        ordering = ("due", "pk")
        indexes = (models.Index(fields=["place", "year"], name="need_of_place"),)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="need_is_not_negative"),
        )


class Source(Row):
    """Money expected: how much, from whom, from which day.

    ``amount`` None: not known yet. ``share_percent`` (Decimal, %) of ``share_of`` (đồng) says how
    a share of a land auction comes about. ``condition`` says what must happen first; until
    ``condition_met_on`` a conditional source is shown but not counted as usable. Only where
    ``condition_is_work`` (an auction, which has its own day in the roadmap) it is counted from the
    day it is ``expected``. ``asked_of`` is the body a shortage was put to, where the source is
    such a request: it counts nowhere until it is granted. ``carried_from`` is the year whose money
    was carried over into this one.
    """

    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    amount = models.BigIntegerField(null=True)
    share_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    share_of = models.BigIntegerField(null=True)
    condition = models.CharField(max_length=300, blank=True)
    condition_is_work = models.BooleanField(default=False)
    condition_met_on = models.DateField(null=True)
    expected = models.DateField(null=True)
    asked_of = models.CharField(max_length=200, blank=True)
    carried_from = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("expected", "pk")
        indexes = (models.Index(fields=["place", "year"], name="source_of_place"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="source_is_not_negative"
            ),
        )

    @property
    def is_request(self) -> bool:
        """Whether it was only asked for: nobody has granted it yet."""
        return bool(self.asked_of) and self.condition_met_on is None

    @property
    def is_usable(self) -> bool:
        """Whether it may be counted on: nothing to wait for, or only work with a day of its own."""
        if self.condition_met_on is not None:
            return True
        return not self.asked_of and (not self.condition or self.condition_is_work)


class Step(models.TextChoices):
    """How far money has come on its way."""

    PLANNED = "planned", "Dự kiến"
    ALLOCATED = "allocated", "Đã phân bổ"
    DISBURSED = "disbursed", "Đã giải ngân"
    SETTLED = "settled", "Đã quyết toán"
    COMPLETED = "completed", "Khối lượng hoàn thành (nghiệm thu)"


class Movement(models.Model):
    """So much of a source for a need reached a step, on a day, by a paper. Only added.

    A negative amount takes back. ``COMPLETED`` is the accepted value of works (no source): what
    of it is not disbursed is outstanding construction debt. ``over_reason`` says why more was
    written than the source or the step before has.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="movements")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="movements")
    step = models.CharField(max_length=9, choices=Step.choices)
    amount = models.BigIntegerField()
    day = models.DateField()
    paper = models.CharField("văn bản", max_length=200)
    note = models.CharField(max_length=300, blank=True)
    over_reason = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    place_field = "need__place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("day", "pk")
        indexes = (models.Index(fields=["need", "step"], name="movement_of_need"),)

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.amount}"

    @property
    def undo_address(self) -> str:
        """Where it is undone."""
        return reverse("money:ledger-undo", args=[self.pk])
