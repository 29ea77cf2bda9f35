"""The richer kinds of a row: another set, another's level, several contents, units below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    ByGroup,
    ByRegion,
    ChildLevel,
    Children,
    Compare,
    Consecutive,
    Fallback,
    FromMeasure,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    Operator,
    Reached,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.walking import measures_of, numbers, walk
from dinhlang.vietnamese import clean_spaces, fold, parse_number

from .columns import GROUPS, LIST_KINDS, text
from .lifting import count_of
from .measuring import DoesNotFit, Wanted
from .phrases import parse

if TYPE_CHECKING:
    from .rules import Rule

RICH = LIST_KINDS | {"falling", "rising", "set", "set_again", "relative", "against"}
LEVELS: dict[str, ChildLevel] = {"thon": "village", "xa": "commune", "huyen": "district"}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
_MARK = re.compile(r"^\s*(?:\(?[a-zđ\d]{1,2}[).]|[-–+])\s*", re.I)
_BETWEEN = re.compile(r"\s*[;\n]\s*|[,\s]+(?=\([a-zđ\d]{1,2}\)\s)")
_PART_PRESENT = re.compile(r"\s*\(\s*nếu có\s+(?P<thing>[^()]+?)\s*\)\s*$", re.I)
_PART_LIMIT = re.compile(
    r"(?P<name>.+?)\s*(?::\s*|\s+(?=≥|≤|>|<|=|ít nhất\s+\d|tối thiểu\s+\d|từ\s+\d|không quá\s+\d"
    r"|tối đa\s+\d|dưới\s+\d|trên\s+\d))(?P<limit>\S.*)",
    re.I,
)
_THAN = re.compile(
    r"(?P<not>không\s+)?(?P<way>cao|thấp)\s+hơn(?:\s*(?P<by>\d[\d.,]*)\s*%)?(?:\s+trở lên)?", re.I
)
_ENOUGH = re.compile(r"(?:ít nhất\s+)?(?P<k>\d{1,2})(?:\s*(?:/|trong)\s*(?P<n>\d{1,2}))?", re.I)
_YEARS = re.compile(r"(?P<n>\d{1,2})(?:\s+năm)?(?P<before>\s+trước)?", re.I)
MOST_YEARS = 10


def rich(rule: Rule, kind: str) -> Requirement:
    """What a row of one of the ``RICH`` kinds demands. Raises ``Unfinished``."""
    if kind in ("set", "set_again"):
        return _another_set(rule, again=kind == "set_again")
    if kind not in ("set", "set_again", "relative", "against", "at_least_of"):
        _says_nothing_else(rule)
    if kind in ("falling", "rising"):
        years, _ = _years_in_row(rule)
        measure = rule.measure("number", better="lower" if kind == "falling" else "higher")
        return Trend(measure=measure, direction=kind, years=years or 1)  # type: ignore[arg-type]
    if kind in ("relative", "against"):
        return _against(rule, kind)
    return _several(rule, kind)


def _says_nothing_else(rule: Rule) -> None:
    """What the kind does not read may not stand there: it would be dropped."""
    for key, phrase in rule.cells.items():
        if phrase.kind not in ("empty", "reached"):
            raise rule.stop(
                key, f"Kiểu yêu cầu này không dùng ngưỡng “{text(rule.row, key)}”.",
                "Hãy xóa ô đó, hoặc chọn kiểu yêu cầu khác.",
            )  # fmt: skip


# --- Another set


def _chosen_set(rule: Rule, *, why: str) -> CriteriaSet:
    said = text(rule.row, "other")
    hint = _candidates(rule)
    if not said:
        raise rule.stop("other", f"Chưa chọn {why}.", f"Hãy chọn bộ trong danh sách.{hint}")
    match = _ID.search(said)
    found = rule.sets.get(match[0]) if match else None
    if found is None:
        named = [s for s in rule.sets.values() if fold(said) in (fold(s.short), fold(s.title))]
        found = named[0] if len(named) == 1 else None
    if found is None:
        raise rule.stop("other", f"Không có bộ “{said}”.", f"Hãy chọn bộ trong danh sách.{hint}")
    return found


def _candidates(rule: Rule) -> str:
    """Sets that the row may mean: of the decision it names, or with an indicator of its measure.

    Only told, never taken: which one is meant is for a person to say.
    """
    words = " ".join(text(rule.said, key) for key in (*rule.cells, "name", "common"))
    named = [one.short for one in rule.sets.values() if _mentions(words, one)]
    measures = {one.id for one in rule.measures.named(rule.name)}
    same = [
        f"chỉ tiêu {indicator.number} của {one.short}"
        for one in rule.sets.values()
        for criterion in one.criteria
        for indicator in criterion.indicators
        if measures & {m for node in walk(indicator.requirement) for m, _ in measures_of(node)}
    ]
    found = list(dict.fromkeys(named or same))[:4]
    return f" Có thể là: {'; '.join(found)}." if found else ""


def _mentions(words: str, one: CriteriaSet) -> bool:
    number = one.decision.number
    return bool(number) and bool(re.search(rf"(?<!\d){re.escape(number)}", words))


def _another_set(rule: Rule, *, again: bool) -> Requirement:
    other = _chosen_set(rule, why="bộ tiêu chí phải đạt")
    if rule.level_below:
        rule.fits_level(other)
    if number := text(rule.row, "other_number").rstrip("."):
        if number not in numbers(other):
            raise rule.stop(
                "other_number", f"{other.short} không có tiêu chí, chỉ tiêu {number}.",
                "Hãy sửa số, hoặc để trống nếu phải đạt cả bộ.",
            )  # fmt: skip
        return MeetsCriterion(set=other.id, number=number)
    recognition = rule.measure("yes_no") if text(rule.row, "measure") else None
    return MeetsSet(set=other.id, recognition=recognition, revalidate=again)


# --- Against another number


def _against(rule: Rule, kind: str) -> Requirement:
    cells = {key: text(rule.row, key) for key in rule.cells}
    if not cells:
        raise rule.stop(
            "common", "Chưa ghi cao hơn hay thấp hơn.", "Hãy ghi, ví dụ: cao hơn 10%, thấp hơn."
        )
    read = {key: _than(rule, key, words) for key, words in cells.items()}
    signs = {operator for operator, _ in read.values()}
    if len(signs) > 1:
        raise rule.stop("common", "Các ô ngưỡng dùng dấu khác nhau.", "Hãy ghi cùng một kiểu.")
    (operator,) = signs
    measure = rule.measure("number", better="higher" if operator in (">=", ">") else "lower")
    made = {key: _of_other(rule, kind, measure, factor) for key, (_, factor) in read.items()}
    return Compare(
        measure=measure, operator=operator, threshold=_by_case(rule, made),
        exceptions=rule.exceptions(),
    )  # fmt: skip


def _than(rule: Rule, key: str, words: str) -> tuple[Operator, Decimal]:
    """“cao hơn 10%” is at least 1.1 times; “thấp hơn” is below it."""
    match = _THAN.fullmatch(clean_spaces(words).strip(" ."))
    by = parse_number(match["by"]) if match and match["by"] else None
    if match is None or (match["by"] and by is None) or (match["not"] and match["by"]):
        raise rule.stop(key, f"Chưa hiểu “{words}”.", "Hãy ghi: cao hơn 10%, hoặc thấp hơn.")
    up = fold(match["way"]) == "cao"
    if match["not"]:
        return ("<=" if up else ">="), Decimal(1)
    if by is None:
        return (">" if up else "<"), Decimal(1)
    if not up and by >= 100:
        raise rule.stop(key, f"Không thể thấp hơn {words}.", "Hãy xem lại số.")
    share = by / 100
    return (">=", 1 + share) if up else ("<=", 1 - share)


def _of_other(rule: Rule, kind: str, measure: str, factor: Decimal) -> Threshold:
    if kind == "against":
        what = text(rule.row, "against")
        if not what:
            raise rule.stop(
                "against", "Chưa ghi so với số liệu nào.",
                "Hãy ghi tên số liệu, ví dụ “Bình quân chung của huyện”.",
            )  # fmt: skip
        return FromMeasure(measure=_other_measure(rule, what, measure), factor=factor)
    other = _chosen_set(rule, why="bộ tiêu chí được so")
    number = text(rule.row, "other_number").rstrip(".")
    if number not in {i.number for c in other.criteria for i in c.indicators}:
        what = f"{other.short} không có chỉ tiêu {number}." if number else "Chưa ghi số chỉ tiêu."
        raise rule.stop("other_number", what, f"Hãy ghi số chỉ tiêu được so.{_candidates(rule)}")
    return RelativeTo(set=other.id, indicator=number, factor=factor)


def _other_measure(rule: Rule, what: str, measure: str) -> str:
    known = rule.measures.known.get(what.split(" ")[0]) or rule.measures.known.get(measure)
    known = known or rule.measures.created.get(measure)
    name = what if rule.measures.knows(what) else f"{rule.name}: {what[:1].lower()}{what[1:]}"
    given = what if what.split(" ")[0] in rule.measures.known else ""
    unit = known.unit if known is not None else ""
    try:
        return rule.measures.find(
            Wanted(
                need="number", name=name, unit=unit, given=given, topic=rule.topic,
                level=rule.subject,
            )
        )  # fmt: skip
    except DoesNotFit as trouble:
        raise rule.stop("against", str(trouble), "Hãy chọn số liệu khác.") from None


def _by_case(rule: Rule, made: dict[str, Threshold]) -> Threshold:
    common = made.pop("common", None)
    if not made:
        assert common is not None
        return common
    groups = [key for key in made if key in GROUPS]
    if groups and len(groups) < len(made):
        raise rule.stop(
            groups[0], "Dòng này ghi ngưỡng cả theo nhóm xã và theo vùng.",
            "Hãy chỉ dùng một trong hai.",
        )  # fmt: skip
    if not groups:
        return ByRegion(cases=tuple(made.items()))
    found = {key: made.get(key, common) for key in GROUPS}
    return ByGroup(cases=tuple((GROUPS[k], v) for k, v in found.items() if v is not None))


# --- Several contents


def _several(rule: Rule, kind: str) -> Requirement:
    words = [_MARK.sub("", one).strip(" .,") for one in _BETWEEN.split(text(rule.row, "parts"))]
    named = [one for one in words if one]
    if len(named) < 2:
        raise rule.stop(
            "parts", "Chưa ghi các nội dung.",
            "Hãy ghi từng nội dung, cách nhau bằng dấu chấm phẩy.",
        )  # fmt: skip
    parts = tuple(_part(rule, one) for one in named)
    if kind == "all_of":
        return AllOf(parts=parts)
    if kind == "any_of":
        return AnyOf(parts=parts)
    if kind == "fallback":
        if not all(isinstance(part, IfPresent) for part in parts[:-1]):
            raise rule.stop(
                "parts", "Xét lần lượt thì mỗi nội dung đứng trước phải nói khi nào được bỏ qua.",
                "Hãy ghi sau nội dung, ví dụ: Có chợ đạt chuẩn (nếu có chợ).",
            )  # fmt: skip
        return Fallback(parts=parts)
    return AtLeastOf(count=_count(rule, len(parts)), parts=parts)


def _count(rule: Rule, have: int) -> int:
    said = {text(rule.row, key) for key in rule.cells}
    match = _ENOUGH.fullmatch(said.pop()) if len(said) == 1 else None
    if match is None:
        raise rule.stop(
            "common", "Chưa rõ cần đạt ít nhất mấy nội dung.",
            "Hãy ghi một số ở ô Ngưỡng chung, ví dụ 1 hoặc 1/3.",
        )  # fmt: skip
    if match["n"] and count_of(match["n"]) != have:
        raise rule.stop(
            "parts", f"Quyết định nói {count_of(match['n'])} nội dung, ô này có {have}.",
            "Hãy ghi đủ các nội dung, cách nhau bằng dấu chấm phẩy.",
        )  # fmt: skip
    if not 1 <= int(match["k"]) <= have:
        raise rule.stop(
            "common", f"Không thể đạt {int(match['k'])} trong {have} nội dung.", "Hãy sửa số."
        )
    return int(match["k"])


def _part(rule: Rule, words: str) -> Requirement:
    """One content: “Có chợ đạt chuẩn (nếu có chợ)”, “Tỷ lệ hộ nghèo ≤ 2%”, a set by its code."""
    if match := _PART_PRESENT.search(words):
        thing = rule.thing(match["thing"])
        inner = _part(rule, words[: match.start()].strip())
        return IfPresent(measure=_yes_no(rule, thing), part=inner)
    if (match := _ID.search(words)) and match[0] in rule.sets:
        return MeetsSet(set=match[0])
    if (match := _PART_LIMIT.fullmatch(words)) is None or match["limit"].strip() == "":
        return Reached(measure=_yes_no(rule, _own(rule, words)))
    limit = parse(match["limit"])
    if limit.kind == "reached":
        return Reached(measure=_yes_no(rule, _own(rule, match["name"])))
    zero = limit.kind == "zero"
    amount = Decimal(0) if zero else limit.low
    operator = "=" if zero else limit.operator
    if amount is None or operator is None or limit.within or limit.of:
        raise rule.stop(
            "parts", f"Chưa hiểu “{match['limit']}” của nội dung “{match['name']}”.",
            "Hãy ghi: tên nội dung, dấu và số, ví dụ “Tỷ lệ hộ nghèo ≤ 2%”.",
        )  # fmt: skip
    better = "higher" if operator in (">=", ">") else "lower"
    wanted = Wanted(
        need="number", name=_own(rule, match["name"]), unit=limit.unit,
        better=better, topic=rule.topic, level=rule.subject,  # type: ignore[arg-type]
    )  # fmt: skip
    return Compare(
        measure=rule.measures.find(wanted), operator=operator, threshold=Value(amount=amount)
    )


def _own(rule: Rule, words: str) -> str:
    """The name of a content's measure: its own where that is known or says enough by itself."""
    own = f"{words[:1].upper()}{words[1:]}"
    if rule.measures.knows(own) or len(words.split()) > 3:
        return own
    return f"{rule.name}: {words}"


def _yes_no(rule: Rule, name: str) -> str:
    wanted = Wanted(need="yes_no", name=name, better="higher", topic=rule.topic, level=rule.subject)
    return rule.measures.find(wanted)


# --- Around the rest


def level_below(rule: Rule) -> ChildLevel | None:
    """The units below that are counted; None where the unit itself is judged."""
    said = text(rule.row, "children")
    if not said:
        return None
    if fold(said) not in LEVELS:
        raise rule.stop("children", f"Chưa hiểu “{said}”.", "Hãy ghi thôn, xã hoặc huyện.")
    return LEVELS[fold(said)]


def of_units_below(rule: Rule, level: ChildLevel, operator: Operator, unit: str) -> Requirement:
    """So many of the units below, or such a share, reach the set or what the indicator names."""
    counting = "percent" if unit == "%" else "count"
    if unit not in ("%", "") and fold(unit) not in LEVELS:
        raise rule.stop(
            "unit", f"Ngưỡng tính bằng “{unit}”, không phải số thôn, xã hay tỷ lệ %.",
            "Hãy sửa đơn vị, hoặc để trống cột “Tính trên số”.",
        )  # fmt: skip
    if text(rule.row, "other"):
        part = _another_set(rule, again=False)
    else:
        said = text(rule.row, "children")
        name = re.sub(rf"^(?:tỷ lệ|tỉ lệ|số)\s+(?:số\s+)?(?={said})", "", rule.name, flags=re.I)
        name = f"{name[:1].upper()}{name[1:]}"
        wanted = Wanted(
            need="yes_no", name=name, given=text(rule.row, "measure"), better="higher",
            topic=rule.topic, level=level,
        )  # fmt: skip
        try:
            part = Reached(measure=rule.measures.find(wanted))
        except DoesNotFit as trouble:
            raise rule.stop("measure", str(trouble), "Hãy để trống.") from None
    threshold = rule.threshold(
        lambda p: Decimal(0) if p.kind == "zero" else p.low, "%" if counting == "percent" else ""
    )
    return Children(
        level=level, part=part, operator=operator, threshold=threshold,
        counting=counting,  # type: ignore[arg-type]
    )  # fmt: skip


def _years_in_row(rule: Rule) -> tuple[int, bool]:
    said = text(rule.row, "years")
    if not said:
        return 0, False
    match = _YEARS.fullmatch(said)
    if match is None or not 1 <= int(match["n"]) <= MOST_YEARS:
        raise rule.stop(
            "years", f"Chưa hiểu “{said}”.", "Hãy ghi số năm, ví dụ 3, “3 trước”, hoặc “hằng năm”."
        )
    return int(match["n"]), bool(match["before"])


def over_years(rule: Rule, inner: Requirement) -> Requirement:
    """The requirement over several years, or anew each year, where the row says so."""
    if isinstance(inner, Trend):
        return inner
    if fold(text(rule.row, "years")) in ("hang nam", "trong nam", "moi nam"):
        return ThisYear(part=inner)
    years, before = _years_in_row(rule)
    return Consecutive(years=years, part=inner, before=before) if years else inner


def amounts_of(requirement: Requirement) -> Iterator[Decimal]:
    """Every number that the requirement holds outside of its thresholds: counts and years."""
    for node in walk(requirement):
        match node:
            case AtLeastOf():
                yield Decimal(node.count)
                yield Decimal(len(node.parts))
            case Consecutive() | Trend():
                yield Decimal(node.years)
            case AnyOf():
                yield Decimal(1)
