"""Three real plans, accepted in a browser: their work and money stand as their papers have them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dinhlang.plans.models import Plan
from tests.e2e.test_plans import SignIn, accept, sign_in, upload
from tests.world import World, world

__all__ = ["sign_in", "world"]


@pytest.fixture
def paper(plans_dir: Path) -> dict[str, Path]:
    """The real plans by name."""
    return {path.stem: path for path in plans_dir.glob("*.txt")}


def test_thach_loi_its_roadmap_and_its_money_as_they_stand(
    sign_in: SignIn, world: World, paper: dict[str, Path]
) -> None:
    page, place = sign_in("leader"), world.places["a"].pk
    upload(page, "thach-loi.txt", paper["thach-loi-2023"].read_bytes())
    accept(page)
    expect(page.locator(".plan-head")).to_be_visible()

    page.goto(f"/cong-viec/{place}/lo-trinh?nam=2023")
    main = page.locator("main")
    for words in ("Quý I/2023", "Quý II/2023", "Quý III/2023", "Quý IV/2023"):
        expect(main).to_contain_text(words)
    expect(main).to_contain_text("Tháng 12")

    page.goto(f"/kinh-phi/{place}/2023/")
    for words in ("23,8 tỷ", "8,5 tỷ", "15,3 tỷ", "10,3 tỷ", "10,5 tỷ"):
        expect(main).to_contain_text(words)


def test_phuc_hoa_each_office_sees_what_its_paper_gives_it(
    sign_in: SignIn, world: World, paper: dict[str, Path]
) -> None:
    page, place = sign_in("leader"), world.places["a"].pk
    upload(page, "phuc-hoa.txt", paper["phuc-hoa-2024"].read_bytes())
    accept(page)
    expect(page.locator(".plan-head")).to_be_visible()

    page.goto(f"/cong-viec/{place}/co-quan")
    main = page.locator("main")
    expect(main).to_contain_text("định danh điện tử")
    expect(main).to_contain_text("khuyến nông")
    page.goto(f"/cam-ket/{place}")
    expect(main).to_contain_text("17")
    expect(main).to_contain_text("18")


def test_hoa_cu_its_monthly_reports_repeat(
    sign_in: SignIn, world: World, paper: dict[str, Path]
) -> None:
    page, place = sign_in("leader"), world.places["a"].pk
    # As a plan of this year: rules of a year that is over are not offered.
    words = paper["hoa-cu-2024"].read_text("utf-8")
    upload(page, "hoa-cu.txt", words.replace("2024", str(timezone.localdate().year)).encode())
    accept(page)
    expect(page.locator(".plan-head")).to_be_visible()

    page.goto(f"/ke-hoach/{Plan.objects.get().pk}/phan-cong")
    offered = page.locator("form.regimes")
    expect(offered.locator("li")).to_have_count(5)
    offered.get_by_role("button", name="Đưa thành việc định kỳ").click()
    expect(page.locator("form.regimes")).to_have_count(0)

    page.goto(f"/cong-viec/{place}/dinh-ky")
    main = page.locator("main")
    expect(main).to_contain_text("Các cán bộ công chức xã trực tiếp phụ trách các tiêu chí")
    expect(main).to_contain_text("ngày cuối tháng")
    expect(main.get_by_role("button", name="Thôi lặp")).to_have_count(5)
