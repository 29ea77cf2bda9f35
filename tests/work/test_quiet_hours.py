"""Quiet hours over midnight and not, the hour of the digest, days and hours as people type."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.work.days import BadDay, read_day, read_hour
from dinhlang.work.quiet import Hours

TODAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(20, 59), False), (time(21), True), (time(0), True), (time(6, 29), True),
     (time(6, 30), False), (time(12), False)],
)  # fmt: skip
def test_the_usual_night_is_quiet(at: time, quiet: bool) -> None:
    assert Hours().is_quiet(at) is quiet


def test_quiet_hours_in_the_day_and_none_at_all() -> None:
    noon = Hours(time(11, 30), time(13))
    assert noon.is_quiet(time(12))
    assert not noon.is_quiet(time(13))
    never = Hours(time(8), time(8))
    assert not any(never.is_quiet(time(hour)) for hour in range(24))


def test_a_digest_wanted_in_quiet_hours_comes_when_they_end() -> None:
    assert Hours().digest() == time(7)
    assert Hours(digest_at=time(5)).digest() == time(6, 30)
    assert Hours(digest_at=time(22)).digest() == time(6, 30)


times = st.times(timezones=st.none()).map(lambda t: t.replace(microsecond=0, second=0))


@given(start=times, end=times, at=times)
def test_the_next_allowed_moment_is_allowed_and_not_a_day_away(
    start: time, end: time, at: time
) -> None:
    hours = Hours(start, end)
    now = datetime.combine(TODAY, at, UTC)
    then = hours.next_allowed(now)
    assert not hours.is_quiet(then.time())
    assert 0 <= (then - now).total_seconds() < 86400


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("30/6", date(2026, 6, 30)), ("5/1", date(2027, 1, 5)), ("15/12", date(2026, 12, 15)),
        ("29/2/2028", date(2028, 2, 29)), ("30/6/2024", date(2024, 6, 30)),
        ("30-6-24", date(2024, 6, 30)), ("ngày 5.1", date(2027, 1, 5)),
        ("2026-12-31", date(2026, 12, 31)), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_type_it(typed: str | None, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["mai", "31/6", "0/1", "12/13", "1/1/1", "2026-02-30", "29/2"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(BadDay, match="không phải là một ngày"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "at"),
    [("7:00", time(7)), ("21h30", time(21, 30)), ("6", time(6)), ("6 giờ", time(6)),
     ("0630", time(6, 30)), ("23:59", time(23, 59))],
)  # fmt: skip
def test_an_hour_is_read_as_people_type_it(typed: str, at: time) -> None:
    assert read_hour(typed) == at


@pytest.mark.parametrize("typed", ["", "24:00", "7:60", "sáng", "7:5:1"])
def test_what_is_no_hour_is_refused(typed: str) -> None:
    with pytest.raises(BadDay):
        read_hour(typed)
