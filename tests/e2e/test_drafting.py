"""A commune drafts its plan from its gaps in a browser: edits, checks, prints, files, accepts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from dinhlang.drafting.models import Draft
from dinhlang.papers.reading import read
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.plans.models import Plan, Review
from tests.demo.conftest import data_dir, now, sample
from tests.e2e.test_reader_page import assert_fits

__all__ = ["data_dir", "now", "sample"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)


@pytest.fixture
def sign_in(sample: None, browser_page: OpenPage, settings: Any) -> SignIn:
    """``sign_in("dieuphoi", width)``: a browser in which a person of the sample is signed in."""

    def enter(who: str = "dieuphoi", width: int = 1440) -> Page:
        page = browser_page(width)
        client = Client()
        client.force_login(User.objects.get(username=who))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


def next_year() -> int:
    return timezone.localdate().year + 1


def begin(page: Page) -> Draft:
    """Begins next year's plan from the plans' page, as it is proposed."""
    page.goto("/ke-hoach/")
    page.get_by_role("link", name="Soạn kế hoạch năm").click()
    page.get_by_role("link", name="Soạn kế hoạch mới").click()
    page.locator("[name=nam]").first.select_option(str(next_year()))
    page.get_by_role("button", name="Xem tiêu chí").click()
    page.get_by_role("button", name="Đề xuất các việc").click()
    expect(page.locator(".dr-sheet").first).to_be_visible()
    return Draft.objects.latest("created")


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


def box(page: Page, name: str) -> Any:
    return page.locator(f"[name='{name}']")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sample_commune_drafts_prints_files_and_accepts_its_plan(
    sign_in: SignIn, picture: Picture, tmp_path: Any, width: int
) -> None:
    page = sign_in(width=width)
    place = Unit.objects.get(name="Làng Mẫu", level="commune")
    page.goto(f"/soan-van-ban/{place.pk}/ke-hoach/moi?nam={next_year()}")
    assert_fits(page)
    picture(page, "soan-chon-tieu-chi")
    draft = begin(page)
    assert_fits(page)

    box(page, "r0.cost").fill("1,5 tỷ")
    box(page, "r1.cost").fill("350 triệu")
    box(page, "r2.cost").fill("100 triệu")
    box(page, "r3.cost").fill("50 triệu")
    box(page, "r0.partners").fill("Thôn Soi")
    box(page, "s1.amount").fill("2,2 tỷ")
    box(page, "s1.amount").press("Enter")
    expect(page.locator("[data-sum=needs]")).to_have_text("2 tỷ đồng")
    expect(page.locator("[data-sum=balance]")).to_have_text("200 triệu đồng")
    saved(page)
    expect(page.locator("[data-part=checks]")).to_contain_text("Không thấy lỗi")
    page.evaluate("scrollTo(0, 0)")
    picture(page, "soan-ban-thao")
    draft.refresh_from_db()
    assert [row["cost"] for row in draft.rows[:2]] == [1_500_000_000, 350_000_000]

    page.locator(".dr-bar").get_by_role("button", name="Xem bản in").click()
    expect(page.locator("article.official")).to_contain_text("1.500")
    assert_fits(page)
    picture(page, "soan-ban-in")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Word").click()
    name = f"Kế hoạch xây dựng nông thôn mới năm {next_year()} - Xã Làng Mẫu.docx"
    assert downloading.value.suggested_filename == name
    downloading.value.save_as(tmp_path / "a.docx")
    assert len(read(tmp_path / "a.docx").tasks) == len(draft.wanted) + 1  # the goal

    page.get_by_role("link", name="← Bản thảo").click()
    page.get_by_role("button", name="Đưa vào Kế hoạch").dblclick()
    expect(page.locator(".review .sheet-of-paper")).to_be_visible(timeout=60_000)
    assert Review.objects.filter(outcome="open").count() == 1
    page.get_by_role("link", name="Trình lãnh đạo").click()
    expect(page.locator("article.official")).to_contain_text("PHIẾU TRÌNH")
    assert_fits(page)
    picture(page, "trinh-lanh-dao")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(PdfDocument(printed)) == 1
    page.get_by_role("link", name="← Văn bản đang duyệt").click()
    page.wait_for_load_state()
    page.locator("[data-do=accept]").click()
    page.locator("#nhan").get_by_role("button", name="Nhận kế hoạch").click()
    expect(page.locator(".plan-head")).to_be_visible()
    plan = Plan.objects.latest("pk")
    assert plan.year == next_year()
    assert plan.tasks.filter(task__offices__name="Thôn Soi").exists()
    page.get_by_role("link", name="Bản in", exact=True).click()
    expect(page.locator("article.official")).to_contain_text("KẾ HOẠCH")
    assert_fits(page)
    picture(page, "ban-in")


def test_the_sheet_is_filled_from_the_keyboard_and_from_a_spreadsheet(sign_in: SignIn) -> None:
    page = sign_in()
    draft = begin(page)
    box(page, "r0.cost").focus()
    for amount in ("1 ty", "350", "200 trieu"):
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
    expect(page.locator("[data-trouble='r1.cost']")).to_contain_text("Hãy ghi cả đơn vị")
    expect(box(page, "r0.cost")).to_have_value("1 tỷ đồng")
    expect(box(page, "r2.cost")).to_have_value("200 triệu đồng")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(box(page, "r1.cost")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page, "r1.cost")).to_have_value("")
    expect(page.locator("[data-trouble='r1.cost']")).to_be_hidden()

    # Half a value is not sent, and an answer about a value that is gone complains about nothing.
    page.evaluate(
        """() => {
          const there = fetch;
          window.asked = [];
          window.fetch = async (address, options) => {
            if (options?.method === "POST") {
              window.asked.push(Object.fromEntries(options.body));
              await new Promise((done) => { window.goOn = done; });
            }
            return there(address, options);
          };
        }"""
    )
    box(page, "r2.cost").fill("300 triệu")
    box(page, "r2.cost").press("Enter")
    box(page, "r1.cost").focus()
    page.keyboard.type("35")
    page.evaluate("goOn()")
    expect(box(page, "r2.cost")).to_have_value("300 triệu đồng")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.asked.length === 2")
    box(page, "r1.cost").focus()
    page.keyboard.press("Escape")
    page.evaluate("goOn()")
    saved(page)
    assert [sent.get("r1.cost") for sent in page.evaluate("asked")] == [None, "350"]
    expect(page.locator("[data-trouble='r1.cost']")).to_be_hidden()
    page.reload()

    block = "Công an xã\tThôn Soi\t1/6\t100 triệu\nHội Nông dân xã\t\t15/7\t50 triệu"
    box(page, "r0.lead").evaluate(
        """(box, text) => {
          box.focus();
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const given = { bubbles: true, cancelable: true, clipboardData };
          box.dispatchEvent(new ClipboardEvent("paste", given));
        }""",
        block,
    )
    saved(page)
    expect(box(page, "r1.due")).to_have_value(f"15/07/{next_year()}")
    draft.refresh_from_db()
    assert [row["lead"] for row in draft.rows[:2]] == ["Công an xã", "Hội Nông dân xã"]
    assert draft.rows[0]["due"] == date(next_year(), 6, 1).isoformat()


def test_an_office_is_chosen_from_the_list_under_the_box(sign_in: SignIn) -> None:
    page = sign_in()
    draft = begin(page)
    box(page, "r0.partners").click()
    page.keyboard.type("tai chinh")
    expect(page.locator("#don-vi li:visible")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("; phu nu")
    page.locator("#don-vi li:visible").first.click()
    expect(page.locator("#don-vi")).to_be_hidden()
    saved(page)
    draft.refresh_from_db()
    assert re.fullmatch(r"Công chức Tài chính - Kế toán; .*Phụ nữ.*", draft.rows[0]["partners"])


def test_what_was_typed_survives_a_lost_line_and_a_closed_browser(sign_in: SignIn) -> None:
    page = sign_in()
    draft = begin(page)
    page.evaluate(
        "() => { window.fetch = async () => { throw new TypeError('the line broke'); }; }"
    )
    box(page, "r0.task").fill("Mở rộng đường trục thôn Soi")
    box(page, "r0.cost").fill("2 tỷ")
    box(page, "r0.cost").press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Mất kết nối")
    address = page.url
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(address)
    expect(box(again, "r0.task")).to_have_value("Mở rộng đường trục thôn Soi")
    saved(again)
    draft.refresh_from_db()
    assert draft.rows[0]["cost"] == 2_000_000_000
    assert draft.revision == 1


def test_a_row_left_out_is_out_of_the_paper_and_an_error_leads_to_its_row(
    sign_in: SignIn, picture: Picture
) -> None:
    page = sign_in()
    draft = begin(page)
    last = len(draft.rows) - 1
    box(page, f"r{last}.wanted").uncheck()
    box(page, "r0.task").fill("Cứng hóa 120% đường thôn")
    box(page, "r0.task").press("Tab")
    link = page.locator("[data-part=checks] a").first
    expect(link).to_have_attribute("href", "#viec-0", timeout=60_000)
    page.locator("#soat").scroll_into_view_if_needed()
    picture(page, "soan-kiem-tra")
    link.click()
    expect(page.locator("#viec-0")).to_be_in_viewport()
    page.locator(".dr-bar").get_by_role("button", name="Xem bản in").click()
    expect(page.locator("article.official")).to_contain_text("120%")
    expect(page.locator("article.official")).not_to_contain_text(draft.rows[last]["task"])


def test_two_people_on_one_box_are_told_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    first, second = sign_in("dieuphoi"), sign_in("lanhdao")
    begin(first)
    second.goto(first.url)
    box(first, "r0.lead").fill("Công an xã")
    box(first, "r0.lead").press("Tab")
    saved(first)
    box(second, "r0.lead").fill("Hội Nông dân xã")
    box(second, "r0.lead").press("Tab")
    trouble = second.locator("[data-trouble='r0.lead']")
    expect(trouble).to_contain_text("vừa sửa ô này thành “Công an xã”")
    expect(box(second, "r0.lead")).to_have_value("Hội Nông dân xã")


def test_it_works_without_a_script(sign_in: SignIn, browser: Any) -> None:
    page = sign_in()
    draft = begin(page)
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(page.url)
    plain.locator("[name='r0.cost']").fill("đắt")
    plain.locator("[name='r1.cost']").fill("3 tỷ")
    plain.get_by_role("button", name="Lưu", exact=True).click()
    expect(plain.get_by_text("1 ô chưa lưu được")).to_be_visible()
    plain.locator("[name='r0.cost']").fill("1 tỷ")
    plain.get_by_role("button", name="Đưa vào Kế hoạch").click()
    expect(plain).to_have_url(re.compile("/duyet/"))
    context.close()
    draft.refresh_from_db()
    assert [row["cost"] for row in draft.rows[:2]] == [10**9, 3 * 10**9]
