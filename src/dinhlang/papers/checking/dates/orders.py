"""Dated things against one another: one thing dated twice, steps in the wrong order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from dinhlang.papers.checking.dates.moments import Moment, moments
from dinhlang.papers.checking.dates.same_work import same_work
from dinhlang.papers.checking.dates.stages import names_of
from dinhlang.papers.checking.dates.steps import PAIRS
from dinhlang.papers.checking.dates.things import Thing, things, tokens_of
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.law.cited import issued
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan

AFTERWARDS = re.compile(
    r"\b(?:duy trì|thẩm tra|thẩm định|hồ sơ|công nhận|công bố|đón|tổng kết|sơ kết|báo cáo"
    r"|đánh giá"
    r"|thanh toán|quyết toán|giữ vững|năm sau|năm tiếp theo|lễ|khen thưởng|kế hoạch năm"
    r"|hài lòng|bảo hành|bảo dưỡng|thường xuyên|tiếp tục|nghiệm thu|giải ngân)\b",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(r"31\s?[/.-]\s?12|31 tháng 12|tháng 12|quý IV|quý 4", re.IGNORECASE)
SUBMITTED = 2  # the step at which the file is handed in
_RECOGNISED = 5


def interval(moment: Moment) -> tuple[date, date]:
    """The days the end may lie in; “đến hết năm” leaves the whole year open."""
    last = moment.last
    end_of_year = (last.month, last.day) == (12, 31) and not _LAST_DAY.search(moment.period.text)
    if end_of_year and moment.period.kind in ("until", "year", "range"):
        return date(last.year, 1, 1), last
    if moment.due:
        return last, last
    return moment.first, last


def apart(one: Moment, other: Moment) -> bool:
    """Whether two periods exclude one another."""
    first, last = interval(one)
    begin, end = interval(other)
    return last < begin or end < first


def dated_twice(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Goals, criteria and works whose two dates exclude one another; ``told`` lines are known."""
    groups: dict[tuple[str, ...], list[Thing]] = {}
    for thing in things(plan):
        if thing.kind in ("goal", "criterion") or (thing.kind == "all" and thing.key[2]):
            groups.setdefault((thing.kind, *thing.key), []).append(thing)
        elif thing.kind == "recognition" and _recognised(plan, thing):
            level = _LEVEL.search(thing.moment.words)
            named = level[0].lower() if level and thing.key[0] == "xã" else ""
            groups.setdefault((thing.kind, *thing.key, named), []).append(thing)
    told_once = Counter(id(thing.moment) for thing in things(plan) if thing.kind == "criterion")
    several = {moment for moment, count in told_once.items() if count > 1}
    for same in groups.values():
        yield from _first_clash(plan, same, several, told)
    works = [each for each in things(plan) if each.kind == "work" and each.due]
    seen: set[int] = set()
    for one, other in combinations(works, 2):
        if one.moment is other.moment or {id(one), id(other)} & seen:
            continue
        beside = len(_lines(one, other)) == 1
        if beside and not (one.own and other.own):
            continue
        if _rows_of_one_table(one, other) and one.tokens != other.tokens:
            continue
        if _step_of(one) != _step_of(other) or not apart(one.moment, other.moment):
            continue
        if all("báo cáo" in each.name.lower() for each in (one, other)):
            continue  # of the half year and of the year; the checks of reports tell more
        early, late = sorted((one, other), key=lambda each: each.moment.last)
        if early.villages and not late.villages and _OF_ALL.search(late.name):
            continue  # a part may well end before the whole
        if _one_behind_the_other(one, other) or _kinds_of(one) != _kinds_of(other):
            continue
        if same_work(one, other) and not _lines(one, other) <= told:
            seen |= {id(one), id(other)}
            alike = set(one.tokens) == set(other.tokens)
            yield replace(_clash(plan, one, other), severity=None if alike else "warning")


_OF_ALL = re.compile(
    r"\b(?:(?:cả|tất cả|toàn bộ|mọi)\s+(?:các\s+)?(?:\d+\s+)?|\d+/\d+\s+)"
    r"(?:thôn|xóm|ấp|bản|buôn|khu|khóm)\b|\btoàn xã\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:kiểu mẫu|nâng cao|hiện đại|thông minh)\b", re.IGNORECASE)
_IS_RECOGNISED = re.compile(
    r"\bđược\b[^,;]{0,50}?\bcông nhận\b|\bcông nhận\s+(?:\S+\s+)?(?:xã|thôn|ấp|bản|khu|đạt|là)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(r"\b(?:hồ sơ|đề nghị|xét|trình|đăng ký|năm \d{4} (?:xã )?được)\b", re.I)


def _recognised(plan: Plan, thing: Thing) -> bool:
    """Whether a step is the recognition to come, not the file for it, nor what was."""
    words = thing.moment.words
    days = issued(plan)
    if thing.step != _RECOGNISED or _ASKED_FOR.search(words) or not _IS_RECOGNISED.search(words):
        return False
    return days is None or thing.moment.last >= days[0]


_KIND = re.compile(
    r"\b(?:sơ kết|tổng kết|đánh giá|kiểm tra|giám sát|thủ tục|hồ sơ|thiết kế|dự toán|đề án"
    r"|kế hoạch|phương án)\b",
    re.IGNORECASE,
)


def _kinds_of(thing: Thing) -> frozenset[str]:
    """Whether a work is the looking back on another, or its papers."""
    return frozenset(match[0].lower() for match in _KIND.finditer(thing.name))


def _rows_of_one_table(one: Thing, other: Thing) -> bool:
    left, right = one.moment.paragraph, other.moment.paragraph
    return bool(left.cells and right.cells) and left.block.table == right.block.table


def _one_behind_the_other(one: Thing, other: Thing) -> bool:
    """Whether a work is put to use after it is built: two dates, and rightly so."""
    built, used = (one, other) if one.step < other.step else (other, one)
    if (built.step, used.step) != (6, 8) or used.moment.last < built.moment.last:
        return False
    return _OPENED.search(used.moment.words) is not None


_OPENED = re.compile(r"\b(?:khánh thành|cắt băng)\b", re.IGNORECASE)


def _step_of(thing: Thing) -> str:
    return "hoàn thành" if thing.step in (6, 8) else thing.step_name


def _first_clash(plan: Plan, same: list[Thing], several: set[int], told: set[int]) -> Iterator[Hit]:
    """The first two dates of one thing; ``several`` are the moments of more than one criterion."""
    for one, other in combinations(same, 2):
        if one.moment is other.moment or not apart(one.moment, other.moment):
            continue
        if _work_and_recognition(one.moment, other.moment) or _one_of_a_list(one, other, several):
            continue
        if not _lines(one, other) <= told:
            yield _clash(plan, one, other)
        return


def _one_of_a_list(one: Thing, other: Thing, several: set[int]) -> bool:
    """Whether a criterion is done before the day a list of several, it among them, is to be."""
    early, late = sorted((one, other), key=lambda each: each.moment.last)
    return id(late.moment) in several and id(early.moment) not in several


def _work_and_recognition(one: Moment, other: Moment) -> bool:
    """Whether one is the year of the work, the other the recognition that follows in the next."""
    year, later = (one, other) if one.period.kind == "year" else (other, one)
    named = "công nhận" in later.words and "công nhận" not in year.words
    return year.period.kind == "year" and named and 0 < later.first.year - year.last.year <= 1


def _lines(*each: Thing) -> set[int]:
    return {thing.moment.paragraph.number for thing in each}


def _clash(plan: Plan, one: Thing, other: Thing) -> Hit:
    return Hit(
        message=f"Cùng một việc ({one.name[:80].strip()}) có hai thời hạn: {said(one.moment)} và "
        f"{said(other.moment)}.",
        places=places_of(plan, one, other),
        advice="Chọn một thời hạn và sửa ở mọi chỗ nhắc đến việc này.",
    )


def said(moment: Moment) -> str:
    """The period in the paper's words."""
    return " ".join(moment.period.text.split())


def places_of(plan: Plan, *each: Thing) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(thing.moment.place(plan) for thing in each))


def wrong_order(plan: Plan) -> Iterator[Hit]:
    """Steps dated after a step that needs them."""
    yield from _recognition(plan)
    yield from _pairs(plan)
    yield from _auction(plan)
    works = [each for each in things(plan) if each.kind == "work"]
    told: set[int] = set()
    for one, other in combinations(works, 2):
        before, after = (one, other) if one.step < other.step else (other, one)
        if before.step == after.step or before.moment is after.moment:
            continue
        if (before.step, after.step) == (5, 6) and _lines(before) == _lines(after):
            continue  # DATE-ORDER tells it
        if _step_of(before) == _step_of(after) and before.due and after.due:
            continue  # DEADLINE-CONFLICT tells it
        if begin(before.moment) <= after.moment.last or is_open(before.moment):
            continue
        if id(before) in told or not same_work(before, after):
            continue
        names = [names_of(each.moment.words) for each in (before, after)]
        if all(names) and not names[0] & names[1]:
            continue
        told.add(id(before))
        yield Hit(
            message=f"{_capital(before.step_name)} ({said(before.moment)}) sau "
            f"{after.step_name} ({said(after.moment)}), mà đó là bước phải có trước.",
            places=places_of(plan, before, after),
            advice="Đưa bước phải làm trước lên trước, hoặc lùi bước sau.",
        )


_AGAIN = re.compile(
    r"\b(?:lại|bổ sung|cuối năm|định kỳ|h[àằ]ng|tiếp tục|thường xuyên|kết quả|sau khi|năm sau)\b",
    re.I,
)
_FROM_AUCTION = re.compile(
    r"\b(?:nguồn|tiền|vốn|thu|kinh phí|từ|bằng)\s+(?:\S+\s+){0,3}?đấu giá", re.IGNORECASE
)
_NEEDED = 2


def _pairs(plan: Plan) -> Iterator[Hit]:
    """What needs something that comes later: planting before the seed, help before the survey."""
    dated = [each for each in moments(plan) if each.own or each.period.kind != "year"]
    for name, first, then, second in PAIRS:
        befores = [
            (each, m[0]) for each in dated if (m := first.search(each.words))
            and not _AGAIN.search(each.words) and not is_open(each)
        ]  # fmt: skip
        afters = [
            (each, m[0]) for each in dated
            if befores and (m := second.search(each.words)) and not first.search(each.words)
        ]  # fmt: skip
        for before, verb in befores:
            for after, other in afters:
                if begin(before) > after.last and _one_matter(before, verb, after, other):
                    yield Hit(
                        message=f"{_capital(name)} ({said(before)}) sau {then} ({said(after)}),"
                        f" mà "
                        "đó là việc phải có trước.",
                        places=(before.place(plan), after.place(plan)),
                        advice="Đưa việc phải làm trước lên trước, hoặc lùi việc sau.",
                    )
                    break


_TURN = re.compile(
    r"\b(?:đợt|khóa|lần|vòng|giai đoạn)\s+(?:\d+|[IVX]+\b|một|hai|ba)", re.IGNORECASE
)


def _one_matter(one: Moment, verb: str, other: Moment, done: str) -> bool:
    """Whether two dated stretches of words are about one thing, their own verbs aside."""
    turns = [{m[0].lower() for m in _TURN.finditer(each.words)} for each in (one, other)]
    if all(turns) and not turns[0] & turns[1]:
        return False
    idle = set(tokens_of(f"{verb} {done}"))
    left, right = (set(tokens_of(each.words)) - idle for each in (one, other))
    common = left & right
    named = [set(_QUOTED.findall(each.words)) for each in (one, other)]
    if named[0] & named[1]:
        return villages_of(one.words) == villages_of(other.words)
    if any(_object_in(each, words, whole) for each, words, whole in (
        (one, verb, right), (other, done, left),
    )):  # fmt: skip
        by_then = _BY_THEN.search(one.words) is not None
        return not by_then and villages_of(one.words) == villages_of(other.words)
    if len(common) < _NEEDED or villages_of(one.words) != villages_of(other.words):
        return False
    return len(common) >= 0.75 * min(len(left), len(right))


_BY_THEN = re.compile(r"\b(?:xong|hoàn thành)\W*(?:trong|vào|trước)?\W*$", re.IGNORECASE)
_QUOTED = re.compile(r"“([^”]{2,40})”")
_OBJECT_ENDS = re.compile(
    r"[,;:.(]|\s(?:cho|của|ở|tại|trong|từ|với|bằng|để|vào|trước|xong)\s", re.IGNORECASE
)


def _object_in(moment: Moment, verb: str, other: set[str]) -> bool:
    """Whether what a verb is done to stands whole in other words: “vận hành phần mềm số”."""
    behind = moment.words.partition(verb)[2]
    found = set(tokens_of(_OBJECT_ENDS.split(behind, maxsplit=1)[0]))
    return len(found) >= _NEEDED and found <= other


_PAYS_FOR = re.compile(
    r"\b(?:chi cho|chi trả|dùng (?:để )?(?:chi|làm|đầu tư|trả)(?: cho)?|để (?:làm|chi|đầu tư|xây"
    r"|trả)"
    r"|đầu tư|bố trí cho|trả cho|lấy làm|cấp cho)\s+(?P<what>[^.;]{6,90})",
    re.IGNORECASE,
)


def _named_by_auction(plan: Plan, auction: Moment) -> Iterator[Hit]:
    """Works the paragraph on the auction names as paid by it, due before it."""
    match = _PAYS_FOR.search(auction.paragraph.text)
    wanted = set(tokens_of(match["what"])) if match else set()
    if len(wanted) < _NEEDED:
        return
    for each in things(plan):
        early = each.kind == "work" and each.due and begin(auction) > each.moment.last
        if early and len(wanted & set(each.tokens)) >= 0.75 * len(wanted):
            yield Hit(
                message=f"Việc làm bằng tiền đấu giá đất ({said(each.moment)}) xong trước khi đấu "
                f"giá ({said(auction)}).",
                places=(each.moment.place(plan), auction.place(plan)),
                advice="Đưa phiên đấu giá lên trước, lùi việc, hoặc ghi nguồn vốn khác.",
            )
            return


def _auction(plan: Plan) -> Iterator[Hit]:
    """Works to be done before the auction that pays for them."""
    told = [each for each in moments(plan) if "đấu giá" in each.paragraph.text.lower()]
    paid = [each for each in told if _FROM_AUCTION.search(each.paragraph.text)]
    held = [
        each for each in told
        if "đấu giá" in each.words.lower() and not _FROM_AUCTION.search(each.words)
    ]  # fmt: skip
    if not held:
        return
    auction = min(held, key=begin)
    yield from _named_by_auction(plan, auction)
    for each in paid:
        if begin(auction) > each.last and each.period.kind != "year":
            yield Hit(
                message=f"Việc làm bằng tiền đấu giá đất ({said(each)}) xong trước khi đấu giá "
                f"({said(auction)}).",
                places=(each.place(plan), auction.place(plan)),
                advice="Đưa phiên đấu giá lên trước, lùi việc, hoặc ghi nguồn vốn khác.",
            )
            return


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def begin(moment: Moment) -> date:
    """The first day of a period; of a deadline the day itself."""
    return moment.last if moment.due else moment.first


def is_open(moment: Moment) -> bool:
    return moment.due and (moment.last.month, moment.last.day) == (12, 31)


_ONLY_CONDITIONS = re.compile(
    r"\b(?:hoàn thành|đạt|đáp ứng|xong)\s+(?:đủ\s+)?(?:tất cả\s+)?(?:các|mọi|những)\s+điều kiện\b",
    re.IGNORECASE,
)


def _recognition(plan: Plan) -> Iterator[Hit]:
    steps: dict[tuple[str, ...], dict[int, list[Thing]]] = {}
    for thing in things(plan):
        if thing.kind == "recognition":
            steps.setdefault(thing.key, {}).setdefault(thing.step, []).append(thing)
    goals = [each for each in things(plan) if each.kind == "goal"]
    goals = [each for each in goals if not _ONLY_CONDITIONS.search(each.moment.words)]
    for subject, by_step in steps.items():
        levels = {goal.key for goal in goals if goal.key[:2] == subject}
        if len(levels) == 1 and 5 not in by_step:
            by_step = {**by_step, 5: [goal for goal in goals if goal.key[:2] == subject]}
        yield from _late_step(plan, by_step)
        if subject == ("xã", ""):
            yield from _late_criteria(plan, by_step)


def _goes_on_behind(before: Moment, after: Moment) -> bool:
    """Whether a step of some days, begun in time, ends behind the day of the step that needs it."""
    exact = before.period.kind == "range" and before.first < before.last
    day = after.due or after.first == after.last
    return exact and day and begin(before) <= after.last < before.last and not is_open(before)


_WHOLE_FILE = re.compile(
    r"\b(?:hoàn thiện|hoàn chỉnh|hoàn tất|đề nghị|công nhận|trình|nộp)\b", re.IGNORECASE
)


AMENDED = re.compile(
    r"\b(?:thẩm tra|thẩm định|góp ý|bổ sung|giải trình|tiếp thu|theo yêu cầu)\b"
    r"|\b(?:huyện|Sở|tỉnh)\s+(?:trình|họp|xét)\b",
    re.IGNORECASE,
)
_HANDED = re.compile(
    r"\b(?:gửi|nộp|trình|chuyển)\b[^.;]{0,30}?\bhồ sơ\b(?! đăng ký)[^.;]{0,60}?"
    r"\b(?:huyện|thẩm tra)",
    re.IGNORECASE,
)


def _late_step(plan: Plan, by_step: dict[int, list[Thing]]) -> Iterator[Hit]:
    for early, late in combinations(sorted(by_step), 2):
        before = min(by_step[early], key=lambda each: begin(each.moment))
        after = max(by_step[late], key=lambda each: each.moment.last)
        if early == 0 and _goes_on_behind(before.moment, after.moment) and late == SUBMITTED:
            yield Hit(
                message=f"{_capital(before.step_name)} ({said(before.moment)}) chưa xong khi "
                f"{after.step_name} ({said(after.moment)}).",
                places=places_of(plan, before, after),
                advice="Xếp lại các bước xét công nhận theo thứ tự.",
                severity="warning",
            )
            return
        first = min(by_step[late], key=lambda each: each.moment.last)
        again = begin(before.moment) <= after.moment.last  # handed in twice, or asked for higher up
        if again and late == SUBMITTED and _HANDED.search(first.moment.words):
            after = first
        if is_open(before.moment) or begin(before.moment) <= after.moment.last:
            continue
        words = after.moment.words
        if early == 1 and AMENDED.search(before.moment.words):
            continue  # what the district found is mended before the province has it
        if (early, late) == (0, 1) and ("minh chứng" in words or not _WHOLE_FILE.search(words)):
            continue  # evidence may be gathered before the survey
        yield Hit(
            message=f"{_capital(before.step_name)} ({said(before.moment)}) sau {after.step_name} "
            f"({said(after.moment)}), mà đó là bước phải có trước.",
            places=places_of(plan, before, after),
            advice="Xếp lại các bước xét công nhận theo thứ tự.",
            severity="warning" if again else None,
        )
        return


def _late_criteria(plan: Plan, by_step: dict[int, list[Thing]]) -> Iterator[Hit]:
    handed = [each for step, same in by_step.items() if SUBMITTED <= step < 5 for each in same]
    if not handed:
        return
    after = max(handed, key=lambda each: each.moment.last)
    for thing in things(plan):
        if thing.kind != "criterion" or is_open(thing.moment):
            continue
        if thing.moment.last.year > after.moment.last.year:
            continue  # a criterion of next year is not in this year's file
        if begin(thing.moment) > after.moment.last:
            yield Hit(
                message=f"{_capital(thing.name)} hoàn thành {said(thing.moment)}, sau "
                f"{after.step_name} ({said(after.moment)}).",
                places=places_of(plan, thing, after),
                advice="Kéo hạn của tiêu chí lên trước khi nộp hồ sơ, hoặc lùi bước nộp hồ sơ.",
            )
            return
