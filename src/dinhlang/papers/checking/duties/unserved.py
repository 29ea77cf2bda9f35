"""Bodies with work of their own, by the head of their name, held against the recipients.

Whatever kind of body it is: what stands before a colon, in the column of offices, or before the
verb of a clause and begins like the name of a body is one; a recipient stands for it that shares
a word of its own name, or that names its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.duties.acting import served_keys
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.bodies import VERB_OF_WORK, bodies_in
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold

_BODY = re.compile(
    r"(?:Các |các )?(?:Hợp tác xã|HTX|Tổ hợp tác|Công ty|Doanh nghiệp (?=[A-ZĐ])"
    r"|Phòng giao dịch|Ngân hàng|Quỹ"
    r" tín dụng|Trung tâm|Trạm (?:[KTBQV](?:huyến|hú|hủy|ảo|uản|iễn|iểm))|Hạt|Đồn|Đội|Hội"
    r"|Chi hội|Đoàn|Ủy ban M|Uỷ ban M|UBMT|MTTQ|Mặt trận"
    r"|Đài|Chi nhánh|Xí nghiệp|Điện lực|Bưu điện|Nhà máy"
    r"|Câu lạc bộ|CLB|Chi bộ|Chi cục|Công đoàn|Ban [Qq]uản (?:lý|trị) (?:chợ|rừng|di|đền|đình|bến"
    r"|khu|dự)|Ban [Pp]hát triển|Ban [Gg]iám sát|Ban [Cc]ông tác|Ban [Tt]hanh tra|Viễn thông"
    r"|Kho bạc"
    r"|Tổ (?:công nghệ|an ninh|liên gia|tự quản|thu gom|vệ sinh|khuyến nông|hòa giải|truyền thông)"
    r"|VNPT|Viettel|Cụm|Liên đoàn|Phòng khám|Trại|Lâm trường|Nông trường|Hiệp hội|Giáo xứ"
    r"|Công an|Ban [Cc]hỉ huy|BCH|Văn phòng [Đđ]ăng ký)\b"
)
# In a column of offices these are bodies too; elsewhere they are things that are built.
_PLACE = re.compile(r"(?:Nhà văn h|Thư viện|Trường|Trạm|Chùa|Cơ sở|Chợ)")
_OFFICES = re.compile(
    r"^(?:cac )?(?:don vi|co quan|bo phan|to chuc|noi nhan viec|thanh phan|luc luong|chu the|ai "
    r"|nganh|doi tuong)|chu tri|phu trach|phoi hop|thuc hien$|dau moi"
)
_GENERIC = frozenset(
    [
        "hop",
        "tac",
        "xa",
        "htx",
        "cong",
        "ty",
        "co",
        "phan",
        "tnhh",
        "mtv",
        "doanh",
        "nghiep",
        "phong",
        "giao",
        "dich",
        "trung",
        "tam",
        "tram",
        "hat",
        "don",
        "doi",
        "hoi",
        "chi",
        "doan",
        "uy",
        "ban",
        "nha",
        "dai",
        "truong",
        "nhanh",
        "xi",
        "cum",
        "cau",
        "lac",
        "bo",
        "ban",
        "quan",
        "ly",
        "quy",
        "to",
        "cac",
        "huyen",
        "tinh",
        "khu",
        "vuc",
        "dia",
        "va",
        "the",
        "cua",
        "song",
        "may",
        "trung",
        "tam",
        "thi",
        "so",
        "dich",
        "vu",
        "chinh",
        "sach",
        "xa",
        "hoi",
        "viet",
        "nam",
    ]
)
_ASKED = re.compile(r"[ \-+*•\t]*(?:(?:Giao(?: cho)?|Đề nghị|Yêu cầu|Phân công|Riêng)\s+)?")
# Recipients that stand for any body, for unions, for bodies of the sector.
_ANY = re.compile(
    r"don vi[^;]{0,40}(?:lien quan|giao|cap huyen|tren dia ban|phoi hop|diem|muc)|co quan[^;]{0,30}"
    r"(?:don vi|lien quan|giao)|cac don vi|duoc giao|nhu (?:tren|muc|phan|dieu|kinh)|cac nganh"
    r"|ban,? nganh|cac to chuc|nganh doc|cac co quan|co quan, don vi|cac doanh nghiep, to chuc"
)
_UNIONS = re.compile(
    r"doan the|to chuc (?:chinh tri|ct|xa hoi|hoi)|ct ?- ?xh|cac hoi\b|hoi dac thu"
)
_UNION = re.compile(r"^(?:cac )?(?:hoi|chi hoi|doan|uy ban m|ubmt|mttq|mat tran|cong doan|hiep)")
_FIRM_SAID = {"hop tac xa": "htx", "htx": "htx", "cong ty": "doanh nghiep"}
_VILLAGES = re.compile(r"^(?:cac )?(?:ban (?:phat|cong|giam)|chi bo|to |chi hoi)")
_OWN_HOUSE = re.compile(r"^(?:cong an|ban chi huy|bch)")
_LONGEST = 90
_NOT_WORK = re.compile(r"\W*(?:Căn cứ|Trên đây|Kết quả)")


def unserved(plan: Plan, known: set[str]) -> Iterator[tuple[str, Place]]:
    """Names of bodies with work that no recipient stands for; keys in ``known`` are told."""
    received = [fold(each.text) for each in plan.recipients]
    whole = "; ".join(received)
    if _ANY.search(whole) or re.search(r"nhu (?:tren|muc)", whole):
        return
    keys = served_keys(plan)
    seen: set[str] = set()
    for each in paragraphs(plan):
        if each.annex or _NOT_WORK.match(each.text):
            continue
        for name, start in _names(each):
            folded = fold(name)
            if folded in seen or _stands(folded, name, keys, known, received, whole):
                continue
            seen.add(folded)
            yield name, each.said(plan, start, start + len(name))


def _names(each: Paragraph) -> Iterator[tuple[str, int]]:
    """Names of bodies with work of theirs in a paragraph or a row, with where they begin."""
    if each.cells:
        if each.cells == each.columns:
            return
        at = 0
        for index, cell in enumerate(each.cells):
            found = each.text.find(cell, at) if cell else -1
            at = max(found, at)
            if found >= 0 and index < len(each.head) and _OFFICES.search(each.head[index]):
                for name, start in _listed(cell, column=True):
                    yield name, found + start
        return
    for begin, stop in each.parts:
        words = each.text[begin:stop]
        told = _ASKED.match(words)
        lead = told.end() if told else 0
        begin += lead
        words = words[lead:]
        if not _BODY.match(words):
            continue
        colon = words.find(":")
        if 0 < colon <= _LONGEST:
            for name, start in _listed(words[:colon]):
                yield name, begin + start
            continue
        end = VERB_OF_WORK.search(words, 4, _LONGEST + 20)
        if end:
            for name, start in _listed(words[: end.start()]):
                yield name, begin + start


def _listed(text: str, *, column: bool = False) -> Iterator[tuple[str, int]]:
    """The bodies a list of them names."""
    at = 0
    for part in re.split(r"(,\s+|;\s*|\s+và\s+(?=[A-ZĐ]))", text):
        named = _BODY.match(part) or (column and _PLACE.match(part))
        if named and len(part) <= _LONGEST:
            yield part.rstrip(" .("), at
        at += len(part)


def _stands(
    folded: str, name: str, keys: set[str], known: set[str], received: list[str], whole: str
) -> bool:
    """Whether some recipient stands for a body, or it is told already."""
    if folded.startswith(("chi bo", "cac chi bo")):
        return (
            re.search(r"chi bo|bi thu|dang uy(?! cap)|\bdu\b|cac (?:thon|ap|ban|xom)", whole)
            is not None
        )
    own = {key for key, _ in bodies_in(name)}
    if own & (keys | known) or _OWN_HOUSE.match(folded):
        return True
    if _UNION.match(folded) and _UNIONS.search(whole):
        return True
    if _VILLAGES.match(folded) and re.search(r"\b(?:thon|ap|ban|xom|khu|buon|chi bo)\b", whole):
        return True
    for head, said in _FIRM_SAID.items():
        if folded.startswith(head) and re.search(rf"\b(?:cac )?{said}\b", whole):
            return True
    if folded.startswith("cac ") or (
        folded.startswith("trung tam") and re.search(r"trung tam (?:thuoc|cua|truc thuoc)", whole)
    ):
        return True
    special = [word for word in re.findall(r"\w+", folded) if word not in _GENERIC]
    if not special:
        return True
    return any(
        2 * sum(re.search(rf"\b{re.escape(word)}\b", item) is not None for word in special)
        >= len(special)
        for item in received
    )
