"""Money needed, money found, what the paper adds up and what really adds up."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import marked, paper

LIST = """
IV. KINH PHÍ THỰC HIỆN
1. Nhu cầu kinh phí
- Tiêu chí Giao thông: làm đường trục, 4,5 tỷ đồng.
- Tiêu chí Điện: lắp đèn đường, dự kiến 500 triệu đồng.
Tổng nhu cầu kinh phí: 5 tỷ đồng.
2. Nguồn vốn huy động
- Ngân sách huyện: 2.500 triệu đồng.
- Nhân dân đóng góp 0,7 tỷ đồng.
- Tỉnh thưởng khi xã đạt chuẩn 1 tỷ đồng.
Tổng các nguồn vốn: 4,2 tỷ đồng.
3. Cân đối: còn thiếu 0,8 tỷ đồng.
"""


def test_needs_have_their_amount_in_dong_and_their_criterion() -> None:
    needs = paper(LIST).funding.needs
    assert [(one.criterion, one.amount) for one in needs] == [
        (2, 4_500_000_000),
        (4, 500_000_000),
    ]


def test_sources_are_told_from_needs_and_conditional_ones_are_marked() -> None:
    sources = paper(LIST).funding.sources
    assert [(one.amount, one.conditional) for one in sources] == [
        (2_500_000_000, False),
        (700_000_000, False),
        (1_000_000_000, True),
    ]


def test_stated_totals_are_kept_apart_from_what_adds_up() -> None:
    funding = paper(LIST.replace("vốn: 4,2 tỷ", "vốn: 4 tỷ")).funding
    stated, computed = funding.stated, funding.computed
    assert (stated.needs, stated.sources, stated.balance) == (
        5_000_000_000, 4_000_000_000, -800_000_000,
    )  # fmt: skip
    assert (computed.needs, computed.sources) == (5_000_000_000, 4_200_000_000)
    assert (computed.balance, computed.usable_balance) == (-800_000_000, -1_800_000_000)


def test_a_list_of_costs_under_a_heading_that_says_sources_is_a_list_of_costs() -> None:
    plan = paper(
        "IV. KINH PHÍ\nA. Dự kiến tổng nguồn vốn thực hiện năm 2024\n"
        "- Tiêu chí Giao thông: mở rộng đường 4 tỷ đồng.\n"
        "B. Nguồn vốn huy động được\n- Ngân sách xã: 3 tỷ đồng."
    )
    assert [one.amount for one in plan.funding.needs] == [4_000_000_000]
    assert [one.amount for one in plan.funding.sources] == [3_000_000_000]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("17,5 tỷ", 17_500_000_000),
        ("17,5 tỷ đồng", 17_500_000_000),
        ("0,1 tỷ đồng", 100_000_000),
        ("500 triệu đồng", 500_000_000),
        ("500triệu đồng", 500_000_000),
        ("62,5 triệu đồng", 62_500_000),
        ("3.200.000 đồng", 3_200_000),
        ("3.200.000.000đ", 3_200_000_000),
        ("450 trđ", 450_000_000),
    ],
)
def test_amounts_in_any_writing_are_whole_dong(words: str, amount: int) -> None:
    plan = paper(f"IV. KINH PHÍ THỰC HIỆN\n1. Nhu cầu kinh phí\n- Xây nhà văn hóa thôn: {words}.")
    assert [one.amount for one in plan.funding.needs] == [amount]


def test_a_source_without_an_amount_is_kept_with_none() -> None:
    plan = paper(
        "IV. NGUỒN VỐN\n- Ngân sách xã: 3 tỷ đồng.\n- Nguồn tiền thưởng khi thôn đạt chuẩn."
    )
    got = [(one.amount, one.conditional) for one in plan.funding.sources]
    assert got == [(3_000_000_000, False), (None, True)]


def test_a_surplus_is_positive_and_a_lack_negative() -> None:
    for words, balance in (("còn thừa 2 tỷ đồng", 2), ("còn thiếu 2 tỷ đồng", -2)):
        plan = paper(f"IV. KINH PHÍ\n3. Cân đối: {words}.")
        assert plan.funding.stated.balance == balance * 10**9, words


def test_a_table_of_costs_is_read_in_the_unit_it_states() -> None:
    plan = paper(
        "IV. KINH PHÍ THỰC HIỆN\n1. Nhu cầu kinh phí (ĐVT: triệu đồng)\n"
        "| TT | Nội dung | Kinh phí |\n|---|---|---|\n| 1 | Tiêu chí Giao thông | 4.500 |\n"
        "| 2 | Tiêu chí Điện | 62,5 |\n| | Tổng cộng | 4.562,5 |"
    )
    funding = plan.funding
    assert [(one.criterion, one.amount) for one in funding.needs] == [
        (2, 4_500_000_000),
        (4, 62_500_000),
    ]
    assert funding.stated.needs == 4_562_500_000


def test_a_paper_without_money_adds_up_to_nothing() -> None:
    computed = paper("I. MỤC TIÊU\nLàm đường.").funding.computed
    assert (computed.needs, computed.sources, computed.balance) == (None, None, None)


def test_totals_say_on_which_line_they_stand() -> None:
    plan = paper(LIST)
    stated = plan.funding.stated
    for lines, words in (
        (stated.needs_lines, "Tổng nhu cầu"),
        (stated.sources_lines, "Tổng các nguồn"),
        (stated.balance_lines, "còn thiếu"),
    ):
        assert lines is not None
        assert words in plan.text[lines[0] - 1]
    assert "4,5 tỷ đồng" in marked(plan, plan.funding.needs[0])[0]


def test_a_heading_with_an_amount_and_a_list_below_is_a_total() -> None:
    plan = paper(
        "V. KINH PHÍ\n1. Cần có: 3 tỷ đồng, chia ra:\n- Tiêu chí Giao thông 2 tỷ đồng;\n"
        "- Tiêu chí Môi trường 1 tỷ đồng.\n2. Nguồn vốn huy động: 2 tỷ đồng, chia ra:\n"
        "- Ngân sách tỉnh 2 tỷ đồng."
    )
    stated, computed = plan.funding.stated, plan.funding.computed
    assert (stated.needs, stated.sources) == (3_000_000_000, 2_000_000_000)
    assert (computed.needs, computed.sources) == (3_000_000_000, 2_000_000_000)


def test_totals_in_bold_cells() -> None:
    plan = paper(
        "V. NHU CẦU VỐN\nĐơn vị: triệu đồng\n| TT | Hạng mục | Kinh phí |\n|---|---|---|\n"
        "| 1 | Đường thôn | 20 |\n| | **Tổng nhu cầu** | **20** |"
    )
    assert plan.funding.stated.needs == 20_000_000


def test_parts_in_brackets_are_not_counted_again() -> None:
    plan = paper(
        "V. KINH PHÍ\n1. Nhu cầu\nTiêu chí 2 cần 26,4 tỷ đồng (cầu 10,8 tỷ đồng, lộ 15,6 tỷ đồng)."
    )
    assert [one.amount for one in plan.funding.needs] == [26_400_000_000]
