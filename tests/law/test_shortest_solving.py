"""The search for the cheapest and the fastest items, against trying every set of items."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, combinations

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.law.shortest_goals import (
    Closed,
    Done,
    Enough,
    Goal,
    Keep,
    Problem,
    Span,
    Take,
    all_of,
    allowed,
    is_met,
    simplified,
    some_of,
)
from dinhlang.law.shortest_solving import Latest, Level, SolverError, TooSlow, Total, solve

KEYS = tuple("abcdefgh")


def by_trying(
    problem: Problem, levels: Sequence[Level], without: Sequence[frozenset[str]] = ()
) -> tuple[int, ...] | None:
    """The smallest values of the levels over all sets of items, in their order; None: no set."""
    sets = chain.from_iterable(combinations(KEYS, size) for size in range(len(KEYS) + 1))
    fitting = (
        chosen
        for chosen in map(frozenset, sets)
        if allowed(problem, chosen)
        and is_met(problem, chosen)
        and not any(cut <= chosen for cut in without)
    )
    return min((tuple(level.of(chosen) for level in levels) for chosen in fitting), default=None)


leaves = st.one_of(
    st.sampled_from(KEYS).map(lambda key: Take(key=key)),
    st.sampled_from(KEYS).map(lambda key: Take(key=key)),
    st.just(Done()),
    st.just(Closed(reason="không làm lại được")),
    st.sampled_from(KEYS).map(lambda key: Keep(against=frozenset({key}))),
)


@st.composite
def inner(draw: st.DrawFn, parts: st.SearchStrategy[Goal]) -> Goal:
    found = tuple(draw(st.lists(parts, min_size=1, max_size=4)))
    weights = tuple(draw(st.integers(1, 5)) for _ in found)
    kind = draw(st.sampled_from(("all", "some", "points")))
    if kind == "all":
        return all_of(found)
    if kind == "some":
        return some_of(draw(st.integers(1, len(found))), found)
    return Enough(parts=found, weights=weights, need=draw(st.integers(1, sum(weights))))


goals = st.recursive(leaves, inner, max_leaves=12)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=3)
    stronger: dict[str, frozenset[str]] = {}
    for weak, strong in draw(pairs):
        stronger[weak] = stronger.get(weak, frozenset()) | {strong}
    against = frozenset(pair for pair in draw(pairs) if pair[0] != pair[1])
    return Problem(goal=draw(goals), stronger=stronger, conflicts=against)


small = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 9))
money = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 3_000_000_000_000))


@given(problem=problems(), counts=small, costs=money, months=small)
@settings(max_examples=60, deadline=None)
def test_the_answer_is_as_good_as_the_best_of_all_sets(
    problem: Problem, counts: dict[str, int], costs: dict[str, int], months: dict[str, int]
) -> None:
    each = Total(dict.fromkeys(KEYS, 1))
    for levels in ([Total(counts), Total(costs), each], [Latest(months), Total(costs), each]):
        best = by_trying(problem, levels)
        found = solve(problem, levels)
        assert (found is None) == (best is None)
        if found is None:
            continue
        assert tuple(level.of(found) for level in levels) == best
        next_best = by_trying(problem, levels, [found])
        other = solve(problem, levels, [found])
        assert (other is None) == (next_best is None)
        if other is not None:
            assert tuple(level.of(other) for level in levels) == next_best


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_taking_out_what_is_decided_changes_nothing(problem: Problem) -> None:
    left = simplified(problem.goal)
    for size in (0, 1, 2, 5, len(KEYS)):
        chosen = frozenset(KEYS[:size])
        assert is_met(problem, chosen) == is_met(problem, chosen, left)


def test_one_dong_in_thousands_of_billions_decides() -> None:
    problem = Problem(goal=some_of(1, [Take(key="a"), Take(key="b"), Take(key="c")]))
    costs = {"a": 9_000_000_000_001, "b": 9_000_000_000_000, "c": 9_000_000_000_002}
    assert solve(problem, [Total(costs)]) == {"b"}


def test_an_item_that_serves_two_goals_is_paid_once() -> None:
    shared = [
        some_of(1, [Take(key="a"), Take(key="b")]),
        some_of(1, [Take(key="a"), Take(key="c")]),
    ]
    found = solve(Problem(goal=all_of(shared)), [Total({"a": 5, "b": 3, "c": 3})])
    assert found == {"a"}


def test_a_stronger_item_serves_the_weaker_demand() -> None:
    problem = Problem(goal=all_of([Take(key="a"), Take(key="b")]), stronger={"a": frozenset({"b"})})
    assert solve(problem, [Total({"a": 1, "b": 2})]) == {"b"}


def test_two_items_that_contradict_each_other_are_never_both_chosen() -> None:
    both = all_of([Take(key="a"), Take(key="b")])
    problem = Problem(goal=some_of(1, [both, Take(key="c")]), conflicts=frozenset({("a", "b")}))
    assert solve(problem, [Total({"a": 1, "b": 1, "c": 90})]) == {"c"}
    assert solve(Problem(goal=both, conflicts=problem.conflicts), [Total({})]) is None


def test_running_out_of_time_is_told_in_words() -> None:
    problem = Problem(goal=some_of(1, [Take(key="a"), Take(key="b")]))
    with pytest.raises(TooSlow, match="trong 0,0 giây"):
        solve(problem, [Total({"a": 1})], seconds=0)


def test_sums_beyond_exact_arithmetic_are_refused_in_words() -> None:
    problem = Problem(goal=some_of(1, [Take(key="a"), Take(key="b")]))
    with pytest.raises(SolverError, match="quá lớn"):
        solve(problem, [Total({"a": 10**15, "b": 10**15 + 1})])
    whole = {"a": 10**15, "b": 10**15 + 10**6}
    assert solve(problem, [Total(whole)]) == {"a"}


def test_where_nothing_is_to_be_chosen_no_search_is_needed() -> None:
    problem = Problem(goal=all_of([Take(key="a"), all_of([Take(key="b"), Take(key="a")])]))
    assert solve(problem, [Total({})], seconds=0) == {"a", "b"}
    assert solve(problem, [Total({})], [frozenset("ab")], seconds=0) is None


@pytest.mark.parametrize(
    ("first", "second", "within", "meets"),
    [
        (Span(low=Fraction(60)), Span(low=Fraction(50)), True, True),
        (Span(low=Fraction(50)), Span(low=Fraction(60)), False, True),
        (Span(low=Fraction(50), low_open=True), Span(low=Fraction(50)), True, True),
        (Span(low=Fraction(50)), Span(low=Fraction(50), low_open=True), False, True),
        (Span(low=Fraction(50), low_open=True), Span(high=Fraction(50)), False, False),
        (Span(low=Fraction(50)), Span(high=Fraction(50)), False, True),
        (Span(low=Fraction(0), high=Fraction(0)), Span(high=Fraction(3)), True, True),
        (Span(high=Fraction(3)), Span(), True, True),
    ],
)
def test_spans_know_what_is_stricter_and_what_contradicts(
    first: Span, second: Span, within: bool, meets: bool
) -> None:
    assert first.within(second) == within
    assert first.meets(second) == second.meets(first) == meets


def test_a_solver_that_fails_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = highspy.HighsModelStatus.kSolveError
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda self: failed)
    problem = Problem(goal=some_of(1, [Take(key="a"), Take(key="b")]))
    with pytest.raises(SolverError, match="Bộ giải dừng giữa chừng"):
        solve(problem, [Total({"a": 1})])
