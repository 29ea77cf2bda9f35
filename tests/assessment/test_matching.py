"""Which criterion and which indicator a plan means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dinhlang.assessment.matching import likeness, match, matcher
from dinhlang.law.library import shipped
from dinhlang.law.requirements import Reached
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Indicator
from dinhlang.papers.reading import read
from tests.assessment.small_law import DAY

NAMES = {
    "2": "Giao thông",
    "3": "Thủy lợi và phòng, chống thiên tai",
    "6": "Văn hóa",
    "7": "Cơ sở hạ tầng thương mại nông thôn",
    "11": "Nghèo đa chiều",
    "14": "Y tế",
    "15": "Hành chính công",
}
INDICATORS = {
    "14.1": "Tỷ lệ người dân tham gia bảo hiểm y tế",
    "14.2": "Tỷ lệ dân số được quản lý sức khỏe",
}


def indicator(number: str, name: str) -> Indicator:
    return Indicator(number=number, name=name, requirement=Reached(measure="m"))


SET = CriteriaSet(
    id="a/b",
    title="",
    short="",
    level="advanced",
    subject="commune",
    decision=Decision(number=""),
    valid_from=DAY,
    criteria=tuple(
        Criterion(
            number=number,
            name=name,
            indicators=tuple(indicator(*each) for each in INDICATORS.items())
            if number == "14"
            else (indicator(number, name),),
        )
        for number, name in NAMES.items()
    ),
)


@pytest.mark.parametrize(
    ("number", "name", "found"),
    [
        (2, "Giao thông", "2"),
        (3, "Thủy lợi", "3"),
        (7, "Dịch vụ thương mại", "7"),
        (11, "Hộ nghèo", "11"),
        (6, "Cơ sở vật chất văn hóa", "6"),
        (None, "Hành chính công", "15"),
        (17, "Hành chính công", "15"),
        (15, "Y tế", "14"),
        (15, "Môi trường", None),
        (99, "Quốc phòng và An ninh", None),
        (2, "", None),
    ],
)
def test_a_number_counts_with_a_like_name_and_a_name_alone_only_where_it_is_the_whole(
    number: int | None, name: str, found: str | None
) -> None:
    criterion = match(SET, {"number": number, "name": name})
    assert (criterion.number if criterion else None) == found


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ({"code": "14.2", "text": "dân số được quản lý sức khỏe", "criterion": 14}, "14.2"),
        ({"code": "14.2", "text": "quản lý sức khỏe cho dân số"}, "14.2"),
        ({"code": "14.2", "text": "trồng cây xanh ven đường", "criterion": 14}, None),
        ({"code": "14.2", "text": "hợp tác xã hoạt động hiệu quả"}, None),
        ({"code": "14.9", "text": "Tỷ lệ người dân tham gia bảo hiểm y tế", "criterion": 14}, None),
        ({"text": "tỷ lệ người dân tham gia bảo hiểm y tế", "criterion": 14}, "14.1"),
        ({"text": "trồng cây xanh ven đường", "criterion": 14}, None),
        ({"text": "tỷ lệ người dân tham gia bảo hiểm y tế"}, None),
        ({"text": "tỷ lệ người dân tham gia bảo hiểm y tế", "criterion": 2}, None),
    ],
)
def test_a_target_is_matched_by_code_or_by_most_of_its_words(
    target: dict[str, Any], found: str | None
) -> None:
    assert matcher(SET, []).indicator(target) == found


def test_numbers_of_a_plan_lead_through_the_names_it_gives_them() -> None:
    which = matcher(SET, [{"number": 15, "name": "Y tế"}])
    assert which.criterion(15) == "14"
    assert which.criterion(2) == "2"
    assert which.criterion(None) is None
    assert which.criterion(99) is None


def test_two_indicators_that_fit_alike_are_not_guessed_between() -> None:
    roads = ("Tỷ lệ đường xã được cứng hóa", "Tỷ lệ đường thôn được cứng hóa bền vững")
    both = Criterion(
        number="2",
        name="Giao thông",
        indicators=tuple(indicator(f"2.{at}", name) for at, name in enumerate(roads, start=1)),
    )
    which = matcher(replace(SET, criteria=(both,)), [])
    assert which.indicator({"text": "cứng hóa", "criterion": 2}) is None
    assert which.indicator({"text": "tỷ lệ đường thôn cứng hóa bền vững", "criterion": 2}) == "2.2"


def test_a_single_word_is_too_little_to_know_a_target_by() -> None:
    assert matcher(SET, []).indicator({"text": "dân", "criterion": 14}) is None


def test_syllables_of_other_tones_are_other_syllables() -> None:
    heritage = "Di sản văn hóa được bảo vệ, phát huy giá trị theo quy định"
    assert likeness("Tỷ lệ gia đình văn hoá", heritage)[0] == 0.5


def test_words_that_every_name_has_make_nothing_alike() -> None:
    assert likeness("Tỷ lệ đường xã đạt chuẩn", "Tỷ lệ hộ xã đạt vệ sinh")[0] == 0
    assert likeness("", "Giao thông") == (0.0, 0.0)


@pytest.mark.parametrize(
    ("plan", "level", "set_id"),
    [
        ("thach-loi-2023", "advanced", "qd-318-2022/xa-nang-cao"),
        ("phuc-hoa-2024", "advanced", "qd-318-2022/xa-nang-cao"),
        ("hoa-cu-2024", "ntm", "qd-318-2022/xa-ntm"),
    ],
)
def test_the_criteria_of_the_real_plans_are_those_of_the_law_by_their_numbers(
    plans_dir: Path, plan: str, level: str, set_id: str
) -> None:
    criteria = shipped().sets[set_id]
    own = [c for c in read(plans_dir / f"{plan}.txt").criteria if c.level == level]
    found = {c.number: match(criteria, {"number": c.number, "name": c.name}) for c in own}
    assert len(found) == 19
    assert {n: c.number if c else None for n, c in found.items()} == {n: str(n) for n in found}


def test_a_bare_number_counts_only_where_the_plan_names_nothing_foreign() -> None:
    ours = [{"number": 2, "name": "Giao thông"}]
    assert matcher(SET, ours).criterion(3) == "3"
    foreign = [*ours, {"number": 17, "name": "Vườn hộ"}]
    found = matcher(SET, foreign)
    assert found.criterion(2) == "2"
    assert found.criterion(17) is None
    assert found.criterion(3) is None, "it may be number three of the other set"
