"""Who is told of what and when: rules, notices, and what goes out by e-mail and webhook."""

from __future__ import annotations

import uuid
from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from dinhlang.people.access import RestrictedQuerySet
from dinhlang.places.models import Unit

from .commitments import Commitment
from .tasks import Task

USER = settings.AUTH_USER_MODEL


class ReminderRule(models.Model):
    """When a place's tasks are spoken of, and to whom; a place without a row has the defaults.

    ``before`` are days before the end, the largest first; ``after_every`` is in days (0: never);
    ``escalate_after`` is how many days late a task goes to the leaders (None: never).
    """

    place = models.OneToOneField(Unit, models.PROTECT, related_name="reminder_rule")
    is_on = models.BooleanField(default=True)
    before = models.JSONField(default=list)
    on_day = models.BooleanField(default=True)
    after_every = models.PositiveSmallIntegerField(default=3)
    to_partners = models.BooleanField(default=False)
    to_villages = models.BooleanField(default=True)
    escalate_after = models.PositiveSmallIntegerField(null=True, default=7)
    revision = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    objects = RestrictedQuerySet.as_manager()
    place_field = "place"

    def __str__(self) -> str:
        return f"Nhắc việc của {self.place}"


class ReminderSettings(models.Model):
    """How a person wants to be told; who never chose has the defaults.

    Nothing is sent from ``quiet_from`` to ``quiet_to`` (Vietnam's time; equal: no quiet hours).
    """

    user = models.OneToOneField(USER, models.PROTECT, related_name="reminder_settings")
    by_email = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=time(21, 0))
    quiet_to = models.TimeField(default=time(6, 30))
    digest_at = models.TimeField(default=time(7, 0))
    changed = models.DateTimeField()

    def __str__(self) -> str:
        return f"Cách nhắc {self.user}"


class NoticeKind(models.TextChoices):
    """What a notice is about; the later ones weigh more where several would come at once."""

    NEWS = "news", "Tin"
    BEFORE = "before", "Sắp đến hạn"
    ACCEPT = "accept", "Chờ nghiệm thu"
    ON_DAY = "on-day", "Đến hạn hôm nay"
    LATE = "late", "Quá hạn"
    ESCALATED = "escalated", "Báo lãnh đạo"


class Notice(models.Model):
    """One thing one person is told in the program. ``key`` makes it come once.

    ``day`` is the day it is for; ``address`` a path of the site for what is neither a task nor a
    commitment. ``mailed`` is the message by which it also went out.
    """

    key = models.CharField(max_length=160, unique=True)
    user = models.ForeignKey(USER, models.PROTECT, related_name="notices")
    place = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=9, choices=NoticeKind.choices)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="notices")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="notices")
    text = models.CharField(max_length=400)
    address = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed = models.ForeignKey("Delivery", models.PROTECT, null=True, related_name="notices")

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["user", "-at"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="unread_notices"),
            models.Index(fields=["place", "-at"], name="notices_of_a_place"),
            models.Index(fields=["user", "day"], condition=Q(mailed=None), name="unmailed_notices"),
        )

    def __str__(self) -> str:
        return self.text


class Webhook(models.Model):
    """An address of another program that is told what happens at a place.

    ``number`` is one half of its secret, the site's key the other: this table alone opens nothing.
    ``failures`` counts attempts in a row that failed; too many stop it, ``stopped_why`` says why.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.UUIDField(default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=400)
    events = models.JSONField(default=list)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    seen_until = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    last_sent = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True)

    objects = RestrictedQuerySet.as_manager()
    place_field = "place"

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.address


class DeliveryState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    LAPSED = "lapsed", "Quá hạn gửi"


class Delivery(models.Model):
    """One message on its way out of the program: an e-mail to a person or a call of a webhook.

    ``key`` is what the other side knows a repeat by. Whoever moves ``state`` to SENDING until
    ``lease_until`` has claimed it, by ``claim``; a claim that runs out may be taken over.
    """

    class Channel(models.TextChoices):
        """How it goes."""

        EMAIL = "email", "Thư điện tử"
        WEBHOOK = "webhook", "Webhook"

    key = models.CharField(max_length=160, unique=True)
    channel = models.CharField(max_length=7, choices=Channel.choices)
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="deliveries")
    hook = models.ForeignKey(Webhook, models.PROTECT, null=True, related_name="deliveries")
    content = models.JSONField()
    created = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=7, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-created", "-pk")
        indexes = (
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="deliveries_to_make",
            ),
            models.Index(fields=["hook", "-created"], name="deliveries_of_a_hook"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(channel="email", user__isnull=False)
                | Q(channel="webhook", hook__isnull=False),
                name="a_delivery_has_somebody_to_go_to",
            ),
        )

    def __str__(self) -> str:
        return self.key


class Turn(models.Model):
    """Regular work and when it is due; whoever moves ``at`` has taken the turn."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"
