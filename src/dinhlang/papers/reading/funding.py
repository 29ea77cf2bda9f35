"""Money: cost lines, sources, stated totals and the balance, and the same added up.

Costs and sources are told apart by content, not by heading alone: plans call a list of costs
“nguồn vốn”. An amount behind “trong đó” is a part of the amount before it.
"""

from __future__ import annotations

import re

from dinhlang.papers.plan import ComputedFunding, Funding, Lines, Need, Source
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.papers.reading.funding_tables import read_table, unit_of
from dinhlang.papers.reading.funding_words import (
    BALANCE,
    CONDITION,
    LIST_FOLLOWS,
    NEED_HEAD,
    NEED_LEAD,
    NEED_WORDS,
    SOURCE_HEAD,
    SOURCE_LEAD,
    SOURCE_WORDS,
    TOTAL,
    State,
)
from dinhlang.papers.reading.mentions import criterion_of, find_criteria
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import Amount, find_amounts

_PIECE = re.compile(
    r";\s+|(?<=[^\d\s])\.\s+(?=\S)|(?<=\d)\.\s+(?=[A-ZĐ])|,\s+(?=so với nhu cầu|cộng\b|còn "
    r"thiếu|số còn thiếu|thiếu\b)"
)
_PART = re.compile(r"trong do|bao gom|\bgom\b")
_TAIL = re.compile(
    r"[;,:]?\s*(?:\b(?:với|tổng|dự kiến|kinh phí|khoảng|là|ước|dự toán|số tiền|tổng mức đầu tư|"
    r"cần|dự thu|trị giá|ước tính|mức|được|"
    r"hết|chi|với số tiền)\s*)*[:,]?\s*$"
)
_HEAD = re.compile(r"^(?:Tiêu chí|TC)[^:]{2,80}:\s*(?=\S{2})")


class _Book:
    """Collects what the paper says of money."""

    def __init__(self) -> None:
        self.funding = Funding()

    def total(self, kind: State, amount: int, lines: Lines) -> None:
        stated = self.funding.stated
        if kind == "needs" and stated.needs is None:
            stated.needs, stated.needs_lines = amount, lines
        elif kind == "sources" and stated.sources is None:
            stated.sources, stated.sources_lines = amount, lines
        elif kind == "balance" and stated.balance is None:
            stated.balance, stated.balance_lines = amount, lines


def read_funding(paper: Paper) -> Funding:
    """Needs, sources and totals of the parts on money; amounts in đồng."""
    book = _Book()
    state: State | None = None
    unit = 1
    section = -2
    tables = {t.header.spot: t for t in paper.tables if "money" in t.roles}
    money = _money_sections(paper)
    for block in paper.content:
        if not _about_money(paper, block, money):
            continue
        if block.section != section and block.label and block.label.style != "lower":
            state = None
        section = block.section
        unit = unit_of(paper.folded(block)) or unit
        if block.is_row:
            table = tables.get(block.spot)
            if table is not None:
                state = _table_state(paper, block) or _heading_state(paper, block) or state
                read_table(paper, table, unit, state, book.funding, book.total)
            continue
        state = _prose(paper, block, state, book)
    compute(book.funding)
    return book.funding


def _money_sections(paper: Paper) -> set[int]:
    """Sections that are lists of amounts, whatever their heading says."""
    counts: dict[int, int] = {}
    for block in paper.content:
        if block.section < 0 or block.is_row or len(block.text) > 400:
            continue
        topics = paper.topics(block)
        if topics & {"organise", "result", "support", "purpose"} and "funding" not in topics:
            continue
        if "ồng" in block.text and [a for a in find_amounts(block.text) if a.per is None]:
            counts[block.section] = counts.get(block.section, 0) + 1
    found = {at for at, n in counts.items() if n >= 2}
    for at in list(found):
        parent = paper.outline.nodes[at].parent
        if parent >= 0 and sum(1 for c in paper.outline.nodes[parent].children if c in found) >= 2:
            found.add(parent)
    return found


def _about_money(paper: Paper, block: Block, money: set[int]) -> bool:
    topics = paper.topics(block)
    if "funding" in topics and not (
        topics & {"organise"} and "funding" not in paper.own_topics(block)
    ):
        return True
    at = block.section
    while at >= 0:
        if at in money:
            return True
        at = paper.outline.nodes[at].parent
    return not topics & {"organise", "purpose", "result", "rule", "support"} and bool(
        re.search(
            r"tong (?:kinh phi|nguon von|von|nhu cau|du toan)|du kien kinh phi|kinh phi du kien",
            paper.folded(block),
        )
    )


def _heading_state(paper: Paper, block: Block) -> State | None:
    """Whether a block stands among costs or sources, by the nearest heading that says so."""
    for node in reversed(paper.outline.path(block)):
        if node.block is block and len(block.text) > 120:
            continue
        own = node.folded
        if re.search(r"can doi|con thieu", own) and not re.search(r"nguon|nhu cau", own):
            return "balance"
        if re.search(
            r"huy dong duoc|co cau nguon|nguon von huy dong|nguon huy dong|lay o dau", own
        ):
            return "sources"
        if NEED_HEAD.search(own) and not re.search(r"nguon (?:kinh phi|von) (?!thuc hien)", own):
            return "needs"
        if SOURCE_HEAD.search(own) and not NEED_HEAD.search(own):
            return "sources"
    return None


def _lead(folded: str) -> State | None:
    """What a sentence that opens a list opens a list of."""
    head = folded[:150]
    if SOURCE_LEAD.search(head):
        return "sources"
    return "needs" if NEED_LEAD.search(head) else None


def _table_state(paper: Paper, block: Block) -> State | None:
    head = paper.folded(block)
    if "nguon" in head:
        return "sources"
    for at in range(block.spot - 1, max(-1, block.spot - 4), -1):
        lead = _lead(paper.folded(paper.blocks[at]))
        if lead:
            return lead
    return "needs" if re.search(r"kinh phi|nhu cau", head) else None


def _prose(paper: Paper, block: Block, state: State | None, book: _Book) -> State | None:
    """Read one paragraph or bullet; returns the state the next one stands in."""
    folded, text = paper.folded(block), block.text
    lead = _lead(folded) if text.endswith(":") or block.label or TOTAL.match(text) else None
    opened = re.match(r"(?:\d+\.? )?(?:nguon|so tien da co|tu nguon)\b[^:]{0,40}:", folded)
    if opened and not text.endswith(":"):
        lead = "sources"
    here = lead or (state if not block.label else None) or _heading_state(paper, block) or state
    amounts = _without_parts(text, [a for a in find_amounts(text) if a.per is None])
    if not amounts:
        _without_amount(paper, block, here, book)
        return lead or here
    begin = 0
    for stop in [*(m.start() for m in _PIECE.finditer(text)), len(text)]:
        inside = [a for a in amounts if begin <= a.start < stop]
        if not inside and stop < len(text) and _speechless(text, stop, amounts):
            continue
        if inside:
            lead_piece = _lead(folded[begin:stop])
            here = (
                lead_piece
                if begin and lead_piece and TOTAL.match(text[begin:].lstrip(" ;."))
                else here
            )
            # One amount for all that is done for a criterion: “Giao thông: …; … 17,5 tỷ đồng”.
            start = 0 if len(amounts) == 1 and _HEAD.match(text) else begin
            _piece(paper, block, start, stop, inside, here, book)
        begin = stop
    return lead or here


def _without_parts(text: str, amounts: list[Amount]) -> list[Amount]:
    """Without the amounts in brackets that add up to the one before the bracket."""
    out = list(amounts)
    for bracket in re.finditer(r"\([^()]*\)", text):
        inside = [a for a in out if bracket.start() < a.start < bracket.end()]
        before = [a for a in out if a.start < bracket.start() and bracket.start() - a.end < 4]
        if len(inside) < 2 or not before or sum(a.value for a in inside) != before[-1].value:
            continue
        words = re.split(r"[;.]\s", text[: before[-1].start])[-1]
        if not TOTAL.search(words):
            out = [a for a in out if a not in inside]
    return out


def _speechless(text: str, at: int, amounts: list[Amount]) -> bool:
    """Whether the words between ``at`` and the next amount name nothing of their own."""
    following = next((a for a in amounts if a.start >= at), None)
    if following is None:
        return False
    return len(_TAIL.sub("", text[at : following.start]).strip(" .;,:")) < 4


def _piece(
    paper: Paper,
    block: Block,
    begin: int,
    stop: int,
    amounts: list[Amount],
    state: State | None,
    book: _Book,
) -> None:
    """One clause with its amounts: a balance, a total, or items."""
    folded = paper.folded(block)
    clause = folded[begin:stop]
    lines = block.lines_of(amounts[0].start, amounts[0].end)
    if BALANCE.search(clause) and not re.search(r"can doi du|bao dam can doi", clause):
        book.total("balance", _balance(clause, begin, amounts), lines)
        return
    before = folded[begin : amounts[0].start]
    follows = len(amounts) == 1 and LIST_FOLLOWS.match(block.text, amounts[0].end)
    part = _PART.search(folded, amounts[0].end, amounts[1].start) if len(amounts) > 2 else None
    if part and part.start() - amounts[0].end < 6:
        follows = part
    if (
        part
        or TOTAL.search(block.text[begin : amounts[0].start])
        or (follows and block.text.endswith(":"))
    ):
        state = _total(before, amounts[0].value, lines, state, book)
        rest = amounts[1:]
        part = _PART.search(folded, amounts[0].end, stop)
        if rest and part:
            for amount in rest:
                start = _item_start(block.text, amount.start, part.end())
                _item(paper, block, start, amount, state or "sources", book)
        return
    floor = begin
    for at, amount in enumerate(amounts):
        if at and "trong do" in folded[amounts[at - 1].end : amount.start]:
            continue
        start = _item_start(block.text, amount.start, floor)
        if (
            at == 0
            and len(amounts) > 1
            and (colon := block.text.find(":", begin, amount.start)) > 0
        ):
            start = colon + 1
        _item(paper, block, start, amount, state, book)
        floor = amount.end


def _balance(clause: str, begin: int, amounts: list[Amount]) -> int:
    """The balance a clause states: negative where money lacks."""
    lack = clause.find("thieu")
    spare = clause.find("thua")
    equal = clause.rfind("=")
    point = equal if equal >= 0 else lack if lack >= 0 else spare
    chosen = next((a for a in amounts if a.start - begin >= max(point, 0)), amounts[-1])
    return chosen.value if spare >= 0 and lack < 0 else -chosen.value


def _total(
    before: str, amount: int, lines: Lines, state: State | None, book: _Book
) -> State | None:
    """Take a stated total; returns what it is a total of."""
    needs = re.search(
        r"nhu cau|\bcan (?:co\b|$)|kinh phi toi thieu|kinh phi thuc hien|so tien can|can chi|"
        r"tong kinh phi",
        before,
    )
    sources = re.search(r"nguon|huy dong|tong von", before)
    if sources and not needs:
        book.total("sources", amount, lines)
        return "sources"
    if (
        needs
        or re.search(r"kinh phi|muc dau tu|du toan|chi phi|khai toan", before)
        or state == "needs"
    ):
        book.total("needs", amount, lines)
        return "needs"
    if state == "sources":
        book.total("sources", amount, lines)
    return state


def _item_start(text: str, at: int, floor: int) -> int:
    start = (
        max(text.rfind(mark, floor, at) + len(mark) for mark in ("; ", ": ", "+ "))
        if floor
        else floor
    )
    comma = re.search(r",\s+(?=[^,]*$)", text[floor:at]) if floor else None
    if comma and start <= floor + 1:
        start = floor + comma.end()
    return max(start, floor)


def _item(
    paper: Paper, block: Block, start: int, amount: Amount, state: State | None, book: _Book
) -> None:
    text, folded = block.text, paper.folded(block)
    start += len(text[start:]) - len(text[start:].lstrip(" ,;:-+."))
    words = folded[start : amount.start]
    if _is_source(words, state):
        book.funding.sources.append(_source(paper, block, start, amount.end, amount.value))
        return
    if state is None and "funding" not in paper.topics(block) and not NEED_WORDS.search(words):
        return
    mentions = [m for m in find_criteria(paper, block) if start <= m.start < amount.end]
    named = match_name(folded, start, paper.criteria_set) if not paper.village_plan else None
    criterion = (
        mentions[0].number if mentions else named[0] if named else criterion_of(paper, block)
    )
    words_shown = _TAIL.sub("", text[start : amount.start])
    if (head := _HEAD.match(words_shown)) and len(words_shown) - head.end() > 5:
        words_shown = words_shown[head.end() :]
    book.funding.needs.append(
        Need(
            text=words_shown.strip(" .,;:") or text[:80], amount=amount.value, criterion=criterion,
            lines=block.lines_of(start, amount.end), spans=block.spans(start, amount.end),
        )
    )  # fmt: skip


def _is_source(words: str, state: State | None) -> bool:
    source = bool(SOURCE_WORDS.search(words))
    need = bool(
        re.search(
            r"tieu chi|xay|mua sam|lap dat|mo rong|nang cap|cai tao|sua chua|cong trinh", words
        )
    )
    if state == "sources":
        return source or not need
    if state == "needs":
        return source and not need and bool(re.match(r"(?:nguon|von |ngan sach)", words))
    return source and not need


def _source(paper: Paper, block: Block, start: int, end: int, amount: int | None) -> Source:
    text, folded = block.text[start:end], paper.folded(block)
    words = re.split(r"\s*\(|\s*:\s*(?=\d|khoảng|dự kiến)", text.strip(" -+:;,."))[0]
    if amount is not None:
        words = re.sub(r"\s*\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|trđ|tr).*$", "", words)
        words = _TAIL.sub("", words)
    stop = re.search(r";|\.\s", folded[end:])
    tail = folded[start : end + stop.start() if stop else len(folded)]
    return Source(
        text=words.strip(" .,;:") or text.strip(), amount=amount,
        conditional=bool(CONDITION.search(tail)), lines=block.lines_of(start, end),
        spans=block.spans(start, end),
    )  # fmt: skip


_NAMES_SOURCE = re.compile(
    r"(?:\W|bo tri|huy dong|tu|cac|tranh thu|su dung)*\s*(?:nguon|von|ngan sach|dong gop|nhan "
    r"dan|doanh nghiep|xa hoi)"
)


def _without_amount(paper: Paper, block: Block, state: State | None, book: _Book) -> None:
    """A bullet that names a source and no amount: the amount stays unknown."""
    folded = paper.folded(block)
    if not block.bullet or block.text.endswith(":") or state == "balance":
        return
    if _NAMES_SOURCE.match(folded) and SOURCE_WORDS.search(folded[:90]):
        book.funding.sources.append(_source(paper, block, 0, len(block.text), None))


def compute(funding: Funding) -> None:
    """Add the items up; what is unknown stays None."""
    needs = sum(n.amount for n in funding.needs) if funding.needs else None
    known = [s for s in funding.sources if s.amount is not None]
    sources = sum(s.amount or 0 for s in known) if known else None
    usable = sum(s.amount or 0 for s in known if not s.conditional)
    both = needs is not None and sources is not None
    funding.computed = ComputedFunding(
        needs=needs, sources=sources,
        balance=(sources or 0) - (needs or 0) if both else None,
        usable_balance=usable - (needs or 0) if both else None,
    )  # fmt: skip
