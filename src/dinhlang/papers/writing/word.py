"""A paper as an editable Word file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from dinhlang.papers.reading.source import MADE_HERE

from . import layout, wording
from .tree import (
    Align,
    Annex,
    Block,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
    Text,
    runs,
)
from .widths import column_widths, tied

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def to_docx(paper: Paper) -> bytes:
    """The bytes of a .docx."""
    return _Writer(paper).write()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = docx.Document()
        self._styles()
        self._page(self.document.sections[0], landscape=False)

    def write(self) -> bytes:
        self._head()
        self._opening()
        for block in wording.body(self.paper):
            self._block(block)
        self._keep(len(wording.kept(self.paper)))
        self._signatures()
        for position, annex in enumerate(self.paper.annexes):
            self._annex(position, annex)
        out = BytesIO()
        self.document.core_properties.title = " ".join((self.paper.kind, self.paper.about)).strip()
        self.document.core_properties.author = self.paper.head.issuer_words
        self.document.core_properties.language = "vi-VN"
        self.document.core_properties.comments = ""
        self.document.core_properties.identifier = MADE_HERE
        self.document.save(out)
        return out.getvalue()

    # --- Page -----------------------------------------------------------------------------------

    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name = layout.WORD_FONT
        normal.font.size = Pt(layout.BODY)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), layout.WORD_FONT)
        normal.paragraph_format.space_before = Pt(0)
        normal.paragraph_format.space_after = Pt(0)

    def _page(self, section: Any, *, landscape: bool) -> None:
        width, height = layout.PAGE[::-1] if landscape else layout.PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
        section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
        section.header_distance = Mm(layout.HEAD_HEIGHT)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        line = section.header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run()
        run.font.size = Pt(layout.PAGE_NUMBER)
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            run._r.append(_field(kind, words))
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.append(numbering)

    # --- Head -----------------------------------------------------------------------------------

    def _head(self) -> None:
        head = self.paper.head
        left, right = self._columns(layout.HEAD_COLUMNS)
        if head.parent:
            self._centred(left, wording.capitals(head.parent), layout.PARENT)
        for line in head.issuer:
            self._centred(left, wording.capitals(line), layout.ISSUER, bold=True)
        issuer = wording.width(wording.capitals(head.issuer[-1]), layout.ISSUER, bold=True)
        self._rule(left, issuer * 0.4, layout.HEAD_COLUMNS[0])
        self._centred(right, wording.NATION, layout.NATION, bold=True)
        self._centred(right, wording.MOTTO, layout.MOTTO, bold=True)
        motto = wording.width(wording.MOTTO, layout.MOTTO, bold=True)
        self._rule(right, motto, layout.HEAD_COLUMNS[1])
        self._centred(left, wording.number_line(head), layout.NUMBER)
        if not self.paper.kind and self.paper.about:
            self._centred(left, self.paper.about, layout.ABOUT_LETTER)
        self._centred(right, wording.date_line(head), layout.PLACE_DATE, italic=True)
        for cell in (left, right):
            _drop_first(cell)

    def _opening(self) -> None:
        paper = self.paper
        if paper.kind:
            line = self._line(wording.capitals(paper.kind), layout.TITLE, bold=True, align="center")
            line.paragraph_format.space_before = Pt(12)
            self._line(paper.about, layout.TITLE, bold=True, align="center")
            about = min(wording.width(paper.about, layout.TITLE, bold=True), layout.TEXT_WIDTH)
            self._rule(self.document, about * 0.4, layout.TEXT_WIDTH)
        if paper.addressees:
            self._addressees()
        if paper.authority:
            line = self._line(
                wording.capitals(paper.authority), layout.BODY, bold=True, align="center"
            )
            line.paragraph_format.space_after = Pt(layout.AFTER)
        for base in wording.base_lines(paper):
            self._body(self._line(base, layout.BODY, italic=True, align="justify"))
        if paper.resolves:
            line = self._line(
                wording.capitals(paper.resolves), layout.BODY, bold=True, align="center"
            )
            line.paragraph_format.space_after = Pt(layout.AFTER)

    def _addressees(self) -> None:
        names = wording.addressee_lines(self.paper)
        if len(names) == 1:
            line = self._line(f"Kính gửi: {names[0]}", layout.BODY, align="center")
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(12)
            return
        line = self._line("Kính gửi:", layout.BODY)
        line.paragraph_format.left_indent = Mm(layout.INDENT * 2)
        line.paragraph_format.space_before = Pt(12)
        for name in names:
            line = self._line(name, layout.BODY)
            line.paragraph_format.left_indent = Mm(layout.INDENT * 3)
        line.paragraph_format.space_after = Pt(12)

    # --- Body -----------------------------------------------------------------------------------

    def _block(self, block: Block, width: float = layout.TEXT_WIDTH) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Table):
            self._table(block, width)
        else:
            self._paragraph(block)

    def _heading(self, block: Heading) -> None:
        strong = block.level < 3
        words = tuple(
            Run(f"{block.label} ", bold=strong) if n == 0 else run
            for n, run in enumerate((Run(""), *runs(block.text)))
        )
        if block.level == 1:
            words = tuple(Run(wording.capitals(run.text), bold=True) for run in words)
        elif strong:
            words = tuple(Run(run.text, bold=True, italic=run.italic) for run in words)
        line = self._body(self._line(words, layout.BODY, align="justify"))
        line.paragraph_format.keep_with_next = strong
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(block.level - 1))
        line._p.get_or_add_pPr().append(level)

    def _paragraph(self, block: Paragraph) -> None:
        words = runs(block.text)
        if block.marker:
            words = (Run(f"{block.marker} "), *words)
        self._body(self._line(words, layout.BODY, align=block.align), indent=block.indent)

    def _body(self, line: Any, *, indent: bool = True) -> Any:
        form = line.paragraph_format
        if indent:
            form.first_line_indent = Mm(layout.INDENT)
        form.space_before = Pt(layout.AFTER)
        form.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        form.line_spacing = layout.LINE
        return line

    def _table(self, block: Table, width: float) -> None:
        if block.unit:
            line = self._line(block.unit, layout.TABLE, italic=True, align="right")
            line.paragraph_format.space_before = Pt(layout.AFTER)
            line.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=1, cols=len(block.columns))
        table.style = "Table Grid"
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _pad(table)
        widths = [Mm(each) for each in column_widths(block, width)]
        for column, across in zip(table.columns, widths, strict=True):
            column.width = across
        self._cells(table.rows[0], [column.title for column in block.columns], widths, "center")
        _repeat(table.rows[0])
        for row in block.rows:
            self._row(table, block, row, widths)
        after = self._line("", 6)
        after.paragraph_format.space_after = Pt(0)

    def _row(self, table: Any, block: Table, row: Row, widths: list[Any]) -> None:
        made = table.add_row()
        _unsplit(made)
        cells = [*row.cells, *[""] * (len(block.columns) - len(row.cells) - row.span + 1)]
        if row.span > 1:
            cells = [cells[0], *[""] * (row.span - 1), *cells[1:]]
        aligns: list[Align] = [column.align for column in block.columns]
        for position, (cell, words) in enumerate(zip(made.cells, cells, strict=True)):
            cell.width = widths[position]
            line = cell.paragraphs[0]
            line.alignment = ALIGN["left" if row.span > 1 and position == 0 else aligns[position]]
            _airy(line)
            _set(line.add_run(tied(words)), layout.TABLE, bold=row.strong)
        if row.span > 1:
            merged = made.cells[0].merge(made.cells[row.span - 1])
            for empty in merged.paragraphs[1:]:
                empty._p.getparent().remove(empty._p)

    def _cells(self, row: Any, words: list[str], widths: list[Any], align: Align) -> None:
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = width
            line = cell.paragraphs[0]
            line.alignment = ALIGN[align]
            _airy(line)
            _set(line.add_run(text), layout.TABLE, bold=True)

    def _keep(self, count: int) -> None:
        """The last blocks stay on the page of the signature; of a table its last row."""
        parts = list(self.document.element.body.iterchildren(qn("w:p"), qn("w:tbl")))
        last = 3 if count > 1 else count  # behind a table stands an empty line
        for element in parts[len(parts) - last :]:
            rows = element.findall(qn("w:tr"))
            for line in (rows[-1] if rows else element).iter(qn("w:p")):
                Line(line, self.document).paragraph_format.keep_with_next = True

    # --- Foot and annexes -------------------------------------------------------------------------

    def _signatures(self) -> None:
        paper = self.paper
        if paper.signature is None and not paper.recipients:
            return
        self._line("", 6).paragraph_format.keep_with_next = True
        left, right = self._columns((80.0, 80.0))
        if paper.recipients:
            head = left.add_paragraph()
            _set(head.add_run("Nơi nhận:"), layout.RECIPIENTS_HEAD, bold=True, italic=True)
            for line in wording.recipient_lines(paper):
                _set(left.add_paragraph().add_run(line), layout.RECIPIENTS)
        if paper.also_signs is not None:
            self._sign(left, paper.also_signs)
        if paper.signature is not None:
            self._sign(right, paper.signature)
        for cell in (left, right):
            _drop_first(cell)

    def _sign(self, cell: Any, signature: Signature) -> None:
        for words in (signature.authority, signature.acting_for, signature.title):
            if words:
                self._centred(cell, wording.capitals(words), layout.BODY, bold=True)
        for _ in range(4):
            self._centred(cell, "", layout.BODY)
        self._centred(cell, signature.name, layout.BODY, bold=True)

    def _annex(self, position: int, annex: Annex) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        self._page(section, landscape=annex.landscape)
        self._line(
            wording.annex_label(self.paper, position), layout.BODY, bold=True, align="center"
        )
        self._line(wording.capitals(annex.title), layout.BODY, bold=True, align="center")
        line = self._line(
            wording.annex_reference(self.paper), layout.BODY, italic=True, align="center"
        )
        line.paragraph_format.space_after = Pt(layout.AFTER)
        width = layout.TEXT_WIDTH_LANDSCAPE if annex.landscape else layout.TEXT_WIDTH
        for block in annex.blocks:
            self._block(block, width)

    # --- Pieces -----------------------------------------------------------------------------------

    def _line(
        self, text: Text, size: float, *, bold: bool = False, italic: bool = False,
        align: Align = "left",
    ) -> Any:  # fmt: skip
        line = self.document.add_paragraph()
        line.alignment = ALIGN[align]
        for run in runs(text):
            _set(line.add_run(run.text), size, bold=bold or run.bold, italic=italic or run.italic)
        return line

    def _centred(
        self, where: Any, words: str, size: float, *, bold: bool = False, italic: bool = False
    ) -> None:
        line = where.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _set(line.add_run(words), size, bold=bold, italic=italic)

    def _rule(self, where: Any, length: float, within: float) -> None:
        """A thin line of that length in the middle, as the lower edge of a paragraph."""
        line = where.add_paragraph()
        form = line.paragraph_format
        side = max((within - length) / 2, 0)
        form.left_indent = form.right_indent = Mm(side)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(3)
        form.space_after = Pt(4)
        edges = OxmlElement("w:pBdr")
        edge = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            edge.set(qn(f"w:{key}"), value)
        edges.append(edge)
        line._p.get_or_add_pPr().insert_element_before(
            edges, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr"
        )

    def _columns(self, widths: tuple[float, float]) -> tuple[Any, Any]:
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        edges = OxmlElement("w:tblCellMar")
        for side in ("w:left", "w:right"):
            edge = OxmlElement(side)
            edge.set(qn("w:w"), "0")
            edge.set(qn("w:type"), "dxa")
            edges.append(edge)
        table._tbl.tblPr.append(edges)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            column.cells[0].width = Mm(width)
        _unsplit(table.rows[0])
        left, right = table.rows[0].cells
        return left, right


def _set(run: Any, size: float, *, bold: bool = False, italic: bool = False) -> None:
    run.font.size = Pt(size)
    run.bold = bold or None
    run.italic = italic or None


def _pad(table: Any) -> None:
    """Room between the letters and the rules of a table."""
    edges = OxmlElement("w:tblCellMar")
    for side, mm in (("top", 0.3), ("left", layout.CELL_PADDING), ("bottom", 0.3),
                     ("right", layout.CELL_PADDING)):  # fmt: skip
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(mm * 1440 / 25.4)))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(edges)
    else:
        look.addprevious(edges)


def _airy(line: Any) -> None:
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)


def _field(kind: str, words: str) -> Any:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = words
    return part


def _drop_first(cell: Any) -> None:
    """A cell is born with an empty paragraph; it must keep one."""
    first = cell.paragraphs[0]
    if len(cell.paragraphs) > 1 and not first.text:
        first._p.getparent().remove(first._p)


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _unsplit(row)


def _unsplit(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
