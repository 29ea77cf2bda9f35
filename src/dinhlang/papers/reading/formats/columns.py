"""Columns side by side on a page: the head of a paper, and its recipients and signature."""

from __future__ import annotations

from dinhlang.papers.reading.formats.heads import MOTTO, PLACE_DATE, SIGNATURE
from dinhlang.papers.reading.formats.rows import Row, first_word, has_recipients
from dinhlang.papers.reading.source import SourceLine
from dinhlang.vietnamese import fold

_HEAD_ROWS = 14
_FOOT_ROWS = 45
_PADDING = 11.0
"""Points that Word leaves free inside a cell, left and right together."""


def part_page(rows: list[Row], *, is_first: bool) -> list[Row | SourceLine]:
    """Rows with head and foot replaced by their lines, left column first."""
    if not rows:
        return []
    out: list[Row | SourceLine] = list(rows)
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    foot = _foot(rows)
    if foot:
        start, end, middle = foot
        out[start:end] = _read_columns(rows[start:end], middle, left, right)
    head = _head(rows) if is_first else None
    if head and (not foot or head[1] <= foot[0]):
        start, end, middle = head
        out[start:end] = _read_columns(rows[start:end], middle, left, right)
    return out


def _head(rows: list[Row]) -> tuple[int, int, float] | None:
    found = (i for i, row in enumerate(rows[:_HEAD_ROWS]) if _opens_head(row))
    index = next(found, None)
    if index is None:
        return None
    end = index + 1
    for later in range(index, min(len(rows), index + 8)):
        if PLACE_DATE.search(fold(rows[later].text)):
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
    left = fold(row.pieces[0].text)
    right = fold(" ".join(piece.text for piece in row.pieces[1:]))
    return bool(MOTTO.search(right) or (left.startswith("so") and PLACE_DATE.search(right)))


def _foot(rows: list[Row]) -> tuple[int, int, float] | None:
    found = (i for i, row in enumerate(rows) if has_recipients([row]))
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


def _read_columns(rows: list[Row], middle: float, left: float, right: float) -> list[SourceLine]:
    lines: list[SourceLine] = []
    for is_left in (True, False):
        column = []
        for row in rows:
            pieces = [p for p in row.pieces if ((p.x0 + p.x1) / 2 < middle) == is_left]
            if pieces:
                column.append(Row(pieces, row.page))
        lines += _column_lines(column, (left, None) if is_left else (None, right))
    return lines


def _column_lines(rows: list[Row], edges: tuple[float | None, float | None]) -> list[SourceLine]:
    """The lines of a column, of which the outer edge is known: left or right."""
    lines: list[SourceLine] = []
    last: Row | None = None
    for row in rows:
        if last is not None and _is_wrapped(last, row, edges):
            lines[-1].text += " " + row.text
        else:
            lines.append(SourceLine(row.text, page=row.page, bold=row.bold))
        last = row
    return lines


def _is_wrapped(last: Row, row: Row, edges: tuple[float | None, float | None]) -> bool:
    if row.text[:1].islower() or row.text[:1] == "(":
        return not last.text.endswith((".", ";", ":"))
    centre = (last.x0 + last.x1) / 2
    is_centred = abs(centre - (row.x0 + row.x1) / 2) < 4 and last.bold == row.bold
    if not is_centred or last.y - row.y > 1.6 * row.height or not (last.text + row.text).isupper():
        return False
    # Centred lines tell the width of their column from its middle and its outer edge.
    left, right = edges
    half = centre - left if left is not None else (right or centre) - centre
    return last.x1 - last.x0 + first_word(row) + 0.25 * row.height > 2 * half - _PADDING
