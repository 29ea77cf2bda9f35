"""What of a plan becomes work: its tasks, and what its roadmap and goals say beside them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dinhlang.people.joined import each_of
from dinhlang.people.models import Office
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold
from dinhlang.work import naming
from dinhlang.work.said import MOST_OFFICES, BadTask, Said, cleaned
from dinhlang.work.services.following import Followed

from . import meant
from .models import Plan
from .rendering import words
from .rendering.items import sentence

Data = dict[str, Any]

LONGEST = 3900
"""A task's text is cut here; the whole of it stays in the paper."""
VILLAGE_WORDS = (
    "khu dan cu", "to dan pho", "thon", "khu", "ban", "ap", "xom", "buon", "lang", "kdc", "khom",
)  # fmt: skip
LONGEST_LINE = 400
GOALS = ("smart-village", "model-village", "village")
"""What a village is to reach."""
OWNING_ROLES = ("lead", "advise", "deliver", "follow")
"""The roles by which an office answers for a criterion, the strongest first."""
_EMPTY = frozenset([
    "hoan", "thanh", "xong", "tien", "hanh", "trien", "khai", "thuc", "hien", "cac", "va", "cua",
    "tren", "dia", "ban", "xa",
])  # fmt: skip
"""Words that say nothing of which piece of work is meant."""
_SAME, _WHOLE = 0.8, 0.3
"""The share of a line's words that a task must say to be the same, and of the task's words."""


def bare_village(name: str) -> str:
    """A village's name folded, without thôn, khu, bản…"""
    folded = fold(" ".join(name.split()))
    for word in VILLAGE_WORDS:
        if folded.startswith(f"{word} "):
            return folded.removeprefix(f"{word} ").strip()
    return folded


@dataclass(frozen=True)
class Maker:
    """Makes tasks of one plan's data: the villages of its place, and the law it speaks of."""

    villages: Mapping[str, Unit]
    meant: meant.Meant
    origin: str
    keepers: Mapping[int, tuple[str, int]]
    """Who is charged with a criterion by the plan's own duties, and the line that says so."""
    known: tuple[str, ...] = ()
    """The offices of the place, by title."""

    @classmethod
    def of(cls, plan: Plan, data: Data) -> Maker:
        """The maker for this version of the plan."""
        rows = Unit.objects.filter(parent=plan.place, level="village", valid_to=None)
        offices = Office.objects.filter(place=plan.place, closed_on=None).order_by("title")
        number = (data.get("document") or {}).get("number")
        return cls(
            villages={bare_village(unit.name): unit for unit in rows},
            meant=meant.of_data(plan, data),
            origin=f"Kế hoạch {number}" if number else plan.title,
            keepers=_keepers(data),
            known=tuple(offices.values_list("title", flat=True)),
        )

    def task(self, item: Data) -> Followed:
        """A task of the plan."""
        deadline = item.get("deadline") or {}
        start, end = _day(deadline.get("start")), _day(deadline.get("end"))
        names = [*(item.get("places") or []), *_list(item, "lead"), *_list(item, "partners")]
        criteria = item.get("criteria") or self.named(item)
        lead, divided = self._offices(_list(item, "lead"))
        charged, at = ([], 0) if lead or len(criteria) != 1 else self._charged(criteria)
        return self._followed(
            item, criteria, start, end, charged_at=at, divided=divided, lead=lead or charged,
            partners=self._offices(_list(item, "partners"))[0],
            villages=[unit.pk for unit in self._named(names)],
        )  # fmt: skip

    def named(self, item: Data) -> list[int]:
        """The criteria that the item's own words name for certain, in the plan's set."""
        main = self.meant.main
        if main is None:
            return []
        names = naming.names_of(main, self.meant.called())
        found = naming.named(str(item.get("text") or ""), names)
        return [int(each.number) for each in found if each.sure]

    def entry(self, item: Data) -> Followed:
        """A line of the roadmap, given to whom the plan charges with the criteria it completes."""
        start, end = span_of(item)
        criteria = item.get("completes") or self.named(item)
        lead, at = self._charged(criteria)
        return self._followed(item, criteria, start, end, charged_at=at, lead=lead)

    def _charged(self, criteria: Iterable[int]) -> tuple[list[str], int]:
        """The offices that answer for these criteria, and the line of the first duty."""
        found = [self.keepers[number] for number in criteria if number in self.keepers]
        lead, _ = self._offices(list(dict.fromkeys(office for office, _ in found)))
        return lead, found[0][1] if found else 0

    def _offices(self, names: Sequence[str]) -> tuple[list[str], list[str]]:
        """Each office by itself, and the names of the paper that joined several."""
        found, divided = each_of(names, self.known)
        return [name[:300] for name in found][:MOST_OFFICES], divided

    def goal(self, item: Data, end: date | None) -> Followed:
        """A quantity, or a village that is to reach a level, of ``goals``."""
        villages = [unit.pk for unit in self._named(item["places"])]
        return self._followed(item, [], None, end, villages=villages, target=item["target"])

    def _followed(
        self, item: Data, criteria: list[int], start: date | None, end: date | None,
        charged_at: int = 0, divided: Sequence[str] = (), **more: Any,
    ) -> Followed:  # fmt: skip
        if start and end and end < start:
            start = None
        first = criteria[0] if criteria else None
        said = Said(
            text=_cut(sentence(item["text"])), start=start, end=end,
            criterion=str(first) if first is not None else "",
            criterion_set=self.set_of(first) if first is not None else "",
            **({"target": _target(criteria)} | more),
        )  # fmt: skip
        line = (item.get("lines") or [None])[0]
        at = f", dòng {line}" if line else ""
        at += f"; chủ trì theo phân công, dòng {charged_at}" if charged_at else ""
        if divided:
            at += f"; cùng chủ trì theo câu “{divided[0]}”"
        room = max(300 - len(at), 60)
        return Followed(number=str(item["id"]), said=said, text=f"{self.origin[:room]}{at}"[:300])

    def _named(self, names: Iterable[str]) -> list[Unit]:
        found = {bare_village(name) for name in names}
        return [unit for key, unit in self.villages.items() if key in found]

    def set_of(self, number: int) -> str:
        """The set whose criterion of this number is meant; empty where it is not certain."""
        return self.meant.set_of(number)


def _keepers(data: Data) -> dict[int, tuple[str, int]]:
    """By criterion the office that the duties charge with it, the strongest role first."""
    found: dict[int, tuple[str, int]] = {}
    for role in OWNING_ROLES:
        for duty in data.get("duties") or []:
            if role not in (duty.get("roles") or [duty.get("role")]) or not duty.get("office"):
                continue
            for number in duty.get("criteria") or []:
                line = (duty.get("lines") or [0])[0]
                found.setdefault(number, (duty["office"], line))
    return found


def followed(plan: Plan, data: Data) -> Iterator[Followed]:
    """Every task of the version, then the lines of its roadmap and its goals that none says.

    A goal is for the year of the plan: it ends with it.
    """
    maker = Maker.of(plan, data)
    year = plan.last_year or plan.year
    last = date(year, 12, 31) if year is not None and 1990 <= year <= 2100 else None
    for item in data.get("tasks") or []:
        yield maker.task(item)
    for item in roadmap(data):
        yield maker.entry(item)
    for item in goals(data):
        yield maker.goal(item, last)


def roadmap(data: Data) -> list[Data]:
    """The lines of the roadmap that no task says."""
    tasks = list(data.get("tasks") or [])
    return [
        item
        for item in data.get("schedule") or []
        if not any(says_the_same(item, task) for task in tasks)
    ]


def goals(data: Data) -> list[Data]:
    """What the plan tells only as quantities, or as villages to reach a level, and as no task.

    The quantities of a line are one piece of work. Each has ``id`` and ``lines`` of its item (the
    first), ``text``, ``places`` and ``target`` in words.
    """
    told = [*(data.get("tasks") or []), *(data.get("schedule") or [])]
    said = {line for item in told for line in _span(item)}
    text = (data.get("source") or {}).get("text") or []
    rows: dict[tuple[int, str], list[Data]] = {}
    for item in data.get("quantities") or []:
        if said.isdisjoint(_span(item)):
            rows.setdefault((_span(item).start, item.get("place") or ""), []).append(item)
    found = [_quantities(items, place, text) for (_, place), items in rows.items()]
    for item in data.get("villages") or []:
        level = item.get("goal") or ""
        if level in GOALS and item.get("status") == "to_reach" and said.isdisjoint(_span(item)):
            title = f"Xây dựng {item['name']} đạt {words.LEVELS[level].lower()}"
            found.append({**item, "text": title, "places": [item["name"]], "target": ""})
    return found


def _span(item: Data) -> range:
    first, last = (item.get("lines") or [0, -1])[:2]
    return range(first, last + 1)


def _quantities(items: Sequence[Data], place: str, text: Sequence[str]) -> Data:
    """The line of the paper itself where it is short: a quantity's own words lack its number."""
    line = " ".join(text[number - 1] for number in _span(items[0]) if number <= len(text))
    amounts = [f"{words.number(each['value'])} {each.get('unit') or ''}".strip() for each in items]
    told = line if line and len(line) <= LONGEST_LINE else "; ".join(i["text"] for i in items)
    return {
        **items[0], "text": told.strip().rstrip(".;,"), "places": [place] if place else [],
        "target": f"Khối lượng: {'; '.join(amounts)}"[:300],
    }  # fmt: skip


def says_the_same(entry: Data, task: Data) -> bool:
    """Whether a task of the plan is the same piece of work as a line of its roadmap."""
    ours, theirs = _words(entry["text"]), _words(task["text"])
    # A long line of several works is not said by the task of one of them, nor the other way.
    if len(ours) < 2 or len(ours & theirs) < max(_SAME * len(ours), _WHOLE * len(theirs)):
        return False
    end = _day((task.get("deadline") or {}).get("end"))
    _, last = span_of(entry)
    return end is None or last is None or (end.year, end.month) == (last.year, last.month)


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split()) - _EMPTY


def span_of(entry: Data) -> tuple[date | None, date | None]:
    """The first and last day of a line of the roadmap; its months where it names them."""
    year, _, part = str(entry.get("period") or "").partition("-")
    if not year.isdigit() or not 1990 <= int(year) <= 2100:
        return None, None
    months = [int(month) for month in entry.get("months") or []]
    if not months and part.startswith("Q") and part[1:] in ("1", "2", "3", "4"):
        months = [3 * int(part[1:]) - 2, 3 * int(part[1:])]
    elif not months and part.isdigit():
        months = [int(part)]
    months = [month for month in months if 1 <= month <= 12] or [1, 12]
    last = max(months)
    return (
        date(int(year), min(months), 1),
        date(int(year), last, monthrange(int(year), last)[1]),
    )


def _target(criteria: Sequence[int]) -> str:
    if len(criteria) < 2:
        return ""
    return "Hoàn thành các tiêu chí " + ", ".join(str(number) for number in criteria)


def _list(item: Data, name: str) -> list[str]:
    return [str(each) for each in item.get(name) or []]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


def _day(iso: str | None) -> date | None:
    """The day, where it is one that a task may have."""
    try:
        found = cleaned({"end": iso})["end"]
    except BadTask:
        return None
    return date.fromisoformat(found) if found else None
