from __future__ import annotations

import pytest

from dinhlang.vietnamese import find_due, find_frequencies

WEEKLY = "weekly"


@pytest.mark.parametrize(
    ("text", "shown", "weekday", "time", "day", "period"),
    [
        ("gửi trước 14 giờ 30 chiều thứ 5 hàng tuần qua", "trước 14 giờ 30 chiều thứ 5 hàng tuần",
         4, "14:30", None, WEEKLY),
        ("2 giờ 30 chiều thứ Năm hàng tuần", "2 giờ 30 chiều thứ Năm hàng tuần",
         4, "14:30", None, WEEKLY),
        ("trước 16h00 thứ Sáu hằng tuần", "trước 16h00 thứ Sáu hằng tuần",
         5, "16:00", None, WEEKLY),
        ("lúc 7 giờ 15 phút tối thứ bảy hằng tuần", "lúc 7 giờ 15 phút tối thứ bảy hằng tuần",
         6, "19:15", None, WEEKLY),
        ("thứ hai hàng tuần", "thứ hai hàng tuần", 1, None, None, WEEKLY),
        ("vào chiều thứ 4 hàng tuần", "vào chiều thứ 4 hàng tuần", 3, None, None, WEEKLY),
        ("sáng Chủ nhật", "sáng Chủ nhật", 7, None, None, None),
        ("trước 10h thứ 6", "trước 10h thứ 6", 5, "10:00", None, None),
        ("trước 25 giờ thứ 6 hàng tuần", "trước 25 giờ thứ 6 hàng tuần", 5, None, None, WEEKLY),
        ("trước ngày 25 hàng tháng", "trước ngày 25 hàng tháng", None, None, 25, "monthly"),
        ("trước 16 giờ ngày 25 hằng tháng", "trước 16 giờ ngày 25 hằng tháng",
         None, "16:00", 25, "monthly"),
        ("ngày 05 của tháng", "ngày 05 của tháng", None, None, 5, "monthly"),
        ("ngày 20 tháng cuối quý", "ngày 20 tháng cuối quý", None, None, 20, "quarterly"),
        ("ngày 20 của tháng cuối quý", "ngày 20 của tháng cuối quý", None, None, 20, "quarterly"),
        ("ngày 15/12 hằng năm", "ngày 15/12 hằng năm", None, None, 15, "yearly"),
        ("trước 17 giờ hàng ngày", "trước 17 giờ hàng ngày", None, "17:00", None, "daily"),
    ],
)  # fmt: skip
def test_a_due_rule_is_found(
    text: str,
    shown: str,
    weekday: int | None,
    time: str | None,
    day: int | None,
    period: str | None,
) -> None:
    (due,) = find_due(text)
    assert text[due.start : due.end] == shown
    assert (due.weekday, due.time, due.day, due.period) == (weekday, time, day, period)


def test_the_month_of_a_rule_is_told() -> None:
    assert find_due("ngày 15 tháng 12 hằng năm")[0].month == 12
    assert find_due("ngày 20 tháng cuối quý")[0].last_month
    assert find_due("ngày 05 tháng sau")[0].next_month


@pytest.mark.parametrize(
    "text",
    ["lần thứ hai", "thứ ba là vận động", "ngày 15 tháng 6 năm 2024", "ngày 20 năm nay",
     "ngày 40 hàng tháng", "hàng tháng", "thứ 5/2024", "người thứ 7 đến họp", "90 ngày"],
)  # fmt: skip
def test_what_only_looks_like_a_due_rule_is_not(text: str) -> None:
    assert find_due(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Định kỳ hàng tháng, quý báo cáo", [("Định kỳ hàng tháng", "monthly"),
                                            ("quý", "quarterly")]),
        ("hàng ngày, hàng tuần, dành", [("hàng ngày", "daily"), ("hàng tuần", "weekly")]),
        ("hằng quý và năm", [("hằng quý", "quarterly"), ("năm", "yearly")]),
        ("định kỳ, đột xuất", [("định kỳ", "unstated"), ("đột xuất", "ad-hoc")]),
        ("Định kỳ báo cáo", [("Định kỳ", "unstated")]),
        ("Định kỳ 1 tuần họp", [("Định kỳ 1 tuần", "weekly")]),
        ("định kỳ 6 tháng, năm", [("định kỳ 6 tháng", "half-yearly"), ("năm", "yearly")]),
        ("ít nhất 01 tháng/lần", [("01 tháng/lần", "monthly")]),
        ("6 tháng một lần", [("6 tháng một lần", "half-yearly")]),
        ("2 lần/năm", [("2 lần/năm", "half-yearly")]),
        ("mỗi tuần, tháng", [("mỗi tuần", "weekly"), ("tháng", "monthly")]),
        ("báo cáo tháng, quý, 6 tháng, năm", [("báo cáo tháng", "monthly"), ("quý", "quarterly"),
                                             ("6 tháng", "half-yearly"), ("năm", "yearly")]),
        ("mỗi tháng", [("mỗi tháng", "monthly")]),
        ("hàng năm, hàng hóa", [("hàng năm", "yearly")]),
    ],
)  # fmt: skip
def test_how_often_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], period) for start, end, period in find_frequencies(text)] == found


@pytest.mark.parametrize(
    "text",
    ["cửa hàng ngày càng đông", "hàng rào xanh", "quý, năm 2024", "báo cáo quý 2/2024",
     "sơ kết 6 tháng đầu năm", "ngày, tháng, năm sinh", "2 tuần/lần", "trong tháng",
     "báo cáo năm 2024"],
)  # fmt: skip
def test_what_only_looks_like_a_frequency_is_not(text: str) -> None:
    assert find_frequencies(text) == []
