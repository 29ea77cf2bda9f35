"""The five real plans as Word and PDF files: the same lines come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dinhlang.papers.reading.formats import read_source
from tests.papers.formats.makers import plan_to_docx, plan_to_pdf, shown_lines


def test_a_plan_in_text_has_the_lines_of_the_file(plan_files: list[Path]) -> None:
    for path in plan_files:
        raw = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        expected = raw.count(b"\n") + (not raw.endswith(b"\n"))
        assert len(read_source(path).lines) == expected, path.name


def test_a_plan_in_word_has_the_same_lines(plan_files: list[Path]) -> None:
    for path in plan_files:
        lines = read_source(path).text
        source = read_source(plan_to_docx(lines), "ke-hoach.docx")
        assert source.text == shown_lines(lines), path.name


@pytest.mark.parametrize(("indent", "gap"), [("10mm", "9pt"), ("0mm", "14pt"), ("10mm", "7pt")])
def test_a_plan_in_pdf_has_the_same_lines(plan_files: list[Path], indent: str, gap: str) -> None:
    for path in plan_files:
        lines = read_source(path).text
        source = read_source(plan_to_pdf(lines, indent=indent, gap=gap), "ke-hoach.pdf")
        assert source.text == shown_lines(lines), path.name
