"""A plan accepted before the rooms of work and money stood is brought there when asked, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dinhlang.money.models import Need, RowChange, Source, StatedTotals, SupportProposal
from dinhlang.papers.reading import read
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from dinhlang.plans.models import Plan, PlanTask
from dinhlang.plans.services import bringing
from dinhlang.work.models import Commitment, Task
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db
NAMES = ("hoa-cu-2024", "phuc-hoa-2024", "son-bang-2023", "thach-loi-2023", "thanh-dinh-2024")


def amounts() -> dict[str, Any]:
    """What stands in the rooms, without the numbers of rows."""
    return {
        "tasks": sorted(Task.objects.values_list("origin_ref", "text", "end")),
        "needs": sorted(Need.objects.values_list("origin_ref", "amount", "due")),
        "sources": sorted(Source.objects.values_list("origin_ref", "amount", "kind", "condition")),
        "support": sorted(SupportProposal.objects.values_list("origin_ref", "text", "amount")),
        "promises": sorted(Commitment.objects.values_list("origin_ref", "text")),
        "stated": sorted(StatedTotals.objects.values_list("needs", "sources", "balance")),
    }


def forget(plan: Plan) -> None:
    """As it was before the rooms stood: the plan is accepted and nothing came of it."""
    PlanTask.objects.filter(plan=plan).delete()
    Task.objects.all().delete()
    RowChange.objects.all().delete()
    for model in (Need, Source, SupportProposal, Commitment, StatedTotals):
        model.objects.all().delete()


@pytest.mark.parametrize("name", NAMES)
def test_all_that_acceptance_brings_is_brought_later_the_same_and_once(
    world: World, plans_dir: Path, name: str
) -> None:
    user = world.people["coordinator"]
    plan = a_plan(user, world.places["a"], read(plans_dir / f"{name}.txt"))
    wanted = amounts()
    assert not bringing.missing(plan)
    forget(plan)
    lacking = bringing.missing(plan)
    assert (lacking.tasks, lacking.money, lacking.support) == (
        len(wanted["tasks"]), len(wanted["needs"]) + len(wanted["sources"]),
        len(wanted["support"]),
    )  # fmt: skip
    assert lacking.promises == len(wanted["promises"])
    assert bringing.put_to_work(user, plan) == lacking
    assert amounts() == wanted
    lines = AuditLine.objects.count()
    assert not bringing.put_to_work(user, plan)
    assert (amounts(), AuditLine.objects.count()) == (wanted, lines)


def test_what_people_changed_meanwhile_stays(world: World, plans_dir: Path) -> None:
    user = world.people["coordinator"]
    plan = a_plan(user, world.places["a"], read(plans_dir / "thach-loi-2023.txt"))
    task = Task.objects.filter(of_plan__plan=plan).earliest("pk")
    Task.objects.filter(pk=task.pk).update(state="doing", end=date(2023, 5, 5))
    RowChange.objects.filter(source__isnull=False).delete()
    Source.objects.all().delete()
    lacking = bringing.put_to_work(user, plan)
    assert lacking.words == "3 khoản kinh phí" and Source.objects.count() == 3
    task.refresh_from_db()
    assert (task.state, task.end) == ("doing", date(2023, 5, 5))


def test_only_who_decides_brings_it(world: World, plans_dir: Path) -> None:
    plan = a_plan(world.people["leader"], world.places["a"], read(plans_dir / "hoa-cu-2024.txt"))
    forget(plan)
    with pytest.raises(AccessDenied):
        bringing.put_to_work(world.people["officer"], plan)
    assert not Task.objects.exists()


def test_the_plans_pages_offer_it_and_lead_to_the_rules_of_reporting(
    world: World, plans_dir: Path, client: Client
) -> None:
    leader = world.people["leader"]
    plan = a_plan(leader, world.places["a"], read(plans_dir / "thach-loi-2023.txt"))
    Plan.objects.filter(pk=plan.pk).update(last_year=2040)
    forget(plan)
    client.force_login(leader)
    own = f"/ke-hoach/{plan.pk}"
    for page in ("", "/lo-trinh", "/kinh-phi"):
        body = client.get(own + page).content.decode()
        assert "8 khoản kinh phí" in body and "Đưa thành việc" in body
    done = client.post(f"{own}/dua-thanh-viec", follow=True).content.decode()
    assert "8 khoản kinh phí của kế hoạch vào Công việc, Kinh phí" in done
    assert "Đưa thành việc</button>" not in client.get(own).content.decode()
    again = client.post(f"{own}/dua-thanh-viec", follow=True).content.decode()
    assert "đã có đủ ở Công việc, Kinh phí" in again
