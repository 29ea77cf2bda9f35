"""Why a verdict is what it is: a sentence, its parts line by line, what is missing, the sources."""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.vietnamese import format_date

from ..protocols import LawOfDay
from ..provenance import Provenance
from ..regions import REGIONS
from ..requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    BothSexes,
    Checklist,
    Children,
    Consecutive,
    Fallback,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Points,
)
from ..sets import Applied, CriteriaSet
from ..subjects import Fact
from ..verdicts import IndicatorVerdict, ResolvedThreshold, State, Verdict
from .rules import rule
from .sentences import sentence
from .words import (
    CASES,
    FACT_SOURCES,
    LEVELS,
    SEXES,
    Names,
    attribute_words,
    missing_words,
    number_words,
    with_unit,
)

_MOST_MISSING = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a reason: ``depth`` 0 stands directly under the summary.

    ``label`` is what it is of (a village, a year, “Nữ”, an indicator's number), ``fact`` the id of
    the observation behind it.
    """

    text: str
    state: State
    depth: int = 0
    label: str = ""
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where something said comes from. ``words``: how far it is checked; ``addresses``: papers."""

    what: str
    words: str
    addresses: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a requirement is met, not met, unknown or not applicable.

    ``summary`` is one sentence; ``rule`` what is demanded; ``path`` how the threshold was chosen
    (“vùng Bắc Trung Bộ, năm 2024”); ``missing`` what is missing, each with who can give it;
    ``facts`` who gave and confirmed the numbers; ``lineage`` which decisions changed the rule.
    """

    state: State
    summary: str
    rule: str
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    path: str = ""
    sources: tuple[Source, ...] = ()
    facts: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()


def explain(
    verdict: Verdict | IndicatorVerdict, law: LawOfDay, criteria_set: CriteriaSet | None = None
) -> Explanation:
    """The reasons of a verdict; of an indicator's with the source and lineage of its rule.

    ``criteria_set`` is the set the indicator stands in, for its own measures and its lineage.
    """
    names = Names(law, criteria_set)
    whole = verdict.verdict if isinstance(verdict, IndicatorVerdict) else verdict
    said = sentence(whole, names, named=False)
    demanded = rule(whole.requirement, names, named=False)
    lacking = [missing_words(each, names) for each in whole.missing]
    if len(lacking) > _MOST_MISSING:
        more = len(lacking) - _MOST_MISSING
        lacking = [*lacking[:_MOST_MISSING], f"và {more} nội dung khác"]
    return Explanation(
        state=whole.state,
        summary=_capital(said) + ".",
        rule=_capital(demanded),
        lines=tuple(_lines(whole, names, 0)),
        missing=tuple(_capital(each) for each in lacking),
        path=_path_of(whole, names),
        sources=_sources(verdict),
        facts=tuple(dict.fromkeys(_facts(whole, names))),
        lineage=_lineage(verdict, criteria_set),
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


# --- Parts ---------------------------------------------------------------------------------------


def _lines(verdict: Verdict, names: Names, depth: int) -> list[Line]:
    found: list[Line] = []
    for part in _shown_parts(verdict):
        label = part.about
        if isinstance(verdict.requirement, BothSexes):
            label = SEXES[part.sex].capitalize()
        if part.reason == "exception":
            counted = number_words(part.value or 0)
            name = names.of(getattr(part.requirement, "measure", ""))
            found.append(Line(f"Không tính {counted}: {name}", part.state, depth, label))
            continue
        text = _capital(sentence(part, names, named=not label))
        fact = part.fact.id if part.fact else None
        found.append(Line(text, part.state, depth, label, fact))
        if not isinstance(part.requirement, MeetsSet | MeetsCriterion | MetShare):
            found += _lines(part, names, depth + 1)
    return found


def _shown_parts(verdict: Verdict) -> list[Verdict]:
    """Of many units or a whole other set, those that keep it from being met."""
    parts = list(verdict.parts)
    if len(parts) == 1 and not isinstance(
        verdict.requirement, Children | AllOf | AnyOf | AtLeastOf | Points | Checklist | Fallback
    ):
        # A wrapper says what its only part says.
        return [] if not parts[0].parts else _shown_parts(parts[0])
    if isinstance(verdict.requirement, Children | MeetsSet | MeetsCriterion):
        wanted = {State.NOT_MET, State.UNKNOWN}
        if verdict.state is State.NOT_MET and not isinstance(verdict.requirement, Children):
            wanted = {State.NOT_MET}
        return [part for part in parts if part.state in wanted]
    if isinstance(verdict.requirement, Consecutive):
        return sorted(parts, key=lambda part: part.about)
    return parts


# --- The threshold's way -------------------------------------------------------------------------


def _path_of(verdict: Verdict, names: Names) -> str:
    """The way to the threshold of the verdict, or of the first part that has one."""
    for limit in (verdict.threshold, verdict.high):
        if limit is not None and limit.path:
            return path_words(limit, names)
    if isinstance(verdict.requirement, MeetsSet | MeetsCriterion):
        return ""
    return next((said for part in verdict.parts if (said := _path_of(part, names))), "")


def path_words(limit: ResolvedThreshold, names: Names) -> str:
    """“vùng Bắc Trung Bộ, năm 2024”."""
    return ", ".join(_step(kind, case, names) for kind, case in limit.path)


def _step(kind: str, case: str, names: Names) -> str:
    match kind:
        case "by_region":
            return f"vùng {REGIONS.get(case, case)}"
        case "by_group":
            return f"nhóm {case}"
        case "by_year":
            return f"năm {case}"
        case "region_rule":
            return f"xét theo cột vùng khác vì là {attribute_words(case)}"
        case "by_attribute":
            name, _, value = case.partition("=")
            return f"{attribute_words(name)}: {CASES.get(value, value)}"
        case "relative_to":
            where, _, factor = case.partition("×")
            set_id, _, number = where.partition("#")
            times = _times(factor)
            return f"{times}mức của chỉ tiêu {number}, {names.set_name(set_id)}"
        case _:
            measure, _, factor = case.partition("×")
            return f"{_times(factor)}{names.of(measure)}"


def _times(factor: str) -> str:
    return "" if factor in ("", "1") else f"{factor.replace('.', ',')} lần "


# --- Sources -------------------------------------------------------------------------------------


def _sources(verdict: Verdict | IndicatorVerdict) -> tuple[Source, ...]:
    found: list[Source] = []
    whole = verdict
    if isinstance(verdict, IndicatorVerdict):
        indicator, whole = verdict.indicator, verdict.verdict
        found.append(_source("Tên chỉ tiêu", indicator.name_provenance))
        found.append(_source("Yêu cầu", indicator.provenance))
    assert isinstance(whole, Verdict)
    seen: dict[Provenance, None] = {}
    _own_sources(whole, seen)
    found += [_source("Ngưỡng", provenance) for provenance in seen]
    return tuple(found)


def _own_sources(verdict: Verdict, seen: dict[Provenance, None]) -> None:
    for limit in (verdict.threshold, verdict.high):
        if limit is not None and limit.provenance is not None:
            seen[limit.provenance] = None
    if not isinstance(verdict.requirement, MeetsSet | MeetsCriterion):
        for part in verdict.parts:
            _own_sources(part, seen)


def _source(what: str, provenance: Provenance) -> Source:
    return Source(what, provenance.words, provenance.sources, provenance.note)


def _facts(verdict: Verdict, names: Names) -> list[str]:
    said = [] if verdict.fact is None else [_fact_words(verdict.fact, names)]
    if isinstance(verdict.requirement, Children):
        count = sum(1 for part in verdict.parts if part.state is not State.UNKNOWN)
        level = LEVELS[verdict.requirement.level]
        return [*said, f"Số liệu của {count}/{len(verdict.parts)} {level}"]
    if isinstance(verdict.requirement, MeetsSet | MeetsCriterion):
        return said
    for part in verdict.parts:
        said += _facts(part, names)
    return said


def _fact_words(fact: Fact, names: Names) -> str:
    """“Tỷ lệ …: 12,3/13,2 (năm 2024), báo cáo; Công chức Địa chính nhập, Chủ tịch xác nhận”."""
    sex = f", {SEXES[fact.sex]}" if fact.sex else ""
    given = f"; {fact.by} nhập" if fact.by else ""
    if not fact.confirmed:
        checked = "; chưa xác nhận"
    elif fact.confirmed_by:
        checked = f"; {fact.confirmed_by} xác nhận"
    else:
        checked = ""
    until = f"; hiệu lực đến {format_date(fact.valid_to)}" if fact.valid_to else ""
    return (
        f"{names.of(fact.measure)}: {fact_value(fact, names)} (năm {fact.year}{sex}), "
        f"{FACT_SOURCES[fact.source]}{given}{checked}{until}"
    )


def fact_value(fact: Fact, names: Names) -> str:
    """What a fact says: “93,5 %”, “12,3/13,2”, “có”, a grade."""
    if fact.yes is not None:
        return "có" if fact.yes else "không"
    if fact.grade is not None:
        return fact.grade
    if fact.value is not None:
        return with_unit(number_words(fact.value), names.unit(fact.measure))
    parts = (fact.numerator, fact.denominator)
    return "/".join("?" if part is None else number_words(part) for part in parts)


def _lineage(
    verdict: Verdict | IndicatorVerdict, criteria_set: CriteriaSet | None
) -> tuple[str, ...]:
    if criteria_set is None or not isinstance(verdict, IndicatorVerdict):
        return ()
    number = verdict.indicator.number
    return tuple(lineage_words(step) for step in criteria_set.lineage if _touches(step, number))


def _touches(step: Applied, number: str) -> bool:
    """Whether a document changed an indicator or the criterion it stands in."""
    return number in step.numbers or number.split(".")[0] in step.numbers


def lineage_words(step: Applied) -> str:
    """“sửa bởi 211/QĐ-TTg từ 01/3/2024”."""
    return f"sửa bởi {step.decision or step.title} từ {format_date(step.valid_from)}"
