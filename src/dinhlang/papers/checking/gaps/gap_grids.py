"""Tables of work against periods, in which some row has no mark at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.gap_wording import is_period_only
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import at as at_line
from dinhlang.papers.plan import Plan

_MARK = re.compile(r"[xX✓✔√+v●•*]|\d{1,3}\s?%?|[xX]{2,}")
_BARE_ROW = re.compile(r"(?!.*\s{2}\S)[^|:;]{3,60}(?<![.,])")
_MARKED_LINE = re.compile(r"\S\s{2,}(?:[xX✓✔√]\s*)+$")
_LEAST_COLUMNS, _LEAST_MARKED = 3, 2


def unmarked_rows(plan: Plan) -> Iterator[tuple[str, Place]]:
    """Rows of a table of periods in which no period has a mark, while the other rows have some."""
    every = paragraphs(plan)
    tables: dict[int, list[Paragraph]] = {}
    for each in every:
        if each.cells:
            tables.setdefault(each.block.table, []).append(each)
    for rows in tables.values():
        columns = rows[0].columns
        dated = [at for at, head in enumerate(columns) if is_period_only(head)]
        if len(dated) < _LEAST_COLUMNS:
            continue
        empty: list[Paragraph] = []
        marked = 0
        for each in rows[1:]:
            cells = [each.cells[at].strip() for at in dated if at < len(each.cells)]
            if any(cells) and all(not cell or _MARK.fullmatch(cell) for cell in cells):
                marked += 1
            elif not any(cells) and len(each.cells) > dated[0] and each.cells[0].strip():
                empty.append(each)
        if marked >= _LEAST_MARKED and rows[-1].number < len(plan.text) - 1:
            # A row set with blanks that has no mark at all looks like the end of its table.
            number = rows[-1].number + 1
            line, behind = (plan.text[at].rstrip() for at in (number - 1, number))
            if _BARE_ROW.fullmatch(line) and _MARKED_LINE.search(behind):
                yield line.strip(), at_line(number, line.strip())
        if marked >= _LEAST_MARKED and len(empty) * 2 <= marked:
            for each in empty:
                yield " ".join(cell for cell in each.cells if cell.strip()), each.said(plan)
