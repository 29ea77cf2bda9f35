"""Ready texts for chat groups: short, dated, polite, and nobody's name in them."""

from __future__ import annotations

from datetime import date

import pytest

from dinhlang.work.zalo import MOST, Line, ready_text, without_people

DAY = date(2026, 11, 22)


def test_a_text_says_what_is_late_and_what_comes_with_days() -> None:
    text = ready_text(
        "Công chức Văn hóa - Xã hội",
        [
            Line("Lắp cụm loa thôn Bến.", date(2026, 11, 25)),
            Line("Lắp wifi nhà văn hóa", date(2026, 11, 19), waiting_for="đơn vị viễn thông"),
            Line("Báo cáo quý III", date(2025, 12, 31)),
        ],
        DAY,
        sender="Văn phòng UBND xã Làng Mẫu",
    )
    assert text == (
        "Kính gửi Công chức Văn hóa - Xã hội,\n\n"
        "Tính đến 22/11/2026, còn 2 việc quá hạn:\n"
        "1. Báo cáo quý III – hạn 31/12/2025, chậm 326 ngày\n"
        "2. Lắp wifi nhà văn hóa – hạn 19/11, chậm 3 ngày, đang chờ: đơn vị viễn thông\n\n"
        "Và sắp đến hạn 1 việc:\n"
        "1. Lắp cụm loa thôn Bến – hạn 25/11\n\n"
        "Đề nghị cập nhật tiến độ; vướng mắc xin báo lại để cùng tháo gỡ. Trân trọng cảm ơn!\n"
        "Văn phòng UBND xã Làng Mẫu"
    )


def test_nothing_due_needs_no_text() -> None:
    assert ready_text("thôn Soi", [], DAY) == ""


def test_a_long_list_is_cut_and_says_so() -> None:
    lines = [Line(f"Việc {n}", date(2026, 11, 1)) for n in range(MOST + 5)]
    text = ready_text("thôn Soi", lines, DAY)
    assert f"còn {MOST + 5} việc quá hạn" in text
    assert text.count("chậm 21 ngày") == MOST
    assert "… và 5 việc nữa." in text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("giao đồng chí Trần Văn Mít lập hồ sơ", "giao đồng chí phụ trách lập hồ sơ"),
        ("Đ/c Lê Thị Ổi phụ trách", "đồng chí phụ trách phụ trách"),
        ("bà Nguyễn Thị Đào, ông Phạm Sung", "đồng chí phụ trách, đồng chí phụ trách"),
        ("gọi 0912 345 678 để hẹn", "gọi (số điện thoại) để hẹn"),
        ("CCCD 001201009999", "CCCD (số định danh)"),
        ("gửi mau@vidu.vn trước 30/6/2026", "gửi (thư điện tử) trước 30/6/2026"),
        ("Làm 1.200.000.000 đồng đường Bà Triệu", "Làm 1.200.000.000 đồng đường Bà Triệu"),
        ("Ủy ban nhân dân xã Làng Mẫu", "Ủy ban nhân dân xã Làng Mẫu"),
    ],
)
def test_names_and_numbers_of_people_do_not_go_out(said: str, kept: str) -> None:
    assert without_people(said) == kept
