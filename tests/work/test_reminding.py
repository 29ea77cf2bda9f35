"""Who is told of which task on which day: the planner alone, without a database."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.work.reminding import (
    BadRule,
    Deciders,
    Kind,
    Matter,
    Rule,
    Telling,
    plan,
    read_days,
)

END = date(2026, 6, 30)
OFFICER, PARTNER, HEAD, LEADER, COORDINATOR = 1, 2, 3, 4, 5
ABOVE = Deciders(frozenset({LEADER}), frozenset({LEADER, COORDINATOR}))


def matter(**more: object) -> Matter:
    values = {
        "sort": "task", "number": 7, "text": "Làm đường", "end": END,
        "leads": frozenset({OFFICER}), "partners": frozenset({PARTNER}),
        "villagers": frozenset({HEAD}),
    }  # fmt: skip
    return Matter(**(values | more))  # type: ignore[arg-type]


def told(rule: Rule = Rule(), day: date = END, **more: object) -> dict[int, Telling]:  # noqa: B008
    return {one.person: one for one in plan([matter(**more)], rule, ABOVE, day)}


@pytest.mark.parametrize(
    ("day", "kind", "anchor", "words"),
    [
        (date(2026, 6, 22), None, None, ""),
        (date(2026, 6, 23), Kind.BEFORE, date(2026, 6, 23), "còn 7 ngày (30/06/2026)"),
        (date(2026, 6, 26), Kind.BEFORE, date(2026, 6, 23), "còn 4 ngày (30/06/2026)"),
        (date(2026, 6, 29), Kind.BEFORE, date(2026, 6, 29), "hạn ngày mai (30/06/2026)"),
        (date(2026, 6, 30), Kind.ON_DAY, date(2026, 6, 30), "hạn hôm nay"),
        (date(2026, 7, 1), Kind.LATE, date(2026, 7, 1), "quá hạn 1 ngày (hạn 30/06/2026)"),
        (date(2026, 7, 3), Kind.LATE, date(2026, 7, 1), "quá hạn 3 ngày (hạn 30/06/2026)"),
        (date(2026, 7, 4), Kind.LATE, date(2026, 7, 4), "quá hạn 4 ngày (hạn 30/06/2026)"),
    ],
)
def test_the_lead_is_told_by_the_defaults(
    day: date, kind: Kind | None, anchor: date | None, words: str
) -> None:
    found = told(day=day).get(OFFICER)
    if kind is None:
        assert found is None
    else:
        assert found is not None
        assert (found.kind, found.anchor, found.words) == (kind, anchor, words)


def test_villages_are_told_and_partners_only_where_the_rule_says() -> None:
    assert set(told()) == {OFFICER, HEAD}
    assert set(told(Rule(to_partners=True, to_villages=False))) == {OFFICER, PARTNER}


@pytest.mark.parametrize(("late", "anchor"), [(6, None), (7, 7), (13, 7), (14, 14), (21, 21)])
def test_leaders_hear_of_a_long_late_task_once_a_week(late: int, anchor: int | None) -> None:
    found = told(day=END + timedelta(days=late)).get(LEADER)
    if anchor is None:
        assert found is None
    else:
        assert found is not None
        assert found.kind == Kind.ESCALATED
        assert found.anchor == END + timedelta(days=anchor)


def test_a_leader_who_also_leads_the_task_is_told_once_as_the_leader() -> None:
    found = told(day=END + timedelta(days=8), leads=frozenset({LEADER}))
    assert found[LEADER].kind == Kind.ESCALATED


def test_a_task_that_nobody_answers_for_goes_to_those_who_hand_out_work() -> None:
    nobody = {name: frozenset[int]() for name in ("leads", "partners", "villagers")}
    assert set(told(**nobody)) == {LEADER, COORDINATOR}


def test_what_was_handed_in_waits_for_those_who_accept_and_no_longer_for_the_lead() -> None:
    late = END + timedelta(days=30)
    found = told(day=late, done_on=late - timedelta(days=4))
    assert {one.kind for one in found.values()} == {Kind.ACCEPT}
    assert set(found) == {LEADER, COORDINATOR}
    assert found[LEADER].anchor == late - timedelta(days=1)


@pytest.mark.parametrize(
    "rule",
    [Rule(is_on=False), Rule(before=(), on_day=False, after_every=0, escalate_after=None)],
)
def test_a_rule_that_is_off_tells_nobody(rule: Rule) -> None:
    for late in range(-10, 40):
        assert not told(rule, END + timedelta(days=late))


def test_a_task_without_an_end_is_not_spoken_of() -> None:
    assert not told(end=None)


def test_a_new_end_begins_anew() -> None:
    before = told(day=END)[OFFICER].key
    moved = told(day=END + timedelta(days=5), end=END + timedelta(days=5))[OFFICER].key
    back = told(day=END)[OFFICER].key
    assert before != moved
    assert before == back


rules = st.builds(
    Rule,
    before=st.sets(st.integers(1, 30), max_size=4).map(lambda s: tuple(sorted(s, reverse=True))),
    on_day=st.booleans(),
    after_every=st.integers(0, 10),
    to_partners=st.booleans(),
    to_villages=st.booleans(),
    escalate_after=st.none() | st.integers(1, 20),
)
people = st.frozensets(st.integers(1, 4), max_size=3)


@given(
    rule=rules,
    leads=people,
    villagers=people,
    looks=st.lists(st.integers(-40, 60), min_size=1, max_size=25),
)
def test_however_often_and_late_somebody_looks_nothing_is_told_twice_or_made_up(
    rule: Rule, leads: frozenset[int], villagers: frozenset[int], looks: list[int]
) -> None:
    """A worker that looks every day tells all that one who looks now and then tells."""
    one = matter(leads=leads, villagers=villagers)
    daily: dict[str, Telling] = {}
    for late in range(-40, max(looks) + 1):
        for telling in plan([one], rule, ABOVE, END + timedelta(days=late)):
            daily.setdefault(telling.key, telling)
    kept: Counter[str] = Counter()
    for late in sorted(looks):
        found = list(plan([one], rule, ABOVE, END + timedelta(days=late)))
        assert len({telling.person for telling in found}) == len(found)
        assert all(telling.anchor <= END + timedelta(days=late) for telling in found)
        kept.update({telling.key for telling in found})
    assert set(kept) <= set(daily)


@given(rule=rules, late=st.integers(-40, 60))
def test_looking_again_the_same_day_says_the_same(rule: Rule, late: int) -> None:
    day = END + timedelta(days=late)
    first = [telling.key for telling in plan([matter()], rule, ABOVE, day)]
    again = [telling.key for telling in plan([matter()], replace(rule), ABOVE, day)]
    assert first == again


@pytest.mark.parametrize(
    ("typed", "days"),
    [("7, 1", (7, 1)), ("1;3 và 7", (7, 3, 1)), ("", ()), ("5 5", (5,)), ("120", (120,))],
)
def test_days_are_read_as_people_type_them(typed: str, days: tuple[int, ...]) -> None:
    assert read_days(typed) == days


@pytest.mark.parametrize("typed", ["mai", "0", "-1", "121", "7.5", "1 2 3 4 5 6 7", "²"])
def test_what_is_no_number_of_days_is_refused(typed: str) -> None:
    with pytest.raises(BadRule):
        read_days(typed)
