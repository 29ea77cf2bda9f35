"""Support policies: so much per household, metre or work, and the document they rest on."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import marked, paper


@pytest.mark.parametrize(
    ("words", "amount", "per"),
    [
        ("1 triệu đồng/hộ", 1_000_000, "hộ"),
        ("1 triệu đồng/ hộ", 1_000_000, "hộ"),
        ("500.000 đồng/m", 500_000, "m"),
        ("500.000đ/hộ", 500_000, "hộ"),
        ("1,5 triệu đồng/vườn", 1_500_000, "vườn"),
        ("800 nghìn đồng/bể", 800_000, "bể"),
    ],
)
def test_an_amount_and_what_it_is_given_for(words: str, amount: int, per: str) -> None:
    plan = paper(f"III. GIẢI PHÁP\n- Hộ nghèo làm hố rác được hỗ trợ {words}.")
    (one,) = plan.support
    assert (one.amount, one.per) == (amount, per)
    assert marked(plan, one) == [words]


def test_each_names_what_it_is_given_for() -> None:
    plan = paper("III. GIẢI PHÁP\n- Mỗi hầm làm xong được xã hỗ trợ 3 triệu đồng.")
    assert [(one.amount, one.per) for one in plan.support] == [(3_000_000, "hầm")]


def test_the_document_it_rests_on_is_named() -> None:
    plan = paper(
        "III. GIẢI PHÁP\n- Hỗ trợ 1 triệu đồng/hộ theo Nghị quyết số 44/2021/NQ-HĐND của tỉnh."
    )
    assert [one.basis for one in plan.support] == ["44/2021/NQ-HĐND"]


def test_several_amounts_of_one_paragraph_are_each_a_policy() -> None:
    plan = paper("III. GIẢI PHÁP\n- Hỗ trợ 2 triệu đồng/hộ làm bể; hỗ trợ 500.000 đồng/hố rác.")
    assert [(one.amount, one.per) for one in plan.support] == [
        (2_000_000, "hộ"),
        (500_000, "hố rác"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- Thu nhập đạt 68 triệu đồng/người/năm.", "- Ngân sách xã hỗ trợ 200 triệu đồng.",
        "- Nhân dân góp 1 triệu đồng/hộ.", "- Vận động các hộ hỗ trợ nhau.",
    ],
)  # fmt: skip
def test_income_lump_sums_and_contributions_are_no_support(line: str) -> None:
    assert paper(f"III. GIẢI PHÁP\n{line}").support == []
