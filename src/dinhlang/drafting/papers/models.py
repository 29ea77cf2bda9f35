"""Papers made at a place, and the Word templates a place uses in the stead of ours."""

from __future__ import annotations

import json
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

KINDS = (
    ("bao-cao", "Báo cáo"),
    ("phan-cong", "Quyết định phân công tiêu chí"),
    ("ban-chi-dao", "Quyết định thành lập Ban Chỉ đạo"),
    ("cong-van-don-doc", "Công văn đôn đốc"),
    ("thong-bao", "Thông báo kết luận"),
    ("to-trinh", "Tờ trình"),
    ("bien-ban", "Biên bản họp"),
    ("danh-muc", "Danh mục minh chứng"),
)
PERIODS = (
    ("week", "Tuần"),
    ("month", "Tháng"),
    ("quarter", "Quý"),
    ("half-year", "6 tháng"),
    ("year", "Năm"),
)


class PaperTemplate(models.Model):
    """A template that somebody brought in, checked. The bytes lie in the private storage.

    ``fields`` are the names of the fields it uses.
    """

    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_templates")
    kind = models.CharField(max_length=24)
    key = models.UUIDField(unique=True)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    fields = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["place", "kind"], name="template_of_kind"),)

    def __str__(self) -> str:
        return self.filename


class TemplateSwitch(models.Model):
    """From when on a place uses a template for a kind; without one it uses ours. Written once."""

    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    template = models.ForeignKey(
        PaperTemplate, on_delete=models.PROTECT, null=True, related_name="switches"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["place", "kind"], name="switch_of_kind"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.template or 'mẫu có sẵn'}"


class Paper(models.Model):
    """A paper in the making, or finished.

    ``period``, ``start`` and ``end`` are those of a report; ``on`` is the day on which other
    papers look at the data. ``texts`` holds only what somebody wrote: everything else comes from
    the data each time. ``touched`` gives for each the revision at which it was written, by whom.
    ``data`` is JSON text (``dinhlang.official/1``) with the paper as it was when it was finished,
    ``template`` the one it was finished with; both stay. ``key`` comes with the form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True)
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=24, choices=KINDS)
    about = models.CharField(max_length=400)
    on = models.DateField()
    period = models.CharField(max_length=12, choices=PERIODS, blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    set_id = models.CharField(max_length=120, blank=True)
    texts = models.JSONField(default=dict)
    touched = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    data = models.TextField(blank=True)
    template = models.ForeignKey(
        PaperTemplate, on_delete=models.PROTECT, null=True, related_name="papers"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    place_field = "place"
    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "pk")
        indexes = (models.Index(fields=["place", "kind", "-made_at"], name="papers_of_place"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(finished_at=None, data="")
                | (Q(finished_at__isnull=False) & ~Q(data="")),
                name="a_finished_paper_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None, period="") | Q(end__gte=models.F("start")),
                name="a_period_ends_after_its_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.finished_at is not None

    @cached_property
    def document(self) -> dict[str, Any]:
        """What was kept when it was finished; not to be changed."""
        found: dict[str, Any] = json.loads(self.data)
        return found
