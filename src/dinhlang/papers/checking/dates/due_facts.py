"""One thing with two dates by which it is done, whatever stands around its name.

For each date the words it governs are cut into pieces of work. A piece is known by its words, each
weighed by how rare it is in the paper, by its villages, numbers and amounts, and by how far it
brings the work. Two pieces of one thing clash where the second begins behind the day by which the
first says it is done at least as far.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log

from dinhlang.papers.checking.dates.moments import Moment, moments
from dinhlang.papers.checking.dates.orders import apart, begin, said
from dinhlang.papers.checking.dates.same_work import numbered_apart
from dinhlang.papers.checking.dates.thing_words import SLOT
from dinhlang.papers.checking.dates.things import criteria_in, village_names_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.own_criterion import criterion_at
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

# How far words bring a work: begun or at it, done, accepted, in use.
_IN_USE = guarded(
    r"\b(?:đưa\b[^,;.]{0,50}?\bvào (?:sử dụng|khai thác|vận hành|hoạt động)|vận hành|hoạt động"
    r"|bàn giao(?! mặt bằng)|thông xe|đóng điện|khánh thành|phát (?:nước|sóng|chính thức)|mở nước"
    r"|phủ (?:kín|sóng|khắp)|(?:có|đủ|đều) đủ|đều có|100 ?%|sử dụng chính thức|đi vào)\b",
    re.IGNORECASE,
)
_ACCEPTED = guarded(r"\b(?:nghiệm thu|chạy thử)\b", re.IGNORECASE)
_DONE = guarded(
    r"\b(?:hoàn thành|hoàn tất|hoàn thiện|xong|kết thúc|dứt điểm|về đích|xóa hết|chấm dứt|đạt"
    r"|ra mắt|phải có|được cấp)\b",
    re.IGNORECASE,
)
_AT_WORK = guarded(
    r"\b(?:khởi công|thi công|động thổ|lắp|trồng|xây|làm|đổ|đấu nối|kéo|mở rộng|mở|sửa|nâng cấp"
    r"|cải tạo|cứng hóa|bê tông|đào|đặt|thay|gắn|dựng|chỉnh trang|xóa|nạo vét|mua|cấp|lát|lợp"
    r"|số hóa|thả|gieo|nhân rộng|thành lập|trang bị|cài)\b",
    re.IGNORECASE,
)
# Other acts than to make a thing: of a work and its design, or its survey, the dates differ.
_ACT = guarded(
    r"\b(?:hồ sơ|thiết kế|dự toán|kế hoạch|phương án|đề án|danh sách|danh mục|khảo sát|rà soát"
    r"|đăng ký|ký|thẩm định|thẩm tra|phê duyệt|(?<!chương )(?<!công )(?<!lộ )(?<!quá )trình|nộp"
    r"|gửi|quyết toán|thanh toán|giải ngân"
    r"|công nhận|công bố|đề nghị|bồi thường|mặt bằng|đấu thầu|chọn nhà thầu|hợp đồng|đấu giá"
    r"|xếp hạng|phân hạng|thành lập|thu hoạch|ban hành|quyết định|quy chế|cắm mốc|hiến đất|đóng góp"
    r"|huy động (?:đóng góp|vốn|nguồn|kinh phí|sức)|lấy ý kiến"
    r"|bình xét|mở lớp|khai giảng|thủ tục đầu tư)\b",
    re.IGNORECASE,
)
_HAS_BODY = re.compile(
    r"\bcó\s+(?:\d+\s+)?(?:tổ|đội|ban|câu lạc bộ|hợp tác xã|nhóm)\b", re.IGNORECASE
)
_SAME_ACTS = {"nộp": "gửi", "trình": "gửi", "xếp hạng": "phân hạng"}
# Two dates of what is done piece by piece, or again and again, are two times.
_STAGED = guarded(
    r"\b(?:h[àằ]ng (?:tháng|quý|tuần|năm)|định kỳ|lần|đợt|giai đoạn|vụ|khóa|lớp|kỳ|phiên|buổi"
    r"|bước(?! \d+[.:])|phần|tiếp tục|lũy kế|nhân rộng|thí điểm|làm điểm|năm sau|tiếp theo"
    r"|một phần|nửa|bổ sung|đoạn|ít nhất|tối thiểu|mỗi|vườn mẫu|tập huấn|tuyên truyền|vận động"
    r"|họp|hội nghị|kiểm tra(?!,? (?:và )?công nhận)|giám sát|hướng dẫn|phát động|ra quân|báo cáo"
    r"|sơ kết|tổng kết|đánh giá|kinh phí|khen thưởng|duy trì|giữ vững|bảo dưỡng|chăm sóc"
    r"|điều tra|chấm)\b",
    re.IGNORECASE,
)
_GOAL = guarded(
    r"\b(?:đạt|công nhận|về đích)\b[^,;]{0,40}?\b(?:nông thôn mới|NTM|thông minh|kiểu mẫu"
    r"|danh hiệu)\b",
    re.IGNORECASE,
)
_UNTIL = guarded(
    r"\b(?:trước|sau|đến|ngay sau|trong)\s+(?:khi|dịp|mùa|vụ|lễ|kỳ|tết|đại hội|quốc khánh)"
    r"\b[^,.;(]*",
    re.IGNORECASE,
)
_BOUGHT = re.compile(r"\bmua\b", re.IGNORECASE)
_SHARE = re.compile(r"\d+(?:[.,]\d+)?(?=\s*%)")
_MORE = re.compile(r"\b(?:thêm|còn lại|nốt|khác)\b", re.IGNORECASE)
_PIECES = re.compile(
    r";|\.\s|,\s+(?=(?:và )?(?:lắp|trồng|xây|làm|đổ|đấu|kéo|mở|sửa|nâng|cải|cứng|đào|đặt|thay|gắn"
    r"|dựng|xóa|mua|cấp|khởi|thi công|hoàn thành|bàn giao|nghiệm thu|lập|trình|nộp|nhận|tổ chức"
    r"|tập huấn|vận động|rà soát|phát|số hóa|thành lập|ký|họp|huyện|tỉnh|công bố)\b)|\s–\s",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)?")
_DATES = guarded(
    r"\b(?:ngày|tháng|quý|năm)\s+(?:[\d/.-]+|[IV]+)\b|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?"
    r"|\b20\d\d\b",
    re.I,
)
_IDLE_WORDS = (
    "và của các cho đến từ theo tại trên trong năm là có được những một mọi này đó với để đã chưa"
    " còn xã thôn ấp bản buôn xóm khu khóm làng tháng quý ngày trước sau hết vào đầu cuối giữa công"
    " trình thực hiện tổ chức triển khai hoàn thành thiện xong phải sẽ đưa sử dụng tiêu chí số nội"
    " dung nhiệm vụ việc do ở thì mà khi về chủ trì phối hợp ubnd người hộ km m ha toàn bộ tất"
    " cả đủ đều dự kiến chậm nhất thời gian hạn phấn đấu bảo đảm đảm dài rộng khoảng bằng thêm mới"
    " kịp cùng kết thúc điểm mục tiêu chất lượng nhân dân đạt lắp xây làm khởi nghiệm thu bàn mở"
    " rộng bắt tiến chính thức đơn vị chức cán tuyến đoạn hệ thống miễn phí lại động hoạt vận"
    " hành phát huyện tỉnh độ"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_SYLLABLE = re.compile(r"[^\W\d_]+")
_AMOUNT = re.compile(r"(?<![\d.,/])0*(?P<n>\d[\d.,]*)\s*(?P<unit>[^\W\d_]+)")
_NO_UNIT_WORDS = "thôn ấp bản xóm buôn khu khóm tháng ngày quý năm tiêu chỉ tỷ triệu đồng đưa"
_NO_UNIT = frozenset(_NO_UNIT_WORDS.split())
_LEVEL = re.compile(r"\b(?:thông minh|kiểu mẫu|nâng cao|hiện đại)\b", re.IGNORECASE)
_NATIVE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_WHOLE_FEW, _LEAST, _SAME, _RARE = 2, 0.55, 0.85, 6
_WORK, _FINISHED, _TAKEN, _USED = 5, 6, 7, 8
_KEPT_UP = re.compile(
    r"\b(?:duy trì|giữ vững|sơ kết|tổng kết|kiểm tra|giám sát|báo cáo|quyết toán|khởi công)\b", re.I
)
_END_COLUMN = re.compile(r"hoàn thành|xong|kết thúc|thời hạn|^hạn\b", re.IGNORECASE)
_ADVICE = "Chọn một thời hạn và sửa ở mọi chỗ nhắc đến việc này."


@dataclass(slots=True, frozen=True)
class _Piece:
    """A piece of work with its date: what names it, how far it comes."""

    moment: Moment
    words: str
    tokens: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    villages: frozenset[str]
    amounts: frozenset[tuple[str, str]]
    levels: frozenset[str]
    from_: int  # the first and the last step its words tell
    step: int
    ends: bool  # whether the date ends it
    acts: frozenset[str]  # what is done other than to make it


class _Rarity:
    """How much a word tells of what is meant: the more, the fewer paragraphs have it.

    Syllables of villages' names tell where and not what.
    """

    def __init__(self, plan: Plan) -> None:
        every = paragraphs(plan)
        self.count = len(every) + 1
        self.found: Counter[str] = Counter()
        for each in every:
            self.found.update(set(_SYLLABLE.findall(lower(each.text))))
        names = village_names_in(plan)
        self.places = {w for each in every for n in names.findall(each.text) for w in n.split()}
        self.places = {lower(word) for word in self.places}

    def of(self, token: str) -> float:
        if token in self.places:
            return 0.1
        weight = log(self.count / (1 + self.found[token]))
        return max(weight, 0.1) * (1 if _native(token) else 2)

    def sum(self, tokens: frozenset[str]) -> float:
        return sum(map(self.of, tokens))


def _native(token: str) -> bool:
    """Whether a word is a syllable of the language; “wifi” and “camera” are none."""
    return _NATIVE.fullmatch(fold(token)) is not None


def due_twice(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Things begun behind the day by which they are done elsewhere; ``told`` lines are known."""
    pieces = [piece for moment in moments(plan) for piece in _pieces(moment)]
    if len(pieces) < _WHOLE_FEW:
        return
    rarity = _Rarity(plan)
    found: list[tuple[float, _Piece, _Piece, bool]] = []
    for one, other in combinations(pieces, 2):
        early, late = (one, other) if one.moment.last < other.moment.last else (other, one)
        if not early.ends or begin(late.moment) <= early.moment.last or late.from_ > early.step:
            continue
        if not apart(one.moment, other.moment) or _in_one_place(one, other):
            continue
        score = _alike(early, late, rarity)
        if score >= _LEAST:
            found.append((score, early, late, _is_plain(early, late, score)))
    for _, early, late, plain in sorted(found, key=lambda each: (not each[3], -each[0])):
        if any(_is_told(plan, each.moment, told) for each in (early, late)):
            continue
        told |= {early.moment.paragraph.number, late.moment.paragraph.number}
        yield Hit(
            message=f"Cùng một việc có hai thời hạn: {said(early.moment)} và {said(late.moment)}.",
            places=tuple(dict.fromkeys((early.moment.place(plan), late.moment.place(plan)))),
            advice=_ADVICE,
            severity=None if plain else "warning",
        )


def _pieces(moment: Moment) -> Iterator[_Piece]:
    """The pieces of work a date governs, each with what names it."""
    if moment.period.kind == "year":
        return
    each = moment.paragraph
    cut = [p for p in _PIECES.split(_DATES.sub(" ", moment.words)) if p.strip(" .,:–-")]
    if cut and moment.own and not each.cells and _SHARE.search(cut[-1]):
        cut = cut[-1:]  # the date is that of “…, đạt 90 %”
    head = ""
    if each.cells:
        end = " ".join(
            part for part in cut if max(_steps(part), default=0) > _WORK and not _tokens(part)
        )
        cut = [f"{part} {end}" for part in _with_their_names(cut)]
    elif moment.own:
        begin_at = next((a for a, b in each.parts if a <= moment.period.start < b), 0)
        before = each.text[begin_at : moment.period.start]
        named, colon, _ = before.partition(":")
        head = f"{named}: " if colon and len(named) < _LONG_HEAD else ""
        if len(cut) <= 1 and len(_tokens(" ".join(cut))) < _WHOLE_FEW:
            few = len(_tokens(before)) < _WHOLE_FEW
            before = each.text[: moment.period.start] if few else before
            cut, head = ([before] if len(before) < _LONG_HEAD * 3 else cut), ""
        cut = [*_with_their_names(cut), *_behind(moment)]
    for part in cut or [moment.words]:
        piece = _piece(moment, part if part in head or head.strip(": ") in part else head + part)
        if piece:
            yield piece


def _behind(moment: Moment) -> Iterator[str]:
    """What stands behind a date in its sentence, where that is done: “tháng 6 làm xong …”."""
    each = moment.paragraph
    stop = next((b for a, b in each.parts if a <= moment.period.start < b), len(each.text))
    told = re.split(r",\s", each.text[moment.period.end : stop].lstrip(" ,:"), maxsplit=1)[0]
    dated = re.search(r"\d/\d|\b(?:tháng|quý|ngày) \d", told) is not None
    if moment.end <= moment.period.end and not dated and _steps(told[:90]):
        yield told


def _with_their_names(cut: list[str]) -> list[str]:
    """The pieces; one that names nothing by itself goes with the one before: “…, phát nước”."""
    out: list[str] = []
    for part in cut:
        if out and len(_tokens(part)) < _WHOLE_FEW:
            out[-1] = f"{out[-1]}, {part}"
        else:
            out.append(part)
    return out


_LONG_HEAD = 60


def _steps(words: str) -> list[int]:
    """The steps words tell, the last first."""
    known = ((_USED, _IN_USE), (_TAKEN, _ACCEPTED), (_FINISHED, _DONE), (_WORK, _AT_WORK))
    return [step for step, pattern in known if pattern.search(words)]


def _tokens(words: str) -> list[str]:
    plain = _ACT.sub(" ", _UNTIL.sub(" ", _BRACKETS.sub(" ", words)))
    found = _SYLLABLE.findall(lower(plain))
    return [word for word in found if word not in _IDLE and len(word) > 1]


_CHECKED = re.compile(
    r"\b(?:đề nghị\s+(?:\S+\s+){0,3}?)?kiểm tra,?\s+(?:và\s+)?(?=công nhận\b)", re.IGNORECASE
)


def _piece(moment: Moment, words: str) -> _Piece | None:
    words = SLOT.sub(" ", _UNTIL.sub(" ", _CHECKED.sub(" ", words)))
    if _STAGED.search(words):
        return None
    acts = {m[0].lower() for m in _ACT.finditer(words)}
    if _HAS_BODY.search(words):
        acts.add("thành lập")  # “đều có tổ tự quản” by then is to have founded them
    plain = _BRACKETS.sub(" ", words)
    column = _END_COLUMN.search(moment.column) is not None
    if _GOAL.search(words):
        acts.add("đạt chuẩn")
    steps = _steps(words) or ([_FINISHED] if moment.due or column or acts else [])
    if not steps:
        return None
    step = max(steps[0], _FINISHED) if moment.due else steps[0]
    tokens = _tokens(plain)
    if not tokens and not moment.paragraph.cells:
        tokens = _tokens(" ".join(moment.paragraph.above[-1:]))
    amounts = frozenset(
        (m["n"].rstrip(".,"), m["unit"].lower()) for m in _AMOUNT.finditer(plain)
        if m["unit"].lower() not in _NO_UNIT
    )  # fmt: skip
    pairs = frozenset(pairwise(tokens)) - {("thông", "minh"), ("kiểu", "mẫu")}
    return _Piece(
        moment, words, frozenset(tokens), pairs, villages_of(words), amounts,
        frozenset(m[0].lower() for m in _LEVEL.finditer(words)), steps[-1], step,
        moment.due or step > _WORK or column,
        frozenset(_SAME_ACTS.get(act, act) for act in acts),
    )  # fmt: skip


def _in_one_place(one: _Piece, other: _Piece) -> bool:
    """Whether two dates stand in rows of one table, or in one paragraph and share no figure."""
    left, right = one.moment.paragraph, other.moment.paragraph
    if left.cells and right.cells:
        return left.block.table == right.block.table
    if left.spot != right.spot:
        return False
    ends = sorted((one.moment.period.end, other.moment.period.end))
    shared = one.amounts & other.amounts or _SHARE.search(one.words)
    return not shared or ". " not in left.text[slice(*ends)]


def _alike(early: _Piece, late: _Piece, rarity: _Rarity) -> float:
    """How surely two pieces are of one thing: 0 … 1; 0 where something tells them apart."""
    if early.levels != late.levels or numbered_apart(early.words, late.words):
        return 0
    if bool(_BOUGHT.search(early.words)) != bool(_BOUGHT.search(late.words)):
        return 0
    if _SHARE.findall(early.words) != _SHARE.findall(late.words):
        return 0
    if early.acts != late.acts or _handed(early.words) != _handed(late.words):
        return 0
    if (
        early.villages
        and early.villages != late.villages
        and (late.villages or not early.amounts & late.amounts)
    ):
        return 0  # another village, or a part that ends before the whole
    units = {unit for _, unit in early.amounts} & {unit for _, unit in late.amounts}
    if units and not early.amounts & late.amounts:
        return 0
    numbers = [set(criteria_in(each.words)) for each in (early, late)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return 0
    if {"hồ sơ", "gửi"} <= early.acts and _handed(early.words):  # the file for the recognition
        named = early.tokens | late.tokens
        return float(not named or ("công nhận" in early.acts and all(map(_native, named))))
    common = early.tokens & late.tokens
    foreign = [token for token in common if not _native(token) and rarity.found[token] <= _RARE]
    pairs = {pair for pair in early.pairs & late.pairs if not rarity.places.issuperset(pair)}
    if common and any(len(n) > _WHOLE_FEW for n, _ in early.amounts & late.amounts):
        return _SAME
    small = [set(_SYLLABLE.findall(each.words)) for each in (early, late)]
    if not (foreign or pairs) or not any(each in small[0] & small[1] for each in common):
        return 0
    least = min(rarity.sum(early.tokens), rarity.sum(late.tokens))
    return rarity.sum(common) / least if least else 0


_HANDED_TO = guarded(
    r"\b(?:trình|nộp|gửi|chuyển)\b[^,;.]{0,60}?\b(?P<who>huyện|tỉnh|xã|Sở|Bộ|trung ương)\b",
    re.IGNORECASE,
)


def _handed(words: str) -> frozenset[str]:
    """To whom words hand something."""
    return frozenset(m["who"].lower() for m in _HANDED_TO.finditer(words))


def _other_places(early: _Piece, late: _Piece) -> bool:
    """Whether the first is of another village, or of one where the other is of several."""
    if not early.villages or early.villages == late.villages or early.amounts & late.amounts:
        return bool(early.villages and late.villages and early.villages != late.villages)
    return bool(late.villages) or _SEVERAL.search(late.words) is not None


_SEVERAL = re.compile(
    r"\b(?:thôn|ấp|bản|xóm|buôn|khu|khóm|làng|các|những|toàn xã|mọi|tất cả)\b|\d", re.IGNORECASE
)


def _is_plain(early: _Piece, late: _Piece, score: float) -> bool:
    """Whether it is beyond doubt that two pieces are of one thing."""
    if any(_MORE.search(each.words) for each in (early, late)) or early.villages != late.villages:
        return False
    if early.moment.paragraph.cells and late.moment.paragraph.cells:
        return False
    counted = bool(early.amounts & late.amounts)
    return score >= _SAME and (counted or len(early.pairs & late.pairs) >= _WHOLE_FEW)


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
