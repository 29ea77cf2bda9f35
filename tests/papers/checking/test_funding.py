import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import ComputedFunding, Fix, Funding, Need, Section, Source, StatedFunding
from tests.papers.checking.build import codes, one, paper, row

BILLION = 10**9
TEXT = """
    Nhu cầu:
    - Đường thôn: 9 tỷ đồng
    - Nhà văn hóa: 3 tỷ đồng
    (Tổng nhu cầu 12 tỷ đồng)
    Nguồn vốn:
    - Ngân sách huyện hỗ trợ khi xã đạt chuẩn: 3 tỷ
    - Ngân sách xã: 4 tỷ
    - Nhân dân đóng góp: 0,5 tỷ
    (Tổng nguồn vốn 7,5 tỷ)
    Cân đối: 12 tỷ - 7,5 tỷ = 4,5 tỷ (còn thiếu 4,5 tỷ)
"""


def funded(text=TEXT, needs=(9, 3), sources=(3, 4, 0.5), total=(12, 7.5), balance=-4.5, late=False):
    plan = paper(text)
    need_rows = [row(plan, "Đường thôn"), row(plan, "Nhà văn hóa")]
    source_rows = [row(plan, "Ngân sách huyện"), row(plan, "Ngân sách xã"), row(plan, "Nhân dân")]
    scale = lambda value: None if value is None else int(value * BILLION)  # noqa: E731
    known = [scale(value) or 0 for value in sources]
    added_needs, added = sum(map(scale, needs)), sum(known)
    plan.funding = Funding(
        needs=[
            Need(text="x", amount=scale(value), lines=lines)
            for value, lines in zip(needs, need_rows, strict=False)
        ],
        sources=[
            Source(text="x", amount=scale(value), lines=lines, conditional=late and index == 0)
            for index, (value, lines) in enumerate(zip(sources, source_rows, strict=False))
        ],
        stated=StatedFunding(
            needs=scale(total[0]),
            sources=scale(total[1]),
            balance=scale(balance),
            needs_lines=row(plan, "Tổng nhu cầu"),
            sources_lines=row(plan, "Tổng nguồn vốn"),
            balance_lines=row(plan, "Cân đối"),
        ),
        computed=ComputedFunding(
            needs=added_needs,
            sources=added,
            balance=added - added_needs,
            usable_balance=added - added_needs - (known[0] if late else 0),
        ),
    )
    return plan


ALL = ("FUND-SUM", "FUND-BALANCE", "FUND-CONDITIONAL")


def test_money_that_adds_up_is_left_alone():
    assert codes(funded(TEXT.replace(" khi xã đạt chuẩn", "")), *ALL) == []


def test_a_wrong_total_says_what_the_items_give_and_what_is_written():
    plan = funded(TEXT.replace("nguồn vốn 7,5 tỷ", "nguồn vốn 7,3 tỷ"), total=(12, 7.3))
    found = one(plan, "FUND-SUM")
    assert found.severity == "error"
    assert (
        found.message == "Cộng các nguồn được 7,5 tỷ đồng (3 + 4 + 0,5), văn bản ghi 7,3 tỷ đồng."
    )
    assert found.advice == "Sửa tổng thành 7,5 tỷ đồng hoặc soát lại từng nguồn."
    assert [quote.strip() for quote in found.quotes] == ["7,3 tỷ", "3 tỷ", "4 tỷ", "0,5 tỷ"]
    assert [lines[0] for lines in found.lines] == [9, 6, 7, 8]


def test_the_mend_is_certain_when_the_balance_uses_the_right_total():
    plan = funded(TEXT.replace("nguồn vốn 7,5 tỷ", "nguồn vốn 7,3 tỷ"), total=(12, 7.3))
    assert one(plan, "FUND-SUM").fix == Fix(line=9, old="7,3 tỷ", new="7,5 tỷ")


def test_no_mend_is_offered_when_the_balance_repeats_the_wrong_total():
    text = TEXT.replace("7,5 tỷ", "7,3 tỷ").replace("4,5 tỷ", "4,7 tỷ")
    assert one(funded(text, total=(12, 7.3), balance=-4.7), "FUND-SUM").fix is None


def test_a_wrong_total_of_needs_is_found_too():
    text = TEXT.replace("nhu cầu 12 tỷ", "nhu cầu 13 tỷ")
    found = one(funded(text, total=(13, 7.5)), "FUND-SUM")
    assert found.message.startswith("Cộng các khoản cần được 12 tỷ đồng (9 + 3)")


@pytest.mark.parametrize(
    ("sources", "total", "reported"),
    [
        ((3, 4, None), 7.5, False),  # the unknown source may be the rest
        ((3, 5, None), 7.5, True),  # more than the total already
        ((7.5, 4, 3.5), 7.5, False),  # the first is the sum of the two below it
        ((4, 3.5, 7.5), 7.5, False),
        ((7.5,), 9, False),  # one item is no sum
        ((3, 4, 0.5), None, False),
    ],
)
def test_sources_unknown_or_nested_are_no_wrong_total(sources, total, reported):
    plan = funded(sources=sources, total=(12, total), balance=None)
    assert codes(plan, "FUND-SUM") == (["FUND-SUM"] if reported else [])


def test_items_below_a_total_that_holds_above_it_belong_to_something_else():
    plan = funded()
    plan.funding.needs.append(Need(text="khác", amount=60_000_000, lines=row(plan, "Nguồn vốn:")))
    assert codes(plan, "FUND-SUM") == []


def test_an_amount_beside_words_of_enough_is_no_shortage():
    text = TEXT.replace(
        "Cân đối: 12 tỷ - 7,5 tỷ = 4,5 tỷ (còn thiếu 4,5 tỷ)", "Có 7 tỷ, cân đối đủ"
    )
    plan = funded(TEXT, balance=-7)
    plan.source.text = paper(text).text
    (found,) = check(plan, ["FUND-BALANCE"])
    assert "chưa đủ nhu cầu 12 tỷ đồng" in found.message


def test_a_heading_read_as_a_source_is_not_an_unknown_source():
    plan = funded(TEXT.replace("nguồn vốn 7,5 tỷ", "nguồn vốn 7,9 tỷ"), total=(12, 7.9))
    heading = row(plan, "Nguồn vốn:")
    plan.funding.sources.insert(0, Source(text="Nguồn vốn", lines=heading))
    plan.outline = [Section(label="2", title="Nguồn vốn", level=1, lines=heading)]
    assert codes(plan, "FUND-SUM") == ["FUND-SUM"]


def test_a_part_of_a_source_is_not_added_to_it():
    text = TEXT.replace("Ngân sách xã: 4 tỷ", "Ngân sách xã: 4 tỷ, trong đó tiền đất 3 tỷ")
    plan = funded(text)
    part = Source(text="tiền đất", amount=3 * BILLION, lines=row(plan, "Ngân sách xã"))
    plan.funding.sources.insert(2, part)
    plan.funding.stated.sources = 8 * BILLION
    assert "7,5 tỷ đồng (3 + 4 + 0,5)" in one(plan, "FUND-SUM").message


def test_an_item_the_reader_missed_explains_the_total():
    text = TEXT.replace(
        "- Ngân sách xã: 4 tỷ", "- Hội xa quê ủng hộ 1 tỷ\n    - Ngân sách xã: 4 tỷ"
    ).replace("nguồn vốn 7,5 tỷ", "nguồn vốn 8,5 tỷ")
    plan = funded(text, total=(12, 8.5), balance=None)
    assert codes(plan, "FUND-SUM") == []
    plan.funding.stated.sources = 9 * BILLION
    assert codes(plan, "FUND-SUM") == ["FUND-SUM"]


def test_a_total_read_as_one_of_its_items_is_not_added():
    plan = funded(TEXT.replace("nguồn vốn 7,5 tỷ", "nguồn vốn 7,3 tỷ"), total=(12, 7.3))
    total = Source(text="Tổng", amount=7_300_000_000, lines=row(plan, "Tổng nguồn vốn"))
    plan.funding.sources.append(total)
    assert "(3 + 4 + 0,5)" in one(plan, "FUND-SUM").message


def test_a_total_that_fits_the_other_list_belongs_to_it():
    assert codes(funded(total=(None, 12), balance=None), "FUND-SUM") == []


def test_a_wrong_balance_is_told_with_the_right_one():
    text = TEXT.replace("12 tỷ - 7,5 tỷ = 4,5 tỷ (còn thiếu 4,5 tỷ)", "còn thiếu 5 tỷ")
    found = one(funded(text, balance=-5), "FUND-BALANCE")
    assert found.message == "Cân đối phải là thiếu 4,5 tỷ đồng, văn bản ghi thiếu 5 tỷ đồng."
    assert found.quotes == ["5 tỷ"]


def test_a_balance_that_follows_from_the_stated_totals_is_right():
    assert codes(funded(total=(12, 7), balance=-5), "FUND-BALANCE") == []


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("12 tỷ - 7,5 tỷ = 5 tỷ", True),
        ("12 tỷ - 7,5 tỷ = 4,5 tỷ", False),
        ("7,5 tỷ - 12 tỷ = 4,5 tỷ", False),  # the shortage without its sign
        ("2 tỷ + 8 tỷ + 0,5 tỷ = 10,5 tỷ đồng", False),
        ("2 tỷ + 8 tỷ + 0,5 tỷ = 10,3 tỷ đồng", True),
        ("1 tỷ = 1.000 triệu đồng", False),
        ("hệ số = 2, kinh phí 3 tỷ", False),
    ],
)
def test_arithmetic_written_out_is_checked(line, reported):
    assert codes(paper(line), "FUND-BALANCE") == (["FUND-BALANCE"] if reported else [])


def test_a_wrong_sum_in_the_balance_is_reported_once():
    text = TEXT.replace("= 4,5 tỷ (còn thiếu 4,5 tỷ)", "= 5 tỷ (còn thiếu 5 tỷ)")
    found = check(funded(text, balance=-5), ["FUND-BALANCE"])
    assert [finding.quotes for finding in found] == [["12 tỷ - 7,5 tỷ = 5 tỷ"]]


def test_a_source_paid_on_recognition_does_not_count():
    found = one(funded(late=True), "FUND-CONDITIONAL")
    assert found.severity == "error"
    assert found.message == (
        "3 tỷ đồng chỉ có sau khi đạt chuẩn, không dùng được để đạt chuẩn. "
        "Trừ ra còn dùng được 4,5 tỷ đồng, thiếu 7,5 tỷ đồng (văn bản ghi thiếu 4,5 tỷ đồng)."
    )
    assert found.quotes == ["3 tỷ"]


def test_a_reward_without_an_amount_is_a_warning():
    plan = paper("- Ngân sách xã.\n- Nguồn thưởng khi thôn đạt chuẩn.")
    plan.funding = Funding(
        sources=[
            Source(text="Ngân sách xã", lines=(1, 1)),
            Source(text="Nguồn thưởng", lines=(2, 2), conditional=True),
        ]
    )
    found = one(plan, "FUND-CONDITIONAL")
    assert (found.severity, found.lines) == ("warning", [(2, 2)])
    assert found.quotes == ["- Nguồn thưởng khi thôn đạt chuẩn"]
