"""What a sentence says of reports and meetings: who, to whom, how often, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dinhlang.papers.checking.dates.moments import Key, key_of
from dinhlang.papers.checking.text.bodies import bodies_in, mentions_in
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs, sentences
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import DueMatch, find_due, find_frequencies, find_periods, fold
from dinhlang.vietnamese.guarded import any_in, guarded

RHYTHMS = {
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "fortnightly": "2 tuần một lần",
    "monthly": "hằng tháng",
    "quarterly": "hằng quý",
    "half-yearly": "6 tháng",
    "yearly": "hằng năm",
}
WEEKDAYS = ("", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MEET = guarded(
    r"\b(?P<what>giao ban|họp|hội ý|sinh hoạt|kiểm tra|sơ kết)\b(?!\s+(?:dân|thôn|xóm|ấp|bản"
    r"|phụ huynh|báo|tác|đồng))",
    re.IGNORECASE,
)
# “Báo cáo quý: các thôn gửi …”, “Báo cáo năm được UBND xã gửi …” name a report, they send none.
_SEND = re.compile(
    r"\b(?:báo cáo(?! viên|(?:\s+[^\s:,;.]+){0,4}\s*:|(?:\s+[^\s:,;.]+){0,3}\s+(?:được|do)\s)"
    r"|gửi|nộp)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\bbáo cáo\b(?! viên)|\b(?:gửi|nộp)\s+(?:về\s+|cho\s+)?(?:các\s+)?"
    r"(?:báo cáo|số liệu|kết quả|biểu|UBND|Ban|[ỦU][ỷy] ban nhân dân|Thường trực|Đảng [ủu][ỷy])",
    re.IGNORECASE,
)
_NOT_DUTY = re.compile(
    r"^\W*(?:Căn cứ|Theo đề nghị|Xét|Thực hiện (?:Kế hoạch|Nghị quyết|Quyết định|Công văn))"
    r"|\bbáo cáo (?:số\s*:?\s*\d|chính trị|tổng kết \d+ năm)"
)
_DAY = guarded(
    r"\bngày\s+(?:mùng\s+)?(\d{1,2})\s+(?:h[àằ]ng|mỗi)\s+(?:tháng|quý)\b|(?:trước|vào|chậm nhất"
    r"|muộn nhất|hạn)\s+(?:là\s+|vào\s+)?ngày\s+(?:mùng\s+)?"
    r"(\d{1,2})(?!\s*[/\d])",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:của|trước|vào|h[àằ]ng|mỗi|định kỳ|để|theo|qua|chậm nhất|bằng|khi|nếu|trong)\b|[;(]", re.I
)
# Whose report it is, behind the verb: “báo cáo tháng của các đoàn thể gửi về Văn phòng UBND xã”.
_OWNER = re.compile(r"\bcủa\s+(?P<who>[^,;.:(]{3,60})", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:về|cho|đến|lên|với|tới|cáo|gửi|nộp)\s+(?P<to>[A-ZĐ][^,;.(]{3,60})")
_CHANNEL = guarded(
    r"zalo|nhóm|hệ thống|phần mềm|cổng|email|thư điện tử|đường dây|trang thông tin", re.IGNORECASE
)


@dataclass(slots=True, frozen=True)
class Told:
    """One sentence on a report or a meeting.

    ``kind`` is ``báo cáo``, ``họp``, …; bodies are keys with their level (``thon.xa``); ``sends``
    holds the receivers of each verb of sending, with where its words begin and end.
    """

    kind: str
    paragraph: Paragraph
    start: int
    end: int
    words: str
    who: frozenset[str]
    to: frozenset[str]
    periods: frozenset[str]
    day: int | None
    weekday: int | None
    dated: bool
    channel: bool
    named: bool
    sends: tuple[tuple[frozenset[str], int, int], ...] = ()


def told(plan: Plan) -> tuple[Told, ...]:
    """Every sentence of the paper that tells of a report or a meeting of a body."""
    return _cached(key_of(plan))


@lru_cache(maxsize=4)
def _cached(key: Key) -> tuple[Told, ...]:
    return tuple(each for part in paragraphs(key.plan) for each in _of(part))


_RHYTHM = guarded(r"h[àằ]ng|mỗi|định kỳ|lần|tháng|tuần|quý|ngày|năm|thứ|giờ", re.IGNORECASE)
_FORTNIGHT = re.compile(
    r"\b(?:0?2|hai)\s+tuần(?:\s*/\s*|\s+)(?:(?:một"
    r"|0?1)\s+)?lần",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:từng|theo)\s+(tuần|tháng|quý|năm)\b", re.IGNORECASE)
_EACH = {"tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_TO_SUBJECT = 8  # letters before the name of the first body: “Đoàn Thanh niên”
_QUICK = ("họp", "giao ban", "hội ý", "sinh hoạt", "kiểm tra", "sơ kết", "báo cáo", "gửi", "nộp")


def _of(part: Paragraph) -> Iterator[Told]:
    table = part.cells and any(any_in(("bao cao", "noi gui", "ben gui"), h) for h in part.head)
    low = part.text.lower()
    if not table and (not any_in(_QUICK, low) or _NOT_DUTY.search(part.text)):
        return
    if part.cells:
        if part.cells != part.columns:
            yield from _row(part) if table else _among_duties(part)
        return
    for begin, stop in part.parts:
        if not any_in(_QUICK, low[begin:stop]):
            continue
        words = part.text[begin:stop]
        meeting, report = _MEET.search(words), _REPORT.search(words)
        verb = min((m for m in (meeting, report) if m), key=lambda m: m.start(), default=None)
        if verb is None:
            continue
        if verb is meeting and not _RHYTHM.search(words):
            continue
        when = words if verb is meeting else _of_report(words, verb.start())
        due = find_due(when) if _RHYTHM.search(when) else []
        day, weekday, dated = _when(when, due)
        sends = tuple(_sends(words)) if verb is report else ()
        titled = verb is report and re.match(r"[^:,;]{0,30}:", words[verb.end() :])
        sending = _SEND.search(words, verb.end()) if titled else None  # behind “Chế độ báo cáo: …”
        who, named = _who(part, words[: (sending or verb).start()], words)
        if verb is meeting and report:
            yield from _report_behind(part, begin, words, report)
        kind = "báo cáo" if verb is report else verb["what"].lower()
        yield Told(
            kind="họp" if kind in ("họp", "giao ban", "hội ý") else kind,
            paragraph=part, start=begin, end=stop, words=words, who=who,
            to=frozenset().union(*(keys for keys, _, _ in sends[:1])), periods=_periods(when, due),
            day=day, weekday=weekday, dated=dated,
            channel=bool(_CHANNEL.search(words, verb.start())), named=named, sends=sends,
        )  # fmt: skip


# “báo cáo tháng (ngày 20), báo cáo 6 tháng (trước 15/6)”
_IN_BRACKETS = re.compile(
    r"\((?:(?:trước|vào|hạn|chậm nhất)\s+)?(?:ngày\s+)?\d{1,2}(?:/\d{1,2})?\)"
)
_OTHER_WORK = re.compile(
    r"\b(?:ghi chép|ghi sổ|cập nhật|chấm|trực|chụp ảnh|họp|sinh hoạt|kiểm tra|ra quân"
    r"|tuyên truyền|giao ban)\b",
    re.I,
)


def _of_report(words: str, start: int) -> str:
    """The words that may date a report: not the rhythm of a meeting in the clause before it."""
    comma = words.rfind(",", 0, start)
    return words[comma + 1 :] if comma > 0 and _OTHER_WORK.search(words[:comma]) else words


def _report_behind(
    part: Paragraph, begin: int, words: str, report: re.Match[str]
) -> Iterator[Told]:
    """The report a sentence tells of behind a meeting: “họp mỗi tháng, báo cáo kịp thời xã”."""
    comma = words.rfind(",", 0, report.start())
    if comma < 0:
        return
    own = words[comma + 1 :]
    due = find_due(own) if _RHYTHM.search(own) else []
    day, weekday, dated = _when(own, due)
    who, named = _who(part, words[:comma], words)
    sends = tuple(_sends(own))
    yield Told(
        kind="báo cáo", paragraph=part, start=begin + comma + 1, end=begin + len(words), words=own,
        who=who, to=frozenset().union(*(keys for keys, _, _ in sends[:1])),
        periods=_periods(own, due), day=day, weekday=weekday, dated=dated,
        channel=bool(_CHANNEL.search(own)), named=named, sends=sends,
    )  # fmt: skip


def _periods(words: str, due: list[DueMatch]) -> frozenset[str]:
    if not _RHYTHM.search(words):
        return frozenset()
    found: set[str] = {e.period for e in find_frequencies(words) if e.period in RHYTHMS}
    if _FORTNIGHT.search(words):
        found = {"fortnightly"}
    found |= {_EACH[match[1].lower()] for match in _EVERY.finditer(words)}
    return frozenset(found | {each.period for each in due if each.period})


def _when(words: str, due: list[DueMatch]) -> tuple[int | None, int | None, bool]:
    day = next((each.day for each in due if each.day), None)
    weekday = next((each.weekday for each in due if each.weekday), None)
    match = _DAY.search(words)
    day = day or (int(match[1] or match[2]) if match else None)
    exact = any(p.kind in ("day", "until", "month", "quarter") for p in find_periods(words, 2000))
    timed = any(each.time for each in due) or _IN_BRACKETS.search(words) is not None
    return day, weekday, bool(day or weekday or exact or timed)


def _who(part: Paragraph, before: str, words: str) -> tuple[frozenset[str], bool]:
    """Who reports: named before the verb in its sentence or as the owner of the report; else the
    subject of the sentences before, the heading or the line that opens the list.
    """
    own = bodies_in(before)
    owner = None if own else _OWNER.search(words, len(before))
    if owner:
        own = bodies_in(_SEND.split(owner["who"], maxsplit=1)[0])
    if own:
        return _keys(own), True
    first = next(iter(mentions_in(part.folded)), None)
    if first and first[0] <= _TO_SUBJECT and part.text[first[1] : first[1] + 1] == " ":
        return _keys(
            bodies_in(part.text[: first[1]] + part.text[first[1] :].split(",")[0])[:1]
        ), True
    for head in (*part.above[-1:], part.opened):
        above = bodies_in(head.split(":")[0])
        if above:
            return _keys(above), False
    head = part.text.split(":")[0]
    return _keys(bodies_in(head) if len(head) < len(part.text) and words not in head else ()), False


def _keys(bodies: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(f"{key}.{level}" for key, level in bodies)


def _sends(words: str) -> Iterator[tuple[frozenset[str], int, int]]:
    """The receivers behind each verb of sending."""
    verbs = list(_SEND.finditer(words))
    for at, verb in enumerate(verbs):
        limit = verbs[at + 1].start() if at + 1 < len(verbs) else len(words)
        stop = _STOP.search(words, verb.end(), limit)
        end = stop.start() if stop else limit
        keys = _keys(bodies_in(words[verb.end() : end]))
        if (
            not keys
            and stop
            and stop[0] in ("của", "theo", "trước", "vào", "hằng", "hàng", "định kỳ", "mỗi")
        ):
            # “báo cáo trước ngày 20 hằng tháng về UBND xã”
            later = re.search(r"\b(?:về|cho|lên|đến|tới|với)\s+", words[end:limit])
            if later:
                end = limit
                keys = _keys(bodies_in(words[stop.start() + later.end() : limit]))
        unknown = _UNKNOWN.search(words, max(0, verb.start()), limit)
        if not keys and unknown and unknown.start() >= verb.start():
            keys = frozenset({f"{fold(unknown['to'])[:24]}.?"})
            end = unknown.end()
        if keys:
            yield keys, verb.start(), end


_DAY_COLUMN = re.compile(r"\bngay\b|\bhan\b|thoi (?:gian|han|diem)|cham nhat|\bluc\b|moc")
_PERIOD_COLUMN = re.compile(r"\bky\b|chu ky|tan suat|loai bao cao|so lan|che do")
_NAMED_PERIOD = re.compile(
    r"\W*(?:(?:báo cáo|kỳ|theo|từng|01 lần/)\s+)*(?:(?:1|2|3|01|02|03) lần/)?"
    r"(?P<each>tuần|tháng|quý|năm)\b",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(r"\d|\bthứ\b|chủ nhật|\b(?:cuối|đầu|giữa)\b", re.IGNORECASE)


def _row(part: Paragraph) -> Iterator[Told]:
    """``Nơi gửi | Nơi nhận | Kỳ | Hạn``: the heads say which bare number is a day."""
    sender = _column(part, r"noi gui|ben gui|nguoi bao cao|don vi|co quan|ai gui|ai bao cao")
    to = _column(
        part,
        r"noi nhan|ben nhan|bao cao (?:cho|ve|den|voi)|gui (?:cho|den|ve)|cap nhan|nhan bao cao",
    )
    if sender < 0 or to < 0 or sender == to:
        yield from _cell(part, sender)
        return
    rest = ", ".join(cell for at, cell in enumerate(part.cells) if at not in (sender, to))
    due = find_due(rest)
    day, weekday, dated = _when(rest, due)
    periods = set(_periods(rest, due))
    for head, cell in zip(part.head, part.cells, strict=False):
        each = _NAMED_PERIOD.match(cell) if _PERIOD_COLUMN.search(head) else None
        if each:
            periods.add(_EACH[each["each"].lower()])
        if _DAY_COLUMN.search(head) and _ON_A_DAY.search(cell):
            bare = re.search(r"\d{1,2}(?!\s*[/\d])", cell)
            day, dated = day or (int(bare[0]) if bare else None), True
    who, keys = _keys(bodies_in(part.cells[sender])), _keys(bodies_in(part.cells[to]))
    yield Told(
        kind="báo cáo", paragraph=part, start=0, end=len(part.text), words=part.text, who=who,
        to=keys, periods=frozenset(periods), day=day, weekday=weekday, dated=dated, channel=False,
        named=True, sends=((keys, 0, len(part.text)),) if keys else (),
    )  # fmt: skip


def _cell(part: Paragraph, sender: int) -> Iterator[Told]:
    """The cell of a column on reports in a table of offices: “Báo cáo UBND xã ngày 25”."""
    at = _column(part, r"bao cao")
    if at < 0 or not _SEND.search(part.cells[at]):
        return
    words = part.cells[at]
    start = part.text.find(words)
    due = find_due(words)
    day, weekday, dated = _when(words, due)
    who = bodies_in(part.cells[sender] if sender >= 0 else part.cells[0])
    sends = tuple(_sends(words))
    yield Told(
        kind="báo cáo", paragraph=part, start=start, end=start + len(words), words=words,
        who=_keys(who), to=frozenset().union(*(keys for keys, _, _ in sends[:1])),
        periods=_periods(words, due), day=day, weekday=weekday, dated=dated,
        channel=bool(_CHANNEL.search(words)), named=True, sends=sends,
    )  # fmt: skip


_OFFICES = r"^(?:don vi|co quan|bo phan|to chuc|noi |ai |ban|nguoi)|chu tri|phu trach|thuc hien"


def _among_duties(part: Paragraph) -> Iterator[Told]:
    """Reports told among the work of an office in a table: “Vận động hiến đất; báo cáo định kỳ”."""
    sender = _column(part, _OFFICES)
    if sender < 0:
        return
    who = _keys(bodies_in(part.cells[sender]))
    at = 0
    for index, cell in enumerate(part.cells):
        found = part.text.find(cell, at) if cell else -1
        at = max(found, at) + len(cell)
        if index == sender or found < 0 or not _REPORT.search(cell):
            continue
        for begin, stop in sentences(cell):
            words = cell[begin:stop]
            verb = _REPORT.search(words)
            if verb is None:
                continue
            due = find_due(words) if _RHYTHM.search(words) else []
            day, weekday, dated = _when(words, due)
            own = bodies_in(words[: verb.start()])
            sends = tuple(_sends(words))
            yield Told(
                kind="báo cáo", paragraph=part, start=found + begin, end=found + stop, words=words,
                who=_keys(own) if own else who,
                to=frozenset().union(*(keys for keys, _, _ in sends[:1])),
                periods=_periods(words, due), day=day, weekday=weekday, dated=dated,
                channel=bool(_CHANNEL.search(words)), named=True, sends=sends,
            )  # fmt: skip


def _column(part: Paragraph, pattern: str) -> int:
    return next(
        (
            at
            for at, head in enumerate(part.head)
            if re.search(pattern, head) and at < len(part.cells)
        ),
        -1,
    )
