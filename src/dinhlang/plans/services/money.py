"""From an accepted plan to the room of money: its needs, its sources, the totals it states."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from dinhlang.money import recognising
from dinhlang.money.services.fields import NeedSaid, SourceSaid
from dinhlang.money.services.following import Followed, Item, Stated, follow
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import clean_spaces, fold

from ..editing.draft import Data
from ..models import Plan, PlanVersion

_AUCTION = re.compile(r"dau gia")
_LINES_BELOW = 4
"""How far below the balance the paper says to whom the shortage is put."""


def follow_money(user: User, plan: Plan, version: PlanVersion, data: Data) -> Followed:
    """Bring the place's needs and sources in line with the plan's current version.

    Rows are known by the plan and the number of the item; what people changed there stays.
    """
    funding = data.get("funding") or {}
    name = f"{plan.title} (phiên bản {version.number})"
    year = plan.year or timezone.localdate().year
    needs = [Item(each["id"], _need(plan.place, data, each), _origin(name, each))
             for each in funding.get("needs") or []]  # fmt: skip
    sources = [Item(each["id"], _source(data, each), _origin(name, each))
               for each in funding.get("sources") or []]  # fmt: skip
    stated = funding.get("stated") or {}
    totals = Stated(
        stated.get("needs"), stated.get("sources"), stated.get("balance"),
        _asked_of(data, stated), name,
    )  # fmt: skip
    return follow(user, plan.place, year, f"plan:{plan.pk}", needs, sources, totals)


def _origin(name: str, item: Data) -> str:
    first = (item.get("lines") or [None])[0]
    return f"{name}, dòng {first}" if first else name


def _need(place: Unit, data: Data, item: Data) -> NeedSaid:
    text = clean_spaces(item["text"])[:500]
    criterion = item.get("criterion")
    return NeedSaid(
        text=text[:1].upper() + text[1:],
        amount=item["amount"],
        criterion=str(criterion or ""),
        criterion_name=_name_of(data, criterion)[:300],
        due=_due(data, criterion) if criterion else None,
        is_works=recognising.is_works(text),
        village=_village(place, text),
    )


def _name_of(data: Data, number: int | None) -> str:
    """What the plan calls a criterion; empty where it does not name it."""
    names = [each["name"] for each in data.get("criteria") or [] if each.get("number") == number]
    return clean_spaces(names[0]) if number and names and names[0] else ""


def _source(data: Data, item: Data) -> SourceSaid:
    amount = item.get("amount")
    # The item's own words leave out brackets and shares; the line of the paper has them.
    line = _words(data, item)
    said = recognising.recognise(
        line or item["text"], amount=amount, conditional=bool(item.get("conditional"))
    )
    return SourceSaid(
        text=clean_spaces(item["text"])[:500],
        kind=recognising.kind_of(item["text"]) if said.kind != "land" else said.kind,
        amount=amount,
        share_percent=said.percent,
        share_of=said.whole,
        condition=said.condition,
        condition_is_work=said.is_work,
        expected=_auction(data) if said.is_work else None,
    )


def _words(data: Data, item: Data) -> str:
    """The text of the paper that the item was read from: its part of the lines, to the stop."""
    lines = (data.get("source") or {}).get("text") or []
    parts = []
    for line, start, end in item.get("spans") or []:
        if 0 < line <= len(lines):
            stop = re.search(r"[;.](?=\s|$)", lines[line - 1][end:])
            parts.append(lines[line - 1][start : end + stop.start() if stop else None])
    return clean_spaces(" ".join(parts))


def _due(data: Data, criterion: int) -> date | None:
    """The day the roadmap gives a criterion, else the last day of the tasks that serve it."""
    entries = data.get("schedule") or []
    found = [_end_of(each) for each in entries if criterion in (each.get("completes") or [])]
    if not any(found):
        tasks = [t for t in data.get("tasks") or [] if criterion in (t.get("criteria") or [])]
        found = [_day((task.get("deadline") or {}).get("end")) for task in tasks]
    return max((day for day in found if day), default=None)


def _auction(data: Data) -> date | None:
    """The day by which the roadmap has the auction of land over."""
    entries: Sequence[Data] = data.get("schedule") or []
    found = [_end_of(each) for each in entries if _AUCTION.search(fold(each["text"]))]
    found += [
        _day((task.get("deadline") or {}).get("end"))
        for task in data.get("tasks") or []
        if _AUCTION.search(fold(task["text"]))
    ]
    return min((day for day in found if day), default=None)


def _end_of(entry: Data) -> date | None:
    """The last day of a line of the roadmap: of its last month, else of its period."""
    match = re.fullmatch(r"(\d{4})(?:-Q([1-4])|-(\d{2}))?", entry.get("period") or "")
    if match is None:
        return None
    year = int(match[1])
    month = int(match[2]) * 3 if match[2] else int(match[3] or 12)
    month = max(entry.get("months") or [month])
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _day(iso: Any) -> date | None:
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def _village(place: Unit, text: str) -> int | None:
    """The village the words name, where they name just one."""
    words = f" {fold(text)} "
    units = Unit.objects.filter(parent=place, level=Level.VILLAGE, valid_to=None)
    found = [unit.pk for unit in units if f" {fold(unit.full_name)} " in words]
    return found[0] if len(found) == 1 else None


def _asked_of(data: Data, stated: Data) -> str:
    """To whom the paper puts the shortage, from the lines about the balance and below them."""
    lines = (data.get("source") or {}).get("text") or []
    at = stated.get("balance_lines")
    if not at:
        return ""
    return recognising.asked_of(" ".join(lines[at[0] - 1 : at[1] + _LINES_BELOW]))
