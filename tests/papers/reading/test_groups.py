"""Rules that so many of so many demands be met, and the demands under them."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import paper

THREE = (
    "1.1. Có ít nhất 01 mô hình sản xuất sạch.\n"
    "1.2. Tỷ lệ hộ có mạng Internet đạt ≥ 80%.\n"
    "1.3. Không có hộ nghèo."
)


@pytest.mark.parametrize(
    ("rule", "at_least", "of"),
    [
        ("Xã đạt tối thiểu 02 trong 03 chỉ tiêu sau:", 2, 3),
        ("Xã đạt ít nhất 2/3 chỉ tiêu sau:", 2, 3),
        ("Xã đạt ít nhất hai trong số 03 chỉ tiêu sau:", 2, 3),
        ("Xã đạt ít nhất một trong ba chỉ tiêu sau:", 1, 3),
        ("Xã đạt ít nhất 01 trong các chỉ tiêu sau:", 1, 3),
    ],
)
def test_a_rule_of_so_many_among_so_many_is_read(rule: str, at_least: int, of: int) -> None:
    plan = paper(f"I. MỤC TIÊU\n1. Về sản xuất\n{rule}\n{THREE}")
    (group,) = plan.groups
    assert (group.rule.at_least, group.rule.of) == (at_least, of)
    assert group.targets == ["1.1", "1.2", "1.3"]


def test_the_demands_under_a_rule_know_their_group() -> None:
    plan = paper(f"I. MỤC TIÊU\n1. Về sản xuất\nXã đạt ít nhất 2/3 chỉ tiêu sau:\n{THREE}")
    (group,) = plan.groups
    assert {one.group for one in plan.targets} == {group.name}


@pytest.mark.parametrize(
    "line",
    [
        "Hiện có 12/19 tiêu chí đạt chuẩn.", "Ra quân từ 01/3 ở các thôn.",
        "Đạt 3/2 chỉ tiêu đã giao.", "Ít nhất 8/10 vườn được chỉnh trang.",
    ],
)  # fmt: skip
def test_scores_dates_and_shares_of_things_are_no_rules(line: str) -> None:
    assert paper(f"I. MỤC TIÊU\n{line}").groups == []
