"""Work left to everybody: “các ngành có liên quan phối hợp”, a lead “bố trí sau”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.bodies import bodies_in
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.likeness import content
from dinhlang.papers.checking.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.told_parts import tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_ONE = (
    r"(?:ban|ngành|bộ phận|đơn vị|cơ quan|đoàn thể|tổ chức|cá nhân|thành viên|công chức|cán bộ|bên"
    r"|lực lượng|địa phương|thôn|xóm|ấp|bản|buôn|khu|hội|hộ|người)"
)
_ALL = (
    rf"(?:(?:tất cả |toàn bộ )?(?:các|những|mọi)\s+{_ONE}"
    rf"(?:\s*(?:,|và)\s*(?:các\s+)?(?:các\s+)?{_ONE}){{0,4}}(?:\s+(?:có\s+)?liên quan)?"
    r"|toàn dân|cả hệ thống chính trị|toàn thể (?:nhân dân|cán bộ)|mọi người|các bên)"
)
_EVERYBODY = rf"(?:{_ALL}(?:\s*,\s*{_ALL}){{0,3}})"
_WEAK = (
    r"(?:cùng(?: nhau)?|phối hợp|quan tâm|chú ý|vào cuộc|chung tay|chung sức|tích cực|chủ động"
    r"|tham gia|hưởng ứng|ủng hộ|vận động|tạo điều kiện)"
)
_COLON = re.compile(
    rf"^(?P<what>[^:]{{8,160}}):\s*(?:(?:do|giao|huy động|kêu gọi|đề nghị)\s+)?"
    rf"(?:các\s+)?(?P<who>{_EVERYBODY})\s+(?P<do>{_WEAK}"
    r"|thực hiện|tổ chức|triển khai|làm)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"^\W*(?P<given>(?:đề nghị|giao(?: cho)?|yêu cầu|phân công)\s+)?(?P<who>{_EVERYBODY})\s+"
    rf"(?P<do>{_WEAK}|thực hiện|tổ chức|triển khai|làm)\s+(?P<what>.{{8,}})",
    re.IGNORECASE,
)
_BY = guarded(
    rf"\b(?:do|giao(?: cho)?)\s+(?P<who>{_EVERYBODY})\s+(?:có\s+)?(?:liên quan\s+)?"
    r"(?:cùng\s+)?(?:thực hiện|tổ chức|làm|phối hợp|đảm nhận|lo|phụ trách)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(r"\bliên quan\b", re.IGNORECASE)
_GENERAL = guarded(
    r"\b(?:kế hoạch này|nhiệm vụ được (?:giao|phân công)|phân công tại|chức năng|báo cáo|phản ánh"
    r"|căn cứ|nội dung kế hoạch|kế hoạch trên|tổ chức triển khai|kịp thời|họp|cuộc họp|khó khăn"
    r"|vướng mắc|nghiêm túc|mục tiêu|chỉ tiêu)\b",
    re.IGNORECASE,
)
_OWNS = guarded(r"\b(?:chủ trì|đầu mối|chịu trách nhiệm|phụ trách|tham mưu|do .{3,40} làm)\b", re.I)
_LATER = re.compile(
    r"^\W*(?:(?:sẽ\s+)?(?:bố trí|phân công|giao|bổ sung|xác định|cử|thông báo)\s+sau"
    r"|chưa (?:phân công|giao|có|rõ|bố trí|xác định)|đang (?:bố trí|chờ|xem xét)"
    r"|chờ (?:phân công|bố trí)|sau)\W*$",
    re.IGNORECASE,
)
_ONLY_EVERYBODY = re.compile(rf"^\W*{_EVERYBODY}\W*$", re.IGNORECASE)
_LEAD_COLUMN = re.compile(
    r"chu tri|chiu trach nhiem|dau moi|phu trach|don vi thuc hien|co quan thuc hien"
)
_FIRM_COLUMN = re.compile(r"chu tri|chiu trach nhiem|dau moi|phu trach chinh")
_FEW = 2
_HEAD = 24  # letters in which a body that is told to act would stand


def nobody_leads(name: str) -> bool:
    """Whether a name in a place for the lead names nobody: “(bố trí sau)”, “các ngành …”."""
    vague = _ONLY_EVERYBODY.match(name) and _RELATED.search(name)
    return not name.strip(" -–—….") or _LATER.match(name) is not None or bool(vague)


def left_to_all(plan: Plan) -> Iterator[Place]:
    """Where a piece of work is handed to everybody and nobody leads it."""
    for each in paragraphs(plan):
        if each.cells:
            yield from _cell(plan, each)
            continue
        low = lower(each.text)
        if not any(word in low for word in ("các ", "những ", "mọi ", "toàn ", "cả hệ")):
            continue
        if tells_what_was(each.above) or any(_OWNS.search(head) for head in each.above):
            continue
        if _OWNS.search(each.text):
            continue
        for begin, stop in each.parts:
            end = _vague_to(each.text[begin:stop])
            if end:
                yield each.said(plan, begin, begin + end)


def _vague_to(words: str) -> int:
    """Where the words that hand work to everybody end; 0 where they do not."""
    if _GENERAL.search(words):
        return 0
    colon = _COLON.match(words)
    if colon and len(content(colon["what"])) >= _FEW and not _named(colon["what"]):
        return colon.end()
    subject = _SUBJECT.match(words)
    if subject and len(content(subject["what"])) >= _FEW and not _named(subject["what"]):
        given = subject["given"] is not None or _RELATED.search(subject["who"]) is not None
        return len(words) if given and _RELATED.search(subject["who"]) else 0
    by = _BY.search(words)
    if by and len(content(words[: by.start()])) >= _FEW:
        return by.end() if _RELATED.search(by[0]) else 0
    return 0


def _named(words: str) -> bool:
    """Whether words begin with one body that might lead."""
    return any(key not in ("bannganh", "doanthe", "thon") for key, _ in bodies_in(words[:_HEAD]))


def _cell(plan: Plan, each: Paragraph) -> Iterator[Place]:
    column = next((at for at, head in enumerate(each.head) if _LEAD_COLUMN.search(head)), -1)
    if each.cells == each.columns or not 0 <= column < len(each.cells):
        return
    cell = each.cells[column]
    if cell.strip(" -–—….") and nobody_leads(cell):
        at = each.text.find(cell)
        yield each.said(plan, max(at, 0), max(at, 0) + len(cell))


_PARTNER_COLUMN = re.compile(r"phoi hop|tham gia|cung lam")
_EMPTY = re.compile(r"[\s\-–—….]*$")


def without_lead(each: Paragraph) -> bool:
    """Whether a row names partners and leaves the cell of the lead empty."""
    lead = next((at for at, head in enumerate(each.head) if _FIRM_COLUMN.search(head)), -1)
    partner = next((at for at, head in enumerate(each.head) if _PARTNER_COLUMN.search(head)), -1)
    if lead < 0 or partner < 0 or lead == partner or max(lead, partner) >= len(each.cells):
        return False
    filled = [cell for cell in each.cells if not _EMPTY.match(cell)]
    return (
        nobody_leads(each.cells[lead]) and bool(bodies_in(each.cells[partner])) and len(filled) >= 2
    )
