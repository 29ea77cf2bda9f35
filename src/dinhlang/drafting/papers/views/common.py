"""What the views share: the commune, the paper one may see or write on, files as downloads."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from dinhlang.assessment.views.common import form_key, person
from dinhlang.papers.writing.composing import forms
from dinhlang.people.access import Action, can, restrict
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold

from ..models import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"

__all__ = ["DOCX", "PDF", "XLSX", "commune", "file_name", "form_key", "form_of", "frame",
           "paper_of", "person"]  # fmt: skip


def commune(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Unit:
    """The commune; 404 for those who may not do this there, and for any other place."""
    rows = restrict(Unit.objects.select_related("parent"), person(request), action)
    return get_object_or_404(rows, pk=pk, level=Level.COMMUNE)


def paper_of(request: HttpRequest, pk: UUID, action: Action = Action.VIEW) -> Paper:
    """The paper; 404 for those who may not do this at its place."""
    rows = Paper.objects.restrict(person(request), action)
    rows = rows.select_related("place__parent", "template", "made_by", "changed_by", "finished_by")
    return cast(Paper, get_object_or_404(rows, pk=pk))


def form_of(kind: str) -> forms.Form:
    """The form of a kind that has templates; 404 for any other word."""
    found = forms.FORMS.get(kind)
    if found is None:
        raise Http404
    return found


def frame(request: HttpRequest, unit: Unit, tab: str, **more: Any) -> dict[str, Any]:
    """What every page shows."""
    user = person(request)
    return {
        "place": "papers", "unit": unit, "tab": tab, "may_edit": can(user, Action.EDIT, unit),
        "may_decide": can(user, Action.REVIEW, unit), **more,
    }  # fmt: skip


def file_name(ending: str, *parts: str) -> str:
    """A file name from words: lower case, no diacritics, hyphens between, not too long."""
    plain = " ".join(fold(part) for part in parts if part)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:90].rstrip("-") + ending
