"""Demands with a value, and demands to have or not to have a thing."""

from __future__ import annotations

import pytest

from dinhlang.papers.plan import Target
from tests.papers.reading.build import marked, paper


def targets(line: str, heading: str = "I. MỤC TIÊU") -> list[Target]:
    return paper(f"{heading}\n{line}").targets


def only(line: str) -> Target:
    (one,) = targets(line)
    return one


@pytest.mark.parametrize(
    ("words", "comparator", "value"),
    [
        ("đạt 90%", "=", "90"),
        ("đạt 99,8%", "=", "99.8"),
        ("đạt 90 %", "=", "90"),
        ("đạt ≥ 90%", ">=", "90"),
        (r"đạt $\geq 90\%$", ">=", "90"),
        ("đạt >= 90%", ">=", "90"),
        ("≥90%", ">=", "90"),
        ("tối thiểu 90%", ">=", "90"),
        ("đạt ít nhất 90%", ">=", "90"),
        ("không dưới 90%", ">=", "90"),
        ("đạt từ 90% trở lên", ">=", "90"),
        ("trên 90%", ">", "90"),
        ("> 90%", ">", "90"),
        ("≤ 5%", "<=", "5"),
        (r"$\leq 5\%$", "<=", "5"),
        ("không quá 5%", "<=", "5"),
        ("từ 5% trở xuống", "<=", "5"),
        ("dưới 5%", "<", "5"),
        ("đạt 05%", "=", "5"),
    ],
)
def test_the_comparator_is_kept_exactly_and_the_value_is_plain(
    words: str, comparator: str, value: str
) -> None:
    one = only(f"- Tỷ lệ hộ dân dùng nước sạch {words}.")
    assert (one.comparator, one.value, one.unit) == (comparator, value, "%")
    assert one.text == "Tỷ lệ hộ dân dùng nước sạch"


@pytest.mark.parametrize(
    ("line", "comparator", "value", "unit"),
    [
        ("- Thu nhập bình quân đạt 68 triệu đồng/người/năm.", "=", "68", "triệu đồng/người/năm"),
        ("- Thu nhập bình quân trên 59,58 triệu đồng/ người/ năm.", ">", "59.58",
         "triệu đồng/người/năm"),
        ("- Có ít nhất 01 mô hình sản xuất sạch.", ">=", "1", "mô hình"),
        ("- Có ít nhất một mô hình sản xuất sạch.", ">=", "1", "mô hình"),
        ("- Có tối thiểu 02 sản phẩm OCOP.", ">=", "2", "sản phẩm OCOP"),
        ("- Mỗi thôn trồng hàng rào dài từ 100m trở lên.", ">=", "100", "m"),
    ],
)  # fmt: skip
def test_incomes_counts_and_lengths_keep_their_unit(
    line: str, comparator: str, value: str, unit: str
) -> None:
    one = only(line)
    assert (one.comparator, one.value, one.unit) == (comparator, value, unit)


def test_a_plus_between_words_is_part_of_the_indicator_and_at_the_front_a_bullet() -> None:
    one = only("+Tỷ lệ đường thôn + đường xóm sạch đẹp đạt 90%.")
    assert (one.text, one.value) == ("Tỷ lệ đường thôn + đường xóm sạch đẹp", "90")


@pytest.mark.parametrize("words", ["03 KDC", "3 KDC"])
def test_a_leading_zero_is_no_part_of_the_value(words: str) -> None:
    one = only(f"- Phấn đấu trong năm có {words} đạt chuẩn kiểu mẫu.")
    assert (one.comparator, one.value, one.unit) == ("=", "3", "KDC")


def test_several_demands_in_a_sentence_are_each_read_with_their_subject() -> None:
    found = targets("- Tỷ lệ hộ nghèo dưới 2%, tỷ lệ hộ dùng nước sạch đạt trên 60%.")
    assert [(one.text, one.comparator, one.value) for one in found] == [
        ("Tỷ lệ hộ nghèo", "<", "2"),
        ("tỷ lệ hộ dùng nước sạch", ">", "60"),
    ]


@pytest.mark.parametrize("label", ["1.1", "1.1.", "Chỉ tiêu 1.1:"])
def test_an_indicator_has_its_code(label: str) -> None:
    found = targets(f"{label} Tỷ lệ hộ có mạng Internet đạt ≥ 80%.", "I. CÁC CHỈ TIÊU")
    assert [(one.code, one.value) for one in found] == [("1.1", "80")]


def test_a_thing_to_have_or_to_be_without_is_a_demand_without_a_value() -> None:
    found = targets(
        "- Không có tội phạm nghiêm trọng trên địa bàn.\n- Có hệ thống loa ở tất cả các khu."
    )
    assert [(one.comparator, one.value, one.unit) for one in found] == [("yes", None, None)] * 2


@pytest.mark.parametrize(
    ("line", "exceptions"),
    [
        ("- Không có hộ nghèo (trừ hộ bảo trợ xã hội).", ["hộ bảo trợ xã hội"]),
        (
            "- Tỷ lệ hộ nghèo dưới 1% (trừ hộ già yếu, hộ có người tàn tật).",
            ["hộ già yếu", "hộ có người tàn tật"],
        ),
        ("- Tỷ lệ hộ nghèo dưới 1%.", []),
    ],
)
def test_who_is_left_out_is_listed(line: str, exceptions: list[str]) -> None:
    assert only(line).exceptions == exceptions


@pytest.mark.parametrize(
    "line",
    [
        "- Tỷ lệ hộ nghèo hiện nay đạt 4%.", "- Tỷ lệ hộ nghèo mới đạt 12%.",
        "- Ngân sách huyện hỗ trợ 50% xi măng.", "- Trích theo tỷ lệ 15% tiền đất.",
    ],
)  # fmt: skip
def test_what_is_so_already_and_what_is_paid_are_no_demands(line: str) -> None:
    assert targets(line) == []


def test_money_and_preamble_hold_no_demands() -> None:
    body = (
        "Căn cứ kết quả đạt 95% kế hoạch;\nI. KINH PHÍ THỰC HIỆN\n- Ngân sách xã 30%, dân góp 70%."
    )
    assert paper(body).targets == []


def test_the_year_is_the_one_named_else_the_plans_own() -> None:
    assert only("- Năm 2025 tỷ lệ hộ nghèo dưới 2%.").year == 2025
    assert only("- Tỷ lệ hộ nghèo dưới 2%.").year == 2024


def test_the_criterion_is_the_one_named_at_the_head() -> None:
    found = targets("- Tiêu chí Điện: tỷ lệ hộ dùng điện an toàn đạt 99%.")
    assert [(one.criterion, one.value) for one in found] == [(4, "99")]


def test_a_demand_cut_by_a_page_break_is_read_whole() -> None:
    plan = paper("I. MỤC TIÊU\n- Tỷ lệ hộ dân trong xã được dùng nước sạch đạt\n\ntrên 60% số hộ.")
    (one,) = plan.targets
    assert (one.comparator, one.value) == (">", "60")
    assert one.lines[1] - one.lines[0] in (0, 2)


def test_what_is_marked_is_comparator_and_number() -> None:
    plan = paper("I. MỤC TIÊU\n- Tỷ lệ hộ dùng nước sạch đạt từ 60% trở lên.")
    assert marked(plan, plan.targets[0]) == ["đạt từ 60% trở lên"]
