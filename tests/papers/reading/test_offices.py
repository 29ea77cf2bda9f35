"""Offices in running text: where their names end, and lists of them parted."""

from __future__ import annotations

import pytest

from dinhlang.papers.reading.offices import find_offices, office_at, split_list, split_offices


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UBND xã chủ trì thực hiện", "UBND xã"),
        ("Ủy ban nhân dân xã tổ chức ra quân", "Ủy ban nhân dân xã"),
        ("Uỷ ban nhân dân xã tổ chức ra quân", "Uỷ ban nhân dân xã"),
        ("Công an xã: giữ trật tự", "Công an xã"),
        ("Công chức Tài chính - Kế toán tham mưu", "Công chức Tài chính - Kế toán"),
        ("Ban Chỉ đạo nông thôn mới xã theo dõi", "Ban Chỉ đạo nông thôn mới xã"),
        ("Hội Liên hiệp Phụ nữ xã vận động", "Hội Liên hiệp Phụ nữ xã"),
        ("Ban phát triển thôn báo cáo kết quả", "Ban phát triển thôn"),
        ("Trưởng các thôn đôn đốc", "Trưởng các thôn"),
        ("Trưởng thôn Đông đôn đốc", "Trưởng thôn Đông"),
        ("Trạm Y tế xã phối hợp", "Trạm Y tế xã"),
        ("Đoàn TNCS Hồ Chí Minh xã ra quân", "Đoàn TNCS Hồ Chí Minh xã"),
        ("đ/c Trần Văn Mẫu – Trưởng Công an xã tham mưu", "Trưởng Công an xã"),
        ("Đồng chí Trần Văn Mẫu, Phó Chủ tịch UBND xã chỉ đạo", "Phó Chủ tịch UBND xã"),
        ("Cán bộ tổng hợp NTM xã tham mưu", "Cán bộ tổng hợp NTM xã"),
        ("Cán bộ tổng hợp báo cáo UBND xã", "Cán bộ"),
        ("Đường trục xã dài 2 km", None),
        ("Nhân dân góp công", None),
    ],
)  # fmt: skip
def test_an_office_ends_before_what_it_does(text: str, name: str | None) -> None:
    office = office_at(text, 0)
    assert (office.name if office else None) == name


def test_a_person_is_left_out_and_only_the_office_stands() -> None:
    text = "Giao đ/c Trần Văn Mẫu – Trưởng Công an xã tham mưu"
    (office,) = find_offices(text)
    assert text[office.start : office.end] == office.name == "Trưởng Công an xã"


def test_every_office_of_a_sentence_is_found_in_order() -> None:
    text = "Công an xã phối hợp với Trạm Y tế xã, Bưu điện xã báo cáo UBND xã"
    names = [office.name for office in find_offices(text)]
    assert names == ["Công an xã", "Trạm Y tế xã", "Bưu điện xã", "UBND xã"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Công an xã", ["Công an xã"]),
        ("Công an xã, Trạm Y tế xã và Bưu điện xã", ["Công an xã", "Trạm Y tế xã", "Bưu điện xã"]),
        ("Công an xã; thôn Đông", ["Công an xã; thôn Đông"]),
        ("", []),
    ],
)
def test_a_list_in_words_is_parted_only_between_offices(text: str, parts: list[str]) -> None:
    assert split_offices(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Thôn Đông, Thôn Tây", ["Thôn Đông", "Thôn Tây"]),
        ("Công an xã; Trạm Y tế.", ["Công an xã", "Trạm Y tế"]),
        ("Các ban, ngành, đoàn thể", ["Các ban, ngành, đoàn thể"]),
        ("", []),
    ],
)
def test_a_cell_of_bodies_is_parted_at_its_marks(text: str, parts: list[str]) -> None:
    assert split_list(text) == parts
