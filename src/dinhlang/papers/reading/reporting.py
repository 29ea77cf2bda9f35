"""Rules of reporting: who to whom, how often, by which weekday and hour, by which channel."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from dinhlang.papers.plan import Due, Period, ReportRule
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.duties import office_above
from dinhlang.papers.reading.offices import find_offices, office_at
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import Table, cell
from dinhlang.vietnamese import DueMatch, find_due, find_frequencies
from dinhlang.vietnamese.guarded import guarded

_REPORT = guarded(
    r"[Bb]áo cáo(?! viên)|[Gg]ửi (?:về|báo cáo|kết quả|ảnh|hình ảnh|số liệu|tin)|[Gg]iao ban"
    r"|\bbáo (?:việc|tin|số liệu|kết quả|tiến độ)|cập nhật (?:số liệu|kết quả)"
)
_NOT = re.compile(
    r"[Bb]áo cáo (?:viên|số(?! liệu)|chính trị|trung tâm|tổng kết \d+ năm)|ăn cứ (?:[Bb]áo cáo)|"
    r"[Bb]áo cáo số(?! liệu)"
)
_TO = re.compile(
    r"(?:gửi\s+(?:về\s+|cho\s+|đến\s+)?|(?:báo cáo|nộp)\s+(?:về\s+|cho\s+|lên\s+|với\s+)?|"
    r"\bvề\s+|\bcho\s+|\bvới\s+|\blên\s+|\bđến\s+|\bqua\s+|\bđể\s+|kịp thời\s+|của\s+)(?:các\s+)?$"
)
_CHANNELS = (
    ("Zalo", r"zalo"), ("Facebook", r"facebook"), 
    ("hình ảnh", r"hình ảnh|bằng ảnh|ảnh chụp|gửi ảnh"),
    ("cổng thông tin điện tử", r"cổng thông tin|trang thông tin"), 
    ("văn bản", r"bằng văn bản|bằng giấy"),
    ("thư điện tử", r"thư điện tử|email|e-mail|hộp thư"), ("điện thoại", r"điện thoại|tin nhắn"),
    ("phần mềm", r"phần mềm|hệ thống báo cáo|VNPT|iOffice"),
)  # fmt: skip
_REGULAR = re.compile(
    r"định kỳ|hàng |hằng |theo quy định|đột xuất|kịp thời|thường xuyên|chế độ|trước \d|chậm "
    r"nhất|trước ngày|mỗi ",
    re.I,
)
_HOUR = re.compile(
    r"(?:(?:trước|chậm nhất|lúc|vào)\s+|^|, )(\d{1,2})\s*(?:h|giờ|g)\s*(\d{2})?(?!\d)"
)
_DAY = re.compile(
    r"(?:trước|vào|chậm nhất)\s+(?:là\s+)?ngày\s+(\d{1,2})(?!\s*[/\d]|\s*tháng(?! đầu| cuối))"
)
_PASSED_ON = re.compile(r"tổng hợp,? báo cáo|báo cáo (?:về|gửi|cho)")


_NEW_RULE = re.compile(r",(?=\s+(?:\d+ tháng|hằng|hàng|định kỳ|mỗi|cuối|trước)\s)")


@dataclass(slots=True)
class _Piece:
    """A stretch of a block that states one rule."""

    start: int
    end: int
    text: str


def _pieces(text: str) -> list[_Piece]:
    """Clauses, parted again where a second rule begins behind a comma with its own period."""
    out: list[_Piece] = []
    start = 0
    for stop in [*(m.end() for m in re.finditer(r"[;.](?=\s|$)", text)), len(text)]:
        out += _parted(text, start, stop)
        start = stop
    return [p for p in out if len(p.text.strip()) > 12]


def _parted(text: str, start: int, stop: int) -> list[_Piece]:
    clause = text[start:stop]
    verbs = [m.start() for m in _REPORT.finditer(clause)]
    cuts: list[int] = []
    if len(verbs) > 1:
        for comma in _NEW_RULE.finditer(clause, verbs[0]):
            if any(v > comma.end() for v in verbs):
                cuts.append(comma.end())
    edges = [0, *cuts, len(clause)]
    return [_Piece(start + a, start + b, clause[a:b]) for a, b in itertools.pairwise(edges)]


def _receiver(clause: str, at: int) -> str | None:
    for office in find_offices(clause, at):
        if _TO.search(clause[max(0, office.start - 22) : office.start]):
            return office.name
    return None


_GIVES = re.compile(
    r"\s*(?:giao(?: nhiệm vụ| trách nhiệm)?(?: cho)?|phân công|yêu cầu|đề nghị|chỉ đạo)\s+",
    re.IGNORECASE,
)


def _sender(paper: Paper, block: Block, clause: str, at: int) -> str | None:
    """Who reports: named before the verb, else the block's own subject, else the office above."""
    named = [
        o for o in find_offices(clause, 0, at)
        if not _TO.search(clause[max(0, o.start - 14) : o.start])
    ]  # fmt: skip
    if named:
        first = last = named[0]
        for office in named[1:]:
            if _GIVES.fullmatch(clause, last.end, office.start):
                first = last = office  # “UBND xã giao Công chức Văn hóa … báo cáo”
                continue
            if office.start - last.end > 4:
                break
            last = office
        return clause[first.start : last.end]
    subject = office_at(block.text, 0)
    if subject is not None and not block.bullet:
        return subject.name
    above = office_above(paper, block)
    if above:
        return above
    return subject.name if subject else None


def _channels(clause: str) -> list[str]:
    low = clause.lower()
    return [name for name, pattern in _CHANNELS if re.search(pattern, low)]


def read_reporting(paper: Paper) -> list[ReportRule]:
    """The reporting rules of the paper, one a period."""
    out: list[ReportRule] = []
    if paper.document.kind == "minutes":
        return out
    for block in paper.content:
        if block.is_row or not _REPORT.search(block.text):
            continue
        topics = paper.topics(block)
        telling = paper.document.kind == "report" and not topics & {"reporting", "task", "solution"}
        if "purpose" in topics or telling or (block.section < 0 and block.spot < paper.body + 8):
            continue
        if block.label and len(block.text) < 60 and not find_frequencies(block.text):
            continue
        out += _in_block(paper, block)
    for table in paper.tables:
        if "report" in table.roles:
            out += _table(table)
    return sorted(_once(out), key=lambda r: r.lines)


def _table(table: Table) -> list[ReportRule]:
    """``Nơi gửi | Nơi nhận | Kỳ báo cáo | Thời hạn``."""
    sender = table.column(r"noi gui|ben gui|nguoi bao cao|don vi bao cao|ai bao cao|don vi|co quan")
    to = table.column(r"noi nhan|ben nhan|gui (?:cho|den|ve)|cap nhan")
    out: list[ReportRule] = []
    for row in table.rows:
        rest = ", ".join(c for at, c in enumerate(row.cells) if at not in (sender, to) and c)
        periods, dues = _periods(rest)
        day = re.search(r"[Nn]gày\s+(\d{1,2})(?!\s*[/\d])", rest)
        for period in periods or _unsaid(rest):
            due = _due(rest, period, periods, dues)
            if due is None and day and len(periods) <= 1:
                due = Due(day=int(day[1]))
            out.append(
                ReportRule(
                    from_=cell(row, sender) or None, to=cell(row, to) or None, period=period,
                    due=due, channels=_channels(rest), lines=row.lines, spans=row.spans(),
                )
            )  # fmt: skip
    return out


def _in_block(paper: Paper, block: Block) -> list[ReportRule]:
    out: list[ReportRule] = []
    last_sender: str | None = None
    topics = paper.topics(block)
    pieces = _pieces(block.text)
    for at, piece in enumerate(pieces):
        clause = piece.text
        match = _REPORT.search(clause)
        if not match or _NOT.search(clause):
            continue
        periods, dues = _periods(clause)
        receiver = _receiver(clause, match.start())
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if receiver is None and following and clause.rstrip().endswith(","):
            receiver = _receiver(following.text, 0)
        regular = bool(_REGULAR.search(clause)) and (
            receiver or "reporting" in topics or "organise" in topics
        )
        passed_on = receiver and "organise" in topics and _PASSED_ON.search(clause)
        if not (periods or dues or regular or passed_on):
            continue
        sender = _sender(paper, block, clause, match.start()) or last_sender
        last_sender = sender
        for period in periods or _unsaid(clause):
            out.append(
                ReportRule(
                    from_=sender, to=receiver, period=period,
                    due=_due(clause, period, periods, dues),
                    channels=_channels(clause), lines=block.lines_of(piece.start, piece.end),
                    spans=block.spans(piece.start, piece.end),
                )
            )  # fmt: skip
    return out


def _periods(clause: str) -> tuple[list[Period], list[DueMatch]]:
    dues = find_due(clause)
    found: list[Period] = [d.period for d in dues if d.period]
    for _, _, period in find_frequencies(clause):
        if period not in found and not (period == "monthly" and "quarterly" in found):
            found.append(period)
    periods = list(dict.fromkeys(found))
    if "unstated" in periods and any(p not in ("unstated", "ad-hoc") for p in periods):
        periods.remove("unstated")
    return periods, dues


def _unsaid(clause: str) -> list[Period]:
    return ["ad-hoc"] if re.search(r"kịp thời|đột xuất|khi ", clause) else ["unstated"]


def _due(clause: str, period: Period, periods: list[Period], dues: list[DueMatch]) -> Due | None:
    """The day and hour of one period; an hour said apart from its weekday is put to it."""
    own = next((d for d in dues if d.period == period), None)
    if own is None and len(periods) <= 1 and dues:
        own = dues[0]
    dated = _HOUR.search(clause) or _DAY.search(clause)
    if own is None and (len(periods) > 1 or not dated):
        return None
    due = Due(weekday=own.weekday, time=own.time, day=own.day) if own else Due()
    for other in dues:
        due.weekday = due.weekday or (other.weekday if len(periods) <= 1 else None)
        due.time = due.time or (other.time if len(periods) <= 1 else None)
    day = _DAY.search(clause)
    if period in ("monthly", "quarterly") and due.day is None and day:
        due.day = int(day[1])
    hour = _HOUR.search(clause)
    if due.time is None and hour and int(hour[1]) < 24:
        due.time = f"{int(hour[1]):02d}:{hour[2] or '00'}"
    return due


def _once(rules: list[ReportRule]) -> list[ReportRule]:
    out: list[ReportRule] = []
    seen: set[tuple[object, ...]] = set()
    for rule in rules:
        key = (rule.from_, rule.to, rule.period, rule.lines)
        if key not in seen:
            seen.add(key)
            out.append(rule)
    return out
