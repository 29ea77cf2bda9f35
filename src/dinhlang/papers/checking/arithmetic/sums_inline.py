"""Totals and parts in one paragraph: “60 hố: thôn Đông 15, …”, “…, tổng cộng 40 hố”."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PEOPLE,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    sentences,
)
from dinhlang.papers.checking.arithmetic.sum_model import (
    COMPLEMENT,
    COST,
    FOOT,
    LETTERS,
    OTHER_MATTER,
    PLACE_WORD,
    ROUGH,
    SOURCE,
    TOTAL_MONEY,
    TOTAL_WORD,
    WITHIN,
    Sum,
    make_sum,
    names_places,
    near,
    slipped,
    unit_size,
)

_OPENER = re.compile(
    r"[,;:.(\s]*(?:\b(?:được |dự kiến |và |sẽ )?(?:(?P<within>trong (?:đó|số (?:đó|này)))"
    r"|bao gồm|gồm(?: có| các)?|cụ thể(?: là| như sau)?|chia (?:ra|cho|theo|thành|đều)"
    r"|chia (?:làm |thành |ra )?(?:\d{1,2}|hai|ba|bốn|năm|sáu) (?:tổ|nhóm|khu|cụm|đợt|phần|loại)"
    r"|phân (?:bổ|chia|theo|ra|khai)(?: cho| theo| như sau)*|như sau|giao(?: cho)?|bố trí(?: cho)?"
    r"|từ(?: các)? nguồn|cơ cấu|lần lượt|tính riêng)\b[^:\d;.(]{0,40}?[:,(]?|:|\()\s*"
    r"|[,;]\s*(?=(?:đoạn|đợt|phần|gói|lô|giai đoạn|hạng mục|nhóm)\s*(?:số\s*)?(?:1|I)\b)"
    r"|,\s*(?=(?:nam|nữ|xây mới|làm mới|mầm non)(?: có| là)?\s*$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"(?:^|[\s(,;:.–-])(?:{TOTAL_WORD}|cả (?:hai|ba|bốn|năm)(?= [^.;\d]{{2,24}} (?:là|được|bằng)))"
    r"\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
_MONEY_TOTAL = re.compile(
    r"\btổng\b|\bcộng\b|\bkinh phí\b|\bnguồn\b|\bvốn\b|\bnhu cầu\b|\bdự toán\b|\bhuy động\b", re.I
)
_REACHED = re.compile(r"\b(?:đã|hiện|mới)\s+(?:có|đạt|được|nay)\b", re.IGNORECASE)
_AIMED = re.compile(r"\b(?:phấn đấu|mục tiêu|đến (?:cuối|hết))\b", re.IGNORECASE)
_OPPOSED = re.compile(r"\b(?:nam\b.*\bnữ|nữ\b.*\bnam|mới\b.*\b(?:sửa|cũ|nâng cấp|cải tạo))\b", re.I)
_GENERIC = frozenset(
    (
        "người", "công", "hạng", "cây", "con", "cán", "đại", "học", "sản",
        "mô", "thiết", "hội", "thành", "lượt", "dụng", "phương", "cuộc", "lớp",
        "đơn", "phần", "suất", "tổ", "đội", "văn", "vật", "đồ", "giải",
        "hoạt", "điểm", "cơ",
    )
)  # fmt: skip
_SPLIT = re.compile(r"[;+]|,(?!\d)|\bvà\b|\bcòn\b(?! lại)")
_INTO = re.compile(r"\bchia\s+(?:làm\s+|thành\s+|ra\s+)?$", re.IGNORECASE)
_SEMICOLON = re.compile(r";")
_NEAR = 90
_AMONG = re.compile(r"\btrong\s+(?:(?:tổng\s+)?số\s+)?$", re.IGNORECASE)
_THERE = re.compile(r"\b(?:có|thì)\s")
_GOES_ON = re.compile(
    r"(?:Trong (?:đó|số)|Cụ thể|Bao gồm|Gồm|Chia|Phân (?:bổ|ra|chia|giao|theo|cho|khai)|Chi tiết"
    r"|Tổng|Cộng|Giao|Bố trí)\b"
    r"|(?:Khối lượng|Chỉ tiêu|Số lượng|Mức|Phần|Số)\b[^.:;\d]{0,40}"
    r"\b(?:giao|từng|các|mỗi|chia|phân)\b[^.:;\d]{0,40}:"
)
_NO_ITEM = re.compile(
    r"\s*(?:xong|hoàn thành|trong|trước|do|để|từ|đến|thời|giao|được|phải|thực hiện|bảo đảm|đảm bảo"
    r"|theo|bắt đầu|khởi công|nhằm|chủ trì|đưa|nâng|góp phần|mỗi|bình quân|tăng|giảm|đạt|chiếm)\b",
    re.IGNORECASE,
)
NEW_MATTER = re.compile(
    r"\s*(?:đã|hiện|nay|phấn đấu|năm|đến|còn(?! lại)|trong năm|dự kiến|mục tiêu|cân đối|bảo đảm"
    r"|đảm bảo|so với|thiếu|đủ)\b",
    re.IGNORECASE,
)
_CLASSIFIERS = frozenset(("chiếc", "cái", "bộ", "đơn", "chốt", "suất", "quả"))
_NAME_BEFORE = re.compile(r"[^\W\d_]{2,}\s*:?\s*$")
_BY_VILLAGE = re.compile(
    r"\b(?:chia|giao|theo|từng|các|cho|của)\s(?:các\s|từng\s)?(?:thôn|ấp|bản|xóm|khu|buôn|khóm)\b"
    r"[^:;.\d]{0,20}:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\btừ\b[^;,]*$")


def inline(paper: Paper, paragraph: Paragraph) -> Iterator[Sum]:
    if len(paragraph.figures) < 3:
        return
    whole = _by_sentences(paper, paragraph)
    if whole:
        yield whole
        return
    for start, end in _joined(paragraph):
        figures = [f for f in paragraph.figures if start <= f.start < end]
        if len(figures) < 3:
            continue
        done = yield from _forward(paper, paragraph, figures, end)
        yield from _whole_shares(paper, paragraph, figures, start, end)
        if not done:
            yield from _backward(paper, paragraph, figures, start)


def _by_sentences(paper: Paper, paragraph: Paragraph) -> Sum | None:
    """“Ngân sách tỉnh: 900. Ngân sách xã: 400. Tổng nguồn: 1.300”: a sentence each."""
    spans = list(sentences(paragraph))
    if len(spans) < 3 or not FOOT.match(paragraph.text, spans[-1][0]):
        return None
    told = [[f for f in paragraph.figures if a <= f.start < b and f.kind] for a, b in spans]
    total = told[-1][0] if told[-1] else None
    if total is None or total.per or total.kind in (PERCENT, *TIMES):
        return None
    own = [[f for f in each if f.kind == total.kind and not f.per] for each in told]
    last = next((i for i in range(len(own) - 2, -1, -1) if len(own[i]) != 1), -1)
    parts = [each[0] for each in own[last + 1 : -1]]
    if len(parts) < 2 or len(own[-1]) != 1:
        return None
    words = paragraph.text[spans[last + 1][0] : spans[-1][0]]
    if OTHER_MATTER.search(words):
        return None
    return _judge(paper, paragraph, total, parts, True, within=False, words=words)


def _joined(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """The sentences, one that goes on with “Trong đó” or closes with “Tổng cộng” joined on."""
    begin = finish = -1
    for start, end in sentences(paragraph):
        if begin >= 0 and not _GOES_ON.match(paragraph.text, start):
            yield begin, finish
            begin = -1
        begin = start if begin < 0 else begin
        finish = end
    yield begin, finish


def _forward(
    paper: Paper, paragraph: Paragraph, figures: list[Figure], end: int
) -> Generator[Sum, None, bool]:
    """“60 thùng: thôn Đông 15, thôn Tây 15 …”; returns whether any group was taken up."""
    text = paragraph.text
    done = False
    for index, head in enumerate(figures[:-2]):
        if head.per or head.kind in (PERCENT, "") or head.kind in TIMES:
            continue
        if _OF_EACH.search(text[max(0, head.start - 60) : head.start]):
            continue
        follows = index + 1
        if _INTO.search(text[head.end : figures[follows].start]):
            follows += 1  # “340 hộ, chia làm 3 tổ: Tổ 1 có 118 hộ, …”
        between = text[head.end : figures[follows].start]
        openers = list(_openers(between))
        if not openers and _AMONG.search(text[: head.start]):
            openers = [(there.end(), True) for there in _THERE.finditer(between)][:1]
        for mark, within in openers:
            begin = head.end + mark
            stop = _bracket_end(text, begin, end) if _in_bracket(between[:mark]) else end
            if not within and _FROM.search(text[max(0, head.start - 30) : head.start]):
                continue
            taken = _parts(text, head, figures[follows:], begin, stop)
            if taken is None or not _same_matter(text, head, taken[0]):
                continue
            done = True
            found = _judge(paper, paragraph, head, *taken, within=within, words=text[begin:stop])
            yield found
            if not found.fits:
                return True
            break
    return done


def _same_matter(text: str, head: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts may belong to a total a sentence before: near it, no total of their own."""
    if not re.search(r"[^\d\s]\.\s", text[head.end : parts[0].start]):
        return True
    added = sum((part.value for part in parts), Decimal())
    if not head.value * Decimal("0.7") <= added <= head.value * Decimal("1.4"):
        return False
    return not _TOTALLED.match(text, parts[-1].end)


_TOTALLED = re.compile(
    rf"[^.;\d]{{0,40}}[;,.]?\s*(?:{TOTAL_WORD})\b[^.;\d]{{0,30}}\d", re.IGNORECASE
)
_OF_EACH = re.compile(r"\b(?:mỗi|từng)\s[^,;.:]*$", re.IGNORECASE)
_OPENED_ANEW = re.compile(r"[^\d\s]\.\s+[^\W\d][^.;:]{0,60}:")
_STRUCTURE = re.compile(
    r"\b(?:cơ cấu|tỷ trọng|tỉ trọng|nguồn (?:lực|vốn|kinh phí)[^.;\d]{0,40}gồm)\b|100\s?%"
    r"|%\s+tổng (?:số )?(?:nhu cầu|nguồn|vốn|kinh phí)\W*$",
    re.IGNORECASE,
)
_NO_SHARES = re.compile(
    r"\b(?:tăng|giảm|phấn đấu|đến|lên|trên|dưới|đạt|tối đa|tối thiểu|từng|mỗi|năm|hộ|lãi)\b|[≥≤<>]",
    re.I,
)


def _whole_shares(
    paper: Paper, paragraph: Paragraph, figures: list[Figure], start: int, end: int
) -> Iterator[Sum]:
    """“Cơ cấu vốn: tỉnh 45%, xã 35%, dân 30%”: shares that do not make a whole."""
    text = paragraph.text
    shares = [f for f in figures if f.kind == PERCENT and f.all is None]
    if len(shares) < 3 or not _STRUCTURE.search(text[start:end]):
        return
    last = shares[-1]
    said = _CLOSING.search(text[start : last.start]) and last.value == 100
    parts = shares[:-1] if said else shares
    opened = max(start, text.rfind(":", start, parts[0].start))
    words = text[opened : parts[-1].end]
    figures = [f for f in figures if f.start >= opened]
    if len(parts) < 3 or _NO_SHARES.search(words) or len(figures) > len(shares):
        return
    added = sum((f.value for f in parts), Decimal())
    if abs(added - 100) <= Decimal("0.2") or added < 50 or added > 150:
        return
    whole = replace(last if said else parts[-1], value=Decimal(100))
    places = [paper.place(paragraph, each.start, each.end) for each in (last, *parts)]
    sources = sum(bool(SOURCE.search(piece)) for piece in re.split(r"[;,]", words)) >= 2
    yield Sum(
        kind=MONEY if sources else PERCENT, unit=PERCENT, stated=whole, parts=tuple(parts),
        places=tuple(dict.fromkeys(places)), village=False, over=False, fits=False, named=True,
    )  # fmt: skip


def _in_bracket(words: str) -> bool:
    return words.count("(") > words.count(")")


def _openers(between: str) -> Iterator[tuple[int, bool]]:
    """Where the parts may begin behind a head figure, and whether only “trong đó”."""
    if len(between) > 160 or re.search(r"\btrừ\b", between):
        return
    closed = len(between) - len(between.lstrip(") "))  # “… (1.200 triệu đồng) gồm”
    for match in _OPENER.finditer(between, closed):
        if not match[0].strip() or match.start() > _NEAR:
            continue
        before = between[closed : match.start()]
        if ";" in before or before.count(")") > before.count("("):
            return
        yield match.end(), bool(WITHIN.search(match[0]))


def _bracket_end(text: str, begin: int, end: int) -> int:
    depth = 1
    for at in range(begin, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return end


def _parts(
    text: str, head: Figure, figures: Sequence[Figure], begin: int, stop: int
) -> tuple[list[Figure], bool] | None:
    """The parts of a total among the figures beside it, and whether each piece has one."""
    inside = [f for f in figures if begin <= f.start < stop and f.per is None and f.all is None]
    said = text[min(begin, head.end) : inside[-1].start] if inside else ""
    if _REACHED.search(said) and _AIMED.search(said):
        return None  # “đã có 920 hộ …; phấn đấu đạt 1.035 hộ”: one thing at two times
    parts = [f for f in inside if _like(f, head)]
    if len(parts) < 2 and head.counts:
        bare = [f for f in inside if f.kind == ""]
        other = [f for f in inside if f.kind not in ("", PERCENT, MONEY)]
        named = all(_NAME_BEFORE.search(text[begin : f.start]) for f in bare)
        if len(bare) >= 2 and not other and named:
            parts = bare
        elif (
            head.kind in _GENERIC and len(inside) >= 2 and all(_countable(f, head) for f in inside)
        ):
            parts = inside
    if not parts and head.kind == MONEY:
        parts = _bare_money(text, head, inside)
    if len(parts) < 2:
        return None
    pieces = _semicolons(text, parts, begin, stop) or _pieces(text, begin, stop)
    pieces = _joined_names(text, parts, pieces)
    last = max(f.start for f in parts)
    taken: list[Figure] = []
    every = True
    nested_to = -1
    for left, right in pieces:
        own = [f for f in parts if left <= f.start < right]
        words = text[left:right]
        if left < nested_to:
            continue
        if len(taken) > 1 and text[left - 1] == ";" and NEW_MATTER.match(words):
            break
        if not own:
            idle = head.kind == MONEY and not (SOURCE.search(words) or "còn lại" in words)
            if left > last and (text[left - 1] == ";" or idle or _NO_ITEM.match(words)):
                break  # what is done with it all, no item more
            if LETTERS.search(words) and len(words.split()) > 1:
                every = False
            continue
        if _CLOSING.search(text[left : own[0].start]):
            continue
        if OTHER_MATTER.search(words.replace("so với nhu cầu", "")):
            return None
        if own[0].value == head.value:
            return None  # told again, or counted up to it
        if len(own) > 1:
            nested = re.search(r"trong đó|gồm|\(|:", text[own[0].end : own[1].start])
            if not nested:
                return None
        nested = re.search(r"\b(?:trong đó|gồm)\b", text[own[0].end : right])
        taken.append(own[0])
        if nested:
            mark = text.find(";", right)
            nested_to = mark if 0 <= mark < stop else stop
    return (taken, every) if len(taken) >= 2 else None


def _joined_names(
    text: str, parts: Sequence[Figure], pieces: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pieces with “nhân dân và doanh nghiệp 1.700” in one: what “và” parts has one figure."""
    out: list[tuple[int, int]] = []
    for left, right in pieces:
        before = out[-1] if out else None
        if before and text[before[1] : left].strip() == "và":
            held = [any(a <= f.start < b for f in parts) for a, b in (before, (left, right))]
            if held == [False, True]:
                out[-1] = (before[0], right)
                continue
        out.append((left, right))
    return out


def _countable(part: Figure, head: Figure) -> bool:
    """Whether things of another name may be parts: no people of a class, no villages of people."""
    people = part.kind in PEOPLE or part.kind == "hộ"
    return part.counts and part.kind not in VILLAGES and (head.kind in PEOPLE or not people)


def _bare_money(text: str, head: Figure, inside: Sequence[Figure]) -> list[Figure]:
    """Parts written without a unit beside a total that has one: “tỉnh 1.400; tổng 5.000 triệu”."""
    size = unit_size(text, head)
    bare = [f for f in inside if not f.kind]
    if size < 1000 or len(bare) < 2 or len(bare) != len(inside):
        return []
    if not all(_NAME_BEFORE.search(text[: f.start]) for f in bare):
        return []
    return [replace(f, kind=MONEY, value=f.value * size) for f in bare]


def _semicolons(text: str, parts: Sequence[Figure], begin: int, stop: int) -> list[tuple[int, int]]:
    """The pieces between semicolons where each holds one part: commas then stand within names."""
    pieces = _pieces(text, begin, stop, _SEMICOLON)
    held = [sum(left <= f.start < right for f in parts) for left, right in pieces]
    return pieces if len(pieces) > 1 and held == [1] * len(pieces) else []


def _like(part: Figure, head: Figure) -> bool:
    """Whether a figure counts what the head counts: the same, “chiếc” of it, another village."""
    if part.kind == head.kind:
        return True
    for group in (VILLAGES, PEOPLE):
        if head.kind in group:
            return part.kind in group
    if head.kind in _CLASSIFIERS:
        return part.counts
    return head.counts and part.kind in _CLASSIFIERS


def _pieces(
    text: str, begin: int, stop: int, split: re.Pattern[str] | None = None
) -> list[tuple[int, int]]:
    """The pieces between separators that stand outside brackets."""
    depth, left = 0, begin
    out: list[tuple[int, int]] = []
    marks = {m.start(): m.end() for m in (split or _SPLIT).finditer(text, begin, stop)}
    for at in range(begin, stop):
        depth += (text[at] == "(") - (text[at] == ")")
        if at in marks and depth <= 0 and at >= left:
            out.append((left, at))
            left = marks[at]
    out.append((left, stop))
    return out


def _backward(
    paper: Paper, paragraph: Paragraph, figures: list[Figure], start: int
) -> Iterator[Sum]:
    """“… 3 tuyến ở Đông, 2 tuyến ở Tây và 4 tuyến ở Nam, tổng cộng 10 tuyến”."""
    text = paragraph.text
    for index in range(2, len(figures)):
        total = figures[index]
        last = index - 1
        while last > 1 and figures[last].value == last and figures[last].counts:
            if figures[last].kind == total.kind:
                break
            last -= 1  # “tổng cộng bốn nguồn 3 tỷ đồng”: how many there are
        before = text[figures[last].end : total.start]
        if last < index - 1:
            before = before.replace(text[figures[last + 1].start : figures[index - 1].end], " ")
        if total.per or total.kind in (PERCENT, "") or not _CLOSING.search(before):
            continue
        if re.search(r"\b(?:nâng|đưa|tăng)\b", before):
            continue  # a change: of RATIO-VALUE
        after = [f for f in figures[index + 1 :] if ";" not in text[total.end : f.start]]
        if any(f.kind == total.kind and f.per is None for f in after):
            continue
        begin = start
        colon = text.rfind(":", start, figures[0].start)
        begin = colon + 1 if colon >= 0 else begin
        opened = _OPENED_ANEW.search(text, begin, figures[last].end)
        if opened and sum(f.kind == total.kind for f in figures if f.start >= opened.end()) > 2:
            begin = opened.end()
        if re.search(r"\b(?:mức|đơn giá|định mức)\b", text[start:begin], re.IGNORECASE):
            continue  # prices, which nobody adds up
        cut = [m.start() for m in re.finditer(r"\b(?:tổng|cộng)\b", before, re.IGNORECASE)]
        stop = figures[last].end + (cut[0] if cut else 0)
        taken = _parts(text, total, figures[: last + 1], begin, stop)
        if taken is None:
            continue
        yield _judge(paper, paragraph, total, *taken, within=not taken[1], words=text[begin:stop])
        return


def _said(text: str, parts: Sequence[Figure]) -> list[str]:
    """The words each part has of its own: those before it, or behind where figures come first."""
    first = parts[0]
    before = bool(_NAME_BEFORE.search(text[max(0, first.start - 30) : first.start]))
    if before:
        begins = [max(0, first.start - 40), *(f.end for f in parts[:-1])]
        return [text[begin : f.start] for begin, f in zip(begins, parts, strict=True)]
    ends = [*(f.start for f in parts[1:]), min(len(text), parts[-1].end + 40)]
    return [text[f.end : end] for f, end in zip(parts, ends, strict=True)]


def _judge(
    paper: Paper,
    paragraph: Paragraph,
    head: Figure,
    parts: Sequence[Figure],
    every: bool,
    *,
    within: bool,
    words: str,
) -> Sum:
    """A group in one paragraph; ``within`` where the parts need not be all there are."""
    text = paragraph.text
    added = sum((part.value for part in parts), Decimal())
    village = len(PLACE_WORD.findall(words)) >= 2 or bool(
        _BY_VILLAGE.search(text[max(0, parts[0].start - 60) : parts[0].start])
    )
    if head.kind == MONEY:
        left = max(0, head.start - 120)
        named = bool(_MONEY_TOTAL.search(text[left : head.start]))
        sources = sum(bool(SOURCE.search(piece)) for piece in re.split(r"[;,]", words))
        heads = {piece.split()[0].lower() for piece in re.split(r";", words) if piece.split()}
        like = sources >= 2 or len(heads) == 1
        like = like or (":" in text[head.end : parts[0].start] and near(added, head.value))
        complete = every and (not within or (named and len(parts) >= 3 and like))
    else:
        last = words.rfind(text[parts[-1].start : parts[-1].end])
        own = words[:last] + re.split(r"[;.]\s", words[last:])[0]  # what follows is of others
        complete = every and (
            not within
            or bool(COMPLEMENT.search(own))
            or bool(_OPPOSED.search(words))
            or len(PLACE_WORD.findall(words)) >= max(3, len(parts))
            or (near(added, head.value) and all(map(names_places, _said(text, parts))))
            or (len(parts) > 2 and slipped(added, head.value))
        )
    places = [paper.place(paragraph, each.start, each.end) for each in (head, *parts)]
    doubt = (
        not complete and every and len(parts) == 2 and head.counts and near(added, head.value)
        and added < head.value
        and (slipped(added, head.value) or head.value - added in (10, 100, 1000))
    )  # fmt: skip
    rough = bool(ROUGH.search(text[max(0, head.start - 20) : head.start]))
    return make_sum(
        head,
        parts,
        places,
        complete=complete or doubt,
        doubt=doubt,
        rough=rough,
        within=within,
        village=village,
        named=bool(
            (TOTAL_MONEY if within else COST).search(text[max(0, head.start - 60) : head.start])
        ),
    )
