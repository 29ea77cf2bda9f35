"""Each hand-worked case beside the sets comes out as its author worked it by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from dinhlang.law.errors import LawError
from dinhlang.law.examples import read_example, run, shipped_examples
from dinhlang.law.library import shipped, shipped_texts
from dinhlang.law.verdicts import State

EXAMPLES = dict(shipped_examples())
CASE = """\
format: dinhlang.example/1
title: Thu nhập của một xã
set: qd-318-2022/xa-nang-cao
on: 2023-12-31
unit: {name: Xã Mẫu, region: DBSH, territory: "30"}
facts:
  - {measure: thu_nhap_binh_quan, value: 67.5, year: 2023}
children:
  village:
    - {name: Thôn A, facts: [{measure: thu_nhap_binh_quan, value: 60, year: 2023}]}
expect:
  state: not_met
  criteria: {"10": not_met}
  indicators: {"10": {state: not_met, reason: [68, năm 2023]}}
  counts: {not_met: 1}
""".replace("[68, năm 2023]", '["68", "năm 2023"]')


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_shipped_case_comes_out_as_worked_by_hand(name: str) -> None:
    outcome = run(read_example(EXAMPLES[name], name), shipped())
    assert not outcome.differences, "\n".join(outcome.differences)


def test_every_decision_with_a_set_has_cases_beside_it() -> None:
    folders = {name.partition("/")[0] for name, _ in shipped_texts() if "/" in name}
    cases = Counter(name.partition("/")[0] for name in EXAMPLES)
    assert folders - set(cases) == set()


def test_a_case_that_comes_out_as_expected_has_no_differences() -> None:
    assert run(read_example(CASE, "thử"), shipped()).differences == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("state: not_met\n  criteria", "state: met\n  criteria", "cả bộ: mong đợi “Đạt”"),
        ('criteria: {"10": not_met}', 'criteria: {"10": met}', "tiêu chí 10 (dòng 13)"),
        ('criteria: {"10": not_met}', 'criteria: {"99": met}', "bộ không có tiêu chí này"),
        ('"68", ', '"99 triệu", ', "lý do không có “99 triệu”"),
        ("{not_met: 1}", "{not_met: 7}", "mong đợi 7, kết quả 1"),
        ("value: 67.5", "value: 68", "chỉ tiêu 10 (dòng 14): mong đợi “Chưa đạt”, kết quả “Đạt”"),
    ],
)
def test_each_difference_is_told(old: str, new: str, words: str) -> None:
    assert old in CASE
    outcome = run(read_example(CASE.replace(old, new), "thử"), shipped())
    assert any(words in difference for difference in outcome.differences), outcome.differences


def test_the_place_of_the_unit_decides_the_law_that_is_used() -> None:
    away = read_example(CASE.replace(', territory: "30"', ""), "thử")
    outcome = run(away, shipped())
    assert outcome.law.territories == frozenset()
    found = outcome.explained("10")
    assert found is not None and found.state is State.UNKNOWN
    assert outcome.explained("99") is None


def test_another_set_and_day_may_be_asked_for() -> None:
    example = read_example(CASE, "thử")
    outcome = run(example, shipped(), "qd-318-2022/xa-ntm", date(2022, 12, 31))
    assert (outcome.verdict.set.id, outcome.verdict.on) == (
        "qd-318-2022/xa-ntm",
        date(2022, 12, 31),
    )


def test_the_units_below_lie_in_the_region_of_the_one_above() -> None:
    (village,) = read_example(CASE, "thử").subject.children["village"]
    assert (village.name, village.region) == ("Thôn A", "DBSH")
    assert village.latest("thu_nhap_binh_quan", date(2023, 12, 31)) is not None


def test_a_file_of_facts_needs_no_expectation() -> None:
    facts = CASE[: CASE.index("expect:")].replace("set: qd-318-2022/xa-nang-cao\n", "")
    with pytest.raises(LawError, match="Thiếu khóa “set”"):
        read_example(facts, "thử")
    example = read_example(facts, "thử", complete=False)
    assert run(example, shipped(), "qd-318-2022/xa-ntm").verdict.state is not State.MET


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("region: DBSH", "region: DBS", "có phải “DBSH” không?", 5),
        ("value: 67.5", "yes: true", "nội dung ghi không khớp", 7),
        ("value: 67.5", "value: 67.5, sex: male", "không tách nam, nữ", 7),
        ("value: 67.5", "value: 67,5", "Khóa “5”|Không có khóa", 7),
        ("village:", "làng:", "Không có cấp “làng”", 10),
        ("on: 2023-12-31", "on: 31/12/2023", "năm-tháng-ngày", 4),
        ("set: qd-318-2022/xa-nang-cao", "set: qd-318-2022/xa", "Không có bộ tiêu chí", 0),
    ],
)
def test_a_faulty_case_is_refused_with_its_line(
    old: str, new: str, message: str, line: int
) -> None:
    with pytest.raises(LawError, match=message) as refused:
        run(read_example(CASE.replace(old, new, 1), "thử"), shipped())
    assert refused.value.problems[0].line == line
