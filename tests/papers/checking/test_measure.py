"""The measure of the checks on the five real plans, and that the measure itself measures."""

from pathlib import Path

import pytest

from dinhlang.papers.checking import registry
from dinhlang.papers.plan import Finding
from dinhlang.papers.reading import read
from tests.papers.checking.measure import Measure, key_of, tells

EXPECTED = Path(__file__).parent / "expected"
KEYS = sorted(EXPECTED.glob("*.yaml"))
PLANTED = sorted((Path(__file__).parents[1] / "planted").glob("*.yaml"))


@pytest.fixture(scope="module")
def measured(plans_dir):
    measure = Measure()
    for path in KEYS:
        key = key_of(path)
        measure.add(read(plans_dir / f"{key['paper']}.txt"), key)
    return measure


def test_nine_of_ten_errors_of_the_real_plans_are_found(measured):
    print("\n".join(measured.lines("the five real plans")), *measured.missed, sep="\n")
    assert measured.recall("error") >= 0.9, measured.missed


def test_three_of_four_warnings_of_the_real_plans_are_found(measured):
    assert measured.recall("warning") >= 0.75, measured.missed


def test_at_most_one_reported_error_in_ten_is_false(measured):
    assert measured.false_share <= 0.1, measured.false


def test_what_is_right_in_the_real_plans_is_not_reported(measured):
    assert measured.broken == []


@pytest.fixture(scope="module")
def planted():
    measure = Measure()
    for path in PLANTED:
        measure.add(read(path.with_suffix(".txt")), key_of(path))
    return measure


def test_faults_planted_in_papers_of_other_forms_are_found(planted):
    print("\n".join(planted.lines("papers with planted faults")), *planted.missed, sep="\n")
    assert planted.recall("error") >= 0.9, planted.missed
    assert planted.recall("warning") >= 0.75, planted.missed
    assert planted.false_share <= 0.1, planted.false
    assert planted.broken == []


@pytest.mark.parametrize("path", KEYS + PLANTED, ids=lambda path: path.stem)
def test_a_key_names_checks_that_exist_and_no_entry_twice(path):
    entries = key_of(path)["entries"]
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert {code for entry in entries for code in entry["codes"]} <= set(registry)


@pytest.mark.parametrize(
    ("code", "lines", "told"),
    [("A-B", [(3, 5)], True), ("A-B", [(6, 6)], False), ("A-C", [(4, 4)], False)],
)
def test_a_finding_tells_an_entry_by_code_and_line(code, lines, told):
    finding = Finding(code=code, severity="error", message="x", lines=lines)
    assert tells(finding, {"codes": ["A-B"], "lines": [4]}) is told
