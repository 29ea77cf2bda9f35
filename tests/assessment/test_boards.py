"""The board of one unit: what is met and why not, what must be known of the set, the trend."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from dinhlang.assessment.selectors import board as boarding
from dinhlang.assessment.selectors import verdict, verdicts
from dinhlang.assessment.selectors.board import Board
from dinhlang.facts.models import Observation
from dinhlang.law.requirements import ContentNotLoaded
from dinhlang.law.verdicts import State
from tests.assessment.small_law import DAY, NEXT, SET, VILLAGES, enter, enter_all, small_law
from tests.world import World

pytestmark = pytest.mark.django_db


def board_of(world: World, place: str = "a", set_id: str = SET, on: date = DAY) -> Board:
    found = boarding.board(world.people["leader"], world.places[place], set_id, on)
    assert found is not None
    return found


def test_a_commune_is_judged_by_its_numbers_and_those_of_its_villages(filled: World) -> None:
    found = verdict(filled.places["a"], SET, DAY)
    assert found is not None
    assert {each.criterion.number: each.state for each in found.criteria} == {
        "2": State.NOT_MET,
        "4": State.MET,
        "10": State.MET,
    }
    assert (found.criteria_counts.met, found.indicator_counts.met) == (2, 3)
    assert found.hash == small_law().at(DAY).get(SET).hash  # type: ignore[union-attr]


def test_a_set_for_other_units_or_none_gives_no_board(filled: World) -> None:
    leader = filled.people["leader"]
    assert boarding.board(leader, filled.places["a"], VILLAGES, DAY) is None
    assert boarding.board(leader, filled.places["a1"], SET, DAY) is None
    assert boarding.board(leader, filled.places["a"], "qd-mau-2028/khong-co", DAY) is None


def test_a_tile_says_in_one_line_what_stands_in_the_way(filled: World) -> None:
    roads, power, _ = board_of(filled).tiles
    assert (roads.met, roads.total) == (1, 2)
    assert roads.reason.startswith("2.1: ")
    assert "98 %" in roads.reason
    assert power.reason == ""


def test_a_tile_names_the_first_thing_missing_and_who_has_it(world: World, law: None) -> None:
    _, power, income = board_of(world).tiles
    assert "Hệ thống điện đạt chuẩn" in power.reason
    assert "Công ty Điện lực" in power.reason
    assert income.look.words == "Chưa đủ số liệu"


def test_a_village_is_judged_by_a_set_of_villages_in_the_same_way(filled: World) -> None:
    found = boarding.board(filled.people["village_head"], filled.places["a1"], VILLAGES, DAY)
    assert found is not None
    assert found.verdict.state is State.MET


def test_a_number_that_was_just_saved_is_on_the_board(filled: World) -> None:
    assert board_of(filled).verdict.state is State.NOT_MET
    enter(filled.people["officer"], filled.places["a"], "ty_le_duong_cung_hoa", parts=("12", "12"))
    assert board_of(filled).verdict.state is State.MET


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2027, 6, 1), ["xem thử", "chưa có hiệu lực: bắt đầu từ 01/01/2028"]),
        (DAY, ["xem thử", "Bộ thay thế có hiệu lực từ 01/03/2033"]),
        (date(2033, 1, 15), ["xem thử", "Giai đoạn 2028–2032 của bộ đã hết", "từ 01/03/2033"]),
        (date(2033, 6, 1), ["xem thử", "đã được thay, từ 01/03/2033"]),
    ],
)
def test_the_board_says_how_the_set_stands_to_the_day(
    filled: World, on: date, words: list[str]
) -> None:
    found = board_of(filled, on=on).notes
    assert len(found) == len(words)
    for note, wanted in zip(found, words, strict=True):
        assert wanted in note.text
    if "thay" in words[-1]:
        assert found[-1].other is not None
        assert found[-1].other.id == NEXT


def test_sets_in_force_come_first_among_the_choices_and_samples_are_marked(filled: World) -> None:
    now = board_of(filled).choices
    assert [(each.set.id, each.in_force) for each in now] == [(SET, True), (NEXT, False)]
    assert all(each.words.endswith("(mẫu)") for each in now)
    later = board_of(filled, on=date(2033, 6, 1)).choices
    assert [each.set.id for each in later] == [NEXT, SET]


def test_the_first_set_is_one_of_the_plans_level_that_has_content(filled: World) -> None:
    here = verdicts.ground(filled.places["a"], DAY)
    first = here.first(("advanced",))
    assert first is not None
    assert first.id == SET


def test_an_amendment_counts_from_its_day_and_stands_in_the_lineage(filled: World) -> None:
    before, after = board_of(filled), board_of(filled, on=date(2031, 1, 1))
    assert before.verdict.hash != after.verdict.hash
    assert "02/2031/QĐ-MẪU" in [step.decision for step in after.set.lineage]


def test_the_bar_covers_every_indicator_once(filled: World) -> None:
    found = board_of(filled)
    assert sum(bit.count for bit in found.bar) == found.verdict.indicator_counts.total
    assert [bit.start for bit in found.bar] == [0, 3]


def entered_on(world: World, day: date) -> None:
    """As if everything of commune A had been entered on that day."""
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    Observation.objects.update(at=moment)


def test_the_trend_takes_each_month_as_it_was_known_then(filled: World) -> None:
    entered_on(filled, date(2030, 11, 20))
    found = verdicts.trend(filled.places["a"], SET, DAY, known_then=True)
    assert len(found.points) == 12
    assert [point.indicators for point in found.points[-3:]] == [0, 3, 3]
    assert (found.since_month, found.since_quarter) == (0, 3)
    assert found.changes == ()


def test_the_trend_names_the_criteria_that_changed_since_last_month(filled: World) -> None:
    entered_on(filled, date(2030, 12, 20))
    found = verdicts.trend(filled.places["a"], SET, DAY, known_then=True)
    assert [(each.place, each.number, each.words) for each in found.changes] == [
        (1, "2", "trước: chưa đủ số liệu"),
        (2, "4", "▲ mới đạt"),
        (3, "10", "▲ mới đạt"),
    ]
    entered_on(filled, date(2030, 10, 1))
    enter(filled.people["officer"], filled.places["a"], "dien_an_toan", yes=False)
    found = verdicts.trend(filled.places["a"], SET, DAY, known_then=True)
    assert found.changes == ()


def test_seen_from_an_earlier_day_late_entries_are_no_leap(filled: World) -> None:
    entered_on(filled, date(2031, 6, 1))
    found = verdicts.trend(filled.places["a"], SET, DAY, known_then=False)
    assert {point.indicators for point in found.points} == {3}


def test_there_is_no_trend_before_the_set_began(filled: World) -> None:
    found = verdicts.trend(filled.places["a"], SET, date(2028, 1, 20), known_then=True)
    assert len(found.points) == 1
    assert found.since_month is None


@pytest.mark.parametrize(
    ("on", "ends", "quarter"),
    [
        (date(2030, 3, 31), [date(2030, 1, 31), date(2030, 2, 28)], date(2029, 12, 31)),
        (date(2028, 3, 1), [date(2028, 1, 31), date(2028, 2, 29)], date(2027, 12, 31)),
        (date(2030, 1, 1), [date(2029, 11, 30), date(2029, 12, 31)], date(2029, 12, 31)),
        (date(2030, 10, 1), [date(2030, 8, 31), date(2030, 9, 30)], date(2030, 9, 30)),
    ],
)
def test_months_and_quarters_end_on_their_last_days(
    on: date, ends: list[date], quarter: date
) -> None:
    assert verdicts.month_ends(on, 2) == ends
    assert verdicts.quarter_end(on) == quarter


def test_another_commune_is_not_touched(filled: World) -> None:
    enter_all(None, filled.places["b"], [filled.places["b1"]])
    found = verdict(filled.places["b"], SET, DAY)
    assert found is not None
    assert found.criteria_counts.met == 2


def test_a_set_that_is_hardly_loaded_does_not_come_first() -> None:
    whole = small_law().sets[SET]
    nothing = ContentNotLoaded(giver="decision")
    half = tuple(
        replace(each, indicators=tuple(replace(i, requirement=nothing) for i in each.indicators))
        if each.number == "2"
        else each
        for each in whole.criteria
    )
    assert not verdicts.is_bare(whole)
    assert verdicts.is_bare(replace(whole, criteria=half))


def test_the_board_of_a_past_day_can_be_asked_as_it_was_known_then(filled: World) -> None:
    entered_on(filled, date(2031, 2, 1))
    user, place = filled.people["leader"], filled.places["a"]
    now = boarding.board(user, place, SET, DAY)
    then = boarding.board(user, place, SET, DAY, verdicts.end_of(DAY))
    assert now is not None and then is not None
    assert now.verdict.indicator_counts.met == 3
    assert then.verdict.indicator_counts.met == 0
    trend = verdicts.trend(place, SET, date(2031, 2, 28), known_then=True)
    at = {point.on: point.indicators for point in trend.points}
    assert at[DAY] == then.verdict.indicator_counts.met


def test_the_board_says_how_many_indicators_rest_on_numbers_nobody_confirmed(
    filled: World,
) -> None:
    user, place = filled.people["leader"], filled.places["a"]
    board = boarding.board(user, place, SET, DAY)
    assert board is not None
    assert [tile.unconfirmed for tile in board.tiles] == [2, 1, 1]
    assert board.unconfirmed == 4
    Observation.objects.filter(place=place).update(
        state="confirmed", confirmed_by=user, confirmed_at=timezone.now()
    )
    board = boarding.board(user, place, SET, DAY)
    assert board is not None
    assert [tile.unconfirmed for tile in board.tiles] == [1, 0, 0], "the villages' still wait"
    enter(filled.people["officer"], place, "dien_an_toan")  # taken back
    board = boarding.board(user, place, SET, DAY)
    assert board is not None
    assert board.tiles[1].unconfirmed == 0, "what is not judged rests on nothing"
