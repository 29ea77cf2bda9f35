"""From an accepted plan to the room of work: what it promises a higher level, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dinhlang.people.models import User
from dinhlang.vietnamese import clean_spaces, find_dates, fold
from dinhlang.work.services.commitments import Promise, Proposal, propose

from ..editing.draft import Data
from ..models import Plan, PlanVersion
from ..rendering.items import sentence

_TO = re.compile(
    r"(?i:cam kết (?:hoàn thành |thực hiện )?với)\s+"
    r"(?P<whom>(?i:(?:UBND |Ban chỉ đạo |BCĐ |Văn phòng [^,.;()]{0,40})?"
    r"(?:tỉnh|thành phố|huyện|thị xã|trung ương|cấp trên)))(?:\s+(?P<name>(?:[A-ZĐ]\w+\s?){1,4}))?"
)
_UNTIL = frozenset(["truoc", "den", "nhat", "han", "cuoi"])
"""Words before a date that make it a deadline; any other is that of a paper."""
_LONGEST = 1500


def follow_promises(user: User, plan: Plan, version: PlanVersion, data: Data) -> int:
    """Propose the criteria that the plan says are promised; returns how many are new.

    Criteria of one line of the paper are one promise. What somebody confirmed or declined stays.
    """
    name = f"{plan.title} (phiên bản {version.number})"
    proposals = [
        _proposal(plan, name, data, lines, items) for lines, items in sorted(promised(data).items())
    ]
    return propose(user, plan.place, f"plan:{plan.pk}:", proposals)


def promised(data: Data) -> dict[tuple[int, int], list[Data]]:
    """The criteria that the paper promises, by the lines that say so."""
    found: dict[tuple[int, int], list[Data]] = {}
    for item in data.get("criteria") or []:
        if item.get("status") == "committed" and item.get("number") is not None:
            first, last = (item.get("lines") or [0, 0])[:2]
            found.setdefault((first, last), []).append(item)
    return found


def _proposal(
    plan: Plan, name: str, data: Data, lines: tuple[int, int], items: Sequence[Data]
) -> Proposal:
    words = _words(data, lines)
    numbers = sorted({int(item["number"]) for item in items})
    named = "; ".join(f"{item['number']}. {item['name']}" for item in items)
    return Proposal(
        promise=Promise(
            to_whom=_whom(words),
            text=words or f"Hoàn thành tiêu chí {named}",
            criteria=[str(number) for number in numbers],
            due=_due(words),
        ),
        origin_ref=f"plan:{plan.pk}:{min(item['id'] for item in items)}",
        origin_text=f"{name}, dòng {lines[0]}" if lines[0] else name,
    )


def _words(data: Data, lines: tuple[int, int]) -> str:
    """The line of the paper that promises, as a sentence; a long paragraph only its sentence."""
    text = (data.get("source") or {}).get("text") or []
    first, last = lines
    said = clean_spaces(" ".join(text[first - 1 : last])) if first else ""
    said = re.sub(r"^[\s\-+*•–]+", "", said)
    for part in re.split(r"(?<=[.;])\s+", said):
        if "cam ket" in fold(part):
            return sentence(part[:_LONGEST])
    return sentence(said[:_LONGEST]) if said else ""


def _whom(words: str) -> str:
    found = _TO.search(words)
    return clean_spaces(f"{found['whom']} {found['name'] or ''}")[:200] if found else ""


def _due(words: str) -> date | None:
    """The one deadline that the sentence gives; None where it gives none, or several."""
    days = [
        found.date
        for found in find_dates(words)
        if found.date
        and fold(words[: found.start]).split()[-1:]
        and fold(words[: found.start]).split()[-1] in _UNTIL
    ]
    return days[0] if len(days) == 1 else None
