"""Dated rows: each cell that is a period governs the other cells of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.papers.checking.dates.dated_words import Moment, in_text, make_moment, year_in
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.text.gap_wording import is_period_only
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.own_criterion import TC
from dinhlang.papers.checking.text.paragraphs import Paragraph
from dinhlang.vietnamese import PeriodMatch

_NO_WORDS = re.compile(r"[\W\d_]*$")
_WHEN_COLUMN = re.compile(
    r"thoi gian|thoi han|^han\b|tien do|hoan thanh|\bxong\b|^(?:quy|thang|ngay|ky)\b|thoi diem"
    r"|bat dau|ket thuc|khoi cong|lo trinh"
)
_WHO_COLUMN = re.compile(
    r"chu tri|phoi hop|cung (?:thuc hien|lam)|tham gia|phu trach|trach nhiem"
    r"|don vi thuc hien|co quan|nguoi|dau moi|^ai |noi thuc hien|^tt$|^stt$"
)


@dataclass(slots=True)
class Above:
    """The periods of the last dated row, which empty cells below it go on with."""

    table: int = -1
    first: str = ""
    dated: tuple[tuple[int, PeriodMatch], ...] = ()

    def over(self, each: Paragraph) -> list[tuple[int, PeriodMatch]]:
        """The periods a row without any of its own stands under: its cells there are empty."""
        if each.block.table != self.table or not self.dated:
            return []
        empty = all(at < len(each.cells) and not each.cells[at].strip() for at, _ in self.dated)
        return list(self.dated[:1]) if empty and self.dated[0][0] == 0 else []


def in_row(each: Paragraph, year: int | None, above: Above) -> Iterator[Moment]:
    """Cells that are a period: each governs the other cells of its row."""
    cells = each.cells
    if cells == each.columns and not _first_of_all(cells):
        return
    year = year or _year_of_row(each, above)
    goes_on = above.table == each.block.table and not cells[0].strip()
    above.first = above.first if goes_on else cells[0]
    dated: list[tuple[int, PeriodMatch]] = []
    for at, cell in enumerate(cells):
        named = any(letter.isdigit() for letter in cell) or "uý" in cell
        if not named and cell.strip() not in ("I", "II", "III", "IV"):
            continue
        for period in _cell_periods(cell, year, each.head[at] if at < len(each.head) else ""):
            if len(period.text) * 2.2 >= len(cell.strip()) or _when(each, at):
                dated.append((at, period))
                break
    if dated:
        above.table, above.dated = each.block.table, tuple(dated)
    else:
        dated = above.over(each)
    if not dated:
        yield from in_text(each, periods_in(each.text, year))
        return
    if year is not None:
        yield from _inside_cells(each, year, dated)
    words = " – ".join(
        cell for at, cell in enumerate(cells)
        if at not in {at for at, _ in dated} and not _who(each, at) and not _NO_WORDS.match(cell)
    )  # fmt: skip
    if goes_on and TC.search(above.first):
        words = f"{above.first} – {words}"
    dated_words: list[tuple[int, PeriodMatch, str]] = []
    for at, period in dated:
        if any(_inside(other, period) for _, other in dated):
            continue  # “Quý IV | 11 | …”: the month says more
        for each_period, told in _all_in(cells[at], period, year) if _when(each, at) else ():
            dated_words.append((at, each_period, f"{words} – {told}"))
        if not dated_words or dated_words[-1][0] != at:
            dated_words.append((at, period, words))
    for at, period, told in dated_words:
        moment = make_moment(
            each, 0, 0, 0, len(each.text), period, words=told,
            column=each.columns[at] if at < len(each.columns) else "",
            within=next((p for a, p in dated if a != at and p.kind in ("quarter", "half")), None),
        )  # fmt: skip
        if moment:
            yield moment


def _year_of_row(each: Paragraph, above: Above) -> int | None:
    """The year its first period, or that of the row it goes on with, says: “Quý IV/2026 | …”."""
    own = next((p for cell in each.cells for p in periods_in(cell, None)), None)
    if own is None and above.table == each.block.table and above.dated:
        own = above.dated[0][1]
    return year_in(own)


def _all_in(cell: str, first: PeriodMatch, year: int | None) -> Iterator[tuple[PeriodMatch, str]]:
    """Each of several periods of a cell with its words: “Lắp tháng 8; nghiệm thu tháng 11”."""
    found = periods_in(cell, year)
    if first not in found[:-1]:
        return
    at = 0
    for period in found:
        told = cell[at : period.start].strip(" ,;.")
        at = period.end
        if len(content(told)) < 1:
            return
        yield period, told


def _first_of_all(cells: tuple[str, ...]) -> bool:
    """Whether the first row of a table is no head but the first period: “Tháng 3 | Họp …”."""
    if not is_period_only(cells[0]) or any(map(is_period_only, cells[1:])):
        return False
    return len(max(cells[1:], key=len)) > _LONG_HEAD


_LONG_HEAD = 24


def _inside(one: PeriodMatch, other: PeriodMatch) -> bool:
    """Whether a month lies in a quarter, both cells of one row."""
    if (one.kind, other.kind) != ("month", "quarter") or one.first is None or other.first is None:
        return False
    return other.first <= one.first and (one.last or one.first) <= (other.last or other.first)


def _inside_cells(
    each: Paragraph, year: int, dated: list[tuple[int, PeriodMatch]]
) -> Iterator[Moment]:
    """Dates told inside the words of a row that has its period: “Tháng 11 huyện kiểm tra; …”."""
    begin = 0
    columns = {at for at, _ in dated}
    for at, cell in enumerate(each.cells):
        start = each.text.find(cell, begin) if cell else -1
        if start < 0:
            continue
        begin = start + len(cell)
        if at in columns or _who(each, at) or not any(letter.isdigit() for letter in cell):
            continue
        inside = [p for p in periods_in(each.text, year) if start <= p.start and p.end <= begin]
        yield from in_text(each, [p for p in inside if p.kind != "year"], cell=(start, begin))


def _cell_periods(cell: str, year: int | None, head: str) -> list[PeriodMatch]:
    """The periods of a cell; a column of months, quarters or days may hold bare numbers."""
    found = periods_in(cell, year)
    if found:
        return found
    bare = re.fullmatch(
        r"\s*(?:(?P<roman>I{1,3}|IV)|(?P<day>\d{1,2}/\d{1,2})|(?P<number>\d{1,2}))\s*", cell
    )
    if not bare:
        return []
    if re.search(r"^quy\b|hoan thanh", head) and (bare["roman"] or bare["number"] in "1234"):
        return periods_in(f"quý {cell.strip()}", year)
    if re.search(r"^thang\b", head) and bare["number"]:
        return periods_in(f"tháng {cell.strip()}", year)
    if bare["day"] and _WHEN_COLUMN.search(head):
        return periods_in(f"ngày {cell.strip()}", year)
    return []


def _when(each: Paragraph, at: int) -> bool:
    return at < len(each.head) and _WHEN_COLUMN.search(each.head[at]) is not None


def _who(each: Paragraph, at: int) -> bool:
    return at < len(each.head) and _WHO_COLUMN.search(each.head[at]) is not None
