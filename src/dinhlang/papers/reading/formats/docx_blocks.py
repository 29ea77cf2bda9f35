"""Blocks of a Word document: paragraphs, tables, and tables that only lay text out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dinhlang.papers.reading.formats.docx_numbering import Numbering
from dinhlang.papers.reading.formats.docx_styles import (
    Styles,
    W,
    has_borders,
    number_of,
    value,
)
from dinhlang.papers.reading.formats.docx_text import MC, WordReader, Words
from dinhlang.papers.reading.formats.heads import is_head_or_foot
from dinhlang.papers.reading.source import LineKind, Progress, SourceLine

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_GONE = frozenset(W + tag for tag in ("del", "moveFrom"))
_DEPTH = 25
_HEAD_LINES = 12
_LAYOUT_COLUMNS = 3
_TELL_EVERY = 200


class BlockReader:
    """Collects lines; ``read`` may be called for header, body and notes in turn."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.words = WordReader(styles)
        self.lines: list[SourceLine] = []
        self.notes: list[tuple[str, str]] = []
        self.has_decomposed = False
        self._tables = 0
        self._carried = ""

    def read(self, parent: _Element, kind: LineKind, progress: Progress | None = None) -> None:
        """Appends the lines of every block in ``parent``."""
        total = max(1, len(parent))
        for index, child in enumerate(parent):
            if progress and index % _TELL_EVERY == _TELL_EVERY - 1:
                progress(0.2 + 0.75 * index / total, "Đang đọc nội dung tệp Word")
            self._block(child, kind, 0)

    def _blocks(self, parent: _Element, kind: LineKind, depth: int) -> None:
        for child in parent:
            self._block(child, kind, depth)

    def _block(self, element: _Element, kind: LineKind, depth: int) -> None:
        if depth > _DEPTH:
            return
        if element.tag == W + "p":
            self._paragraph(element, kind, depth)
        elif element.tag == W + "tbl":
            self._table(element, kind, depth)
        elif element.tag in _WRAPPERS:
            self._blocks(element, kind, depth + 1)
        elif element.tag == MC + "AlternateContent":
            branch = next(iter(element), None)
            if branch is not None:
                self._blocks(branch, kind, depth + 1)

    def _paragraph(self, paragraph: _Element, kind: LineKind, depth: int) -> None:
        properties = paragraph.find(W + "pPr")
        style = value(properties, "pStyle") or self._styles.default_paragraph
        words = self.words.read(paragraph, style)
        self.notes.extend(words.notes)
        for box in words.before:
            self._blocks(box, "box", depth + 1)
        mark = None if properties is None else properties.find(f"{W}rPr/{W}del")
        text = self._carried + words.text
        if mark is not None:
            # The end of this paragraph was deleted: what is left runs into the next one.
            self._carried = text
        else:
            self._carried = ""
            label = self._label(properties, style)
            if text.strip():
                self._emit(label + text if label else text, words, properties, style, kind)
        for box in words.after:
            self._blocks(box, "box", depth + 1)

    def _emit(
        self, text: str, words: Words, properties: _Element | None, style: str, kind: LineKind
    ) -> None:
        align = value(properties, "jc")
        centred = align == "center" if align else bool(self._styles.look(style).centred)
        bold = words.bold > 0 and words.plain == 0
        for piece in text.split("\n"):
            normal = unicodedata.normalize("NFC", piece).replace("\xad", "")
            self.has_decomposed = self.has_decomposed or len(normal) < len(piece)
            if normal.strip():
                self.lines.append(
                    SourceLine(normal.rstrip(), kind=kind, bold=bold, centred=centred)
                )

    def _label(self, properties: _Element | None, style: str) -> str:
        own = None if properties is None else properties.find(W + "numPr")
        look = self._styles.look(style)
        number = value(own, "numId") or look.number
        if not number or number == "0":
            return ""
        level = number_of(value(own, "ilvl"))
        if level is None:
            level = look.level
        if level is None:
            level = self._numbering.level_of_style(number, style)
        return self._numbering.next_label(number, level)

    def _table(self, table: _Element, kind: LineKind, depth: int) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        rows = [row for row in rows if row]
        if not rows:
            return
        width = max(sum(_span(cell) for cell in row) for row in rows)
        if self._is_layout(table, rows, width):
            self._flatten(rows, width, kind, depth)
            return
        self._tables += 1
        number = self._tables
        for row in rows:
            cells: list[str] = []
            for cell in row:
                text = "" if _continues(cell) else self._cell_text(cell, depth)
                cells += [text] + [""] * (_span(cell) - 1)
            if any(cells):
                self.lines.append(
                    SourceLine(" | ".join(cells), kind="row", cells=tuple(cells), table=number)
                )

    def _cell_text(self, cell: _Element, depth: int) -> str:
        kept, self.lines = self.lines, []
        self._blocks(cell, "row", depth + 1)
        inner, self.lines = self.lines, kept
        return " ".join(" ".join(line.text.split()) for line in inner)

    def _flatten(self, rows: list[list[_Element]], width: int, kind: LineKind, depth: int) -> None:
        """Column by column: the issuer and number on the left, then the motto on the right."""
        for column in range(width):
            for row in rows:
                at = 0
                for cell in row:
                    if at == column and not _continues(cell):
                        self._blocks(cell, kind, depth + 1)
                    at += _span(cell)

    def _is_layout(self, table: _Element, rows: list[list[_Element]], width: int) -> bool:
        if width == 1:
            return True
        if width > _LAYOUT_COLUMNS:
            return False
        texts = ["".join(t.text or "" for t in cell.iter(W + "t")) for row in rows for cell in row]
        if is_head_or_foot(texts):
            return True
        plain = not self._bordered(table)
        return plain and len(rows) <= _LAYOUT_COLUMNS and len(self.lines) < _HEAD_LINES

    def _bordered(self, table: _Element) -> bool:
        properties = table.find(W + "tblPr")
        own = None if properties is None else has_borders(properties.find(W + "tblBorders"))
        if own is None:
            own = self._styles.look(value(properties, "tblStyle")).bordered
        cells = (has_borders(b) for b in table.iter(W + "tcBorders"))
        return bool(own) or any(cells)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == W + "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _span(cell: _Element) -> int:
    span = number_of(value(cell.find(W + "tcPr"), "gridSpan"))
    return min(max(span or 1, 1), 63)


def _continues(cell: _Element) -> bool:
    properties = cell.find(W + "tcPr")
    if properties is None:
        return False
    for tag in ("vMerge", "hMerge"):
        merge = properties.find(W + tag)
        if merge is not None and merge.get(W + "val") != "restart":
            return True
    return False
