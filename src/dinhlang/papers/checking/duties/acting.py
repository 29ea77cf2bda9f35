"""Who acts in a paper: every body that leads, does or takes part, wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.bodies import VERB_OF_WORK, bodies_in, mentions_in, name_of
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import at, numbered, whole
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Lines, Plan
from dinhlang.papers.reading.offices import office_at, stop_of_list, verb_follows
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_WHO_COLUMN = re.compile(r"chu tri|phoi hop|phu trach|chiu trach nhiem|don vi thuc hien|dau moi")
_OFFICE_COLUMN = re.compile(r"^(?:don vi|co quan|bo phan|to chuc|noi nhan viec|ai lam)\b")
_GIVEN = re.compile(
    r"^(?:\W*(?:Đề nghị|Giao(?: cho)?|Phân công|Yêu cầu|Riêng|Đối với)\s+)?", re.IGNORECASE
)
_TOPIC = re.compile(r"^[^:.;]{3,110}:\s+")
_BASIS = re.compile(r"^\W*(?:Căn cứ|Thực hiện (?:Nghị quyết|Kế hoạch)|Trên đây)")
_HEAD = 120
_OWN_PLACE = re.compile(r" xã| các \w+| cơ sở(?: [A-ZĐÀ-Ỹ]\w*)*|(?: [A-ZĐÀ-Ỹ]\w*)+")
_FAR = 12  # letters before the word a body is known by
# Bodies that do work of their own in a commune, whatever level they belong to.
_SERVING = frozenset(
    {"bienphong", "kiemlam", "vienthong", "dienluc", "buudien", "nganhang", "ttvh", "tttyt", "ttkn",
     "ttdv", "thuynong", "capnuoc"}
)  # fmt: skip
# “hợp đồng với HTX Nà Bó thu gom rác”, “phối hợp cùng Ngân hàng Nông nghiệp mở tài khoản”
_CALLED = guarded(
    r"(?<!để )\b(?:đề nghị|hợp đồng với|phối hợp (?:với|cùng)|liên kết với|ký (?:kết )?với|thuê)"
    r"\s+(?=(?:"
    r"(?:Ngân hàng|Quỹ tín dụng|Điện lực|Bưu điện|Viễn thông|VNPT|Viettel)\b"
    r"|(?:Hợp tác xã|HTX|Tổ hợp tác)\s+[A-ZĐ]))"
)
_NAME_LONG = 60
_CLAUSE = re.compile(
    r"[,(\s](?:(?<=[,(])\s+|(?<=\s)(?:do|giao(?: cho)?|nhờ|mời)\s+)", re.IGNORECASE
)


def acting(plan: Plan) -> Iterator[tuple[str, Place]]:
    """Bodies of the commune that act, by key, with the first place of each."""
    seen: set[str] = set()
    for key, place in _all(plan):
        if key not in seen:
            seen.add(key)
            yield key, place


def _all(plan: Plan) -> Iterator[tuple[str, Place]]:
    kept = lines_of(plan).kept
    if "acting" not in kept:
        kept["acting"] = tuple(_in_paragraphs(plan))
    yield from kept["acting"]
    for duty in plan.duties:
        for key in _own(duty.office):
            yield key, _named(plan, (duty.lines[0], duty.lines[0]), duty.office)
    for task in plan.tasks:
        for office in (*task.lead, *task.partners):
            for key in _own(office):
                yield key, _named(plan, task.lines, office)


def _in_paragraphs(plan: Plan) -> Iterator[tuple[str, Place]]:
    for each in paragraphs(plan):
        if tells_what_was(each.above) or _BASIS.match(each.text):
            continue
        yield from _in_row(plan, each) if each.cells else _in_text(plan, each)


def _named(plan: Plan, lines: Lines, office: str) -> Place:
    """Where an office stands in some lines; the lines themselves where it is written otherwise."""
    for number, line in numbered(plan, lines):
        if office in line:
            return at(number, office)
    return whole(plan, lines)


def _own(text: str) -> list[str]:
    """Keys of the bodies of the commune itself in a name, and of those that serve it from above."""
    return [key for key, level in bodies_in(text) if level == "xa" or key in _SERVING]


def _in_row(plan: Plan, each: Paragraph) -> Iterator[tuple[str, Place]]:
    if each.cells == each.columns:
        return
    offices = [at for at, head in enumerate(each.head) if _WHO_COLUMN.search(head)]
    if not offices:
        offices = [at for at, head in enumerate(each.head) if _OFFICE_COLUMN.search(head)]
    place = 0
    for index, cell in enumerate(each.cells):
        found = each.text.find(cell, place) if cell else place
        if index in offices and found >= 0:
            for key in _own(cell):
                yield key, each.said(plan, found, found + len(cell))
        place = max(found, place) + len(cell)


def _in_text(plan: Plan, each: Paragraph) -> Iterator[tuple[str, Place]]:
    for begin, stop in each.parts:
        words = each.text[begin:stop]
        start = begin + len(words) - len(words.lstrip())
        given = _GIVEN.match(each.text, start)
        topic = _TOPIC.match(each.text[start:stop])
        for called in _CALLED.finditer(each.text, start, stop):
            end = min(stop, called.end() + _NAME_LONG)
            for key in _own(each.text[called.end() : end])[:1]:
                yield key, each.said(plan, called.end(), end)
        heads = {given.end() if given else start, start + (topic.end() if topic else 0)}
        inside = {match.end() for match in _CLAUSE.finditer(each.text, start, stop)}
        for first in sorted(heads | inside):
            office = office_at(each.text, first)
            if office is None or office.start - first > 2 or office.end > stop:
                if first in heads:
                    yield from _before_verb(plan, each, first, stop)
                continue
            end = min(max(office.end, stop_of_list(each.text, office.start)), stop)
            alone = first in heads and each.heading and end >= len(each.text) - 1
            colon = first in heads and each.text[end : end + 1] == ":"
            if not colon and not alone and not verb_follows(each.text, office):
                if first in heads:
                    yield from _before_verb(plan, each, first, stop)
                continue
            listed = each.text[office.start : end] if colon or alone else office.name
            for key in _own(listed[: _HEAD * 2]):
                yield key, each.said(plan, office.start, office.start + len(listed))


def _before_verb(plan: Plan, each: Paragraph, first: int, stop: int) -> Iterator[tuple[str, Place]]:
    """The body a sentence begins with, any verb of work behind it: “Công an xã tiếp nhận …”."""
    words = each.text[first:stop]
    begin, end = next(iter(mentions_in(fold(words))), (_FAR, 0))
    if begin >= _FAR or not words[:1].isupper():
        return
    own = _OWN_PLACE.match(words, end)
    verb = VERB_OF_WORK.match(words, own.end() if own else end)
    if verb:
        for key in _own(words[: verb.start()]):
            yield key, each.said(plan, first, first + verb.start())


# What among the recipients stands for a body besides its own name.
_UNIONS = frozenset(
    {"mttq", "phunu", "nongdan", "ccb", "doan", "nct", "khuyenhoc", "ctd", "lamvuon", "dongy"}
)
_UNIONS_SAID = re.compile(r"doan the|to chuc (?:chinh tri|ct)|ct-xh|\bcac hoi\b|to chuc hoi")
_SECTORS = frozenset(
    {
        "congan",
        "quansu",
        "tramyte",
        "truong",
        "buudien",
        "daitt",
        "ttdv",
        "dienluc",
        "nganhang",
        "bienphong",
        "kiemlam",
        "vienthong",
        "thuynong",
        "capnuoc",
        "tocn",
    }
)
_SECTORS_SAID = re.compile(
    r"ban,? nganh|cac nganh|don vi|co quan|cac bo phan(?! (?:chuyen mon|thuoc|cua) )"
)
_UNITS = frozenset({"htx"})
_UNITS_SAID = re.compile(r"don vi|to chuc(?! chinh tri| ct)|doanh nghiep|co so san xuat")
_VILLAGES_SAID = re.compile(
    r"\b(?:thon|khu|kdc|ban|ap|xom|buon|khom|lang)\b(?! (?:chi|quan|thuong|tuyen|nganh))"
    r"|truong ban"
    r"|phat trien|cac ban\b"
)
_SAID = {"thon": "các thôn", "htx": "hợp tác xã", "truong": "trường học"}
_WANTED = (
    "mttq", "phunu", "nongdan", "ccb", "doan", "nct", "khuyenhoc", "ctd", "thon", "truong",
    "tramyte", "htx", "buudien", "dienluc", "nganhang", "congan", "quansu", "ttpvhcc", "daitt",
    "bienphong", "kiemlam", "vienthong", "ttvh", "tttyt", "ttkn", "ttdv", "thuynong", "capnuoc",
    "tocn", "lamvuon", "dongy", "giamsat",
)  # fmt: skip


def served_keys(plan: Plan) -> set[str]:
    """The bodies the paper goes to; those of the district do not stand for those of the commune."""
    out: set[str] = set()
    for each in plan.recipients:
        own = re.search(r"\b(?:xa|thon|ap|ban|xom|cac cap)\b", fold(each.text)) is not None
        out |= {
            key for key, level in bodies_in(each.text) if own or level == "xa" or key in _SERVING
        }
    return out


def without_paper(plan: Plan) -> Iterator[tuple[str, Place]]:
    """Bodies that act and are not among the recipients: what to call them, where they act."""
    received = fold("; ".join(each.text for each in plan.recipients))
    named = served_keys(plan)
    single = named & set(_WANTED) - {"mttq", "thon"}
    for key, place in acting(plan):
        if key not in _WANTED or key in named or _covered(key, received):
            continue
        if key in ("congan", "quansu") and not single:
            continue  # of the commune's own house; missed only where such bodies are listed singly
        yield _SAID.get(key, name_of(key)), place
    yield from _others(plan, received)


# Heads of duties that are known by another name: “Ban Quản lý chợ”, “Câu lạc bộ Dưỡng sinh”.
_OTHER_BODY = re.compile(
    r"^(?:Ban [Qq]uản lý (?:chợ|rừng|di tích|bến|cảng|đền|chùa|nghĩa trang|dự án)|Ban [Qq]uản trị"
    r"|[Cc]âu lạc bộ|CLB|[Cc]ông ty|[Dd]oanh nghiệp [A-ZĐ]|[Xx]í nghiệp|[Tt]ổ hợp tác|[Qq]uỹ"
    r"|[Hh]ội (?:[Ll]àm vườn|[Ss]inh vật|[Dd]oanh nghiệp|[Nn]gười mù|[Cc]hất độc|[Cc]ựu giáo"
    r"|[Đđ]ông y)"
    r"|[Cc]hi nhánh|[Tt]rạm (?![Yy] tế)|[Đđ]ội |[Nn]hà máy|[Hh]ạt )"
)
_PLAIN_WORDS = "ban quan ly xa huyen cac hoi to chuc don vi thon ap cong ty chi nhanh tram"
_PLAIN = frozenset(_PLAIN_WORDS.split())


def _others(plan: Plan, received: str) -> Iterator[tuple[str, Place]]:
    """Bodies of other names with a duty of their own, no word of whose name the paper goes to."""
    if _UNITS_SAID.search(received) or _SECTORS_SAID.search(received):
        return
    for duty in plan.duties:
        office = duty.office.strip()
        if not _OTHER_BODY.match(office) or _own(office):
            known = [key for key in _own(office) if key not in ("bql", "bannganh", "doanthe")]
            if known or not _OTHER_BODY.match(office):
                continue
        words = [word for word in fold(office).split() if word not in _PLAIN]
        if words and not any(re.search(rf"\b{re.escape(word)}\b", received) for word in words):
            yield office, _named(plan, (duty.lines[0], duty.lines[0]), duty.office)


def _covered(key: str, received: str) -> bool:
    if key == "thon":
        return _VILLAGES_SAID.search(received) is not None
    if key in _UNIONS and _UNIONS_SAID.search(received):
        return True
    if key == "ttpvhcc" and "trung tam" in received:
        return True
    if key == "giamsat" and re.search(r"mttq|mat tran|ubmt|cong dong", received):
        return True
    if key in ("congan", "quansu") and "cong chuc" in received:
        return True
    if key in _SECTORS and _SECTORS_SAID.search(received):
        return True
    return key in _UNITS and _UNITS_SAID.search(received) is not None
