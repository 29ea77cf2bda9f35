"""Money of the sample commune: what its plan brought, and a year of papers. All made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from dinhlang.money.models import Need, Source
from dinhlang.money.services import balance
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .cast import COMMUNE

MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Work:
    """A need of our own beside the plan's: đồng in millions, ``due`` in days from today."""

    text: str
    million: int
    criterion: str
    village: str
    due: int
    component: str = "1.2"


@dataclass(frozen=True, slots=True)
class Money:
    """A source of our own beside the plan's: đồng in millions, ``came`` in days from today."""

    text: str
    kind: str
    million: int
    came: int
    condition: str = ""
    is_work: bool = False
    asked_of: str = ""
    carried: bool = False


WORKS = (
    Work("Cải tạo nhà văn hóa thôn Chợ", 850, "5", "Chợ", -60),
    Work("Rãnh thoát nước thôn Soi, 480 m", 620, "2", "Soi", 25),
    Work("Nâng cấp kênh tưới cánh đồng Bến", 1_150, "2", "Bến", 40),
    Work("Sửa chữa đường thôn Đình, 0,7 km", 980, "2", "Đình", -150),
)
SOURCES = (
    Money("Vốn chương trình, đầu tư công", "central_investment", 2_400, -260),
    Money("Vốn chương trình năm trước chuyển sang", "central_investment", 650, -290, carried=True),
    Money("Xã được để lại từ đấu giá đất khu Bãi Mẫu", "land", 1_800, 20, "đấu giá xong", True),
    Money("Bổ sung phần còn thiếu", "province", 900, 35, asked_of="UBND tỉnh An Mẫu"),
)
PAPERS: tuple[tuple[str, str, str, int, int, str], ...] = (
    # work, source, step, millions, days from today, paper
    ("Sửa chữa đường", "Vốn chương trình, đầu", "planned", 980, -300, "Kế hoạch vốn mẫu"),
    ("Sửa chữa đường", "Vốn chương trình, đầu", "allocated", 980, -255, "Quyết định mẫu số 12"),
    ("Sửa chữa đường", "Vốn chương trình, đầu", "disbursed", 600, -190, "Giấy rút vốn mẫu số 1"),
    ("Sửa chữa đường", "", "completed", 980, -140, "Biên bản nghiệm thu mẫu số 1"),
    ("Sửa chữa đường", "Vốn chương trình, đầu", "disbursed", 380, -120, "Giấy rút vốn mẫu số 4"),
    ("Sửa chữa đường", "Vốn chương trình, đầu", "settled", 980, -45, "Quyết toán mẫu số 1"),
    ("Cải tạo nhà văn hóa", "Vốn chương trình năm", "planned", 650, -300, "Kế hoạch vốn mẫu"),
    ("Cải tạo nhà văn hóa", "Vốn chương trình năm", "allocated", 650, -250, "Quyết định mẫu số 14"),
    ("Cải tạo nhà văn hóa", "Vốn chương trình năm", "disbursed", 520, -80, "Giấy rút vốn mẫu số 6"),
    ("Cải tạo nhà văn hóa", "", "completed", 790, -50, "Biên bản nghiệm thu mẫu số 2"),
    ("Rãnh thoát nước", "Xã được để lại", "planned", 500, -290, "Kế hoạch vốn mẫu"),
    ("Nâng cấp kênh", "Xã được để lại", "planned", 900, -290, "Kế hoạch vốn mẫu"),
    ("Nâng cấp kênh", "Vốn chương trình, đầu", "planned", 250, -290, "Kế hoạch vốn mẫu"),
)


def load(units: Mapping[str, Unit], users: Mapping[str, User], today: date) -> None:
    """A year with debts, a request and papers at every step; the year before as it ended."""
    commune, officer = units[COMMUNE], users["taichinh"]
    _rows(commune, units, officer, today, today.year)
    for work, source, step, millions, days, paper in PAPERS:
        _move(officer, today, (work, source, step, millions * MILLION, days, paper))
    _plan_rows(officer, today)
    _year_before(commune, officer, today.year - 1)


def _rows(commune: Unit, units: Mapping[str, Unit], officer: User, today: date, year: int) -> None:
    for work in WORKS:
        need = balance.NeedSaid(
            text=work.text, amount=work.million * MILLION, criterion=work.criterion,
            component=work.component, village=units[work.village].pk, is_works=True,
            due=_within(today + timedelta(days=work.due), year), paper="Quyết định đầu tư mẫu",
        )  # fmt: skip
        balance.add_need(officer, commune, year, need, uuid4())
    for each in SOURCES:
        source = balance.SourceSaid(
            text=each.text, kind=each.kind, amount=each.million * MILLION,
            expected=_within(today + timedelta(days=each.came), year), condition=each.condition,
            condition_is_work=each.is_work, asked_of=each.asked_of,
            carried_from=year - 1 if each.carried else None,
            paper="Tờ trình mẫu" if each.asked_of else "Quyết định giao vốn mẫu",
        )  # fmt: skip
        balance.add_source(officer, commune, year, source, uuid4())


def _within(day: date, year: int) -> date:
    """The day, moved into the year where it lies outside."""
    return min(max(day, date(year, 1, 10)), date(year, 12, 20))


def _move(officer: User, today: date, said: tuple[str, str, str, int, int, str]) -> None:
    work, source, step, amount, days, paper = said
    # Ours: the plan's own rows may begin with the same words.
    live = {"year": today.year, "removed_at": None, "origin_ref": ""}
    need = Need.objects.get(text__startswith=work, **live)
    money = Source.objects.get(text__startswith=source, **live) if source else None
    moved = balance.Moved(
        need=need.pk, source=money.pk if money else None, step=step, amount=amount,
        day=min(today, _within(today + timedelta(days=days), today.year)), paper=paper,
    )  # fmt: skip
    balance.move(officer, moved, uuid4())


def _plan_rows(officer: User, today: date) -> None:
    """Some of the plan's own needs laid out on its own sources."""
    live = {"year": today.year, "removed_at": None}
    sources = [
        each
        for each in Source.objects.filter(origin_ref__startswith="plan:", **live)
        if each.is_usable and each.amount
    ]
    left = {each.pk: each.amount or 0 for each in sources}
    for need in Need.objects.filter(origin_ref__startswith="plan:", **live):
        for source in sources:
            part = min(left[source.pk], need.amount * 6 // 10 // MILLION * MILLION)
            if part <= 0:
                continue
            left[source.pk] -= part
            moved = balance.Moved(
                need=need.pk, source=source.pk, step="planned", amount=part,
                day=date(today.year, 1, 10), paper="Kế hoạch vốn mẫu",
            )  # fmt: skip
            balance.move(officer, moved, uuid4())
            break


def _year_before(commune: Unit, officer: User, year: int) -> None:
    """Last year: all paid and settled but one debt."""
    for text, criterion, million, paid in (
        ("Đường liên thôn Đình – Bến", "2", 2_300, 2_300),
        ("Trường mầm non, hai phòng học", "5", 1_750, 1_600),
        ("Tuyên truyền, tập huấn", "", 120, 120),
    ):
        works = million > 1000
        need = balance.add_need(officer, commune, year, balance.NeedSaid(
            text=text, amount=million * MILLION, criterion=criterion, is_works=works,
            due=date(year, 10, 31)), uuid4())  # fmt: skip
        source = balance.add_source(officer, commune, year, balance.SourceSaid(
            text=f"Ngân sách cho: {text}", kind="province" if works else "commune",
            amount=million * MILLION, expected=date(year, 2, 15)), uuid4())  # fmt: skip
        steps = [("allocated", million), ("disbursed", paid), ("settled", paid)]
        for step, amount in steps:
            moved = balance.Moved(
                need=need.pk, source=source.pk, step=step, amount=amount * MILLION,
                day=date(year, 11, 20), paper="Quyết định mẫu",
            )  # fmt: skip
            balance.move(officer, moved, uuid4())
        if works:
            done = balance.Moved(need=need.pk, source=None, step="completed",
                                 amount=million * MILLION, day=date(year, 10, 30),
                                 paper="Biên bản nghiệm thu mẫu")  # fmt: skip
            balance.move(officer, done, uuid4())
