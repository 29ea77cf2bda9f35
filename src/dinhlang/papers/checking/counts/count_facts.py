"""Numbers and the things told beside them, read as facts: headings, brackets, runs, states.

A heading that begins with a number of things (“NĂM NHÓM GIẢI PHÁP”) against the items below it;
a number before a bracket or a dash of names; criteria by their bare names under “đã đạt” and
“chưa đạt”; what is left of a fraction, whatever is said between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    VILLAGES,
    Figure,
    Paper,
    Paragraph,
    paper_in,
)
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.places import listed
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import fold

_MOST = 40
_FRONT = re.compile(
    r"\W*(?:(?:về|các|những|triển khai|thực hiện|tập trung|danh sách|danh mục|kế hoạch)\s+){0,3}$",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(
    r"\b(?:mỗi|từng|ít nhất|tối thiểu|tối đa|không quá|trên|hơn|khoảng|gần|một trong|thêm|trong"
    r"|đợt|còn|hằng|dưới|bình quân|cứ)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ENDS = ("Nơi nhận", "TM.", "KT.", "Trên đây là")
_OPEN = re.compile(r"…|\.\.\.|v\.\s?v|\bvà các\b|\bkhác\b|\bcòn lại\b", re.IGNORECASE)
_NAME = compile_vi(r"(?:(?i:thôn|ấp|bản|xóm|khu|buôn|khóm|sóc)\s+[A-ZÀ-Ỹ\d]|[A-ZÀ-Ỹ])")
_PLACE = re.compile(r"(?:thôn|ấp|bản|xóm|khu|buôn|khóm|sóc)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d{2,}|%|/")
_AND = re.compile(r"\s+(?:và|cùng)\s+")
_BRACKET = re.compile(
    r"(?P<words>(?:\s[^\W\d_]+){0,9})\s*(?:\((?P<list>[^()]+)\)|[–—:-]\s+(?P<bare>[^.;():]+)(?=[.;]|$))"
)
_GIVEN = re.compile(r"\b(?:gồm|là|như|tại|ở)\b\s*:?\s*", re.IGNORECASE)


def wrong_facts(plan: Plan) -> Iterator[Hit]:
    """Numbers of things that the headings' items or the names beside them do not have."""
    yield from _counted(tuple(plan.text))


@lru_cache(maxsize=4)
def _counted(lines: tuple[str, ...]) -> tuple[Hit, ...]:
    paper = paper_in(lines)
    found: list[Hit] = []
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row or not paragraph.figures:
            continue
        hit = _headed(paper, at) or _beside(paper, paragraph) or _bare(paper, paragraph)
        if hit:
            found.append(hit)
    return tuple(found)


def _declared(text: str, figure: Figure) -> bool:
    if not figure.counts or figure.kind in TIMES or figure.per or figure.all is not None:
        return False
    if figure.value != int(figure.value) or not 2 <= figure.value <= _MOST:
        return False
    return not _NO_NUMBER.search(text[max(0, figure.start - 30) : figure.start])


# ---------------------------------------------------------------- headings


def _headed(paper: Paper, at: int) -> Hit | None:
    """“BẢY MÔ HÌNH ĐƯỢC NHÂN RỘNG” over six numbered items."""
    head = paper.paragraphs[at]
    text = head.text
    figure = head.figures[0]
    if len(text) > 110 or len(head.figures) > 1 or not _declared(text, figure):
        return None
    if figure.kind in VILLAGES and not text.rstrip().endswith(":"):
        return None
    if not _FRONT.match(text[: figure.start]) or re.search(r"[;,.]\s", text[figure.end :]):
        return None
    items = _numbered_below(paper.paragraphs, at)
    if len(items) < 2 or figure.value in (len(items), by_criterion(items)):
        return None
    sure = all(_short(item) for item in items) or _one_head(items)
    first = items[0]
    return _hit(
        paper, head, figure, len(items), paper.place(first, 0, min(40, len(first.text))), sure=sure
    )


def _short(item: Paragraph) -> bool:
    return len(item.text) <= 160


def _one_head(items: Sequence[Paragraph]) -> bool:
    return len({item.text.split(" ", 1)[0].lower() for item in items if item.text}) == 1


def _numbered_below(paragraphs: Sequence[Paragraph], at: int) -> list[Paragraph]:
    """The items 1, 2, 3 … below a heading, to the next heading of its own depth."""
    head, first = paragraphs[at], paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    if first is None or not first.mark or first.block.is_row or first.mark == head.mark:
        return []
    if head.mark and first.depth <= head.depth:
        return []
    label = first.block.label
    if label is not None and label.value != 1:
        return []
    items: list[Paragraph] = []
    for later in paragraphs[at + 1 : at + 160]:
        if later.text.startswith(_ENDS):
            break
        if later.mark == first.mark:
            own = later.block.label
            if own is not None and own.value != len(items) + 1:
                break
            items.append(later)
        elif (later.mark and later.depth < first.depth) or (
            label is None and (not later.mark or later.depth <= first.depth)
        ):
            break
    return items


# ---------------------------------------------------------------- brackets and dashes


def _beside(paper: Paper, paragraph: Paragraph) -> Hit | None:
    """“hai nhà văn hóa thôn (thôn A, thôn B và thôn C)”, “3 chợ – chợ A, chợ B”."""
    text = paragraph.text
    for figure in paragraph.figures:
        if not _declared(text, figure):
            continue
        match = _BRACKET.match(text, figure.end)
        if match is None:
            continue
        words = match["list"] or match["bare"]
        given = _GIVEN.match(words)
        items = _names(words[given.end() :] if given else words)
        if len(items) < 2 or len(items) == figure.value or _OPEN.search(words):
            continue
        noun = f"{text[figure.start : figure.end]} {match['words']}".lower().split()
        heads = {item.split()[0].lower() for item in items}
        places = all(_PLACE.match(item) for item in items)
        own = len(heads) == 1 and heads <= set(noun)
        several = places and figure.kind not in VILLAGES and figure.kind != "tuyến"
        one_more = len(heads) == len(items) == figure.value + 1
        if not own and not several and not one_more:
            continue
        if len(items) > figure.value + 3 or (places and not own and len(items) < figure.value):
            continue
        return _hit(paper, paragraph, figure, len(items), None, sure=own)
    return None


_PLAIN = frozenset(
    ["khâu", "phần", "nội", "nhiệm", "việc", "bước", "nhóm", "lĩnh", "hình", "loại", "trụ", "giải"]
)
_BARE_LIST = re.compile(
    r"(?:\s[^\W\d_]+){0,5}\s*(?::|,? (?:gồm|là|đó là))\s+(?P<list>[^.:()\d]+)[.]?$"
)


def _bare(paper: Paper, paragraph: Paragraph) -> Hit | None:
    """“03 khâu: tuyên truyền, kiểm tra”; “gồm 4 phần: thực trạng; mục tiêu; kinh phí”."""
    text = paragraph.text
    figure = paragraph.figures[-1]
    if figure.kind not in _PLAIN or not _declared(text, figure):
        return None
    match = _BARE_LIST.match(text, figure.end)
    if match is None or _OPEN.search(match["list"]):
        return None
    mark = ";" if ";" in match["list"] else ","
    pieces = [piece.strip() for piece in match["list"].split(mark) if piece.strip()]
    if len(pieces) < 2 or any(len(piece.split()) > (14 if mark == ";" else 5) for piece in pieces):
        return None
    spread = sum(len(_AND.split(piece)) for piece in pieces)
    last = len(pieces) - 1 + len(_AND.split(pieces[-1]))
    if len(pieces) <= figure.value <= spread or last == figure.value:
        return None
    given = last if mark == "," else len(pieces)
    if abs(given - figure.value) > 3:
        return None
    return _hit(paper, paragraph, figure, given, None, sure=mark == ";" and spread == len(pieces))


def _names(words: str) -> list[str]:
    """Names in a row; none where something else than names stands there."""
    if _DIGITS.search(words):
        return []
    pieces = [piece.strip() for piece in re.split(r"[,;]", words) if piece.strip()]
    if not pieces:
        return []
    items = [*pieces[:-1], *(part.strip() for part in _AND.split(pieces[-1]))]
    if not all(_NAME.match(item) and len(item.split()) <= 6 for item in items):
        return []
    return items


def _hit(
    paper: Paper,
    paragraph: Paragraph,
    figure: Figure,
    given: int,
    more: Place | None,
    *,
    sure: bool,
) -> Hit:
    place = paper.place(paragraph, figure.start, figure.end)
    noun = " ".join(figure.noun.split()[: 1 if figure.kind in VILLAGES else 2])
    return Hit(
        message=f"Văn bản nói có {int(figure.value)} {noun}, danh sách có {given}.",
        places=(place, more) if more and more.lines != place.lines else (place,),
        advice=f"Sửa số {int(figure.value)} thành {given}, hoặc soát lại danh sách.",
        severity=None if sure else "warning",
    )


# ---------------------------------------------------------------- states of criteria


_REACHED = re.compile(
    r"\b(?:tiêu chí|chỉ tiêu|nhóm)?\s*(?:đã đạt|đạt chuẩn|đã hoàn thành|đạt)\b", re.IGNORECASE
)
_UNMET = re.compile(
    r"\b(?:chưa (?:đạt|hoàn thành|đủ)|không đạt|còn lại|còn thiếu)\b", re.IGNORECASE
)
_OF_GOAL = re.compile(
    r"\b(?:phấn đấu|thêm|đăng ký|dự kiến|kế hoạch|giữ vững|duy trì|sẽ|mục tiêu|nâng"
    r"|năm 20\d\d đạt)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,4}?(?:chưa (?:đạt|hoàn thành)|còn lại|còn thiếu)\b", re.IGNORECASE
)
_LEFT_BEFORE = re.compile(r"\b(?:còn(?: lại)?|chưa (?:đạt|hoàn thành)|nốt)\s+$", re.IGNORECASE)
_NOT_SAME = re.compile(r"\b(?:thêm|trong đó|mỗi|từng|trong số)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Lists:
    """Criteria by the list they stand in, with their places."""

    reached: dict[int, Place] = field(default_factory=dict)
    unmet: dict[int, Place] = field(default_factory=dict)


def wrong_named_states(plan: Plan) -> Iterator[Hit]:
    """Criteria told by their bare names both as reached and as not; wrong rests of fractions."""
    yield from _states(tuple(plan.text))


@lru_cache(maxsize=4)
def _states(lines: tuple[str, ...]) -> tuple[Hit, ...]:
    paper = paper_in(lines)
    lists = _Lists()
    found: list[Hit] = []
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row:
            continue
        low = paragraph.text.lower()
        if "đạt" in low or "còn" in low or "hoàn thành" in low:
            _named(paper, at, lists)
            if paragraph.figures and "tiêu chí" in low:
                found += _rests(paper, paragraph)
    both = sorted(lists.reached.keys() & lists.unmet.keys())
    if both and len(both) <= 2:
        found.append(
            Hit(
                message=f"Vừa ghi đã đạt, vừa ghi chưa đạt: tiêu chí {listed(both)}.",
                places=tuple(
                    side[number] for number in both for side in (lists.reached, lists.unmet)
                ),
                advice="Giữ tiêu chí này ở một danh sách.",
            )
        )
    return tuple(found)


def _named(paper: Paper, at: int, lists: _Lists) -> None:
    """Takes “Các tiêu chí đã đạt: Quy hoạch; Điện; …” up, in a line or in the items below."""
    head = paper.paragraphs[at]
    for match in re.finditer(r"[:(]", head.text):
        before = re.split(r"[.;)]", head.text[: match.start()])[-1]
        side = _side(before, lists)
        if side is None:
            continue
        stop = head.text.find(")" if match[0] == "(" else ". ", match.end())
        end = stop if stop > 0 else len(head.text)
        names = criteria_in(head.text, match.end(), end)
        if len(names) >= 2:
            for number, start, close in names:
                side.setdefault(number, paper.place(head, start, close))
        elif match.end() >= len(head.text.rstrip()):
            _items_named(paper, at, side)


def _side(before: str, lists: _Lists) -> dict[int, Place] | None:
    if "tiêu chí" not in before.lower() or _OF_GOAL.search(before):
        return None
    if _UNMET.search(before):
        return lists.unmet if not re.search(r"\bđã đạt\b", before) else None
    return lists.reached if _REACHED.search(before) else None


def _items_named(paper: Paper, at: int, side: dict[int, Place]) -> None:
    first = paper.paragraphs[at + 1] if at + 1 < len(paper.paragraphs) else None
    if first is None or not first.mark or first.mark == paper.paragraphs[at].mark:
        return
    taken: list[tuple[int, Place]] = []
    for item in paper.paragraphs[at + 1 : at + 1 + 20]:
        if item.mark != first.mark:
            break
        names = criteria_in(item.text, 0, len(item.text))
        if len(names) != 1 or names[0][1] > 12:
            return
        taken.append((names[0][0], paper.place(item, names[0][1], names[0][2])))
    for number, place in taken:
        side.setdefault(number, place)


_NUMBER_OF = re.compile(r"\b(?:tiêu chí(?: số)?|TC)\s?(?P<number>\d{1,2})\b", re.IGNORECASE)


def by_criterion(items: Sequence[Paragraph]) -> int:
    """How many criteria items are of that name one each, some of them twice; else 0."""
    named = [{int(m["number"]) for m in _NUMBER_OF.finditer(item.text)} for item in items]
    return len(set().union(*named)) if all(len(each) == 1 for each in named) else 0


def criteria_in(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The criteria that begin the pieces of a list: number, start and end; none where others do."""
    folded = fold(text)
    if len(folded) != len(text):
        return []
    found: list[tuple[int, int, int]] = []
    position = start
    while position < end:
        lead = re.compile(r"[\s;,]*(?:va )?(?:tieu chi )?(?:so )?(?:\d{1,2}\s*[-–:.]?\s*)?").match(
            folded, position, end
        )
        begin = lead.end() if lead else position
        name = match_name(folded, begin, "ntm")
        if name is None:
            break
        found.append((name[0], begin, name[1]))
        close = re.compile(r"\s*(?:\([^()]*\))?\s*(?=[;,.)]|va |$)").match(folded, name[1], end)
        if close is None:
            return found[:-1]
        position = close.end()
        if position < end and folded[position] in ".)":
            break
    return found


def _rests(paper: Paper, paragraph: Paragraph) -> Iterator[Hit]:
    """“giữ vững 13/19 tiêu chí …; hoàn thành 7 tiêu chí chưa đạt còn lại”."""
    text = paragraph.text
    criteria = [
        f
        for f in paragraph.figures
        if f.kind not in (MONEY, PERCENT) and f.noun.startswith("tiêu chí")
    ]
    for one, other in pairwise(criteria):
        if one.all is None or one.all < 5 or one.value >= one.all or other.all is not None:
            continue
        between = text[one.end : other.start]
        near = re.search(r"chưa đạt", text[max(0, one.start - 30) : one.end + 22], re.IGNORECASE)
        if len(between) > 200 or _NOT_SAME.search(between) or near:
            continue
        behind = _LEFT.match(text, other.end)
        if not (behind or _LEFT_BEFORE.search(text[one.end : other.start])):
            continue
        told = "còn lại" in text[other.end : other.end + 40]
        if behind and not told and not re.search(r"\bcòn\b", between):
            continue
        if one.value + other.value == one.all:
            continue
        left = int(one.all - one.value)
        yield Hit(
            message=f"Đạt {int(one.value)}/{int(one.all)} thì còn {left}, "
            f"văn bản ghi còn {int(other.value)}.",
            places=(
                paper.place(paragraph, other.start, other.end),
                paper.place(paragraph, one.start, one.end),
            ),
            advice="Soát lại số tiêu chí đã đạt và chưa đạt.",
        )
