"""A yearly plan proposed from the gaps: what is not met, last year's plan, the goals chosen.

Everything proposed is for an officer to change: the work is named after the indicator and what it
lacks, the lead is last year's, the day leaves time for the appraisal. Nothing is invented about
the law: a target is written only where the threshold is known.
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
from dinhlang.law.sets import Measure
from dinhlang.law.verdicts import (
    CriterionVerdict,
    IndicatorVerdict,
    SetVerdict,
    State,
    Verdict,
)
from dinhlang.vietnamese import format_date

from .drafting_words import decimal, is_named, period_of, short
from .plan import (
    Comparator,
    Criterion,
    Deadline,
    Document,
    Due,
    Duty,
    Funding,
    Gap,
    LegalBasis,
    Level,
    Lines,
    Need,
    Plan,
    Recipient,
    ReportRule,
    ScheduleEntry,
    Signatory,
    Source,
    Target,
    Task,
)

NOWHERE: Lines = (0, 0)
"""The lines of what was not read from a paper."""
APPRAISAL = timedelta(days=60)
"""Left between the last work and the day of the goal, for survey, dossier and appraisal."""
FIRST_MONTHS = 3
USUAL_DUE = Due(day=25)
REGULAR = ("monthly", "quarterly", "half-yearly", "yearly")
WITHOUT_DISTRICTS = 2026
"""The first whole year without districts (Luật Tổ chức chính quyền địa phương, from 01/7/2025)."""
_NAMED_DISTRICT = re.compile(r"\bhuyện(?: [A-ZĐÀ-Ỹ][^\s,;()]*)+")
OPEN = (State.NOT_MET, State.UNKNOWN)
LEVELS: dict[str, Level] = {
    "ntm": "ntm", "advanced": "advanced", "model": "model", "modern": "modern",
    "smart-village": "smart-village", "model-village": "model-village", "village": "village",
}  # fmt: skip
COMPARATORS: dict[str, Comparator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "="}
COORDINATOR = "Văn phòng HĐND và UBND xã"
RECIPIENTS = ("UBND tỉnh (báo cáo)", "Thường trực Đảng ủy, HĐND xã", "Ủy ban MTTQ Việt Nam xã",
              "Các công chức, các thôn", "Lưu: VT")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One piece of work for one indicator, as proposed or as the officer left it.

    ``cost`` in đồng, None where it is not known; ``wanted`` False leaves it out.
    """

    criterion: str
    indicator: str
    gap: str
    task: str
    lead: str = ""
    partners: str = ""
    due: date
    cost: int | None = None
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the plan is to be: of which commune and year, which criteria are to be reached.

    ``goals``: numbers of criteria to reach this year; every other one that is met is kept.
    ``until``: the day of the goal. ``costs`` in đồng and ``months`` by number of indicator.
    """

    commune: str
    year: int
    until: date
    programme: str = "nông thôn mới"
    province: str | None = None
    goals: frozenset[str] = frozenset()
    costs: Mapping[str, int] = field(default_factory=dict)
    sources: Sequence[Source] = ()


def propose(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, last: Plan | None = None
) -> list[Proposal]:
    """Work for every indicator of the chosen criteria that is not met or not known."""
    leads = owners(last) if last else {}
    found: list[Proposal] = []
    for criterion in verdict.criteria:
        if criterion.criterion.number not in wish.goals:
            continue
        for each in criterion.indicators:
            if each.state in OPEN:
                found.append(_proposal(criterion, each, verdict, law, wish, leads))
    return found


def propose_more(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, indicator: str, last: Plan | None = None
) -> Proposal | None:
    """One more piece of work for an indicator of the set, whatever its state; None: no such."""
    leads = owners(last) if last else {}
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            if each.indicator.number == indicator:
                found = _proposal(criterion, each, verdict, law, wish, leads)
                if each.state not in OPEN:
                    name = short(each.indicator.name.strip().rstrip("."))
                    kept = f"Duy trì, nâng cao kết quả chỉ tiêu {indicator} ({name})"
                    found = replace(found, gap=f"Giữ vững chỉ tiêu {indicator}", task=kept)
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


def draft(
    verdict: SetVerdict, law: LawOfDay, wish: Wish, proposals: Sequence[Proposal],
    last: Plan | None = None,
) -> Plan:  # fmt: skip
    """The plan of these proposals; ``last`` gives reports, recipients and who keeps what."""
    chosen = [_in_words(each, verdict) for each in proposals if each.wanted]
    # Work on a criterion that is met already keeps it up; it is no new goal.
    open_ones = {each.criterion.number for each in verdict.criteria if each.state in OPEN}
    goals = {each.criterion for each in chosen} & open_ones | set(wish.goals)
    leads = (owners(last) if last else {}) | {
        each.criterion: each.lead for each in chosen if each.lead
    }
    names = {each.criterion.number: each.criterion.name for each in verdict.criteria}
    return Plan(
        document=_document(wish),
        levels=[LEVELS[verdict.set.level]] if verdict.set.level in LEVELS else [],
        legal_bases=list(_bases(verdict)),
        criteria=[_criterion(each, goals, chosen, verdict) for each in _written(verdict, goals)],
        targets=list(_targets(verdict, law, goals)),
        tasks=[_aim(wish, verdict, goals), *map(_task, chosen)]
        if goals
        else list(map(_task, chosen)),
        schedule=list(_schedule(chosen, wish, names)),
        funding=_funding(chosen, wish),
        duties=list(_duties(verdict, leads, goals)),
        reporting=_reporting(last, wish.year),
        recipients=[
            Recipient(text=text, lines=NOWHERE) for text in _recipients(chosen, last, wish.year)
        ],
    )


def _recipients(chosen: Sequence[Proposal], last: Plan | None, year: int) -> list[str]:
    """Those of last year, or the usual ones, and whoever is given work."""
    names = [_of_today(each.text, year) for each in last.recipients] if last else list(RECIPIENTS)
    names = list(dict.fromkeys(names))
    kept = [name for name in names if name.lower().startswith("lưu")] or ["Lưu: VT"]
    others = [name for name in names if not name.lower().startswith("lưu")]
    given = [each.lead for each in chosen if each.lead]
    added = [name for name in dict.fromkeys(given) if all(name not in other for other in others)]
    return [*others, *added, *kept[:1]]


def _of_today(name: str, year: int) -> str:
    """A body of the district in last year's plan is the province's from 2026 on."""
    if year < WITHOUT_DISTRICTS:
        return name
    name = _NAMED_DISTRICT.sub("tỉnh", name.replace("Huyện ủy", "Tỉnh ủy"))
    return name.replace("huyện", "tỉnh")


# --- Proposals ---------------------------------------------------------------------------------


def _proposal(
    criterion: CriterionVerdict, each: IndicatorVerdict, verdict: SetVerdict, law: LawOfDay,
    wish: Wish, leads: Mapping[str, str],
) -> Proposal:  # fmt: skip
    said = explain(each, law, verdict.set)
    number = each.indicator.number
    unknown = each.state is State.UNKNOWN
    measure = _measure(each.verdict, law)
    lead = leads.get(criterion.criterion.number) or (measure.office if measure else "")
    due = date(wish.year, FIRST_MONTHS, 31) if unknown else wish.until - APPRAISAL
    return Proposal(
        criterion=criterion.criterion.number,
        indicator=number,
        gap=_gap(each, said, measure),
        task=_work(each, unknown=unknown)
        if is_named(each.indicator.name)
        else _nameless_work(criterion),
        lead=lead or COORDINATOR,
        due=min(due, wish.until),
        cost=wish.costs.get(number),
    )


def _gap(each: IndicatorVerdict, said: Explanation, measure: Measure | None) -> str:
    """What is lacking, in words that are not taken for a goal when the paper is read again."""
    about = f"(chỉ tiêu {each.indicator.number})"
    if each.state is State.UNKNOWN:
        return f"{'; '.join(said.missing) or 'Chưa đủ số liệu'} {about}"
    name = short(each.indicator.name.strip().rstrip("."))
    value = each.verdict.value
    if value is None:
        return f"Chưa đạt: {name} {about}"
    unit = f" {measure.unit}" if measure and measure.unit else ""
    return f"Chưa đạt mức phải đạt: {name}, mới đạt {number_words(value)}{unit} {about}"


def _work(each: IndicatorVerdict, *, unknown: bool) -> str:
    name = each.indicator.name.strip().rstrip(".")
    number = each.indicator.number
    if unknown:
        return f"Thu thập, xác nhận số liệu và minh chứng chỉ tiêu {number} ({short(name)})"
    if isinstance(each.verdict.requirement, Recognised):
        return f"Lập hồ sơ đề nghị công nhận theo chỉ tiêu {number} ({short(name)})"
    return f"Thực hiện và lập hồ sơ minh chứng chỉ tiêu {number} ({short(name)})"


def _nameless_work(criterion: CriterionVerdict) -> str:
    of = criterion.criterion
    return f"Thu thập, xác nhận số liệu và minh chứng tiêu chí số {of.number} về {of.name}"


def _in_words(proposal: Proposal, verdict: SetVerdict) -> Proposal:
    """The proposal for the paper: an indicator without a name gives way to its criterion."""
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            if each.indicator.number == proposal.indicator and not is_named(each.indicator.name):
                ours = not is_named(proposal.task)
                task = _nameless_work(criterion) if ours else proposal.task
                return replace(proposal, indicator="", task=task)
    return proposal


def _measure(verdict: Verdict, law: LawOfDay) -> Measure | None:
    for each in _leaves(verdict):
        name = getattr(each.requirement, "measure", None)
        if isinstance(name, str) and name in law.measures:
            return law.measures[name]
    return None


def _leaves(verdict: Verdict) -> Iterator[Verdict]:
    if not verdict.parts:
        yield verdict
    for part in verdict.parts:
        yield from _leaves(part)


# --- The plan ------------------------------------------------------------------------------------


def _document(wish: Wish) -> Document:
    return Document(
        kind="plan",
        symbol="KH-UBND",
        issuer=f"UBND xã {wish.commune}",
        place=wish.commune,
        title=f"Xây dựng {wish.programme} năm {wish.year}",
        commune=wish.commune,
        province=wish.province,
        signatory=Signatory(authority="TM. ỦY BAN NHÂN DÂN", title="CHỦ TỊCH"),
        years=[wish.year],
    )


def _bases(verdict: SetVerdict) -> Iterator[LegalBasis]:
    decision = verdict.set.decision
    yield LegalBasis(
        number=decision.number,
        kind="Quyết định",
        date=decision.date.isoformat() if decision.date else None,
        issuer=decision.issuer or None,
        title=decision.title or None,
        lines=NOWHERE,
    )
    for applied in verdict.set.lineage[1:]:
        yield LegalBasis(number=applied.decision, kind="Quyết định", title=None, lines=NOWHERE)


def _written(verdict: SetVerdict, goals: set[str]) -> list[CriterionVerdict]:
    """The criteria the plan speaks of: those to reach, and those that are met and kept."""
    kept = (State.MET, State.NOT_APPLICABLE)
    return [
        each for each in verdict.criteria if each.criterion.number in goals or each.state in kept
    ]


def _criterion(
    each: CriterionVerdict, goals: set[str], chosen: Sequence[Proposal], verdict: SetVerdict
) -> Criterion:
    number = each.criterion.number
    reach = number in goals
    return Criterion(
        number=int(number) if number.isdecimal() else None,
        name=each.criterion.name,
        level=LEVELS.get(verdict.set.level),
        status="to_reach" if reach else "maintain",
        gaps=[Gap(text=p.gap, lines=NOWHERE) for p in chosen if _is_told(p, reach, number)],
        lines=NOWHERE,
    )


def _is_told(proposal: Proposal, reach: bool, number: str) -> bool:
    """Whether the paper says what is lacking: of a criterion to reach, in the office's words."""
    return reach and proposal.criterion == number and is_named(proposal.gap)


def _targets(verdict: SetVerdict, law: LawOfDay, goals: set[str]) -> Iterator[Target]:
    for criterion in verdict.criteria:
        if criterion.criterion.number not in goals:
            continue
        for each in criterion.indicators:
            found = each.verdict
            known = found.threshold
            if not isinstance(found.requirement, Compare) or known is None:
                continue
            measure = law.measures.get(found.requirement.measure)
            whole = measure is not None and measure.unit == "%" and known.amount == 100
            yield Target(
                text=each.indicator.name.rstrip("."),
                code=each.indicator.number,
                comparator="=" if whole else COMPARATORS[found.requirement.operator],
                value=decimal(known.amount),
                unit=(measure.unit if measure else "") or None,
                criterion=int(criterion.criterion.number)
                if criterion.criterion.number.isdecimal()
                else None,
                lines=NOWHERE,
            )


def _aim(wish: Wish, verdict: SetVerdict, goals: set[str]) -> Task:
    """The goal with its day: the level of the set; the criteria chosen where others stay open."""
    left = {each.criterion.number for each in verdict.criteria if each.state in OPEN} - goals
    listed = ", ".join(
        each.criterion.number for each in verdict.criteria if each.criterion.number in goals
    )
    said = f"xã {wish.commune} đạt chuẩn {wish.programme}"
    if left:
        said = f"xã {wish.commune} đạt chuẩn các tiêu chí số {listed}"
    return Task(
        text=f"Phấn đấu {said}",
        deadline=Deadline(end=wish.until.isoformat(), text=f"trước ngày {format_date(wish.until)}"),
        lines=NOWHERE,
    )


def _task(each: Proposal) -> Task:
    return Task(
        text=each.task,
        lead=[each.lead] if each.lead else [],
        partners=[name.strip() for name in each.partners.split(";") if name.strip()],
        deadline=Deadline(end=each.due.isoformat(), text=f"Trước {format_date(each.due)}"),
        criteria=[int(each.criterion)] if each.criterion.isdecimal() else [],
        targets=[each.indicator] if each.indicator else [],
        lines=NOWHERE,
    )


def _schedule(
    chosen: Sequence[Proposal], wish: Wish, names: Mapping[str, str]
) -> Iterator[ScheduleEntry]:
    """A line a quarter and criterion; it completes the criterion where its last work ends."""
    last_work = {each.criterion: each.due for each in sorted(chosen, key=lambda p: p.due)}
    seen: dict[tuple[str, str], list[Proposal]] = {}
    for each in sorted(chosen, key=lambda p: p.due):
        seen.setdefault((period_of(each.due, wish.until), each.criterion), []).append(each)
    for (period, number), work in seen.items():
        codes = ", ".join(dict.fromkeys(p.indicator for p in work if p.indicator))
        ends = any(p.due == last_work[number] for p in work)
        of = f"chỉ tiêu {codes}" if codes else f"tiêu chí số {number}"
        text = f"Làm xong việc của {of}"
        if ends:
            text += f"; hoàn thành tiêu chí số {number} về {names.get(number, '')}".rstrip()
        done = [int(number)] if ends and number.isdecimal() else []
        yield ScheduleEntry(period=period, text=text, completes=done, lines=NOWHERE)
    if chosen:
        yield ScheduleEntry(
            period=period_of(wish.until, wish.until),
            text="Lấy ý kiến hài lòng của người dân, hoàn thiện hồ sơ, đề nghị thẩm định, "
            "công nhận",
            lines=NOWHERE,
        )


def _funding(chosen: Sequence[Proposal], wish: Wish) -> Funding:
    needs = [
        Need(
            text=f"chỉ tiêu {each.indicator}"
            if each.indicator
            else f"tiêu chí số {each.criterion}",
            amount=each.cost,
            criterion=int(each.criterion) if each.criterion.isdecimal() else None,
            lines=NOWHERE,
        )
        for each in chosen
        if each.cost
    ]
    return Funding(needs=needs, sources=list(wish.sources))


def _duties(verdict: SetVerdict, leads: Mapping[str, str], goals: set[str]) -> Iterator[Duty]:
    by_office: dict[str, list[str]] = {}
    for each in _written(verdict, goals):
        number = each.criterion.number
        by_office.setdefault(leads.get(number) or COORDINATOR, []).append(number)
    for office, numbers in by_office.items():
        listed = ", ".join(numbers)
        yield Duty(
            office=office,
            role="lead",
            roles=["lead"],
            criteria=[int(number) for number in numbers if number.isdecimal()],
            text=f"Chủ trì thực hiện các tiêu chí số {listed}; theo dõi số liệu, minh chứng",
            lines=NOWHERE,
        )


def _reporting(last: Plan | None, year: int) -> list[ReportRule]:
    if last and last.reporting:
        return [
            ReportRule(
                from_=_of_today(rule.from_, year), to=_of_today(rule.to, year) if rule.to else None,
                period=rule.period, due=rule.due or (USUAL_DUE if rule.period in REGULAR else None),
                channels=list(rule.channels), lines=NOWHERE,
            )
            for rule in last.reporting
            if rule.from_
        ]  # fmt: skip
    return [
        ReportRule(
            from_="Các đơn vị chủ trì tiêu chí", to="UBND xã", period="monthly",
            due=Due(day=25), lines=NOWHERE,
        )
    ]  # fmt: skip
