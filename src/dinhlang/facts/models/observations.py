"""Observations: what was measured, where, for which time, by whom. Rows are only added."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..fields import FixedPointField
from ..periods import Period


class State(models.TextChoices):
    """Whether a second person has looked at it."""

    DRAFT = "draft", "Chờ xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"


class Source(models.TextChoices):
    """Where a number comes from; the codes are those of ``law.subjects.Source``."""

    TYPED = "typed", "Nhập tay"
    REGISTER = "register", "Sổ theo dõi"
    REPORT = "report", "Báo cáo"
    SURVEY = "survey", "Khảo sát, lấy ý kiến"
    DOCUMENT = "document", "Văn bản, quyết định"
    PLAN = "plan", "Kế hoạch ghi"


class PeriodKind(models.TextChoices):
    """How long the time is that it speaks of."""

    YEAR = "year", "Năm"
    HALF = "half", "6 tháng"
    QUARTER = "quarter", "Quý"
    MONTH = "month", "Tháng"


class Sex(models.TextChoices):
    """Of whom it speaks, where the measure is taken for men and for women."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


NEVER_CHANGES = "Số liệu đã ghi không sửa, không xóa: hãy ghi số liệu mới thay thế."


class Observation(models.Model):
    """One entry of one measure at one place for one period.

    Exactly one content is given: ``value``, ``numerator`` with ``denominator``, ``yes``,
    ``grade``; none where the entry takes the earlier one back (``is_blank``). Numbers are in the
    unit of the measure. A correction is a new row that ``supersedes`` the old one, whose
    ``superseded_at`` is then filled, once. Confirming fills ``confirmed_by`` and
    ``confirmed_at``, once. Nothing else ever changes.

    ``valid_to``: the last day a certificate holds. ``key``: the number under which it was sent.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="observations")
    measure = models.CharField("số liệu", max_length=80)
    sex = models.CharField("giới", max_length=6, choices=Sex.choices, blank=True)
    period = models.CharField("kỳ", max_length=7, choices=PeriodKind.choices)
    start = models.DateField("từ ngày")
    end = models.DateField("đến hết ngày")

    value = FixedPointField("giá trị", null=True)
    numerator = FixedPointField("tử số", null=True)
    denominator = FixedPointField("mẫu số", null=True)
    yes = models.BooleanField("đạt", null=True)
    grade = models.CharField("mức", max_length=60, blank=True)
    valid_to = models.DateField("có giá trị đến hết ngày", null=True, blank=True)

    source = models.CharField("nguồn", max_length=8, choices=Source.choices, default=Source.TYPED)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["place", "measure", "sex", "end"], name="observation_history"),
            # Read backwards it gives the latest first, of two with one end the longer one.
            models.Index(
                fields=["place", "measure", "sex", "end", "-start"],
                condition=Q(superseded_at=None),
                name="observation_now",
            ),
            models.Index(
                fields=["place", "state"],
                condition=Q(superseded_at=None, state="draft"),
                name="observation_to_confirm",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["place", "measure", "sex", "start", "end"],
                condition=Q(superseded_at=None),
                name="one_observation_now",
            ),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="observation_in_order"),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="observation_has_both_parts",
            ),
            models.CheckConstraint(
                condition=Q(value=None, numerator=None, yes=None)
                | Q(value=None, numerator=None, grade="")
                | Q(value=None, yes=None, grade="")
                | Q(numerator=None, yes=None, grade=""),
                name="observation_has_one_content",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", confirmed_at=None)
                | Q(state="confirmed", confirmed_at__isnull=False),
                name="confirmed_observation_has_a_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} ({self.time.label})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes the row once; afterwards only its confirmation and its end are written."""
        if not self._state.adding:
            later = {"state", "confirmed_by", "confirmed_at", "superseded_at"}
            if not set(kwargs.get("update_fields") or {"everything"}) <= later:
                raise RuntimeError(NEVER_CHANGES)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Nothing is deleted."""
        raise RuntimeError(NEVER_CHANGES)

    @property
    def time(self) -> Period:
        """The period it speaks of."""
        return Period.spanning(self.period, self.end)  # type: ignore[arg-type]

    @property
    def is_blank(self) -> bool:
        """Whether it only takes the earlier entry back."""
        return self.value is None and self.numerator is None and self.yes is None and not self.grade

    @property
    def is_confirmed(self) -> bool:
        """Whether a second person has looked at it."""
        return self.state == State.CONFIRMED

    @property
    def is_current(self) -> bool:
        """Whether nothing has replaced it."""
        return self.superseded_at is None
