"""A plan or a review as an official paper, and the sheet of its findings for the leader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.papers.writing.composing import findings as findings_sheet
from dinhlang.papers.writing.composing import plan as composing
from dinhlang.papers.writing.tree import Paper

from ..editing import draft
from ..models import PlanVersion, Review, ReviewEdit

Source = PlanVersion | Review


def plan_of(source: Source) -> PaperPlan:
    """The plan as classes."""
    return draft.plan_of(source.document)


def paper(plan: PaperPlan) -> Paper:
    """The plan as an official paper; what the office's own system gives stays open."""
    return composing.compose(plan)


def sheet(source: Source, plan: PaperPlan, day: date) -> Paper:
    """The findings that count and those set aside, with who did so and why."""
    aside = silenced(source, plan)
    known = {id(each.finding) for each in aside}
    heard = [each for each in plan.findings if id(each) not in known]
    return findings_sheet.compose(plan, heard, aside, day)


def silenced(source: Source, plan: PaperPlan) -> list[findings_sheet.Silenced]:
    """The findings set aside, each with the last person who did so."""
    reasons: Mapping[str, str] = source.silenced
    if not reasons:
        return []
    review = source.pk if isinstance(source, Review) else _review_of(source)
    edits = ReviewEdit.objects.filter(review=review, verb="silence").select_related("made_by")
    last = {edit.item: edit for edit in edits.order_by("revision")}
    found = []
    for finding in plan.findings:
        number = draft.finding_number(finding)
        if str(number) not in reasons:
            continue
        edit = last.get(number)
        found.append(
            findings_sheet.Silenced(
                finding=finding,
                who=str(edit.made_by) if edit else None,
                day=timezone.localdate(edit.at) if edit else None,
                reason=reasons[str(number)],
            )
        )
    return found


def _review_of(version: PlanVersion) -> UUID | None:
    found: UUID | None = Review.objects.filter(version=version).values_list("pk", flat=True).first()
    return found
