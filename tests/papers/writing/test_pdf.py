"""The PDF: letters inside, pages numbered from the second, archival."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from dinhlang.papers.writing.pdf import to_pdf
from tests.papers.writing.making import paper

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def made() -> bytes:
    return to_pdf(paper(), DAY)


@pytest.fixture(scope="module")
def pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_range() for page in document]


def test_it_says_that_it_is_pdf_a(made: bytes) -> None:
    assert b"pdfaid" in made


def test_only_tinos_is_used_and_it_is_inside(made: bytes) -> None:
    assert b"Tinos" in made and b"FontFile2" in made
    assert b"Times" not in made


def test_vietnamese_comes_back_letter_by_letter(pages: list[str]) -> None:
    assert "Xây dựng nông thôn mới xã Làng Mẫu năm 2026" in pages[0]
    assert "Yêu cầu <chung> & riêng" in pages[0]


def test_pages_are_numbered_from_the_second_and_anew_in_each_annex(pages: list[str]) -> None:
    firsts = [number for number, text in enumerate(pages) if "Phụ lục I" in text]
    heads = [text.split()[0] for text in pages]
    assert heads[1] == "2"
    assert heads[0] != "1" and all(heads[number] != "1" for number in firsts)
    assert heads[firsts[0] + 1] == "2"


def test_the_head_of_a_table_stands_on_each_of_its_pages(pages: list[str]) -> None:
    assert sum("Nội dung" in text for text in pages[:2]) == 2


def test_the_same_paper_gives_the_same_bytes(made: bytes) -> None:
    assert to_pdf(paper(), DAY) == made
