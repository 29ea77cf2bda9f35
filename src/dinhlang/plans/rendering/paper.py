"""The paper as it looks: head in two columns, title, body, tables, recipients and signature.

Only the layout is decided here; the words and their line numbers are those of the plan's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from dinhlang.papers.plan import Plan, Section
from dinhlang.vietnamese import fold

from .items import Entry
from .marks import LineMarks, Run, place, runs

Shape = Literal["head", "title", "line", "table", "foot"]

TITLES = (
    "ke hoach", "bao cao", "quyet dinh", "to trinh", "thong bao", "de an", "chuong trinh",
    "huong dan", "bien ban", "nghi quyet", "cong van",
)  # fmt: skip
TO_FILL = re.compile(r"(?:[Ss]ố\s*:?|ngày|tháng)\s*$")
RIGHT_HEAD = re.compile(r"cong hoa xa hoi|doc lap\s*[-–]|ngay\b.*\bthang\b|^\s*thang\b.*nam")
BASIS = re.compile(r"^(can cu|thuc hien|theo|xet)\b")
RECIPIENTS = re.compile(r"^noi nhan\b")
SIGNING = re.compile(r"^(tm|kt|tl|tuq|q)\s?\.|^(chu tich|pho chu tich|truong ban|pho truong ban)$")
AFTER_FOOT = re.compile(r"^(phu luc|bieu|mau so)\b")
SIGNATURE_LINES = 8
HEAD_LINES, TITLE_LINES, LONG_HEADING = 40, 6, 160
CELLS = " | "


@dataclass(slots=True)
class Piece:
    """One line of the paper, or the part of it that stands in one column or cell."""

    number: int
    runs: list[Run]
    style: str = ""
    bar: str = ""
    whole: list[int] = field(default_factory=list)
    severity: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing of it shows."""
        return not any(run.text.strip() for run in self.runs)


@dataclass(slots=True)
class Row:
    """One row of a table; ``head`` where it names the columns.

    A row shorter than its table has one merged cell, ``wide`` columns across: the first one in a
    row that ends in a figure (a total), else the last one.
    """

    number: int
    cells: list[Piece]
    head: bool = False
    wide: int = 1

    @property
    def is_total(self) -> bool:
        """Whether it is the first cell that was merged."""
        return self.cells[-1].style == "figure"


@dataclass(slots=True)
class Block:
    """A part of the paper; which fields are filled follows from ``shape``."""

    shape: Shape
    pieces: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chapter:
    """An entry of the table of contents."""

    label: str
    title: str
    level: int
    line: int


def chapters(plan: Plan) -> list[Chapter]:
    """The outline down to its second level, flattened."""
    return [
        Chapter(s.label, s.title.strip(" *_#;:"), s.level, s.lines[0])
        for s in _sections(plan.outline)
        if s.level <= 2
    ]


def _sections(outline: list[Section]) -> Iterator[Section]:
    for section in outline:
        yield section
        yield from _sections(section.children)


def blocks(plan: Plan, entries: list[Entry]) -> list[Block]:
    """The whole paper, top to bottom, every line of the text in it exactly once or (a line that
    holds two columns) in two pieces."""
    return _Layout(plan, entries).build()


class _Layout:
    def __init__(self, plan: Plan, entries: list[Entry]) -> None:
        self.plan = plan
        self.text = plan.text
        self.marks = place(entries, self.text)
        self.levels = {s.lines[0]: s for s in _sections(plan.outline)}
        self.title_at = self._find_title()
        self.foot_at = self._find_foot()

    def build(self) -> list[Block]:
        found: list[Block] = []
        line = 1
        if self.title_at:
            if self.title_at > 1:
                found.append(self._head(self.title_at - 1))
            title, line = self._title(self.title_at)
            found.append(title)
        while line <= len(self.text):
            if line == self.foot_at:
                block, line = self._foot(line)
            elif self._is_row(line):
                block, line = self._table(line)
            else:
                block, line = Block("line", [self._piece(line, self._style(line))]), line + 1
            if block.rows or block.right or any(not p.blank for p in block.pieces):
                found.append(block)
        return found

    def _piece(self, line: int, style: str = "", start: int = 0, end: int | None = None) -> Piece:
        marks = self.marks.get(line)
        piece = Piece(line, runs(self.text[line - 1], marks, start, end), style)
        if marks and marks.whole:
            _own_line(piece, marks)
        return piece

    def _plain(self, line: int) -> str:
        return fold(self.text[line - 1].strip(" *_#\t"))

    # Head and title

    def _find_title(self) -> int:
        for line in range(1, min(HEAD_LINES, len(self.text)) + 1):
            bare = self.text[line - 1].strip(" *_#\t")
            if self._plain(line).startswith(TITLES) and bare[:7] == bare[:7].upper():
                return line
        lines = self.plan.document.lines
        return lines[0] if lines and self.plan.document.title and lines[0] > 1 else 0

    def _head(self, last: int) -> Block:
        block = Block("head")
        for line in range(1, last + 1):
            raw = self.text[line - 1]
            if not raw.strip():
                continue
            left, right = _columns(raw)
            if left:
                block.pieces.append(self._piece(line, self._head_style(raw[: left[1]]), *left))
            if right:
                block.right.append(self._piece(line, self._head_style(raw[right[0] :]), *right))
        return block

    @staticmethod
    def _head_style(text: str) -> str:
        plain = fold(text)
        if "ngay" in plain and "thang" in plain:
            return "place-date"
        if re.match(r"\s*(so|v/v)\b", plain):
            return "number"
        return "motto" if "doc lap" in plain else "strong"

    def _title(self, first: int) -> tuple[Block, int]:
        wanted = fold(self.plan.document.title or "")
        block = Block("title", [self._piece(first, "title-kind")])
        line = first + 1
        while line <= len(self.text) and len(block.pieces) < TITLE_LINES:
            plain = self._plain(line)
            if plain:
                fits = plain in wanted if wanted else _may_be_title(self.text[line - 1], plain)
                if not fits or line in self.levels:
                    break
                block.pieces.append(self._piece(line))
            line += 1
        return block, line

    # Body

    def _style(self, line: int) -> str:
        section = self.levels.get(line)
        if section:
            long = len(self.text[line - 1].strip()) > LONG_HEADING
            return "long-heading" if long else f"heading-{min(section.level, 3)}"
        first_section = min(self.levels, default=len(self.text) + 1)
        if line < first_section and BASIS.match(self._plain(line)):
            return "basis"
        return "para"

    def _is_row(self, line: int) -> bool:
        return CELLS in self.text[line - 1] or self.text[line - 1].strip().startswith("|")

    def _table(self, first: int) -> tuple[Block, int]:
        line = first
        rows: list[Row] = []
        while line <= len(self.text) and self._is_row(line):
            if re.search(r"[^\s|:-]", self.text[line - 1]):
                rows.append(Row(line, self._cells(line)))
            line += 1
        if len(rows) == 1 and len(rows[0].cells) < 3:
            return Block("line", [self._piece(first, "para")]), first + 1
        for row in rows:
            row.cells = _merged(row.cells)
        width = max((len(row.cells) for row in rows), default=1)
        for row in rows:
            row.wide = width - len(row.cells) + 1
        if rows:
            told = "".join(run.text for cell in rows[0].cells for run in cell.runs)
            rows[0].head = len(rows) > 1 and not re.search(r"\d{2}|\d,\d", told)
        return Block("table", rows=rows), line

    def _cells(self, line: int) -> list[Piece]:
        raw = self.text[line - 1]
        first = len(raw) - len(raw.lstrip(" |"))
        last = len(raw.rstrip(" |"))
        bars = [at for at, sign in enumerate(raw) if sign == "|" and first <= at < last]
        edges = [first - 1, *bars, last]
        return [
            self._piece(line, _cell_style(raw[a + 1 : b]), a + 1, b) for a, b in pairwise(edges)
        ]

    # Foot

    def _find_foot(self) -> int:
        signed = self.plan.document.signatory
        starts = [
            line
            for line in range(len(self.text) // 2, len(self.text) + 1)
            if line and RECIPIENTS.match(self._plain(line))
        ][-1:]
        if signed and signed.lines and signed.lines[0] > len(self.text) // 2:
            starts.append(signed.lines[0])
        return min(starts, default=0)

    def _foot(self, first: int) -> tuple[Block, int]:
        block = Block("foot")
        signed = self.plan.document.signatory
        sign = signed.lines if signed and signed.lines else (0, -1)
        right = False
        line = first
        while line <= len(self.text):
            plain = self._plain(line)
            if plain:
                lead = bool(RECIPIENTS.match(plain))
                signs = sign[0] <= line <= sign[1] or bool(SIGNING.match(plain))
                full = len(block.right) >= SIGNATURE_LINES
                if AFTER_FOOT.match(plain) or (full and not lead):
                    break
                right = not lead and (right or signs)
                self._into_foot(block, line, right, lead)
            line += 1
        return block, line

    def _into_foot(self, block: Block, line: int, right: bool, lead: bool) -> None:
        if right:
            letters = self.text[line - 1].strip(" *_#\t(")
            block.right.append(self._piece(line, "strong" if letters.isupper() else "name"))
        else:
            block.pieces.append(self._piece(line, "lead" if lead else ""))


def _own_line(piece: Piece, marks: LineMarks) -> None:
    items = [entry for entry in marks.whole if not entry.severity]
    findings = [entry for entry in marks.whole if entry.severity]
    piece.whole = [entry.id for entry in (*findings, *items)]
    piece.bar = items[0].kind.mark if items else ""
    order = ("error", "warning", "note")
    piece.severity = min((f.severity for f in findings), key=order.index, default="")


def _columns(raw: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where the left and the right column of a line of the head are."""
    plain = fold(raw)
    if not RIGHT_HEAD.search(plain):
        return (0, len(raw)), None
    for gap in re.finditer(r"\s*\t\s*|\s{4,}|\s\|\s", raw):
        left, right = raw[: gap.start()], raw[gap.end() :]
        if TO_FILL.search(left):
            continue  # room for a number or a day is no gap between columns
        if left.strip() and RIGHT_HEAD.search(fold(right)):
            return (0, gap.start()), (gap.end(), len(raw))
    return None, (0, len(raw))


def _may_be_title(raw: str, plain: str) -> bool:
    if raw.lstrip().startswith("#"):
        return True
    starts_body = BASIS.match(plain) or re.match(r"[ivx]+\.|\d", plain)
    return len(raw.strip()) <= 200 and not starts_body


def _merged(cells: list[Piece]) -> list[Piece]:
    """The cells of a total's row without the empty ones between its words and its figure."""
    words = "".join(run.text for run in cells[0].runs)
    if cells[-1].style != "figure" or not re.search(r"[^\W\d_]{3}", words):
        return cells
    return [cells[0], *(cell for cell in cells[1:] if not cell.blank)]


def _cell_style(text: str) -> str:
    return "figure" if re.fullmatch(r"\s*[-+≥≤<>]?\s*[\d.,]+\s*%?\s*", text) else ""
