"""Targets: in conflict, with another comparator, out of reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from dinhlang.papers.checking.arithmetic.conflicts import wrong_facts, wrong_things, wrong_wholes
from dinhlang.papers.checking.arithmetic.told_twice import told_twice
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.likeness import alike, content
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import at, is_plan, numbered, whole
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.checking.text.target_tables import rows, value
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.plan import Plan, Target
from dinhlang.vietnamese import fold, format_number, parse_number
from dinhlang.vietnamese.guarded import guarded

_RAISE = re.compile(
    r"\b(?:nâng(?: cao| dần)?|tăng(?: dần)?|giảm(?: dần)?|duy trì và nâng cao)\s+(?:các\s+)?"
    r"(?:tỷ lệ|tỉ lệ|diện tích|số hộ)\b[^.;]*|\btăng thêm\s+(?:các|một số)\s+(?:tiêu chí|chỉ tiêu)",
    re.IGNORECASE,
)
_HAS_VALUE = re.compile(r"\d|bình quân|quy định|100%")
_RATE = re.compile(r"^\s*(?:Tỷ lệ|Tỉ lệ|Mức|Số)\b", re.IGNORECASE)
_INCOME = re.compile(
    r"thu nhập(?: bình quân)?[^.;()]{0,40}?năm\s+(?P<year>20\d\d)[^.;()]{0,30}?"
    r"(?P<value>\d[\d.,]*)\s*"
    r"triệu",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:[Xx]ã\s+(?:được\s+(?:xếp|phân)\s+)?(?:thuộc|vào|là|ở)\s+(?:xã\s+)?"
    r"|(?:áp dụng|theo|bằng)\s+(?:(?:mức|ngưỡng|chỉ tiêu|yêu cầu|của|đối với|quy định|xã)\s+)+"
    r"|(?:mức|ngưỡng)\s+(?:(?:chỉ tiêu|của|đối với|xã)\s+)*)nhóm\s+(?:xã\s+)?(?:số\s+)?"
    r"(?P<group>[123])\b(?!\s*(?:chỉ tiêu|tiêu chí|giải pháp))"
)
_TWO = 2
_NAMELESS = re.compile(
    r"(?:mức|chỉ tiêu|yêu cầu|tỷ lệ|quy định|tỉnh|huyện|xã|phải|đạt|theo|của|là|trung ương|bộ"
    r"|tiêu chí|\s)+",
    re.IGNORECASE,
)
# “nâng thu nhập bình quân đầu người lên 72 triệu”, “thu nhập … phấn đấu đạt 70 triệu”
_AIM_OF_INCOME = guarded(
    r"(?:(?:nâng|tăng|đưa|phấn đấu|mục tiêu)[^.;|]{0,30}?)?\bthu nhập(?: bình quân)?"
    r"(?: đầu người| người|/người)?(?:(?!hiện|mới|đã|từ \d)[^.;|\d]|năm 20\d\d|20\d\d){0,60}?"
    r"\b(?:đạt|lên|là|tới|đến)\s+(?:mức\s+)?(?P<n>\d{2,3}(?:,\d+)?)(?=\s*triệu)",
    re.IGNORECASE,
)
_NOT_COMMUNE = re.compile(
    r"\b(?:hộ|mô hình|thôn|ấp|bản|xóm|buôn|khu|hợp tác xã|trang trại|lao động|người trồng"
    r"|thành viên|hiện|mới|đã|đầu năm|tháng|mỗi)\b",
    re.IGNORECASE,
)
_GROWTH = Decimal(12)
_NONE_LEFT = re.compile(r"\bkhông (?:có|còn)\s+hộ nghèo\b", re.IGNORECASE)
_BELOW_MEAN = re.compile(
    r"\b(?:giảm nghèo|hộ nghèo)\b[^.;]{0,80}\bthấp hơn (?:mức )?bình quân\b[^.;]*", re.IGNORECASE
)
_GIVEN = re.compile(r"\b(?:giao|phân công|nhiệm vụ|xây dựng kế hoạch|chủ trì)\b", re.IGNORECASE)
_CHOICE = re.compile(
    r"\b(?:lựa chọn|chọn|đăng ký)\b[^.;]{0,60}\b(?:chỉ tiêu|lĩnh vực|nội dung|\d\.\d)"
    r"|\b(?:về|trong) lĩnh vực\s+[^\W\d_]|\blĩnh vực nổi trội\s*(?:là|về|:)|kiểu mẫu về [^\W\d_]",
    re.IGNORECASE,
)


@rule(
    code="TARGET-COMPARATOR",
    severity="warning",
    purpose="Mức phải đạt giữ đúng dấu so sánh của chỉ tiêu",
    page="""
## Là gì

Cùng một mức, chỗ ghi “≥” (từ … trở lên), chỗ ghi “trên”.

## Vì sao

Đúng bằng mức thì chỗ này đạt, chỗ kia chưa đạt.

## Ví dụ

Bị báo: yêu cầu `≥ 68 triệu đồng/người/năm`, phấn đấu `trên 68 triệu đồng`.

Không bị báo: yêu cầu `≥ 68`, phấn đấu `70 triệu đồng`.

## Cách sửa

Dùng đúng dấu so sánh của bộ tiêu chí.
""",
)
def comparator(plan: Plan) -> Iterator[Hit]:
    """One value as a floor that may be met and as one that must be passed."""
    valued = [t for t in plan.targets if t.value and t.comparator in (">", ">=")]
    for one in valued:
        if one.comparator != ">=":
            continue
        others = [
            other
            for other in valued
            if other.comparator == ">" and other.value == one.value and _same_kind(one, other)
        ]
        if others:
            written = format_number(Decimal(one.value or "0"))
            yield Hit(
                message=f"Mức {written} chỗ ghi từ {written} trở lên, chỗ ghi trên {written}.",
                places=(_place(plan, one), *(_place(plan, other) for other in others)),
                advice="Dùng đúng dấu so sánh của bộ tiêu chí.",
            )


def _same_kind(one: Target, other: Target) -> bool:
    left, right = (one.unit or "").split("/")[0], (other.unit or "").split("/")[0]
    money = left.startswith("triệu") and right.startswith("triệu")
    if one.year and other.year and one.year != other.year:
        return False
    return money or (left == right and alike(one.text, other.text) >= 0.6)


def _place(plan: Plan, target: Target) -> Place:
    if target.spans:
        line, start, end = target.spans[0]
        if 0 < line <= len(plan.text):
            return at(line, plan.text[line - 1][start:end].strip())
    return whole(plan, target.lines)


@rule(
    code="TARGET-CONFLICT",
    severity="warning",
    purpose="Một chỉ tiêu chỉ có một mức, một số liệu của xã chỉ có một con số",
    page="""
## Là gì

Cùng một chỉ tiêu, cùng nơi, cùng năm mà hai chỗ ghi hai mức khác nhau; hoặc số thôn, số hộ, số dân
của xã hai chỗ ghi hai số.

## Vì sao

Không biết phải đạt mức nào.

## Ví dụ

Bị báo: mục tiêu `tỷ lệ hộ dùng nước sạch tập trung đạt 65%`, phần nhiệm vụ `… đạt 70%`;
`toàn xã có 9 thôn`, chỗ khác `cả 10 thôn`.

Không bị báo: hai năm khác nhau; mức hiện nay và mức phấn đấu; chỉ tiêu của xã và của một thôn.

## Cách sửa

Giữ một mức ở mọi chỗ.
""",
)
def conflict(plan: Plan) -> Iterator[Hit]:
    """One indicator with two values, one fact of the commune with two figures."""
    yield from wrong_facts(plan)
    yield from wrong_wholes(plan)
    yield from wrong_things(plan)
    if not is_plan(plan):
        return
    yield from told_twice(plan)
    yield from _two_groups(plan)
    yield from _two_incomes(plan)
    valued = [t for t in plan.targets if t.value and t.unit == "%" and len(content(t.text)) >= 3]
    for one, other in combinations(valued, 2):
        if one.value == other.value or one.lines == other.lines or one.year != other.year:
            continue
        if (one.place, one.group) != (other.place, other.group):
            continue
        if one.code and other.code and one.code != other.code:
            continue
        if one.comparator != other.comparator and {one.comparator, other.comparator} != {">", ">="}:
            continue
        if re.findall(r"\d+", one.text) != re.findall(r"\d+", other.text):
            continue  # “148/185 hộ …” and “63/126 hộ …” are of two places
        if _NAMELESS.fullmatch(one.text.strip(" :;,.")):
            continue  # “mức tỉnh quy định” is no indicator
        if alike(_from_rate(one.text), _from_rate(other.text)) < 0.85:
            continue
        yield Hit(
            message=f"Chỉ tiêu “{one.text}” có hai mức: {_written(one)}% và {_written(other)}%.",
            places=(_place(plan, one), _place(plan, other)),
            advice="Giữ một mức ở mọi chỗ.",
        )


def _two_groups(plan: Plan) -> Iterator[Hit]:
    """The group of communes (2026-2030) that sets the thresholds, told twice differently."""
    told: dict[str, Place] = {}
    for each in paragraphs(plan):
        for match in _GROUP.finditer(each.text) if "nhóm" in each.text else ():
            told.setdefault(match["group"], each.said(plan, match.start(), match.end()))
    if len(told) > 1:
        yield Hit(
            message=f"Xã được ghi thuộc hai nhóm: nhóm {' và nhóm '.join(sorted(told))}.",
            places=tuple(told.values()),
            advice="Ghi một nhóm xã ở mọi chỗ: ngưỡng của chỉ tiêu theo nhóm.",
        )


def _two_incomes(plan: Plan) -> Iterator[Hit]:
    """Two goals for the income per head of the commune in one year."""
    year = max(plan.document.years, default=0)
    told: dict[Decimal, Place] = {}
    told_before = _lines_of_what_was(plan)
    for number, line in body(plan):
        if "triệu" not in line or "thu nhập" not in line.lower() or number in told_before:
            continue
        for match in _AIM_OF_INCOME.finditer(line):
            words = re.split(r"[.;|]\s", line[: match.start()])[-1] + match[0]
            years = {int(each) for each in re.findall(r"(?<!\d)20\d\d(?!\d)", words)}
            if (years and years != {year}) or _NOT_COMMUNE.search(words):
                continue
            if re.search(r"yêu cầu|quy định|≥|từ\s*$|trên\s*$", words[: -len(match["n"])]):
                continue
            aimed = parse_number(match["n"])
            if aimed is not None:
                told.setdefault(aimed, at(number, match[0].strip()))
    for row in rows(plan):
        aimed = value(row.goal) if "thu nhap binh quan" in fold(row.what) else None
        if aimed is not None and not _NOT_COMMUNE.search(row.what) and "%" not in row.unit:
            told.setdefault(aimed, row.place)
    if len(told) == _TWO:
        low, high = sorted(told)
        yield Hit(
            message=f"Thu nhập bình quân phải đạt ghi hai mức: {format_number(low)} và "
            f"{format_number(high)} triệu đồng.",
            places=(told[low], told[high]),
            advice="Giữ một mức ở mọi chỗ.",
        )


def _lines_of_what_was(plan: Plan) -> set[int]:
    """The lines of the parts that tell what was."""
    return {
        number
        for each in paragraphs(plan)
        if "triệu" in each.text and tells_what_was(each.above)
        for number in range(each.block.lines[0], each.block.lines[1] + 1)
    }


def _written(target: Target) -> str:
    return format_number(Decimal(target.value or "0"))


def _from_rate(text: str) -> str:
    """The text from its last “tỷ lệ” on: what stands before is only what to do about it."""
    start = text.lower().rfind("tỷ lệ")
    return text[start:] if start > 0 else text


@rule(
    code="TARGET-GROWTH",
    severity="warning",
    purpose="Mức thu nhập phải đạt không quá xa mức hiện có",
    page="""
## Là gì

Thu nhập năm trước ghi trong kế hoạch phải tăng trên 12% trong một năm mới đạt mức của năm kế hoạch.
12% là ngưỡng của phép kiểm, không phải của văn bản nào.

## Vì sao

Mức tăng như vậy hiếm; cần việc làm cụ thể chứ không chỉ thống kê lại.

## Ví dụ

Bị báo: năm 2022 đạt 59,58 triệu đồng, năm 2023 phải đạt 68 triệu đồng (tăng 14,1%).

Không bị báo: năm 2022 đạt 63 triệu đồng, năm 2023 phải đạt 68 triệu đồng.

## Cách sửa

Thêm việc làm tăng thu nhập, hoặc lùi năm đạt.
""",
)
def growth(plan: Plan) -> Iterator[Hit]:
    """Incomes that must grow by more than an eighth in the year of the plan."""
    goals = {
        t.year: Decimal(t.value)
        for t in plan.targets
        if t.value and t.year and (t.unit or "").startswith("triệu") and t.comparator in (">=", ">")
    }
    for number, line in numbered(plan):
        match = _INCOME.search(line) if "thu nhập" in line.lower() else None
        if match is None:
            continue
        value, goal = parse_number(match["value"].rstrip(".,")), goals.get(int(match["year"]) + 1)
        if not value or goal is None or goal <= value or "phấn đấu" in match[0].lower():
            continue
        percent = (goal / value - 1) * 100
        if percent > _GROWTH:
            yield Hit(
                message=f"Từ {format_number(value)} lên {format_number(goal)} triệu đồng phải tăng "
                f"{format_number(round(percent, 1))}% trong một năm.",
                places=(at(number, match[0]),),
                advice="Thêm việc làm tăng thu nhập vào lộ trình, hoặc lùi năm đạt.",
            )
