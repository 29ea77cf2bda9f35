"""From pieces of text with places on a page to lines of a paper: rows, columns, paragraphs.

Used for PDF files and for scans alike. Places are in points with the origin at the lower left.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dinhlang.papers.reading.formats.heads import MOTTO, PLACE_DATE, RECIPIENTS, SIGNATURE
from dinhlang.papers.reading.source import SourceLine
from dinhlang.vietnamese import fold

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.I)
_MARGIN = 0.085
_REPEATED = 0.6
_HEAD_ROWS = 14
_FOOT_ROWS = 45
_SHORT = 3
_NOTE = re.compile(r"^\[?\d{1,2}\]?(?![\d.,)/%])\s*[^\W\d]")


@dataclass(slots=True)
class Piece:
    """A run of text on one line, without wide gaps."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    bold: bool = False
    spaced: bool = False
    """Whether a blank stands at its end in the file."""

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(slots=True)
class Row:
    """One visual line of a page: its pieces from left to right."""

    pieces: list[Piece]
    page: int
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    height: float = 0.0
    text: str = ""
    bold: bool = False

    def __post_init__(self) -> None:
        self.pieces.sort(key=lambda piece: piece.x0)
        self.x0 = self.pieces[0].x0
        self.x1 = max(piece.x1 for piece in self.pieces)
        biggest = max(self.pieces, key=lambda piece: len(piece.text))
        self.y, self.height = biggest.y0, biggest.height
        self.text = " ".join(piece.text for piece in self.pieces)
        self.bold = all(piece.bold for piece in self.pieces)


@dataclass(slots=True)
class GridRow:
    """One row of a ruled table; ``columns`` are the places of its vertical lines."""

    cells: tuple[str, ...]
    page: int
    top: float
    table: int
    columns: tuple[float, ...] = ()


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    grid: list[GridRow] = field(default_factory=list)
    picture: float = 0.0
    """The share of the page that its largest picture covers, 0…1."""

    @property
    def letters(self) -> int:
        """How many letters and digits stand on it."""
        texts = [p.text for p in self.pieces] + [c for row in self.grid for c in row.cells]
        return sum(char.isalnum() for text in texts for char in text)


def read_pages(pages: Sequence[Page]) -> list[SourceLine]:
    """The lines of a paper: paragraphs whole, columns of head and foot one after the other."""
    from dinhlang.papers.reading.formats.paragraphs import join_paragraphs

    rows = [group_rows(page) for page in pages]
    rows = _without_furniture(pages, rows)
    body, notes = _without_footnotes(rows)
    items: list[list[Row | GridRow | SourceLine]] = []
    _number_tables(pages)
    for index, page in enumerate(pages):
        mixed: list[Row | GridRow | SourceLine] = []
        mixed += _columns(body[index], page, is_first=index == 0)
        for grid_row in page.grid:
            at = next(
                (
                    i
                    for i, item in enumerate(mixed)
                    if isinstance(item, Row) and item.y < grid_row.top
                ),
                len(mixed),
            )
            mixed.insert(at, grid_row)
        items.append(mixed)
    return join_paragraphs(items, {page.number: page.width for page in pages}) + notes


def group_rows(page: Page) -> list[Row]:
    """The pieces of a page in rows, top to bottom; small raised text stays in its row."""
    rows: list[list[Piece]] = []
    for piece in sorted(_without_doubles(page.pieces), key=lambda p: -(p.y0 + p.y1)):
        middle = (piece.y0 + piece.y1) / 2
        for row in rows[-3:]:
            mate = row[0]
            apart = abs((mate.y0 + mate.y1) / 2 - middle)
            if apart < 0.45 * min(mate.height, piece.height) + 0.5 and not _clash(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [Row(row, page.number) for row in rows]


def _without_doubles(pieces: list[Piece]) -> list[Piece]:
    """Without what is drawn a second time in its place, as for make-believe bold."""
    kept: list[Piece] = []
    same: dict[str, list[Piece]] = {}
    for piece in pieces:
        same.setdefault(piece.text, []).append(piece)
    for piece in pieces:
        others = pieces if len(piece.text) <= _SHORT else same[piece.text]
        if not any(_repeats(piece, other) for other in others):
            kept.append(piece)
        else:
            same[piece.text].remove(piece)
            piece.text = ""
    return kept


def _repeats(piece: Piece, other: Piece) -> bool:
    return (
        other is not piece
        and abs(other.y0 - piece.y0) < 2
        and other.x0 - 2 < piece.x0
        and piece.x1 < other.x1 + 2
        and piece.text in other.text
    )


def _clash(row: list[Piece], piece: Piece) -> bool:
    """Whether another text stands in the place of this one already."""
    return any(p.x0 < piece.x1 - 2 and piece.x0 < p.x1 - 2 for p in row)


def _without_furniture(pages: Sequence[Page], rows: list[list[Row]]) -> list[list[Row]]:
    """Drops page numbers, and headers and footers that most pages share."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, page_rows in zip(pages, rows, strict=True):
        seen.update({key for row in page_rows if (key := _furniture_key(page, row))})
    many = max(2, round(_REPEATED * len(pages)))
    kept = []
    for page, page_rows in zip(pages, rows, strict=True):
        body = []
        for row in page_rows:
            key = _furniture_key(page, row)
            if key and (_PAGE_NUMBER.match(row.text) or seen[key] >= many):
                continue
            body.append(row)
        kept.append(body)
    return kept


def _furniture_key(page: Page, row: Row) -> tuple[str, int] | None:
    near_edge = row.y > page.height * (1 - _MARGIN) or row.y < page.height * _MARGIN
    if not near_edge:
        return None
    return re.sub(r"\d+", "#", row.text), round(row.y / 6)


def _without_footnotes(rows: list[list[Row]]) -> tuple[list[list[Row]], list[SourceLine]]:
    """Small print at the foot of a page that begins with a number, apart from the text."""
    heights = Counter(round(row.height) for page in rows for row in page)
    usual = heights.most_common(1)[0][0] if heights else 0
    notes: list[SourceLine] = []
    body = []
    for page in rows:
        start = len(page)
        while start > 0 and page[start - 1].height < 0.87 * usual:
            start -= 1
        run = page[start:]
        if run and start > 0 and _NOTE.match(run[0].text) and not _has_foot(run):
            notes.append(
                SourceLine(" ".join(row.text for row in run), kind="note", page=run[0].page)
            )
            body.append(page[:start])
        else:
            body.append(page)
    return body, notes


def _has_foot(rows: list[Row]) -> bool:
    return any(RECIPIENTS.match(fold(row.pieces[0].text).lstrip(" */")) for row in rows)


def _number_tables(pages: Sequence[Page]) -> None:
    """A table with the same columns at the top of the next page is the same table."""
    number = 0
    last: GridRow | None = None
    header: tuple[str, ...] = ()
    for page in pages:
        kept: list[GridRow] = []
        seen = -1
        for row in page.grid:
            if row.table != seen:
                seen = row.table
                follows = (
                    last is not None
                    and last.page == row.page - 1
                    and not kept
                    and _same_columns(last.columns, row.columns)
                )
                if not follows:
                    number += 1
                    header = row.cells
                elif row.cells == header:
                    continue
            last = row
            kept.append(GridRow(row.cells, row.page, row.top, number, row.columns))
        page.grid = kept


def _same_columns(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return len(one) == len(two) and all(abs(a - b) < 4 for a, b in zip(one, two, strict=True))


def _columns(rows: list[Row], page: Page, *, is_first: bool) -> list[Row | SourceLine]:
    """Rows with head and foot replaced by their lines, left column first."""
    out: list[Row | SourceLine] = list(rows)
    foot = _foot(rows)
    if foot:
        start, end, middle = foot
        out[start:end] = _read_columns(rows[start:end], middle)
    head = _head(rows, page) if is_first else None
    if head and (not foot or head[1] <= foot[0]):
        start, end, middle = head
        out[start:end] = _read_columns(rows[start:end], middle)
    return out


def _head(rows: list[Row], page: Page) -> tuple[int, int, float] | None:
    found = (i for i, row in enumerate(rows[:_HEAD_ROWS]) if _opens_head(row))
    index = next(found, None)
    if index is None:
        return None
    end = index + 1
    for later in range(index, min(len(rows), index + 8)):
        if PLACE_DATE.search(fold(rows[later].pieces[-1].text)):
            end = later + 1
            break
    else:
        for later in range(index + 1, min(len(rows), index + 4)):
            if len(rows[later].pieces) > 1:
                end = later + 1
    for start in range(0, index + 1):
        middle = _clear_strip(rows[start:end])
        if middle is not None:
            while end < len(rows) and rows[end].x1 < middle and rows[end].x0 > rows[end].height:
                if rows[end - 1].y - rows[end].y > 2 * rows[end].height:
                    break
                end += 1
            return start, end, middle
    return None


def _opens_head(row: Row) -> bool:
    if len(row.pieces) < 2:
        return False
    left, right = fold(row.pieces[0].text), fold(row.pieces[-1].text)
    return bool(MOTTO.search(right) or (left.startswith("so") and PLACE_DATE.search(right)))


def _foot(rows: list[Row]) -> tuple[int, int, float] | None:
    found = (i for i, row in enumerate(rows) if _has_foot([row]))
    index = next(found, None)
    if index is None:
        return None
    start = index
    for back in (1, 2):
        if index >= back and SIGNATURE.search(fold(rows[index - back].text)):
            start = index - back
    last = min(len(rows), index + _FOOT_ROWS)
    for end in range(last, index + 1, -1):
        middle = _clear_strip(rows[start:end])
        if middle is not None:
            return start, end, middle
    return None


def _clear_strip(rows: list[Row]) -> float | None:
    """The middle of a strip from top to bottom without text, where both sides hold some."""
    spans = sorted((piece.x0, piece.x1) for row in rows for piece in row.pieces)
    if not spans:
        return None
    left, right = spans[0][0], max(x1 for _, x1 in spans)
    best: tuple[float, float] | None = None
    reach = spans[0][1]
    for x0, x1 in spans:
        inside = left + 0.15 * (right - left) < x0 and reach < right - 0.15 * (right - left)
        if x0 - reach > 5 and inside and (best is None or x0 - reach > best[0]):
            best = (x0 - reach, (x0 + reach) / 2)
        reach = max(reach, x1)
    return best[1] if best else None


def _read_columns(rows: list[Row], middle: float) -> list[SourceLine]:
    lines: list[SourceLine] = []
    for is_left in (True, False):
        column = []
        for row in rows:
            pieces = [p for p in row.pieces if ((p.x0 + p.x1) / 2 < middle) == is_left]
            if pieces:
                column.append(Row(pieces, row.page))
        lines += _column_lines(column)
    return lines


def _column_lines(rows: list[Row]) -> list[SourceLine]:
    lines: list[SourceLine] = []
    for row in rows:
        text = row.text
        wrapped = (
            lines
            and (text[:1].islower() or text[:1] in "(")
            and not lines[-1].text.endswith((".", ";", ":"))
        )
        if wrapped:
            lines[-1].text += " " + text
        else:
            lines.append(SourceLine(text, page=row.page, bold=row.bold))
    return lines


def usual_height(rows: Sequence[Row]) -> float:
    """The middle height of rows; 12 points where there are none."""
    return statistics.median(row.height for row in rows) if rows else 12.0
