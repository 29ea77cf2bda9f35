"""Tasks whose words name a criterion that they do not stand under: what may be linked, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import selectors as lawbook
from dinhlang.places.models import Unit
from dinhlang.vietnamese import old_tone

from .. import naming, spoken_sets, templating
from ..models import Task
from . import serving


@dataclass(frozen=True, slots=True)
class Proposal:
    """A criterion proposed for a task, with the words that say so.

    ``sure``: they name it by number or name; else the task is only about the same thing.
    ``target`` lists all the criteria where the words name several.
    """

    task: Task
    law: CriteriaSet
    number: str
    name: str
    indicator: str
    why: str
    sure: bool
    target: str = ""

    @property
    def value(self) -> str:
        """“set|criterion|indicator|target”, as a form sends it."""
        return f"{self.law.id}|{self.number}|{self.indicator}|{self.target}"

    @property
    def words(self) -> str:
        """“Tiêu chí 2. Giao thông”."""
        return f"Tiêu chí {self.number}. {self.name}"


@dataclass(frozen=True, slots=True)
class Laws:
    """The sets that a place's tasks may stand in: those of its papers, and the place's own."""

    papers: tuple[spoken_sets.Spoken, ...]
    own: CriteriaSet | None
    known: Mapping[str, CriteriaSet]

    @classmethod
    def of(cls, place: Unit, on: date, chosen: str = "") -> Laws:
        """The sets of the place on the day; ``chosen`` is that for tasks of no paper."""
        sets = serving.main_first(place, on)
        own = next((each for each in sets if each.id == chosen), next(iter(sets), None))
        papers = tuple(spoken_sets.of_place(None, place))
        return cls(papers, own, {each.id: each for each in sets})

    def proposal(self, task: Task) -> Proposal | None:
        """What the task's words name; None where they name nothing, or what it stands under."""
        for law, names in self._for(task):
            found = self._in(task, law, names)
            if found is not None:
                return found
        return None

    def _for(self, task: Task) -> Iterable[tuple[CriteriaSet, dict[str, list[str]]]]:
        if task.criterion_set:
            law = self.known.get(task.criterion_set) or lawbook.library().sets.get(
                task.criterion_set
            )
            if law is not None:
                yield law, naming.names_of(law)
            return
        paper = next((p for p in self.papers if task.origin_ref.startswith(p.prefix)), None)
        if paper is not None:
            for name in paper.sets:
                if name in self.known:
                    law = self.known[name]
                    yield law, naming.names_of(law, paper.names)
        elif self.own is not None:
            yield self.own, naming.names_of(self.own)

    def _in(self, task: Task, law: CriteriaSet, names: Mapping[str, list[str]]) -> Proposal | None:
        if task.criterion:
            # It says a number: only the set is missing.
            name = next(iter(names.get(task.criterion, ())), "")
            if task.criterion_set or not name or not task.origin_ref:
                return None
            why = "việc đã ghi số tiêu chí"
            return Proposal(task, law, task.criterion, name, task.indicator, why, True)
        found = naming.named(task.text, names)
        sure = [each for each in found if each.sure]
        if sure:
            one = sure[0]
            several = ", ".join(each.number for each in sure) if len(sure) > 1 else ""
            target = f"Hoàn thành các tiêu chí {several}" if several and not task.target else ""
            why = f"“{_shown(one.why)}”"
            return Proposal(task, law, one.number, one.name, one.indicator, why, True, target)
        about = templating.about(task.text, law)
        if about:
            number, word = about[0]
            name = next(iter(names.get(number, ())), "")
            # Its name in the words and all it speaks of are one: no other can be meant.
            sure_enough = len(about) == 1 and [each.number for each in found] == [number]
            why = f"“{_shown(word)}”" if sure_enough else f"việc nói về “{_shown(word)}”"
            return Proposal(task, law, number, name, "", why, sure_enough)
        if found:
            one = found[0]
            return Proposal(task, law, one.number, one.name, "", f"“{_shown(one.why)}”", False)
        return None


def _shown(why: str) -> str:
    said = old_tone(why)
    return said.upper() if said.startswith("tc") else said


def unlinked(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks that may be linked: those without a criterion, or with a number of no set."""
    return rows.filter(Q(criterion="") | Q(criterion_set="")).order_by("end", "pk")


def of_task(task: Task, on: date) -> Proposal | None:
    """What the words of this one task name."""
    if task.criterion and (task.criterion_set or not task.origin_ref):
        return None
    return Laws.of(task.place, on).proposal(task)
