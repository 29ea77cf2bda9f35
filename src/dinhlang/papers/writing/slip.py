"""A slip on A5, landscape: a receipt with its number, lines and signatures, as Word and PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import typst
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import layout, wording

PAGE = (210.0, 148.0)
"""A5 on its side, mm."""
MARGINS = (16.0, 12.0)
"""Left and right, above and below, mm."""
TEMPLATE = Path(__file__).parent / "slip.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What stands on a slip. ``lines`` are labels with what is written after them."""

    issuer: tuple[str, ...]
    title: str
    number: str
    day: str
    lines: tuple[tuple[str, str], ...]
    signers: tuple[str, ...]
    place: str
    form: str = ""
    note: str = ""


def to_pdf(slip: Slip, made: date) -> bytes:
    """The bytes of a PDF/A-2b that says it was made on that day."""
    data = {
        "issuer": slip.issuer, "title": slip.title, "number": slip.number, "day": slip.day,
        "lines": slip.lines, "signers": slip.signers, "place": slip.place, "form": slip.form,
        "note": slip.note, "font": layout.OPEN_FONT, "made": [made.year, made.month, made.day],
    }  # fmt: skip
    written = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(wording.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"slip": json.dumps(data, ensure_ascii=False)},
        pdf_standards="a-2b",
    )
    return bytes(written)


def to_docx(slip: Slip) -> bytes:
    """The bytes of a .docx."""
    document = docx.Document()
    _page(document)
    left, right = _columns(document, (118.0, 60.0))
    for at, line in enumerate(slip.issuer):
        _words(left, wording.capitals(line), bold=True, first=at == 0)
    _words(right, slip.form, italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT, first=True)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _words(document, wording.capitals(slip.title), size=16, bold=True, align=centre)
    _words(document, slip.day, italic=True, align=centre)
    _words(document, slip.number, bold=True, align=centre)
    for label, value in slip.lines:
        line = _words(document, f"{label}: ")
        line.add_run(value).bold = True
        line.paragraph_format.space_before = Pt(4)
    if slip.note:
        _words(document, slip.note, italic=True).paragraph_format.space_before = Pt(4)
    line = _words(document, slip.place, italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    line.paragraph_format.space_before = Pt(8)
    _signatures(document, slip.signers)
    document.core_properties.title = f"{slip.title} {slip.number}"
    document.core_properties.author = " ".join(slip.issuer)
    document.core_properties.language = "vi-VN"
    document.core_properties.comments = ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.left_margin = section.right_margin = Mm(MARGINS[0])
    section.top_margin = section.bottom_margin = Mm(MARGINS[1])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = layout.WORD_FONT, Pt(12)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), layout.WORD_FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)


def _columns(document: Any, widths: tuple[float, ...]) -> list[Any]:
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    return list(table.rows[0].cells)


def _words(
    where: Any, words: str, *, size: float = 12, bold: bool = False, italic: bool = False,
    align: Any = None, first: bool = False,
) -> Any:  # fmt: skip
    # A cell is born with an empty paragraph.
    line = where.paragraphs[0] if first else where.add_paragraph()
    line.alignment = align
    run = line.add_run(words)
    run.font.size = Pt(size)
    run.bold, run.italic = bold or None, italic or None
    return line


def _signatures(document: Any, signers: tuple[str, ...]) -> None:
    width = (PAGE[0] - 2 * MARGINS[0]) / len(signers)
    for cell, signer in zip(_columns(document, (width,) * len(signers)), signers, strict=True):
        centre = WD_ALIGN_PARAGRAPH.CENTER
        _words(cell, signer, bold=True, align=centre, first=True)
        _words(cell, "(Ký, họ tên)", size=10, italic=True, align=centre)
        for _ in range(3):
            _words(cell, "", align=centre)
