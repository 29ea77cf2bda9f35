"""Corrections of a review: each saved at once, exactly once, whatever breaks in between.

An edit comes with a key of its own: sent again (a double click, a lost answer, a server killed
before or after the commit) it is answered with what it did the first time. It also names the
revision its author saw: where somebody else changed the same item since, it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User

from ..editing import draft
from ..editing.draft import Data, NoSuchItem
from ..models import Review, ReviewEdit

LONGEST_REASON = 500


class Closed(Exception):
    """The review cannot be changed any more, or not yet; the message is for the user."""

    def __init__(self) -> None:
        super().__init__("Văn bản này không còn sửa được: đã nhận thành kế hoạch, hoặc đã bỏ.")


class NoReason(ValueError):
    """A finding set aside without saying why; the message is for the user."""

    def __init__(self) -> None:
        super().__init__("Hãy ghi lý do bỏ qua: lãnh đạo đọc lý do này trước khi ký.")


class Conflict(Exception):
    """Somebody else changed the same item since; the message says who and what to do."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What an edit did: the revision after it and the number of its item.

    ``repeated`` where the same edit had been saved before and nothing was done now.
    """

    revision: int
    item: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit as sent: its own key, the revision its author saw, and who the author is."""

    user: User
    review: UUID
    key: UUID
    seen: int


Change = Callable[[Data], tuple[Data, int, dict[str, Any] | None]]


def change_item(edit: Edit, number: int, values: Mapping[str, str]) -> Saved:
    """Give an item the values typed. Raises ``Refused``, ``NoSuchItem``, ``Conflict``,
    ``Closed``, ``AccessDenied``."""

    def change(data: Data) -> tuple[Data, int, dict[str, Any]]:
        _, was = draft.part(data, number)
        return draft.changed(data, number, values), number, {"was": was}

    return _save(edit, "change", "sửa mục của kế hoạch", number, change)


def add_item(edit: Edit, code: str, values: Mapping[str, str]) -> Saved:
    """Add an item of a kind. Raises ``Refused``, ``Closed``, ``AccessDenied``."""

    def change(data: Data) -> tuple[Data, int, None]:
        after, number = draft.added(data, code, values)
        return after, number, None

    return _save(edit, "add", "thêm mục vào kế hoạch", None, change)


def drop_item(edit: Edit, number: int) -> Saved:
    """Drop an item; ``restore_item`` brings it back. Raises as ``change_item`` does."""

    def change(data: Data) -> tuple[Data, int, dict[str, Any]]:
        after, place, item = draft.dropped(data, number)
        return after, number, {"kind": place.kind.code, "index": place.index, "item": item}

    return _save(edit, "drop", "bỏ mục khỏi kế hoạch", number, change)


def restore_item(edit: Edit, number: int) -> Saved:
    """Bring a dropped item back as it was. Raises ``NoSuchItem`` where none was dropped."""

    def change(data: Data) -> tuple[Data, int, None]:
        drops = ReviewEdit.objects.filter(review=edit.review, verb="drop", item=number)
        last = drops.order_by("-revision").first()
        if last is None or not last.before:
            raise NoSuchItem
        was = last.before
        return draft.restored(data, was["kind"], was["index"], was["item"]), number, None

    return _save(edit, "restore", "khôi phục mục của kế hoạch", number, change)


def silence(edit: Edit, finding: int, reason: str) -> Saved:
    """Set a finding aside; it no longer counts, and the reason stays with it.

    Raises ``NoReason`` where none is given.
    """
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise NoReason

    def change(review: Review) -> None:
        review.silenced[str(finding)] = said

    return _mark(edit, "silence", "bỏ qua điểm kiểm tra", finding, change)


def unsilence(edit: Edit, finding: int) -> Saved:
    """Make a finding count again."""

    def change(review: Review) -> None:
        review.silenced.pop(str(finding), None)

    return _mark(edit, "speak", "tính lại điểm kiểm tra", finding, change)


def _save(edit: Edit, verb: str, told: str, number: int | None, change: Change) -> Saved:
    with transaction.atomic():
        review = _locked(edit)
        if before := _earlier(edit):
            return before
        _refuse_conflict(edit, number)
        data, item, was = change(review.document)
        data = draft.rechecked(data)
        review.data = json.dumps(data, ensure_ascii=False)
        review.title = data["document"].get("title") or ""
        _count(review, data)
        return _write(edit, review, verb, told, item, was)


def _mark(
    edit: Edit, verb: str, told: str, finding: int, change: Callable[[Review], None]
) -> Saved:
    with transaction.atomic():
        review = _locked(edit)
        if before := _earlier(edit):
            return before
        data = review.document
        known = {draft.finding_number(f) for f in draft.plan_of(data).findings}
        if finding not in known:
            raise NoSuchItem
        change(review)
        _count(review, data)
        return _write(edit, review, verb, told, finding, None)


def _locked(edit: Edit) -> Review:
    review: Review = (
        Review.objects.select_for_update(of=("self",)).select_related("place").get(pk=edit.review)
    )
    require(edit.user, Action.EDIT, review.place)
    return review


def _earlier(edit: Edit) -> Saved | None:
    found = ReviewEdit.objects.filter(review=edit.review, key=edit.key).first()
    return Saved(found.revision, found.item, repeated=True) if found else None


def _refuse_conflict(edit: Edit, number: int | None) -> None:
    since = ReviewEdit.objects.filter(
        review=edit.review, item=number or 0, revision__gt=edit.seen
    ).exclude(made_by=edit.user)
    if last := since.select_related("made_by").last():
        moment = timezone.localtime(last.at)
        raise Conflict(
            f"{last.made_by} vừa sửa mục này lúc {moment:%H:%M}. Những gì bạn gõ vẫn còn đây; "
            "hãy xem lại mục rồi lưu lần nữa nếu vẫn muốn thay."
        )


def _count(review: Review, data: Data) -> None:
    review.errors, review.warnings = count(data, review.silenced)


def count(data: Data, silenced: Mapping[str, str]) -> tuple[int, int]:
    """How many errors and warnings there are, those set aside left out."""
    heard = [
        finding.severity
        for finding in draft.plan_of(data).findings
        if str(draft.finding_number(finding)) not in silenced
    ]
    return heard.count("error"), heard.count("warning")


def _write(
    edit: Edit, review: Review, verb: str, told: str, item: int, was: dict[str, Any] | None
) -> Saved:
    if not review.is_editable:
        raise Closed
    review.revision += 1
    review.save(update_fields=["data", "title", "silenced", "errors", "warnings", "revision"])
    ReviewEdit.objects.create(
        review=review, key=edit.key, revision=review.revision, verb=verb, item=item,
        before=was, made_by=edit.user, at=timezone.now(),
    )  # fmt: skip
    audit.record(edit.user, told, review, review.place, {"item": item, "revision": review.revision})
    return Saved(review.revision, item)
