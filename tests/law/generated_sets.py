"""Sets, amendments and requirements made by hypothesis: well formed, otherwise anything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from dinhlang.law.provenance import Provenance
from dinhlang.law.regions import REGIONS
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
from dinhlang.law.sets import (
    Amendment,
    Body,
    Change,
    CriteriaSet,
    Criterion,
    Decision,
    Declared,
    Indicator,
    Measure,
    RegionRule,
    Territory,
)

OTHER = "qd-khac/xa"
MEASURES = {
    each.id: each
    for each in (
        Measure(id="ty_le_a", name="Tỷ lệ a", kind="rate", unit="%", by_sex=True, better="higher"),
        Measure(id="ty_le_b", name="Tỷ lệ b", kind="rate", unit="%", by_sex=True, better="lower"),
        Measure(id="luong_c", name="Lượng c", kind="amount", unit="km", by_sex=True),
        Measure(id="so_d", name="Số d", kind="count", unit="hộ", by_sex=True),
        Measure(id="co_e", name="Có e", kind="yes_no"),
        Measure(id="co_g", name="Có g", kind="yes_no", combine="all"),
        Measure(id="muc_h", name="Mức h", kind="grade", scale=("Mức 1", "Mức 2", "Mức 3")),
    )
}
NUMBER_IDS = ["ty_le_a", "ty_le_b", "luong_c", "so_d"]
YES_NO_IDS = ["co_e", "co_g"]
ADDRESS = "https://example.vn/van-ban"

_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyắằẵặấệộợữỹỵ0123456789/:#-“”'\"≥%,.()&*?!|>@`{}[]"
texts = (
    st.text(_LETTERS + " ", min_size=1, max_size=30)
    .map(lambda words: " ".join(words.split()))
    .filter(bool)
)
words = st.one_of(
    texts, st.sampled_from(["yes", "null", "3.1", "2022-03-08", "~", "=", "No", "1e3"])
)
amounts = st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False)
years = st.integers(2015, 2035)
numbers_of = st.sampled_from(NUMBER_IDS)
yes_no = st.sampled_from(YES_NO_IDS)
operators = st.sampled_from([">=", "<=", ">", "<", "="])
givers = st.sampled_from(["province", "ministry", "decision"])

provenances = st.one_of(
    st.builds(Provenance, checked=st.sampled_from(["unverified", "sample"]), note=st.just("")),
    st.builds(
        Provenance,
        checked=st.sampled_from(["sourced", "quoted", "approved"]),
        sources=st.just((ADDRESS,)),
        note=st.one_of(st.just(""), texts),
    ),
)


def _cases(keys: st.SearchStrategy[Any], inner: st.SearchStrategy[Threshold]) -> Any:
    return st.dictionaries(keys, inner, min_size=1, max_size=3).map(lambda d: tuple(d.items()))


def _deeper(inner: st.SearchStrategy[Threshold]) -> st.SearchStrategy[Threshold]:
    return st.one_of(
        st.builds(ByRegion, cases=_cases(st.sampled_from(list(REGIONS)), inner)),
        st.builds(ByGroup, cases=_cases(st.sampled_from(["1", "2", "3"]), inner)),
        st.builds(ByYear, cases=_cases(years, inner)),
        st.builds(
            ByAttribute,
            attribute=st.just("xa_dac_biet"),
            cases=_cases(words, inner),
            otherwise=st.none() | inner,
        ),
    )


values = st.builds(Value, amount=amounts, provenance=st.none() | provenances)
factors = st.sampled_from([Decimal(1), Decimal("1.1"), Decimal("0.5")])
thresholds: st.SearchStrategy[Threshold] = st.recursive(
    st.one_of(
        values,
        st.builds(NotLoaded, giver=givers, note=st.just("") | texts),
        st.builds(RelativeTo, set=st.just(OTHER), indicator=st.just("1.1"), factor=factors),
        st.builds(FromMeasure, measure=numbers_of, factor=factors),
    ),
    _deeper,
    max_leaves=4,
)
exceptions = st.lists(st.builds(Exception_, measure=numbers_of, text=texts), max_size=2).map(tuple)
_low = st.decimals(0, 40, places=1)
_high = st.decimals(50, 100, places=1)


def _bounds(made: tuple[Any, Any]) -> dict[str, Any]:
    low, high = (None if each is None else Value(amount=each) for each in made)
    return {"low": low, "high": high}


bounds = st.one_of(
    st.tuples(_low, _high), st.tuples(st.none(), _high), st.tuples(_low, st.none())
).map(_bounds)

leaves: st.SearchStrategy[Requirement] = st.one_of(
    st.builds(Reached, measure=yes_no),
    st.builds(
        Compare, measure=numbers_of, operator=operators, threshold=thresholds, exceptions=exceptions
    ),
    st.builds(
        lambda limits, **rest: Between(**limits, **rest),
        bounds, measure=numbers_of, below_high=st.booleans(),
    ),
    st.builds(Grade, measure=st.just("muc_h"), at_least=st.sampled_from(["Mức 1", "Mức 3"])),
    st.builds(
        Trend, measure=numbers_of, direction=st.sampled_from(["falling", "rising"]),
        years=st.integers(1, 4),
    ),
    st.builds(Recognised, measure=yes_no, standard=texts),
    st.builds(ContentNotLoaded, giver=givers, note=st.just("") | texts),
    st.builds(
        lambda limits, **rest: Checklist(**limits, **rest),
        bounds, mandatory=st.lists(yes_no, unique=True).map(tuple), score=st.just("so_d"),
    ),
    st.builds(
        MeetsSet, set=st.just(OTHER), recognition=st.none() | yes_no, revalidate=st.booleans()
    ),
    st.builds(MeetsCriterion, set=st.just(OTHER), number=st.just("1.1")),
    st.builds(MetShare, set=st.just(OTHER), operator=operators, threshold=values),
)  # fmt: skip


def _inner(part: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
    parts = st.lists(part, min_size=1, max_size=3).map(tuple)
    points = st.sampled_from([Decimal(10), Decimal("2.5")])
    return st.one_of(
        st.builds(AllOf, parts=parts),
        st.builds(AnyOf, parts=parts),
        st.builds(Fallback, parts=parts),
        parts.map(lambda made: AtLeastOf(count=len(made), parts=made)),
        st.builds(IfPresent, measure=yes_no, part=part),
        st.builds(BothSexes, part=part),
        st.builds(ThisYear, part=part),
        st.builds(Consecutive, years=st.integers(1, 5), part=part, before=st.booleans()),
        st.builds(
            Children, level=st.sampled_from(["village", "commune", "district"]), part=part,
            operator=operators, threshold=values, counting=st.sampled_from(["percent", "count"]),
        ),
        st.builds(
            Points, parts=st.lists(st.tuples(points, part), min_size=1, max_size=2).map(tuple),
            threshold=st.just(Value(amount=Decimal("2.5"))),
        ),
    )  # fmt: skip


requirements: st.SearchStrategy[Requirement] = st.recursive(leaves, _inner, max_leaves=6)

decisions = st.builds(
    Decision,
    number=texts.map(lambda word: f"{word}/QĐ-MẪU"),
    issuer=st.just("") | texts,
    title=st.just("") | texts,
    date=st.none() | st.dates(date(2014, 1, 1), date(2020, 1, 1)),
    provenance=provenances,
)
bodies = st.builds(Body, name=texts, document=st.just("") | texts, provenance=provenances)


@st.composite
def criteria(draw: st.DrawFn, number: str) -> Criterion:
    """A criterion with that number and one to three indicators."""
    count = draw(st.integers(1, 3))
    indicators = tuple(
        Indicator(
            number=f"{number}.{place}",
            name=draw(texts),
            requirement=draw(requirements),
            name_provenance=draw(provenances),
            provenance=draw(provenances),
            assessor=draw(st.none() | bodies),
            evidence=tuple(draw(st.lists(texts, max_size=2, unique=True))),
            note=draw(st.just("") | texts),
        )
        for place in range(1, count + 1)
    )
    return Criterion(
        number=number,
        name=draw(texts),
        indicators=indicators,
        name_provenance=draw(provenances),
        group=draw(st.just("") | texts),
        guided_by=draw(st.none() | bodies),
        at_least=draw(st.none() | st.integers(1, count)),
        note=draw(st.just("") | texts),
    )


territories = st.none() | st.builds(Territory, code=st.sampled_from(["25", "30"]), name=texts)
declared = st.none() | st.builds(
    Declared, criteria=st.integers(1, 20), indicators=st.none(), provenance=provenances
)
region_rules = st.lists(
    st.builds(
        RegionRule, attribute=st.just("xa_dac_biet"), region=st.sampled_from(list(REGIONS)),
        provenance=provenances,
    ),
    max_size=1,
).map(tuple)  # fmt: skip


@st.composite
def sets(draw: st.DrawFn, name: str = "qd-mau/xa") -> CriteriaSet:
    """A whole set, a sample."""
    count = draw(st.integers(1, 3))
    return CriteriaSet(
        id=name,
        title=draw(texts),
        short=draw(texts),
        level=draw(st.sampled_from(["ntm", "advanced", "field", "smart-village"])),
        subject=draw(st.sampled_from(["commune", "village"])),
        decision=draw(decisions),
        criteria=tuple(draw(criteria(str(place))) for place in range(1, count + 1)),
        valid_from=draw(st.dates(date(2020, 1, 1), date(2024, 1, 1))),
        valid_to=draw(st.none() | st.dates(date(2025, 1, 1), date(2030, 1, 1))),
        years=draw(st.sampled_from([None, (2021, 2025)])),
        territory=draw(territories),
        replaces=draw(st.sampled_from([(), (OTHER,)])),
        at_least=draw(st.none() | st.integers(1, count)),
        declared=draw(declared),
        region_rules=draw(region_rules),
        sample=True,
        note=draw(st.just("") | texts),
    )


@st.composite
def amendments(draw: st.DrawFn) -> Amendment:
    """An amendment of ``OTHER`` with a change of every sort."""
    indicator = draw(criteria("7")).indicators[0]
    changes = [
        Change(number="1.1", repeal=True, note=draw(st.just("") | texts)),
        Change(
            number="1.2", requirement=draw(requirements), provenance=draw(provenances),
            name=draw(st.none() | texts), note=draw(st.just("") | texts),
        ),
        Change(number="2", kind="criterion", name=draw(texts), provenance=draw(provenances)),
        Change(number="7", add=indicator),
        Change(number="8", kind="criterion", add=draw(criteria("8"))),
    ]  # fmt: skip
    return Amendment(
        id="qd-mau/sua",
        title=draw(texts),
        amends=OTHER,
        decision=draw(decisions),
        changes=tuple(draw(st.permutations(changes))),
        valid_from=date(2024, 3, 1),
        territory=draw(territories),
        declared=draw(declared),
        region_rules=draw(region_rules),
        sample=True,
        note=draw(st.just("") | texts),
    )
