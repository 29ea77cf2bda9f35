"""What a person does on the page: drop papers, watch, read, click, type, take away."""

from __future__ import annotations

import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from dinhlang.plans import running
from dinhlang.plans.models import Reading
from dinhlang.plans.trial import store
from tests.e2e.fitting import fits
from tests.papers.formats.makers import plan_to_docx, plan_to_pdf

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SAMPLES = Path(__file__).resolve().parents[2] / "samples"

DROP = """async ([files]) => {
  const all = new DataTransfer();
  for (const [name, type, data] of files) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    all.items.add(new File([bytes], name, { type }));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(
      new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: all }));
  }
}"""


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Drops files onto the page, as from the desktop."""
    given = [[name, "", b64encode(data).decode()] for name, data in files]
    page.evaluate(DROP, [given])


def open_sample(page: Page, slug: str = "nang-cao") -> None:
    """Opens a sample and waits for its paper."""
    page.goto("/doc-thu/")
    page.locator(f'form[action="/doc-thu/mau/{slug}"] button').click()
    expect(page.locator(".sheet-of-paper")).to_be_visible()


def forms_of(plan: Path) -> dict[str, bytes]:
    """The same plan as text, Word and PDF."""
    lines = plan.read_text("utf-8").split("\n")
    return {
        "txt": plan.read_bytes(),
        "docx": plan_to_docx(lines),
        "pdf": plan_to_pdf(lines),
    }


@pytest.mark.parametrize("suffix", ["txt", "docx", "pdf"])
def test_each_real_plan_dropped_on_the_page_is_shown_with_marks_that_answer_its_items(
    browser_page: OpenPage, plan_files: list[Path], suffix: str
) -> None:
    page = browser_page(1440)
    for plan in plan_files:
        page.goto("/doc-thu/")
        drop(page, (f"{plan.stem}.{suffix}", forms_of(plan)[suffix]))
        expect(page.locator(".sheet-of-paper .title")).to_be_visible(timeout=60_000)

        mark = page.locator(".sheet-of-paper mark[data-i]").nth(3)
        mark.click()
        lit = page.locator(".item.sel")
        expect(lit).to_have_count(1)
        expect(lit).to_be_in_viewport()
        assert lit.get_attribute("data-id") in (mark.get_attribute("data-i") or "").split()

        last = page.locator(".item[data-kind=phan-cong]").last
        last.click()
        chosen = last.get_attribute("data-id")
        place = page.locator(f'.sheet-of-paper [data-i~="{chosen}"]').first
        expect(place).to_have_class(re.compile(r"\bsel\b"))
        expect(place).to_be_in_viewport()


def test_the_first_page_on_a_machine_that_has_nothing(
    browser_page: OpenPage, picture: Picture
) -> None:
    for width in (1440, 360):
        page = browser_page(width)
        page.goto("/doc-thu/")
        expect(page.get_by_text("Kéo thả văn bản vào đây")).to_be_visible()
        expect(page.get_by_text("Chưa có văn bản nào.")).to_be_visible()
        assert_fits(page)
        picture(page, "trang-dau", full_page=True)


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways."""
    assert fits(page)


def test_while_a_file_hovers_the_page_says_where_to_let_go(
    browser_page: OpenPage, picture: Picture
) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/")
    hover = """(kind) => {
      const all = new DataTransfer();
      all.items.add(new File(["x"], "a.txt"));
      document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, dataTransfer: all }));
    }"""
    page.evaluate(hover, "dragenter")
    expect(page.get_by_text("Thả ra để đọc")).to_be_visible()
    picture(page, "dang-keo")
    page.evaluate(hover, "dragleave")
    expect(page.get_by_text("Kéo thả văn bản vào đây")).to_be_visible()


@pytest.fixture
def slow_reader(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A reader that reports page 5 of 12 and goes on only once it is told to, or stopped."""
    real, go_on = running.extract, threading.Event()

    def extract(path: Path, name: str, progress: Callable[[float, str], None]) -> Any:
        while not go_on.wait(0.02):
            progress(0.42, "Đang đọc trang 5/12")
        return real(path, name, progress)

    monkeypatch.setattr(running, "extract", extract)
    monkeypatch.setattr(running, "WRITE_EVERY", 0.0)
    yield go_on
    go_on.set()


def test_progress_is_shown_and_the_paper_opens_by_itself(
    browser_page: OpenPage, slow_reader: Any, picture: Picture
) -> None:
    for width in (1440, 360):
        slow_reader.clear()
        page = browser_page(width)
        page.goto("/doc-thu/")
        long_name = "Kế hoạch xây dựng nông thôn mới nâng cao xã Làng Mẫu (bản trình ký).txt"
        drop(page, (long_name, (SAMPLES / "kieu-mau-2025.txt").read_bytes()))
        expect(page.get_by_text("Đang đọc trang 5/12 · 42 %")).to_be_visible()
        assert_fits(page)
        picture(page, "dang-doc")
        slow_reader.set()
        expect(page.locator(".sheet-of-paper")).to_be_visible()


def test_a_reading_can_be_stopped_and_leaves_nothing(
    browser_page: OpenPage, slow_reader: Any
) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/")
    drop(page, ("a.txt", (SAMPLES / "kieu-mau-2025.txt").read_bytes()))
    expect(page.get_by_text("Đang đọc trang 5/12")).to_be_visible()
    page.get_by_role("button", name="Dừng").click()
    expect(page.get_by_text("Đã dừng theo yêu cầu. Chưa có gì được lưu lại.")).to_be_visible()
    assert Reading.objects.get().result == ""
    assert not list(store.uploads.folder().iterdir())


def test_a_paper_that_cannot_be_read_says_why_and_another_can_be_tried(
    browser_page: OpenPage, picture: Picture
) -> None:
    for width in (1440, 360):
        page = browser_page(width)
        page.goto("/doc-thu/")
        drop(page, ("ke-hoach-bi-hong.docx", b"PK\x03\x04 broken"))
        expect(page.locator(".reading.failed .trouble")).not_to_be_empty()
        assert_fits(page)
        page.reload()
        picture(page, "khong-doc-duoc")
        drop(page, ("mau.txt", (SAMPLES / "kieu-mau-2025.txt").read_bytes()))
        expect(page.locator(".sheet-of-paper")).to_be_visible()


def test_several_files_give_a_card_each(browser_page: OpenPage, picture: Picture) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/")
    drop(
        page,
        *((path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*-2025.*"))),
        ("trong.txt", b""),
    )
    expect(page.locator(".reading.done")).to_have_count(3)
    expect(page.locator(".reading.failed")).to_have_count(1)
    picture(page, "nhieu-tep", full_page=True)
    page.locator(".reading.done").first.get_by_role("link", name="Mở").click()
    expect(page.locator(".sheet-of-paper")).to_be_visible()


def test_too_many_files_are_refused_before_they_are_sent(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/")
    drop(page, *((f"{n}.txt", b"x") for n in range(11)))
    expect(page.get_by_text("bạn đã chọn 11 tệp")).to_be_visible()
    assert not Reading.objects.exists()


def test_two_quick_submits_of_one_page_make_one_reading(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/")
    page.evaluate(
        """() => {
          const form = document.querySelector('form[action="/doc-thu/mau/kieu-mau"]');
          const send = () => fetch(form.action, { method: "POST", body: new FormData(form) });
          return Promise.all([send(), send()]);
        }"""
    )
    assert Reading.objects.count() == 1


def test_tabs_search_and_empty_kinds(browser_page: OpenPage, picture: Picture) -> None:
    page = browser_page(1440)
    open_sample(page)
    picture(page, "ket-qua")
    everything = page.locator(".item:visible").count()
    for tab in page.locator("[data-tab]").all():
        tab.click()
        slug, count = tab.get_attribute("data-tab"), int(tab.locator(".n").inner_text())
        visible = page.locator(".item:visible" + (f'[data-kind="{slug}"]' if slug else ""))
        expect(visible).to_have_count(count)
        if not count:
            expect(page.locator(f'[data-empty="{slug}"]')).to_be_visible()
        if slug == "kinh-phi":
            visible.nth(2).click()
            picture(page, "the-kinh-phi")
    page.locator('[data-tab="kinh-phi"]').click()
    coloured = page.locator(".sheet-of-paper mark:not(.dim)")
    assert 0 < coloured.count() < page.locator(".sheet-of-paper mark").count()
    page.locator('[data-tab=""]').click()
    expect(page.locator(".sheet-of-paper mark.dim")).to_have_count(0)

    page.get_by_role("searchbox").fill("duong truc xa")
    found = page.locator(".item:visible")
    assert 0 < found.count() < everything
    for text in found.all_inner_texts():
        assert "đường" in text.lower()
    page.get_by_role("searchbox").fill("zzz không có")
    expect(page.get_by_text("Không có mục nào khớp.")).to_be_visible()
    page.get_by_role("button", name="Bỏ tìm kiếm").click()
    expect(page.locator(".item:visible")).to_have_count(everything)


def test_a_place_of_several_items_gives_them_in_turn(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    open_sample(page)
    shared = page.locator('.sheet-of-paper mark[data-i*=" "]').first
    ids = (shared.get_attribute("data-i") or "").split()
    for expected in [*ids, ids[0]]:
        shared.click()
        expect(page.locator(".item.sel")).to_have_attribute("data-id", expected)


def test_a_finding_is_underlined_in_place_and_opens_from_there(
    browser_page: OpenPage, picture: Picture
) -> None:
    page = browser_page(1440)
    open_sample(page)
    wave = page.locator(".sheet-of-paper mark.w-error").first
    wave.scroll_into_view_if_needed()
    wave.click()
    expect(page.locator(".item.finding.sel")).to_be_in_viewport()
    picture(page, "loi-trong-van-ban")


def test_the_items_can_be_walked_and_searched_from_the_keyboard(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    open_sample(page)
    selected = page.locator(".item.sel")
    page.keyboard.press("j")
    expect(selected).to_have_attribute("data-id", "1")
    page.keyboard.press("ArrowDown")
    expect(selected).to_have_attribute("data-id", "2")
    page.keyboard.press("k")
    expect(selected).to_have_attribute("data-id", "1")
    expect(selected.locator(".open")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.paper-pane') !== null")
    page.keyboard.press("l")
    expect(page.locator(".item.finding.sel")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("kinh phi")
    page.keyboard.press("Enter")
    expect(selected.locator(".open")).to_be_focused()


def test_the_table_of_contents_leads_to_its_line(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    open_sample(page)
    page.get_by_text("Mục lục").click()
    link = page.locator(".toc a").last
    line = link.get_attribute("href")
    link.click()
    expect(page.locator(f".sheet-of-paper {line}")).to_be_in_viewport()


def test_on_a_phone_paper_and_items_are_two_panes_and_a_mark_opens_its_item(
    browser_page: OpenPage, picture: Picture
) -> None:
    page = browser_page(360)
    open_sample(page)
    assert_fits(page)
    expect(page.locator(".items-pane")).to_be_hidden()
    picture(page, "ket-qua")
    page.locator(".sheet-of-paper mark[data-i]").first.tap()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    picture(page, "cham-vao-chu")
    bottom = sheet.bounding_box()["y"]  # type: ignore[index]
    lit = page.locator(".sheet-of-paper mark.sel").first.bounding_box()
    assert lit is not None and lit["y"] < bottom
    before = sheet.locator(".item").get_attribute("data-id")
    sheet.get_by_role("button", name="Mục sau").tap()
    expect(sheet.locator(".item")).not_to_have_attribute("data-id", before or "")
    sheet.get_by_role("button", name="Đóng").tap()
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Các mục").tap()
    expect(page.locator(".paper-pane")).to_be_hidden()
    assert_fits(page)
    picture(page, "cac-muc")
    page.locator(".item:visible .open").nth(4).tap()
    expect(page.locator(".paper-pane")).to_be_visible()
    expect(page.locator(".sheet-of-paper .sel").first).to_be_in_viewport()


def test_the_plan_can_be_taken_away_as_excel_and_as_json(
    browser_page: OpenPage, tmp_path: Path
) -> None:
    page = browser_page(1440)
    open_sample(page)
    with page.expect_download() as excel:
        page.get_by_role("link", name="Tải Excel").click()
    assert excel.value.suggested_filename == "ke-hoach-nang-cao-2025.xlsx"
    excel.value.save_as(tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert len(book.get_sheet_by_name("Nhiệm vụ").to_python()) > 1
    with page.expect_download() as data:
        page.get_by_role("link", name="Tải JSON").click()
    data.value.save_as(tmp_path / "a.json")
    plan = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert plan["format"] == "dinhlang.plan/1"
    assert len(plan["tasks"]) == len(book.get_sheet_by_name("Nhiệm vụ").to_python()) - 1


def test_a_result_can_be_deleted_at_once(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    open_sample(page, "kieu-mau")
    address = page.url
    page.get_by_role("button", name="Xóa ngay").click()
    expect(page.get_by_text("Chưa có văn bản nào.")).to_be_visible()
    assert page.goto(address).status == 404  # type: ignore[union-attr]
    assert not Reading.objects.exists()


def test_another_browser_cannot_open_the_result(browser_page: OpenPage) -> None:
    mine, other = browser_page(1440), browser_page(1440)
    open_sample(mine, "kieu-mau")
    answer = other.goto(mine.url.split("#")[0])
    assert answer is not None
    assert answer.status == 404
    expect(other.get_by_text("Không tìm thấy trang này")).to_be_visible()


def test_markup_in_a_paper_is_only_text(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/")
    evil = "<img src=x onerror=document.title='bad'><script>document.title='bad'</script>"
    paper = f"KẾ HOẠCH\nNăm 2030 {evil}\n\nCăn cứ {evil};\nGiao thôn Đông {evil} trước 30/6/2030."
    drop(page, ("<b>x<img src=x>.txt", paper.encode()))
    expect(page.locator(".sheet-of-paper")).to_contain_text("<script>")
    assert page.locator(".result :is(img, script)").count() == 0
    assert page.title() != "bad"


def test_the_first_load_is_small(browser_page: OpenPage) -> None:
    page = browser_page(1440)
    page.goto("/doc-thu/", wait_until="networkidle")
    scripts = page.evaluate(
        """() => performance.getEntriesByType("resource")
          .filter((r) => r.initiatorType === "script").map((r) => r.decodedBodySize)"""
    )
    assert scripts
    assert sum(scripts) < 60 * 1024


def test_the_guide_is_there_at_both_widths(browser_page: OpenPage) -> None:
    for width in (1440, 360):
        page = browser_page(width)
        page.goto("/doc-thu/huong-dan")
        expect(page.get_by_role("heading", name="Hướng dẫn đọc kế hoạch")).to_be_visible()
        assert_fits(page)
