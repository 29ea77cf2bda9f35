"""From an accepted review to a plan: its versions, the index of its items, its tasks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.money.services.rows import lock
from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require
from dinhlang.people.models import User
from dinhlang.vietnamese import fold, sort_key

from ..editing import comparing, draft
from ..editing.draft import Data
from ..models import (
    Outcome,
    Plan,
    PlanItem,
    PlanVersion,
    Review,
)
from ..rendering.items import sentence
from . import carrying
from .bringing import bring
from .editing import Closed, Conflict, count


def accept(user: User, review_id: UUID, seen: int, plan: Plan | None = None) -> PlanVersion:
    """Make the review a plan, or the next version of ``plan``.

    Accepted already, it gives the version it became. Raises ``AccessDenied`` without ``REVIEW``
    at the place, ``Conflict`` where somebody edited since revision ``seen``, ``Closed`` where the
    review was set aside or is not read yet.
    """
    with transaction.atomic():
        review = (
            Review.objects.select_for_update(of=("self",)).select_related("place").get(pk=review_id)
        )
        require(user, Action.REVIEW, review.place)
        before: PlanVersion | None = review.version
        if before is not None:
            return before
        if not review.is_editable:
            raise Closed
        if review.revision != seen:
            raise Conflict(
                "Văn bản vừa được sửa thêm ở một cửa sổ khác. Hãy xem lại rồi bấm nhận lần nữa."
            )
        # Before the log's end, as every service that writes numbers or money of a place does.
        lock(review.place)
        data = review.document
        if plan is None:
            plan = _create(user, review, data)
        else:
            plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
            if plan.place_id != review.place_id:
                raise AccessDenied
            data = _keep(user, plan, review, data)
        version = _add_version(user, plan, review, data)
        review.version, review.outcome, review.closed = version, Outcome.ACCEPTED, timezone.now()
        review.plan = plan
        review.save(update_fields=["version", "outcome", "closed", "plan"])
        audit.record(
            user, "nhận kế hoạch", plan, plan.place,
            {"version": version.number, "review": str(review.pk)},
        )  # fmt: skip
        return version


def _keep(user: User, plan: Plan, review: Review, data: Data) -> Data:
    """Brings in what people did to the version before, where the paper came without its plan."""
    if review.plan_id is not None or plan.current is None:
        return data
    kept = carrying.bring(plan.current, data)
    if kept:
        carrying.record(review, kept, user)
        review.save(update_fields=["data", "silenced", "revision"])
    return kept.data


def _create(user: User, review: Review, data: Data) -> Plan:
    return Plan.objects.create(
        place=review.place, title="", search_key="", created_by=user, created=timezone.now()
    )


def _add_version(user: User, plan: Plan, review: Review, data: Data) -> PlanVersion:
    last = plan.versions.last()
    if last is not None:
        old = last.document
        data = comparing.inherit(old, data, comparing.compare(old, data))
    silenced = dict(review.silenced)
    errors, warnings = count(data, silenced)
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        filename=review.filename,
        sha256=review.sha256,
        size=review.size,
        data=json.dumps(data, ensure_ascii=False),
        silenced=silenced,
        errors=errors,
        warnings=warnings,
        accepted_by=user,
        accepted_at=timezone.now(),
    )
    years = data["document"].get("years") or []
    plan.year, plan.last_year = (min(years), max(years)) if years else (None, None)
    plan.title = sentence(data["document"].get("title") or "") or review.filename
    plan.search_key = fold(f"{plan.title} {data['document'].get('number') or ''}")
    plan.sort_key = sort_key(plan.title)[:400]
    plan.current = version
    plan.save()
    index(plan, data)
    bring(user, plan, version, data)
    return version


def index(plan: Plan, data: Data) -> None:
    """Write the rows by which the plan's items are found, anew."""
    plan.items.all().delete()
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            kind=kind.code,
            number=item["id"],
            line=(item.get("lines") or [None])[0],
            title=sentence(str(item.get(kind.title) or item.get("title") or kind.name)),
            search_key=fold(" ".join(_texts(item)))[:4000],
            data={key: value for key, value in item.items() if key != "spans"},
        )
        for kind, _, item in draft.walk(data)
    )


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
