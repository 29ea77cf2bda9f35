"""What docs/requirements.md shows can be read, held against a unit, and said."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dinhlang.law.compiling import STATES, compile_set, table_of
from dinhlang.law.evaluating import evaluate
from dinhlang.law.explaining import describe, explain
from dinhlang.law.library import shipped
from dinhlang.law.reading import read_set
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.subjects import Subject
from dinhlang.law.verdicts import State

from .small import Effective

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "requirements.md").read_text("utf-8")
NODES = {
    "reached", "at_least", "at_most", "above", "below", "equals", "zero", "between", "grade",
    "trend", "recognised", "content_not_loaded", "all_of", "any_of", "at_least_of", "fallback",
    "if_present", "both_sexes", "consecutive", "this_year", "children", "points", "checklist",
    "meets_set", "meets_criterion", "met_share",
}  # fmt: skip
SHAPES = re.findall(r"^\| ([a-z_]+(?: / [a-z_]+)*) \| .* \| `(.+)` \|$", PAGE, re.M)
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)


def requirements() -> list[tuple[str, Any]]:
    """Every example on the page that is a requirement, with a name for it."""
    found = [(next(iter(yaml.safe_load(block))), yaml.safe_load(block)) for block in BLOCKS]
    for shape, text in SHAPES:
        data = yaml.safe_load(text)
        if isinstance(data, list):
            found += [(shape, change["requirement"]) for change in data if "requirement" in change]
        elif isinstance(data, dict) and NODES & data.keys():
            found.append((shape, data))
    return found


def set_with(requirement: Any) -> CriteriaSet:
    """A sample set with this one requirement, read as a file is."""
    library = shipped()
    data = {
        "format": "dinhlang.criteria/1",
        "id": "qd-mau/vi-du",
        "title": "Bộ ví dụ",
        "short": "Ví dụ",
        "level": "ntm",
        "subject": "commune",
        "valid_from": date(2022, 1, 1),
        "decision": {"number": "01/2022/QĐ-MẪU"},
        "sample": True,
        "criteria": [
            {
                "number": "1",
                "name": "Tiêu chí",
                "indicators": [
                    {
                        "number": "1.1",
                        "name": "Chỉ tiêu",
                        "checked": "sample",
                        "requirement": requirement,
                    }
                ],
            }
        ],
    }
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    measures = {each.id: each for each in library.shared_measures}
    made = read_set(text, "ví dụ", measures, library.numbers)
    assert isinstance(made, CriteriaSet)
    return made


@pytest.mark.parametrize(("name", "requirement"), requirements())
def test_each_example_is_read_and_all_three_readers_take_it(name: str, requirement: Any) -> None:
    made = set_with(requirement)
    law = shipped().at(date(2024, 12, 31))
    units = [Subject(name="Xã mẫu", region="DBSH")]
    verdict = evaluate(Effective(made), units[0], law)
    indicator = verdict.criteria[0].indicators[0]
    assert indicator.state is State.UNKNOWN, f"{name}: nothing is known of the unit"
    assert indicator.verdict.missing
    together = compile_set(Effective(made), law).run(table_of(units))
    assert STATES[together.indicators[0, 0]] is State.UNKNOWN
    assert describe(indicator.indicator.requirement, law, made)
    assert explain(indicator, law, made).missing


def test_every_node_has_a_section_and_an_example() -> None:
    titles = re.findall(r"^### (.+)$", PAGE, re.M)
    assert {name for title in titles for name in title.split(", ")} == NODES
    assert len(BLOCKS) == len(titles)


def test_all_shapes_of_the_law_stand_in_the_table_once() -> None:
    names = [shape for shape, _ in SHAPES]
    assert len(names) == 45
    assert len(set(names)) == 45
