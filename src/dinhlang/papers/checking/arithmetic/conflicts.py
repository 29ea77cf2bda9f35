"""One fact of the commune with two figures: villages, households, people, money, amounts of work.

Only figures that plainly speak of the whole commune are held against each other; where a year or
an earlier commune is named, two figures may both be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown, slipped
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.places import locate
from dinhlang.papers.plan import Plan, Quantity
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import format_number, parse_number

_COMMUNE_HAS = compile_vi(
    r"(?:\b(?i:toàn xã|cả xã|địa bàn xã|địa bàn)"
    r"|(?:^|[.;:,(]\s*|\b(?i:của|có) )(?i:xã)(?P<name>(?: [A-ZÀ-Ỹ][^\s,.;:]*){0,4}))"
    r"\s*(?i:hiện nay|hiện|nay)?"
    r"\s*(?i:có|gồm(?: có)?|chia thành|được chia thành|là)\s+$"
)
_WHOLE_COMMUNE = re.compile(
    r"\b(?:tổng số (?:hộ|thôn|ấp|bản|khẩu|dân)|dân số|toàn xã|cả xã)\b"
    r"(?:\s+(?:của|toàn|xã|là|có|hiện|gồm|trên|địa|bàn|hộ|dân|số|người|nhân|khẩu))*\s*:?\s*$",
    re.IGNORECASE,
)
_ALL_VILLAGES = re.compile(r"\b(?:cả|tất cả|toàn bộ)\s+$|\bcho\s+cả\s+$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:có|gồm|là)\s+\d[\d.]*\s+(?:thôn|ấp|bản|xóm|khu|buôn|khóm)(?: dân cư)?,?\s*"
    r"(?:với|và|,)?\s+$",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:năm|trước|cũ|sáp nhập|hợp nhất|thành lập|đầu kỳ|giai đoạn|nguyên|cuối)\b", re.IGNORECASE
)
_RECEIVES = re.compile(
    r"[^\d,;]{0,60}\d{1,2}\s+(?:thôn|ấp|bản|xóm|khu|buôn|khóm|sóc)(?:\s+(?:trong|của|thuộc) xã)?"
    r"(?:\s*\([^()]*\))?\W*",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:huyện|tỉnh|thị xã|thành phố|các xã|\d+ xã|xã bạn|lượt|sau này|cả nước|toàn quốc|cụm xã"
    r"|tổng cộng|cộng)\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"(?:đặc biệt|khó khăn|vùng|ven|biên giới|đbkk|được chọn|điểm|thuộc|nằm|ở|chưa|còn|trọng điểm"
    r"|xa|mới|này|nói trên|đăng ký|làm điểm|kiểu mẫu|thông minh|trong số|nghèo|cận|chăn nuôi|kinh"
    r"|sản xuất|dân tộc|biên|hẻo|cao)"
)
_MONEY_OF_ALL = re.compile(
    r"\btổng\s+(?P<what>nhu cầu|kinh phí|nguồn|vốn)(?:\s+(?:kinh|phí|vốn|thực|hiện|kế|hoạch|dự|kiến"
    r"|khoảng|là|cần|có|của|xã|để|chương|trình|ước|toàn|bộ|nông|thôn|mới|xây|dựng|huy|động|năm"
    r"|\d{4}|này|tính))*\s*:?\s*$",
    re.IGNORECASE,
)
_OF_COMMUNE = re.compile(r"hộ (?:cận )?nghèo|nhà (?:tạm|dột nát)|hộ(?! [^\W\d_]+ (?:nghèo|chăn))")
_BODY_OF = re.compile(
    r"\b(?:trưởng(?: các)? (?:thôn|ấp|bản|xóm|khu|buôn|khóm)"
    r"|ban (?:nhân dân|phát triển|công tác mặt trận|quản lý)(?: (?:thôn|ấp|bản|xóm))?"
    r"|bí thư chi bộ|trưởng ban công tác mặt trận)\s+$",
    re.IGNORECASE,
)
_STAGED = re.compile(
    r"\b(?:quý|đợt|tháng|mỗi|từng|giai đoạn|thêm|lại|đã|hiện|còn|lũy kế|tuần|bước|đầu)\b",
    re.IGNORECASE,
)


@dataclass(slots=True, frozen=True)
class _Fact:
    """A figure of the whole commune: what it counts, its value, and where."""

    what: str
    value: Decimal
    place: Place
    figure: Figure
    whole: bool  # whether it is told as what the commune has


def wrong_facts(plan: Plan) -> Iterator[Hit]:
    """Villages, households and people told with two figures."""
    paper = paper_of(plan)
    facts: dict[str, dict[Decimal, _Fact]] = {}
    receives = False
    for paragraph in paper.paragraphs:
        receives = receives or paragraph.text.startswith("Nơi nhận")
        if paragraph.block.is_row:
            continue
        for figure in paragraph.figures:
            fact = _fact(paper, paragraph, figure, (plan.document.commune or "").lower())
            if fact is None and receives and figure.kind in VILLAGES and paragraph.mark:
                fact = _recipient(paper, paragraph, figure)
            if fact:
                facts.setdefault(fact.what, {}).setdefault(fact.value, fact)
    told: set[int] = set()
    for hit in _too_many_villages(paper, facts):
        told.add(hit.places[0].lines[0])
        yield hit
    for what, values in facts.items():
        if len(values) != 2 or any(fact.place.lines[0] in told for fact in values.values()):
            continue
        one, other = values.values()
        if min(one.value, other.value) * 10 < max(one.value, other.value) * 7:
            continue  # a part of the commune, or a commune before the merger
        yield Hit(
            message=f"Số {what} của xã chỗ ghi {shown(one.value, '')}, chỗ ghi "
            f"{shown(other.value, '')}.",
            places=(other.place, one.place),
            advice="Dùng một con số ở mọi chỗ, hoặc ghi rõ thời điểm của từng số.",
        )


def _recipient(paper: Paper, paragraph: Paragraph, figure: Figure) -> _Fact | None:
    """“- Trưởng 07 thôn;” among those who receive the paper: all of them do."""
    if figure.per or figure.all is not None or _RECEIVES.fullmatch(paragraph.text) is None:
        return None
    place = paper.place(paragraph, figure.start, figure.end)
    return _Fact(figure.kind, figure.value, place, figure, whole=False)


def _too_many_villages(paper: Paper, facts: dict[str, dict[Decimal, _Fact]]) -> Iterator[Hit]:
    """Numbers of villages, wherever they stand, greater than the commune is told to have."""
    for what in VILLAGES & facts.keys():
        whole = [fact for fact in facts[what].values() if fact.whole]
        if len(whole) != 1:
            continue
        has = whole[0]
        for paragraph in paper.paragraphs:
            for figure in paragraph.figures:
                if figure.kind != what or figure.per or has.value >= (figure.all or figure.value):
                    continue
                start = max(paragraph.text.rfind(mark, 0, figure.start) for mark in (". ", "; "))
                words = paragraph.text[start + 1 : figure.end + 60]
                if _NOT_ITS_OWN.search(words) or _OTHER_TIME.search(words):
                    continue
                place = paper.place(paragraph, figure.start, figure.end)
                if place.lines[0] == has.place.lines[0]:
                    continue
                yield Hit(
                    message=f"Xã có {shown(has.value, '')} {what}, chỗ này ghi “{place.quote}”.",
                    places=(place, has.place),
                    advice="Dùng một con số ở mọi chỗ, hoặc ghi rõ thời điểm của từng số.",
                )


def _fact(paper: Paper, paragraph: Paragraph, figure: Figure, commune: str) -> _Fact | None:
    what = figure.kind if figure.kind in VILLAGES or figure.kind in ("hộ", "người") else ""
    if not what or figure.per or paragraph.block.kind != "text":
        return None
    text = paragraph.text
    sentence = max(text.rfind(". ", 0, figure.start), text.rfind("; ", 0, figure.start)) + 1
    before = text[sentence : figure.start]
    if _OTHER_TIME.search(before) or re.search(r"\bmỗi\b", before):
        return None
    rest = figure.noun.removeprefix("nhân ").split(" ", 1)
    behind = rest[1] if len(rest) > 1 else ""
    if what == "người" and not re.search(r"khẩu|dân số", f"{before[-24:]} {figure.noun}".lower()):
        return None
    if re.match(r"(?:nghèo|cận|chính sách|dân tộc|đặc biệt|kiểu|khó)", behind):
        return None
    value = figure.value
    has = _COMMUNE_HAS.search(before)
    if has and has["name"] and has["name"].strip().lower() not in commune:
        return None  # of another commune
    if not has and _QUALIFIED.match(behind):
        return None
    if figure.all is not None:
        if what not in VILLAGES or figure.value > figure.all or figure.all < 2:
            return None
        value = figure.all
    elif not (
        has
        or _WHOLE_COMMUNE.search(before)
        or (what in VILLAGES and _ALL_VILLAGES.search(before))
        or (what in VILLAGES and _BODY_OF.search(before))
        or (what not in VILLAGES and _BESIDE.search(before))
    ):
        return None
    if value < 2 or (what == "hộ" and value < 50) or (what == "người" and value < 200):
        return None
    place = paper.place(paragraph, figure.start, figure.end)
    return _Fact(what, value, place, figure, bool(has))


# “trên địa bàn có 04 trường”, “xã có 02 hợp tác xã”; “cả 05 trường”, “5/5 trường”
_HAS = re.compile(
    r"\b(?:toàn xã|cả xã|địa bàn(?: xã)?|xã|thôn(?: [^\W\d_]+){1,3}|toàn thôn)"
    r"(?:\s+(?:hiện|nay|hiện nay))*\s+(?:có|gồm)"
    r"(?:\s+\d[\d.]*\s+(?:hộ|thôn|ấp|bản|xóm),?(?: với| và)?)?\s+$",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:cả|tất cả|toàn bộ|toàn thể)\s+(?:số\s+)?$", re.IGNORECASE)
_OWN_THINGS = frozenset(("trường", "chợ", "trạm", "hợp", "nhà", "di", "điểm"))
_NOUN_END_WORDS = (
    "trên của trong tại ở đạt được có đã đều và cài này nói học tham trước sau từ đến vào năm xong"
)
_NOUN_ENDS = frozenset(_NOUN_END_WORDS.split())
_LEAST_SLIP = 100


def wrong_things(plan: Plan) -> Iterator[Hit]:
    """Schools, markets, people that the place has, and all of them told as another number."""
    paper = paper_of(plan)
    has: dict[str, dict[Decimal, Place]] = {}
    every: list[tuple[str, Decimal, Place]] = []
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures if not paragraph.block.is_row else ():
            key = _thing(figure)
            if not key:
                continue
            before = paragraph.text[max(0, figure.start - 70) : figure.start]
            place = paper.place(paragraph, figure.start, figure.end)
            if _OTHER_TIME.search(re.split(r"[.;]\s", before)[-1]):
                continue
            if figure.all is None and _HAS.search(before):
                has.setdefault(key, {}).setdefault(figure.value, place)
            elif figure.all is not None or _EVERY.search(before):
                every.append((key, figure.all or figure.value, place))
    for key, value, place in every:
        known = has.get(key, {})
        if len(known) != 1 or value in known:
            continue
        [(told, first)] = known.items()
        # People are counted again from day to day: only a slip of the pen is one number told twice.
        if told >= _LEAST_SLIP and not slipped(value, told):
            continue
        if told < _LEAST_SLIP and abs(value - told) > 2:
            continue
        yield Hit(
            message=f"Số {key} chỗ ghi {format_number(told)}, chỗ ghi {format_number(value)}.",
            places=(place, first),
            advice="Dùng một con số ở mọi chỗ, hoặc ghi rõ thời điểm của từng số.",
        )
        return


def _thing(figure: Figure) -> str:
    """What a figure counts, where a place has one number of them; “” for anything else."""
    if figure.per is not None or figure.value < 2 or not figure.counts:
        return ""
    words: list[str] = []
    for word in figure.noun.lower().split()[:3]:
        if word in _NOUN_ENDS:
            break
        words.append(word)
    if words[:1] == ["khẩu"] or words[:2] == ["nhân", "khẩu"]:
        return "khẩu"
    return " ".join(words) if words and words[0] in _OWN_THINGS else ""


def wrong_wholes(plan: Plan) -> Iterator[Hit]:
    """“1.620/1.826 hộ” where the commune has 1.862: a slip of the pen in the whole."""
    paper = paper_of(plan)
    totals: dict[str, dict[Decimal, tuple[Paragraph, Figure]]] = {}
    wholes: list[tuple[str, Paragraph, Figure]] = []
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures if not paragraph.block.is_row else ():
            what = _whole_kind(figure)
            if not what:
                continue
            if figure.all is not None:
                wholes.append((what, paragraph, figure))
            elif not figure.per and _told_as_whole(paragraph, figure, what):
                totals.setdefault(what, {}).setdefault(figure.value, (paragraph, figure))
    for what, paragraph, figure in wholes:
        known = totals.get(what, {})
        if len(known) != 1 or figure.all is None or figure.all in known:
            continue
        (value, (owner, other)) = next(iter(known.items()))
        if not slipped(figure.all, value) and abs(figure.all - value) * 50 > value:
            continue
        before = re.split(r"[.;]\s", paragraph.text[: figure.start])[-1]
        if _OTHER_TIME.search(before):
            continue
        yield Hit(
            message=f"Tổng số {what} chỗ ghi {format_number(value)}, chỗ ghi "
            f"{format_number(figure.all)}.",
            places=(
                paper.place(paragraph, figure.start, figure.end),
                paper.place(owner, other.start, other.end),
            ),
            advice="Dùng một con số ở mọi chỗ, hoặc ghi rõ thời điểm của từng số.",
        )


def _whole_kind(figure: Figure) -> str:
    """What a figure counts, where the commune has one number of them: households, the poor ones."""
    match = _OF_COMMUNE.match(figure.noun)
    if match is None:
        return ""
    return "hộ" if match[0].startswith("hộ") and "nghèo" not in match[0] else match[0]


def _told_as_whole(paragraph: Paragraph, figure: Figure, what: str) -> bool:
    before = paragraph.text[max(0, figure.start - 60) : figure.start]
    before = re.split(r"[.;]\s", before)[-1]
    if _OTHER_TIME.search(before) or re.search(r"\b(?:thôn|ấp|bản|xóm|mỗi|thêm|giảm)\b", before):
        return False
    if what != "hộ":
        return bool(re.search(r"\b(?:toàn xã|cả xã|xã|hiện)\b[^,;]{0,14}\b(?:còn|có)\s*$", before))
    return bool(_COMMUNE_HAS.search(before) or _WHOLE_COMMUNE.search(before))


def conflicting_money(plan: Plan) -> Iterator[Hit]:
    """The whole cost, or all the sources, told with two amounts."""
    paper = paper_of(plan)
    facts: dict[str, dict[Decimal, Place]] = {}
    for paragraph in paper.paragraphs:
        if paragraph.block.is_row:
            continue
        for figure in paragraph.figures:
            if figure.kind != MONEY or figure.per:
                continue
            match = _MONEY_OF_ALL.search(paragraph.text[: figure.start])
            if match:
                what = "nguồn" if match["what"].lower() in ("nguồn", "vốn") else match["what"]
                place = paper.place(paragraph, figure.start, figure.end)
                facts.setdefault(what.lower(), {}).setdefault(figure.value, place)
    for what, values in facts.items():
        if len(values) == 2:
            (one, first), (other, second) = values.items()
            yield Hit(
                message=f"Tổng {what} chỗ ghi {shown(one, MONEY)}, chỗ ghi {shown(other, MONEY)}.",
                places=(second, first),
                advice="Dùng một con số ở mọi chỗ.",
            )


def conflicting_work(plan: Plan) -> Iterator[Hit]:
    """One amount of work of the commune with two figures far apart, as in body and annex."""
    totals = [each for each in plan.quantities if not each.place and _plain(plan, each)]
    for one, other in combinations(totals, 2):
        if one.unit != other.unit or one.value == other.value or not one.unit:
            continue
        if abs(one.lines[0] - other.lines[0]) < 5:
            continue
        left, right = set(content(one.text)), set(content(other.text))
        if len(left) < 2 or left != right:
            continue
        words = f"{one.text} {other.text}"
        if _STAGED.search(words) or any(_repeated(totals, each) for each in (one, other)):
            continue
        first, second = (_amount(plan, each) for each in (one, other))
        yield Hit(
            message=f"“{one.text}” chỗ ghi {_written(one)} {one.unit}, chỗ ghi "
            f"{_written(other)} {other.unit}.",
            places=(second, first),
            advice="Dùng một con số ở mọi chỗ.",
        )


def _repeated(totals: list[Quantity], one: Quantity) -> bool:
    """Whether the same work stands more than twice: then by places or times."""
    words = set(content(one.text))
    return sum(set(content(each.text)) == words and each.unit == one.unit for each in totals) > 2


def _plain(plan: Plan, quantity: Quantity) -> bool:
    row = plan.text[quantity.lines[0] - 1] if 0 < quantity.lines[0] <= len(plan.text) else ""
    village = re.search(r"\b(?:thôn|ấp|bản|xóm|khu|buôn|khóm)\s+[A-Z]", row)
    return not village and not _STAGED.search(row)


def _written(quantity: Quantity) -> str:
    value = parse_number(quantity.value.replace(".", ","))
    return format_number(value) if value is not None else quantity.value


def _amount(plan: Plan, quantity: Quantity) -> Place:
    return locate(plan, quantity.lines, re.compile(rf"{re.escape(_written(quantity))}\b"))
