"""Two leads for one work told in other words: the same thing, the same item, a row and a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from dinhlang.papers.checking.dates.things import criteria_in, tokens_of
from dinhlang.papers.checking.text.bodies import bodies_in
from dinhlang.papers.checking.text.paragraphs import Paragraph
from dinhlang.vietnamese import fold

# Where the name of a thing ends: place, purpose, time, or a new clause follows.
_BEHIND = re.compile(
    r"\s(?:ở|tại|trên|cho|của|theo|trong|bằng|để|từ|với|xong|đến|vào|nhằm|gồm|dọc|trước|khi"
    r"|đối với)\s"
    r"|[,;:.(]",
    re.IGNORECASE,
)
_FILLING_WORDS = (
    "dat mat bo chiec diem cong tac viec cac cai to con nhung mot so cho lam thuc hien"
    " tham muu xa thon ap xom ban mo hinh"
)
_FILLING = frozenset(_FILLING_WORDS.split())
# Kinds of paper and of talk: they name no thing by themselves.
_COMMON_WORDS = (
    "lap ho so bao cao danh sach ke hoach kiem tra giam sat tuyen truyen van dong tap huan huong"
    " dan ra soat theo doi don doc tong hop cap nhat hoan tra to chuc phong trao cong dong chat"
    " luong giu vung nang moi duy tri phat dong"
)
COMMON = frozenset(_COMMON_WORDS.split())
# “… vận động phân loại rác, góp phần hoàn thành tiêu chí số 17” leads a part of it.
SERVES = re.compile(
    r"\b(?:góp phần|phục vụ|gắn với|thuộc|liên quan đến)\s+(?:(?:thực hiện|hoàn thành|đạt|giữ vững"
    r"|các|vào|cho)\s+)*(?:tiêu chí|TC\s*\d)",
    re.IGNORECASE,
)
_OPENING = 24  # letters that tell what is done
_LEAST_SAME, _LEAST_PART = 2, 3
_LEADS = re.compile(r"\b(?:chủ trì|làm đầu mối|chịu trách nhiệm chính)\b", re.IGNORECASE)
_PARTS = re.compile(r"[;.]|,\s*(?=đồng thời|còn)|\bđồng thời\b", re.IGNORECASE)
_TIME = re.compile(r"\b(?:xong|hoàn thành|trước|trong|từ|đến)\b.*$", re.IGNORECASE)


def thing_led(words: str) -> frozenset[str]:
    """The folded syllables that name what is led: “lắp 16 mắt camera an ninh ở …” → camera …"""
    head = _BEHIND.split(words.strip(), maxsplit=1)[0]
    head = re.sub(r"\bhệ thống\b", " ", head, flags=re.IGNORECASE)
    return frozenset(tokens_of(head)) - _FILLING


# Another part of the same thing: who watches, pays or speaks of it does not lead it.
_SIDE = re.compile(
    r"giam sat|kiem tra|tuyen truyen|van dong|tham dinh|nghiem thu|giai ngan|thanh toan|quyet toan"
    r"|bo tri|can doi|thiet ke|don doc|theo doi|bao cao|ho so|danh sach|khao sat|du toan|cham diem"
    r"|binh xet|thong ke|so lieu|minh chung|tap huan|khen|mat bang|hien dat|cung cap|von\b|quan ly"
    r"|van hanh|bao ve|phan bien|tham tra|chi dao|dieu hanh|cong khai|ra soat|tong hop|duy tri"
    r"|ve sinh|kinh phi|nguon|ky thuat|huong dan|dang ky|cham soc|bao duong"
)


def sides_of(words: str) -> frozenset[str]:
    """The parts beside doing it that words tell of a thing: to watch, to pay, to speak of it."""
    return frozenset(match[0] for match in _SIDE.finditer(fold(words)))


def other_side(one: str, other: str) -> bool:
    """Whether one of two works begins with doing a thing, the other with paying or watching it."""
    return bool(sides_of(one[:_OPENING])) != bool(sides_of(other[:_OPENING]))


def same_thing(one: str, other: str) -> bool:
    """Whether the words behind two “chủ trì” name one thing, whatever follows it."""
    if bool(sides_of(_BEHIND.split(one.strip(), maxsplit=1)[0])) != bool(
        sides_of(_BEHIND.split(other.strip(), maxsplit=1)[0])
    ):
        return False
    left, right = thing_led(one), thing_led(other)
    common = left & right
    strong = common - COMMON
    if left == right:
        return len(strong) >= _LEAST_SAME
    return common in (left, right) and len(strong) >= _LEAST_PART


def led_twice_in_one(each: Paragraph) -> tuple[int, int, str, str] | None:
    """An item whose own sentences name two leads: “Số hóa đình: A chủ trì; B chủ trì nội dung”.

    Returns where they stand and the two names.
    """
    if each.cells or len(_LEADS.findall(each.text)) < 2:
        return None
    what, colon, rest = each.text.partition(":")
    if not colon or bodies_in(what[:24]) or _LEADS.search(what):
        return None
    found: list[tuple[int, int, str, str]] = []
    at = len(what) + 1
    for part in _parts(rest):
        lead = _LEADS.search(part)
        named = bodies_in(part[: lead.start()]) if lead else ()
        who = [key for key, level in named if level == "xa"]
        if lead and len(who) == 1:
            begin = at + rest.index(part)
            found.append((begin, begin + len(part), who[0], _TIME.sub("", part[lead.end() :])))
    for one, other in combinations(found, 2):
        if one[2] != other[2] and all(_of_item(what, told[3]) for told in (one, other)):
            return one[0], other[1], one[2], other[2]
    return None


def _parts(text: str) -> Iterator[str]:
    at = 0
    for mark in [*_PARTS.finditer(text), None]:
        stop = mark.start() if mark else len(text)
        if text[at:stop].strip():
            yield text[at:stop]
        at = mark.end() if mark else stop


def _of_item(what: str, led: str) -> bool:
    """Whether what is led is the item itself: nothing more said, its own words, its criterion."""
    tokens = {token for token in tokens_of(led) if token not in _FILLING}
    numbers = set(criteria_in(led))
    if not numbers and not tokens and re.search(r"\d", led):
        return False  # “chủ trì số 8, 12 và 16”: others than the item
    if numbers:
        return numbers == set(criteria_in(what))
    return tokens <= set(fold(what).split()) | {"noi", "dung", "chinh", "chung", "phu", "trach"}
