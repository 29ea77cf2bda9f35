"""From an accepted plan to the room of work: who reports how often becomes work that repeats."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.vietnamese import clean_spaces
from dinhlang.work.models import Repeat
from dinhlang.work.recurring import MARK, NOUNS
from dinhlang.work.said import Said
from dinhlang.work.services import repeats

from ..editing.draft import Data
from ..models import Plan

_EVERY = {
    "weekly": "week", "monthly": "month", "quarterly": "quarter", "half-yearly": "half",
    "yearly": "year",
}  # fmt: skip
"""What can repeat."""
_NO_REPEAT = {
    "daily": "hằng ngày: không lập mỗi ngày một việc, ghi vào việc đang làm",
    "ad-hoc": "khi có yêu cầu hoặc đột xuất: không lặp theo kỳ được, có yêu cầu thì thêm việc",
    "unstated": "kế hoạch không nêu bao lâu một lần; rõ kỳ rồi thì đặt ở trang Định kỳ",
}
"""Why each other rule cannot."""


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule of the plan as work that would repeat. ``exact``: the plan itself names the day."""

    number: int
    key: UUID
    text: str
    lead: str
    every: str
    on: int
    exact: bool
    line: int | None

    @property
    def words(self) -> str:
        """The text as it is shown before any time has a name: “Báo cáo tháng gửi UBND xã”."""
        return self.text.replace(MARK, NOUNS[self.every])


@dataclass(frozen=True, slots=True)
class Left:
    """A rule of the plan of which no work that repeats can be made, and why; ``line`` says it."""

    number: int
    lead: str
    words: str
    why: str
    line: int | None


def left_to_people(plan: Plan, today: date) -> list[Left]:
    """The rules of the version in force that cannot repeat; none after the plan's years."""
    if plan.current is None or _is_over(plan, today):
        return []
    found = []
    for item in plan.current.document.get("reporting") or []:
        why = _NO_REPEAT.get(item.get("period") or "")
        if why is not None and item.get("id") is not None:
            to = clean_spaces(item.get("to") or "")
            lead = clean_spaces(item.get("from") or "")
            words = f"Báo cáo gửi {to}" if to else "Báo cáo"
            found.append(Left(int(item["id"]), lead, words, why, (item.get("lines") or [None])[0]))
    return found


def proposed(plan: Plan, today: date) -> list[Regime]:
    """The rules of the version in force that are no repeating work yet; none after its years."""
    if plan.current is None or _is_over(plan, today):
        return []
    found = [
        regime
        for item in plan.current.document.get("reporting") or []
        if (regime := _regime(plan, item)) is not None
    ]
    known = set(
        Repeat.objects.filter(key__in=[each.key for each in found]).values_list("key", flat=True)
    )
    return [each for each in found if each.key not in known]


def _last_year(plan: Plan) -> int | None:
    return plan.last_year or plan.year


def _is_over(plan: Plan, today: date) -> bool:
    year = _last_year(plan)
    return year is not None and year < today.year


def _regime(plan: Plan, item: Data) -> Regime | None:
    every, due = _EVERY.get(item.get("period") or ""), item.get("due") or {}
    if every is None or item.get("id") is None:
        return None
    number, day = int(item["id"]), due.get("weekday" if every == "week" else "day")
    to = clean_spaces(item.get("to") or "")
    return Regime(
        number=number,
        key=uuid5(NAMESPACE_URL, f"dinhlang:regime:{plan.pk}:{number}"),
        text=f"Báo cáo {MARK} gửi {to}" if to else f"Báo cáo {MARK}",
        lead=clean_spaces(item.get("from") or "")[:300],
        every=every,
        on=_on(every, int(day) if day else None),
        exact=bool(day),
        line=(item.get("lines") or [None])[0],
    )


def _on(every: str, day: int | None) -> int:
    """As ``Repeat`` has it. Where the plan names no day it is the last one of the period.

    A day of a quarter's last month is counted from 31, so that it is never after the plan's day.
    """
    match every:
        case "week":
            return day or 7
        case "month":
            return day or 31
    return max(31 - day, 0) if day else 0


def begin(user: User, plan: Plan, wanted: Collection[int], today: date) -> int:
    """Have the wanted rules (numbers of items) repeat from the day on; how many were new.

    Needs ``REVIEW`` at the plan's place. Raises ``AccessDenied``, ``BadTask``.
    """
    require(user, Action.REVIEW, plan.place)
    with transaction.atomic():
        # Two who confirm at once: the second finds what the first made.
        row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        rules = [each for each in proposed(row, today) if each.number in wanted]
        year, made = _last_year(row), 0
        for rule in rules:
            name = f"{row.title} (phiên bản {row.current.number})" if row.current else row.title
            repeats.begin(
                user, row.place, Said(text=rule.text, lead=[rule.lead] if rule.lead else []),
                rule.key, every=rule.every, on=rule.on, first=today,
                last=date(year, 12, 31) if year else None,
                origin_text=f"{name}, dòng {rule.line}" if rule.line else name,
            )  # fmt: skip
            made += 1
        if made:
            audit.record(user, "đưa chế độ báo cáo thành việc", row, row.place, {"rules": made})
        return made
