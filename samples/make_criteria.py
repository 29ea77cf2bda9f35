"""Make the sample of a criteria set: a filled workbook, and a decision in Word.

``python samples/make_criteria.py`` writes ``bo-tieu-chi-mau.xlsx`` and ``bo-tieu-chi-mau.docx``
beside itself. The decision, its number and its thresholds do not exist.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from dinhlang.lawbook.sample_set import ABOUT, rows, workbook

HERE = Path(__file__).resolve().parent
HEADINGS = ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Nhóm 1", "Nhóm 2", "Nhóm 3")
WIDTHS = (1.2, 4.5, 11, 2.8, 2.8, 2.8)
SIGNS = {"≥": "≥ {}", "≤": "≤ {}"}


def make(folder: Path = HERE) -> None:
    """Write both files into ``folder``."""
    (folder / "bo-tieu-chi-mau.xlsx").write_bytes(workbook())
    decision().save(str(folder / "bo-tieu-chi-mau.docx"))


def decision() -> Document:
    """The decision as a province would have written it, with the table in its annex."""
    paper = Document()
    paper.core_properties.created = paper.core_properties.modified = datetime(2026, 1, 5)
    paper.core_properties.title = "Quyết định mẫu"
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(13)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for words, bold in (
        ("ỦY BAN NHÂN DÂN TỈNH AN MẪU (không có thật)", True),
        (f"Số: {ABOUT['number']}", False),
        ("An Mẫu, ngày 05 tháng 01 năm 2026", False),
        ("QUYẾT ĐỊNH", True),
        ("Ban hành bộ tiêu chí mẫu về xã nông thôn mới giai đoạn 2026 - 2030", True),
    ):
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(words).bold = bold
    paper.add_paragraph(
        "Văn bản giả định để xem thử việc đọc bảng từ Word. Ngưỡng trong bảng do dự án tự đặt, "
        "không dùng để đánh giá hay công nhận."
    )
    _table(paper)
    return paper


def _table(paper: Document) -> None:
    table = paper.add_table(rows=1, cols=len(HEADINGS))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    criterion, name = "", ""
    for row in rows():
        criterion, name = row.get("criterion", criterion), row.get("criterion_name", name)
        cells = table.add_row().cells
        unit = "%" if row.get("unit") == "%" else ""
        figures = [_figure(row, key, unit) for key in ("g1", "g2", "g3")]
        for cell, words in zip(
            cells, (criterion, name, f"{row['number']}. {row['name']}", *figures), strict=True
        ):
            cell.text = words
        if len(set(figures)) == 1:
            merged = cells[3].merge(cells[5])
            merged.text = figures[0]
            merged.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in table.rows:
        for cell, width in zip(line.cells, WIDTHS, strict=True):
            cell.width = Cm(width)


def _figure(row: dict[str, str], key: str, unit: str) -> str:
    kind = row["kind"]
    if kind in SIGNS:
        return SIGNS[kind].format(row[key]) + unit
    return "Không" if kind.startswith("=") else "Đạt"


if __name__ == "__main__":
    make()
