"""The receipt on A5: one page, all of its words, as PDF and as Word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest

from dinhlang.papers.writing.slip import PAGE, Slip, to_docx, to_pdf

SLIP = Slip(
    issuer=("Ủy ban nhân dân", "xã Làng Mẫu"), title="Phiếu thu đóng góp", number="Số: 007/2026",
    day="Ngày 05 tháng 11 năm 2026",
    lines=(("Người đóng góp", "Gia đình Một"), ("Bằng chữ", "Hai triệu đồng")),
    signers=("Người đóng góp", "Thủ quỹ"), place="Làng Mẫu, ngày 05 tháng 11 năm 2026",
    note="Phiếu này hủy phiếu khác.",
)  # fmt: skip
WORDS = ("XÃ LÀNG MẪU", "PHIẾU THU ĐÓNG GÓP", "007/2026", "Gia đình Một", "Hai triệu đồng",
         "Thủ quỹ", "hủy phiếu khác")  # fmt: skip


@pytest.mark.parametrize("lines", [2, 9])
def test_the_pdf_is_one_page_of_a5(lines: int) -> None:
    slip = replace(SLIP, lines=SLIP.lines + (("Nội dung", "rất dài " * 12),) * (lines - 2))
    made = to_pdf(slip, date(2026, 11, 22))
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    millimetres = [round(side * 25.4 / 72) for side in document[0].get_size()]
    assert millimetres == [round(side) for side in PAGE]
    text = document[0].get_textpage().get_text_range()
    assert all(words in text for words in WORDS)
    assert b"pdfaid" in made


def test_the_word_file_says_the_same_on_the_same_page() -> None:
    document = docx.Document(BytesIO(to_docx(SLIP)))
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 148]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([line.text for line in document.paragraphs] + cells)
    assert all(words in text for words in WORDS)
