"""A commune's people enter numbers as in a spreadsheet, prove them, confirm them."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from dinhlang.facts.models import Evidence, EvidenceLink, Observation
from dinhlang.facts.selectors import grid as grids
from tests.e2e.test_reader_page import assert_fits
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
TOPIC = "ky=2024&bo=tat-ca&chu-de=Giao thông"
ROAD = "ty_le_duong_xa_cung_hoa"
PDF = b"%PDF-1.7\n%%EOF\n"


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


def open_grid(page: Page, world: World, query: str = TOPIC, place: str = "a") -> None:
    page.goto(f"/so-lieu/{world.places[place].pk}/?{query}")
    expect(page.locator("#bang-so-lieu.fx-ready")).to_be_visible()


def line(page: Page, measure: str) -> Locator:
    return page.locator(f"tr[data-measure={measure}]").first


def box(page: Page, measure: str, column: str = "c") -> Locator:
    return line(page, measure).locator(f"[data-col={column}]")


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


def number(measure: str, **more: Any) -> Observation:
    return Observation.objects.get(measure=measure, superseded_at=None, **more)


def paste(page: Page, text: str) -> None:
    """What Ctrl+V of a block copied in Excel brings to the box in focus."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def values(page: Page, count: int, column: str) -> list[str]:
    boxes = page.locator(f"tr[data-unit] [data-col={column}]")
    return [boxes.nth(n).input_value() for n in range(count)]


def test_numbers_are_entered_with_the_keyboard_alone(sign_in: SignIn, world: World) -> None:
    page = sign_in("officer")
    open_grid(page, world)
    box(page, ROAD, "a").focus()
    page.keyboard.type("18,5")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    saved(page)
    expect(box(page, ROAD)).to_have_value("92,5")
    expect(line(page, ROAD).locator(".fx-state")).to_contain_text("chờ xác nhận")
    row = number(ROAD)
    assert (float(row.numerator), float(row.denominator)) == (18.5, 20.0)
    # Enter went down within the column; Shift+Enter leads back up.
    second = page.locator("tr[data-unit] [data-col=b]").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(box(page, ROAD, "b")).to_be_focused()
    # Typing replaces, Esc takes it back, F2 edits within.
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(box(page, ROAD, "b")).to_have_value("20")
    page.keyboard.press("F2")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    saved(page)
    expect(box(page, ROAD)).to_have_value("9,02")


def test_a_block_from_excel_is_pasted_undone_and_done_again(sign_in: SignIn, world: World) -> None:
    page = sign_in("officer")
    open_grid(page, world)
    first = page.locator("tr[data-unit] [data-col=a]").first
    first.focus()
    paste(page, "9\t10\n1.200,5\t1.500\n")
    saved(page)
    assert values(page, 2, "a") == ["9", "1.200,5"]
    assert Observation.objects.filter(superseded_at=None).count() == 2
    page.keyboard.press("Control+z")
    expect(first).to_have_value("")
    expect(page.locator("tr[data-unit] .fx-state").first).to_contain_text("Chưa có")
    page.keyboard.press("Control+y")
    expect(first).to_have_value("9")
    expect(page.locator("tr[data-unit] .fx-state").first).to_contain_text("chờ xác nhận")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    assert page.locator("td.fx-sel").count() == 4
    copied = page.evaluate(
        """() => {
            const data = new DataTransfer();
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("copy", options));
            return data.getData("text/plain");
        }"""
    )
    assert copied == "9\t10\n1.200,5\t1.500"


def test_a_wrong_number_is_said_in_its_line_and_a_jump_gently(
    sign_in: SignIn, world: World
) -> None:
    page = sign_in("officer")
    open_grid(page, world, TOPIC.replace("2024", "2023"))
    box(page, ROAD).fill("50")
    page.keyboard.press("Enter")
    saved(page)
    open_grid(page, world)
    box(page, ROAD).fill("150")
    page.keyboard.press("Enter")
    expect(line(page, ROAD).locator(".fx-state")).to_contain_text("từ 0 đến 100")
    expect(page.locator("[data-saved]")).to_contain_text("1 số cần xem lại")
    page.reload()
    expect(box(page, ROAD)).to_have_value("150")
    box(page, ROAD).fill("80")
    page.keyboard.press("Enter")
    saved(page)
    expect(line(page, ROAD).locator(".fx-warn")).to_contain_text("Tăng 60 %")


def test_an_undo_goes_back_to_what_was_saved_not_to_what_was_refused(
    sign_in: SignIn, world: World
) -> None:
    page = sign_in("officer")
    open_grid(page, world)
    box(page, ROAD).fill("60")
    page.keyboard.press("Enter")
    saved(page)
    box(page, ROAD).fill("abc")
    page.keyboard.press("Enter")
    expect(line(page, ROAD).locator(".fx-state")).to_contain_text("không phải là một số")
    page.reload()
    expect(box(page, ROAD)).to_have_value("abc")
    box(page, ROAD).fill("95")
    page.keyboard.press("Enter")
    saved(page)
    box(page, ROAD).focus()
    page.keyboard.press("Control+z")
    expect(box(page, ROAD)).to_have_value("60")
    saved(page)
    page.reload()
    expect(box(page, ROAD)).to_have_value("60")
    assert number(ROAD).value == 60


def test_nothing_is_lost_without_a_network_or_when_the_page_is_left(
    sign_in: SignIn, world: World
) -> None:
    page = sign_in("officer")
    open_grid(page, world)

    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    box(page, ROAD).fill("77")
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Mất kết nối, 1 số còn giữ")
    assert not Observation.objects.exists()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(box(page, ROAD)).to_have_value("77")
    saved(page)
    assert number(ROAD).value == 77
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('so-lieu'))") == []


def test_an_answer_that_was_lost_does_not_enter_twice(sign_in: SignIn, world: World) -> None:
    page = sign_in("officer")
    open_grid(page, world)
    page.evaluate(
        """() => {
            const real = window.fetch;
            let lost = false;
            window.fetch = async (...request) => {
                const answer = await real(...request);
                if (lost) return answer;
                lost = true;
                throw new TypeError("the answer was lost");
            };
        }"""
    )
    box(page, ROAD).fill("77")
    page.keyboard.press("Enter")
    saved(page)
    assert Observation.objects.count() == 1


def test_villages_are_filled_in_a_table_and_add_up(sign_in: SignIn, world: World) -> None:
    page = sign_in("officer")
    page.goto(f"/so-lieu/{world.places['a'].pk}/thon?ky=2024&so={ROAD}")
    page.locator("tbody [data-col]").first.focus()
    paste(page, "9/10\n3/10")
    saved(page)
    expect(page.locator(f"[data-total={ROAD}]")).to_contain_text("12/20 (60 %)")
    expect(page.locator("td .fx-mark.draft")).to_have_count(2)
    open_grid(page, world)
    expect(line(page, ROAD)).to_contain_text("gộp từ thôn: 12/20 (60 %)")


def test_a_second_person_confirms_what_the_first_entered(sign_in: SignIn, world: World) -> None:
    page = sign_in("officer")
    open_grid(page, world)
    box(page, ROAD).fill("81")
    page.keyboard.press("Enter")
    saved(page)
    page = sign_in("leader")
    page.goto(f"/so-lieu/{world.places['a'].pk}/cho-xac-nhan")
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.locator(".said")).to_contain_text("Đã xác nhận 1 số liệu")
    open_grid(page, world)
    expect(line(page, ROAD).locator(".fx-state")).to_contain_text("Đã xác nhận")


def test_a_saved_number_is_on_the_board_at_once(
    sign_in: SignIn, world: World, record_property: Callable[[str, object], None]
) -> None:
    page, place = sign_in("officer"), world.places["a"]
    board = f"/tieu-chi/{place.pk}/qd-318-2022/xa-ntm/2/?ngay=2024-12-31"
    page.goto(board)
    expect(page.locator("main")).not_to_contain_text("87,65")
    open_grid(page, world)
    box(page, ROAD).fill("87,65")
    started = time.monotonic()
    page.keyboard.press("Enter")
    saved(page)
    page.goto(board)
    expect(page.locator("main")).to_contain_text("87,65")
    record_property("seconds until it was on the board", round(time.monotonic() - started, 2))


def photo() -> bytes:
    out = BytesIO()
    made = Image.new("RGB", (640, 480), "#7fb08a")
    made.paste("#b98a5a", (0, 300, 640, 480))
    made.save(out, "JPEG")
    return out.getvalue()


def test_papers_are_sent_at_once_and_attached(sign_in: SignIn, world: World) -> None:
    page, place = sign_in("officer"), world.places["a"]
    page.goto(f"/minh-chung/{place.pk}/")
    files: list[Any] = [
        {"name": "Quyết định công nhận.pdf", "mimeType": "application/pdf", "buffer": PDF},
        {"name": "Đường thôn.jpg", "mimeType": "image/jpeg", "buffer": photo()},
    ]
    page.locator("#tha-minh-chung input[type=file]").first.set_input_files(files)
    expect(page.locator(".said")).to_contain_text("Đã thêm 2 minh chứng")
    expect(page.locator(".fx-papers li")).to_have_count(2)
    page.get_by_role("link", name="Quyết định công nhận").click()
    page.get_by_label("Số, ký hiệu").fill("12/QĐ-UBND")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_label("Gắn thêm vào số liệu").select_option(ROAD)
    page.get_by_role("button", name="Gắn").click()
    expect(page.locator(".said")).to_contain_text("Đã gắn minh chứng")
    assert EvidenceLink.objects.get().measure == ROAD
    assert Evidence.objects.get(kind="pdf").number == "12/QĐ-UBND"


def test_a_sheet_goes_out_to_excel_and_comes_back(
    sign_in: SignIn, world: World, tmp_path: Path
) -> None:
    from tests.facts.filling import fill

    page, place = sign_in("officer"), world.places["a"]
    open_grid(page, world)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải mẫu Excel").click()
    sheet = tmp_path / "mau.xlsx"
    waiting.value.save_as(sheet)
    filled = fill(sheet.read_bytes(), {ROAD: ("9", "10", "")}, wrong="duong_truc_thon")
    page.goto(f"/so-lieu/{place.pk}/nhap?ky=2024")
    page.locator("input[type=file]").set_input_files(
        {"name": "so-lieu.xlsx", "mimeType": "application/x", "buffer": filled}
    )
    page.get_by_role("button", name="Soát tệp").click()
    expect(page.get_by_role("heading", name="1 dòng cần sửa")).to_be_visible()
    page.get_by_role("button", name="Nhập 1 số liệu").click()
    expect(page.locator(".said")).to_contain_text("Đã nhập 1 số liệu")
    assert number(ROAD).denominator == 10


@pytest.mark.parametrize("width", [360, 1440])
def test_the_sheet_is_shown_beside_what_is_known(
    sign_in: SignIn, world: World, picture: Picture, width: int
) -> None:
    from dinhlang.facts.periods import Period
    from dinhlang.facts.services import importing
    from dinhlang.facts.sheets import workbook
    from tests.facts.filling import fill
    from tests.facts.showing import show

    show(world)
    place, period = world.places["a"], Period.of("2024")
    wanted = grids.Wanted(set_id=grids.EVERYTHING, topic="Giao thông")
    empty = workbook(place, period, grids.grid(place, period, wanted).lines)
    content = fill(empty, {ROAD: ("9", "10", "")}, wrong="khong_co_ma")
    user = world.people["officer"]
    made = importing.bring_in(user, place, period, "so-lieu.xlsx", content, uuid4())
    page = sign_in("officer", width)
    page.goto(f"/so-lieu/nhap/{made.pk}")
    expect(page.locator("main")).to_contain_text("đang có:")
    expect(page.locator("main")).to_contain_text("không ghi lại")
    expect(page.locator("main")).to_contain_text("Hãy chép lại cột Mã số liệu")
    assert_fits(page)
    picture(page, "xem-truoc-excel")


def test_a_paper_sent_from_an_indicator_is_linked_to_it(
    sign_in: SignIn, world: World, picture: Picture
) -> None:
    page, place = sign_in("officer"), world.places["a"]
    page.goto(f"/minh-chung/{place.pk}/?bo=qd-318-2022/xa-ntm&so=2.2")
    expect(page.locator("h2").first).to_contain_text("Minh chứng cho chỉ tiêu 2.2")
    page.locator("#tha-minh-chung input[type=file]").first.set_input_files(
        {"name": "Biên bản.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.locator(".said")).to_contain_text("gắn vào chỉ tiêu 2.2")
    expect(page.locator(".fx-papers li")).to_contain_text("đã gắn vào chỉ tiêu 2.2")
    assert EvidenceLink.objects.get().number == "2.2"
    picture(page, "minh-chung-chi-tieu")


def test_long_topics_fold_on_a_phone(sign_in: SignIn, world: World) -> None:
    page, place = sign_in("officer", 360), world.places["a"]
    page.goto(f"/so-lieu/{place.pk}/?ky=2024&bo=tat-ca")
    folded = page.locator("tbody.fx-folded")
    expect(folded.first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 5000
    first = folded.first.locator(".fx-fold")
    expect(first).to_have_attribute("aria-expanded", "false")
    name = first.inner_text()
    first.click()
    opened = page.locator("tbody", has_text=name.split("\n")[0]).first
    expect(opened.locator("tr[data-unit]").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_fits_and_is_pictured(
    sign_in: SignIn, world: World, picture: Picture, width: int
) -> None:
    from tests.facts.showing import show

    show(world)
    page, pk = sign_in("leader", width), world.places["a"].pk
    paper = Evidence.objects.get(kind="jpeg")
    for name, address in {
        "so-lieu": f"/so-lieu/{pk}/?{TOPIC}",
        "so-lieu-thon": f"/so-lieu/{pk}/thon?ky=2024&so={ROAD}&so=thon_so_do_quy_hoach",
        "mot-so-lieu": f"/so-lieu/{pk}/o/{ROAD}/2024",
        "cho-xac-nhan": f"/so-lieu/{pk}/cho-xac-nhan",
        "dac-diem": f"/so-lieu/{pk}/dac-diem",
        "nhap-excel": f"/so-lieu/{pk}/nhap",
        "minh-chung": f"/minh-chung/{pk}/",
        "mot-minh-chung": f"/minh-chung/tep/{paper.pk}/thong-tin",
    }.items():
        page.goto(address)
        page.wait_for_load_state()
        assert_fits(page)
        picture(page, name)
