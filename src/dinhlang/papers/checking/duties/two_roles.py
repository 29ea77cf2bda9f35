"""Two offices that lead one thing, wherever and in whatever words the paper says who leads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from dinhlang.papers.checking.dates.moments import Key, key_of
from dinhlang.papers.checking.dates.same_work import numbers_agree
from dinhlang.papers.checking.dates.text_units import Unit, units
from dinhlang.papers.checking.duties.lead_clashes import COMMON, SERVES, sides_of
from dinhlang.papers.checking.duties.roles import Role, offices, roles, same_office
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.bodies import name_of
from dinhlang.papers.checking.text.places import listed
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_ADVICE = "Giữ một nơi chủ trì; nơi kia ghi “phối hợp”."
_TOP = frozenset({
    "chutich", "phochutich", "bcd", "bcd-phu", "ubnd", "du", "hdnd",
})  # fmt: skip
_CUT = re.compile(
    r"[;(]|\.\s|\s(?:trước|trong|đến|xong|hoàn thành|theo|để|nhằm|bằng|gồm|bảo đảm|đảm bảo|phối hợp"
    r"|cùng|với sự|vào|chậm nhất|từ)\s",
    re.IGNORECASE,
)
_NEXT = re.compile(r",\s+|\s+và\s+(?=(?:\S+\s+){2})")
_CRITERION = re.compile(
    r"\b(?:tiêu chí|TC)\s*(?:số\s*)?(?P<list>\d{1,2}(?![.\d])(?:\s*(?:,|và|;)\s*(?:tiêu chí\s*)?"
    r"(?:số\s*)?\d{1,2}(?![.\d%]))*)",
    re.IGNORECASE,
)
_IDLE_OF_CRITERION = re.compile(
    r"\b(?:thực hiện|hoàn thành|hoàn thiện|tham mưu|cũng|riêng|còn|với|các|về|đối với|việc"
    r"|toàn bộ|tiêu chí|số|TC"
    r"|xây dựng|nội dung|công tác|triển khai|nhiệm vụ|nâng cao chất lượng|giữ vững"
    r"|duy trì|phụ trách)\b",
    re.IGNORECASE,
)
_INDICATOR = re.compile(r"(?<![\d.,])\d{1,2}\.\d{1,2}(?![\d.,]|\s*(?:m|km|ha|tỷ|triệu|đồng|%))")
_CAPITAL = compile_vi(r"(?<=[^.:;!?]\s)[A-ZÀ-Ỹ][^\W\d_]+(?:\s+[A-ZÀ-Ỹ][^\W\d_]+)*")
_BOTH = guarded(r"\b(?:đồng|cùng)\s+(?:làm\s+)?(?:chủ trì|đầu mối|phụ trách chính)\b", re.I)
_IDLE = guarded(
    r"\b(?:công tác|thực hiện|tổ chức(?! sản xuất)|triển khai|xây dựng|hoàn thành|hoàn thiện"
    r"|tham mưu|nội dung|nhiệm vụ|việc|tiến độ|tiếp tục|toàn bộ|các|những|của|và|cho|tại|trên|ở"
    r"|trong|về|với"
    r"|được|là|do|để|một|mỗi|này|làm|thêm|địa bàn|xã|thôn|xóm|ấp|bản|buôn|khu|khóm|mô hình"
    r"|công trình|đạt|chuẩn|hệ thống|từ|đến|theo|lắp đặt|lắp|khoảng|tổng)\b",
    re.IGNORECASE,
)
_VILLAGE = compile_vi(
    r"\b(?:[Tt]hôn|[Kk]hu dân cư|[Kk]hu|[Bb]ản|[Xx]óm|[Ấấ]p|[Bb]uôn|[Kk]hóm|[Ll]àng)\s+"
    r"[A-ZÀ-Ỹ][^\W\d_]*(?:\s+[A-ZÀ-Ỹ][^\W\d_]*)*"
)
_SYLLABLE = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset({"km", "ha", "so", "tu", "m", "cac", "met", "cai", "diem", "chiec"})
# “chủ trì các tiêu chí được giao” says no thing that another could lead as well.
_AS_GIVEN = re.compile(
    r"(?:tiêu chí|nhiệm vụ|việc|phần việc|nội dung|chỉ tiêu)(?: thuộc lĩnh vực)? (?:được (?:giao"
    r"|phân công)"
    r"|của (?:mình|ngành|đơn vị)|phụ trách|theo lĩnh vực)",
    re.IGNORECASE,
)
_LEAST, _SAME, _OFTEN = 2, 0.6, 6


@dataclass(slots=True, frozen=True)
class _Thing:
    role: Role
    words: str
    tokens: frozenset[str]
    villages: frozenset[str]
    criteria: frozenset[object]
    names: frozenset[str]
    side: frozenset[str]


def led_by_two(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Works with two leads; ``told`` lines are known."""
    for unit in units(plan):
        yield from _together(plan, unit, told)
    yield from _pairs(plan, told, criteria=False)


def criteria_by_two(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Criteria as a whole with two leads; ``told`` lines are known."""
    yield from _pairs(plan, told, criteria=True)


def _pairs(plan: Plan, told: set[int], *, criteria: bool) -> Iterator[Hit]:
    things = _all_things(key_of(plan))
    counts = Counter(token for thing in things for token in thing.tokens)
    stock = frozenset(token for token, n in counts.items() if n >= _OFTEN)
    seen: set[int] = set()
    for one, other in combinations(things, 2):
        if one.role is other.role or {id(one.role), id(other.role)} & seen:
            continue
        if bool(one.criteria and other.criteria) != criteria:
            continue
        if not _may_clash(one, other) or not _same(one, other, stock):
            continue
        lines = {one.role.place.lines[0], other.role.place.lines[0]}
        if lines <= told:
            continue
        told |= lines
        seen |= {id(one.role), id(other.role)}
        yield _hit(one, other)


def _hit(one: _Thing, other: _Thing) -> Hit:
    sure = one.role.weight == other.role.weight == "lead"
    names = listed(_name(key) for key in (*sorted(one.role.who), *sorted(other.role.who)))
    places = dict.fromkeys((one.role.place, other.role.place))
    return Hit(
        message=f"Một việc mà có hai nơi chủ trì: {names}.",
        places=tuple(places),
        advice=_ADVICE,
        severity=None if sure else "warning",
    )


def _name(key: str) -> str:
    return name_of(key.partition(":")[0]) if not key.startswith("?") else key[1:]


def _may_clash(one: _Thing, other: _Thing) -> bool:
    left, right = one.role, other.role
    if left.weight != right.weight or left.verb != right.verb or same_office(left.who, right.who):
        return False
    if left.weight == "charge" and any(key.startswith("?") for key in (*left.who, *right.who)):
        return False
    if bool(left.who & _TOP) != bool(right.who & _TOP):
        return left.verb == "chu tri" and left.whole and right.whole and left.spot != right.spot
    if left.spot == right.spot:
        if one.criteria & other.criteria:
            return True
        return fold(left.what) == fold(right.what) or (
            one.tokens == other.tokens and len(one.tokens) > _LEAST
        )
    # Rows of one table say the same work for different indicators, each with its own lead.
    same_table = bool(left.table) and left.table == right.table
    return not same_table or (one.words == other.words and bool(one.criteria & other.criteria))


@lru_cache(maxsize=4)
def _all_things(key: Key) -> tuple[_Thing, ...]:
    return tuple(thing for role in roles(key.plan) for thing in _things(role))


def _things(role: Role) -> Iterator[_Thing]:
    """The things one role is about: the whole of it, and each piece a comma parts."""
    whole = _CUT.split(role.what, maxsplit=1)[0] if not _CRITERION.search(role.what) else role.what
    criteria = criteria_of(role.what, cell=role.criterion_cell)
    pieces = [whole, *(_NEXT.split(whole) if "," in whole or " và " in whole else ())]
    pieces = [piece for piece in pieces if not re.search(r"\b(?:phối hợp|tham gia)\b", piece)]
    for piece in dict.fromkeys(pieces or [whole]):
        if _AS_GIVEN.search(piece) or SERVES.search(piece):
            continue
        found = criteria if piece == whole else criteria_of(piece, cell=False)
        yield _Thing(
            role, piece, _tokens(piece), villages_of(piece), found,
            frozenset(fold(m[0]) for m in _CAPITAL.finditer(" " + piece)),
            sides_of(piece),
        )  # fmt: skip


def _tokens(words: str) -> frozenset[str]:
    """The folded syllables that name a thing: no place, no verb that fits everything."""
    left = _IDLE.sub(" ", _VILLAGE.sub(" ", words))
    return frozenset(fold(word) for word in _SYLLABLE.findall(left)) - _SMALL


def criteria_of(words: str, *, cell: bool) -> frozenset[object]:
    """The criteria words name as a whole, by number and by name; empty where they name a part."""
    first = re.split(r"[,;:.]\s+(?!(?:số\s*|tiêu chí\s*(?:số\s*)?)?\d)", words, maxsplit=1)[0]
    if _INDICATOR.search(first):
        return frozenset()
    found: set[object] = {
        int(each) for match in _CRITERION.finditer(first)
        for each in re.findall(r"\d+", match["list"]) if 0 < int(each) < 20
    }  # fmt: skip
    if cell:
        number = re.match(r"\s*(?:[Ss]ố\s*|TC\s*)?(\d{1,2})\b(?![.,]\d)", first)
        found |= {int(number[1])} if number and 0 < int(number[1]) < 20 else set()
    elif not re.search(r"\b(?:tiêu chí|TC)\b", first, re.IGNORECASE):
        return frozenset()
    rest = fold(_IDLE_OF_CRITERION.sub(" ", _CRITERION.sub(" ", first)))
    rest = re.sub(r"^[\W\d]+|\W+$", "", rest)
    known = match_name(rest, 0, "advanced") or match_name(rest, 0, "ntm")
    if known:
        if not found:
            found.add(rest[: known[1]])
        rest = rest[known[1] :]
    if len(rest.split()) > (_LEAST if not known else _LEAST + 1):
        return frozenset()
    return frozenset(found)


def _same(one: _Thing, other: _Thing, stock: frozenset[str]) -> bool:
    if one.criteria or other.criteria:
        return bool(one.criteria & other.criteria) and one.villages == other.villages
    left, right = _INDICATOR.findall(one.words), _INDICATOR.findall(other.words)
    if left and right:
        return bool(set(left) & set(right)) and one.side == other.side
    if not numbers_agree(one.words, other.words):
        return False
    if one.villages != other.villages and (one.villages and other.villages):
        return False
    if one.names and other.names and not one.names & other.names:
        return False
    if one.side != other.side or _other_act(one.words, other.words):
        return False
    if one.villages and one.villages == other.villages and not one.tokens and not other.tokens:
        return True
    if fold(one.words).strip() == fold(other.words).strip() and one.tokens:
        listed_both = one.role.whole and other.role.whole and one.role.table != other.role.table
        return len(one.words.split()) > _LEAST or (listed_both and one.words.isupper())
    return _alike(one.tokens, other.tokens, stock, bool(one.villages) == bool(other.villages))


# To build a thing is not to do the work it serves: “xây 02 bể thu gom rác”, “thu gom rác”.
_BUILDS = re.compile(
    r"\W*(?:xây|làm|sửa|đào|đổ|lắp|đặt|bê tông|cứng hóa|nâng cấp|mở rộng|cải tạo|thi công|mua)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"\W*(?:thu gom|phân loại|dọn|quét|nhặt|vận động|tuyên truyền|tập huấn|dạy|khám|chăm sóc|tuần"
    r" tra|quản lý|sử dụng|vận hành)\b",
    re.IGNORECASE,
)


def _other_act(one: str, other: str) -> bool:
    return any(
        _BUILDS.match(left) and _WORKS.match(right) for left, right in ((one, other), (other, one))
    )


def _alike(left: frozenset[str], right: frozenset[str], stock: frozenset[str], near: bool) -> bool:
    if left == right and len(left) >= _LEAST and left - COMMON - stock and near:
        return True
    common = (left & right) - COMMON
    strong = common - stock
    if len(common) < _LEAST or not strong:
        return False
    if len(left & right) >= _SAME * len(left | right):
        return near or len(common) > _LEAST
    shorter, longer = sorted((left, right), key=len)
    inside = shorter <= longer and len(shorter - COMMON) > _LEAST
    return inside and len(longer) <= 2 * len(shorter)


def _together(plan: Plan, unit: Unit, told: set[int]) -> Iterator[Hit]:
    """“Chủ trì X: A; B (đồng chủ trì)”: two offices in one place for the lead."""
    for match in _BOTH.finditer(unit.text):
        start = max(unit.text.rfind(". ", 0, match.start()), 0)
        stop = unit.text.find(".", match.end())
        around = unit.text[start : stop if stop > 0 else len(unit.text)]
        place = unit.said(plan, start, match.end())
        if len(offices(around)) > 1 and place.lines[0] not in told:
            told.add(place.lines[0])
            yield Hit(message="Một việc mà hai nơi cùng chủ trì.", places=(place,), advice=_ADVICE)
