"""The yearly plan in the words of the commune's own template."""

from __future__ import annotations

from dinhlang.papers.plan import Plan
from dinhlang.papers.writing import templates
from dinhlang.papers.writing.composing.forms import plan_values
from dinhlang.places.models import Unit

from . import office_files, selectors, stored
from .models import PaperTemplate


def template_of_plans(place: Unit) -> PaperTemplate | None:
    """The template the place uses for plans; None means ours."""
    return selectors.in_use(place, "ke-hoach")


def plan_file(template: PaperTemplate, plan: Plan, kind: str) -> bytes:
    """The plan as “docx” or “pdf”. Raises ``BadTemplate``, and ``NoPdf`` without LibreOffice."""
    with stored.template_files.open_stored(template.sha256) as held:
        filled = templates.fill(held.read(), plan_values(plan))
    return office_files.to_pdf(filled) if kind == "pdf" else filled
