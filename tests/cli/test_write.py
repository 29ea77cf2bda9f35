"""``dinhlang write``: a plan as an official paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dinhlang.cli import main
from dinhlang.papers.reading import read

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "kieu-mau-2025.txt"


@pytest.fixture
def plan_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["read", str(SAMPLE), "--json"]) == 0
    path = tmp_path / "plan.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def test_a_plan_in_json_becomes_a_word_file_that_reads_back(
    plan_json: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ke-hoach.docx"
    assert main(["write", str(plan_json), "-o", str(out)]) == 0
    assert "Đã viết" in capsys.readouterr().out
    assert read(out).document.title == read(SAMPLE).document.title


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF"), ("a.html", b"<!doctype html>")])
def test_a_paper_becomes_pdf_or_html(name: str, start: bytes, tmp_path: Path) -> None:
    out = tmp_path / name
    assert main(["write", str(SAMPLE), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Dòng 1: không phải JSON"),
        (json.dumps([1]), "dinhlang.plan/1"),
        (json.dumps({"format": "khac/2"}), "dinhlang.plan/1"),
    ],
)
def test_what_is_no_plan_is_refused_and_nothing_written(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, out = tmp_path / "a.json", tmp_path / "a.docx"
    bad.write_text(text, encoding="utf-8")
    assert main(["write", str(bad), "-o", str(out)]) == 3
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_an_unknown_kind_of_file_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["write", str(SAMPLE), "-o", str(tmp_path / "a.odt")]) == 2
    assert ".docx" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["write", str(SAMPLE), "-o", str(tmp_path / "khong-co" / "a.docx")]) == 3
    assert "Không ghi được" in capsys.readouterr().err
