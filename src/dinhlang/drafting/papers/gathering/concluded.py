"""What meetings concluded, for the notice of it: finished minutes, and meetings that are closed.

The room of meetings stands above this one; it offers what it has through ``offer``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold

from ..models import Paper

Data = dict[str, Any]
MOST = 12
"""Meetings to choose from, the latest first."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """A meeting that is over: ``code`` names it, rows of ``resolutions`` as the box has them."""

    code: str
    title: str
    held: date
    chair: str = ""
    resolutions: list[dict[str, str]] = field(default_factory=list)


Source = Callable[[Unit, date], list[Concluded]]
_sources: list[Source] = []


def offer(source: Source) -> None:
    """Let the notice choose among these too; offered twice it counts once."""
    if source not in _sources:
        _sources.append(source)


def of(paper: Paper) -> Data:
    """The meetings to choose from, and what the chosen one concluded: the latest, unless said.

    Everything is empty where no meeting of the place is over on the paper's day.
    """
    found = _all(paper)
    if not found:
        return {"minutes": "", "resolutions": [], "meetings": [], "meeting": ""}
    wanted = paper.texts.get("meeting", "")
    chosen = next((each for each in found if each.code == wanted), found[0])
    return {
        "minutes": chosen.title,
        "chair": chosen.chair,
        "held": f"{chosen.held:%d/%m/%Y}",
        "resolutions": chosen.resolutions,
        "meetings": [[each.code, f"{each.title}, ngày {each.held:%d/%m/%Y}"] for each in found],
        "meeting": chosen.code,
    }


def _all(paper: Paper) -> list[Concluded]:
    """The latest first. Minutes that were finished here stand for the meeting they are of."""
    rows = Paper.objects.filter(
        place=paper.place, kind="bien-ban", finished_at__isnull=False, on__lte=paper.on
    )
    found = [_minutes(row) for row in rows.order_by("-on", "-finished_at")[:MOST]]
    seen = {(each.held, fold(each.title)) for each in found}
    for source in _sources:
        for each in source(paper.place, paper.on):
            if (each.held, fold(each.title)) not in seen:
                found.append(each)
    return sorted(found, key=lambda each: -each.held.toordinal())[:MOST]


def _minutes(row: Paper) -> Concluded:
    values = row.document["values"]
    return Concluded(
        code=f"bb:{row.pk}", title=row.about, held=row.on, chair=values.get("chair", ""),
        resolutions=values.get("resolutions", []),
    )  # fmt: skip
