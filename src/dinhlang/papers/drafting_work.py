"""Work proposed for what a set still lacks: concrete, owned, dated, with last year's cost.

The words come from the usual steps of the criterion, the number that is lacking and the papers
the indicator asks for. Nothing is invented about the law: where a step, a number or a paper is
not known it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dinhlang.law.explaining import Explanation, explain
from dinhlang.law.explaining.words import number_words
from dinhlang.law.protocols import LawOfDay
from dinhlang.law.requirements import Compare, Recognised
from dinhlang.law.sets import Indicator, Measure
from dinhlang.law.verdicts import CriterionVerdict, IndicatorVerdict, SetVerdict, State, Verdict
from dinhlang.vietnamese import fold

from .drafting_words import is_named, short
from .plan import Plan, Source

APPRAISAL = timedelta(days=60)
"""Left between the last work and the day of the goal, for survey, dossier and appraisal."""
FIRST_MONTHS = 3
OPEN = (State.NOT_MET, State.UNKNOWN)
COORDINATOR = "Văn phòng HĐND và UBND xã"
MOST_MEASURES, MOST_PROOFS = 3, 3
ALIKE = 2
"""So many words a step and an indicator share where they speak of the same things."""


@dataclass(frozen=True, slots=True)
class UsualStep:
    """A step that work on a criterion usually needs; ``days`` it takes, ``product`` handed in."""

    text: str
    product: str = ""
    days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One piece of work for one indicator, as proposed or as the officer left it.

    ``cost`` in đồng, None where it is not known; ``proposed`` is the amount of last year's plan
    that it was proposed with; ``wanted`` False leaves it out.
    """

    criterion: str
    indicator: str
    gap: str
    task: str
    lead: str = ""
    partners: str = ""
    due: date
    cost: int | None = None
    proposed: int | None = None
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the plan is to be: of which commune and year, which criteria are to be reached.

    ``goals``: numbers of criteria to reach this year; every other one that is met is kept.
    ``until``: the day of the goal. ``costs`` in đồng by number of indicator; ``steps`` are the
    usual ones by number of criterion.
    """

    commune: str
    year: int
    until: date
    programme: str = "nông thôn mới"
    province: str | None = None
    goals: frozenset[str] = frozenset()
    costs: Mapping[str, int] = field(default_factory=dict)
    sources: Sequence[Source] = ()
    steps: Mapping[str, Sequence[UsualStep]] = field(default_factory=dict)


def propose(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, last: Plan | None = None
) -> list[Proposal]:
    """Work for every indicator of the chosen criteria that is not met or not known."""
    found: list[Proposal] = []
    for criterion in verdict.criteria:
        if criterion.criterion.number not in wish.goals:
            continue
        asked = [each for each in criterion.indicators if each.state in OPEN]
        maker = _Maker(criterion, verdict, law, wish, last)
        found += [maker.proposal(each, alone=len(asked) == 1) for each in asked]
    return found


def propose_more(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, indicator: str, last: Plan | None = None
) -> Proposal | None:
    """One more piece of work for an indicator of the set, whatever its state; None: no such."""
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            if each.indicator.number == indicator:
                maker = _Maker(criterion, verdict, law, wish, last)
                found = maker.proposal(each, alone=False)
                if each.state not in OPEN:
                    name = _name(each)
                    kept = f"Duy trì, nâng cao kết quả {maker.noun} {indicator} ({name})"
                    found = replace(found, gap=f"Giữ vững {maker.noun} {indicator}", task=kept)
                return found
    return None


def owners(plan: Plan) -> dict[str, str]:
    """Who led each criterion in a plan: by its duties, else by its tasks."""
    found: dict[str, str] = {}
    for duty in plan.duties:
        for number in duty.criteria:
            if duty.role in ("lead", "advise", "deliver"):
                found.setdefault(str(number), duty.office)
    for task in plan.tasks:
        for number in task.criteria:
            if task.lead:
                found.setdefault(str(number), task.lead[0])
    return found


def nameless_work(criterion: CriterionVerdict) -> str:
    """The work on a criterion of whose indicators nothing is loaded."""
    of = criterion.criterion
    return f"Thu thập, xác nhận số liệu và minh chứng tiêu chí số {of.number} về {of.name}"


def noun_of(level: str) -> str:
    """What the parts of a set are called: a commune of the model level meets conditions."""
    return "điều kiện" if level == "model" else "chỉ tiêu"


class _Maker:
    """Makes the proposals of one criterion."""

    def __init__(
        self, criterion: CriterionVerdict, verdict: SetVerdict, law: LawOfDay, wish: Wish,
        last: Plan | None,
    ) -> None:  # fmt: skip
        self.criterion, self.verdict, self.law, self.wish = criterion, verdict, law, wish
        self.number = criterion.criterion.number
        self.noun = noun_of(verdict.set.level)
        # Another set may mean another criterion by the same number.
        self.last = last if last is not None and _is_same(last, criterion) else None
        self.lead = owners(self.last).get(self.number, "") if self.last else ""
        self.steps = wish.steps.get(self.number, ())

    def proposal(self, each: IndicatorVerdict, *, alone: bool) -> Proposal:
        """The work for an indicator; ``alone``: it is the only open one of the criterion."""
        number = each.indicator.number
        unknown = each.state is State.UNKNOWN
        measure = _measure(each.verdict, self.law)
        due = self.wish.until - APPRAISAL
        if unknown:
            due = date(self.wish.year, FIRST_MONTHS, 31)
        cost, proposed = self.wish.costs.get(number), None
        if cost is None:
            cost = proposed = self._last_cost(number, alone)
        return Proposal(
            criterion=self.number,
            indicator=number,
            gap=self._gap(each, explain(each, self.law, self.verdict.set), measure),
            task=self._work(each, measure)
            if is_named(each.indicator.name)
            else nameless_work(self.criterion),
            lead=self.lead or _office(measure) or COORDINATOR,
            due=min(due, self.wish.until),
            cost=cost,
            proposed=proposed,
        )

    def _last_cost(self, indicator: str, alone: bool) -> int | None:
        """What last year's plan needed for the indicator, or for the criterion it stands for."""
        needs = self.last.funding.needs if self.last else []
        said = re.compile(rf"chỉ tiêu(?: số)? {re.escape(indicator)}(?![\d.]*\d)", re.IGNORECASE)
        named = [need.amount for need in needs if said.search(need.text)]
        if not named and alone:
            named = [need.amount for need in needs if str(need.criterion) == self.number]
        return named[0] if len(named) == 1 else None

    def _gap(self, each: IndicatorVerdict, said: Explanation, measure: Measure | None) -> str:
        """What is lacking, in words that are not taken for a goal when the paper is read again."""
        about = f"({self.noun} {each.indicator.number})"
        if each.state is State.UNKNOWN:
            return f"{'; '.join(said.missing) or 'Chưa đủ số liệu'} {about}"
        name = short(each.indicator.name.strip().rstrip("."))
        value = each.verdict.value
        if value is None:
            return f"Chưa đạt: {name} {about}"
        unit = f" {measure.unit}" if measure and measure.unit else ""
        return f"Chưa đạt mức phải đạt: {name}, mới đạt {number_words(value)}{unit} {about}"

    def _work(self, each: IndicatorVerdict, measure: Measure | None) -> str:
        name = _name(each)
        about = f"{self.noun} {each.indicator.number}"
        if each.state is State.UNKNOWN:
            proofs = _proofs(each.indicator, None)
            wanted = _wanted(each.verdict, self.law)
            if not wanted:
                return f"Thu thập, xác nhận số liệu và minh chứng {about} ({name}){proofs}"
            return f"Thu thập, xác nhận số liệu {wanted} cho {about}{proofs}"
        if isinstance(each.verdict.requirement, Recognised):
            proofs = _proofs(each.indicator, None)
            return f"Lập hồ sơ đề nghị công nhận theo {about} ({name}){proofs}"
        step = self._step(each.indicator)
        proofs = _proofs(each.indicator, step)
        aim = _aim(each.verdict, measure) or _wordy_aim(name, measure)
        if step is None:
            return f"{aim[:1].upper()}{aim[1:]} ({about}){proofs}"
        return f"{step.text.rstrip('.')}, {aim} ({about}){proofs}"

    def _step(self, indicator: Indicator) -> UsualStep | None:
        """The step that does the work itself: nearest to the indicator's words, else longest."""
        said = _content(indicator.name)

        def nearness(step: UsualStep) -> tuple[bool, int]:
            return len(said & _content(f"{step.text} {step.product}")) >= ALIKE, step.days

        return max(self.steps, key=nearness, default=None)


_EMPTY = frozenset((
    "ty", "le", "xa", "thon", "ban", "ap", "co", "duoc", "dat", "va", "cac", "cua", "theo", "quy",
    "dinh", "nguoi", "ho", "so", "cho", "voi", "trong", "tren", "tu", "tro", "len", "nam", "moi",
))  # fmt: skip


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if word not in _EMPTY}


def _proofs(indicator: Indicator, step: UsualStep | None) -> str:
    """“; minh chứng: …”: the papers the indicator asks for, else what the step hands in."""
    papers = list(indicator.evidence[:MOST_PROOFS]) or ([step.product] if step else [])
    # Who is to report to whom is said elsewhere: “báo cáo quân sự” would be read as such a rule.
    papers = [paper.strip().rstrip(".;") for paper in papers if paper.strip()]
    papers = [paper for paper in papers if not paper.lower().startswith("báo cáo")]
    listed = "; ".join(f"{paper[:1].lower()}{paper[1:]}" for paper in papers)
    return f"; minh chứng: {listed}" if listed else ""


def _wanted(verdict: Verdict, law: LawOfDay) -> str:
    """The numbers that are not known, each with its two parts where it is a rate of them."""
    found: list[str] = []
    for missing in verdict.missing:
        measure = law.measures.get(missing.what)
        if measure is None or missing.kind not in ("fact", "fact_of_year", "expired", "survey"):
            continue
        said = f"{measure.name[:1].lower()}{measure.name[1:]}"
        if measure.numerator and measure.denominator:
            parts = (measure.numerator, measure.denominator)
            said += f" ({', '.join(f'{part[:1].lower()}{part[1:]}' for part in parts)})"
        found.append(said)
    names = list(dict.fromkeys(found))
    too_many = not names or len(names) > MOST_MEASURES
    if too_many or any(_LEVEL_BELOW.search(name) for name in names):
        return ""
    return "; ".join(f"“{name}”" for name in names)


def _aim(verdict: Verdict, measure: Measure | None) -> str:
    """“đưa … từ 93,5 % lên 98 %”; empty where number or threshold is not known."""
    value, threshold = verdict.value, verdict.threshold
    if not isinstance(verdict.requirement, Compare) or value is None or threshold is None:
        return ""
    if measure is None:
        return ""
    unit = f" {measure.unit}" if measure.unit else ""
    now, then = number_words(value), number_words(threshold.amount)
    name = f"{measure.name[:1].lower()}{measure.name[1:]}"
    verb, way = ("đưa", "lên") if threshold.amount > value else ("giảm", "xuống")
    return f"{verb} {name} từ {now}{unit} {way} {then}{unit}"


def _wordy_aim(name: str, measure: Measure | None) -> str:
    """The same without figures: “nâng tỷ lệ …”, “bảo đảm có …”."""
    if not name.startswith(("tỷ lệ", "tỉ lệ", "mức", "số ")):
        return f"bảo đảm {name.removeprefix('đảm bảo ').removeprefix('bảo đảm ')}"
    return f"{'giảm' if measure and measure.better == 'lower' else 'nâng'} {name}"


_LEVEL_BELOW = re.compile(r"đạt chuẩn xã|xã (?:đạt chuẩn )?nông thôn mới", re.IGNORECASE)


def _name(each: IndicatorVerdict) -> str:
    """The indicator's name within a sentence.

    “Đạt chuẩn xã …” beside the day of a task would say that the commune is recognised that day.
    """
    if _LEVEL_BELOW.search(each.indicator.name):
        return "cấp độ liền dưới"
    return short(each.indicator.name.strip().rstrip("."))


def _office(measure: Measure | None) -> str:
    """Who has the number; whoever decides on a recognition leads no work of the commune."""
    office = measure.office if measure else ""
    return "" if office.lower().startswith("cơ quan quyết định") else office


def _measure(verdict: Verdict, law: LawOfDay) -> Measure | None:
    for each in leaves(verdict):
        name = getattr(each.requirement, "measure", None)
        if isinstance(name, str) and name in law.measures:
            return law.measures[name]
    return None


def leaves(verdict: Verdict) -> Iterator[Verdict]:
    """The verdicts at the ends of the tree."""
    if not verdict.parts:
        yield verdict
    for part in verdict.parts:
        yield from leaves(part)


def _is_same(last: Plan, criterion: CriterionVerdict) -> bool:
    """Whether last year's plan means the same criterion by its number, as far as it is told."""
    names = {str(each.number): fold(each.name) for each in last.criteria}
    said = names.get(criterion.criterion.number)
    name = fold(criterion.criterion.name)
    return said is None or said in name or name in said
