"""Percentages that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.grids import Cell, Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at, numbered
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese import format_number, parse_number

_PERCENT = re.compile(r"(?<![\d.,])(?P<number>\d[\d.,]*)\s*\\?%(?P<after>\s*(?:trở lên|trở đi))?")
_ABOVE = re.compile(r"(?:\btrên|\bhơn|\bquá|>)\s*\$?\s*$", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:≥|>=|\\geq?|\btối thiểu|\bít nhất|\btừ)\s*\$?\s*$", re.IGNORECASE)
# A comparison with something else may well pass 100 %: growth, the plan's norm, a multiple.
_RELATIVE = re.compile(
    r"\b(?:tăng|vượt|gấp|bằng|so với|kế hoạch|dự toán|chỉ tiêu giao|cùng kỳ|bình quân"
    r"|thuê bao[^;.%]{0,40}dân\b"
    r"|mật độ|năm trước|lãi suất|mức lương|lương cơ sở|chuẩn nghèo|công suất)\b",
    re.IGNORECASE,
)
_AROUND = 80
_SHARE_ROW = re.compile(r"[^%]*\b(?:tỷ lệ|tỉ lệ)\b[^|%]*\(%\)\s*\|", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:,\d+)?")
_SHARE_LABEL = re.compile(r"\(\s*%\s*\)|,\s*%$")
_SHARE_HEAD = re.compile(
    r"^(?:[^%]*\b(?:tỷ lệ|tỉ lệ)\b[^%]*)?\(?\s*%\s*\)?$|\b(?:tỷ|tỉ) lệ (?:hộ|đạt|người)\b"
    r"|(?:tỷ|tỉ) lệ \(%\)",
    re.IGNORECASE,
)
_ALL_SHARES = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:?\s*%|\(\s*%\s*\)\s*$", re.IGNORECASE)
_COUNT_HEAD = re.compile(
    r"\bsố\b|\bTT\b|\bmã\b|\btăng\b|so với|tiêu chí|ghi chú|đơn vị", re.IGNORECASE
)
_LABELS_OF_SHARES = re.compile(r"(?:chỉ tiêu|nội dung|tên)[^|]*\(\s*%\s*\)")
_ROUNDED = 101  # shares that were rounded may add up to a little more
_OF_PEOPLE = re.compile(
    r"\s*(?:dân số|(?:tổng )?số (?:hộ|người|dân|thôn|ấp|bản)|người dân)\b", re.I
)
_ROUNDING = re.compile(r"\blàm tròn\b|\bcộng (?:lại|các)\b", re.IGNORECASE)
_NO_SHARE = 1000  # a number of other things that got into the column
_STAGE = re.compile(
    r"\b(?:chặng|đợt|giai đoạn|bước|kỳ)\s+(?P<stage>\d)\b\s*"
    r"(?::|là|làm|đạt|thực hiện|xong|hoàn thành)?\s*(?:được\s+)?(?P<number>\d{1,3}(?:,\d+)?)\s?%",
    re.IGNORECASE,
)


@rule(
    code="PERCENT-RANGE",
    severity="error",
    purpose="Tỷ lệ phần trăm không vượt quá 100%",
    page="""
## Là gì

Tỷ lệ của một phần trong tổng thể lớn hơn 100%, hoặc đặt mức không thể có: “trên 100%”. Mức “100%
trở lên”, “≥ 100%” là cảnh báo: chỉ có thể bằng đúng 100%.

## Vì sao

Chỉ tiêu không thể có thì không đo được, không chấm được đạt hay chưa đạt. Thường do gõ nhầm số,
hoặc do chép mẫu câu “… trở lên”.

## Ví dụ

Bị báo: `tỷ lệ hộ dùng nước sạch đạt 105%`; `tham gia bảo hiểm y tế đạt 100% trở lên`.

Không bị báo: `đạt 100%`; `từ 95% trở lên`; `thu ngân sách vượt 120% dự toán`; `thu nhập bằng 110%
so với năm trước`.

## Cách sửa

Sửa số, hoặc bỏ “trở lên” khi mức là 100%. So với năm trước hay so với kế hoạch thì nói rõ “so với”.
""",
)
def percent_range(plan: Plan) -> Iterator[Hit]:
    """Shares above 100 %, and floors at 100 %."""
    for number, line in numbered(plan):
        if "%" not in line:
            continue
        for match in _PERCENT.finditer(line):
            value = parse_number(match["number"].rstrip(".,"))
            if value is None or value < 100:
                continue
            hit = _judge(number, line, match, value)
            if hit:
                yield hit
    yield from _in_tables(plan)
    yield from _of_stages(plan)


def _in_tables(plan: Plan) -> Iterator[Hit]:
    """Cells of shares above 100: by the row's unit or words, the column's head, the caption."""
    if not any("%" in line for line in plan.text):
        return
    told: set[int] = set()
    for hit in _in_rows(plan):
        told.add(hit.places[0].lines[0])
        yield hit
    for grid in grids_in(tuple(plan.text)):
        for row in grid.rows:
            for cell in _share_cells(grid, row) if row.number not in told else ():
                line = plan.text[row.number - 1]
                if _RELATIVE.search(line) or not 100 < (cell.value or 0) < _NO_SHARE:
                    continue
                yield _over(row.number, cell.text)


def _in_rows(plan: Plan) -> Iterator[Hit]:
    """Single rows of shares, “Tỷ lệ dân số tham gia bảo hiểm y tế (%) | 94 | 105”."""
    for number, line in numbered(plan):
        label = _SHARE_ROW.match(line) if "(%)" in line else None
        if label is None or _RELATIVE.search(label[0]):
            continue
        for cell in line[label.end() :].split("|"):
            value = parse_number(cell.strip()) if _NUMBER.fullmatch(cell.strip()) else None
            if value is not None and value > 100:
                yield _over(number, cell.strip())


def _over(number: int, words: str) -> Hit:
    return Hit(
        message=f"Tỷ lệ {words.rstrip('% ')}% lớn hơn 100%.",
        places=(at(number, words),),
        advice="Sửa số; nếu là so với năm trước hay kế hoạch thì ghi rõ “so với …”.",
    )


def _share_cells(grid: Grid, row: Row) -> Iterator[Cell]:
    """The cells of a row that are shares, though no sign stands at them."""
    of_row = any(cell.text == "%" for cell in row.cells) or bool(_SHARE_LABEL.search(row.label))
    heads = [cell.text.lower() for each in grid.heads for cell in each.cells]
    of_all = any(_LABELS_OF_SHARES.search(head) for head in heads)
    if _ALL_SHARES.search(grid.caption) and not any("đvt" in h or "đơn vị" in h for h in heads):
        of_all = True
    for cell in row.values:
        if cell.unit:
            continue
        head = grid.head(cell, row)
        if _SHARE_HEAD.search(head) or ((of_row or of_all) and not _COUNT_HEAD.search(head)):
            yield cell


def _of_stages(plan: Plan) -> Iterator[Hit]:
    """Shares of one volume by stage that make more than all of it; what mounts up is no share."""
    for number, line in numbered(plan):
        stages = list(_STAGE.finditer(line)) if line.count("%") > 1 else []
        if [int(each["stage"]) for each in stages] != list(range(1, len(stages) + 1)):
            continue
        shares = [parse_number(each["number"]) or Decimal() for each in stages]
        added = sum(shares, Decimal())
        if len(shares) < 2 or added <= 100 or shares == sorted(shares):
            continue
        yield Hit(
            message=f"Tỷ lệ các chặng cộng lại được {format_number(added)}%, quá 100%.",
            places=(at(number, line[stages[0].start() : stages[-1].end()]),),
            advice="Chia lại khối lượng cho đủ 100%.",
        )


def _judge(number: int, line: str, match: re.Match[str], value: Decimal) -> Hit | None:
    before = line[max(0, match.start() - _AROUND) : match.start()]
    if _OF_PEOPLE.match(line, match.end()):  # “đạt 103% kế hoạch, bao phủ 101% dân số”
        before = re.split(r"[,;]\s", before)[-1]
    if _RELATIVE.search(before) or _RELATIVE.search(line[match.end() : match.end() + _AROUND // 2]):
        return None
    above, at_least = _ABOVE.search(before), _AT_LEAST.search(before)
    if value > 100:
        if value < _ROUNDED and _ROUNDING.search(line):
            return None
        return Hit(
            message=f"Tỷ lệ {match[0].strip()} lớn hơn 100%.",
            places=(at(number, match[0].strip()),),
            advice="Sửa số; nếu là so với năm trước hay kế hoạch thì ghi rõ “so với …”.",
        )
    if above:
        words = above[0] + match[0]
        return Hit(
            message=f"Không tỷ lệ nào đạt được “{words.strip()}”.",
            places=(at(number, words.strip()),),
            advice="Ghi “100%” hoặc một mức thấp hơn 100%.",
        )
    if match["after"] or at_least:
        words = (at_least[0] if at_least else "") + match[0]
        fix = None
        if match["after"] and not at_least and line.count(match[0]) == 1:
            fix = Fix(line=number, old=match[0], new=match[0][: -len(match["after"])])
        return Hit(
            message=f"“{words.strip()}” chỉ có thể là đúng 100%.",
            places=(at(number, words.strip()),),
            advice="Ghi “100%”, hoặc nếu chép nhầm thì ghi lại mức đúng.",
            fix=fix,
            severity="warning",
        )
    return None
