"""Papers in a browser: begun from data, written with the sheet beside, finished; own templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from dinhlang.drafting.models import Paper
from dinhlang.drafting.papers.office_files import to_html
from dinhlang.lawbook import selectors as lawbook
from dinhlang.meetings import services as meetings
from dinhlang.papers.writing.composing.forms import FORMS
from tests.assessment.small_law import SET, small_law
from tests.drafting.drafts import enter_gaps
from tests.drafting.papers.making import a_paper, fill, finish, template_file
from tests.meetings.making import AT, decided, held
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
WIDTHS = (360, 1440)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def ready(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> World:
    """Commune A under the small law, with gaps, a plan, offices and one evidence.

    Asked for before the site: its worker would read the plan at the same time.
    """
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(lawbook, "library", small_law)
    enter_gaps(world)
    fill(world)
    return world


@pytest.fixture
def sign_in(ready: World, browser_page: OpenPage, settings: Any) -> SignIn:
    """``sign_in("officer", width)`` is a page of a browser in which that person is signed in."""

    def enter(who: str = "officer", width: int = 1440) -> Page:
        page = browser_page(width)
        client = Client()
        client.force_login(ready.people[who])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.goto("/doc-thu/huong-dan")
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": page.url.split("/doc-thu")[0]}]
        )
        return page

    return enter


def assert_fits(page: Page) -> None:
    """The page is no wider than the screen; on a phone the window itself would grow with it."""
    assert page.viewport_size is not None
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], page.url


def begin(page: Page, kind: str, day: str = "2030-06-20") -> None:
    """Begins a paper from the list, as a person does."""
    page.goto("/van-ban/")
    page.get_by_role("link", name=kind, exact=True).click()
    page.locator("[name=ngay]").fill(day)
    if page.locator("[name=bo]").count():
        page.locator("[name=bo]").select_option(SET)
    page.get_by_role("button", name="Soạn", exact=True).click()
    expect(page.locator("[data-preview] .official")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


def word_of(page: Page) -> str:
    """The words of the Word file that the page offers."""
    with page.expect_download() as given:
        page.get_by_role("link", name="Word", exact=True).click()
    return to_html(Path(given.value.path()).read_bytes())


def test_a_report_is_begun_from_data_written_and_finished(sign_in: SignIn) -> None:
    page = sign_in()
    begin(page, "Báo cáo")
    sheet = page.locator("[data-preview]")
    expect(sheet).to_contain_text("Giao thông")
    page.get_by_label("Kiến nghị, đề xuất").fill("Đề nghị tỉnh bổ sung vốn")
    saved(page)
    expect(sheet).to_contain_text("Đề nghị tỉnh bổ sung vốn.")
    page.get_by_label("Phó Chủ tịch ký thay (KT.)").check()
    page.get_by_label("Số", exact=True).fill("15")
    expect(sheet).to_contain_text("KT. CHỦ TỊCH")
    expect(sheet).to_contain_text("Số: 15/BC-UBND")
    page.reload()
    expect(page.get_by_label("Kiến nghị, đề xuất")).to_have_value("Đề nghị tỉnh bổ sung vốn")
    assert "Đề nghị tỉnh bổ sung vốn" in word_of(page)
    for name, ending in (("PDF", "pdf"), ("Excel", "xlsx")):
        with page.expect_download() as given:
            page.get_by_role("link", name=name, exact=True).click()
        assert re.fullmatch(rf"bao-cao-[a-z0-9-]+\.{ending}", given.value.suggested_filename)
    page.get_by_role("button", name="Hoàn tất").click()
    expect(page.get_by_text("Nội dung và số liệu giữ nguyên từ bây giờ")).to_be_visible()
    assert page.locator("#van-ban").count() == 0
    assert Paper.objects.get().is_finished


def test_rows_of_a_table_are_added_and_dropped(sign_in: SignIn) -> None:
    page = sign_in()
    begin(page, "Biên bản họp")
    page.locator("[data-box=resolutions] li input").first.fill("Xong đường trục thôn")
    saved(page)
    page.get_by_role("button", name="Thêm dòng").click()
    page.keyboard.type("Lắp đèn chiếu sáng")
    expect(page.locator("[data-preview] table")).to_contain_text("Lắp đèn chiếu sáng")
    page.locator("[data-box=resolutions] li").first.get_by_role("button").click()
    expect(page.locator("[data-preview] table")).not_to_contain_text("Xong đường trục")
    saved(page)
    rows = Paper.objects.get().texts["resolutions"]
    assert [row["text"] for row in rows] == ["Lắp đèn chiếu sáng"]


def test_what_was_typed_while_the_line_was_broken_is_sent_later(
    sign_in: SignIn, ready: World
) -> None:
    paper = a_paper(ready, "thong-bao")
    page = sign_in()
    page.goto(f"/van-ban/ban/{paper.pk}")

    page.evaluate("() => { window.fetch = async () => { throw new TypeError('broke'); }; }")
    page.get_by_label("Trích yếu").fill("Kết luận khi mất mạng")
    expect(page.locator("[data-saved]")).to_contain_text("vẫn giữ trong máy này")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(f"/van-ban/ban/{paper.pk}")
    saved(again)
    expect(again.get_by_label("Trích yếu")).to_have_value("Kết luận khi mất mạng")
    paper.refresh_from_db()
    assert paper.texts == {"about": "Kết luận khi mất mạng"}


def test_a_box_that_cannot_be_taken_is_told_beside_it_and_does_not_hold_up_others(
    sign_in: SignIn, ready: World
) -> None:
    paper = a_paper(ready, "thong-bao")
    page = sign_in()
    page.goto(f"/van-ban/ban/{paper.pk}")
    page.get_by_label("Ngày ký").fill("31/2/2030")
    expect(page.locator("[data-box=day] [data-trouble]")).to_contain_text("không phải ngày")
    page.get_by_label("Trích yếu").fill("Vẫn lưu")
    expect(page.locator("[data-preview]")).to_contain_text("Vẫn lưu")
    page.reload()
    expect(page.get_by_label("Ngày ký")).to_have_value("31/2/2030")
    page.get_by_label("Ngày ký").fill("28/2/2030")
    saved(page)
    expect(page.locator("[data-preview]")).to_contain_text("ngày 28 tháng 02 năm 2030")


def test_two_people_on_one_box_are_told_and_nothing_typed_is_lost(
    sign_in: SignIn, ready: World
) -> None:
    paper = a_paper(ready, "thong-bao")
    first, second = sign_in("officer"), sign_in("leader")
    for page in (first, second):
        page.goto(f"/van-ban/ban/{paper.pk}")
    first.get_by_label("Trích yếu").fill("Bản của người thứ nhất")
    saved(first)
    second.get_by_label("Trích yếu").fill("Bản của người thứ hai")
    expect(second.locator("[data-saved]")).to_contain_text("Công Chức Mẫu vừa sửa: Trích yếu")
    expect(second.get_by_label("Trích yếu")).to_have_value("Bản của người thứ hai")
    second.get_by_label("Trích yếu").press_sequentially(" sửa")
    saved(second)
    paper.refresh_from_db()
    assert paper.texts["about"] == "Bản của người thứ hai sửa"


def two_meetings(world: World) -> None:
    """Two closed meetings with a decision each."""
    for title, line in (("Họp tháng 10", "Kế toán gửi đối chiếu vốn"),
                        ("Họp tháng 11", "Địa chính đo lại đường")):  # fmt: skip
        row = held(world, title=title, at=AT if title.endswith("11") else AT - timedelta(days=30))
        decided(world, row, line)
        meetings.close(world.people["leader"], row.pk)


def test_a_notice_follows_the_meeting_that_is_chosen(sign_in: SignIn, ready: World) -> None:
    two_meetings(ready)
    page = sign_in()
    begin(page, "Thông báo kết luận")
    sheet = page.locator("[data-preview]")
    expect(sheet).to_contain_text("Đo lại đường")
    page.get_by_label("Họp tháng 10", exact=False).check()
    expect(sheet).to_contain_text("ửi đối chiếu vốn")
    first = page.locator("[data-box=resolutions] input[name$='.text']").first
    expect(first).to_have_value(re.compile("ửi đối chiếu vốn"))
    expect(page.get_by_label("Trích yếu")).to_have_value("Kết luận họp tháng 10")


def upload(page: Page, content: bytes, name: str = "mau-xa.docx") -> None:
    given: FilePayload = {"name": name, "mimeType": WORD, "buffer": content}
    page.locator("[name=tep]").set_input_files(given)
    page.get_by_role("button", name="Soát và dùng").click()


def test_a_commune_rewords_our_template_in_word_and_its_papers_say_so(
    sign_in: SignIn, ready: World
) -> None:
    page = sign_in("leader")
    page.goto(f"/van-ban/{ready.places['a'].pk}/mau/")
    page.get_by_role("link", name="Thông báo kết luận").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="Tải mẫu có sẵn").click()
    document = docx.Document(str(given.value.path()))
    last = next(line for line in document.paragraphs if "Thông báo để các đơn vị" in line.text)
    last.runs[0].text = "Các thôn nhận thông báo thì làm ngay."
    out = BytesIO()
    document.save(out)
    upload(page, template_file("Kính nhờ {{ ten_xa_khac }}"))
    expect(page.get_by_role("alert")).to_contain_text("ở đoạn “Kính nhờ {{ ten_xa_khac }}”")
    upload(page, out.getvalue())
    expect(page.get_by_text("Mẫu dùng được và đang được dùng")).to_be_visible()
    begin(page, "Thông báo kết luận")
    expect(page.locator("[data-preview]")).to_contain_text("thì làm ngay")
    assert "thì làm ngay" in word_of(page)
    page.get_by_role("link", name="Mẫu của xã").click()
    page.get_by_role("link", name="Thông báo kết luận").click()
    page.get_by_role("button", name="Dùng lại mẫu có sẵn").click()
    expect(page.get_by_text("Đang dùng mẫu có sẵn", exact=False).first).to_be_visible()


def test_every_screen_fits_a_desk_and_a_phone(
    sign_in: SignIn, ready: World, picture: Picture
) -> None:
    finish(ready, a_paper(ready, "bao-cao"))
    two_meetings(ready)
    own = f"/van-ban/{ready.places['a'].pk}"
    pages = {
        "vb-bao-cao": f"/van-ban/ban/{a_paper(ready, 'bao-cao').pk}",
        "vb-phan-cong": f"/van-ban/ban/{a_paper(ready, 'phan-cong').pk}",
        "vb-ban-chi-dao": f"/van-ban/ban/{a_paper(ready, 'ban-chi-dao').pk}",
        "vb-don-doc": f"/van-ban/ban/{a_paper(ready, 'cong-van-don-doc').pk}",
        "vb-thong-bao": f"/van-ban/ban/{a_paper(ready, 'thong-bao').pk}",
        "vb-hoan-tat": f"/van-ban/ban/{finish(ready, a_paper(ready, 'thong-bao')).pk}",
        "vb-danh-sach": f"{own}/", "vb-moi": f"{own}/moi/bao-cao", "vb-cac-mau": f"{own}/mau/",
        "vb-mau": f"{own}/mau/thong-bao/", "vb-xem-mau": f"{own}/mau/bao-cao/xem",
    }  # fmt: skip
    for width in WIDTHS:
        page = sign_in("leader", width)
        page.goto(pages["vb-mau"])
        upload(page, template_file("Kính nhờ {{ ten_xa_khac }} báo gấp giúp"))
        assert_fits(page)
        picture(page, "vb-mau-bi-tu-choi")
        if width == WIDTHS[0]:
            upload(page, FORMS["thong-bao"].template())
        for name, address in pages.items():
            page.goto(address)
            assert_fits(page)
            picture(page, name, full_page=True)
