"""``dinhlang read``: a plan as JSON or tables, several files and folders, honest exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dinhlang.cli import main
from dinhlang.papers.serial import schema

jsonschema = pytest.importorskip("jsonschema")
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TEXT = SAMPLES / "kieu-mau-2025.txt"

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("COLUMNS", "110")  # whatever the terminal the tests run in

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["read", *words])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.mark.parametrize(
    "name", ["ke-hoach-nang-cao-2025.docx", "phat-dong-90-ngay-2025.pdf", TEXT.name]
)
def test_one_file_as_json_is_one_plan_that_fits_the_schema(call: Call, name: str) -> None:
    status, out, _ = call(str(SAMPLES / name), "--json")
    plan = json.loads(out)
    jsonschema.validate(plan, schema())
    assert status == 0
    assert plan["format"] == "dinhlang.plan/1"
    assert plan["document"]["commune"] == "Làng Mẫu"
    assert plan["source"]["text"]


def test_the_json_is_what_the_page_lets_one_download(call: Call) -> None:
    from dinhlang.plans.extraction import extract

    _, out, _ = call(str(TEXT), "--json", "--check")
    assert out == extract(TEXT, TEXT.name, lambda share, words: None).text + "\n"


def test_a_folder_gives_one_plan_a_line_and_tells_its_progress_apart(call: Call) -> None:
    status, out, err = call(str(SAMPLES), "--json")
    names = [json.loads(line)["source"]["name"] for line in out.splitlines()]
    assert status == 0
    assert names == sorted(
        p.name for p in SAMPLES.iterdir() if p.suffix in {".docx", ".pdf", ".txt"}
    )
    assert f"[{len(names)}/{len(names)}]" in err


def test_the_tables_name_each_kind_of_item_with_its_lines(call: Call) -> None:
    status, out, _ = call(str(TEXT))
    assert status == 0
    for words in ("Căn cứ (3)", "Chỉ tiêu (", "Nhóm chỉ tiêu (2)", "ít nhất 4/6", "Phân công (9)"):
        assert words in out
    assert "hằng tuần, thứ Năm, trước 15:30" in out


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(
    call: Call, tmp_path: Path
) -> None:
    empty = tmp_path / "trong.txt"
    empty.write_bytes(b"")
    status, out, err = call(str(empty), str(TEXT), "--json")
    assert status == 3
    assert json.loads(out)["source"]["name"] == TEXT.name
    assert "trong.txt: không đọc được: " in err


@pytest.mark.parametrize(
    ("words", "said"), [((), "Chưa có tệp nào"), (("EMPTY",), "Không có tệp nào")]
)
def test_a_wrong_call_says_what_to_do(
    call: Call, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    status, out, err = call(*(str(tmp_path) for _ in words))
    assert (status, out) == (2, "")
    assert said in err


def test_the_schema_can_be_printed(call: Call) -> None:
    status, out, _ = call("--schema")
    assert status == 0
    assert json.loads(out) == schema()
