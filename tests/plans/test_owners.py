"""Who answers for a criterion by the accepted plan, and the templates of work that ask it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from dinhlang.papers.reading import read
from dinhlang.people.models import Office
from dinhlang.plans import owners
from dinhlang.plans.models import Plan
from dinhlang.work import templating
from dinhlang.work.services import templates
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db
GOAL = date(2023, 6, 30)


@pytest.fixture
def thach_loi(world: World, plans_dir: Path) -> Plan:
    """The plan of Thạch Lỗi, accepted in commune A."""
    paper = read(plans_dir / "thach-loi-2023.txt")
    plan = a_plan(world.people["leader"], world.places["a"], paper)
    Plan.objects.filter(pk=plan.pk).update(year=2023, last_year=2023)
    return plan


def test_the_owners_of_criteria_are_those_whom_the_paper_charges(
    world: World, thach_loi: Plan
) -> None:
    found = owners.find(world.people["leader"], world.places["a"], templating.SET)
    named = {number: owner.office for number, owner in found.items()}
    land = "Công chức địa chính XD-MT xã"
    assert {number: named[number] for number in ("1", "2", "4", "7", "17", "18")} == {
        number: land for number in ("1", "2", "4", "7", "17", "18")
    }
    assert named["5"] == "Hội đồng giáo dục" and named["9"] == "Ủy ban Mặt trận tổ quốc"
    assert "dòng 2" in found["5"].source and found["5"].address.startswith("/ke-hoach/")
    # The paper gives health to nobody, and the justice officer only helps with criterion 15.
    assert "14" not in named


@pytest.mark.parametrize("who", ["elsewhere", "nobody"])
def test_who_may_not_see_the_plan_is_told_no_owner(world: World, thach_loi: Plan, who: str) -> None:
    assert owners.find(world.people[who], world.places["a"], templating.SET) == {}


def test_a_plan_of_other_years_counts_only_where_it_names_the_criterion_the_same(
    world: World, thach_loi: Plan
) -> None:
    Plan.objects.filter(pk=thach_loi.pk).update(year=2027, last_year=2027)
    found = owners.find(world.people["leader"], world.places["a"], templating.SET)
    # The paper calls the fifth “Giáo dục”, the set of 2021–2025 “Trường học”.
    assert "2" in found and "5" not in found
    assert found["2"].office == "Công chức địa chính XD-MT xã"


def test_steps_of_a_criterion_are_led_by_its_owner_and_say_so(
    world: World, thach_loi: Plan
) -> None:
    user, place = world.people["leader"], world.places["a"]
    template = templating.ours()["tieu-chi-5"]
    owner = templates.owner_of(user, place, template.criterion_set, template.criterion)
    assert owner is not None and owner.office == "Hội đồng giáo dục"
    rows = templates.propose(user, place, template, GOAL, owner)
    led = [row for row in rows if row.lead == "Hội đồng giáo dục"]
    assert led and all(thach_loi.title in row.why and row.href for row in led)


def test_the_office_is_named_as_it_is_kept_here(world: World, thach_loi: Plan) -> None:
    Office.objects.create(place=world.places["a"], title="Công chức Địa chính - XD-MT")
    owner = templates.owner_of(world.people["leader"], world.places["a"], templating.SET, "2")
    assert owner is not None and owner.office == "Công chức Địa chính - XD-MT"


def test_the_page_says_where_a_lead_comes_from_and_lets_it_be_changed(
    world: World, thach_loi: Plan, client: Client
) -> None:
    client.force_login(world.people["leader"])
    own = f"/cong-viec/{world.places['a'].pk}/mau"
    page = client.get(f"{own}/tieu-chi-5?han=30/6/2030").content.decode()
    assert 'value="Hội đồng giáo dục"' in page and f"{thach_loi.title}, dòng 2" in page
    assert f"/ke-hoach/{thach_loi.pk}/" in page
    # A general kind serves the criterion that is chosen for it.
    chosen = f"{templating.SET}|5|"
    page = client.get(f"{own}/ho-so-minh-chung?han=30/6/2030&tieu-chi={chosen}").content.decode()
    assert 'value="Hội đồng giáo dục"' in page
