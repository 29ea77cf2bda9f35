"""One thing with two dates by which it is done, whatever stands around its name.

For each date the words before it and behind it are taken in several lengths, from the nearest
clause to the whole sentence; two dates clash where one of the lengths of each names one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.moments import Moment, moments
from dinhlang.papers.checking.orders import apart, said
from dinhlang.papers.checking.own_criterion import criterion_at
from dinhlang.papers.checking.same_work import numbered_apart
from dinhlang.papers.checking.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_DONE = guarded(
    r"\b(?:hoàn thành|hoàn tất|hoàn thiện|xong|kết thúc|bàn giao|đưa vào (?:sử dụng|khai thác"
    r"|vận hành)"
    r"|dứt điểm|về đích|cán đích|đạt(?: chuẩn)?|công nhận|ra mắt|khánh thành|xóa hết"
    r"|chấm dứt|ban hành|phê duyệt|trình|gửi|nộp|lấy ý kiến|thành lập)\b",
    re.IGNORECASE,
)
_STEP = guarded(
    r"\b(?:khởi công|bắt đầu|thiết kế|dự toán|khảo sát|thẩm định|thẩm tra|phê duyệt|nghiệm thu"
    r"|quyết toán"
    r"|giải ngân|thanh toán|giải phóng mặt bằng|đấu thầu|lựa chọn nhà thầu|phát động|ra quân"
    r"|thành lập"
    r"|tập huấn|đăng ký|hồ sơ|đề nghị|trình|nộp|gửi|công bố|đón|mua|cấp|ký|khai giảng|bế giảng"
    r"|vận động"
    r"|tuyên truyền|hiến|tháo dỡ|tự đánh giá|lấy ý kiến|hài lòng|danh sách|lập|ban hành|quyết định"
    r"|kế hoạch|đề án|kiện toàn|bố trí|phân bổ|công nhận|lắp|trồng|xây|mở|sửa)\b",
    re.IGNORECASE,
)
# What a commune does again and again: two dates of it are two times, not two deadlines.
_AGAIN = guarded(
    r"\b(?:báo cáo|họp|giao ban|sơ kết|tổng kết|kiểm tra|giám sát|đánh giá|rà soát|cập nhật|vệ sinh"
    r"|h[àằ]ng (?:tháng|quý|tuần|năm)|định kỳ|duy trì|giữ vững|lần|đợt|giai đoạn|vụ|khóa|lớp|kỳ"
    r"|chuyên đề"
    r"|hội nghị|phiên|buổi|phần|bước|thêm|còn lại|lũy kế|tiếp tục)\b",
    re.IGNORECASE,
)
_FIRST_HALF = re.compile(r"\b(?:6|sáu) tháng (?:đầu|cuối) năm\b")
_CLAUSE = re.compile(r",\s+|:\s+|\s(?:để|nhằm|giúp|phấn đấu|bảo đảm|đảm bảo|theo dõi)\s+|\s[-–]\s")
_BRACKETS = re.compile(r"\([^()]*\)?")
_UNTIL = guarded(
    r"\b(?:trước|sau|đến|ngay sau|trong)\s+(?:khi|dịp|mùa|vụ|lễ|kỳ|tết|đại hội|quốc khánh)"
    r"\b[^,.;(]*",
    re.IGNORECASE,
)
_OFFICE = guarded(
    r"(?:^|(?<=[,;:]))[^,;:]*?\b(?:chủ trì|chịu trách nhiệm|phụ trách|đảm nhận)\b"
    r"|(?:^|(?<=[,;:]))[^,;:]*\b(?:phối hợp|tham gia)\s*(?=[,;:.]|$)",
    re.IGNORECASE,
)
_OTHER_DATES = guarded(
    r"\b(?:ngày|tháng|quý|năm)\s+(?:[\d/.-]+|[IV]+)\b|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?"
    r"|\b20\d\d\b",
    re.I,
)
_IDLE = guarded(
    r"\b(?:công tác|thực hiện|tổ chức|triển khai|xây dựng|hoàn thành|hoàn thiện|hoàn tất|xong"
    r"|tham mưu"
    r"|nội dung|nhiệm vụ|việc|tiến độ|tiếp tục|toàn bộ|các|những|của|và|cho|tại|trên|ở|trong|về"
    r"|với|phải"
    r"|được|là|do|để|một|mỗi|này|địa bàn|xã|thôn|xóm|ấp|bản|buôn|khu|khóm|công trình|đạt|chuẩn"
    r"|từ|đến"
    r"|theo|trước|sau|vào|hết|cuối|đầu|dự kiến|chậm nhất|thời (?:gian|hạn)|phấn đấu|bảo đảm"
    r"|đảm bảo|phối hợp"
    r"|đơn vị thi công|chủ trì|giao|ubnd|giám sát|thi công|đôn đốc|theo dõi|đồng chí|đ/c"
    r"|công chức|cán bộ"
    r"|tiêu chí|số|chủ đầu tư|năm|tháng|quý|ngày|dài|rộng|khoảng|bằng|thêm|mới|kịp|sẽ|kế hoạch"
    r"|mục tiêu"
    r"|mét|hộ dân|nhân dân|người dân|đưa|sử dụng|kết thúc|bàn giao|dứt điểm|cùng|giúp|đoạn"
    r"|tuyến|toàn|đều|có|thành lập"
    r"|công nhận|ủy ban nhân dân|huyện|tỉnh)\b",
    re.IGNORECASE,
)
_VILLAGE = compile_vi(
    r"\b(?:[Tt]hôn|[Kk]hu dân cư|[Kk]hu|[Bb]ản|[Xx]óm|[Ấấ]p|[Bb]uôn|[Kk]hóm|[Ll]àng)\s+"
    r"[A-ZÀ-Ỹ][^\W\d_]*(?:\s+[A-ZÀ-Ỹ][^\W\d_]*)*"
)
_LEVEL = guarded(r"\b(?:thông minh|kiểu mẫu|nâng cao|hiện đại)\b", re.IGNORECASE)
_SYLLABLE = re.compile(r"[^\W\d_]+")
_QUANTITY = re.compile(r"(?<![\d.,/])\d[\d.,]*(?=\s*(?:[^\W\d_]|%))")
_CAPITAL = compile_vi(r"(?<=[^.:;!?\W]\s)[A-ZÀ-Ỹ][^\W\d_]+(?:\s+[A-ZÀ-Ỹ][^\W\d_]+)*")
_LEAST, _ENOUGH, _SAME = 2, 3, 0.7
_KEPT_UP = re.compile(
    r"\b(?:duy trì|giữ vững|sơ kết|tổng kết|kiểm tra|giám sát|báo cáo|quyết toán|khởi công)\b", re.I
)
_END_COLUMN = re.compile(r"hoàn thành|xong|kết thúc|thời hạn|^hạn\b", re.IGNORECASE)
_ADVICE = "Chọn một thời hạn và sửa ở mọi chỗ nhắc đến việc này."


@dataclass(slots=True, frozen=True)
class _Name:
    """One length of the words around a date: what they name."""

    words: str
    tokens: frozenset[str]
    villages: frozenset[str]
    steps: frozenset[str]
    levels: frozenset[str]
    counts: frozenset[str]
    shares: frozenset[str]
    capitals: frozenset[str]
    handed: frozenset[str]  # to whom something goes


@dataclass(slots=True)
class _Due:
    moment: Moment
    names: list[_Name]


def due_twice(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Things done by two dates that exclude one another; ``told`` lines are known."""
    dues = [due for moment in moments(plan) if (due := _due(moment)).names]
    for one, other in combinations(dues, 2):
        left, right = one.moment, other.moment
        if left.paragraph is right.paragraph and not _own_sentences(left, right):
            continue
        if left.period.kind == "year" or right.period.kind == "year" or not apart(left, right):
            continue
        if left.paragraph.cells and right.paragraph.cells:
            continue
        lines = {left.paragraph.number, right.paragraph.number}
        if all(_is_told(plan, each, told) for each in (left, right)):
            continue
        early, late = (one, other) if left.last < right.last else (other, one)
        same = [
            (a, b)
            for a in early.names
            for b in late.names
            # a part may well end before the whole
            if _one(a, b) and (b.villages or not a.villages or a.counts & b.counts)
        ]
        if not same:
            continue
        plain = any(a.tokens == b.tokens and a.villages == b.villages for a, b in same)
        told |= lines
        yield Hit(
            message=f"Cùng một việc có hai thời hạn: {said(left)} và {said(right)}.",
            places=tuple(dict.fromkeys((left.place(plan), right.place(plan)))),
            advice=_ADVICE,
            severity=None if plain else "warning",
        )


def criteria_twice(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Criteria whose one line in one part of the paper ends apart from that in another part."""
    lines: dict[tuple[int, object], dict[int, Moment]] = {}
    for moment in moments(plan):
        each = moment.paragraph
        number = criterion_at(each)
        if not number or moment.period.kind == "year" or not _ends(moment):
            continue
        part = lines.setdefault((number, each.block.table if each.cells else each.above), {})
        known = part.get(each.spot)
        if known is None or known.last < moment.last:
            part[each.spot] = moment
    alone = [(key[0], next(iter(p.values()))) for key, p in lines.items() if len(p) == 1]
    for (number, one), (same, other) in combinations(alone, 2):
        if number != same or not apart(one, other) or one.last > other.last:
            continue  # a part of its work may well end before the criterion
        if any(_is_told(plan, each, told) for each in (one, other)):
            continue
        told |= {one.paragraph.number, other.paragraph.number}
        yield Hit(
            message=f"Tiêu chí {number} ghi hai thời hạn: {said(one)} và {said(other)}.",
            places=(one.place(plan), other.place(plan)),
            advice="Chọn một thời hạn và sửa ở mọi chỗ nhắc đến tiêu chí này.",
            severity="warning",
        )


def _ends(moment: Moment) -> bool:
    """Whether a date ends the work of its line, for good."""
    if _KEPT_UP.search(moment.words):
        return False
    finishes = moment.due or _DONE.search(moment.words) is not None
    return finishes or _END_COLUMN.search(moment.column) is not None


def _is_told(plan: Plan, moment: Moment, told: set[int]) -> bool:
    return moment.paragraph.number in told or moment.place(plan).lines[0] in told


def _own_sentences(one: Moment, other: Moment) -> bool:
    text, first, second = one.paragraph.text, one.period.end, other.period.start
    return re.search(r"[.;]\s", text[min(first, second) : max(first, second)]) is not None


def _due(moment: Moment) -> _Due:
    """The lengths of words that may name what a date ends; none where nothing ends."""
    each = moment.paragraph
    if each.cells or not moment.own:
        words = [moment.words]
        sentence = moment.words
    else:
        begin, stop = next(
            ((a, b) for a, b in each.parts if a <= moment.period.start < b), (0, len(each.text))
        )
        before, behind = each.text[begin : moment.period.start], each.text[moment.period.end : stop]
        sentence = f"{before} {behind}"
        words = [*_lengths(before), *_behind(behind), moment.words]
    half = _FIRST_HALF.search(moment.period.text) is not None
    if not _DONE.search(sentence) and (half or not moment.due):
        return _Due(moment, [])
    names = [name for text in dict.fromkeys(words) if (name := _name(text, sentence))]
    return _Due(moment, names)


def _lengths(before: str) -> Iterator[str]:
    """The last clause before a date, the last two …, without what stands in brackets."""
    clean = _BRACKETS.sub(" ", before)
    cuts = [match.end() for match in _CLAUSE.finditer(clean)]
    for cut in [*reversed(cuts[-4:]), 0]:
        yield clean[cut:]
    done = [match.end() for match in _DONE.finditer(clean)]
    if done and not _STEP.search(clean[cuts[-1] if cuts else 0 : done[-1]]):
        yield clean[done[-1] :]  # “đôn đốc nhà thầu hoàn thành nâng cấp chợ”
    head, colon, _ = clean.partition(":")
    if colon and cuts:
        yield f"{head}, {clean[cuts[-1] :]}"  # “Chợ xã: lợp mái, lát nền, bàn giao”


def _behind(behind: str) -> Iterator[str]:
    clean = _BRACKETS.sub(" ", behind).lstrip(" ,:")
    if _DONE.search(clean[:90]):
        yield re.split(r",\s", clean, maxsplit=1)[0]


_SHARE = re.compile(r"\d+(?:[.,]\d+)?(?=\s*%)")
_BARE_VILLAGE = re.compile(r"\b(?:thôn|xóm|ấp|bản|buôn|khu|khóm)\b(?!\s+[A-ZÀ-ỸĐ\d])")
# Verbs of building: “lắp 60 bóng đèn” and “điện chiếu sáng: 60 bóng” may be one thing.
_BUILDS = frozenset({"lắp", "trồng", "xây", "mở", "sửa", "mua", "cấp", "lập"})


def _is_much(count: str) -> bool:
    return len(count.replace(".", "")) > _LEAST


_CHECKED = re.compile(
    r"\b(?:đề nghị\s+(?:\S+\s+){0,3}?)?kiểm tra,?\s+(?:và\s+)?(?=công nhận\b)", re.I
)


def _name(words: str, sentence: str = "") -> _Name | None:
    words = _CHECKED.sub(" ", words)
    if _AGAIN.search(words):
        return None
    whole = words
    words = _OFFICE.sub(" ", words)
    plain = _OTHER_DATES.sub(" ", _UNTIL.sub(" ", words))
    left = _IDLE.sub(" ", _VILLAGE.sub(" ", plain))
    tokens = frozenset(
        fold(word) for word in _SYLLABLE.findall(left) if len(word) > 1 or word in "yY"
    )
    counts = frozenset(_QUANTITY.findall(plain))
    if len(tokens) < _LEAST - (any(map(_is_much, counts)) and bool(tokens)):
        return None
    villages = villages_of(plain) or (
        villages_of(sentence) if _BARE_VILLAGE.search(plain) else frozenset()
    )
    return _Name(
        words, tokens, villages, frozenset(m[0].lower() for m in _STEP.finditer(plain)),
        frozenset(m[0].lower() for m in _LEVEL.finditer(plain)),
        counts, frozenset(_SHARE.findall(whole)),
        frozenset(fold(m[0]) for m in _CAPITAL.finditer(plain)), 
        frozenset(fold(m["who"]) for m in _HANDED_TO.finditer(plain)),
    )  # fmt: skip


_HANDED_TO = guarded(
    r"\b(?:trình|nộp|gửi|chuyển|báo cáo)\b[^,;.]{0,60}?\b(?P<who>huyện|tỉnh|xã|Sở|Bộ|trung ương)\b",
    re.IGNORECASE,
)


_HAS_BODY = re.compile(
    r"\bcó\s+(?:\d+\s+)?(?:tổ|đội|ban|câu lạc bộ|hợp tác xã|nhóm)\b", re.IGNORECASE
)


def _steps(name: _Name) -> frozenset[str]:
    """The steps a naming tells; to found a body is to have it: “đều có tổ tự quản trước 30/6”."""
    has = {"thành lập"} if _HAS_BODY.search(name.words) else set()
    return name.steps - _BUILDS | has


def _one(one: _Name, other: _Name) -> bool:
    """Whether two namings are of one thing."""
    if one.handed != other.handed or numbered_apart(one.words, other.words):
        return False
    if one.levels != other.levels or _steps(one) != _steps(other):
        return False
    building = (one.steps & _BUILDS, other.steps & _BUILDS)
    if all(building) and building[0].isdisjoint(building[1]):
        return False
    if one.shares != other.shares:
        return False
    if one.villages != other.villages and (one.villages and other.villages):
        return False
    if one.counts and other.counts and not one.counts & other.counts:
        return False
    if one.capitals and other.capitals and not one.capitals & other.capitals:
        return False
    common = one.tokens & other.tokens
    if any(_is_much(count) for count in one.counts & other.counts) and common:
        return one.villages == other.villages or not (one.villages and other.villages)
    if one.tokens == other.tokens:
        return len(common) >= _ENOUGH or (one.villages == other.villages and bool(one.villages))
    place = {word for name in one.villages ^ other.villages for word in name.split()}
    if place and not place <= one.tokens | other.tokens and len(common) < _ENOUGH + 1:
        return False
    shorter, longer = sorted((one.tokens, other.tokens), key=len)
    if shorter <= longer and len(shorter) > _ENOUGH and len(longer) <= 2 * len(shorter):
        return True
    return len(common) >= _ENOUGH and len(common) >= _SAME * len(one.tokens | other.tokens)
