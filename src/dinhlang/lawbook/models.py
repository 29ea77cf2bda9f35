"""Criteria sets that people load: the table on its way, and the text that was made of it.

A ``Loading`` is a draft and may be corrected; a ``LawText`` never changes its contents, only its
state. Nothing here is deleted.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit


class TextKind(models.TextChoices):
    """What a text holds."""

    SET = "set", "Bộ tiêu chí"
    AMENDMENT = "amendment", "Sửa đổi, bổ sung"
    MEASURES = "measures", "Danh mục số liệu"


class TextState(models.TextChoices):
    """Where a text stands; a draft is a ``Loading`` and has no text yet."""

    PENDING = "pending", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    RETURNED = "returned", "Bị trả lại"
    WITHDRAWN = "withdrawn", "Đã rút"


class Origin(models.TextChoices):
    """What a table was read from."""

    XLSX = "xlsx", "Tệp Excel"
    DOCX = "docx", "Tệp Word"
    PASTE = "paste", "Bảng dán vào"
    YAML = "yaml", "Tệp viết tay (YAML)"


class Outcome(models.TextChoices):
    """What became of a loading."""

    OPEN = "open", "Nháp"
    SENT = "sent", "Đã trình duyệt"
    DISCARDED = "discarded", "Đã bỏ"


class Loading(models.Model):
    """A table read from a decision, corrected row by row until it is sent for approval.

    ``place`` is the province where it will hold, None for the whole country. ``about`` is what is
    said of the decision, ``rows`` the table, both as people wrote them (``sheet.Row``);
    ``revision`` counts the edits. A set written by hand (YAML) is its file: ``rows`` only show it.
    ``original`` is the file's SHA-256, or that of the pasted text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField()
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=5, choices=Origin.choices)
    filename = models.CharField(max_length=200, blank=True)
    original = models.CharField(max_length=64)
    about = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created = models.DateTimeField()
    changed = models.DateTimeField()

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-changed",)
        constraints = (
            models.UniqueConstraint(
                fields=["created_by", "submission"], name="one_loading_a_submission"
            ),
        )

    def __str__(self) -> str:
        number = self.about.get("number") or self.filename or self.get_origin_display()
        return f"Bản nạp {number}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be corrected."""
        return self.outcome == Outcome.OPEN


class LoadingEdit(models.Model):
    """One correction: what stood in the row (0: what is said of the decision) before and after.

    ``key`` comes with the form, so that a form sent twice changes once.
    """

    loading = models.ForeignKey(Loading, models.PROTECT, related_name="edits")
    key = models.UUIDField()
    revision = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("revision",)
        constraints = (
            models.UniqueConstraint(fields=["loading", "key"], name="one_loading_edit_a_key"),
            models.UniqueConstraint(
                fields=["loading", "revision"], name="one_loading_edit_a_revision"
            ),
        )

    def __str__(self) -> str:
        return f"{self.loading}: dòng {self.row}"


class LawText(models.Model):
    """One loaded set, amendment or list of measures, as it was sent for approval.

    ``set_id`` is the law's own id (``qd-51-2025/xa-ntm``), ``data`` the canonical JSON in the
    shape of the YAML files, ``digest`` its SHA-256. ``place`` is the province where it holds,
    None for the whole country; who decides has to manage there and is never who loaded it.
    Among approved texts of one ``set_id`` the last one decided counts, before a shipped one.
    """

    set_id = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=9, choices=TextKind.choices)
    digest = models.CharField(max_length=64, db_index=True)
    data = models.TextField()
    title = models.CharField(max_length=400)
    number = models.CharField("số", max_length=80)
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    sample = models.BooleanField(default=False)
    loading = models.ForeignKey(Loading, models.PROTECT, null=True, related_name="texts")
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    state = models.CharField(
        max_length=9, choices=TextState.choices, default=TextState.PENDING, db_index=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-loaded_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["loading"],
                condition=Q(state="pending"),
                name="one_pending_text_a_loading",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False),
                name="somebody_approved_an_approved_text",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("loaded_by")),
                name="nobody_decides_on_their_own_text",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"[:300]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only the state of a stored text may change."""
        if self.pk and not kwargs.get("update_fields"):
            raise RuntimeError("A loaded text is immutable; say which fields of its state change.")
        super().save(*args, **kwargs)
