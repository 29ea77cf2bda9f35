"""Amounts of work: lengths of road, households, toilets, gardens."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Quantity, Span, Target
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.citations import OPENERS
from dinhlang.papers.reading.clauses import clause_end, strip_filler, subject_before
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import parse_number

_UNITS = (
    r"km2|km²|m2|m²|m3|m³|km rãnh|km|ha|hécta|mét|m(?!\w)|hộ dân|hộ gia đình|hộ|cái|chiếc|công trình|vườn hộ|vườn|tuyến đường|"
    r"tuyến|ngôi nhà|nhà văn hóa|nhà|hố|bể|mô hình|cây|lô|tấn|kg|con|lớp|buổi|sản phẩm|biển báo|biển|bóng đèn|bóng|đèn|bộ|"
    r"thùng rác|thùng|hệ thống|điểm|trường|câu lạc bộ|hợp tác xã|HTX|tổ hợp tác|tổ|ngày công|lượt người|lượt|cuộc|camera|giếng|"
    r"cống|cầu|đoạn|khu dân cư|KDC|khu|thôn|bản|ấp|buôn|khóm|người|lao động|chuồng trại|chuồng|nắp|tin bài|bài viết|bài|"
    r"hạng mục|ghế|bi|pa nô|pano|panô|băng rôn|cột|loa|máy|xe|quyển|suất|khẩu|phần quà|mã"
)
_QUANTITY = compile_vi(rf"(?<![\w/.,≥≤-])(?P<n>\d+(?:[.,]\d+)*)\s*(?P<unit>{_UNITS})(?![\w/])")
_WORK = compile_vi(
    r"trồng|xây|làm|cải tạo|chỉnh trang|cứng hóa|cứng hoá|mở rộng|giải tỏa|giải phóng|lắp|phá bỏ|vận động|thu gom|xử lý|nạo vét|"
    r"tổ chức|sửa|nâng cấp|bê tông|trải nhựa|hoàn thành|thực hiện|mở|đào|thành lập|tu bổ|nhà vệ sinh|hố|vệ sinh|bổ sung|phát quang|"
    r"hỗ trợ|tập huấn|phấn đấu|xóa|xoá|duy trì|kiên cố|rãnh|đường|kẻ vẽ|vẽ|treo|giao|phát triển|khối lượng|huy động|hiến|phát dọn|"
    r"di dời|đặt|kéo|mua|gắn|đấu nối|bố trí|tuyên truyền|tặng|cấp|dựng|trang bị|đóng|diện tích|góp|khơi|nuôi|chăm sóc|kè|thay",
    re.I,
)
_SKIP_BEFORE = compile_vi(
    r"(?:tối thiểu|ít nhất|trên|dưới|≥|≤|từ|không quá|tối đa|mức độ|số|lần|Điều|khoản|điểm|tháng|quý|ngày|năm|loại|lớp|khu|thôn|ấp|"
    r"bản|tổ|đội|xóm|khóm|đợt|mỗi thôn|gồm|có|trong|tại|của|hơn|còn|là|các|được)\s*$"
)
_DONE = compile_vi(r"^\s*(?:đã (?:đạt|được|có|hoàn)|hiện có|còn lại|này|trở|nói|dự họp|cũ\b)")
_LABEL_UNIT = compile_vi(
    r"\s*\(\s*(?:cái|m|km|hộ|công trình|ha|đơn vị tính:? ?[^)]*|ĐVT:? ?[^)]*)\s*\)\s*$"
)


def read_quantities(paper: Paper, targets: list[Target]) -> list[Quantity]:
    """Amounts with a unit of work, tables by village included; demands (targets) are left out."""
    taken = {span for target in targets for span in target.spans}
    out: list[Quantity] = []
    for block in paper.content:
        topics = paper.topics(block)
        if "funding" in topics or not block.has_digit:
            continue
        if block.is_row:
            if _is_task_row(paper, block):
                out += _in_block(block, taken, False)
            continue
        strict = "purpose" in topics and paper.document.kind != "campaign"
        out += _in_block(block, taken, strict or bool(OPENERS.match(block.text)))
    return out + _in_tables(paper)


def _is_task_row(paper: Paper, block: Block) -> bool:
    at = block.spot
    while at and paper.blocks[at - 1].is_row and paper.blocks[at - 1].table == block.table:
        at -= 1
    head = paper.folded(paper.blocks[at])
    return at != block.spot and bool(re.search(r"chu tri|phu trach|thoi han|thoi gian", head))


def _in_block(block: Block, taken: set[Span], strict: bool) -> list[Quantity]:
    """The quantities of a paragraph; ``strict`` takes only those behind a colon."""
    text = block.text
    out: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        behind = text[match.end() : clause_end(text, match.end())]
        if _SKIP_BEFORE.search(text[max(0, match.start() - 12) : match.start()]) or _DONE.match(
            behind
        ):
            continue
        spans = block.spans(*match.span())
        if any(_overlap(span, other) for span in spans for other in taken):
            continue
        subject = _subject(text, match, behind, strict)
        value = parse_number(match["n"])
        if value is None or not subject:
            continue
        out.append(
            Quantity(
                text=subject, value=_plain(value), unit=match["unit"],
                lines=block.lines_of(*match.span()), spans=spans,
            )
        )  # fmt: skip
    return out


def _subject(text: str, match: re.Match[str], behind: str, strict: bool) -> str | None:
    """What the number counts; None where no work is spoken of."""
    lead = text[: match.start()]
    start, end = subject_before(text, match.start())
    before = text[start:end]
    if re.search(r":\s*(?:khoảng\s+|dự kiến\s+)?$", lead):
        label = re.split(r"[;.]\s", lead.rstrip(" :"))[-1]
        return strip_filler(_LABEL_UNIT.sub("", re.sub(r":?\s*(?:khoảng|dự kiến)?\s*$", "", label)))
    comma = max(before.rfind(", "), before.rfind(" và "))
    near = before[comma + 1 :].strip() if comma >= 0 else before
    if strict or not (_WORK.search(near) or (len(near) < 4 and _WORK.search(lead))):
        return None
    tail = re.split(r",\s|\s+(?:tại|ở|trước|trong|để|cho các|với)\s", behind)[0]
    return strip_filler(f"{near} {match['unit']} {tail.strip()}".strip()) or None


def _plain(value: object) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _overlap(a: Span, b: Span) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


_VILLAGE_HEAD = compile_vi(
    r"^(?:thôn|khu|bản|ấp|buôn|xóm|khóm|tổ dân phố|KDC|địa bàn|đơn vị)", re.I
)
_HEAD_UNIT = compile_vi(rf"\(\s*(?:ĐVT\s*:\s*)?(?P<unit>{_UNITS}|%)\s*\)|,\s*(?P<unit2>{_UNITS})$")
_TOTAL = compile_vi(r"^(?:tổng|cộng|toàn xã|tổng cộng)", re.I)


def _in_tables(paper: Paper) -> list[Quantity]:
    """Tables of quantities: items down and villages across, or villages down and items across."""
    out: list[Quantity] = []
    rows: list[Block] = []
    for block in [*paper.content, None]:
        if block is not None and block.is_row and (not rows or rows[-1].table == block.table):
            rows.append(block)
            continue
        if len(rows) >= 2:
            out += _table(rows)
        rows = [block] if block is not None and block.is_row else []
    return out


def _table(rows: list[Block]) -> list[Quantity]:
    head = rows[0].cells
    lower = [c.lower() for c in head]
    if any(
        "kinh phí" in c or "đồng" in c or "vốn" in c or "thời gian" in c or "chủ trì" in c
        for c in lower
    ):
        return []
    villages = [at for at, c in enumerate(head) if _VILLAGE_HEAD.match(c) and at > 0]
    unit_at = next((at for at, c in enumerate(lower) if c in ("đvt", "đơn vị tính")), None)
    if unit_at is None and "đơn vị" in lower[1:]:
        unit_at = lower.index("đơn vị", 1)
    if unit_at is not None:
        return _items_down(rows, head, unit_at)
    if lower and any(_VILLAGE_HEAD.match(c) for c in head[:2]) and len(head) >= 2:
        first = next(at for at, c in enumerate(head[:2]) if _VILLAGE_HEAD.match(c))
        return _villages_down(rows, head, first)
    return _items_down(rows, head, None) if len(villages) >= 2 else []


def _quantity(
    block: Block, text: str, cell: str, unit: str | None, place: str | None
) -> Quantity | None:
    value = parse_number(cell.strip())
    if value is None or not text:
        return None
    at = block.text.rfind(cell)
    return Quantity(
        text=text, value=_plain(value), unit=unit, place=place, lines=block.lines,
        spans=block.spans(at, at + len(cell)) if at >= 0 else [],
    )  # fmt: skip


def _items_down(rows: list[Block], head: tuple[str, ...], unit_at: int | None) -> list[Quantity]:
    name_at = next(
        (
            i
            for i, c in enumerate(head)
            if re.search(r"nội dung|hạng mục|công việc|chỉ tiêu|tên", c.lower())
        ),
        1,
    )
    out: list[Quantity] = []
    for row in rows[1:]:
        if len(row.cells) <= name_at:
            continue
        name = row.cells[name_at]
        unit = row.cells[unit_at] if unit_at is not None and unit_at < len(row.cells) else None
        for at, cell in enumerate(row.cells):
            if at in (name_at, unit_at) or at == 0 or at >= len(head):
                continue
            place = (
                None
                if re.search(
                    r"tổng|khối lượng|số lượng|toàn xã|kế hoạch|chỉ tiêu|cộng|^năm",
                    head[at].lower(),
                )
                else head[at]
            )
            if head[at].lower() in ("stt", "tt", "ghi chú"):
                continue
            found = _quantity(row, name, cell, unit, place)
            if found:
                out.append(found)
    return out


def _villages_down(rows: list[Block], head: tuple[str, ...], first: int) -> list[Quantity]:
    out: list[Quantity] = []
    for row in rows[1:]:
        if len(row.cells) != len(head):
            continue
        name = row.cells[first]
        total = any(_TOTAL.match(c) for c in row.cells[: first + 1])
        for at in range(first + 1, len(head)):
            unit = _HEAD_UNIT.search(head[at])
            words = _HEAD_UNIT.sub("", head[at]).strip()
            found = _quantity(
                row, words, row.cells[at], (unit["unit"] or unit["unit2"]) if unit else None,
                None if total else name,
            )  # fmt: skip
            if found:
                out.append(found)
    return out
