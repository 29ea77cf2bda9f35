"""Saying what a place is: its region, its group, its schools, from a day on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..attributes import ATTRIBUTES
from ..models import PlaceAttribute


class NotAnAttribute(ValueError):
    """An attribute or a value there is not; the message is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a place, from which day on, by which paper. ``key`` as in ``Entry``."""

    name: str
    value: str
    valid_from: date
    valid_to: date | None = None
    paper: str = ""
    key: UUID = field(default_factory=uuid4)


def describe_place(user: User | None, place: Unit, said: Said) -> PlaceAttribute:
    """Note an attribute of a place; what held before ends on the day the new one begins.

    Raises ``AccessDenied`` (it takes the right to decide there), ``NotAnAttribute``.
    """
    attribute = ATTRIBUTES.get(said.name)
    value = attribute.read(said.value) if attribute else None
    if attribute is None or value is None:
        raise NotAnAttribute("Giá trị không đúng. Hãy chọn trong danh sách hoặc ghi một số nguyên.")
    if said.valid_to is not None and said.valid_to <= said.valid_from:
        raise NotAnAttribute("Ngày cuối phải sau ngày đầu.")
    with transaction.atomic():
        if user is not None:
            require(user, Action.REVIEW, place)
        Unit.objects.select_for_update(no_key=True).get(pk=place.pk)
        before: PlaceAttribute | None = PlaceAttribute.objects.filter(
            key=said.key, place=place
        ).first()
        if before is not None:
            return before
        now = timezone.now()
        rows = PlaceAttribute.objects.filter(place=place, name=said.name, withdrawn_at=None)
        end = said.valid_to
        for old in rows.order_by("valid_from"):
            if old.valid_from == said.valid_from:
                old.withdrawn_by, old.withdrawn_at = user, now
                old.save(update_fields=["withdrawn_by", "withdrawn_at"])
            elif old.valid_from < said.valid_from:
                if old.valid_to is None or old.valid_to > said.valid_from:
                    old.valid_to = said.valid_from
                    old.save(update_fields=["valid_to"])
            elif end is None or old.valid_from < end:
                # What is known of a later time stays; the new one reaches to its beginning.
                end = old.valid_from
                break
        row: PlaceAttribute = PlaceAttribute.objects.create(
            key=said.key, place=place, name=said.name, value=value, valid_from=said.valid_from,
            valid_to=end, paper=" ".join(said.paper.split())[:300], by=user, at=now,
        )  # fmt: skip
        audit.record(
            user, "ghi đặc điểm địa bàn", row, place,
            {"name": said.name, "value": value, "from": said.valid_from, "to": end},
        )  # fmt: skip
        return row


def take_back(user: User, pk: int) -> PlaceAttribute:
    """Take back an attribute that was noted by mistake. Raises ``AccessDenied``."""
    with transaction.atomic():
        row: PlaceAttribute = (
            PlaceAttribute.objects.select_for_update(of=("self",))
            .select_related("place")
            .get(pk=pk)
        )
        require(user, Action.REVIEW, row.place)
        if row.withdrawn_at is None:
            row.withdrawn_by, row.withdrawn_at = user, timezone.now()
            row.save(update_fields=["withdrawn_by", "withdrawn_at"])
            audit.record(
                user, "bỏ đặc điểm địa bàn", row, row.place,
                {"name": row.name, "value": row.value, "from": row.valid_from},
            )  # fmt: skip
        return row
