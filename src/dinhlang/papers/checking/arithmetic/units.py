"""Units and terms: what is counted, of how many, and which standard is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import at, listed, numbered, whole
from dinhlang.papers.checking.text.target_tables import rows, value
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.guarded import guarded

_COUNTED = (
    r"cái|chiếc|m|mét|km|hộ|ha|m2|m²|công trình|tuyến|vườn|cây|bể|nhà|người|bản|tờ|thẻ|biển|thùng"
    r"|buổi|lượt|hố|mô hình|sản phẩm|tấn|tạ|kg|lớp|con|bộ|bóng|đèn|điểm|phòng|hầm|chuồng"
    r"|giếng|cổng|cột|camera|mắt|trường|thôn|ấp|xóm|cơ sở|học viên|cuộc|tổ|đội|xe"
    r"|triệu đồng|tỷ đồng|%|ngôi|căn|khóm|bồn|chậu|thửa|cống|cầu|trạm|đoạn|bụi|gốc|ngày công|công"
)
# The unit may stand at the end of the name, in brackets or behind “tính theo”.
_LABEL_UNIT = re.compile(
    rf"\((?:ĐVT:?\s*|đơn vị(?: tính)?:?\s*|tính (?:theo|bằng)\s+|số (?:lượng )?)?"
    rf"(?P<label>{_COUNTED})\)"
    r"\s*[:=–-]\s*"
    r"(?:[^\W\d_]+\s+){0,4}?\d[\d.,]*\s?"
    rf"(?P<unit>{_COUNTED})(?![^\W_])",
    re.IGNORECASE,
)
# “Số lượng thùng rác (cái) … báo cáo theo hộ”: counted in words as something else.
_TOLD_IN = re.compile(
    rf"\((?P<label>{_COUNTED})\)[^.;|\d]{{0,40}}?\b(?:tính|báo cáo|thống kê|ghi|đếm|tổng hợp)\s+"
    rf"(?:theo|bằng)\s+(?:số\s+)?(?P<unit>{_COUNTED})(?![^\W_])",
    re.IGNORECASE,
)
_SAME_UNIT = (
    {"cái", "chiếc", "bộ", "bóng", "đèn", "thùng", "hố", "bể", "hầm", "cổng", "biển", "cột"},
    {"nhà", "ngôi", "căn"}, {"m", "mét", "km"}, {"m2", "m²", "ha"}, {"tấn", "tạ", "kg"},
    {"người", "học viên", "lượt"}, {"triệu đồng", "tỷ đồng"}, {"cây", "bụi", "gốc", "khóm"},
    {"camera", "mắt", "cái", "chiếc", "bộ"}, {"ngày công", "công"}, {"tuyến", "đoạn"},
    {"công trình", "cầu", "cống", "trạm", "điểm"},
)  # fmt: skip
_ALL_NOUNS = (
    r"vườn|hộ|tuyến đường|nhà|chuồng trại|chuồng|ngõ|cổng|hàng rào|nhà tiêu|nhà vệ sinh|hố rác"
    r"|giếng|cơ sở|ao|trang trại|công trình|cửa hàng|điểm|bể|bờ rào|cống|cột"
)
_ALL_OF = guarded(
    rf"(?<![\d.,])(?P<percent>\d{{1,3}})\s*%\s+(?:số\s+|các\s+)?(?P<noun>{_ALL_NOUNS})\b",
    re.IGNORECASE,
)
# Of these a paper seldom tells the whole number, and work on some of them is told by number.
_SELDOM_COUNTED = frozenset(
    ("vườn", "tuyến", "chuồng", "ngõ", "cổng", "hàng", "hố", "giếng", "ao", "bờ", "trang", "cống")
)
_WORKED_ON = (
    r"cải tạo|chỉnh trang|xây|làm|trồng|lắp|đào|di dời|sửa|dọn|nâng cấp|bê tông|giao|khối lượng"
)
_SOME_UNITS = 2
_CELL_UNIT = re.compile(rf"[≥≤<>]?\s*\d[\d.,]*\s*(?P<unit>{_COUNTED})", re.IGNORECASE)
_UNIT_IN_NAME = re.compile(rf"\((?:{_COUNTED})\)|\b(?:số|tỷ lệ|tỉ lệ)\b", re.IGNORECASE)
_STANDARDS = (
    guarded(r"chuẩn quốc gia(?:\s+về giáo dục)?\s+(?:mức độ|cấp độ)\s+\d", re.IGNORECASE),
    guarded(r"chuẩn cơ sở vật chất\s+(?:mức độ|cấp độ)?\s*\d", re.IGNORECASE),
)


@rule(
    code="QUANTITY-SHARE",
    severity="warning",
    purpose="Chỉ tiêu phần trăm đi cùng số lượng thì có tổng số",
    page="""
## Là gì

Một dòng vừa ghi 100% (hay một tỷ lệ) của một loại vừa ghi số lượng phải làm của loại ấy, mà không
ghi tổng số có bao nhiêu.

## Vì sao

Không biết số lượng ấy đã đủ tỷ lệ chưa.

## Ví dụ

Bị báo: `100% vườn hộ được cải tạo … cải tạo 35 vườn, chỉnh trang 121 vườn`.

Không bị báo: `100% vườn hộ (156 vườn) được cải tạo`; `156/156 vườn`.

## Cách sửa

Ghi tổng số, ví dụ `156/156 vườn`.
""",
)
def no_whole(plan: Plan) -> Iterator[Hit]:
    """Percentages of things beside numbers of them, without how many there are."""
    told: set[str] = set()
    for number, line in numbered(plan):
        for match in _ALL_OF.finditer(line) if "%" in line else ():
            noun = match["noun"].lower().split()[0]
            every = match["percent"] == "100" and noun != "hộ"
            counted = _counted((line[: match.start()] if every else "") + line[match.end() :], noun)
            if noun in told or (not counted and not (every and _worked_on(plan, noun))):
                continue
            if _whole_told(line if counted and noun == "hộ" else "\n".join(plan.text), noun):
                continue
            told.add(noun)
            shown = f" và {listed(counted)} {noun}" if counted else ""
            yield Hit(
                message=f"Ghi {match['percent']}% {noun}{shown}, không ghi tổng số {noun}.",
                places=(at(number, match[0]), *(() if counted else _worked_on(plan, noun)[:2])),
                advice="Ghi tổng số để biết số lượng đã đủ tỷ lệ chưa.",
            )
            break


def _counted(text: str, noun: str) -> list[str]:
    """The numbers of a thing in a line, fractions and parts left out."""
    return re.findall(rf"(?<![\d.,/%])\b(\d[\d.]*)\s+{noun}\b", text)


def _worked_on(plan: Plan, noun: str) -> tuple[Place, ...]:
    """Where the paper gives out work on a number of such things; rows of tables as well."""
    if noun not in _SELDOM_COUNTED:
        return ()
    pattern = re.compile(
        rf"(?:{_WORKED_ON})\b[^.;|]{{0,40}}?(?<![\d.,/%])\d[\d.]*\s+{noun}\b"
        rf"|\b{noun}\b[^.;|%]{{0,30}}(?:{_WORKED_ON})?[^.;|%]{{0,20}}\({noun}\)\s*\|[\s\d.|]+",
        re.IGNORECASE,
    )
    return tuple(
        at(number, match[0].strip(" |"))
        for number, line in numbered(plan)
        if noun in line.lower() and (match := pattern.search(line))
    )


def _whole_told(text: str, noun: str) -> bool:
    """Whether the whole number of a thing is told."""
    return bool(
        re.search(
            rf"/\s*\d[\d.]*\s+{noun}|tổng (?:số|cộng|diện tích)[^.;\n]{{0,20}}{noun}"
            rf"|trong tổng[^.;\n]{{0,20}}{noun}|\(\s*\d[\d.]*\s+{noun}"
            rf"|\b(?:xã|thôn|ấp|bản|xóm|buôn)\s+(?:hiện\s+)?(?:có|gồm)\s+(?:tất cả\s+)?"
            rf"\d[\d.]*\s+{noun}|\b(?:toàn xã|cả xã)\s+(?:hiện\s+)?(?:có|còn)\s+\d[\d.]*\s+{noun}",
            text,
            re.IGNORECASE,
        )
    )


@rule(
    code="UNIT-LABEL",
    severity="warning",
    purpose="Đơn vị ở tên và ở số giống nhau",
    page="""
## Là gì

Tên chỉ tiêu ghi một đơn vị trong ngoặc, con số lại mang đơn vị khác; hoặc dòng của bảng chỉ tiêu bỏ
trống đơn vị tính.

## Vì sao

Không biết đếm công trình hay đếm hộ.

## Ví dụ

Bị báo: `Hệ thống xử lý nước thải (cái): 88 hộ`.

Không bị báo: `Hệ thống xử lý nước thải (cái): 88 cái`.

## Cách sửa

Dùng một đơn vị.
""",
)
def unit(plan: Plan) -> Iterator[Hit]:
    """Labels and values that count different things."""
    for number, line in numbered(plan):
        match = (_LABEL_UNIT.search(line) or _TOLD_IN.search(line)) if "(" in line else None
        if match is None:
            continue
        said = {match["label"].lower(), match["unit"].lower()}
        if len(said) > 1 and not any(said <= same for same in _SAME_UNIT):
            yield Hit(
                message=f"Tên ghi đơn vị {match['label']}, con số ghi {match['unit']}.",
                places=(at(number, match[0]),),
                advice="Dùng một đơn vị.",
            )
    yield from _no_unit(plan)


def _no_unit(plan: Plan) -> Iterator[Hit]:
    """Rows with a bare figure and an empty cell of the unit, in a table where others have one."""
    every = list(rows(plan))
    if sum(bool(row.unit) for row in every) < _SOME_UNITS:
        return
    for row in every:
        written = _CELL_UNIT.fullmatch(row.goal.strip())
        said = {row.unit.strip().lower(), written["unit"].lower()} if written else set()
        counted = re.fullmatch(_COUNTED, row.unit.strip(), re.IGNORECASE)
        if counted and len(said) > 1 and not any(said <= same for same in _SAME_UNIT):
            yield Hit(
                message=f"Cột đơn vị ghi {row.unit}, mức ghi {row.goal}.",
                places=(row.place,),
                advice="Dùng một đơn vị.",
            )
        bare = value(row.goal) is not None and not re.search(r"[^\d\s.,]", row.goal)
        if bare and not row.unit and row.has_unit and not _UNIT_IN_NAME.search(row.what):
            yield Hit(
                message=f"Chỉ tiêu “{row.what}” ghi {row.goal}, không ghi đơn vị tính.",
                places=(row.place,),
                advice="Ghi đơn vị tính.",
            )


@rule(
    code="TERM-STANDARD",
    severity="warning",
    purpose="Chuẩn quốc gia và chuẩn cơ sở vật chất của trường không lẫn nhau",
    page="""
## Là gì

Kế hoạch lúc nói trường đạt chuẩn quốc gia mức độ 2, lúc nói đạt chuẩn cơ sở vật chất mức độ 2.

## Vì sao

Đó là hai chuẩn khác nhau, do hai quy định khác nhau; đạt chuẩn này chưa chắc đạt chuẩn kia.

## Ví dụ

Bị báo: còn thiếu `trường đạt chuẩn quốc gia mức độ 2`, lộ trình `kiểm định đạt chuẩn cơ sở vật chất
mức độ 2`.

Không bị báo: chỉ dùng một trong hai tên.

## Cách sửa

Xem chỉ tiêu đòi chuẩn nào, dùng đúng tên ấy ở mọi chỗ.
""",
)
def standard(plan: Plan) -> Iterator[Hit]:
    """Two standards of schools used as one."""
    found: list[list[Place]] = []
    for pattern in _STANDARDS:
        found.append(
            [
                at(number, match[0])
                for number, line in numbered(plan)
                for match in pattern.finditer(line)
            ]
        )
    if all(found):
        yield Hit(
            message="Kế hoạch dùng lẫn chuẩn quốc gia và chuẩn cơ sở vật chất của trường học.",
            places=tuple(dict.fromkeys(place for places in found for place in places)),
            advice="Xem chỉ tiêu đòi chuẩn nào, dùng đúng tên ấy ở mọi chỗ.",
        )


@rule(
    code="SUPPORT-COUNT",
    severity="note",
    purpose="Mức hỗ trợ theo hộ đi cùng số hộ được hỗ trợ",
    page="""
## Là gì

Kế hoạch ghi mức hỗ trợ cho mỗi hộ nhưng không ghi có bao nhiêu hộ thuộc diện.

## Vì sao

Không tính được cần bao nhiêu tiền.

## Ví dụ

Bị báo: `hộ nghèo, hộ cận nghèo … được hỗ trợ 1 triệu đồng/hộ` mà không có số hộ.

Không bị báo: `hỗ trợ 1 triệu đồng/hộ cho 40 hộ nghèo, cận nghèo`.

## Cách sửa

Ghi số hộ thuộc diện và tổng tiền.
""",
)
def support(plan: Plan) -> Iterator[Hit]:
    """Support per household without how many are entitled."""
    places = []
    for each in plan.support:
        rows = " ".join(line for _, line in numbered(plan, each.lines))
        if each.per and "hộ" in each.per and not re.search(r"\b\d+\s+hộ\b", rows):
            places.append(whole(plan, each.lines))
    if places:
        yield Hit(
            message="Mức hỗ trợ theo hộ không đi cùng số hộ thuộc diện.",
            places=tuple(dict.fromkeys(places)),
            advice="Ghi số hộ thuộc diện và tổng tiền.",
        )
