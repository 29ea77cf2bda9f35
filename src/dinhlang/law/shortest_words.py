"""How much an item lacks and what it is called, in Vietnamese."""

from __future__ import annotations

from fractions import Fraction

from .explaining.words import Names, amount_lacking, missing_words, number_words, with_unit
from .requirements import (
    AllOf,
    Between,
    BothSexes,
    Children,
    Compare,
    Consecutive,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    Reached,
    Recognised,
    Requirement,
    ThisYear,
    Trend,
)
from .subjects import Fact
from .verdicts import Missing, State, Verdict

MOST_NAMES = 3


def lacks(verdict: Verdict, names: Names) -> str:
    """What is missing for a leaf to be met: “cần thêm 8,42 triệu đồng/người/năm”.

    An unknown leaf lacks a fact or a threshold: what, and who has it.
    """
    if verdict.state is State.UNKNOWN:
        said = dict.fromkeys(_unknown(each, verdict, names) for each in verdict.missing)
        return "; ".join(said) or "chưa đủ số liệu"
    node = verdict.requirement
    match node:
        case Compare():
            limit = verdict.threshold.amount if verdict.threshold else None
            return _gap(verdict, node.measure, node.operator, limit, names)
        case Between():
            return _out_of_band(verdict, node, names)
        case Grade():
            now = f", hiện {verdict.fact.grade}" if verdict.fact and verdict.fact.grade else ""
            return f"cần đạt {node.at_least}{now}"
        case Trend():
            return "cần giảm so với năm trước" if node.direction == "falling" else "cần tăng lên"
        case Recognised():
            return "cần được công nhận"
        case _:
            return "cần hoàn thành"


def _unknown(missing: Missing, verdict: Verdict, names: Names) -> str:
    """What is missing; of the item's own number without its name, which stands beside."""
    own = getattr(verdict.requirement, "measure", "") == missing.what
    year = f" năm {missing.year}" if missing.year else ""
    if own and missing.kind in ("fact", "fact_of_year"):
        return f"chưa có số liệu{year}"
    if own and missing.kind == "expired":
        return "giấy tờ đã hết hiệu lực"
    if own and missing.kind == "survey":
        return f"cần kết quả điều tra{year}"
    return missing_words(missing, names)


def _out_of_band(verdict: Verdict, node: Between, names: Names) -> str:
    low = verdict.threshold.amount if verdict.threshold else None
    high = verdict.high.amount if verdict.high else None
    if low is not None and verdict.value is not None and verdict.value < low:
        return _gap(verdict, node.measure, ">=", low, names)
    return _gap(verdict, node.measure, "<" if node.below_high else "<=", high, names)


def _gap(
    verdict: Verdict, measure_id: str, operator: str, limit: Fraction | None, names: Names
) -> str:
    measure = names.measure(measure_id)
    if limit is None or verdict.value is None:
        return "cần hoàn thành"
    unit = names.unit(measure_id)
    gap = limit - verdict.value
    more = gap > 0 or (gap == 0 and operator == ">")
    verb = "cần thêm" if more else "cần giảm"
    if not gap:
        return f"cần {'trên' if more else 'dưới'} {with_unit(number_words(limit), unit)}"
    if unit == "%":
        unit = "điểm %"
    beyond = "hơn " if operator in (">", "<") else ""
    said = f"{verb} {beyond}{with_unit(number_words(abs(gap)), unit)}"
    fact: Fact | None = verdict.fact
    if measure is not None and fact is not None and verdict.reason != "excepted":
        counted = amount_lacking(fact, limit, measure, operator)
        if counted:
            said += f" ({'thêm' if more else 'bớt'} {counted})"
    return said


def name_of(node: Requirement, names: Names) -> str:
    """What a part is called in a list of choices: its measure, its set, or its first parts."""
    match node:
        case Reached() | Compare() | Between() | Grade() | Trend():
            return names.of(node.measure)
        case Recognised():
            return node.standard or names.of(node.measure)
        case MeetsSet():
            return names.set_name(node.set)
        case MeetsCriterion():
            return f"Tiêu chí {node.number}, {names.set_name(node.set)}"
        case IfPresent() | BothSexes() | Consecutive() | ThisYear() | Children():
            return name_of(node.part, names)
        case AllOf():
            said = list(dict.fromkeys(name_of(part, names) for part in node.parts))
            more = f" và {len(said) - MOST_NAMES} nội dung khác" if len(said) > MOST_NAMES else ""
            return "; ".join(said[:MOST_NAMES]) + more
        case _:
            return "Một trong nhiều nội dung"
