"""Columns: no date, figure or unit is broken inside; the signature does not stand alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from dinhlang.papers.writing import layout
from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.tree import Column, Paper, Paragraph, Row, Table
from dinhlang.papers.writing.widths import column_widths, tied
from dinhlang.papers.writing.word import to_docx
from dinhlang.papers.writing.wording import width
from tests.papers.writing.making import paper

LONG = "Xây dựng mô hình truy xuất nguồn gốc, lập hồ sơ mã số vùng trồng cho rau " * 3
NARROW = Table(
    columns=(
        Column(title="TT", share=0.1),
        Column(title="Nội dung", share=20),
        Column(title="Đơn vị tính", share=0.1),
        Column(title="Thời hạn", share=0.1),
    ),
    rows=(Row(cells=("1", LONG, "triệu đồng/người/năm", "Trước 01/10/2027")),),
)
DAY = date(2026, 11, 22)


@pytest.mark.parametrize("across", [layout.TEXT_WIDTH, layout.TEXT_WIDTH_LANDSCAPE])
def test_a_column_takes_its_longest_piece_whole(across: float) -> None:
    widths = column_widths(NARROW, across)
    room = [each - 2 * layout.CELL_PADDING for each in widths]
    assert room[2] >= width("đồng/người/năm", layout.TABLE)
    assert room[3] >= width("01/10/2027", layout.TABLE)
    assert sum(widths) == pytest.approx(across)


def test_shares_stand_where_they_are_wide_enough() -> None:
    table = replace(NARROW, columns=tuple(Column(title="A", share=n) for n in (1, 3, 2, 2)))
    widths = column_widths(table, 160)
    assert widths == pytest.approx([20, 60, 40, 40])


def test_pieces_longer_than_the_page_are_squeezed_into_it() -> None:
    row = Row(cells=("x" * 90, "y" * 90, "z" * 90, "w" * 90))
    assert sum(column_widths(replace(NARROW, rows=(row,)), 160)) == pytest.approx(160)


def test_a_sign_stays_by_its_figure_and_a_quarter_by_its_number() -> None:
    assert tied("≥ 95") == "≥\u00a095"
    assert tied("Quý III/2025 và quý 4") == "Quý\u00a0III/2025 và quý\u00a04"
    assert tied("Thôn 4") == "Thôn 4"


def one_table(table: Table) -> Paper:
    return replace(paper(), blocks=(table, Paragraph(text="Trên đây là Kế hoạch.")), annexes=())


def test_the_pdf_breaks_no_date_and_no_unit() -> None:
    page = pypdfium2.PdfDocument(to_pdf(one_table(NARROW), DAY))[0]
    lines = page.get_textpage().get_text_range().split("\r\n")
    assert any("01/10/2027" in line for line in lines)
    assert any("đồng/người/năm" in line for line in lines)


def test_the_word_table_has_room_inside_its_cells() -> None:
    table = docx.Document(BytesIO(to_docx(one_table(NARROW)))).tables[1]
    edges = table._tbl.tblPr.find(qn("w:tblCellMar"))
    assert {edge.tag.split("}")[1] for edge in edges} == {"top", "left", "bottom", "right"}


def test_the_last_words_stay_with_the_signature_in_word() -> None:
    made = docx.Document(BytesIO(to_docx(one_table(NARROW))))
    (last,) = [line for line in made.paragraphs if line.text == "Trên đây là Kế hoạch./."]
    behind = made.paragraphs[made.paragraphs.index(last) if last in made.paragraphs else -1 :]
    assert last.paragraph_format.keep_with_next
    assert all(line.paragraph_format.keep_with_next for line in behind[:2] if not line.text)


def test_a_mark_of_the_end_alone_keeps_the_row_above_it_too() -> None:
    made = docx.Document(BytesIO(to_docx(replace(paper(), blocks=(NARROW,), annexes=()))))
    row = made.tables[1].rows[-1]
    assert all(
        line.paragraph_format.keep_with_next for cell in row.cells for line in cell.paragraphs
    )


@pytest.mark.parametrize("lines", range(26, 40))
def test_the_last_words_stay_with_the_signature_in_the_pdf(lines: int) -> None:
    blocks = tuple(Paragraph(text=f"Dòng số {n}.") for n in range(lines))
    made = replace(paper(), blocks=(*blocks, Paragraph(text="Trên đây là Kế hoạch.")), annexes=())
    pages = [
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(to_pdf(made, DAY))
    ]
    (signed,) = [text for text in pages if "PHÓ CHỦ TỊCH" in text]
    assert "Trên đây là Kế hoạch" in signed
