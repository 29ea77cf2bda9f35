"""A set laid out as rows again: to fill what is missing, to amend it, to take it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from dinhlang.law.requirements import (
    Between,
    BothSexes,
    ByGroup,
    ByRegion,
    Compare,
    ContentNotLoaded,
    Grade,
    IfPresent,
    NotLoaded,
    Reached,
    Recognised,
    Requirement,
    Threshold,
    Value,
)
from dinhlang.law.sets import CriteriaSet, Criterion, Indicator, Measure
from dinhlang.vietnamese import format_date, format_number

from .columns import GROUPS, KINDS, Row
from .decision import LEVELS, MODES, SUBJECTS

_COLUMN_OF_GROUP = {group: key for key, group in GROUPS.items()}
_GIVEN = {
    "province": "UBND cấp tỉnh quy định",
    "ministry": "Theo hướng dẫn của bộ",
    "decision": "Chưa nạp",
}
_OF_CRITERION = frozenset({"criterion", "criterion_name", "at_least", "group", "guided_by"})
_GIVER_KINDS = {"province": "province", "ministry": "ministry", "decision": "not_loaded"}


class TooRich(Exception):
    """The requirement does not fit the columns; the table keeps it as the base has it."""


def rows_of_set(found: CriteriaSet, measures: Mapping[str, Measure], *, fill: bool) -> list[Row]:
    """One row an indicator. With ``fill`` what is not loaded is left empty, to be filled in;
    without it says so.
    """
    rows: list[Row] = []
    for criterion in found.criteria:
        for indicator in criterion.indicators:
            row = _row(criterion, indicator, measures, fill=fill)
            if rows and rows[-1].get("group") == row.get("group"):
                row.pop("group", None)
            rows.append(row)
    return [row | {"line": at} for at, row in enumerate(rows, 1)]


def _row(
    criterion: Criterion, indicator: Indicator, measures: Mapping[str, Measure], *, fill: bool
) -> Row:
    row: Row = {
        "criterion": criterion.number,
        "criterion_name": criterion.name,
        "at_least": "" if criterion.at_least is None else str(criterion.at_least),
        "group": criterion.group,
        "guided_by": criterion.guided_by.name if criterion.guided_by else "",
        "number": indicator.number,
        "name": indicator.name,
        "evidence": "; ".join(indicator.evidence),
        "note": indicator.note,
    }
    if fill:
        if is_placeholder(indicator):
            # Nothing is known but that the criterion exists: its indicators are to be added here.
            return {key: words for key, words in row.items() if words and key in _OF_CRITERION}
        if not re.fullmatch(r"\d+(\.\d+)*", indicator.number):
            # A number of ours, until the decision's own is known.
            row["number"] = ""
        row["note"] = ""
    try:
        row |= demands(indicator.requirement, measures, fill=fill)
    except TooRich:
        row["kind"] = KINDS["kept"]
    return {key: words for key, words in row.items() if words}


def is_placeholder(indicator: Indicator) -> bool:
    """Whether it only holds the place of indicators that are not known, not even by name."""
    return indicator.name_provenance.checked == "not_loaded" and isinstance(
        indicator.requirement, ContentNotLoaded
    )


def demands(node: Requirement, measures: Mapping[str, Measure], *, fill: bool) -> dict[str, str]:
    """The cells that say what is demanded. Raises ``TooRich``."""
    match node:
        case ContentNotLoaded():
            kind = "" if fill and node.giver == "decision" else KINDS[_GIVER_KINDS[node.giver]]
            return {"kind": kind, "unit": node.note if node.note in ("%",) else ""}
        case BothSexes():
            return demands(node.part, measures, fill=fill) | {"both_sexes": "x"}
        case IfPresent():
            named = measures.get(node.measure)
            words = named.name if named is not None else node.measure
            return demands(node.part, measures, fill=fill) | {"if_present": words}
        case Reached():
            return {"kind": KINDS["reached"], "measure": node.measure}
        case Recognised():
            return {
                "kind": KINDS["recognised"], "common": node.standard, "measure": node.measure,
            }  # fmt: skip
        case Grade():
            scale = " < ".join(measures[node.measure].scale) if node.measure in measures else ""
            return {
                "kind": KINDS["grade"], "common": node.at_least, "unit": scale,
                "measure": node.measure,
            }  # fmt: skip
        case Compare():
            return _compare(node, measures, fill=fill)
        case Between() if node.low is not None and node.high is not None:
            return _between(node, measures)
    raise TooRich


def _unit(measure: str, measures: Mapping[str, Measure]) -> str:
    return measures[measure].unit if measure in measures else ""


def _compare(node: Compare, measures: Mapping[str, Measure], *, fill: bool) -> dict[str, str]:
    found = {
        "unit": _unit(node.measure, measures),
        "measure": node.measure,
        "exceptions": "; ".join(one.text for one in node.exceptions),
    }
    if node.operator == "=" and node.threshold == Value(amount=Decimal(0)):
        return found | {"kind": KINDS["zero"]}
    cells = {key: _limit(case, fill=fill) for key, case in _cases(node.threshold).items()}
    return found | {"kind": KINDS[node.operator]} | cells


def _between(node: Between, measures: Mapping[str, Measure]) -> dict[str, str]:
    assert node.low is not None
    assert node.high is not None
    low, high = _cases(node.low), _cases(node.high)
    if low.keys() != high.keys():
        raise TooRich
    found = {
        "kind": KINDS["between"],
        "unit": _unit(node.measure, measures),
        "measure": node.measure,
    }
    for key in low:
        bounds = (low[key], high[key])
        if not all(isinstance(bound, Value) for bound in bounds):
            raise TooRich
        below = "dưới " if node.below_high else ""
        words = [_limit(bound, fill=False) for bound in bounds]
        found[key] = f"{words[0]} - {below}{words[1]}"
    return found


def _cases(threshold: Threshold) -> dict[str, Threshold]:
    match threshold:
        case Value() | NotLoaded():
            return {"common": threshold}
        case ByGroup() if all(group in _COLUMN_OF_GROUP for group, _ in threshold.cases):
            return {_COLUMN_OF_GROUP[group]: case for group, case in threshold.cases}
        case ByRegion():
            return dict(threshold.cases)
    raise TooRich


def _limit(threshold: Threshold, *, fill: bool) -> str:
    match threshold:
        case Value():
            return format_number(threshold.amount)
        case NotLoaded():
            return "" if fill and threshold.giver == "decision" else _GIVEN[threshold.giver]
    raise TooRich


def about_of_set(found: CriteriaSet, mode: str) -> dict[str, str]:
    """What is said of the decision of a set that is to be completed, or amended."""
    said = {
        "mode": MODES[mode],
        "base": found.id,
        "set_title": found.title,
        "short": found.short,
        "level": LEVELS[found.level],
        "subject": SUBJECTS[found.subject],
        "years": f"{found.years[0]} - {found.years[1]}" if found.years else "",
    }
    if mode == "complete":
        declared = found.declared
        said |= {
            "number": found.decision.number,
            "issuer": found.decision.issuer,
            "date": format_date(found.decision.date) if found.decision.date else "",
            "title": found.decision.title,
            "valid_from": format_date(found.valid_from),
            "valid_to": format_date(found.valid_to) if found.valid_to else "",
            "criteria": str(declared.criteria or "") if declared else "",
            "indicators": str(declared.indicators or "") if declared else "",
        }
    return {key: words for key, words in said.items() if words}
