"""The views of work in a browser: dragged by mouse and finger, moved by keys, seen by two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.people.models import Office, OfficeHolding
from dinhlang.work.models import Task
from tests.e2e.fitting import fits
from tests.work.making import OFFICES, a_note, a_task
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]

SET = "qd-318-2022/xa-nang-cao"
LAND, MONEY, CULTURE = OFFICES[:3]


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


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def work(world: World) -> dict[str, Task]:
    """The work of commune A in the middle of its year."""
    place, first, second = (world.places[key] for key in ("a", "a1", "a2"))
    office = Office.objects.create(place=place, title=LAND)
    OfficeHolding.objects.create(user=world.people["officer"], office=office)
    for title in (MONEY, CULTURE, OFFICES[14]):
        Office.objects.create(place=place, title=title)
    common = {"criterion_set": SET}
    made = {
        "survey": a_task(
            place, "Đo đạc, cắm mốc mở rộng đường trục xã", lead=LAND, villages=[first, second],
            start=ago(70), end=ago(12), state="doing", criterion="2", **common,
        ),
        "report": a_task(place, "Nộp báo cáo tiến độ tháng cho Ban Chỉ đạo", lead=LAND,
                         end=ago(0), product="Báo cáo tháng", **common),
        "list": a_task(place, "Lập danh sách hộ hiến đất, tháo dỡ tường rào", lead=LAND,
                       villages=[first], start=ago(2), end=ago(-4), criterion="2", **common),
        "cement": a_task(place, "Nhận xi măng hỗ trợ đợt 2", lead=LAND, partners=[MONEY],
                         start=ago(30), end=ago(-40), state="waiting",
                         waiting_for="UBND tỉnh duyệt định mức", criterion="2", **common),
        "books": a_task(place, "Hoàn thiện sổ theo dõi tiêu chí Giao thông", lead=LAND,
                        start=ago(40), end=ago(3), state="done", criterion="2", **common),
        "plates": a_task(place, "Gắn biển địa chỉ số cho các hộ", lead=CULTURE,
                         villages=[second], start=ago(20), end=ago(-25), state="doing",
                         criterion="8", **common),
        "sport": a_task(place, "Lắp dụng cụ thể thao ngoài trời tại nhà văn hóa thôn",
                        lead=CULTURE, villages=[first, second], start=ago(100), end=ago(30),
                        state="accepted", criterion="6", **common),
        "waste": a_task(place, "Nhân rộng mô hình phân loại rác tại nguồn", end=ago(-60),
                        start=ago(-10), criterion="17", **common),
    }  # fmt: skip
    made["clearing"] = a_task(
        place, "Giải phóng mặt bằng đường trục xã", lead=LAND, after=[made["survey"]],
        start=ago(11), end=ago(-15), criterion="2", **common,
    )  # fmt: skip
    made["road"] = a_task(
        place, "Thi công mở rộng đường trục xã giai đoạn 2", lead=LAND, partners=[MONEY],
        after=[made["clearing"], made["cement"]], start=ago(-16), end=ago(-80), criterion="2",
        **common,
    )  # fmt: skip
    a_note(made["cement"], world.people["officer"], "doing", "waiting", ago(9))
    return made


def board_of(page: Page, world: World) -> None:
    page.goto(f"/cong-viec/{world.places['a'].pk}/bang")
    expect(page.locator(".wv-card.can-drag").first).to_be_visible()


def column(page: Page, state: str) -> Any:
    return page.locator(f".wv-column[data-state={state}]")


def card(page: Page, task: Task) -> Any:
    return page.locator(f"#v{task.pk}")


def state_of(task: Task) -> tuple[str, str]:
    task.refresh_from_db()
    return task.state, task.waiting_for


def test_a_card_is_dragged_to_another_column_and_brought_back(
    sign_in: SignIn, world: World, work: dict[str, Task]
) -> None:
    page, task = sign_in("officer"), work["list"]
    board_of(page, world)
    before = int(column(page, "doing").locator("[data-count]").inner_text())
    card(page, task).hover()
    page.mouse.down()
    column(page, "doing").hover()
    expect(page.locator(".wv-ghost")).to_be_visible()
    page.mouse.up()
    expect(page.locator("[data-wv-toast]")).to_contain_text("đã sang “Đang làm”")
    expect(column(page, "doing").locator(f"#v{task.pk}")).to_be_visible()
    expect(column(page, "doing").locator("[data-count]")).to_have_text(str(before + 1))
    assert state_of(task)[0] == "doing"
    page.get_by_role("button", name="Hoàn tác").click()
    expect(column(page, "open").locator(f"#v{task.pk}")).to_be_visible()
    assert state_of(task)[0] == "open"


def test_the_board_is_worked_from_the_keyboard_alone(
    sign_in: SignIn, world: World, work: dict[str, Task], picture: Picture
) -> None:
    page, task = sign_in("leader"), work["list"]
    board_of(page, world)
    page.locator(".wv-card[tabindex='0']").focus()
    first = column(page, "open").locator(".wv-card").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(column(page, "doing").locator(".wv-card").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(column(page, "doing").locator(".wv-card").nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(column(page, "open").locator(".wv-card").nth(1)).to_be_focused()

    card(page, task).focus()
    page.keyboard.press("3")
    dialog = page.locator("[data-wv-ask]")
    expect(dialog).to_contain_text("Đang chờ ai, chờ việc gì?")
    picture(page, "viec-bang-hoi")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert state_of(task) == ("open", "")
    expect(card(page, task)).to_be_focused()

    page.keyboard.press("3")
    page.keyboard.type("Huyện cấp mốc")
    page.keyboard.press("Control+Enter")
    expect(column(page, "waiting").locator(f"#v{task.pk}")).to_contain_text("chờ Huyện cấp mốc")
    expect(page.locator("[data-wv-toast]")).to_contain_text("đã sang “Đang chờ”")
    assert state_of(task) == ("waiting", "Huyện cấp mốc")
    page.keyboard.press("Shift+ArrowLeft")
    expect(column(page, "doing").locator(f"#v{task.pk}")).to_be_visible()
    expect(page.locator("[data-wv-toast]")).to_contain_text("đã sang “Đang làm”")
    page.keyboard.press("z")
    expect(column(page, "waiting").locator(f"#v{task.pk}")).to_contain_text("chờ Huyện cấp mốc")
    assert state_of(task) == ("waiting", "Huyện cấp mốc")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/viec/{task.pk}")


def test_who_neither_drags_nor_types_chooses_from_a_list(
    sign_in: SignIn, world: World, work: dict[str, Task], picture: Picture
) -> None:
    page, task = sign_in("officer", 360), work["list"]
    board_of(page, world)
    card(page, task).get_by_text("Chuyển…").tap()
    dialog = page.locator("[data-wv-states]")
    expect(dialog.get_by_role("button", name="Chưa làm")).to_be_disabled()
    picture(page, "viec-bang-chon")
    dialog.get_by_role("button", name="Đang làm").tap()
    expect(page.locator("[data-wv-toast]")).to_contain_text("đã sang “Đang làm”")
    assert state_of(task)[0] == "doing"


def test_a_finger_that_rests_on_a_card_carries_it(
    sign_in: SignIn, world: World, work: dict[str, Task]
) -> None:
    page, task = sign_in("officer", 820, has_touch=True), work["list"]
    board_of(page, world)
    card(page, task).scroll_into_view_if_needed()
    start = card(page, task).bounding_box()
    goal = column(page, "doing").bounding_box()
    assert start is not None
    assert goal is not None
    x, y = start["x"] + 40, start["y"] + 60
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        where = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    touch("touchStart", (x, y))
    expect(page.locator(".wv-ghost")).to_be_visible()
    touch("touchMove", (x + 80, y + 10))
    touch("touchMove", (goal["x"] + 60, y + 10))
    expect(column(page, "doing")).to_have_class("wv-column edge-go is-over")
    touch("touchEnd")
    expect(page.locator("[data-wv-toast]")).to_contain_text("đã sang “Đang làm”")
    assert state_of(task)[0] == "doing"


def test_the_second_of_two_sees_what_the_first_did_and_decides(
    sign_in: SignIn, world: World, work: dict[str, Task], picture: Picture
) -> None:
    first, second, task = sign_in("leader"), sign_in("officer"), work["plates"]
    board_of(second, world)
    board_of(first, world)
    card(first, task).focus()
    first.keyboard.press("3")
    first.keyboard.type("Nhà thầu giao biển")
    first.keyboard.press("Control+Enter")
    expect(first.locator("[data-wv-toast]")).to_contain_text("đã sang “Đang chờ”")

    card(second, task).focus()
    second.keyboard.press("4")
    dialog = second.locator("[data-wv-ask]")
    expect(dialog).to_contain_text("Lãnh Đạo Mẫu vừa chuyển việc này sang “Đang chờ”")
    picture(second, "viec-bang-hai-nguoi")
    assert state_of(task) == ("waiting", "Nhà thầu giao biển")
    dialog.get_by_role("button", name="Giữ “Đang chờ”").click()
    expect(column(second, "waiting").locator(f"#v{task.pk}")).to_contain_text("Nhà thầu giao biển")
    assert state_of(task) == ("waiting", "Nhà thầu giao biển")
    second.keyboard.press("4")
    expect(column(second, "done").locator(f"#v{task.pk}")).to_be_visible()
    expect(second.locator("[data-wv-toast]")).to_contain_text("đã sang “Đã xong”")
    assert state_of(task)[0] == "done"


def test_what_the_office_refuses_goes_back_and_says_why(
    sign_in: SignIn, world: World, work: dict[str, Task]
) -> None:
    page, task = sign_in("officer"), work["clearing"]
    board_of(page, world)
    card(page, task).focus()
    page.keyboard.press("4")
    expect(page.locator("[data-wv-toast]")).to_contain_text("còn phải xong trước")
    expect(column(page, "open").locator(f"#v{task.pk}")).to_be_visible()
    # The line is lost.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    card(page, work["list"]).focus()
    page.keyboard.press("2")
    expect(page.locator("[data-wv-toast]")).to_contain_text("Mất kết nối")
    expect(column(page, "open").locator(f"#v{work['list'].pk}")).to_be_visible()
    assert state_of(work["list"])[0] == "open"


def test_without_scripts_a_task_is_moved_and_undone(
    sign_in: SignIn, world: World, work: dict[str, Task], picture: Picture
) -> None:
    page, task = sign_in("officer", 360, java_script_enabled=False), work["list"]
    page.goto("/viec/")
    row = page.locator(f"#v{task.pk}")
    row.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator(".said")).to_contain_text("đã chuyển sang “Đang làm”")
    assert state_of(task)[0] == "doing"
    page.get_by_role("button", name="Hoàn tác").click()
    assert state_of(task)[0] == "open"
    # A product is asked for where the task names one.
    page.locator(f"#v{work['report'].pk}").get_by_role("button", name="Xong").click()
    expect(page.get_by_role("alert")).to_contain_text("Báo cáo tháng")
    page.get_by_label("Đã giao sản phẩm gì, ở đâu?").fill("Báo cáo số 12 gửi ngày 20")
    page.get_by_role("button", name="Chuyển sang").click()
    assert state_of(work["report"])[0] == "done"


def test_a_filter_is_kept_in_the_address_from_view_to_view(
    sign_in: SignIn, world: World, work: dict[str, Task]
) -> None:
    page = sign_in("leader")
    board_of(page, world)
    page.get_by_text("Lọc", exact=True).click()
    page.get_by_label("Tiêu chí").select_option("2")
    page.wait_for_url("**tieu-chi=2")
    expect(page.locator(".wv-card")).to_have_count(6)
    page.get_by_role("link", name="Theo cơ quan").click()
    page.wait_for_url("**/co-quan?tieu-chi=2")
    expect(page.locator(".wv-row")).to_have_count(6)
    with page.expect_download() as excel:
        page.get_by_role("link", name="Excel", exact=True).click()
    assert excel.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(page.locator(".wv-row")).to_have_count(10)


def test_a_calendar_address_is_made_renewed_and_taken_away(
    sign_in: SignIn, world: World, work: dict[str, Task], picture: Picture
) -> None:
    page = sign_in("officer")
    page.goto(f"/cong-viec/{world.places['a'].pk}/lich")
    page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    field = page.get_by_label("Địa chỉ lịch riêng")
    first = field.input_value()
    assert "BEGIN:VCALENDAR" in page.request.get(first).text()
    page.locator("#lich-rieng").scroll_into_view_if_needed()
    picture(page, "viec-lich-dien-thoai")
    page.get_by_role("button", name="Đổi địa chỉ").click()
    expect(field).not_to_have_value(first)
    assert page.request.get(first).status == 404
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_role("button", name="Tạo địa chỉ lịch")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
def test_a_long_name_in_the_calendar_ends_with_a_whole_line(
    sign_in: SignIn, world: World, width: int
) -> None:
    name = (
        "Xây dựng 1,4 km rãnh thoát nước, lắp bộ đèn chiếu sáng đường trục thôn, trồng cây hai bên"
    )
    task = a_task(world.places["a"], name, end=ago(0))
    page = sign_in("leader", width)
    page.goto(f"/cong-viec/{world.places['a'].pk}/lich")
    lines = page.locator(f"a[href='/viec/{task.pk}'] .wv-lines")
    expect(lines).to_be_visible()
    room, line, around = lines.evaluate(
        """box => [box.clientHeight, parseFloat(getComputedStyle(box).lineHeight),
                   parseFloat(getComputedStyle(box).paddingBottom)]"""
    )
    assert room < line * 4
    assert abs(room / line - round(room / line)) < 0.06
    assert around == 0


def test_names_of_the_timeline_stay_in_view_on_a_phone_and_stand_by_their_bars_in_print(
    sign_in: SignIn, world: World, work: dict[str, Task]
) -> None:
    old = a_task(world.places["a"], "Việc đã lâu", start=ago(150), end=ago(120), state="doing")
    page = sign_in("leader", 360)
    page.goto(f"/cong-viec/{world.places['a'].pk}/thoi-gian")
    drawing = page.locator("[data-wv-drawing]")
    name = drawing.locator(f"a[href='/viec/{old.pk}'] .wv-label")
    drawing.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    expect(drawing).to_be_in_viewport()
    where = "text => text.getBoundingClientRect().left"
    page.wait_for_function(
        "link => document.querySelector(link).getBoundingClientRect().left >= 0",
        arg=f"a[href='/viec/{old.pk}'] .wv-label",
    )
    assert name.evaluate(where) < 360
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert name.evaluate(where) < 0


def test_every_view_of_work_fits_both_screens(
    sign_in: SignIn, world: World, work: dict[str, Task], picture: Picture
) -> None:
    own = f"/cong-viec/{world.places['a'].pk}"
    pages = {
        "viec-theo-co-quan": f"{own}/co-quan",
        "viec-theo-thon": f"{own}/thon",
        "viec-theo-tieu-chi": f"{own}/tieu-chi",
        "viec-bang": f"{own}/bang",
        "viec-lich": f"{own}/lich",
        "viec-lich-tuan": f"{own}/lich?tuan={timezone.localdate()}",
        "viec-tien-do": f"{own}/thoi-gian",
        "viec-lo-trinh": f"{own}/lo-trinh",
        "viec-lanh-dao": f"{own}/lanh-dao",
        "viec-chon-noi": "/cong-viec/chon",
    }
    for width in (1440, 360):
        for who, some in (("leader", pages), ("officer", {"viec-cua-toi": "/viec/"})):
            page = sign_in(who, width)
            for name, path in some.items():
                page.goto(path)
                expect(page.locator("h1")).to_be_visible()
                assert fits(page), (name, width)
                picture(page, name, full_page=True)


def test_the_leaders_page_prints_on_one_sheet_and_the_timeline_lies_across(
    sign_in: SignIn, world: World, work: dict[str, Task]
) -> None:
    from pypdfium2 import PdfDocument

    page, own = sign_in("leader"), f"/cong-viec/{world.places['a'].pk}"
    page.goto(f"{own}/lanh-dao")
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True, format="A4"))) == 1
    page.goto(f"{own}/thoi-gian")
    drawn = PdfDocument(page.pdf(prefer_css_page_size=True, format="A4"))
    width, height = drawn[0].get_size()
    assert width > height
    assert "Thi công mở rộng đường trục xã" in drawn[0].get_textpage().get_text_range()
