"""What is written is read back as the same, and equal law has an equal digest."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from dinhlang.law.errors import LawError
from dinhlang.law.library import shipped
from dinhlang.law.reading import read_measures, read_set
from dinhlang.law.requirements import Compare, Value
from dinhlang.law.sets import Amendment, CriteriaSet
from dinhlang.law.writing import digest, requirement_data, to_data, to_yaml

from .generated_sets import MEASURES, OTHER, amendments, sets

KNOWN = {OTHER: frozenset({"1", "1.1", "1.2", "2", "7"})}


def reread(document: CriteriaSet | Amendment) -> CriteriaSet | Amendment:
    text = to_yaml(document)
    try:
        return read_set(text, "viết ra", MEASURES, KNOWN)
    except LawError as error:
        raise AssertionError(f"{error}\n{text}") from error


@settings(max_examples=60, deadline=None)
@given(sets())
def test_a_set_that_is_written_reads_back_as_the_same(made: CriteriaSet) -> None:
    again = reread(made)
    assert again == made
    assert digest(again) == digest(made)


@settings(max_examples=30, deadline=None)
@given(amendments())
def test_an_amendment_that_is_written_reads_back_as_the_same(made: Amendment) -> None:
    again = reread(made)
    assert again == made
    assert digest(again) == digest(made)


def test_measures_that_are_written_read_back_as_the_same() -> None:
    assert read_measures(to_yaml(MEASURES.values()), "số liệu") == tuple(MEASURES.values())
    shared = shipped().shared_measures
    assert read_measures(to_yaml(shared), "số liệu") == shared


@pytest.mark.parametrize("name", sorted(shipped().sets))
def test_each_shipped_set_reads_back_as_the_same(name: str) -> None:
    made = shipped().sets[name]
    assert read_set(to_yaml(made), name) == made


def test_the_data_of_a_set_is_json() -> None:
    for document in shipped().documents:
        assert json.loads(json.dumps(to_data(document))) == to_data(document)


def test_the_digest_changes_with_any_threshold_and_not_with_the_lineage() -> None:
    base = shipped().sets["qd-318-2022/xa-ntm"]
    criterion = base.criteria[2]
    indicator = criterion.indicators[0]
    requirement = indicator.requirement
    assert isinstance(requirement, Compare)
    assert isinstance(requirement.threshold, Value)
    more = replace(requirement, threshold=replace(requirement.threshold, amount=Decimal("80.01")))
    changed = replace(
        base,
        criteria=(
            *base.criteria[:2],
            replace(
                criterion,
                indicators=(replace(indicator, requirement=more), *criterion.indicators[1:]),
            ),
            *base.criteria[3:],
        ),
    )
    assert digest(changed) != digest(base)
    assert digest(replace(base, lineage=())) == digest(base)


@pytest.mark.parametrize(
    ("operator", "amount", "written"),
    [
        (">=", "80.0", {"at_least": {"measure": "ty_le_a", "value": 80}}),
        ("<", "59.58", {"below": {"measure": "ty_le_a", "value": 59.58}}),
        ("=", "0", {"zero": "ty_le_a"}),
        ("=", "1", {"equals": {"measure": "ty_le_a", "value": 1}}),
    ],
)
def test_a_number_is_written_as_short_as_it_can_be(
    operator: str, amount: str, written: object
) -> None:
    made = Compare(
        measure="ty_le_a",
        operator=operator,
        threshold=Value(amount=Decimal(amount)),  # type: ignore[arg-type]
    )
    assert requirement_data(made) == written
