"""The roadmap by quarter and month, and the waves of a campaign."""

from __future__ import annotations

import re
from datetime import date

from dinhlang.papers.plan import Campaign, ScheduleEntry, Wave
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.mentions import find_criteria
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import Table, cell
from dinhlang.vietnamese import PeriodMatch, find_periods
from dinhlang.vietnamese.guarded import guarded

_QUARTER_HEAD = re.compile(
    r"^(?:\d{1,2}[.)]\s*)?(?:Trong\s+)?[Qq]uý\s+(?:IV|I{1,3}|[1-4])(?:\s*(?:/|"
    r"năm\s*)?\s*20\d\d)?\s*(?P<rest>[:.\-–(]?.*)$"
)
_YEAR_HEAD = re.compile(r"^(?:Trong\s+)?[Nn]ăm\s+(?P<year>20\d\d)\s*[:.\-–]\s*(?P<rest>.{8,})$")
_MONTH_HEAD = re.compile(r"^(?:Trong\s+|Từ\s+)?[Tt]háng\s+\d{1,2}")
_DONE = re.compile(
    r"hoan thanh (?:cac )?(?:tieu chi|tieu so)|dat (?:chuan )?(?:cac )?tieu chi|hoan thien "
    r"(?:cac )?tieu chi"
)
_DAYS = re.compile(r"(?<!\d)(\d{2,3})\s+ngày(?:\s+đêm)?(?!\s*(?:làm việc|kể từ|tháng))")


def _period_name(period: PeriodMatch) -> str | None:
    if period.first is None or period.last is None:
        return None
    if period.kind == "quarter":
        return f"{period.first.year}-Q{(period.first.month + 2) // 3}"
    if period.kind == "year":
        return str(period.first.year)
    if period.first.month == period.last.month and period.first.year == period.last.year:
        return f"{period.first.year}-{period.first.month:02d}"
    first, last = (period.first.month + 2) // 3, (period.last.month + 2) // 3
    return f"{period.first.year}-Q{first}" if first == last else str(period.first.year)


def _completes(paper: Paper, block: Block) -> list[int]:
    """Numbers of the criteria the entry says it completes, in the order of the words."""
    folded = paper.folded(block)
    out: list[int] = []
    for mention in find_criteria(paper, block):
        before = folded[max(0, mention.start - 60) : mention.start]
        if (
            mention.number
            and mention.number not in out
            and re.search(r"hoan thanh|dat|hoan thien", before)
        ):
            out.append(mention.number)
    return out if _DONE.search(folded) else []


def _quarter_of(block: Block, year: int | None) -> tuple[PeriodMatch, str] | None:
    head = _QUARTER_HEAD.match(block.text)
    if not head:
        return None
    periods = find_periods(block.text[:40], year)
    if not periods or periods[0].kind != "quarter":
        return None
    return periods[0], head["rest"].lstrip(" :.-–")


def read_schedule(paper: Paper) -> list[ScheduleEntry]:
    """The entries of the roadmap: a quarter's bullets, or lines that begin with their months."""
    out: list[ScheduleEntry] = []
    quarter: str | None = None
    section = -1
    for block in paper.content:
        if block.is_row:
            continue
        if (
            quarter
            and block.label
            and block.label.style in ("roman", "part", "arabic")
            and block.section != section
        ):
            quarter = None
        head = _quarter_of(block, paper.year)
        if head:
            quarter, section = _period_name(head[0]), block.section
            if len(head[1]) > 5:
                out.append(_entry(paper, block, quarter or "", [], head[1]))
            continue
        year = _YEAR_HEAD.match(block.text)
        if year and "roadmap" in paper.topics(block):
            out.append(_entry(paper, block, year["year"], [], year["rest"]))
            continue
        if _MONTH_HEAD.match(block.text) and (quarter or "roadmap" in paper.topics(block)):
            out += _months_entry(paper, block)
            continue
        if quarter and (block.bullet or (block.label and block.label.style in ("lower", "paren"))):
            out.append(_entry(paper, block, quarter, [], block.text))
        elif quarter and not block.bullet and block.section != section:
            quarter = None
    for table in paper.tables:
        if "schedule" in table.roles:
            out += _table(paper, table)
    return sorted(out, key=lambda e: e.lines)


def _entry(paper: Paper, block: Block, period: str, months: list[int], text: str) -> ScheduleEntry:
    start = max(block.text.find(text), 0)
    return ScheduleEntry(
        period=period, months=months, text=text.strip(" .;"), completes=_completes(paper, block),
        lines=block.lines, spans=block.spans(start, len(block.text)),
    )  # fmt: skip


def _months_entry(paper: Paper, block: Block) -> list[ScheduleEntry]:
    periods = find_periods(block.text[:80], paper.year)
    if not periods:
        return []
    period = periods[0]
    name = _period_name(period)
    months = list(period.months) or _months_between(period)
    text = block.text[period.end :].lstrip(" :.-–,")
    if not name or len(text) < 8:
        return []
    if len(months) == 1 or re.fullmatch(r"\d{4}-\d{2}", name):
        quarter = (months[0] + 2) // 3
        name = f"{name[:4]}-Q{quarter}"
    return [_entry(paper, block, name, months, text)]


def _months_between(period: PeriodMatch) -> list[int]:
    if period.first is None or period.last is None or period.first.year != period.last.year:
        return []
    return list(range(period.first.month, period.last.month + 1))


def _table(paper: Paper, table: Table) -> list[ScheduleEntry]:
    """A roadmap table: the period, the work, and the criteria a column says it completes."""
    out: list[ScheduleEntry] = []
    done = table.column("tieu chi")
    when = table.column(r"^quy\b|thoi gian|^thang\b|thoi diem|giai doan")
    for row in table.rows:
        periods = find_periods(cell(row, when), paper.year)
        others = [c for at, c in enumerate(row.cells) if at not in (when, done)]
        text = max(others, key=len, default="")
        name = _period_name(periods[0]) if periods else None
        if not name or len(text) < 8:
            continue
        months = list(periods[0].months)
        if re.fullmatch(r"\d{4}-\d{2}", name):
            months = months or [int(name[5:])]
            name = f"{name[:4]}-Q{(int(name[5:]) + 2) // 3}"
        entry = _entry(paper, row, name, months, text)
        if done >= 0 and not entry.completes:
            numbers = [int(n) for n in re.findall(r"\d{1,2}", cell(row, done))]
            entry.completes = [n for n in numbers if 1 <= n <= 19]
        out.append(entry)
    return out


_WAVE = guarded(r"[Đđ]ợt|[Bb]ắt đầu|cao điểm|ra quân|phát động|chiến dịch|giai đoạn \d")


def read_campaign(paper: Paper) -> Campaign | None:
    """The campaign's stated days and its waves; None where the paper runs none."""
    days: int | None = None
    waves: list[Wave] = []
    named: list[Wave] = []  # those whose own sentence speaks of a wave
    lines: list[int] = []
    folded_title = (paper.document.title or "").lower()
    is_campaign = paper.document.kind == "campaign"
    for block in paper.content:
        text = block.text
        if not (_WAVE.search(text) or "ngày" in text) or block.text.startswith("Căn cứ"):
            continue
        match = _DAYS.search(text)
        near = text[max(0, match.start() - 60) : match.end() + 60] if match else ""
        if (
            match
            and days is None
            and re.search(r"cao điểm|chiến dịch|đợt|ra quân|ngày đêm|phong trào|thi đua", near)
        ):
            days = int(match[1])
            lines += block.lines
        if not _WAVE.search(text) and not is_campaign:
            continue
        for period in find_periods(text, paper.year):
            if (
                period.kind == "range"
                and period.first
                and period.last
                and _short(period.first, period.last)
            ):
                spans = block.spans(period.start, period.end)
                waves.append(
                    Wave(
                        start=period.first.isoformat(), end=period.last.isoformat(),
                        lines=block.lines_of(period.start, period.end), spans=spans,
                    )
                )  # fmt: skip
                begin = max(text.rfind(". ", 0, period.start), 0)
                if _WAVE.search(text[begin : period.end]):
                    named.append(waves[-1])
                lines += block.lines
    match = _DAYS.search(folded_title)
    if days is None and match:
        days = int(match[1])
    waves = [w for w in named or waves if not _holds_all(w, named or waves)]
    waves = [w for w in waves if not _is_stretch(w, waves)]
    if days is None and not (waves and (is_campaign or len(waves) > 1)):
        return None
    return Campaign(days=days, waves=waves, lines=(min(lines), max(lines)) if lines else None)


def _holds_all(wave: Wave, waves: list[Wave]) -> bool:
    """Whether a period is the whole campaign, its waves being named as well."""
    others = [w for w in waves if w is not wave]
    inside = [w for w in others if wave.start <= w.start and w.end <= wave.end]
    return len(inside) == len(others) >= 2


def _is_stretch(wave: Wave, waves: list[Wave]) -> bool:
    """Whether a period is a part of a longer wave: “Từ ngày 22/4 đến ngày 30/4” of April."""
    own = (wave.start, wave.end)
    return any(
        w.start <= wave.start and wave.end <= w.end and (w.start, w.end) != own for w in waves
    )


def _short(first: date, last: date) -> bool:
    return 0 < (last - first).days < 366
