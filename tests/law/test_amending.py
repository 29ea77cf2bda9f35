"""Amendments change what they say, where they say, in the order of their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dinhlang.law.amending import amended
from dinhlang.law.errors import LawError
from dinhlang.law.provenance import Provenance
from dinhlang.law.requirements import Compare, Reached, Value
from dinhlang.law.sets import (
    Amendment,
    Change,
    CriteriaSet,
    Criterion,
    Decision,
    Indicator,
    RegionRule,
    Territory,
)
from dinhlang.law.writing import digest

UNVERIFIED, SOURCED = Provenance(checked="unverified"), Provenance(checked="sample")


def rule(amount: int) -> Compare:
    return Compare(measure="a", operator=">=", threshold=Value(amount=Decimal(amount)))


def indicator(number: str, amount: int = 80, note: str = "") -> Indicator:
    return Indicator(
        number=number, name=f"Chỉ tiêu {number}", requirement=rule(amount), note=note,
        provenance=UNVERIFIED, name_provenance=UNVERIFIED,
    )  # fmt: skip


def criterion(number: str, *indicators: Indicator) -> Criterion:
    return Criterion(number=number, name=f"Tiêu chí {number}", indicators=indicators)


BASE = CriteriaSet(
    id="qd-1/xa",
    title="Bộ gốc",
    short="Gốc",
    level="ntm",
    subject="commune",
    decision=Decision(number="1/QĐ-MẪU"),
    criteria=(
        criterion("9", indicator("9.1"), indicator("9.9"), indicator("9.11")),
        criterion("10", indicator("10", note="ghi chú cũ")),
    ),
    valid_from=date(2022, 1, 1),
    region_rules=(RegionRule(attribute="biển", region="BTB"),),
)


def amendment(
    *changes: Change, name: str = "qd-2/xa", on: date = date(2024, 3, 1), **more: object
) -> Amendment:
    return Amendment(
        id=name, title="Sửa đổi", amends="qd-1/xa", decision=Decision(number="2/QĐ-MẪU"),
        changes=changes, valid_from=on, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def numbers(made: CriteriaSet) -> list[str]:
    return [each.number for every in made.criteria for each in every.indicators]


def find(made: CriteriaSet, number: str) -> Indicator:
    return next(
        each for every in made.criteria for each in every.indicators if each.number == number
    )


def test_without_amendments_only_the_lineage_is_filled() -> None:
    made = amended(BASE, [])
    assert replace(made, lineage=()) == BASE
    (step,) = made.lineage
    assert (step.id, step.decision, step.hash) == ("qd-1/xa", "1/QĐ-MẪU", digest(BASE))


def test_a_repealed_indicator_vanishes() -> None:
    made = amended(BASE, [amendment(Change(number="9.9", repeal=True))])
    assert numbers(made) == ["9.1", "9.11", "10"]
    assert made.lineage[1].numbers == ("9.9",)


def test_a_repealed_criterion_takes_its_indicators_along() -> None:
    made = amended(BASE, [amendment(Change(number="9", kind="criterion", repeal=True))])
    assert [each.number for each in made.criteria] == ["10"]


def test_a_new_requirement_brings_its_own_provenance_and_leaves_the_rest() -> None:
    change = Change(number="10", requirement=Reached(measure="e"), provenance=SOURCED)
    found = find(amended(BASE, [amendment(change)]), "10")
    assert (found.requirement, found.provenance) == (Reached(measure="e"), SOURCED)
    assert (found.name, found.name_provenance) == ("Chỉ tiêu 10", UNVERIFIED)
    assert found.note == "ghi chú cũ"


def test_a_new_name_leaves_the_requirement_and_its_provenance() -> None:
    change = Change(number="10", name="Tên mới", provenance=SOURCED, note="ghi chú mới")
    found = find(amended(BASE, [amendment(change)]), "10")
    assert (found.name, found.name_provenance) == ("Tên mới", SOURCED)
    assert (found.requirement, found.provenance) == (rule(80), UNVERIFIED)
    assert found.note == "ghi chú mới"


def test_a_criterion_is_renamed_even_where_an_indicator_has_the_same_number() -> None:
    made = amended(BASE, [amendment(Change(number="10", kind="criterion", name="Thu nhập"))])
    assert made.criteria[1].name == "Thu nhập"
    assert find(made, "10").name == "Chỉ tiêu 10"


def test_what_is_added_stands_where_its_number_belongs() -> None:
    made = amended(
        BASE,
        [
            amendment(
                Change(number="9", add=indicator("9.10")),
                Change(number="9a", kind="criterion", add=criterion("9a", indicator("9a.1"))),
            )
        ],
    )
    assert numbers(made) == ["9.1", "9.9", "9.10", "9.11", "9a.1", "10"]
    assert made.lineage[1].numbers == ("9.10", "9a")


def test_of_two_amendments_the_later_day_stands_however_they_are_given() -> None:
    early = amendment(Change(number="10", requirement=rule(85)), name="qd-2/xa")
    late = amendment(Change(number="10", requirement=rule(90)), name="qd-3/xa", on=date(2025, 1, 1))
    for row in ([early, late], [late, early]):
        made = amended(BASE, row)
        assert find(made, "10").requirement == rule(90)
        assert [step.id for step in made.lineage] == ["qd-1/xa", "qd-2/xa", "qd-3/xa"]


def test_of_the_same_day_the_provincial_overlay_is_laid_on_the_national_amendment() -> None:
    overlay = amendment(
        Change(number="10", requirement=rule(95)), name="qd-1a/xa",
        territory=Territory(code="30", name="Tỉnh Mẫu"),
    )  # fmt: skip
    national = amendment(Change(number="10", requirement=rule(85)), name="qd-9/xa")
    assert find(amended(BASE, [overlay, national]), "10").requirement == rule(95)


def test_a_change_to_what_an_earlier_amendment_took_away_is_passed_over() -> None:
    gone = amendment(Change(number="9.9", repeal=True))
    late = amendment(
        Change(number="9.9", requirement=rule(90)), Change(number="9.1", requirement=rule(70)),
        name="qd-3/xa", on=date(2025, 1, 1),
    )  # fmt: skip
    made = amended(BASE, [gone, late])
    assert numbers(made) == ["9.1", "9.11", "10"]
    assert made.lineage[2].numbers == ("9.1",)


def test_region_rules_are_joined_and_the_newer_stands() -> None:
    made = amended(
        BASE,
        [
            amendment(
                Change(number="9.9", repeal=True),
                region_rules=(
                    RegionRule(attribute="biển", region="DBSH"),
                    RegionRule(attribute="xa_dac_biet", region="TDMNPB"),
                ),
            )
        ],
    )
    assert [(each.attribute, each.region) for each in made.region_rules] == [
        ("biển", "DBSH"), ("xa_dac_biet", "TDMNPB"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (Change(number="9.2", repeal=True), "bộ không có chỉ tiêu 9.2 để sửa"),
        (Change(number="11", kind="criterion", name="x"), "bộ không có tiêu chí 11 để sửa"),
        (Change(number="11", add=indicator("11.1")), "bộ không có tiêu chí 11 để sửa"),
        (Change(number="9", add=indicator("10")), "số này đã có"),
        (Change(number="9", kind="criterion", add=criterion("9")), "số này đã có"),
        (Change(number="10", repeal=True), "hãy bãi bỏ cả tiêu chí"),
    ],
)
def test_an_impossible_change_is_refused_with_its_place(change: Change, message: str) -> None:
    with pytest.raises(LawError, match=message) as refused:
        amended(BASE, [amendment(change)])
    assert refused.value.problems[0].path.startswith("qd-2/xa")


def test_an_amendment_of_another_set_is_refused() -> None:
    with pytest.raises(LawError, match="không phải bộ này"):
        amended(BASE, [replace(amendment(), amends="qd-khac/xa")])
