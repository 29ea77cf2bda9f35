"""The look of a Vietnamese official paper in Word: page, head, headings, lists, tables, foot.

Sizes and places follow Nghị định 30/2020/NĐ-CP, Phụ lục I. A text comes as light markup, one
block a line (a line that starts with four spaces goes on with the block above):

``# `` heading I., ``## `` heading 1., ``- `` and ``+ `` lists, ``> `` a legal basis,
``|| 1 4 2`` the widths of the table that follows, ``| a | b`` its rows; the rest is body text.
Headings and lists carry real Word numbering, so a reader has to resolve it as Word does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
HEADINGS, LISTS = 41, 42
SIGNATURE_SPACE = 70
BODY = 13

_LEVELS = {
    HEADINGS: [("upperRoman", "%1.", "Heading1"), ("decimal", "%2.", "Heading2")],
    LISTS: [("bullet", "-", ""), ("bullet", "+", "")],
}


@dataclass(frozen=True)
class Paper:
    """One paper: the pieces of its head and foot, and its text in the light markup."""

    parent: str
    issuer: str
    number: str
    place_date: str
    kind: str
    subject: str
    body: str
    recipients: tuple[str, ...]
    signing: tuple[str, ...]
    signer: str = "Họ và tên"


def build(paper: Paper) -> DocumentType:
    """The paper as a Word document."""
    document = Document()
    _page(document)
    _styles(document)
    _numbering(document)
    _head(document, paper)
    widths: list[int] = []
    rows: list[list[str]] = []
    for block in _blocks(paper.body):
        if rows and not block.startswith("|"):
            _data_table(document, rows, widths)
            rows = []
        if block.startswith("|| "):
            widths = [int(share) for share in block[3:].split()]
        elif block.startswith("|"):
            rows.append([cell.strip() for cell in block[1:].split("|")])
        else:
            _text_block(document, block)
    _foot(document, paper)
    return document


def _blocks(body: str) -> Iterator[str]:
    block = ""
    for line in body.strip("\n").split("\n"):
        if line.startswith("    "):
            block += " " + line.strip()
            continue
        if block:
            yield block
        block = line.strip()
    if block:
        yield block


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.header_distance = Cm(1)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    )
    number._p.append(field)
    core = document.core_properties
    core.author, core.comments, core.title, core.language = "", "", "", "vi-VN"
    core.created = core.modified = datetime(2025, 1, 15)


def _styles(document: DocumentType) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Header"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(BODY)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in list(fonts.attrib):
            del fonts.attrib[slot]
        for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{slot}"), FONT)
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(0), Pt(6)
        spacing.line_spacing = 1.0
        if name.startswith("Heading"):
            style.font.bold, spacing.keep_with_next = True, True
            spacing.space_before = Pt(6)


def _numbering(document: DocumentType) -> None:
    part = document.part.numbering_part.element
    for number, levels in _LEVELS.items():
        xml = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            + (f'<w:pStyle w:val="{style}"/>' if style else "")
            + f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
            for depth, (form, text, style) in enumerate(levels)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>'
        )
        part.insert(0, abstract)
        part.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}">'
                f'<w:abstractNumId w:val="{number}"/></w:num>'
            )
        )
    for depth in (0, 1):
        properties = document.styles[f"Heading {depth + 1}"].element.get_or_add_pPr()
        properties.append(_number_properties(HEADINGS, depth))


def _number_properties(number: int, depth: int) -> BaseOxmlElement:
    return parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def _text_block(document: DocumentType, block: str) -> None:
    mark, _, rest = block.partition(" ")
    if mark in ("#", "##"):
        document.add_paragraph(rest, style=f"Heading {len(mark)}")
        return
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if mark in ("-", "+"):
        numbered = _number_properties(LISTS, 0 if mark == "-" else 1)
        paragraph._p.get_or_add_pPr().append(numbered)
        paragraph.add_run(rest)
        return
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    if mark == ">":
        paragraph.add_run(rest).italic = True
    else:
        paragraph.add_run(block)


def _head(document: DocumentType, paper: Paper) -> None:
    left, right = _two_columns(document, (7.0, 9.4))
    if paper.parent:
        _centred(left, paper.parent, 12)
    for line in paper.issuer.split("\n"):
        issuer = _centred(left, line, 12, bold=True)
    _rule(issuer, inset=2.2)
    _centred(left, f"Số: {paper.number}", 13, before=6)
    _centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _rule(_centred(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True), inset=1.9)
    _centred(right, paper.place_date, 13, italic=True, before=6)
    _drop_first_line(left, right)
    _centred(document, paper.kind, 14, bold=True, before=18)
    for line in paper.subject.split("\n"):
        title = _centred(document, line, 14, bold=True)
    _rule(title, inset=6.0, after=10)


def _foot(document: DocumentType, paper: Paper) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    left, right = _two_columns(document, (8.2, 8.2))
    heading = left.add_paragraph()
    run = heading.add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    heading.paragraph_format.space_after = Pt(0)
    for recipient in paper.recipients:
        line = left.add_paragraph()
        line.add_run(f"- {recipient}").font.size = Pt(11)
        line.paragraph_format.space_after = Pt(0)
    for line_text in paper.signing:
        _centred(right, line_text, 14, bold=True)
    _centred(right, paper.signer, 14, bold=True, before=SIGNATURE_SPACE)
    _drop_first_line(left, right)


def _two_columns(document: DocumentType, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(table, widths)
    left, right = table.rows[0].cells
    return left, right


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Centimetres, in the grid and in every cell: Word looks at the one, LibreOffice at both."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _drop_first_line(*cells: _Cell) -> None:
    """Word opens every cell with an empty line, which would push the head down."""
    for cell in cells:
        cell._tc.remove(cell.paragraphs[0]._p)


def _centred(
    place: DocumentType | _Cell,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
) -> Paragraph:
    paragraph = place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(0), 1.0
    return paragraph


def _rule(paragraph: Paragraph, inset: float, after: int = 0) -> None:
    """A short line under the paragraph, drawn as a thin paragraph with a top border."""
    rule = OxmlElement("w:p")
    paragraph._p.addnext(rule)
    line = Paragraph(rule, paragraph._parent)
    layout = line.paragraph_format
    layout.left_indent = layout.right_indent = Cm(inset)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(4), Pt(after), Pt(2)
    border = (
        f"<w:pBdr {nsdecls('w')}>"
        '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    line._p.get_or_add_pPr().insert(0, parse_xml(border))


def _data_table(document: DocumentType, rows: list[list[str]], widths: list[int]) -> None:
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    unit = 16.0 / sum(widths)
    for at, values in enumerate(rows):
        row = table.add_row()
        for column, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(value)
            run.font.size = Pt(12)
            run.bold = at == 0 or values[1].startswith(("Tổng", "Cộng"))
            layout = paragraph.paragraph_format
            layout.space_before = layout.space_after = Pt(2)
            layout.line_spacing = 1.0
            figure = column > 1 and value.replace(".", "").replace(",", "").isdigit()
            if at == 0 or column == 0 or figure:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    _set_widths(table, [unit * width for width in widths])
    gap = document.add_paragraph()
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)
