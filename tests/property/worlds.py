"""Laws, units and facts made by hypothesis, from so few values that they often meet at a border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Exception_,
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    NotLoaded,
    Points,
    Reached,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Indicator, Measure, RegionRule
from dinhlang.law.subjects import Fact, FactKey, Sex, Subject, subject_of

ON = date(2024, 6, 30)
YEARS = (2021, 2022, 2023, 2024)
GRADES = ("Mức 1", "Mức 2", "Mức 3")
MEASURES = {
    each.id: each
    for each in (
        Measure(id="ty_le_tot", name="Tỷ lệ tốt", kind="rate", unit="%", better="higher"),
        Measure(id="ty_le_xau", name="Tỷ lệ xấu", kind="rate", unit="%", better="lower"),
        Measure(
            id="ty_le_nam_nu", name="Tỷ lệ theo giới", kind="rate", by_sex=True, better="higher"
        ),
        Measure(id="so_xau", name="Số xấu", kind="count", unit="hộ", better="lower"),
        Measure(id="tru_ra", name="Số hộ được trừ", kind="count", unit="hộ"),
        Measure(
            id="dieu_tra", name="Thu nhập", kind="amount", unit="triệu đồng", survey_only=True,
            better="higher",
        ),
        Measure(id="nguong", name="Mức của huyện", kind="amount"),
        Measure(id="co_viec", name="Có việc", kind="yes_no", better="higher"),
        Measure(id="cong_nhan", name="Được công nhận", kind="yes_no", better="higher"),
        Measure(id="co_cho", name="Có chợ", kind="yes_no"),
        Measure(id="bac", name="Xếp loại", kind="grade", scale=GRADES, better="higher"),
    )
}  # fmt: skip
MAIN, OTHER = "qd-mau/chinh", "qd-mau/khac"
REGIONS = ("BTB", "DBSH")
BORDERS = [Decimal(each) for each in ("0", "1", "2", "50", "66.67", "90", "100", "110")]


@dataclass(frozen=True)
class Effective:
    """A set in force, as the readers ask for it."""

    set: CriteriaSet
    hash: str = "bam"


@dataclass(frozen=True)
class Law:
    """A law of a few sets."""

    sets: Mapping[str, Effective]
    on: date = ON
    measures: Mapping[str, Measure] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        object.__setattr__(self, "measures", MEASURES)

    def get(self, set_id: str) -> Effective | None:
        """The set of that id."""
        return self.sets.get(set_id)


def law_of(*sets: CriteriaSet) -> Law:
    """The law that these sets make."""
    return Law({each.id: Effective(each) for each in sets})


def set_of(*requirements: Requirement, name: str = MAIN, **more: Any) -> CriteriaSet:
    """A set with one criterion for each requirement."""
    return CriteriaSet(
        id=name,
        title="Bộ mẫu",
        short="Bộ mẫu",
        level="ntm",
        subject="commune",
        decision=Decision(number="01/QĐ-MẪU"),
        valid_from=date(2021, 1, 1),
        criteria=tuple(
            Criterion(
                number=str(place),
                name=f"Tiêu chí {place}",
                indicators=(
                    Indicator(number=f"{place}.1", name="Chỉ tiêu", requirement=requirement),
                ),
            )
            for place, requirement in enumerate(requirements, 1)
        ),
        **more,
    )


# --- Requirements --------------------------------------------------------------------------------

values = st.sampled_from(BORDERS).map(lambda amount: Value(amount=amount))
operators = st.sampled_from([">=", "<=", ">", "<", "="])


def _cases(keys: list[Any], inner: st.SearchStrategy[Threshold]) -> Any:
    found = st.dictionaries(st.sampled_from(keys), inner, min_size=1, max_size=2)
    return found.map(lambda cases: tuple(cases.items()))


def _deeper(inner: st.SearchStrategy[Threshold]) -> st.SearchStrategy[Threshold]:
    return st.one_of(
        st.builds(ByRegion, cases=_cases(list(REGIONS), inner)),
        st.builds(ByGroup, cases=_cases(["1", "2"], inner)),
        st.builds(ByYear, cases=_cases([2023, 2024], inner)),
        st.builds(
            ByAttribute,
            attribute=st.just("schools"),
            cases=_cases(["1", "2"], inner),
            otherwise=st.none() | inner,
        ),
    )


def thresholds(other: bool) -> st.SearchStrategy[Threshold]:
    """Thresholds; with ``other`` some refer to the other set."""
    factors = st.sampled_from([Decimal(1), Decimal("1.1")])
    simple: list[st.SearchStrategy[Threshold]] = [
        values,
        values,
        st.just(NotLoaded(giver="province")),
        st.builds(FromMeasure, measure=st.just("nguong"), factor=factors),
    ]
    if other:
        simple.append(
            st.builds(RelativeTo, set=st.just(OTHER), indicator=st.just("1.1"), factor=factors)
        )
    return st.recursive(st.one_of(simple), _deeper, max_leaves=3)


def straight_leaves(other: bool) -> st.SearchStrategy[Requirement]:
    """Leaves that a better value can only help."""
    limit = thresholds(other)
    exceptions = st.just(()) | st.just((Exception_(measure="tru_ra", text="bảo trợ xã hội"),))
    found: list[st.SearchStrategy[Requirement]] = [
        st.builds(Reached, measure=st.sampled_from(["co_viec", "cong_nhan"])),
        st.builds(
            Compare,
            measure=st.sampled_from(["ty_le_tot", "ty_le_nam_nu", "dieu_tra"]),
            operator=st.sampled_from([">=", ">"]),
            threshold=limit,
        ),
        st.builds(
            Compare,
            measure=st.sampled_from(["ty_le_xau", "so_xau"]),
            operator=st.sampled_from(["<=", "<"]),
            threshold=limit,
            exceptions=exceptions,
        ),
        st.just(Compare(measure="so_xau", operator="=", threshold=Value(amount=Decimal(0)))),
        st.builds(Grade, measure=st.just("bac"), at_least=st.sampled_from(GRADES)),
        st.just(Recognised(measure="cong_nhan", standard="Chuẩn mẫu")),
        st.just(ContentNotLoaded(giver="ministry")),
        st.just(
            Checklist(mandatory=("co_viec",), score="ty_le_tot", low=Value(amount=Decimal(50)))
        ),
    ]
    if other:
        found += [
            st.builds(
                MeetsSet,
                set=st.sampled_from([OTHER, OTHER, "qd-mau/khong-co"]),
                recognition=st.none() | st.just("cong_nhan"),
                revalidate=st.booleans(),
            ),
            st.builds(
                MeetsCriterion, set=st.just(OTHER), number=st.sampled_from(["1", "2.1", "99"])
            ),
            st.builds(MetShare, set=st.just(OTHER), operator=st.just(">="), threshold=values),
        ]
    return st.one_of(found)


def any_leaves(other: bool) -> st.SearchStrategy[Requirement]:
    """Leaves of every kind, with every operator."""
    measure = st.sampled_from(["ty_le_tot", "ty_le_xau", "so_xau", "ty_le_nam_nu", "dieu_tra"])
    limit = thresholds(other)
    odd = st.one_of(
        st.builds(
            Compare,
            measure=measure,
            operator=operators,
            threshold=limit,
            exceptions=st.just(()) | st.just((Exception_(measure="tru_ra", text="x"),)),
        ),
        st.builds(
            Between,
            measure=measure,
            low=st.none() | limit,
            high=limit,
            below_high=st.booleans(),
        ),
        st.builds(
            Trend,
            measure=measure,
            direction=st.sampled_from(["falling", "rising"]),
            years=st.integers(1, 2),
        ),
        st.just(
            Checklist(
                mandatory=("co_viec", "cong_nhan"),
                score="so_xau",
                low=Value(amount=Decimal(1)),
                high=Value(amount=Decimal(2)),
            )
        ),
    )
    return odd | straight_leaves(other)


def trees(leaves: st.SearchStrategy[Requirement], straight: bool) -> st.SearchStrategy[Requirement]:
    """Requirements over these leaves; ``straight``: only shares that more can only help."""
    operator = st.just(">=") if straight else operators

    def inner(part: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
        parts = st.lists(part, min_size=1, max_size=3).map(tuple)
        points = st.sampled_from([Decimal(1), Decimal("2.5")])
        return st.one_of(
            st.builds(AllOf, parts=parts),
            st.builds(AnyOf, parts=parts),
            st.builds(Fallback, parts=parts),
            st.tuples(parts, st.integers(1, 3)).map(
                lambda made: AtLeastOf(count=min(made[1], len(made[0])), parts=made[0])
            ),
            st.builds(IfPresent, measure=st.sampled_from(["co_cho", "tru_ra"]), part=part),
            st.builds(BothSexes, part=part),
            st.builds(ThisYear, part=part),
            st.builds(Consecutive, years=st.integers(1, 3), part=part, before=st.booleans()),
            st.builds(
                Children,
                level=st.just("village"),
                part=part,
                operator=operator,
                threshold=values,
                counting=st.sampled_from(["percent", "count"]),
            ),
            st.builds(
                Points,
                parts=st.lists(st.tuples(points, part), min_size=1, max_size=3).map(tuple),
                threshold=values,
            ),
        )

    return st.recursive(leaves, inner, max_leaves=6)


@st.composite
def laws(draw: st.DrawFn, *, straight: bool = False) -> Law:
    """A main set of three criteria and another one it refers to."""
    leaves = straight_leaves if straight else any_leaves
    rules = ((), (RegionRule(attribute="special_commune", region="BTB"),))
    other = set_of(
        *(draw(trees(leaves(False), straight)) for _ in range(2)),
        name=OTHER,
        region_rules=draw(st.sampled_from(rules)),
        at_least=draw(st.sampled_from([None, None, 1])),
    )
    main = set_of(
        *(draw(trees(leaves(True), straight)) for _ in range(3)),
        region_rules=draw(st.sampled_from(rules)),
        at_least=draw(st.sampled_from([None, None, 2])),
    )
    return law_of(main, other)


# --- Units and facts -----------------------------------------------------------------------------


_CHANCE = Random("số liệu")
_PARTS = [(0, 0), (0, 0), (0, 3), (1, 3), (2, 3), (9, 10), (3, 3), (1, 2)]


def _content(measure: Measure) -> dict[str, Any]:
    """What a fact of the measure may say."""
    if measure.kind == "yes_no":
        return {"yes": _CHANCE.random() < 0.6}
    if measure.kind == "grade":
        return {"grade": _CHANCE.choice((*GRADES, "Mức lạ"))}
    if measure.kind == "rate" and _CHANCE.random() < 0.7:
        top, bottom = _CHANCE.choice(_PARTS)
        return {"numerator": Decimal(top), "denominator": Decimal(bottom)}
    return {"value": _CHANCE.choice(BORDERS)}


def _history(measure: Measure, sex: Sex) -> tuple[Fact, ...]:
    """The facts of a few years, the latest first; often none."""
    years = _CHANCE.choice([(), *[(2024,)] * 3, (2023,), *[(2024, 2023)] * 2, YEARS[::-1]])
    return tuple(
        Fact(
            measure=measure.id,
            year=year,
            sex=sex,
            source=_CHANCE.choice([*["survey"] * 4, "report"]),
            confirmed=_CHANCE.random() < 0.5,
            valid_to=_CHANCE.choice([*[None] * 8, date(2023, 12, 31), date(2025, 1, 1)]),
            **_content(measure),
        )
        for year in years
    )


HISTORIES: dict[FactKey, list[tuple[Fact, ...]]] = {
    (measure.id, sex): [_history(measure, sex) for _ in range(150)]
    for measure in MEASURES.values()
    for sex in (("", "male", "female") if measure.by_sex else ("",))
}  # type: ignore[assignment]
"""Made once and drawn from: drawing every field of every fact would take most of the time."""


@st.composite
def subjects(draw: st.DrawFn, level: str = "commune") -> Subject:
    """A unit; a commune has up to three villages."""
    found = [fact for made in HISTORIES.values() for fact in draw(st.sampled_from(made))]
    children = {}
    if level == "commune" and draw(st.booleans()):
        villages = draw(st.lists(subjects("village"), max_size=3))
        children = {"village": tuple(villages)}
    attributes: dict[str, str] = {}
    for name, said in (("special_commune", ["yes", "no"]), ("schools", ["1", "2", "3"])):
        value = draw(st.sampled_from([None, *said]))
        if value is not None:
            attributes[name] = value
    return subject_of(
        found,
        name=f"Đơn vị {level}",
        region=draw(st.sampled_from([None, *REGIONS])),
        group=draw(st.sampled_from([None, "1", "2"])),
        attributes=attributes,
        children=children,
    )


def without(subject: Subject, key: FactKey) -> Subject:
    """The unit as if nothing were known of that measure and sex, nor below it."""
    return replace(
        subject,
        facts={each: found for each, found in subject.facts.items() if each != key},
        children={
            level: tuple(without(child, key) for child in below)
            for level, below in subject.children.items()
        },
    )


def improved(fact: Fact, measure: Measure, step: Decimal) -> Fact:
    """The same fact with a value that is better, as far as there is a better one."""
    if measure.better == "neither":
        return fact
    if fact.yes is not None:
        return replace(fact, yes=True)
    if fact.grade in GRADES:
        return replace(fact, grade=GRADES[min(GRADES.index(fact.grade) + 1, 2)])
    sign = 1 if measure.better == "higher" else -1
    if fact.value is not None:
        return replace(fact, value=max(fact.value + sign * step, Decimal(0)))
    if fact.numerator is not None and fact.denominator is not None:
        top = min(max(fact.numerator + sign * step, Decimal(0)), fact.denominator)
        return replace(fact, numerator=top)
    return fact


def better(subject: Subject, name: str, step: Decimal) -> Subject:
    """The unit with a better value of that measure, in every year and below it."""
    return replace(
        subject,
        facts={
            key: tuple(improved(fact, MEASURES[name], step) for fact in found)
            if key[0] == name
            else found
            for key, found in subject.facts.items()
        },
        children={
            level: tuple(better(child, name, step) for child in below)
            for level, below in subject.children.items()
        },
    )
