"""The sets that come with the program: what is in them, how far it is checked, what it yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from dinhlang.law.compiling import STATES, compile_set, table_of
from dinhlang.law.evaluating import evaluate
from dinhlang.law.examples import read_example, run, shipped_examples
from dinhlang.law.library import Library, shipped
from dinhlang.law.provenance import Provenance
from dinhlang.law.reading import read_set
from dinhlang.law.requirements import Children, Compare, ContentNotLoaded, Requirement, Value
from dinhlang.law.sets import Amendment, CriteriaSet
from dinhlang.law.subjects import Subject
from dinhlang.law.verdicts import State
from dinhlang.law.walking import (
    amounts,
    indicators,
    measures_in,
    measures_of,
    parts,
    thresholds,
    walk,
    walk_threshold,
)

BASE, ADVANCED = "qd-318-2022/xa-ntm", "qd-318-2022/xa-nang-cao"
MODEL, NEW = "qd-319-2022/xa-kieu-mau", "qd-51-2025/xa-ntm"
PHU_THO, BAC_GIANG, HAI_DUONG, HA_TINH = "25", "24", "30", "42"
NOWHERE: frozenset[str] = frozenset()

# Criteria and indicators in the file; the placeholder for what is not loaded counts as one.
SETS = {
    BASE: (19, 57),
    ADVANCED: (19, 75),
    MODEL: (4, 4),
    NEW: (10, 16),
    "qd-51-2025/xa-hien-dai": (1, 1),
    "qd-51-2025/tinh-hoan-thanh": (4, 4),
    "qd-18-2022/cong-nhan-xa": (4, 4),
    "qd-18-2022/cong-nhan-xa-nang-cao": (4, 4),
    "qd-18-2022/cong-nhan-xa-kieu-mau": (4, 4),
    "qd-18-2022/giu-danh-hieu-xa": (1, 1),
    "qd-18-2022/giu-danh-hieu-xa-nang-cao": (1, 1),
    "qd-2467-2022-phu-tho/xa-kieu-mau": (4, 4),
    "qd-2467-2022-phu-tho/linh-vuc-san-xuat": (1, 4),
    "qd-2467-2022-phu-tho/linh-vuc-giao-duc": (1, 4),
    "qd-2467-2022-phu-tho/linh-vuc-van-hoa-the-thao": (1, 3),
    "qd-2467-2022-phu-tho/linh-vuc-du-lich": (1, 4),
    "qd-2467-2022-phu-tho/linh-vuc-moi-truong": (1, 12),
    "qd-2467-2022-phu-tho/linh-vuc-an-ninh-hanh-chinh": (1, 3),
    "qd-2467-2022-phu-tho/linh-vuc-chuyen-doi-so": (1, 5),
    "qd-2516-2022-phu-tho/kdc-kieu-mau": (9, 22),
    "qd-739-2022-bac-giang/linh-vuc-kinh-te": (1, 3),
    "qd-739-2022-bac-giang/thon-thong-minh": (1, 2),
    "qd-33-2014-ha-tinh/kdc-mau": (10, 11),
    "qd-39-2022-ha-tinh/kdc-mau": (6, 7),
    "qd-35-2022-thanh-hoa/thon-thong-minh": (1, 6),
}
AMENDMENTS = {
    "qd-211-2024/xa-ntm": ("13.1", "15.4", "17.1", "18.4"),
    "qd-211-2024/xa-nang-cao": ("3.4", "8.4", "12.3", "14.4", "17.10", "18.1"),
    "qd-2467-2022-phu-tho/kieu-mau-trung-uong": ("3", "4"),
    "qd-739-2022-bac-giang/xa-kieu-mau": ("3", "4"),
    "qd-2581-2022-hai-duong/xa-nang-cao": ("5.1", "5.6", "8", "10", "17"),
}
# Sets of which something is not loaded: no facts whatever can meet them.
INCOMPLETE = (
    NEW,
    "qd-51-2025/xa-hien-dai",
    "qd-51-2025/tinh-hoan-thanh",
    MODEL,
    "qd-2516-2022-phu-tho/kdc-kieu-mau",
    "qd-33-2014-ha-tinh/kdc-mau",
    "qd-39-2022-ha-tinh/kdc-mau",
)
# Numbers read in a public page: set, indicator, operator, number.
SOURCED = [
    (BASE, "3.1", ">=", 80),
    (BASE, "6.3", ">=", 100),
    ("qd-33-2014-ha-tinh/kdc-mau", "3.a", ">=", 70),
    ("qd-35-2022-thanh-hoa/thon-thong-minh", "d", ">=", 70),
    ("qd-35-2022-thanh-hoa/thon-thong-minh", "đ", ">=", 50),
    ("qd-35-2022-thanh-hoa/thon-thong-minh", "e", ">=", 100),
]
# Numbers quoted in a commune's plan, each field of Phú Thọ in the order of the plan.
QUOTED = [
    ("linh-vuc-giao-duc", [90, 100, 95, 95]),
    ("linh-vuc-van-hoa-the-thao", [60, 100]),
    ("linh-vuc-moi-truong", [60, 90, 60, 100, 100, 85, 100, 70, 10, 30, 90]),
    ("linh-vuc-chuyen-doi-so", [85, 50]),
]
UNVERIFIED = [(BASE, "15.1", 90), (ADVANCED, "14.1", 95), (ADVANCED, "3.1", 90), (BASE, "17.4", 2)]


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped law."""
    return shipped()


def _numbers(requirement: Requirement) -> list[Decimal]:
    return [value.amount for node in walk(requirement) for value in amounts(node)]


def _requirement(library: Library, name: str, number: str) -> Requirement:
    return dict(indicators(library.sets[name]))[number]


def _provenances(document: CriteriaSet | Amendment) -> Iterator[Provenance]:
    yield document.decision.provenance
    if isinstance(document, CriteriaSet):
        for criterion in document.criteria:
            yield criterion.name_provenance
            for indicator in criterion.indicators:
                yield from (indicator.name_provenance, indicator.provenance)
    else:
        yield from (change.provenance for change in document.changes)


def test_the_shipped_files_fit_together(library: Library) -> None:
    assert library.problems() == []
    assert set(library.sets) == set(SETS)
    assert {each.id for each in library.amendments} == set(AMENDMENTS)


@pytest.mark.parametrize("name", SETS)
def test_a_set_has_as_many_criteria_and_indicators_as_are_known(
    library: Library, name: str
) -> None:
    found = library.sets[name]
    inside = sum(len(each.indicators) for each in found.criteria)
    assert (len(found.criteria), inside) == SETS[name]


@pytest.mark.parametrize("name", AMENDMENTS)
def test_an_amendment_changes_the_indicators_that_the_sources_name(
    library: Library, name: str
) -> None:
    amendment = next(each for each in library.amendments if each.id == name)
    assert tuple(change.number for change in amendment.changes) == AMENDMENTS[name]


def test_the_new_set_declares_what_the_decision_says_and_holds_no_number(
    library: Library,
) -> None:
    new = library.sets[NEW]
    assert new.declared is not None
    assert (new.declared.criteria, new.declared.indicators) == (10, 47)
    assert [_numbers(requirement) for _, requirement in indicators(new)] == [[]] * 16


@pytest.mark.parametrize("name", INCOMPLETE)
def test_a_set_of_which_a_part_is_not_loaded_says_so(library: Library, name: str) -> None:
    nodes = [node for _, top in indicators(library.sets[name]) for node in walk(top)]
    assert any(isinstance(node, ContentNotLoaded) for node in nodes)
    verdict = evaluate(
        library.at(date(2026, 12, 31)).get(name),  # type: ignore[arg-type]
        Subject(name="Nơi không có số liệu"),
        library.at(date(2026, 12, 31)),
    )
    assert verdict.state is State.UNKNOWN


@pytest.mark.parametrize("name", SETS)
def test_a_unit_without_facts_meets_nothing(library: Library, name: str) -> None:
    law = library.at(date(2023, 12, 31))
    verdict = evaluate(law.get(name), Subject(name="Xã trống"), law)  # type: ignore[arg-type]
    assert verdict.state is State.UNKNOWN
    assert verdict.indicator_counts.met == verdict.indicator_counts.not_met == 0


@pytest.mark.parametrize(("name", "number", "operator", "amount"), SOURCED)
def test_a_number_read_in_public_keeps_its_address(
    library: Library, name: str, number: str, operator: str, amount: int
) -> None:
    indicator = next(
        each
        for criterion in library.sets[name].criteria
        for each in criterion.indicators
        if each.number == number
    )
    assert isinstance(indicator.requirement, Compare)
    assert indicator.requirement.operator == operator
    assert _numbers(indicator.requirement) == [amount]
    assert indicator.provenance.checked == "sourced"
    assert any("://" in source for source in indicator.provenance.sources)


@pytest.mark.parametrize(("field", "expected"), QUOTED)
def test_the_fields_of_phu_tho_hold_the_numbers_of_the_plan(
    library: Library, field: str, expected: list[int]
) -> None:
    found = library.sets[f"qd-2467-2022-phu-tho/{field}"]
    numbers = [n for _, top in indicators(found) for n in _numbers(top)]
    assert numbers == expected
    assert {each.provenance.checked for each in found.criteria[0].indicators} == {"quoted"}


@pytest.mark.parametrize(("name", "number", "amount"), UNVERIFIED)
def test_a_number_not_compared_with_the_decision_is_marked(
    library: Library, name: str, number: str, amount: int
) -> None:
    indicator = next(
        each
        for criterion in library.sets[name].criteria
        for each in criterion.indicators
        if each.number == number
    )
    assert _numbers(indicator.requirement) == [amount]
    assert indicator.provenance.checked == "unverified"


def test_no_number_stands_without_a_source_and_nothing_made_up_is_shipped(
    library: Library,
) -> None:
    for document in library.documents:
        assert not document.sample
        words = {each.checked for each in _provenances(document)}
        assert words <= {"sourced", "quoted", "unverified", "not_loaded"}, document.id


@pytest.mark.parametrize("number", ["10", "11", "12.1", "17.3", "18.1"])
def test_regional_columns_of_the_advanced_set_are_empty_until_loaded(
    library: Library, number: str
) -> None:
    requirement = _requirement(library, ADVANCED, number)
    kinds = {t.kind for node in walk(requirement) for t in thresholds(node)}
    assert kinds == {"by_region"}
    assert _numbers(requirement) == []


@pytest.mark.parametrize(
    ("measure", "names"),
    [
        ("ty_le_bao_hiem_y_te", {BASE, ADVANCED, "qd-2516-2022-phu-tho/kdc-kieu-mau"}),
        (
            "ty_le_chat_thai_nhua",
            {BASE, ADVANCED, "qd-2467-2022-phu-tho/linh-vuc-moi-truong"},
        ),
        ("ty_le_nuoc_sach", {BASE, NEW}),
        (
            "so_ho_ngheo",
            {
                "qd-2467-2022-phu-tho/linh-vuc-san-xuat",
                "qd-739-2022-bac-giang/linh-vuc-kinh-te",
            },
        ),
    ],
)
def test_the_same_thing_is_one_measure_in_every_set(
    library: Library, measure: str, names: set[str]
) -> None:
    used = {name for name, found in library.sets.items() if measure in measures_in(found)}
    assert used == names


def test_every_measure_is_used_and_has_a_topic_and_an_office(library: Library) -> None:
    used = {measure for document in library.documents for measure in measures_in(document)}
    assert used == set(library.measures)
    for measure in library.measures.values():
        assert measure.topic, measure.id
        assert measure.office, measure.id
        assert bool(measure.numerator) == (measure.kind == "rate"), measure.id


def test_what_is_asked_of_villages_below_is_measured_in_villages(library: Library) -> None:
    for document in library.documents:
        for number, requirement in indicators(document):
            for node in walk(requirement):
                if isinstance(node, Children) and node.level == "village":
                    for name in _own_measures(node.part):
                        place = (document.id, number, name)
                        assert library.measures[name].level == "village", place


def _own_measures(requirement: Requirement) -> Iterator[str]:
    yield from (name for name, _ in measures_of(requirement))
    for part in parts(requirement):
        yield from _own_measures(part)


def test_the_amended_content_holds_from_its_day(library: Library) -> None:
    before = library.at(date(2024, 2, 29)).get(ADVANCED)
    after = library.at(date(2024, 3, 1)).get(ADVANCED)
    assert before is not None
    assert after is not None
    assert "12.3" in dict(indicators(before.set))
    assert "12.3" not in dict(indicators(after.set))
    assert [step.id for step in after.set.lineage] == [ADVANCED, "qd-211-2024/xa-nang-cao"]
    assert before.hash != after.hash
    assert after.set.region_rules[0].attribute == "special_commune"
    assert before.set.region_rules == ()


@pytest.mark.parametrize(
    ("territory", "year", "expected"),
    [
        (HAI_DUONG, 2022, [64, 68]),
        (HAI_DUONG, 2025, [64, 68]),
        (PHU_THO, 2023, []),
        ("", 2023, []),
    ],
)
def test_the_income_of_hai_duong_holds_there_alone(
    library: Library, territory: str, year: int, expected: list[int]
) -> None:
    places = frozenset([territory]) if territory else NOWHERE
    found = library.at(date(year, 12, 31), places).get(ADVANCED)
    assert found is not None
    assert _numbers(dict(indicators(found.set))["10"]) == expected


@pytest.mark.parametrize(
    ("day", "territory", "level", "expected"),
    [
        ("2023-12-31", "", "ntm", [BASE]),
        ("2026-02-14", "", "ntm", [BASE]),
        ("2026-02-15", "", "ntm", [NEW]),
        ("2026-02-15", "", "advanced", []),
        ("2026-02-15", PHU_THO, "model", []),
        ("2023-12-31", PHU_THO, "model", ["qd-2467-2022-phu-tho/xa-kieu-mau", MODEL]),
        ("2022-09-19", PHU_THO, "model", [MODEL]),
        ("2023-12-31", BAC_GIANG, "smart-village", ["qd-739-2022-bac-giang/thon-thong-minh"]),
        ("2022-12-08", HA_TINH, "model-village", ["qd-33-2014-ha-tinh/kdc-mau"]),
        ("2022-12-09", HA_TINH, "model-village", ["qd-39-2022-ha-tinh/kdc-mau"]),
        ("2022-12-09", "", "model-village", []),
    ],
)
def test_the_sets_in_force_follow_the_day_and_the_province(
    library: Library, day: str, territory: str, level: str, expected: list[str]
) -> None:
    places = frozenset([territory]) if territory else NOWHERE
    found = library.at(date.fromisoformat(day), places).in_force(level=level)  # type: ignore[arg-type]
    assert [each.set.id for each in found] == expected


CASES = shipped_examples()


@pytest.mark.parametrize(("name", "text"), CASES, ids=[name for name, _ in CASES])
def test_a_hand_worked_case_comes_out_as_worked(library: Library, name: str, text: str) -> None:
    outcome = run(read_example(text, name), library)
    assert outcome.differences == ()


def test_every_set_and_each_of_the_five_communes_has_a_case() -> None:
    cases = [read_example(text, name) for name, text in CASES]
    assert {case.set for case in cases} == set(SETS)
    names = " ".join(case.title for case in cases)
    for place in ("Thạch Lỗi", "Thanh Đình", "Phúc Hòa", "Sơn Bằng", "Hòa Cư"):
        assert place in names


@pytest.mark.parametrize("name", SETS)
def test_the_units_of_all_cases_come_out_the_same_when_held_at_once(
    library: Library, name: str
) -> None:
    units = [read_example(text, file).subject for file, text in CASES]
    for day in (date(2023, 12, 31), date(2024, 12, 31)):
        law = library.at(day, frozenset([BAC_GIANG, HAI_DUONG]))
        effective = law.get(name)
        assert effective is not None
        states = compile_set(effective, law).run(table_of(units))
        for row, unit in enumerate(units):
            verdict = evaluate(effective, unit, law)
            assert states.state(row) is verdict.state, unit.name
            for criterion in verdict.criteria:
                for each in criterion.indicators:
                    number = each.indicator.number
                    assert STATES[states.indicator(number)[row]] is each.state, number


def test_a_case_worked_wrongly_is_told(library: Library) -> None:
    name, text = next(each for each in CASES if each[0].endswith("thach-loi-2022.yaml"))
    changed = text.replace("value: 59.58", "value: 64.00")
    differences = run(read_example(changed, name), library).differences
    assert any("tiêu chí 10" in each for each in differences)
    assert any("4,42 triệu đồng" in each for each in differences)


def test_a_better_income_by_a_cent_decides_at_the_threshold(library: Library) -> None:
    name, text = next(each for each in CASES if each[0].endswith("thach-loi-cuoi-nam-2023.yaml"))
    below = read_example(text.replace("value: 68,", "value: 67.99,"), name)
    outcome = run(replace(below, expect=None), library)
    state = {each.criterion.number: each.state for each in outcome.verdict.criteria}
    assert state["10"] is State.NOT_MET


SHAPES = Path(__file__).parent / "shapes"


def test_the_shapes_no_shipped_set_needs_work_in_a_set_of_their_own(library: Library) -> None:
    made = read_set((SHAPES / "set.yaml").read_text("utf-8"), "set.yaml", library.measures)
    assert isinstance(made, CriteriaSet)
    case = read_example((SHAPES / "case.yaml").read_text("utf-8"), "case.yaml")
    assert run(case, library.plus(sets=[made])).differences == ()


def test_every_kind_of_requirement_and_threshold_is_used_somewhere(library: Library) -> None:
    made = read_set((SHAPES / "set.yaml").read_text("utf-8"), "set.yaml", library.measures)
    nodes = [
        node
        for document in (*library.documents, made)
        for _, top in indicators(document)
        for node in walk(top)
    ]
    limits = [each for node in nodes for top in thresholds(node) for each in walk_threshold(top)]
    assert {node.kind for node in nodes} == {
        "reached", "compare", "between", "grade", "trend", "recognised", "content_not_loaded",
        "all_of", "any_of", "at_least_of", "fallback", "if_present", "both_sexes",
        "consecutive", "this_year", "children", "points", "checklist", "meets_set",
        "meets_criterion", "met_share",
    }  # fmt: skip
    assert {limit.kind for limit in limits} == {
        "value", "not_loaded", "by_region", "by_group", "by_year", "by_attribute",
        "relative_to", "from_measure",
    }  # fmt: skip
    assert any(isinstance(limit, Value) and limit.amount == 50 for limit in limits)


def test_the_page_on_the_sets_names_every_set_and_how_many_indicators_it_has() -> None:
    page = (Path(__file__).parents[2] / "docs" / "criteria-sets.md").read_text("utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `qd-")}
    assert set(rows) == set(SETS) | set(AMENDMENTS)
    for name, (criteria, inside) in SETS.items():
        assert f"| {criteria} / {inside} |" in rows[name], name


def test_the_province_codes_are_those_of_the_sets_names(library: Library) -> None:
    names = {
        document.territory.code: document.territory.name
        for document in library.documents
        if document.territory is not None
    }
    assert names == {
        "24": "Bắc Giang", "25": "Phú Thọ", "30": "Hải Dương", "38": "Thanh Hóa",
        "42": "Hà Tĩnh",
    }  # fmt: skip


def test_files_are_plain_yaml_of_the_published_form() -> None:
    root = Path(__file__).parents[2] / "src" / "dinhlang" / "law" / "sets"
    forms = {
        yaml.safe_load(file.read_text("utf-8"))["format"].split("/")[0]
        for file in root.rglob("*.yaml")
    }
    assert forms == {
        "dinhlang.criteria", "dinhlang.amendment", "dinhlang.measures", "dinhlang.example",
    }  # fmt: skip
