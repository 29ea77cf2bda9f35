"""The rule alone: a requirement in words, whatever the unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ..protocols import LawOfDay
from ..regions import REGIONS
from ..requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    NotLoaded,
    Points,
    Reached,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from ..sets import CriteriaSet
from .words import (
    CASES,
    LEVELS,
    SETTING,
    SIGNS,
    Names,
    attribute_words,
    number_words,
    recognised,
    with_unit,
)

Group = AllOf | AnyOf | AtLeastOf | Fallback


def describe(
    requirement: Requirement,
    law: LawOfDay,
    criteria_set: CriteriaSet | None = None,
    *,
    named: bool = False,
) -> str:
    """What is demanded: “≥ 95 %”, “Không còn (0 nhà)”, “1 trong 2: …”.

    ``named`` puts the measure's name before a single comparison; within several parts it always
    stands. No full stop at the end; the first letter is a capital.
    """
    said = rule(requirement, Names(law, criteria_set), named=named)
    return said[:1].upper() + said[1:]


def describe_threshold(
    threshold: Threshold, law: LawOfDay, unit: str = "", criteria_set: CriteriaSet | None = None
) -> str:
    """A threshold with all its cases: “90 % (vùng Đồng bằng sông Hồng), 80 % (…)”."""
    return limit_words(threshold, Names(law, criteria_set), unit)


def rule(node: Requirement, names: Names, *, named: bool) -> str:
    """The rule of one node, in small letters."""
    match node:
        case Reached():
            return f"{names.of(node.measure)}: đạt" if named else "đạt"
        case Recognised():
            return f"{recognised(node, names)}, còn hiệu lực"
        case Compare() | Between() | Grade() | Trend():
            said = _leaf(node, names)
            if not named:
                return said
            joined = " " if said[0] in "≥≤><=" else ": "
            return f"{names.of(node.measure)}{joined}{said}"
        case ContentNotLoaded():
            note = f": {node.note.strip().rstrip('.')}" if node.note else ""
            return f"nội dung {SETTING[node.giver]} (chưa nạp{note})"
        case AllOf() | AnyOf() | AtLeastOf() | Fallback():
            return _several(node, names)
        case IfPresent():
            return f"{rule(node.part, names, named=named)} (chỉ xét khi có)"
        case BothSexes():
            return f"{rule(node.part, names, named=named)} (đạt cho cả nam và nữ)"
        case Consecutive():
            row = f"{node.years} năm liên tục" + (" trước năm xét" if node.before else "")
            return f"{rule(node.part, names, named=named)} ({row})"
        case ThisYear():
            return f"{rule(node.part, names, named=named)} (xét trong năm đánh giá)"
        case Children():
            return _children(node, names)
        case Points():
            parts = "; ".join(
                f"{number_words(worth)} điểm: {rule(part, names, named=True)}"
                for worth, part in node.parts
            )
            return f"tổng điểm ≥ {limit_words(node.threshold, names, 'điểm')}: {parts}"
        case Checklist():
            band = bounds(node.low, node.high, True, names, "điểm")
            return f"đủ {len(node.mandatory)} nội dung bắt buộc và chấm {band}"
        case MeetsSet():
            again = " (xét lại, kể cả khi đã được công nhận)" if node.revalidate else ""
            return f"đạt {names.set_name(node.set)}{again}"
        case MeetsCriterion():
            return f"đạt tiêu chí, chỉ tiêu {node.number} của {names.set_name(node.set)}"
        case MetShare():
            limit = limit_words(node.threshold, names, "%")
            return f"{SIGNS[node.operator]} {limit} số tiêu chí của {names.set_name(node.set)} đạt"


def _leaf(node: Compare | Between | Grade | Trend, names: Names) -> str:
    unit = names.unit(node.measure)
    if isinstance(node, Between):
        return bounds(node.low, node.high, node.below_high, names, unit)
    if isinstance(node, Grade):
        return f"đạt {node.at_least} trở lên"
    if isinstance(node, Trend):
        way = "giảm" if node.direction == "falling" else "tăng"
        if node.years == 1:
            return f"{way} so với năm trước"
        return f"{way} liên tục {node.years} năm so với năm trước"
    if is_zero(node):
        said = f"không còn ({with_unit('0', unit)})"
    else:
        said = f"{SIGNS[node.operator]} {limit_words(node.threshold, names, unit)}"
    if node.exceptions:
        said += f" (không tính: {'; '.join(each.text for each in node.exceptions)})"
    return said


def is_zero(node: Compare) -> bool:
    """Whether it demands that there be none."""
    limit = node.threshold
    return node.operator == "=" and isinstance(limit, Value) and limit.amount == 0


def _several(node: Group, names: Names, *, nested: bool = False) -> str:
    """Several parts, numbered (1), (2); within another list a), b)."""
    parts = [
        _several(part, names, nested=True)
        if isinstance(part, Group)
        else rule(part, names, named=True)
        for part in node.parts
    ]
    marks = [f"{chr(96 + n)})" if nested else f"({n})" for n in range(1, len(parts) + 1)]
    listed = "; ".join(f"{mark} {part}" for mark, part in zip(marks, parts, strict=True))
    plain = len(parts) < 3 and not any(isinstance(part, Group) for part in node.parts)
    if isinstance(node, Fallback):
        return "xét lần lượt, nội dung sau chỉ xét khi không có nội dung trước: " + listed
    count = 1 if isinstance(node, AnyOf) else len(parts)
    if isinstance(node, AtLeastOf):
        count = node.count
    if count < len(parts):
        return f"ít nhất {count} trong {len(parts)} nội dung: {listed}"
    if nested:
        return f"đủ {len(parts)} nội dung: {listed}"
    return "; ".join(parts) if plain else listed


def _children(node: Children, names: Names) -> str:
    level = LEVELS[node.level]
    part = rule(node.part, names, named=True)
    if node.counting == "count":
        limit = limit_words(node.threshold, names, level)
        return f"số {level} đạt {SIGNS[node.operator]} {limit}: {part}"
    limit = limit_words(node.threshold, names, "%")
    every = isinstance(node.threshold, Value) and node.threshold.amount == 100
    if every and node.operator in (">=", "="):
        return f"100 % số {level}: {part}"
    return f"{SIGNS[node.operator]} {limit} số {level}: {part}"


def bounds(
    low: Threshold | None, high: Threshold | None, below_high: bool, names: Names, unit: str
) -> str:
    """“từ 50 đến dưới 70 điểm”."""
    least = "" if low is None else limit_words(low, names, unit)
    most = "" if high is None else limit_words(high, names, unit)
    upper = "dưới" if below_high else "đến"
    if not least:
        return f"{'dưới' if below_high else 'không quá'} {most}"
    if not most:
        return f"từ {least} trở lên"
    if unit and least.endswith(f" {unit}"):
        least = least.removesuffix(f" {unit}")
    return f"từ {least} đến {upper} {most}" if below_high else f"từ {least} {upper} {most}"


def limit_words(threshold: Threshold, names: Names, unit: str) -> str:
    """A threshold with all its cases."""
    match threshold:
        case Value():
            return with_unit(number_words(threshold.amount), unit)
        case NotLoaded():
            return f"mức {SETTING[threshold.giver]} (chưa nạp)"
        case ByRegion():
            said = [(REGIONS.get(k, k), limit_words(t, names, unit)) for k, t in threshold.cases]
            return _cases(said, "vùng ")
        case ByGroup():
            said = [(key, limit_words(t, names, unit)) for key, t in threshold.cases]
            return _cases(said, "nhóm ")
        case ByYear():
            said = [(str(key), limit_words(t, names, unit)) for key, t in threshold.cases]
            return _cases(said, "năm ")
        case ByAttribute():
            cases = ((CASES.get(key, key), then) for key, then in threshold.cases)
            said = [(key, limit_words(then, names, unit)) for key, then in cases]
            listed = _cases(said, f"{attribute_words(threshold.attribute)}: ")
            if threshold.otherwise is None:
                return listed
            return f"{listed}; {limit_words(threshold.otherwise, names, unit)} (còn lại)"
        case RelativeTo():
            whose = f"chỉ tiêu {threshold.indicator} của {names.set_name(threshold.set)}"
            return f"{_times(threshold.factor)}mức của {whose}"
        case FromMeasure():
            return f"{_times(threshold.factor)}{names.of(threshold.measure)}"


def _times(factor: Decimal) -> str:
    return "" if factor == 1 else f"{number_words(Fraction(factor))} lần "


def _cases(said: list[tuple[str, str]], what: str) -> str:
    """Cases with the same threshold stand together."""
    together: dict[str, list[str]] = {}
    for case, limit in said:
        together.setdefault(limit, []).append(case)
    if len(together) == 1 and said[0][1].endswith("(chưa nạp)"):
        return said[0][1]
    return "; ".join(
        f"{limit.replace('; ', ' hoặc ')} ({what}{', '.join(keys)})"
        for limit, keys in together.items()
    )
