"""Needs and sources that come from a paper: made, updated, withdrawn as its versions say.

What nobody changed here follows the newest version. Where somebody did, what the version says is
kept beside it (``offered``) until a person decides; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..models import Need, RowChange, Source, StatedTotals
from .fields import NeedSaid, SourceSaid, attribute, checked, kept, revived, said_of
from .rows import add_need, add_source, allocated, lock, told


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the paper: ``number`` is its own in the paper, ``origin`` tells people."""

    number: int
    said: NeedSaid | SourceSaid
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """The totals the paper states, đồng; balance = sources − needs."""

    needs: int | None = None
    sources: int | None = None
    balance: int | None = None
    asked_of: str = ""
    origin: str = ""


@dataclass(slots=True)
class Followed:
    """How many rows were made, updated, withdrawn, and how many now differ from the paper."""

    made: int = 0
    updated: int = 0
    withdrawn: int = 0
    differing: int = 0


def follow(
    user: User | None, place: Unit, year: int, prefix: str, needs: Sequence[Item],
    sources: Sequence[Item], stated: Stated | None = None,
) -> Followed:  # fmt: skip
    """Bring the rows of an origin (``prefix``: “plan:12”) in line with what it says now.

    Called in the transaction in which the paper is accepted, by somebody who may do that: it asks
    for no other right. Called again with the same it changes nothing.
    """
    done = Followed()
    with transaction.atomic():
        lock(place)
        for model, items in ((Need, needs), (Source, sources)):
            _follow(user, model, place, year, prefix, items, done)
        _stated(place, year, prefix, stated)
    return done


def _follow(
    user: User | None, model: type[Need] | type[Source], place: Unit, year: int, prefix: str,
    items: Sequence[Item], done: Followed,
) -> None:  # fmt: skip
    rows: Any = model.objects.select_for_update().filter(
        place=place, origin_ref__startswith=f"{prefix}:"
    )
    known = {row.origin_ref: row for row in rows}
    said = {f"{prefix}:{item.number}": item for item in items}
    for ref, item in said.items():
        row = known.get(ref)
        if row is None:
            _make(user, model, place, year, ref, item)
            done.made += 1
        elif _update(user, row, item):
            done.updated += 1
        if row is not None and row.offered:
            done.differing += 1
    for ref, row in known.items():
        if ref not in said and row.withdrawn_at is None:
            row.withdrawn_at = timezone.now()
            row.revision += 1
            row.save(update_fields=["withdrawn_at", "revision"])
            told(row, _key(row, "withdrawn"), "văn bản mới không còn", {}, user)
            done.withdrawn += 1


def _make(
    user: User | None, model: type[Need] | type[Source], place: Unit, year: int, ref: str,
    item: Item,
) -> None:  # fmt: skip
    key = uuid5(NAMESPACE_URL, f"dinhlang:{model._meta.model_name}:{ref}")
    more = {"origin_ref": ref, "origin_text": item.origin}
    # None: the right was asked for where the paper was accepted; the history still names them.
    row: Need | Source
    if isinstance(item.said, NeedSaid):
        row = add_need(None, place, year, item.said, key, **more)
    else:
        row = add_source(None, place, year, item.said, key, **more)
    if user is not None:
        type(row).objects.filter(pk=row.pk).update(by=user)
        RowChange.objects.filter(key=key).update(by=user)


def _update(user: User | None, row: Need | Source, item: Item) -> bool:
    """Take over what nobody changed here; offer the rest. Returns whether the row changed."""
    wanted = {name: kept(value) for name, value in checked(item.said, row.place).items()}
    now = {name: kept(value) for name, value in said_of(row).items()}
    pairs: dict[str, list[Any]] = {}
    offered = dict(row.offered)
    for name, value in wanted.items():
        before = row.given.get(name, now[name])
        offered.pop(name, None)
        if value == now[name]:
            row.given[name] = value
        elif value == before:
            # The paper says what it said; the change was made here and stands.
            continue
        elif now[name] == before and not _too_small(row, name, value):
            pairs[name] = [now[name], value]
            row.given[name] = value
            setattr(row, attribute(name), revived(name, value))
        else:
            offered[name] = value
    came_back = row.withdrawn_at is not None
    if not pairs and offered == row.offered and not came_back:
        return False
    row.offered, row.withdrawn_at, row.origin_text = offered, None, item.origin[:300]
    row.revision += 1
    row.at = timezone.now()
    row.save()
    # What is only offered is no change of the row: the history must not tell of one.
    told(row, _key(row, "followed"), "cập nhật theo văn bản mới", pairs, user)
    return True


def _too_small(row: Need | Source, name: str, value: Any) -> bool:
    if name != "amount" or not isinstance(row, Source) or value is None:
        return False
    return bool(value < allocated(row))


def _key(row: Need | Source, verb: str) -> UUID:
    return uuid5(row.key, f"{verb}:{row.revision}")


def _stated(place: Unit, year: int, prefix: str, stated: Stated | None) -> None:
    if stated is None or (stated.needs, stated.sources, stated.balance, stated.asked_of) == (
        None, None, None, "",
    ):  # fmt: skip
        StatedTotals.objects.filter(origin_ref=prefix).delete()
        return
    StatedTotals.objects.update_or_create(
        origin_ref=prefix,
        defaults={
            "place": place, "year": year, "origin_text": stated.origin[:300],
            "needs": stated.needs, "sources": stated.sources, "balance": stated.balance,
            "asked_of": stated.asked_of[:200], "at": timezone.now(),
        },
    )  # fmt: skip
