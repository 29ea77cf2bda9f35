"""The Word file: its measures are those of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from dinhlang.papers.writing import layout
from dinhlang.papers.writing.tree import Paper, Paragraph
from dinhlang.papers.writing.word import to_docx
from tests.papers.writing.making import paper

RANGES = {
    "TOP": (20, 25),
    "BOTTOM": (20, 25),
    "LEFT": (30, 35),
    "RIGHT": (15, 20),
    "NATION": (12, 13),
    "MOTTO": (13, 14),
    "PARENT": (12, 13),
    "ISSUER": (12, 13),
    "NUMBER": (13, 13),
    "PLACE_DATE": (13, 14),
    "ABOUT_LETTER": (12, 13),
    "TITLE": (13, 14),
    "BODY": (13, 14),
    "RECIPIENTS_HEAD": (12, 12),
    "RECIPIENTS": (11, 11),
    "PAGE_NUMBER": (13, 14),
    "INDENT": (10, 12.7),
    "LINE": (1, 1.5),
}


@pytest.mark.parametrize(("name", "least", "most"), [(k, *v) for k, v in RANGES.items()])
def test_each_measure_lies_in_the_range_of_the_decree(name: str, least: float, most: float) -> None:
    assert least <= getattr(layout, name) <= most


def test_space_between_paragraphs_is_at_least_six_points() -> None:
    assert layout.AFTER >= 6


def opened(made: Paper) -> docx.document.Document:
    return docx.Document(BytesIO(to_docx(made)))


def test_pages_are_a4_and_an_annex_may_lie_across() -> None:
    first, across, last = opened(paper()).sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert (round(across.page_width.mm), round(across.page_height.mm)) == (297, 210)
    assert last.page_width == first.page_width
    for section in (first, across, last):
        assert abs(section.left_margin - Mm(layout.LEFT)) < Mm(0.1)
        assert section.different_first_page_header_footer, "the first page shows no number"


def test_each_annex_counts_its_own_pages() -> None:
    for section in opened(paper()).sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_every_letter_is_times_new_roman() -> None:
    made = opened(paper())
    assert made.styles["Normal"].font.name == "Times New Roman"
    assert all(run.font.name is None for line in made.paragraphs for run in line.runs)


def test_number_and_day_stay_open_for_the_office_system() -> None:
    head = opened(paper()).tables[0].rows[0].cells
    assert head[0].text.endswith("Số: " + "\u00a0" * 8 + "/KH-UBND")
    assert "ngày" in head[1].text and head[1].text.endswith("năm 2026")


@pytest.mark.parametrize(
    ("number", "day", "numbered", "dated"),
    [
        (5, date(2026, 2, 3), "Số: 05/KH-UBND", "Làng Mẫu, ngày 03 tháng 02 năm 2026"),
        (12, date(2026, 3, 15), "Số: 12/KH-UBND", "Làng Mẫu, ngày 15 tháng 3 năm 2026"),
    ],
)
def test_numbers_below_ten_and_the_first_months_have_a_nought(
    number: int, day: date, numbered: str, dated: str
) -> None:
    head = opened(paper(number=number, day=day)).tables[0].rows[0].cells
    assert head[0].text.endswith(numbered)
    assert head[1].text.endswith(dated)


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    lines = [line.text for line in opened(paper()).paragraphs if line.text.startswith("Căn cứ")]
    assert lines == ["Căn cứ Luật Mẫu;", "Căn cứ Nghị quyết mẫu của Đảng ủy xã."]


def test_the_paper_ends_with_its_mark() -> None:
    assert any(line.text.endswith("nghiêm túc làm./.") for line in opened(paper()).paragraphs)


def test_heads_of_tables_repeat_and_rows_stay_whole() -> None:
    table = opened(paper()).tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_group_row_reaches_over_its_columns() -> None:
    row = opened(paper()).tables[1].rows[1]
    assert row._tr.tc_lst[0].grid_span == 2
    assert [cell.text for cell in row.cells] == ["Tiêu chí Giao thông"] * 2 + ["17.500"]


def test_annexes_have_roman_numbers_and_say_what_they_belong_to() -> None:
    text = "\n".join(line.text for line in opened(paper(number=5)).paragraphs)
    assert "Phụ lục I\nKHỐI LƯỢNG THEO THÔN\n(Kèm theo Kế hoạch số 05/KH-UBND" in text
    assert "Phụ lục II\nKINH PHÍ" in text


def test_the_signature_names_who_is_acted_for() -> None:
    foot = opened(paper()).tables[2].rows[0].cells
    assert foot[1].text.split("\n")[:3] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert foot[0].text.split("\n") == ["Nơi nhận:", "- UBND tỉnh;", "- Các thôn;", "- Lưu: VT."]


def test_a_letter_has_no_title_but_says_what_it_is_about() -> None:
    base = paper()
    letter = Paper(
        head=base.head,
        kind="",
        about="V/v đôn đốc tiến độ",
        blocks=(Paragraph(text="Ủy ban nhân dân xã đề nghị."),),
        addressees=("Thôn Đình", "Thôn Bến"),
        signature=base.signature,
        recipients=("Như trên",),
    )
    made = opened(letter)
    assert made.tables[0].rows[0].cells[0].text.endswith("V/v đôn đốc tiến độ")
    assert [line.text for line in made.paragraphs if line.text][:3] == [
        "Kính gửi:", "- Thôn Đình;", "- Thôn Bến."
    ]  # fmt: skip
