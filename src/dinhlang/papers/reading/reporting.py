"""Rules of reporting: who to whom, how often, by which weekday and hour, by which channel."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Due, Period, ReportRule
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.offices import find_offices, office_at
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import find_due, find_frequencies

_REPORT = re.compile(r"[Bb]áo cáo(?! viên)|[Gg]ửi (?:về|báo cáo|kết quả)|[Gg]iao ban|[Pp]hản ánh")
_NOT = re.compile(
    r"[Bb]áo cáo (?:viên|số|chính trị|trung tâm|tổng kết \d+ năm)|ăn cứ (?:[Bb]áo cáo)|[Bb]áo cáo số"
)
_TO = re.compile(
    r"(?:gửi\s+(?:về\s+|cho\s+|đến\s+)?|(?:báo cáo|nộp)\s+(?:về\s+|cho\s+|lên\s+|với\s+)?|\bvề\s+|\bcho\s+|\bvới\s+|\blên\s+|\bđến\s+|\bqua\s+|\bđể\s+)$"
)
_CHANNELS = (
    ("Zalo", r"zalo"), ("Facebook", r"facebook"), ("hình ảnh", r"hình ảnh|bằng ảnh|ảnh chụp"),
    ("cổng thông tin điện tử", r"cổng thông tin|trang thông tin"), ("văn bản", r"bằng văn bản"),
    ("thư điện tử", r"thư điện tử|email|e-mail|hộp thư"), ("điện thoại", r"điện thoại|tin nhắn"),
    ("phần mềm", r"phần mềm|hệ thống báo cáo|VNPT|iOffice"),
)  # fmt: skip
_KEEP_PERIODS = {
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "ad-hoc",
    "unstated",
}
_REGULAR = re.compile(
    r"định kỳ|hàng |hằng |theo quy định|đột xuất|kịp thời|thường xuyên|chế độ|trước \d|chậm nhất|trước ngày|mỗi ",
    re.I,
)


def _clauses(text: str) -> list[tuple[int, int]]:
    out = []
    start = 0
    for match in re.finditer(r"[;.](?=\s|$)", text):
        out.append((start, match.start()))
        start = match.end()
    if start < len(text):
        out.append((start, len(text)))
    return [(a, b) for a, b in out if b - a > 12]


def _receiver(clause: str, at: int) -> str | None:
    for office in find_offices(clause, at):
        if _TO.search(clause[max(0, office.start - 22) : office.start]):
            return office.name
    return None


def _sender(paper: Paper, block: Block, clause: str, at: int, start: int) -> str | None:
    named = find_offices(clause, 0, at)
    named = [o for o in named if not _TO.search(clause[max(0, o.start - 14) : o.start])]
    if named:
        first, last = named[0], named[0]
        for office in named[1:]:
            if office.start - last.end <= 4:
                last = office
            else:
                break
        if first.start <= 60 or len(named) == 1:
            return clause[first.start : last.end]
    before = find_offices(block.text, 0, start)
    topics = paper.own_topics(block)
    heading = paper.heading_of(block)
    if "reporting" not in topics and office_at(heading, 0):
        return heading.strip(" .:")
    if before and (before[0].start <= 30):
        return before[0].name
    for node in reversed(paper.outline.path(block)):
        if office_at(node.title, 0) and node.block is not block:
            return node.title.strip(" .:")
    return None


def _channels(clause: str) -> list[str]:
    low = clause.lower()
    return [name for name, pattern in _CHANNELS if re.search(pattern, low)]


def read_reporting(paper: Paper) -> list[ReportRule]:
    """The reporting rules of the paper, one a period."""
    out: list[ReportRule] = []
    if paper.document.kind in ("minutes",):
        return out
    for block in paper.content:
        if block.is_row or not _REPORT.search(block.text):
            continue
        topics = paper.topics(block)
        if topics & {"purpose"} or (block.section < 0 and block.spot < paper.body + 8):
            continue
        out += _in_block(paper, block)
    return _once(out)


def _in_block(paper: Paper, block: Block) -> list[ReportRule]:
    out: list[ReportRule] = []
    last_sender: str | None = None
    for start, end in _clauses(block.text):
        clause = block.text[start:end]
        match = _REPORT.search(clause)
        if not match or _NOT.search(clause):
            continue
        frequencies = [(a, b, p) for a, b, p in find_frequencies(clause) if p in _KEEP_PERIODS]
        dues = find_due(clause)
        strict = "reporting" in paper.topics(block)
        receiver = _receiver(clause, match.start())
        if not (
            frequencies
            or dues
            or (_REGULAR.search(clause) and (receiver or strict))
            or (strict and receiver)
        ):
            if not (
                receiver
                and "organise" in paper.topics(block)
                and re.search(r"tổng hợp,? báo cáo|báo cáo (?:về|gửi|cho)", clause)
            ):
                continue
        sender = _sender(paper, block, clause, match.start(), start) or last_sender
        last_sender = sender
        out += _rules(block, clause, start, end, sender, receiver, frequencies, dues)
    return out


def _rules(block, clause, start, end, sender, receiver, frequencies, dues) -> list[ReportRule]:  # type: ignore[no-untyped-def]
    periods: list[Period] = []
    for _, _, period in frequencies:
        if period not in periods:
            periods.append(period)
    for due in dues:
        if due.period and due.period not in periods:
            periods.append(due.period)
    if len(periods) > 1 and "unstated" in periods:
        periods.remove("unstated")
    if not periods:
        periods = ["ad-hoc"] if re.search(r"kịp thời|đột xuất|khi ", clause) else ["unstated"]
    made = []
    for period in periods:
        due = next(
            (d for d in dues if d.period == period), dues[0] if dues and len(periods) == 1 else None
        )
        made.append(
            ReportRule(
                from_=sender, to=receiver, period=period,
                due=Due(weekday=due.weekday, time=due.time, day=due.day) if due else None,
                channels=_channels(clause), lines=block.lines_of(start, end), spans=block.spans(start, end),
            )
        )  # fmt: skip
    return made


def _once(rules: list[ReportRule]) -> list[ReportRule]:
    out: list[ReportRule] = []
    seen: set[tuple[object, ...]] = set()
    for rule in rules:
        key = (rule.from_, rule.to, rule.period, rule.lines)
        if key not in seen:
            seen.add(key)
            out.append(rule)
    return out
