"""What the accepted plans of a place say: who leads a criterion, quantities, money, their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from dinhlang.assessment.selectors.verdicts import ground
from dinhlang.papers.writing.composing.words import LEVELS
from dinhlang.people.offices import office_key
from dinhlang.places.models import Unit
from dinhlang.plans.models import Plan
from dinhlang.vietnamese import format_money

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
    found = []
    for document in _documents(place, on.year):
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


def amounts(place: Unit, year: int) -> Data:
    """Quantities and sources of money as planned; what is done of them nobody has told yet."""
    quantities: list[Data] = []
    money: list[Data] = []
    for document in _documents(place, year):
        for each in document.get("quantities") or []:
            where = f" ({each['place']})" if each.get("place") else ""
            quantities.append(
                {"name": f"{each['text']}{where}", "unit": each.get("unit") or "",
                 "planned": each["value"]}
            )  # fmt: skip
        for each in (document.get("funding") or {}).get("sources") or []:
            if each.get("amount") is not None:
                money.append({"name": each["text"], "unit": "đồng", "planned": str(each["amount"])})
    return {"amounts": quantities, "money": money}


def money_words(place: Unit, on: date) -> Data:
    """The need, the sources and what lacks, in words; empty where no plan gives sums."""
    needs = sources = 0
    for document in _documents(place, on.year):
        funding = document.get("funding") or {}
        needs += sum(each["amount"] for each in funding.get("needs") or [])
        sources += sum(each.get("amount") or 0 for each in funding.get("sources") or [])
    if not needs:
        return {"need": "", "lack": ""}
    words = f"Nhu cầu kinh phí theo kế hoạch năm {on.year} là {format_money(needs)}"
    words += f", nguồn vốn đã xác định {format_money(sources)}" if sources else ""
    lack = format_money(needs - sources) if needs > sources else ""
    return {"need": f"{words}, còn thiếu {lack}" if lack else words, "lack": lack}


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
    documents = _documents(place, on.year)
    found: dict[int, _Charge] = {}
    for document in documents:
        _duties(found, document.get("duties") or [])
        _tasks(found, document.get("tasks") or [])
    rows = []
    for number, name in _criteria(documents):
        rows.append({"number": str(number), "name": name} | _row(found.get(number)))
    if not rows:
        effective = ground(place, on).first()
        rows = [
            {"number": each.number, "name": each.name} | _row(None)
            for each in (effective.criteria if effective is not None else ())
        ]
    return {"charges": rows} | programme(place, on) | bases(place, on)


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
