"""Tables as they stand in the text: with bars, with tabs, or set with blanks alone.

A grid is a run of lines that hold words and numbers in columns: rows, the lines of heads above
them, and what stands above those (caption, unit). Cells know the line and the columns they fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from dinhlang.papers.checking.text.places import has_digit
from dinhlang.vietnamese import parse_number, roman
from dinhlang.vietnamese.guarded import any_in

_RULE = re.compile(r"[|\s:+=_-]+")
_GAP = re.compile(r"\t+|[ \u00a0]{2,}")
_MAY_BE_GAP = ("  ", "\t", "\u00a0")
_VALUE = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*(?P<unit>%|[^\W\d_][^\d]{0,18})?"
)
_LABELLED = re.compile(
    r"(?P<label>.{3,80}?):\s*(?P<number>\d[\d.,]*?)(?:\s+(?P<unit>(?:triệu|tỷ)\s+đồng))?"
    r"(?:,?\s*(?:trong đó|gồm|bao gồm)\s*:?)?\s*[.;:]?"
)
_MARK = re.compile(
    r"(?P<mark>[-–+•*]|[IVX]{1,4}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđA-HĐ])(?:[.)/]\s*|\s+|$)"
)
# “Tổng số lao động” among other figures is a figure of its own, no foot.
_FOOT = re.compile(
    r"(?:tổng|cộng|toàn xã|cả xã)(?:\s+(?:số|cộng|chung|các|toàn|xã|nhu|cầu|nguồn|vốn|kinh|phí|dự"
    r"|toán|chi|thu|tiền|khối|lượng|giá|trị|mức|đầu|tư|huy|động|diện|tích|chiều|dài|mục|thôn|ấp|bản"
    r"|xóm|khu|hạng|nguồn|lực|năm|\d+|[IVX]+|[A-D]))*\s*(?:\(.*|[+=:].*)?",
    re.IGNORECASE,
)
_ENDS = (".", ";", "!", "?")
_CAPTION_LINES = 4
_BULLETS = frozenset("-–+•*")


@dataclass(slots=True, frozen=True)
class Cell:
    """The words between two gaps or bars; ``value`` where they are a number, maybe with a unit."""

    text: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""

    @property
    def percent(self) -> bool:
        """Whether it is a number of per cent."""
        return self.unit == "%"


@dataclass(slots=True)
class Row:
    """One line of a grid. ``mark`` is its ordinal or bullet, ``label`` its words."""

    number: int
    cells: list[Cell]
    mark: str = ""
    label: str = ""
    behind: int = 0  # index of the first cell behind the label

    @property
    def values(self) -> list[Cell]:
        """The cells of numbers, the ordinal left out."""
        return [cell for cell in self.cells[self.behind :] if cell.value is not None]

    @property
    def foot(self) -> bool:
        """Whether it states totals."""
        return bool(_FOOT.fullmatch(self.label))

    @property
    def depth(self) -> int:
        """How deep its mark lies; 0 without one."""
        mark = self.mark
        if not mark:
            return 0
        if mark in "-–•*":
            return 8
        if mark == "+":
            return 9
        if mark[0].isdigit():
            return 3 + mark.count(".")
        if mark.isupper() and roman(mark):
            return 1
        return 2 if mark.isupper() else 7


@dataclass(slots=True)
class Grid:
    """Rows below their heads; ``caption`` are the lines right above."""

    barred: bool
    heads: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    caption: str = ""
    cut: bool = False  # whether its list began above, in lines that could not be read as rows

    def column(self, row: Row, of: Cell, like: Row) -> Cell | None:
        """The cell of ``row`` in the column of the cell ``of`` of another row."""
        if self.barred:
            index = like.cells.index(of)
            if len(row.cells) == len(like.cells):
                return row.cells[index]
            back = len(like.cells) - index
            return row.cells[-back] if back <= len(row.cells) else None
        ours, theirs = row.values, like.values
        if len(ours) == len(theirs) and of in theirs:
            return ours[theirs.index(of)]
        near = [cell for cell in row.cells if _apart(cell, of) <= 4]
        return min(near, key=lambda cell: _far(cell, of)) if near else None

    def head(self, of: Cell, like: Row) -> str:
        """The words at the head of the column of a cell."""
        words = []
        for row in self.heads:
            if self.barred:
                index = like.cells.index(of)
                same = len(row.cells) == len(like.cells)
                cell = row.cells[index] if same else None
            else:
                cell = min(row.cells, key=lambda each: _far(each, of), default=None)
                if cell and _apart(cell, of) > 6:
                    cell = None
            if cell:
                words.append(cell.text)
        return " ".join(words)


def _apart(one: Cell, other: Cell) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def _far(one: Cell, other: Cell) -> float:
    return abs((one.start + one.end) / 2 - (other.start + other.end) / 2)


@lru_cache(maxsize=4)
def grids_in(lines: tuple[str, ...]) -> tuple[Grid, ...]:
    """The grids in the lines of a paper, those with bars first; made once for all checks."""
    found = [*_barred(lines), *_blank(lines)]
    return tuple(grid for grid in found if len(grid.rows) >= 2)


def _barred(lines: Sequence[str]) -> Iterator[Grid]:
    grid = Grid(barred=True)
    framed = True
    for number, line in enumerate(lines, 1):
        if "|" not in line:
            if grid.rows or grid.heads:
                yield grid
                grid = Grid(barred=True)
            continue
        if _RULE.fullmatch(line):
            continue
        if not grid.rows and not grid.heads:
            grid.caption = _above(lines, number)
            framed = line.lstrip().startswith("|")
        _take(grid, Row(number, _bar_cells(line, framed)))
    if grid.rows:
        yield grid


def _bar_cells(line: str, framed: bool) -> list[Cell]:
    """The cells between bars; ``framed`` where bars stand at both ends of the rows too."""
    cells = []
    at = 0
    stripped = line.rstrip()
    begin = len(line) - len(line.lstrip())
    if framed and stripped[begin : begin + 1] == "|":
        at = begin + 1
    end = len(stripped) - 1 if framed and stripped.endswith("|") else len(stripped)
    for piece in stripped[at:end].split("|"):
        cells.append(_cell(piece, at))
        at += len(piece) + 1
    return cells


def _cell(piece: str, at: int) -> Cell:
    words = piece.strip(" \t*_\u00a0")
    start = at + piece.find(words) if words else at
    value, unit = None, ""
    match = _VALUE.fullmatch(words.rstrip(" .;"))
    if match:
        value = parse_number(match["number"])
        unit = (match["unit"] or "").strip().lower()
    elif words in ("-", "–", "0"):
        value = Decimal()
    return Cell(words, start, start + max(1, len(words)), value, unit)


def _take(grid: Grid, row: Row) -> None:
    """A row among the rows, or among the heads where nothing but words stands in it."""
    if _numbers_columns(row):
        return
    _label(row)
    valued = [cell for cell in row.cells[1:] if cell.value is not None]
    counted = grid.heads and row.mark.isdigit() and row.cells[0].text == row.mark
    if not grid.rows and not counted and (not valued or all(_is_year(cell) for cell in valued)):
        grid.heads.append(row)
    else:
        grid.rows.append(row)


def _numbers_columns(row: Row) -> bool:
    """Whether it only numbers the columns: “(1) | (2) | (3)”, “A | B | 1 | 2”."""
    numbers = [cell.text.strip("() ") for cell in row.cells]
    plain = [int(text) for text in numbers if text.isdigit()]
    letters = all(len(text) == 1 and text.isupper() for text in numbers if not text.isdigit())
    return len(plain) > 1 and letters and plain == list(range(1, len(plain) + 1))


def _is_year(cell: Cell) -> bool:
    return not cell.unit and cell.value is not None and 1990 <= cell.value <= 2099


def _label(row: Row) -> None:
    """Sets the mark and the label: the first cell of words, its own mark taken off."""
    for index, cell in enumerate(row.cells[:3]):
        if not cell.text:
            continue
        only = _MARK.fullmatch(cell.text)
        if only and not row.mark and index < 2:
            row.mark, row.behind = only["mark"], index + 1
            continue
        if cell.value is not None and index:
            break
        begin = _MARK.match(cell.text)
        words = cell.text
        if begin and not row.mark and not words[begin.end() :][:1].islower():
            row.mark, words = begin["mark"], words[begin.end() :]
        elif begin and begin["mark"] in "-–+•*":
            words = words[begin.end() :]
        row.label, row.behind = words.strip(" *_:"), index + 1
        return


def _above(lines: Sequence[str], number: int) -> str:
    words = []
    for line in reversed(lines[max(0, number - 1 - 2 * _CAPTION_LINES) : number - 1]):
        if line.strip():
            words.append(line.strip())
        if len(words) >= _CAPTION_LINES:
            break
    return " ".join(reversed(words))


def _blank(lines: Sequence[str]) -> Iterator[Grid]:
    """Grids set with blanks or tabs: rows that end in numbers, heads of several pieces above."""
    grid = Grid(barred=False)
    skipped = 0
    for number, line in enumerate(lines, 1):
        if line.strip() and _RULE.fullmatch(line):
            continue  # a line drawn across
        row = _blank_row(number, line) if line.strip() and "|" not in line else None
        if row is not None and _numbers_columns(row):
            continue
        if row is not None and not grid.rows and all(map(_is_year, row.values[1:] or row.values)):
            continue
        if row is not None:
            if not grid.rows:
                grid.heads = _heads(lines, number)
                grid.caption = _above(lines, number - len(grid.heads))
                grid.cut = not grid.heads and _goes_on(lines, number)
            _label(row)
            grid.rows.append(row)
            skipped = 0
        elif grid.rows:
            skipped += 1
            wrapped = 0 < len(line.strip()) < 70 and not line.rstrip().endswith(_ENDS)
            if skipped > 1 or not wrapped:
                yield grid
                grid = Grid(barred=False)
    if grid.rows:
        yield grid


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Whether a first row is the wrapped end of an item, or an item behind others of its mark."""
    own, above = lines[number - 1].lstrip(), lines[number - 2].strip() if number > 1 else ""
    if own[:1].islower():
        return True
    return own[:1] in _BULLETS and above[:1] == own[:1] and not above.endswith(":")


def _pieces(line: str) -> list[Cell]:
    cells = []
    at = 0
    gaps = _GAP.finditer(line) if any_in(_MAY_BE_GAP, line) else ()
    for gap in [*gaps, None]:
        end = gap.start() if gap else len(line)
        if line[at:end].strip():
            cells.append(_cell(line[at:end], at))
        at = gap.end() if gap else end
    return cells


def _blank_row(number: int, line: str) -> Row | None:
    """A line of words and, behind a gap, at least one number; or “label: 22,0, trong đó”."""
    if not has_digit(line):
        return None
    cells = _pieces(line)
    if len(cells) >= 2 and any(cell.value is not None for cell in cells[1:]):
        if _MARK.fullmatch(cells[0].text) and len(cells) == 2 and cells[1].value is None:
            return None
        if all(cell.value is None or len(cell.text) > 24 for cell in cells[1:]):
            return None
        return Row(number, cells)
    match = _LABELLED.fullmatch(line.strip()) if ":" in line else None
    value = parse_number(match["number"].rstrip(".,")) if match else None
    if match is None or value is None:
        return None
    start = line.index(match["number"], line.index(match["label"]) + len(match["label"]))
    words = match["number"].rstrip(".,")
    label_start = line.index(match["label"])
    return Row(
        number,
        [
            Cell(match["label"], label_start, label_start + len(match["label"])),
            Cell(words, start, start + len(words), value, match["unit"] or ""),
        ],
    )


def _heads(lines: Sequence[str], number: int) -> list[Row]:
    """The lines of several pieces without numbers right above the first row."""
    heads: list[Row] = []
    for at in range(number - 1, max(0, number - 4), -1):
        line = lines[at - 1]
        if line.strip() and _RULE.fullmatch(line):
            continue
        cells = _pieces(line) if line.strip() and "|" not in line else []
        if len(cells) < 2 or any(c.value is not None and not _is_year(c) for c in cells):
            break
        heads.insert(0, Row(at, cells))
    return heads
