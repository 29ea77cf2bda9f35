"""Uploads, reviews and plans of the small country of ``tests.world``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from dinhlang.papers.plan import Plan as Paper
from dinhlang.papers.serial import to_json
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.plans import running
from dinhlang.plans.editing.draft import numbers
from dinhlang.plans.extraction import Extracted
from dinhlang.plans.models import Plan, PlanVersion, Review
from dinhlang.plans.services import plans as accepting
from dinhlang.plans.services import uploads
from dinhlang.plans.services.editing import Edit
from dinhlang.work.models import Task
from tests.plans.papers import small_plan


def reader_of(paper: Paper) -> Callable[..., Extracted]:
    """A reader that always finds this plan."""
    text = json.dumps(to_json(paper), ensure_ascii=False)

    def extract(path: Path, name: str, progress: Callable[[float, str], None]) -> Extracted:
        assert path.read_bytes()
        progress(0.5, "Đang đọc")
        return Extracted(text=text, title=paper.document.title or "", errors=1, warnings=1)

    return extract


def paper_file(name: str = "kế hoạch.txt", text: str = "KẾ HOẠCH\nnăm 2030") -> Any:
    """A file as Django hands it over."""
    return SimpleUploadedFile(name, text.encode())


def a_review(
    user: User, place: Unit, paper: Paper | None = None, plan: Plan | None = None
) -> Review:
    """An upload of the person that was read as this paper (the small plan)."""
    before = running.extract
    running.extract = reader_of(paper or small_plan())  # type: ignore[assignment]
    try:
        [review] = uploads.upload(user, place, uuid4(), [paper_file()], plan)
        uploads.run(review.pk)
    finally:
        running.extract = before
    review.refresh_from_db()
    return review


def a_plan(user: User, place: Unit, paper: Paper | None = None) -> Plan:
    """The small plan, or this one, accepted by the person."""
    return accepted(user, a_review(user, place, paper)).plan


def accepted(user: User, review: Review, plan: Plan | None = None) -> PlanVersion:
    """The version that the review becomes."""
    return accepting.accept(user, review.pk, review.revision, plan)


def an_edit(user: User, review: Review, key: UUID | None = None, seen: int | None = None) -> Edit:
    """An edit by the person who sees the review as it is."""
    revision = Review.objects.get(pk=review.pk).revision if seen is None else seen
    return Edit(user, review.pk, key or uuid4(), revision)


def number_of(review: Review, kind: str, index: int = 0) -> int:
    """The number of an item of the review as it is now."""
    return numbers(Review.objects.get(pk=review.pk).document)[kind, index]


def task_of(plan: Plan, index: int = 0) -> Task:
    """One of the tasks that the plan's own tasks have become, in their order."""
    numbers = plan.items.filter(kind="tasks").order_by("number").values_list("number", flat=True)
    return plan.tasks.get(number=numbers[index]).task
