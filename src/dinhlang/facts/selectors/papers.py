"""Evidence: lists, what each proves, and what could be attached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dinhlang.people.access import Action, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Closure, Unit
from dinhlang.vietnamese import fold

from .. import catalogue
from ..attributes import ATTRIBUTES
from ..models import Evidence, EvidenceLink, PlaceAttribute
from . import indicators, places

SOON = timedelta(days=60)
"""A paper that ends within this time is shown as ending soon."""

STATES = {
    "": "Tất cả",
    "chua-gan": "Chưa gắn vào đâu",
    "sap-het-han": "Sắp hết hiệu lực",
    "het-han": "Đã hết hiệu lực",
    "da-bo": "Đã bỏ",
}
KINDS = {"": "Mọi loại", "anh": "Ảnh", "van-ban": "Văn bản"}
PICTURES = ("jpeg", "png", "webp")


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for among the evidence of a place."""

    text: str = ""
    state: str = ""
    kind: str = ""


def evidence(user: User, unit: Unit, sought: Sought, today: date) -> QuerySet[Evidence]:
    """The evidence of a place and of all below it that the person sees, the newest first."""
    inside = Closure.objects.filter(ancestor=unit).values("descendant")
    rows: QuerySet[Evidence] = restrict(Evidence.objects.filter(place__in=inside), user)
    rows = rows.filter(set_aside_at__isnull=sought.state != "da-bo")
    links = EvidenceLink.objects.filter(evidence=OuterRef("pk"), removed_at=None)
    match sought.state:
        case "chua-gan":
            rows = rows.filter(~Exists(links))
        case "sap-het-han":
            rows = rows.filter(valid_to__gte=today, valid_to__lte=today + SOON)
        case "het-han":
            rows = rows.filter(valid_to__lt=today)
    if sought.kind == "anh":
        rows = rows.filter(kind__in=PICTURES)
    elif sought.kind == "van-ban":
        rows = rows.exclude(kind__in=PICTURES)
    for word in fold(sought.text).split():
        rows = rows.filter(search_key__contains=word)
    used = Count("links", filter=Q(links__removed_at=None))
    return rows.select_related("place", "by").annotate(used=used).order_by("-at", "-pk")


def ending(user: User, unit: Unit, today: date) -> tuple[int, int]:
    """How many papers have ended, and how many will within 60 days."""
    rows = evidence(user, unit, Sought(), today)
    ended = rows.filter(valid_to__lt=today).count()
    return ended, rows.filter(valid_to__gte=today, valid_to__lte=today + SOON).count()


def attachable(user: User, unit: Unit, measure: str, year: int, most: int = 40) -> list[Evidence]:
    """The newest evidence of the place, or of what it belongs to, that does not prove this yet."""
    here = Closure.objects.filter(descendant=unit).values("ancestor")
    rows = restrict(Evidence.objects.filter(place__in=here, set_aside_at=None), user)
    there = EvidenceLink.objects.filter(
        evidence=OuterRef("pk"), place=unit, measure=measure, year__in=(0, year), removed_at=None
    )
    return list(rows.filter(~Exists(there)).order_by("-at", "-pk")[:most])


def proved(rows: Iterable[EvidenceLink]) -> list[dict[str, object]]:
    """What each link proves, in words."""
    measures = catalogue.known()
    found = []
    for link in rows:
        measure = measures.get(link.measure)
        if link.measure:
            what = measure.name if measure else link.measure
        else:
            about = indicators.asked(link.set_id, link.number)
            what = f"Chỉ tiêu {about.words if about else link.number}"
        when = f"năm {link.year}" if link.year else "mọi năm"
        if not link.measure:
            when = about.set_short if about else link.set_id
        found.append({"link": link, "what": what, "when": when})
    return found


def may_edit(user: User, row: Evidence) -> bool:
    """Whether the person may say what it is, and take it out."""
    return restrict(Evidence.objects.filter(pk=row.pk), user, Action.EDIT).exists()


def inherited(unit: Unit, on: date) -> dict[str, tuple[str, str]]:
    """What the place is on a day: value, and from which unit it has it (empty: its own)."""
    values = places.attributes([unit.pk], on)[unit.pk]
    own = set(
        places.known(PlaceAttribute.objects.filter(place=unit), None)
        .filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
        .values_list("name", flat=True)
    )
    above = "" if unit.parent is None else "theo cấp trên"
    return {
        name: (value, "" if name in own else above)
        for name, value in values.items()
        if name in ATTRIBUTES
    }
