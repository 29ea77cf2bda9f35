"""The shortest way to a set, held against trying every set of items with the real evaluator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dinhlang.law.evaluating import evaluate
from dinhlang.law.library import Law, Library
from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Fallback,
    Grade,
    IfPresent,
    MetShare,
    NotLoaded,
    Points,
    Reached,
    Requirement,
    ThisYear,
    Trend,
    Value,
)
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Indicator, Measure
from dinhlang.law.shortest import Item, Ways, shortest
from dinhlang.law.shortest_items import with_done
from dinhlang.law.subjects import Fact, Subject, subject_of
from dinhlang.law.verdicts import State

DAY = date(2024, 12, 31)
MEASURES = (
    *(Measure(id=f"co_{n}", name=f"Có {n}", kind="yes_no") for n in "abcdep"),
    *(
        Measure(id=f"ty_le_{n}", name=f"Tỷ lệ {n}", kind="rate", unit="%", better="higher",
                numerator=f"Số km đường {n}", denominator="Tổng số km", by_sex=n == "s")
        for n in "rqs"
    ),
    Measure(id="thu_nhap", name="Thu nhập", kind="amount", unit="triệu đồng/người/năm"),
    Measure(id="diem", name="Điểm", kind="amount", unit="điểm"),
    Measure(id="ho_ngheo", name="Số hộ nghèo", kind="count", unit="hộ", better="lower"),
    Measure(id="muc", name="Mức độ", kind="grade", scale=("Mức độ 1", "Mức độ 2", "Mức độ 3")),
)  # fmt: skip


def least(measure: str, value: int) -> Compare:
    return Compare(measure=measure, operator=">=", threshold=Value(amount=Decimal(value)))


def most(measure: str, value: int) -> Compare:
    return Compare(measure=measure, operator="<=", threshold=Value(amount=Decimal(value)))


def yes(name: str) -> Reached:
    return Reached(measure=f"co_{name}")


def a_set(
    *requirements: Requirement, name: str = "thu/bo", at_least: int | None = None
) -> CriteriaSet:
    """A set of one criterion with one indicator a requirement."""
    indicators = tuple(
        Indicator(number=f"1.{n}", name=f"Chỉ tiêu {n}", requirement=each)
        for n, each in enumerate(requirements, 1)
    )
    return CriteriaSet(
        id=name, title=name, short=f"Bộ {name}", level="ntm", subject="commune",
        decision=Decision(number="1/QĐ-MẪU"), valid_from=date(2022, 1, 1), sample=True,
        criteria=(
            Criterion(number="1", name="Thử", indicators=indicators, at_least=at_least),
        ),
    )  # fmt: skip


def law_of(*sets: CriteriaSet) -> Law:
    return Library(sets, (), MEASURES).at(DAY)


def ways(
    made: CriteriaSet, subject: Subject, law: Law | None = None, **known: dict[str, int]
) -> Ways:
    law = law or law_of(made)
    effective = law.get(made.id)
    assert effective is not None
    return shortest(effective, subject, law, known.get("costs"), known.get("months"))


def number(measure: str, value: float, year: int = 2024, sex: str = "") -> Fact:
    return Fact(measure=measure, year=year, value=Decimal(str(value)), sex=sex)  # type: ignore[arg-type]


def judged(measure: str, is_so: bool, year: int = 2024) -> Fact:
    return Fact(measure=measure, year=year, yes=is_so)


def keys(items: tuple[Item, ...]) -> set[str]:
    return {item.key for item in items}


# --- Property: as good as trying every set of items -----------------------------------------------

leaf_nodes: st.SearchStrategy[Requirement] = st.one_of(
    st.sampled_from("abcde").map(yes),
    st.builds(
        least, st.sampled_from(("ty_le_r", "ty_le_q", "thu_nhap")), st.sampled_from((50, 60, 80))
    ),
    st.sampled_from((("ho_ngheo", 0), ("ho_ngheo", 10), ("ty_le_r", 10))).map(
        lambda about: most(*about)
    ),
    st.sampled_from(("Mức độ 2", "Mức độ 3")).map(lambda at: Grade(measure="muc", at_least=at)),
    st.just(Between(measure="diem", low=Value(amount=Decimal(40)), high=Value(amount=Decimal(70)))),
    st.just(ContentNotLoaded(giver="province")),
    st.just(BothSexes(part=least("ty_le_s", 60))),
    st.sampled_from("ab").map(lambda n: Consecutive(years=2, part=yes(n))),
    st.sampled_from("ab").map(lambda n: ThisYear(part=yes(n))),
)


def joined(parts: st.SearchStrategy[Requirement]) -> st.SearchStrategy[Requirement]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda found: AllOf(parts=found)),
        several.map(lambda found: AnyOf(parts=found)),
        several.flatmap(
            lambda found: st.integers(1, len(found)).map(
                lambda count: AtLeastOf(count=count, parts=found)
            )
        ),
        several.map(lambda found: Fallback(parts=found)),
        parts.map(lambda part: IfPresent(measure="co_p", part=part)),
        several.map(
            lambda found: Points(
                parts=tuple((Decimal(5 + n), part) for n, part in enumerate(found)),
                threshold=Value(amount=Decimal(6)),
            )
        ),
        st.sampled_from((50, 100)).map(
            lambda share: Children(
                level="village",
                part=yes("d"),
                operator=">=",
                threshold=Value(amount=Decimal(share)),
            )
        ),
    )


trees = st.recursive(leaf_nodes, joined, max_leaves=6)
some_facts = st.lists(
    st.one_of(
        st.builds(judged, st.sampled_from([f"co_{n}" for n in "abcdep"]), st.booleans(),
                  st.sampled_from((2023, 2024))),
        st.builds(number, st.sampled_from(["ty_le_r", "ty_le_q", "thu_nhap", "ho_ngheo", "diem"]),
                  st.sampled_from((0, 45, 60, 90))),
    ),
    max_size=6,
)  # fmt: skip


def this_year_too(subject: Subject) -> Subject:
    """The subject where nothing given for the year before is taken for this year's."""
    facts = {
        key: found if found[0].year == DAY.year or found[0].source != "survey"
        else (judged(key[0], False), *found)
        for key, found in subject.facts.items()
    }  # fmt: skip
    return replace(subject, facts=facts)


@given(
    trees=st.lists(trees, min_size=1, max_size=3),
    facts=some_facts,
    villages=st.lists(st.sampled_from((None, True, False)), max_size=3),
    numbers=st.lists(st.integers(0, 5), min_size=24, max_size=24),
    priced=st.integers(0, 12),
)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_set_of_items_that_meets_the_set_is_better(
    trees: list[Requirement],
    facts: list[Fact],
    villages: list[bool | None],
    numbers: list[int],
    priced: int,
) -> None:
    unique = list({(fact.measure, fact.year): fact for fact in facts}.values())
    children = tuple(
        subject_of([] if state is None else [judged("co_d", state)], name=f"Thôn {n}", id=n)
        for n, state in enumerate(villages, 1)
    )
    subject = subject_of(unique, children={"village": children})
    made = a_set(*trees)
    law = law_of(made)
    effective = law.get(made.id)
    assert effective is not None
    first = shortest(effective, subject, law)
    known = [item for item in first.items if item.kind != "law"]
    assume(len(known) <= 9)
    costs = {item.key: numbers[n] for n, item in enumerate(known[:priced])}
    months = {item.key: numbers[n + 12] for n, item in enumerate(known[: 12 - priced])}
    found = shortest(effective, subject, law, costs, months)

    def value(chosen: tuple[Item, ...]) -> tuple[int, int]:
        return (
            sum(item.key not in costs for item in chosen),
            sum(costs.get(item.key, 0) for item in chosen),
        )

    def speed(chosen: tuple[Item, ...]) -> tuple[int, int]:
        return (
            sum(item.key not in months for item in chosen),
            max((months.get(item.key, 0) for item in chosen), default=0),
        )

    subsets = chain.from_iterable(combinations(known, size) for size in range(len(known) + 1))
    reaching = [
        chosen
        for chosen in subsets
        if evaluate(effective, this_year_too(with_done(subject, chosen, law)), law).state
        is State.MET
    ]
    if found.state == "met":
        assert evaluate(effective, subject, law).state in (State.MET, State.NOT_APPLICABLE)
        return
    if found.cheapest is None or found.cheapest.not_loaded:
        assert not reaching
        return
    if any(item.quantity is None for item in found.items if item.kind == "fact"):
        return  # units that are not entered yet: no fact of this test brings them
    assert found.cheapest.is_sure
    assert found.fastest is not None
    assert value(found.cheapest.items) == min(map(value, reaching))
    assert speed(found.fastest.items) == min(map(speed, reaching))
    assert found.cheapest.cost == value(found.cheapest.items)[1]


# --- What it says ---------------------------------------------------------------------------------


def test_a_set_that_is_met_leaves_nothing() -> None:
    assert ways(a_set(yes("a")), subject_of([judged("co_a", True)])).state == "met"


def test_an_item_of_several_indicators_is_counted_once() -> None:
    made = a_set(AllOf(parts=(yes("a"), yes("b"))), yes("a"), yes("a"))
    found = ways(made, subject_of([judged("co_a", False)]), costs={"co_a": 7, "co_b": 5})
    assert found.cheapest is not None
    assert found.cheapest.cost == 12
    shared = next(item for item in found.items if item.key == "co_a")
    assert [serves.number for serves in shared.serves] == ["1.1", "1.2", "1.3"]


def test_with_no_costs_the_way_with_the_fewest_items_is_taken() -> None:
    made = a_set(AnyOf(parts=(AllOf(parts=(yes("a"), yes("b"))), yes("c"))))
    found = ways(made, Subject())
    assert found.cheapest is not None
    assert keys(found.cheapest.items) == {"co_c"}
    assert keys(found.cheapest.unpriced) == {"co_c"}
    assert keys(found.cheapest.left) == {"co_a", "co_b"}


def test_the_fastest_way_runs_side_by_side_and_may_cost_more() -> None:
    made = a_set(AnyOf(parts=(AllOf(parts=(yes("a"), yes("b"))), yes("c"))))
    found = ways(
        made,
        Subject(),
        costs={"co_a": 500, "co_b": 500, "co_c": 100},
        months={"co_a": 3, "co_b": 2, "co_c": 12},
    )
    assert found.cheapest is not None and found.fastest is not None
    assert keys(found.cheapest.items) == {"co_c"}
    assert (found.cheapest.cost, found.cheapest.months) == (100, 12)
    assert keys(found.fastest.items) == {"co_a", "co_b"}
    assert (found.fastest.cost, found.fastest.months) == (1000, 3)
    assert found.cheapest_next is not None
    assert keys(found.cheapest_next.items) == {"co_a", "co_b"}


def test_whether_there_is_such_a_thing_is_asked_before_what_only_that_demands() -> None:
    made = a_set(IfPresent(measure="co_p", part=yes("a")), yes("b"))
    found = ways(made, Subject())
    items = {item.key.split("|")[0]: item for item in found.items}
    assert (items["co_p"].asks, items["co_p"].kind_words) == ("presence", "Cần trả lời")
    assert items["co_p"].rule == "nếu không có, chỉ tiêu này không xét"
    assert items["co_a"].given == "Có p"
    assert items["co_b"].given == ""
    no = ways(made, subject_of([judged("co_p", False)]))
    assert {item.key for item in no.items} == {"co_b"}


def test_what_is_demanded_anyway_is_not_told_as_only_if() -> None:
    made = a_set(IfPresent(measure="co_p", part=yes("a")), yes("a"))
    items = {item.key: item for item in ways(made, Subject()).items}
    assert items["co_a"].given == ""


def test_a_choice_tells_what_was_taken_and_what_left_out() -> None:
    made = a_set(AtLeastOf(count=2, parts=(yes("a"), yes("b"), yes("c"))))
    found = ways(made, Subject(), costs={"co_a": 9, "co_b": 1, "co_c": 2})
    assert found.cheapest is not None
    [choice] = found.cheapest.choices
    assert choice.label == "1.1. Chỉ tiêu 1"
    assert [branch.name for branch in choice.taken] == ["Có b", "Có c"]
    assert [(branch.name, branch.cost) for branch in choice.left] == [("Có a", 9)]


def test_a_threshold_that_is_not_loaded_is_no_work_and_is_avoided_where_it_can_be() -> None:
    unloaded = Compare(measure="thu_nhap", operator=">=", threshold=NotLoaded(giver="province"))
    both = AnyOf(parts=(unloaded, AllOf(parts=(yes("a"), yes("b")))))
    found = ways(a_set(both), Subject())
    assert found.cheapest is not None
    assert keys(found.cheapest.items) == {"co_a", "co_b"}
    assert found.cheapest.is_sure

    found = ways(a_set(unloaded, yes("a")), Subject())
    assert found.cheapest is not None
    assert not found.cheapest.is_sure
    assert [item.kind for item in found.cheapest.not_loaded] == ["law"]
    assert "chưa nạp ngưỡng" in found.cheapest.not_loaded[0].lacks
    assert keys(found.cheapest.to_do) == {"co_a"}
    assert keys(found.cheapest.unpriced) == {"co_a"}


def test_a_higher_level_of_the_same_number_is_paid_once() -> None:
    found = ways(
        a_set(least("thu_nhap", 50), least("thu_nhap", 64)),
        subject_of([number("thu_nhap", 40)]),
        costs={"thu_nhap|>=50": 3, "thu_nhap|>=64": 8},
    )
    assert found.cheapest is not None
    assert keys(found.cheapest.items) == {"thu_nhap|>=64"}
    assert found.cheapest.cost == 8
    assert found.cheapest.left == ()


def test_what_is_met_is_not_undone_by_what_is_done() -> None:
    kept = most("ty_le_r", 55)
    made = a_set(kept, AnyOf(parts=(least("ty_le_r", 80), yes("a"))))
    found = ways(made, subject_of([number("ty_le_r", 50)]), costs={"co_a": 900, "ty_le_r|>=80": 1})
    assert found.cheapest is not None
    assert keys(found.cheapest.items) == {"co_a"}


def test_a_past_year_cannot_be_done_again() -> None:
    made = a_set(Consecutive(years=3, part=yes("a")))
    facts = [judged("co_a", True, 2024), judged("co_a", False, 2023), judged("co_a", True, 2022)]
    found = ways(made, subject_of(facts))
    assert found.state == "closed"
    assert found.cheapest is None
    assert found.reasons == ("“Có a” năm 2023 không đạt, không làm lại được",)


def test_a_past_year_without_a_fact_may_still_be_shown() -> None:
    made = a_set(Consecutive(years=2, part=yes("a")))
    found = ways(made, subject_of([judged("co_a", True, 2024)]))
    assert [(item.name, item.lacks, item.kind) for item in found.items] == [
        ("Có a (năm 2023)", "chưa có số liệu năm 2023", "fact")
    ]
    assert found.cheapest is not None and found.cheapest.is_sure


def test_villages_are_chosen_by_their_cost() -> None:
    made = a_set(
        Children(level="village", part=yes("a"), operator=">=", threshold=Value(amount=Decimal(60)))
    )
    villages = tuple(
        subject_of([judged("co_a", n == 1)], name=f"Thôn {n}", id=n) for n in range(1, 5)
    )
    found = ways(
        made,
        Subject(children={"village": villages}),
        costs={"don-vi-2|co_a": 5, "don-vi-3|co_a": 3, "don-vi-4|co_a": 4},
    )
    assert found.cheapest is not None
    assert [item.unit for item in found.cheapest.items] == ["Thôn 3", "Thôn 4"]
    assert found.cheapest.cost == 7
    assert found.cheapest.is_sure


def test_a_share_of_another_set_asks_for_as_many_criteria_as_it_takes() -> None:
    other = CriteriaSet(
        id="thu/khac", title="", short="Bộ khác", level="ntm", subject="commune",
        decision=Decision(number="2/QĐ-MẪU"), valid_from=DAY, sample=True,
        criteria=tuple(
            Criterion(
                number=str(n), name=f"Tiêu chí {name}",
                indicators=(Indicator(number=f"{n}.1", name=name, requirement=yes(name)),),
            )
            for n, name in enumerate("abcd", 1)
        ),
    )  # fmt: skip
    made = a_set(MetShare(set=other.id, operator=">", threshold=Value(amount=Decimal(50))))
    law = law_of(made, other)
    found = ways(made, subject_of([judged("co_a", True)]), law)
    assert found.cheapest is not None
    assert len(found.cheapest.items) == 2
    assert found.cheapest.is_sure


def test_a_trend_that_broke_this_year_can_be_mended_and_one_that_broke_before_cannot() -> None:
    made = a_set(Trend(measure="ho_ngheo", direction="falling", years=2))
    years = ((2022, 9), (2023, 8), (2024, 8))
    found = ways(made, subject_of([number("ho_ngheo", v, year) for year, v in years]))
    assert found.cheapest is not None
    assert found.cheapest.is_sure
    years = ((2022, 8), (2023, 9), (2024, 8))
    found = ways(made, subject_of([number("ho_ngheo", v, year) for year, v in years]))
    assert found.state == "closed"


@pytest.mark.parametrize(
    ("requirement", "fact", "lacks"),
    [
        (least("thu_nhap", 68), number("thu_nhap", 59.58),
         "cần thêm 8,42 triệu đồng/người/năm"),
        (most("ho_ngheo", 3), number("ho_ngheo", 5), "cần giảm 2 hộ"),
        (least("ty_le_r", 95),
         Fact(measure="ty_le_r", year=2024, numerator=Decimal("11.6"), denominator=Decimal("12.4")),
         "cần thêm 1,45 điểm % (thêm 0,18 km)"),
        (Grade(measure="muc", at_least="Mức độ 2"),
         Fact(measure="muc", year=2024, grade="Mức độ 1"), "cần đạt Mức độ 2, hiện Mức độ 1"),
        (yes("a"), judged("co_a", False), "cần hoàn thành"),
    ],
)  # fmt: skip
def test_a_number_tells_how_much_is_missing(
    requirement: Requirement, fact: Fact, lacks: str
) -> None:
    [item] = ways(a_set(requirement), subject_of([fact])).items
    assert item.lacks == lacks
    assert item.kind_words == "Chưa đạt"
