"""Amounts of work: lengths of road, households, toilets, gardens."""

from __future__ import annotations

import re
from decimal import Decimal

from dinhlang.papers.plan import Quantity, Span, Target
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.citations import OPENERS
from dinhlang.papers.reading.clauses import clause_end, strip_filler, subject_before
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.quantity_tables import (
    UNITS,
    costed_quantities,
    plain_decimal,
    table_quantities,
)
from dinhlang.vietnamese import parse_number, parse_words
from dinhlang.vietnamese.guarded import guarded

_WORDS = "một|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_QUANTITY = guard_vi(
    rf"(?<![\w/.,≥≤-])(?P<n>\d+(?:[.,]\d+)*|(?:{_WORDS})(?=\s))\s*(?P<unit>{UNITS})(?![\w/])"
)
_IN_WORDS = guarded(rf"\b(?:{_WORDS})\s")
_WORK = compile_vi(
    r"trồng|xây|làm|cải tạo|chỉnh trang|cứng hóa|cứng hoá|mở rộng|giải tỏa|giải phóng|lắp|phá "
    r"bỏ|vận động|thu gom|xử lý|nạo vét|"
    r"tổ chức|sửa|nâng cấp|bê tông|trải nhựa|hoàn thành|thực hiện|mở|đào|thành lập|tu bổ|nhà vệ "
    r"sinh|hố|vệ sinh|bổ sung|phát quang|"
    r"hỗ trợ|tập huấn|phấn đấu|xóa|xoá|duy trì|kiên cố|kẻ vẽ|vẽ|treo|giao|phát triển|"
    r"khối lượng|huy động|hiến|phát dọn|"
    r"di dời|đặt|kéo|mua|gắn|đấu nối|bố trí|tuyên truyền|tặng|cấp|dựng|trang bị|đóng|diện tích|"
    r"góp|khơi|nuôi|láng|cắm|chuyển|dời|dỡ|gia cố|rải|phủ|hướng dẫn|thay|nối|"
    r"hạ |vẽ|chăm sóc|kè",
    re.I,
)
_SKIP_BEFORE = compile_vi(
    r"(?<!\w)(?:tối thiểu|ít nhất|trên|dưới|≥|≤|từ|không quá|tối đa|mức độ|số|lần|Điều|khoản|điểm|"
    r"tháng|quý|ngày|năm|loại|lớp|khu|thôn|ấp|"
    r"bản|tổ|đội|xóm|khóm|đợt|mỗi thôn|gồm|có|trong|của|hơn|còn|là|các|được|địa bàn)\s*$"
)
_OF_VILLAGE = compile_vi(
    r"^(?P<place>(?:[Tt]hôn|[Kk]hu|[Bb]ản|[Ấấ]p|[Bb]uôn|[Xx]óm|[Kk]hóm|KDC) "
    r"[A-ZÀ-Ỹ\d][^:;,.]{0,30}):\s"
)
_DONE = compile_vi(r"^\s*(?:đã (?:đạt|được|có|hoàn)|hiện có|còn lại|này|trở|nói|dự họp|cũ\b)")
# “1,4 km rãnh” is a ditch of that length; “46 bộ đèn” are sets of lamps.
_MEASURE = compile_vi(r"km2|km²|m2|m²|m3|m³|km|ha|hécta|mét|m|tấn|kg")
_RATE = compile_vi(r"^\s*(?:mỗi|một|/)\s*(?:ngày|tuần|tháng|quý|năm)")
_LABEL_UNIT = compile_vi(
    r"\s*\(\s*(?:cái|m|km|hộ|công trình|ha|đơn vị tính:? ?[^)]*|ĐVT:? ?[^)]*)\s*\)\s*$"
)


def read_quantities(paper: Paper, targets: list[Target]) -> list[Quantity]:
    """Amounts with a unit of work, tables by village included; demands (targets) are left out."""
    taken = {span for target in targets for span in target.spans}
    out: list[Quantity] = []
    for block in paper.content:
        topics = paper.topics(block)
        if "funding" in topics:
            continue
        if block.is_row:
            continue
        strict = "purpose" in topics and paper.document.kind != "campaign"
        out += _in_block(block, taken, strict or bool(OPENERS.match(block.text)))
    for table in paper.tables:
        if "quantity" in table.roles:
            out += table_quantities(table)
        elif "money" in table.roles:
            out += costed_quantities(table)
        elif "task" in table.roles:
            for row in table.rows:
                out += _in_block(row, taken, False)
    return out


def _in_block(block: Block, taken: set[Span], strict: bool) -> list[Quantity]:
    """The quantities of a paragraph; ``strict`` takes only those behind a colon."""
    text = block.text
    out: list[Quantity] = []
    if not (block.has_digit or _IN_WORDS.search(text)):
        return out
    owner = _OF_VILLAGE.match(text)
    place = owner["place"] if owner else None
    for match in _QUANTITY.finditer(text):
        behind = text[match.end() : clause_end(text, match.end())]
        if (
            _SKIP_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
            or _DONE.match(behind)
            or _RATE.match(behind)
        ):
            continue
        spans = block.spans(*match.span())
        if any(_overlap(span, other) for span in spans for other in taken):
            continue
        subject = _subject(text, match, behind, strict) or (
            _counted(text, match, behind) if owner else None
        )
        value = parse_number(match["n"]) or _worded(match["n"], subject)
        if value is None or not subject:
            continue
        out.append(
            Quantity(
                text=subject, value=plain_decimal(value), unit=match["unit"], place=place,
                lines=block.lines_of(*match.span()), spans=spans,
            )
        )  # fmt: skip
    return out


def _worded(text: str, subject: str | None) -> Decimal | None:
    """A number in words; “một” and “hai” only where work is plainly spoken of."""
    number = parse_words(text)
    return Decimal(number) if number and subject and number > 1 else None


def _subject(text: str, match: re.Match[str], behind: str, strict: bool) -> str | None:
    """What the number counts; None where no work is spoken of."""
    lead = text[: match.start()]
    start, end = subject_before(text, match.start())
    before = text[start:end]
    if re.search(r":\s*(?:khoảng\s+|dự kiến\s+)?$", lead):
        if re.search(r"\bchưa\b", behind):
            return None  # “Tiêu chí Giao thông: 1,4 km … chưa có rãnh”: what lacks
        label = re.split(r"[;.]\s", lead.rstrip(" :"))[-1]
        return strip_filler(_LABEL_UNIT.sub("", re.sub(r":?\s*(?:khoảng|dự kiến)?\s*$", "", label)))
    comma = max(before.rfind(", "), before.rfind(" và "))
    near = before[comma + 1 :].strip() if comma >= 0 else before
    lacking = re.search(r"\bchưa\b|\bmới (?:có|đạt|chỉ)", before)
    if lacking or (re.search(r"\bchưa\b", behind) and not _WORK.match(near)):
        return None  # what lacks, not what is to be done
    if not _WORK.search(near) and len(near) < 4 and len(behind.strip(" )")) < 4:
        return None
    if strict or not (_WORK.search(near) or (len(near) < 4 and _WORK.search(lead))):
        return None
    tail = re.split(r",\s|\s+(?:tại|ở|trước|trong|để|cho các|với)\s", behind)[0]
    measured = "" if _MEASURE.fullmatch(match["unit"]) else f" {match['unit']}"
    return strip_filler(f"{near}{measured} {tail.strip()}".strip()) or None


def _counted(text: str, match: re.Match[str], behind: str) -> str | None:
    """What stands before a number that ends its clause: ``Ấp Đông: đường đal 1,2 km; …``"""
    start, end = subject_before(text, match.start())
    words = text[start:end].rpartition(":")[2].strip()
    return strip_filler(words) if len(words) > 2 and not behind.strip(" .") else None


def _overlap(a: Span, b: Span) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]
