"""One unit against one requirement, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dinhlang.law.compiling import STATES, compile_set, table_of
from dinhlang.law.evaluating import evaluate, evaluate_requirement
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
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Trend,
)
from dinhlang.law.sets import Criterion, Declared, Indicator, RegionRule
from dinhlang.law.subjects import Fact, Subject
from dinhlang.law.verdicts import Missing, State, Verdict

from .small import Effective, at, fact, num, small_law, small_set, unit, villages, yes

MET, NOT_MET, UNKNOWN, NA = State.MET, State.NOT_MET, State.UNKNOWN, State.NOT_APPLICABLE
POOR = (Exception_(measure="bao_tro", text="hộ bảo trợ xã hội"),)


def judged(requirement: Requirement, subject: Subject, *sets: Any, **about: Any) -> Verdict:
    """The verdict, after checking that many units at once get the same."""
    main = small_set(requirement, id="mau/chinh", **about)
    law = small_law(main, *sets)
    verdict = evaluate_requirement(requirement, subject, law, main)
    together = compile_set(Effective(main), law).run(table_of([subject]))
    assert STATES[together.indicators[0, 0]] is verdict.state
    return verdict


def with_facts(*facts: Fact) -> Subject:
    return unit(*facts, region="BTB")


COMPARISONS: list[tuple[Compare, object, State]] = [
    (at("duong_thon", ">=", 95), (11, 12), NOT_MET),
    (at("duong_thon", ">=", 95), (114, 120), MET),
    (at("duong_thon", ">", 95), (114, 120), NOT_MET),
    (at("duong_thon", ">=", "66.67"), (2, 3), NOT_MET),
    (at("duong_thon", "<", "66.67"), (2, 3), MET),
    (at("duong_thon", ">=", 95), (0, 0), NA),
    (at("duong_thon", ">=", None), (0, 0), NA),
    (at("duong_thon", ">=", None), (12, 12), UNKNOWN),
    (at("ho_ngheo", "<=", 4), 4, MET),
    (at("ho_ngheo", "<", 4), 4, NOT_MET),
    (at("so_ngheo", "=", 0), 0, MET),
    (at("so_ngheo", "=", 0), 1, NOT_MET),
    (at("thu_nhap", ">=", 64), "59.58", NOT_MET),
    (at("thu_nhap", ">=", 64), 64, MET),
]


@pytest.mark.parametrize(("requirement", "said", "state"), COMPARISONS)
def test_a_number_is_held_against_its_threshold_exactly(
    requirement: Compare, said: object, state: State
) -> None:
    assert judged(requirement, with_facts(fact(requirement.measure, said))).state is state


EXCEPTIONS: list[tuple[Compare, object, object, State, str]] = [
    (at("so_ngheo", "=", 0, exceptions=POOR), 3, 3, MET, "excepted"),
    (at("so_ngheo", "=", 0, exceptions=POOR), 3, 2, NOT_MET, "excepted"),
    (at("so_ngheo", "=", 0, exceptions=POOR), 3, None, UNKNOWN, "exceptions_unknown"),
    (at("so_ngheo", "=", 0, exceptions=POOR), 0, None, MET, ""),
    (at("so_ngheo", "<=", 2, exceptions=POOR), 3, 5, MET, "excepted"),
    (at("ho_ngheo", "<=", 1, exceptions=POOR), (15, 1005), 5, MET, "excepted"),
    (at("ho_ngheo", "<=", 1, exceptions=POOR), (15, 1004), 5, NOT_MET, "excepted"),
    (at("ho_ngheo", "<=", 1, exceptions=POOR), "1.5", 5, UNKNOWN, "no_parts"),
    (at("ho_ngheo", "<=", 1, exceptions=POOR), "1.5", 0, NOT_MET, ""),
    (at("ho_ngheo", "<=", 1, exceptions=POOR), (2, 2), 2, MET, "excepted"),
]


@pytest.mark.parametrize(("requirement", "said", "excepted", "state", "reason"), EXCEPTIONS)
def test_what_the_law_excepts_is_taken_off_only_where_that_is_needed(
    requirement: Compare, said: object, excepted: object, state: State, reason: str
) -> None:
    facts = [fact(requirement.measure, said)]
    if excepted is not None:
        facts.append(fact("bao_tro", excepted))
    verdict = judged(requirement, with_facts(*facts))
    assert (verdict.state, verdict.reason) == (state, reason)


def test_a_rate_is_compared_without_the_excepted_households_in_either_part() -> None:
    verdict = judged(
        at("ho_ngheo", "<=", 1, exceptions=POOR),
        with_facts(fact("ho_ngheo", (15, 1005)), fact("bao_tro", 5)),
    )
    assert verdict.value == Fraction(10 * 100, 1000)


LEAVES: list[tuple[Requirement, list[Fact], State]] = [
    (yes("co_cho"), [fact("co_cho", True)], MET),
    (yes("co_cho"), [fact("co_cho", False)], NOT_MET),
    (yes("co_cho"), [], UNKNOWN),
    (Grade(measure="xoa_mu", at_least="Mức độ 2"), [fact("xoa_mu", "Mức độ 3")], MET),
    (Grade(measure="xoa_mu", at_least="Mức độ 2"), [fact("xoa_mu", "Mức độ 1")], NOT_MET),
    (Grade(measure="xoa_mu", at_least="Mức độ 2"), [fact("xoa_mu", "Tốt")], UNKNOWN),
    (Between(measure="diem", low=num(50), high=num(70)), [fact("diem", 70)], MET),
    (Between(measure="diem", low=num(50), high=num(70), below_high=True), [fact("diem", 70)],
     NOT_MET),
    (Between(measure="diem", low=num(50), high=NotLoaded()), [fact("diem", 49)], NOT_MET),
    (Between(measure="diem", low=num(50), high=NotLoaded()), [fact("diem", 60)], UNKNOWN),
    (Between(measure="diem", low=None, high=num(70)), [fact("diem", 0)], MET),
    (Checklist(mandatory=("co_cho",), score="diem", low=num(50), high=num(70)),
     [fact("co_cho", True), fact("diem", 50)], MET),
    (Checklist(mandatory=("co_cho",), score="diem", low=num(50), high=num(70)),
     [fact("co_cho", True), fact("diem", 70)], NOT_MET),
    (Checklist(mandatory=("co_cho",), score="diem", low=num(50)),
     [fact("co_cho", False), fact("diem", 90)], NOT_MET),
    (Checklist(mandatory=("co_cho",), score="diem", low=num(50)), [fact("diem", 90)], UNKNOWN),
    (ContentNotLoaded(giver="province"), [fact("co_cho", True)], UNKNOWN),
    (Trend(measure="vu_viec", direction="falling", years=2),
     [fact("vu_viec", n, y) for n, y in ((5, 2022), (4, 2023), (2, 2024))], MET),
    (Trend(measure="vu_viec", direction="falling", years=2),
     [fact("vu_viec", n, y) for n, y in ((5, 2022), (5, 2023), (2, 2024))], NOT_MET),
    (Trend(measure="vu_viec", direction="falling", years=2),
     [fact("vu_viec", n, y) for n, y in ((4, 2023), (2, 2024))], UNKNOWN),
    (Trend(measure="vu_viec", direction="falling", years=2),
     [fact("vu_viec", n, y) for n, y in ((4, 2023), (6, 2024))], NOT_MET),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "facts", "state"), LEAVES)
def test_a_leaf_says_what_its_facts_say(
    requirement: Requirement, facts: list[Fact], state: State
) -> None:
    assert judged(requirement, with_facts(*facts)).state is state


GOOD, BAD, OPEN = yes("co_cho"), yes("cho_chuan"), yes("cua_hang")
ABSENT = IfPresent(measure="cong_nhan", part=GOOD)
KNOWN = [fact("co_cho", True), fact("cho_chuan", False), fact("cong_nhan", False)]
JOINED: list[tuple[Requirement, State]] = [
    (AllOf(parts=(GOOD, GOOD)), MET),
    (AllOf(parts=(GOOD, OPEN)), UNKNOWN),
    (AllOf(parts=(OPEN, BAD)), NOT_MET),
    (AllOf(parts=(GOOD, ABSENT)), MET),
    (AllOf(parts=(ABSENT, ABSENT)), NA),
    (AnyOf(parts=(BAD, GOOD)), MET),
    (AnyOf(parts=(BAD, OPEN)), UNKNOWN),
    (AnyOf(parts=(BAD, ABSENT)), NOT_MET),
    (AnyOf(parts=(ABSENT, OPEN)), UNKNOWN),
    (AtLeastOf(count=2, parts=(GOOD, GOOD, BAD)), MET),
    (AtLeastOf(count=2, parts=(GOOD, OPEN, BAD)), UNKNOWN),
    (AtLeastOf(count=3, parts=(GOOD, OPEN, BAD)), NOT_MET),
    (AtLeastOf(count=2, parts=(GOOD, ABSENT)), NOT_MET),
    (AtLeastOf(count=1, parts=(ABSENT, ABSENT)), NA),
    (AtLeastOf(count=2, parts=(ABSENT, OPEN)), UNKNOWN),
    (Fallback(parts=(ABSENT, GOOD)), MET),
    (Fallback(parts=(BAD, GOOD)), NOT_MET),
    (Fallback(parts=(OPEN, GOOD)), UNKNOWN),
    (Fallback(parts=(ABSENT, ABSENT)), NA),
    (IfPresent(measure="co_cho", part=BAD), NOT_MET),
    (IfPresent(measure="cua_hang", part=GOOD), UNKNOWN),
    (IfPresent(measure="cua_hang", part=ABSENT), NA),
    (Points(parts=((Decimal(60), GOOD), (Decimal(40), BAD)), threshold=num(60)), MET),
    (Points(parts=((Decimal(60), OPEN), (Decimal(40), GOOD)), threshold=num(60)), UNKNOWN),
    (Points(parts=((Decimal(10), OPEN), (Decimal(40), GOOD)), threshold=num(60)), NOT_MET),
    (Points(parts=((Decimal(10), ABSENT),), threshold=num(60)), NA),
]


@pytest.mark.parametrize(("requirement", "state"), JOINED)
def test_parts_meet_by_the_logic_of_the_unknown(requirement: Requirement, state: State) -> None:
    assert judged(requirement, with_facts(*KNOWN)).state is state


SHARES: list[tuple[tuple[bool | None, ...], str, str, object, State]] = [
    ((True, True, True, False), ">=", "percent", 75, MET),
    ((True, True, True, False), ">", "percent", 75, NOT_MET),
    ((True, True, None, None), ">=", "percent", 50, MET),
    ((True, True, None, None), ">=", "percent", 75, UNKNOWN),
    ((False, False, None, None), ">=", "percent", 75, NOT_MET),
    ((True, None), ">=", "count", 1, MET),
    ((False, None), ">=", "count", 1, UNKNOWN),
    ((False, None), ">=", "count", 2, NOT_MET),
    ((False, None, True), "<=", "count", 2, MET),
    ((False, None, True), "=", "count", 3, NOT_MET),
    ((False, None, True), "=", "count", 2, UNKNOWN),
    ((None, None), ">=", "percent", 0, UNKNOWN),
]


@pytest.mark.parametrize(("answers", "operator", "counting", "limit", "state"), SHARES)
def test_units_below_that_say_nothing_matter_only_where_they_could_change_the_answer(
    answers: tuple[bool | None, ...], operator: Any, counting: Any, limit: object, state: State
) -> None:
    requirement = Children(
        level="village", part=GOOD, operator=operator, threshold=num(limit), counting=counting
    )
    assert judged(requirement, unit(children=villages(*answers))).state is state


def test_without_units_below_a_share_of_them_is_unknown_and_says_so() -> None:
    requirement = Children(level="village", part=GOOD, operator=">=", threshold=num(80))
    verdict = judged(requirement, unit())
    assert verdict.state is UNKNOWN
    assert [each.kind for each in verdict.missing] == ["children"]


def test_a_village_is_judged_by_the_region_and_attributes_of_its_commune() -> None:
    limit = ByRegion(cases=(("BTB", ByAttribute(attribute="dao", cases=(("yes", num(5)),))),))
    requirement = Children(
        level="village",
        part=Compare(measure="diem", operator=">=", threshold=limit),
        operator=">=",
        threshold=num(100),
    )
    below = {"village": (unit(fact("diem", 6), name="Thôn 1"),)}
    commune = unit(region="BTB", attributes={"dao": "yes"}, children=below)
    assert judged(requirement, commune).state is MET


THRESHOLDS: list[tuple[Any, dict[str, Any], Fraction | Missing]] = [
    (num("59.5"), {}, Fraction(119, 2)),
    (NotLoaded(giver="ministry"), {}, Missing(kind="threshold", giver="ministry")),
    (ByRegion(cases=(("BTB", num(1)), ("DBSH", num(2)))), {"region": "DBSH"}, Fraction(2)),
    (ByRegion(cases=(("BTB", num(1)),)), {}, Missing(kind="region", giver="unit")),
    (ByRegion(cases=(("BTB", num(1)),)), {"region": "TN"},
     Missing(kind="threshold", what="TN", giver="decision")),
    (ByGroup(cases=(("1", num(1)), ("2", num(2)))), {"group": "2"}, Fraction(2)),
    (ByGroup(cases=(("1", num(1)),)), {}, Missing(kind="group", giver="unit")),
    (ByYear(cases=((2023, num(1)), (2024, num(2)))), {}, Fraction(2)),
    (ByYear(cases=((2023, num(1)),)), {},
     Missing(kind="threshold", what="2024", giver="decision", year=2024)),
    (ByAttribute(attribute="schools", cases=(("1", num(1)),), otherwise=num(9)),
     {"attributes": {"schools": "4"}}, Fraction(9)),
    (ByAttribute(attribute="schools", cases=(("1", num(1)),), otherwise=num(9)), {},
     Missing(kind="attribute", what="schools", giver="unit")),
    (ByAttribute(attribute="schools", cases=(("1", num(1)),)), {"attributes": {"schools": "4"}},
     Missing(kind="threshold", what="schools=4", giver="decision")),
    (RelativeTo(set="mau/nang-cao", indicator="1.1", factor=Decimal("1.1")), {"region": "BTB"},
     Fraction(66)),
    (RelativeTo(set="mau/khong", indicator="1.1"), {},
     Missing(kind="set", what="mau/khong", giver="decision")),
    (FromMeasure(measure="cua_huyen", factor=Decimal("0.5")), {}, Fraction(25)),
    (FromMeasure(measure="diem"), {}, Missing(kind="fact", what="diem")),
]  # fmt: skip


@pytest.mark.parametrize(("threshold", "about", "wanted"), THRESHOLDS)
def test_a_threshold_is_the_one_of_the_unit_and_day_or_says_what_is_missing(
    threshold: Any, about: dict[str, Any], wanted: Fraction | Missing
) -> None:
    advanced = small_set(
        Compare(
            measure="thu_nhap",
            operator=">=",
            threshold=ByRegion(cases=(("BTB", ByYear(cases=((2024, num(60)),))),)),
        ),
        id="mau/nang-cao",
    )
    subject = unit(fact("thu_nhap", 60), fact("cua_huyen", 50), **about)
    requirement = Compare(measure="thu_nhap", operator=">=", threshold=threshold)
    verdict = judged(requirement, subject, advanced)
    if isinstance(wanted, Missing):
        assert verdict.state is UNKNOWN
        assert verdict.missing == (wanted,)
    else:
        assert verdict.threshold is not None
        assert verdict.threshold.amount == wanted
        assert verdict.state is (MET if wanted <= 60 else NOT_MET)


def test_a_special_commune_is_judged_by_the_column_the_rule_names_and_the_path_says_so() -> None:
    requirement = Compare(
        measure="diem",
        operator=">=",
        threshold=ByRegion(cases=(("DBSH", num(90)), ("TDMNPB", num(70)))),
    )
    rules = (RegionRule(attribute="special_commune", region="TDMNPB"),)
    special = unit(fact("diem", 75), region="DBSH", attributes={"special_commune": "yes"})
    verdict = judged(requirement, special, region_rules=rules)
    assert verdict.state is MET
    assert verdict.threshold is not None
    assert verdict.threshold.path == (("region_rule", "special_commune"), ("by_region", "TDMNPB"))
    plain = replace(special, attributes={})
    assert judged(requirement, plain, region_rules=rules).state is NOT_MET


YEARS_OF: list[tuple[Requirement, list[Fact], State]] = [
    (GOOD, [fact("co_cho", True, 2022)], MET),
    (GOOD, [fact("co_cho", True, 2025)], UNKNOWN),
    (GOOD, [fact("co_cho", True, 2023), fact("co_cho", False, 2024)], NOT_MET),
    (ThisYear(part=GOOD), [fact("co_cho", True, 2023)], UNKNOWN),
    (ThisYear(part=GOOD), [fact("co_cho", True, 2024)], MET),
    (Consecutive(years=3, part=GOOD), [fact("co_cho", True, y) for y in (2022, 2023, 2024)], MET),
    (Consecutive(years=3, part=GOOD), [fact("co_cho", True, y) for y in (2022, 2024)], UNKNOWN),
    (Consecutive(years=3, part=GOOD),
     [fact("co_cho", True, 2024), fact("co_cho", False, 2023)], NOT_MET),
    (Consecutive(years=2, part=Compare(measure="diem", operator=">=",
     threshold=ByYear(cases=((2023, num(5)), (2024, num(9)))))),
     [fact("diem", 6, 2023), fact("diem", 9, 2024)], MET),
    (Recognised(measure="cong_nhan", standard="A"),
     [fact("cong_nhan", True, valid_to=date(2024, 12, 31))], MET),
    (Recognised(measure="cong_nhan", standard="A"),
     [fact("cong_nhan", True, valid_to=date(2024, 12, 30))], UNKNOWN),
    (Recognised(measure="cong_nhan", standard="A"), [fact("cong_nhan", False)], NOT_MET),
    (Consecutive(years=2, part=Recognised(measure="cong_nhan", standard="A")),
     [fact("cong_nhan", True, 2023, valid_to=date(2023, 12, 31)),
      fact("cong_nhan", True, 2024)], MET),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "facts", "state"), YEARS_OF)
def test_a_fact_counts_for_its_year_and_as_long_as_its_paper_holds(
    requirement: Requirement, facts: list[Fact], state: State
) -> None:
    assert judged(requirement, with_facts(*facts)).state is state


def test_a_number_that_must_be_surveyed_does_not_count_from_another_source() -> None:
    verdict = judged(at("thu_nhap", ">=", 64), with_facts(fact("thu_nhap", 70, source="typed")))
    assert (verdict.state, verdict.reason) == (UNKNOWN, "no_survey")
    assert verdict.missing == (Missing(kind="survey", what="thu_nhap", giver="Cơ quan thống kê"),)


def test_a_draft_counts_and_the_verdict_shows_that_nobody_confirmed_it() -> None:
    verdict = judged(GOOD, with_facts(fact("co_cho", True, confirmed=False)))
    assert verdict.state is MET
    assert verdict.fact is not None
    assert not verdict.fact.confirmed


BY_SEX: list[tuple[dict[str, object], State]] = [
    ({"male": 95, "female": 90}, MET),
    ({"male": 95, "female": 89}, NOT_MET),
    ({"male": 95}, UNKNOWN),
    ({"": 95}, UNKNOWN),
    ({"male": 80}, NOT_MET),
    ({"male": (0, 0), "female": 95}, MET),
]


@pytest.mark.parametrize(("said", "state"), BY_SEX)
def test_what_holds_for_both_sexes_holds_for_each(said: dict[str, object], state: State) -> None:
    facts = [fact("bhyt", value, sex=sex) for sex, value in said.items()]
    requirement = BothSexes(part=at("bhyt", ">=", 90))
    assert judged(requirement, with_facts(*facts)).state is state


def test_the_missing_sex_is_named() -> None:
    verdict = judged(BothSexes(part=at("bhyt", ">=", 90)), with_facts(fact("bhyt", 95, sex="male")))
    assert verdict.missing == (Missing(kind="fact", what="bhyt", sex="female"),)


BASE = small_set(yes("co_cho"), yes("cho_chuan"), id="mau/co-ban")
RECOGNISED = fact("cong_nhan", True)
OTHER_SETS: list[tuple[Requirement, list[Fact], State]] = [
    (MeetsSet(set="mau/co-ban"), [fact("co_cho", True), fact("cho_chuan", True)], MET),
    (MeetsSet(set="mau/co-ban"), [fact("co_cho", True)], UNKNOWN),
    (MeetsSet(set="mau/co-ban"), [fact("co_cho", False)], NOT_MET),
    (MeetsSet(set="mau/co-ban", recognition="cong_nhan"),
     [fact("co_cho", False), RECOGNISED], MET),
    (MeetsSet(set="mau/co-ban", recognition="cong_nhan"), [fact("co_cho", False)], UNKNOWN),
    (MeetsSet(set="mau/co-ban", recognition="cong_nhan"),
     [fact("co_cho", False), fact("cong_nhan", False)], NOT_MET),
    (MeetsSet(set="mau/co-ban", recognition="cong_nhan", revalidate=True),
     [fact("co_cho", False), RECOGNISED], NOT_MET),
    (MeetsSet(set="mau/chua-nap"), [RECOGNISED], UNKNOWN),
    (MeetsCriterion(set="mau/co-ban", number="1"), [fact("co_cho", True)], MET),
    (MeetsCriterion(set="mau/co-ban", number="2.1"), [fact("cho_chuan", False)], NOT_MET),
    (MeetsCriterion(set="mau/co-ban", number="7"), [fact("co_cho", True)], UNKNOWN),
    (MetShare(set="mau/co-ban", operator=">", threshold=num(40)), [fact("co_cho", True)], MET),
    (MetShare(set="mau/co-ban", operator=">", threshold=num(50)), [fact("co_cho", True)], UNKNOWN),
    (MetShare(set="mau/co-ban", operator=">", threshold=num(50)),
     [fact("co_cho", True), fact("cho_chuan", False)], NOT_MET),
    (MeetsSet(set="mau/chinh"), [RECOGNISED], UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "facts", "state"), OTHER_SETS)
def test_another_set_is_held_against_the_same_unit(
    requirement: Requirement, facts: list[Fact], state: State
) -> None:
    assert judged(requirement, with_facts(*facts), BASE).state is state


def test_sets_that_refer_to_one_another_end_as_unknown() -> None:
    first = small_set(MeetsSet(set="mau/hai"), id="mau/mot")
    second = small_set(MeetsSet(set="mau/mot"), id="mau/hai")
    law = small_law(first, second)
    verdict = evaluate(Effective(first), unit(), law)
    assert verdict.state is UNKNOWN
    assert STATES[compile_set(Effective(first), law).run(table_of([unit()])).whole[0]] is UNKNOWN


def test_an_earlier_recognition_that_fails_when_looked_at_again_is_said_to_have() -> None:
    node = MeetsSet(set="mau/co-ban", recognition="cong_nhan", revalidate=True)
    verdict = judged(node, with_facts(fact("co_cho", False), RECOGNISED), BASE)
    assert verdict.reason == "not_revalidated"
    assert [part.about for part in verdict.parts if part.state is NOT_MET] == ["1.1"]


def set_state(subject: Subject, **about: Any) -> State:
    made = small_set(yes("co_cho"), yes("cho_chuan"), yes("cua_hang"), **about)
    law = small_law(made)
    verdict = evaluate(Effective(made), subject, law)
    together = compile_set(Effective(made), law).run(table_of([subject]))
    assert together.state(0) is verdict.state
    return verdict.state


def test_a_set_is_met_by_all_its_criteria_or_by_as_many_as_it_says() -> None:
    two = with_facts(fact("co_cho", True), fact("cho_chuan", True))
    assert set_state(two) is UNKNOWN
    assert set_state(two, at_least=2) is MET
    assert set_state(with_facts(*KNOWN), at_least=2) is UNKNOWN
    assert set_state(with_facts(*KNOWN), at_least=3) is NOT_MET


def test_a_set_of_which_a_part_is_not_loaded_is_never_met() -> None:
    all_three = with_facts(*(fact(m, True) for m in ("co_cho", "cho_chuan", "cua_hang")))
    assert set_state(all_three, declared=Declared(criteria=3, indicators=3)) is MET
    assert set_state(all_three, declared=Declared(criteria=3, indicators=4)) is UNKNOWN
    assert set_state(all_three, declared=Declared(criteria=4)) is UNKNOWN


def test_a_criterion_that_needs_only_some_of_its_indicators_counts_them() -> None:
    indicators = tuple(
        Indicator(number=f"1.{n}", name="x", requirement=yes(m))
        for n, m in enumerate(("co_cho", "cho_chuan", "cua_hang"), 1)
    )
    one = Criterion(number="1", name="x", indicators=indicators, at_least=1)
    made = replace(small_set(), criteria=(one,))
    verdict = evaluate(Effective(made), with_facts(*KNOWN), small_law(made))
    assert verdict.criteria[0].state is MET
    counts = verdict.indicator_counts
    assert (counts.met, counts.not_met, counts.unknown) == (1, 1, 1)
    assert verdict.hash == "bam"
