"""Papers and pictures that prove something; one file may prove many things."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from .observations import Observation


class FileKind(models.TextChoices):
    """What a file is, by its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "Ảnh JPEG"
    PNG = "png", "Ảnh PNG"
    WEBP = "webp", "Ảnh WebP"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"


class Evidence(models.Model):
    """One paper or picture of a place. The bytes lie in the private storage under ``sha256``.

    ``given_sha256`` is the hash of the bytes as they were sent: a picture is re-encoded, and the
    same picture sent twice must still be known as one. ``valid_to`` is the last day it is good
    for. ``taken_at`` and the position (WGS 84, millionths of a degree) were read from a picture
    before its metadata was dropped; they are what the camera said, not what is proved.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="evidence")
    title = models.CharField("tên, trích yếu", max_length=300)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày ký", null=True, blank=True)
    agency = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    signer = models.CharField("chức vụ người ký", max_length=160, blank=True)
    valid_to = models.DateField("có giá trị đến hết ngày", null=True, blank=True)

    filename = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    given_sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(null=True)
    latitude = models.IntegerField(null=True)
    longitude = models.IntegerField(null=True)

    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    search_key = models.CharField(max_length=900, editable=False)

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["place", "-at"], name="evidence_of_place"),)
        constraints = (
            models.UniqueConstraint(
                fields=["place", "given_sha256"], name="one_evidence_a_file_and_place"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def fill_key(self) -> None:
        """Set the key by which it is found, from its words."""
        words = (self.title, self.number, self.agency, self.signer, self.filename)
        self.search_key = fold(" ".join(filter(None, words)))[:900]

    @property
    def is_picture(self) -> bool:
        """Whether a browser can show it as a picture."""
        return self.kind in (FileKind.JPEG, FileKind.PNG, FileKind.WEBP)

    def is_expired(self, day: date) -> bool:
        """Whether it is no longer good on that day."""
        return self.valid_to is not None and self.valid_to < day


class EvidenceLink(models.Model):
    """What an evidence proves at a place: an indicator of a set, or a measure.

    ``year`` is the year of the numbers it proves, 0 for every year.

    ``observation`` is the entry it was attached to; a later entry of the same measure and year
    keeps the evidence.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="links")
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    set_id = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    observation = models.ForeignKey(Observation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["place", "measure"], name="evidence_of_measure"),
            models.Index(fields=["place", "set_id", "number"], name="evidence_of_indicator"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["evidence", "place", "set_id", "number", "measure", "year"],
                condition=Q(removed_at=None),
                name="one_link_a_target",
            ),
            models.CheckConstraint(
                condition=~Q(measure="", number=""), name="a_link_proves_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence} → {self.measure or self.number}"
