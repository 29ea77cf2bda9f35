"""A commune drafts a plan for a higher level and a campaign in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dinhlang.drafting.models import Draft
from dinhlang.papers.reading import read
from dinhlang.places.models import Unit
from dinhlang.plans.models import Review
from tests.demo.conftest import data_dir, now, sample
from tests.e2e.test_drafting import box, next_year, saved, sign_in
from tests.e2e.test_reader_page import assert_fits

__all__ = ["data_dir", "now", "sample", "sign_in"]

Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)
MODEL = "qd-319-2022/xa-kieu-mau"


def commune() -> Unit:
    return Unit.objects.get(name="Làng Mẫu", level="commune")


def word_of(page: Page, folder: Any) -> Any:
    """The draft's Word file, read."""
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Word").click()
    downloading.value.save_as(folder / "a.docx")
    return read(folder / "a.docx")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_conditions_of_the_model_level_become_a_plan_with_choices_and_villages(
    sign_in: SignIn, picture: Picture, tmp_path: Any, width: int
) -> None:
    page = sign_in(width=width)
    page.goto(f"/soan-van-ban/{commune().pk}/ke-hoach/moi?nam={next_year()}")
    page.get_by_role("link", name="Kế hoạch lên cấp độ cao hơn").click()
    page.locator("[name=bo]").first.select_option(MODEL)
    page.get_by_role("button", name="Xem tiêu chí").click()
    expect(page.locator(".dr-conditions li")).to_have_count(4)
    assert_fits(page)
    picture(page, "soan-cap-do-chon")
    page.get_by_role("button", name="Đề xuất các việc").click()
    checks = page.locator("[data-part=checks]")
    expect(checks).to_contain_text("Phải chọn ít nhất 1 lĩnh vực nổi trội")

    box(page, "c0.text").fill("Chuyển đổi số")
    box(page, "v1.wanted").check()
    box(page, "v1.due").fill(f"30/9/{next_year()}")
    box(page, "v1.due").press("Enter")
    saved(page)
    expect(checks).not_to_contain_text("Phải chọn ít nhất 1 lĩnh vực nổi trội")
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "soan-cap-do")
    draft = Draft.objects.latest("created")
    assert draft.details["villages"][1]["wanted"]

    page.locator(".dr-bar").get_by_role("button", name="Xem bản in").click()
    expect(page.locator("article.official")).to_contain_text("Điều kiện của xã kiểu mẫu")
    assert_fits(page)
    picture(page, "soan-cap-do-ban-in")
    plan = word_of(page, tmp_path)
    assert [each.targets for each in plan.groups] == [["Chuyển đổi số"]]
    assert [each.name for each in plan.villages if each.goal] == ["Chợ"]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_campaign_is_drafted_by_village_and_filed(
    sign_in: SignIn, picture: Picture, tmp_path: Any, width: int
) -> None:
    page = sign_in(width=width)
    page.goto(f"/soan-van-ban/{commune().pk}/ke-hoach/moi?nam={next_year()}&loai=chien-dich")
    for number, first, last in ((1, "1/3", "31/3"), (2, "1/7", "29/7")):
        page.locator(f"[name=tu-{number}]").fill(first)
        page.locator(f"[name=den-{number}]").fill(last)
    assert_fits(page)
    picture(page, "soan-chien-dich-chon")
    page.get_by_role("button", name="Đề xuất các việc").click()
    expect(page.locator(".dr-works tbody tr")).not_to_have_count(0)
    before = page.locator(".dr-works tbody tr").count()
    page.get_by_role("button", name="Thêm nội dung").click()
    expect(page.locator(".dr-works tbody tr")).to_have_count(before + 1)
    for name, value in (("text", "Trồng hàng rào xanh"), ("unit", "m"), ("p0", "1.200"),
                        ("p1", "300")):  # fmt: skip
        box(page, f"q{before}.{name}").fill(value)
    box(page, "b0.time").fill("16h30")
    box(page, "b0.time").press("Enter")
    saved(page)
    expect(box(page, "b0.time")).to_have_value("16:30")
    expect(page.locator("[data-part=checks]")).not_to_contain_text("Lỗi")
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "soan-chien-dich")

    page.locator(".dr-bar").get_by_role("button", name="Xem bản in").click()
    expect(page.locator("article.official")).to_contain_text("Đợt cao điểm 60 ngày")
    assert_fits(page)
    picture(page, "soan-chien-dich-ban-in")
    plan = word_of(page, tmp_path)
    assert plan.campaign.days == 60 and len(plan.campaign.waves) == 2
    assert ("1200", "Thôn Bến") in [(each.value, each.place) for each in plan.quantities]

    page.get_by_role("link", name="← Bản thảo").click()
    page.get_by_role("button", name="Đưa vào Kế hoạch").click()
    expect(page.locator(".review .sheet-of-paper")).to_be_visible(timeout=60_000)
    assert Review.objects.filter(outcome="open").count() == 1
