"""The paper in units that check roles: paragraphs a page has cut put together, rows of any table.

A line that a capital begins in the middle of a sentence is a paragraph of its own for the reader;
here it goes on with the one before. Rows are those the reader knows and lines that two or more
wide gaps cut into the same number of cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from dinhlang.papers.checking.dates.moments import Key, key_of
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import title_line
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold

_OPEN_END = re.compile(r"[^.;:!?…\"”)]$")
_GAP = re.compile(r"\s{2,}|\t+")
# “Nhiệm vụ 2. …”, “TC số 6 - …”: what begins an item of its own.
ENTRY = re.compile(
    r"(?P<kind>Nhiệm vụ|Tiêu chí|TC|Việc|Phần việc|Công trình|Dự án|Mô hình|Nội dung|Nhóm việc"
    r"|Chỉ tiêu)\s*(?:số\s*)?\d{1,2}(?:\.\d{1,2})?(?!\d|\s*(?:%|/))"
    r"(?:\s*[-–:.,()]|\s+[A-ZĐ][^:.;]{2,40}:\s)"
)
_FULL = 60  # letters of a line that the page may have cut
_LEAST_ROWS = 3
_LONGEST_CELL = 80


@dataclass(slots=True)
class Unit:
    """One or more paragraphs as one text; ``starts`` say where each begins in it."""

    text: str
    parts: list[Paragraph]
    starts: list[int] = field(default_factory=lambda: [0])

    @property
    def first(self) -> Paragraph:
        """The paragraph it begins with."""
        return self.parts[0]

    def said(self, plan: Plan, start: int = 0, end: int | None = None) -> Place:
        """The place of the paragraph ``text[start:end]`` begins in."""
        end = len(self.text) if end is None else end
        at = max(i for i, begin in enumerate(self.starts) if begin <= start)
        begin, each = self.starts[at], self.parts[at]
        return each.said(plan, start - begin, min(end - begin, len(each.text)))


@dataclass(slots=True, frozen=True)
class Row:
    """A row with its heads folded; ``table`` is one number for all rows of a table."""

    cells: tuple[str, ...]
    head: tuple[str, ...]
    place: Place
    table: int
    title: str = ""


def units(plan: Plan) -> tuple[Unit, ...]:
    """The paragraphs of the paper without its rows, cut sentences put together again."""
    return _units(key_of(plan))


@lru_cache(maxsize=4)
def _units(key: Key) -> tuple[Unit, ...]:
    out: list[Unit] = []
    lines = key.plan.text
    for each in paragraphs(key.plan):
        if each.cells:
            continue
        last = out[-1] if out else None
        if (
            last
            and each.block.label is None
            and not each.block.bullet
            and each.above == last.parts[-1].above
            and _OPEN_END.search(last.text)
            and last.parts[-1].block.lines[1] + 1 == each.number
            and len(lines[each.number - 2].strip()) > _FULL
            and not each.text.isupper()
            and not ENTRY.match(each.text)
        ):
            last.starts.append(len(last.text) + 1)
            last.parts.append(each)
            last.text += f" {each.text}"
            continue
        out.append(Unit(each.text, [each]))
    return tuple(out)


def rows(plan: Plan) -> tuple[Row, ...]:
    """Rows of every table, without the rows of heads."""
    return _rows(key_of(plan))


@lru_cache(maxsize=4)
def _rows(key: Key) -> tuple[Row, ...]:
    plan = key.plan
    out: list[Row] = []
    known: set[int] = set()
    above = ""
    for each in paragraphs(plan):
        if not each.cells:
            above = each.text
            continue
        known.update(range(each.block.lines[0], each.block.lines[1] + 1))
        if each.cells != each.columns:
            out.append(Row(each.cells, each.head, each.said(plan), each.block.table, above))
    out.extend(_gapped(plan, known))
    return tuple(out)


def _gapped(plan: Plan, known: set[int]) -> Iterator[Row]:
    """Rows set with blanks: lines below each other, each cut into as many cells by wide gaps."""
    group: list[tuple[int, tuple[str, ...]]] = []
    table = -1
    title = title_line(plan) or 0
    for number in range(title + 1, len(plan.text) + 2):
        line = plan.text[number - 1] if number <= len(plan.text) else ""
        cells: tuple[str, ...] = ()
        if number not in known and ("  " in line.strip() or "\t" in line.strip()):
            cells = tuple(cell.strip() for cell in _GAP.split(line.strip()))
            if len(cells) < 2 or max(map(len, cells)) > _LONGEST_CELL:
                cells = ()
        if cells and (not group or len(group[0][1]) == len(cells)):
            group.append((number, cells))
            continue
        if len(group) >= _LEAST_ROWS:
            head = tuple(fold(cell) for cell in group[0][1])
            for at, told in group[1:]:
                quote = max(told, key=len)
                yield Row(told, head, Place(lines=(at, at), quote=quote), table)
            table -= 1
        group = [(number, cells)] if cells else []
