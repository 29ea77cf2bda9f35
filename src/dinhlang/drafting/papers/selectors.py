"""Questions about papers and templates of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from django.db.models import QuerySet

from dinhlang.assessment.selectors import places
from dinhlang.assessment.selectors.verdicts import ground
from dinhlang.law.sets import CriteriaSet
from dinhlang.papers.writing import templates, tree
from dinhlang.papers.writing.composing import forms
from dinhlang.people.access import Action, allowed_places, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold

from . import building, defaults, gathering, keeping, stored
from .boxes import BOXES, Box, Value
from .building import Built
from .gathering import Source
from .models import KINDS, Paper, PaperTemplate, TemplateSwitch

MOST = 200
TITLES = dict(KINDS)
WITH_SET = frozenset({"bao-cao", "ban-chi-dao", "to-trinh", "bien-ban", "danh-muc"})
"""Kinds that look at the criteria of a set."""


def papers(user: User, place: Unit) -> QuerySet[Paper]:
    """The papers of the place, the newest first; those set aside are left out."""
    rows: QuerySet[Paper] = restrict(Paper.objects.filter(place=place, set_aside_at=None), user)
    return rows.select_related("made_by", "changed_by").defer("data", "texts")


def communes(user: User, on: date, text: str = "") -> list[Unit]:
    """The communes whose papers the person may see, by name."""
    rows = Unit.objects.on(on).filter(
        level=Level.COMMUNE, pk__in=allowed_places(user, Action.VIEW).values("pk")
    )
    for word in fold(text).split():
        rows = rows.filter(search_key__contains=word)
    return list(rows.select_related("parent").order_by("sort_key", "pk")[: MOST + 1])


def sets(place: Unit, on: date) -> list[CriteriaSet]:
    """The sets a paper of the place may be about: those in force, then earlier ones."""
    here = ground(place, on)
    return [*here.in_force(), *here.others()]


def likely_set(user: User, place: Unit, on: date) -> str:
    """The set the newest plan is about, else the first in force; empty where there is none."""
    found = ground(place, on).first(places.levels(user, place, on))
    return found.id if found is not None else ""


@dataclass(frozen=True)
class View:
    """A paper as it is now, or as it was when it was finished."""

    row: Paper
    source: Source
    values: Mapping[str, Value]
    built: Built
    template: PaperTemplate | None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What may be written on it."""
        return BOXES[self.row.kind]

    @property
    def paper(self) -> tree.Paper:
        """The paper in our own layout."""
        return self.built.paper

    @cached_property
    def filled(self) -> bytes | None:
        """The commune's own template with the values; None where ours is used."""
        if self.template is None:
            return None
        with stored.template_files.open_stored(self.template.sha256) as held:
            return templates.fill(held.read(), self.built.fields)


def view(row: Paper) -> View:
    """The paper with everything it says."""
    if row.is_finished:
        kept = row.document
        paper = cast(tree.Paper, keeping.from_data(kept["paper"]))
        return View(row, kept["source"], kept["values"], Built(paper, kept["fields"]), row.template)
    source = gathering.gather(row)
    values = defaults.values(row.kind, row.on, source, row.texts)
    period = gathering.period_of_paper(row)
    built = building.build(row.kind, row.on, period, source, values)
    return View(row, source, values, built, in_use(row.place, row.kind))


# --- Templates ------------------------------------------------------------------------------------


def in_use(place: Unit, kind: str) -> PaperTemplate | None:
    """The template the place uses for the kind; None means ours."""
    rows = TemplateSwitch.objects.filter(place=place, kind=kind)
    last = rows.select_related("template").order_by("-at", "-pk").first()
    return last.template if last is not None else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind on the page of templates."""

    form: forms.Form
    used: PaperTemplate | None
    brought_in: int


def shelves(user: User, place: Unit) -> list[Shelf]:
    """Each kind with the template the place uses."""
    used: dict[str, PaperTemplate | None] = {}
    switches = restrict(TemplateSwitch.objects.filter(place=place), user)
    for switch in switches.select_related("template").order_by("at", "pk"):
        used[switch.kind] = switch.template
    counts: dict[str, int] = {}
    rows = restrict(PaperTemplate.objects.filter(place=place), user)
    for kind in rows.values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return [Shelf(form, used.get(kind), counts.get(kind, 0)) for kind, form in forms.FORMS.items()]


def history(user: User, place: Unit, kind: str) -> dict[str, Any]:
    """What was brought in for a kind, and which template was used from when on."""
    rows = restrict(PaperTemplate.objects.filter(place=place, kind=kind), user)
    switches = restrict(TemplateSwitch.objects.filter(place=place, kind=kind), user)
    return {
        "templates": list(rows.select_related("made_by")[:MOST]),
        "switches": list(switches.select_related("by", "template")[:MOST]),
    }
