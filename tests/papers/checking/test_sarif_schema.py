"""SARIF output against the schema of the standard, version 2.1.0, as its editors publish it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from dinhlang.cli._sarif import sarif
from dinhlang.cli.check import Outcome, check_file
from dinhlang.papers.checking import check, registry
from dinhlang.papers.checking.frame import Check, Hit, Place
from dinhlang.papers.errors import PaperError
from tests.papers.checking.build import paper

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = ROOT / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
PLANTED = sorted((ROOT / "tests" / "papers" / "planted").glob("*.txt"))
SAMPLES = [ROOT / "samples" / name for name in ("kieu-mau-2025.txt", "ke-hoach-nang-cao-2025.docx")]


@pytest.fixture(scope="module")
def validator():
    """The schema of SARIF 2.1.0, which npm lays where the pages' fonts lie too."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft4Validator.check_schema(schema)
    assert schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    return Draft4Validator(schema)


def faults(validator, outcomes):
    """What the schema says against a log of these outcomes."""
    log = json.loads(json.dumps(sarif(outcomes), ensure_ascii=False))
    return [
        f"{'/'.join(map(str, each.path))}: {each.message}" for each in validator.iter_errors(log)
    ]


@pytest.mark.parametrize("path", [*PLANTED, *SAMPLES], ids=lambda path: path.stem)
def test_the_log_of_a_paper_holds_to_the_schema(validator, path):
    outcome = check_file(path)
    assert outcome.findings
    assert faults(validator, [outcome]) == []


def test_a_log_of_many_files_with_all_that_can_happen_holds_to_the_schema(validator):
    plan = paper("KẾ HOẠCH\n- Bảo hiểm y tế đạt 100% trở lên.\n- Tỷ lệ hộ đạt 130%.")
    findings = check(plan)
    many = [
        Outcome(file="a b/kế hoạch.txt", findings=findings, text=plan.text),
        Outcome(file="hỏng.docx", error=PaperError("Hỏng.", "Gửi lại.")),
        Outcome(
            file="bỏ qua.txt",
            text=plan.text,
            silenced=[(each, "đã xin ý kiến") for each in findings],
        ),
        Outcome(file="sạch.txt"),
    ]
    assert any(each.fix for each in findings)
    assert faults(validator, many) == []


def test_a_log_without_files_holds_to_the_schema(validator):
    assert faults(validator, []) == []


def test_every_check_stands_among_the_rules_with_its_page():
    (run,) = sarif([])["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(registry)
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}") for rule in rules)


def test_a_place_without_words_or_beyond_the_paper_still_holds_to_the_schema(validator):
    odd = Check(
        code="ODD-PLACE", severity="note", purpose="x", page="x",
        body=lambda plan: iter([Hit(message="m", places=(Place(lines=(3, 3)),))]),
    )  # fmt: skip
    plan = paper("KẾ HOẠCH")
    finding = next(odd.run(plan))
    finding.code = "HEAD-NUMBER"
    assert faults(validator, [Outcome(file="x.txt", findings=[finding], text=plan.text)]) == []


def test_the_schema_would_tell_a_wrong_log(validator):
    log = sarif([])
    log["runs"][0]["results"] = [{"level": "fatal"}]
    said = " ".join(each.message for each in validator.iter_errors(log))
    assert "'message' is a required property" in said
    assert "'fatal' is not one of" in said
