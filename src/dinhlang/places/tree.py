"""The closure of the tree: kept right by whoever changes a parent, rebuilt by one command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from .models import Closure, Unit

BATCH = 2000


def add(units: Iterable[Unit]) -> int:
    """Write the rows of units that have none yet, parents before children or among them.

    Returns how many rows were written. Parents that are not given must have their rows already.
    """
    new = {unit.pk: unit.parent_id for unit in units}
    outside = {parent for parent in new.values() if parent is not None} - new.keys()
    above: dict[int, list[int]] = {parent: [] for parent in outside}
    known = Closure.objects.filter(descendant__in=outside).order_by("depth")
    if len(outside) > BATCH:
        known = Closure.objects.order_by("depth")
    for ancestor, descendant in known.values_list("ancestor_id", "descendant_id"):
        if descendant in above:
            above[descendant].append(ancestor)
    rows = []
    for pk in new:
        for depth, ancestor in enumerate(_chain(pk, new, above)):
            rows.append(Closure(ancestor_id=ancestor, descendant_id=pk, depth=depth))
    Closure.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _chain(pk: int, parents: Mapping[int, int | None], above: dict[int, list[int]]) -> list[int]:
    """The unit itself, its parent, and so on up."""
    chain: list[int] = []
    here: int | None = pk
    while here is not None and here in parents:
        chain.append(here)
        here = parents[here]
        if here in chain:
            raise ValueError("a unit cannot stand below itself")
    return chain if here is None else chain + above[here]


def move(unit: Unit) -> None:
    """Write anew what stands above a unit and above all below it, after its parent changed."""
    below = list(Closure.objects.filter(ancestor=unit).values_list("descendant_id", flat=True)) or [
        unit.pk
    ]
    Closure.objects.filter(descendant__in=below).exclude(ancestor__in=below).delete()
    if unit.parent_id is None:
        return
    depths = dict(Closure.objects.filter(ancestor=unit).values_list("descendant_id", "depth"))
    above = Closure.objects.filter(descendant=unit.parent_id).values_list("ancestor_id", "depth")
    rows = [
        Closure(ancestor_id=ancestor, descendant_id=pk, depth=high + 1 + deep)
        for ancestor, high in above
        for pk, deep in depths.items()
    ]
    Closure.objects.bulk_create(rows, batch_size=BATCH)


def rebuild() -> int:
    """Write the whole closure from the parents; returns how many rows it has."""
    with transaction.atomic():
        Closure.objects.all().delete()
        return add(Unit.objects.only("pk", "parent_id"))


def is_right() -> bool:
    """Whether the closure says exactly what the parents say."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    wanted = {
        (ancestor, pk, depth)
        for pk in parents
        for depth, ancestor in enumerate(_chain(pk, parents, {}))
    }
    found = set(Closure.objects.values_list("ancestor_id", "descendant_id", "depth"))
    return wanted == found
