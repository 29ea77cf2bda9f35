"""Work left to everybody: “các ngành có liên quan phối hợp”, a lead “bố trí sau”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.bodies import bodies_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_ONE = (
    r"(?:ban|ngành|phòng|bộ phận|đơn vị|cơ quan|đoàn thể|tổ chức|cá nhân|thành viên|công chức"
    r"|cán bộ|bên|lực lượng|đồng chí|địa phương|thôn|xóm|ấp|bản|buôn|khu|hội|hộ|người)"
)
_ALL = (
    rf"(?:(?:tất cả |toàn bộ )?(?:các|những|mọi)\s+{_ONE}"
    rf"(?:\s*(?:,|và)\s*(?:các\s+)?(?:các\s+)?{_ONE}){{0,4}}(?:\s+(?:(?:có\s+)?liên quan"
    rf"|(?:được (?:phân công|giao)(?: nhiệm vụ)?|nêu|có tên) (?:ở )?trên))?"
    r"|toàn dân|cả hệ thống chính trị|toàn thể (?:nhân dân|cán bộ)|mọi người|các bên)"
)
_EVERYBODY = rf"(?:{_ALL}(?:\s*,\s*{_ALL}){{0,3}})"
_WEAK = (
    r"(?:cùng(?: nhau)?(?: chịu trách nhiệm)?|phối hợp|quan tâm|chú ý|vào cuộc|chung tay"
    r"|chung sức|tích cực|chủ động"
    r"|tham gia|hưởng ứng|ủng hộ|vận động|tạo điều kiện)"
)
_EACH_ITS_OWN = (
    r"(?:(?:theo|căn cứ(?: vào)?|tùy theo|tuỳ theo)\s+(?:đúng\s+)?(?:chức năng|nhiệm vụ|lĩnh vực)"
    r"(?:,?\s+(?:nhiệm vụ|quyền hạn|phụ trách|được giao|của mình))*,?\s+)?"
)
# “Về tiêu chí Thu nhập, các bộ phận liên quan căn cứ chức năng tổ chức thực hiện.”
_TOPIC = re.compile(
    r"^\W*(?:về|đối với|riêng|với)\s+(?P<what>(?:việc|tiêu chí|chỉ tiêu|công trình|mô hình|tuyến"
    rf"|hồ sơ)\b[^;:.]{{4,140}}?),\s*(?:do\s+|giao\s+)?(?P<who>{_EVERYBODY})\s+{_EACH_ITS_OWN}"
    rf"(?P<do>{_WEAK}|thực hiện|tổ chức|triển khai|làm|hoàn thành|lo)\b",
    re.IGNORECASE,
)
# Those who “phối hợp với hai đơn vị trên” support a lead named elsewhere.
_WITH_LEAD = re.compile(
    r"\W*(?:với|cùng)\s+(?:các |hai |ba |bốn |những )?(?:đơn vị|cơ quan|bộ phận|ngành|nơi|bên"
    r"|công chức)",
    re.IGNORECASE,
)
_COLON = re.compile(
    rf"^(?P<what>[^:]{{8,160}}):\s*(?:(?:do|giao|huy động|kêu gọi|đề nghị)\s+)?"
    rf"(?:các\s+)?(?P<who>{_EVERYBODY}),?\s+{_EACH_ITS_OWN}(?P<do>{_WEAK}"
    r"|thực hiện|tổ chức|triển khai|làm)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"^\W*(?P<given>(?:đề nghị|giao(?: cho)?|yêu cầu|phân công)\s+)?(?P<who>{_EVERYBODY})\s+"
    rf"(?P<do>{_WEAK}|thực hiện|tổ chức|triển khai|làm)\s+(?P<what>.{{8,}})",
    re.IGNORECASE,
)
_BY = guarded(
    rf"(?:^|[:,]\s+)(?:đây là\s+)?trách nhiệm (?:thuộc về|là của|chung của"
    rf"|(?<=: trách nhiệm )của)\s+{_ALL}"
    rf"|\b(?:do|giao(?: cho)?)\s+(?P<who>{_EVERYBODY})\s+(?:có\s+)?(?:liên quan\s+)?"
    r"(?:(?:cùng|nhau|quan tâm|chủ động|tích cực|tập trung|tự|cùng nhau)\s+)*(?:thực hiện"
    r"|tổ chức|làm|phối hợp|đảm nhận|lo|phụ trách|tham mưu|triển khai)\b",
    re.IGNORECASE,
)
# “… do các bộ phận cùng giải quyết”, “… thì các phòng tự bàn với nhau”, “ai thuận lợi thì làm”
_AMONG_THEM = guarded(
    rf"\b(?:do|thì|để)\s+{_EVERYBODY}\s+(?:(?:cùng|tự|cùng nhau|chủ động)\s+)+(?:nhau\s+)?"
    r"(?:giải quyết|bàn|thống nhất|xử lý|thỏa thuận|trao đổi|thu xếp|sắp xếp|phân công|lo)\b"
    r"|\b(?:ai|(?:bộ phận|đơn vị|ngành|phòng|bên|nơi|người|cơ quan|đoàn thể) nào)\s+(?:(?:có|thấy"
    r"|được|đang|mà)\s+)?(?:thuận lợi|thuận tiện|rảnh|điều kiện|nhân lực|khả năng|sẵn sàng)"
    r"[^,;.]{0,30}?\s(?:thì\s+)?(?:làm|thực hiện|nhận|chủ trì|đảm nhận|lo)\b",
    re.IGNORECASE,
)
# “Di dời chuồng trại, các ngành cùng phối hợp với hộ dân”
_THING_FOR_ALL = re.compile(
    r"^\W*(?!(?:trong|trên|khi|để|nhằm|sau|từ|theo|quá trình|định kỳ|h[àằ]ng|ngoài|đồng thời|qua"
    r"|căn cứ|với|nếu|trước|tại|cuối|đầu|mỗi|yêu cầu|đề nghị|tháng|quý|năm|ngày|đợt|tuần)\b)"
    rf"(?P<what>[^,:;.]{{8,90}}),\s*{_EVERYBODY}\s+(?:đều\s+)?cùng\s+(?:nhau\s+)?"
    r"(?:phối hợp|làm|thực hiện|tham gia|lo|giải quyết|vào cuộc)\b",
    re.IGNORECASE,
)
# “Các thành viên còn lại tham gia khi cần”: nobody knows who, when and in what.
_WHO_IS_LEFT = guarded(
    rf"(?:^|[.;:]\s+)\W*(?:các|những|mọi|tất cả)\s+(?:các\s+)?{_ONE}\b[^.;:]{{0,60}}?"
    r"\b(?:khác|còn lại|khác nữa)\b[^.;:]{0,90}?\b(?:tham gia|phối hợp|hỗ trợ|hưởng ứng|góp sức"
    r"|chung tay|giúp đỡ|vào cuộc)\b[^.;:]*",
    re.IGNORECASE,
)
_AT_WILL = re.compile(
    r"\b(?:khi (?:cần|có (?:điều kiện|yêu cầu|thời gian)|được (?:mời|yêu cầu))|nếu (?:cần|có điều"
    r" kiện|thấy cần)|theo (?:khả năng|điều kiện|l[ĩỉ]nh vực)|t[ùu][ỳy] (?:theo )?(?:khả năng"
    r"|điều kiện)|trách nhiệm chung|tinh thần (?:chung|tự nguyện|tự giác))\b",
    re.IGNORECASE,
)
_RELATED = guarded(r"\bliên quan\b", re.IGNORECASE)
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
_NONE = re.compile(r"^\W*(?:không(?: có| ghi)?|chưa|trống|\?+)\W*$", re.IGNORECASE)
_WHOLE_PEOPLE = re.compile(
    r"\W*(?:toàn dân|cả hệ thống chính trị|toàn thể|mọi người|tất cả)\b", re.IGNORECASE
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
    if _NONE.match(name):
        return True
    vague = _ONLY_EVERYBODY.match(name) and (_RELATED.search(name) or _WHOLE_PEOPLE.match(name))
    return not name.strip(" -–—….") or _LATER.match(name) is not None or bool(vague)


def left_to_all(plan: Plan) -> Iterator[Place]:
    """Where a piece of work is handed to everybody and nobody leads it."""
    for each in paragraphs(plan):
        if each.cells:
            yield from _cell(plan, each)
            continue
        if not any_in(_FIRST_WORDS, lower(each.text)):
            continue
        if tells_what_was(each.above) or any(_OWNS.search(head) for head in each.above):
            continue
        owned = _OWNS.search(_SHARED.sub(" ", each.text)) is not None
        for begin, stop in each.parts:
            words = each.text[begin:stop]
            open_ = _left_open(words) or _at_will(words)
            if open_:
                yield each.said(plan, begin, begin + open_)
                continue
            if not any_in(_MANY, lower(words)):
                continue
            topic, by = _TOPIC.match(words), _BY.search(words)
            apart = topic or _OWN_THING.search(words)
            if owned and not (by and _RELATED.search(by[0])) and (_OWNS.search(words) or not apart):
                continue
            end = _vague_to(words, topic, by) or _left_over(each, begin, stop)
            if end:
                yield each.said(plan, begin, begin + end)


# “… cùng chịu trách nhiệm” names nobody; “các ngành liên quan thực hiện việc dọn rác” is a work of
# its own beside the lead of another in the same paragraph.
_SHARED = guarded(r"\bcùng (?:nhau )?(?:chịu trách nhiệm|chủ trì|phụ trách)\b", re.IGNORECASE)
_OWN_THING = guarded(
    r"\bliên quan\s+(?:cùng\s+)?(?:thực hiện|tổ chức|triển khai|làm)\s+(?:việc|công tác"
    r"|các việc)\b",
    re.IGNORECASE,
)


_MANY = ("các", "những", "mọi", "toàn", "cả hệ")  # one of these begins what names everybody
_FIRST_WORDS = ("các ", "những ", "mọi ", "toàn ", "cả hệ", "ai ", " nào ")


def _left_open(words: str) -> int:
    """Where words end that leave one piece of work to all, or to whom it suits; 0 elsewhere."""
    if _GENERAL.search(words):
        return 0
    among, thing = _AMONG_THEM.search(words), _THING_FOR_ALL.match(words)
    if among:
        return among.end()
    named = thing is not None and (_named(thing["what"]) or len(content(thing["what"])) < _FEW)
    return thing.end() if thing and not named else 0


def _at_will(words: str) -> int:
    """Where words end that let all who are left over take part when they like; 0 elsewhere."""
    left = _WHO_IS_LEFT.match(words)
    return left.end() if left and _AT_WILL.search(left[0]) else 0


def _vague_to(words: str, topic: re.Match[str] | None, by: re.Match[str] | None) -> int:
    """Where the words that hand work to everybody end; 0 where they do not.

    ``topic`` and ``by`` are what ``_TOPIC`` and ``_BY`` find in them.
    """
    if topic and (_RELATED.search(topic["who"]) or re.match(_WEAK, topic["do"], re.IGNORECASE)):
        return topic.end()
    what = words[: by.start()] if by and _RELATED.search(by[0]) else ""
    if by and content(what) and not _GENERAL.search(what):
        return by.end()
    colon = _COLON.match(words)
    if _GENERAL.search(words) and not (colon and _SHARED.match(words, colon.start("do"))):
        return 0
    if colon and len(content(colon["what"])) >= _FEW and not _named(colon["what"]):
        return colon.end()
    subject = _SUBJECT.match(words)
    if subject and len(content(subject["what"])) >= _FEW and not _named(subject["what"]):
        if _WITH_LEAD.match(subject["what"]):
            return 0
        given = subject["given"] is not None or _RELATED.search(subject["who"]) is not None
        return len(words) if given and _RELATED.search(subject["who"]) else 0
    firm = by is not None and "trách nhiệm" in by[0].lower()
    if by and (firm or len(content(words[: by.start()])) >= _FEW):
        return by.end() if firm else 0
    return 0


_BY_THEIR_OFFICE = guarded(
    rf"(?:^|[,;]\s*)(?P<who>{_ALL})\s+(?:(?:cùng|chủ động|tích cực|tự|phải)\s+)*(?:triển khai"
    rf"|thực hiện"
    r"|tổ chức thực hiện|vào cuộc|làm)\b(?:\s+theo\s+(?:đúng\s+)?(?:chức năng|nhiệm vụ|lĩnh vực)"
    r"|\s*$)",
    re.IGNORECASE,
)


def _left_over(each: Paragraph, begin: int, stop: int) -> int:
    """Where everybody is to do “theo chức năng” the one work of a paragraph that names nobody."""
    match = _BY_THEIR_OFFICE.search(each.text[begin:stop])
    if match is None or not begin or not _RELATED.search(match[0]):
        return 0
    if not re.search(r"\d", each.text[:begin]) or _some_body(each.text):
        return 0
    return match.end()


def _some_body(words: str) -> bool:
    return any(key not in ("bannganh", "doanthe", "ubnd") for key, _ in bodies_in(words))


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


_PARTNER_COLUMN = re.compile(r"phoi hop|tham gia|cung (?:lam|thuc hien)|ho tro|giup")
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
