"""Works of a village, of a criterion, of the commune that end after the goal they serve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dinhlang.papers.checking.dates.moments import Moment
from dinhlang.papers.checking.dates.orders import AFTERWARDS, begin, is_open, places_of, said
from dinhlang.papers.checking.dates.things import Thing, criteria_in, things
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.own_criterion import criterion_at
from dinhlang.papers.checking.text.village_names import ANY_VILLAGE, villages_of
from dinhlang.papers.plan import Plan


def _rank(moment: Moment) -> tuple[bool, date]:
    """The later the greater; a bare year says less than any day."""
    return moment.period.kind != "year", moment.last


def after_their_goal(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Works of a village, of a criterion, of the commune that end after its goal."""
    goals: dict[tuple[str, ...], Thing] = {}
    for thing in things(plan):
        if thing.kind in ("goal", "criterion", "all"):
            key = (thing.kind, *thing.key[:2])
            known = goals.get(key)
            if known is None or _rank(known.moment) < _rank(thing.moment):
                goals[key] = thing
    if not goals:
        return
    yield from _recognised_late(plan, goals, told)
    of_village = _of_village(plan)
    for thing in things(plan):
        number = thing.moment.paragraph.number
        if thing.kind not in ("work", "criterion") or thing.step < 5 or thing.step > 8:
            continue
        if thing.kind == "work" and not thing.due and not thing.moment.column:
            continue
        if number in told or is_open(thing.moment) or follows_the_goal(thing.moment.words):
            continue
        if any(_OF_FILES.search(head.lower()) for head in thing.moment.paragraph.above[-2:]):
            continue
        goal = _goal_of(thing, goals, of_village=of_village)
        if goal is None:
            continue
        ends = thing.moment.last if _served(thing.moment) else begin(thing.moment)
        if ends <= goal.moment.last:
            continue
        if thing.moment.period.kind == "year" or thing.moment.last.year > goal.moment.last.year + 1:
            continue
        told.add(number)
        yield Hit(
            message=f"Việc này có hạn {said(thing.moment)}, sau thời hạn của mục tiêu "
            f"({goal.name}: {said(goal.moment)}).",
            places=places_of(plan, thing, goal),
            advice="Kéo hạn về trước mục tiêu, hoặc ghi rõ việc này không thuộc điều kiện đạt "
            "chuẩn.",
        )


_STILL_MADE = re.compile(
    r"\b(?:lắp|đưa|phát|vận hành|hoạt động|bàn giao|hoàn thành|xong|thi công|xây|đổ)\b",
    re.IGNORECASE,
)


def follows_the_goal(words: str) -> bool:
    """Whether words are of what may well follow a goal; what is made and accepted may not."""
    if _STILL_MADE.search(words):
        words = words.replace("nghiệm thu", "")
    return AFTERWARDS.search(words) is not None


_APPRAISED, _RECOGNISED = 3, 5


def _recognised_late(
    plan: Plan, goals: dict[tuple[str, ...], Thing], told: set[int]
) -> Iterator[Hit]:
    """Appraisal and recognition of a village mostly behind the day it is to be recognised."""
    for thing in things(plan):
        moment = thing.moment
        goal = goals.get(("goal", *thing.key)) if thing.kind == "recognition" else None
        if goal is None or thing.key[0] != "thôn" or "công nhận" not in goal.moment.words:
            continue
        if not _APPRAISED <= thing.step <= _RECOGNISED or moment.paragraph.number in told:
            continue
        last = goal.moment.last
        if moment.period.kind == "year" or (moment.last - last) <= 2 * (last - begin(moment)):
            continue
        if moment is goal.moment or moment.last.year != last.year:
            continue
        told.add(moment.paragraph.number)
        yield Hit(
            message=f"{thing.step_name.capitalize()} ({said(moment)}) sau thời hạn của mục tiêu "
            f"({goal.name}: {said(goal.moment)}).",
            places=places_of(plan, thing, goal),
            advice="Đưa bước này lên trước, hoặc lùi thời hạn được công nhận.",
            severity=None if begin(moment) > last else "warning",
        )


_OF_FILES = re.compile(r"\bhồ sơ\b|\bminh chứng\b")
_LEAD = 24  # letters in which a paragraph names its criterion: “TC12: mở 03 lớp nghề; …”


def _goal_of(
    thing: Thing, goals: dict[tuple[str, ...], Thing], *, of_village: bool
) -> Thing | None:
    if thing.kind == "criterion":
        return goals.get(("all", "xã", ""))
    for name in sorted(thing.villages | _served(thing.moment)):
        goal = goals.get(("goal", "thôn", name)) or goals.get(("all", "thôn", name))
        if goal is not None:
            return goal
    above = thing.moment.paragraph.above[-1:]
    lead = thing.moment.paragraph.text[:_LEAD]
    numbers = criteria_in(" ".join((*above, thing.moment.words))) or criteria_in(lead)
    found = [goals["criterion", str(n)] for n in numbers if ("criterion", str(n)) in goals]
    if len(found) == 1 and found[0].moment is not thing.moment:
        return found[0]
    if not found and (numbers or criterion_at(thing.moment.paragraph)) and thing.due:
        every = goals.get(("all", "xã", ""))
        if every is not None:
            return every
    commune = goals.get(("goal", "xã", ""))
    villages = [goal for key, goal in goals.items() if key[:2] == ("goal", "thôn")]
    alone = of_village and bool(villages) and not thing.villages
    alone = alone and not any(key[0] == "criterion" for key in goals)
    return commune or (max(villages, key=lambda each: each.moment.last) if alone else None)


_SERVES = re.compile(
    r"\b(?:để|nhằm|giúp|đưa|phục vụ|bảo đảm)\s+(?P<who>[^.;]{3,90}?)\s+"
    r"(?:đạt|hoàn thành|được công nhận|về đích)\b"
)


def _served(moment: Moment) -> frozenset[str]:
    """The villages a sentence says a work is done for: “… để buôn Kla và thôn 5 đạt mô hình”."""
    rest = moment.paragraph.text[moment.period.end :].partition(". ")[0]
    match = _SERVES.search(rest)
    return villages_of(match["who"]) if match else frozenset()


_OF_COMMUNE = re.compile(r"\bxã\s+(?:đạt\s+)?(?:chuẩn\s+)?(?:nông thôn mới|NTM)\b", re.IGNORECASE)


def _of_village(plan: Plan) -> bool:
    """Whether a paper may be all about one village: its title names a village, no commune."""
    title = plan.document.title or ""
    return ANY_VILLAGE.search(title) is not None and _OF_COMMUNE.search(title) is None
