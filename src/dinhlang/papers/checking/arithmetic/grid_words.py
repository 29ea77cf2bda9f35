"""Tables by village or former commune against the commune's total for the same in running words.

A foot is compared by the words of its head; a column without a foot is added up, and compared with
what the commune is told to have of the same: villages, households, poor ones, people, land.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    AREA,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    figures_in,
    paper_in,
    village_count,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.arithmetic.table_groups import Wrong
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.grids import Cell, Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import format_number

_HEAD_UNIT = re.compile(r"\(\s*(?:ĐVT\s*:\s*)?(?P<unit>[^\W\d_]+[23]?)\s*\)", re.IGNORECASE)
_STAGED = re.compile(
    r"\b(?:quý|đợt|tháng|mỗi|từng|bình quân|giai đoạn|tăng|thêm|còn|đã|hiện|chưa)\b", re.IGNORECASE
)
_VILLAGE_NAME = compile_vi(r"\b(?i:thôn|ấp|bản|xóm|khu|buôn|khóm|làng)\s+[A-ZÀ-Ỹ\d]")

# Heads of what a commune has one number of, and the kind its figures have.
_OF_COMMUNE = re.compile(
    r"(?:tổng )?(?:số |dân )*(?:(?P<village>thôn|ấp|bản|xóm|khu|buôn|khóm)(?: dân cư)?"
    r"|(?:hộ )?(?P<poor>cận nghèo|nghèo)|(?P<home>hộ)(?: dân| gia đình)?"
    r"|(?P<people>(?:nhân )?khẩu|dân số|người)"
    r"|(?P<land>diện tích(?: tự nhiên)?))\s*(?:\([^()]*\))?",
    re.IGNORECASE,
)
_FILL = (
    r"(?:\s+(?:có|là|gồm|hiện|nay|còn|số|hộ|khẩu|nhân|dân|cư|thôn|ấp|bản|xóm|của|toàn|xã|mới|diện"
    r"|tích|tự|nhiên|trên|địa|bàn|với|khoảng|được|chia|thành|tất|cả|nghèo|cận|gia|đình|theo|chuẩn"
    r"|và|\d[\d.]*),?)*"
)
_TOLD = compile_vi(
    r"\b(?i:tổng(?: số| cộng)?|toàn xã|cả xã|xã(?! cũ)(?-i:(?: [A-ZÀ-Ỹ][^\W\d_]*){0,4})|địa bàn"
    rf"|dân số|diện tích)(?i:{_FILL})\s*:?\s*$"
)
_TOLD_AFTER = re.compile(r"\b(?:trong đó|có|còn|với|gồm)(?: có)?\s*$|,\s*$", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:cũ|trước (?:khi|đây|sáp)|giai đoạn|đầu kỳ|năm 20[01]\d|mỗi|các xã|huyện)\b",
    re.IGNORECASE,
)
# “xã Phú Lộc cũ: 12 thôn”, “thôn Đông (120 hộ)”, “Bình Lộc cũ 05 ấp”
_UNIT_NAME = compile_vi(
    r"(?:^|[;,:(.]\s|\bvà\s|\bgồm\s|\blà\s|\bxã\s)(?P<name>(?:(?i:xã|thôn|ấp|bản|xóm|khu|buôn|khóm)\s+"
    r"(?:cũ\s+)?)?(?!Xã|Toàn|Tổng|Cả|Hiện|Sau|Trong|Nay|Trên|Có|Còn|Các|Đã|Số|Hộ|Nhân)[A-ZÀ-Ỹ][^\W\d_]*(?:\s[A-ZÀ-Ỹ][^\W\d_]*){0,3}(?:\s\d{1,2})?\s*(?:\(?cũ\)?)?)"
    r"(?=\s*(?:có|gồm|còn|với|[:(])?\s*\d)"
)
_PIECE_END = re.compile(r"[.;](?=\s|$)")
_FAR, _NEAR, _LEAST = Decimal("0.4"), Decimal("0.12"), 3


@dataclass(slots=True, frozen=True)
class _Column:
    """A column of one fact of the commune, added up over the rows."""

    key: str  # “hộ”, “hộ nghèo”, “thôn” …
    added: Decimal
    places: tuple[Place, ...]


def columns_in_words(lines: tuple[str, ...]) -> Iterator[Wrong]:
    """Columns without a foot that do not give what the commune is told to have."""
    paper = paper_in(lines)
    for columns in _columns_in(lines):
        villages = 0 if any(each.key in VILLAGES for each in columns) else village_count(paper)
        told = {each.key: _told_of(paper, each.key) for each in columns}
        proven = any(each.added in told[each.key] for each in columns)
        for each in columns:
            values = told[each.key]
            if len(values) != 1 or each.added in values:
                continue
            [(value, place)] = values.items()
            some = not proven and (len(each.places) < _LEAST or len(each.places) < villages)
            if some or abs(value - each.added) > value * (_FAR if proven else _NEAR):
                continue
            right = shown(each.added, each.key)
            yield Wrong(
                "COUNT-TOTAL",
                Hit(
                    message=f"Các nơi cộng lại được {right}, chỗ này ghi “{place.quote}”.",
                    places=(place, *each.places),
                    advice=f"Sửa thành {right}, hoặc soát lại từng nơi.",
                    severity=None if proven else "warning",
                ),
            )


def added_villages(lines: tuple[str, ...]) -> frozenset[Decimal]:
    """The numbers of villages that tables without a foot give when added up."""
    return frozenset(
        each.added for columns in _columns_in(lines) for each in columns if each.key in VILLAGES
    )


@lru_cache(maxsize=4)
def _columns_in(lines: tuple[str, ...]) -> tuple[tuple[_Column, ...], ...]:
    grids = (grid for grid in grids_in(lines) if grid.heads and len(grid.rows) > 1)
    found = [tuple(_columns(grid)) for grid in grids if not any(map(_sums, grid.rows))]
    return tuple(filter(None, (*found, *_of_lists(paper_in(lines)))))


def _of_lists(paper: Paper) -> Iterator[tuple[_Column, ...]]:
    """The same of lists and sentences: “xã Phú Lộc cũ 12 thôn, 1.200 hộ; xã Tân Lộc cũ …”."""
    run: list[_Part] = []
    for paragraph in (*paper.paragraphs, None):
        goes_on = paragraph and run and paragraph.mark and paragraph.mark == run[-1][0].mark
        if run and not goes_on:
            yield _added(paper, run)
            run = []
        if paragraph is None or paragraph.block.is_row or not paragraph.figures:
            continue
        parts = [(paragraph, a, b) for a, b in _pieces(paragraph.text)]
        if len(parts) > 1:
            yield _added(paper, parts)
        elif parts and paragraph.mark and parts[0][1] == 0:
            run.append(parts[0])


_Part = tuple[Paragraph, int, int]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where each stretch that begins with the name of a village or commune runs to the next."""
    starts = [match.start("name") for match in _UNIT_NAME.finditer(text)]
    ends = (_PIECE_END.search(text, start) for start in starts[-1:])
    stop = next((end.start() for end in ends if end), len(text))
    return list(pairwise([*starts, stop]))


def _added(paper: Paper, parts: list[_Part]) -> tuple[_Column, ...]:
    """What the parts tell one figure each of, added up."""
    columns = []
    for key in ("thôn", "ấp", "bản", "xóm", "buôn", "khóm", "khu", "hộ", "hộ nghèo", "người"):
        told = [
            [f for f in owner.figures if a <= f.start < b and f.all is None and _is_of(f, key)]
            for owner, a, b in parts
        ]
        if len(told) > 1 and all(len(each) == 1 for each in told):
            figures = [(owner, each[0]) for (owner, _, _), each in zip(parts, told, strict=True)]
            places = tuple(paper.place(owner, f.start, f.end) for owner, f in figures)
            columns.append(_Column(key, sum((f.value for _, f in figures), Decimal()), places))
    return tuple(columns)


def _sums(row: Row) -> bool:
    return row.foot or bool(re.match(r"(?:tổng|cộng|toàn xã|xã mới)\b", row.label, re.IGNORECASE))


def _columns(grid: Grid) -> Iterator[_Column]:
    first = grid.rows[0]
    for cell in first.values:
        named = _OF_COMMUNE.fullmatch(grid.head(cell, first).strip())
        column = [(row, grid.column(row, cell, first)) for row in grid.rows]
        parts = [(row, each) for row, each in column if each and each.value and not each.percent]
        if named is None or len(parts) != len(grid.rows):
            continue
        size = _size(grid.head(cell, first)) if named["land"] else 1
        if size:
            yield _Column(
                _key(named),
                sum((each.value or Decimal() for _, each in parts), Decimal()) * size,
                tuple(at(row.number, each.text) for row, each in parts),
            )


def _key(named: re.Match[str]) -> str:
    if named["village"] or named["home"]:
        return (named["village"] or named["home"]).lower()
    if named["poor"]:
        return f"hộ {named['poor'].lower()}"
    return "người" if named["people"] else AREA


def _size(head: str) -> int:
    """How many square metres one is in a column; 0 where its head does not say."""
    unit = re.search(r"km2|km²|\bha\b|\bm2|m²", head)
    return {"km2": 10**6, "km²": 10**6, "ha": 10_000, "m2": 1, "m²": 1}[unit[0]] if unit else 0


def _told_of(paper: Paper, key: str) -> dict[Decimal, Place]:
    """What running words tell the commune to have of it."""
    found: dict[Decimal, Place] = {}
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures if not paragraph.block.is_row else ():
            if _is_of(figure, key) and _of_all(paragraph, figure, key):
                place = paper.place(paragraph, figure.start, figure.end)
                value = figure.all or figure.value
                found.setdefault(value, place)
    return found


def _is_of(figure: Figure, key: str) -> bool:
    if key == AREA:
        return figure.kind == AREA and figure.plain
    if figure.per or figure.kind != key.split()[0]:
        return False
    noun = figure.noun.lower()
    return noun.startswith(key) if " " in key else not re.match(r"hộ (?:cận )?nghèo", noun)


def _of_all(paragraph: Paragraph, figure: Figure, key: str) -> bool:
    start = max(paragraph.text.rfind(mark, 0, figure.start) for mark in (". ", "; ")) + 1
    before = paragraph.text[start : figure.start]
    if key == AREA and "diện tích" not in before.lower():
        return False
    if _OTHER_TIME.search(before) or _VILLAGE_NAME.search(before):
        return False
    if figure.all is not None:
        return key in VILLAGES
    if _TOLD.search(before):
        return True
    return " " in key and bool(_TOLD_AFTER.search(before)) and bool(re.search(r"\bxã|tổng", before))


def feet_in_words(lines: tuple[str, ...], no_sum: re.Pattern[str]) -> Iterator[Wrong]:
    """What running words tell otherwise, columns whose heads have ``no_sum`` left out."""
    paper = paper_in(lines)
    for grid in grids_in(lines):
        feet = [row for row in grid.rows if row.foot]
        if len(feet) > 1 or len(grid.rows) < 3 or not grid.heads:
            continue
        foot = feet[0] if feet else grid.rows[-1]
        for cell in foot.values:
            head = grid.head(cell, foot)
            unit = _HEAD_UNIT.search(head)
            words = _HEAD_UNIT.sub("", head).strip().lower()
            if unit is None or len(words.split()) < 2 or no_sum.search(words):
                continue
            value = cell.text if feet else _added_up(grid, cell, foot)
            like = figures_in(f"{value} {unit['unit'].lower()}")
            if len(like) == 1 and not cell.percent:
                yield from _told_otherwise(paper, words, like[0], (foot, cell), bool(feet))


def _added_up(grid: Grid, cell: Cell, like: Row) -> str:
    """The sum of a column by village that has no foot; “” where some row has no figure."""
    column = [grid.column(row, cell, like) for row in grid.rows]
    values = [each.value for each in column if each and each.value and not each.percent]
    if len(values) != len(grid.rows) or any(row.mark in "-+" for row in grid.rows if row.mark):
        return ""
    return format_number(sum(values, Decimal()))


def _told_otherwise(
    paper: Paper, words: str, like: Figure, foot: tuple[Row, Cell], footed: bool
) -> Iterator[Wrong]:
    for paragraph in paper.paragraphs:
        text = paragraph.text.lower()
        spot = text.find(words) if not paragraph.block.is_row and paragraph.figures else -1
        if spot < 0 or len(text) > 200 or paragraph.block.lines[0] == foot[0].number:
            continue
        same = [f for f in paragraph.figures if f.kind == like.kind and not f.per]
        if len(same) != 1 or same[0].value == like.value or same[0].all is not None:
            continue
        told = same[0]
        if not footed and abs(told.value - like.value) > told.value * _NEAR:
            continue  # of some villages only
        if _STAGED.search(text) or _VILLAGE_NAME.search(paragraph.text):
            continue
        if _is_part(paper, told):
            continue
        if not -6 <= told.start - (spot + len(words)) <= 30 and not 0 <= spot - told.end <= 12:
            continue
        place = paper.place(paragraph, told.start, told.end)
        yield Wrong(
            "COUNT-TOTAL",
            Hit(
                message=f"Bảng của các thôn cộng {shown(like.value, like.kind)}, chỗ này ghi "
                f"“{place.quote}”.",
                places=(place, at(foot[0].number, foot[1].text)),
                advice="Dùng một số ở cả hai chỗ.",
                severity=None if footed else "warning",
            ),
        )


def _is_part(paper: Paper, told: Figure) -> bool:
    """Whether the paper gives the same figure as a part: “96 hộ, trong đó 31 hộ …”."""
    for each in paper.paragraphs:
        part = each.text.lower().find("trong đó")
        if part >= 0 and any(f.start > part and _alike(f, told) for f in each.figures):
            return True
    return False


def _alike(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and one.value == other.value
