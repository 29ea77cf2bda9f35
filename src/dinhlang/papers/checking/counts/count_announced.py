"""Numbers announced right above a table or a list, against every count that it may give.

“Bộ tiêu chí gồm 07 tiêu chí, 16 chỉ tiêu, giao ở bảng sau:”. A table is counted by its rows, its
codes, its groups and its columns, a list by its items: where one of these is the number told, or
the number of something else told beside it is meant, all is well.
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
)
from dinhlang.papers.checking.counts.count_lists import NOUNS, OPEN_END
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import parse_words
from dinhlang.vietnamese.guarded import guarded

_ANNOUNCES = guarded(
    r":\s*$|\b(?:như sau|sau đây|dưới đây|danh mục|danh sách|bảng|biểu|phụ lục)\b[^.;]{0,30}\W*$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:Bảng|Biểu)(?:\s+(?:số\s+)?\d{1,2})?\s*[.:]|(?:Bảng|Biểu) \w+", re.IGNORECASE
)
_NOT_ALL = re.compile(
    r"\b(?:mỗi|từng|ít nhất|tối thiểu|trên|hơn|dưới|tối đa|không quá|khoảng|gần|một trong|hằng"
    r"|bình quân|cả|trong|thêm|còn|số|thứ|đã|mới|giữ vững|duy trì|tại|ở|của|cho|từ)\s+(?:được\s+)?$"
    r"|[≥<>/]\s*$",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:trong đó|trước mắt|tiêu biểu|ví dụ|một số|chủ yếu|trọng tâm)\b", re.I)
_FOOT = re.compile(r"(?:tổng|cộng|toàn xã)\b", re.IGNORECASE)
_CODE = re.compile(r"(?:TC|CT)?\s*(\d{1,2}\.\d{1,2})\.?(?=\s|$)")
_GROUP = re.compile(
    r"(?:tiêu chí(?! thành phần)|nhóm|lĩnh vực|nội dung|[IVX]{1,4}\b|[A-H]\b)", re.IGNORECASE
)
_TH = re.compile(
    rf"(?:^|[.;:]\s+)(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)\s+(?:thứ\s+)?(?P<nth>nhất|{WORDS}"
    r"|\d{1,2})\s*[:,(-]",
    re.IGNORECASE,
)
_CAPTIONS, _LONGEST_CAPTION = 2, 70
_REACH = 80
_OFF, _SHARE = Decimal(3), Decimal("0.35")


@dataclass(slots=True, frozen=True)
class _Given:
    """The counts that what follows may give; ``sure`` is the one that it is numbered by."""

    counts: frozenset[int]
    sure: int
    groups: int  # headings of groups over codes, 0 without
    heads: frozenset[str]  # the words of the heads of columns
    rows: tuple[Paragraph, ...]


def wrong_announced(plan: Plan) -> Iterator[Hit]:
    """Announced numbers that nothing below them gives."""
    paper = paper_of(plan)
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row or not paragraph.figures or at + 1 >= len(paper.paragraphs):
            continue
        yield from _ordinals(paper, at)
        told = [figure for figure in paragraph.figures if _tells(paragraph, figure)]
        opens = told and (_ANNOUNCES.search(paragraph.text) or _TITLE.match(paragraph.text))
        given = _table(paper.paragraphs, at) if opens else None
        if given is None:
            continue
        others = {int(f.value) for f in paragraph.figures if f.value == int(f.value)}
        for figure in told:
            group = given.groups > 1 and _GROUP.match(figure.noun)
            of_rows = figure.kind in NOUNS - VILLAGES or figure.kind in given.heads
            sure = given.groups if group else given.sure if of_rows else 0
            off = abs(figure.value - sure)
            explained = int(figure.value) in given.counts or sure in others - {int(figure.value)}
            if not sure or explained or off > min(_OFF, max(Decimal(1), figure.value * _SHARE)):
                continue
            yield _hit(paper, paragraph, figure, sure, given.rows)


def _tells(paragraph: Paragraph, figure: Figure) -> bool:
    if figure.per or figure.all is not None or not 3 <= figure.value <= 60:
        return False
    if not (figure.counts or figure.kind in NOUNS) or figure.value != int(figure.value):
        return False
    before = paragraph.text[max(0, figure.start - 24) : figure.start]
    behind = paragraph.text[figure.end :]
    if _NOT_ALL.search(before) or _PART.search(behind) or OPEN_END.search(behind):
        return False
    return len(behind) < 160


# ---------------------------------------------------------------- tables


def _table(paragraphs: Sequence[Paragraph], at: int) -> _Given | None:
    """The counts of the table that stands right below, a short caption between left out."""
    begin = at + 1
    while begin < at + 1 + _CAPTIONS and begin < len(paragraphs):
        own = paragraphs[begin]
        if own.block.is_row or len(own.text) > _LONGEST_CAPTION or own.mark:
            break
        begin += 1
    rows: list[Paragraph] = []
    for own in paragraphs[begin : begin + _REACH]:
        if not own.block.is_row or (rows and own.block.table != rows[0].block.table):
            break
        rows.append(own)
    return _counts(rows) if len(rows) > 2 else None


def _counts(rows: Sequence[Paragraph]) -> _Given | None:
    plain = [row for row in rows[1:] if not any(_FOOT.match(cell) for cell in row.block.cells[:2])]
    first = [row.block.cells[0].strip(" .)*") for row in plain]
    codes = {match[1] for row in plain for cell in row.block.cells[:2]
             if (match := _CODE.match(cell))}  # fmt: skip
    numbers = [int(cell) for cell in first if cell.isdecimal()]
    ordered = bool(numbers) and numbers == list(range(1, len(numbers) + 1))
    groups = [row for row in plain if _heads_group(row)]
    counts = {
        len(plain), len(plain) - len(groups), len(groups), len(codes), len(numbers),
        *(len({row.block.cells[i] for row in plain if row.block.cells[i:] and row.block.cells[i]})
          for i in (0, 1, 2)),
        *range(max(1, len(rows[0].block.cells) - 4), len(rows[0].block.cells) + 1),
    }  # fmt: skip
    sure = len(codes) if len(codes) > 2 else len(numbers) if ordered and len(numbers) > 2 else 0
    if codes and not ordered and len(groups) + len(codes) != len(plain):
        sure = 0  # some rows bear no code
    heads = frozenset(" ".join(rows[0].block.cells).lower().split())
    return _Given(frozenset(counts), sure, len(groups) if codes else 0, heads, tuple(plain))


def _heads_group(row: Paragraph) -> bool:
    """Whether a row is the heading of those below: words in one cell alone."""
    filled = [cell for cell in row.block.cells if cell.strip(" -–")]
    return len(filled) == 1 or (len(filled) == 2 and bool(_GROUP.fullmatch(filled[0])))


# ---------------------------------------------------------------- “Việc thứ nhất: …”


def _ordinals(paper: Paper, at: int) -> Iterator[Hit]:
    """“04 việc lớn. Việc thứ nhất: … Việc thứ ba: …”, in one paragraph or in the next."""
    own = paper.paragraphs[at]
    for other in paper.paragraphs[at : at + 2]:
        if other.block.is_row or (other is not own and not own.text.rstrip().endswith(":")):
            continue
        named: dict[str, list[int]] = {}
        for match in _TH.finditer(other.text):
            nth = match["nth"].lower()
            value = 1 if nth == "nhất" else int(nth) if nth.isdecimal() else parse_words(nth)
            named.setdefault(match["noun"].split()[0].lower(), []).append(value or 0)
        for figure in own.figures:
            numbers = named.get(figure.kind, [])
            count = len(numbers)
            if count < 2 or numbers != list(range(1, count + 1)) or not _tells(own, figure):
                continue
            same = {f.value for f in own.figures if f.kind == figure.kind}
            if count not in same and abs(figure.value - count) <= _OFF:
                yield _hit(paper, own, figure, count, (other,))
                return


def _hit(
    paper: Paper, paragraph: Paragraph, figure: Figure, given: int, rows: Sequence[Paragraph]
) -> Hit:  # fmt: skip
    noun = " ".join(figure.noun.split()[: 1 if figure.kind in VILLAGES else 2])
    return Hit(
        message=f"Văn bản nói có {int(figure.value)} {noun}, bên dưới có {given}.",
        places=(
            paper.place(paragraph, figure.start, figure.end),
            *(paper.place(row, 0, min(len(row.text), 60)) for row in rows[:1]),
        ),
        advice=f"Sửa số {int(figure.value)} thành {given}, hoặc soát lại danh sách.",
    )
