"""Reminders, notices, leave, hand-over and commitments in a browser, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.people.models import User
from dinhlang.work.models import Commitment, HandOver, Notice, StandIn
from dinhlang.work.services import commitments, reminders
from tests.e2e.test_reader_page import assert_fits
from tests.work.making import a_task
from tests.work.people import CULTURE, LAND, Staff, staff_of
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[[User, int], Page]
WIDTHS = (360, 1440)


@pytest.fixture
def staff(transactional_db: None, world: World) -> Staff:
    """Commune A with late and coming tasks, notices, a commitment to confirm and one running."""
    staff, today = staff_of(world), timezone.localdate()
    soi, dinh = world.places["a1"], world.places["a2"]
    late = a_task(
        staff.place, "Nạo vét 600 m mương tiêu cuối thôn, kè lại đoạn sạt trước mùa mưa",
        lead=LAND, end=today - timedelta(days=9), villages=[soi],
    )  # fmt: skip
    a_task(staff.place, "Lắp đặt cụm loa truyền thanh thông minh", lead=CULTURE,
           end=today - timedelta(days=2), villages=[dinh])  # fmt: skip
    a_task(staff.place, "Chỉnh lý bản đồ hiện trạng sử dụng đất", lead=LAND, end=today)
    a_task(staff.place, "Tổ chức lấy ý kiến người dân về nhà văn hóa", lead=CULTURE,
           partners=[LAND], end=today + timedelta(days=5), villages=[soi, dinh])  # fmt: skip
    promise = commitments.Promise(
        text="Hoàn thành tiêu chí số 17 về Môi trường trong năm", to_whom="UBND tỉnh An Mẫu",
        criteria=["17"], due=today + timedelta(days=12), paper="02/CK-UBND", tasks=[late.pk],
    )  # fmt: skip
    commitments.add(world.people["leader"], staff.place, promise, uuid4())
    read = commitments.Promise(
        text="Tiếp tục hoàn thành các tiêu chí 17, 18 như đã hứa", criteria=["17", "18"]
    )
    row = commitments.Proposal(promise=read, origin_ref="plan:1:1", origin_text="Kế hoạch, dòng 5")
    commitments.propose(world.people["leader"], staff.place, "plan:1:", [row])
    reminders.plan_place(staff.place, today, timezone.now())
    return staff


@pytest.fixture
def sign_in(browser_page: OpenPage, settings: Any) -> SignIn:
    """``sign_in(user, width)`` is a page of a browser in which the person is signed in."""

    def enter(user: User, width: int) -> Page:
        page = browser_page(width)
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


@pytest.mark.parametrize("width", WIDTHS)
def test_the_number_in_the_frame_falls_as_notices_are_opened(
    sign_in: SignIn, staff: Staff, picture: Picture, width: int
) -> None:
    page = sign_in(staff.holder, width)
    page.goto("/thong-bao/")
    badge = page.locator(".bell .unread")
    expect(badge).to_have_text("2")
    expect(page.locator(".rm-notice.is-new")).to_have_count(2)
    assert_fits(page)
    picture(page, "thong-bao")
    page.get_by_role("button", name=re.compile("Nạo vét")).click()
    expect(page).to_have_url(re.compile(r"/viec/\d+"))
    page.goto("/thong-bao/")
    expect(badge).to_have_text("1")
    page.get_by_role("button", name="Đánh dấu đã đọc hết").click()
    expect(badge).to_be_hidden()
    assert not Notice.objects.filter(user=staff.holder, read_at=None).exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_rule_is_changed_and_a_ready_text_copied_with_one_tap(
    sign_in: SignIn, staff: Staff, world: World, picture: Picture, width: int
) -> None:
    page = sign_in(world.people["leader"], width)
    place = staff.place.pk
    page.goto(f"/nhac-viec/{place}")
    assert_fits(page)
    picture(page, "nhac-viec")
    page.get_by_label(re.compile("Nhắc trước hạn")).fill("10, 3, 1")
    page.get_by_role("button", name="Lưu cách nhắc").click()
    expect(page.get_by_text("Đã lưu cách nhắc việc.")).to_be_visible()
    expect(page.get_by_text("Lãnh Đạo Mẫu đặt lúc")).to_be_visible()

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Lời nhắn Zalo").click()
    expect(page.locator(".rm-text")).to_have_count(2)
    assert_fits(page)
    picture(page, "nhac-viec-zalo")
    page.get_by_role("button", name="Chép lời nhắn").first.click()
    expect(page.get_by_text("Đã chép, dán vào nhóm Zalo")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Kính gửi Công chức")
    page.get_by_role("link", name="Đã nhắc").click()
    expect(page.get_by_text("Địa Chính Mẫu")).to_be_visible()
    assert_fits(page)
    picture(page, "nhac-viec-da-nhac")
    page.goto("/nhac-viec/cua-toi")
    page.get_by_label("Giờ nhận thư gộp").fill("7h45")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_label("Giờ nhận thư gộp")).to_have_value("07:45")
    assert_fits(page)
    picture(page, "nhac-viec-cua-toi")


@pytest.mark.parametrize("width", WIDTHS)
def test_leave_hand_over_and_delegation(
    sign_in: SignIn, staff: Staff, world: World, picture: Picture, width: int
) -> None:
    page = sign_in(world.people["coordinator"], width)
    today = timezone.localdate()
    page.goto(f"/lam-thay/{staff.place.pk}")
    page.locator("[name=chuc-vu]").select_option(label=CULTURE)
    page.locator("[name=nguoi]").select_option(label="Địa Chính Mẫu")
    page.get_by_label("Từ ngày").fill(f"{today.day}/{today.month}")
    page.get_by_label("Đến hết ngày").fill(f"{today + timedelta(days=3):%d/%m/%Y}")
    page.get_by_label("Lý do").fill("đi học")
    page.get_by_role("button", name="Giao làm thay").click()
    expect(page.get_by_text("⇄ Làm thay")).to_be_visible()
    assert StandIn.objects.get().person == staff.holder
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "lam-thay")

    page.goto(f"/ban-giao/chuc-vu/{staff.land.pk}")
    page.locator("[name=nhan]").select_option(label="Công Chức Mẫu")
    page.get_by_label("Giữ chức vụ từ ngày").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Dặn người nhận").first.fill("Còn chờ trạm bơm, hồ sơ ở tủ số 2")
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "ban-giao")
    page.get_by_role("button", name="Xác nhận bàn giao").click()
    expect(page.get_by_text("Còn chờ trạm bơm")).to_be_visible()
    assert HandOver.objects.get().taker == world.people["officer"]
    assert_fits(page)

    task = a_task(staff.place, "Lắp wifi nhà văn hóa", lead=LAND)
    page.goto(f"/viec/{task.pk}/giao-cho")
    page.get_by_label("Chuyển cho").fill(CULTURE)
    page.get_by_label("Lý do, lời dặn").fill("đúng chuyên môn")
    assert_fits(page)
    picture(page, "chuyen-viec")
    page.get_by_role("button", name="Chuyển việc").click()
    expect(page.get_by_text(f"Đã chuyển việc cho {CULTURE}")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_promise_read_in_a_plan_is_confirmed_completed_and_kept(
    sign_in: SignIn, staff: Staff, world: World, picture: Picture, width: int
) -> None:
    page = sign_in(world.people["leader"], width)
    page.goto(f"/cam-ket/{staff.place.pk}")
    expect(page.get_by_role("heading", name=re.compile("Chờ xác nhận"))).to_be_visible()
    assert_fits(page)
    picture(page, "cam-ket")
    page.get_by_role("button", name="Đúng, đây là cam kết").click()
    expect(page.get_by_role("heading", name=re.compile("Chờ xác nhận"))).to_have_count(0)
    page.get_by_role("link", name=re.compile("Tiếp tục hoàn thành")).click()
    page.locator("[name=voi]").fill("UBND tỉnh An Mẫu")
    page.locator("[name=han]").fill("31/12")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu cam kết.")).to_be_visible()
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "mot-cam-ket")
    page.get_by_label("Đã thực hiện", exact=True).check()
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.get_by_text("✓ Đã thực hiện")).to_be_visible()
    row = Commitment.objects.get(origin_ref="plan:1:1")
    assert (row.state, f"{row.due:%d/%m}") == ("kept", "31/12")
    page.get_by_role("button", name="Xóa cam kết này").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã khôi phục cam kết.")).to_be_visible()
