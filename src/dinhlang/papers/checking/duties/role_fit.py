"""Whether work suits the office that leads it: only what is plainly another's is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.duties.leads import leads_of
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.bodies import name_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold

# Topics by words (folded) that name them beyond doubt.
_TOPICS = {
    "giao thông": r"duong (?:giao thong|truc|thon|ngo|xom|ban|ap|noi dong|lien)|cau bê tong"
    r"|be tong (?:hoa )?(?:duong|ngo)|ranh thoat nuoc|giao thong",
    "thủy lợi": r"kenh|muong|dap dang|tram bom|thuy loi",
    "điện": r"luoi dien|duong day (?:ha the|dien)|tram bien ap|dien sinh hoat|tieu chi dien",
    "trường học": r"phong hoc|lop hoc|kiem dinh chat luong giao duc|truong dat chuan"
    r"|pho cap giao duc",
    "nông nghiệp": r"trong trot|chan nuoi|cay trong|vat nuoi|giong lua|tiem phong (?:gia suc|dan)",
    "y tế": r"bao hiem y te|kham (?:chua|suc khoe)|tiem chung|suy dinh duong|so suc khoe"
    r"|tieu chi y te",
    "an ninh": r"an ninh|trat tu|toi pham|quoc phong|dan quan|tuyen quan",
    "môi trường": r"thu gom rac|rac thai|nuoc thai|chat thai|nuoc sach|moi truong",
    "văn hóa": r"nha van hoa|the thao|le hoi|gia dinh van hoa",
}
_NUMBERS = {
    2: "giao thông", 3: "thủy lợi", 4: "điện", 5: "trường học", 13: "nông nghiệp",
    17: "môi trường", 19: "an ninh",
}  # fmt: skip
_ALL = frozenset(_TOPICS)
# What each office plainly does not lead. Officers of wide fields are left out.
_STRANGE = {
    "congan": _ALL - {"an ninh", "văn hóa", "môi trường"},
    "quansu": _ALL - {"an ninh", "thủy lợi", "môi trường", "văn hóa"},
    "tramyte": _ALL - {"y tế", "môi trường"},
    "truong": _ALL - {"trường học", "y tế", "môi trường", "văn hóa"},
    "buudien": _ALL - {"y tế"},
    "dienluc": _ALL - {"điện"},
    "tuphap": _ALL - {"an ninh", "văn hóa"},
    "taichinh": frozenset({"nông nghiệp", "y tế", "văn hóa", "môi trường"}),
    "daitt": _ALL - {"văn hóa"},
    "diachinh": frozenset({"y tế", "an ninh"}),
    "nongnghiep": frozenset({"y tế", "an ninh", "trường học"}),
    "vanhoa": frozenset({"giao thông", "thủy lợi", "điện", "nông nghiệp", "an ninh"}),
    "vanphong": frozenset({"nông nghiệp", "thủy lợi", "y tế"}),
}
_SPREADS = re.compile(
    r"\b(?:tuyên truyền|vận động|phát động|pháp luật|kinh phí|thanh toán|quyết toán|giải ngân|vốn"
    r"|hồ sơ|giám sát|phản biện|tổng hợp|thống kê|báo cáo|hướng dẫn thủ tục|học sinh|công khai"
    r"|phát thanh|tin bài|ngày công)\b",
    re.IGNORECASE,
)
_MANY = 2


def strange_leads(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Leads of work that is plainly another's; ``told`` lines are known."""
    for lead in leads_of(plan):
        key = min(lead.who)
        strange = _STRANGE.get(key)
        first = lead.place.lines[0]
        if strange is None or first in told or len(lead.criteria) > _MANY:
            continue
        topics = {_NUMBERS[number] for number in lead.criteria if number in _NUMBERS}
        if not topics and not _SPREADS.search(lead.words):
            folded = fold(lead.words)
            topics = {
                name for name, words in _TOPICS.items() if re.search(rf"\b(?:{words})", folded)
            }
        if not topics or not topics <= strange:
            continue
        told.add(first)
        yield Hit(
            message=f"{name_of(key)} chủ trì việc về {min(topics)}.",
            places=(lead.place,),
            advice="Soát lại: việc này thường của nơi khác.",
        )
