"""Rows of a table: the cells bars part, and rows that only carry on the row above.

A table is ruled outside (“| a | b |”) or between its columns only (“a | b”); in the second, a bar
that begins a line stands behind an empty cell. A row whose first cell is empty and whose words
run on from those above is no row of its own: its cells belong to the cells above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Run = tuple[int, int, int]  # position in the text, line (1-based), column (0-based)
Words = tuple[str, list[Run]]
_INDENT = 4  # blanks before a bar that is no outer rule
_NUMBER = re.compile(r"[\d.,\s%/–-]*")
_RUNS_ON = re.compile(r"[^\W\d_A-ZÀ-ỸĐ]|\d|\(")
_PART_OF = re.compile(r"\W*(?:trong đó|gồm|chia ra|tổng|cộng)\b", re.IGNORECASE)


def is_outer(line: str) -> bool:
    """Whether the first row of a table shows that bars stand outside its columns, too."""
    text = line.strip()
    if not text.startswith("|"):
        return False
    return text.endswith("|") or len(line) - len(line.lstrip()) < _INDENT


def split_row(line: str, *, outer: bool, width: int = 0) -> tuple[str, ...]:
    """The cells of a line parted by bars; ``width`` is that of the row above, 0 if there is none.

    Empty where the line is no row.
    """
    cells = [" ".join(cell.split()) for cell in line.strip().split("|")]
    if outer and not cells[0]:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1] and (outer or len(cells) != width):
        cells = cells[:-1]
    return tuple(cells) if len(cells) >= 2 and any(cells) else ()


def carries_on(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row has no first cell and each of its words runs on from the cell above it."""
    if len(above) != len(cells) or cells[0] or not any(cells) or not any(above):
        return False
    if above[0] and len(above) > 1 and not any(above[1:]):
        return False
    pairs = [(a, b) for a, b in zip(above, cells, strict=True) if b]
    main = max(pairs, key=lambda pair: len(pair[1]))
    if _joins(*main) and main[0][-1] not in ".;:" and _cut(main[0]):
        return not any(_NUMBER.fullmatch(a) or _NUMBER.fullmatch(b) for a, b in pairs)
    return all(_joins(a, b) and (len(pairs) == 1 or a[-1] not in ".;") for a, b in pairs)


_LONG = 24


def _cut(words: str) -> bool:
    """Whether a cell is long enough to have been cut by the width of its column."""
    return len(words) >= _LONG


def _joins(above: str, below: str) -> bool:
    if _PART_OF.match(below) or _NUMBER.fullmatch(below):
        return False
    if not above or _NUMBER.fullmatch(above) or (above[0].isdigit() and below[0].isdigit()):
        return False
    return _RUNS_ON.match(below) is not None


def in_cells(
    lines: Sequence[tuple[Words, Sequence[str]]],
) -> tuple[str, list[Run], tuple[str, ...]]:
    """The text, its runs and the cells of a row set over several lines, cell by cell.

    ``lines`` are the words of each line with the cells that stand in it.
    """
    columns: list[list[Words]] = [[] for _ in lines[0][1]]
    for (text, runs), cells in lines:
        at = 0
        for column, cell in zip(columns, cells, strict=True):
            start = text.find(cell, at) if cell else -1
            if start < 0:
                continue
            at = start + len(cell)
            column.append((cell, _within(text, runs, start, at)))
    text, runs = "", []
    told: list[str] = []
    for column in columns:
        text += " | " if told else ""
        begin = len(text)
        for words, own in column:
            text += " " if len(text) > begin else ""
            runs += [(len(text) + position, line, at) for position, line, at in own]
            text += words
        told.append(text[begin:])
    return text, runs, tuple(told)


def _within(text: str, runs: list[Run], start: int, end: int) -> list[Run]:
    """The runs of a stretch of a text, counted from its beginning."""
    out: list[Run] = []
    for index, (position, line, column) in enumerate(runs):
        stop = runs[index + 1][0] if index + 1 < len(runs) else len(text)
        if stop <= start or position >= end:
            continue
        shift = max(0, start - position)
        out.append((position + shift - start, line, column + shift))
    return out


_LAYOUT = re.compile(
    r"CỘNG H[OÒ][AÀ]|Độc lập|^\W*(?:Số\s*(?:[:\d/…._]|$)|(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\b)"
    r"|ngày\s.{0,12}tháng\b.{0,12}năm|^(?:TM|KT|TL|TUQ)\s*\."
)
_RECIPIENT = re.compile(r"^-\s*\S.*[;.]$")
_AMOUNT = re.compile(r"[\d.,\s%–-]*$")  # a total in capitals beside its number is a row


def is_layout(cells: tuple[str, ...]) -> bool:
    """Whether a row of two cells lays out the head or the foot of the paper."""
    if any(_LAYOUT.search(cell) for cell in cells) or _RECIPIENT.search(cells[0]):
        return True
    amount = any(cell and _AMOUNT.match(cell) for cell in cells)
    return not amount and any(len(c) > 6 and c.isupper() and " " in c for c in cells)
