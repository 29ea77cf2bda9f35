"""Questions about places: find them, walk their tree and their history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from dinhlang.vietnamese import clean_spaces, fold, nfc, tone_key

from . import gate
from .kinds import split_kind
from .models import Closure, Import, Level, SuccessionPart, Unit, UnitName, UnitQuerySet
from .succession import Arrow, Lineage, Share

VIEW, MANAGE = "view", "manage"
MOST_STEPS = 12
"""How many successions in a row are followed; nobody has seen so many."""


def find(text: str, units: UnitQuerySet | None = None) -> UnitQuerySet:
    """Units by name, in either spelling of tone marks or without diacritics, or by code.

    Also by an earlier name, with its kind (“xã Phúc Hòa”), and with what it belongs to after a
    comma (“Phúc Hòa, Tân Yên”). Best first: the same tones, the same letters, the beginning.
    """
    rows = Unit.objects.all() if units is None else units
    wanted, *above = [clean_spaces(part) for part in nfc(text).split(",")]
    for name in filter(None, above):
        holders = Closure.objects.filter(
            descendant=OuterRef("pk"), ancestor__search_key__contains=_key(name), depth__gt=0
        )
        rows = rows.filter(Exists(holders))
    if wanted.isdigit():
        by_name = Q(search_key=wanted)
        return rows.filter(Q(code=wanted) | by_name).order_by("valid_from", "sort_key")
    kind, bare = split_kind(wanted)
    if kind and bare:
        # “Khu Tân Lập” is asked for by kind and name; “Làng Mẫu” may be all name.
        full = fold(wanted)
        by_kind = Q(kind=kind) & _named(fold(bare))
        rows = rows.filter(by_kind | _named(full))
    else:
        bare = wanted
        rows = rows.filter(_named(fold(wanted)))
    return _best_first(rows, bare)


def _key(name: str) -> str:
    return fold(split_kind(name)[1])


def _named(key: str) -> Q:
    """Units that have, or had, a name with this in it."""
    earlier = UnitName.objects.filter(search_key__contains=key).values("unit")
    return Q(search_key__contains=key) | Q(pk__in=earlier)


def _best_first(rows: UnitQuerySet, name: str) -> UnitQuerySet:
    rank = Case(
        When(tone_key=tone_key(name), then=Value(0)),
        When(search_key=fold(name), then=Value(1)),
        When(search_key__startswith=fold(name), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by(
        "rank", F("valid_to").desc(nulls_first=True), "sort_key", "pk"
    )


def country() -> Unit | None:
    """The root of the tree; ``None`` before anything was entered."""
    return Unit.objects.filter(level=Level.COUNTRY).first()


def below(unit: Unit) -> QuerySet[Unit]:
    """The unit and all below it, past ones included."""
    return Unit.objects.filter(above__ancestor=unit)


def ancestors(unit: Unit) -> QuerySet[Unit]:
    """What the unit belongs to, the highest first, without itself."""
    rows = Unit.objects.filter(below__descendant=unit, below__depth__gt=0)
    return rows.order_by("-below__depth")


def villages(commune: Unit, day: date | None = None) -> UnitQuerySet:
    """The villages of a commune that exist on the day, or have no end."""
    rows = Unit.objects.filter(parent=commune, level=Level.VILLAGE)
    return rows.current() if day is None else rows.on(day)


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit at the end of a succession, with how much of it and by what."""

    unit: Unit
    whole: bool
    main: bool
    kind: str
    day: date
    basis: str


@dataclass(slots=True)
class History:
    """A unit over time. ``now`` is where it lies today, where that takes more than one step."""

    names: list[UnitName] = field(default_factory=list)
    parents: list[Any] = field(default_factory=list)
    came_from: list[Kin] = field(default_factory=list)
    became: list[Kin] = field(default_factory=list)
    now: list[Unit] = field(default_factory=list)


def history(unit: Unit, today: date | None = None) -> History:
    """Names, parents, what the unit came from and what it became, in five queries at most."""
    parts = (
        SuccessionPart.objects.filter(Q(old=unit) | Q(new=unit))
        .select_related("succession", "old__parent__parent", "new__parent__parent")
        .order_by("succession__day", "-main", "extent", "pk")
    )
    found = History(
        names=list(unit.names.all()),
        parents=list(unit.parents.select_related("parent__parent")),
    )
    for part in parts:
        forwards = part.old_id == unit.pk
        kin = Kin(
            unit=part.new if forwards else part.old,
            whole=part.extent == "whole",
            main=part.main,
            kind=part.succession.get_kind_display(),
            day=part.succession.day,
            basis=part.succession.basis,
        )
        (found.became if forwards else found.came_from).append(kin)
    _by_name(found.came_from)
    _by_name(found.became)
    if today is not None and any(not kin.unit.existed_on(today) for kin in found.became):
        shares = became(unit, today)
        ends = Unit.objects.in_bulk([share.unit for share in shares])
        found.now = [ends[share.unit] for share in shares if share.unit in ends]
    return found


def _by_name(kin: list[Kin]) -> None:
    """What went whole first, then the larger part, then by name."""
    kin.sort(key=lambda each: (each.day, not each.whole, not each.main, each.unit.sort_key))


def lineage(units: Iterable[int], *, forwards: bool = True) -> Lineage[int]:
    """The arrows that lead on from these units, step after step."""
    arrows: dict[tuple[int, int], Arrow[int]] = {}
    here = set(units)
    near, far = ("old", "new") if forwards else ("new", "old")
    for _ in range(MOST_STEPS):
        rows = SuccessionPart.objects.filter(**{f"{near}__in": here}).values_list(
            "old_id", "new_id", "succession__day", "extent", "main"
        )
        fresh = {
            (old, new): Arrow(old, new, day, extent == "whole", main)
            for old, new, day, extent, main in rows
            if (old, new) not in arrows
        }
        if not fresh:
            break
        arrows |= fresh
        here = {getattr(arrow, far) for arrow in fresh.values()}
    return Lineage(arrows.values())


def became(unit: Unit, day: date) -> list[Share[int]]:
    """The units (by number) in which the unit lies on that day, itself while it lasts."""
    return lineage([unit.pk]).became(unit.pk, day)


def came_from(unit: Unit, day: date) -> list[Share[int]]:
    """The units (by number) of that day of which the unit is made."""
    return lineage([unit.pk], forwards=False).came_from(unit.pk, day)


def successors_of_parts(unit: Unit) -> QuerySet[Unit]:
    """What the units below an ended one became: for a district, which nothing succeeded."""
    inside = Closure.objects.filter(ancestor=unit, depth__gt=0).values("descendant")
    rows = Unit.objects.filter(came_from__old__in=inside).distinct()
    return rows.select_related("parent").order_by("sort_key")


def visible(user: Any) -> UnitQuerySet:
    """The units this person may open: granted ones, all below, and their kin.

    Kin are what these belong to, what they came from and what they became: a commune's people
    look up the communes it was made of, and the province they belong to.
    """
    rows = Unit.objects.all()
    if gate.is_everywhere(user, VIEW):
        return rows
    granted = gate.allowed_places(user, VIEW).values("pk")
    above = Closure.objects.filter(descendant__in=granted).values("ancestor")
    older = SuccessionPart.objects.filter(new__in=granted).values("old")
    newer = SuccessionPart.objects.filter(old__in=granted).values("new")
    return rows.filter(Q(pk__in=granted) | Q(pk__in=above) | Q(pk__in=older) | Q(pk__in=newer))


def visible_numbers(user: Any, among: Sequence[Unit]) -> set[int]:
    """Which of these units the person may open."""
    numbers = [unit.pk for unit in among]
    return set(visible(user).filter(pk__in=numbers).values_list("pk", flat=True))


def listed(user: Any, day: date, level: str = "", text: str = "") -> UnitQuerySet:
    """The units of a day that the person may open, by level and by text, in order.

    With a text the day does not count: who looks for a place that is no more must find it.
    """
    rows = visible(user).exclude(level=Level.COUNTRY)
    if level:
        rows = rows.filter(level=level)
    rows = find(text, rows) if text.strip() else rows.on(day).order_by("sort_key", "pk")
    return rows.select_related("parent__parent")


def highest_level(user: Any, day: date) -> str:
    """The highest level below the country on which the person has a unit that day."""
    rows = Unit.objects.on(day)
    if not gate.is_everywhere(user, VIEW):
        rows = rows.filter(pk__in=gate.allowed_places(user, VIEW).values("pk"))
    there = set(rows.order_by().values_list("level", flat=True).distinct())
    order = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)
    return next((level for level in order if level in there), Level.PROVINCE)


def may_manage(user: Any, unit: Unit) -> bool:
    """Whether the person may change the unit's villages and names."""
    return gate.can(user, MANAGE, unit)


def may_import(user: Any) -> bool:
    """Whether the person may bring in lists: only who manages everything."""
    return gate.can(user, MANAGE, None)


def imports(user: Any) -> QuerySet[Import]:
    """The imports this person may see, newest first."""
    return Import.objects.all() if may_import(user) else Import.objects.none()


def day_before(day: date) -> date:
    """The last day of a period whose end is written as the first day after it."""
    return day - timedelta(days=1)
