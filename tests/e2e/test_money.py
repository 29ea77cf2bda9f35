"""Money in a browser: the five pages of a year, the matrix typed like a spreadsheet, two people."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from dinhlang.money.models import Movement, Need, Source
from dinhlang.money.services import balance
from tests.e2e.test_reader_page import assert_fits
from tests.money.giving import a_pledge, a_receipt
from tests.money.making import year_of_money
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)
YEAR = 2026


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
def money(world: World) -> World:
    """Commune A with a year of money."""
    year_of_money(world, YEAR)
    return world


def at(world: World, page: str = "", year: int = YEAR) -> str:
    return f"/kinh-phi/{world.places['a'].pk}/{year}/{page}"


def cell(page: Page, need: str, source: str) -> Locator:
    row, column = Need.objects.get(text=need).pk, Source.objects.get(text=source).pk
    return page.locator(f"input[name='c.{row}.{column}']")


def open_matrix(page: Page, world: World, step: str = "planned") -> None:
    page.goto(at(world, f"phan-bo/?buoc={step}"))
    expect(page.locator("#bang-phan-bo.mb-ready")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_year_fits_and_says_what_lacks(
    sign_in: SignIn, money: World, picture: Picture, width: int
) -> None:
    page = sign_in("leader", width)
    pages = {
        "": "kinh-phi-tong-quan",
        "nhu-cau/": "kinh-phi-nhu-cau",
        "nguon/": "kinh-phi-nguon",
        "phan-bo/": "kinh-phi-phan-bo",
        "so/": "kinh-phi-so",
        "dong-tien/": "kinh-phi-dong-tien",
        "no-dong/": "kinh-phi-no-dong",
        "de-nghi/": "kinh-phi-de-nghi",
        "cac-nam/": "kinh-phi-cac-nam",
    }
    for path, name in pages.items():
        page.goto(at(money, path))
        expect(page.locator("h1")).to_be_visible()
        assert_fits(page)
        picture(page, name)
    page.goto(at(money))
    expect(page.locator(".mb-lack")).to_contain_text("Còn thiếu")
    expect(page.locator(".mb-say").first).to_contain_text("không đủ tiền")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_need_is_added_and_its_steps_and_papers_stand_on_its_page(
    sign_in: SignIn, money: World, picture: Picture, width: int
) -> None:
    page = sign_in("officer", width)
    page.goto(at(money, "nhu-cau/them"))
    page.get_by_label("Nội dung, công trình").fill("Cải tạo kênh tưới thôn Đình Hạ")
    page.get_by_label("Số tiền cần").fill("nhiều")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Số tiền ghi như")
    expect(page.get_by_label("Nội dung, công trình")).to_have_value(
        "Cải tạo kênh tưới thôn Đình Hạ"
    )
    page.get_by_label("Số tiền cần").fill("1,25 tỷ")
    page.get_by_label("Cần trước ngày").fill("30/9")
    page.get_by_label("Là công trình xây dựng").check()
    picture(page, "kinh-phi-them-nhu-cau")
    assert_fits(page)
    page.get_by_role("button", name="Lưu").click()
    need = Need.objects.get(text="Cải tạo kênh tưới thôn Đình Hạ")
    assert (need.amount, need.due.isoformat() if need.due else "") == (1_250_000_000, "2026-09-30")

    page.goto(need.get_absolute_url())
    page.locator(".mb-add summary").click()
    page.locator(".mb-add [name=step]").select_option("completed")
    page.locator(".mb-add [name=amount]").fill("400 triệu")
    page.locator(".mb-add [name=day]").fill("1/3/2026")
    page.locator(".mb-add [name=paper]").fill("Biên bản nghiệm thu số 3")
    page.get_by_role("button", name="Ghi sổ").click()
    expect(page.locator("body")).to_contain_text("Đã nghiệm thu mà chưa trả: 400 triệu đồng")
    assert_fits(page)
    page.evaluate("scrollTo(0, 0)")
    picture(page, "kinh-phi-mot-nhu-cau")


def test_cells_are_typed_pasted_undone_and_what_is_over_shows_at_once(
    sign_in: SignIn, money: World
) -> None:
    page = sign_in("officer")
    open_matrix(page, money)
    box = cell(page, "Nhà văn hóa thôn Đình Hạ", "Ngân sách xã")
    box.fill("900 triệu")
    box.press("Enter")
    saved(page)
    expect(box).to_have_value("900 triệu")
    need = Need.objects.get(text="Nhà văn hóa thôn Đình Hạ")
    total = page.locator(f"[data-row='{need.pk}']")
    expect(total).to_contain_text("900 triệu")
    box.click()
    box.fill("9 tỷ")
    box.press("ArrowDown")
    expect(total).to_contain_text("vượt")
    page.keyboard.press("Control+z")
    expect(box).to_have_value("900 triệu")
    expect(total.locator("[data-over]")).to_be_hidden()
    saved(page)
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            const about = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', about));
        }""",
        "100 triệu\t200 triệu\n50 triệu\t1 tỷ",
    )
    saved(page)
    expect(box).to_have_value("100 triệu")
    assert Movement.objects.filter(step="planned", need=need, amount=200_000_000).exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_allocation_wants_its_paper_and_a_reason_where_it_is_too_much(
    sign_in: SignIn, money: World, picture: Picture, width: int
) -> None:
    page = sign_in("officer", width)
    open_matrix(page, money, "allocated")
    box = cell(page, "Lắp dụng cụ thể thao ngoài trời", "Ngân sách xã")
    box.fill("100 triệu")
    box.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Hãy ghi văn bản phân bổ")
    page.locator("[data-about=paper]").fill("Quyết định số 15/QĐ-UBND")
    page.locator("[data-about=day]").fill("20/1/2026")
    page.locator("[data-about=day]").press("Enter")
    saved(page)
    box.fill("90 tỷ")
    box.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("vượt")
    assert Movement.objects.get(step="allocated", need__criterion="6").amount == 100_000_000
    row = page.locator("tr", has=box)
    expect(row.locator("[data-refused]")).to_have_text("✕ có ô chưa lưu")
    page.locator("[data-about=reason]").fill("Ứng trước, hoàn lại trong quý III")
    page.locator("[data-about=reason]").press("Enter")
    saved(page)
    expect(row.locator("[data-refused]")).to_be_hidden()
    expect(row.locator("[data-over]")).to_contain_text("▲ vượt")
    row.evaluate("row => row.scrollIntoView({block: 'center'})")
    expect(row.locator("[data-over]")).to_be_in_viewport()
    assert_fits(page)
    picture(page, "kinh-phi-phan-bo-vuot")


def test_the_drawing_of_cash_is_read_on_a_phone_and_on_a_wide_page(
    sign_in: SignIn, money: World, picture: Picture
) -> None:
    for width, shown in ((360, "narrow"), (760, "wide"), (1440, "wide")):
        page = sign_in("leader", width)
        page.goto(at(money, "dong-tien/"))
        drawn = page.locator(".mb-chart svg:visible")
        expect(drawn).to_have_count(1)
        expect(page.locator(f".mb-chart-{shown} svg")).to_be_visible()
        expect(drawn).to_contain_text("bắt đầu thiếu")
        least = drawn.evaluate(
            """svg => Math.min(...[...svg.querySelectorAll('text')].map(each =>
                parseFloat(getComputedStyle(each).fontSize)
                * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
        )
        assert least >= 12, (width, least)
        assert_fits(page)
        if width == 360:
            page.locator(".mb-chart").evaluate("chart => chart.scrollIntoView()")
            picture(page, "kinh-phi-bieu-do")


def test_the_ends_of_rows_stay_in_view_and_a_row_that_is_over_says_so(
    sign_in: SignIn, money: World
) -> None:
    officer, place = money.people["officer"], money.places["a"]
    for number in range(8):
        said = balance.SourceSaid(text=f"Nguồn thêm {number}", amount=10**9)
        balance.add_source(officer, place, YEAR, said, uuid4())
    need = Need.objects.get(text="Nhà văn hóa thôn Đình Hạ")
    for width in (1440, 360):
        page = sign_in("officer", width)
        open_matrix(page, money)
        row = page.locator(f"tr[data-row='{need.pk}']")
        box = cell(page, need.text, "Ngân sách xã")
        box.fill("9 tỷ")
        box.press("Enter")
        saved(page)
        over = row.locator("[data-over]")
        expect(over).to_contain_text("▲ vượt")
        expect(row).to_have_class("mb-is-over")
        expect(over).to_be_in_viewport()
        kept = page.locator("tbody th").first.bounding_box()
        assert kept is not None
        if width == 1440:
            expect(row.locator(".mb-lack-end")).to_be_in_viewport(ratio=1)
        else:
            assert kept["width"] <= 130
            expect(row.locator(".mb-needed")).to_be_hidden()
            expect(row.locator("th")).to_contain_text("cần ")
        box.fill("")
        box.press("Enter")
        expect(row).not_to_have_class("mb-is-over")


def test_a_cell_typed_without_a_line_is_sent_when_the_line_is_back(
    sign_in: SignIn, money: World
) -> None:
    page = sign_in("officer")
    open_matrix(page, money)
    page.evaluate(
        """() => {
            window.kept = window.fetch;
            window.fetch = () => Promise.reject(new TypeError('no network'));
        }"""
    )
    box = cell(page, "Nhà văn hóa thôn Đình Hạ", "Ngân sách xã")
    box.fill("300 triệu")
    box.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Mất kết nối")
    page.evaluate("() => { window.fetch = window.kept; }")
    saved(page)
    assert Movement.objects.filter(
        need__text="Nhà văn hóa thôn Đình Hạ", step="planned", amount=300_000_000
    ).exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_second_of_two_people_sees_both_values_and_chooses(
    sign_in: SignIn, money: World, picture: Picture, width: int
) -> None:
    need = Need.objects.get(text="Nhà văn hóa thôn Đình Hạ")
    page = sign_in("officer", width)
    page.goto(f"/kinh-phi/nhu-cau/{need.pk}/sua")
    leader = money.people["leader"]
    balance.change_need(
        leader, need.pk, uuid4(), need.revision, {"amount": 2_000_000_000, "note": "Thêm sân"}
    )
    page.get_by_label("Số tiền cần").fill("1,5 tỷ")
    page.locator("[name=paper]").fill("Tờ trình 7")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("vừa sửa cùng chỗ này")
    assert_fits(page)
    picture(page, "kinh-phi-hai-nguoi-sua")
    page.get_by_label(re.compile("Lãnh Đạo Mẫu ghi")).check()
    page.get_by_role("button", name="Lưu như đã chọn").click()
    expect(page.locator(".mb-amount")).to_have_text("2 tỷ đồng")
    need.refresh_from_db()
    assert (need.amount, need.paper, need.note) == (2_000_000_000, "Tờ trình 7", "Thêm sân")


def test_a_removed_need_comes_back_by_undo(sign_in: SignIn, money: World) -> None:
    need = Need.objects.get(text="Nhà văn hóa thôn Đình Hạ")
    page = sign_in("officer")
    page.goto(need.get_absolute_url())
    page.get_by_role("button", name="Xóa").click()
    expect(page.locator(".mb-table")).not_to_contain_text("Nhà văn hóa thôn Đình Hạ")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".mb-table")).to_contain_text("Nhà văn hóa thôn Đình Hạ")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_workbook_is_shown_line_by_line_before_it_is_written(
    sign_in: SignIn, money: World, tmp_path: Path, picture: Picture, width: int
) -> None:
    from tests.money.books import filled

    path = tmp_path / "kinh phí.xlsx"
    path.write_bytes(filled(money, YEAR))
    page = sign_in("officer", width)
    page.goto(at(money, "nhap"))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.locator("main")).to_contain_text("1 dòng cần sửa")
    expect(page.locator("main")).to_contain_text("Xã không có thôn “Không Có”.")
    assert_fits(page)
    picture(page, "kinh-phi-nhap-excel")
    page.get_by_role("button", name=re.compile("^Ghi 2 dòng mới")).click()
    expect(page.locator("main")).to_contain_text("Đã ghi 2 dòng mới")
    assert Need.objects.filter(text="Đèn đường thôn Đình Thượng").exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_head_of_a_village_reads_its_money_and_nothing_else(
    sign_in: SignIn, world: World, picture: Picture, width: int
) -> None:
    village, officer = world.places["a1"], world.people["officer"]
    for text, amount, own in (("Đường ngõ xóm Đình Thượng", 620, village.pk),
                              ("Sân thể thao thôn", 180, village.pk),
                              ("Trường học chung", 7_000, None)):  # fmt: skip
        said = balance.NeedSaid(text=text, amount=amount * 1_000_000, village=own)
        balance.add_need(officer, world.places["a"], this_year(), said, uuid4())
    pledge = a_pledge(world, "Chi hội Phụ nữ thôn", village=village.pk, year=this_year())
    a_receipt(world, of=pledge, day=timezone.localdate())
    page = sign_in("village_head", width)
    page.goto("/")
    page.get_by_role("link", name="công trình, giải ngân, đóng góp").click()
    expect(page.get_by_role("heading", name="Kinh phí thôn Đình Thượng")).to_be_visible()
    expect(page.get_by_text("800 triệu đồng").first).to_be_visible()
    expect(page.get_by_text("Trường học chung")).to_have_count(0)
    assert_fits(page)
    picture(page, "kinh-phi-thon", full_page=True)


def this_year() -> int:
    return timezone.localdate().year
