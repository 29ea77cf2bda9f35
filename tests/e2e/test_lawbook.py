"""A province completes a set: workbook out, filled, in, mended, previewed, approved, in force."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from dinhlang.lawbook import samples
from dinhlang.lawbook.models import LawText, Loading
from dinhlang.people.roles import Role
from tests.e2e.test_reader_page import assert_fits
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]

NUMBER = "19/2026/QĐ-MẪU"
SET = "/bo-tieu-chi/qd-19-2026-qd-mau-99/xa-ntm"
SAID = {
    "Số quyết định *": NUMBER,
    "Cơ quan ban hành *": "UBND tỉnh An Mẫu (không có thật)",
    "Ngày ban hành *": "02/02/2026",
    "Trích yếu": "Bộ tiêu chí thử của tỉnh An Mẫu",
    "Có hiệu lực từ ngày *": "15/02/2026",
    "Cách nạp *": "Bộ mới",
    "Bộ gốc": "",
    "Tên bộ tiêu chí *": "Bộ tiêu chí thử về xã nông thôn mới của tỉnh An Mẫu",
    "Số chỉ tiêu theo quyết định": "16",
}


@pytest.fixture
def sign_in(browser_page: OpenPage, world: World, settings: Any) -> SignIn:
    """``sign_in("office", width)`` is a page of a browser in which that person is signed in."""
    province = world.places["province"]
    province.code = "99"
    province.save()
    world.add_person("office", "Điều Phối Tỉnh Mẫu", Role.COORDINATOR, "province")
    world.add_person("chief", "Phó Điều Phối Mẫu", Role.COORDINATOR, "province")

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


def filled(template: bytes) -> bytes:
    """The workbook as an official fills it, with one slip: 950 instead of 95."""
    with CalamineWorkbook.from_filelike(io.BytesIO(template)) as book:
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    table = sheets["Tiêu chí"]
    at = {heading: place for place, heading in enumerate(table[0])}
    for row in table[1:]:
        if not row[at["Số tiêu chí"]]:
            continue
        if not row[at["Tên chỉ tiêu"]]:
            row[at["Tên chỉ tiêu"]] = f"Nội dung khác của tiêu chí {row[at['Tên tiêu chí']]}"
            row[at["Kiểu yêu cầu"]] = "Đạt"
        elif row[at["Kiểu yêu cầu"]] in ("≥", "≤"):
            for group, value in (("Nhóm 1", "8"), ("Nhóm 2", "9"), ("Nhóm 3", "10")):
                row[at[group]] = value
        if row[at["Mã số liệu"]] == "ty_le_nuoc_sach":
            row[at["Nhóm 1"]] = "950"
        row[at["Nguồn (điều, phụ lục, trang)"]] = "Phụ lục, trang 1"
    for row in sheets["Quyết định"]:
        row[1] = SAID.get(row[0], row[1])
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, lines in sheets.items():
            sheet = made.add_worksheet(name)
            for top, line in enumerate(lines):
                for left, value in enumerate(line):
                    sheet.write(top, left, value)
    return out.getvalue()


def keep(picture: Picture, desk: Page, phone: Page, name: str, address: str) -> None:
    """One screen at both widths, which it has to fit."""
    for page in (desk, phone):
        page.goto(address)
        assert_fits(page)
        picture(page, name)


def test_a_province_completes_a_set_from_the_workbook_and_a_second_person_approves(
    sign_in: SignIn, picture: Picture
) -> None:
    began = time.monotonic()
    office, phone = sign_in("office"), sign_in("office", 360)
    office.goto("/bo-tieu-chi/")
    office.locator(".law-card", has_text="51/2025/QĐ-TTg").get_by_role(
        "link", name="Nạp phần còn thiếu"
    ).first.click()
    with office.expect_download() as download:
        office.get_by_role("link", name="bảng Excel của bộ này").click()
    with open(download.value.path(), "rb") as file:
        content = filled(file.read())

    office.get_by_label("Ban hành một bộ mới").check()
    keep_form = office.url
    office.get_by_label("Áp dụng ở").select_option(label="Tỉnh An Mẫu")
    office.get_by_label("Tệp Excel đã điền").set_input_files(
        {"name": "bo-tieu-chi-tinh.xlsx", "mimeType": "application/x", "buffer": content}
    )
    office.get_by_role("button", name="Đọc bảng").click()

    expect(office.get_by_role("heading", name="Còn 1 chỗ phải sửa")).to_be_visible()
    loading = Loading.objects.get()
    keep(picture, office, phone, "bo-tieu-chi-soat", f"/bo-tieu-chi/nap/{loading.pk}")
    office.get_by_role("link", name="Dòng 13, Nhóm 1").click()
    wrong = office.get_by_label("Nhóm 1", exact=True)
    expect(wrong).to_be_focused()
    assert_fits(office)
    wrong.fill("95")
    office.get_by_role("button", name="Lưu", exact=True).last.click()

    expect(office.get_by_role("heading", name="Bảng đã đúng")).to_be_visible()
    expect(office.get_by_text("Người duyệt được:")).to_contain_text("Phó Điều Phối Mẫu")
    expect(office.get_by_text("Người duyệt được:")).not_to_contain_text("Điều Phối Tỉnh Mẫu")
    expect(office.locator(".law-diff").first).to_be_visible()
    changes = f"/bo-tieu-chi/nap/{loading.pk}?sua=0#thay-doi"
    keep(picture, office, phone, "bo-tieu-chi-thay-doi", changes)
    office.get_by_role("button", name="Trình duyệt").click()
    expect(office.get_by_text("Bạn đã nạp hoặc sửa bản này")).to_be_visible()
    expect(office.get_by_role("button", name="Đã đối chiếu")).to_have_count(0)

    chief, chiefs_phone = sign_in("chief"), sign_in("chief", 360)
    text = LawText.objects.get()
    keep(picture, chief, chiefs_phone, "bo-tieu-chi-duyet", f"/bo-tieu-chi/ban/{text.pk}")
    chief.goto("/bo-tieu-chi/")
    chief.get_by_role("link", name="Xem và duyệt").click()
    chief.get_by_role("button", name="Đã đối chiếu, duyệt").click()
    expect(chief.get_by_text("Đã duyệt.")).to_be_visible()

    officer, officers_phone = sign_in("officer"), sign_in("officer", 360)
    officer.goto("/bo-tieu-chi/?ngay=2026-03-01")
    officer.get_by_role("link", name="Bộ tiêu chí thử về xã nông thôn mới").first.click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("tỉnh An Mẫu")
    expect(officer.get_by_text("Bộ mẫu, không có thật")).to_be_visible()
    row = officer.locator(".law-indicators li", has_text="nước sạch theo quy chuẩn")
    expect(row).to_contain_text("≥ 95 % (nhóm 1); 9 % (nhóm 2); 10 % (nhóm 3)")
    expect(row).to_contain_text("số liệu mẫu")
    expect(row).to_contain_text(f"Quyết định {NUMBER}, Phụ lục, trang 1")
    expect(officer.get_by_text("Đang áp dụng")).to_be_visible()
    keep(picture, officer, officers_phone, "bo-tieu-chi-bo", f"{SET}?ngay=2026-03-01")
    keep(picture, office, phone, "bo-tieu-chi-nap", keep_form)
    keep(picture, office, phone, "bo-tieu-chi", "/bo-tieu-chi/?ngay=2026-03-01")
    assert time.monotonic() - began < 600, "ten minutes are promised, typing aside"


def test_a_pasted_table_is_corrected_returned_with_a_reason_and_sent_again(
    sign_in: SignIn,
) -> None:
    office, chief = sign_in("office"), sign_in("chief")
    office.goto("/bo-tieu-chi/nap")
    office.get_by_text("Hoặc dán bảng chép từ Word, Excel").click()
    office.get_by_label("Bảng, kể cả dòng tiêu đề cột").fill(
        "TT\tTên tiêu chí\tNội dung tiêu chí\tNhóm 1\tNhóm 2\tNhóm 3\n"
        "1\tHạ tầng\t1.1. Tỷ lệ đường thôn sạch\t≥ 95%\t≥ 90%\ttùy nơi\n"
    )
    office.get_by_role("button", name="Đọc bảng").click()
    about = office.locator("#quyet-dinh")
    for label, value in (
        ("Số quyết định", "20/2026/QĐ-MẪU"), ("Cơ quan ban hành", "UBND tỉnh An Mẫu"),
        ("Ngày ban hành", "02/02/2026"), ("Có hiệu lực từ ngày", "15/02/2026"),
        ("Tên bộ tiêu chí", "Bộ dán"),
    ):  # fmt: skip
        about.get_by_label(label).first.fill(value)
    about.get_by_label("Mức").select_option(label="Nông thôn mới")
    about.get_by_label("Áp dụng cho").select_option(label="Xã")
    about.get_by_role("button", name="Lưu").click()
    expect(office.get_by_role("heading", name="Còn 1 chỗ phải sửa")).to_be_visible()
    office.get_by_role("link", name="Dòng 2, Nhóm 3").click()
    office.get_by_label("Nhóm 3", exact=True).fill("UBND cấp tỉnh quy định")
    office.get_by_role("button", name="Lưu", exact=True).last.click()
    office.get_by_role("button", name="Trình duyệt").click()
    expect(office.get_by_text("Chờ duyệt")).to_be_visible()

    chief.goto("/bo-tieu-chi/")
    chief.get_by_role("link", name="Xem và duyệt").click()
    chief.get_by_label("Lý do trả lại").fill("Nhóm 2 trong văn bản là 85%")
    chief.get_by_role("button", name="Trả lại").click()
    expect(chief.get_by_text("Nhóm 2 trong văn bản là 85%")).to_be_visible()

    office.goto("/bo-tieu-chi/")
    office.get_by_role("link", name="20/2026/QĐ-MẪU").first.click()
    expect(office.get_by_text("Nhóm 2 trong văn bản là 85%")).to_be_visible()
    office.get_by_role("link", name="Sửa dòng 2").click()
    office.get_by_label("Nhóm 2", exact=True).fill("≥ 85%")
    office.get_by_role("button", name="Lưu", exact=True).last.click()
    office.get_by_role("button", name="Trình duyệt").click()
    chief.goto("/bo-tieu-chi/")
    chief.get_by_role("link", name="Xem và duyệt").click()
    chief.get_by_role("button", name="Đã đối chiếu, duyệt").click()
    expect(chief.get_by_text("Đã duyệt.")).to_be_visible()


WRITTEN = """format: dinhlang.criteria/1
id: qd-22-2026-mau/xa-ntm
title: Bộ viết tay thử của tỉnh An Mẫu
short: Viết tay thử
level: ntm
subject: commune
valid_from: 2026-02-15
decision: {number: 22/2026/QĐ-MẪU, issuer: UBND tỉnh An Mẫu, date: 2026-02-02, checked: sample}
territory: {code: "99", name: An Mẫu}
sample: true
criteria:
  - number: "1"
    name: Hạ tầng
    checked: sample
    indicators:
      - number: "1.1"
        name: Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn
        checked: sample
        requirement: {at_least: {measure: ty_le_nuoc_sach, value: 950}}
"""


def test_words_that_change_the_law_are_read_or_asked_and_a_file_goes_the_same_way(
    sign_in: SignIn, picture: Picture
) -> None:
    office, phone = sign_in("office"), sign_in("office", 360)
    office.goto("/bo-tieu-chi/nap")
    office.get_by_text("Hoặc dán bảng chép từ Word, Excel").click()
    office.get_by_label("Bảng, kể cả dòng tiêu đề cột").fill(
        "TT\tTên tiêu chí\tNội dung tiêu chí\tChỉ tiêu chung\tNhóm 1\tNhóm 2\tNhóm 3\n"
        "1\tXã hội\t1.1. Tỷ lệ người dân tham gia bảo hiểm y tế (áp dụng đạt cho cả nam và nữ)"
        "\t\t≥ 95%\t≥ 90%\t\n"
        "\t\t1.2. Nghĩa trang (nếu có) bảo đảm yêu cầu\tĐạt\t\t\t\n"
        "\t\t1.3. Mô hình nổi trội\tÍt nhất 01 trong 03 nội dung: (a) sản xuất; (b) giáo dục; "
        "(c) văn hóa\t\t\t\n"
        "\t\t1.4. Duy trì liên tục 3 năm không có khiếu kiện\tĐạt\t\t\t\n"
        "\t\t1.5. Thu nhập bình quân đầu người\tcao hơn 10% so với xã nông thôn mới nâng cao"
        "\t\t\t\n"
    )
    office.get_by_role("button", name="Đọc bảng").click()
    about = office.locator("#quyet-dinh")
    for key, value in (
        ("number", "21/2026/QĐ-MẪU"), ("issuer", "UBND tỉnh An Mẫu"), ("date", "02/02/2026"),
        ("valid_from", "15/02/2026"), ("set_title", "Bộ dán có lời kèm"),
    ):  # fmt: skip
        about.locator(f"[name={key}]").fill(value)
    about.locator("[name=level]").select_option(label="Nông thôn mới kiểu mẫu")
    about.locator("[name=subject]").select_option(label="Xã")
    about.get_by_role("button", name="Lưu").click()
    expect(office.get_by_role("heading", name="Còn 3 chỗ phải sửa")).to_be_visible()
    expect(office.get_by_role("button", name="Trình duyệt")).to_have_count(0)
    rows = office.locator(".law-row")
    expect(rows.nth(0)).to_contain_text("(đạt cho cả nam và nữ)")
    expect(rows.nth(1)).to_contain_text("chỉ xét khi có nghĩa trang")
    expect(rows.nth(2)).to_contain_text("Ít nhất 1 trong 3 nội dung")
    table = Loading.objects.get()
    keep(picture, office, phone, "bo-tieu-chi-hoi", f"/bo-tieu-chi/nap/{table.pk}")
    rows.nth(0).get_by_role("button", name="Quyết định không nói").click()
    expect(rows.nth(0)).to_contain_text("(chưa nạp) (nhóm 3)")
    rows.nth(3).get_by_role("button", name="Yêu cầu đã thể hiện").click()
    expect(rows.nth(3)).to_contain_text("Đã xác nhận: “liên tục 3 năm không có khiếu kiện”")
    office.get_by_role("link", name="Dòng 6, Bộ tiêu chí khác").click()
    form = office.locator(".law-row-form")
    expect(form.locator("[name=other]")).to_be_focused()
    form.locator("[name=other]").select_option("qd-318-2022/xa-nang-cao")
    form.locator("[name=other_number]").fill("10")
    assert_fits(office)
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(office.get_by_role("heading", name="Bảng đã đúng")).to_be_visible()
    expect(rows.nth(4)).to_contain_text("1,1 lần mức của chỉ tiêu 10")
    office.get_by_role("button", name="Trình duyệt").click()
    expect(
        office.get_by_role("heading", name="Lời văn người nạp cho là đã thể hiện")
    ).to_be_visible()

    office.goto("/bo-tieu-chi/nap")
    office.locator("[name=tep]").set_input_files(
        {"name": "bo.yaml", "mimeType": "text/yaml", "buffer": WRITTEN.encode()}
    )
    office.get_by_role("button", name="Đọc bảng").click()
    expect(office.get_by_text("Dòng 19")).to_be_visible()
    file = Loading.objects.exclude(pk=table.pk).get()
    keep(picture, office, phone, "bo-tieu-chi-tep", f"/bo-tieu-chi/nap/{file.pk}")
    office.get_by_label("Tệp đã sửa").set_input_files(
        {
            "name": "bo.yaml", "mimeType": "text/yaml",
            "buffer": WRITTEN.replace("950", "95").encode(),
        }
    )  # fmt: skip
    office.get_by_role("button", name="Thay tệp").click()
    expect(office.get_by_role("heading", name="Tệp đã đúng")).to_be_visible()
    office.get_by_role("button", name="Trình duyệt").click()
    chief = sign_in("chief")
    text = LawText.objects.get(number="22/2026/QĐ-MẪU")
    chief.goto(f"/bo-tieu-chi/ban/{text.pk}")
    chief.get_by_role("button", name="Đã đối chiếu, duyệt").click()
    expect(chief.get_by_text("Đã duyệt.")).to_be_visible()


def test_the_sample_of_the_demo_is_read_on_a_phone(world: World, sign_in: SignIn) -> None:
    phone = sign_in("officer", 360)
    samples.load(world.people["office"], world.people["chief"], world.places["province"])
    phone.goto("/bo-tieu-chi/qd-01-2026-qd-mau-99/xa-ntm")
    expect(phone.get_by_text("không dùng để đánh giá hay công nhận")).to_be_visible()
    assert_fits(phone)
