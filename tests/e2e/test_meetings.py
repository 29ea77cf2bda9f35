"""A meeting in a browser: typed in two windows, over a lost line, decided with one key; and many
tasks at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from dinhlang.meetings.models import AgendaItem, Decision, Meeting
from dinhlang.papers.plan import Due, ReportRule
from dinhlang.people.models import Office
from dinhlang.plans.models import Plan
from dinhlang.work.models import Repeat, Task, TaskState
from tests.e2e.test_reader_page import assert_fits
from tests.meetings.making import a_meeting, held, point
from tests.plans.living import a_plan
from tests.plans.papers import small_plan
from tests.work.making import a_task
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)


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


@pytest.fixture
def commune(world: World) -> World:
    """Commune A with offices, late work and work that waits."""
    place, today = world.places["a"], timezone.localdate()
    for title in ("Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội",
                  "Công chức Tài chính - Kế toán", "Chủ tịch Hội Liên hiệp Phụ nữ"):  # fmt: skip
        Office.objects.create(place=place, title=title)
    a_task(place, "Mở rộng đường trục thôn Đình Thượng", lead="Công chức Địa chính - Xây dựng",
           end=today - timedelta(days=12), criterion="2", state=TaskState.DOING)  # fmt: skip
    a_task(place, "Lắp loa truyền thanh ba thôn", lead="Công chức Văn hóa - Xã hội",
           end=today + timedelta(days=20), state=TaskState.WAITING,
           waiting_for="Sở trả lời về thiết bị")  # fmt: skip
    a_task(place, "Tập huấn phân loại rác", lead="Chủ tịch Hội Liên hiệp Phụ nữ",
           end=today + timedelta(days=9))  # fmt: skip
    return world


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("✓ Đã lưu")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_agenda_is_made_of_what_is_late_and_waits(
    commune: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    page = sign_in("coordinator", width)
    page.goto(f"/hop/{commune.places['a'].pk}/moi")
    expect(page.get_by_text("Việc chậm: Mở rộng đường trục")).to_be_visible()
    expect(page.get_by_text("đang chờ Sở trả lời về thiết bị")).to_be_visible()
    for chip in page.locator(".mt-chip").all():
        chip.click()
    assert_fits(page)
    picture(page, "hop-lap", full_page=True)
    page.get_by_role("button", name="Lập cuộc họp").click()
    expect(page.get_by_role("heading", name="Giấy mời")).to_be_visible()
    assert_fits(page)
    picture(page, "hop-sap", full_page=True)
    row = Meeting.objects.get()
    assert row.attendees.count("\n") == 3
    page.get_by_role("textbox", name="Thêm nội dung").fill("Bàn việc Tết")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.locator("[data-item]").last).to_contain_text("Bàn việc Tết")
    last = page.locator("[data-item]").last
    last.focus()
    with page.expect_response(lambda answer: "/thu-tu" in answer.url):
        last.press("Alt+ArrowUp")
    texts = [item.text for item in AgendaItem.objects.order_by("position")]
    assert texts.index("Bàn việc Tết") == len(texts) - 2


@pytest.mark.parametrize("width", WIDTHS)
def test_minutes_are_typed_and_a_decision_becomes_a_task_with_one_key(
    commune: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    row = held(commune, "Đường trục thôn Đình Thượng", "Loa truyền thanh",
               where="Hội trường UBND xã", chair="Chủ tịch UBND xã")  # fmt: skip
    page = sign_in("leader", width)
    page.goto(f"/hop/cuoc/{row.pk}")
    page.locator("[data-write] textarea").first.fill("Địa chính: còn 400 m chưa giải phóng.")
    saved(page)
    box = page.get_by_role("textbox", name="Ai làm gì, đến bao giờ")
    box.fill("Công chức địa chính hoàn thành đo đạc trước 30/12")
    box.press("Control+Enter")
    expect(page.locator(".mt-decision")).to_contain_text("Đã thành việc")
    box.fill("Giao công chức văn hóa - xã hội hỏi lại Sở về thiết bị, xong trước 15/12")
    box.press("Enter")
    expect(page.locator(".mt-decision")).to_have_count(2)
    box.fill("Thống nhất nghỉ họp tuần tới")
    box.press("Enter")
    last = page.locator(".mt-decision").last
    expect(last).to_contain_text("Thống nhất nghỉ họp tuần tới")
    expect(last.get_by_label("Thành việc khi chốt")).not_to_be_checked()
    expect(page.get_by_role("button", name="Chốt biên bản")).to_contain_text("giao 1 việc")
    with page.expect_response(lambda answer: "/tich" in answer.url):
        last.get_by_label("Thành việc khi chốt").check()
    expect(page.get_by_role("button", name="Chốt biên bản")).to_contain_text("giao 2 việc")
    with page.expect_response(lambda answer: "/tich" in answer.url):
        last.get_by_label("Thành việc khi chốt").uncheck()
    assert_fits(page)
    picture(page, "hop-bien-ban", full_page=True)
    task = Task.objects.get(origin="meeting")
    assert (task.text, task.offices.get().name) == (
        "Hoàn thành đo đạc", "Công chức Địa chính - Xây dựng",
    )  # fmt: skip
    page.reload()
    assert page.locator("[data-write] textarea").first.input_value().startswith("Địa chính:")
    page.get_by_role("button", name="Chốt biên bản").click()
    expect(page.get_by_text("Đã chốt biên bản.")).to_be_visible()
    assert Task.objects.filter(origin="meeting", removed_at=None).count() == 2
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Biên bản mở lại như trước khi chốt.")).to_be_visible()
    assert Task.objects.filter(origin="meeting", removed_at=None).count() == 1
    page.get_by_role("button", name="Chốt biên bản").click()
    expect(page.get_by_text("Đã chốt biên bản.")).to_be_visible()
    page.reload()
    page.get_by_text("Mở lại biên bản…").click()
    page.get_by_label("Vì sao mở lại").fill("Ghi thiếu ý kiến của thôn Đình Thượng")
    assert_fits(page)
    picture(page, "hop-mo-lai", full_page=True)
    page.get_by_role("button", name="Mở lại biên bản", exact=True).click()
    expect(page.get_by_text("Ghi thiếu ý kiến của thôn Đình Thượng")).to_be_visible()
    page.get_by_role("button", name="Chốt biên bản").click()
    expect(page.get_by_text("Đã chốt biên bản.")).to_be_visible()
    assert Task.objects.filter(origin="meeting").count() == 2
    page.get_by_role("button", name="Biên bản", exact=True).click()
    expect(page.locator(".official")).to_contain_text("còn 400 m chưa giải phóng")
    page.goto(f"/hop/{commune.places['a'].pk}")
    assert_fits(page)
    picture(page, "hop")


def test_what_is_typed_over_a_lost_line_is_sent_when_it_is_back(
    commune: World, sign_in: SignIn
) -> None:
    row = held(commune)
    page = sign_in("leader")
    page.goto(f"/hop/cuoc/{row.pk}")
    box = page.locator("[data-write] textarea").first

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/ghi", cut)
    box.fill("Gõ khi mất mạng")
    expect(page.locator("[data-saved]")).to_contain_text("còn giữ trên máy này")
    assert point(row).said == ""
    page.unroute("**/ghi", cut)
    saved(page)
    assert point(row).said == "Gõ khi mất mạng"


def test_what_was_not_sent_is_there_again_after_the_window_was_closed(
    commune: World, sign_in: SignIn
) -> None:
    row = held(commune)
    page = sign_in("leader")
    page.goto(f"/hop/cuoc/{row.pk}")
    page.route("**/ghi", lambda route: route.abort())
    page.locator("[data-write] textarea").first.fill("Chưa kịp gửi")
    expect(page.locator("[data-saved]")).to_contain_text("còn giữ trên máy này")
    page.unroute_all()
    # The browser asks whether to leave: yes.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/hop/{commune.places['a'].pk}")
    page.goto(f"/hop/cuoc/{row.pk}")
    saved(page)
    assert point(row).said == "Chưa kịp gửi"


def test_two_people_typing_on_one_point_lose_nothing(commune: World, sign_in: SignIn) -> None:
    row = held(commune)
    one, two = sign_in("leader"), sign_in("officer")
    for page in (one, two):
        page.goto(f"/hop/cuoc/{row.pk}")
    one.locator("[data-write] textarea").first.fill("Thôn Thượng xong 1,2 km")
    saved(one)
    two.locator("[data-write] textarea").first.fill("Còn thiếu vốn 300 triệu")
    expect(two.locator("[data-saved]")).to_contain_text("Đã gộp")
    assert set(point(row).said.split("\n")) == {
        "Thôn Thượng xong 1,2 km", "Còn thiếu vốn 300 triệu",
    }  # fmt: skip
    assert "Thôn Thượng" in two.locator("[data-write] textarea").first.input_value()


@pytest.mark.parametrize("width", WIDTHS)
def test_many_tasks_are_changed_together_and_taken_back(
    commune: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    page = sign_in("coordinator", width)
    page.goto(f"/cong-viec/{commune.places['a'].pk}/nhieu")
    page.get_by_label("Chọn tất cả").check()
    page.get_by_label("Làm gì").select_option("doi")
    page.get_by_role("textbox", name="Số ngày").fill("30")
    assert_fits(page)
    picture(page, "nhieu-viec", full_page=True)
    before = sorted(Task.objects.values_list("end", flat=True))
    page.get_by_role("button", name="Làm với 3 việc").click()
    expect(page.get_by_text("Dời hạn thêm số ngày: 3 việc.")).to_be_visible()
    after = sorted(Task.objects.values_list("end", flat=True))
    assert [new - old for new, old in zip(after, before, strict=True)] == [timedelta(days=30)] * 3
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác 3 việc.")).to_be_visible()
    assert sorted(Task.objects.values_list("end", flat=True)) == before


@pytest.mark.parametrize("width", WIDTHS)
def test_work_that_comes_again_is_set_up_in_one_form(
    commune: World, sign_in: SignIn, picture: Picture, width: int
) -> None:
    page = sign_in("coordinator", width)
    page.goto(f"/cong-viec/{commune.places['a'].pk}/dinh-ky")
    page.locator("[name=viec]").fill("Báo cáo {kỳ} gửi Ban Chỉ đạo")
    page.get_by_role("button", name="Đặt việc định kỳ").click()
    expect(page.get_by_text("Đang lặp").last).to_be_visible()
    assert_fits(page)
    picture(page, "dinh-ky", full_page=True)
    assert Task.objects.filter(series=Repeat.objects.get()).exists()
    assert not Decision.objects.exists()


@pytest.fixture
def with_rules(world: World) -> Plan:
    """A plan with rules of reporting, accepted before the site and its worker run."""
    rules = [
        ReportRule(from_="Trưởng các thôn", to="Ban Chỉ đạo xã", period="weekly",
                   due=Due(weekday=4, time="16:00"), lines=(4, 4)),
        ReportRule(from_="Các công chức", to="Ban Chỉ đạo xã", period="monthly",
                   due=Due(day=25), lines=(5, 5)),
        ReportRule(from_="Công chức Tài chính - Kế toán", to="UBND xã", period="quarterly",
                   lines=(6, 6)),
        ReportRule(from_="Công an xã", to="UBND xã", period="ad-hoc", lines=(7, 7)),
    ]  # fmt: skip
    return a_plan(world.people["leader"], world.places["a"], replace(small_plan(), reporting=rules))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_plans_rules_of_reporting_become_work_that_comes_again(
    with_rules: Plan, sign_in: SignIn, picture: Picture, width: int
) -> None:
    page = sign_in("leader", width)
    page.goto(f"/ke-hoach/{with_rules.pk}/phan-cong")
    block = page.locator("form.regimes")
    expect(block.locator("li")).to_have_count(3)
    expect(page.locator("section.regimes")).to_contain_text("Công an xã")
    assert_fits(page)
    block.scroll_into_view_if_needed()
    picture(page, "che-do-bao-cao", full_page=width == 360)
    block.get_by_label("Công chức Tài chính - Kế toán").uncheck()
    block.get_by_role("button", name="Đưa thành việc định kỳ").click()
    expect(page.get_by_text("Đang lặp").first).to_be_visible()
    assert Repeat.objects.count() == 2


def test_a_meeting_removed_by_mistake_is_back_with_one_tap(commune: World, sign_in: SignIn) -> None:
    row = a_meeting(commune, "Một")
    page = sign_in("coordinator")
    page.goto(f"/hop/cuoc/{row.pk}")
    page.get_by_role("button", name="Xóa cuộc họp này").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("[data-item]")).to_contain_text("Một")
    assert Meeting.objects.get().removed_at is None
