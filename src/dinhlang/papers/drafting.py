"""A yearly plan proposed from the gaps: what is not met, last year's plan, the goals chosen.

Everything proposed is for an officer to change: the work is named after the indicator and what it
lacks, the lead is last year's, the day leaves time for the appraisal. Nothing is invented about
the law: a target is written only where the threshold is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dinhlang.law.protocols import LawOfDay
from dinhlang.law.requirements import Compare
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.verdicts import CriterionVerdict, IndicatorVerdict, SetVerdict, State
from dinhlang.vietnamese import format_date

from .drafting_words import decimal, is_named, period_of
from .drafting_work import APPRAISAL as APPRAISAL
from .drafting_work import COORDINATOR as COORDINATOR
from .drafting_work import OPEN as OPEN
from .drafting_work import Proposal as Proposal
from .drafting_work import UsualStep as UsualStep
from .drafting_work import Wish as Wish
from .drafting_work import nameless_work, noun_of, owners
from .drafting_work import propose as propose
from .drafting_work import propose_more as propose_more
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
    Target,
    Task,
)

NOWHERE: Lines = (0, 0)
"""The lines of what was not read from a paper."""
USUAL_DUE = Due(day=25)
REGULAR = ("monthly", "quarterly", "half-yearly", "yearly")
WITHOUT_DISTRICTS = 2026
"""The first whole year without districts (Luật Tổ chức chính quyền địa phương, from 01/7/2025)."""
_NAMED_DISTRICT = re.compile(r"\bhuyện(?: [A-ZĐÀ-Ỹ][^\s,;()]*)+")
LEVELS: dict[str, Level] = {
    "ntm": "ntm", "advanced": "advanced", "model": "model", "modern": "modern",
    "smart-village": "smart-village", "model-village": "model-village", "village": "village",
}  # fmt: skip
COMPARATORS: dict[str, Comparator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "="}
RECIPIENTS = ("UBND tỉnh (báo cáo)", "Thường trực Đảng ủy, HĐND xã", "Ủy ban MTTQ Việt Nam xã",
              "Các công chức, các thôn", "Lưu: VT")  # fmt: skip


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
    tasks = [task_of(each, verdict.set) for each in chosen]
    return Plan(
        document=document(wish),
        levels=[LEVELS[verdict.set.level]] if verdict.set.level in LEVELS else [],
        legal_bases=list(bases(verdict)),
        criteria=[]
        if by_conditions(verdict.set)
        else [_criterion(each, goals, chosen, verdict) for each in _written(verdict, goals)],
        targets=list(_targets(verdict, law, goals)),
        tasks=[_aim(wish, verdict, goals), *tasks] if goals else tasks,
        schedule=list(_schedule(chosen, wish, names, verdict.set)),
        funding=_funding(chosen, wish, verdict.set),
        duties=list(_duties(verdict, leads, goals)),
        reporting=reporting(last, wish.year),
        recipients=[
            Recipient(text=text, lines=NOWHERE) for text in recipients(chosen, last, wish.year)
        ],
    )


def recipients(
    chosen: Sequence[Proposal], last: Plan | None, year: int, more: Sequence[str] = ()
) -> list[str]:
    """Those of last year, or the usual ones, and whoever is given work; ``more`` of these."""
    names = [_of_today(each.text, year) for each in last.recipients] if last else list(RECIPIENTS)
    names = list(dict.fromkeys(names))
    kept = [name for name in names if name.lower().startswith("lưu")] or ["Lưu: VT"]
    others = [name for name in names if not name.lower().startswith("lưu")]
    given = [*(each.lead for each in chosen if each.lead), *more]
    known = "; ".join(others).lower()
    added = [name for name in dict.fromkeys(given) if name.lower() not in known]
    return [*others, *added, *kept[:1]]


def _of_today(name: str, year: int) -> str:
    """A body of the district in last year's plan is the province's from 2026 on."""
    if year < WITHOUT_DISTRICTS:
        return name
    name = _NAMED_DISTRICT.sub("tỉnh", name.replace("Huyện ủy", "Tỉnh ủy"))
    return name.replace("huyện", "tỉnh")


def _in_words(proposal: Proposal, verdict: SetVerdict) -> Proposal:
    """The proposal for the paper: an indicator without a name gives way to its criterion."""
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            if each.indicator.number == proposal.indicator and not is_named(each.indicator.name):
                ours = not is_named(proposal.task)
                task = nameless_work(criterion) if ours else proposal.task
                return replace(proposal, indicator="", task=task)
    return proposal


# --- The plan ------------------------------------------------------------------------------------


def document(wish: Wish) -> Document:
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


def bases(verdict: SetVerdict) -> Iterator[LegalBasis]:
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
            found = target_of(each, law)
            if by_conditions(verdict.set):
                yield found or condition_of(each)
            elif found is not None:
                number = criterion.criterion.number
                yield replace(found, criterion=int(number) if number.isdecimal() else None)


def target_of(each: IndicatorVerdict, law: LawOfDay) -> Target | None:
    """The number an indicator demands here and now; None where it is none, or not known."""
    found = each.verdict
    known = found.threshold
    if not isinstance(found.requirement, Compare) or known is None:
        return None
    measure = law.measures.get(found.requirement.measure)
    whole = measure is not None and measure.unit == "%" and known.amount == 100
    return Target(
        text=each.indicator.name.rstrip("."),
        code=each.indicator.number,
        comparator="=" if whole else COMPARATORS[found.requirement.operator],
        value=decimal(known.amount),
        unit=(measure.unit if measure else "") or None,
        lines=NOWHERE,
    )


def condition_of(each: IndicatorVerdict) -> Target:
    """What is to be there, without a number."""
    name = " ".join(each.indicator.name.split()).rstrip(".")
    return Target(text=name, code=each.indicator.number, comparator="yes", lines=NOWHERE)


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


def by_conditions(criteria: CriteriaSet) -> bool:
    """Whether the set has conditions in place of numbered criteria: that of the model level."""
    return noun_of(criteria.level) != "chỉ tiêu"


def task_of(each: Proposal, criteria: CriteriaSet | None = None) -> Task:
    """The work as a task of a plan by that set; None: of no set."""
    numbered = criteria is not None and not by_conditions(criteria)
    return Task(
        text=each.task,
        lead=[each.lead] if each.lead else [],
        partners=[name.strip() for name in each.partners.split(";") if name.strip()],
        deadline=Deadline(end=each.due.isoformat(), text=f"Trước {format_date(each.due)}"),
        criteria=[int(each.criterion)] if numbered and each.criterion.isdecimal() else [],
        targets=[each.indicator] if each.indicator else [],
        lines=NOWHERE,
    )


def _schedule(
    chosen: Sequence[Proposal], wish: Wish, names: Mapping[str, str], criteria: CriteriaSet
) -> Iterator[ScheduleEntry]:
    """A line a quarter and criterion; it completes the criterion where its last work ends."""
    last_work = {each.criterion: each.due for each in sorted(chosen, key=lambda p: p.due)}
    seen: dict[tuple[str, str], list[Proposal]] = {}
    for each in sorted(chosen, key=lambda p: p.due):
        seen.setdefault((period_of(each.due, wish.until), each.criterion), []).append(each)
    for (period, number), work in seen.items():
        codes = ", ".join(dict.fromkeys(p.indicator for p in work if p.indicator))
        ends = any(p.due == last_work[number] for p in work) and not by_conditions(criteria)
        of = f"{noun_of(criteria.level)} {codes}" if codes else f"tiêu chí số {number}"
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


def _funding(chosen: Sequence[Proposal], wish: Wish, criteria: CriteriaSet) -> Funding:
    numbered = not by_conditions(criteria)
    needs = [
        Need(
            text=f"{noun_of(criteria.level)} {each.indicator}"
            if each.indicator
            else f"tiêu chí số {each.criterion}",
            amount=each.cost,
            criterion=int(each.criterion) if numbered and each.criterion.isdecimal() else None,
            lines=NOWHERE,
        )
        for each in chosen
        if each.cost
    ]
    return Funding(needs=needs, sources=list(wish.sources))


def _duties(verdict: SetVerdict, leads: Mapping[str, str], goals: set[str]) -> Iterator[Duty]:
    numbered = not by_conditions(verdict.set)
    of = "tiêu chí" if numbered else "điều kiện"
    by_office: dict[str, list[str]] = {}
    for each in _written(verdict, goals):
        number = each.criterion.number
        by_office.setdefault(leads.get(number) or COORDINATOR, []).append(number)
    for office, numbers in by_office.items():
        listed = ", ".join(numbers)
        several = "các " if len(numbers) > 1 else ""
        yield Duty(
            office=office,
            role="lead",
            roles=["lead"],
            criteria=[int(n) for n in numbers if n.isdecimal()] if numbered else [],
            text=f"Chủ trì thực hiện {several}{of} số {listed}; theo dõi số liệu, minh chứng",
            lines=NOWHERE,
        )


def reporting(last: Plan | None, year: int) -> list[ReportRule]:
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
            from_="Các đơn vị chủ trì", to="UBND xã", period="monthly",
            due=Due(day=25), lines=NOWHERE,
        )
    ]  # fmt: skip
