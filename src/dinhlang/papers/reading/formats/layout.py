"""From pieces of text with places on a page to lines of a paper: rows, columns, paragraphs.

Used for PDF files and for scans alike. Places are in points with the origin at the lower left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dinhlang.papers.reading.formats.columns import part_page
from dinhlang.papers.reading.formats.paragraphs import join_paragraphs
from dinhlang.papers.reading.formats.rows import GridRow, Page, Row, group_rows, has_recipients
from dinhlang.papers.reading.source import SourceLine

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.I)
_MARGIN = 0.085
_REPEATED = 0.6
_NOTE = re.compile(r"^\[?\d{1,2}\]?(?![\d.,)/%])\s*[^\W\d]")


def read_pages(pages: Sequence[Page]) -> list[SourceLine]:
    """The lines of a paper: paragraphs whole, columns of head and foot one after the other."""
    rows = [group_rows(page) for page in pages]
    rows = _without_furniture(pages, rows)
    body, notes = _without_footnotes(rows)
    items: list[list[Row | GridRow | SourceLine]] = []
    _number_tables(pages)
    for index, page in enumerate(pages):
        mixed: list[Row | GridRow | SourceLine] = []
        mixed += part_page(body[index], is_first=index == 0)
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
        if run and start > 0 and _NOTE.match(run[0].text) and not has_recipients(run):
            notes.append(
                SourceLine(" ".join(row.text for row in run), kind="note", page=run[0].page)
            )
            body.append(page[:start])
        else:
            body.append(page)
    return body, notes


def _number_tables(pages: Sequence[Page]) -> None:
    """Numbers tables from 1; the same columns at the top of the next page go on with one.

    There a repeated header is dropped, and a row that the page cut is put together.
    """
    number = 0
    last: GridRow | None = None
    header: tuple[str, ...] = ()
    for page in pages:
        kept: list[GridRow] = []
        current = -1
        for row in page.grid:
            is_new = row.table != current
            current = row.table
            follows = last is not None and last.page == row.page - 1 and not kept
            if follows and last is not None and _same_columns(last.columns, row.columns):
                if row.cells == header:
                    continue
                if _is_rest(last, row):
                    last.cells = tuple(
                        f"{one} {two}".strip()
                        for one, two in zip(last.cells, row.cells, strict=True)
                    )
                    continue
            elif is_new:
                number += 1
                header = row.cells
            last = GridRow(row.cells, row.page, row.top, number, row.columns)
            kept.append(last)
        page.grid = kept


def _is_rest(last: GridRow, row: GridRow) -> bool:
    """Whether a row at the top of a page holds the rest of the last one: no number, no capital."""
    filled = [(one, two) for one, two in zip(last.cells, row.cells, strict=True) if two]
    return not row.cells[0] and all(one and two[0].islower() for one, two in filled)


def _same_columns(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return len(one) == len(two) and all(abs(a - b) < 4 for a, b in zip(one, two, strict=True))
