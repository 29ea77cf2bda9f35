"""What the numbers of a table must give: its foot, its column of totals, products and shares.

A column of totals, a product of columns and a share are only believed where most rows of the same
table keep them: then the row that does not is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import permutations, takewhile

from dinhlang.papers.checking.arithmetic.grid_words import columns_in_words, feet_in_words
from dinhlang.papers.checking.arithmetic.sum_model import gives
from dinhlang.papers.checking.arithmetic.table_groups import Wrong, wrong_groups
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.grids import Cell, Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_number

_MONEY = re.compile(
    r"đồng|kinh phí|số tiền|vốn|ngân sách|\bNS|nguồn|thành tiền|nhu cầu|dự toán|đóng góp|chi phí",
    re.IGNORECASE,
)
_SOURCE_HEAD = re.compile(
    r"ngân sách|\bNS|^(?:tỉnh|huyện|xã|trung ương|TW|nhân dân|khác)\b|vốn|góp", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\(\s*(?:km|m|m2|ha|cây|hố|hộ|cái|nhà|người|thùng|vườn|tuyến|bộ|công trình|điểm|lớp|con|tấn"
    r"|khẩu)\s*\)|\bsố (?:hộ|thôn|ấp|bản|khẩu|người|nhà|hố|lượng)\b|chiều dài|diện tích"
    r"|khối lượng|dân số",
    re.IGNORECASE,
)
_NO_SUM = re.compile(
    r"đơn giá|định mức|\bmức\b|\bgiá\b|tỷ lệ|tỉ lệ|tỷ trọng|%|\bTT\b|\bSTT\b|thu nhập|bình quân"
    r"|hệ số|ngày|tháng|thời|ghi chú|tiêu chí|\bmã\b|năng suất|mật độ|điểm số|chỉ tiêu"
    r"|năm (?:sinh|xây)",
    re.IGNORECASE,
)
_TOTAL_HEAD = re.compile(r"^(?:tổng|cộng|toàn xã|tổng số|chung|cả)\b", re.IGNORECASE)
_AMOUNT_HEAD = re.compile(
    r"số lượng|khối lượng|\bSL\b|\bKL\b|số hộ|quy mô|số lớp|số người", re.IGNORECASE
)
_PRICE_HEAD = re.compile(r"đơn giá|định mức|mức (?:chi|hỗ trợ|giá)|suất|giá|mức", re.IGNORECASE)
_RESULT_HEAD = re.compile(r"thành tiền|kinh phí|tổng|vốn|nhu cầu|số tiền|cộng", re.IGNORECASE)
_SHARE_HEAD = re.compile(r"tỷ lệ|tỉ lệ|tỷ trọng|cơ cấu|%", re.IGNORECASE)
_WITHIN = re.compile(r"trong đó|gồm|trong số", re.IGNORECASE)
_SCALES = (Decimal(1), Decimal(1000), Decimal("0.001"), Decimal(10**6), Decimal("0.000001"))
_MOST_COLUMNS = 8
_ROUND = Decimal("0.006")


def wrong_tables(plan: Plan, code: str) -> Iterator[Hit]:
    """The faults of the paper's tables that are told under ``code``."""
    for wrong in _wrong(tuple(plan.text)):
        if wrong.code == code:
            yield wrong.hit


@lru_cache(maxsize=4)
def _wrong(lines: tuple[str, ...]) -> tuple[Wrong, ...]:
    found: list[Wrong] = []
    for grid in grids_in(lines):
        found += (wrong for wrong in _feet(grid) if not _left_out(lines, wrong))
        found += _last_row(grid)
        found += _children(grid)
        found += wrong_groups(grid, _NO_SUM, _about_money)
        found += _across(grid)
        found += _products(grid)
        found += _shares(grid)
    found += feet_in_words(lines, _NO_SUM)
    found += columns_in_words(lines)
    return tuple(found)


_ITEM_WITH_NUMBER = re.compile(r"\s*[-–+•*]\s+\S[^\n]*:\s*\d")


def _left_out(lines: tuple[str, ...], wrong: Wrong) -> bool:
    """Whether an item with an amount stands among the rows and was not read as one of them."""
    numbers = {place.lines[0] for place in wrong.hit.places}
    between = set(range(min(numbers), max(numbers))) - numbers
    return any(_ITEM_WITH_NUMBER.match(lines[number - 1]) for number in between)


def _hit(message: str, advice: str, *cells: tuple[Row, Cell]) -> Hit:
    places = tuple(dict.fromkeys(at(row.number, cell.text) for row, cell in cells))
    return Hit(message=message, places=places, advice=advice)


def _about_money(grid: Grid, cell: Cell, row: Row) -> bool:
    head = grid.head(cell, row)
    if "đồng" in cell.unit:
        return True
    if _COUNTED.search(head):
        return False
    if _MONEY.search(head) or _MONEY.search(row.label):
        return True
    if sum(bool(_SOURCE_HEAD.search(each.text)) for row in grid.heads for each in row.cells) > 1:
        return True
    if head and not re.search(r"năm|kế hoạch|giá trị|^tổng|^cộng", head, re.IGNORECASE):
        return False
    heads = [each.text for row in grid.heads for each in row.cells]
    labels = sum(bool(_MONEY.search(each.label)) for each in grid.rows)
    beside = any(map(_MONEY.search, heads)) and not any(map(_COUNTED.search, heads))
    told = re.search(r"đồng\b(?! bào| ruộng| chí)|kinh phí|vốn", grid.caption[-160:], re.I)
    return labels >= 2 or beside or bool(told)


# ---------------------------------------------------------------- down


def _feet(grid: Grid) -> Iterator[Wrong]:
    """Feet, and totals at the top, against the rows between."""
    begin = 0
    for index, row in enumerate(grid.rows):
        if not row.foot:
            continue
        rows = _opened(grid, index)  # “A Tổng nhu cầu” over its rows
        if rows:
            begin = index + 1 + len(rows)
        else:
            rows = [each for each in grid.rows[begin:index] if not each.foot]
            begin = index + 1
            if not rows and index == 0:  # the total stands first
                rows = [each for each in grid.rows[1:] if not each.foot]
        if len(rows) >= 2 and not (grid.cut and rows[0] is grid.rows[0]):
            yield from _foot(grid, row, rows)


def _last_row(grid: Grid) -> Iterator[Wrong]:
    """A last row that two columns prove to be the sum, whatever it is called: “Xã mới”."""
    rows = grid.rows
    if len(rows) < 3 or any(row.foot for row in rows):
        return
    foot, above = rows[-1], rows[:-1]
    proven = 0
    wrong: list[tuple[Cell, _Parts]] = []
    for cell in foot.values:
        column = [(row, grid.column(row, cell, foot)) for row in above]
        parts = [(row, each) for row, each in column if each and each.value is not None]
        if len(parts) != len(above) or cell.percent or not cell.value:
            continue
        added = _total(parts)
        proven += added == cell.value and added > len(above)
        if added != cell.value:
            wrong.append((cell, parts))
    if proven < 2 or len(wrong) != 1:
        return
    cell, parts = wrong[0]
    added = _total(parts)
    if _NO_SUM.search(grid.head(cell, foot)) or abs(added - (cell.value or 0)) * 3 > added:
        return
    terms = " + ".join(format_number(each.value or 0) for _, each in parts)
    yield Wrong(
        "FUND-SUM" if _about_money(grid, cell, foot) else "COUNT-TOTAL",
        _hit(
            f"Cột {grid.head(cell, foot).strip()} cộng lại được {format_number(added)} ({terms}), "
            f"dòng “{foot.label[:60]}” ghi {cell.text}.",
            f"Sửa thành {format_number(added)}, hoặc soát lại từng dòng.",
            (foot, cell),
            *parts,
        ),
    )


def _opened(grid: Grid, index: int) -> list[Row]:
    """The rows below a total with a mark of its own, deeper than it, down to the next like it."""
    depth = grid.rows[index].depth
    deeper = takewhile(lambda row: row.depth > depth and not row.foot, grid.rows[index + 1 :])
    below = list(deeper) if depth else []
    return below if len(below) >= 2 else []


def _foot(grid: Grid, foot: Row, rows: Sequence[Row]) -> Iterator[Wrong]:
    for cell in foot.values:
        head = grid.head(cell, foot)
        if cell.percent and cell.value == 100 and len(foot.values) == 1:
            yield from _whole_share(grid, foot, cell, rows)
        if _NO_SUM.search(head) or cell.percent:
            continue
        column = [(row, grid.column(row, cell, foot)) for row in rows]
        if any(each and each.percent for _, each in column):
            continue
        if any(each and each.text and each.value is None for _, each in column):
            continue  # words in the column
        parts = [(row, each) for row, each in column if each is not None and each.value is not None]
        units = {each.unit for _, each in parts if each.unit}
        if len(parts) < 2 or len(units) > 1:
            continue
        added = _sum_of(parts, cell)
        if added is None:
            continue
        money = _about_money(grid, cell, foot)
        terms = " + ".join(format_number(each.value or 0) for _, each in added[1])
        name = f"Cột {head.strip()}" if head.strip() else "Các dòng"
        right = format_number(added[0])
        yield Wrong(
            "FUND-SUM" if money else "COUNT-TOTAL",
            _hit(
                f"{name} cộng lại được {right} ({terms}), dòng tổng ghi {cell.text}.",
                f"Sửa dòng tổng thành {right}, hoặc soát lại từng dòng.",
                (foot, cell),
                *added[1],
            ),
        )


def _whole_share(grid: Grid, foot: Row, cell: Cell, rows: Sequence[Row]) -> Iterator[Wrong]:
    """Shares of a whole that do not make 100 %."""
    column = [(row, grid.column(row, cell, foot)) for row in rows if row.depth < 8]
    parts = [(row, each) for row, each in column if each and each.value is not None]
    if len(parts) < 2 or len(parts) != len(column) or not all(c.percent for _, c in parts):
        return
    added = _total(parts)
    steps = [_step(each.value or Decimal()) for _, each in parts]
    if abs(added - 100) <= max(sum(steps, Decimal()) / 2, max(steps) * 2):
        return
    money = bool(_MONEY.search(" ".join(row.label for row in rows)))
    terms = " + ".join(each.text for _, each in parts)
    yield Wrong(
        "FUND-SUM" if money else "COUNT-TOTAL",
        _hit(
            f"Các tỷ lệ cộng lại được {format_number(added)}% ({terms}), dòng tổng ghi 100%.",
            "Soát lại tỷ lệ của từng dòng.",
            (foot, cell),
            *parts,
        ),
    )


_Parts = list[tuple[Row, Cell]]


def _sum_of(parts: _Parts, stated: Cell) -> tuple[Decimal, _Parts] | None:
    """The sum that should stand there with its parts; None where the stated one is right."""
    said = stated.value or Decimal()
    candidates = [parts]
    depths = sorted({row.depth for row, _ in parts})
    for depth in depths:
        level = [(row, cell) for row, cell in parts if row.depth == depth]
        candidates.append(level)
        candidates.append([(row, cell) for row, cell in parts if row.depth <= depth])
    whole = [(r, c) for r, c in parts if not _WITHIN.match(r.label) and r.depth < 8]
    candidates.append(whole)
    if any(_total(each) == said for each in candidates if each):
        return None
    values = [cell.value or Decimal() for _, cell in parts]
    if gives(values, said) or not said:
        return None
    top = [(r, c) for r, c in parts if r.depth == depths[0]] if len(depths) > 1 else parts
    if len(depths) > 1 and depths[0] == 0:
        top = whole or parts
    top = top if len(top) >= 2 else parts
    added = _total(top)
    slack = abs(said) * Decimal("0.0002")
    if abs(added - said) <= slack or added > said * 20 or added * 20 < said:
        return None
    return added, top


def _total(parts: _Parts) -> Decimal:
    return sum((cell.value or Decimal() for _, cell in parts), Decimal())


def _children(grid: Grid) -> Iterator[Wrong]:
    """Rows of dashes right below a row: of one that says so, or where others keep it."""
    for index, row in enumerate(grid.rows[:-1]):
        below: list[Row] = []
        for other in grid.rows[index + 1 :]:
            far = other.number - (below[-1] if below else row).number > 2
            if other.depth < 8 or row.depth >= 8 or other.foot or row.foot or far:
                break
            below.append(other)
        if len(below) < 2 or not row.values or len(row.values) != 1:
            continue
        cell = row.values[0]
        parts = [(each, each.values[-1]) for each in below if len(each.values) == 1]
        if len(parts) != len(below) or cell.percent or any(c.percent for _, c in parts):
            continue
        added = _total(parts)
        if cell.value in (added, _added_above(grid, index)):
            continue
        money = _about_money(grid, cell, row)
        close = cell.value and abs(added - cell.value) <= cell.value / 4
        if not close and not added > (cell.value or 0):
            continue
        terms = " + ".join(format_number(c.value or 0) for _, c in parts)
        yield Wrong(
            "FUND-SUM" if money else "COUNT-TOTAL",
            _hit(
                f"Các dòng dưới “{row.label[:60]}” cộng lại được {format_number(added)} ({terms}), "
                f"văn bản ghi {cell.text}.",
                f"Sửa thành {format_number(added)}, hoặc soát lại từng dòng.",
                (row, cell),
                *parts,
            ),
        )


def _added_above(grid: Grid, index: int) -> Decimal:
    """The rows of dashes right above a row: “Cộng cần” closes them and opens nothing."""
    added = Decimal()
    for row in reversed(grid.rows[:index]):
        if row.depth < 8 or row.foot or len(row.values) != 1:
            break
        added += row.values[0].value or Decimal()
    return added


# ---------------------------------------------------------------- across


def _full_rows(grid: Grid) -> list[Row]:
    """The rows that hold as many numbers as most rows do."""
    counts = [len(row.values) for row in grid.rows]
    usual = max(set(counts), key=counts.count) if counts else 0
    return [row for row in grid.rows if len(row.values) == usual] if usual >= 2 else []


def _across(grid: Grid) -> Iterator[Wrong]:
    """The column of totals against the other columns."""
    rows = _full_rows(grid)
    if len(rows) < 3:
        return
    like = rows[0]
    heads = [grid.head(cell, like) for cell in like.values]
    totals = [index for index, head in enumerate(heads) if _TOTAL_HEAD.match(head.strip())]
    others = [i for i, head in enumerate(heads) if i not in totals and not _NO_SUM.search(head)]
    if len(totals) != 1 or len(others) < 2:
        return
    total = totals[0]
    misses = []
    for row in rows:
        values = row.values
        if any(values[i].percent for i in others):
            return
        added = sum((values[i].value or Decimal() for i in others), Decimal())
        if added != values[total].value:
            misses.append((row, added))
    plain = [row for row in rows if not row.foot]
    within = [(row, added) for row, added in misses if not row.foot]
    if len(within) * 2 >= len(plain) or len(plain) - len(within) < 2:
        return
    misses = within or misses  # a foot follows the row that is wrong
    for row, added in misses:
        cell = row.values[total]
        money = _about_money(grid, cell, row)
        terms = " + ".join(format_number(row.values[i].value or 0) for i in others)
        yield Wrong(
            "FUND-SUM" if money else "COUNT-TOTAL",
            _hit(
                f"{row.label or 'Dòng này'}: các cột cộng lại được {format_number(added)} "
                f"({terms}), cột tổng ghi {cell.text}.",
                f"Sửa cột tổng thành {format_number(added)}, hoặc soát lại từng cột.",
                (row, cell),
            ),
        )


def _products(grid: Grid) -> Iterator[Wrong]:
    """Amount times price against the cost, by the heads of the columns."""
    rows = [row for row in _full_rows(grid) if not row.foot]
    if not rows or len(rows[0].values) < 3:
        return
    heads = [grid.head(cell, rows[0]) for cell in rows[0].values]
    amount = _first(heads, _AMOUNT_HEAD)
    price = _first(heads, _PRICE_HEAD, amount)
    result = _first(heads, _RESULT_HEAD, amount, price)
    if min(amount, price, result) < 0:
        return
    best: tuple[int, Decimal] = (0, Decimal(1))
    for scale in _SCALES:
        fits = sum(_is_product(row, amount, price, result, scale) for row in rows)
        best = max(best, (fits, scale), key=lambda each: each[0])
    fits, scale = best
    if not fits or fits * 2 < len(rows):
        return
    for row in rows:
        if _is_product(row, amount, price, result, scale):
            continue
        one, other, cell = row.values[amount], row.values[price], row.values[result]
        right = (one.value or Decimal()) * (other.value or Decimal()) * scale
        yield Wrong(
            "FUND-PRODUCT",
            _hit(
                f"{row.label}: {one.text} × {other.text} là {format_number(right)}, "
                f"văn bản ghi {cell.text}.",
                "Tính lại mức, số lượng hoặc tổng.",
                (row, cell),
            ),
        )


def _first(heads: Sequence[str], pattern: re.Pattern[str], *taken: int) -> int:
    return next((i for i, head in enumerate(heads) if i not in taken and pattern.search(head)), -1)


def _is_product(row: Row, one: int, other: int, result: int, scale: Decimal) -> bool:
    values = [row.values[i].value or Decimal() for i in (one, other, result)]
    right = values[0] * values[1] * scale
    return abs(right - values[2]) <= max(abs(values[2]) * _ROUND, _step(values[2]))


def _step(value: Decimal) -> Decimal:
    """Half of the last digit written."""
    return Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))) / 2


def _shares(grid: Grid) -> Iterator[Wrong]:
    """Columns of per cent against two other columns, or against the sum of one."""
    rows = _full_rows(grid)
    if len(rows) < 2 or len(rows[0].values) > _MOST_COLUMNS:
        return
    like = rows[0]
    for index, cell in enumerate(like.values):
        head = grid.head(cell, like)
        if not (cell.percent or _SHARE_HEAD.search(head)):
            continue
        yield from _of_two(grid, rows, index)
        yield from _of_sum(grid, rows, index)


def _of_two(grid: Grid, rows: Sequence[Row], share: int) -> Iterator[Wrong]:
    if len(rows) < 3:
        return
    others = [i for i in range(len(rows[0].values)) if i != share]
    for part, whole in permutations(others, 2):
        misses = [row for row in rows if not _is_share(row, part, whole, share)]
        if not misses:
            return
        if len(misses) * 3 > len(rows):
            continue
        for row in misses:
            values = row.values
            all_ = values[whole].value
            if not all_:
                continue
            right = (values[part].value or Decimal()) * 100 / all_
            yield Wrong(
                "RATIO-VALUE",
                _hit(
                    f"{row.label}: {values[part].text}/{values[whole].text} là "
                    f"{format_number(round(right, 1))}%, văn bản ghi {values[share].text}.",
                    "Tính lại tỷ lệ, hoặc soát lại hai số.",
                    (row, values[share]),
                ),
            )
        return


def _is_share(row: Row, part: int, whole: int, share: int) -> bool:
    values = [row.values[i].value or Decimal() for i in (part, whole, share)]
    if not values[1]:
        return False
    right = values[0] * 100 / values[1]
    return abs(right - values[2]) <= _step(values[2]) * 2 + Decimal("0.001")


def _of_sum(grid: Grid, rows: Sequence[Row], share: int) -> Iterator[Wrong]:
    plain = [row for row in rows if not row.foot]
    feet = [row for row in rows if row.foot]
    for part in range(len(rows[0].values)):
        if part == share or len(plain) < 2:
            continue
        values = [row.values[part].value or Decimal() for row in plain]
        added = sum(values, Decimal())
        said = (feet[-1].values[part].value if feet else None) or added
        wholes: set[Decimal] = {added, said}
        for whole in wholes:
            if not whole:
                continue
            misses = [
                row
                for row, value in zip(plain, values, strict=True)
                if abs(value * 100 / whole - (row.values[share].value or 0))
                > _step(row.values[share].value or Decimal()) * 2
            ]
            if not misses:
                return
            if len(plain) - len(misses) < 2 or len(misses) * 2 > len(plain):
                continue
            for row in misses:
                right = (row.values[part].value or Decimal()) * 100 / whole
                yield Wrong(
                    "FUND-SHARE" if _about_money(grid, row.values[part], row) else "RATIO-VALUE",
                    _hit(
                        f"{row.label}: {row.values[part].text} là "
                        f"{format_number(round(right, 1))}% của {format_number(whole)}, "
                        f"văn bản ghi {row.values[share].text}.",
                        "Tính lại tỷ lệ hoặc số tiền.",
                        (row, row.values[share]),
                    ),
                )
            return
