"""Two people change one task: no value of either is lost, whatever they change."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.work.linking import circle, graph
from dinhlang.work.merging import SETS, merge

checked = settings(max_examples=int(os.environ.get("DINHLANG_EXAMPLES", "200")), deadline=None)
words = st.sampled_from(["", "một", "hai", "ba"])
days = st.sampled_from([None, "2026-03-01", "2026-06-30"])
some = st.lists(st.integers(1, 5), unique=True).map(sorted)
offices = st.lists(st.sampled_from(["Công an", "Đoàn", "Hội"]), unique=True)
tasks = st.fixed_dictionaries(
    {
        "text": words, "end": days, "cost": st.sampled_from([None, 0, 5]), "lead": offices,
        "partners": offices, "villages": some, "after": some,
    }
)  # fmt: skip
changes = tasks.flatmap(
    lambda whole: st.sets(st.sampled_from(sorted(whole))).map(
        lambda names: {name: whole[name] for name in names}
    )
)


@checked
@given(tasks, tasks, changes)
def test_no_value_of_either_is_lost(
    base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    merged = merge(base, mine, theirs)
    after = {**theirs, **merged.write}
    for name, value in mine.items():
        if name in merged.clashes:
            assert name not in merged.write, "a clash writes nothing"
            assert len({str(v) for v in (base[name], theirs[name], value)}) == 3
        elif name in SETS:
            assert_both_stand(base[name], theirs[name], value, after[name])
        elif value != base[name]:
            assert after[name] == value, "what only I changed is mine"
        else:
            assert after[name] == theirs[name], "what I did not change stays theirs"
    for name in set(base) - set(mine):
        assert after[name] == theirs[name]


def assert_both_stand(
    base: list[Any], theirs: list[Any], mine: list[Any], after: list[Any]
) -> None:
    """Whatever either added is there, whatever either took away is not, nothing comes twice."""
    assert len(after) == len(set(after))
    assert set(mine) - set(base) <= set(after)
    assert set(theirs) - set(base) - (set(base) - set(mine)) <= set(after)
    assert not (set(base) - set(mine)) & set(after) - (set(theirs) - set(base))
    assert not (set(base) - set(theirs)) & set(after) - (set(mine) - set(base))


@checked
@given(tasks, changes)
def test_a_change_that_says_what_is_there_writes_nothing(
    theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    same = {name: theirs[name] for name in mine}
    merged = merge(theirs, same, theirs)
    assert (merged.write, merged.clashes) == ({}, ())


@checked
@given(tasks, tasks, changes)
def test_the_order_of_two_changes_matters_only_where_they_clash(
    base: dict[str, Any], first: dict[str, Any], second: dict[str, Any]
) -> None:
    one = {name: value for name, value in first.items() if name in second}
    other = {name: second[name] for name in one}
    here = merge(base, other, {**base, **one})
    there = merge(base, one, {**base, **other})
    assert set(here.clashes) == set(there.clashes)
    for name in set(one) - set(here.clashes):
        left = {**base, **one, **here.write}[name]
        right = {**base, **other, **there.write}[name]
        assert sorted(map(str, as_list(left))) == sorted(map(str, as_list(right)))


def as_list(value: Any) -> list[Any]:
    """A value to compare whatever its order."""
    return value if isinstance(value, list) else [value]


pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


@checked
@given(pairs)
def test_a_circle_is_found_exactly_where_there_is_one(found: list[tuple[int, int]]) -> None:
    needs = graph(found)
    for start in range(8):
        way = circle(start, needs)
        assert bool(way) == reaches(needs, start), "against plain search"
        assert all(pair in found for pair in pairwise(way))


def reaches(needs: dict[int, list[int]], start: int) -> bool:
    """Whether one comes back to the start."""
    seen: set[int] = set()
    ahead = list(needs.get(start, ()))
    while ahead:
        here = ahead.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            ahead += needs.get(here, ())
    return False
