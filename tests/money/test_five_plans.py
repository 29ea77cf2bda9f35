"""The five real plans accepted: their money as it stands in the papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dinhlang.money.models import Need, Source
from dinhlang.money.selectors.balance import by_criterion, sheet
from dinhlang.money.selectors.flow import flow
from dinhlang.money.services import balance
from dinhlang.plans.models import Plan, Review
from dinhlang.plans.services import plans as accepting
from dinhlang.plans.services import uploads
from tests.world import World

pytestmark = pytest.mark.django_db
TY = 10**9


def accept(world: World, path: Path, plan: Plan | None = None, text: str = "") -> Plan:
    """The paper, uploaded and accepted by the leader of commune A."""
    leader = world.people["leader"]
    given = SimpleUploadedFile(path.name, text.encode() if text else path.read_bytes())
    [review] = uploads.upload(leader, world.places["a"], uuid4(), [given], plan)
    uploads.run(review.pk)
    review = Review.objects.get(pk=review.pk)
    return accepting.accept(leader, review.pk, review.revision, plan).plan


@pytest.fixture
def thach_loi(world: World, plans_dir: Path) -> Plan:
    return accept(world, plans_dir / "thach-loi-2023.txt")


def test_thach_loi_stands_as_in_its_paper_stated_against_added_up(
    thach_loi: Plan, world: World
) -> None:
    found = sheet(world.places["a"], 2023)
    assert found.need == int(Decimal("23.8") * TY)
    assert found.source == int(Decimal("10.5") * TY)
    assert found.balance == -int(Decimal("13.3") * TY)
    assert found.usable == int(Decimal("8.5") * TY)
    assert found.usable_balance == -int(Decimal("15.3") * TY)
    [stated] = found.stated
    assert (stated.needs, stated.sources, stated.balance) == (
        23_800_000_000, 10_300_000_000, -13_300_000_000,
    )  # fmt: skip
    assert stated.asked_of == "Huyện ủy, UBND huyện"
    assert [group.title for group in by_criterion(found)] == [
        "Tiêu chí 2. Giao thông", "Tiêu chí 5. Giáo dục", "Tiêu chí 6. Văn hoá",
        "Tiêu chí 8. Thông tin và truyền thông", "Tiêu chí 17. Môi trường",
    ]  # fmt: skip


def test_its_sources_are_recognised_with_share_condition_and_day(
    thach_loi: Plan, world: World
) -> None:
    higher, land, people = Source.objects.order_by("pk")
    assert (higher.kind, higher.condition, higher.is_usable) == (
        "province", "xã đạt chuẩn NTM nâng cao", False,
    )  # fmt: skip
    assert (land.kind, land.share_percent, land.condition) == ("land", Decimal(15), "đấu giá xong")
    assert (land.expected, land.is_usable) == (date(2023, 6, 30), True)
    assert (people.kind, people.amount) == ("people_cash", 500_000_000)
    assert land.origin_ref == f"plan:{thach_loi.pk}:{land.origin_ref.split(':')[2]}"
    assert "dòng 171" in land.origin_text


def test_its_money_runs_short_at_the_end_of_the_year(thach_loi: Plan, world: World) -> None:
    dates = dict(Need.objects.values_list("criterion", "due"))
    assert dates["5"] == date(2023, 6, 30)
    assert dates["2"] == date(2023, 12, 31)
    found = flow(sheet(world.places["a"], 2023))
    assert found.short is not None
    assert (found.short.day, found.short.amount) == (date(2023, 12, 31), 15_300_000_000)
    assert found.months[5].balance == 2 * TY
    assert found.end.balance_with == -int(Decimal("13.3") * TY)


def test_a_later_version_follows_and_overwrites_nothing_people_changed(
    thach_loi: Plan, world: World, plans_dir: Path
) -> None:
    officer = world.people["officer"]
    road, hall = Need.objects.get(criterion="2"), Need.objects.get(criterion="5")
    balance.change_need(officer, road.pk, uuid4(), road.revision, {"amount": 18 * TY})
    path = plans_dir / "thach-loi-2023.txt"
    paper = path.read_text("utf-8")
    paper = paper.replace("kinh phí 17,5 tỷ", "kinh phí 17 tỷ").replace(
        "kinh phí 6 tỷ", "kinh phí 7 tỷ"
    )
    accept(world, path, thach_loi, paper)
    road.refresh_from_db()
    hall.refresh_from_db()
    assert (road.amount, road.offered) == (18 * TY, {"amount": 17 * TY})
    assert hall.amount == 7 * TY
    assert Need.objects.count() == 5
    leader = world.people["leader"]
    balance.settle(leader, Need, road.pk, uuid4(), {"amount": True})
    road.refresh_from_db()
    assert (road.amount, road.offered) == (17 * TY, {})


def test_what_a_later_version_no_longer_has_is_withdrawn_and_kept(
    thach_loi: Plan, world: World, plans_dir: Path
) -> None:
    path = plans_dir / "thach-loi-2023.txt"
    lines = path.read_text("utf-8").splitlines()
    accept(world, path, thach_loi, "\n".join([*lines[:162], "", *lines[163:]]))
    assert Need.objects.get(criterion="17").withdrawn_at is not None
    assert Need.objects.filter(withdrawn_at=None).count() == 4


@pytest.mark.parametrize(
    "name", ["phuc-hoa-2024", "hoa-cu-2024", "son-bang-2023", "thanh-dinh-2024"]
)
def test_a_plan_without_amounts_brings_no_needs(world: World, plans_dir: Path, name: str) -> None:
    accept(world, plans_dir / f"{name}.txt")
    assert not Need.objects.exists()
    assert not Source.objects.exclude(amount=None).exists()
