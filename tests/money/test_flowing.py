"""The year's money day by day: worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from dinhlang.money import drawing
from dinhlang.money.flowing import Event, Way, flow_of

YEAR = 2026


def comes(amount: int, day: date | None, way: Way = Way.USABLE) -> Event:
    return Event(way, amount, day)


def due(amount: int, day: date | None, text: str = "") -> Event:
    return Event(Way.DUE, amount, day, text)


def test_money_that_comes_the_day_it_is_due_is_there_in_time() -> None:
    day = date(YEAR, 6, 30)
    assert flow_of(YEAR, [due(5, day), comes(5, day)]).short is None


def test_the_first_short_day_tells_what_all_of_that_day_lacks() -> None:
    first, second = date(YEAR, 3, 31), date(YEAR, 5, 1)
    found = flow_of(
        YEAR, [comes(4, date(YEAR, 1, 5)), due(3, first, "a"), due(3, first, "b"), due(9, second)]
    )
    assert found.short is not None
    assert (found.short.day, found.short.amount) == (first, 2)
    assert [each.text for each in found.short.due] == ["a", "b"]


def test_conditional_money_helps_only_the_second_line() -> None:
    found = flow_of(YEAR, [comes(10, date(YEAR, 2, 1), Way.CONDITIONAL), due(8, date(YEAR, 4, 1))])
    assert found.short is not None and found.short_with is None
    assert (found.quarters[1].balance, found.quarters[1].balance_with) == (-8, 2)


def test_what_has_no_day_counts_on_the_last_one() -> None:
    found = flow_of(YEAR, [comes(5, None), due(3, date(YEAR, 12, 30)), due(1, None)])
    assert len(found.undated) == 2
    assert found.short is not None and found.short.day == date(YEAR, 12, 30)
    assert found.end.balance == 1


@pytest.mark.parametrize(
    ("size", "left"), [(2, (date(YEAR, 4, 1), 3)), (5, None)], ids=["still short", "no longer"]
)
def test_money_without_a_day_is_told_apart_and_tried_at_the_start_of_the_year(
    size: int, left: tuple[date, int] | None
) -> None:
    found = flow_of(
        YEAR,
        [comes(size, None), comes(9, None, Way.CONDITIONAL), due(5, date(YEAR, 4, 1)),
         due(1, None), due(7, date(YEAR + 1, 1, 2))] + ([comes(1, None)] if size == 5 else []),
    )  # fmt: skip
    assert {each.way for each in found.late_sources} == {Way.USABLE}
    assert [each.amount for each in found.late_needs] == [1]
    assert found.short is not None and found.short.day == date(YEAR, 4, 1)
    best = found.short_at_best
    assert (best and (best.day, best.amount)) == left


def test_what_is_dated_before_the_year_opens_it_and_after_it_does_not_count() -> None:
    found = flow_of(YEAR, [comes(5, date(2025, 7, 1)), due(4, date(2027, 1, 1))])
    assert (found.months[0].comes, found.end.balance) == (5, 5)


def test_months_and_quarters_end_alike() -> None:
    events = [comes(at * 3, date(YEAR, at, 10)) for at in range(1, 13)]
    events += [due(at, date(YEAR, at, 20)) for at in range(1, 13)]
    found = flow_of(YEAR, events)
    assert [found.months[at].balance for at in (2, 5, 8, 11)] == [
        each.balance for each in found.quarters
    ]
    assert sum(each.due for each in found.months) == sum(each.due for each in found.quarters)


def test_a_year_without_money_has_no_drawing() -> None:
    assert drawing.chart(flow_of(YEAR, [])) is None


@pytest.mark.parametrize("sheet", [drawing.WIDE, drawing.NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("size", [10**6, 13 * 10**6, 7 * 10**8, 17_500_000_000, 10**14])
def test_the_scale_of_a_drawing_has_a_few_round_lines_and_holds_everything(
    size: int, sheet: drawing.Sheet
) -> None:
    events = [comes(size, date(YEAR, 2, 1)), due(2 * size, date(YEAR, 9, 1))]
    found = drawing.chart(flow_of(YEAR, events), sheet=sheet)
    assert found is not None
    assert 2 <= len(found.ticks) <= 12
    assert sum(each.is_zero for each in found.ticks) == 1
    for bar in found.bars:
        assert float(bar.y) >= 0 and float(bar.y) + float(bar.height) <= sheet.foot


@pytest.mark.parametrize(("month", "end"), [(2, "start"), (6, "start"), (7, "end"), (12, "end")])
def test_the_drawing_marks_where_money_runs_short_with_its_words_inside(
    month: int, end: str
) -> None:
    found = drawing.chart(flow_of(YEAR, [due(10**9, date(YEAR, month, 5))]), sheet=drawing.NARROW)
    assert found is not None
    assert (found.short_x, found.short_end) == (found.names[month - 1][0], end)


def test_a_drawing_without_shortage_marks_none() -> None:
    found = drawing.chart(flow_of(YEAR, [comes(10**9, date(YEAR, 2, 1))]))
    assert found is not None and not found.short_x
