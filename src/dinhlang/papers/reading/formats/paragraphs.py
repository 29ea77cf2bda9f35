"""Undoes the wrapping of lines: which rows of a page make one paragraph.

Vietnamese has no hyphenation, so a line broke because the next word did not fit. Where the
word would have fitted, the paragraph ended. Where it would not, indents, spacing between
paragraphs, list marks and stops decide.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dinhlang.papers.reading.formats.heads import RECIPIENTS
from dinhlang.papers.reading.formats.rows import GridRow, Row, first_word
from dinhlang.papers.reading.source import SourceLine
from dinhlang.vietnamese import fold

_MARKER = re.compile(
    r"^(?:[-+–—•*▪◦➢✓●■](?!\s?\d{4}\b)\s?|\(?\d{1,2}(?:\.\d{1,2}){0,4}[.)/]\s?(?!\d)|\d{1,2}(?:\.\d{1,2})+\s"
    r"|\(?[a-zđ][.)]\s|[IVXLC]{1,6}[.)/]\s|(?:Điều|Chương|Phần|Mục|Bước) \d|Căn cứ\b|Phụ lục\b)"
)
_BARE_MARKER = re.compile(
    r"^(?:[-+–—•*▪◦➢✓●■]|\(?(?:\d{1,2}|[a-zđA-Z]|[IVXLC]{1,6})[.)/]|(?:\d+\.){1,4}\d*)$"
)
_STOPS = (".", ";", ":", "!", "?", "./.", "…")
_SAME = 3.5
_CENTRE = 8.0
_NARROW = 0.55
_MARGIN = 42.0


@dataclass(slots=True)
class _Measure:
    """Margins and spacing of pages of one size, in points."""

    left: float
    right: float
    pitch: float
    spaced: bool
    indented: bool
    justified: bool = False
    indent: float = -1.0
    trails: bool = False
    """Whether the file keeps the blank at which a line was broken, so that its lack tells."""

    def is_full(self, row: Row, following: Row) -> bool:
        """Whether the first word of ``following`` would not have fitted on ``row``."""
        if self.justified:
            return row.x1 > self.right - 2.0
        return row.x1 + 0.2 * row.height + first_word(following) > self.right - 1.0

    def is_centred(self, row: Row) -> bool:
        if abs(row.x0 - self.indent) < _SAME and row.x1 - row.x0 > 0.3 * (self.right - self.left):
            return False
        off = abs((row.x0 + row.x1) - (self.left + self.right)) / 2
        return off < _CENTRE and row.x0 > self.left + 15 and row.x1 < self.right - 15


def join_paragraphs(
    pages: list[list[Row | GridRow | SourceLine]], widths: dict[int, float]
) -> list[SourceLine]:
    """The lines of a paper from the rows of its pages, in order; other items pass through."""
    measures = _measure(pages, widths)
    lines: list[SourceLine] = []
    open_rows: list[Row] = []

    def close() -> None:
        if open_rows:
            lines.append(_line(open_rows, measures[round(widths[open_rows[0].page])]))
            open_rows.clear()

    for item in (item for page in pages for item in page):
        if isinstance(item, Row):
            measure = measures[round(widths[item.page])]
            if open_rows and not _continues(open_rows, item, measure):
                close()
            open_rows.append(item)
            continue
        close()
        if isinstance(item, GridRow):
            lines.append(
                SourceLine(
                    " | ".join(item.cells), "row", item.cells, table=item.table, page=item.page
                )
            )
        else:
            lines.append(item)
    close()
    return lines


def _line(rows: list[Row], measure: _Measure) -> SourceLine:
    return SourceLine(
        _join(rows, measure),
        page=rows[0].page,
        bold=all(row.bold for row in rows),
        centred=all(measure.is_centred(row) for row in rows[-1:]),
    )


def _join(rows: list[Row], measure: _Measure) -> str:
    """The words of the rows; a line may break inside 19/2019/NQ-HĐND, after the mark."""
    text = rows[0].text
    for last, row in pairwise(rows):
        is_inside = text[-1] in "-/" and text[-2:-1].isalnum()
        if measure.trails:
            is_inside = is_inside or not text[-1].isalnum() or not row.text[0].isalnum()
        text += row.text if is_inside and not last.pieces[-1].spaced else " " + row.text
    return text


def _continues(open_rows: list[Row], row: Row, measure: _Measure) -> bool:
    first, last = open_rows[0], open_rows[-1]
    if RECIPIENTS.match(fold(row.text)):
        return False
    if abs(last.height - row.height) > 0.18 * max(last.height, row.height):
        return False
    if measure.is_centred(row) and _is_middle(last, measure):
        return _is_wrapped_title(last, row, measure)
    if not measure.is_full(last, row):
        return False
    is_next_page = row.page != last.page
    gap = last.y - row.y
    if not is_next_page and gap > measure.pitch + _slack(row):
        return False
    place = _place(open_rows, row, measure)
    if place is not None:
        return place
    if measure.spaced and not is_next_page:
        return True
    if measure.indented and abs(row.x0 - measure.left) < _SAME:
        return True
    ends = last.text.endswith(_STOPS)
    if ends and measure.trails and not last.pieces[-1].spaced and not row.text[0].islower():
        return False
    if _MARKER.match(row.text):
        return not ends and row.text[:1] in "-–" and row.text.lstrip("-– ")[:1].islower()
    if measure.justified:
        return True
    return not (ends and (row.text[:1].isupper() or row.text[0] == "(")) and first.bold == row.bold


def _slack(row: Row) -> float:
    """By how many points lines of one paragraph may stand further apart than usual."""
    return 0.3 * row.height if row.pieces[0].rough else 0.12 * row.height + 0.8


def _place(open_rows: list[Row], row: Row, measure: _Measure) -> bool | None:
    """What the left edge of the row says: goes on, begins anew, or nothing."""
    first = open_rows[0]
    if len(open_rows) > 1:
        if abs(row.x0 - open_rows[1].x0) > _SAME:
            return False
        return True if abs(first.x0 - row.x0) > _SAME else None
    if row.x0 < first.x0 - _SAME:
        return True
    if row.x0 > first.x0 + _SAME:
        hanging = _MARKER.match(first.text) or _BARE_MARKER.match(first.pieces[0].text)
        return bool(hanging) and not _MARKER.match(row.text)
    if measure.indented and first.x0 > measure.left + _SAME:
        return False
    return None


def _is_middle(row: Row, measure: _Measure) -> bool:
    return abs((row.x0 + row.x1) - (measure.left + measure.right)) / 2 < _CENTRE


def _is_wrapped_title(last: Row, row: Row, measure: _Measure) -> bool:
    width = measure.right - measure.left
    if last.bold != row.bold or (last.x1 - last.x0) < 0.6 * width:
        return False
    if row.page != last.page or last.y - row.y > 1.8 * row.height:
        return False
    is_full = last.x1 - last.x0 + 0.2 * row.height + first_word(row) > width - 1
    begins_low = not row.text[:1].isupper()
    return (is_full or begins_low) and not _MARKER.match(row.text)


def _measure(
    pages: list[list[Row | GridRow | SourceLine]], widths: dict[int, float]
) -> dict[int, _Measure]:
    groups: dict[int, list[list[Row]]] = {round(width): [] for width in widths.values()}
    for page in pages:
        rows = [item for item in page if isinstance(item, Row)]
        if rows:
            groups[round(widths[rows[0].page])].append(rows)
    return {width: _measure_group(group, width) for width, group in groups.items()}


def _measure_group(pages: list[list[Row]], width: int) -> _Measure:
    rows = [row for page in pages for row in page]
    if not rows:
        return _Measure(0.0, float(width), 20.0, False, False)
    right = _edge(row.x1 for row in rows)
    long = [row.x1 for row in rows if row.x1 > right - 40]
    spread = Counter(round(x) for x in long)
    common = max(spread, key=lambda x: spread[x - 1] + 1.1 * spread[x] + spread[x + 1])
    near = [x for x in long if abs(x - common) < 1.5]
    justified = len(long) > 5 and len(near) >= 0.6 * len(long)
    if justified:
        right = statistics.median(near)
    full = [row for row in rows if row.x1 > right - 0.12 * (right - min(r.x0 for r in rows))]
    left = _left_edge(rows)
    if right - left < _NARROW * width:
        # Too few long lines to see the margin: the one that the form of papers has.
        right = width - _MARGIN
    measure = _Measure(left, right, 0.0, False, False, justified)
    insets = Counter(round(r.x0) for r in rows if left + 2 * _SAME < r.x0 < left + 90)
    if insets:
        measure.indent = float(max(insets, key=lambda x: insets[x]))
    measure.trails = sum(row.pieces[-1].spaced for row in full) > 0.5 * len(full)
    gaps_inside: Counter[float] = Counter()
    gaps_all: list[float] = []
    starts = indents = 0
    for page in pages:
        for last, row in pairwise(page):
            gap = round((last.y - row.y) * 2) / 2
            if not 0 < gap < 4 * row.height:
                continue
            gaps_all.append(gap)
            if measure.is_full(last, row) and not measure.is_centred(row):
                if not _MARKER.match(row.text) and not row.text[:1].isupper():
                    gaps_inside[gap] += 1
            elif not measure.is_centred(row):
                starts += 1
                indents += left + _SAME * 2 < row.x0 < left + 90
    if gaps_inside:
        measure.pitch = max(gaps_inside, key=lambda g: (gaps_inside[g], -g))
    else:
        measure.pitch = min(gaps_all, default=1.4 * rows[0].height)
    wide = sum(gap > measure.pitch + _slack(rows[0]) for gap in gaps_all)
    measure.spaced = starts > 0 and wide >= 0.6 * starts
    measure.indented = starts > 2 and indents >= 0.5 * starts
    return measure


def _edge(values: Iterable[float]) -> float:
    """The right margin: the greatest edge that two rows share, within 6 points."""
    edges = sorted(values, reverse=True)
    for one, two in pairwise(edges):
        if one - two < 6:
            return float(one)
    return float(edges[0])


def _left_edge(rows: list[Row]) -> float:
    """The left margin: the leftmost edge that some rows share, where lines go on."""
    counts = Counter(round(row.x0) for row in rows)
    few = max(2, round(0.04 * len(rows)))
    shared = [x for x in counts if counts[x - 1] + counts[x] + counts[x + 1] >= few]
    return float(min(shared or counts))
