"""The five real plans: what must be found in them, and that nothing else is called an error."""

import unicodedata

import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read
from tests.papers.formats.makers import plan_to_docx, plan_to_pdf

PLANS = ["hoa-cu-2024", "phuc-hoa-2024", "son-bang-2023", "thach-loi-2023", "thanh-dinh-2024"]

# All errors of each plan: code, line, and a part of the message.
ERRORS = {
    "hoa-cu-2024": [
        ("HEAD-DATE", 5, "chưa ghi ngày."),
        ("LEVEL-SCOPE", 47, "tính theo số xã"),
        ("SET-MIXED", 83, "Hành chính công"),
    ],
    "phuc-hoa-2024": [
        ("HEAD-DATE", 5, "chưa ghi ngày."),
        ("CITE-TITLE", 11, "318/QĐ-TTg"),
        ("CITE-SUFFIX", 15, "địa bàn một tỉnh"),
        ("CITE-SUFFIX", 17, "địa bàn một tỉnh"),
        ("DEADLINE-CONFLICT", 39, "tháng 10 năm 2024 và quý 3 năm 2024"),
        ("PRECONDITION-LATE", 45, "Thôn Tân Thịnh"),
        ("MODEL-CONDITION", 49, "thu nhập"),
        ("TASK-AFTER-GOAL", 53, "31/12/2024"),
    ],
    "son-bang-2023": [
        ("ANNEX-MISSING", 48, "bảng"),
        ("DURATION-DATES", 89, "được 94 ngày (62 + 32)"),
        ("OUTLINE-GAP", 96, "từ II sang IV, thiếu III"),
        ("REPORT-SELF", 105, "chính mình"),
        ("REPORT-RECEIVER", 135, "hai nơi nhận"),
        ("HEAD-SIGNATURE", 150, "người ký"),
    ],
    "thach-loi-2023": [
        ("HEAD-DATE", 3, "địa danh"),
        ("HEAD-ISSUER", 3, "cơ quan ban hành"),
        ("HEAD-NUMBER", 3, "số và ký hiệu"),
        ("GOAL-PROCEDURE", 22, "2, 10, 17"),
        ("CRITERION-LEAD", 38, "Tiêu chí 14"),
        ("CRITERION-LEAD", 38, "Tiêu chí 15 (Hành chính công) chỉ có nơi phối hợp"),
        ("FUND-CONDITIONAL", 169, "còn dùng được 8,5 tỷ đồng, thiếu 15,3 tỷ đồng"),
        ("FUND-SUM", 175, "10,5 tỷ đồng (2 + 8 + 0,5), văn bản ghi 10,3 tỷ đồng"),
        ("STEP-MISSING", 191, "hài lòng"),
    ],
    "thanh-dinh-2024": [],
}
WARNINGS = {
    "hoa-cu-2024": {
        ("CRITERION-LEAD", 149),
        ("FUND-NONE", 149),
        ("HEAD-NUMBER", 3),
        ("LEVEL-SCOPE", 131),
        ("LEVEL-SCOPE", 141),
        ("PERCENT-RANGE", 77),
        ("RECIPIENT-MISSING", 193),
        ("REPORT-PERIOD", 171),
        ("SCHEDULE-NONE", 149),
        ("STATUS-NONE", 23),
        ("TARGET-NOVALUE", 49),
        ("VILLAGE-LIST", 181),
    },
    "phuc-hoa-2024": {
        ("CITE-AMENDED", 11),
        ("COMMITMENT-DATE", 55),
        ("CRITERION-LEAD", 149),
        ("FUND-NONE", 149),
        ("GOAL-UNDATED", 43),
        ("GROUP-CHOICE", 131),
        ("HEAD-NUMBER", 3),
        ("OUTLINE-MIX", 61),
        ("RECIPIENT-MISSING", 179),
        ("REPORT-PERIOD", 153),
        ("SET-MIXED", 77),
        ("TARGET-NOVALUE", 63),
        ("TASK-PARTNER", 127),
        ("TASK-WEAKER", 145),
        ("VILLAGE-LIST", 43),
    },
    "son-bang-2023": {
        ("CITE-FORM", 31),
        ("CITE-FORM", 54),
        ("CITE-FORM", 58),
        ("FUND-CONDITIONAL", 95),
        ("GOAL-DEADLINE", 31),
        ("LEVEL-SCOPE", 54),
        ("LEVEL-SCOPE", 97),
        ("QUANTITY-SHARE", 34),
        ("REPORT-PERIOD", 105),
        ("UNIT-LABEL", 40),
        ("VILLAGE-BODY", 135),
    },
    "thach-loi-2023": {
        ("CRITERION-DUP", 217),
        ("CRITERION-DUP", 225),
        ("FUND-COVERAGE", 42),
        ("FUND-DOUBLE", 263),
        ("FUND-SCOPE", 161),
        ("FUND-TIMING", 99),
        ("GAP-SCHEDULE", 49),
        ("RECIPIENT-MISSING", 269),
        ("REPORT-PERIOD", 265),
        ("ROLE-TOPIC", 235),
        ("TARGET-COMPARATOR", 68),
        ("TARGET-GROWTH", 68),
        ("TARGET-NOVALUE", 217),
        ("TASK-PARTNER", 87),
        ("TERM-STANDARD", 53),
        ("VILLAGE-BODY", 253),
        ("VILLAGE-LIST", 253),
    },
    "thanh-dinh-2024": {
        ("COUNT-SET", 164),
        ("DUTY-SHARED", 248),
        ("FUND-NONE", 222),
        ("GOAL-OPEN", 65),
        ("GOAL-UNDATED", 9),
        ("GROUP-CHOICE", 76),
        ("MODEL-CONDITION", 75),
        ("RECIPIENT-MISSING", 266),
        ("REPORT-NONE", 222),
        ("SCHEDULE-NONE", 222),
        ("TARGET-NOVALUE", 65),
        ("VILLAGE-LIST", 65),
    },
}


@pytest.fixture(scope="module")
def plans(plans_dir):
    return {name: read(plans_dir / f"{name}.txt") for name in PLANS}


@pytest.mark.parametrize("name", PLANS)
def test_the_errors_of_a_real_plan_are_those_found_by_hand(plans, name):
    errors = [finding for finding in check(plans[name]) if finding.severity == "error"]
    found = [(finding.code, finding.lines[0][0], finding.message) for finding in errors]
    expected = ERRORS[name]
    assert [(code, line) for code, line, _ in found] == [(code, line) for code, line, _ in expected]
    for (_, _, message), (_, _, part) in zip(found, expected, strict=True):
        assert part in message


@pytest.mark.parametrize("name", PLANS)
def test_the_warnings_of_a_real_plan_are_those_found_by_hand(plans, name):
    found = [finding for finding in check(plans[name]) if finding.severity == "warning"]
    assert {(finding.code, finding.lines[0][0]) for finding in found} == WARNINGS[name]


@pytest.mark.parametrize("name", PLANS)
def test_every_quote_stands_in_the_lines_it_is_given_for(plans, name):
    text = plans[name].text
    for finding in check(plans[name]):
        for (first, last), quote in zip(finding.lines, finding.quotes, strict=True):
            assert quote
            assert unicodedata.is_normalized("NFC", quote)
            assert quote in "\n".join(text[first - 1 : last])


@pytest.mark.parametrize("make", [plan_to_docx, plan_to_pdf])
@pytest.mark.parametrize("name", PLANS)
def test_the_same_plan_as_word_or_pdf_has_the_same_errors_and_warnings(
    plans_dir, plans, name, make
):
    lines = (plans_dir / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    suffix = make.__name__.removeprefix("plan_to_")
    again = read(make(lines), name=f"{name}.{suffix}")

    def found(plan):
        return sorted((each.code, each.severity) for each in check(plan) if each.severity != "note")

    assert found(again) == found(plans[name])


def test_the_wrong_total_is_shown_with_its_items_and_a_certain_mend(plans):
    (found,) = check(plans["thach-loi-2023"], ["FUND-SUM"])
    assert [first for first, _ in found.lines] == [175, 169, 171, 173]
    assert (found.fix.line, found.fix.old, found.fix.new) == (175, "10,3 tỷ", "10,5 tỷ")


def test_both_deadlines_of_the_commune_are_shown(plans):
    (found,) = check(plans["phuc-hoa-2024"], ["DEADLINE-CONFLICT"])
    assert [first for first, _ in found.lines] == [39, 51]


def test_the_undated_village_goal_is_shown_at_each_mention(plans):
    (found,) = check(plans["son-bang-2023"], ["GOAL-DEADLINE"])
    assert "thôn Thịnh Bằng" in found.message
    assert {31, 87} <= {first for first, _ in found.lines}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("thach-loi-2023", ["COUNT-LIST", "FUND-BALANCE", "OUTLINE-GAP", "OUTLINE-DUP"]),
        ("son-bang-2023", ["COUNT-LIST", "COUNT-WAVE", "FUND-SUM", "FUND-BALANCE"]),
        ("phuc-hoa-2024", ["COUNT-LIST", "COUNT-GROUP", "GOAL-DEADLINE", "PERCENT-RANGE"]),
        ("thanh-dinh-2024", ["COUNT-LIST", "COUNT-GROUP", "ANNEX-MISSING", "PERCENT-RANGE"]),
        ("hoa-cu-2024", ["COUNT-LIST", "DEADLINE-CONFLICT", "ANNEX-MISSING", "OUTLINE-GAP"]),
    ],
)
def test_what_is_right_in_a_real_plan_is_not_reported(plans, name, codes):
    assert check(plans[name], codes) == []
