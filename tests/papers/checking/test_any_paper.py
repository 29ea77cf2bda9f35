"""A paper that is no plan is told so, and held only to what holds for any official paper."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from dinhlang.cli import check as command
from dinhlang.papers.checking import registry
from dinhlang.papers.checking.any_paper import codes_for, holds_for_any, not_a_plan
from dinhlang.papers.plan import Document, Plan
from dinhlang.papers.reading import read
from dinhlang.papers.writing.word import to_docx
from tests.papers.writing.test_kinds import KINDS

REPORT = """ỦY BAN NHÂN DÂN
XÃ LÀNG MẪU

Số: 12/BC-UBND
Làng Mẫu, ngày 30 tháng 6 năm 2026

BÁO CÁO
Kết quả xây dựng nông thôn mới 6 tháng đầu năm 2026

I. KẾT QUẢ
1. Tỷ lệ hộ dùng nước sạch đạt 104%.
2. Tiêu chí số 5 về Trường học chưa đạt.
3. Kinh phí thực hiện: ngân sách tỉnh 2 tỷ đồng; ngân sách xã 1 tỷ đồng.

II. NHIỆM VỤ 6 THÁNG CUỐI NĂM
Phấn đấu hoàn thành tiêu chí số 5 trong quý IV.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Mẫu

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
"""


def run(path: Path, *more: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    return command.run(parser.parse_args(["check", str(path), *more]))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_is_told_to_be_no_plan_and_gets_no_findings_of_plans(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(report) == 1
    said = capsys.readouterr().out
    assert "văn bản này là báo cáo, không phải kế hoạch" in said
    assert "PERCENT-RANGE" in said
    found = command.check_file(report).findings
    assert found and all(holds_for_any(each.code) for each in found)


def test_programs_are_told_too(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(report, "--json")
    (told,) = json.loads(capsys.readouterr().out)
    assert told["notice"].startswith("văn bản này là báo cáo")


def test_checks_that_are_asked_for_by_name_are_run_all_the_same(report: Path) -> None:
    outcome = command.check_file(report, ["SCHEDULE-NONE", "PERCENT-RANGE"])
    assert outcome.notice == ""
    assert "PERCENT-RANGE" in [each.code for each in outcome.findings]


@pytest.mark.parametrize("kind", ["plan", "campaign", "other"])
def test_a_plan_is_held_to_everything(kind: str) -> None:
    plan = Plan(document=Document(kind=kind))  # type: ignore[arg-type]
    assert codes_for(plan, registry) is None and not_a_plan(plan) == ""


@pytest.mark.parametrize("name", [name for name in KINDS if KINDS[name].kind != "Kế hoạch"])
def test_our_own_papers_that_are_no_plans_have_no_errors(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(to_docx(KINDS[name]))
    kind = read(path).document.kind
    outcome = command.check_file(path)
    assert bool(outcome.notice) == (kind not in ("plan", "campaign", "other"))
    blank = ("HEAD-NUMBER", "HEAD-DATE")
    found = [each for each in outcome.findings if each.code not in blank]
    errors = [f"{each.code}: {each.message}" for each in found if each.severity == "error"]
    assert not (outcome.notice and errors), errors
