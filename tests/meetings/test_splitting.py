"""A decision in one line is taken apart: who, what, until when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.meetings.merging import merged
from dinhlang.meetings.splitting import Parts, split
from dinhlang.people.offices import keys_of

TODAY = date(2026, 11, 22)
TITLES = ("Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội", "Trưởng thôn Bến",
          "Chủ tịch UBND xã")  # fmt: skip
OFFICES = [(title, keys_of(title)) for title in TITLES]
LAND, CULTURE = TITLES[:2]
VILLAGES = (("thôn", "Soi"), ("thôn", "Bến"), ("thôn", "Bến Trên"))


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
         Parts("Thống nhất mức đóng góp 200.000 đồng/hộ", is_work=False)),
        ("Thống nhất họp kiểm điểm vào thứ Sáu hằng tuần",
         Parts("Thống nhất họp kiểm điểm vào thứ Sáu hằng tuần")),
        ("Hội nghị nhất trí giao công chức địa chính lập hồ sơ trước 30/6",
         Parts("Lập hồ sơ", LAND, "", date(2027, 6, 30), True)),
        ("Hoàn thành hồ sơ trước 31/12", Parts("Hoàn thành hồ sơ", end=date(2026, 12, 31))),
        ("Chủ tịch UBND xã ký tờ trình trước 31/02", Parts(
            "Ký tờ trình trước 31/02", "Chủ tịch UBND xã", "", None, True)),
        ("Công chức địa chính và Hội Phụ nữ vận động 4 hộ",
         Parts("Vận động 4 hộ", f"{LAND}; Hội Phụ nữ")),
        ("Công chức địa chính, công chức văn hóa - xã hội lập hồ sơ",
         Parts("Lập hồ sơ", f"{LAND}; {CULTURE}", known=True)),
        ("   ", Parts("", is_work=False)),
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
    found = split(line, [("Kế toán", keys_of("Kế toán"))], date(2026, 11, 23))
    assert (found.text, found.end) == (text, end)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("thứ Sáu tới", date(2026, 11, 27)),
        ("trước thứ Hai", date(2026, 11, 30)),
        ("vào thứ Tư", date(2026, 12, 2)),
        ("trong tuần", date(2026, 11, 27)),
        ("cuối tuần", date(2026, 11, 29)),
        ("đầu tuần sau", date(2026, 11, 30)),
        ("cuối tháng", date(2026, 11, 30)),
        ("trong tháng này", date(2026, 11, 30)),
        ("đến hết tháng sau", date(2026, 12, 31)),
        ("cuối quý", date(2026, 12, 31)),
        ("trong quý sau", date(2027, 3, 31)),
        ("trước cuối năm", date(2026, 12, 31)),
        ("cuối tháng 1", date(2027, 1, 31)),
        ("trong 10 ngày", date(2026, 12, 5)),
        ("trong vòng 2 tuần tới", date(2026, 12, 9)),
        ("trong 3 tháng", date(2027, 2, 25)),
        ("ngày mai", date(2026, 11, 26)),
    ],
)
def test_days_are_reckoned_from_the_day_of_the_meeting(words: str, end: date) -> None:
    found = split(f"Nộp hồ sơ {words}", [], date(2026, 11, 25))
    assert (found.text, found.end) == ("Nộp hồ sơ", end)


@pytest.mark.parametrize("words", ["thứ Sáu hằng tuần", "tháng trước", "trong tuần lễ nước sạch"])
def test_what_is_no_day_to_come_stays_in_the_words(words: str) -> None:
    found = split(f"Kiểm tra vào {words}", [], date(2026, 11, 25))
    assert (found.text, found.end) == (f"Kiểm tra vào {words}", None)


def test_on_saturday_this_week_lasts_until_sunday() -> None:
    assert split("Báo cáo trong tuần này", [], date(2026, 11, 28)).end == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("line", "villages", "text"),
    [
        ("Thôn Soi, thôn Bến dọn đường trước Chủ nhật tuần sau", ("Thôn Soi", "Thôn Bến"),
         "Dọn đường"),
        ("Giao hai thôn Soi và Bến Trên đóng góp 200 công", ("Thôn Soi", "Thôn Bến Trên"),
         "Đóng góp 200 công"),
        ("Trưởng thôn Soi: họp dân bàn mức đóng góp", ("Thôn Soi",), "Họp dân bàn mức đóng góp"),
        ("thôn bến trên tự dặm vá ngõ", ("Thôn Bến Trên",), "Tự dặm vá ngõ"),
        ("Thôn Soi đã xong 1,2 km", (), "Thôn Soi đã xong 1,2 km"),
        ("Dọn đường thôn Soi", (), "Dọn đường thôn Soi"),
        ("Thôn Sỏi dọn đường", (), "Thôn Sỏi dọn đường"),
    ],
)  # fmt: skip
def test_villages_named_first_are_who_does_it(
    line: str, villages: tuple[str, ...], text: str
) -> None:
    found = split(line, OFFICES[:2], TODAY, VILLAGES)
    assert (found.villages, found.text) == (villages, text)


@pytest.mark.parametrize(
    ("line", "is_work"),
    [
        ("Thống nhất nghỉ họp tuần tới", False),
        ("Thống nhất mức đóng góp 200.000 đồng/hộ", False),
        ("Nhất trí phương án tuyến thôn Soi", False),
        ("Ghi nhận cố gắng của Hội Phụ nữ", False),
        ("Hội Phụ nữ đã phát xong thùng rác", False),
        ("Đã làm rồi", False),
        ("Đường thôn Soi đẹp", False),
        ("Thống nhất dọn đường vào Chủ nhật", True),
        ("Thống nhất giao công chức địa chính lập hồ sơ", True),
        ("Dọn đường thôn Soi", True),
        ("Đường thôn Soi: trải nhựa", True),
        ("Rãnh thôn Bến trước 30/6", True),
        ("Trưởng thôn Bến nhắc bốn hộ", True),
    ],
)
def test_what_holds_no_work_is_proposed_as_no_task(line: str, is_work: bool) -> None:
    assert split(line, OFFICES, TODAY, VILLAGES).is_work is is_work
