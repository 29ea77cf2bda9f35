"""A year of money of commune A, as pages and browsers show it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from dinhlang.money.models import Need, Source
from dinhlang.money.services import balance
from dinhlang.money.services.following import Item, Stated, follow
from tests.world import World

TY, TRIEU = 10**9, 10**6


def year_of_money(world: World, year: int) -> None:
    """Five needs of a plan and one of our own, four sources, a request, papers at each step."""
    officer, place = world.people["officer"], world.places["a"]
    village = world.places["a2"].pk
    needs = [
        balance.NeedSaid(text="Mở rộng đường trục xã, rãnh thoát nước", amount=17_500 * TRIEU,
                         criterion="2", due=date(year, 12, 31), is_works=True, component="1.2"),
        balance.NeedSaid(text="Nhà đa năng trường tiểu học", amount=6 * TY, criterion="5",
                         due=date(year, 6, 30), is_works=True, component="1.2"),
        balance.NeedSaid(text="Lắp dụng cụ thể thao ngoài trời", amount=100 * TRIEU,
                         criterion="6", due=date(year, 9, 30), component="1.2"),
        balance.NeedSaid(text="Gắn biển địa chỉ số, wifi công cộng", amount=100 * TRIEU,
                         criterion="8", due=date(year, 9, 30), component="1.6"),
        balance.NeedSaid(text="Mô hình phân loại rác tại nguồn", amount=100 * TRIEU,
                         criterion="10", due=date(year, 12, 31), component="1.7"),
    ]  # fmt: skip
    sources = [
        balance.SourceSaid(text="Tỉnh hỗ trợ khi được công nhận", kind="province", amount=2 * TY,
                           condition="xã được công nhận đạt chuẩn"),
        balance.SourceSaid(text="Xã được để lại từ đấu giá đất", kind="land", amount=8 * TY,
                           condition="đấu giá xong", condition_is_work=True,
                           expected=date(year, 6, 30)),
        balance.SourceSaid(text="Nhân dân đóng góp", kind="people_cash", amount=500 * TRIEU),
    ]  # fmt: skip
    follow(
        officer, place, year, "plan:1",
        [Item(at, said, f"Kế hoạch nâng cao {year}, dòng {150 + at}")
         for at, said in enumerate(needs, 10)],
        [Item(at, said, f"Kế hoạch nâng cao {year}, dòng {150 + at}")
         for at, said in enumerate(sources, 20)],
        Stated(23_800 * TRIEU, 10_300 * TRIEU, -13_300 * TRIEU, "UBND tỉnh",
               f"Kế hoạch nâng cao {year}"),
    )  # fmt: skip
    balance.add_need(officer, place, year, balance.NeedSaid(
        text="Nhà văn hóa thôn Đình Hạ", amount=1_200 * TRIEU, criterion="6", village=village,
        due=date(year, 8, 31), is_works=True), uuid4())  # fmt: skip
    balance.add_source(officer, place, year, balance.SourceSaid(
        text="Ngân sách xã", kind="commune", amount=1_500 * TRIEU, expected=date(year, 1, 15),
        paper=f"Nghị quyết 20/NQ-HĐND dự toán {year}"), uuid4())  # fmt: skip
    balance.add_source(officer, place, year, balance.SourceSaid(
        text="Hỗ trợ phần còn thiếu", kind="province", amount=10 * TY, asked_of="UBND tỉnh",
        paper=f"Tờ trình 31/TTr-UBND năm {year}"), uuid4())  # fmt: skip
    _papers(world, year)


def _papers(world: World, year: int) -> None:
    officer = world.people["officer"]

    def write(need: str, source: str | None, step: str, amount: int, day: date, paper: str) -> None:
        said = balance.Moved(
            need=Need.objects.get(text__startswith=need).pk,
            source=Source.objects.get(text__startswith=source).pk if source else None,
            step=step, amount=amount, day=day, paper=paper,
        )  # fmt: skip
        balance.move(officer, said, uuid4())

    hall, tools = "Nhà đa năng", "Lắp dụng cụ"
    write(hall, "Xã được", "planned", 5_500 * TRIEU, date(year, 1, 10), "Kế hoạch phân bổ")
    write(hall, "Nhân dân", "planned", 300 * TRIEU, date(year, 1, 10), "Kế hoạch phân bổ")
    write(hall, "Ngân sách xã", "allocated", 800 * TRIEU, date(year, 1, 20), "QĐ 12/QĐ-UBND")
    write(hall, "Ngân sách xã", "disbursed", 500 * TRIEU, date(year, 3, 5), "Phiếu chi 14")
    write(hall, None, "completed", 950 * TRIEU, date(year, 3, 1), "Biên bản nghiệm thu số 1")
    write(tools, "Ngân sách xã", "planned", 100 * TRIEU, date(year, 1, 10), "Kế hoạch phân bổ")
