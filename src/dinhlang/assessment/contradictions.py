"""Where a plan and the facts, or a plan and the law, cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dinhlang.law.explaining.words import SIGNS, number_words
from dinhlang.law.requirements import Compare
from dinhlang.law.sets import Measure
from dinhlang.law.verdicts import CriterionVerdict, IndicatorVerdict, State, Verdict
from dinhlang.vietnamese import fold

from .selectors.claims import Claim, ClaimedTarget, Claims

UPWARDS = frozenset({">=", ">"})
DOWNWARDS = frozenset({"<=", "<"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One of them in words, and the line of the plan it is about."""

    text: str
    href: str


def of_criterion(
    verdict: CriterionVerdict, claims: Claims, measures: Mapping[str, Measure]
) -> list[Contradiction]:
    """Everything in which the plan and the verdict on this criterion disagree."""
    found: list[Contradiction] = []
    claim = claims.criteria.get(verdict.criterion.number)
    if (said := of_claim(claim, verdict.state)) is not None:
        found.append(said)
    for indicator in verdict.indicators:
        found += of_targets(indicator, claims, measures)
    return found


def of_claim(claim: Claim | None, state: State) -> Contradiction | None:
    """A thing the plan takes as met, and facts that say it is not."""
    if claim is None or not claim.says_reached or state is not State.NOT_MET:
        return None
    words = claim.words
    return Contradiction(f"{words[:1].upper()}{words[1:]}, số liệu cho thấy chưa đạt.", claim.href)


def of_targets(
    indicator: IndicatorVerdict, claims: Claims, measures: Mapping[str, Measure]
) -> list[Contradiction]:
    """Targets of the plan that would not reach the threshold of the law."""
    compared = _one_comparison(indicator.verdict)
    if compared is None:
        return []
    requirement, amount, unit = compared[0], compared[1], ""
    if (measure := measures.get(requirement.measure)) is not None:
        unit = measure.unit
    demand = f"{SIGNS[requirement.operator]} {number_words(amount)} {unit}".strip()
    return [
        Contradiction(
            f"Kế hoạch đặt mức {target.demand}, chưa tới mức quy định {demand} "
            f"của chỉ tiêu {indicator.indicator.number}.",
            target.href,
        )
        for target in claims.targets.get(indicator.indicator.number, ())
        if _is_weaker(target, requirement, amount, unit)
    ]


def _one_comparison(verdict: Verdict) -> tuple[Compare, Fraction] | None:
    """The one comparison with a known threshold in the tree; None where there are several."""
    found = {
        (leaf.requirement, leaf.threshold.amount)
        for leaf in _leaves(verdict)
        if isinstance(leaf.requirement, Compare) and leaf.threshold is not None
    }
    return found.pop() if len(found) == 1 else None


def _leaves(verdict: Verdict) -> Iterator[Verdict]:
    if not verdict.parts:
        yield verdict
    for part in verdict.parts:
        yield from _leaves(part)


def _is_weaker(target: ClaimedTarget, law: Compare, amount: Fraction, unit: str) -> bool:
    if target.value is None or not _same_unit(target.unit, unit):
        return False
    value = Fraction(target.value)
    if law.operator in UPWARDS and target.comparator in (">=", ">", "="):
        return value < amount
    if law.operator in DOWNWARDS and target.comparator in ("<=", "<", "="):
        return value > amount
    return False


def _same_unit(plans: str, laws: str) -> bool:
    """A plan writes “triệu đồng” for “triệu đồng/người/năm”; a percentage is one in both."""
    a, b = fold(plans).strip(), fold(laws).strip()
    if "%" in (a, b):
        return a == b
    return bool(a) and bool(b) and (b.startswith(a) or a.startswith(b))
