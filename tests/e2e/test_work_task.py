"""A task's own page in a browser: added, edited in place, argued over, handed in, accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.facts.models import EvidenceLink, Observation
from dinhlang.people.models import Office, OfficeHolding
from dinhlang.work.models import Task
from dinhlang.work.services import tasks
from dinhlang.work.services.tasks import Said
from tests.e2e.fitting import fits
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]

SET, ROADS = "qd-318-2022/xa-nang-cao", "ty_le_duong_xa_cung_hoa"
LAND = "Công chức Địa chính - Xây dựng"
PDF = {"name": "bien-ban.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}


@pytest.fixture
def sign_in(browser_page: OpenPage, world: World, settings: Any) -> SignIn:
    """``sign_in("officer", width)`` is a page of a browser in which that person is signed in."""

    def enter(who: str, width: int = 1440, **options: Any) -> Page:
        page = browser_page(width, **options)
        client = Client()
        client.force_login(world.people[who])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


@pytest.fixture
def task(world: World) -> Task:
    """A task of commune A that serves the roads, with offices, a village and one before it."""
    place, leader = world.places["a"], world.people["leader"]
    office = Office.objects.create(place=place, title=LAND)
    OfficeHolding.objects.create(user=world.people["officer"], office=office)
    for title in ("Công chức Tài chính - Kế toán", "Công chức Văn hóa - Xã hội"):
        Office.objects.create(place=place, title=title)
    year = timezone.localdate().year
    before = tasks.create(
        leader, place, Said(text="Đo đạc, cắm mốc tuyến đường", lead=[LAND]), uuid4()
    )
    tasks.tell(world.people["officer"], before.pk, uuid4(), "done", "Đã cắm 42 mốc")
    return tasks.create(leader, place, Said(
        text="Đổ bê tông 1,4 km đường trục thôn Đình Thượng", lead=[LAND],
        partners=["Ban phát triển thôn Đình Thượng"], villages=[world.places["a1"].pk],
        start=date(year, 3, 1), end=date(year, 12, 31), product="Biên bản nghiệm thu công trình",
        criterion_set=SET, criterion="2", measure=ROADS, cost=1_850_000_000, after=[before.pk],
    ), uuid4())  # fmt: skip


def edit(page: Page, part: str) -> Any:
    """Open one part in its place; gives the part."""
    found = page.locator(f"#muc-{part}")
    found.get_by_role("link", name="Sửa").click()
    expect(found.locator("form")).to_be_visible()
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_parts_are_edited_in_place_with_and_without_scripts(
    sign_in: SignIn, task: Task, scripts: bool
) -> None:
    page = sign_in("officer", java_script_enabled=scripts)
    page.goto(f"/viec/{task.pk}")
    part = edit(page, "thoi-gian")
    year = timezone.localdate().year
    part.get_by_label("Hạn").fill(f"30/11/{year}")
    part.get_by_role("button", name="Lưu").click()
    expect(page.locator("#muc-thoi-gian")).to_contain_text(f"30/11/{year}")
    expect(page.locator(".tk-history")).to_contain_text(f"31/12/{year}")
    page.locator(".said").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("#muc-thoi-gian")).to_contain_text(f"31/12/{year}")
    part = edit(page, "co-quan")
    part.get_by_label("Cơ quan phối hợp").last.fill("Công an xã")
    part.get_by_role("button", name="Lưu").click()
    expect(page.locator("#muc-co-quan")).to_contain_text("Phối hợp: Công an xã")


def test_a_task_to_come_first_is_found_by_its_words(
    sign_in: SignIn, world: World, task: Task
) -> None:
    tasks.create(
        world.people["leader"], world.places["a"], Said(text="Mua xi măng hỗ trợ"), uuid4()
    )
    page = sign_in("officer")
    page.goto(f"/viec/{task.pk}")
    part = edit(page, "lam-sau")
    part.get_by_label("Tìm việc phải xong trước").fill("xi mang")
    part.locator("#viec-tim-thay").get_by_label("Mua xi măng").check()
    part.get_by_role("button", name="Lưu").click()
    expect(page.locator("#muc-lam-sau")).to_contain_text("Mua xi măng hỗ trợ")
    expect(page.locator("#muc-lam-sau")).to_contain_text("Đo đạc, cắm mốc")


def test_two_people_changing_one_field_see_both_values(
    sign_in: SignIn, world: World, task: Task, picture: Picture
) -> None:
    page, phone = sign_in("leader"), sign_in("leader", 360)
    for each in (page, phone):
        each.goto(f"/viec/{task.pk}?sua=san-pham")
        each.get_by_label("Sản phẩm phải giao").fill("Hồ sơ hoàn công")
    tasks.change(
        world.people["officer"], task.pk, uuid4(), 0, {"product": "Biên bản và ảnh công trình"}
    )
    for each in (phone, page):
        each.locator("#muc-san-pham").get_by_role("button", name="Lưu").click()
        expect(each.get_by_role("heading", name="Hai người cùng sửa việc này")).to_be_visible()
        expect(each.locator("main")).to_contain_text("Biên bản và ảnh công trình")
        expect(each.locator("main")).to_contain_text("Hồ sơ hoàn công")
        fits(each)
        picture(each, "viec-hai-nguoi-sua", full_page=True)
    page.get_by_label("Lấy của tôi").check()
    page.get_by_role("button", name="Lưu theo lựa chọn").click()
    expect(page.locator("#muc-san-pham")).to_contain_text("Hồ sơ hoàn công")


def test_a_task_is_handed_in_sent_back_and_accepted_with_its_number(
    sign_in: SignIn, task: Task, picture: Picture
) -> None:
    officer, leader = sign_in("officer"), sign_in("leader")
    officer.goto(f"/viec/{task.pk}")
    officer.get_by_label("Đang chờ", exact=True).check()
    officer.get_by_label("Đang chờ ai").fill("Thẩm định dự toán")
    officer.get_by_role("button", name="Lưu").click()
    expect(officer.locator(".tk-head")).to_contain_text("Thẩm định dự toán")
    officer.get_by_label("Đã xong").check()
    officer.get_by_label("Tệp, ảnh kèm theo").set_input_files(PDF)
    officer.get_by_role("button", name="Lưu").click()
    expect(officer.locator(".tk-files")).to_contain_text("bien-ban")

    leader.goto(f"/viec/{task.pk}")
    leader.get_by_text("Trả lại cho người làm").click()
    leader.get_by_label("Vì sao trả lại").fill("Biên bản thiếu chữ ký")
    leader.get_by_role("button", name="Trả lại").click()
    expect(leader.locator(".tk-head")).to_contain_text("Đang làm")
    tasks.tell(task.created_by, task.pk, uuid4(), "done", "Đã ký đủ")

    for each in (sign_in("leader", 360), leader):
        each.goto(f"/viec/{task.pk}/nghiem-thu")
        expect(each.get_by_label("bien-ban")).to_be_checked()
        fits(each)
        picture(each, "viec-nghiem-thu", full_page=True)
    leader.get_by_label("Tệp chứng minh cho chỉ tiêu").select_option(index=1)
    leader.get_by_label("Giá trị").fill("18,5/20")
    leader.get_by_role("button", name="Nghiệm thu").click()
    expect(leader.locator(".tk-head")).to_contain_text("Đã nghiệm thu")
    expect(leader.locator(".tk-history")).to_contain_text("18,5/20 (92,5 %)")
    number = Observation.objects.get(measure=ROADS)
    assert EvidenceLink.objects.filter(observation=number).exists()
    task.refresh_from_db()
    link = EvidenceLink.objects.get(set_id=SET, number=task.indicator)
    leader.goto(f"/minh-chung/tep/{link.evidence_id}/thong-tin")
    expect(leader.locator("main")).to_contain_text(f"Chỉ tiêu {task.indicator}")


def test_a_task_is_added_broken_down_removed_and_brought_back(
    sign_in: SignIn, world: World, task: Task, picture: Picture
) -> None:
    page, phone = sign_in("coordinator"), sign_in("coordinator", 360)
    place = world.places["a"].pk
    for each in (phone, page):
        each.goto(f"/cong-viec/{place}/them")
        each.get_by_label("Việc phải làm").fill("Tuyên truyền hiến đất mở đường")
        each.get_by_label("Hạn").fill("30/6")
        fits(each)
        picture(each, "viec-them", full_page=True)
    page.get_by_role("button", name="Thêm việc").click()
    expect(page.locator("h1")).to_have_text("Tuyên truyền hiến đất mở đường")
    page.get_by_text("Chia nhỏ việc này").click()
    page.get_by_label("Việc nhỏ 1").fill("In tờ rơi")
    page.get_by_label("Kinh phí").first.fill("2 triệu")
    page.get_by_label("Việc nhỏ 2").fill("Họp thôn")
    page.get_by_role("button", name="Thêm việc nhỏ").click()
    expect(page.locator("section", has_text="Việc nhỏ").last).to_contain_text("0/2 xong")
    page.get_by_role("button", name="Xóa việc này").click()
    toast = page.locator(".said .can-undo")
    expect(toast).to_contain_text("Đã xóa việc")
    picture(page, "viec-hoan-tac")
    toast.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("h1")).to_have_text("Tuyên truyền hiến đất mở đường")
    made = Task.objects.get(text="Tuyên truyền hiến đất mở đường")
    assert made.removed_at is None
    tasks.remove(world.people["coordinator"], made.pk, uuid4())
    for each in (phone, page):
        each.goto(f"/cong-viec/{place}/da-xoa")
        fits(each)
        picture(each, "viec-da-xoa", full_page=True)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("main")).to_contain_text("Đã khôi phục việc")


def test_the_page_fits_and_is_pictured(
    sign_in: SignIn, world: World, task: Task, picture: Picture
) -> None:
    officer, leader = world.people["officer"], world.people["leader"]
    tasks.break_down(leader, task.pk, [
        Said(text="Đào khuôn, lu nền", lead=[LAND], cost=420_000_000),
        Said(text="Đổ bê tông đoạn 1", lead=["Ban phát triển thôn Đình Thượng"],
             cost=760_000_000),
        Said(text="Đổ bê tông đoạn 2", cost=640_000_000),
    ], uuid4())  # fmt: skip
    first = task.children.get(text="Đào khuôn, lu nền")
    tasks.tell(officer, first.pk, uuid4(), "done", "Đã nghiệm thu nền")
    tasks.tell(officer, task.pk, uuid4(), "waiting", waiting_for="Xi măng hỗ trợ đợt 2 của tỉnh")
    task.refresh_from_db()
    year = timezone.localdate().year
    tasks.change(officer, task.pk, uuid4(), task.revision, {
        "end": date(year + 1, 1, 31), "remarks": "Dân thống nhất hiến đất hai bên, mỗi bên 0,5 m.",
    })  # fmt: skip
    for width in (1440, 360):
        page = sign_in("leader", width)
        page.goto(f"/viec/{task.pk}")
        fits(page)
        picture(page, "viec", full_page=True)
        page.goto(f"/viec/{task.pk}?sua=co-quan")
        fits(page)
        page.locator("#muc-co-quan").scroll_into_view_if_needed()
        picture(page, "viec-sua")
