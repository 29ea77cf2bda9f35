"""What holds of every requirement and all facts: the readers of the tree agree and never guess."""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.law.compiling import STATES, compile_set, table_of
from dinhlang.law.evaluating import evaluate
from dinhlang.law.explaining import describe, explain
from dinhlang.law.subjects import Subject
from dinhlang.law.verdicts import SetVerdict, State

from .worlds import MAIN, MEASURES, Law, better, laws, subjects, without

checked = settings(
    max_examples=int(os.environ.get("DINHLANG_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
keys = st.sampled_from(
    [(name, sex) for name, m in MEASURES.items() for sex in (("", "male") if m.by_sex else ("",))]
)


def verdict_on(law: Law, subject: Subject) -> SetVerdict:
    """The verdict on the main set."""
    effective = law.get(MAIN)
    assert effective is not None
    return evaluate(effective, subject, law)


def states_of(verdict: SetVerdict) -> list[State]:
    """The states of the set, its criteria and its indicators."""
    return [
        verdict.state,
        *(criterion.state for criterion in verdict.criteria),
        *(each.state for criterion in verdict.criteria for each in criterion.indicators),
    ]


@checked
@given(laws(), st.lists(subjects(), min_size=1, max_size=3))
def test_many_units_at_once_get_the_verdicts_of_each_alone(law: Law, units: list[Subject]) -> None:
    effective = law.get(MAIN)
    assert effective is not None
    found = compile_set(effective, law).run(table_of(units))
    for place, unit in enumerate(units):
        together = [
            STATES[code]
            for code in (
                found.whole[place],
                *found.criteria[:, place],
                *found.indicators[:, place],
            )
        ]
        assert together == states_of(verdict_on(law, unit))


@checked
@given(laws(), subjects(), keys)
def test_knowing_less_leaves_a_verdict_or_makes_it_unknown(
    law: Law, unit: Subject, key: tuple[str, str]
) -> None:
    before = states_of(verdict_on(law, unit))
    after = states_of(verdict_on(law, without(unit, key)))  # type: ignore[arg-type]
    for known, less in zip(before, after, strict=True):
        assert less in (known, State.UNKNOWN)


@checked
@given(
    laws(straight=True),
    subjects(),
    st.sampled_from(sorted(MEASURES)),
    st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(60)]),
)
def test_a_better_value_never_turns_met_into_not_met(
    law: Law, unit: Subject, name: str, step: Decimal
) -> None:
    """Holds for all nodes but ``Trend`` (a better year makes the next one look worse), ``Between``
    with an upper bound, ``=`` and shares with another operator than ≥: these are not drawn here.
    """
    before = states_of(verdict_on(law, unit))
    after = states_of(verdict_on(law, better(unit, name, step)))
    for was, became in zip(before, after, strict=True):
        if was is State.MET:
            assert became is State.MET


@checked
@given(laws(), subjects())
def test_an_unknown_verdict_names_what_is_missing_and_others_name_nothing(
    law: Law, unit: Subject
) -> None:
    for criterion in verdict_on(law, unit).criteria:
        for each in criterion.indicators:
            assert bool(each.verdict.missing) == (each.state is State.UNKNOWN)


@checked
@given(laws(), subjects())
def test_every_rule_and_verdict_can_be_said(law: Law, unit: Subject) -> None:
    verdict = verdict_on(law, unit)
    for criterion in verdict.criteria:
        for each in criterion.indicators:
            rule = describe(each.indicator.requirement, law, verdict.set)
            said = explain(each, law, verdict.set)
            texts = [rule, said.summary, said.path, *said.missing, *said.facts]
            texts += [line.text for line in said.lines]
            assert rule and said.summary.endswith(".") and said.state is each.state
            for text in texts:
                assert "None" not in text and "Fraction" not in text and "  " not in text
