"""A fixed self-assessment, read from what was kept alone, and compared with another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dinhlang.law.verdicts import Counts, SetVerdict, State

from .. import showing
from ..document import digest_of
from ..models import Assessment
from ..showing import Look
from .board import Bit
from .board import bar as bar_of
from .verdicts import ground, verdict_on


@dataclass(frozen=True, slots=True)
class KeptIndicator:
    """An indicator as it was kept."""

    data: dict[str, Any]
    look: Look


@dataclass(frozen=True, slots=True)
class KeptCriterion:
    """A criterion as it was kept."""

    data: dict[str, Any]
    look: Look
    indicators: tuple[KeptIndicator, ...]


def criteria(found: Assessment) -> list[KeptCriterion]:
    """The criteria as they were kept."""
    return [
        KeptCriterion(
            each,
            showing.state(each["state"]),
            tuple(KeptIndicator(i, showing.state(i["state"])) for i in each["indicators"]),
        )
        for each in found.document["criteria"]
    ]


def bar(found: Assessment) -> list[Bit]:
    """The indicators by state."""
    return bar_of(Counts(**found.document["counts"]["indicators"]))


def is_whole(found: Assessment) -> bool:
    """Whether nobody changed what was kept."""
    return digest_of(found.data) == found.digest


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator or criterion whose state is another now; None: it is not there."""

    number: str
    name: str
    before: Look | None
    now: Look | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different today. ``same_law``: the set is the same version."""

    verdict: SetVerdict
    same_law: bool
    criteria: tuple[Difference, ...]
    indicators: tuple[Difference, ...]


def against_today(found: Assessment, today: date) -> Comparison | None:
    """The kept verdict beside the one of today; None where the set is no longer known."""
    verdict = verdict_on(ground(found.place, today), found.set_id)
    if verdict is None:
        return None
    old = found.document["criteria"]
    return Comparison(
        verdict=verdict,
        same_law=verdict.hash == found.set_hash,
        criteria=_differences(
            {c["number"]: (c["name"], State(c["state"])) for c in old},
            {c.criterion.number: (c.criterion.name, c.state) for c in verdict.criteria},
        ),
        indicators=_differences(
            {i["number"]: (i["name"], State(i["state"])) for c in old for i in c["indicators"]},
            {
                i.indicator.number: (i.indicator.name, i.state)
                for c in verdict.criteria
                for i in c.indicators
            },
        ),
    )


def _differences(
    before: dict[str, tuple[str, State]], now: dict[str, tuple[str, State]]
) -> tuple[Difference, ...]:
    found = []
    for number in dict.fromkeys([*before, *now]):
        old, new = before.get(number), now.get(number)
        if (old and old[1]) != (new and new[1]):
            name = (new or old or ("", State.UNKNOWN))[0]
            found.append(
                Difference(
                    number,
                    name,
                    showing.state(old[1]) if old else None,
                    showing.state(new[1]) if new else None,
                )
            )
    return tuple(found)
