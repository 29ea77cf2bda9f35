"""Targets: without a value, weaker than asked, in conflict, out of reach; units and terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.likeness import alike, content
from dinhlang.papers.checking.places import at, clauses, is_plan, locate, numbered, whole
from dinhlang.papers.plan import Plan, Target
from dinhlang.vietnamese import format_number, parse_number

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
    code="TARGET-NOVALUE",
    severity="warning",
    purpose="Chỉ tiêu tỷ lệ có con số",
    page="""
## Là gì

Kế hoạch đặt mục tiêu nâng, giảm một tỷ lệ, hoặc đạt một chỉ tiêu tỷ lệ, mà không ghi đến bao nhiêu.
Cả văn bản chỉ có một cảnh báo.

## Vì sao

Không có số thì không đo được, không chấm được.

## Ví dụ

Bị báo: `nâng tỷ lệ cứng hóa đường thôn`; `Chỉ tiêu 6.3. Tỷ lệ thôn có nhà văn hóa` không có mức.

Không bị báo: `nâng tỷ lệ cứng hóa đường thôn lên 85%`; `giảm tỷ lệ hộ nghèo thấp hơn bình quân
huyện`.

## Cách sửa

Ghi mức hiện nay và mức phải đạt.
""",
)
def no_value(plan: Plan) -> Iterator[Hit]:
    """Rates to be raised, and indicators that are rates, without a value: one warning for all."""
    if not is_plan(plan):
        return
    places: list[Place] = []
    for clause in clauses(
        plan, only=lambda line: "tỷ lệ" in line.lower() or "tăng" in line.lower()
    ):
        match = _RAISE.search(clause.text)
        if match and not _HAS_VALUE.search(match[0]):
            places.append(at(clause.number, match[0].strip()))
    for target in plan.targets:
        if target.comparator == "yes" and target.code and _RATE.match(target.text):
            place = locate(plan, target.lines, re.compile(re.escape(target.text)))
            if not re.search(r"\d+(?:[.,]\d+)?\s*%", place.quote):
                places.append(place)
    if places:
        yield Hit(
            message=f"{len(places)} chỉ tiêu tỷ lệ không ghi mức phải đạt.",
            places=tuple(dict.fromkeys(places)),
            advice="Ghi mức hiện nay và mức phải đạt.",
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
    severity="error",
    purpose="Một chỉ tiêu chỉ có một mức",
    page="""
## Là gì

Cùng một chỉ tiêu, cùng nơi, cùng năm mà hai chỗ ghi hai mức khác nhau.

## Vì sao

Không biết phải đạt mức nào.

## Ví dụ

Bị báo: mục tiêu `tỷ lệ hộ dùng nước sạch tập trung đạt 65%`, phần nhiệm vụ `… đạt 70%`.

Không bị báo: hai năm khác nhau; mức hiện nay và mức phấn đấu; chỉ tiêu của xã và của một thôn.

## Cách sửa

Giữ một mức ở mọi chỗ.
""",
)
def conflict(plan: Plan) -> Iterator[Hit]:
    """One indicator with two values."""
    if not is_plan(plan):
        return
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
        if alike(_from_rate(one.text), _from_rate(other.text)) < 0.85:
            continue
        yield Hit(
            message=f"Chỉ tiêu “{one.text}” có hai mức: {_written(one)}% và {_written(other)}%.",
            places=(_place(plan, one), _place(plan, other)),
            advice="Giữ một mức ở mọi chỗ.",
        )


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


@rule(
    code="TASK-WEAKER",
    severity="warning",
    purpose="Việc giao không nhẹ hơn chỉ tiêu nó phục vụ",
    page="""
## Là gì

Chỉ tiêu đòi không có hộ nghèo, việc giao lại chỉ đòi tỷ lệ hộ nghèo thấp hơn bình quân.

## Vì sao

Làm xong việc vẫn chưa đạt chỉ tiêu.

## Ví dụ

Bị báo: `Chỉ tiêu 2.1. Không có hộ nghèo`; `giao … giảm nghèo thấp hơn mức bình quân chung của
huyện`.

Không bị báo: việc giao ghi `không còn hộ nghèo`; chỉ tiêu của xã nâng cao là thấp hơn bình quân.

## Cách sửa

Ghi việc đúng mức của chỉ tiêu.
""",
)
def weaker(plan: Plan) -> Iterator[Hit]:
    """Work towards fewer poor households where none is asked for."""
    asked = [
        at(number, match[0])
        for number, line in numbered(plan)
        if (match := _NONE_LEFT.search(line))
    ]
    if not asked:
        return
    for number, line in numbered(plan):
        match = _BELOW_MEAN.search(line)
        if match and _GIVEN.search(line[: match.start()]) and number > asked[0].lines[0]:
            yield Hit(
                message="Việc giao chỉ giảm hộ nghèo dưới mức bình quân, chỉ tiêu đòi không có hộ "
                "nghèo.",
                places=(at(number, match[0].strip()), *asked),
                advice="Ghi việc đúng mức của chỉ tiêu.",
            )


@rule(
    code="GROUP-CHOICE",
    severity="warning",
    purpose="Nhóm “ít nhất k trong n” thì chọn rõ làm cái nào",
    page="""
## Là gì

Kế hoạch ghi phải đạt ít nhất k trong n chỉ tiêu hay lĩnh vực mà không nói xã chọn cái nào.

## Vì sao

Không chọn thì làm tất cả hoặc không làm gì; hồ sơ công nhận phải ghi rõ.

## Ví dụ

Bị báo: `Đạt ít nhất một trong các lĩnh vực nổi trội` rồi kể bảy lĩnh vực.

Không bị báo: `xã chọn lĩnh vực văn hóa`; `đạt kiểu mẫu về lĩnh vực giáo dục`; các công nghệ để chọn
trong cùng một câu.

## Cách sửa

Ghi chỉ tiêu, lĩnh vực xã chọn và lý do.
""",
)
def choice(plan: Plan) -> Iterator[Hit]:
    """Groups of which some suffice, spread over lines, with none chosen."""
    groups = [
        group
        for group in plan.groups
        if (group.rule.of is None or group.rule.at_least < group.rule.of)
        and _spread(plan, group.lines)
    ]
    for group in groups:
        chosen = any(
            _CHOICE.search(line)
            for number, line in numbered(plan)
            if not group.lines[0] <= number <= group.lines[1] and not _only_heads(line)
        )
        if not chosen:
            of = f" trong {group.rule.of}" if group.rule.of else ""
            yield Hit(
                message=f"Nhóm “{group.name}” đòi đạt {group.rule.at_least}{of}, kế hoạch không "
                "chọn cái nào.",
                places=(whole(plan, (group.lines[0], group.lines[0])),),
                advice="Ghi chỉ tiêu, lĩnh vực xã chọn và lý do.",
            )


def _only_heads(line: str) -> bool:
    """Whether “kiểu mẫu về …” stands in a heading that names the field and not the indicator."""
    return bool(re.match(r"[\s#*_]*\d+[.)]\s*Xây dựng xã\b", line)) or "Căn cứ" in line


def _spread(plan: Plan, lines: tuple[int, int]) -> bool:
    """Whether the members stand on lines of their own below the rule."""
    row = plan.text[lines[0] - 1].rstrip(" *_") if 0 < lines[0] <= len(plan.text) else ""
    return lines[1] > lines[0] or row.endswith(":") or len(row) < 80
