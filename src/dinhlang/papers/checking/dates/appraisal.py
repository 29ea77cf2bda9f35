"""Work that ends when the goal itself is due: no time is left to be surveyed and appraised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.dates.moments import Moment
from dinhlang.papers.checking.dates.orders import AFTERWARDS, SUBMITTED, begin, said
from dinhlang.papers.checking.dates.things import Thing, criteria_in, things
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan

_ELIGIBLE = re.compile(r"\b(?:đủ điều kiện|cơ bản|đề nghị|hồ sơ)\b", re.IGNORECASE)
_ALL_OF_IT = re.compile(
    r"\b(?:toàn bộ|tất cả|các nội dung|còn lại|cuối cùng|phần việc|mọi việc|nghiệm thu)\b",
    re.IGNORECASE,
)
_ACCEPTED = re.compile(r"\bnghiệm thu\b", re.IGNORECASE)
_RESTATED = re.compile(r"\bđạt(?: chuẩn)?\W*(?:trong|vào|trước)?\W*$", re.IGNORECASE)  # the goal
_MARGIN = 14  # days a survey, a file and an appraisal surely need
_NEAR = 40  # letters before a date that name its village
_FINISHES, _RECOGNISED = 6, 5
_EXACT = re.compile(r"\d\s?[/.-]\s?\d|ngày\s+\d")
_WIDE = frozenset({"quarter", "half"})


def ends_with_its_goal(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Criteria, files and last works that end when their goal is due; one for each subject."""
    every = things(plan)
    goals = [each for each in every if _is_goal(each)]
    of_commune = any(goal.key[0] == "xã" for goal in goals)
    done: set[tuple[str, ...]] = set()
    dated: list[Moment] = []
    for goal in sorted(goals, key=lambda each: each.moment.last):
        subject = _subject(goal)
        if subject in done or any(goal.moment is each for each in dated):
            continue  # “buôn Kla và thôn 5 được công nhận trước …” is told once
        own = {subject} if of_commune else {subject, ("xã", "")}
        late = [each for each in every if _leaves_no_time(each, goal, own)]
        late = [each for each in late if not _lines(each, goal) <= told]
        if not late:
            continue
        done.add(subject)
        dated.append(goal.moment)
        last = max(late, key=lambda each: (each.kind != "work", each.moment.last))
        yield Hit(
            message=f"{_capital(last.name[:60])} đến {said(last.moment)} mới xong, mục tiêu "
            f"({goal.name}) là {said(goal.moment)}: không còn thời gian xét công nhận.",
            places=tuple(dict.fromkeys(each.moment.place(plan) for each in (goal, last))),
            advice="Đẩy các bước này lên, hoặc lùi thời điểm đạt chuẩn.",
            severity="warning",
        )


def on_the_day_itself(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Works, and files handed in, on the very day by which a list of criteria is to be reached."""
    goals = [each for each in things(plan) if each.kind == "criterion" and _is_day(each.moment)]
    listed = [goal for goal in goals if sum(g.moment is goal.moment for g in goals) > 1]
    for each in things(plan):
        moment, number = each.moment, each.moment.paragraph.number
        if number in told or not _is_day(moment) or not (_ALL_OF_IT.search(moment.words) or (
            each.kind == "recognition" and "tiêu chí" in moment.words
        )):  # fmt: skip
            continue
        named = {str(n) for n in criteria_in(moment.words)}
        for goal in listed:
            same = goal.key[0] in named or (each.kind == "recognition" and not named)
            if same and goal.moment.last == moment.last and goal.moment is not moment:
                told.add(number)
                yield Hit(
                    message=f"Việc này {said(moment)} mới xong, đúng ngày phải đạt tiêu chí "
                    f"({said(goal.moment)}): không còn thời gian kiểm tra, xác nhận.",
                    places=(moment.place(plan), goal.moment.place(plan)),
                    advice="Đẩy việc lên trước, hoặc lùi ngày phải đạt.",
                    severity="warning",
                )
                break


def _is_day(moment: Moment) -> bool:
    return bool(_EXACT.search(moment.period.text)) and moment.period.kind in ("day", "until")


def _is_goal(thing: Thing) -> bool:
    words = thing.moment.words
    if thing.moment.period.kind == "year" or _ELIGIBLE.search(words):
        return False
    return thing.kind == "goal" or (thing.kind == "recognition" and thing.step == _RECOGNISED)


def _subject(goal: Thing) -> tuple[str, ...]:
    return goal.key[:2]


def _leaves_no_time(thing: Thing, goal: Thing, subjects: set[tuple[str, ...]]) -> bool:
    subject = _subject(goal)
    one, other = thing.moment, goal.moment
    if _RESTATED.search(one.words):
        return False
    if one is other or one.period.kind == "year" or begin(one) > other.last:
        return False
    gap = (other.last - one.last).days
    if thing.kind == "criterion":
        return subject == ("xã", "") and gap <= _MARGIN
    if thing.kind == "recognition":
        late = gap <= _MARGIN and (thing.step > 0 or one.period.kind not in _WIDE)
        return late and thing.key in subjects and thing.step <= SUBMITTED
    if thing.kind != "work" or gap or thing.step < _FINISHES or not thing.due:
        return False
    if not _EXACT.search(one.period.text) or AFTERWARDS.search(_ACCEPTED.sub("", one.words)):
        return False
    if subject[0] == "thôn":
        return _about(thing) == {subject[1]}
    return bool(_ALL_OF_IT.search(one.words)) and not thing.villages


def _about(thing: Thing) -> frozenset[str]:
    """The one village named just before the date, or in the whole paragraph."""
    text = thing.moment.paragraph.text
    before = text[max(0, thing.moment.period.start - _NEAR) : thing.moment.period.start]
    return villages_of(before.rpartition(",")[2]) or villages_of(before) or villages_of(text)


def _lines(*each: Thing) -> set[int]:
    return {thing.moment.paragraph.number for thing in each}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
