"""Templates of work: the steps that a criterion or a kind of work usually needs, and their days.

A template is about something (roads, clean water); under which criterion of a set that stands is
found by the names of the set, so that sets loaded later have their templates too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml

from dinhlang.law.sets import CriteriaSet
from dinhlang.vietnamese import old_tone

from . import naming

SET = "qd-318-2022/xa-ntm"
"""The set whose numbers our templates of criteria have."""
MOST_STEPS = 60
DOSSIER, SATISFACTION = "ho-so-minh-chung", "y-kien-hai-long"
"""The kinds offered for any criterion, and for one that asks what people think."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: it ends ``before`` days before the goal, takes ``days`` and comes after the steps
    with these numbers (from 1). ``lead`` is a word by which the office is usually called.
    """

    text: str
    product: str = ""
    lead: str = ""
    before: int = 0
    days: int = 1
    after: tuple[int, ...] = ()

    def span(self, goal: date) -> tuple[date, date]:
        """Its first and last day; an end on a weekend moves to the Friday before."""
        end = goal - timedelta(days=self.before)
        end -= timedelta(days=max(0, end.isoweekday() - 5))
        return end - timedelta(days=max(self.days, 1) - 1), end


@dataclass(frozen=True, slots=True)
class Template:
    """A template: ``code`` names it in addresses.

    ``criterion`` is the number in ``criterion_set`` for which it was written or kept, empty for a
    general kind. ``about`` holds rows of phrases, the first row that fits a set counts; ``words``
    are what indicators and tasks of this kind say.
    """

    code: str
    name: str
    steps: tuple[Step, ...]
    criterion: str = ""
    criterion_set: str = ""
    about: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_kind(self) -> bool:
        """Whether it is a kind of work that many criteria need."""
        return not self.criterion and (not self.about or self.code == SATISFACTION)

    @property
    def length(self) -> int:
        """Days from the start of the first step to the goal."""
        return max((step.before + step.days for step in self.steps), default=0)


@dataclass(frozen=True, slots=True)
class Shift:
    """What becomes of the days where the first step should have begun before today.

    ``goal`` is the goal from which the days count for the chain to begin today or on the next
    days that leave its ends on weekdays; ``first`` and ``last`` are its days then, ``days`` how
    much later than asked it ends. Kept as asked, ``past`` steps end before today, the first of
    them ``late`` days ago.
    """

    goal: date
    first: date
    last: date
    days: int
    past: int
    late: int


def shift(template: Template, goal: date, today: date) -> Shift | None:
    """How the days would move for the first step to begin today; None where none is past."""

    def first(of: date) -> date:
        return min((step.span(of)[0] for step in template.steps), default=today)

    if first(goal) >= today:
        return None
    later = goal
    # An end on a weekend moves back: the first step may still begin a day or two too soon.
    while first(later) < today:
        later += max(today - first(later), timedelta(1))
    last = max(step.span(later)[1] for step in template.steps)
    ends = [(today - step.span(goal)[1]).days for step in template.steps]
    past = [days for days in ends if days > 0]
    return Shift(later, first(later), last, (last - goal).days, len(past), max(past, default=0))


def steps_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Steps from their plain form. Raises ``ValueError`` where one comes after itself or later."""
    found = []
    for at, row in enumerate(rows, 1):
        step = Step(**{**row, "after": tuple(row.get("after") or ())})
        if not step.text or any(not 1 <= each < at for each in step.after):
            raise ValueError(f"step {at}: {step.text}")
        found.append(step)
    return tuple(found)


def plain(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as JSON keeps them."""
    return [{**asdict(step), "after": list(step.after)} for step in steps]


@cache
def ours() -> dict[str, Template]:
    """The templates that come with the program, by code: general kinds first."""
    found: dict[str, Template] = {}
    folder = resources.files("dinhlang.work") / "templates_data"
    for name in ("kinds.yaml", "subjects.yaml"):
        for row in yaml.safe_load((folder / name).read_text("utf-8")):
            criterion = row.get("criterion", "")
            found[row["id"]] = Template(
                row["id"], row["name"], steps_of(row["steps"]), criterion,
                SET if criterion else "",
                tuple(tuple(map(naming.bare, each)) for each in row.get("about") or ()),
                tuple(map(naming.bare, row.get("words") or ())),
            )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Offered:
    """The templates offered for a criterion of a set; ``general`` where only those of any."""

    number: str
    name: str
    templates: tuple[Template, ...]
    general: bool = False


def offered(law: CriteriaSet) -> list[Offered]:
    """For each criterion of the set, in its order, the templates by what they are about.

    A criterion that none is about has the dossier of evidence, which every criterion needs.
    """
    found: dict[str, list[Template]] = {each.number: [] for each in law.criteria}
    for template in ours().values():
        for number in served_by(template, law):
            found[number].append(template)
    dossier = (ours()[DOSSIER],)
    return [
        Offered(each.number, each.name, tuple(found[each.number]) or dossier,
                not found[each.number])
        for each in law.criteria
    ]  # fmt: skip


def for_criterion(law: CriteriaSet, number: str) -> tuple[Template, ...]:
    """The templates offered for one criterion of the set; empty where it has no such criterion."""
    return next((each.templates for each in offered(law) if each.number == number), ())


def served_by(template: Template, law: CriteriaSet) -> list[str]:
    """The numbers of the set's criteria that the template is about, in the set's order."""
    if not template.about:
        return []
    names = {each.number: naming.bare(each.name) for each in law.criteria}
    for phrases in ((naming.bare(template.name),), *template.about):
        # A criterion called just so comes before those that only name it among others.
        same = [number for number, name in names.items() if name in phrases]
        fitting = [n for n, name in names.items() if any(naming.holds(name, p) for p in phrases)]
        if same or fitting:
            return fitting if len(phrases) > 1 else same or fitting
    return [
        each.number
        for each in law.criteria
        if any(
            naming.holds(naming.bare(one.name), word)
            for one in each.indicators
            for word in template.words
        )
    ]


def task_text(template: Template, law: CriteriaSet | None, number: str) -> str:
    """What a task made of the template is called, with the criterion that it is for."""
    own = next((each for each in law.criteria if each.number == number), None) if law else None
    if own is None:
        return template.name
    called = f"Tiêu chí {own.number}. {own.name}"
    if naming.bare(own.name) == naming.bare(template.name):
        return called
    if template.code == DOSSIER:
        return f"Lập hồ sơ minh chứng tiêu chí {own.number}. {own.name}"
    return f"{called}: {template.name}" if template.about else template.name


def about(text: str, law: CriteriaSet) -> list[tuple[str, str]]:
    """Numbers of the criteria a task may serve by what it says, each with the telling words."""
    said, found = naming.bare(text), dict[str, str]()
    for template in ours().values():
        word = next((each for each in template.words if _is_said(said, each)), "")
        if not word:
            continue
        by_indicator = [
            each.number
            for each in law.criteria
            if any(naming.holds(naming.bare(one.name), word) for one in each.indicators)
        ]
        for number in by_indicator[:1] or served_by(template, law):
            found.setdefault(number, old_tone(word))
    return list(found.items())


def _is_said(said: str, word: str) -> bool:
    """Whether the phrase stands there other than as the place where it is done."""
    found = f" {said} ".split(f" {word} ")[:-1]
    return any(not part.endswith((" tại", " ở")) for part in found)
