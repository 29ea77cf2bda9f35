"""Support and contributions in a real browser: a list typed and pasted, a receipt, the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from dinhlang.money.models import Beneficiary, Pledge, Policy, Receipt
from dinhlang.money.services import contributions, policies
from tests.e2e.fitting import fits
from tests.money.giving import a_household, a_pledge, a_policy, a_receipt, check, identity, pay
from tests.world import World, world

__all__ = ["world"]

OpenPage = Callable[..., Page]
Picture = Callable[..., None]
SignIn = Callable[..., Page]
LONG = "Nguyễn Thị Hồng Nhung Khuê (chủ hộ cũ: Trần Văn Nghiêm)"


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


def a_year(world: World) -> dict[str, Any]:
    """A policy with its list, pledges with receipts; all of this year."""
    today = timezone.localdate()
    policy = a_policy(
        world, year=today.year, name="Hỗ trợ xử lý nước thải hộ gia đình", most=20,
        total=20_000_000, groups=("hộ nghèo", "hộ cận nghèo", "người có công"),
    )  # fmt: skip
    rows = [
        a_household(
            world, policy, name, identity=identity(at), address=f"Xóm {at % 3 + 1}",
            village=world.places["a1" if at % 2 else "a2"].pk,
        )
        for at, name in enumerate((LONG, "Lê Thị Ba", "Phạm Văn Tư", "Đỗ Văn Sáu"), 1)
    ]  # fmt: skip
    a_household(world, policy, "Vũ Thị Khá", group="hộ khá")
    check(world, policy, rows[:3], today)
    pay(world, policy, rows[:1], today)
    late = today - timedelta(days=20)
    village = world.places["a1"].pk
    road = "Làm đường ngõ xóm"
    cash = a_pledge(world, "Dòng họ Nguyễn", year=today.year, village=village, amount=25_000_000,
                    purpose=road, due=late)  # fmt: skip
    labour = a_pledge(world, "Thôn Đình Hạ", year=today.year, kind="people_labour",
                      quantity=80_000, price=250_000, village=world.places["a2"].pk,
                      purpose="Rãnh thoát nước")  # fmt: skip
    a_pledge(world, "Gia đình bà Ba", year=today.year, village=village, purpose=road, due=late)
    a_receipt(world, of=cash, amount=15_000_000, day=today)
    receipt = a_receipt(world, of=labour, quantity=52_000, day=today)
    wrong = a_receipt(world, "Ghi nhầm", day=today, amount=300_000)
    contributions.cancel_receipt(
        world.people["officer"], wrong.pk, "ghi nhầm người nộp", today, uuid4()
    )  # fmt: skip
    item = {"id": 1, "amount": 20_000_000, "per": "thôn", "basis": "36/2022/QĐ-UBND",
            "text": "Thưởng mỗi thôn đạt chuẩn kiểu mẫu 20 triệu đồng"}  # fmt: skip
    place = world.places["a"]
    policies.propose(None, place, today.year, "plan:1", [item], "Kế hoạch năm (phiên bản 1)")
    return {"policy": policy, "rows": rows, "pledge": cash, "receipt": receipt, "place": place}


def test_a_list_is_typed_line_by_line_and_kept(sign_in: SignIn, world: World) -> None:
    policy = a_policy(world, year=timezone.localdate().year)
    page = sign_in("officer")
    page.goto(f"/ho-tro/chinh-sach/{policy.pk}")
    line = page.locator("tr.new").first
    line.get_by_label("Họ và tên").fill("Lê Thị Ba")
    line.get_by_label("Số định danh hoặc CCCD").fill("001 099 012 345")
    line.get_by_label("Đối tượng").fill("hộ nghèo")
    line.get_by_label("Họ và tên").press("Enter")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu.")
    row = Beneficiary.objects.get()
    assert (row.name, row.identity, row.amount) == ("Lê Thị Ba", "001099012345", 1_000_000)

    second = page.locator("tr.new").first
    second.get_by_label("Họ và tên").fill("Tên khác")
    second.get_by_label("Số định danh hoặc CCCD").fill("001099012345")
    second.get_by_label("Số định danh hoặc CCCD").press("Enter")
    expect(page.get_by_text("Trùng số định danh")).to_be_visible()
    expect(page.locator("[data-saved]")).to_contain_text("1 dòng chưa lưu được")
    assert Beneficiary.objects.count() == 1
    reason = page.locator("tr.bad .sp-reason")
    reason.fill("hai công trình ở hai thửa đất")
    reason.press("Enter")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu.")
    assert Beneficiary.objects.get(name="Tên khác").double_reason
    expect(page.locator('[data-total="count"]')).to_have_text("2")


def test_a_block_from_excel_is_pasted_and_every_line_saved(sign_in: SignIn, world: World) -> None:
    policy = a_policy(world, year=timezone.localdate().year)
    page = sign_in("officer")
    page.goto(f"/ho-tro/chinh-sach/{policy.pk}")
    page.locator("tr.new").first.get_by_label("Họ và tên").focus()
    block = "\n".join(
        f"Hộ số {at}\tĐình Thượng\t{identity(at)}\tXóm {at}\thộ nghèo\t1" for at in range(1, 9)
    )
    page.evaluate(
        """(words) => {
          const data = new DataTransfer();
          data.setData("text/plain", words);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        block,
    )
    expect(page.locator('[data-total="count"]')).to_have_text("8")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu.")
    assert set(Beneficiary.objects.values_list("village", flat=True)) == {world.places["a1"].pk}
    page.reload()
    expect(page.locator("tr[data-row]:not(.new)")).to_have_count(8)


def test_a_lost_line_is_sent_again(sign_in: SignIn, world: World) -> None:
    policy = a_policy(world, year=timezone.localdate().year)
    page = sign_in("officer")
    page.goto(f"/ho-tro/chinh-sach/{policy.pk}")
    page.evaluate("() => { window.there = fetch; window.fetch = () => Promise.reject('away'); }")
    name = page.locator("tr.new").first.get_by_label("Họ và tên")
    name.fill("Mất mạng")
    name.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Mất kết nối")
    page.evaluate("() => { window.fetch = window.there; }")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu.", timeout=60_000)
    assert Beneficiary.objects.get().name == "Mất mạng"


def test_a_line_left_again_while_it_is_on_its_way_is_sent_again(
    sign_in: SignIn, world: World
) -> None:
    policy = a_policy(world, year=timezone.localdate().year)
    page = sign_in("officer")
    page.goto(f"/ho-tro/chinh-sach/{policy.pk}")
    page.evaluate(
        """() => {
          const there = fetch;
          window.fetch = async (address, options) => {
            if (options?.method === "POST") await new Promise((done) => { window.goOn = done; });
            return there(address, options);
          };
        }"""
    )
    line = page.locator("tr.new").first.element_handle()
    assert line is not None
    name = line.query_selector("[data-field=name]")
    address = line.query_selector("[data-field=address]")
    assert name is not None and address is not None
    name.fill("Lê Thị Ba")
    name.press("Enter")
    address.fill("Xóm Đình")
    address.press("Enter")
    page.evaluate("goOn()")
    page.wait_for_function("() => document.querySelectorAll('tr[data-row]:not(.new)').length === 1")
    page.evaluate("goOn()")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu.")
    row = Beneficiary.objects.get()
    assert (row.name, row.address) == ("Lê Thị Ba", "Xóm Đình")


def test_a_line_that_was_not_sent_outlives_the_browser(sign_in: SignIn, world: World) -> None:
    policy = a_policy(world, year=timezone.localdate().year)
    page = sign_in("officer")
    page.goto(f"/ho-tro/chinh-sach/{policy.pk}")
    page.evaluate("() => { window.fetch = () => Promise.reject('away'); }")
    name = page.locator("tr.new").first.get_by_label("Họ và tên")
    name.fill("Mất điện")
    name.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Mất kết nối")
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/doc-thu/huong-dan")
    page.goto(address)
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu.")
    expect(page.locator("tr[data-row]:not(.new)")).to_have_count(1)
    assert Beneficiary.objects.get().name == "Mất điện"
    page.reload()
    expect(page.locator("tr[data-row]:not(.new)")).to_have_count(1)
    assert page.evaluate("Object.keys(localStorage).filter((k) => /ho-tro/.test(k)).length") == 0


def test_checked_then_paid_then_the_list_to_sign(
    sign_in: SignIn, world: World, tmp_path: Path
) -> None:
    found = a_year(world)
    page = sign_in("officer")
    page.goto(f"/ho-tro/chinh-sach/{found['policy'].pk}?muc=dat")
    page.get_by_label("Tích tất cả các dòng").check()
    expect(page.locator("[data-ticked]")).to_have_text("(2)")
    page.get_by_label("Chứng từ chi").fill("Phiếu chi số 12")
    page.get_by_role("button", name="Ghi đã chi").click()
    expect(page.get_by_text("Đã ghi chi 2 dòng")).to_be_visible()
    assert Beneficiary.objects.exclude(paid_on=None).count() == 3
    page.goto(f"/ho-tro/chinh-sach/{found['policy'].pk}/bang-ke?muc=chi")
    expect(page.locator("article.official")).to_contain_text("Ba triệu đồng")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải PDF").click()
    path = tmp_path / "bang-ke.pdf"
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_plans_proposal_becomes_a_policy(sign_in: SignIn, world: World) -> None:
    found = a_year(world)
    page = sign_in("officer")
    page.goto(f"/ho-tro/{found['place'].pk}")
    page.get_by_role("link", name="Xem lại và lập chính sách").click()
    expect(page.get_by_label("Mức hỗ trợ")).to_have_value("20 triệu")
    page.get_by_label("Tên chính sách").fill("Thưởng thôn kiểu mẫu")
    page.get_by_role("button", name="Lưu chính sách").click()
    expect(page.get_by_role("heading", name="Thưởng thôn kiểu mẫu")).to_be_visible()
    assert Policy.objects.latest("pk").origin_ref == "plan:1:1"


def test_from_a_promise_to_a_receipt_to_the_public_page(
    sign_in: SignIn, browser_page: OpenPage, world: World
) -> None:
    place, year = world.places["a"].pk, timezone.localdate().year
    page = sign_in("officer")
    page.goto(f"/dong-gop/{place}/them")
    page.get_by_label("Người đóng góp").fill("Gia đình bà Ba")
    page.get_by_label("Loại").select_option("people_labour")
    expect(page.get_by_label("Đơn vị")).to_have_value("ngày công")
    page.get_by_label("Số lượng").fill("12")
    page.get_by_label("Đơn giá quy đổi").fill("250.000")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã ghi đăng ký của Gia đình bà Ba")).to_be_visible()
    page.get_by_role("link", name="Lập phiếu thu").last.click()
    expect(page.get_by_label("Số lượng")).to_have_value("12")
    page.get_by_role("button", name="Lập phiếu").click()
    expect(page.get_by_text(f"Số: 001/{year}")).to_be_visible()
    expect(page.locator(".sp-slip")).to_contain_text("3.000.000 đồng")
    assert Pledge.objects.get().amount == Receipt.objects.get().amount == 3_000_000

    leader = sign_in("leader")
    leader.goto(f"/dong-gop/{place}/cong-bo")
    leader.get_by_role("button", name="Công khai như dưới đây").click()
    expect(leader.get_by_text("Đã công khai sổ đóng góp")).to_be_visible()
    stranger = browser_page(360)
    stranger.goto(f"/dong-gop/{place}/cong-khai")
    expect(stranger.get_by_text("Gia đình bà Ba")).to_be_visible()
    assert fits(stranger)


def test_a_removed_pledge_comes_back_by_one_click(sign_in: SignIn, world: World) -> None:
    pledge = a_pledge(world, year=timezone.localdate().year)
    page = sign_in("officer")
    page.goto(f"/dong-gop/dang-ky/{pledge.pk}")
    page.get_by_role("button", name="Xóa đăng ký này").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã khôi phục")).to_be_visible()
    pledge.refresh_from_db()
    assert pledge.removed_at is None


@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_fits_and_is_pictured(
    sign_in: SignIn, browser_page: OpenPage, picture: Picture, world: World, width: int
) -> None:
    found = a_year(world)
    place, policy = found["place"].pk, found["policy"].pk
    page = sign_in("leader", width)
    page.goto(f"/dong-gop/{place}/cong-bo")
    page.get_by_role("button", name="Công khai như dưới đây").click()
    pages = {
        "ho-tro": f"/ho-tro/{place}",
        "ho-tro-lap": f"/ho-tro/{place}/them",
        "ho-tro-danh-sach": f"/ho-tro/chinh-sach/{policy}",
        "ho-tro-bang-ke": f"/ho-tro/chinh-sach/{policy}/bang-ke?muc=tat-ca",
        "ho-tro-mot-ho": f"/ho-tro/nguoi/{found['rows'][1].pk}",
        "ho-tro-nhap": f"/ho-tro/chinh-sach/{policy}/nhap",
        "dong-gop": f"/dong-gop/{place}",
        "dong-gop-dang-ky": f"/dong-gop/dang-ky/{found['pledge'].pk}",
        "dong-gop-so-thu": f"/dong-gop/{place}/so-thu",
        "dong-gop-lap-phieu": f"/dong-gop/{place}/thu?dang-ky={found['pledge'].pk}",
        "dong-gop-phieu": f"/dong-gop/phieu/{found['receipt'].pk}",
        "dong-gop-cong-bo": f"/dong-gop/{place}/cong-bo",
    }
    for name, path in pages.items():
        page.goto(path)
        assert fits(page), name
        if name == "ho-tro-danh-sach" and width == 360:
            page.locator("tr[data-row]").nth(1).evaluate("(row) => row.scrollIntoView()")
        picture(page, name, full_page=width == 1440)
    stranger = browser_page(width)
    stranger.goto(f"/dong-gop/{place}/cong-khai")
    assert fits(stranger)
    picture(stranger, "dong-gop-cong-khai", full_page=width == 1440)
