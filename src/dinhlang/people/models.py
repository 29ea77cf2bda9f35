"""People, offices, grants, invitations, open sessions, and the audit log."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, nfc, sort_key

from .offices import keys_of
from .roles import Role

IN_ORDER = Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=models.F("start"))


Row = TypeVar("Row", bound=models.Model, covariant=True)


class InForce(models.QuerySet[Row]):
    """Rows with a first and a last day."""

    def on(self, day: date) -> Self:
        """Those in force on this day; both ends count, an empty end is open."""
        started = Q(start__isnull=True) | Q(start__lte=day)
        return self.filter(started, Q(end__isnull=True) | Q(end__gte=day))


class UserManager(BaseUserManager["User"]):
    """Finds people by sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person of this sign-in name. Raises ``User.DoesNotExist``."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account. People are never deleted, only switched off."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]{2,59}\Z",
                "Tên đăng nhập gồm 3 đến 60 chữ thường không dấu, chữ số, dấu chấm, gạch nối.",
            )
        ],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."},
    )
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        ordering = ("sort_key", "username")
        constraints = (
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="one_person_per_email",
                violation_error_message="Thư điện tử này đã thuộc một tài khoản khác.",
            ),
        )

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with the keys by which the person is found and put in order."""
        self.username = self.username.lower()
        self.email = self.email.lower()
        self.full_name = " ".join(nfc(self.full_name).split())
        self.search_key = fold(f"{self.full_name} {self.username} {self.email} {self.phone}")[:300]
        # In Vietnamese the given name, which comes last, decides the order.
        self.sort_key = sort_key(" ".join(reversed(self.full_name.split())))[:400]
        super().save(*args, **kwargs)


class Office(models.Model):
    """A post at a place: the title as the plans write it, held by people over time.

    ``other_names``: what papers and people also call it, one a line.
    """

    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offices")
    title = models.CharField("chức vụ", max_length=160)
    other_names = models.TextField("tên gọi khác", blank=True, default="")
    search_key = models.CharField(max_length=200, editable=False)
    closed_on = models.DateField("thôi dùng từ ngày", null=True, blank=True)

    class Meta:
        ordering = ("place_id", "title")
        constraints = (
            models.UniqueConstraint(
                fields=["place", "search_key"],
                name="one_office_per_title_and_place",
                violation_error_message="Nơi này đã có chức vụ ấy.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with the key by which two spellings of one title are known as one."""
        self.title = " ".join(nfc(self.title).split())
        self.search_key = fold(self.title)[:200]
        super().save(*args, **kwargs)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys by which work names it: its title, then its other names."""
        return keys_of(self.title, self.other_names)

    @property
    def names_also(self) -> list[str]:
        """Its other names."""
        return self.other_names.split("\n") if self.other_names else []


class OfficeHolding(models.Model):
    """A person in an office, from a day to a day (both included)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="holdings")
    start = models.DateField("từ ngày", null=True, blank=True)
    end = models.DateField("đến hết ngày", null=True, blank=True)

    place_field: ClassVar[str] = "office__place"
    objects = InForce.as_manager()

    class Meta:
        ordering = ("-start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(start__isnull=True)
                | Q(end__isnull=True)
                | Q(end__gte=models.F("start")),
                name="holding_ends_after_its_start",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.office}"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.end is not None and self.end < timezone.localdate()


class Grant(models.Model):
    """A role of a person at a place and all places below, from a day to a day (both included).

    Without a place it is a grant everywhere, which only an administrator can have.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField("vai trò", max_length=16, choices=[(r.value, r.label) for r in Role])
    place = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    start = models.DateField("từ ngày", null=True, blank=True)
    end = models.DateField("đến hết ngày", null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ("-start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(start__isnull=True)
                | Q(end__isnull=True)
                | Q(end__gte=models.F("start")),
                name="grant_ends_after_its_start",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False) | Q(role=Role.ADMIN.value),
                name="only_an_administrator_is_granted_everywhere",
                violation_error_message="Hãy chọn địa bàn cho vai trò này.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}, {self.place or 'mọi nơi'}"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.end is not None and self.end < timezone.localdate()


class Invitation(models.Model):
    """A one-time link with which a person sets a password. Only the link's digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    submission = models.UUIDField(null=True, unique=True)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="invitations_made"
    )
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"Lời mời cho {self.user}"


class OpenSession(models.Model):
    """A browser in which a person is signed in: the list from which a session can be ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    key = models.CharField(max_length=40, unique=True)
    created = models.DateTimeField()
    seen = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-seen",)

    def __str__(self) -> str:
        return f"{self.user}, {self.device}"


def _said(value: object) -> str:
    if isinstance(value, list):
        joint = " → " if len(value) == 2 else ", "
        return joint.join(_said(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(part)}" for name, part in value.items())
    return "trống" if value in (None, "") else str(value)


class AppendOnly(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raises ``TypeError``: what was written stays."""
        raise TypeError("The audit log is only ever added to.")

    def delete(self) -> NoReturn:
        """Raises ``TypeError``: what was written stays."""
        raise TypeError("The audit log is only ever added to.")


class AuditLine(models.Model):
    """One thing somebody did. Each line carries the digest of the line before it.

    ``details`` is text, not a JSON column: a database may write a JSON number another way, and
    the digest is of the very characters.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    request = models.CharField(max_length=36, db_index=True, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="audit_lines")
    user_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    target_kind = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    target_name = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="audit_lines")
    details = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("-number",)
        indexes = (models.Index(fields=["target_kind", "target_id"], name="audit_of_a_target"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.user_name} {self.verb} {self.target_name}"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The details for people to read: names and values; a change as “old → new”."""
        try:
            found = json.loads(self.details)
        except ValueError:
            # Somebody wrote into the database by hand; the page must still show the line.
            return [("chi tiết", self.details)]
        if not isinstance(found, dict):
            return [("chi tiết", self.details)]
        return [(str(name), _said(value)) for name, value in found.items()]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves a new line. Raises ``TypeError`` for one that is there already."""
        if not self._state.adding:
            raise TypeError("The audit log is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises ``TypeError``: what was written stays."""
        raise TypeError("The audit log is only ever added to.")


class AuditHead(models.Model):
    """How many lines there are and the digest of the last: one row, so that a cut end shows."""

    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.count} dòng, {self.digest[:12]}"
