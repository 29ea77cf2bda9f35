"""Targets that nobody can measure: rates and numbers to be raised without saying to what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.likeness import content, share_found
from dinhlang.papers.checking.places import at, clauses, is_plan, locate
from dinhlang.papers.checking.sections import body
from dinhlang.papers.checking.target_tables import rows
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold

_SUBJECT = (
    r"tỷ lệ|tỉ lệ|độ che phủ|diện tích|số hộ|số lượng|số thôn|mức thu nhập"
    r"|thu nhập bình quân(?: đầu người)?"
)
_RAISE = re.compile(
    rf"\b(?:nâng(?: cao| dần)?|tăng(?: dần| thêm| mạnh)?|giảm(?: dần| thêm| mạnh)?"
    rf"|duy trì và nâng cao|giữ(?: vững)?)\s+(?:các\s+|một số\s+)?(?:{_SUBJECT})\b[^.;]*"
    r"|\b(?:tăng thêm|có thêm|phát triển thêm)\s+(?:các\s+|một số\s+|nhiều\s+)?"
    r"(?:tiêu chí|chỉ tiêu|mô hình|sản phẩm|hợp tác xã)\b[^.;]*",
    re.IGNORECASE,
)
_MOVES = re.compile(
    rf"(?:{_SUBJECT})\b[^.;]{{0,90}}?\b(?:ngày càng (?:tăng|giảm|cao|nâng)|ở mức cao|tăng so với"
    r"|giảm so với|cao hơn năm|thấp hơn năm|tăng lên|tăng hằng năm|giảm dần|tăng dần|đạt cao)\b"
    r"[^.;]*",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"\b(?:đạt|từ|trên|dưới|còn|lên|là)\s*(?:[…_]+|\.{2,})[\s.…_]*%?(?:\s*trở lên)?|[…_]{1,}\s*%"
    r"|\.{3,}\s*%"
)
_MOST = re.compile(
    r"\b(?:đa số|phần lớn|hầu hết|nhiều)\s+(?:các\s+)?(?:số\s+)?"
    r"(?:hộ|người dân|thôn|tuyến|đường|trẻ)\b[^.;]{0,40}\b(?:có|được|đạt|sử dụng|tham gia)\b[^.;]*",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?:năm|quý|tháng|giai đoạn|ngày|kỳ|/)\s*[\dIVX/.\s–-]*20\d\d"
    r"|\b(?:tiêu chí|chỉ tiêu)\s+(?:số\s+)?\d[\d.]*|\b\d+\s+(?:tuổi|tháng|lần|năm)\b|dưới \d+ tuổi",
    re.IGNORECASE,
)
_HAS_VALUE = re.compile(r"\d|bình quân (?:chung|của|toàn|huyện|tỉnh|xã|cả)|quy định|chỉ tiêu giao")
_RATE = re.compile(r"^\s*(?:Tỷ lệ|Tỉ lệ|Mức|Số)\b", re.IGNORECASE)
_NOT_A_GOAL = re.compile(
    r"\b(?:tham mưu|tổng hợp|thống kê|theo dõi|báo cáo|rà soát|đánh giá|nguyên nhân|do|hiện nay"
    r"|kết quả|năm qua|vẫn còn|còn (?:chậm|thấp|cao)|chưa)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_WHERE = (
    (_RAISE, ("nâng", "tăng", "giảm", "giữ", "duy trì", "thêm")),
    (_MOVES, ("tỷ lệ", "tỉ lệ", "thu nhập", "số ", "diện tích", "độ che phủ")),
    (_MOST, ("đa số", "phần lớn", "hầu hết", "nhiều")),
)
_IS_RATE = re.compile(r"\W*(?:Tỷ lệ|Tỉ lệ|Thu nhập|Độ che phủ|Số)\b", re.IGNORECASE)
_NO_NUMBER_NEEDED = re.compile(
    r"\b(?:đạt|có|không|duy trì|giữ|hoàn thành|theo quy định)\b|bình quân", re.IGNORECASE
)
_KNOWN_ENOUGH = 0.75


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
    valued = [target.text for target in plan.targets if target.value]
    for clause in clauses(plan, only=_may_raise):
        found = _open(clause.text)
        if found and not _known(found, valued):
            places.append(at(clause.number, found.strip(" ,-+")))
    places += _blanks(plan)
    for row in rows(plan):
        open_ended = not re.search(r"\d", row.goal) and not _NO_NUMBER_NEEDED.search(row.goal)
        if open_ended and _IS_RATE.match(row.what):
            places.append(row.place)
    for target in plan.targets:
        if target.comparator == "yes" and target.code and _RATE.match(target.text):
            place = locate(plan, target.lines, re.compile(re.escape(target.text)))
            if not re.search(r"\d+(?:[.,]\d+)?\s*%", place.quote):
                places.append(place)
    if places:
        yield Hit(
            message=f"{len(places)} chỉ tiêu không ghi mức phải đạt.",
            places=tuple(dict.fromkeys(places)),
            advice="Ghi mức hiện nay và mức phải đạt.",
        )


def _may_raise(line: str) -> bool:
    low = line.lower()
    return any(
        word in low
        for word in ("tỷ lệ", "tỉ lệ", "tăng", "nâng", "giảm", "đa số", "phần lớn", "hầu hết", "…",
                     "nhiều hộ", "độ che phủ", "...")
    ) and not low.lstrip(" *_-").startswith("căn cứ")  # fmt: skip


def _open(text: str) -> str:
    """The words of a clause that raise something without a value; empty where it has one."""
    low = text.lower()
    for pattern, words in _WHERE:
        match = pattern.search(text) if any(word in low for word in words) else None
        if match is None or _NOT_A_GOAL.search(text[: match.start()]):
            continue
        if not _HAS_VALUE.search(_TIMES.sub(" ", match[0])):
            return match[0]
    return ""


def _blanks(plan: Plan) -> Iterator[Place]:
    """Rates whose value is a row of dots."""
    for number, line in body(plan):
        blank = _BLANK.search(line) if "%" in line or "…" in line else None
        if blank and re.search(_SUBJECT, line[: blank.start()], re.IGNORECASE):
            quote = line[max(0, blank.start() - 50) : blank.end()].partition(" ")[2]
            yield at(number, quote.strip(" -"))


def _known(words: str, valued: list[str]) -> bool:
    """Whether the paper gives the same thing a value somewhere."""
    subject = re.sub(r"\b(?:tăng|giảm|nâng|giữ|so với|ngày càng)\b", " ", words)
    if len(content(subject)) < 2:
        return False
    return any(
        share_found(subject, text) >= _KNOWN_ENOUGH and len(set(content(fold(text)))) >= 2
        for text in valued
    )
