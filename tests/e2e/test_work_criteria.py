"""Tasks and criteria in a browser: linked by words, divided, made of templates, given leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.work.models import Task, TaskOffice
from tests.e2e.fitting import fits
from tests.plans.living import a_plan, task_of
from tests.work.making import a_task
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)
ADVANCED, NEW = "qd-318-2022/xa-nang-cao", "qd-51-2025/xa-ntm"


@pytest.fixture
def sign_in(browser_page: OpenPage, world: World, settings: Any) -> SignIn:
    """A page of a browser in which the coordinator of commune A is signed in."""

    def enter(width: int, **options: Any) -> Page:
        page = browser_page(width, **options)
        client = Client()
        client.force_login(world.people["coordinator"])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


@pytest.mark.parametrize("width", WIDTHS)
def test_tasks_are_linked_by_their_words_and_taken_back(
    world: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    place = world.places["a"]
    a_task(place, "Hoàn thành tiêu chí số 5 về Văn hóa, giáo dục, y tế")
    a_task(place, "Lập hồ sơ tiêu chí Quy hoạch, trình huyện")
    a_task(place, "Nạo vét 2,4 km kênh mương thôn Đình Hạ")
    a_task(place, "Lắp 46 bộ đèn chiếu sáng đường trục xã")
    a_task(place, "Họp giao ban tháng")
    page = sign_in(width)
    page.goto(f"/cong-viec/{place.pk}/tieu-chi")
    page.get_by_role("link", name="Gắn tiêu chí theo lời việc").click()
    expect(page.get_by_text("1 việc chưa gắn không nêu tiêu chí nào")).to_be_visible()
    assert fits(page)
    picture(page, "gan-tieu-chi", full_page=True)
    page.get_by_role("button", name="Gắn tiêu chí").click()
    expect(page.get_by_text("Đã gắn tiêu chí cho 2 việc.")).to_be_visible()
    assert Task.objects.filter(criterion_set=NEW).count() == 2
    assert fits(page)
    picture(page, "viec-theo-tieu-chi-hai", full_page=True)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác 2 việc.")).to_be_visible()
    assert not Task.objects.exclude(criterion="").exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_task_of_several_criteria_is_divided_and_put_together(
    world: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    task = a_task(
        world.places["a"], "Rà soát, bổ sung hồ sơ, hoàn thành các tiêu chí đã đạt",
        lead=["Công chức Nông nghiệp"], criterion="3", criterion_set=ADVANCED,
        target="Hoàn thành các tiêu chí 3, 4, 7",
    )  # fmt: skip
    page = sign_in(width)
    page.goto(f"/viec/{task.pk}")
    page.get_by_text("Xem 3 việc nhỏ sẽ có").click()
    expect(page.get_by_text("Hoàn thành tiêu chí 4. Điện")).to_be_visible()
    assert fits(page)
    picture(page, "viec-nhieu-tieu-chi", full_page=True)
    page.get_by_role("button", name="Chia mỗi tiêu chí một việc nhỏ").click()
    expect(page.get_by_text("Đã chia thành 3 việc nhỏ")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã bỏ 3 việc nhỏ vừa chia.")).to_be_visible()
    assert not task.children.filter(removed_at=None).exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_template_of_a_criterion_in_force_begins_now(
    world: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    page = sign_in(width)
    page.goto(f"/cong-viec/{world.places['a'].pk}/mau")
    expect(page.get_by_role("heading", name="2. Hạ tầng kinh tế - xã hội")).to_be_visible()
    assert fits(page)
    picture(page, "mau-viec-tieu-chi", full_page=True)
    page.get_by_role("link", name="Giao thông", exact=True).click()
    page.get_by_label("Ngày phải xong").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_role("button", name="Tính ngày từng bước").click()
    expect(page.get_by_text("Dời cả chuỗi, bắt đầu từ nay")).to_be_visible()
    expect(page.get_by_text("hạn đã qua")).to_have_count(0)
    assert fits(page)
    picture(page, "mau-viec-doi-ngay")
    page.get_by_role("button", name="Tạo việc").click()
    expect(page.get_by_text("Đã tạo việc và 5 bước từ mẫu.")).to_be_visible()
    whole = Task.objects.get(parent=None)
    assert (whole.criterion_set, whole.criterion) == (NEW, "2")
    assert min(each.start for each in whole.children.all()) >= timezone.localdate()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_plan_gives_its_tasks_the_leads_it_names(
    world: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    plan = a_plan(world.people["leader"], world.places["a"])
    task = task_of(plan)
    TaskOffice.objects.filter(task=task).delete()
    page = sign_in(width)
    page.goto(f"/ke-hoach/{plan.pk}")
    page.get_by_text("Xem từng việc").click()
    assert fits(page)
    picture(page, "ke-hoach-thieu-chu-tri")
    page.get_by_role("button", name="Giao chủ trì theo kế hoạch").click()
    expect(page.get_by_text("Đã giao chủ trì cho 1 việc.")).to_be_visible()
    assert task.offices.get(leads=True).name == "Công chức địa chính"
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác 1 việc.")).to_be_visible()
    assert not task.offices.exists()
