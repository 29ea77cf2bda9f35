"""Units of any level over time, what became of them, their tree and their boundaries.

Every period here is half open: ``valid_from`` is the first day, ``valid_to`` the first day on
which it no longer holds, null while it still does.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from dinhlang.vietnamese import fold, sort_key, tone_key

BEFORE_RECORDS = date(1900, 1, 1)
"""The first day of what existed before anybody noted since when."""


class Level(models.TextChoices):
    """How high a unit stands. Districts ended with 30/6/2025."""

    COUNTRY = "country", "Cả nước"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    VILLAGE = "village", "Thôn, khu"


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, to be narrowed by the day."""

    def on(self, day: date) -> UnitQuerySet:
        """Those that exist on that day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def current(self) -> UnitQuerySet:
        """Those whose end is not known."""
        return self.filter(valid_to=None)


class Unit(models.Model):
    """One unit from its beginning to its end.

    ``code`` is the official one and may be given again to a successor: a unit is known by code
    and first day together. Villages have none. ``name``, ``kind`` and ``parent`` are the last
    ones; earlier ones stand in ``UnitName`` and ``UnitParent``.
    """

    level = models.CharField("cấp", max_length=8, choices=Level.choices)
    code = models.CharField("mã", max_length=12, blank=True)
    kind = models.CharField("loại", max_length=32)
    name = models.CharField("tên", max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField("từ ngày", default=BEFORE_RECORDS)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    search_key = models.CharField(max_length=120, editable=False, db_index=True)
    tone_key = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=700, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        indexes = (
            models.Index(fields=["level", "sort_key"], name="unit_level_order"),
            models.Index(fields=["parent", "sort_key"], name="unit_parent_order"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=~Q(code=""), name="unit_code_and_first_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def fill_keys(self) -> None:
        """Set the three keys from the name."""
        self.search_key = fold(self.name)
        self.tone_key = tone_key(self.name)
        self.sort_key = sort_key(self.name)

    @property
    def title(self) -> str:
        """Kind and name at the head of a line: “Xã Phúc Hòa”."""
        if self.level == Level.COUNTRY:
            return self.name
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}"

    @property
    def full_name(self) -> str:
        """Kind and name within a sentence: “xã Phúc Hòa”."""
        return self.name if self.level == Level.COUNTRY else f"{self.kind} {self.name}"

    @property
    def is_current(self) -> bool:
        """Whether no end of it is known."""
        return self.valid_to is None

    def existed_on(self, day: date) -> bool:
        """Whether it exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class UnitName(models.Model):
    """A unit's name and kind for a time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=32)
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    search_key = models.CharField(max_length=120, editable=False, db_index=True)

    class Meta:
        ordering = ("valid_from", "pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_name_from_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class UnitParent(models.Model):
    """What a unit belongs to for a time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("valid_from", "pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_parent_from_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.unit} < {self.parent}"


class Closure(models.Model):
    """The tree of last parents, every pair of it; a unit stands in its own with depth 0."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="one_closure_a_pair"),
        )

    def __str__(self) -> str:
        return f"{self.ancestor} > {self.descendant} ({self.depth})"


class SuccessionKind(models.TextChoices):
    """What happened."""

    KEEP = "keep", "Giữ nguyên"
    RENAME = "rename", "Đổi tên, đổi loại"
    MERGE = "merge", "Nhập"
    SPLIT = "split", "Chia tách"
    MIXED = "mixed", "Nhập và điều chỉnh"
    TRANSFER = "transfer", "Chuyển"


class Succession(models.Model):
    """Units that became others on one day, by one decision."""

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=SuccessionKind.choices)
    basis = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.day:%d/%m/%Y})"


class Extent(models.TextChoices):
    """How much of the old unit went to the new one."""

    WHOLE = "whole", "toàn bộ"
    PART = "part", "một phần"


class SuccessionPart(models.Model):
    """One arrow of a succession. ``main``: the larger part of the old unit went there."""

    succession = models.ForeignKey(Succession, models.CASCADE, related_name="parts")
    old = models.ForeignKey(Unit, models.PROTECT, related_name="went_to")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="came_from")
    extent = models.CharField(max_length=5, choices=Extent.choices, default=Extent.WHOLE)
    main = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["old", "new"], name="one_succession_a_pair"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="nothing_succeeds_itself"),
        )

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.get_extent_display()})"


class Boundary(models.Model):
    """The simplified outline of a unit: polygons of rings of [longitude, latitude], WGS 84."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="boundary")
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    polygons = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=["west", "east"], name="boundary_longitudes"),)

    def __str__(self) -> str:
        return str(self.unit)


class ImportState(models.TextChoices):
    """Where an import stands."""

    CHECKING = "checking", "Đang soát tệp"
    CHECKED = "checked", "Chờ xác nhận"
    WRITING = "writing", "Đang nhập"
    DONE = "done", "Đã nhập xong"
    FAILED = "failed", "Không nhập được"
    STOPPED = "stopped", "Đã dừng"


class Import(models.Model):
    """A file on its way in: checked first, shown with its errors, written when confirmed.

    ``replaces``: units not begun by this list end on its first day.
    The person is kept as number and name only: accounts come after places.
    ``preview`` has the counts, the first rows and the row errors; ``summary`` what was written.
    """

    class Kind(models.TextChoices):
        """What the file holds."""

        UNITS = "units", "Danh sách đơn vị hành chính"
        SUCCESSIONS = "successions", "Danh sách sáp nhập, chia tách, đổi tên"
        BOUNDARIES = "boundaries", "Ranh giới (GeoJSON)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(unique=True)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    filename = models.CharField(max_length=200)
    stored = models.CharField(max_length=64, blank=True)
    first_day = models.DateField(null=True, blank=True)
    end_day = models.DateField(null=True, blank=True)
    replaces = models.BooleanField(default=False)
    skip_errors = models.BooleanField(default=False)

    state = models.CharField(
        max_length=8, choices=ImportState.choices, default=ImportState.CHECKING
    )
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    stop_requested = models.BooleanField(default=False)
    job = models.UUIDField(null=True, editable=False)
    preview = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)

    person = models.PositiveBigIntegerField(null=True)
    person_name = models.CharField(max_length=150, blank=True)
    created = models.DateTimeField()
    beat = models.DateTimeField()

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in (ImportState.CHECKING, ImportState.WRITING)
