"""The sample papers say what their README promises, and the Word file is what make.py makes."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.table import Table

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ADVANCED = "ke-hoach-nang-cao-2025.docx"
CAMPAIGN = "phat-dong-90-ngay-2025.pdf"
MODEL = "kieu-mau-2025.txt"


@cache
def make_module() -> ModuleType:
    sys.path.insert(0, str(SAMPLES))
    try:
        spec = importlib.util.spec_from_file_location("samples_make", SAMPLES / "make.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["samples_make"] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SAMPLES))
    return module


def word_text(document: DocumentType) -> list[str]:
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [cell.text for row in block.rows for cell in row.cells]
        else:
            lines.append(block.text)
    return lines


@cache
def text(name: str) -> str:
    """All words of a sample on one line."""
    path = SAMPLES / name
    if path.suffix == ".docx":
        raw = "\n".join(word_text(Document(str(path))))
    elif path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(path)
        raw = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    else:
        raw = path.read_text(encoding="utf-8")
    return " ".join(raw.split())


def test_the_word_sample_has_the_text_that_make_writes() -> None:
    made = make_module().build(make_module().ADVANCED)
    assert word_text(made) == word_text(Document(str(SAMPLES / ADVANCED)))


def test_the_pdf_sample_has_the_text_that_make_writes() -> None:
    made = make_module().build(make_module().CAMPAIGN)
    printed = text(CAMPAIGN).replace(" ", "")
    missing = [line for line in word_text(made) if "".join(line.split()) not in printed]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (ADVANCED, "Tổng các nguồn vốn: 6,2 tỷ đồng"),
        (ADVANCED, "Tiền thưởng của tỉnh sau khi xã được công nhận"),
        (CAMPAIGN, "kéo dài 90 ngày"),
        (CAMPAIGN, "tại Phụ lục II kèm theo"),
        (CAMPAIGN, "400 300 350 250 1.350"),
        (MODEL, "tối thiểu 04 trong 06 chỉ tiêu"),
        (MODEL, "trước ngày 30/9/2025"),
    ],
)
def test_every_planted_fault_of_the_readme_stands_in_its_paper(name: str, words: str) -> None:
    assert words in text(name)


@pytest.mark.parametrize("name", [ADVANCED, CAMPAIGN, MODEL])
def test_every_sample_has_head_and_foot_of_an_official_paper(name: str) -> None:
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 0", "Nơi nhận:", "Họ và tên", "./."):
        assert words in text(name)


@pytest.mark.parametrize("name", [ADVANCED, CAMPAIGN, MODEL])
def test_every_sample_is_named_in_the_readme(name: str) -> None:
    assert f"`{name}`" in (SAMPLES / "README.md").read_text(encoding="utf-8")


def test_the_word_sample_numbers_its_headings_by_word_itself() -> None:
    document = Document(str(SAMPLES / ADVANCED))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[0] == "HIỆN TRẠNG"
    assert len(headings) == 6
