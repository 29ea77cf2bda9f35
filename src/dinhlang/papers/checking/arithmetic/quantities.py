"""Amounts of work: the villages' shares against the total of the commune."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from dinhlang.papers.checking.arithmetic.conflicts import conflicting_work
from dinhlang.papers.checking.arithmetic.grid_checks import wrong_tables
from dinhlang.papers.checking.arithmetic.sums import hit_of, wrong_sums
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import at, locate, numbered, words_of
from dinhlang.papers.plan import Lines, Plan, Quantity
from dinhlang.vietnamese import find_numbers, format_number, parse_number
from dinhlang.vietnamese.guarded import guarded

_VILLAGE = re.compile(r"(?:thôn|khu|KDC|bản|ấp|xóm|buôn|khóm)\s+\S", re.IGNORECASE)
_TOTAL = re.compile(r"(?:toàn xã|tổng(?: số| cộng)?|cộng)(?:\s*\([^()]*\))?", re.IGNORECASE)
_LEAST_COLUMNS = 4
_PLACE = r"(?:các\s+)?(?:thôn|khu|bản|ấp|xóm|buôn)\s+(?:[^\W\d]+\s+){1,4}"
_SHARED_OUT = guarded(
    rf"(?P<total>\d[\d.]*)\s+[^\W\d][^:;.\d]{{2,40}}:\s*(?P<shares>{_PLACE}\d[\d.]*"
    rf"(?:\s+[^\W\d]+)?(?:\s*[,;]\s*{_PLACE}\d[\d.]*(?:\s+[^\W\d]+)?)+)\s*[.;]?\s*$",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"{_PLACE}(\d[\d.]*\d|\d)", re.IGNORECASE)


@rule(
    code="COUNT-TOTAL",
    severity="error",
    purpose="Khối lượng toàn xã bằng các thôn cộng lại",
    page="""
## Là gì

Trong một dòng khối lượng, phần giao cho các thôn cộng lại khác với số của toàn xã; hoặc số thôn, số
hộ, diện tích của các thôn, các xã cũ trong bảng hay danh sách cộng lại khác số nêu cho cả xã.

## Vì sao

Xã báo cáo theo số tổng, thôn làm theo số của thôn; lệch nhau thì cuối đợt thôn nào cũng đạt mà xã
vẫn thiếu.

## Ví dụ

Bị báo: `Trồng cây | Thôn Đông 40 | Thôn Tây 30 | Toàn xã 80`.

Không bị báo: `Trồng cây | Thôn Đông 40 | Thôn Tây 30 | Toàn xã 70`; dòng chỉ có số của toàn xã.

## Cách sửa

Sửa số của toàn xã, hoặc soát lại phần giao cho từng thôn.
""",
)
def total(plan: Plan) -> Iterator[Hit]:
    """Rows whose shares by village do not make the total of the row."""
    told: set[int] = set()
    for hit in _read_rows(plan):
        told.add(hit.places[0].lines[0])
        yield hit
    for hit in (
        *_table_rows(plan),
        *_inline_shares(plan),
        *wrong_tables(plan, "COUNT-TOTAL"),
        *(hit_of(wrong) for wrong in wrong_sums(plan) if wrong.code == "COUNT-TOTAL"),
        *conflicting_work(plan),
    ):
        if hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit


def _inline_shares(plan: Plan) -> Iterator[Hit]:
    """“60 thùng: thôn Đông 15, thôn Tây 15, các thôn khác 20” whose shares are not the total."""
    for number, line in numbered(plan):
        match = _SHARED_OUT.search(line) if ":" in line else None
        if match is None or re.search(r"\bmỗi\s[^,;.:]*$", line[: match.start()]):
            continue
        shares = [parse_number(share) for share in _SHARE.findall(match["shares"])]
        stated = parse_number(match["total"])
        known = [share for share in shares if share is not None]
        if stated is None or len(known) < 2 or sum(known) == stated:
            continue
        added = format_number(sum(known, Decimal()))
        yield Hit(
            message=f"Các thôn cộng lại được {added} ({' + '.join(map(format_number, known))}), "
            f"toàn xã ghi {match['total']}.",
            places=(at(number, match[0].strip()),),
            advice=f"Sửa số toàn xã thành {added}, hoặc soát lại phần của từng thôn.",
        )


def _read_rows(plan: Plan) -> Iterator[Hit]:
    """Rows of quantities as they were read."""
    for (lines, _, unit), quantities in _rows(plan).items():
        shares = [each for each in quantities if each.place]
        totals = [each for each in quantities if not each.place]
        places = {each.place for each in shares}
        if len(totals) != 1 or len(shares) < 2 or len(places) != len(shares):
            continue
        values = [_decimal(each.value) for each in shares]
        stated = _decimal(totals[0].value)
        known = [value for value in values if value is not None]
        if stated is None or len(known) != len(values) or sum(known) == stated:
            continue
        added, named = format_number(sum(known, Decimal())), f" {unit}" if unit else ""
        terms = " + ".join(map(format_number, known))
        yield Hit(
            message=f"{totals[0].text}: các thôn cộng lại được {added}{named} ({terms}), "
            f"toàn xã ghi {format_number(stated)}{named}.",
            places=(_place(plan, lines, stated),),
            advice=f"Sửa số toàn xã thành {added}{named}, hoặc soát lại phần của từng thôn.",
        )


def _table_rows(plan: Plan) -> Iterator[Hit]:
    """Rows of tables under a heading row of villages and a column for the whole commune."""
    villages: list[int] = []
    whole = -1
    for number, line in numbered(plan):
        if line.count("|") < _LEAST_COLUMNS - 1:
            villages, whole = [], -1
            continue
        cells = [cell.strip(" *_") for cell in line.strip().strip("|").split("|")]
        named = [column for column, cell in enumerate(cells) if _VILLAGE.match(cell)]
        totals = [column for column, cell in enumerate(cells) if _TOTAL.fullmatch(cell)]
        if len(named) >= 2 and len(totals) == 1:
            villages, whole = named, totals[0]
        elif villages and len(cells) > max(*villages, whole):
            hit = _table_row(
                number, line, [_name(cells), cells[whole]], [cells[v] for v in villages]
            )
            if hit:
                yield hit


def _name(cells: list[str]) -> str:
    """What a row is about: its first cell that is no number."""
    return next((cell for cell in cells if cell and parse_number(cell) is None), cells[0])


def _table_row(number: int, line: str, ends: list[str], cells: list[str]) -> Hit | None:
    """The fault of one row, whose name and total are ``ends`` and whose shares are ``cells``."""
    name, total = ends
    shares, stated = [parse_number(cell) for cell in cells], parse_number(total)
    known = [share for share in shares if share is not None]
    if stated is None or len(known) != len(shares) or sum(known) == stated:
        return None
    added = format_number(sum(known, Decimal()))
    return Hit(
        message=f"{name}: các thôn cộng lại được {added} "
        f"({' + '.join(map(format_number, known))}), toàn xã ghi {format_number(stated)}.",
        places=(at(number, total if line.count(total) == 1 else words_of(line)),),
        advice=f"Sửa số toàn xã thành {added}, hoặc soát lại phần của từng thôn.",
    )


def _rows(plan: Plan) -> dict[tuple[Lines, str, str | None], list[Quantity]]:
    rows: dict[tuple[Lines, str, str | None], list[Quantity]] = {}
    for quantity in plan.quantities:
        rows.setdefault((quantity.lines, quantity.text, quantity.unit), []).append(quantity)
    return rows


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _place(plan: Plan, lines: Lines, stated: Decimal) -> Place:
    """The last writing of ``stated`` in the row: totals stand at the end."""
    row = plan.text[lines[0] - 1] if 0 < lines[0] <= len(plan.text) else ""
    written = [found for found in find_numbers(row) if found.value == stated]
    if not written:
        return locate(plan, lines)
    words = row[written[-1].start : written[-1].end]
    return at(lines[0], words if row.count(words) == 1 else words_of(row))
