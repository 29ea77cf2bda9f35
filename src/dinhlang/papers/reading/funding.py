"""Money: cost lines, sources, stated totals and balance, computed ones, support policies."""

from __future__ import annotations

import re

from dinhlang.papers.plan import ComputedFunding, Funding, Need, Source, StatedFunding, Support
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.citations import citations_in
from dinhlang.papers.reading.criteria import criterion_of, find_criteria
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import Amount, find_amounts, parse_number

_TOTAL = re.compile(
    r"\btong\b|\bcong\b(?! (?:trinh|tac|an|chuc|dong|nghe|khai|cong|quan|dan|lao))|tong cong"
)
_BALANCE = re.compile(
    r"con thieu|thieu hut|can doi|thieu von|so thieu|chua can doi|con thua|thieu so voi|so voi nhu cau"
)
_SOURCE_WORDS = re.compile(
    r"\bvon\b|nguon|ngan sach|dong gop|tai tro|tin dung|xa hoi hoa|doanh nghiep|\bvay\b|dau gia|huy dong|thuong|long ghep|doi ung|nhan dan|ung ho|dau tu cong"
)
_NEED_WORDS = re.compile(
    r"kinh phi|nhu cau|chi phi|tieu chi|xay|mua sam|lap dat|nang cap|mo rong|cai tao|sua chua|lam|du toan|cong trinh|mo hinh|ho tro|tap huan|tuyen truyen|duong|nha|ranh|he thong"
)
_SOURCE_HEAD = re.compile(
    r"nguon von|nguon kinh phi|huy dong|nguon luc|co cau nguon|co cau von|nguon$|nguon thuc hien"
)
_NEED_HEAD = re.compile(
    r"nhu cau|kinh phi thuc hien|du toan|khai toan|tong kinh phi|chi phi|noi dung chi|tong nguon von thuc hien|tong muc dau tu"
)
_CONDITION = re.compile(
    r"khi (?:\w+ ){0,4}(?:dat chuan|duoc cong nhan|hoan thanh|dat)|sau khi (?:\w+ ){0,5}(?:cong nhan|dat chuan|dat|hoan thanh)|thuong (?:khi|sau|cho|neu)|tien thuong|neu (?:\w+ ){0,3}(?:dat|duoc cong nhan)|thuong cong trinh"
)
_FUNDING = re.compile(r"kinh phi|nguon von|nguon luc|\bvon\b|ngan sach|can doi|dong gop|tai tro")


class _Book:
    """Collects what the paper says of money."""

    def __init__(self) -> None:
        self.funding = Funding()

    def total(self, kind: str, amount: int, block: Block) -> None:
        stated = self.funding.stated
        if kind == "needs" and stated.needs is None:
            stated.needs, stated.needs_lines = amount, block.lines
        elif kind == "sources" and stated.sources is None:
            stated.sources, stated.sources_lines = amount, block.lines
        elif kind == "balance" and stated.balance is None:
            stated.balance, stated.balance_lines = amount, block.lines


def _state_of(paper: Paper, block: Block, before: str | None) -> str | None:
    """Whether a block stands among costs or sources, by its heading, then by what came before."""
    for node in reversed(paper.outline.path(block)):
        if node.block is block and len(block.text) > 120:
            continue
        own = node.folded
        if re.search(r"can doi|con thieu", own) and not re.search(r"nguon|nhu cau", own):
            return "balance"
        if re.search(r"huy dong duoc|co cau nguon|nguon von huy dong|nguon huy dong", own):
            return "sources"
        if _NEED_HEAD.search(own) and not re.search(r"nguon (?:kinh phi|von) (?!thuc hien)", own):
            return "needs"
        if _SOURCE_HEAD.search(own) and not _NEED_HEAD.search(own):
            return "sources"
    return before


def read_funding(paper: Paper) -> Funding:
    """Needs, sources and totals of the parts on money; amounts in đồng."""
    book = _Book()
    state: str | None = None
    unit = 1
    header: tuple[str, ...] = ()
    for block in paper.content:
        if not _about_money(paper, block):
            continue
        folded = paper.folded(block)
        if re.search(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*(?:trieu dong|trd)", folded):
            unit = 10**6
        elif re.search(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*(?:nghin|ngan|1000) dong", folded):
            unit = 1000
        elif re.search(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*ty dong", folded):
            unit = 10**9
        elif re.search(r"(?:dvt|don vi(?: tinh)?)\s*:?\s*dong", folded):
            unit = 1
        if block.is_row:
            first = not (
                block.spot
                and paper.blocks[block.spot - 1].is_row
                and paper.blocks[block.spot - 1].table == block.table
            )
            header = block.cells if first else header
            if not first:
                _row(paper, block, header, unit, _state_of(paper, block, state), book)
            else:
                state = _lead_state(paper, block) or state
            continue
        lead = _lead(folded, block)
        if lead:
            state = lead
        _prose(paper, block, folded, _state_of(paper, block, state) if not lead else lead, book)
    _compute(book.funding)
    return book.funding


def _about_money(paper: Paper, block: Block) -> bool:
    if "funding" in paper.topics(block):
        return True
    topics = paper.topics(block)
    return not topics & {"organise", "purpose", "result", "rule"} and bool(
        re.search(
            r"tong (?:kinh phi|nguon von|von|nhu cau)|du kien kinh phi|kinh phi du kien",
            paper.folded(block),
        )
    )


def _lead(folded: str, block: Block) -> str | None:
    """A sentence that opens a list of costs or of sources."""
    if not (
        block.text.endswith(":")
        or block.label
        or re.match(r"tong (?:kinh phi|nhu cau|nguon|von)", folded)
    ):
        return None
    head = folded[:140]
    if re.search(
        r"nguon von huy dong|huy dong duoc|co cau nguon|nguon von (?:gom|bao gom)|trong do\s*:|tu cac nguon|nguon kinh phi(?! thuc hien)|chia theo nguon",
        head,
    ):
        return "sources"
    if re.search(
        r"nhu cau|kinh phi (?:thuc hien|de)|du kien tong|tong muc|chi tiet|noi dung chi|khai toan",
        head,
    ):
        return "needs"
    return None


def _lead_state(paper: Paper, block: Block) -> str | None:
    for at in range(block.spot - 1, max(-1, block.spot - 4), -1):
        lead = _lead(paper.folded(paper.blocks[at]), paper.blocks[at])
        if lead:
            return lead
    head = " ".join(block.cells).lower()
    if "nguồn" in head:
        return "sources"
    return "needs" if "kinh phí" in head or "nhu cầu" in head else None


def _prose(paper: Paper, block: Block, folded: str, state: str | None, book: _Book) -> None:
    amounts = [a for a in find_amounts(block.text) if a.per is None]
    if _BALANCE.search(folded) and amounts:
        _balance(block, folded, amounts, book)
        return
    if not amounts:
        if (
            state == "sources"
            and (block.bullet or block.label)
            and _SOURCE_WORDS.search(folded[:90])
            and _is_source_item(block, folded)
        ):
            book.funding.sources.append(_source(block, folded, 0, len(block.text), None))
        return
    if _is_total(folded, amounts[0].start):
        _total(block, folded, amounts, state, book)
        return
    _items(paper, block, folded, amounts, state, book)


def _is_total(folded: str, at: int) -> bool:
    return bool(
        re.search(
            r"^\W*(?:tong|cong)\b|\btong (?:cong|so|kinh phi|nguon|von|nhu cau|muc|du toan|gia tri)",
            folded[:at],
        )
    )


def _is_source_item(block: Block, folded: str) -> bool:
    return (
        bool(
            re.match(
                r"(?:\W|bo tri|huy dong|tu|cac|tranh thu)*\s*(?:nguon|von|ngan sach|kinh phi|dong gop|nhan dan|doanh nghiep|xa hoi)",
                folded,
            )
        )
        or "nguon" in folded[:60]
    )


def _balance(block: Block, folded: str, amounts: list[Amount], book: _Book) -> None:
    equal = [m.end() for m in re.finditer("=", folded)]
    chosen: Amount | None = None
    lack = re.search(r"thieu", folded)
    if equal:
        chosen = next((a for a in amounts if a.start >= equal[-1]), None)
    if chosen is None and lack:
        chosen = next((a for a in amounts if a.start >= lack.start()), None)
    if chosen is None:
        chosen = amounts[-1]
    surplus = re.search(r"con thua|thua\b", folded) and not lack
    book.total("balance", chosen.value if surplus else -chosen.value, block)


def _total(
    block: Block, folded: str, amounts: list[Amount], state: str | None, book: _Book
) -> None:
    before = folded[: amounts[0].start]
    if re.search(
        r"nguon von|huy dong|cac nguon|tong nguon|tong von huy|nguon luc", before
    ) and not re.search(r"nhu cau|kinh phi toi thieu|kinh phi thuc hien", before):
        book.total("sources", amounts[0].value, block)
    elif re.search(r"kinh phi|nhu cau|muc dau tu|du toan|chi phi", before) or state == "needs":
        book.total("needs", amounts[0].value, block)
    elif state == "sources":
        book.total("sources", amounts[0].value, block)
    rest = amounts[1:]
    if rest and re.search(r"trong do|gom|bao gom", folded):
        at = folded.find("trong do")
        at = at if at >= 0 else folded.find("gom")
        for amount in rest:
            if amount.start > at:
                start = _item_start(block.text, amount.start, at)
                if _SOURCE_WORDS.search(folded[start : amount.start]):
                    book.funding.sources.append(
                        _source(block, folded, start, amount.end, amount.value)
                    )


def _item_start(text: str, at: int, floor: int) -> int:
    start = max(text.rfind(mark, floor, at) for mark in (";", ":", ", ", "+ ")) + 1
    return max(start, floor)


def _source(block: Block, folded: str, start: int, end: int, amount: int | None) -> Source:
    text = block.text[start:end]
    words = re.split(r"\s*\(|\s*:\s*(?=\d|khoảng|dự kiến)", text.strip(" -+:;,."))[0]
    if amount is not None:
        words = re.sub(
            r"\s*(?:là|khoảng|dự kiến|đạt|ước|với số tiền|số tiền)?\s*:?\s*\d[\d.,]*\s*(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|trđ).*$",
            "",
            words,
        )
    stop = folded.find(";", end)
    tail = folded[start : stop if stop >= 0 else len(folded)]
    return Source(
        text=words.strip(" .,;:") or text.strip(), amount=amount,
        conditional=bool(_CONDITION.search(tail)), lines=block.lines_of(start, end),
        spans=block.spans(start, end),
    )  # fmt: skip


def _items(
    paper: Paper, block: Block, folded: str, amounts: list[Amount], state: str | None, book: _Book
) -> None:
    parts: list[tuple[int, Amount]] = []
    floor = 0
    for amount in amounts:
        begin = max(block.text.rfind(";", floor, amount.start) + 1, floor)
        if floor == 0:
            colon = block.text.find(":", 0, amount.start)
            many = (
                len(amounts) > 1
                and colon >= 0
                and re.search(r"trong do|gom|nhu sau", folded[:colon])
            )
            begin = colon + 1 if many else 0
        parts.append((begin, amount))
        floor = amount.end
    for begin, amount in parts:
        words = folded[begin : amount.start]
        criterion = None
        is_source = _looks_source(words, folded, state)
        if not is_source:
            mentions = [m for m in find_criteria(paper, block) if begin <= m.start < amount.end]
            criterion = mentions[0].number if mentions else criterion_of(paper, block)
        start = begin + (len(block.text[begin:]) - len(block.text[begin:].lstrip(" ,;-+")))
        if is_source:
            book.funding.sources.append(_source(block, folded, start, amount.end, amount.value))
        elif state in ("needs", None) or _NEED_WORDS.search(words):
            text = re.sub(
                r"[;,:]?\s*(?:với\s+)?(?:tổng\s+)?(?:dự kiến|kinh phí|khoảng|là|ước|dự toán|số tiền|tổng mức đầu tư|cần|:|\s)*$",
                "",
                block.text[start : amount.start],
            )
            head = re.match(r"(?:Tiêu chí|TC)[^:]{2,80}:\s*", text)
            if head and len(text) - head.end() > 5:
                text = text[head.end() :]
            book.funding.needs.append(
                Need(
                    text=text.strip(" .,;:") or block.text[:80], amount=amount.value, criterion=criterion,
                    lines=block.lines_of(start, amount.end), spans=block.spans(start, amount.end),
                )
            )  # fmt: skip


def _looks_source(words: str, folded: str, state: str | None) -> bool:
    source = bool(_SOURCE_WORDS.search(words))
    need = bool(
        re.search(
            r"tieu chi|xay|mua sam|lap dat|mo rong|nang cap|cai tao|sua chua|cong trinh", words
        )
    )
    if state == "sources":
        return source or not need
    if state == "needs":
        return source and not need and not re.search(r"kinh phi|nhu cau", words)
    return source and not need


def _row(
    paper: Paper, block: Block, header: tuple[str, ...], unit: int, state: str | None, book: _Book
) -> None:
    heads = [h.lower() for h in header]
    money = [
        at for at, h in enumerate(heads)
        if re.search(r"kinh phí|số tiền|nhu cầu|thành tiền|tổng|đồng|giá trị|dự toán|mức vốn|vốn", h) and not re.search(r"nguồn$|nội dung|tên nguồn|^nguồn vốn$|ghi chú|điều kiện", h)
    ]  # fmt: skip
    column = next(
        (
            at
            for at in money
            if "tổng" in heads[at] or "kinh phí" in heads[at] or "số tiền" in heads[at]
        ),
        money[0] if money else -1,
    )
    if column < 0 or column >= len(block.cells):
        return
    cell = block.cells[column]
    head_unit = unit
    for word, factor in (("tỷ đồng", 10**9), ("triệu đồng", 10**6), ("nghìn đồng", 1000)):
        if word in heads[column] or any(word in h for h in heads[column : column + 1]):
            head_unit = factor
    amounts = find_amounts(cell)
    number = parse_number(cell.strip())
    value = (
        amounts[0].value if amounts else (int(number * head_unit) if number is not None else None)
    )
    texts = [
        (at, c)
        for at, c in enumerate(block.cells)
        if at != column
        and not re.fullmatch(r"[\dIVXa-z.,)\s%]*", c)
        and at < (column if column > 1 else 99)
    ]
    text_at, text = max(texts, key=lambda pair: len(pair[1]), default=(-1, ""))
    if value is None:
        return
    folded = paper.folded(block)
    if re.search(r"^\W*(?:\w{1,3}\W+)?(?:tong|cong)\b", folded):
        book.total(
            "sources" if state == "sources" or re.search("nguon", folded[:40]) else "needs",
            value,
            block,
        )
        return
    if _BALANCE.search(folded):
        book.total("balance", -abs(value), block)
        return
    at = (
        block.text.find(cell, block.text.find(text) + len(text))
        if column > text_at
        else block.text.find(cell)
    )
    spans = block.spans(at, at + len(cell)) if at >= 0 else []
    if state == "sources" or (
        state is None and _SOURCE_WORDS.search(folded) and not _NEED_WORDS.search(folded)
    ):
        book.funding.sources.append(
            Source(
                text=text,
                amount=value,
                conditional=bool(_CONDITION.search(folded)),
                lines=block.lines,
                spans=spans,
            )
        )
        return
    mentions = find_criteria(paper, block)
    criterion = mentions[0].number if mentions else None
    if criterion is None:
        at_criterion = next((i for i, h in enumerate(heads) if "tiêu chí" in h), -1)
        if 0 <= at_criterion < len(block.cells):
            digits = re.search(r"\d{1,2}", block.cells[at_criterion])
            criterion = int(digits.group()) if digits else None
    book.funding.needs.append(
        Need(text=text, amount=value, criterion=criterion, lines=block.lines, spans=spans)
    )


def _compute(funding: Funding) -> None:
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
    funding.stated = funding.stated or StatedFunding()


_SUPPORT = re.compile(r"hỗ trợ|mức thưởng|thưởng|trợ cấp|khen thưởng", re.I)


def read_support(paper: Paper) -> list[Support]:
    """Policies that pay so much per household, metre, model; with the document they rest on."""
    out: list[Support] = []
    for block in paper.content:
        if not _SUPPORT.search(block.text):
            continue
        for amount in find_amounts(block.text):
            if (
                amount.per is None
                or (re.search(r"người|khẩu", amount.per)
                and "hu nhập" in block.text)
            ):
                continue
            if not _SUPPORT.search(block.text[max(0, amount.start - 160) : amount.start]):
                continue
            cited = citations_in(block)
            start = max(block.text.rfind(mark, 0, amount.start) for mark in (". ", "; ", ": ")) + 1
            text = block.text[start : amount.end].strip(" .;:")
            out.append(
                Support(
                    text=text, amount=amount.value, per=amount.per,
                    basis=cited[0].number if cited else None,
                    lines=block.lines_of(amount.start, amount.end), spans=block.spans(amount.start, amount.end),
                )
            )  # fmt: skip
    return out
