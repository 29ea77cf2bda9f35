"""A requirement, as it stands in a file: a mapping with exactly one key, its kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast, get_args

from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    Checklist,
    ChildLevel,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Counting,
    Direction,
    Exception_,
    Fallback,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Operator,
    Points,
    Reached,
    Recognised,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)

from .nodes import Cell, suggestion
from .thresholds import giver, note, threshold

OPERATORS = get_args(Operator)
COMPARISONS: dict[str, Operator] = {
    "at_least": ">=", "at_most": "<=", "above": ">", "below": "<", "equals": "=",
}  # fmt: skip


def requirement(cell: Cell) -> Requirement:
    """The tree at ``cell``; where it cannot be made a leaf stands in and the fault is noted."""
    if not cell.is_mapping() or len(cell.entries()) != 1:
        cell.fault(f"Yêu cầu phải có đúng một khóa: {', '.join(KINDS)}.")
        return cell.reading.keep(ContentNotLoaded(), cell)
    (kind, inside), *_ = cell.entries().items()
    if kind not in KINDS:
        inside.fault(f"Không có loại yêu cầu “{kind}”; {suggestion(kind, list(KINDS))}")
        return cell.reading.keep(ContentNotLoaded(), cell)
    return cell.reading.keep(KINDS[kind](inside), inside)


def _text(found: dict[str, Cell], key: str) -> str:
    return found[key].text() if key in found else ""


def _threshold(found: dict[str, Cell], key: str) -> Threshold | None:
    return threshold(found[key]) if key in found else None


def _needed(found: dict[str, Cell], key: str) -> Threshold:
    return threshold(found[key]) if key in found else Value(amount=Decimal(0))


def _whole(found: dict[str, Cell], key: str) -> int:
    return (found[key].whole(1) if key in found else None) or 1


def _operator(found: dict[str, Cell]) -> Operator:
    return cast(Operator, found["operator"].choice(OPERATORS)) if "operator" in found else ">="


def _flag(found: dict[str, Cell], key: str) -> bool:
    return found[key].flag() if key in found else False


def _part(found: dict[str, Cell]) -> Requirement:
    return requirement(found["part"]) if "part" in found else ContentNotLoaded()


def _parts(cell: Cell) -> tuple[Requirement, ...]:
    return tuple(requirement(part) for part in cell.items(least=1))


def _exceptions(found: dict[str, Cell]) -> tuple[Exception_, ...]:
    made = []
    for cell in found["exceptions"].items() if "exceptions" in found else ():
        inside = cell.mapping(["measure", "text"])
        one = Exception_(measure=_text(inside, "measure"), text=_text(inside, "text"))
        made.append(cell.reading.keep(one, cell))
    return tuple(made)


def _reached(cell: Cell) -> Requirement:
    return Reached(measure=cell.text())


def _compare(operator: Operator) -> Callable[[Cell], Requirement]:
    def read(cell: Cell) -> Requirement:
        found = cell.mapping(["measure", "value"], ["exceptions"])
        return Compare(
            measure=_text(found, "measure"),
            operator=operator,
            threshold=_needed(found, "value"),
            exceptions=_exceptions(found),
        )

    return read


def _zero(cell: Cell) -> Requirement:
    nothing = cell.reading.keep(Value(amount=Decimal(0)), cell)
    if not cell.is_mapping():
        return Compare(measure=cell.text(), operator="=", threshold=nothing)
    found = cell.mapping(["measure"], ["exceptions"])
    return Compare(
        measure=_text(found, "measure"),
        operator="=",
        threshold=nothing,
        exceptions=_exceptions(found),
    )


def _between(cell: Cell) -> Requirement:
    found = cell.mapping(["measure"], ["low", "high", "below_high"])
    if "low" not in found and "high" not in found:
        cell.fault("Phải có ít nhất một trong hai cận “low”, “high”.")
    return Between(
        measure=_text(found, "measure"),
        low=_threshold(found, "low"),
        high=_threshold(found, "high"),
        below_high=_flag(found, "below_high"),
    )


def _grade(cell: Cell) -> Requirement:
    found = cell.mapping(["measure", "at_least"])
    return Grade(measure=_text(found, "measure"), at_least=_text(found, "at_least"))


def _trend(cell: Cell) -> Requirement:
    found = cell.mapping(["measure", "direction", "years"])
    word = found["direction"].choice(get_args(Direction)) if "direction" in found else "falling"
    return Trend(
        measure=_text(found, "measure"),
        direction=cast(Direction, word),
        years=_whole(found, "years"),
    )


def _recognised(cell: Cell) -> Requirement:
    found = cell.mapping(["measure", "standard"])
    return Recognised(measure=_text(found, "measure"), standard=_text(found, "standard"))


def _content_not_loaded(cell: Cell) -> Requirement:
    found = cell.mapping([], ["giver", "note"])
    return ContentNotLoaded(giver=giver(found), note=note(found))


def _of_parts(kind: type[Any]) -> Callable[[Cell], Requirement]:
    return lambda cell: kind(parts=_parts(cell))


def _of_part(kind: type[Any]) -> Callable[[Cell], Requirement]:
    return lambda cell: kind(part=requirement(cell))


def _at_least_of(cell: Cell) -> Requirement:
    found = cell.mapping(["count", "parts"])
    parts = _parts(found["parts"]) if "parts" in found else ()
    count = found["count"].whole() if "count" in found else None
    return AtLeastOf(count=1 if count is None else count, parts=parts)


def _if_present(cell: Cell) -> Requirement:
    found = cell.mapping(["measure", "part"])
    return IfPresent(measure=_text(found, "measure"), part=_part(found))


def _consecutive(cell: Cell) -> Requirement:
    found = cell.mapping(["years", "part"], ["before"])
    return Consecutive(
        years=_whole(found, "years"), part=_part(found), before=_flag(found, "before")
    )


def _children(cell: Cell) -> Requirement:
    found = cell.mapping(["level", "part", "value"], ["operator", "counting"])
    levels, countings = get_args(ChildLevel), get_args(Counting)
    level = found["level"].choice(levels) if "level" in found else levels[0]
    counting = found["counting"].choice(countings) if "counting" in found else "percent"
    return Children(
        level=cast(ChildLevel, level),
        part=_part(found),
        operator=_operator(found),
        threshold=_needed(found, "value"),
        counting=cast(Counting, counting),
    )


def _points(cell: Cell) -> Requirement:
    found = cell.mapping(["parts", "value"])
    parts: list[tuple[Decimal, Requirement]] = []
    for part in found["parts"].items(least=1) if "parts" in found else ():
        inside = part.mapping(["points", "part"])
        points = inside["points"].number() if "points" in inside else None
        parts.append((Decimal(0) if points is None else points, _part(inside)))
    return Points(parts=tuple(parts), threshold=_needed(found, "value"))


def _checklist(cell: Cell) -> Requirement:
    found = cell.mapping(["mandatory", "score"], ["low", "high"])
    if "low" not in found and "high" not in found:
        cell.fault("Phải có ít nhất một trong hai cận “low”, “high” của điểm.")
    return Checklist(
        mandatory=found["mandatory"].texts() if "mandatory" in found else (),
        score=_text(found, "score"),
        low=_threshold(found, "low"),
        high=_threshold(found, "high"),
    )


def _meets_set(cell: Cell) -> Requirement:
    found = cell.mapping(["set"], ["recognition", "revalidate"])
    return MeetsSet(
        set=_text(found, "set"),
        recognition=_text(found, "recognition") or None,
        revalidate=_flag(found, "revalidate"),
    )


def _meets_criterion(cell: Cell) -> Requirement:
    found = cell.mapping(["set", "number"])
    return MeetsCriterion(set=_text(found, "set"), number=_text(found, "number"))


def _met_share(cell: Cell) -> Requirement:
    found = cell.mapping(["set", "operator", "value"])
    return MetShare(
        set=_text(found, "set"), operator=_operator(found), threshold=_needed(found, "value")
    )


KINDS: dict[str, Callable[[Cell], Requirement]] = {
    "reached": _reached,
    **{name: _compare(operator) for name, operator in COMPARISONS.items()},
    "zero": _zero,
    "between": _between,
    "grade": _grade,
    "trend": _trend,
    "recognised": _recognised,
    "content_not_loaded": _content_not_loaded,
    "all_of": _of_parts(AllOf),
    "any_of": _of_parts(AnyOf),
    "at_least_of": _at_least_of,
    "fallback": _of_parts(Fallback),
    "if_present": _if_present,
    "both_sexes": _of_part(BothSexes),
    "consecutive": _consecutive,
    "this_year": _of_part(ThisYear),
    "children": _children,
    "points": _points,
    "checklist": _checklist,
    "meets_set": _meets_set,
    "meets_criterion": _meets_criterion,
    "met_share": _met_share,
}
