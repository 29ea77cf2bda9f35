"""Amounts of work with their units, in sentences and in tables by village."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import marked, paper


@pytest.mark.parametrize(
    ("line", "value", "unit"),
    [
        ("- Trồng hàng rào xanh: 3.200 m.", "3200", "m"),
        ("- Trồng hàng rào xanh: 3.200m", "3200", "m"),
        ("-Trồng hàng rào xanh: 3.200 m.", "3200", "m"),
        ("+Làm đường hoa: 0,7km.", "0.7", "km"),
        ("- Lát vỉa hè: 1000m2.", "1000", "m2"),
        ("- Chỉnh trang 121 vườn hộ.", "121", "vườn hộ"),
        ("- Xây mới 05 nhà văn hóa.", "5", "nhà văn hóa"),
        ("- Lắp 02 camera ở chợ.", "2", "camera"),
        ("- Nhà vệ sinh (cái): 25 cái.", "25", "cái"),
        ("- Xử lý nước thải:\u00a088\u00a0hộ.", "88", "hộ"),
        ("- Vận động\t30 hộ hiến đất.", "30", "hộ"),
    ],
)
def test_decimal_comma_thousands_dot_glued_units_and_leading_zeros(
    line: str, value: str, unit: str
) -> None:
    filler = "\n".join(["Câu văn thường."] * 46)
    (one,) = paper(f"I. NHIỆM VỤ\n{filler}\n{line}\n{filler}").quantities
    assert (one.value, one.unit) == (value, unit)


def test_the_words_say_what_is_counted_and_the_span_where() -> None:
    plan = paper("I. NHIỆM VỤ\n- Trồng hàng rào xanh: 3.200 m.")
    (one,) = plan.quantities
    assert one.text == "Trồng hàng rào xanh"
    assert marked(plan, one) == ["3.200 m"]


@pytest.mark.parametrize(
    "line",
    [
        "- Xã có 9 thôn với 2.100 hộ.", "- Tỷ lệ hộ nghèo dưới 2%.", "- Ra quân ngày 15/3/2024.",
        "- Theo Quyết định số 12/QĐ-UBND ngày 01/3/2024.", "- Mức 1 triệu đồng/hộ.",
        "- Có ít nhất 02 mô hình sản xuất sạch.", "- Đã đạt 12 tiêu chí.",
    ],
)  # fmt: skip
def test_counts_of_what_there_is_dates_money_and_demands_are_no_work(line: str) -> None:
    assert paper(f"I. NHIỆM VỤ\n{line}").quantities == []


def test_a_table_with_villages_across_gives_each_its_share() -> None:
    plan = paper(
        "I. KHỐI LƯỢNG\n| TT | Nội dung | ĐVT | Tổng | Thôn Bến | Thôn Chợ |\n"
        "|---|---|---|---|---|---|\n| 1 | Đường hoa | m | 1.350 | 900 | 450 |"
    )
    got = [(one.text, one.value, one.unit, one.place) for one in plan.quantities]
    assert got == [
        ("Đường hoa", "1350", "m", None),
        ("Đường hoa", "900", "m", "Thôn Bến"),
        ("Đường hoa", "450", "m", "Thôn Chợ"),
    ]


def test_a_table_with_villages_down_gives_each_its_share_and_the_total() -> None:
    plan = paper(
        "I. KHỐI LƯỢNG\n| Thôn | Đường hoa (m) | Hố rác (cái) |\n|---|---|---|\n"
        "| Đông | 900 | 3 |\n| Tây | 450 | 2 |\n| Tổng cộng | 1.350 | 5 |"
    )
    got = [(one.text, one.value, one.unit, one.place) for one in plan.quantities]
    assert ("Đường hoa", "900", "m", "Đông") in got
    assert ("Hố rác", "2", "cái", "Tây") in got
    assert ("Đường hoa", "1350", "m", None) in got
    assert len(got) == 6


def test_what_a_village_is_to_do_needs_no_verb() -> None:
    plan = paper("I. NHIỆM VỤ\n- Ấp Đông: hàng rào dâm bụt 1.600 m; đường đal 1,2 km; 14 hộ cũ.")
    found = [(one.text, one.value, one.unit, one.place) for one in plan.quantities]
    assert found == [
        ("hàng rào dâm bụt", "1600", "m", "Ấp Đông"),
        ("đường đal", "1.2", "km", "Ấp Đông"),
    ]


def test_the_amount_of_work_beside_its_cost() -> None:
    plan = paper(
        "I. KINH PHÍ\nĐơn vị: triệu đồng\n| TT | Hạng mục | Khối lượng | Kinh phí |\n"
        "| 1 | Đường thôn | 9,6 km | 11.520 |\n| 2 | Trạm phát sóng | chưa rõ | 20 |"
    )
    found = [(one.text, one.value, one.unit) for one in plan.quantities]
    assert found == [("Đường thôn", "9.6", "km")]
