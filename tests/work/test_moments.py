"""Days and hours: how near a task's end is, and when a report is due next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.work.moments import Standing, distance, next_due, standing

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 22)  # Chủ nhật


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, Standing.UNDATED),
        (date(2026, 11, 1), None, Standing.RUNNING),
        (date(2026, 12, 1), None, Standing.UNDATED),
        (None, date(2026, 11, 21), Standing.LATE),
        (None, TODAY, Standing.TODAY),
        (None, date(2026, 11, 29), Standing.SOON),
        (None, date(2026, 11, 30), Standing.LATER),
        (date(2026, 11, 1), date(2026, 12, 31), Standing.RUNNING),
    ],
)
def test_where_the_day_stands_to_a_task(
    start: date | None, end: date | None, expected: Standing
) -> None:
    assert standing(start, end, TODAY) is expected


@pytest.mark.parametrize(
    ("end", "words"),
    [(-3, "quá hạn 3 ngày"), (0, "hạn hôm nay"), (1, "hạn ngày mai"), (5, "còn 5 ngày")],
)
def test_the_distance_is_told_in_words(end: int, words: str) -> None:
    assert distance(TODAY + timedelta(days=end), TODAY) == words


def rule(period: str, **due: Any) -> dict[str, Any]:
    return {"period": period, "due": due or None}


WEEKLY = rule("weekly", weekday=4, time="14:30")


@pytest.mark.parametrize(
    ("now", "given_rule", "day", "hour", "exact"),
    [
        ("2026-11-22 08:00", WEEKLY, "2026-11-26", "14:30", True),
        ("2026-11-26 14:00", WEEKLY, "2026-11-26", "14:30", True),
        ("2026-11-26 14:30", WEEKLY, "2026-11-26", "14:30", True),
        ("2026-11-26 14:31", WEEKLY, "2026-12-03", "14:30", True),
        ("2026-11-22 08:00", rule("weekly"), "2026-11-22", "", False),
        ("2026-11-23 08:00", rule("weekly"), "2026-11-29", "", False),
        ("2026-11-22 08:00", rule("daily", time="17:00"), "2026-11-22", "17:00", True),
        ("2026-11-22 18:00", rule("daily", time="17:00"), "2026-11-23", "17:00", True),
        ("2026-11-22 08:00", rule("monthly", day=25), "2026-11-25", "", True),
        ("2026-11-26 08:00", rule("monthly", day=25), "2026-12-25", "", True),
        ("2026-02-10 08:00", rule("monthly", day=31), "2026-02-28", "", True),
        ("2026-11-22 08:00", rule("monthly"), "2026-11-30", "", False),
        ("2026-11-22 08:00", rule("quarterly", day=20), "2026-12-20", "", True),
        ("2026-12-21 08:00", rule("quarterly", day=20), "2027-03-20", "", True),
        ("2026-05-22 08:00", rule("half-yearly"), "2026-06-30", "", False),
        ("2026-05-22 08:00", rule("yearly", day=15), "2026-12-15", "", True),
    ],
)
def test_when_a_report_is_due_next(
    now: str, given_rule: dict[str, Any], day: str, hour: str, exact: bool
) -> None:
    found = next_due(given_rule, datetime.fromisoformat(now).replace(tzinfo=ZONE))
    assert found is not None
    assert (found.day.isoformat(), found.hour, found.exact) == (day, hour, exact)


@pytest.mark.parametrize("period", ["ad-hoc", "unstated"])
def test_what_the_plan_does_not_date_is_never_due(period: str) -> None:
    assert next_due(rule(period), datetime(2026, 11, 22, tzinfo=ZONE)) is None


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-26 08:00", "trước 14:30 hôm nay"),
        ("2026-11-25 08:00", "trước 14:30 ngày mai"),
        ("2026-11-22 08:00", "trước 14:30 thứ Năm, 26/11/2026"),
    ],
)
def test_a_moment_is_told_as_people_say_it(now: str, words: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    found = next_due(WEEKLY, moment)
    assert found is not None
    assert found.told(moment.date()) == words


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]),
    st.fixed_dictionaries(
        {},
        optional={
            "weekday": st.integers(1, 7),
            "day": st.integers(1, 31),
            "time": st.sampled_from(["00:00", "14:30", "23:59"]),
        },
    ),
)
def test_a_report_is_never_due_in_the_past_nor_later_than_two_periods(
    now: datetime, period: str, due: dict[str, Any]
) -> None:
    found = next_due(rule(period, **due), now.replace(tzinfo=ZONE))
    assert found is not None
    assert found.day >= now.date()
    longest = {"daily": 1, "weekly": 7, "monthly": 61, "quarterly": 184, "half-yearly": 366}
    assert found.day - now.date() <= timedelta(days=longest.get(period, 731))
