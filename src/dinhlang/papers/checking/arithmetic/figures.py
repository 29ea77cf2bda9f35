"""Every figure of the paper: its value in the base of its unit, what it counts, where it stands.

Papers are cut here into paragraphs as the reading cuts them (wrapped lines joined, bullets and
labels taken off), and each paragraph into figures. Dates, numbers of documents, of articles, of
criteria, of villages (“thôn 3”) are no figures. Money is in đồng, lengths in metres, areas in
square metres; whatever else is counted keeps the first syllable of its noun as its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.places import LONGEST_QUOTE, at
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.blocks import Block, blocks_in
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import find_amounts, parse_number, parse_words
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

MONEY, PERCENT, LENGTH, AREA = "đồng", "%", "m", "m2"
_UNITS = {
    "%": (PERCENT, 1), "phần trăm": (PERCENT, 1),
    "km": (LENGTH, 1000), "m": (LENGTH, 1), "mét": (LENGTH, 1),
    "ha": (AREA, 10_000), "hecta": (AREA, 10_000), "m2": (AREA, 1), "m²": (AREA, 1),
    "mét vuông": (AREA, 1), "m3": ("m3", 1), "m³": ("m3", 1), "mét khối": ("m3", 1),
    "km2": (AREA, 10**6), "km²": (AREA, 10**6), "tấn": ("kg", 1000), "tạ": ("kg", 100),
    "kg": ("kg", 1), "khẩu": ("người", 1), "nhân": ("người", 1), "kdc": ("khu", 1),
}  # fmt: skip
TIMES = frozenset(
    ("ngày", "tháng", "năm", "tuần", "giờ", "phút", "quý", "buổi", "lần", "điểm", "tuổi")
)
VILLAGES = frozenset(("thôn", "ấp", "bản", "xóm", "khu", "buôn", "khóm", "sóc"))
_PEOPLE_WORDS = "người hội đoàn lao học đại cán đảng thành trẻ phụ thanh"
PEOPLE = frozenset((*_PEOPLE_WORDS.split(), "đồng chí"))
_NO_NOUN_WORDS = (
    "trở và đến là trong so của tại ở cho trên dưới đạt được đã chưa còn từ theo lên xuống"
    " với để thì do hoặc bằng nay này sau trước gồm bao nhưng mà khi nếu vào về ra tới tăng"
    " giảm chiếm thuộc cùng nên như hay có không phải sẽ đang đồng cộng tổng riêng"
)
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())
_ROLES = frozenset(("trưởng", "phó", "chủ", "ủy", "uỷ", "thư"))
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_UNIT = r"%|km2|km²|m[23²³]|mét (?:vuông|khối)|[^\W\d_]+"
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?P<number>{_NUMBER})"
    rf"(?:(?:\s?(?P<first>[^\W\d_]+2?))?\s*/\s*(?P<all>{_NUMBER})(?![\d/]))?"
    rf"(?:\s{{0,2}}(?P<unit>{_UNIT}))?"
)
_WORDED_NOUNS = (
    "thôn|ấp|bản|xóm|khu|buôn|khóm|sóc|hộ|tiêu chí|chỉ tiêu|nhiệm vụ|nội dung|giải pháp|tuyến"
    "|công trình|mô hình|nhóm|đợt|tổ|hạng mục|điều kiện|lĩnh vực|bước|hố|nhà|người|vườn|trường"
    "|đường|cầu|việc|phong trào|giai đoạn|nguồn|khâu|đơn vị|sản phẩm|hợp tác xã|bộ phận|mục tiêu"
    "|tiểu khu|cụm|điểm|nấc|phần|ý|ngày|tuần|tháng|lớp|nguyên nhân|nguyên tắc|biện pháp|hình thức"
    "|vấn đề|đoàn|trụ cột|khó khăn|tồn tại|hạn chế|bài học|yêu cầu|loại|kênh|thành viên|dự án"
)
_ONES = "một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín"
WORDS = rf"(?:(?:{_ONES}) mươi(?: (?:{_ONES}))?|mười(?: (?:{_ONES}))?|{_ONES})"
# Over small letters, and with nothing before the word, so that the search is quick.
_WORDED = guarded(rf"(?P<number>{WORDS})\s+(?P<unit>{_WORDED_NOUNS})(?![^\W_])")
# Numbers of several words before anything they may count: “một trăm hai mươi bóng đèn”.
_ANY_WORD = rf"{_ONES}|mười|mươi|trăm|nghìn|ngàn|triệu|t[ỷỉ]|linh|lẻ|rưỡi"
_LONG_NUMBER = re.compile(
    rf"(?P<number>(?:{_ANY_WORD})(?: (?:{_ANY_WORD}))+)"
    rf"(?: (?P<unit>phần trăm|đồng(?! chí| bào| ruộng)|{_UNIT}))?(?![^\W_])"
)
_SCALE_WORDS = ("mươi", "mười", "trăm", "nghìn", "ngàn", " triệu", " tỷ", " tỉ")
_BEHIND_WORD = re.compile(r"(?:[^\W\d_] (?:mươi|trăm|nghìn|ngàn|triệu|t[ỷỉ](?! lệ))|mười) ")
_TENS = re.compile(r"mươi|mười|trăm|nghìn|ngàn|triệu|t[ỷỉ]")
_YEAR_WORD = re.compile(
    r"(?:trong|cuối|hằng|hàng|mỗi|cả|đầu|hết|giữa|từng|nửa|qua|các|mấy|nhiều)\s*$", re.I
)
# Digits with less than so many other characters between belong together.
_REACH = 24
_NEAR_DIGITS = re.compile(r"\d(?:[^\d]{0,60}\d)*")
_OUT_OF = re.compile(r"\s*(?:trong\s+(?:tổng\s+)?số|trên(?:\s+tổng)?(?:\s+số)?)\s*", re.IGNORECASE)
_SENTENCE = compile_vi(r"\.(?<=[^\d\s]\.)\s+(?=[A-ZÀ-Ỹ“\"(+-])|\.(?<=\d\.)\s+(?=[A-ZÀ-Ỹ])")
_PER = re.compile(r"\s?/\s?(?P<per>[^\W\d_]+)")
_NOUN = re.compile(r"(?:\s?[^\W\d_]+){1,5}")
_LABEL = re.compile(
    r"\bsố (?:lượng )?(?!(?:dư|tiền|vốn|kinh|còn|thu|chi|đã|chưa|thứ|điện|hiệu|tài|liệu)\b)"
    r"(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)(?: [^\W\d_]+){0,5}\s*:\s*$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60
_ORDINAL = (
    "thôn|ấp|bản|khu|xóm|tổ|khóm|đội|buôn|tiêu chí|tc|chỉ tiêu|điều|khoản|điểm|mục|biểu|bảng"
    "|phụ lục|đợt|lần|giai đoạn|quý|tháng|ngày|lớp|khối|loại|cấp|mức độ|khóa|quốc lộ|ql|đt|đh"
    "|tuyến số|phần|bước|chương trình|vùng|thứ|kỳ|tờ|thửa|hạng|số"
)
# Over small letters.
_NOT_FIGURES = re.compile(
    r"\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}|\b\d{1,2}/20\d\d\b|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
    r"|\b(?:ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2})?(?:\s+năm\s+\d{4})?(?:/\d{1,2})?"
    r"|(?:tháng|quý)\s+\d+(?:\s*[,–-]\s*\d{1,2}(?!\s*[^\W\d_]|\d))*(?:/\d{4})?"
    r"|năm\s+(?:19|20)\d\d(?:\s*[,–-]\s*(?:19|20)\d\d)*"
    r"|(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d"
    r"|số(?<!tổng số)(?<!trong số)(?<!với số)(?<!một số)(?<!dân số)\s*\d+"
    r"(?![,\d]|\.\d{3})(?:[/.-][\w-]+)*"
    r"|số\s*:\s*\d+\s?/[\w-]+"
    r"|\d+(?:/20\d\d)?\s?[-/]\s?[a-zđ]{2,}[\w-]*|\d{1,2}\s?(?:giờ|h)(?:\s?\d{1,2})?\b"
    r"|(?<!mỗi )(?<!từng )(?:thôn|ấp|bản|khu|xóm|buôn|khóm|(?<!chăm )sóc|đoạn|gói|lô"
    r"|hạng mục)\s\d{1,2}\b"
    r"(?!\s*%|/|[.,]\d|\s(?:thôn|ấp|bản|xóm|khu|buôn|khóm|sóc)\b)"
    rf"|(?:{_ORDINAL})\s?\d{{1,2}}(?:\.\d+)*\b(?![.,]\d|\s*(?:%|/|[^\W\d_]))"
    r"|(?:tiêu chí|tc|điều|khoản|(?<!danh )mục|biểu|bảng|phụ lục|tháng|quý)\s?\d+(?:\.\d+)*\b"
    r"(?!,\d)"
    r"|chỉ tiêu\s\d{1,2}\.\d{1,2}\b|\d{1,2}(?:\.\d{1,2}){2,}\b)"
)


_DEPTH = {"part": 0, "annex": 0, "article": 1, "roman": 1, "upper": 2, "arabic": 3, "lower": 7}


@dataclass(slots=True, frozen=True)
class Figure:
    """A figure at ``text[start:end]``: ``value`` in the base of ``kind``; ``all`` of a fraction.

    ``kind`` is “đồng”, “%”, “m”, “m2”, another unit, the noun's first syllable, or “” where the
    number stands bare. ``per`` is what follows a slash: a rate. ``noun`` are the words behind.
    """

    start: int
    end: int
    value: Decimal
    kind: str
    noun: str = ""
    per: str | None = None
    all: Decimal | None = None
    worded: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts things: no money, measure, share or time."""
        return self.kind not in (MONEY, PERCENT, LENGTH, AREA, "kg", "") and (
            self.kind not in TIMES
        )

    @property
    def plain(self) -> bool:
        """Whether it is an amount of something: no rate, fraction, share, time or bare number."""
        bare = self.kind in (PERCENT, "") or self.kind in TIMES
        return self.per is None and self.all is None and not bare

    def like(self, other: Figure) -> bool:
        """Whether both are of one kind; people and souls count as one."""
        return self.kind == other.kind or (self.kind in PEOPLE and other.kind in PEOPLE)


@dataclass(slots=True)
class Paragraph:
    """A block of the paper with its figures in order."""

    block: Block
    figures: tuple[Figure, ...]
    text: str = field(init=False, repr=False)  # the words, bullet and label taken off

    def __post_init__(self) -> None:
        self.text = self.block.text

    @property
    def depth(self) -> int:
        """How deep such a mark lies: Roman numbers first, a plus last; 99 without a mark."""
        if self.block.bullet:
            return 8 if self.block.bullet in "-–—−" else 9
        label = self.block.label
        if not label:
            return 99
        return _DEPTH.get(label.style, 4) + (len(label.values) - 1)

    @property
    def mark(self) -> str:
        """What it begins with as an item of a list: its bullet or the style of its label."""
        if self.block.bullet:
            return "-" if self.block.bullet in "-–—−" else self.block.bullet
        label = self.block.label
        return f"{label.style}{len(label.values)}" if label else ""


class Paper:
    """The paragraphs of a paper and the lines they come from."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self.paragraphs = [
            Paragraph(block, figures_in(block.text) if _may_count(block) else ())
            for block in blocks_in(lines)
        ]
        _name_money(self.paragraphs)

    def place(self, paragraph: Paragraph, start: int, end: int) -> Place:
        """The place of ``text[start:end]``, quoted as far as it stands on its first line."""
        spans = paragraph.block.spans(start, end)
        if not spans:
            return Place(lines=paragraph.block.lines)
        line, left, _ = spans[0]
        right = max(span[2] for span in spans if span[0] == line)
        return at(line, self.lines[line - 1][left:right].strip()[:LONGEST_QUOTE])


_MONEY_UNIT = re.compile(
    r"\(\s*(?:đơn vị(?: tính)?|đvt)?\s*:?\s*(?P<unit>triệu|tỷ|tỉ|nghìn|ngàn)\s+đồng\s*\)",
    re.IGNORECASE,
)
_STATES = re.compile(r"(?::|\blà|\bbằng|\bcộng|\btổng(?: cộng| số)?)\s*$", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:[;,.)]|$|trong đó|gồm)")
_NAMED = re.compile(r"[^\W\d_]{2,}\s+$")
_NUMBERS = re.compile(
    r"\b(?:số|thôn|ấp|bản|xóm|khu|buôn|năm|tháng|ngày|quý|TC|tiêu chí|mục|đợt|lần|tổ|điều|và)\s+$",
    re.IGNORECASE,
)
_PLAIN = 7  # a line without a mark reaches over the dashes below it
_LEAST_SUM = 100  # “đường thôn 2.300” is an amount, “thôn 23” a name
_UNIT_SIZES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}


def _name_money(paragraphs: list[Paragraph]) -> None:
    """Bare numbers under “(đơn vị: triệu đồng)” become money, down to the next such heading."""
    size, depth = 0, 0
    for paragraph in paragraphs:
        match = _MONEY_UNIT.search(paragraph.text)
        if match:
            size, depth = _UNIT_SIZES[match["unit"].lower()], min(paragraph.depth, _PLAIN)
        elif size and paragraph.depth <= depth:
            size = 0
        if not size or paragraph.block.is_row:
            continue
        begin = match.end() if match else 0
        paragraph.figures = tuple(
            replace(each, kind=MONEY, value=each.value * size)
            if _states_money(paragraph.text, each, begin)
            else each
            for each in paragraph.figures
        )


def _states_money(text: str, figure: Figure, begin: int) -> bool:
    if figure.kind or figure.all is not None or figure.start < begin:
        return False
    before = text[: figure.start]
    label = figure.value < _LEAST_SUM and _NUMBERS.search(before)
    told = _STATES.search(before) or (_NAMED.search(before) and not label)
    return bool(told and _CLOSES.match(text, figure.end))


def _may_count(block: Block) -> bool:
    if block.has_digit:
        return True
    low = lower(block.text)
    return bool(_WORDED.search(low)) or (any_in(_SCALE_WORDS, low) and _says_number(low))


def _says_number(low: str) -> bool:
    return _BEHIND_WORD.search(low) is not None


@lru_cache(maxsize=4)
def paper_in(lines: tuple[str, ...]) -> Paper:
    """The paragraphs of a paper with these lines, made once for all checks."""
    return Paper(lines)


def paper_of(plan: Plan) -> Paper:
    """The paragraphs of a plan."""
    kept = lines_of(plan).kept
    if "figures" not in kept:
        kept["figures"] = paper_in(tuple(plan.text))
    paper: Paper = kept["figures"]
    return paper


_NEAR_NUMBER = 2
_ALL_OF_THEM = re.compile(
    r"\b(?:xã|cả xã|địa bàn)\s+(?:hiện |nay )*(?:có|gồm)\s+$|\b(?:cả|tất cả|toàn xã)\s+$", re.I
)


def village_count(paper: Paper) -> int:
    """How many villages the commune has: what it is told to have, else the greatest number.

    Told two ways it is the number that the paper names more often, the first of two alike.
    """
    counts = [0]
    told: list[int] = []
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures:
            if figure.kind not in VILLAGES or figure.per is not None:
                continue
            counts.append(int(figure.all or figure.value))
            if _ALL_OF_THEM.search(paragraph.text[max(0, figure.start - 24) : figure.start]):
                told.append(counts[-1])
    if not told:
        return max(counts)
    near = [number for number in counts if abs(number - told[0]) <= _NEAR_NUMBER]
    return max([told[0], *near], key=near.count)


def sentences(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends; a dot in a number ends none."""
    start = 0
    for match in _SENTENCE.finditer(paragraph.text):
        yield start, match.start() + 1
        start = match.end()
    yield start, len(paragraph.text)


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text, in order."""
    masked = _masked(text)
    found = [
        Figure(each.start, each.end, Decimal(each.value), MONEY, per=each.per)
        for each in find_amounts(text)
    ]
    taken = [(each.start, each.end) for each in found]
    for match in _FIGURE.finditer(masked):
        if any(start < match.end("number") and match.start() < end for start, end in taken):
            continue
        figure = _read(masked, match)
        if figure is not None:
            found.append(figure)
        elif match["first"]:
            found += _side_by_side(masked, match)
    found += _worded(masked)
    found.sort(key=lambda each: each.start)
    found = [_labelled(text, each) for each in found] if ":" in text else found
    for index, (one, other) in enumerate(pairwise(found)):
        if not one.kind and other.counts and _OUT_OF.fullmatch(text[one.end : other.start]):
            found[index] = replace(one, kind=other.kind)
    return tuple(found)


def _masked(text: str) -> str:
    """The text with what is no figure blotted out; looked for near digits only, for speed."""
    pieces: list[str] = []
    low = lower(text)
    done = 0
    for digits in _NEAR_DIGITS.finditer(text):
        start = max(done, text.rfind(" ", 0, max(0, digits.start() - _REACH)) + 1)
        end = min(len(text), digits.end() + _REACH)
        if start >= end:
            continue
        pieces.append(text[done:start])
        done = start
        for match in _NOT_FIGURES.finditer(low[start:end]):
            pieces += (text[done : start + match.start()], "\0" * len(match[0]))
            done = start + match.end()
        pieces.append(text[done:end])
        done = end
    return "".join([*pieces, text[done:]])


def _read(text: str, match: re.Match[str]) -> Figure | None:
    value = parse_number(match["number"])
    if value is None:
        return None
    all_ = parse_number(match["all"]) if match["all"] else None
    if match["first"] and match["first"].lower() != (match["unit"] or "").lower():
        return None
    word = (match["unit"] or "").lower()
    comrades = word == "đồng" and text.startswith(" chí", match.end("unit"))
    if not word or (word in _NO_NOUN and not comrades) or not _is_noun(match["unit"]):
        end = match.end("all") if match["all"] else match.end("number")
        return Figure(match.start(), end, value, "", all=all_)
    kind, scale = _UNITS.get(word, (word, 1))
    if comrades:
        kind = "đồng chí"
    if kind == "ngày" and text.startswith(" công", match.end("unit")):
        kind = "công"
    end = match.end("unit")
    noun = _NOUN.match(text, match.start("unit"))
    per = None if kind == PERCENT else _PER.match(text, max(end, noun.end() if noun else 0))
    return Figure(
        match.start(), end, value * scale, kind,
        noun=noun[0].lower() if noun else word,
        per=per["per"].lower() if per else None,
        all=all_ * scale if all_ is not None else None,
    )  # fmt: skip


def _labelled(text: str, figure: Figure) -> Figure:
    """“Số lớp: 8” counts classes."""
    if figure.kind or figure.all is not None:
        return figure
    label = _LABEL.search(text[max(0, figure.start - _LONGEST_LABEL) : figure.start])
    if label is None:
        return figure
    return replace(figure, kind=label["noun"].split()[0].lower(), noun=label["noun"].lower())


def _side_by_side(text: str, match: re.Match[str]) -> Iterator[Figure]:
    """“1.620 hộ/6.480 khẩu”: two figures, households and those who live in them."""
    first, unit = match["first"].lower(), (match["unit"] or "").lower()
    one, other = parse_number(match["number"]), parse_number(match["all"])
    if first != "hộ" or unit not in ("khẩu", "người", "nhân") or one is None or other is None:
        return
    yield Figure(match.start(), match.end("first"), one, "hộ", noun="hộ")
    noun = _NOUN.match(text, match.start("unit"))
    words = noun[0].lower() if noun else unit
    yield Figure(match.start("all"), match.end("unit"), other, "người", noun=words)


def _is_noun(word: str) -> bool:
    low = word.lower()
    return word == "%" or word.islower() or low in _UNITS or word.isupper() or low in _ROLES


def _worded(text: str) -> list[Figure]:
    low = lower(text)
    if len(low) != len(text):
        return []
    found: list[Figure] = []
    if any_in(_SCALE_WORDS, low) and _says_number(low):
        found += (each for match in _LONG_NUMBER.finditer(low) for each in _long(low, match))
    taken = [(each.start, each.end) for each in found]
    for match in _WORDED.finditer(low):
        if any(start < match.end("number") and match.start() < end for start, end in taken):
            continue
        value = parse_words(match["number"])
        if value is None or (match.start() and low[match.start() - 1].isalnum()):
            continue
        if match["number"].lower() == "năm" and _YEAR_WORD.search(text[: match.start()]):
            continue
        noun = _NOUN.match(text, match.start("unit"))
        found.append(
            Figure(
                match.start(), match.end(), Decimal(value), match["unit"].lower().split()[0],
                noun=noun[0].lower() if noun else match["unit"].lower(), worded=True,
            )
        )  # fmt: skip
    return found


def _long(low: str, match: re.Match[str]) -> Iterator[Figure]:
    """The figure of a number of several words, the first of which may belong to what is before."""
    words = match["number"]
    start = match.start()
    if start and low[start - 1].isalnum():  # “đầu tư hai trăm”: the end of another word
        words, start = _without_first(words, start)
    value = parse_words(words) if " " in words else None
    while value is None and " " in words:
        words, start = _without_first(words, start)
        value = parse_words(words) if " " in words else None
    if value is None or not _TENS.search(words):
        return
    unit = match["unit"] or ""
    end = match.end("number")
    of_money = words.endswith(("triệu", "tỷ", "tỉ", "rưỡi")) and value >= 10**6
    if unit == "đồng" or (of_money and (not unit or unit in _NO_NOUN)):
        stop = match.end("unit") if unit == "đồng" else end
        yield Figure(start, stop, Decimal(value), MONEY, worded=True)
    elif unit and unit not in _NO_NOUN:
        kind, scale = _UNITS.get(unit, (unit, 1))
        noun = _NOUN.match(low, match.start("unit"))
        told = noun[0] if noun else unit
        yield Figure(start, match.end("unit"), Decimal(value * scale), kind, noun=told, worded=True)


def _without_first(words: str, start: int) -> tuple[str, int]:
    first, _, rest = words.partition(" ")
    return rest, start + len(first) + 1
