"""What the forecast expects, and the words in which it says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dinhlang.work.forecast import (
    Expected,
    Job,
    Why,
    critical_chain,
    forecast,
    loads,
    paces,
    short,
    too_much,
)

ON = date(2024, 6, 13)
NAMES = {"dia chinh": "Công chức Địa chính", "van hoa": "Công chức Văn hóa"}


def day(shift: int) -> date:
    return ON + timedelta(days=shift)


def job(pk: int, start: int | None, end: int | None, **more: Any) -> Job:
    """A task from so many days after today to so many."""
    return Job(
        pk,
        more.pop("text", f"việc {pk}"),
        None if start is None else day(start),
        None if end is None else day(end),
        **more,
    )


def of(*jobs: Job) -> dict[int, Expected]:
    return forecast(jobs, ON, NAMES)


def test_a_task_with_time_left_and_nothing_before_it_is_expected_in_time() -> None:
    found = of(job(1, -3, 20, begun=True))
    assert found[1].day == day(20)
    assert found[1].reasons == ()
    assert found[1].days_late == 0


def test_a_late_task_pushes_what_needs_it_and_the_words_say_by_how_much() -> None:
    before = job(1, -60, -12, begun=True, text="Đo đạc tuyến đường")
    after = job(2, -11, 5, needs=(1,), begun=True, text="Giải phóng mặt bằng")
    found = of(before, after)[2]
    # Seventeen days from tomorrow on.
    assert found.day == day(17)
    assert found.days_late == 12
    assert found.words == (
        "Việc trước là “Đo đạc tuyến đường” đang chậm 12 ngày nên việc này sớm nhất xong "
        "30/06/2024, chậm 12 ngày."
    )
    assert found.reasons[0].by == 1


def test_delay_runs_through_a_chain_to_its_end() -> None:
    jobs = (
        job(1, -20, -1, begun=True),
        job(2, 0, 9, needs=(1,)),
        job(3, 10, 19, needs=(2,)),
        job(4, 20, 29, needs=(3,)),
    )
    found = of(*jobs)
    assert [found[pk].day for pk in (1, 2, 3, 4)] == [day(0), day(10), day(20), day(30)]
    assert [found[pk].days_late for pk in (2, 3, 4)] == [1, 1, 1]
    assert "dự kiến chậm 1 ngày" in found[3].words


def test_slack_between_two_tasks_takes_a_delay_up() -> None:
    found = of(job(1, -20, -3, begun=True), job(2, 20, 40, needs=(1,)))
    assert found[2].day == day(40)
    assert found[2].reasons == ()


@pytest.mark.parametrize(
    "before",
    [
        job(1, -9, -1, finished_on=day(-1)),
        job(1, -9, 90, dropped=True),
    ],
    ids=["finished", "dropped"],
)
def test_what_is_finished_or_dropped_holds_nothing_up(before: Job) -> None:
    assert of(before, job(2, 0, 5, needs=(1,)))[2].reasons == ()


def test_tasks_that_need_each_other_in_a_circle_are_still_forecast() -> None:
    found = of(job(1, 0, 5, needs=(3,)), job(2, 6, 9, needs=(1,)), job(3, 10, 12, needs=(2,)))
    assert set(found) == {1, 2, 3}


def test_a_chain_of_thousands_is_worked_out_without_running_out_of_room() -> None:
    jobs = [job(pk, pk, pk, needs=(pk - 1,) if pk else ()) for pk in range(5000)]
    assert len(of(*reversed(jobs))) == 5000


def test_what_was_not_begun_when_a_third_of_its_time_has_gone_will_be_late() -> None:
    found = of(job(1, -9, 10))[1]
    assert [reason.why for reason in found.reasons] == [Why.NOT_BEGUN]
    assert found.day == day(19)
    assert "Đã hết 50 % thời gian mà chưa bắt đầu" in found.words
    assert of(job(1, -2, 10))[1].reasons == ()
    assert of(job(1, -9, 10, begun=True))[1].reasons == ()


def test_subtasks_far_behind_the_time_tell_when_all_will_be_done() -> None:
    parts = [job(pk, None, None, finished_on=day(-1) if pk == 2 else None) for pk in (2, 3, 4, 5)]
    found = of(job(1, -39, 20, parts=(2, 3, 4, 5), begun=True), *parts)[1]
    assert [reason.why for reason in found.reasons] == [Why.PARTS]
    # A quarter took forty days, so all of it takes a hundred and sixty.
    assert found.day == day(-39 + 160)
    assert "Mới xong 1/4 việc con khi đã hết 67 % thời gian" in found.words


def test_a_subtask_that_ends_after_the_whole_makes_the_whole_late() -> None:
    found = of(job(1, -3, 10, parts=(2,), begun=True), job(2, 0, 25, begun=True))[1]
    assert found.day == day(25)
    assert "sau hạn chung 15 ngày" in found.words


def test_what_waits_for_others_close_to_its_end_is_told() -> None:
    waits = {"begun": True, "waiting_for": "UBND tỉnh cấp vốn"}
    found = of(job(1, -3, 2, **waits), job(2, -3, 30, **waits))
    assert found[1].words == "Đang chờ UBND tỉnh cấp vốn mà chỉ còn 2 ngày."
    assert found[2].reasons == ()


def past(pk: int, late: int, lead: str = "dia chinh") -> Job:
    """A task that ended three weeks ago, done so many days after its end."""
    return job(pk, -30, -21, finished_on=day(-21 + late), leads=(lead,))


def test_an_office_that_was_mostly_late_makes_its_next_tasks_doubtful() -> None:
    before = [past(10, 0), past(11, 8), past(12, 9), past(13, 12), past(14, 0, "van hoa")]
    found = of(
        *before,
        job(1, -1, 10, leads=("dia chinh",)),
        job(2, -1, 10, leads=("van hoa",)),
        job(3, 80, 90, leads=("dia chinh",)),
    )
    assert found[1].words == (
        "Công chức Địa chính nửa năm qua đúng hạn 1/4 việc, thường chậm 9 ngày."
    )
    assert found[1].day == day(19)
    assert found[2].reasons == ()
    assert found[3].reasons == (), "too far ahead for an office's pace to tell anything"


def test_a_few_tasks_say_nothing_about_an_office() -> None:
    assert of(past(10, 9), past(11, 9), job(1, 0, 10, leads=("dia chinh",)))[1].reasons == ()


def test_the_pace_counts_only_what_was_due_lately_and_not_dropped() -> None:
    jobs = [
        past(1, 0), past(2, 5),
        job(3, -400, -300, finished_on=day(-290), leads=("dia chinh",)),
        job(4, -30, -21, dropped=True, leads=("dia chinh",)),
        job(5, -9, 9, leads=("dia chinh",)),
        job(6, -9, -2, leads=("dia chinh",)),
    ]  # fmt: skip
    found = paces(jobs, ON, NAMES)["dia chinh"]
    assert (found.due, found.in_time, found.usual_delay) == (3, 1, 4)


def test_the_gravest_reason_stands_first() -> None:
    found = of(job(1, -30, -10, begun=True), job(2, -9, 2, needs=(1,)))[2]
    assert [reason.why for reason in found.reasons] == [Why.BEFORE, Why.NOT_BEGUN]
    assert found.day == found.reasons[0].day


def test_a_task_that_is_late_already_is_not_said_to_become_late() -> None:
    found = of(job(1, -20, -5), job(2, -20, -5, needs=(1,)))
    assert found[2].reasons == ()
    assert found[2].day == ON


def test_the_critical_chain_is_the_one_that_ends_last() -> None:
    jobs = (
        job(1, 0, 5), job(2, 6, 30, needs=(1,)), job(3, 6, 8, needs=(1,)),
        job(4, 31, 40, needs=(2, 3)), job(5, 0, 90),
    )  # fmt: skip
    assert critical_chain(jobs, of(*jobs)) == [1, 2, 4]


def test_without_links_there_is_no_critical_chain() -> None:
    jobs = (job(1, 0, 5), job(2, 0, 9))
    assert critical_chain(jobs, of(*jobs)) == []


def test_the_critical_chain_of_a_circle_ends() -> None:
    jobs = (job(1, 0, 5, needs=(2,)), job(2, 6, 9, needs=(1,)))
    assert sorted(critical_chain(jobs, of(*jobs))) == [1, 2]


def test_loads_count_what_is_open_late_and_soon_and_name_idle_offices() -> None:
    jobs = (
        job(1, -9, -1, leads=("dia chinh",)), job(2, 0, 14, leads=("dia chinh",)),
        job(3, 0, 15, leads=("dia chinh",)), job(4, 0, 5, finished_on=ON, leads=("van hoa",)),
    )  # fmt: skip
    first, second = loads(jobs, ON, NAMES)
    assert (first.name, first.open, first.late, first.soon) == ("Công chức Địa chính", 3, 1, 2)
    assert (second.name, second.open) == ("Công chức Văn hóa", 0)


def test_too_much_is_twice_what_is_usual_and_at_least_five() -> None:
    names = {key: key for key in "abcde"}
    jobs = [job(pk, 0, 3, leads=(lead,)) for pk, lead in enumerate("aaaaaaaabbbcccdd")]
    assert [row.key for row in too_much(loads(jobs, ON, names))] == ["a"]
    few = [job(pk, 0, 3, leads=("a",)) for pk in range(4)]
    assert too_much(loads(few, ON, names)) == []


def test_long_words_are_cut_between_words() -> None:
    assert short("Mở rộng đường trục thôn", 15) == "Mở rộng đường…"
    assert short("Mở rộng", 15) == "Mở rộng"
