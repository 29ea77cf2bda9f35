"""Verdicts in words for the pages: the one line of a tile, the facts used, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dinhlang.facts.texts import ABSENT, THERE, answers
from dinhlang.law.explaining import explain
from dinhlang.law.explaining.words import number_words
from dinhlang.law.library import Law
from dinhlang.law.sets import CriteriaSet, Measure
from dinhlang.law.subjects import Fact
from dinhlang.law.verdicts import CriterionVerdict, IndicatorVerdict, State, Verdict

SEXES = {"": "", "male": "nam", "female": "nữ"}
SOURCES = {
    "typed": "nhập tay",
    "register": "sổ theo dõi",
    "report": "báo cáo",
    "survey": "khảo sát, lấy ý kiến",
    "document": "văn bản, quyết định",
    "plan": "kế hoạch ghi",
}
FIRST = (State.NOT_MET, State.UNKNOWN)


def short(verdict: CriterionVerdict, law: Law, criteria: CriteriaSet) -> str:
    """Why a criterion is not met, in one line: its first indicator that stands in the way.

    Empty where it is met.
    """
    if verdict.state not in FIRST:
        return ""
    standing = [each for each in verdict.indicators if each.state is verdict.state]
    if not standing:
        return ""
    first = standing[0]
    found = explain(first, law, criteria)
    text = found.summary
    if verdict.state is State.UNKNOWN and found.missing:
        text = found.missing[0]
    if len(verdict.indicators) > 1:
        text = f"{first.indicator.number}: {text}"
    rest = len(standing) - 1
    return f"{text} (và {rest} chỉ tiêu khác)" if rest else text


def nodes(verdict: Verdict) -> Iterator[Verdict]:
    """The verdict and all its parts, in the order of the rule."""
    yield verdict
    for part in verdict.parts:
        yield from nodes(part)


def rests_on_unconfirmed(indicator: IndicatorVerdict) -> bool:
    """Whether it was judged, and one of the numbers it was judged by is not confirmed yet."""
    if indicator.state is State.UNKNOWN:
        return False
    facts = (node.fact for node in nodes(indicator.verdict))
    return any(fact is not None and not fact.confirmed for fact in facts)


@dataclass(frozen=True, slots=True)
class FactShown:
    """One observation behind a verdict, in words. ``about``: the unit below, or the year."""

    measure: str
    name: str
    value: str
    year: int
    about: str
    source: str
    confirmed: bool
    by: str
    confirmed_by: str
    id: int | None


def facts_of(indicator: IndicatorVerdict, measures: Mapping[str, Measure]) -> list[FactShown]:
    """The observations that the verdict on the unit itself was made from, each once."""
    found: dict[tuple[object, ...], FactShown] = {}
    for node in nodes(indicator.verdict):
        fact = node.fact
        if fact is not None:
            key = (fact.measure, fact.sex, fact.year, node.about)
            found.setdefault(key, shown(fact, measures.get(fact.measure), node.about))
    return list(found.values())


def shown(fact: Fact, measure: Measure | None, about: str = "") -> FactShown:
    """The observation in words."""
    name = measure.name if measure is not None else fact.measure
    if sex := SEXES[fact.sex]:
        name = f"{name} ({sex})"
    return FactShown(
        measure=fact.measure,
        name=name,
        value=value_of(fact, measure),
        year=fact.year,
        about=about,
        source=SOURCES[fact.source],
        confirmed=fact.confirmed,
        by=fact.by,
        confirmed_by=fact.confirmed_by,
        id=fact.id,
    )


def value_of(fact: Fact, measure: Measure | None) -> str:
    """The value with its unit: ``93,5 %``, ``11,6/12,4 (93,5484 %)``, ``Đạt``, a grade."""
    if fact.yes is not None:
        yes, no = answers(measure) if measure is not None else (THERE, ABSENT)
        return yes if fact.yes else no
    if fact.grade is not None:
        return fact.grade
    unit = f" {measure.unit}" if measure is not None and measure.unit else ""
    if fact.value is not None:
        return f"{number_words(fact.value)}{unit}"
    if fact.numerator is None or fact.denominator is None:
        return ""
    parts = f"{number_words(fact.numerator)}/{number_words(fact.denominator)}"
    number = fact.number
    if number is None:
        return parts
    return f"{parts} ({number_words(number)}{unit or ' %'})"
