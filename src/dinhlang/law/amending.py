"""Applies amendments and provincial overlays to a set.

They are applied in the order in which they came into force, the national before the provincial
of the same day: where two speak of the same indicator the later one stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .errors import LawError, Problem
from .provenance import NOT_LOADED
from .sets import Amendment, Applied, Change, CriteriaSet, Criterion, Indicator, Measure, RegionRule
from .writing import digest

_DIGITS_RE = re.compile(r"(\d+)")


def in_order(amendments: Iterable[Amendment]) -> list[Amendment]:
    """The amendments in the order in which they are applied."""
    return sorted(
        amendments, key=lambda each: (each.valid_from, each.territory is not None, each.id)
    )


def amended(base: CriteriaSet, amendments: Iterable[Amendment]) -> CriteriaSet:
    """The set as the amendments leave it, with its lineage: the base first, then each of them.

    A change to what an earlier amendment of the row took away has nothing left to change and is
    passed over. Raises ``LawError`` for a change of what never was there, for a number added
    twice, and for an amendment of another set.
    """
    work = _Work(base)
    for amendment in in_order(amendments):
        work.apply(amendment)
    if work.problems:
        raise LawError(work.problems, base.id)
    return work.result


class _Work:
    """A set on its way through a row of amendments."""

    def __init__(self, base: CriteriaSet) -> None:
        self.criteria = list(base.criteria)
        self.gone: set[tuple[str, str]] = set()
        self.problems: list[Problem] = []
        self.result = replace(base, lineage=(_applied(base),))

    def apply(self, amendment: Amendment) -> None:
        """Applies one amendment."""
        if amendment.amends != self.result.id:
            self._fault(amendment, "", f"văn bản này sửa bộ {amendment.amends}, không phải bộ này.")
            return
        touched = [
            number
            for change in amendment.changes
            for number in [self._change(amendment, change)]
            if number
        ]
        for criterion in self.criteria:
            if not criterion.indicators:
                self._fault(
                    amendment,
                    criterion.number,
                    "mọi chỉ tiêu đều bị bãi bỏ; hãy bãi bỏ cả tiêu chí.",
                )
        before = self.result
        self.result = replace(
            before,
            criteria=tuple(self.criteria),
            declared=amendment.declared or before.declared,
            region_rules=_ruled(before.region_rules, amendment.region_rules),
            measures=_joined(before.measures, amendment.measures),
            sample=before.sample or amendment.sample,
            lineage=(*before.lineage, _applied(amendment, touched)),
        )

    def _fault(self, amendment: Amendment, number: str, message: str) -> None:
        path = " › ".join(part for part in (amendment.id, number) if part)
        self.problems.append(Problem(0, path, message))

    def _change(self, amendment: Amendment, change: Change) -> str:
        """Makes one change; the number it touched, empty where there was nothing to change."""
        if isinstance(change.add, Criterion):
            return self._add_criterion(amendment, change.add)
        if change.kind == "criterion" or change.add is not None:
            return self._change_criterion(amendment, change)
        for place, criterion in enumerate(self.criteria):
            for row, indicator in enumerate(criterion.indicators):
                if indicator.number == change.number:
                    kept = list(criterion.indicators)
                    kept[row : row + 1] = [] if change.repeal else [_changed(indicator, change)]
                    self.criteria[place] = replace(criterion, indicators=tuple(kept))
                    if change.repeal:
                        self.gone.add(("indicator", change.number))
                    return change.number
        return self._nothing(amendment, change)

    def _change_criterion(self, amendment: Amendment, change: Change) -> str:
        for place, criterion in enumerate(self.criteria):
            if criterion.number != change.number:
                continue
            if isinstance(change.add, Indicator):
                return self._add_indicator(amendment, place, change.add)
            if change.repeal:
                self.gone.add(("criterion", change.number))
                self.gone.update(("indicator", each.number) for each in criterion.indicators)
                del self.criteria[place]
            else:
                self.criteria[place] = _renamed(criterion, change)
            return change.number
        return self._nothing(amendment, change)

    def _add_criterion(self, amendment: Amendment, new: Criterion) -> str:
        taken = {each.number for each in self.criteria}
        inside = {each.number for criterion in self.criteria for each in criterion.indicators}
        twice = [new.number] if new.number in taken else []
        twice += [each.number for each in new.indicators if each.number in inside]
        if twice:
            self._fault(amendment, twice[0], "số này đã có trong bộ; hãy sửa thay vì bổ sung.")
            return ""
        self.criteria.append(new)
        self.criteria.sort(key=lambda each: _natural(each.number))
        return new.number

    def _add_indicator(self, amendment: Amendment, place: int, new: Indicator) -> str:
        taken = {each.number for criterion in self.criteria for each in criterion.indicators}
        if new.number in taken:
            self._fault(amendment, new.number, "số này đã có trong bộ; hãy sửa thay vì bổ sung.")
            return ""
        criterion = self.criteria[place]
        rows = sorted([*criterion.indicators, new], key=lambda each: _natural(each.number))
        self.criteria[place] = replace(criterion, indicators=tuple(rows))
        return new.number

    def _nothing(self, amendment: Amendment, change: Change) -> str:
        kind = "criterion" if change.add is not None else change.kind
        if (kind, change.number) not in self.gone:
            what = "tiêu chí" if kind == "criterion" else "chỉ tiêu"
            self._fault(amendment, change.number, f"bộ không có {what} {change.number} để sửa.")
        return ""


def _changed(indicator: Indicator, change: Change) -> Indicator:
    new = indicator
    if change.name is not None:
        new = replace(new, name=change.name, name_provenance=change.provenance)
    if change.requirement is not None:
        new = replace(new, requirement=change.requirement, provenance=change.provenance)
    elif change.provenance != NOT_LOADED and change.name is None:
        new = replace(new, provenance=change.provenance)
    return replace(new, note=change.note) if change.note else new


def _renamed(criterion: Criterion, change: Change) -> Criterion:
    new = criterion
    if change.name is not None:
        new = replace(new, name=change.name, name_provenance=change.provenance)
    return replace(new, note=change.note) if change.note else new


def _applied(document: CriteriaSet | Amendment, numbers: Iterable[str] = ()) -> Applied:
    return Applied(
        id=document.id,
        title=document.title,
        decision=document.decision.number,
        hash=digest(document),
        valid_from=document.valid_from,
        numbers=tuple(dict.fromkeys(numbers)),
    )


def _joined(old: tuple[Measure, ...], new: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The measures of both; a new one stands before an old one of the same id."""
    return tuple({measure.id: measure for measure in (*old, *new)}.values())


def _ruled(old: tuple[RegionRule, ...], new: tuple[RegionRule, ...]) -> tuple[RegionRule, ...]:
    """The region rules of both; a new one stands before an old one for the same attribute."""
    return tuple({rule.attribute: rule for rule in (*old, *new)}.values())


def _natural(number: str) -> list[tuple[int, int, str]]:
    """“13.10” after “13.9”, numbers before letters."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _DIGITS_RE.split(number)
        if part not in ("", ".")
    ]
