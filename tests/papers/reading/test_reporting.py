"""Who reports to whom, how often, by which day and hour, and how."""

from __future__ import annotations

from typing import Any

import pytest

from dinhlang.papers.plan import Due, ReportRule
from tests.papers.reading.build import paper


def rules(line: str) -> list[ReportRule]:
    return paper(f"IV. CHẾ ĐỘ BÁO CÁO\n{line}").reporting


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("hằng ngày", "daily"), ("hàng tuần", "weekly"), ("hằng tuần", "weekly"),
        ("hàng tháng", "monthly"), ("mỗi tháng", "monthly"), ("hằng quý", "quarterly"),
        ("định kỳ 6 tháng", "half-yearly"), ("hằng năm", "yearly"), ("kịp thời", "ad-hoc"),
        ("định kỳ", "unstated"),
    ],
)  # fmt: skip
def test_how_often_is_one_of_the_known_periods(words: str, period: str) -> None:
    (rule,) = rules(f"- Ban phát triển thôn {words} báo cáo UBND xã.")
    assert (rule.from_, rule.to, rule.period) == ("Ban phát triển thôn", "UBND xã", period)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trước 14 giờ 30 thứ 5 hàng tuần", {"weekday": 4, "time": "14:30"}),
        ("trước 14h30 thứ Năm hằng tuần", {"weekday": 4, "time": "14:30"}),
        ("trước 15 giờ thứ Sáu hằng tuần", {"weekday": 5, "time": "15:00"}),
        ("vào Chủ nhật hằng tuần", {"weekday": 7}),
        ("trước ngày 25 hằng tháng", {"day": 25}),
        ("trước ngày 05 hàng tháng", {"day": 5}),
    ],
)
def test_weekday_hour_and_day_of_the_month_are_read(words: str, due: dict[str, Any]) -> None:
    (rule,) = rules(f"- Ban phát triển thôn báo cáo UBND xã {words}.")
    assert rule.due == Due(**due)


def test_each_period_of_a_sentence_is_a_rule() -> None:
    found = rules("- Công an xã báo cáo UBND xã hằng tháng, quý, năm.")
    assert [rule.period for rule in found] == ["monthly", "quarterly", "yearly"]
    assert {rule.to for rule in found} == {"UBND xã"}


@pytest.mark.parametrize(
    ("words", "channels"),
    [
        ("bằng hình ảnh qua nhóm Zalo", ["Zalo", "hình ảnh"]),
        ("bằng văn bản", ["văn bản"]),
        ("qua thư điện tử", ["thư điện tử"]),
        ("trực tiếp", []),
    ],
)
def test_the_channels_are_named(words: str, channels: list[str]) -> None:
    (rule,) = rules(f"- Ban phát triển thôn hằng tuần báo cáo UBND xã {words}.")
    assert rule.channels == channels


def test_the_office_of_the_part_reports_where_none_is_named() -> None:
    plan = paper(
        "III. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Hằng tháng báo cáo UBND xã.\n"
        "2. Trạm Y tế xã\n- Khám cho người già."
    )
    assert [(rule.from_, rule.to) for rule in plan.reporting] == [("Công an xã", "UBND xã")]


@pytest.mark.parametrize(
    "line",
    [
        "- Căn cứ Báo cáo số 12/BC-UBND của xã.", "- Báo cáo viên của huyện về nói chuyện.",
        "- Các thôn làm đường hằng tuần.",
    ],
)  # fmt: skip
def test_reports_that_are_cited_and_work_that_recurs_are_no_rules(line: str) -> None:
    assert rules(line) == []


@pytest.mark.parametrize(
    ("line", "period", "weekday", "time", "day"),
    [
        ("Công an xã báo cáo UBND xã hằng tuần, trước 16 giờ thứ Năm.", "weekly", 4, "16:00", None),
        ("Hằng tuần, Công an xã báo cáo số liệu về UBND xã trước 15 giờ thứ Sáu.",
         "weekly", 5, "15:00", None),
        ("Hằng tháng, Công an xã báo cáo UBND xã vào ngày 20.", "monthly", None, None, 20),
    ],
)  # fmt: skip
def test_the_day_said_apart_from_how_often(
    line: str, period: str, weekday: int | None, time: str | None, day: int | None
) -> None:
    (one,) = paper(f"I. CHẾ ĐỘ BÁO CÁO\n- {line}").reporting
    assert one.period == period
    assert one.due is not None
    assert (one.due.weekday, one.due.time, one.due.day) == (weekday, time, day)
