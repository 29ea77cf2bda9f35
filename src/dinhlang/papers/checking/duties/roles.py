"""Who has which part in what: every office told to lead, to be in charge, or to take part.

``roles`` reads them from sentences (“A chủ trì X”, “X: A chủ trì”, “X do A chủ trì”, “Chủ trì X:
A”), from items below a heading that names the office or the work, and from tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dinhlang.papers.checking.dates.moments import Key, key_of
from dinhlang.papers.checking.dates.text_units import ENTRY, Row, Unit, rows, units
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.bodies import bodies_in, mentions_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.offices import office_at
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

Weight = Literal["lead", "charge"]

_VERB = guarded(
    r"\b(?:(?:được\s+)?(?:giao\s+)?(?:làm|là|giữ vai trò)?\s*"
    r"(?:đơn vị |cơ quan |người |bộ phận |nơi )?"
    r"(?P<lead>chủ trì|đầu mối(?:\s*,?\s*(?:và\s+)?(?:chủ trì|chịu trách nhiệm))?"
    r"|(?:chịu )?trách nhiệm (?:chính|chung|toàn diện|cao nhất|chủ yếu)|phụ trách (?:chính|chung)"
    r"|chủ công)"
    r"|(?P<charge>(?:chịu|có) trách nhiệm|phụ trách|đảm nhận|đảm trách|được phân công))\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?:cán bộ|công chức|viên chức|đồng chí|đ/c|người|lĩnh vực|nhiệm vụ|ủy viên|uỷ viên|chủ tịch"
    r"|thành viên|địa bàn|được|bộ phận|\()\s*$",
    re.IGNORECASE,
)
_NOT_ROLE = re.compile(r"(?:dưới sự|cùng|phân công|xác định|nêu cao|tinh thần|đề cao)\s*$", re.I)
_PARTNER = re.compile(r"\b(?:phối hợp|tham gia|hỗ trợ|cùng)\b", re.IGNORECASE)
_WHO_PARTS = re.compile(
    r"[:;,(]\s*|\.\s+|\s[-–]\s(?=(?:[Đđ]/c|[Cc]ông chức|[Cc]án bộ))|\b(?:do|giao(?:\s+cho)?|bởi|còn"
    r"|riêng|về phía|phân công)\s",
    re.IGNORECASE,
)
_SLOT = re.compile(
    r"(?P<what>(?:[^:,;.()]|\.(?=\S)|,(?=\s*(?:số\s*)?\d)){0,90}?)(?::|\blà\b)\s*(?P<who>[^;.()|]{3,110})",
    re.IGNORECASE,
)
_SLOT_ENDS = re.compile(
    r",?\s*\b(?:đơn vị |cơ quan |người )?(?:phối hợp|cùng làm|tham gia|thời (?:gian|hạn)|hoàn thành"
    r"|xong|hạn)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"^\W*(?:và\s+)?(?:phối hợp|cùng)\b[^;:.]{0,140}?(?=\s(?:tổ chức|thực hiện|xây|làm|lắp|lấy|vận"
    r"|rà|tham mưu|triển|hướng|hoàn|khảo|lập|trồng|sửa|kiểm|mở|nâng|ra|đào|thu|dọn|cấp|thống|tuyên"
    r"|đôn|thẩm|số hóa|duy|giữ|bảo)\b)",
    re.IGNORECASE,
)
_LEAD_COLUMN = re.compile(
    r"chu tri|chiu trach nhiem|dau moi|phu trach(?! (?:linh|xa))|trach nhiem chinh"
)
_OTHER_COLUMN = re.compile(
    r"chu tri|phoi hop|trach nhiem|dau moi|phu trach|giam sat|thoi gian|thoi han|^tt\b|^stt\b"
    r"|kinh phi|\bhan\b|ghi chu|tien do|nguon|don vi|co quan|nguoi|bo phan|hoan thanh|\bxong\b"
)
_ABOVE_COMMUNE = "tren"
_BESIDE = 3
_LEAST_CELLS = 2
_HEAD = 14  # letters before the verb of a line that is only “Đơn vị chủ trì: A”
_SLOT_LINE = re.compile(
    r"\W*(?:(?:đơn vị|cơ quan) )?(?:phối hợp|thời (?:gian|hạn)|kinh phí|tiến độ|hạn|địa điểm"
    r"|hoàn thành|nguồn vốn)\s*:",
    re.IGNORECASE,
)


@dataclass(slots=True, frozen=True)
class Role:
    """An office and what it leads. ``item`` numbers what a sentence or row is about as a whole.

    ``what`` are the words of the thing; ``verb`` the folded verb; ``whole`` says the words are the
    item itself (“X: A chủ trì”), not an object behind the verb.
    """

    who: frozenset[str]
    weight: Weight
    verb: str
    what: str
    place: Place
    spot: int
    table: int = 0
    whole: bool = False
    criterion_cell: bool = False


def roles(plan: Plan) -> tuple[Role, ...]:
    """Every lead and charge told in the paper; kept for the checks that follow."""
    return _roles(key_of(plan))


@lru_cache(maxsize=4)
def _roles(key: Key) -> tuple[Role, ...]:
    plan = key.plan
    out: list[Role] = []
    item = ""
    for unit in units(plan):
        low = lower(unit.text)
        if not any_in(("chủ trì", "trách", "đầu mối", "đảm nhận", "chủ công"), low):
            if not _SLOT_LINE.match(unit.text):
                entry = ENTRY.match(unit.text)  # “Nhiệm vụ 1. Xây 02 bể …”
                bare = entry if entry and not criteria_in(entry[0]) else None
                item = unit.text[bare.end() :] if bare else unit.text
            continue
        if not tells_what_was(unit.first.above):
            out.extend(in_unit(plan, unit, item))
    for at, row in enumerate(rows(plan)):
        out.extend(_in_row(row, -1 - at))
        out.extend(_in_duty_row(row, -1 - at))
    return tuple(out)


def offices(words: str) -> frozenset[str]:
    """The keys of the bodies of the commune that words name; schools apart from each other."""
    found = {key for key, level in bodies_in(words) if level != _ABOVE_COMMUNE}
    if len(found) > 1:
        found -= {"ubnd"}  # “Kế toán UBND xã”
    if "du" in found and "ĐU" not in words and " uy" not in fold(words):
        found -= {"du"}  # “dự án”
    if "truong" in found:
        folded = fold(words)
        kinds = {f"truong:{name}" for name, p in _SCHOOLS if p.search(folded)}
        found = (found - {"truong"}) | (kinds or {"truong"})
    return frozenset(found)


def same_office(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two offices may be one: a common key, “nhà trường” and “Trường Tiểu học”."""
    if one & other:
        return True
    pairs = ((left, right) for left in one for right in other)
    return any(
        (left.partition(":")[0] == right.partition(":")[0] and not (":" in left and ":" in right))
        or _close(left, right)
        for left, right in pairs
    )  # fmt: skip


def _close(left: str, right: str) -> bool:
    """Whether one name of an office nobody knows stands in the other."""
    if not (left.startswith("?") or right.startswith("?")):
        return frozenset((left, right)) in _OFTEN_ONE
    one, other = set(left.lstrip("?").split()), set(right.lstrip("?").split())
    return bool(one & other)


def unknown_office(words: str) -> frozenset[str]:
    """A name with a capital that stands where an office does: “Câu lạc bộ hưu trí”."""
    name = _TITLES.sub("", words.strip(" ,.;:-–()"))
    tokens = [word for word in fold(name).split() if word not in ("xa", "cac", "va")]
    if not name[:1].isupper() or not 2 <= len(name.split()) <= _LONGEST_NAME or _digits(name):
        return frozenset()
    if _THING_WORDS.search(fold(name)):
        return frozenset()
    return frozenset({"?" + " ".join(tokens)})


# Offices one person often holds, or which plans call by either name.
_OFTEN_ONE = {
    frozenset(pair)
    for pair in (
        ("giupviec", "chuyentrach"), ("bcd", "bcd-phu"), ("chutich", "ubnd"), ("bcd", "ubnd"),
        ("bql", "ubnd"), ("chutich", "bcd-phu"), ("daitt", "vanhoa"), ("vanhoa", "laodong"),
        ("nongnghiep", "diachinh"), ("doanthe", "mttq"), ("kinhte", "nongnghiep"),
        ("kinhte", "diachinh"), ("bcd", "chutich"), ("bcd-phu", "phochutich"), ("bcd", "giupviec"),
    )
}  # fmt: skip
_SCHOOLS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("mn", r"mam non|mau giao|\bmn\b"), ("th", r"tieu hoc|\bth\b"),
        ("thcs", r"trung hoc co so|thcs"), ("thpt", r"thpt|trung hoc pho thong"),
    )
)  # fmt: skip
_TITLES = re.compile(r"^(?:đ/c|đồng chí|công chức|cán bộ|ông|bà)\s+", re.IGNORECASE)
_THING_WORDS = re.compile(
    r"tieu chi|chi tieu|duong|cong trinh|ho so|nhiem vu|noi dung|xay dung|thon|muc tieu|nguoi"
    r"|don vi|co quan|ke hoach|thuc hien|hoan thien|mo hinh|san pham"
)
_LONGEST_NAME = 9


def in_unit(plan: Plan, unit: Unit, item: str = "") -> Iterator[Role]:
    """The roles a paragraph tells; ``item`` is the paragraph before, for a bare “Chủ trì: A”."""
    at = 0
    subject: frozenset[str] = frozenset()
    for end in [*_ends(unit.text), len(unit.text)]:
        yield from _in_sentence(plan, unit, at, end, item, subject)
        subject = _subject(unit.text[at:end]) or subject
        at = end


# “Với Văn phòng - Thống kê: …”, “Giao Đoàn Thanh niên …”: what may stand before a subject.
_ADDRESS = re.compile(
    r"\W*(?:\d+[.)]\s*)?(?:(?:với|giao(?: cho)?|đề nghị|yêu cầu|phân công|về phía|riêng"
    r"|đối với)\s+)?",
    re.IGNORECASE,
)
_SUBJECT = 10  # letters before the word a body is known by: “Hội Cựu chiến binh”
# A clause that goes on with the work of the subject before it has nothing else before its verb.
_GOES_ON = re.compile(
    r"[\W\d]*(?:(?:đồng thời|và|có nhiệm vụ|trực tiếp|được giao|tiếp tục|ngoài ra|là|làm|cũng|còn"
    r"|[Hh]ằng (?:tháng|quý|năm)|thường xuyên|nơi|vừa)\W*)*",
    re.IGNORECASE,
)


def _subject(sentence: str) -> frozenset[str]:
    """The one office a sentence begins with."""
    start = _ADDRESS.match(sentence)
    words = sentence[start.end() if start else 0 :]
    first = next(iter(mentions_in(fold(words))), None)
    if first is None or first[0] > _SUBJECT:
        return frozenset()
    found = offices(words[: first[1] + _SUBJECT].split(",")[0])
    return found if len(found) == 1 else frozenset()


_SENTENCE = compile_vi(r";(?=\s)|[.!?](?=\s+[A-ZÀ-Ỹ])")


def _ends(text: str) -> list[int]:
    """Where sentences end; a semicolon inside brackets or before “(đồng chủ trì)” does not."""
    out = []
    for match in _SENTENCE.finditer(text):
        behind = text[match.end() : match.end() + 60]
        if text[match.start()] == ";" and re.match(r"[^;.]*\((?:đồng|cùng) chủ trì", behind):
            continue
        if text[max(0, match.start() - 2) : match.start()].strip() in ("TP", "TX", "Đ"):
            continue
        out.append(match.end())
    return out


def verbs_in(words: str) -> list[re.Match[str]]:
    """The verbs of leading and of being in charge, without “cán bộ phụ trách nông nghiệp”."""
    found: list[re.Match[str]] = []
    for match in _VERB.finditer(words):
        before = words[max(0, match.start() - 24) : match.start()]
        weak = match["charge"] is not None
        if weak and _ADJECTIVE.search(before) and not before.rstrip().endswith("("):
            continue
        if weak and before.rstrip().endswith("("):
            behind = words[match.end() : match.end() + 3].strip()
            if not behind.startswith(")"):
                continue
        if _NOT_ROLE.search(before):
            continue
        if found and match.start() - found[-1].end() < _BESIDE:
            if weak:
                continue
            if found[-1]["charge"]:
                found.pop()  # “có trách nhiệm chủ trì”
        found.append(match)
    return found


def _in_sentence(
    plan: Plan, unit: Unit, begin: int, end: int, above: str, subject: frozenset[str]
) -> Iterator[Role]:
    words = unit.text[begin:end]
    found = verbs_in(words)
    left = 0
    item = ""
    for at, match in enumerate(found):
        stop = len(words)
        if at + 1 < len(found):
            between = words[match.end() : found[at + 1].start()]
            cut = max(f"{between} ".rfind(mark) for mark in (",", " còn ", " và ", ")"))
            stop = match.end() + max(cut, 0)
        before, behind = words[left : match.start()], words[match.end() : stop]
        who, what, whole = _parted(before, behind)
        left = stop
        if not who and not _PARTNER.search(before[-30:]):
            who = subject if _GOES_ON.fullmatch(before) else frozenset()
            who = who or _heading_office(unit)
        subject = who if len(who) == 1 and not whole else subject
        if _THIS.match(_BEFORE_THING.sub("", behind)):
            what, whole = _thing_before(unit, begin, heading_first=True) or above, True
        if whole:
            item = what or item
            what = item
        if whole and not content(what) and not _digits(what) and not villages_of(what):
            slot = above if match.start() < _HEAD and not names_office(above) else ""
            before_it = _thing_before(unit, begin)
            what = slot if slot and before_it in unit.first.above else before_it or slot
        if len(who) != 1 or not what.strip():
            continue
        yield Role(
            who=who,
            weight="charge" if match["charge"] else "lead",
            verb=fold(match["charge"] or "chu tri"),
            what=what.strip(" ,.;:-–"),
            place=unit.said(plan, begin, end),
            spot=unit.first.spot,
            whole=whole,
        )


def _thing_before(unit: Unit, begin: int, *, heading_first: bool = False) -> str:
    """What a sentence without a thing of its own is about: the one before it, the heading."""
    heading = unit.first.above[-1] if unit.first.above else ""
    if heading_first and criteria_in(heading):
        return heading
    before = unit.text[:begin].strip()
    if before:
        return before[_ends(before[:-1])[-1] if _ends(before[:-1]) else 0 :].strip(" .;")
    above = unit.first.above[-1:]
    if above:
        return "" if names_office(above[0]) else above[0]
    return ""


def names_office(heading: str) -> bool:
    """Whether a heading begins with the name of an office: “3. Công an xã”."""
    name = _TITLES.sub("", heading.strip())
    return office_at(name, 0) is not None or bool(offices(" ".join(name.split()[:3])))


def _heading_office(unit: Unit) -> frozenset[str]:
    """The one office of the heading above: “2. Công an xã” over “- Chủ trì …”."""
    above = unit.first.above[-1:]
    found = offices(above[0]) if above and names_office(above[0]) else frozenset()
    return found if len(found) == 1 else frozenset()


def _slot_who(words: str) -> frozenset[str]:
    return offices(words) or unknown_office(words)


def _parted(before: str, behind: str) -> tuple[frozenset[str], str, bool]:
    """Who leads and what, from the words on both sides of the verb."""
    slot = _SLOT.match(behind)
    if slot and not offices(before[-60:]) and _slot_who(slot["who"]):
        who = _slot_who(_SLOT_ENDS.split(slot["who"], maxsplit=1)[0])
        what = re.sub(r"^\W*(?:về|việc|đối với)\s+", "", slot["what"]).strip()
        return (who, what, False) if content(what) or _digits(what) else (who, before, True)
    told, who = _who_before(before)
    rest = _WITH.sub(" ", behind).strip()
    closed = re.match(r"^(?:[,.;:)]|và\s)", behind.strip() or ".") or _PARTNER.match(rest)
    empty = not content(rest) and not _digits(rest)
    if closed and _NO_OBJECT.match(rest):
        return who, told, True
    if empty or (closed and (content(told) or _digits(told) or villages_of(told))):
        return who, told, True
    rest = re.sub(r"^[\s,]*(?:phối hợp|cùng)(?:\s+với)?\b", "", rest)
    return who, _BEFORE_THING.sub("", rest), False


_BEFORE_THING = re.compile(
    r"^(?:\W*(?:về|đối với|việc|trong|trước (?:UBND|Đảng ủy|Chủ tịch) ?\w*)\s+)+"
)
# “… chịu trách nhiệm chính về tiêu chí này”: what the heading or the sentence before names.
_THIS = re.compile(
    r"\W*(?:thực hiện |hoàn thành )?(?:tiêu chí|chỉ tiêu|công trình|mô hình|việc|nội dung|nhiệm vụ"
    r"|phần việc|mục|phần)\s+(?:này|nêu trên|nói trên|trên đây)\b"
)


_NO_OBJECT = re.compile(
    r"[^\w]*(?:xong|hoàn thành|hoàn tất|thời (?:gian|hạn|điểm)|trước|trong|chậm nhất|hạn|đến|từ"
    r"|kinh phí|bảo đảm|đảm bảo|báo cáo|(?!(?:và\s+)?(?:phối hợp|cùng|tham mưu))[^,;]{4,70}?\b"
    r"(?:phối hợp"
    r"|cùng (?:làm|thực hiện)|tham gia|hỗ trợ|giám sát|giúp|đôn đốc|theo dõi|tổng hợp|chỉ đạo)\b)",
    re.IGNORECASE,
)


def _digits(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def _who_before(before: str) -> tuple[str, frozenset[str]]:
    """The words before the office next to a verb, and the office."""
    cuts = list(_WHO_PARTS.finditer(before))
    for cut in [*reversed(cuts), None]:
        at = cut.end() if cut else 0
        named = offices(before[at:])
        if named:
            told = before[: cut.start()] if cut else ""
            return told.strip(" ,:;-–("), named
    last = cuts[-1] if cuts else None
    who = unknown_office(before[last.end() if last else 0 :])
    if who and (last is not None or not before[: len(before)].strip().islower()):
        return before[: last.start()].strip(" ,:;-–(") if last else "", who
    return before, frozenset()


_THING = re.compile(
    r"noi dung|nhiem vu|cong viec|phan viec|\bviec\b|chi tieu|tieu chi|cong trinh|hang muc|mo hinh"
)


def _in_duty_row(row: Row, spot: int) -> Iterator[Role]:
    """“HTX Nông nghiệp | Chủ trì tiêu chí số 13; ký hợp đồng”: an office and its duties."""
    if len(row.cells) < _LEAST_CELLS or any(_LEAD_COLUMN.search(head) for head in row.head):
        return
    for at, cell in enumerate(row.cells):
        verbs = verbs_in(cell) if at else []
        who = offices(row.cells[at - 1]) if verbs else frozenset()
        if len(who) != 1 or verbs[0]["lead"] is None or verbs[0].start() > _SUBJECT:
            continue
        for begin, end in _sentences(cell):
            told = cell[begin:end]
            lead = next(iter(verbs_in(told)), None)
            if lead and lead["lead"] and _GOES_ON.fullmatch(told[: lead.start()]):
                yield Role(
                    who=who, weight="lead", verb="chu tri", place=row.place, spot=spot,
                    what=told[lead.end() :].strip(" ,.;:-–"), table=row.table,
                )  # fmt: skip


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for end in [*_ends(text), len(text)]:
        yield at, end
        at = end


def _in_row(row: Row, spot: int) -> Iterator[Role]:
    column = next((at for at, head in enumerate(row.head) if _LEAD_COLUMN.search(head)), -1)
    if not 0 <= column < len(row.cells):
        return
    who = offices(row.cells[column])
    things = [
        (at, cell)
        for at, cell in enumerate(row.cells)
        if cell.strip() and not (at < len(row.head) and _OTHER_COLUMN.search(row.head[at]))
    ]
    if len(who) != 1 or not things:
        return
    named = [
        (at, cell) for at, cell in things if at < len(row.head) and _THING.search(row.head[at])
    ]
    at, what = max(named or things, key=lambda pair: len(pair[1]))
    criterion = at < len(row.head) and re.search(r"tieu chi\b|\btc\b", row.head[at]) is not None
    if criterion:
        known = match_name(fold(what), 0, "advanced") or match_name(fold(what), 0, "ntm")
        bare = [cell.strip() for cell in row.cells[:at] if cell.strip().isdecimal()]
        if known and str(known[0]) in {cell.lstrip("0") for cell in bare}:
            what = f"{known[0]} {what}"
    lead = "phu trach" not in row.head[column] or "chinh" in row.head[column]
    yield Role(
        who=who, weight="lead" if lead else "charge",
        verb="chu tri" if lead else "phu trach", what=what, place=row.place, spot=spot,
        table=row.table, whole=True, criterion_cell=criterion,
    )  # fmt: skip
