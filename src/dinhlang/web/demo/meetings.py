"""Meetings of the sample commune: one whose minutes are closed, one next week. All made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from dinhlang.meetings import selectors, services
from dinhlang.meetings.services import Point, Said
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .cast import COMMUNE

BODY = "Ban Chỉ đạo Chương trình xây dựng nông thôn mới xã"
WHO = ("Chủ tịch UBND xã", "Cán bộ tổng hợp nông thôn mới", "Công chức Địa chính - Xây dựng",
       "Công chức Văn hóa - Xã hội", "Công chức Nông nghiệp", "Trưởng các thôn")  # fmt: skip
LAST = (
    ("Tiến độ rãnh thoát nước, đèn chiếu sáng thôn Soi",
     "Địa chính: đã đổ xong hai phần ba tuyến.\nThôn Soi: còn bốn hộ chưa lùi hàng rào."),
    ("Phân loại rác tại nguồn ở bốn thôn",
     "Thôn Chợ và thôn Bến đã phát thùng; hai thôn còn lại đợi thùng về."),
)  # fmt: skip
DECIDED = (
    "Công chức Địa chính - Xây dựng vận động bốn hộ thôn Soi lùi hàng rào trước ngày {late}",
    "Công chức Nông nghiệp kiểm tra việc phân loại rác ở bốn thôn trước ngày {near}",
    "Thống nhất họp kiểm điểm tiến độ vào thứ Sáu hằng tuần",
)


def load(units: Mapping[str, Unit], users: Mapping[str, User], today: date) -> None:
    """Hold the last meeting and plan the next."""
    place, scribe, leader = units[COMMUNE], users["dieuphoi"], users["lanhdao"]
    _last(place, scribe, leader, today)
    points = [each for _, several in selectors.suggested(scribe, place, today) for each in several]
    services.plan(scribe, place, uuid4(), _said("tuần tới", today + timedelta(days=5)), points[:6])


def _last(place: Unit, scribe: User, leader: User, today: date) -> None:
    held = today - timedelta(days=16)
    points = [Point(text=text) for text, _ in LAST]
    row = services.plan(scribe, place, uuid4(), _said(f"tháng {held.month}/{held.year}", held),
                        points)  # fmt: skip
    services.open_meeting(scribe, row.pk)
    for item, (_, said) in zip(row.items.all(), LAST, strict=True):
        services.write(scribe, item.pk, "", said)
    days = {"late": f"{today - timedelta(days=2):%d/%m/%Y}",
            "near": f"{today + timedelta(days=12):%d/%m/%Y}"}  # fmt: skip
    for line in DECIDED:
        services.decide(scribe, row.pk, uuid4(), line.format(**days))
    services.close(leader, row.pk)


def _said(when: str, day: date) -> Said:
    return Said(
        title=f"Họp {BODY} {when}", body=BODY, where="Hội trường UBND xã",
        at=timezone.make_aware(datetime.combine(day, time(8))), chair="Chủ tịch UBND xã",
        secretary="Cán bộ tổng hợp nông thôn mới", attendees="\n".join(WHO),
    )  # fmt: skip
