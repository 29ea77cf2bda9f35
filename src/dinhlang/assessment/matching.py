"""Which criterion of a set a plan means: by number and name, and which indicator a target is of.

Plans shorten names (“Hộ nghèo” for “Nghèo đa chiều”) and number as the set of their level does,
so a number counts where the names have something in common, and a name alone only where it is
nearly the whole. What fits nothing is left out: a wrong match would be a false claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dinhlang.law.sets import CriteriaSet, Criterion, Indicator
from dinhlang.vietnamese import tone_key

SAME_NUMBER = 0.5
"""Share of the shorter name's syllables that must be in the longer one where numbers agree."""
NAME_ALONE = 0.75
INDICATOR = 0.8
FEWEST = 2
"""Syllables that a target must have to be known by its words."""
FILLERS = frozenset(
    {
        *("tỷ", "tỉ", "lệ", "số", "tiêu", "chí", "chỉ", "đạt", "của", "và", "các", "được", "có"),
        *("trên", "từ", "trở", "lên", "xã", "thôn", "theo", "năm"),
    }
)

Item = Mapping[str, Any]


def syllables(text: str) -> frozenset[str]:
    """The syllables of a name with their tones, without those that every name has.

    Without tones “gia đình” would be found in “giá trị … quy định”.
    """
    words = "".join(c if c.isalnum() else " " for c in tone_key(text)).split()
    found = frozenset(word for word in words if not word.isdigit())
    return (found - FILLERS) or found


def likeness(one: str, other: str) -> tuple[float, float]:
    """Shares of common syllables: of the shorter name, and of both together (0 to 1)."""
    a, b = syllables(one), syllables(other)
    if not a or not b:
        return 0.0, 0.0
    common = len(a & b)
    return common / min(len(a), len(b)), common / len(a | b)


@dataclass(frozen=True)
class Matcher:
    """The criteria of one set, asked for as a plan of one level names them.

    ``numbers`` leads from the plan's numbers to those of the set, where the plan names them; None
    where it names something that this set has not.
    """

    criteria: CriteriaSet
    numbers: Mapping[int, str | None]

    def criterion(self, number: int | None) -> str | None:
        """The set's number for a number of the plan.

        A number alone counts only where the plan names nothing that is not in the set: else the
        same number may be that of another set.
        """
        if number is None:
            return None
        if number in self.numbers:
            return self.numbers[number]
        if None in self.numbers.values():
            return None
        return next((c.number for c in self.criteria.criteria if c.number == str(number)), None)

    def indicator(self, target: Item) -> str | None:
        """The number of the indicator that a target is of: by its code, else by its words."""
        code = (target.get("code") or "").strip()
        of_criterion = self.criterion(target.get("criterion"))
        candidates = [
            indicator
            for criterion in self.criteria.criteria
            for indicator in criterion.indicators
            if of_criterion is None or criterion.number == of_criterion
        ]
        text = target.get("text") or ""
        if code:
            # Lists of other things are numbered 1.1, 1.2 as well: the words must bear it out.
            enough = INDICATOR if of_criterion is None else SAME_NUMBER
            likely = (each for each in candidates if each.number == code)
            return next((i.number for i in likely if likeness(text, i.name)[0] >= enough), None)
        return _best(text, candidates) if of_criterion is not None else None


def _best(text: str, candidates: Iterable[Indicator]) -> str | None:
    found: list[tuple[float, float, str]] = sorted(
        ((*likeness(text, each.name), each.number) for each in candidates), reverse=True
    )
    if not found or found[0][0] < INDICATOR or len(syllables(text)) < FEWEST:
        return None
    # Where two fit, the plan may mean either: only one that is nearly the whole is taken.
    if len(found) > 1 and found[1][0] >= INDICATOR and found[0][1] < NAME_ALONE:
        return None
    return found[0][2]


def matcher(criteria: CriteriaSet, items: Iterable[Item]) -> Matcher:
    """The matcher for a plan's criteria (those of the set's level)."""
    numbers: dict[int, str | None] = {}
    for item in items:
        number, found = item.get("number"), match(criteria, item)
        if number is not None and numbers.get(number) is None:
            numbers[number] = found.number if found is not None else None
    return Matcher(criteria, numbers)


def match(criteria: CriteriaSet, item: Item) -> Criterion | None:
    """The criterion of the set that a plan's criterion is; None where none surely is."""
    name, number = item.get("name") or "", item.get("number")
    same = next((c for c in criteria.criteria if c.number == str(number)), None)
    if same is not None and likeness(name, same.name)[0] >= SAME_NUMBER:
        return same
    found = [(likeness(name, each.name), each) for each in criteria.criteria]
    share, best = max(found, key=lambda pair: pair[0][::-1], default=((0.0, 0.0), None))
    return best if share[1] >= NAME_ALONE else None
