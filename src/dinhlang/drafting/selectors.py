"""Drafts as pages, as plans, as papers; and what one may begin with."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dinhlang.assessment.selectors import verdicts
from dinhlang.law.library import Law
from dinhlang.law.sets import CriteriaSet, SetLevel
from dinhlang.law.verdicts import SetVerdict, State
from dinhlang.papers import drafting, drafting_model
from dinhlang.papers.checking import check
from dinhlang.papers.drafting import Proposal, UsualStep, Wish
from dinhlang.papers.plan import Finding, Source
from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing import plan as composing
from dinhlang.papers.writing.composing.findings import left_blank
from dinhlang.papers.writing.composing.words import LEVELS
from dinhlang.papers.writing.word import to_docx
from dinhlang.people.access import Action, allowed_places
from dinhlang.people.models import Office, User
from dinhlang.places.models import Level, Unit
from dinhlang.plans.editing.draft import plan_of as plan_from
from dinhlang.plans.models import PlanVersion
from dinhlang.plans.rendering.written import Written, file_name
from dinhlang.vietnamese import format_money

from . import fields, parts
from .models import Draft, Kind
from .parts import Line

MOST_PLACES = 60
NEXT_YEAR_FROM = 9
"""The month from which one plans for the next year."""


def communes(user: User) -> list[Unit]:
    """The communes where the person may draft a plan, at most ``MOST_PLACES``."""
    found = allowed_places(user, Action.EDIT).filter(level=Level.COMMUNE, valid_to=None)
    return list(found.order_by("sort_key")[:MOST_PLACES])


def drafts(user: User, place: Unit) -> list[Draft]:
    """The drafts of a place, the last changed first."""
    rows = Draft.objects.restrict(user, Action.EDIT).filter(place=place)
    return list(rows.select_related("created_by", "changed_by", "review"))


# --- Beginning -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A criterion to choose: its state now and whether it is proposed to be reached."""

    number: str
    name: str
    state: State
    open_indicators: int

    @property
    def is_proposed(self) -> bool:
        """Whether it is not met, or not known to be."""
        return self.state in (State.NOT_MET, State.UNKNOWN)


@dataclass(slots=True)
class Beginning:
    """What one may begin with at a place: sets, last plans, and the criteria of the set chosen."""

    on: date
    year: int
    until: date
    sets: list[CriteriaSet]
    others: list[CriteriaSet]
    chosen: CriteriaSet | None
    choices: list[Choice]
    plans: list[PlanVersion]
    last: PlanVersion | None


def beginning(
    user: User, place: Unit, on: date, year: int | None, set_id: str, kind: str = Kind.YEARLY
) -> Beginning:
    """The choices of the first page; unknown sets and years give way to the likely ones.

    A plan for a higher level is offered the sets of such levels, those of other times too.
    """
    here = verdicts.ground(place, on)
    year = year or (on.year + 1 if on.month >= NEXT_YEAR_FROM else on.year)
    plans = last_plans(user, place, year)
    first = here.first()
    if kind == Kind.MODEL:
        return _higher(here, year, plans, set_id)
    chosen = set_id if set_id and here.effective(set_id) else (first.id if first else "")
    verdict = verdicts.verdict_on(here, chosen) if chosen else None
    sets = here.in_force()
    others = [] if any(each.id == chosen for each in sets) else here.others()
    return Beginning(
        on=on,
        year=year,
        until=_until(on, year),
        sets=sets,
        others=[each for each in others if each.id == chosen],
        chosen=verdict.set if verdict else None,
        choices=_choices(verdict) if verdict else [],
        plans=plans,
        last=plans[0] if plans else None,
    )


def _higher(here: verdicts.Ground, year: int, plans: list[PlanVersion], set_id: str) -> Beginning:
    sets = [each for each in here.in_force() if each.level in drafting_model.HIGHER]
    others = [each for each in here.others() if each.level in drafting_model.HIGHER]
    known = [*sorted(sets, key=verdicts.is_bare), *others]
    chosen = next((each.id for each in known if each.id == set_id), "")
    loaded = [each.id for each in known if not verdicts.is_bare(each)] or [e.id for e in known]
    verdict = verdicts.verdict_on(here, chosen or loaded[0]) if known else None
    return Beginning(
        on=here.on, year=year, until=_until(here.on, year), sets=sets, others=others,
        chosen=verdict.set if verdict else None, choices=_choices(verdict) if verdict else [],
        plans=plans, last=plans[0] if plans else None,
    )  # fmt: skip


def _until(on: date, year: int) -> date:
    return max(date(year, 11, 30), min(months_later(on, 1), date(year, 12, 31)))


def _choices(verdict: SetVerdict) -> list[Choice]:
    open_states = (State.NOT_MET, State.UNKNOWN)
    return [
        Choice(
            each.criterion.number,
            each.criterion.name,
            each.state,
            sum(one.state in open_states for one in each.indicators),
        )
        for each in verdict.criteria
    ]


def last_plans(user: User, place: Unit, year: int) -> list[PlanVersion]:
    """The current versions of the place's plans that began by then, the newest first."""
    rows = PlanVersion.objects.restrict(user).filter(current_of__place=place)
    rows = rows.select_related("plan").exclude(plan__year__gt=year)
    return list(rows.defer("data").order_by("-plan__year", "-accepted_at")[:20])


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# --- The plan ------------------------------------------------------------------------------------


def paper_of(version: PlanVersion) -> PaperPlan:
    """An accepted plan as classes."""
    return plan_from(version.document)


def wish(
    place: Unit, year: int, until: date, level: SetLevel, goals: frozenset[str] | set[str],
    costs: Mapping[str, int] | None = None, sources: Sequence[Source] = (),
    steps: Mapping[str, Sequence[UsualStep]] | None = None,
) -> Wish:  # fmt: skip
    """What the plan of this place is to be."""
    written_level = drafting.LEVELS.get(level)
    parent = place.parent
    return Wish(
        commune=place.name,
        province=parent.name if parent is not None and parent.level == Level.PROVINCE else None,
        year=year,
        until=until,
        programme=LEVELS[written_level] if written_level else "nông thôn mới",
        goals=frozenset(goals),
        costs=costs or {},
        sources=sources,
        steps=steps or {},
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """A draft with the law and the verdict it stands on."""

    draft: Draft
    law: Law
    verdict: SetVerdict


class NoLaw(Exception):
    """The set of a draft is no longer loaded; the message is for the user."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            f"Bộ tiêu chí “{draft.set_short}” của bản thảo không còn trong chương trình."
        )


def ground(draft: Draft) -> Ground:
    """What was known when the draft was begun. Raises ``NoLaw``."""
    here = verdicts.ground(draft.place, draft.on)
    verdict = verdicts.verdict_on(here, draft.set_id, draft.created)
    if verdict is None:
        raise NoLaw(draft)
    return Ground(draft, here.law, verdict)


def plan(here: Ground) -> PaperPlan:
    """The plan that the draft says as it is now."""
    draft = here.draft
    sources = [
        Source(
            text=each["text"], amount=each["amount"], conditional=each["conditional"],
            lines=drafting.NOWHERE,
        )
        for each in draft.sources
        if each["text"] and each["amount"]
    ]  # fmt: skip
    asked = wish(
        draft.place, draft.year, draft.until, here.verdict.set.level, _goals(draft),
        sources=sources,
    )  # fmt: skip
    last = paper_of(draft.last) if draft.last else None
    given = proposals(draft)
    if draft.kind == Kind.MODEL:
        return parts.plan_of_model(draft, here.law, here.verdict, asked, given, last)
    if draft.kind == Kind.CAMPAIGN:
        return parts.plan_of_campaign(draft, here.verdict.set.level, asked, given, last)
    return drafting.draft(here.verdict, here.law, asked, given, last)


def _goals(draft: Draft) -> set[str]:
    """The criteria to reach; one whose work was all left out is no goal of this year."""
    worked = {row["criterion"] for row in draft.rows}
    return set(draft.goals) - (worked - {row["criterion"] for row in draft.wanted})


def proposals(draft: Draft) -> list[Proposal]:
    """The rows as the drafting of plans wants them."""
    return [Proposal(**{**row, "due": date.fromisoformat(row["due"])}) for row in draft.rows]


def written(draft: Draft, here: Ground | None = None) -> Written:
    """The draft as an official paper. Raises ``NoLaw``."""
    made = plan(here or ground(draft))
    title = made.document.title or ""
    name = file_name(f"Kế hoạch {title[:1].lower()}{title[1:]}", str(draft.place))
    return Written(composing.compose(made), name)


# --- The sheet -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Group:
    """The lines of one criterion."""

    number: str
    name: str
    state: State
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of a draft in đồng; ``unpriced`` is how many wanted rows name no cost."""

    needs: int
    unpriced: int
    sources: int
    usable: int
    wanted: int
    rows: int

    @property
    def balance(self) -> int:
        """Money to count on less needs: negative where it lacks; conditional money is apart."""
        return self.usable - self.needs

    @property
    def standing(self) -> str:
        """Whether money lacks, in words; nothing is said to be left while work has no cost yet."""
        if not self.needs:
            return "Cân đối"
        if self.balance < 0:
            return "Còn thiếu"
        if self.unpriced:
            return "Chưa đủ số để cân đối"
        return "Còn thừa" if self.balance else "Vừa đủ"

    def words(self) -> dict[str, str]:
        """Each figure as it stands on the page, by the name of its place there."""
        is_known = bool(self.needs) and (self.balance < 0 or not self.unpriced)
        conditional = self.sources - self.usable
        return {
            "wanted": f"{self.wanted}/{self.rows} việc",
            "needs": format_money(self.needs) if self.unpriced < self.wanted else "–",
            "unpriced": f"{self.unpriced} việc chưa ghi kinh phí" if self.unpriced else "",
            "sources": format_money(self.usable) if self.usable else "–",
            "conditional": f"có điều kiện, chưa tính: {format_money(conditional)}"
            if conditional
            else "",
            "balance": format_money(abs(self.balance)) if is_known else "–",
            "balance_name": self.standing,
        }


def sums(draft: Draft) -> Sums:
    """What the rows need and the sources give."""
    costs = [row["cost"] for row in draft.wanted]
    given = [each for each in draft.sources if each["text"] and each["amount"]]
    return Sums(
        needs=sum(cost or 0 for cost in costs),
        unpriced=sum(cost is None for cost in costs),
        sources=sum(each["amount"] for each in given),
        usable=sum(each["amount"] for each in given if not each["conditional"]),
        wanted=len(costs),
        rows=len(draft.rows),
    )


def groups(here: Ground) -> list[Group]:
    """The rows by criterion, in the order of the set."""
    names = {
        one.indicator.number: one.indicator.name
        for each in here.verdict.criteria
        for one in each.indicators
    }
    found = {
        each.criterion.number: Group(each.criterion.number, each.criterion.name, each.state)
        for each in here.verdict.criteria
    }
    is_campaign = here.draft.kind == Kind.CAMPAIGN
    columns = [each for each in fields.ROW if not (is_campaign and each.name == "gap")]
    if is_campaign:
        found[""] = Group("", "Việc của đợt", State.NOT_APPLICABLE)
    for number, row in enumerate(here.draft.rows):
        group = found.setdefault(
            row["criterion"], Group(row["criterion"], "", State.UNKNOWN)
        )  # fmt: skip
        name = names.get(row["indicator"], "")
        group.lines.append(Line("r", number, columns, row, name))
    return [group for group in found.values() if group.lines]


def source_lines(draft: Draft) -> list[Line]:
    """The sources of money."""
    return [Line("s", at, fields.SOURCE, each) for at, each in enumerate(draft.sources)]


def offices(draft: Draft) -> list[str]:
    """Names to choose a lead from: those in the draft, and the offices of the place."""
    used = [row["lead"] for row in draft.rows if row["lead"]]
    posts = Office.objects.filter(place=draft.place, closed_on=None).values_list("title", flat=True)
    return sorted({*used, *posts})


# --- The checks ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks say of the drafted plan, and the row it is about, where there is one."""

    finding: Finding
    row: int | None
    indicator: str = ""


def checked(here: Ground) -> list[Found]:
    """Errors and warnings of the plan, written and read again as it will be when it is filed."""
    back = read(to_docx(composing.compose(plan(here))), "ke-hoach.docx")
    rows = here.draft.rows
    heard = [
        each
        for each in check(back)
        if each.severity != "note" and not left_blank(each) and not _of_an_annex(back, each)
    ]
    heard = [*parts.asked(here.draft), *heard]
    heard.sort(key=lambda each: each.severity != "error")
    found = []
    for each in heard:
        row = _row_of(back, each, rows)
        found.append(Found(each, row, rows[row]["indicator"] if row is not None else ""))
    return found


def _of_an_annex(back: PaperPlan, finding: Finding) -> bool:
    """Whether it is the plan's own number, still blank, in the heads of its annexes."""
    lines = [back.text[first - 1] for first, _ in finding.lines if 0 < first <= len(back.text)]
    kept = bool(lines) and all(re.search(r"kèm theo Kế hoạch số\s", line, re.I) for line in lines)
    return finding.code == "CITE-FORM" and "còn để trống" in finding.message and kept


def _row_of(back: PaperPlan, finding: Finding, rows: Sequence[Mapping[str, Any]]) -> int | None:
    """The row whose words stand on the lines of the finding, else one of the same criterion."""
    lines = [n for first, last in finding.lines for n in range(first, last + 1)]
    text = " ".join(back.text[n - 1] for n in lines if 0 < n <= len(back.text))
    words = f"{finding.message} {' '.join(finding.quotes)}"
    wanted = [(at, row) for at, row in enumerate(rows) if row["wanted"]]
    for at, row in wanted:
        if row["task"] and (row["task"] in text or row["task"] in words):
            return at
    for at, row in wanted:
        number = re.escape(row["indicator"])
        if number and re.search(rf"(?:chỉ tiêu|điều kiện) {number}(?![\d.]*\d)", f"{words} {text}"):
            return at
    for at, row in wanted:
        number = re.escape(row["criterion"])
        if number and re.search(
            rf"tiêu chí (?:số )?{number}(?![\d.]*\d)", f"{words} {text}", re.IGNORECASE
        ):
            return at
    return None
