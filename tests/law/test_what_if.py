"""What flips when something is supposed, and how two sets compare for one unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dinhlang.law.comparing import compare_sets
from dinhlang.law.library import Law, Library, shipped
from dinhlang.law.requirements import (
    AllOf,
    ByGroup,
    Compare,
    ContentNotLoaded,
    Exception_,
    NotLoaded,
    Reached,
    Requirement,
    Value,
)
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Declared, Indicator, Measure
from dinhlang.law.subjects import Fact, Subject, subject_of
from dinhlang.law.verdicts import State
from dinhlang.law.what_if import Supposed, main_threshold, suppose, under, with_threshold

DAY = date(2024, 12, 31)
MEASURES = (
    Measure(id="ty_le", name="Tỷ lệ hộ dùng nước sạch", kind="rate", unit="%", better="higher"),
    Measure(id="thu_nhap", name="Thu nhập", kind="amount", unit="triệu đồng/người/năm"),
    Measure(id="so_ho", name="Số hộ nghèo", kind="count", unit="hộ", better="lower"),
    Measure(id="tru", name="Số hộ được trừ", kind="count", unit="hộ"),
    Measure(id="co_cho", name="Có chợ", kind="yes_no"),
)


def limit(amount: int) -> Value:
    return Value(amount=Decimal(amount))


def least(measure: str, amount: int) -> Compare:
    return Compare(measure=measure, operator=">=", threshold=limit(amount))


def a_set(name: str, **requirements: tuple[str, Requirement]) -> CriteriaSet:
    """``n1=("Tên", requirement)`` is indicator 1."""
    criteria = tuple(
        Criterion(
            number=key[1:], name=title,
            indicators=(Indicator(number=key[1:], name=title, requirement=requirement),),
        )
        for key, (title, requirement) in requirements.items()
    )  # fmt: skip
    return CriteriaSet(
        id=name, title=name, short=name, level="ntm", subject="commune", sample=True,
        decision=Decision(number="1/QĐ-MẪU"), valid_from=date(2022, 1, 1), criteria=criteria,
    )  # fmt: skip


def law_of(*sets: CriteriaSet) -> Law:
    return Library(sets, (), MEASURES).at(DAY)


def number(measure: str, amount: float) -> Fact:
    return Fact(measure=measure, year=2024, value=Decimal(str(amount)))


SET = a_set(
    "mau/cu",
    n1=("Nước sạch", least("ty_le", 80)),
    n2=("Thu nhập", Compare(
        measure="thu_nhap", operator=">=",
        threshold=ByGroup(cases=(("1", limit(60)), ("2", limit(45)))),
    )),
    n3=("Hộ nghèo", Compare(measure="so_ho", operator="<=", threshold=limit(3))),
)  # fmt: skip
UNIT = subject_of(
    [number("ty_le", 78), number("thu_nhap", 50), number("so_ho", 3)], group="1", name="Xã"
)


def flips(supposed: Supposed) -> dict[str, tuple[State | None, State | None]]:
    law = law_of(SET)
    effective = law.get(SET.id)
    assert effective is not None
    outcome = suppose(effective, UNIT, law, supposed)
    return {flip.number: (flip.before, flip.after) for flip in outcome.indicators}


@pytest.mark.parametrize(
    ("supposed", "expected"),
    [
        (Supposed(), {}),
        (Supposed(facts={"": [number("ty_le", 80)]}), {"1": (State.NOT_MET, State.MET)}),
        (Supposed(facts={"": [number("so_ho", 4)]}), {"3": (State.MET, State.NOT_MET)}),
        (Supposed(facts={"": [number("ty_le", 79)]}), {}),
        (Supposed(thresholds={"1": Decimal(75)}), {"1": (State.NOT_MET, State.MET)}),
        (Supposed(thresholds={"3": Decimal(2)}), {"3": (State.MET, State.NOT_MET)}),
        (Supposed(group="2"), {"2": (State.NOT_MET, State.MET)}),
        (Supposed(group="3"), {"2": (State.NOT_MET, State.UNKNOWN)}),
    ],
)
def test_what_is_supposed_flips_exactly_what_depends_on_it(
    supposed: Supposed, expected: dict[str, tuple[State, State]]
) -> None:
    assert flips(supposed) == expected


def test_flips_for_better_and_for_worse_are_told_apart() -> None:
    law = law_of(SET)
    effective = law.get(SET.id)
    assert effective is not None
    facts = {"": [number("ty_le", 90), number("so_ho", 9)]}
    outcome = suppose(effective, UNIT, law, Supposed(facts=facts))
    assert [flip.number for flip in outcome.better] == ["1"]
    assert [flip.number for flip in outcome.worse] == ["3"]
    assert outcome.before.state is outcome.after.state is State.NOT_MET


def test_supposing_leaves_the_unit_and_the_law_as_they_were() -> None:
    law = law_of(SET)
    effective = law.get(SET.id)
    assert effective is not None
    facts = {"": [number("ty_le", 90)]}
    suppose(effective, UNIT, law, Supposed(facts=facts, thresholds={"2": Decimal(1)}))
    again = suppose(effective, UNIT, law, Supposed())
    assert again.indicators == ()
    assert again.before.hash == again.after.hash


def test_a_threshold_of_an_indicator_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        flips(Supposed(thresholds={"9": Decimal(1)}))


def test_the_one_threshold_of_a_tree_is_found_wherever_it_stands() -> None:
    tree = AllOf(parts=(Reached(measure="co_cho"), least("ty_le", 80)))
    assert main_threshold(tree) == limit(80)
    assert with_threshold(tree, limit(70)) == AllOf(
        parts=(Reached(measure="co_cho"), least("ty_le", 70))
    )
    two = AllOf(parts=(least("ty_le", 80), least("thu_nhap", 80)))
    assert with_threshold(two, limit(70)) is None
    assert main_threshold(Reached(measure="co_cho")) is None


def test_another_day_may_bring_another_threshold() -> None:
    library = shipped()
    before = library.at(date(2022, 12, 31), frozenset({"30"}))
    after = library.at(date(2023, 12, 31), frozenset({"30"}))
    name = "qd-318-2022/xa-nang-cao"
    income = [
        Fact(measure="thu_nhap_binh_quan", year=year, value=Decimal(66), source="survey")
        for year in (2022, 2023)
    ]
    unit = subject_of(income, region="DBSH")
    first, second = before.get(name), after.get(name)
    assert first is not None and second is not None
    verdict = suppose(first, unit, before, Supposed()).before
    outcome = under(second, unit, after, verdict)
    states = {flip.number: (flip.before, flip.after) for flip in outcome.indicators}
    assert states["10"] == (State.MET, State.NOT_MET)


# --- Two sets -------------------------------------------------------------------------------------

NEW = a_set(
    "mau/moi",
    n1=("Tỷ lệ hộ được dùng nước sạch", least("ty_le", 90)),
    n2=("Thu nhập", least("thu_nhap", 48)),
    n3=("Hộ nghèo", Compare(measure="so_ho", operator="<=", threshold=limit(3))),
    n4=("Chợ", Reached(measure="co_cho")),
    n5=("Kinh tế số", ContentNotLoaded(giver="province")),
)
OLD = a_set(
    "mau/truoc",
    n1=("Nước sạch", least("ty_le", 80)),
    n2=("Thu nhập", least("thu_nhap", 50)),
    n3=("Hộ nghèo", Compare(measure="so_ho", operator="<=", threshold=limit(3))),
    n9=("Bưu điện", Reached(measure="tru")),
)


def changes(old: CriteriaSet, new: CriteriaSet, unit: Subject = UNIT) -> dict[tuple[str, str], str]:
    law = law_of(old, new)
    first, second = law.get(old.id), law.get(new.id)
    assert first is not None and second is not None
    found = compare_sets(first, second, unit, law)
    return {
        (pair.old.number if pair.old else "", pair.new.number if pair.new else ""): pair.change
        for pair in found.pairs
    }


def test_each_indicator_is_the_same_stricter_looser_new_gone_or_cannot_be_said() -> None:
    assert changes(OLD, NEW) == {
        ("1", "1"): "stricter",
        ("2", "2"): "looser",
        ("3", "3"): "same",
        ("", "4"): "new",
        ("", "5"): "unknown",
        ("9", ""): "gone",
    }


def test_nothing_is_gone_or_new_while_part_of_the_other_set_is_not_loaded() -> None:
    half = replace(NEW, declared=Declared(criteria=9))
    assert changes(OLD, half)["9", ""] == "unknown"
    assert changes(half, OLD)["", "9"] == "unknown"


def test_what_was_reached_may_carry_over_or_be_lost() -> None:
    law = law_of(OLD, NEW)
    first, second = law.get(OLD.id), law.get(NEW.id)
    assert first is not None and second is not None
    unit = subject_of([number("ty_le", 85), number("thu_nhap", 50), number("so_ho", 9)])
    found = compare_sets(first, second, unit, law)
    assert [pair.new.number for pair in found.pairs if pair.carries and pair.new] == ["2"]
    assert [pair.new.number for pair in found.pairs if pair.is_lost and pair.new] == ["1"]
    assert found.carried == 1
    assert found.pairs[0].old is not None
    assert found.pairs[0].old.rule == "≥ 80 %"


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (least("ty_le", 80), Compare(measure="ty_le", operator=">=",
                                     threshold=NotLoaded(giver="province")), "unknown"),
        (least("ty_le", 80), ContentNotLoaded(), "unknown"),
        (least("ty_le", 80), AllOf(parts=(least("ty_le", 80), Reached(measure="co_cho"))), "other"),
        (Compare(measure="so_ho", operator="=", threshold=limit(0)),
         Compare(measure="so_ho", operator="=", threshold=limit(0),
                 exceptions=(Exception_(measure="tru", text="bảo trợ xã hội"),)), "other"),
        (Compare(measure="so_ho", operator="=", threshold=limit(0)),
         Compare(measure="so_ho", operator="<=", threshold=limit(5)), "looser"),
    ],
)  # fmt: skip
def test_nothing_is_ranked_that_cannot_be(old: Requirement, new: Requirement, change: str) -> None:
    found = changes(a_set("mau/a", n1=("Một việc", old)), a_set("mau/b", n1=("Một việc", new)))
    assert found == {("1", "1"): change}


@pytest.mark.parametrize(
    ("old", "new", "territories"),
    [
        ("qd-318-2022/xa-ntm", "qd-51-2025/xa-ntm", frozenset({"25"})),
        ("qd-318-2022/xa-ntm", "qd-318-2022/xa-nang-cao", frozenset({"25"})),
        ("qd-33-2014-ha-tinh/kdc-mau", "qd-39-2022-ha-tinh/kdc-mau", frozenset({"42"})),
    ],
)
def test_the_shipped_sets_compare_without_losing_an_indicator(
    old: str, new: str, territories: frozenset[str]
) -> None:
    law = shipped().at(DAY, territories)
    first, second = law.get(old), law.get(new)
    assert first is not None and second is not None
    found = compare_sets(first, second, Subject(region="TDMNPB"), law)
    counts = found.old.indicator_counts.total, found.new.indicator_counts.total
    assert sum(pair.old is not None for pair in found.pairs) == counts[0]
    assert sum(pair.new is not None for pair in found.pairs) == counts[1]
    assert sum(count for _, _, count in found.counts) == len(found.pairs)
    if new.startswith("qd-51"):
        # Nothing may be said to be looser, stricter or gone while 51/2025 is not loaded.
        assert found.count("unknown") > 50
        assert not found.count("stricter") + found.count("looser") + found.count("gone")
