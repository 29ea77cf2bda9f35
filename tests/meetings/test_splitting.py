"""A decision in one line is taken apart: who, what, until when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.meetings.merging import merged
from dinhlang.meetings.splitting import Parts, split

TODAY = date(2026, 11, 22)
OFFICES = ("Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội", "Trưởng thôn Bến",
           "Chủ tịch UBND xã")  # fmt: skip
LAND, CULTURE = OFFICES[:2]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Công chức địa chính hoàn thành đo đạc trước 30/6",
         Parts("Hoàn thành đo đạc", LAND, "", date(2027, 6, 30), True)),
        ("Giao công chức văn hóa - xã hội lập hồ sơ nhà văn hóa, xong trước ngày 15/12/2026.",
         Parts("Lập hồ sơ nhà văn hóa", CULTURE, "", date(2026, 12, 15), True)),
        ("Hội Phụ nữ phối hợp với Đoàn Thanh niên vận động 20 hộ phân loại rác trong tháng 12/2026",
         Parts("Vận động 20 hộ phân loại rác", "Hội Phụ nữ", "Đoàn Thanh niên",
               date(2026, 12, 31))),
        ("Trưởng thôn Bến báo cáo trước 5/1",
         Parts("Báo cáo", "Trưởng thôn Bến", "", date(2027, 1, 5), True)),
        ("Kế toán gửi đối chiếu vốn chậm nhất ngày 28/11",
         Parts("Gửi đối chiếu vốn", "Kế toán", "", date(2026, 11, 28))),
        ("Thống nhất mức đóng góp 200.000 đồng/hộ",
         Parts("Thống nhất mức đóng góp 200.000 đồng/hộ")),
        ("Thống nhất họp kiểm điểm vào thứ Sáu hằng tuần",
         Parts("Thống nhất họp kiểm điểm vào thứ Sáu hằng tuần")),
        ("Hội nghị nhất trí giao công chức địa chính lập hồ sơ trước 30/6",
         Parts("Lập hồ sơ", LAND, "", date(2027, 6, 30), True)),
        ("Hoàn thành hồ sơ trước 31/12", Parts("Hoàn thành hồ sơ", end=date(2026, 12, 31))),
        ("Chủ tịch UBND xã ký tờ trình trước 31/02", Parts(
            "Ký tờ trình trước 31/02", "Chủ tịch UBND xã", "", None, True)),
        ("   ", Parts("")),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(line: str, parts: Parts) -> None:
    assert split(line, OFFICES, TODAY) == parts


WORDS = st.sampled_from(("Công chức", "địa chính", "phối hợp với", "Hội Nông dân", "trước", "30/6",
                         "làm", "đường", ",", "và", "tháng 12", "Trưởng thôn Bến"))  # fmt: skip


@given(st.lists(WORDS, max_size=10).map(" ".join))
def test_no_line_breaks_it_and_a_lead_leaves_something_to_do(line: str) -> None:
    parts = split(line, OFFICES, TODAY)
    assert parts.text or not line.strip(" .,;")
    assert not parts.lead or parts.text


LINES = st.lists(st.sampled_from("abcdefg"), max_size=6)


@given(LINES, LINES, LINES)
def test_no_line_that_either_typed_is_lost(base: list[str], one: list[str], two: list[str]) -> None:
    joined = merged("\n".join(base), "\n".join(one), "\n".join(two)).split("\n")
    for line in (set(one) | set(two)) - set(base):
        assert line in joined


@given(LINES, LINES)
def test_one_author_alone_is_kept_word_for_word(base: list[str], one: list[str]) -> None:
    old, new = "\n".join(base), "\n".join(one)
    assert merged(old, old, new) == new
    assert merged(old, new, old) == new
    assert merged(old, new, new) == new


@pytest.mark.parametrize(
    ("line", "text", "end"),
    [
        ("Dọn đường trước Chủ nhật tuần sau", "Dọn đường", date(2026, 12, 6)),
        ("Kế toán báo cáo trong tuần này", "Báo cáo", date(2026, 11, 27)),
        ("Nộp hồ sơ thứ Sáu tới", "Nộp hồ sơ", date(2026, 11, 27)),
        ("Nộp hồ sơ thứ Hai tới", "Nộp hồ sơ", date(2026, 11, 30)),
        ("Trình hồ sơ cuối tuần này", "Trình hồ sơ", date(2026, 11, 29)),
    ],
)
def test_days_of_this_week_and_the_next_are_counted_from_the_meeting(
    line: str, text: str, end: date
) -> None:
    found = split(line, ["Kế toán"], date(2026, 11, 23))
    assert (found.text, found.end) == (text, end)
