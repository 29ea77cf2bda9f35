"""Where a task of a plan comes from: its line of the paper."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dinhlang.people.models import User
from dinhlang.work import origins

from .models import Plan

SCHEME = "plan"


def _parts(ref: str) -> tuple[int, int] | None:
    try:
        _, plan, item = ref.split(":")
        return int(plan), int(item)
    except ValueError:
        return None


def address(ref: str) -> str:
    """The item's line in the plan's paper."""
    parts = _parts(ref)
    return f"{reverse('plans:paper', args=[parts[0]])}#m{parts[1]}" if parts else ""


def find(ref: str, user: User) -> origins.Source | None:
    """The plan and what it says of the item; only the title for who may not see the plan."""
    parts = _parts(ref)
    if parts is None:
        return None
    plan = Plan.objects.select_related("place", "current").filter(pk=parts[0]).first()
    if plan is None:
        return None
    sees = Plan.objects.restrict(user).filter(pk=plan.pk).exists()
    title = f"{plan.title}, {plan.place}"
    item = _item(plan, parts[1])
    return origins.Source(
        title=title,
        address=address(ref) if sees else "",
        facts=_facts(item),
        lines=_lines(plan, item),
    )


def _item(plan: Plan, number: int) -> dict[str, Any]:
    """The item as the current version has it; empty where it has it no more."""
    if plan.current is None:
        return {}
    document = plan.current.document
    for kind in ("tasks", "schedule", "quantities", "villages"):
        for item in document.get(kind) or []:
            if item["id"] == number:
                found: dict[str, Any] = item
                return found
    return {}


def _facts(item: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    if words := (item.get("deadline") or {}).get("text"):
        found.append(("Thời hạn", words))
    if places := item.get("places"):
        found.append(("Địa bàn", ", ".join(places)))
    if criteria := item.get("criteria") or item.get("completes"):
        found.append(("Tiêu chí", ", ".join(str(each) for each in criteria)))
    return found


def _lines(plan: Plan, item: dict[str, Any]) -> list[tuple[int, str]]:
    if plan.current is None or not item:
        return []
    text = plan.current.document["source"]["text"]
    first, last = item["lines"]
    return [(n, text[n - 1]) for n in range(first, min(last, len(text)) + 1) if text[n - 1].strip()]


def register() -> None:
    """Called when the app is ready."""
    origins.register(SCHEME, address, find)
