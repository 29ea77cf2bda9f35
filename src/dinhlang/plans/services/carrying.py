"""Corrections and findings set aside of a plan's version, brought into its next version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid5

from django.utils import timezone

from dinhlang.people.models import User

from ..editing import carrying, draft
from ..editing.carrying import Carried, Step
from ..editing.draft import Data
from ..models import PlanVersion, Review, ReviewEdit


@dataclass(frozen=True, slots=True)
class Kept:
    """The document with what was brought into it: corrections done again, findings set aside."""

    data: Data
    carried: Sequence[Carried]
    silenced: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.carried or self.silenced)


def bring(version: PlanVersion, data: Data) -> Kept:
    """What people did to ``version``, done to a document just read; nothing is saved yet."""
    review = Review.objects.filter(version=version).first()
    done: Sequence[Carried] = ()
    if review is not None and review.data:
        steps = [
            Step(verb, item, before)
            for verb, item, before in review.edits.order_by("revision").values_list(
                "verb", "item", "before"
            )
        ]
        made = carrying.corrections(review.document, steps)
        data, done = carrying.carry(review.document, data, made)
        if done:
            data = draft.rechecked(data)
    old, new = draft.plan_of(version.document), draft.plan_of(data)
    silenced = carrying.silences(old.findings, old.text, version.silenced, new.findings, new.text)
    if done or silenced:
        _note(data, len(done), len(silenced))
    return Kept(data, done, silenced)


def _note(data: Data, corrected: int, aside: int) -> None:
    """Says in the notes of the paper what was kept, so that nobody wonders where it comes from."""
    parts = [
        words
        for count, words in (
            (corrected, f"{corrected} chỗ đã sửa"),
            (aside, f"{aside} điểm kiểm tra đã bỏ qua"),
        )
        if count
    ]
    source = data.get("source")
    if isinstance(source, dict):
        note = f"Giữ lại từ bản trước: {', '.join(parts)}."
        source["notes"] = [*(source.get("notes") or []), note]


def record(review: Review, kept: Kept, user: User) -> None:
    """Writes the corrections as edits of the review, so that the next version finds them too.

    ``review`` must be locked, or not yet open to anybody; its data are those of ``kept``.
    """
    review.data = json.dumps(kept.data, ensure_ascii=False)
    review.silenced = {**kept.silenced, **review.silenced}
    for each in kept.carried:
        review.revision += 1
        ReviewEdit.objects.create(
            review=review,
            key=uuid5(review.pk, f"carried {review.revision}"),
            revision=review.revision,
            verb=each.verb,
            item=each.item,
            before=each.before,
            made_by=user,
            at=timezone.now(),
        )
