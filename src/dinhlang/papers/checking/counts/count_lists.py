"""Declared numbers and the lists behind them: names in a row, items below, “Một là …”.

The number may be in figures or words (“bảy ấp”), the list in the same sentence (names, codes of
criteria, “(1) …; (2) …”) or in the paragraphs below, under one kind of mark or ordinal word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    VILLAGES,
    WORDS,
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
)
from dinhlang.papers.checking.counts.count_facts import by_criterion, criteria_in
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import parse_words
from dinhlang.vietnamese.guarded import guarded

NOUNS = frozenset(
    (
        "tiêu", "chỉ", "nhiệm", "nội", "giải", "nhóm", "hạng", "công", "mô", "bước", "đợt",
        "giai", "điều", "lĩnh", "tổ", "đội", "việc", "mục", "phong", "tuyến", "nguồn", "khâu",
        "biện", "yêu", "nguyên", "thành", "đơn", "sản", "hợp", "trường", "loại", "kênh", "hình",
        "vấn", "văn", "cơ", "ý", "bộ", "hoạt", "dự", "khó", "tồn", "hạn", "kinh",
        "bài", "trụ", "đoàn", "rõ", "đồng chí", "cụm", "điểm", "khối", "ngành", "nút", "chợ",
    )
) | VILLAGES  # fmt: skip
_OPENS = re.compile(
    r"[,.;:(\s]*(?:\b(?:bao gồm|gồm có|gồm|cụ thể là|cụ thể như sau|cụ thể|như sau|sau đây|dưới đây"
    r"|sau|đó là|là|như)\b\s*[:(]?|:|\()\s*",
    re.IGNORECASE,
)
_NOT_OF_LIST = re.compile(r"\b(?:với|do|có|từ|đa số|phần lớn|chủ yếu|nhất)\b", re.IGNORECASE)
OPEN_END = re.compile(
    r"…|\.\.\.|v\.\s?v|\bvà các\b|\bcòn lại\b|\bcác tiêu chí khác\b|\bnhư\s+[^:]*$", re.IGNORECASE
)
_NOT_DECLARED = re.compile(
    r"\b(?:mỗi|từng|ít nhất|tối thiểu|trên|hơn|dưới|tối đa|không quá|khoảng|gần|trong|giữ vững"
    r"|duy trì|một trong|hằng|bình quân)\s+(?:(?:số|được|các|[^\W\d_]+)\s+){0,2}$|≥\s*$",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?:^|[\s;,])\(?(?P<mark>\d{1,2}|[a-zđ])\)\s*(?=\S)")
_CODED = re.compile(r"\((?:TC|tiêu chí|tiêu chí số|số)?\s*\d{1,2}\)|\bTC\s?\d{1,2}\b", re.I)
_NUMBERED = re.compile(r"\W*(?:các )?(?:tiêu chí(?: số)?|số|TC)\s\d{1,2}\b", re.IGNORECASE)
_BARE_NUMBERS = re.compile(
    r"\W*\d{1,2}(?:\s*[,;]\s*\d{1,2}(?![\d./%]))+(?:\s*(?:,|và)\s*\d{1,2})?\s*(?=[).;]|$)"
)
_SAID = re.compile(
    rf"\W*(?:(?:(?P<word>{WORDS}|nhất) là\b)|thứ (?P<order>nhất|{WORDS})\b"
    r"|(?:bước|đợt|tổ|nhóm|giai đoạn|nhiệm vụ|nội dung|giải pháp|phần|khâu)\s+(?:thứ\s+)?"
    rf"(?P<digit>\d{{1,2}}|nhất)\b|[^\W\d_]+(?: [^\W\d_]+)? thứ (?P<nth>nhất|{WORDS}|\d{{1,2}})\b)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",(?!\d)|;")
_LAST_AND = re.compile(r"\s+(?:và|cùng)\s+(?!\S*[^\s]*\s*$)")
_BRACKET = re.compile(r"\([^()]*\)")
_STARTS_NAME = compile_vi(r"(?:[A-ZÀ-Ỹ]|(?i:thôn|ấp|bản|xóm|khu|buôn|khóm|KDC|số)\s)")
_NAMES = compile_vi(
    r"\s*[A-ZÀ-Ỹ]\S*?(?: [A-ZÀ-Ỹ\d][^\s,;.:]*)*"
    r"(?:, [A-ZÀ-Ỹ][^\s,;.:]*(?: [A-ZÀ-Ỹ\d][^\s,;.:]*)*)+"
    r"(?:,? và [A-ZÀ-Ỹ][^\s,;.:]*(?: [A-ZÀ-Ỹ\d][^\s,;.:]*)*)?(?=[\s,;.:)]|$)"
)
_BEGINS_COUNTED = re.compile(rf"(?:\d|{WORDS}\s)", re.IGNORECASE)
_OTHER_SENTENCE = re.compile(
    r"[^\d\s]\.\s+(?!(?:Cụ thể|Gồm|Bao gồm|Đó là|Như sau|Trong đó|Chi tiết)\b)[^\W\d_]"
)
_OTHER_STATE = re.compile(r"[;,]\s*(?:và\s+)?(?:còn|chưa|đã|đạt|có)\b[^;,]*$", re.IGNORECASE)
_END = ("Nơi nhận", "TM.", "KT.", "Trên đây là")
_NTH = {"nhất": 1, "tư": 4}
_LONGEST_NAME = 7
_LONGEST_LIST = 40
_LONGEST_HEAD = 200
_LONGEST_REST = 14  # “(số 17)” behind the last name


@dataclass(slots=True, frozen=True)
class _Declared:
    """A number that announces a list: the figure and where the list may begin."""

    figure: Figure
    count: int
    opens: int
    colon: bool


def wrong_lists(plan: Plan) -> Iterator[Hit]:
    """Declared numbers that their lists do not have."""
    paper = paper_of(plan)
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row or not paragraph.figures:
            continue
        hit = _inline(paper, paragraph) or _below(paper, at) or _in_kind(paper, at)
        if hit:
            yield hit


def _declares(text: str, figure: Figure, start: int) -> bool:
    if figure.per or figure.value != int(figure.value):
        return False
    if not 2 <= figure.value <= _LONGEST_LIST or not (figure.counts or figure.kind in NOUNS):
        return False
    return not _NOT_DECLARED.search(text[max(start, figure.start - 40) : figure.start])


def _inline(paper: Paper, paragraph: Paragraph) -> Hit | None:
    text = paragraph.text
    for start, end in sentences(paragraph):
        for index, figure in enumerate(paragraph.figures):
            if not start <= figure.start < end or not _declares(text, figure, start):
                continue
            if figure.kind not in NOUNS and "2)" not in text[figure.end : end]:
                continue
            noun_end = figure.end + len(figure.noun)
            following = [f.start for f in paragraph.figures[index + 1 :]]
            like = [f.start for f in paragraph.figures[index + 1 :] if f.kind == figure.kind]
            run = _run_of_names(text, figure.end) if figure.kind in VILLAGES else []
            if run:
                if run[0] != figure.value:
                    return _hit(paper, paragraph, figure, run[0], None)
                continue
            opened = _opening(text, figure, noun_end, min([end, *following]))
            if opened is None or any(at < opened for at in like):
                continue  # the list of another number
            stop = min([_end_of_list(text, opened, end), *like])
            if stop in like:  # “đạt 03 điều kiện là a, b và c; chưa đạt 03 điều kiện …”
                other = _OTHER_STATE.search(text, opened, stop)
                stop = other.start() if other else stop
            counts, words = _count(text[opened:stop], figure)
            if not counts and figure.kind in VILLAGES:
                counts = _run_of_names(text, opened)
            if figure.kind not in NOUNS and len(_MARKED.findall(" " + words)) < 2:
                continue
            if not counts or figure.value in counts or OPEN_END.search(words):
                continue
            return _hit(paper, paragraph, figure, counts[0], None)
    return None


def _run_of_names(text: str, begin: int) -> list[int]:
    """How many names stand one after another from there on, whatever follows; empty for none."""
    named = _NAMES.match(text, begin)
    if named is None or OPEN_END.search(text[named.end() :][:12]):
        return []
    return [len(re.split(r",|\bvà\b", named[0].strip(" ,")))]


def _opening(text: str, figure: Figure, noun_end: int, stop: int) -> int | None:
    """Where the names begin: behind “gồm”, a colon or a bracket near the declared number."""
    begin = figure.end
    close = text.find(")", begin, noun_end + 4)
    if text[: figure.start].endswith("(") and close >= 0:  # “(5 xóm): …”
        begin, noun_end = close + 1, max(noun_end, close + 1)
    for match in _OPENS.finditer(text, begin, min(len(text), noun_end + 70)):
        if match.start() > stop and "(" not in match[0]:
            return None
        if not match[0].strip():
            continue
        between = text[begin : match.start()]
        if ";" in between or ")" in between or _NOT_OF_LIST.search(between):
            return None
        colon = match[0].find(":")
        return match.start() + colon + 1 if colon >= 0 else match.end()
    return None


def _end_of_list(text: str, begin: int, end: int) -> int:
    if text[begin - 1] == "(" or text[:begin].rstrip().endswith("("):
        close = text.find(")", begin)
        nested = text.find("(", begin, close if close > 0 else end)
        if close > 0 and nested < 0:
            return close
    return end


def _count(words: str, figure: Figure) -> tuple[list[int], str]:
    """How many items the words may hold, the likeliest first; empty where they are no list."""
    marks = [match["mark"] for match in _MARKED.finditer(" " + words)]
    if len(marks) >= 2 and marks[0] in ("1", "a"):
        return [len(marks)], words
    ordered = _ordered(words, figure)
    if ordered:
        return [ordered], words
    codes = set(_CODE_OF_TARGET.findall(words)) if figure.noun.startswith("chỉ tiêu") else ()
    if len(codes) > 1:
        return [len(codes)], words
    coded = len(_CODED.findall(words))
    if coded >= 2 and figure.noun.startswith("tiêu chí"):
        return [coded], words
    bare = _BARE_NUMBERS.match(words) if figure.noun.startswith("tiêu chí") else None
    if bare:
        return [len(set(re.findall(r"\d{1,2}", bare[0])))], words
    if figure.noun.startswith("tiêu chí") and _NUMBERED.match(words):
        numbers = re.findall(r"(?<![\d./])\d{1,2}(?!\d|[./]\d|%)", re.split(r";|\bcòn\b", words)[0])
        return ([len(set(numbers))] if len(numbers) > 1 else []), words
    plain = _BRACKET.sub("", words).rstrip(" .;:")
    if ";" in plain:
        pieces = [piece for piece in plain.split(";") if piece.strip()]
        first = _names(pieces[0].strip(), figure)
        named = any(_STARTS_NAME.match(piece.strip()) for piece in pieces[1:])
        if first and (not named or (len(pieces) == 2 and first[0] > 3)):
            return first, words  # “…: ấp A, ấp B, ấp C; xong trong quý II”
        if figure.kind in VILLAGES and not all(map(_STARTS_NAME.match, map(str.strip, pieces))):
            return [], words  # “Ban Phát triển 03 xóm: họp dân; báo cáo …”
        if figure.kind in ("tiêu", "chỉ") or any(char.isdigit() for char in plain):
            return ([len(pieces)] if not re.search(r"\d", plain) else []), words
        return ([len(pieces)] if len(pieces) >= 2 else []), words
    return _names(plain, figure), words


def _ordered(words: str, figure: Figure) -> int:
    """How many are told as “Tổ 1 …; Tổ 2 …”, “cụm số 1 …, cụm số 2 …”; 0 where not from 1 on."""
    if figure.kind == "đợt":
        return 0  # of COUNT-WAVE
    noun = re.escape(figure.kind)
    found = re.findall(
        rf"(?:^|[;:,.(]|\bvà)\s*{noun}\s+(?:số\s+|thứ\s+)?(\d{{1,2}})\b", words, re.I
    )
    numbers = list(dict.fromkeys(map(int, found)))
    return len(numbers) if len(numbers) > 1 and numbers == [*range(1, len(numbers) + 1)] else 0


def _names(plain: str, figure: Figure) -> list[int]:
    """Names in a row; “và” may part the last two or stand within one."""
    pieces = [piece.strip() for piece in _SEPARATOR.split(plain) if piece.strip()]
    if not pieces or re.search(r"\d{3,}|%|\b(?:đạt|được|phải|đã|sẽ|làm điểm|trong đó)\b", plain):
        cut = re.split(r"\b(?:đạt|được|phải|đã|sẽ|làm điểm|trong đó|để|phấn đấu)\b", plain)[0]
        pieces = [piece.strip() for piece in _SEPARATOR.split(cut) if piece.strip()]
        if not pieces or not all(_STARTS_NAME.match(piece) for piece in pieces):
            return []
    last = re.split(r"\s+và\s+", pieces[-1])
    whole = [*pieces[:-1], *last]
    if len(whole) < 2 or any(len(piece.split()) > _LONGEST_NAME for piece in whole[:-1]):
        return []
    if any(_BEGINS_COUNTED.match(piece) for piece in whole):
        return []  # “2 tuyến ở Đông, 3 tuyến ở Tây”: to be added up, not counted
    heads = {piece.split()[0].lower() for piece in whole}
    named = all(_STARTS_NAME.match(piece) for piece in whole)
    village = figure.kind in VILLAGES
    if village and not named:
        return []
    # “3 tuyến (thôn A, thôn B)”: where the things lie, of which one place may have several
    where = heads <= VILLAGES and not any(head in figure.noun for head in heads)
    if not village and where and len(whole) < figure.value:
        return []
    if not village and not named and len(heads) > 1 and figure.kind not in _THINGS:
        return []
    if len(whole[-1].split()) > _LONGEST_NAME + 3:
        return []
    if named or figure.kind in _THINGS:
        return [len(whole)]
    spread = sum(len(re.split(r"\s+và\s+", piece)) for piece in pieces)
    return list(dict.fromkeys((len(whole), len(pieces), spread)))


_THINGS = frozenset(("công", "tuyến", "mô", "hạng", "sản", "điểm"))


# ---------------------------------------------------------------- below


def _below(paper: Paper, at: int) -> Hit | None:
    head = paper.paragraphs[at]
    text = head.text
    declared = [f for f in head.figures if f.kind in NOUNS and _declares(text, f, 0)]
    if not declared or at + 2 >= len(paper.paragraphs):
        return None
    spoken = _spoken(paper.paragraphs, at)
    if spoken >= 2:
        last = declared[-1]
        if any(spoken == f.value for f in head.figures) or len(text) > 260:
            return None
        first = paper.paragraphs[at + 1]
        return _hit(paper, head, last, spoken, paper.place(first, 0, min(40, len(first.text))))
    figure = declared[-1]
    if figure.kind not in VILLAGES and re.search(r"\bcả\s+$", text[: figure.start], re.I):
        return None  # “Cả hai đợt, toàn xã phấn đấu: …”
    behind = text[figure.end :]
    if not _announces(text, behind, figure):
        return None
    items = _items(paper.paragraphs, at)
    if len(items) < 2 or any(f.value == len(items) for f in head.figures):
        return None
    if figure.value == by_criterion(items):
        return None
    if figure.kind in VILLAGES and not all(_names_village(item) for item in items):
        return None
    if OPEN_END.search(items[-1].text[-12:]) or (
        figure.kind in ("tiêu", "chỉ") and not all(_names_criterion(item) for item in items)
    ):
        return None
    first = items[0]
    return _hit(paper, head, figure, len(items), paper.place(first, 0, min(40, len(first.text))))


def _announces(text: str, behind: str, figure: Figure) -> bool:
    """Whether the head ends in a colon, or says “sau”, right behind what it counts."""
    if len(behind) > 110 or ";" in behind or _OTHER_SENTENCE.search(text, figure.end - 1):
        return False
    tail = behind.rstrip(" .")
    if tail.endswith(":") or re.search(r"\b(?:sau|sau đây|như sau|dưới đây|cụ thể)\s*:?$", tail):
        # “3 mô hình trong năm. Cụ thể:”, “(04 phong trào):”
        asked = figure.kind in ("điều", "yêu")  # “mỗi thôn phải có đủ 06 điều kiện:”
        return asked or not re.search(r"\b(?:mỗi|từng)\b", text)
    return False


def _names_village(item: Paragraph) -> bool:
    """Whether an item is a village: it says so, or is a name and no more."""
    words = item.text.split()
    return bool(words) and (words[0].lower() in VILLAGES or len(words) <= _LONGEST_NAME)


def _names_criterion(item: Paragraph) -> bool:
    ordered = item.block.label is not None and item.block.label.style == "arabic"
    named = r"(?:Tiêu chí|Chỉ tiêu|TC)\b|[^:.;]{3,70}\(" + (r"|[^:.;,\d]{3,50}:" if ordered else "")
    return bool(re.match(named, item.text))


def _spoken(paragraphs: Sequence[Paragraph], at: int) -> int:
    """How many paragraphs below begin with “Một là”, “Thứ hai”, “Bước 3”, one after the other."""
    count = 0
    for later in paragraphs[at + 1 : at + _LONGEST_LIST]:
        match = _SAID.match(later.text)
        if match is None:
            if count == 0 or later.mark or later.block.heading:
                break
            continue
        said = (match["word"] or match["order"] or match["digit"] or match["nth"]).lower()
        value = int(said) if said.isdigit() else _NTH.get(said) or parse_words(said)
        if value != count + 1:
            break
        count += 1
    return count


def _items(paragraphs: Sequence[Paragraph], at: int) -> list[Paragraph]:
    """The items under one kind of mark behind a head; words between end a list of dashes."""
    first = paragraphs[at + 1]
    mark, head = first.mark, paragraphs[at]
    if not mark or first.block.is_row or mark == head.mark:
        return []
    ordered = first.block.label is not None
    if ordered and first.block.label and first.block.label.value != 1:
        return []
    items: list[Paragraph] = []
    plain = 0
    for later in paragraphs[at + 1 : at + 1 + 2 * _LONGEST_LIST]:
        if later.block.is_row:
            return [] if ordered else items
        if later.text.startswith(_END):
            break
        if later.mark == mark:
            label = later.block.label
            if ordered and label and label.value != len(items) + 1:
                break
            items.append(later)
        elif later.mark:
            if later.depth <= first.depth:
                break
        elif not ordered:
            break
        else:
            plain += 1
    else:
        # The paper ends among words: whether the list went on is not certain.
        return [] if plain else items
    return items


# ---------------------------------------------------------------- by what the items are

_CHOSEN_AMONG = re.compile(
    r"\b(?:toàn xã|cả xã|xã|tổng số|trong số|trong|trên địa bàn)\s+(?:hiện\s+)?(?:có\s+)?$", re.I
)
_ANNOUNCES = guarded(
    r":\s*$|\b(?:như sau|sau đây|dưới đây|danh mục|danh sách|bảng|biểu)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_CODE_OF_TARGET = re.compile(r"(?<![\d./])\d{1,2}\.\d{1,2}(?![\d%])")
_REACH = 60


def _in_kind(paper: Paper, at: int) -> Hit | None:
    """Items that are of the kind announced, however deep they lie; rows numbered from 1 on."""
    head = paper.paragraphs[at]
    text = head.text
    declared = [f for f in head.figures if _declares(text, f, 0)]
    if not declared or at + 2 >= len(paper.paragraphs):
        return None
    following = paper.paragraphs[at + 1 : at + 1 + _REACH]
    for figure in reversed(declared):
        if _CHOSEN_AMONG.search(text[: figure.start]) or len(text) - figure.end > _LONGEST_HEAD:
            continue
        if following[0].block.is_row:
            return None  # of count_announced.py
        if figure.noun.startswith("chỉ tiêu"):
            given = _codes_below(following) if text.rstrip().endswith(":") else 0
        elif figure.noun.startswith("tiêu chí"):
            given = _criteria_below(following) if text.rstrip().endswith(":") else 0
        else:
            given = _of_kind(following, figure.kind, opened=bool(_ANNOUNCES.search(text)))
        same = {f.value for f in head.figures if f.kind == figure.kind}
        same.add(sum((f.value for f in head.figures if f.kind == figure.kind), Decimal()))
        if given >= 2 and given not in same and not OPEN_END.search(text[figure.end :]):
            first = following[0]
            place = paper.place(first, 0, min(40, len(first.text)))
            return _hit(paper, head, figure, given, place)
        if given:
            return None
    return None


def _of_kind(following: Sequence[Paragraph], kind: str, *, opened: bool) -> int:
    """How many lines below begin with the word counted; 0 where others of their mark do not."""
    found: list[Paragraph] = []
    for index, later in enumerate(following):
        if later.block.is_row or later.text.startswith(_END):
            break
        own = later.text.lower().startswith(f"{kind} ")
        if own and (not found or later.mark == found[0].mark):
            found.append(later)
        elif found and later.mark == found[0].mark and later.mark:
            return 0  # the list is of something else
        elif not later.mark or (not found and (index > 1 or not opened)):
            break
        elif found and later.depth > found[0].depth:
            continue  # what is told of an item
    marked = bool(found) and bool(found[0].mark)
    numbered = all(re.match(rf"{kind} (?:\d|[IVX]+\b)", each.text, re.I) for each in found)
    return len(found) if (marked and opened) or numbered else 0


def _codes_below(following: Sequence[Paragraph]) -> int:
    """How many codes of targets (“2.1, 2.2”) the items of one mark hold; 0 where one has none."""
    codes: set[str] = set()
    for later in following:
        if later.mark != following[0].mark or not later.mark:
            break
        own = _CODE_OF_TARGET.findall(later.text)
        if not own:
            return 0
        codes.update(own)
    return len(codes)


def _criteria_below(following: Sequence[Paragraph]) -> int:
    """How many criteria the items of one mark name, where they hold names alone; else 0."""
    given = 0
    for later in following:
        if later.mark != following[0].mark or not later.mark:
            break
        text = later.text.rstrip(" .;,")
        names = criteria_in(later.text, 0, len(later.text))
        if names and len(text) - names[-1][2] <= _LONGEST_REST:
            given += len(names)
            continue
        pieces = [piece.strip() for piece in text.split(";")]
        if not given or any(not p[:1].isupper() or len(p.split()) > _LONGEST_NAME for p in pieces):
            return 0
        given += len(pieces)  # names of another set among them
    return given


def _hit(paper: Paper, paragraph: Paragraph, figure: Figure, given: int, more: Place | None) -> Hit:
    place = paper.place(paragraph, figure.start, figure.end)
    noun = " ".join(figure.noun.split()[: 1 if figure.kind in VILLAGES else 2])
    return Hit(
        message=f"Văn bản nói có {int(figure.value)} {noun}, danh sách có {given}.",
        places=(place, more) if more and more.lines != place.lines else (place,),
        advice=f"Sửa số {int(figure.value)} thành {given}, hoặc soát lại danh sách.",
    )
