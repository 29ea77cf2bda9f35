"""Who reports how often becomes work that repeats: proposed, confirmed, once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.papers.reading import read
from dinhlang.people.access import AccessDenied
from dinhlang.plans.models import Plan, PlanVersion
from dinhlang.plans.services import regimes
from dinhlang.work.models import Repeat, Task
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2024, 11, 4)


@pytest.fixture
def hoa_cu(world: World, plans_dir: Path) -> Plan:
    """The plan of Hòa Cư, accepted in commune A."""
    paper = read(plans_dir / "hoa-cu-2024.txt")
    return a_plan(world.people["leader"], world.places["a"], paper)


def say(plan: Plan, rule: dict[str, Any]) -> None:
    """Let the plan's version in force have this one rule of reporting."""
    assert plan.current is not None
    document = {**plan.current.document, "reporting": [rule]}
    PlanVersion.objects.filter(pk=plan.current.pk).update(data=json.dumps(document))
    plan.current = PlanVersion.objects.get(pk=plan.current.pk)


def test_the_monthly_quarterly_and_yearly_reports_of_hoa_cu_are_proposed(hoa_cu: Plan) -> None:
    found = regimes.proposed(hoa_cu, TODAY)
    assert [(each.every, each.on, each.line) for each in found] == [
        ("month", 31, 171), ("quarter", 0, 171), ("year", 0, 171),
        ("month", 31, 179), ("quarter", 0, 179),
    ]  # fmt: skip
    assert found[1].words == "Báo cáo quý gửi UBND"
    assert found[0].text == "Báo cáo {kỳ} gửi UBND" and found[3].lead == "Các đoàn thể"
    assert not any(each.exact for each in found)
    assert regimes.proposed(hoa_cu, date(2040, 1, 1)) == []


def test_what_is_confirmed_repeats_to_the_end_of_the_plan_and_is_made_once(
    world: World, hoa_cu: Plan
) -> None:
    leader, found = world.people["leader"], regimes.proposed(hoa_cu, TODAY)
    wanted = [found[0].number, found[1].number]
    assert regimes.begin(leader, hoa_cu, wanted, TODAY) == 2
    assert regimes.begin(world.people["coordinator"], hoa_cu, wanted, TODAY) == 0
    assert Repeat.objects.count() == 2
    monthly = Repeat.objects.get(every="month")
    assert (monthly.first, monthly.last) == (TODAY, date(2024, 12, 31))
    assert monthly.data["origin_text"].endswith("dòng 171")
    made = Task.objects.filter(series=monthly).order_by("end")
    assert [each.text for each in made] == [
        "Báo cáo tháng 11/2024 gửi UBND", "Báo cáo tháng 12/2024 gửi UBND",
    ]  # fmt: skip
    assert len(regimes.proposed(hoa_cu, TODAY)) == 3


def test_only_who_decides_confirms(world: World, hoa_cu: Plan) -> None:
    numbers = [each.number for each in regimes.proposed(hoa_cu, TODAY)]
    for who in ("officer", "province", "elsewhere", "village_head"):
        with pytest.raises(AccessDenied):
            regimes.begin(world.people[who], hoa_cu, numbers, TODAY)
    assert not Repeat.objects.exists()


@pytest.mark.parametrize(
    ("period", "due", "on"),
    [
        ("weekly", {"weekday": 4}, 4),
        ("weekly", None, 7),
        ("monthly", {"day": 20}, 20),
        ("quarterly", {"day": 25}, 6),
        ("half-yearly", {"day": 15}, 16),
        ("half-yearly", None, 0),
        ("yearly", {"day": 15}, 16),
    ],
)
def test_the_day_is_that_of_the_plan_else_the_last_of_the_period(
    hoa_cu: Plan, period: str, due: dict[str, int] | None, on: int
) -> None:
    assert hoa_cu.current is not None
    rule = {"id": 999, "period": period, "due": due, "from": "Các thôn", "to": None}
    hoa_cu.current.document["reporting"] = [rule]
    (found,) = regimes.proposed(hoa_cu, TODAY)
    assert (found.on, found.exact) == (on, due is not None)


def test_the_page_offers_them_and_leads_to_what_repeats(world: World, hoa_cu: Plan) -> None:
    Plan.objects.filter(pk=hoa_cu.pk).update(last_year=timezone.localdate().year)
    address = f"/ke-hoach/{hoa_cu.pk}"
    leader, officer = Client(), Client()
    leader.force_login(world.people["leader"])
    officer.force_login(world.people["officer"])
    button = "Đưa thành việc định kỳ"
    assert button in leader.get(f"{address}/phan-cong").content.decode()
    assert button not in officer.get(f"{address}/phan-cong").content.decode()
    ticked = [each.number for each in regimes.proposed(hoa_cu, TODAY)]
    answer = leader.post(f"{address}/che-do-bao-cao", {"dong": ticked}, follow=True)
    page = answer.content.decode()
    assert "Đã đặt 5 việc định kỳ" in page and "Các đoàn thể" in page
    assert button not in leader.get(f"{address}/phan-cong").content.decode()


@pytest.mark.parametrize(
    ("period", "why"),
    [("ad-hoc", "có yêu cầu"), ("daily", "hằng ngày"), ("unstated", "không nêu bao lâu")],
)
def test_what_cannot_repeat_is_said_with_the_reason(
    world: World, hoa_cu: Plan, period: str, why: str
) -> None:
    rule = {"id": 999, "period": period, "from": "Các thôn", "to": "UBND xã", "lines": [7, 7]}
    say(hoa_cu, rule)
    assert regimes.proposed(hoa_cu, TODAY) == []
    (left,) = regimes.left_to_people(hoa_cu, TODAY)
    assert (left.lead, left.words, left.line) == ("Các thôn", "Báo cáo gửi UBND xã", 7)
    assert why in left.why
    assert regimes.left_to_people(hoa_cu, date(2040, 1, 1)) == []
    assert regimes.begin(world.people["leader"], hoa_cu, [999], TODAY) == 0
    Plan.objects.filter(pk=hoa_cu.pk).update(last_year=timezone.localdate().year)
    browser = Client()
    browser.force_login(world.people["leader"])
    page = browser.get(f"/ke-hoach/{hoa_cu.pk}/phan-cong").content.decode()
    assert why in page and "Thêm việc khi có yêu cầu" in page


def test_a_half_yearly_report_becomes_two_tasks_a_year(world: World, hoa_cu: Plan) -> None:
    rule = {"id": 999, "period": "half-yearly", "from": "Kế toán", "to": "UBND", "lines": [7, 7]}
    say(hoa_cu, rule)
    (found,) = regimes.proposed(hoa_cu, date(2024, 1, 2))
    assert found.words == "Báo cáo 6 tháng gửi UBND"
    assert regimes.begin(world.people["leader"], hoa_cu, [999], date(2024, 1, 2)) == 1
    made = Task.objects.filter(series__every="half").order_by("end")
    assert [(each.text, each.end) for each in made] == [
        ("Báo cáo 6 tháng đầu năm 2024 gửi UBND", date(2024, 6, 30)),
        ("Báo cáo 6 tháng cuối năm 2024 gửi UBND", date(2024, 12, 31)),
    ]
