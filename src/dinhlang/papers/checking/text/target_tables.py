"""Rows of tables of targets: what is asked, what is, what is aimed at, by the heads of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import at, words_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, parse_number

_WHAT = re.compile(r"chi tieu|noi dung|tieu chi|ten\b|hang muc")
_NEED = re.compile(r"yeu cau|quy dinh|muc chuan|chuan\b|bo tieu chi")
_NOW = re.compile(
    r"hien trang|hien nay|hien co|hien tai|ket qua|thuc hien|den het|den thang"
    r"|den ngay|dau nam|dau ky|nam truoc|thuc trang|da dat|^th\b"
)
_GOAL = re.compile(
    r"muc tieu|ke hoach|phan dau|muc phai dat|chi tieu nam|dang ky|can dat|cuoi nam|cuoi ky"
    r"|nam nay|se dat|^kh\b"
)
_UNIT = re.compile(r"don vi|dvt|\bdv tinh")
_YEAR = re.compile(r"(20\d\d)")
_NUMBER = re.compile(r"(?<![\d.,/])\d[\d.]*(?:,\d+)?(?![\d/])")
_LESS = re.compile(
    r"ngheo|that nghiep|suy dinh duong|te nan|toi pham|tai nan|thap coi|con thu ba|dot nat"
    r"|nha tam(?!,? (?:hop|va nha))"
)
_BELOW = re.compile(r"(?:<|≤|dưới|không quá|tối đa)\s*=?\s*\d", re.IGNORECASE)
_SUM = re.compile(r"(?:tong|cong|ca hai|hai nam|ba nam|ca giai doan)\b(?! (?:so )?(?:ho|dan|thon))")
_MONEY = re.compile(r"trieu dong|ty dong|kinh phi|\bvon\b")


@dataclass(slots=True, frozen=True)
class Row:
    """One row: the words of its cells, empty where the table has no such column."""

    place: Place
    what: str
    need: str
    now: str
    goal: str
    unit: str = ""
    has_unit: bool = False

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller value is the better one."""
        what = fold(self.what)
        fewer = _LESS.search(what) and not re.search(r"\b(?:giam|thoat|xoa|khac phuc)\b", what)
        return bool(fewer or _BELOW.search(self.need + self.goal))


def rows(plan: Plan) -> Iterator[Row]:
    """The rows of tables that have a column of targets beside the names."""
    year = max(plan.document.years, default=0)
    for each in paragraphs(plan):
        if not each.cells or each.cells == each.columns or len(each.cells) != len(each.columns):
            continue
        if any(_SUM.match(head) for head in each.head[1:]) or (
            any(_MONEY.search(head) for head in (*each.head, fold(each.lead)))
        ):
            continue  # of money, or of parts that a column adds up
        roles = _roles(each.head, year)
        if "what" not in roles or "goal" not in roles:
            continue
        cells = {name: each.cells[index].strip() for name, index in roles.items()}
        line = plan.text[each.number - 1]
        quote = cells["what"] if cells["what"] and cells["what"] in line else words_of(line)
        yield Row(
            place=at(each.number, quote),
            what=cells["what"],
            need=cells.get("need", ""),
            now=cells.get("now", ""),
            goal=cells["goal"],
            unit=cells.get("unit", ""),
            has_unit="unit" in cells,
        )


def _roles(head: tuple[str, ...], year: int) -> dict[str, int]:
    """Which column is which, by its head and by the year it names."""
    found: dict[str, int] = {}
    for index, words in enumerate(head):
        years = [int(each) for each in _YEAR.findall(words)]
        name = ""
        if _UNIT.match(words):
            found.setdefault("unit", index)
            continue
        if _GOAL.search(words) and not (years and max(years) < year):
            name = "goal"
        elif _NOW.search(words) or (years and max(years) < year):
            name = "now"
        elif _NEED.search(words):
            name = "need"
        elif _WHAT.search(words):
            name = "what"
        elif years and min(years) >= year:
            name = "goal"
        if name:
            found.setdefault(name, index)
    return found


def value(cell: str) -> Decimal | None:
    """The only number of a cell; None where there is none or more than one."""
    numbers = _NUMBER.findall(cell)
    return parse_number(numbers[0]) if len(numbers) == 1 else None
