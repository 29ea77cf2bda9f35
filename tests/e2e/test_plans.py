"""A commune's people with their plans: upload, correct, accept, find again, compare, work."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from dinhlang.plans.models import Plan, Review, ReviewEdit
from dinhlang.work.models import Task
from tests.e2e.test_reader_page import SAMPLES, assert_fits, drop
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser_page: OpenPage, world: World, settings: Any) -> SignIn:
    """``sign_in("officer", width)`` is a page of a browser in which that person is signed in."""

    def enter(who: str, width: int = 1440) -> Page:
        page = browser_page(width)
        client = Client()
        client.force_login(world.people[who])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


def upload(page: Page, name: str, data: bytes) -> None:
    """Brings a paper in and waits for it beside its items."""
    page.goto("/ke-hoach/")
    drop(page, (name, data))
    expect(page.locator(".review .sheet-of-paper")).to_be_visible(timeout=60_000)
    page.wait_for_load_state()


def save(page: Page) -> None:
    """Saves the open form and waits until the office has it."""
    page.locator("form.edit").get_by_role("button", name="Lưu").click()
    expect(page.locator("form.edit")).to_have_count(0)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


def accept(page: Page) -> None:
    """Accepts what is open, as the dialog proposes."""
    page.keyboard.press("Control+s")
    page.locator("#nhan").get_by_role("button", name="Nhận kế hoạch").click()


def test_each_real_plan_is_uploaded_corrected_accepted_found_and_compared(
    sign_in: SignIn, plan_files: list[Path]
) -> None:
    page = sign_in("leader")
    for paper in plan_files:
        upload(page, paper.name, paper.read_bytes())
        page.locator("[data-tab=phan-cong]").click()
        page.keyboard.press("j")
        page.keyboard.press("e")
        corrected = f"Đã sửa lại {paper.stem}"
        page.locator("form.edit [name=office]").fill(corrected)
        save(page)
        expect(page.locator(".item.sel .open")).to_contain_text(corrected)
        page.reload()
        expect(page.locator(".item .open", has_text=corrected)).to_have_count(1)
        accept(page)
        expect(page.locator(".plan-head")).to_be_visible()
        plan = Plan.objects.latest("pk")

        page.goto(f"/ke-hoach/?q=da sua lai {paper.stem}")
        page.locator(".card-rows a").first.click()
        expect(page.locator(".item.sel .open")).to_contain_text(corrected)

        page.goto(f"/ke-hoach/{plan.pk}/phien-ban")
        changed = paper.read_text("utf-8") + "\nTrồng mới 4.321 m hàng rào xanh tại các thôn."
        drop(page, ("ban-2.txt", changed.encode()))
        expect(page.locator(".review .sheet-of-paper")).to_be_visible(timeout=60_000)
        accept(page)
        expect(page.get_by_text("Phiên bản 2 so với phiên bản 1")).to_be_visible()
        # What was corrected in the first version is kept in the second, so it is no change.
        expect(page.locator(".pair.changed").filter(has_text=corrected)).to_have_count(0)
        plan.refresh_from_db()
        assert plan.current is not None
        assert plan.current.number == 2


def sample() -> tuple[str, bytes]:
    """A paper that is not anybody's."""
    path = SAMPLES / "ke-hoach-nang-cao-2025.docx"
    return path.name, path.read_bytes()


def test_items_are_corrected_from_the_keyboard_alone(sign_in: SignIn, picture: Picture) -> None:
    page = sign_in("leader")
    upload(page, *sample())
    review = Review.objects.get()
    before = page.locator(".item").count()

    page.locator("[data-tab=nhiem-vu]").click()
    page.keyboard.press("j")
    page.keyboard.press("e")
    field = page.locator("form.edit textarea[name=text]")
    expect(field).to_be_focused()
    picture(page, "sua-muc")
    field.fill("Hoàn thành đường trục thôn Đình Thượng")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".item.sel .open")).to_have_text("Hoàn thành đường trục thôn Đình Thượng")
    expect(page.locator(".item.sel .open")).to_be_focused()

    dropped = page.locator(".item.sel").get_attribute("data-id")
    page.keyboard.press("d")
    expect(page.locator(f".item[data-id='{dropped}']")).to_have_count(0)
    expect(page.get_by_text("Đã bỏ một mục.")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator(f".item[data-id='{dropped}'].sel")).to_be_visible()

    page.keyboard.press("a")
    page.locator("form.edit [name=text]").fill("Việc người đọc máy bỏ sót")
    page.locator("form.edit [name=lines]").fill("12")
    page.locator("form.edit [name='deadline-end']").fill("31/11/2025")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("không phải ngày")).to_be_visible()
    page.locator("form.edit [name='deadline-end']").fill("30/11/2025")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".item.sel .open")).to_have_text("Việc người đọc máy bỏ sót")
    page.locator("[data-tab='']").click()
    expect(page.locator(".item:not(.finding)")).not_to_have_count(0)
    assert page.locator(".item").count() >= before
    review.refresh_from_db()
    assert review.revision == 4


def test_a_finding_is_set_aside_with_a_reason(sign_in: SignIn, picture: Picture) -> None:
    page = sign_in("officer")
    upload(page, *sample())
    page.keyboard.press("l")
    count = page.locator(".item.finding:not(.silenced)").count()
    page.keyboard.press("e")
    page.locator("#bo-qua input").fill("Đã hỏi lại Văn phòng")
    page.keyboard.press("Enter")
    expect(page.locator(".item.silenced")).to_contain_text("Đã hỏi lại Văn phòng")
    expect(page.locator(".item.finding:not(.silenced)")).to_have_count(count - 1)
    expect(page.get_by_text("Lãnh đạo hoặc cán bộ tổng hợp sẽ nhận")).to_be_visible()
    assert page.locator("#nhan").count() == 0


def test_what_was_typed_survives_a_closed_browser(sign_in: SignIn) -> None:
    page = sign_in("officer")
    upload(page, *sample())
    page.locator("[data-tab=nhiem-vu]").click()
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator("form.edit textarea[name=text]").fill("Mới gõ được nửa câu")
    address = page.url.split("#")[0]
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(address)
    expect(again.locator("form.edit textarea[name=text]")).to_have_value("Mới gõ được nửa câu")
    save(again)
    assert ReviewEdit.objects.count() == 1


def test_an_edit_whose_answer_was_lost_is_sent_again_and_saved_once(sign_in: SignIn) -> None:
    page = sign_in("officer")
    upload(page, *sample())
    # The server gets it and saves; the browser never hears of it.
    page.evaluate(
        """() => {
          const real = window.fetch;
          window.fetch = async (...given) => {
            window.fetch = real;
            await real(...given);
            throw new TypeError("the line broke");
          };
        }"""
    )
    page.locator("[data-tab=nhiem-vu]").click()
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_text("Chưa lưu được, đang thử lại")).to_be_visible()
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc", timeout=60_000)
    assert ReviewEdit.objects.count() == 1


def test_two_people_on_one_item_are_told_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    first, second = sign_in("officer"), sign_in("leader")
    upload(first, *sample())
    second.goto(first.url.split("#")[0])
    for page in (first, second):
        page.locator("[data-tab=nhiem-vu]").click()
        page.keyboard.press("j")
        page.keyboard.press("e")
    first.locator("form.edit textarea[name=text]").fill("Bản của người thứ nhất")
    save(first)
    typed = second.locator("form.edit textarea[name=text]")
    typed.fill("Bản của người thứ hai")
    second.keyboard.press("Control+Enter")
    expect(second.locator("[data-saved]")).to_contain_text("Công Chức Mẫu vừa sửa mục này")
    expect(typed).to_have_value("Bản của người thứ hai")
    save(second)
    expect(second.locator(".item.sel .open")).to_have_text("Bản của người thứ hai")


def test_every_screen_fits_a_desk_and_a_phone(sign_in: SignIn, picture: Picture) -> None:
    desk = sign_in("leader")
    upload(desk, *sample())
    picture(desk, "duyet")
    address = desk.url
    phone = sign_in("leader", 360)
    phone.goto(address)
    assert_fits(phone)
    picture(phone, "duyet")
    phone.locator(".sheet-of-paper mark[data-i]", has_text="263/QĐ-TTg").first.tap()
    phone.locator(".sheet [data-do=edit]").tap()
    expect(phone.locator("form.edit")).to_be_visible()
    assert_fits(phone)
    picture(phone, "sua-muc")
    phone.locator("form.edit [data-cancel]").tap()
    desk.keyboard.press("Control+s")
    expect(desk.locator("#nhan")).to_be_visible()
    picture(desk, "nhan-ke-hoach")
    desk.locator("#nhan").get_by_role("button", name="Nhận kế hoạch").click()
    expect(desk.locator(".plan-head")).to_be_visible()
    plan, task = Plan.objects.get(), Task.objects.order_by("pk").first()
    assert task is not None
    upload(desk, "ban-2.docx", (SAMPLES / "ke-hoach-nang-cao-2025.docx").read_bytes())
    desk.locator("[data-tab=chi-tieu]").click()
    desk.keyboard.press("j")
    desk.keyboard.press("d")
    expect(desk.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    accept(desk)
    expect(desk.get_by_text("Phiên bản 2 so với phiên bản 1")).to_be_visible()
    upload(desk, "cho-duyet.txt", (SAMPLES / "kieu-mau-2025.txt").read_bytes())
    pages = {
        "hom-nay": "/", "ke-hoach": "/ke-hoach/", "tim": "/ke-hoach/?q=duong truc",
        "tong-quan": f"/ke-hoach/{plan.pk}", "van-ban": f"/ke-hoach/{plan.pk}/van-ban",
        "phien-ban": f"/ke-hoach/{plan.pk}/phien-ban",
        "so-sanh": f"/ke-hoach/{plan.pk}/so-sanh/1/2", "viec": f"/viec/{task.pk}",
        **{slug: f"/ke-hoach/{plan.pk}/{slug}" for slug in (
            "tieu-chi", "nhiem-vu", "khoi-luong", "kinh-phi", "phan-cong", "lo-trinh", "kiem-tra")},
    }  # fmt: skip
    for name, path in pages.items():
        for page in (desk, phone):
            page.goto(path)
            assert_fits(page)
            picture(page, name, full_page=True)


def test_a_tasks_state_and_notes_are_kept_and_seen_on_the_day(sign_in: SignIn) -> None:
    page = sign_in("leader")
    upload(page, *sample())
    accept(page)
    expect(page.locator(".plan-head")).to_be_visible()
    # One of the tasks of the paper; a line of its roadmap names no office.
    led = Task.objects.filter(offices__leads=True).exclude(end=None)
    task = led.order_by("end").first()
    assert task is not None
    page.goto("/")
    page.locator(f"a[href='/viec/{task.pk}']").first.click()
    page.get_by_label("Đang chờ", exact=True).check()
    page.get_by_label("Đang chờ ai").fill("Sở Xây dựng trả lời")
    page.get_by_label("Ghi chú").fill("Chờ giải phóng mặt bằng")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".tk-history")).to_contain_text("Chờ giải phóng mặt bằng")
    page.goto(f"/ke-hoach/{task.of_plan.plan_id}/nhiem-vu?tt=waiting")
    expect(page.locator(".grid tbody tr")).to_have_count(1)
    with page.expect_download() as excel:
        page.get_by_role("link", name="Tải Excel").click()
    assert re.fullmatch(r"nhiem-vu-\d+\.xlsx", excel.value.suggested_filename)
    page.goto("/")
    expect(page.locator("section", has_text="Thay đổi từ hôm qua")).to_contain_text("mặt bằng")
