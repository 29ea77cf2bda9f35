"""One sentence for one verdict: what is demanded, what there is, how much is lacking."""

from __future__ import annotations

import re
from fractions import Fraction

from dinhlang.vietnamese import format_date

from ..requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Between,
    BothSexes,
    Checklist,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Fallback,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    MetShare,
    Points,
    Reached,
    Recognised,
    ThisYear,
    Trend,
)
from ..verdicts import ResolvedThreshold, State, Verdict
from .rules import is_zero, rule
from .words import (
    FACT_SOURCES,
    LEVELS,
    SEXES,
    SIGNS,
    Names,
    amount_lacking,
    missing_words,
    number_words,
    standard_of,
    with_unit,
)

_MOST_NAMED = 3
_MOST_NUMBERS = 8


def sentence(verdict: Verdict, names: Names, *, named: bool) -> str:
    """The verdict in one sentence, in small letters and without a full stop.

    ``named`` puts the name of a single measure before it; it does within several parts.
    """
    node = verdict.requirement
    match node:
        case Reached() | Recognised():
            return _judged(verdict, node, names, named=named)
        case Compare() | Between():
            said = _compared(verdict, node, names)
        case Grade():
            said = _graded(verdict, node, names)
        case Trend():
            said = _trend(verdict, node, names)
        case ContentNotLoaded():
            return missing_words(verdict.missing[0], names)
        case AllOf() | AnyOf() | AtLeastOf() | Checklist():
            return _several(verdict, names)
        case Fallback():
            return _fallback(verdict, names)
        case IfPresent():
            return _if_present(verdict, node, names, named=named)
        case BothSexes() | Consecutive() | ThisYear():
            return _under_other_question(verdict, node, names, named=named)
        case Children():
            return _children(verdict, node, names)
        case Points():
            return _points(verdict, node, names)
        case MeetsSet() | MeetsCriterion():
            return _other_set(verdict, node, names)
        case MetShare():
            return _met_share(verdict, node, names)
    return f"{names.of(node.measure)}: {said}" if named else said


# --- Leaves --------------------------------------------------------------------------------------


def _judged(verdict: Verdict, node: Reached | Recognised, names: Names, *, named: bool) -> str:
    if isinstance(node, Recognised) or verdict.reason == "expired":
        what = standard_of(node, names)
        fact = verdict.fact
        until = fact.valid_to if fact else None
        if verdict.state is State.MET:
            return f"đã được công nhận {what}" + (
                f", hiệu lực đến {format_date(until)}" if until else ""
            )
        if verdict.reason == "expired" and until:
            return f"{what}: giấy tờ đã hết hiệu lực ngày {format_date(until)}"
        if verdict.state is State.NOT_MET:
            return f"chưa được công nhận {what}"
        return _lacking(verdict, names)
    if verdict.state is State.UNKNOWN:
        said = _no_number(verdict, names)
        return f"{names.of(node.measure)}: {said}" if named else said
    said = "đạt" if verdict.state is State.MET else "chưa đạt"
    return f"{names.of(node.measure)}: {said}" if named else f"được ghi nhận là {said}"


def _lacking(verdict: Verdict, names: Names) -> str:
    """What is missing; who gives it stands in the list of what is missing, or is the reason."""
    return "; ".join(
        missing_words(each, names, with_giver=each.kind in ("threshold", "content"))
        for each in verdict.missing[:_MOST_NAMED]
    )


def _compared(verdict: Verdict, node: Compare | Between, names: Names) -> str:
    unit = names.unit(node.measure)
    if verdict.state is State.NOT_APPLICABLE:
        return _empty(verdict, names)
    wanted = _wanted(verdict, node, unit, names)
    if verdict.value is None:
        return f"{wanted}; {_no_number(verdict, names)}"
    near = verdict.threshold.amount if verdict.threshold else None
    now = with_unit(number_words(verdict.value, near), unit)
    if verdict.reason in ("no_threshold", "no_fact"):
        return f"hiện {now}; {_lacking(verdict, names)}"
    said = f"{wanted}, hiện {now}"
    if verdict.reason in ("excepted", "exceptions_unknown"):
        said += " sau khi trừ trường hợp không tính"
    if verdict.state is State.UNKNOWN:
        return f"{said}; {_lacking(verdict, names)}"
    gap = _gap(verdict, node, unit, names) if verdict.state is State.NOT_MET else ""
    return f"{said}: {gap}" if gap else said


def _empty(verdict: Verdict, names: Names) -> str:
    fact = verdict.fact
    measure = names.measure(fact.measure) if fact else None
    base = measure.denominator if measure and measure.denominator else "đối tượng để tính tỷ lệ"
    what = re.sub(r"^(Tổng số|Tổng|Số) ", "", base)
    return f"không áp dụng vì không có {what[:1].lower() + what[1:]}"


def _no_number(verdict: Verdict, names: Names) -> str:
    fact = verdict.fact
    if verdict.reason == "expired" and fact and fact.valid_to:
        return f"số liệu đã hết hiệu lực ngày {format_date(fact.valid_to)}"
    if verdict.reason == "no_survey" and fact:
        return f"số liệu phải lấy từ điều tra, số đang có là từ {FACT_SOURCES[fact.source]}"
    for each in verdict.missing:
        if each.kind in ("fact", "fact_of_year"):
            return "chưa có số liệu" + (f" năm {each.year}" if each.year else "")
    return _lacking(verdict, names)


def _wanted(verdict: Verdict, node: Compare | Between, unit: str, names: Names) -> str:
    """What is demanded with the number that applies to this unit."""
    if isinstance(node, Between):
        return _band(verdict.threshold, verdict.high, node.below_high, unit) or (
            f"cần {rule(node, names, named=False)}"
        )
    if is_zero(node):
        return f"phải không còn ({with_unit('0', unit)})"
    if verdict.threshold is None:
        return f"cần {rule(node, names, named=False)}"
    limit = with_unit(number_words(verdict.threshold.amount), unit)
    return f"cần {SIGNS[node.operator]} {limit}"


def _band(
    low: ResolvedThreshold | None, high: ResolvedThreshold | None, below: bool, unit: str
) -> str:
    least = number_words(low.amount) if low else ""
    most = with_unit(number_words(high.amount), unit) if high else ""
    if least and most:
        return f"cần từ {least} {'đến dưới' if below else 'đến'} {most}"
    if least:
        return f"cần từ {with_unit(least, unit)} trở lên"
    return f"cần {'dưới' if below else 'không quá'} {most}" if most else ""


def _gap(verdict: Verdict, node: Compare | Between, unit: str, names: Names) -> str:
    """By how much the number fails: “thiếu 1,5 điểm phần trăm, tức 0,18 km”."""
    assert verdict.value is not None
    operator, limit = _failed(verdict, node)
    if limit is None:
        return ""
    gap = abs(limit - verdict.value)
    if gap == 0:
        return "vừa bằng ngưỡng, phải hơn" if operator == ">" else "vừa bằng ngưỡng, phải kém"
    if isinstance(node, Compare) and is_zero(node):
        return f"còn {with_unit(number_words(gap), unit)}"
    word = "thiếu" if limit > verdict.value else "vượt"
    measure = names.measure(node.measure)
    said = with_unit(number_words(gap, Fraction(0)), "điểm phần trăm" if unit == "%" else unit)
    counted = ""
    if measure is not None and verdict.fact is not None and verdict.reason != "excepted":
        counted = amount_lacking(verdict.fact, limit, measure, operator)
    return f"{word} {said}, tức {counted}" if counted else f"{word} {said}"


def _failed(verdict: Verdict, node: Compare | Between) -> tuple[str, Fraction | None]:
    """The relation that failed and its limit."""
    low, high = verdict.threshold, verdict.high
    if isinstance(node, Compare):
        return node.operator, low.amount if low else None
    assert verdict.value is not None
    if low is not None and verdict.value < low.amount:
        return ">=", low.amount
    return "<" if node.below_high else "<=", high.amount if high else None


def _graded(verdict: Verdict, node: Grade, names: Names) -> str:
    wanted = f"cần {node.at_least} trở lên"
    if verdict.state is State.UNKNOWN or verdict.fact is None:
        return f"{wanted}; {_no_number(verdict, names)}"
    return f"{wanted}, hiện {verdict.fact.grade}"


def _trend(verdict: Verdict, node: Trend, names: Names) -> str:
    unit = names.unit(node.measure)
    if verdict.reason == "step":
        now = "chưa rõ" if verdict.value is None else with_unit(number_words(verdict.value), unit)
        way = {State.MET: "", State.NOT_MET: "không "}.get(verdict.state)
        moved = "giảm" if node.direction == "falling" else "tăng"
        return now if way is None else f"{now}, {way}{moved} so với năm trước"
    if verdict.state is State.NOT_APPLICABLE:
        return _empty(verdict, names)
    wanted = f"phải {rule(node, names, named=False)}"
    if verdict.state is State.UNKNOWN:
        return f"{wanted}; {_lacking(verdict, names)}"
    if verdict.state is State.MET:
        return f"{wanted}, các năm đều đạt"
    years = [part.about for part in verdict.parts if part.state is State.NOT_MET]
    return f"{wanted}, chưa đạt năm {', '.join(years)}"


# --- Several parts -------------------------------------------------------------------------------


def _several(verdict: Verdict, names: Names) -> str:
    node, parts = verdict.requirement, verdict.parts
    applicable = [part for part in parts if part.state is not State.NOT_APPLICABLE]
    if not applicable:
        return f"không áp dụng: {_listed(list(parts), names)}"
    met = [part for part in applicable if part.state is State.MET]
    open_ = [part for part in applicable if part.state is State.UNKNOWN]
    if isinstance(node, AllOf | Checklist):
        if verdict.state is State.MET:
            return f"đạt đủ {len(applicable)} nội dung"
        wanted = State.NOT_MET if verdict.state is State.NOT_MET else State.UNKNOWN
        failing = [part for part in applicable if part.state is wanted]
        word = "chưa đạt" if wanted is State.NOT_MET else "chưa đủ số liệu"
        listed = _listed(failing, names)
        return f"{word} {len(failing)}/{len(applicable)} nội dung: {listed}"
    count = node.count if isinstance(node, AtLeastOf) else 1
    said = f"cần ít nhất {count} trong {len(parts)} nội dung, đã đạt {len(met)}"
    if verdict.state is State.MET:
        return f"{said}: {_listed(met, names)}"
    if open_:
        said += f", chưa đủ số liệu {len(open_)}"
    return said


def _listed(parts: list[Verdict], names: Names) -> str:
    said = [sentence(part, names, named=True) for part in parts[:_MOST_NAMED]]
    if len(parts) > _MOST_NAMED:
        said.append(f"và {len(parts) - _MOST_NAMED} nội dung khác")
    return "; ".join(said)


def _fallback(verdict: Verdict, names: Names) -> str:
    *skipped, last = verdict.parts
    said = sentence(last, names, named=True)
    if not skipped:
        return said
    if verdict.state is State.NOT_APPLICABLE:
        return f"không áp dụng: {_listed(list(verdict.parts), names)}"
    return f"{_listed(skipped, names)}; vì vậy xét tiếp: {said}"


def _if_present(verdict: Verdict, node: IfPresent, names: Names, *, named: bool) -> str:
    name = names.of(node.measure)
    if verdict.reason == "absent":
        return f"không áp dụng vì không có ({name}: không)"
    if verdict.reason == "presence_unknown":
        return f"chỉ xét khi có; {missing_words(verdict.missing[0], names, with_giver=False)}"
    return sentence(verdict.parts[0], names, named=named)


def _under_other_question(
    verdict: Verdict, node: BothSexes | Consecutive | ThisYear, names: Names, *, named: bool
) -> str:
    if isinstance(node, ThisYear):
        return sentence(verdict.parts[0], names, named=named)
    if isinstance(node, BothSexes):
        said = [f"{SEXES[p.sex]}: {sentence(p, names, named=named)}" for p in verdict.parts]
        return "; ".join(said)
    first, last = verdict.parts[0].about, verdict.parts[-1].about
    wanted = f"phải đạt {node.years} năm liên tục ({first}–{last})"
    if verdict.state is State.MET:
        return f"{wanted}: đạt cả"
    by_year = [
        f"năm {part.about} {sentence(part, names, named=named)}"
        for part in verdict.parts
        if part.state is not State.MET
    ]
    return f"{wanted}; {'; '.join(by_year[:_MOST_NAMED])}"


def _children(verdict: Verdict, node: Children, names: Names) -> str:
    level = LEVELS[node.level]
    parts = [part for part in verdict.parts if part.state is not State.NOT_APPLICABLE]
    met = sum(1 for part in parts if part.state is State.MET)
    unknown = sum(1 for part in parts if part.state is State.UNKNOWN)
    limit = verdict.threshold
    percent = node.counting == "percent"
    if verdict.state is State.NOT_APPLICABLE:
        return f"không áp dụng: không {level} nào thuộc diện xét"
    if limit is None:
        wanted = "ngưỡng chưa nạp"
    else:
        unit = f"% số {level}" if percent else level
        wanted = f"cần {SIGNS[node.operator]} {number_words(limit.amount)} {unit}"
    if not verdict.parts:
        return f"{wanted}; chưa có {level} nào để xét"
    said = f"{wanted}, hiện {met}/{len(parts)} {level} đạt"
    if percent and verdict.value is not None and not unknown:
        share = number_words(verdict.value, limit.amount if limit else None)
        said += f" ({share} %)"
    if unknown:
        said += f", {unknown} {level} chưa đủ số liệu"
    if verdict.state is State.NOT_MET and limit is not None and node.operator in (">=", ">"):
        said += f": thiếu {_units_lacking(met, len(parts), node, limit)} {level}"
    return said


def _units_lacking(met: int, base: int, node: Children, limit: ResolvedThreshold) -> int:
    """How many more units must be met, the base staying as it is."""
    needed = limit.amount * base / 100 if node.counting == "percent" else limit.amount
    least = needed.__ceil__()
    if node.operator == ">" and least == needed:
        least += 1
    return max(least - met, 1)


def _points(verdict: Verdict, node: Points, names: Names) -> str:
    if verdict.state is State.NOT_APPLICABLE:
        return "không áp dụng: không nội dung nào thuộc diện chấm điểm"
    if verdict.threshold is None:
        return _lacking(verdict, names)
    wanted = f"cần ≥ {number_words(verdict.threshold.amount)} điểm"
    score = verdict.value or Fraction(0)
    said = f"{wanted}, hiện {number_words(score)} điểm"
    open_ = sum(
        (
            Fraction(worth)
            for (worth, _), part in zip(node.parts, verdict.parts, strict=True)
            if part.state is State.UNKNOWN
        ),
        Fraction(0),
    )
    if open_:
        said += f", {number_words(open_)} điểm chưa đủ số liệu"
    if verdict.state is State.NOT_MET:
        said += f": thiếu {number_words(verdict.threshold.amount - score)} điểm"
    return said


# --- Other sets ----------------------------------------------------------------------------------


def _other_set(verdict: Verdict, node: MeetsSet | MeetsCriterion, names: Names) -> str:
    what = names.set_name(node.set)
    if isinstance(node, MeetsCriterion):
        what = f"mục {node.number} của {what}"
    if verdict.reason == "recognised":
        return f"đã được công nhận {what}"
    if verdict.state is State.MET:
        return f"đạt {what}"
    if verdict.state is State.NOT_APPLICABLE:
        return f"không áp dụng {what}"
    if verdict.state is State.UNKNOWN:
        open_ = _numbers(verdict, State.UNKNOWN)
        failed = _numbers(verdict, State.NOT_MET)
        if not open_:
            return _lacking(verdict, names) if not failed else (
                f"chưa đủ căn cứ để kết luận {what}: {_lacking(verdict, names)}"
            )  # fmt: skip
        return f"chưa đủ số liệu để kết luận {what}: mục {open_}"
    before = "đã được công nhận trước đây nhưng xét lại " if verdict.reason else ""
    return f"{before}chưa đạt {what}: mục {_numbers(verdict, State.NOT_MET)}"


def _numbers(verdict: Verdict, state: State) -> str:
    numbers = [part.about for part in verdict.parts if part.state is state]
    more = len(numbers) - _MOST_NUMBERS
    said = ", ".join(numbers[:_MOST_NUMBERS])
    return f"{said} và {more} mục khác" if more > 0 else said


def _met_share(verdict: Verdict, node: MetShare, names: Names) -> str:
    if verdict.state is State.NOT_APPLICABLE:
        return f"không áp dụng {names.set_name(node.set)}"
    if verdict.threshold is None or verdict.value is None:
        return _lacking(verdict, names)
    limit = number_words(verdict.threshold.amount)
    said = (
        f"cần {SIGNS[node.operator]} {limit} % số tiêu chí của {names.set_name(node.set)} đạt, "
        f"đã đạt {number_words(verdict.value, verdict.threshold.amount)} %"
    )
    if verdict.state is State.UNKNOWN:
        return f"{said}; chưa đủ số liệu ở các tiêu chí còn lại"
    return said
