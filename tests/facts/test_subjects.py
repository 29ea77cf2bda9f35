"""Units with their facts: as they stand, as they stood, and combined from below."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from dinhlang.facts import selectors, services
from dinhlang.facts.models import Observation, PlaceAttribute
from dinhlang.facts.services.attributes import Said
from dinhlang.law.subjects import Fact, Subject
from dinhlang.people.access import AccessDenied
from tests.facts.conftest import Enter
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 31)


def look(world: World, place: str = "a", on: date = DAY, known: datetime | None = None) -> Subject:
    return selectors.subject(world.places[place], on, known)


def latest(found: Subject, measure: str, sex: Any = "") -> Fact:
    fact = found.latest(measure, DAY, sex)
    assert fact is not None
    return fact


def test_a_unit_is_seen_with_its_facts_and_its_villages(enter: Enter, world: World) -> None:
    enter("thu_nhap", "52.5", by="officer")
    enter("thon_van_hoa", True, "a1")
    found = look(world)
    fact = latest(found, "thu_nhap")
    assert (fact.value, fact.year, fact.confirmed, fact.by) == (
        Decimal("52.5"), 2024, False, "Công Chức Mẫu",
    )  # fmt: skip
    assert found.name == "Xã Làng Mẫu"
    assert {kid.name for kid in found.children["village"]} == {"Thôn Đình Thượng", "Thôn Đình Hạ"}


def test_the_latest_year_comes_first_and_years_to_come_not_at_all(
    enter: Enter, world: World
) -> None:
    for year in (2023, 2025, 2024):
        enter("thu_nhap", year, year=year)
    facts = look(world).facts["thu_nhap", ""]
    assert [fact.year for fact in facts] == [2024, 2023]


def test_of_a_year_the_whole_one_stands_before_its_quarters(enter: Enter, world: World) -> None:
    enter("thu_nhap", 12, period="2024-Q4")
    enter("thu_nhap", 50, period="2024")
    enter("thu_nhap", 11, period="2024-Q1")
    assert [fact.value for fact in look(world).facts["thu_nhap", ""]] == [50, 12, 11]


def test_men_and_women_are_kept_apart(enter: Enter, world: World) -> None:
    enter("ty_le_lao_dong", 80, sex="male")
    enter("ty_le_lao_dong", 70, sex="female")
    found = look(world)
    assert latest(found, "ty_le_lao_dong", "male").value == 80
    assert latest(found, "ty_le_lao_dong", "female").value == 70
    assert ("ty_le_lao_dong", "") not in found.facts


def test_a_number_taken_back_is_no_fact(enter: Enter, world: World) -> None:
    enter("thu_nhap", 50)
    enter("thu_nhap", None)
    assert look(world).facts == {}


def test_what_was_known_on_an_earlier_day_can_be_asked(enter: Enter, world: World) -> None:
    first = enter("thu_nhap", 50, by="officer")
    services.confirm(world.people["leader"], world.places["a"], [first.pk])
    second = enter("thu_nhap", 60)
    first.refresh_from_db()
    assert latest(look(world), "thu_nhap").value == 60
    assert first.confirmed_at is not None
    then = latest(look(world, known=second.at - timedelta(microseconds=1)), "thu_nhap")
    assert (then.value, then.confirmed, then.confirmed_by) == (50, True, "Lãnh Đạo Mẫu")
    unsure = latest(look(world, known=first.confirmed_at - timedelta(microseconds=1)), "thu_nhap")
    assert (unsure.value, unsure.confirmed, unsure.confirmed_by) == (50, False, "")
    assert look(world, known=first.at - timedelta(seconds=1)).facts == {}


def people(world: World, **numbers: int) -> None:
    for place, number in numbers.items():
        said = Said(name="population", value=str(number), valid_from=date(2020, 1, 1))
        services.describe_place(world.people["coordinator"], world.places[place], said)


def test_rates_of_villages_make_the_ratio_of_their_sums(enter: Enter, world: World) -> None:
    enter("ty_le_bao_hiem", (90, 100), "a1")
    enter("ty_le_bao_hiem", (10, 100), "a2")
    fact = latest(look(world), "ty_le_bao_hiem")
    assert (fact.numerator, fact.denominator, fact.number) == (100, 200, 50)
    assert fact.by == "gộp từ 2/2 thôn"
    assert not Observation.objects.filter(place=world.places["a"]).exists()


def test_sums_and_means_by_weight(enter: Enter, world: World) -> None:
    for place, income, accidents in (("a1", 60, 2), ("a2", 30, 3)):
        enter("thu_nhap", income, place)
        enter("so_tai_nan", accidents, place)
    assert latest(look(world), "so_tai_nan").value == 5
    assert look(world).latest("thu_nhap", DAY) is None
    people(world, a1=200, a2=100)
    assert latest(look(world), "thu_nhap").value == 50


def test_the_worst_counts_where_the_measure_says_so(enter: Enter, world: World) -> None:
    for place, rate, grade in (("a1", 60, "Mức độ 3"), ("a2", 80, "Mức độ 2")):
        enter("ty_le_lao_dong", rate, place, sex="male")
        enter("muc_pho_cap", grade, place)
    found = look(world)
    assert latest(found, "ty_le_lao_dong", "male").value == 60
    assert latest(found, "muc_pho_cap").grade == "Mức độ 2"


def test_numbers_of_some_villages_are_not_yet_the_communes(enter: Enter, world: World) -> None:
    enter("so_tai_nan", 2, "a1")
    enter("thon_van_hoa", True, "a1")
    assert look(world).facts == {}


def test_one_village_that_fails_is_enough_for_all(enter: Enter, world: World) -> None:
    enter("thon_van_hoa", False, "a1")
    assert latest(look(world), "thon_van_hoa").yes is False


def test_what_people_were_asked_is_not_added_up(enter: Enter, world: World) -> None:
    enter("su_hai_long", (9, 10), "a1", source="survey")
    enter("su_hai_long", (9, 10), "a2", source="survey")
    assert look(world).latest("su_hai_long", DAY) is None


def test_the_communes_own_number_stands_before_that_of_its_villages(
    enter: Enter, world: World
) -> None:
    enter("so_tai_nan", 9, by="officer")
    rows = [enter("so_tai_nan", 2, village, by="officer") for village in ("a1", "a2")]
    assert latest(look(world), "so_tai_nan").value == 9
    for row in rows:
        services.confirm(world.people["leader"], row.place, [row.pk])
    assert latest(look(world), "so_tai_nan").value == 4
    own = Observation.objects.get(place=world.places["a"])
    services.confirm(world.people["leader"], world.places["a"], [own.pk])
    assert latest(look(world), "so_tai_nan").value == 9


def test_another_communes_villages_do_not_count(enter: Enter, world: World) -> None:
    enter("so_tai_nan", 2, "b1", by="elsewhere")
    assert look(world).facts == {}
    assert latest(look(world, "b"), "so_tai_nan").value == 2


def test_many_units_take_no_more_queries_than_one(
    enter: Enter, world: World, django_assert_max_num_queries: Any
) -> None:
    enter("thu_nhap", 50)
    enter("thu_nhap", 50, "b", by="elsewhere")
    units = [world.places[key] for key in ("a", "b", "c")]
    with django_assert_max_num_queries(16):
        found = selectors.subjects(units, DAY)
    assert set(found) == {unit.pk for unit in units}
    province = look(world, "province")
    assert [kid.name for kid in province.children["commune"]] == ["Xã Làng Bên", "Xã Làng Mẫu"]


def say(world: World, name: str, value: str, place: str = "a", **more: Any) -> PlaceAttribute:
    more = {"valid_from": date(2021, 1, 1)} | more
    said = Said(name=name, value=value, **more)
    return services.describe_place(world.people[more.pop("by", "admin")], world.places[place], said)


def test_region_and_group_come_with_the_subject(world: World) -> None:
    say(world, "region", "BTB", "province")
    say(world, "group", "Nhóm 2")
    found = look(world)
    assert (found.region, found.group) == ("BTB", "2")
    assert found.children["village"][0].region == "BTB"
    assert look(world, "c").region is None


def test_a_places_own_attribute_stands_before_that_of_its_province(world: World) -> None:
    say(world, "region", "BTB", "province")
    say(world, "region", "DBSH", "a")
    assert look(world).region == "DBSH"


def test_what_a_place_is_changes_from_a_day_on(world: World) -> None:
    say(world, "group", "1")
    say(world, "group", "3", valid_from=date(2024, 7, 1))
    assert look(world, on=date(2024, 6, 30)).group == "1"
    assert look(world, on=date(2024, 7, 1)).group == "3"


def test_an_attribute_noted_for_an_earlier_time_ends_where_the_next_begins(world: World) -> None:
    say(world, "group", "3", valid_from=date(2024, 7, 1))
    earlier = say(world, "group", "1", valid_from=date(2022, 1, 1))
    assert earlier.valid_to == date(2024, 7, 1)
    assert look(world, on=DAY).group == "3"


def test_an_attribute_taken_back_was_there_when_it_was(world: World) -> None:
    row = say(world, "group", "1")
    then = timezone.now()
    services.take_back(world.people["coordinator"], row.pk)
    assert look(world).group is None
    assert look(world, known=then).group == "1"


@pytest.mark.parametrize(
    ("name", "value"), [("region", "Mặt trăng"), ("schools", "-1"), ("schools", "2,5"), ("x", "1")]
)
def test_what_is_no_attribute_is_refused(world: World, name: str, value: str) -> None:
    with pytest.raises(services.NotAnAttribute):
        say(world, name, value)


def test_what_a_place_is_is_said_by_those_who_decide_there(world: World) -> None:
    said = Said(name="group", value="1", valid_from=DAY)
    with pytest.raises(AccessDenied):
        services.describe_place(world.people["officer"], world.places["a"], said)
