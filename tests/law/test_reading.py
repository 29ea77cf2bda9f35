"""Files of the law: every form of requirement and threshold, and files that mean harm."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.law.errors import LawError
from dinhlang.law.provenance import Provenance
from dinhlang.law.reading import read_measures, read_set
from dinhlang.law.reading.nodes import LONGEST_TEXT
from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Exception_,
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    NotLoaded,
    Points,
    Reached,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from dinhlang.law.sets import Amendment, Change, CriteriaSet

HEAD = """\
format: dinhlang.criteria/1
id: qd-mau/xa-mau
title: Bộ tiêu chí làm mẫu
short: Bộ mẫu
level: ntm
subject: commune
years: [2026, 2030]
valid_from: 2026-01-01
sources: {ghichep: "https://example.vn/ghi-chep"}
decision: {number: 01/QĐ-MẪU, issuer: UBND tỉnh Mẫu, date: 2025-12-30, checked: sample}
sample: true
"""
SET = (
    HEAD
    + """\
criteria:
  - number: "1"
    name: Thu nhập
    checked: sourced
    sources: [ghichep, Kế hoạch của xã]
    indicators:
      - number: "1.1"
        name: Thu nhập bình quân
        name_checked: unverified
        checked: sample
        requirement: REQUIREMENT
"""
)
ONE = Value(amount=Decimal(1))
LEAF = Reached(measure="e")


def read(requirement: str) -> Requirement:
    made = read_set(SET.replace("REQUIREMENT", requirement), "thử")
    assert isinstance(made, CriteriaSet)
    return made.criteria[0].indicators[0].requirement


REQUIREMENTS: list[tuple[str, Requirement]] = [
    ("{reached: e}", LEAF),
    ("{at_least: {measure: a, value: 1}}", Compare(measure="a", operator=">=", threshold=ONE)),
    ("{at_most: {measure: a, value: 1}}", Compare(measure="a", operator="<=", threshold=ONE)),
    ("{above: {measure: a, value: 1}}", Compare(measure="a", operator=">", threshold=ONE)),
    ("{below: {measure: a, value: 1}}", Compare(measure="a", operator="<", threshold=ONE)),
    ("{equals: {measure: a, value: 1}}", Compare(measure="a", operator="=", threshold=ONE)),
    ("{zero: a}", Compare(measure="a", operator="=", threshold=Value(amount=Decimal(0)))),
    (
        "{zero: {measure: a, exceptions: [{measure: b, text: hộ bảo trợ xã hội}]}}",
        Compare(
            measure="a", operator="=", threshold=Value(amount=Decimal(0)),
            exceptions=(Exception_(measure="b", text="hộ bảo trợ xã hội"),),
        ),
    ),
    (
        "{between: {measure: a, low: 1, below_high: true}}",
        Between(measure="a", low=ONE, high=None, below_high=True),
    ),
    ('{grade: {measure: m, at_least: Mức độ 2}}', Grade(measure="m", at_least="Mức độ 2")),
    (
        "{trend: {measure: a, direction: falling, years: 3}}",
        Trend(measure="a", direction="falling", years=3),
    ),
    ("{recognised: {measure: e, standard: X}}", Recognised(measure="e", standard="X")),
    (
        "{content_not_loaded: {giver: province, note: chờ tỉnh}}",
        ContentNotLoaded(giver="province", note="chờ tỉnh"),
    ),
    ("{all_of: [{reached: e}]}", AllOf(parts=(LEAF,))),
    ("{any_of: [{reached: e}, {reached: e}]}", AnyOf(parts=(LEAF, LEAF))),
    ("{at_least_of: {count: 1, parts: [{reached: e}]}}", AtLeastOf(count=1, parts=(LEAF,))),
    ("{fallback: [{reached: e}]}", Fallback(parts=(LEAF,))),
    ("{if_present: {measure: e, part: {reached: e}}}", IfPresent(measure="e", part=LEAF)),
    ("{both_sexes: {reached: e}}", BothSexes(part=LEAF)),
    ("{consecutive: {years: 3, part: {reached: e}}}", Consecutive(years=3, part=LEAF)),
    ("{this_year: {reached: e}}", ThisYear(part=LEAF)),
    (
        '{children: {level: village, part: {reached: e}, operator: ">", counting: count, '
        "value: 1}}",
        Children(level="village", part=LEAF, operator=">", threshold=ONE, counting="count"),
    ),
    (
        "{points: {parts: [{points: 2.5, part: {reached: e}}], value: 1}}",
        Points(parts=((Decimal("2.5"), LEAF),), threshold=ONE),
    ),
    (
        "{checklist: {mandatory: [e], score: a, low: 1}}",
        Checklist(mandatory=("e",), score="a", low=ONE),
    ),
    (
        "{meets_set: {set: x/y, recognition: e, revalidate: true}}",
        MeetsSet(set="x/y", recognition="e", revalidate=True),
    ),
    ('{meets_criterion: {set: x/y, number: "13.1"}}', MeetsCriterion(set="x/y", number="13.1")),
    (
        '{met_share: {set: x/y, operator: ">=", value: 1}}',
        MetShare(set="x/y", operator=">=", threshold=ONE),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "made"), REQUIREMENTS, ids=[text for text, _ in REQUIREMENTS])
def test_each_kind_of_requirement_is_read(text: str, made: Requirement) -> None:
    assert read(text) == made


THRESHOLDS: list[tuple[str, Threshold]] = [
    ("59.58", Value(amount=Decimal("59.58"))),
    (
        "{value: 64, checked: quoted, sources: [Kế hoạch của xã]}",
        Value(
            amount=Decimal(64),
            provenance=Provenance(checked="quoted", sources=("Kế hoạch của xã",)),
        ),
    ),
    ("{not_loaded: {giver: ministry}}", NotLoaded(giver="ministry")),
    ("{by_region: {BTB: 1}}", ByRegion(cases=(("BTB", ONE),))),
    ('{by_group: {"1": 1}}', ByGroup(cases=(("1", ONE),))),
    ("{by_year: {2024: 1}}", ByYear(cases=((2024, ONE),))),
    (
        "{by_attribute: {attribute: biển, cases: {có: 1}, otherwise: {not_loaded: {}}}}",
        ByAttribute(attribute="biển", cases=(("có", ONE),), otherwise=NotLoaded()),
    ),
    (
        '{relative_to: {set: x/y, indicator: "10", factor: 1.1}}',
        RelativeTo(set="x/y", indicator="10", factor=Decimal("1.1")),
    ),
    ("{from_measure: {measure: b}}", FromMeasure(measure="b")),
    (
        "{by_region: {BTB: {by_year: {2024: 1}}}}",
        ByRegion(cases=(("BTB", ByYear(cases=((2024, ONE),))),)),
    ),
]


@pytest.mark.parametrize(("text", "made"), THRESHOLDS, ids=[text for text, _ in THRESHOLDS])
def test_each_kind_of_threshold_is_read(text: str, made: Threshold) -> None:
    found = read(f"{{at_least: {{measure: a, value: {text}}}}}")
    assert isinstance(found, Compare)
    assert found.threshold == made


def test_the_head_and_the_provenance_of_a_set_are_read() -> None:
    made = read_set(SET.replace("REQUIREMENT", "{reached: e}"), "thử")
    assert isinstance(made, CriteriaSet)
    assert (made.valid_from, made.years) == (date(2026, 1, 1), (2026, 2030))
    assert made.decision.date == date(2025, 12, 30)
    # A short name of the file's own stands for its address; other words name a paper.
    assert made.criteria[0].name_provenance == Provenance(
        checked="sourced", sources=("https://example.vn/ghi-chep", "Kế hoạch của xã")
    )
    assert made.criteria[0].indicators[0].name_provenance.checked == "unverified"


def test_an_amendment_is_read_with_each_sort_of_change() -> None:
    made = read_set(
        """\
format: dinhlang.amendment/1
id: qd-mau/sua
title: Sửa đổi mẫu
amends: qd-mau/xa-mau
valid_from: 2027-01-01
decision: {number: 02/QĐ-MẪU}
sample: true
territory: {code: "25", name: Tỉnh Mẫu}
changes:
  - {indicator: "1.1", repeal: true}
  - {criterion: "1", name: Thu nhập và việc làm}
  - {add: {indicator: {criterion: "1", number: "1.2", name: Mới, requirement: {reached: e}}}}
""",
        "thử",
    )
    assert isinstance(made, Amendment)
    assert made.territory is not None and made.territory.code == "25"
    first, second, third = made.changes
    assert first == Change(number="1.1", repeal=True)
    assert (second.kind, second.name) == ("criterion", "Thu nhập và việc làm")
    assert third.number == "1" and third.add is not None and third.add.number == "1.2"


def test_text_is_composed_whatever_its_author_typed() -> None:
    decomposed = unicodedata.normalize("NFD", SET.replace("REQUIREMENT", "{reached: e}"))
    made = read_set(decomposed, "thử")
    assert made.title == unicodedata.normalize("NFC", "Bộ tiêu chí làm mẫu")


def test_every_fault_is_told_at_once_in_the_order_of_lines() -> None:
    text = SET.replace("REQUIREMENT", "{at_last: {measure: a, value: 1}}")
    text = text.replace("level: ntm", "level: nmt").replace("2025-12-30", "30/12/2025")
    with pytest.raises(LawError) as refused:
        read_set(text, "thử")
    lines = [problem.line for problem in refused.value.problems]
    assert lines == [5, 10, 22]
    assert "“at_least”" in str(refused.value)
    assert str(refused.value).startswith("thử: 3 chỗ phải sửa")


def test_a_place_that_could_not_be_read_is_not_complained_of_twice() -> None:
    text = SET.replace("REQUIREMENT", "{at_least_of: {count: x, parts: []}}")
    with pytest.raises(LawError) as refused:
        read_set(text, "thử")
    messages = [problem.message for problem in refused.value.problems]
    assert len(messages) == 2
    assert not any("là không thể" in message for message in messages)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "trống"),
        ("- a\n- b\n", "phải bắt đầu bằng"),
        ("format: [1]\n", "Không có dạng tệp"),
        ("a: &x [1]\nb: *x\n", "Không dùng & và *"),
        ("a: " + "[" * 5000 + "]" * 5000, "quá sâu"),
        ("- " * 5000, "quá sâu"),
        ("a: !!python/object/apply:os.system [ls]\n", "Thiếu khóa “format”"),
        ("a: 1\n---\nb: 2\n", "Không đọc được"),
        ("a: \x00", "Không đọc được"),
        ("x" * (LONGEST_TEXT + 1), "quá lớn"),
    ],
    ids=["empty", "list", "format", "alias", "deep-flow", "deep-block", "tag", "two", "nul", "big"],
)  # fmt: skip
def test_a_file_that_is_no_set_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(LawError) as refused:
        read_set(text, "thử")
    assert [message in problem.message for problem in refused.value.problems] == [True]


def test_nothing_in_a_file_of_strange_types_is_taken_for_something_else() -> None:
    for value in ("yes", "0x10", "1e3", "1_000", "010.5.2", "~", "[1]", "{a: 1}", ".inf", "1:30"):
        with pytest.raises(LawError):
            read(f"{{at_least: {{measure: a, value: {value}}}}}")


def test_references_are_only_followed_where_what_is_known_is_given() -> None:
    text = SET.replace("REQUIREMENT", "{all_of: [{reached: e}, {meets_set: {set: x/y}}]}")
    assert read_set(text, "thử")
    with pytest.raises(LawError, match="Không có số liệu “e”"):
        read_set(text, "thử", measures={})
    with pytest.raises(LawError, match="Không có bộ tiêu chí “x/y”"):
        read_set(text, "thử", sets={})
    assert read_set(text, "thử", sets={"x/y": ()})


def test_a_list_of_measures_gives_rates_their_unit() -> None:
    text = yaml.safe_dump(
        {
            "format": "dinhlang.measures/1",
            "measures": [
                {"id": "ty_le", "name": "Tỷ lệ", "kind": "rate", "numerator": "số hộ có",
                 "denominator": "số hộ"},
                {"id": "so_ho", "name": "Số hộ", "kind": "count", "unit": "hộ", "combine": "sum"},
            ],
        },
        allow_unicode=True,
    )  # fmt: skip
    rate, count = read_measures(text, "thử")
    assert (rate.unit, rate.denominator) == ("%", "số hộ")
    assert (count.unit, count.combine) == ("hộ", "sum")


def test_two_measures_of_one_id_are_refused() -> None:
    row = "  - {id: a, name: A, kind: yes_no}\n"
    with pytest.raises(LawError, match="đã dùng ở trên") as refused:
        read_measures("format: dinhlang.measures/1\nmeasures:\n" + row + row, "thử")
    assert [problem.line for problem in refused.value.problems] == [4]


FORMS = "\n".join(
    [SET.replace("REQUIREMENT", text) for text, _ in REQUIREMENTS]
    + [SET.replace("REQUIREMENT", f"{{zero: {{measure: a, value: {t}}}}}") for t, _ in THRESHOLDS]
)
WORDS = sorted(set(re.findall(r"[\w.]+|[^\s\w]", FORMS)))
SCRAPS = [*WORDS, "", "\n", "  ", "- ", "\t", "\x85", "ạ"]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_file_damaged_anywhere_is_read_or_refused_and_never_breaks(data: st.DataObject) -> None:
    requirement, _ = data.draw(st.sampled_from(REQUIREMENTS))
    text = SET.replace("REQUIREMENT", requirement)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.sampled_from(SCRAPS)) + text[end:]
    try:
        made = read_set(text, "thử", measures={}, sets={})
    except LawError as refused:
        assert refused.problems
        assert all(problem.line >= 0 and problem.message for problem in refused.problems)
    else:
        assert made.id
