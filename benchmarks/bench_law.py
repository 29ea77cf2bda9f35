"""How long verdicts take: one commune with its reasons, and a made-up country at once.

The country has 3,321 communes of eight villages and a fact for every measure that the two commune
sets of 318/QĐ-TTg ask for, made by a fixed rule. “in columns” is what the program does for many
units; the reference holds the same facts against the same sets unit by unit, on every tenth unit,
whose verdicts must be the same. Thresholds that are not loaded make verdicts unknown, which takes
no less work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from statistics import median
from time import perf_counter
from typing import TypeVar

from dinhlang.law.compiling import STATES, Needs, compile_set, table_of
from dinhlang.law.evaluating import evaluate
from dinhlang.law.explaining import explain
from dinhlang.law.library import Effective, Law, shipped
from dinhlang.law.sets import Measure
from dinhlang.law.subjects import Fact, Sex, Subject, subject_of

ON = date(2024, 12, 31)
SETS = ("qd-318-2022/xa-ntm", "qd-318-2022/xa-nang-cao")
COMMUNES, VILLAGES, EVERY = 3321, 8, 10
REGIONS = ("TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL")
SEXES: tuple[Sex, ...] = ("", "male", "female")
ROW = "{:<46}{:>12}{:>12}"

T = TypeVar("T")


def main() -> int:
    """Prints both tables; 1 where the two ways do not agree."""
    law = shipped().at(ON)
    one_commune(law)
    print()
    return country(law)


def one_commune(law: Law) -> None:
    """The milliseconds of one unit, verdict and reasons, set by set. To reach: 5."""
    print("one commune, milliseconds (median of 50; to reach: 5 with reasons)")
    print(ROW.format("set", "verdict", "with reasons"))
    unit = communes(law, 1)[0]
    for set_id in SETS:
        effective = law.get(set_id)
        assert effective is not None
        alone = median_of(partial(evaluate, effective, unit, law))
        whole = median_of(partial(with_reasons, effective, unit, law))
        count = sum(len(each.indicators) for each in effective.set.criteria)
        name = f"{set_id} ({count} indicators)"
        print(ROW.format(name, f"{alone * 1000:.2f}", f"{whole * 1000:.2f}"))


def median_of(work: Callable[[], object]) -> float:
    """The median of fifty runs, in seconds."""
    return median(timed(work)[1] for _ in range(50))


def with_reasons(effective: Effective, unit: Subject, law: Law) -> int:
    """How many indicators were judged and explained."""
    verdict = evaluate(effective, unit, law)
    return sum(
        bool(explain(each, law, verdict.set).summary)
        for criterion in verdict.criteria
        for each in criterion.indicators
    )


def country(law: Law) -> int:
    """The seconds of all communes under both sets."""
    units = communes(law, COMMUNES)
    facts = sum(count_facts(unit) for unit in units)
    print(f"{COMMUNES} communes of {VILLAGES} villages, {facts} facts, both sets, seconds")
    table, building = timed(lambda: table_of(units))
    programs = [compile_set(law.get(set_id), law) for set_id in SETS]  # type: ignore[arg-type]
    found, running = timed(lambda: [program.run(table) for program in programs])
    print(f"columns from objects {building:.2f}, verdicts in columns {running:.2f}")
    sample = range(0, COMMUNES, EVERY)
    verdicts, alone = timed(
        lambda: [[evaluate(p.effective, units[n], law) for n in sample] for p in programs]
    )
    whole = alone * COMMUNES / len(sample)
    print(f"reference: unit by unit {alone:.2f} for {len(sample)} communes, {whole:.1f} for all; "
          f"{whole / running:.0f} times as long")  # fmt: skip
    wrong = sum(
        STATES[states.indicator(each.indicator.number)[n]] is not each.state
        for states, of_set in zip(found, verdicts, strict=True)
        for n, verdict in zip(sample, of_set, strict=True)
        for criterion in verdict.criteria
        for each in criterion.indicators
    )
    print(f"indicators on which the two differ: {wrong}")
    return 1 if wrong else 0


def communes(law: Law, count: int) -> list[Subject]:
    """Made-up communes with a fact for everything the sets ask for."""
    needs = [compile_set(law.get(set_id), law).needs for set_id in SETS]  # type: ignore[arg-type]
    below = [need.below["village"] for need in needs if "village" in need.below]
    own, of_village = asked(needs, law), asked(below, law)
    chance = Random(51)
    return [
        subject_of(
            facts_of(own, chance),
            name=f"Xã {n}",
            id=n,
            region=chance.choice(REGIONS),
            attributes={"schools": str(chance.randint(1, 6))},
            children={
                "village": tuple(
                    subject_of(facts_of(of_village, chance), name=f"Thôn {n}.{v}")
                    for v in range(VILLAGES)
                )
            },
        )
        for n in range(count)
    ]


def asked(needs: Iterable[Needs], law: Law) -> list[tuple[Measure, int]]:
    """The measures that are asked for, each with the first year of which."""
    years: dict[str, int] = {}
    for need in needs:
        for name in sorted(need.measures):
            years[name] = min(years.get(name, ON.year), need.earlier.get(name, ON.year))
    return [(law.measures[name], year) for name, year in years.items() if name in law.measures]


def facts_of(measures: list[tuple[Measure, int]], chance: Random) -> list[Fact]:
    """One fact for each measure, year and sex; every fiftieth is missing."""
    return [
        fact_of(measure, sex, year, chance)
        for measure, first in measures
        for year in range(first, ON.year + 1)
        for sex in (SEXES if measure.by_sex else SEXES[:1])
        if chance.random() > 0.02
    ]


def fact_of(measure: Measure, sex: Sex, year: int, chance: Random) -> Fact:
    """A fact that the measure can have."""
    said: dict[str, object] = {}
    if measure.kind == "yes_no":
        said["yes"] = chance.random() < 0.9
    elif measure.kind == "grade":
        said["grade"] = chance.choice(measure.scale)
    elif measure.kind == "rate":
        base = chance.randint(0, 2000)
        said["numerator"] = Decimal(chance.randint(base * 3 // 4, base))
        said["denominator"] = Decimal(base)
    else:
        said["value"] = Decimal(chance.randint(0, 9000)).scaleb(-2)
    source = "survey" if measure.survey_only else "report"
    return Fact(measure=measure.id, year=year, sex=sex, source=source, **said)  # type: ignore[arg-type]


def count_facts(unit: Subject) -> int:
    """How many facts a unit and those below it have."""
    below = sum(count_facts(child) for kids in unit.children.values() for child in kids)
    return below + sum(len(found) for found in unit.facts.values())


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives and the seconds it takes."""
    start = perf_counter()
    done = work()
    return done, perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
