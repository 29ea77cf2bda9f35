import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.papers.checking import UnknownCheck, check, registry
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.plan import Document
from tests.papers.checking.build import paper

FAULTY = """
    Số: /KH-UBND
    ngày     tháng 3 năm 2025
    KẾ HOẠCH
    Tỷ lệ hộ dùng nước sạch đạt 104%.
    Tỷ lệ hộ có nhà tiêu hợp vệ sinh đạt 103%.
"""


def test_findings_come_in_the_order_of_the_paper():
    found = check(paper(FAULTY))
    assert [finding.lines[0][0] for finding in found] == [1, 2, 4, 5, 5]
    assert [finding.code for finding in found][:4] == [
        "HEAD-NUMBER", "HEAD-DATE", "PERCENT-RANGE", "HEAD-SIGNATURE",
    ]  # fmt: skip


def test_checking_twice_gives_the_same_and_leaves_the_plan_alone():
    plan = paper(FAULTY)
    before = copy.deepcopy(plan)
    assert check(plan) == check(plan)
    assert plan == before


def test_only_the_codes_asked_for_are_run():
    assert {finding.code for finding in check(paper(FAULTY), ["PERCENT-RANGE"])} == {
        "PERCENT-RANGE"
    }
    assert check(paper(FAULTY), []) == []


def test_an_unknown_code_is_refused_by_name():
    with pytest.raises(UnknownCheck, match="“NO-SUCH”"):
        check(paper(FAULTY), ["NO-SUCH"])


@pytest.mark.parametrize("code", ["fund-sum", "FUND", "", "FUND SUM"])
def test_a_malformed_code_cannot_be_registered(code):
    with pytest.raises(ValueError, match="FUND-SUM"):
        rule(code=code, severity="note", purpose="", page="")


def test_a_code_cannot_be_registered_twice():
    with pytest.raises(ValueError, match="PERCENT-RANGE"):
        rule(code="PERCENT-RANGE", severity="note", purpose="", page="")


def test_a_hit_takes_the_severity_of_its_check_unless_it_has_its_own():
    found = {hit.severity for hit in check(paper("KẾ HOẠCH\nđạt 100% trở lên, hộ nghèo 130%"))}
    assert found == {"error", "warning"}


def test_the_registry_cannot_be_changed_from_outside():
    with pytest.raises(TypeError):
        registry["X-Y"] = registry["PERCENT-RANGE"]  # type: ignore[index]


def test_hits_and_places_cannot_be_changed():
    hit = Hit(message="", places=(Place(lines=(1, 1)),))
    with pytest.raises(AttributeError):
        hit.message = "khác"  # type: ignore[misc]


def test_an_empty_plan_without_text_is_checked_without_harm():
    assert all(finding.quotes for finding in check(paper(document=Document())))


WORDS = st.sampled_from(
    ["gồm 3 tiêu chí sau:", "(TC1);", "100%", "trở lên", "thôn Đông", "đạt NTM kiểu mẫu",
     "vào tháng 10/2024",
     "kèm theo", "phụ lục II", "- ", "1. ", "17,5 tỷ", "=", "-", ";", "\n", "Số:",
     "KẾ HOẠCH", "ngày", "%", "("]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS | st.text(max_size=8), max_size=30))
def test_any_text_is_checked_and_every_quote_stands_in_its_lines(parts):
    plan = paper(" ".join(parts))
    for finding in check(plan):
        assert finding.message and len(finding.lines) == len(finding.quotes)
        for (first, last), quote in zip(finding.lines, finding.quotes, strict=True):
            assert quote in "\n".join(plan.text[first - 1 : last])
