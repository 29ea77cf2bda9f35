"""What the accepted plans of a place say: who leads a criterion, quantities, money, their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from dinhlang.assessment.selectors.verdicts import ground
from dinhlang.papers.writing.composing.report import Period
from dinhlang.papers.writing.composing.words import LEVELS
from dinhlang.people.offices import office_key
from dinhlang.places.models import Unit
from dinhlang.plans.models import Plan, PlanTask
from dinhlang.plans.task_items import span_of
from dinhlang.vietnamese import fold

from ..periods import before, told_on

Data = dict[str, Any]


def running(place: Unit, year: int) -> list[Plan]:
    """The accepted plans that run in the year, the newest first."""
    rows = Plan.objects.filter(place=place, current__isnull=False)
    rows = rows.filter(Q(year=None) | Q(year__lte=year, last_year__gte=year))
    return list(rows.select_related("current").order_by("-year", "-pk"))


def _documents(place: Unit, year: int) -> list[Data]:
    return [plan.current.document for plan in running(place, year) if plan.current is not None]


def bases(place: Unit, on: date) -> Data:
    """The plan of the year as a base of other papers, and as something to enclose."""
    return _named(place, _documents(place, on.year))


def _named(place: Unit, documents: Iterable[Data]) -> Data:
    found = []
    for document in documents:
        head = document["document"]
        words = "Kế hoạch"
        if head.get("number"):
            words += f" số {head['number']}"
        day = head.get("date") or ""
        if len(day) == 10:
            words += f" ngày {date.fromisoformat(day):%d/%m/%Y}"
        title = head.get("title") or ""
        issuer = f"Ủy ban nhân dân {place.full_name}"
        found.append(
            f"{words} của {issuer}{' về ' + title[:1].lower() + title[1:] if title else ''}"
        )
    return {"plans": found}


def amounts(place: Unit, period: Period) -> Data:
    """Quantities and sources of money as planned, and what of the quantities was accepted.

    A quantity is accepted with the task that was made of it, or of the line it stands in; where
    there is no such task nobody knows.
    """
    quantities: list[Data] = []
    money: list[Data] = []
    plans = running(place, period.end.year)
    accepted = _accepted(plans)
    for plan in plans:
        document = plan.current.document if plan.current is not None else {}
        tasks = accepted[plan.pk]
        for each in document.get("quantities") or []:
            where = f" ({each['place']})" if each.get("place") else ""
            text = each["text"]
            quantities.append(
                {"name": f"{text[:1].upper()}{text[1:]}{where}", "unit": each.get("unit") or "",
                 "planned": each["value"], **_done(each, tasks, period)}
            )  # fmt: skip
        for each in (document.get("funding") or {}).get("sources") or []:
            if each.get("amount") is not None:
                money.append({"name": each["text"], "unit": "đồng", "planned": str(each["amount"])})
    return {"amounts": quantities, "money": money}


def _accepted(plans: Sequence[Plan]) -> dict[int, dict[int, date | None]]:
    """By plan, by line of its paper and number of an item: when its task was accepted.

    None: not yet. Numbers of items are negative, so that they are no lines.
    """
    lines = {
        plan.pk: {each.get("id"): each.get("lines") for each in _tasks_of(plan)} for plan in plans
    }
    found: dict[int, dict[int, date | None]] = {plan.pk: {} for plan in plans}
    rows = PlanTask.objects.filter(plan__in=plans)
    rows = rows.filter(task__removed_at=None, task__withdrawn_at=None).select_related("task")
    for link in rows:
        at = link.task.accepted_at
        day = timezone.localdate(at) if at is not None else None
        own = found[link.plan_id]
        own[-link.number] = day
        first, last = (lines[link.plan_id].get(link.number) or [1, 0])[:2]
        own |= dict.fromkeys(range(first, last + 1), day)
    return found


def _tasks_of(plan: Plan) -> list[Data]:
    return (plan.current.document.get("tasks") or []) if plan.current is not None else []


def _done(quantity: Data, tasks: dict[int, date | None], period: Period) -> Data:
    keys = [-(quantity.get("id") or 0), (quantity.get("lines") or [0])[0]]
    known = [tasks[key] for key in keys if key in tasks]
    if not known:
        return {"before": None, "now": None}
    day = known[0]
    return {
        name: quantity["value"] if day is not None and day <= until else "0"
        for name, until in (("before", before(period)), ("now", told_on(period)))
    }


@dataclass(slots=True)
class _Charge:
    leads: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    partners: dict[str, str] = field(default_factory=dict)
    due: str = ""

    def lead(self, name: str, weight: int) -> None:
        key = office_key(name)
        self.names.setdefault(key, name)
        self.leads[key] += weight

    def partner(self, name: str) -> None:
        self.partners.setdefault(office_key(name), name)


def charges(place: Unit, on: date) -> Data:
    """Each criterion of the plan with who leads it there: the office whose duty it is, else whose
    tasks serve it most. A criterion nobody leads comes with an empty line, to be filled.

    Numbers and names are the plan's own: those of another set would name other things. A place
    whose plans name no criteria gets those of the set that counts there, without leads.
    """
    documents = _of_one_set(_documents(place, on.year))
    found: dict[int, _Charge] = {}
    for document in documents:
        _duties(found, document.get("duties") or [])
        _tasks(found, document.get("tasks") or [])
        _roadmap(found, document.get("schedule") or [])
    rows = []
    for number, name in _criteria(documents):
        rows.append({"number": str(number), "name": name} | _row(found.get(number)))
    if not rows:
        effective = ground(place, on).first()
        rows = [
            {"number": each.number, "name": each.name} | _row(None)
            for each in (effective.criteria if effective is not None else ())
        ]
    return {"charges": rows} | programme(place, on) | _named(place, documents)


MANY = 5
"""A plan that names so many criteria is about the whole set, not about one work."""


def _of_one_set(documents: list[Data]) -> list[Data]:
    """The documents whose criteria go together, the newest plan of a whole set first.

    One number names different things in two sets: a plan by another set is left out.
    """
    found: list[Data] = []
    names: dict[int, str] = {}
    for document in sorted(documents, key=lambda each: len(_criteria([each])) < MANY):
        own = {number: fold(name) for number, name in _criteria([document])}
        if all(names.get(number, name) == name for number, name in own.items()):
            names |= own
            found.append(document)
    return found


def programme(place: Unit, on: date) -> Data:
    """The level the plans of the year are about, in words: “nông thôn mới nâng cao”."""
    levels = {level for each in _documents(place, on.year) for level in each.get("levels") or []}
    if len(levels) != 1:
        return {"programme": "nông thôn mới"}
    words: dict[str, str] = {level: said for level, said in LEVELS.items()}
    return {"programme": words.get(levels.pop(), "nông thôn mới")}


def _duties(found: dict[int, _Charge], duties: Iterable[Data]) -> None:
    for duty in duties:
        for number in duty.get("criteria") or []:
            charge = found.setdefault(number, _Charge())
            if duty.get("role") == "lead":
                charge.lead(duty["office"], 100)
            else:
                charge.partner(duty["office"])


def _tasks(found: dict[int, _Charge], tasks: Iterable[Data]) -> None:
    for task in tasks:
        for number in task.get("criteria") or []:
            charge = found.setdefault(number, _Charge())
            for name in task.get("lead") or []:
                charge.lead(name, 1)
            for name in task.get("partners") or []:
                charge.partner(name)
            charge.due = max(charge.due, (task.get("deadline") or {}).get("end") or "")


def _roadmap(found: dict[int, _Charge], entries: Iterable[Data]) -> None:
    """The line of the roadmap that completes a criterion says until when."""
    for entry in entries:
        _, end = span_of(entry)
        for number in entry.get("completes") or [] if end is not None else []:
            charge = found.setdefault(number, _Charge())
            charge.due = max(charge.due, end.isoformat() if end is not None else "")


def _row(charge: _Charge | None) -> Data:
    if charge is None:
        return {"lead": "", "partners": "", "due": ""}
    ranked = [key for key, _ in charge.leads.most_common()]
    first = ranked[0] if ranked else ""
    others = {key: charge.names[key] for key in ranked[1:]} | charge.partners
    others.pop(first, None)
    due = f"{date.fromisoformat(charge.due):%d/%m/%Y}" if len(charge.due) == 10 else ""
    return {
        "lead": charge.names.get(first, ""),
        "partners": "; ".join(others.values()),
        "due": due,
    }


def _criteria(documents: Iterable[Data]) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for document in documents:
        for each in document.get("criteria") or []:
            if each.get("number"):
                found.setdefault(each["number"], each["name"])
    return sorted(found.items())
