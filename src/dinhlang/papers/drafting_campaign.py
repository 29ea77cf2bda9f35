"""A plan for a campaign: its waves, works by village, who does what, and reports of every day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinhlang.vietnamese import format_date

from .drafting import LEVELS, NOWHERE, Proposal, Wish, document, recipients, task_of
from .plan import (
    Campaign,
    Deadline,
    Due,
    Duty,
    Funding,
    Need,
    Period,
    Plan,
    Quantity,
    Recipient,
    ReportRule,
    Task,
    Wave,
)

Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work of the campaign: its amount by village (“thôn Chợ”), and for the whole commune."""

    text: str
    unit: str
    parts: Sequence[tuple[str, Decimal]] = ()
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Who reports to whom in the campaign, every day or week; ``time`` “16:30” or empty."""

    sender: str
    receiver: str
    period: Period
    time: str = ""
    weekday: int | None = None


def days_of(waves: Sequence[Span]) -> int:
    """Days of the waves, their first and last days counted."""
    return sum((end - start).days + 1 for start, end in waves)


def title_of(waves: Sequence[Span], programme: str, year: int) -> str:
    """“Phát động đợt cao điểm 60 ngày xây dựng nông thôn mới năm 2027”."""
    return f"Phát động đợt cao điểm {days_of(waves)} ngày xây dựng {programme} năm {year}"


def draft_campaign(
    wish: Wish, level: str, waves: Sequence[Span], works: Sequence[Work],
    proposals: Sequence[Proposal], reports: Sequence[Report], last: Plan | None = None,
) -> Plan:  # fmt: skip
    """The plan of these waves and works; ``last`` gives recipients."""
    chosen = [each for each in proposals if each.wanted]
    duties = _duties(chosen, works)
    about = document(wish)
    about.kind = "campaign"
    about.title = title_of(waves, wish.programme, wish.year)
    return Plan(
        document=about,
        levels=[LEVELS[level]] if level in LEVELS else [],
        campaign=Campaign(
            days=days_of(waves),
            waves=[
                Wave(start=start.isoformat(), end=end.isoformat(), lines=NOWHERE)
                for start, end in waves
            ],
        ),
        quantities=[one for each in works for one in _quantities(each)],
        tasks=[_task(each) for each in chosen],
        duties=duties,
        reporting=[_rule(each) for each in reports],
        funding=Funding(needs=_needs(chosen), sources=list(wish.sources)),
        recipients=[
            Recipient(text=text, lines=NOWHERE)
            for text in recipients(chosen, last, wish.year, [each.office for each in duties])
        ],
    )


def _quantities(work: Work) -> list[Quantity]:
    unit = work.unit or None
    found = [
        Quantity(text=work.text, value=plain(value), unit=unit, place=place, lines=NOWHERE)
        for place, value in work.parts
    ]
    if work.whole is not None:
        found.append(Quantity(text=work.text, value=plain(work.whole), unit=unit, lines=NOWHERE))
    return found


def plain(value: Decimal) -> str:
    """The amount as a decimal string without trailing noughts."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _task(each: Proposal) -> Task:
    made = task_of(each)
    made.deadline = Deadline(end=each.due.isoformat(), text=f"Trước {format_date(each.due)}")
    return made


def _needs(chosen: Sequence[Proposal]) -> list[Need]:
    return [Need(text=each.task, amount=each.cost, lines=NOWHERE) for each in chosen if each.cost]


def _duties(chosen: Sequence[Proposal], works: Sequence[Work]) -> list[Duty]:
    """Each office leads its work; the villages bring their amounts in."""
    by_office: dict[str, list[str]] = {}
    for each in chosen:
        if each.lead:
            task = each.task.rstrip(".")
            by_office.setdefault(each.lead, []).append(f"{task[:1].lower()}{task[1:]}")
    duties = [
        Duty(
            office=office, role="lead", roles=["lead"], lines=NOWHERE,
            text=f"Chủ trì {'; '.join(dict.fromkeys(work))}",
        )
        for office, work in by_office.items()
    ]  # fmt: skip
    places = list(dict.fromkeys(place for work in works for place, _ in work.parts))
    if places:
        all_alike = all(place.lower().startswith("thôn") for place in places)
        duties.append(Duty(
            office="Các thôn" if all_alike else "Các thôn, khu dân cư",
            role="deliver", roles=["deliver"], lines=NOWHERE,
            text="Triển khai thực hiện khối lượng được giao",
        ))  # fmt: skip
    return duties


def _rule(each: Report) -> ReportRule:
    due = Due(time=each.time or None, weekday=each.weekday)
    return ReportRule(
        from_=each.sender, to=each.receiver or None, period=each.period,
        due=due if each.time or each.weekday else None, lines=NOWHERE,
    )  # fmt: skip
