"""Feet of tables by village against the commune's total for the same in running words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.figures import Figure, Paper, figures_in, paper_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.grids import Cell, Row, grids_in
from dinhlang.papers.checking.places import at
from dinhlang.papers.checking.table_groups import Wrong
from dinhlang.papers.reading.letters import compile_vi

_HEAD_UNIT = re.compile(r"\(\s*(?:ĐVT\s*:\s*)?(?P<unit>[^\W\d_]+[23]?)\s*\)", re.IGNORECASE)
_STAGED = re.compile(
    r"\b(?:quý|đợt|tháng|mỗi|từng|bình quân|giai đoạn|tăng|thêm|còn|đã|hiện|chưa)\b", re.IGNORECASE
)
_VILLAGE_NAME = compile_vi(r"\b(?i:thôn|ấp|bản|xóm|khu|buôn|khóm|làng)\s+[A-ZÀ-Ỹ\d]")


def feet_in_words(lines: tuple[str, ...], no_sum: re.Pattern[str]) -> Iterator[Wrong]:
    """What running words tell otherwise, columns whose heads have ``no_sum`` left out."""
    paper = paper_in(lines)
    for grid in grids_in(lines):
        feet = [row for row in grid.rows if row.foot]
        if len(feet) != 1 or len(grid.rows) < 3 or not grid.heads:
            continue
        foot = feet[0]
        for cell in foot.values:
            head = grid.head(cell, foot)
            unit = _HEAD_UNIT.search(head)
            words = _HEAD_UNIT.sub("", head).strip().lower()
            if unit is None or len(words.split()) < 2 or no_sum.search(words):
                continue
            like = figures_in(f"{cell.text} {unit['unit'].lower()}")
            if len(like) == 1 and not cell.percent:
                yield from _told_otherwise(paper, words, like[0], (foot, cell))


def _told_otherwise(
    paper: Paper, words: str, like: Figure, foot: tuple[Row, Cell]
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
                message=f"Bảng của các thôn cộng {foot[1].text}, chỗ này ghi “{place.quote}”.",
                places=(place, at(foot[0].number, foot[1].text)),
                advice="Dùng một số ở cả hai chỗ.",
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
