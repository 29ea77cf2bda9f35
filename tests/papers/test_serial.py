"""A plan goes to JSON and back without loss, and its schema says what it may hold."""

from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dinhlang.papers import plan as model
from dinhlang.papers.plan import FORMAT, Document, Plan, ReportRule, Section, Signatory
from dinhlang.papers.reading import read
from dinhlang.papers.serial import from_json, schema, to_json

OWN = sorted((Path(__file__).parent / "unseen").glob("*.txt"))
VALIDATOR = Draft202012Validator(schema())
CLASSES = [
    kind
    for kind in vars(model).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind is not model.Item
]


def errors(data: Any) -> list[str]:
    return [f"{list(one.path)}: {one.message}" for one in VALIDATOR.iter_errors(data)]


def small() -> dict[str, Any]:
    """The JSON of a plan with one section and one rule."""
    plan = Plan(
        document=Document(kind="plan", years=[2024], signatory=Signatory(title="CHỦ TỊCH")),
        outline=[Section(label="I", title="MỤC TIÊU", level=1, lines=(3, 9), spans=[(3, 0, 1)])],
        reporting=[ReportRule(from_="Thôn Đông", to="UBND xã", period="weekly", lines=(8, 8))],
    )
    return to_json(plan)


def test_the_schema_is_itself_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_class_of_the_plan_stands_in_the_schema_with_all_its_fields(kind: type) -> None:
    made = schema() if kind is Plan else schema()["$defs"][kind.__name__]
    names = [field.name.rstrip("_") for field in dataclasses.fields(kind)]
    given_names = [name for name in made["properties"] if name != "format"]
    assert given_names == names
    assert set(names) <= set(made["required"])


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_plan_read_from_a_paper_fits_the_schema_and_comes_back_the_same(path: Path) -> None:
    plan = read(path)
    data = json.loads(json.dumps(to_json(plan), ensure_ascii=False))
    assert errors(data) == []
    assert from_json(data) == plan


@settings(max_examples=40, deadline=None)
@given(st.from_type(Plan))
def test_any_plan_fits_the_schema_and_comes_back_the_same(plan: Plan) -> None:
    data = json.loads(json.dumps(to_json(plan)))
    assert errors(data) == []
    assert from_json(data) == plan


def test_the_plan_itself_is_not_touched_by_writing_it() -> None:
    plan = from_json(small())
    before = copy.deepcopy(plan)
    to_json(plan)["outline"][0]["title"] = "KHÁC"
    assert plan == before


def test_who_reports_is_written_as_from_and_read_back() -> None:
    rule = small()["reporting"][0]
    assert rule["from"] == "Thôn Đông"
    assert "from_" not in rule
    assert from_json(small()).reporting[0].from_ == "Thôn Đông"


def test_the_format_stands_first_in_the_file() -> None:
    assert next(iter(small().items())) == ("format", FORMAT)


def test_places_come_back_as_tuples() -> None:
    section = from_json(json.loads(json.dumps(small()))).outline[0]
    assert (section.lines, section.spans) == ((3, 9), [(3, 0, 1)])


def test_a_field_of_a_later_version_is_passed_over() -> None:
    later = small()
    later["weather"] = "nắng"
    later["document"]["seal"] = True
    later["outline"][0]["colour"] = 3
    assert from_json(later) == from_json(small())


def test_a_field_that_is_missing_takes_its_default() -> None:
    data = small()
    del data["villages"]
    del data["document"]["years"]
    plan = from_json(data)
    assert (plan.villages, plan.document.years) == ([], [])


@pytest.mark.parametrize("given_format", ["dinhlang.plan/2", "", None, 1])
def test_another_format_is_refused_by_its_name(given_format: object) -> None:
    with pytest.raises(ValueError, match=r"Không phải định dạng dinhlang\.plan/1") as refused:
        from_json({**small(), "format": given_format})
    told = f"tệp ghi “{given_format}”" if given_format else "tệp không ghi định dạng"
    assert told in str(refused.value)


def test_data_without_a_format_is_refused() -> None:
    data = small()
    del data["format"]
    with pytest.raises(ValueError, match="Không phải định dạng"):
        from_json(data)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("format",), "dinhlang.plan/2"),
        (("document", "kind"), "poem"),
        (("document", "years"), ["2024"]),
        (("outline", 0, "lines"), [3]),
        (("outline", 0, "lines"), [3, 9, 12]),
        (("outline", 0, "level"), "1"),
        (("outline", 0, "spans"), [[3, 0]]),
        (("reporting", 0, "period"), "sometimes"),
        (("reporting", 0, "from"), 5),
        (("campaign",), []),
    ],
)
def test_the_schema_refuses_what_the_format_does_not_allow(
    where: tuple[str | int, ...], value: object
) -> None:
    data = small()
    inner: Any = data
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    assert errors(data)


@pytest.mark.parametrize("name", ["document", "outline", "funding", "source"])
def test_the_schema_asks_for_every_part(name: str) -> None:
    data = small()
    del data[name]
    assert errors(data)


def test_the_schema_that_ships_is_the_one_the_classes_make() -> None:
    shipped = Path(__file__).resolve().parents[2] / "src/dinhlang/papers/plan-1.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == schema(), (
        "dinhlang read --schema > src/dinhlang/papers/plan-1.schema.json"
    )
